//! Keeping up with the server: polls, pauses, recovery; and sleeping when there is nothing to do.

use crate::app::effect::Effect;
use crate::app::features::sync::{Phase, later};
use crate::app::fixture::*;
use crate::app::msg::Msg;
use crate::app::next_wake;
use crate::app::tickets::Delay;
use crate::app::toast::Notification;
use crate::domain::error::{Cause, Error, Operation, Pause, RetryAdvice};
use crate::domain::paging::Endless;
use crate::domain::request::{Answer, Changes, GetSession, ListChanges, Page, Request};
use jiff::SignedDuration;
use std::time::Duration;

fn news(since: &str) -> Request {
    Request::ListChanges(ListChanges { since: since.into(), wait: 0 })
}

#[test]
fn news_are_asked_for_after_thirty_seconds_and_not_before() {
    let mut app = AppDriver::with(four());
    assert_eq!(app.pass(29_999), []);
    assert_eq!(requests(&app.pass(1)), [news("t1"), Request::GetSession(GetSession)]);
    assert_eq!(app.pass(60_000), [], "one question at a time");
    app.answer(changes(vec![company("E", "Echo")], &["C"]));
    assert_eq!(app.shown(), "ABDE");
    assert_eq!(requests(&app.pass(30_000)), [news("t2")], "who we are was asked and not answered yet");
}

#[test]
fn more_news_are_asked_for_at_once_but_not_for_ever() {
    let mut app = AppDriver::with(four());
    app.press("r");
    let more = |next: &str| Answer::Changes(Changes { next: next.into(), more: true, ..Changes::default() });
    assert_eq!(requests(&app.answer(more("t5"))), [news("t5")]);
    assert_eq!(requests(&app.answer(more("t5"))), []);
    let endless = |app: &AppDriver| match app.sync().error().map(|error| error.cause.clone()) {
        Some(Cause::Endless(why)) => Some(why),
        _ => None,
    };
    assert_eq!(endless(&app), Some(Endless::SameToken), "news that were not all told are not live");
    // Ever new tokens without any news are no better.
    app.pass(2_000);
    let mut asked = 0;
    while requests(&app.answer(more(&format!("n{asked}")))).len() == 1 {
        asked += 1;
    }
    assert_eq!((asked, endless(&app)), (20, Some(Endless::Empty)));
    assert_eq!(app.sync().due, later(app.now, 4), "and it is left alone for longer each time");
}

#[test]
fn a_list_without_an_end_is_given_up_and_left_alone_for_a_while() {
    type Pages = fn(usize) -> (usize, Option<u64>, String);
    let table: [(Pages, usize, Endless); 5] = [
        (|_| (24, Some(48), "A".into()), 2, Endless::SameToken),
        (|at| (24, Some(48), ["A", "B"][at % 2].into()), 3, Endless::SameToken),
        (|at| (24, Some(48), ["A", "B", "C"][at % 3].into()), 4, Endless::SameToken),
        (|at| (24, Some(48), at.to_string()), 7, Endless::MoreThan(48)),
        (|at| (0, Some(48), at.to_string()), 21, Endless::Empty),
    ];
    for (pages, most, why) in table {
        let mut app = AppDriver::new(AppDriver::options(), WIDE);
        app.connect(Ok(()));
        let mut asked = 0;
        loop {
            let (rows, total, next) = pages(asked);
            let companies = (0..rows).map(|row| company(&format!("C{asked}-{row}"), "Endless")).collect();
            asked += 1;
            let page = Page { companies, next: Some(next), total, ..Page::default() };
            let out = app.answer(Answer::Page(page));
            if !requests(&out).iter().any(|request| matches!(request, Request::ListCompanies(_))) {
                break;
            }
        }
        assert_eq!(asked, most, "{why:?}");
        assert_eq!(app.sync().error().map(|error| &error.cause), Some(&Cause::Endless(why)));
        assert_eq!(app.sync().due, later(app.now, 2));
    }
}

/// A question that is not answered within a moment is told, and a key ends it.
#[test]
fn an_answer_that_is_overdue_is_told_and_asked_for_anew_by_hand() {
    let mut app = AppDriver::with(four());
    let profile = app.model.accounts.profiles().remove(0);
    let delay = |app: &AppDriver| app.model.tickets.delay_in(&profile, app.model.now).map(|delay| format!("{delay:?}"));
    app.pass(30_000);
    app.pass(2_999);
    assert_eq!(delay(&app), None);
    assert_eq!(requests(&app.press("r")), [], "nothing is late yet");
    assert_eq!(next_wake(&app.model).unwrap(), later(noon(), 33).unwrap().min(next_wake(&app.model).unwrap()));
    app.pass(1);
    assert_eq!(delay(&app).as_deref(), Some("Silent(3)"));
    let out = app.press("r");
    assert!(out.iter().any(|effect| matches!(effect, Effect::Cancel { .. })), "{out:?}");
    assert_eq!(requests(&out), [news("t1")]);
}

#[test]
fn a_pause_that_the_server_asked_for_counts_down_and_ends_by_a_key() {
    let mut app = AppDriver::with(four());
    let profile = app.model.accounts.profiles().remove(0);
    app.press("r");
    let ticket = app.sync().ticket.unwrap();
    let busy = Error::new(Operation::Changes, Cause::TooManyRequests, RetryAdvice::Now);
    let pause = Pause { wait: Duration::from_secs(19), error: busy };
    app.send(Msg::Waiting { ticket, pause: Some(Box::new(pause)) });
    let left = |app: &AppDriver| match app.model.tickets.delay_in(&profile, app.model.now) {
        Some(Delay::Pause(seconds, _)) => Some(seconds),
        _ => None,
    };
    assert_eq!(left(&app), Some(19));
    app.pass(7_500);
    assert_eq!(left(&app), Some(12));
    assert_eq!(app.press("r"), [Effect::EndPause { ticket, again: true }], "nothing is asked twice");
    app.send(Msg::Waiting { ticket, pause: None });
    assert_eq!(left(&app), None);
    app.answer(changes(Vec::new(), &[]));
    assert_eq!(app.sync().phase, Phase::Live);
}

#[test]
fn refreshing_twice_asks_once() {
    let mut app = AppDriver::with(four());
    assert_eq!(requests(&app.press("r")), [news("t1")]);
    assert_eq!(app.press("r f5"), []);
}

#[test]
fn a_token_too_old_loads_everything_again() {
    for cause in [Cause::Gone, Cause::NotAccepted { violations: Vec::new() }] {
        let mut app = AppDriver::with(four());
        app.press("j r");
        let out = app.fail(error(Operation::Changes, cause));
        assert!(matches!(requests(&out).as_slice(), [Request::ListCompanies(page)] if page.page_token.is_none()));
        assert_eq!(app.shown(), "ABCD", "old rows stay while the new ones come");
        app.answer(page(vec![company("B", "Brightwater"), company("X", "Xanten")]));
        assert_eq!((app.shown().as_str(), app.selected().as_deref()), ("BX", Some("B")));
    }
}

#[test]
fn the_pause_grows_and_the_recovery_is_told() {
    let mut app = AppDriver::with(four());
    app.press("r");
    for pause in [2, 4, 8, 16, 30, 30] {
        app.fail(lost(Operation::Changes));
        assert_eq!(app.sync().due, later(app.now, pause));
        assert_eq!(app.shown(), "ABCD", "what is on the screen stays");
        assert_eq!(app.pass(pause * 1000 - 1), []);
        assert_eq!(requests(&app.pass(1)), [news("t1")]);
    }
    let out = app.answer(changes(Vec::new(), &[]));
    assert_eq!(requests(&out), [Request::GetSession(GetSession)], "who we are may have changed meanwhile");
    assert!(app.model.toasts.iter().any(|toast| toast.says == Notification::Back(None)));
    assert_eq!(app.sync().failures, 0);
}

#[test]
fn a_server_that_names_a_moment_is_not_asked_before_it() {
    let mut app = AppDriver::with(four());
    app.press("r");
    let moment = later(app.now, 77).unwrap();
    app.fail(Error::new(Operation::Changes, Cause::TooManyRequests, RetryAdvice::At(moment)));
    assert_eq!(app.pass(76_999), []);
    assert_eq!(requests(&app.pass(1)), [news("t1")]);
}

#[test]
fn a_credential_taken_away_is_told_by_asking_who_we_are() {
    for cause in [Cause::NotSignedIn, Cause::NotAllowed, Cause::MfaRequired] {
        let mut app = AppDriver::with(four());
        app.press("r");
        assert_eq!(requests(&app.fail(error(Operation::Changes, cause))), [Request::GetSession(GetSession)]);
    }
}

#[test]
fn back_from_sleep_asks_at_once() {
    let mut app = AppDriver::with(four());
    assert_eq!(requests(&app.send(Msg::Resumed)), [news("t1"), Request::GetSession(GetSession)]);
    assert_eq!(app.send(Msg::Resumed), [], "but not twice");
    app.fail(lost(Operation::Changes));
    assert_eq!(requests(&app.send(Msg::Resumed)), [news("t1")], "nor does it wait out a pause");
}

#[test]
fn a_clock_that_jumped_ahead_asks_once() {
    let mut app = AppDriver::with(four());
    app.now = app.now.checked_add(SignedDuration::from_hours(24 * 400)).unwrap();
    assert_eq!(requests(&app.send(Msg::Tick)), [news("t1"), Request::GetSession(GetSession)]);
}

#[test]
fn a_clock_set_back_does_not_silence_the_polls() {
    let mut app = AppDriver::with(four());
    app.press("c");
    app.now = app.now.checked_sub(SignedDuration::from_hours(24 * 400)).unwrap();
    assert_eq!(requests(&app.send(Msg::Tick)), [news("t1"), Request::GetSession(GetSession)]);
    let soon = later(app.now, 30).unwrap();
    assert!(app.model.toasts.iter().all(|toast| toast.until < soon), "nor does a notice stay for a year");
}

#[test]
fn at_rest_nothing_wakes_us_before_the_next_question() {
    let mut app = AppDriver::with(four());
    app.pass(200);
    assert_eq!(next_wake(&app.model), app.sync().due);
    assert_eq!(app.sync().due, later(noon(), 30));
    // Nor with the company open and loaded.
    let mut app = AppDriver::at_setup();
    app.pass(200);
    assert_eq!(next_wake(&app.model), app.sync().due);
}

#[test]
fn a_menu_or_a_search_left_open_wakes_nobody() {
    for keys in ["?", ":", "s", "f", "/"] {
        let mut app = AppDriver::with(four());
        app.pass(200);
        app.press(keys);
        assert_eq!(next_wake(&app.model), app.sync().due, "{keys}");
    }
}

#[test]
fn what_moves_by_itself_wakes_us() {
    let soon = |app: &AppDriver| next_wake(&app.model).unwrap() <= later(app.now, 1).unwrap();
    let mut app = AppDriver::new(AppDriver::options(), WIDE);
    assert!(soon(&app), "the spinner of the start");
    app.connect(Err(lost(Operation::Start)));
    assert!(soon(&app), "the countdown to the next try");
    let mut app = AppDriver::with(four());
    app.pass(200);
    app.press("u");
    assert!(soon(&app), "the spinner of the pre-flight");
    let mut app = AppDriver::with(four());
    app.pass(1_000);
    assert!(!soon(&app));
    app.press("c");
    assert_eq!(next_wake(&app.model), later(app.now, 7), "a notice goes by itself");
}

/// Whatever is due next is done by the tick that comes for it: a pulse in the past would be a busy loop.
#[test]
fn a_tick_in_time_moves_the_pulse_on() {
    let mut app = AppDriver::at_setup();
    app.press("] j c u");
    for _ in 0..200 {
        let Some(next) = next_wake(&app.model) else { break };
        assert!(next > app.now, "{next} is not after {}", app.now);
        app.now = next;
        app.send(Msg::Tick);
    }
}
