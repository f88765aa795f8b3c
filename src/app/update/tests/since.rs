//! Since last time: what changed between two visits, what became ours to do meanwhile, and the first line.

use crate::app::command::{Command, DisabledReason};
use crate::app::effect::Effect;
use crate::app::fixture::*;
use crate::app::model::Options;
use crate::app::overlay::Overlay;
use crate::app::screen::Screen;
use crate::domain::activity::{Action, ActivityPage, Event, EventOrigin};
use crate::domain::company::{Actor, Address, Attention, Company};
use crate::domain::error::{Cause, Operation};
use crate::domain::id::{EventId, ProfileId};
use crate::domain::notify::Notify;
use crate::domain::request::Answer;
use crate::domain::session::Permission;
use crate::domain::ui_state::UiState;
use jiff::{SignedDuration, Timestamp};

fn at(minutes: i64) -> Timestamp {
    noon().checked_add(SignedDuration::from_mins(minutes)).unwrap()
}

/// The company, changed at this moment.
fn changed(id: &str, minutes: i64) -> Company {
    let address = Address { country_code: "DE".into(), ..Address::default() };
    Company { address, update_time: Some(at(minutes)), ..company(id, id) }
}

/// An hour ago somebody was here.
fn visited() -> Options {
    let kept = UiState { last_visit: Some(at(-60)), ..UiState::default() };
    Options { ui: vec![(ProfileId::new("default"), kept)], ..AppDriver::options() }
}

/// B and D changed since, and of C nobody knows.
fn desk_with(options: Options) -> AppDriver {
    let all = vec![changed("A", -90), changed("B", -30), company("C", "C"), changed("D", -1)];
    AppDriver::as_who(options, &ALL_PERMISSIONS, all)
}

fn app() -> AppDriver {
    desk_with(visited())
}

fn news(app: &AppDriver) -> String {
    ["A", "B", "C", "D", "E"].into_iter().filter(|id| app.model.roster.is_news(&key_of(id))).collect()
}

/// The next poll brings these.
fn comes(app: &mut AppDriver, companies: Vec<Company>) -> Vec<Effect> {
    app.pass(30_000);
    app.answer(changes(companies, &[]))
}

fn noted(app: &AppDriver) -> Option<Timestamp> {
    app.model.ui.screen().unwrap().last_visit
}

#[test]
fn what_changed_since_the_last_visit_is_news_and_what_nobody_knows_is_told() {
    let mut app = app();
    assert_eq!((news(&app).as_str(), app.model.roster.news()), ("BD", (2, 1)));
    comes(&mut app, vec![changed("A", 0), changed("C", -70)]);
    assert_eq!((news(&app).as_str(), app.model.roster.news()), ("ABD", (3, 0)), "a colleague, in this run");
    app.answer_changes_without("B");
    assert_eq!(app.model.roster.news(), (2, 0));
    comes(&mut app, (0..5).map(|number| changed(&format!("N{number}"), 1)).collect());
    assert_eq!(app.model.roster.news(), (7, 0), "many at once");
}

#[test]
fn where_nobody_was_before_nothing_is_news() {
    let app = desk_with(AppDriver::options());
    assert_eq!((news(&app).as_str(), app.model.roster.news()), ("", (0, 0)));
    assert_eq!(Command::SinceVisit.ready(&app.model), Err(DisabledReason::FirstVisit));
    let ahead = UiState { last_visit: Some(at(60)), ..UiState::default() };
    let app = desk_with(Options { ui: vec![(ProfileId::new("default"), ahead)], ..AppDriver::options() });
    assert_eq!(app.model.roster.news(), (0, 0), "noted by a clock that was wrong");
}

#[test]
fn what_is_opened_is_read_until_it_changes_again() {
    let mut app = app();
    app.press("j enter");
    assert_eq!(news(&app), "D");
    app.press("J J");
    assert_eq!(news(&app), "", "the next one in its place");
    app.press("esc");
    comes(&mut app, vec![changed("B", -30)]);
    assert_eq!(news(&app), "");
    comes(&mut app, vec![changed("B", 1)]);
    assert_eq!(news(&app), "B");
}

#[test]
fn what_is_done_from_here_is_no_news() {
    let mut app = desk_with(Options { countries: vec![("DE", "Germany")], ..visited() });
    app.press("P l");
    assert_eq!(news(&app), "BD");
    app.answer(Answer::Launch(address()));
    app.browser(Ok(()));
    comes(&mut app, vec![changed("A", 0), changed("C", 0)]);
    assert_eq!(news(&app), "BCD", "A was launched from here, C by somebody else");
    app.pass(120_000);
    app.answer(changes(vec![changed("A", 3)], &[]));
    assert_eq!(news(&app), "ABCD", "long after that it was somebody else");
    app.press("n enter");
    app.type_in("E");
    app.press("ctrl-s");
    app.answer(Answer::Company(Box::new(changed("E", 3))));
    assert_eq!(news(&app), "ABCD", "a new one is known to whoever made it");
}

#[test]
fn the_visit_goes_on_as_long_as_the_list_is_the_servers() {
    let mut app = AppDriver::new(visited(), WIDE);
    app.press("q");
    assert_eq!(noted(&app), Some(at(-60)), "nothing was seen");
    let mut app = self::app();
    assert_eq!(noted(&app), Some(noon()), "the first load");
    comes(&mut app, Vec::new());
    assert_eq!(noted(&app), Some(noon()), "not a write for each poll");
    let effects = app.press("q");
    assert_eq!(noted(&app), Some(app.now));
    assert!(effects.iter().any(|effect| matches!(effect, Effect::SaveUiState { .. })), "{effects:?}");
    app.pass(30_000);
    let seen = app.sync().synced_at;
    app.fail(error(Operation::Changes, Cause::TimedOut { seconds: 10 }));
    app.pass(600_000);
    app.press("q");
    assert_eq!(noted(&app), seen, "what came later was not seen");
    assert!(seen < Some(app.now));
}

fn event(number: u32, time: Option<Timestamp>) -> Event {
    Event {
        id: EventId::new(&format!("E{number}")),
        time,
        actor: Actor { display_name: "Tomma".into() },
        action: Action::CompanyUpdated,
        company: None,
        company_name: None,
        target: None,
        client: None,
        origin: EventOrigin::Ours,
    }
}

#[test]
fn the_activity_since_then_is_one_key_away() {
    let mut app = app();
    app.press("i");
    assert_eq!(app.model.screen, Screen::Activity);
    let events = [Some(at(-1)), None, Some(at(-60)), Some(at(-61)), Some(at(-90))];
    let events = (0..).zip(events).map(|(number, time)| event(number, time)).collect();
    app.answer(Answer::Activity(ActivityPage { events, next: Some("2".into()), total: Some(400) }));
    let feed = &app.model.activity.feed;
    assert_eq!((feed.rows.len(), feed.ended()), (3, true), "nothing older is asked for");
    assert!(Command::ActivityClear.ready(&app.model).is_ok());
    app.press("esc");
    assert_eq!(app.model.screen, Screen::Companies);
    app.press("5 c");
    assert_eq!(app.model.activity.feed.narrow.since, None);
}

/// Everything is told, to whoever may do it.
fn told(permissions: &[Permission]) -> AppDriver {
    let notify = Notify { osc9: true, ..Notify::default() };
    let all = vec![waits("A", &[Attention::LinkWaiting]), waits("B", &[]), waits("C", &[])];
    AppDriver::as_who(Options { notify, ..AppDriver::options() }, permissions, all)
}

fn waits(id: &str, attention: &[Attention]) -> Company {
    Company { attention: attention.to_vec(), ..company(id, id) }
}

fn alerts(effects: &[Effect]) -> Vec<(Attention, String, usize)> {
    let alert = |effect: &Effect| match effect {
        Effect::Alert { reason, company, more, .. } => Some((reason.clone(), company.clone(), *more)),
        _ => None,
    };
    effects.iter().filter_map(alert).collect()
}

#[test]
fn what_becomes_ours_is_told_once_and_what_waited_before_is_not() {
    use Attention::{LinkWaiting, RecoveryWaiting, SingleOwner};
    let mut app = told(&ALL_PERMISSIONS);
    let both =
        vec![waits("B", &[SingleOwner, RecoveryWaiting]), waits("C", &[RecoveryWaiting]), waits("N", &[LinkWaiting])];
    let effects = comes(&mut app, both.clone());
    assert_eq!(alerts(&effects), [(RecoveryWaiting, "B".into(), 1), (LinkWaiting, "N".into(), 0)]);
    let again = both.into_iter().map(newer).chain([newer(waits("A", &[LinkWaiting]))]).collect();
    assert_eq!(alerts(&comes(&mut app, again)), []);
    let snoozed = Company { snooze_until: Some(at(600)), ..waits("A", &[LinkWaiting, RecoveryWaiting]) };
    assert_eq!(alerts(&comes(&mut app, vec![snoozed])), [], "set aside");
    comes(&mut app, vec![waits("B", &[])]);
    assert_eq!(alerts(&comes(&mut app, vec![waits("B", &[RecoveryWaiting])])).len(), 1, "another one");
}

#[test]
fn nobody_is_told_what_they_may_not_do_or_did_not_ask_to_hear() {
    let news = || vec![waits("B", &[Attention::RecoveryWaiting, Attention::LinkWaiting])];
    let mut app = told(&[Permission::View, Permission::Edit, Permission::Link]);
    let only: Vec<_> = alerts(&comes(&mut app, news())).into_iter().map(|(reason, ..)| reason).collect();
    assert_eq!(only, [Attention::LinkWaiting]);
    let mut app = AppDriver::with(vec![waits("B", &[])]);
    assert_eq!(alerts(&comes(&mut app, news())), [], "off by default");
}

#[test]
fn a_list_that_is_loaded_anew_tells_what_it_brings() {
    let mut app = told(&ALL_PERMISSIONS);
    app.pass(30_000);
    app.fail(error(Operation::Changes, Cause::Gone));
    let effects = app.answer(page(vec![waits("A", &[Attention::LinkWaiting]), waits("B", &[Attention::LinkWaiting])]));
    assert_eq!(alerts(&effects), [(Attention::LinkWaiting, "B".into(), 0)]);
}

fn new_here() -> AppDriver {
    desk_with(Options { welcome: true, ..AppDriver::options() })
}

#[test]
fn the_first_line_goes_for_ever_with_esc_and_by_use() {
    for keys in ["esc", "?", ": a p p . t o u r enter"] {
        let mut app = new_here();
        app.press("j k");
        assert!(app.model.since.welcome);
        let effects = app.press(keys);
        assert!(!app.model.since.welcome, "{keys}");
        let kept = effects.iter().find_map(|effect| match effect {
            Effect::SaveUiState { profile, change } => Some((profile.clone(), change.1.clone())),
            _ => None,
        });
        let next = Options { welcome: true, ui: kept.into_iter().collect(), ..AppDriver::options() };
        assert!(!AppDriver::new(next, WIDE).model.since.welcome, "{keys}");
    }
}

#[test]
fn esc_leads_back_before_it_hides_the_first_line() {
    let mut app = new_here();
    app.press("/ b enter esc");
    assert!(app.model.since.welcome && app.model.roster.query().search.is_empty());
    app.press("w esc");
    assert!(app.model.since.welcome);
    app.press("esc");
    assert!(!app.model.since.welcome);
}

#[test]
fn the_tour_is_turned_and_left_at_any_page() {
    let mut app = new_here();
    let page = |app: &AppDriver| match app.model.overlays.last() {
        Some(Overlay::Tour(tour)) => Some(tour.page),
        _ => None,
    };
    let open = |app: &mut AppDriver| {
        app.press("ctrl-p");
        app.type_in("app.tour");
        app.press("enter");
    };
    open(&mut app);
    assert_eq!(page(&app), Some(0));
    app.press("left enter space left");
    assert_eq!(page(&app), Some(1));
    app.press("enter enter");
    assert_eq!(page(&app), Some(3));
    app.press("enter");
    assert_eq!(page(&app), None, "behind the last page it is over");
    for pages in 0..4 {
        open(&mut app);
        (0..pages).for_each(|_| drop(app.press("enter")));
        assert_eq!(page(&app), Some(pages));
        app.press("esc");
        assert!(app.model.overlays.is_empty());
    }
}
