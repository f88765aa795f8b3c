//! From nothing to a list on the screen.

use crate::app::effect::{Effect, Ticket};
use crate::app::features::sync::Phase;
use crate::app::fixture::*;
use crate::app::msg::{Msg, Reply};
use crate::app::toast::Notification;
use crate::domain::error::{Cause, Operation};
use crate::domain::launch::Opening;
use crate::domain::paging::Endless;
use crate::domain::request::{Answer, GetSession, ListChanges, ListCompanies, Page, Request};

fn first_page(token: Option<&str>) -> Request {
    Request::ListCompanies(ListCompanies::roster(token.map(ToOwned::to_owned)))
}

fn a_page(ids: &[&str], next: Option<&str>) -> Answer {
    Answer::Page(Page {
        companies: ids.iter().map(|id| company(id, id)).collect(),
        next: next.map(ToOwned::to_owned),
        total: Some(5),
        change_token: Some(format!("from {}", ids.join(""))),
        unreadable: 1,
    })
}

fn connected() -> AppDriver {
    let mut app = AppDriver::new(AppDriver::options(), WIDE);
    app.connect(Ok(()));
    app
}

#[test]
fn the_start_asks_for_a_server_and_for_nothing_else() {
    let (model, effects) = crate::app::start(AppDriver::options(), noon(), WIDE);
    assert!(matches!(effects.as_slice(), [Effect::Connect { .. }]), "{effects:?}");
    assert_eq!(model.accounts.only().unwrap().sync.phase, Phase::Connecting);
    assert!(!model.tickets.idle());
}

#[test]
fn notices_of_the_start_are_shown() {
    let mut options = AppDriver::options();
    options.notices = vec!["keymap.toml, line 3: not a key".into()];
    let app = AppDriver::new(options, WIDE);
    assert_eq!(app.model.toasts[0].says, Notification::Start("keymap.toml, line 3: not a key".into()));
}

#[test]
fn who_am_i_and_the_first_page_are_asked_together() {
    let mut app = AppDriver::new(AppDriver::options(), WIDE);
    let out = app.connect(Ok(()));
    assert_eq!(requests(&out), [Request::GetSession(GetSession), first_page(None)]);
}

#[test]
fn pages_follow_their_tokens_and_show_as_they_come() {
    let mut app = connected();
    let out = app.answer(a_page(&["A", "B"], Some("p2")));
    assert_eq!(requests(&out), [first_page(Some("p2"))]);
    assert_eq!((app.shown().as_str(), app.sync().received), ("AB", 2));
    assert_eq!(app.sync().phase, Phase::Loading);
    let out = app.answer(a_page(&["C", "D"], Some("p3")));
    assert_eq!(requests(&out), [first_page(Some("p3"))]);
    let out = app.answer(a_page(&["E"], None));
    assert_eq!(requests(&out), []);
    assert_eq!((app.shown().as_str(), &app.sync().phase), ("ABCDE", &Phase::Live));
    // What changed while the other pages came is asked for with the first token.
    assert_eq!(app.sync().change_token.as_deref(), Some("from AB"));
    assert!(app.model.toasts.iter().any(|toast| toast.says == Notification::Unreadable(3)));
}

#[test]
fn a_token_that_never_ends_is_stopped() {
    let mut app = connected();
    app.answer(a_page(&["A"], Some("again")));
    let out = app.answer(a_page(&["B"], Some("again")));
    assert_eq!(requests(&out), []);
    let error = app.sync().error().unwrap();
    assert_eq!((error.operation, &error.cause), (Operation::ListCompanies, &Cause::Endless(Endless::SameToken)));
    assert_eq!(app.shown(), "A", "what was there stays");
}

#[test]
fn an_answer_to_nobodys_question_is_dropped() {
    let mut app = connected();
    let before = app.model.clone();
    for (ticket, reply) in [
        (Ticket(999), Reply::Api(Ok(page(four())))),
        (Ticket(0), Reply::Connected(Ok(None))),
        (Ticket(999), Reply::Api(Err(lost(Operation::ListCompanies)))),
    ] {
        assert_eq!(app.send(Msg::Reply { ticket, reply }), []);
        assert_eq!(app.model, before);
    }
}

#[test]
fn an_answer_that_comes_twice_counts_once() {
    let mut app = connected();
    let ticket = app.waiting(|effect| matches!(effect, Effect::Call { request: Request::ListCompanies(_), .. }));
    app.answer(page(four()));
    let before = app.model.clone();
    app.send(Msg::Reply { ticket, reply: Reply::Api(Err(lost(Operation::ListCompanies))) });
    assert_eq!(app.model, before);
}

#[test]
fn an_answer_of_another_kind_is_told_and_not_swallowed() {
    let mut app = connected();
    let session = app.waiting(|effect| matches!(effect, Effect::Call { request: Request::GetSession(GetSession), .. }));
    app.reply(session, Reply::Opened(Ok(Opening::Sent)));
    assert!(matches!(&app.model.toasts[0].says, Notification::Failed { .. }));
    // The right kind of message with the wrong kind of answer is a failure of that very question.
    app.fail(lost(Operation::ListCompanies));
    let mut app = connected();
    let page = app.waiting(|effect| matches!(effect, Effect::Call { request: Request::ListCompanies(_), .. }));
    app.reply(page, Reply::Api(Ok(Answer::People(Vec::new()))));
    assert_eq!(app.sync().error().unwrap().cause, Cause::Unreadable);
}

#[test]
fn no_server_is_tried_again_by_itself() {
    let mut app = AppDriver::new(AppDriver::options(), WIDE);
    app.connect(Err(lost(Operation::Start)));
    assert!(app.sync().error().is_some());
    assert_eq!(app.pass(1_999), []);
    assert!(matches!(app.pass(1).as_slice(), [Effect::Connect { .. }]));
}

#[test]
fn a_session_that_failed_is_asked_for_again_with_the_next_news() {
    let mut app = connected();
    app.answer(page(four()));
    app.fail(lost(Operation::SignIn));
    let out = app.pass(30_000);
    assert_eq!(requests(&out), [Request::ListChanges(ListChanges { since: "t1".into(), wait: 0 })]);
    let out = app.answer(changes(Vec::new(), &[]));
    assert_eq!(requests(&out), [Request::GetSession(GetSession)]);
}

#[test]
fn keys_work_before_anything_has_come() {
    let mut app = AppDriver::new(AppDriver::options(), WIDE);
    for key in every_key().into_iter().filter(|key| !(key.ctrl || key.typed() == Some('q'))) {
        app.key(key);
    }
    assert!(app.model.roster.is_empty());
}
