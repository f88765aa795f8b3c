//! A technician at the dashboard, without a terminal: the real `update`, the real client over real loopback
//! HTTP, the real embedded server and the real `draw`, on a screen of memory and a clock that only the test
//! moves. Nothing here sleeps: [`Journey::settle`] waits until no effect is open.

#[path = "colleague.rs"]
mod colleague;

pub use colleague::Colleague;
use jiff::{SignedDuration, Timestamp};
use mspdash::api::{Client, Endpoint, Limits};
use mspdash::app::effect::{Effect, Ticket};
use mspdash::app::key::Key;
use mspdash::app::model::Tab;
use mspdash::app::msg::{Msg, Recalled, Reply, Size};
use mspdash::app::{self, Model};
use mspdash::domain::id::AccountId;
use mspdash::domain::lang::Lang;
use mspdash::domain::request::Request;
use mspdash::domain::trouble::{Because, Retry, Trouble, What};
use mspdash::server::{self, Database, Running};
use mspdash::{view, words};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tempfile::TempDir;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::AbortHandle;
use unicode_width::UnicodeWidthStr;

/// How long an answer may take before the test fails. Generous: the machine may be busy.
const DEADLINE: Duration = Duration::from_mins(1);

/// Another technician's writes and those of every journey must never share a key.
static INTENTS: AtomicU64 = AtomicU64::new(1);

/// The time, for server and screen alike; it stands still unless it is moved.
#[derive(Clone)]
pub struct Clock(Arc<Mutex<Timestamp>>);

impl Clock {
    /// From the present on, since the client compares with the real time.
    fn new() -> Self {
        Self(Arc::new(Mutex::new(Timestamp::from_second(Timestamp::now().as_second()).unwrap())))
    }

    pub fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }

    fn set(&self, moment: Timestamp) {
        *self.0.lock().unwrap() = moment;
    }
}

/// Who sits down where.
#[derive(Clone)]
pub struct Seat {
    pub lang: Lang,
    pub role: &'static str,
    pub read_only: bool,
    pub browser: bool,
    pub size: (u16, u16),
    /// The workspace is a file, so that the server can be stopped and started again.
    pub kept: bool,
    /// Companies of the workspace.
    pub companies: u32,
    /// Requests that a technician may send in a minute.
    pub allowance: u32,
    /// Requests go through this address instead of straight to the server.
    pub through: Option<SocketAddr>,
}

impl Default for Seat {
    fn default() -> Self {
        let (lang, role) = (Lang::En, "MSP_TECHNICIAN");
        let (size, companies, allowance) = ((120, 40), 48, 6_000);
        Self { lang, role, read_only: false, browser: true, size, kept: false, companies, allowance, through: None }
    }
}

/// The server of a journey; it outlives the dashboards that talk to it.
pub struct Stage {
    clock: Clock,
    running: Option<Running>,
    listen: SocketAddr,
    database: Database,
    companies: u32,
    allowance: u32,
    _folder: TempDir,
}

impl Stage {
    pub async fn new(seat: &Seat) -> Self {
        let Seat { kept, companies, allowance, .. } = *seat;
        let folder = tempfile::tempdir().unwrap();
        let database = if kept { Database::File(folder.path().join("workspace.db")) } else { Database::Memory };
        let listen = SocketAddr::from(([127, 0, 0, 1], 0));
        let mut stage =
            Self { clock: Clock::new(), running: None, listen, database, companies, allowance, _folder: folder };
        stage.start().await;
        stage
    }

    /// Starts the server, from the second time on where it was before.
    pub async fn start(&mut self) {
        let clock = self.clock.clone();
        let options = server::Options {
            listen: self.listen,
            database: self.database.clone(),
            sample_size: self.companies,
            requests_per_minute: self.allowance,
            clock: Arc::new(move || clock.now()),
            ..server::Options::default()
        };
        let running = server::start(options).await.unwrap();
        self.listen = running.base_url().trim_start_matches("http://").parse().unwrap();
        self.running = Some(running);
    }

    pub async fn stop(&mut self) {
        self.running.take().expect("it runs").stop().await;
    }

    pub fn running(&self) -> &Running {
        self.running.as_ref().expect("it runs")
    }

    pub fn address(&self) -> SocketAddr {
        self.listen
    }

    /// A client for a technician of this role.
    pub fn client(&self, role: &str, read_only: bool, through: Option<SocketAddr>) -> Client {
        let running = self.running();
        let technician = running.credentials().iter().find(|technician| technician.role == role).expect("a known role");
        let endpoint = Endpoint {
            base_url: format!("http://{}", through.unwrap_or(self.listen)).parse().unwrap(),
            account: Some(AccountId::new(running.account_id())),
            client_id: technician.client_id.clone(),
            client_secret: technician.client_secret.as_str().into(),
            read_only,
            ca_file: None,
        };
        // Retries are tried elsewhere; here they only must not take time.
        let limits = Limits { retry_base: Duration::from_micros(10), ..Limits::default() };
        Client::with_limits(endpoint, limits).unwrap()
    }

    /// A second technician at work on the same account.
    pub fn colleague(&self) -> Colleague {
        Colleague(self.client("ADMINISTRATOR", false, None))
    }
}

/// A technician at the dashboard.
pub struct Journey {
    pub model: Model,
    pub stage: Stage,
    terminal: Terminal<TestBackend>,
    seat: Seat,
    client: Client,
    answers: UnboundedReceiver<(Ticket, Reply)>,
    answer: UnboundedSender<(Ticket, Reply)>,
    open: HashMap<Ticket, AbortHandle>,
    /// Everything that was asked of the API, in order.
    pub asked: Vec<Request>,
    /// Addresses that a browser was opened at.
    pub opened: Vec<String>,
    /// Texts put on the clipboard.
    pub copied: Vec<String>,
    pub written: Vec<(String, String)>,
    /// The program was asked to end.
    pub quit: bool,
}

impl Journey {
    /// A technician in front of the list, in English, 120 by 40.
    pub async fn start() -> Self {
        Self::with(Seat::default()).await
    }

    pub async fn with(seat: Seat) -> Self {
        let stage = Stage::new(&seat).await;
        Self::on(stage, seat).await
    }

    /// Starts the dashboard against this server, and waits until it shows the list.
    pub async fn on(stage: Stage, seat: Seat) -> Self {
        let client = stage.client(seat.role, seat.read_only, seat.through);
        let (answer, answers) = unbounded_channel();
        let options = app::Options {
            read_only: seat.read_only,
            browser: seat.browser,
            seed: u128::from(INTENTS.fetch_add(1, Ordering::Relaxed)),
            countries: words::countries(seat.lang),
            ..app::Options::new(seat.lang, words::labels(seat.lang))
        };
        let (width, height) = seat.size;
        let (model, effects) = app::start(options, stage.clock.now(), Size { width, height });
        let terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        let (asked, opened, copied, open) = (Vec::new(), Vec::new(), Vec::new(), HashMap::new());
        let written = Vec::new();
        let mut journey = Self {
            model,
            stage,
            terminal,
            seat,
            client,
            answers,
            answer,
            open,
            asked,
            opened,
            copied,
            written,
            quit: false,
        };
        journey.perform(effects);
        journey.settle().await;
        journey
    }

    /// Leaves and starts again: a new client and a new model, the same server.
    pub async fn again(self) -> Self {
        let Self { stage, seat, .. } = self;
        Self::on(stage, seat).await
    }

    pub fn now(&self) -> Timestamp {
        self.stage.clock.now()
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
        let effects = app::update(&mut self.model, self.stage.clock.now(), msg);
        self.perform(effects);
    }

    /// Waits until no effect is open and nothing is due at this moment of the clock.
    pub async fn settle(&mut self) -> &mut Self {
        loop {
            if app::pulse(&self.model).is_some_and(|moment| moment <= self.now()) {
                self.tell(Msg::Tick);
            }
            if self.model.tickets.idle() {
                return self;
            }
            let answer = tokio::time::timeout(DEADLINE, self.answers.recv()).await;
            let Ok(Some((ticket, reply))) = answer else {
                let screen = self.screen();
                panic!("no answer came for {:?}\n{screen}", self.model.tickets);
            };
            self.open.remove(&ticket);
            self.tell(Msg::Reply { ticket, reply });
        }
    }

    /// Lets time pass, with every moment at which the dashboard wants to be woken.
    pub async fn later(&mut self, seconds: i64) -> &mut Self {
        let end = self.now().checked_add(SignedDuration::from_secs(seconds)).unwrap();
        self.settle().await;
        while let Some(moment) = app::pulse(&self.model).filter(|moment| *moment <= end) {
            self.stage.clock.set(moment.max(self.now()));
            self.tell(Msg::Tick);
            self.settle().await;
        }
        self.stage.clock.set(end);
        self.tell(Msg::Tick);
        self.settle().await
    }

    /// The laptop sleeps for so long: nothing happens in between, and then it is later.
    pub async fn asleep(&mut self, seconds: i64) -> &mut Self {
        self.settle().await;
        self.stage.clock.set(self.now().checked_add(SignedDuration::from_secs(seconds)).unwrap());
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
                Effect::Connect { ticket, .. } => self.reply(ticket, Reply::Connected(Ok(None))),
                Effect::Recall { ticket, .. } => self.reply(ticket, Reply::Recalled(Recalled::Nothing)),
                Effect::Call { ticket, request, .. } => self.call(ticket, request),
                Effect::Cancel { ticket } => {
                    if let Some(task) = self.open.remove(&ticket) {
                        task.abort();
                        let cancelled = Trouble::new(What::Start, Because::Cancelled, Retry::Never);
                        self.reply(ticket, Reply::Api(Err(cancelled)));
                    }
                }
                Effect::Open { ticket, address } => {
                    self.opened.push(address.reveal().to_owned());
                    self.reply(ticket, Reply::Opened(Ok(())));
                }
                Effect::Copy { ticket, text } => {
                    self.copied.push(text.reveal().to_owned());
                    self.reply(ticket, Reply::Copied(Ok(())));
                }
                Effect::Write { ticket, name, text } => {
                    self.written.push((name.clone(), text));
                    self.reply(ticket, Reply::Written(Ok(format!("/tmp/{name}"))));
                }
                Effect::Suspend => {}
                Effect::Quit => self.quit = true,
            }
        }
    }

    fn call(&mut self, ticket: Ticket, request: Request) {
        self.asked.push(request.clone());
        let (client, answer) = (self.client.clone(), self.answer.clone());
        let task = tokio::spawn(async move {
            let result = client.perform(request).await;
            // Nobody listens any more when the test is over.
            let _ = answer.send((ticket, Reply::Api(result)));
        });
        self.open.insert(ticket, task.abort_handle());
    }

    fn reply(&self, ticket: Ticket, reply: Reply) {
        self.answer.send((ticket, reply)).unwrap();
    }

    /// Writes asked for so far.
    pub fn writes(&self) -> usize {
        self.asked.iter().filter(|request| request.writes()).count()
    }

    /// What is on the screen now, line by line.
    pub fn screen(&mut self) -> String {
        let model = &self.model;
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
        let (lang, zone) = (self.seat.lang, self.model.options.zone.clone());
        let clock = words::Clock { lang, now: self.now(), zone };
        let says = words::of(lang).says;
        let all: Vec<String> = self.model.toasts.iter().map(|toast| says(&toast.says, &clock)).collect();
        let Some(sentence) = all.iter().find(|sentence| sentence.contains(text)) else {
            panic!("{text:?} is in no notice: {all:#?}\n{}", self.screen());
        };
        let beginning: String = sentence.chars().take(16).collect();
        self.sees(&beginning)
    }

    /// The row of the list with this name, without the pane beside it.
    #[track_caller]
    pub fn row_of(&mut self, name: &str) -> String {
        let screen = self.screen();
        let row = screen.lines().filter(|line| line.starts_with('│')).find_map(|line| {
            let row = line.split("││").next()?.split("┃│").next()?;
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
        let (lang, zone) = (self.seat.lang, self.model.options.zone.clone());
        words::Clock { lang, now: self.now(), zone }.day(moment)
    }
}
