//! Questions that the server holds back until something changes.

use crate::app::effect::Effect;
use crate::app::features::sync::{Phase, later};
use crate::app::fixture::*;
use crate::app::msg::Msg;
use crate::app::next_wake;
use crate::domain::error::{Cause, Operation};
use crate::domain::request::{Answer, Changes, GetSession, ListChanges, ListLinks, Request};
use crate::domain::session::Session;
use jiff::SignedDuration;

fn held(since: &str) -> Request {
    Request::ListChanges(ListChanges { since: since.into(), wait: 45 })
}

fn at_once(since: &str) -> Request {
    Request::ListChanges(ListChanges { since: since.into(), wait: 0 })
}

fn who(max_wait: u32) -> Answer {
    Answer::Session(Box::new(Session { max_wait, ..session(&ALL_PERMISSIONS) }))
}

fn nothing(next: &str) -> Answer {
    Answer::Changes(Changes { next: next.into(), ..Changes::default() })
}

/// What was asked, but for the links that come with the first load.
fn asked(out: &[Effect]) -> Vec<Request> {
    requests(out).into_iter().filter(|request| *request != ListLinks.into()).collect()
}

/// The list is loaded, and the server holds the first question.
fn listening() -> AppDriver {
    let mut app = AppDriver::new(AppDriver::options(), WIDE);
    app.connect(Ok(()));
    app.answer(who(45));
    assert_eq!(asked(&app.answer(page(four()))), [held("t1")]);
    app.no_links();
    app
}

#[test]
fn whoever_is_known_late_is_listened_to_from_then_on() {
    let mut app = AppDriver::new(AppDriver::options(), WIDE);
    app.connect(Ok(()));
    let out = app.answer(page(four()));
    assert!(!asked(&out).contains(&held("t1")), "nothing says that the server can hold it");
    assert_eq!(asked(&app.answer(who(60))), [held("t1")], "and never for longer than the contract has it");
}

#[test]
fn nothing_wakes_us_while_the_question_is_held_and_nothing_says_that_it_is_open() {
    let mut app = listening();
    app.pass(200);
    assert!(app.model.tickets.idle() && !app.sync().busy());
    assert_eq!(next_wake(&app.model), later(noon(), 48), "45 s and a moment");
    app.pass(47_799);
    assert!(!app.model.tickets.late(app.now));
    app.pass(1);
    assert!(app.model.tickets.late(app.now), "from then on it is late as any other answer");
}

#[test]
fn an_idle_dashboard_sends_no_more_than_two_requests_a_minute() {
    let mut app = listening();
    let (mut sent, mut round) = (0, 0);
    let end = later(noon(), 600).unwrap();
    while app.now < end {
        assert_eq!(app.pass(44_950), []);
        app.now = app.now.checked_add(SignedDuration::from_millis(50)).unwrap();
        round += 1;
        let out = app.answer(nothing(&format!("n{round}")));
        sent += asked(&out).len();
        if asked(&out).contains(&Request::GetSession(GetSession)) {
            app.answer(who(45));
        }
    }
    // A token is good for 15 minutes and renewed after 14: at most one falls into the ten.
    assert!(sent < 20 && round == 14, "{sent} requests in ten minutes");
}

#[test]
fn news_are_shown_as_they_come_and_a_stream_of_them_is_taken_in_gulps() {
    let mut app = listening();
    app.pass(10_000);
    let out = app.answer(changes(vec![company("E", "Echo")], &["C"]));
    assert_eq!((app.shown().as_str(), asked(&out)), ("ABDE", vec![held("t2")]));
    assert_eq!(app.sync().phase, Phase::Live);
    app.pass(100);
    let news = Changes { companies: vec![company("F", "Foxtrot")].into(), next: "t3".into(), ..Changes::default() };
    assert_eq!(app.answer(Answer::Changes(news)), [], "one after the other");
    assert_eq!(app.pass(399), []);
    assert_eq!(asked(&app.pass(1)), [held("t3")]);
}

#[test]
fn a_server_that_answers_with_nothing_before_its_time_is_asked_less_and_less() {
    let mut app = listening();
    for (round, pause) in [2, 4, 8, 16, 30, 30].into_iter().enumerate() {
        assert_eq!(app.answer(nothing(&format!("e{round}"))), []);
        assert_eq!(app.sync().due, later(app.now, pause));
        assert_eq!(app.sync().phase, Phase::Live);
        let all = asked(&app.pass(pause * 1000));
        assert!(all.contains(&held(&format!("e{round}"))), "{all:?}");
    }
}

#[test]
fn a_key_asks_at_once_in_place_of_the_held_question() {
    let mut app = listening();
    let resting = app.sync().ticket.unwrap();
    app.pass(5_000);
    let out = app.press("r");
    assert_eq!(asked(&out), [at_once("t1")]);
    assert!(out.contains(&Effect::Cancel { ticket: resting }));
    app.reply(resting, crate::app::msg::Reply::Api(Err(error(Operation::Changes, Cause::Cancelled))));
    assert_eq!(app.sync().phase, Phase::Asking, "what was given up says nothing");
    assert_eq!(asked(&app.answer(changes(Vec::new(), &[]))), [held("t2")]);
}

#[test]
fn a_broken_line_is_told_and_the_recovery_is_seen_without_a_wait() {
    let mut app = listening();
    app.pass(3_000);
    app.fail(lost(Operation::Changes));
    assert!(matches!(app.sync().phase, Phase::Failed(_)));
    assert_eq!(asked(&app.pass(2_000)), [at_once("t1")]);
    let out = asked(&app.answer(nothing("t4")));
    assert!(out.contains(&held("t4")), "{out:?}");
}

#[test]
fn after_a_sleep_the_dead_question_is_given_up() {
    let mut app = listening();
    let dead = app.sync().ticket.unwrap();
    app.now = app.now.checked_add(SignedDuration::from_hours(8)).unwrap();
    let out = app.send(Msg::Tick);
    assert!(out.contains(&Effect::Cancel { ticket: dead }), "{out:?}");
    assert_eq!(asked(&out), [at_once("t1"), Request::GetSession(GetSession)]);
    let mut app = listening();
    assert_eq!(asked(&app.send(Msg::Resumed)), [at_once("t1")]);
    let mut app = listening();
    app.now = app.now.checked_sub(SignedDuration::from_hours(8)).unwrap();
    assert!(asked(&app.send(Msg::Tick)).contains(&at_once("t1")), "nor is a clock that is set back waited for");
}

#[test]
fn another_server_that_does_not_know_the_wait_is_polled() {
    let mut app = listening();
    app.pass(1_000);
    let out = app.fail(error(Operation::Changes, Cause::NotAccepted { violations: Vec::new() }));
    assert_eq!(asked(&out), [at_once("t1")], "and the list is not loaded anew");
    assert_eq!(app.answer(nothing("t2")), []);
    assert_eq!(app.sync().due, later(app.now, 30));
}

#[test]
fn each_account_listens_by_itself() {
    let mut app = AppDriver::two();
    app.load("default", &ALL_PERMISSIONS, four());
    app.load("north", &ALL_PERMISSIONS, four());
    app.account().sync.offer(noon(), 45);
    let waits = |out: &[Effect]| -> Vec<(String, u32)> {
        let call = |effect: &Effect| match effect {
            Effect::Call { profile, request: request @ Request::ListChanges(_), .. } => {
                Some((profile.to_string(), request.wait()))
            }
            _ => None,
        };
        out.iter().filter_map(call).collect()
    };
    assert_eq!(waits(&app.send(Msg::Tick)), [("default".to_owned(), 45)]);
    assert_eq!(waits(&app.pass(30_000)), [("north".to_owned(), 0)]);
}
