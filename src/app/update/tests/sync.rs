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
    let mut desk = Desk::with(four());
    assert_eq!(desk.pass(29_999), []);
    assert_eq!(requests(&desk.pass(1)), [news("t1"), Request::GetSession(GetSession)]);
    assert_eq!(desk.pass(60_000), [], "one question at a time");
    desk.answer(changes(vec![company("E", "Echo")], &["C"]));
    assert_eq!(desk.shown(), "ABDE");
    assert_eq!(requests(&desk.pass(30_000)), [news("t2")], "who we are was asked and not answered yet");
}

#[test]
fn more_news_are_asked_for_at_once_but_not_for_ever() {
    let mut desk = Desk::with(four());
    desk.press("r");
    let more = |next: &str| Answer::Changes(Changes { next: next.into(), more: true, ..Changes::default() });
    assert_eq!(requests(&desk.answer(more("t5"))), [news("t5")]);
    assert_eq!(requests(&desk.answer(more("t5"))), []);
    let endless = |desk: &Desk| match desk.sync().error().map(|error| error.cause.clone()) {
        Some(Cause::Endless(why)) => Some(why),
        _ => None,
    };
    assert_eq!(endless(&desk), Some(Endless::SameToken), "news that were not all told are not live");
    // Ever new tokens without any news are no better.
    desk.pass(2_000);
    let mut asked = 0;
    while requests(&desk.answer(more(&format!("n{asked}")))).len() == 1 {
        asked += 1;
    }
    assert_eq!((asked, endless(&desk)), (20, Some(Endless::Empty)));
    assert_eq!(desk.sync().due, later(desk.now, 4), "and it is left alone for longer each time");
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
        let mut desk = Desk::new(Desk::options(), WIDE);
        desk.connect(Ok(()));
        let mut asked = 0;
        loop {
            let (rows, total, next) = pages(asked);
            let companies = (0..rows).map(|row| company(&format!("C{asked}-{row}"), "Endless")).collect();
            asked += 1;
            let page = Page { companies, next: Some(next), total, ..Page::default() };
            let out = desk.answer(Answer::Page(page));
            if !requests(&out).iter().any(|request| matches!(request, Request::ListCompanies(_))) {
                break;
            }
        }
        assert_eq!(asked, most, "{why:?}");
        assert_eq!(desk.sync().error().map(|error| &error.cause), Some(&Cause::Endless(why)));
        assert_eq!(desk.sync().due, later(desk.now, 2));
    }
}

/// A question that is not answered within a moment is told, and a key ends it.
#[test]
fn an_answer_that_is_overdue_is_told_and_asked_for_anew_by_hand() {
    let mut desk = Desk::with(four());
    let profile = desk.model.accounts.profiles().remove(0);
    let delay = |desk: &Desk| desk.model.tickets.delay_in(&profile, desk.model.now).map(|delay| format!("{delay:?}"));
    desk.pass(30_000);
    desk.pass(2_999);
    assert_eq!(delay(&desk), None);
    assert_eq!(requests(&desk.press("r")), [], "nothing is late yet");
    assert_eq!(next_wake(&desk.model).unwrap(), later(noon(), 33).unwrap().min(next_wake(&desk.model).unwrap()));
    desk.pass(1);
    assert_eq!(delay(&desk).as_deref(), Some("Silent(3)"));
    let out = desk.press("r");
    assert!(out.iter().any(|effect| matches!(effect, Effect::Cancel { .. })), "{out:?}");
    assert_eq!(requests(&out), [news("t1")]);
}

#[test]
fn a_pause_that_the_server_asked_for_counts_down_and_ends_by_a_key() {
    let mut desk = Desk::with(four());
    let profile = desk.model.accounts.profiles().remove(0);
    desk.press("r");
    let ticket = desk.sync().ticket.unwrap();
    let busy = Error::new(Operation::Changes, Cause::TooManyRequests, RetryAdvice::Now);
    let pause = Pause { wait: Duration::from_secs(19), error: busy };
    desk.send(Msg::Waiting { ticket, pause: Some(Box::new(pause)) });
    let left = |desk: &Desk| match desk.model.tickets.delay_in(&profile, desk.model.now) {
        Some(Delay::Pause(seconds, _)) => Some(seconds),
        _ => None,
    };
    assert_eq!(left(&desk), Some(19));
    desk.pass(7_500);
    assert_eq!(left(&desk), Some(12));
    assert_eq!(desk.press("r"), [Effect::EndPause { ticket, again: true }], "nothing is asked twice");
    desk.send(Msg::Waiting { ticket, pause: None });
    assert_eq!(left(&desk), None);
    desk.answer(changes(Vec::new(), &[]));
    assert_eq!(desk.sync().phase, Phase::Live);
}

#[test]
fn refreshing_twice_asks_once() {
    let mut desk = Desk::with(four());
    assert_eq!(requests(&desk.press("r")), [news("t1")]);
    assert_eq!(desk.press("r f5"), []);
}

#[test]
fn a_token_too_old_loads_everything_again() {
    for cause in [Cause::Gone, Cause::NotAccepted { violations: Vec::new() }] {
        let mut desk = Desk::with(four());
        desk.press("j r");
        let out = desk.fail(error(Operation::Changes, cause));
        assert!(matches!(requests(&out).as_slice(), [Request::ListCompanies(page)] if page.page_token.is_none()));
        assert_eq!(desk.shown(), "ABCD", "old rows stay while the new ones come");
        desk.answer(page(vec![company("B", "Brightwater"), company("X", "Xanten")]));
        assert_eq!((desk.shown().as_str(), desk.selected().as_deref()), ("BX", Some("B")));
    }
}

#[test]
fn the_pause_grows_and_the_recovery_is_told() {
    let mut desk = Desk::with(four());
    desk.press("r");
    for pause in [2, 4, 8, 16, 30, 30] {
        desk.fail(lost(Operation::Changes));
        assert_eq!(desk.sync().due, later(desk.now, pause));
        assert_eq!(desk.shown(), "ABCD", "what is on the screen stays");
        assert_eq!(desk.pass(pause * 1000 - 1), []);
        assert_eq!(requests(&desk.pass(1)), [news("t1")]);
    }
    let out = desk.answer(changes(Vec::new(), &[]));
    assert_eq!(requests(&out), [Request::GetSession(GetSession)], "who we are may have changed meanwhile");
    assert!(desk.model.toasts.iter().any(|toast| toast.says == Notification::Back(None)));
    assert_eq!(desk.sync().failures, 0);
}

#[test]
fn a_server_that_names_a_moment_is_not_asked_before_it() {
    let mut desk = Desk::with(four());
    desk.press("r");
    let moment = later(desk.now, 77).unwrap();
    desk.fail(Error::new(Operation::Changes, Cause::TooManyRequests, RetryAdvice::At(moment)));
    assert_eq!(desk.pass(76_999), []);
    assert_eq!(requests(&desk.pass(1)), [news("t1")]);
}

#[test]
fn a_credential_taken_away_is_told_by_asking_who_we_are() {
    for cause in [Cause::NotSignedIn, Cause::NotAllowed, Cause::MfaRequired] {
        let mut desk = Desk::with(four());
        desk.press("r");
        assert_eq!(requests(&desk.fail(error(Operation::Changes, cause))), [Request::GetSession(GetSession)]);
    }
}

#[test]
fn back_from_sleep_asks_at_once() {
    let mut desk = Desk::with(four());
    assert_eq!(requests(&desk.send(Msg::Resumed)), [news("t1"), Request::GetSession(GetSession)]);
    assert_eq!(desk.send(Msg::Resumed), [], "but not twice");
    desk.fail(lost(Operation::Changes));
    assert_eq!(requests(&desk.send(Msg::Resumed)), [news("t1")], "nor does it wait out a pause");
}

#[test]
fn a_clock_that_jumped_ahead_asks_once() {
    let mut desk = Desk::with(four());
    desk.now = desk.now.checked_add(SignedDuration::from_hours(24 * 400)).unwrap();
    assert_eq!(requests(&desk.send(Msg::Tick)), [news("t1"), Request::GetSession(GetSession)]);
}

#[test]
fn a_clock_set_back_does_not_silence_the_polls() {
    let mut desk = Desk::with(four());
    desk.press("c");
    desk.now = desk.now.checked_sub(SignedDuration::from_hours(24 * 400)).unwrap();
    assert_eq!(requests(&desk.send(Msg::Tick)), [news("t1"), Request::GetSession(GetSession)]);
    let soon = later(desk.now, 30).unwrap();
    assert!(desk.model.toasts.iter().all(|toast| toast.until < soon), "nor does a notice stay for a year");
}

#[test]
fn at_rest_nothing_wakes_us_before_the_next_question() {
    let mut desk = Desk::with(four());
    desk.pass(200);
    assert_eq!(next_wake(&desk.model), desk.sync().due);
    assert_eq!(desk.sync().due, later(noon(), 30));
    // Nor with the company open and loaded.
    let mut desk = Desk::at_setup();
    desk.pass(200);
    assert_eq!(next_wake(&desk.model), desk.sync().due);
}

#[test]
fn a_menu_or_a_search_left_open_wakes_nobody() {
    for keys in ["?", ":", "s", "f", "/"] {
        let mut desk = Desk::with(four());
        desk.pass(200);
        desk.press(keys);
        assert_eq!(next_wake(&desk.model), desk.sync().due, "{keys}");
    }
}

#[test]
fn what_moves_by_itself_wakes_us() {
    let soon = |desk: &Desk| next_wake(&desk.model).unwrap() <= later(desk.now, 1).unwrap();
    let mut desk = Desk::new(Desk::options(), WIDE);
    assert!(soon(&desk), "the spinner of the start");
    desk.connect(Err(lost(Operation::Start)));
    assert!(soon(&desk), "the countdown to the next try");
    let mut desk = Desk::with(four());
    desk.pass(200);
    desk.press("u");
    assert!(soon(&desk), "the spinner of the pre-flight");
    let mut desk = Desk::with(four());
    desk.pass(1_000);
    assert!(!soon(&desk));
    desk.press("c");
    assert_eq!(next_wake(&desk.model), later(desk.now, 7), "a notice goes by itself");
}

/// Whatever is due next is done by the tick that comes for it: a pulse in the past would be a busy loop.
#[test]
fn a_tick_in_time_moves_the_pulse_on() {
    let mut desk = Desk::at_setup();
    desk.press("] j c u");
    for _ in 0..200 {
        let Some(next) = next_wake(&desk.model) else { break };
        assert!(next > desk.now, "{next} is not after {}", desk.now);
        desk.now = next;
        desk.send(Msg::Tick);
    }
}
