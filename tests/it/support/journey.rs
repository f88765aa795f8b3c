//! A technician at the dashboard, without a terminal: the real `update`, the real client over real loopback
//! HTTP, the real embedded server and the real `draw`, on a screen of memory and a clock that only the test
//! moves. Nothing here sleeps: [`Journey::settle`] waits until no effect is open.

mod backend;
mod second_client;

use super::clock;
pub use backend::{Backend, Clock, Scenario};
use jiff::{SignedDuration, Timestamp};
use mspdash::app::effect::{Effect, Ticket};
use mspdash::app::features::import::Unread;
use mspdash::app::key::Key;
use mspdash::app::model::Tab;
use mspdash::app::msg::{Copied, Msg, Reply, Restored, Size};
use mspdash::app::{self, Model};
use mspdash::client::Listener;
use mspdash::domain::error::{Cause, Error, Operation, Pause, RetryAdvice};
use mspdash::domain::id::ProfileId;
use mspdash::domain::import::file::ReadTable;
use mspdash::domain::launch::Opening;
use mspdash::domain::request::Request;
use mspdash::runtime::{CacheReader, Connect, Connection, Sources};
use mspdash::{i18n, view};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
pub use second_client::SecondClient;
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::AbortHandle;
use unicode_width::UnicodeWidthStr;

/// The frame of a pane: heavy where it has the keys, and its scrollbar.
const FRAME: [char; 3] = ['│', '┃', '║'];

/// How long an answer may take before the test fails. Generous: the machine may be busy.
const DEADLINE: Duration = Duration::from_mins(1);

/// Another technician's writes and those of every journey must never share a key.
static INTENTS: AtomicU64 = AtomicU64::new(1);

/// A technician at the dashboard, in front of one server or of several.
pub struct Journey<S = Backend> {
    pub model: Model,
    pub backend: S,
    clock: Clock,
    terminal: Terminal<TestBackend>,
    scenario: Scenario,
    sources: Sources,
    links: Links,
    kept: HashMap<ProfileId, Box<dyn CacheReader>>,
    answers: UnboundedReceiver<Heard>,
    answer: UnboundedSender<Heard>,
    open: HashMap<Ticket, (ProfileId, AbortHandle, Listener)>,
    /// Everything that was asked of the API, in order.
    pub asked: Vec<Request>,
    /// Of which account it was asked.
    pub asked_of: Vec<ProfileId>,
    /// Addresses that a browser was opened at.
    pub opened: Vec<String>,
    /// Texts put on the clipboard.
    pub copied: Vec<String>,
    /// Files written, by their place.
    pub written: Vec<(String, String)>,
    /// The program was asked to end.
    pub quit: bool,
    /// An account whose server takes its time: what is asked of it is not waited for.
    pub slow: &'static str,
}

/// What comes from outside.
enum Heard {
    Reply(Ticket, Reply),
    Waiting(Ticket, Option<Pause>),
}

type Links = Arc<Mutex<HashMap<ProfileId, Connection>>>;

impl Journey {
    /// A technician in front of the list, in English, 120 by 40.
    pub async fn start() -> Self {
        Self::with(Scenario::default()).await
    }

    pub async fn with(scenario: Scenario) -> Self {
        let backend = Backend::new(&scenario).await;
        Self::on(backend, scenario).await
    }

    /// Starts the dashboard against this server, and waits until it shows the list.
    pub async fn on(backend: Backend, scenario: Scenario) -> Self {
        let client = backend.client(scenario.role, scenario.read_only, scenario.through);
        let connect: Connect = Arc::new(move |_| {
            let link = Connection { client: Arc::new(client.clone()), notice: None, stop: None };
            Box::pin(async move { Ok(link) })
        });
        let options = app::Options {
            read_only: scenario.read_only,
            countries: i18n::countries(scenario.lang),
            all_countries: i18n::countries(scenario.lang),
            ..app::Options::new(scenario.lang, i18n::labels(scenario.lang))
        };
        let clock = backend.clock.clone();
        let mut journey = Self::sit(backend, clock, scenario, options, Sources::from(connect));
        journey.settle().await;
        journey
    }

    /// Leaves and starts again: a new client and a new model, the same server.
    pub async fn again(self) -> Self {
        let Self { backend, scenario, .. } = self;
        Self::on(backend, scenario).await
    }
}

impl<S> Journey<S> {
    /// Starts the dashboard with data from these sources; nothing has answered yet.
    pub fn sit(backend: S, clock: Clock, scenario: Scenario, options: app::Options, sources: Sources) -> Self {
        let (answer, answers) = unbounded_channel();
        let seed = u128::from(INTENTS.fetch_add(1, Ordering::Relaxed));
        let options =
            app::Options { browser: scenario.browser, seed, zone: clock::zone(), launch_delay: None, ..options };
        let (width, height) = scenario.size;
        let (model, effects) = app::start(options, clock.now(), Size { width, height });
        let terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        let (asked, asked_of, opened, copied, written) = (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let (links, kept, open) = (Links::default(), HashMap::new(), HashMap::new());
        let mut journey = Self {
            model,
            backend,
            clock,
            terminal,
            scenario,
            sources,
            links,
            kept,
            answers,
            answer,
            open,
            asked,
            asked_of,
            opened,
            copied,
            written,
            quit: false,
            slow: "",
        };
        journey.perform(effects);
        journey
    }

    /// Leaves as the shell does: what is open is given up, and what was begun is ended.
    pub async fn leaves(self) -> S {
        for (_, task, _) in self.open.values() {
            task.abort();
        }
        let links = std::mem::take(&mut *self.links.lock().unwrap());
        for stop in links.into_values().filter_map(|link| link.stop) {
            stop().await;
        }
        self.backend
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Presses keys, written as in a keymap and parted by spaces: `j down ctrl-d`.
    pub fn keys(&mut self, keys: &str) -> &mut Self {
        for key in keys.split_whitespace() {
            let key: Key = key.parse().unwrap();
            self.tell(Msg::Key(key));
        }
        self
    }

    /// Types a text letter by letter.
    pub fn type_text(&mut self, text: &str) -> &mut Self {
        for letter in text.chars() {
            self.tell(Msg::Key(Key::char(letter)));
        }
        self
    }

    pub fn tell(&mut self, msg: Msg) {
        let effects = app::update(&mut self.model, self.clock.now(), msg);
        self.perform(effects);
        if view::read_to_end(&self.model, self.model.size) {
            self.tell(Msg::ReadToEnd);
        }
    }

    /// Waits until no effect is open and nothing is due at this moment of the clock.
    pub async fn settle(&mut self) -> &mut Self {
        loop {
            if app::next_wake(&self.model).is_some_and(|moment| moment <= self.now()) {
                self.tell(Msg::Tick);
            }
            let waits = |(ticket, _)| self.open.get(&ticket).is_some_and(|(profile, ..)| profile.as_str() == self.slow);
            if self.model.tickets.open().all(|open| open.1.rests() || waits(open)) {
                return self;
            }
            let answer = tokio::time::timeout(DEADLINE, self.answers.recv()).await;
            let Ok(Some(heard)) = answer else {
                let screen = self.screen();
                panic!("no answer came for {:?}\n{screen}", self.model.tickets);
            };
            self.take(heard);
        }
    }

    fn take(&mut self, heard: Heard) {
        match heard {
            Heard::Waiting(ticket, pause) => self.tell(Msg::Waiting { ticket, pause: pause.map(Box::new) }),
            Heard::Reply(ticket, reply) => {
                self.open.remove(&ticket);
                self.tell(Msg::Reply { ticket, reply });
            }
        }
    }

    /// Waits until the model is like this.
    pub async fn until(&mut self, like: impl Fn(&Model) -> bool) -> &mut Self {
        while !like(&self.model) {
            let heard = tokio::time::timeout(DEADLINE, self.answers.recv()).await;
            let Some(heard) = heard.ok().flatten() else { panic!("it did not come to that:\n{}", self.screen()) };
            self.take(heard);
        }
        self
    }

    /// So much time passes, and no answer comes.
    pub fn passes(&mut self, seconds: i64) -> &mut Self {
        self.clock.jumps(seconds);
        self.tell(Msg::Tick);
        self
    }

    /// Lets time pass, with every moment at which the dashboard wants to be woken.
    pub async fn later(&mut self, seconds: i64) -> &mut Self {
        let end = self.now().checked_add(SignedDuration::from_secs(seconds)).unwrap();
        self.settle().await;
        while let Some(moment) = app::next_wake(&self.model).filter(|moment| *moment <= end) {
            self.clock.set(moment.max(self.now()));
            self.tell(Msg::Tick);
            self.settle().await;
        }
        self.clock.set(end);
        self.tell(Msg::Tick);
        self.settle().await
    }

    /// The laptop sleeps for so long: nothing happens in between, and then it is later.
    pub async fn asleep(&mut self, seconds: i64) -> &mut Self {
        self.settle().await;
        self.clock.set(self.now().checked_add(SignedDuration::from_secs(seconds)).unwrap());
        self.tell(Msg::Tick);
        self.settle().await
    }

    /// Puts this text in at once, as a terminal with bracketed paste does.
    pub fn paste(&mut self, text: &str) -> &mut Self {
        self.tell(Msg::Paste(text.to_owned()));
        self
    }

    /// Opens the company at this tab, and waits until it is loaded.
    pub async fn at(&mut self, company: &str, tab: Tab) -> &mut Self {
        self.keys("1 esc esc esc esc").find(company).keys("enter");
        for _ in 0..6 {
            if self.model.tab != tab {
                self.keys("]");
            }
        }
        assert_eq!(self.model.tab, tab);
        self.settle().await
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Connect { ticket, profile } => self.connect(ticket, profile),
                Effect::Restore { ticket, profile } => self.restore(ticket, profile),
                Effect::Call { ticket, profile, request } => self.call(ticket, profile, request),
                Effect::EndPause { ticket, again } => {
                    if let Some((_, _, listener)) = self.open.get(&ticket) {
                        listener.end(again);
                    }
                }
                Effect::Cancel { ticket } => {
                    if let Some((_, task, _)) = self.open.remove(&ticket) {
                        task.abort();
                        let cancelled = Error::new(Operation::Start, Cause::Cancelled, RetryAdvice::Never);
                        self.reply(ticket, Reply::Api(Err(cancelled)));
                    }
                }
                Effect::Open { ticket, address } => {
                    self.opened.push(address.reveal().to_owned());
                    self.reply(ticket, Reply::Opened(Ok(Opening::Opened)));
                }
                Effect::Copy { ticket, text } => {
                    self.copied.push(text.reveal().to_owned());
                    self.reply(
                        ticket,
                        Reply::Copied(Ok(Copied { program: Some("xclip".into()), ..Copied::default() })),
                    );
                }
                Effect::CopyShown { ticket } => {
                    self.copied.push(mspdash::view::copied(&self.model));
                    self.reply(ticket, Reply::Copied(Ok(Copied::default())));
                }
                Effect::Write { ticket, path, text, .. } => {
                    let path = path.display().to_string();
                    self.written.push((path.clone(), text));
                    self.reply(ticket, Reply::Written(Ok(path)));
                }
                Effect::ReadTable { ticket, path } => {
                    let bytes = std::fs::read(path).unwrap();
                    let table = ReadTable::of(&bytes).map(Box::new).map_err(Unread::NoTable);
                    self.reply(ticket, Reply::Table(table));
                }
                Effect::Alert { .. } | Effect::Mouse(_) | Effect::SaveUiState { .. } | Effect::Suspend => {}
                Effect::Quit => self.quit = true,
            }
        }
    }

    fn connect(&self, ticket: Ticket, profile: ProfileId) {
        let (connected, links, answer) =
            ((self.sources.connect)(profile.clone()), Arc::clone(&self.links), self.answer.clone());
        tokio::spawn(async move {
            let connected = connected.await.map(|mut link| {
                let notice = link.notice.take();
                links.lock().unwrap().insert(profile, link);
                notice
            });
            let _ = answer.send(Heard::Reply(ticket, Reply::Connected(connected)));
        });
    }

    fn restore(&mut self, ticket: Ticket, profile: ProfileId) {
        let part = self.sources.restore.as_ref().map_or(Restored::Nothing, |restore| {
            let kept = self.kept.entry(profile).or_insert_with_key(|profile| restore(profile));
            kept.next().map_or(Restored::Nothing, |part| part())
        });
        self.reply(ticket, Reply::Restored(part));
    }

    fn call(&mut self, ticket: Ticket, profile: ProfileId, request: Request) {
        self.asked.push(request.clone());
        self.asked_of.push(profile.clone());
        let client = Arc::clone(&self.links.lock().unwrap().get(&profile).expect("it is connected").client);
        let (answer, waits) = (self.answer.clone(), self.answer.clone());
        let listener = Listener::new(move |pause| {
            let _ = waits.send(Heard::Waiting(ticket, pause));
        });
        let hear = listener.clone();
        let task = tokio::spawn(async move {
            let result = hear.hear(client.call(request)).await;
            // Nobody listens any more when the test is over.
            let _ = answer.send(Heard::Reply(ticket, Reply::Api(result)));
        });
        self.open.insert(ticket, (profile, task.abort_handle(), listener));
    }

    fn reply(&self, ticket: Ticket, reply: Reply) {
        self.answer.send(Heard::Reply(ticket, reply)).unwrap();
    }

    /// Writes asked for so far.
    pub fn writes(&self) -> usize {
        self.asked.iter().filter(|request| request.writes()).count()
    }

    /// What is on the screen now, line by line.
    pub fn screen(&mut self) -> String {
        let model = &self.model;
        // Unlike a terminal, the backend leaves in its cells what a wide letter covered.
        self.terminal.clear().unwrap();
        self.terminal.draw(|frame| view::draw(model, frame)).unwrap();
        let buffer = self.terminal.backend().buffer();
        let mut text = String::new();
        for y in 0..buffer.area.height {
            let mut x = 0;
            while x < buffer.area.width {
                let symbol = buffer[(x, y)].symbol();
                text.push_str(symbol);
                // What a wide letter covers holds nothing of its own.
                x += u16::try_from(symbol.width()).unwrap().max(1);
            }
            text.truncate(text.trim_end().len());
            text.push('\n');
        }
        text
    }

    #[track_caller]
    pub fn sees(&mut self, text: &str) -> &mut Self {
        let screen = self.screen();
        assert!(screen.contains(text), "{text:?} is not on the screen:\n{screen}");
        self
    }

    #[track_caller]
    pub fn sees_not(&mut self, text: &str) -> &mut Self {
        let screen = self.screen();
        assert!(!screen.contains(text), "{text:?} is on the screen:\n{screen}");
        self
    }

    /// A notice says this. Notices are wrapped: its whole sentence is looked into, and its beginning is on the screen.
    #[track_caller]
    pub fn told(&mut self, text: &str) -> &mut Self {
        let (lang, zone) = (self.scenario.lang, self.model.options.zone.clone());
        let clock = i18n::Clock { lang, now: self.now(), zone };
        let says = i18n::of(lang).notification;
        let all: Vec<String> = self.model.toasts.iter().map(|toast| says(&toast.says, &clock)).collect();
        // Of those without a box the newest is shown.
        let Some(sentence) = all.iter().rev().find(|sentence| sentence.contains(text)) else {
            panic!("{text:?} is in no notice: {all:#?}\n{}", self.screen());
        };
        let beginning: String = sentence.chars().take(16).collect();
        self.sees(&beginning)
    }

    /// The row of the list with this name, without the pane beside it.
    #[track_caller]
    pub fn row_of(&mut self, name: &str) -> String {
        let screen = self.screen();
        let row = screen.lines().find_map(|line| {
            let row = line.strip_prefix(FRAME)?.split(FRAME).next()?;
            row.contains(name).then(|| row.to_owned())
        });
        row.unwrap_or_else(|| panic!("no row of {name:?}:\n{screen}"))
    }

    /// The company that commands act on.
    #[track_caller]
    pub fn selected(&mut self) -> String {
        match self.model.selected() {
            Some((_, company)) => company.name.clone(),
            None => panic!("no company is selected:\n{}", self.screen()),
        }
    }

    /// Searches for a company, so that it is selected, and keeps nothing else of the search.
    #[track_caller]
    pub fn find(&mut self, name: &str) -> &mut Self {
        self.keys("/").type_text(name).keys("enter");
        assert_eq!(self.selected(), name, "the best match is selected:\n{}", self.screen());
        self.keys("esc")
    }

    /// A day as the screen writes it, so many days from now.
    pub fn day(&self, days: i64) -> String {
        let moment = self.now().checked_add(SignedDuration::from_hours(24 * days)).unwrap();
        let (lang, zone) = (self.scenario.lang, self.model.options.zone.clone());
        i18n::Clock { lang, now: self.now(), zone }.day(moment)
    }
}
