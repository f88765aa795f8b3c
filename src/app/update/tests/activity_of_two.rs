//! The activity of two accounts in one trail: paged for each, merged by time, and failures that stay where they are.

use crate::app::effect::Effect;
use crate::app::features::activity::{ActivityFeed, Narrow};
use crate::app::fixture::*;
use crate::app::msg::Reply;
use crate::domain::activity::{Action, ActivityPage, Event, EventOrigin};
use crate::domain::company::Actor;
use crate::domain::error::Operation;
use crate::domain::id::{CompanyId, CompanyKey, EventId, ProfileId};
use crate::domain::request::{Answer, Request};
use jiff::SignedDuration;
use std::ops::Range;

/// Something that was done so many minutes ago; the id is the same in every account.
fn event(ago: u32) -> Event {
    Event {
        id: EventId::new(&format!("E{ago:03}")),
        time: noon().checked_sub(SignedDuration::from_mins(i64::from(ago))).ok(),
        actor: Actor { display_name: "Tomma".into() },
        action: Action::CompanyLaunched,
        company: Some(CompanyId::new("A")),
        company_name: None,
        target: None,
        client: None,
        origin: EventOrigin::Ours,
    }
}

/// Events every so many minutes.
fn page(ago: Range<u32>, every: usize, next: Option<&str>) -> Reply {
    let events = ago.step_by(every).map(event).collect();
    Reply::Api(Ok(Answer::Activity(ActivityPage { events, next: next.map(Into::into), total: Some(500) })))
}

fn both() -> AppDriver {
    let mut app = AppDriver::two();
    app.load("default", &ALL_PERMISSIONS, vec![company("A", "Alpen")]);
    app.load("north", &ALL_PERMISSIONS, vec![company("A", "Brightwater")]);
    app
}

/// On the screen: of Europe an event a minute for 100 minutes, of North every ten minutes for 1000.
fn loaded() -> AppDriver {
    let mut app = both();
    assert_eq!(asked(&app.press("5")), ["default -", "north -"]);
    app.reply_in("default", page(0..100, 1, Some("p2")));
    app.reply_in("north", page(5..1_000, 10, Some("n2")));
    app
}

/// Which accounts are asked, and where they are to go on.
fn asked(effects: &[Effect]) -> Vec<String> {
    let one = |effect: &Effect| match effect {
        Effect::Call { profile, request: Request::ListActivity(list), .. } => {
            Some(format!("{profile} {}", list.page_token.as_deref().unwrap_or("-")))
        }
        _ => None,
    };
    effects.iter().filter_map(one).collect()
}

fn trail(app: &AppDriver) -> &ActivityFeed {
    &app.model.activity.feed
}

/// The event under the cursor, and whose it is.
fn at(app: &AppDriver) -> String {
    trail(app).selected().map_or(String::new(), |(profile, event)| format!("{profile}/{}", event.id))
}

fn times_fall(app: &AppDriver) -> bool {
    let times: Vec<_> = (0..trail(app).rows.len()).map(|row| trail(app).event(row).unwrap().1.time.unwrap()).collect();
    times.windows(2).all(|pair| pair[0] >= pair[1])
}

#[test]
fn the_trail_ends_where_the_first_account_ends_and_asks_that_one_for_more() {
    let mut app = loaded();
    assert_eq!(trail(&app).rows.len(), 110, "100 of Europe, and of North those of the same time");
    assert!(times_fall(&app));
    assert_eq!(asked(&app.press("G")), ["default p2"], "North is loaded far beyond");
    app.reply_in("default", page(100..200, 1, Some("p3")));
    assert_eq!((trail(&app).rows.len(), times_fall(&app)), (220, true));
    assert_eq!(trail(&app).total(), Some(1_000));
    // Where Europe has nothing more, North goes on to its own end.
    app.press("G");
    app.reply_in("default", page(200..210, 1, None));
    assert_eq!((trail(&app).rows.len(), times_fall(&app)), (310, true));
    assert_eq!(asked(&app.press("G")), ["north n2"]);
    app.reply_in("north", page(1_005..1_006, 1, None));
    assert!(trail(&app).ended() && trail(&app).whole());
}

#[test]
fn new_events_of_either_account_come_on_top_and_the_cursor_stays_on_its_own() {
    let mut app = loaded();
    app.press("j j j j j j");
    assert_eq!(at(&app), "north/E005", "of equal times the first account comes first");
    assert_eq!(asked(&app.pass(30_000)), ["default -", "north -"]);
    app.reply_in("default", page(0..100, 1, Some("p2")));
    let events = [2, 5, 15].map(event).into();
    let newer = ActivityPage { events, next: Some("x".into()), total: Some(501) };
    app.reply_in("north", Reply::Api(Ok(Answer::Activity(newer))));
    assert_eq!(
        (at(&app).as_str(), trail(&app).selection.row),
        ("north/E005", 7),
        "with the cursor below, below the new one"
    );
}

#[test]
fn a_command_acts_on_the_company_of_the_account_where_ids_are_equal() {
    let mut app = loaded();
    app.press("j j j j j j");
    assert_eq!(app.model.selected().unwrap().1.name, "Brightwater");
    app.press("k");
    assert_eq!(app.model.selected().unwrap().1.name, "Alpen");
}

#[test]
fn an_untouched_cursor_stands_on_the_first_row_when_an_account_joins() {
    let mut app = both();
    app.press("5");
    app.reply_in("north", page(5..1_000, 10, Some("n2")));
    assert_eq!(at(&app), "north/E005");
    app.reply_in("default", page(0..100, 1, Some("p2")));
    assert_eq!((at(&app).as_str(), trail(&app).selection.row), ("default/E000", 0));
}

#[test]
fn an_account_that_fails_keeps_its_rows_and_holds_up_nobody() {
    let mut app = loaded();
    app.press("G");
    app.reply_in("default", Reply::Api(Err(lost(Operation::LoadActivity))));
    assert_eq!(trail(&app).rows.len(), 200, "all of both");
    assert!(trail(&app).accounts[0].events.error().is_some());
    assert_eq!(asked(&app.press("G")), ["north n2"], "further down without the other");
    app.reply_in("north", page(1_005..1_100, 10, None));
    app.press("g j");
    let rows = trail(&app).rows.len();
    // It is tried again from its beginning, then goes on; until then no row goes away.
    assert_eq!(asked(&app.pass(30_000)), ["default -", "north -"]);
    app.reply_in("default", page(0..100, 1, Some("p2")));
    assert_eq!(trail(&app).rows.len(), rows);
    app.reply_in("north", page(5..1_000, 10, Some("n2")));
    assert_eq!(asked(&app.press("G")), ["default p2"]);
}

#[test]
fn an_account_that_is_slow_or_down_from_the_start_hides_nothing() {
    let mut app = both();
    app.press("5");
    app.reply_in("north", page(5..1_000, 10, None));
    assert_eq!((trail(&app).rows.len(), trail(&app).whole(), trail(&app).total()), (100, false, None));
    app.reply_in("default", Reply::Api(Err(lost(Operation::LoadActivity))));
    assert_eq!((trail(&app).rows.len(), at(&app).as_str()), (100, "north/E005"));
}

#[test]
fn filters_go_to_all_but_a_company_asks_only_its_own_account() {
    let mut app = loaded();
    // Below *everything* the first kind is *added*; the row above it is the company.
    let out = app.press("f j j space esc");
    assert_eq!(asked(&out), ["default -", "north -"]);
    assert_eq!(trail(&app).narrow.action, Some(Action::CompanyCreated));
    app.reply_in("default", page(0..3, 1, None));
    app.reply_in("north", page(5..6, 1, None));
    app.press("G");
    assert_eq!(at(&app), "north/E005");
    assert_eq!(asked(&app.press("f space esc")), ["north -"]);
    let key = CompanyKey { profile: ProfileId::new("north"), company: CompanyId::new("A") };
    assert_eq!(
        trail(&app).narrow,
        Narrow { company: Some(key), action: Some(Action::CompanyCreated), ..Narrow::default() }
    );
    app.reply_in("north", page(5..6, 1, None));
    assert_eq!((trail(&app).rows.len(), trail(&app).ended()), (1, true));
    assert_eq!(asked(&app.press("c")), ["default -", "north -"]);
}

#[test]
fn what_the_switcher_hides_is_neither_asked_nor_shown() {
    let mut app = loaded();
    assert_eq!(asked(&app.press("A 2")), [""; 0]);
    assert_eq!((at(&app).as_str(), trail(&app).rows.len()), ("north/E005", 100));
    assert_eq!(asked(&app.pass(30_000)), ["north -"]);
    app.reply_in("north", page(5..1_000, 10, Some("n2")));
    assert_eq!(asked(&app.press("A 0")), ["default -"]);
    assert_eq!((at(&app).as_str(), trail(&app).rows.len()), ("north/E005", 110));
}

#[test]
fn late_answers_to_an_older_filter_are_dropped_for_each() {
    let mut app = both();
    app.press("5");
    let late: Vec<_> = app.open.iter().filter_map(Effect::ticket).collect();
    let out = app.press("f j space");
    assert_eq!(out.iter().filter(|effect| matches!(effect, Effect::Cancel { .. })).count(), 2);
    for (ticket, ago) in late.into_iter().zip([0..3, 3..6]) {
        app.reply(ticket, page(ago, 1, None));
    }
    assert!(!trail(&app).there());
}

#[test]
fn the_tab_asks_only_the_account_of_its_company() {
    let mut app = loaded();
    app.press("j j j j j j");
    assert_eq!(asked(&app.press("enter")), ["north -"]);
    app.reply_in("north", page(5..8, 1, None));
    assert_eq!(app.model.selected_details().unwrap().activity.rows.len(), 3);
}

#[test]
fn a_company_of_a_hidden_account_passes_nothing_and_clearing_helps() {
    let mut app = loaded();
    app.press("f space esc");
    app.reply_in("default", page(0..3, 1, None));
    assert_eq!(asked(&app.press("A 2")), [""; 0]);
    assert_eq!((trail(&app).rows.len(), app.selected()), (0, None));
    assert_eq!(asked(&app.press("c")), ["north -"]);
}
