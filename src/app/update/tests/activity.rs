//! Activity: pages, filters, and a cursor that stays on its event.

use crate::app::command::{Command, DisabledReason};
use crate::app::effect::Effect;
use crate::app::features::activity::ActivityFeed;
use crate::app::fixture::*;
use crate::app::focus::types_text;
use crate::app::msg::{Msg, Reply, Size};
use crate::app::next_wake;
use crate::app::toast::{Dropped, Notification};
use crate::domain::activity::{Action, ActivityPage, Event, EventOrigin, ListActivity};
use crate::domain::company::Actor;
use crate::domain::error::{Cause, Operation};
use crate::domain::id::{CompanyId, EventId};
use crate::domain::paging::Endless;
use crate::domain::request::{Answer, Request};
use std::ops::Range;

fn event(number: u32) -> Event {
    Event {
        id: EventId::new(&format!("E{number:03}")),
        time: Some(noon()),
        actor: Actor { display_name: "Tomma".into() },
        action: Action::CompanyLaunched,
        company: Some(CompanyId::new(["A", "B", "C", "D"][number as usize % 4])),
        company_name: None,
        target: None,
        client: None,
        origin: EventOrigin::Ours,
    }
}

/// Events of these numbers, the largest first.
fn page(numbers: Range<u32>, next: Option<&str>) -> Answer {
    let events = numbers.rev().map(event).collect();
    Answer::Activity(ActivityPage { events, next: next.map(Into::into), total: Some(500) })
}

/// On the screen, its first hundred loaded: 400 to 499.
fn app() -> AppDriver {
    let mut app = AppDriver::with(four());
    assert_eq!(requests(&app.press("5")), [Request::ListActivity(ListActivity::default())]);
    app.answer(page(400..500, Some("p2")));
    app
}

fn asked(effects: &[Effect]) -> Vec<ListActivity> {
    let list = |request: Request| match request {
        Request::ListActivity(list) => Some(list),
        _ => None,
    };
    requests(effects).into_iter().filter_map(list).collect()
}

fn more(token: &str) -> ListActivity {
    ListActivity { page_token: Some(token.into()), ..ListActivity::default() }
}

fn trail(app: &AppDriver) -> &ActivityFeed {
    &app.model.activity.feed
}

fn at(app: &AppDriver) -> &str {
    trail(app).selected().map_or("", |(_, event)| event.id.as_str())
}

#[test]
fn the_next_page_is_asked_for_once_near_the_end_and_then_goes_on() {
    let mut app = app();
    assert_eq!(asked(&app.press("j j j")), []);
    assert_eq!(asked(&app.press("G")), [more("p2")]);
    assert_eq!(asked(&app.press("k j")), [], "one question at a time");
    app.answer(page(300..400, Some("p3")));
    assert_eq!((trail(&app).rows.len(), at(&app)), (200, "E400"));
    assert_eq!(asked(&app.press("G")), [more("p3")]);
    app.answer(page(298..300, None));
    assert_eq!(asked(&app.press("G G")), [], "that was the end");
    assert_eq!(at(&app), "E298");
}

#[test]
fn a_window_near_the_end_asks_before_the_cursor_comes_there() {
    let mut app = app();
    app.press("pgdn");
    assert_eq!(asked(&app.press("pgdn")), [more("p2")], "rows {}", trail(&app).selection.row);
}

#[test]
fn a_server_that_leads_round_in_circles_is_followed_once_and_told() {
    let mut app = app();
    app.press("G");
    app.answer(page(400..500, Some("p2")));
    assert_eq!(asked(&app.press("G k G")), []);
    assert_eq!(trail(&app).rows.len(), 100);
    let error = trail(&app).accounts[0].events.error().map(|error| error.cause.clone());
    assert_eq!(error, Some(Cause::Endless(Endless::SameToken)), "what is missing below is not the end");
}

#[test]
fn new_events_come_on_top_and_the_cursor_stays_on_its_own() {
    let mut app = app();
    app.press("j j");
    assert_eq!(at(&app), "E497");
    assert_eq!(asked(&app.pass(29_000)), []);
    assert_eq!(asked(&app.pass(1_000)), [ListActivity::default()]);
    app.answer(page(403..503, Some("later")));
    assert_eq!((at(&app), trail(&app).selection.row), ("E497", 5));
    assert_eq!(trail(&app).rows.len(), 103);
    assert_eq!(asked(&app.press("G")), [more("p2")], "and below it goes on where it had ended");
}

#[test]
fn also_an_untouched_cursor_stays_on_its_event() {
    let mut app = app();
    app.press("r");
    app.answer(page(401..501, Some("p2")));
    assert_eq!((at(&app), trail(&app).selection.row), ("E499", 1), "a key must not hit the company that came above");
}

#[test]
fn a_page_that_does_not_reach_down_to_what_is_there_replaces_it() {
    let mut app = app();
    app.press("r");
    app.answer(page(800..900, Some("n2")));
    assert_eq!(trail(&app).rows.len(), 100);
    assert_eq!((at(&app), app.selected()), ("", None), "its event is gone, and no other takes its place");
    app.press("j");
    assert_eq!(at(&app), "E898");
}

#[test]
fn a_late_answer_to_an_older_filter_is_dropped() {
    let mut app = AppDriver::with(four());
    app.press("5");
    let old = app.waiting(|effect| matches!(effect, Effect::Call { request: Request::ListActivity(_), .. }));
    // Below *everything* the first kind is *added*.
    let out = app.press("f j space");
    let wanted = ListActivity { action: Some(Action::CompanyCreated), ..ListActivity::default() };
    assert_eq!(asked(&out), [wanted]);
    assert!(out.contains(&Effect::Cancel { ticket: old }));
    let late = page(0..5, None);
    app.reply(old, Reply::Api(Ok(late)));
    assert!(!trail(&app).there());
    app.answer(page(7..8, None));
    assert_eq!(at(&app), "E007");
}

#[test]
fn filters_are_chosen_taken_back_and_cleared() {
    let mut app = app();
    let filtered = |app: &AppDriver| trail(app).narrow.clone();
    app.press("f space esc");
    assert_eq!(filtered(&app).company, Some(key_of("D")), "of the row under the cursor");
    app.answer(page(0..3, None));
    app.press("f k");
    assert!(types_text(&app.model));
    app.type_in("fj");
    let out = app.press("esc");
    let wanted =
        ListActivity { company: Some(CompanyId::new("D")), actor: Some("fj".into()), ..ListActivity::default() };
    assert_eq!((asked(&out), app.model.overlays.len()), (vec![wanted], 0), "what was typed is not dropped");
    app.answer(page(0..0, None));
    app.press("f space esc");
    assert_eq!(filtered(&app).company, None);
    app.answer(page(0..0, None));
    assert_eq!(asked(&app.press("c")), [ListActivity::default()]);
    let dropped = Dropped { search: Some("fj".into()), sort: false, filters: 0 };
    assert_eq!(app.model.toasts.last().map(|toast| toast.says.clone()), Some(Notification::Cleared(dropped)));
    assert_eq!(Command::ActivityClear.ready(&app.model), Err(DisabledReason::NothingToClear));
}

#[test]
fn the_tab_asks_for_its_company_and_keeps_it_when_filters_go() {
    let mut app = app();
    let of_d = ListActivity { company: Some(CompanyId::new("D")), ..ListActivity::default() };
    assert_eq!(asked(&app.press("enter")), std::slice::from_ref(&of_d));
    assert_eq!(app.selected().as_deref(), Some("D"));
    app.answer(page(0..3, None));
    assert_eq!(
        Command::ActivityClear.ready(&app.model),
        Err(DisabledReason::NothingToClear),
        "the company is no filter here"
    );
    app.press("f j space esc");
    app.answer(page(0..1, None));
    assert_eq!(asked(&app.press("c")), [of_d]);
}

#[test]
fn opening_the_screen_and_our_own_writes_refresh_it() {
    let mut app = app();
    assert_eq!(asked(&app.press("1")), []);
    assert_eq!(asked(&app.press("5")), [ListActivity::default()], "on opening");
    app.answer(page(400..500, Some("p2")));
    app.press("l");
    let out = app.answer(Answer::Launch(address()));
    assert_eq!(asked(&out), [ListActivity::default()], "there is an event of ours");
}

#[test]
fn a_failure_keeps_the_rows_and_is_tried_again_after_a_pause() {
    let mut app = app();
    app.press("r");
    app.fail(lost(Operation::LoadActivity));
    assert!(trail(&app).accounts[0].events.error().is_some() && at(&app) == "E499");
    assert!(next_wake(&app.model).unwrap() > app.now);
    assert_eq!(asked(&app.pass(1_000)), []);
    assert_eq!(asked(&app.pass(29_000)).len(), 1);
}

#[test]
fn nothing_is_asked_while_it_is_not_on_the_screen() {
    let mut app = app();
    app.press("1");
    assert_eq!(asked(&app.pass(600_000)), []);
}

#[test]
fn a_tiny_window_pages_as_well() {
    let mut app = app();
    app.send(Msg::Resize(Size { width: 40, height: 10 }));
    let out: Vec<_> = (0..100).flat_map(|_| app.press("j")).collect();
    assert_eq!(asked(&out), [more("p2")]);
}
