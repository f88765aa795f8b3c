//! Random walks: whatever keys, answers and sizes come in whatever order, nothing panics, nothing gets stuck, and
//! nothing is unlinked but what was named.

use crate::support::app_driver::AppDriver;
use crate::support::fake_server::FakeServer;
use crate::support::fixtures;
use jiff::SignedDuration;
use mspdash::app::effect::{Effect, Ticket};
use mspdash::app::features::accounts::Given;
use mspdash::app::features::bulk::{Act, Bulk, How};
use mspdash::app::features::import::Unread;
use mspdash::app::features::people::PeopleRequest;
use mspdash::app::features::tasks::TasksRequest;
use mspdash::app::features::unlink::UnlinkDialog;
use mspdash::app::features::unlink::UnlinkFocus;
use mspdash::app::features::{links, sync};
use mspdash::app::key::{Code, Key};
use mspdash::app::model::{Model, Pane};
use mspdash::app::msg::{Copied, Msg, Reply, Restored, Size};
use mspdash::app::overlay::Overlay;
use mspdash::app::screen::Screen;
use mspdash::app::tickets::PendingRequest;
use mspdash::app::{Options, next_wake};
use mspdash::domain::cached::CacheDefect;
use mspdash::domain::error::{Cause, Error, FileFault, Operation};
use mspdash::domain::id::ProfileId;
use mspdash::domain::import::file::ReadTable;
use mspdash::domain::lang::Lang;
use mspdash::domain::launch::Opening;
use mspdash::domain::request::{GetSession, ListCompanies, Request, Unlink};
use mspdash::domain::unlink::names_company;
use mspdash::view;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

/// One thing that happens.
#[derive(Debug, Clone)]
enum Step {
    Key(Key),
    Paste(String),
    Resize(u16, u16),
    /// In milliseconds.
    Wait(i64),
    /// An open question is answered: which one, well or not, and how.
    Answer(usize, bool, u64),
    /// An answer to a question that nobody asked, or that was answered.
    Stray(u64, u64),
    /// The name that the unlink dialog asks for is typed, and Tab pressed so often; after one, Enter.
    Name(u8),
    Resumed,
    Draw,
}

fn key() -> impl Strategy<Value = Key> {
    let useful = "A j k J K g G l u u u o x e y s f c r q n ? : / ! 1 2 3 4 5 a d p R X v w t b U Z z * - ] [ 6 i D P H C N ctrl-o alt-o enter enter esc tab \
                  tab backtab space up down backspace del pgup pgdn home end left right ctrl-c ctrl-d ctrl-u ctrl-w ctrl-z";
    let useful: Vec<Key> = useful.split_whitespace().map(|key| key.parse().unwrap()).collect();
    let any =
        (any::<char>(), any::<bool>(), any::<bool>()).prop_map(|(c, ctrl, alt)| Key { code: Code::Char(c), ctrl, alt });
    prop_oneof![9 => prop::sample::select(useful), 1 => any, 1 => (0..14_u8).prop_map(|f| Key::plain(Code::F(f)))]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        10 => key().prop_map(Step::Key),
        8 => (0..6_usize, prop::bool::weighted(0.8), any::<u64>()).prop_map(|(at, good, how)| Step::Answer(at, good, how)),
        2 => (0..60_000_i64).prop_map(Step::Wait),
        5 => (0..3_u8).prop_map(Step::Name),
        1 => prop_oneof![Just("Alpen 1".to_owned()), ".{0,12}"].prop_map(Step::Paste),
        1 => (0..200_u16, 0..60_u16).prop_map(|(width, height)| Step::Resize(width, height)),
        1 => (0..40_u64, any::<u64>()).prop_map(|(ticket, how)| Step::Stray(ticket, how)),
        1 => Just(Step::Resumed),
        1 => Just(Step::Draw),
    ]
}

/// One walk, and what it has seen.
struct Walk {
    driver: AppDriver,
    server: FakeServer,
    /// Tickets issued so far: none is used twice.
    tickets: BTreeSet<Ticket>,
    /// What each unlink intent was about.
    intents: BTreeMap<String, (String, String)>,
    unlinks: usize,
}

impl Walk {
    fn new(size: usize, read_only: bool, browser: bool, several: bool) -> Self {
        let names: &[&str] = if several { &["default", "north"] } else { &["default"] };
        let accounts = names.iter().map(|name| Given::named(name)).collect();
        let options = Options { read_only, browser, accounts, restore: several, ..AppDriver::options(Lang::De) };
        let driver = AppDriver::new(options, Size { width: 120, height: 36 });
        let tickets = driver.open.iter().filter_map(Effect::ticket).collect();
        Self { driver, server: FakeServer::new(size), tickets, intents: BTreeMap::new(), unlinks: 0 }
    }

    fn take(&mut self, step: Step) {
        match step {
            Step::Key(key) => self.send(Msg::Key(key)),
            Step::Paste(text) => self.send(Msg::Paste(text)),
            Step::Resize(width, height) => self.send(Msg::Resize(Size { width, height })),
            Step::Wait(millis) => {
                let then = self.driver.now.checked_add(jiff::SignedDuration::from_millis(millis));
                self.driver.now = then.unwrap();
                self.send(Msg::Tick);
            }
            Step::Answer(at, good, how) => self.answer(at, good, how),
            Step::Stray(ticket, how) => self.stray(ticket, how),
            Step::Name(tabs) => self.name(tabs),
            Step::Resumed => self.send(Msg::Resumed),
            Step::Draw => draw(&self.driver.model),
        }
    }

    fn send(&mut self, msg: Msg) {
        let before = self.driver.model.clone();
        let out = self.driver.send(msg);
        self.effects(&before, &out);
        check(&self.driver.model);
    }

    fn reply(&mut self, to: Ticket, reply: Reply) {
        self.driver.open.retain(|effect| effect.ticket() != Some(to));
        self.send(Msg::Reply { ticket: to, reply });
    }

    fn answer(&mut self, at: usize, good: bool, how: u64) {
        let open = self.driver.open.len();
        let Some(effect) = self.driver.open.get(at % open.max(1)).cloned() else { return };
        let Some(to) = effect.ticket() else { return };
        let bad = |what| fixtures::error(what, [Cause::NoBrowser, Cause::Local, Cause::NotAllowed][at % 3].clone());
        let opening = if how.is_multiple_of(2) { Opening::Opened } else { Opening::Sent };
        let copied = Copied { tmux: how.is_multiple_of(2), terminal: true, program: None };
        let reply = match effect {
            Effect::Connect { .. } if good => Reply::Connected(Ok(None)),
            Effect::Connect { .. } => Reply::Connected(Err(fixtures::no_answer(Operation::Start))),
            Effect::Restore { .. } => Reply::Restored(self.kept(good, how)),
            Effect::Open { .. } => Reply::Opened(if good { Ok(opening) } else { Err(bad(Operation::OpenBrowser)) }),
            Effect::Copy { .. } | Effect::CopyShown { .. } => {
                Reply::Copied(if good { Ok(copied) } else { Err(bad(Operation::Copy)) })
            }
            Effect::ReadTable { .. } if good => {
                let text = "Company,Seats,Status\nAcme,12,Active\nBeta,x,Pending\n";
                Reply::Table(ReadTable::of(text.as_bytes()).map(Box::new).map_err(Unread::NoTable))
            }
            Effect::ReadTable { .. } => Reply::Table(Err(Unread::NoFile("gone".into()))),
            Effect::Write { path, .. } if good => Reply::Written(Ok(path.display().to_string())),
            Effect::Write { .. } => Reply::Written(Err(not_written(at))),
            Effect::Call { request, .. } if good => Reply::Api(Ok(self.server.answer(&request, how))),
            Effect::Call { request, .. } => Reply::Api(Err(FakeServer::error(&request, self.driver.now, how))),
            Effect::Cancel { .. }
            | Effect::EndPause { .. }
            | Effect::Alert { .. }
            | Effect::Mouse(_)
            | Effect::SaveUiState { .. }
            | Effect::Suspend
            | Effect::Quit => return,
        };
        self.reply(to, reply);
    }

    /// What an earlier run left behind: a stretch of the list, its end, or nothing that can be used.
    fn kept(&mut self, good: bool, how: u64) -> Restored {
        let list = Request::ListCompanies(ListCompanies::default());
        match how % 4 {
            0 if good => Restored::Part(vec![
                self.server.answer(&Request::GetSession(GetSession), how),
                self.server.answer(&list, how),
            ]),
            1 | 2 if good => {
                let hours = SignedDuration::from_hours(i64::try_from(how % 48).unwrap_or(0));
                let at = self.driver.now.checked_sub(hours).unwrap();
                Restored::End { token: Some("kept".into()).filter(|_| !how.is_multiple_of(3)), at }
            }
            _ if good => Restored::Nothing,
            _ => Restored::SetAside(CacheDefect::Damaged),
        }
    }

    fn stray(&mut self, number: u64, how: u64) {
        let ticket = Ticket(number);
        if self.driver.model.tickets.open().any(|(open, _)| open == ticket) {
            return;
        }
        let before = self.driver.model.clone();
        let reply = Reply::Api(Ok(self.server.answer(&Request::GetSession(GetSession), how)));
        self.send(Msg::Reply { ticket, reply });
        // Time goes on, nothing else.
        assert_eq!(self.driver.model.tickets, before.tickets, "a stray answer opens or closes nothing");
    }

    fn name(&mut self, tabs: u8) {
        let Some(dialog) = top_unlink(&self.driver.model) else { return };
        let Some(preflight) = dialog.preflight.value() else { return };
        let (name, focus) = (preflight.company_name.clone(), dialog.focus);
        if focus == UnlinkFocus::Cancel {
            self.send(Msg::Key(Key::plain(Code::Tab)));
        }
        self.send(Msg::Key(Key::ctrl('u')));
        self.send(Msg::Paste(name));
        (0..tabs).for_each(|_| self.send(Msg::Key(Key::plain(Code::Tab))));
        if tabs == 1 {
            self.send(Msg::Key(Key::plain(Code::Enter)));
        }
    }

    fn effects(&mut self, before: &Model, out: &[Effect]) {
        for effect in out {
            if let Some(ticket) = effect.ticket() {
                assert!(self.tickets.insert(ticket), "{ticket:?} is used twice");
                assert!(self.driver.model.tickets.open().any(|(open, _)| open == ticket), "{effect:?} is forgotten");
            }
            if let Effect::Call { request, profile, .. } = effect {
                assert!(!(request.writes() && before.options.read_only), "{request:?} in read-only mode");
                self.unlink(before, profile, request);
            }
        }
    }

    /// An unlink is only ever sent from its dialog, for the company that was named there, in the revision that
    /// was shown; one intent is about one of these; and never while another is under way.
    fn unlink(&mut self, before: &Model, profile: &ProfileId, request: &Request) {
        let Request::Unlink(Unlink { company, etag, key, validate_only }) = request else { return };
        assert!(!validate_only);
        if let Some(Overlay::Bulk(bulk)) = before.overlays.iter().find(|overlay| matches!(overlay, Overlay::Bulk(_))) {
            return self.unlink_of_many(bulk, profile, request);
        }
        let dialog = top_unlink(before).expect("the unlink dialog is on top");
        let preflight = dialog.preflight.value().expect("a pre-flight is shown");
        assert_eq!((&dialog.key.company, dialog.focus), (company, UnlinkFocus::Unlink));
        assert_eq!(&dialog.key.profile, profile, "two accounts may have companies of the same id");
        let sync = &before.accounts.get(profile).unwrap().sync;
        assert!(sync.fresh || !sync.kept, "nothing is unlinked on the word of an earlier run");
        assert_eq!(&preflight.etag, etag);
        assert!(dialog.read, "what follows was shown to its end");
        assert!(preflight.allowed() && names_company(dialog.line.text(), &preflight.company_name));
        assert!(!before.tickets.unlinking(&dialog.key), "one at a time");
        let about = (company.to_string(), etag.to_string());
        assert_eq!(self.intents.entry(key.0.clone()).or_insert_with(|| about.clone()), &about);
        self.unlinks += 1;
    }

    /// Of many only those that were ready when their number was typed, each in the revision that was checked.
    fn unlink_of_many(&mut self, bulk: &Bulk, profile: &ProfileId, request: &Request) {
        let Request::Unlink(Unlink { company, etag, key, .. }) = request else { return };
        assert_eq!(bulk.act, Some(Act::Unlink));
        let typed = bulk.line.text().trim().parse::<usize>().expect("the number was typed");
        assert!(typed <= bulk.items.len());
        let item = bulk.items.iter().find(|item| item.key.company == *company && item.key.profile == *profile);
        let item = item.expect("it was named");
        assert_eq!((&item.how, item.etag.as_ref(), &item.intent.key), (&How::Ready, Some(etag), key));
        self.unlinks += 1;
    }

    /// Esc leads back to the list from wherever the walk ended.
    fn leave(mut self) {
        // Text that is being saved holds its dialog until the answer comes, as does a form that loads anew what
        // somebody else made of its company.
        let holds = |open: &Effect| match open {
            Effect::Call { request, .. } => request.writes() || matches!(request, Request::GetCompany(_)),
            _ => false,
        };
        while let Some(at) = self.driver.open.iter().position(holds) {
            self.answer(at, false, 0);
        }
        // A changed text asks once more, a search in a dialog is a layer of its own, and one after the other stops.
        // Every place that was left is a step as well.
        for _ in 0..3 * self.driver.model.overlays.len() + 60 {
            self.send(Msg::Key(Key::plain(Code::Esc)));
        }
        let model = &self.driver.model;
        assert!(model.overlays.is_empty(), "{:?}", model.overlays);
        assert_eq!((model.pane, model.full), (Pane::List, false));
        assert!(!model.list.searching && model.roster.query().search.is_empty());
        draw(model);
    }
}

fn top_unlink(model: &Model) -> Option<&UnlinkDialog> {
    match model.overlays.last() {
        Some(Overlay::Unlink(dialog)) => Some(dialog),
        _ => None,
    }
}

/// What holds at every moment.
fn check(model: &Model) {
    if let Some(key) = &model.list.selection.key {
        assert_eq!(model.roster.position(key), Some(model.list.selection.row), "the cursor is on a row that is shown");
    }
    let seen = model.screen == Screen::Companies && model.pane == Pane::List;
    assert!(seen || !model.list.searching, "a search that has the keys, or will have them, is to be seen");
    assert!(next_wake(model).is_none_or(|next| next > model.now), "a pulse in the past is a busy loop");
    let open: BTreeMap<Ticket, &PendingRequest> = model.tickets.open().collect();
    let waits = |waiting: Option<Ticket>, fits: fn(&PendingRequest) -> bool| {
        assert!(waiting.is_none_or(|ticket| open.get(&ticket).is_some_and(|purpose| fits(purpose))), "{waiting:?}");
    };
    for account in &model.accounts {
        waits(account.session.waiting(), |purpose| matches!(purpose, PendingRequest::Session(_)));
        let sync = &account.sync;
        let syncing = matches!(sync.phase, sync::Phase::Connecting | sync::Phase::Loading | sync::Phase::Asking);
        let recalling = open
            .values()
            .any(|purpose| matches!(purpose, PendingRequest::Restore(profile) if *profile == account.profile));
        let asking = sync.ticket.is_some_and(|ticket| open.contains_key(&ticket));
        let held = sync.phase == sync::Phase::Connecting && sync.connected && recalling;
        assert_eq!(syncing, asking || held, "{sync:?}");
    }
    let waited = |ticket: Option<Ticket>, wanted: &PendingRequest| {
        assert!(ticket.is_none_or(|ticket| open.get(&ticket) == Some(&wanted)), "{wanted:?}");
    };
    for (profile, load) in model.recoveries.list.loads() {
        waited(load.waiting(), &PendingRequest::PeopleAction(PeopleRequest::Recoveries(profile.clone())));
    }
    for (profile, load) in model.links.list.loads() {
        waited(load.waiting(), &PendingRequest::Links(links::LinksRequest::List(profile.clone())));
    }
    for (profile, load) in model.tasks.list.loads() {
        waited(load.waiting(), &PendingRequest::Tasks(TasksRequest::List(profile.clone())));
    }
    for details in model.details.values() {
        waits(details.setup.waiting(), |purpose| matches!(purpose, PendingRequest::Setup(_)));
        waits(details.people.waiting(), |purpose| matches!(purpose, PendingRequest::People(_)));
        waits(details.groups.waiting(), |purpose| {
            matches!(purpose, PendingRequest::PeopleAction(PeopleRequest::Groups(_)))
        });
        waits(details.vaults.waiting(), |purpose| {
            matches!(purpose, PendingRequest::PeopleAction(PeopleRequest::Vaults(_)))
        });
        waits(details.usage.waiting(), |purpose| matches!(purpose, PendingRequest::Usage(_)));
        for account_feed in &details.activity.accounts {
            waits(account_feed.events.waiting(), |purpose| matches!(purpose, PendingRequest::Activity(_)));
        }
    }
    for part in &model.usage.parts {
        waits(part.all.waiting(), |purpose| matches!(purpose, PendingRequest::Usage(_)));
    }
    for account_feed in &model.activity.feed.accounts {
        waits(account_feed.events.waiting(), |purpose| matches!(purpose, PendingRequest::Activity(_)));
    }
    waits(model.usage.curves.open.as_ref().map(|open| open.ticket), |purpose| {
        matches!(purpose, PendingRequest::Usage(_))
    });
    for overlay in model.overlays.iter() {
        match overlay {
            Overlay::Unlink(dialog) => {
                waits(dialog.preflight.waiting(), |purpose| matches!(purpose, PendingRequest::Preflight(_)));
                assert_eq!(dialog.submission.sending(), model.tickets.unlinking(&dialog.key));
            }
            Overlay::Confirm(ask) if ask.submission.sending() => {
                assert!(
                    open.values().any(|purpose| purpose.writes() && matches!(purpose, PendingRequest::PeopleAction(_)))
                );
            }
            Overlay::Task(panel) => {
                waits(panel.reading, |purpose| matches!(purpose, PendingRequest::Tasks(TasksRequest::Read(_))));
                let ours = |purpose: &&PendingRequest| match purpose {
                    PendingRequest::Tasks(TasksRequest::Write(write)) => panel.submission.key() == Some(&write.intent),
                    _ => false,
                };
                assert_eq!(panel.submission.sending(), open.values().any(ours), "{panel:?}");
            }
            Overlay::Note(dialog) if dialog.submission.sending() => {
                assert!(open.values().any(|purpose| matches!(purpose, PendingRequest::EditStep { note: true, .. })));
            }
            _ => {}
        }
    }
    assert!(model.toasts.len() <= 3, "notices do not pile up");
}

fn draw(model: &Model) {
    let mut terminal = Terminal::new(TestBackend::new(model.size.width, model.size.height)).unwrap();
    terminal.draw(|frame| view::draw(model, frame)).unwrap();
    assert!(!view::title(model).is_empty());
    assert!(view::links(model, model.size).iter().all(|link| link.y < model.size.height));
}

/// A walk is the same in every run; a failure is told with the shortest steps that lead to it.
fn config() -> Config {
    Config {
        cases: 1_200,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(26),
        max_shrink_iters: 2_000,
        ..Config::default()
    }
}

#[test]
fn no_walk_panics_gets_stuck_or_unlinks_what_was_not_named() {
    let walks = (
        (0..30_usize, prop::bool::weighted(0.1), any::<bool>(), prop::bool::weighted(0.3)),
        prop::bool::weighted(0.9),
        prop::collection::vec(step(), 0..150),
    );
    let unlinks = Cell::new(0);
    let walked = TestRunner::new(config()).run(&walks, |((size, read_only, browser, several), loaded, steps)| {
        let mut walk = Walk::new(size, read_only, browser, several);
        if loaded {
            (0..12).for_each(|_| walk.answer(0, true, 1));
        }
        for step in steps {
            walk.take(step);
        }
        unlinks.set(unlinks.get() + walk.unlinks);
        walk.leave();
        Ok(())
    });
    if let Err(error) = walked {
        panic!("{error}");
    }
    // The promise about unlinks is only worth something where walks get as far as sending some.
    assert!(unlinks.get() > 10, "only {} unlinks were sent", unlinks.get());
}

/// A file that could not be written: sometimes because there is one already.
fn not_written(at: usize) -> Error {
    let fault = [FileFault::Exists, FileFault::NotAllowed][at % 2].clone();
    fixtures::error(Operation::Export, Cause::not_written("/x.csv", fault))
}
