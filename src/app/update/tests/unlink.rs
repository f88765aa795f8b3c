//! Unlinking: what must never happen, and what has to be shown before it can.

use crate::app::effect::Effect;
use crate::app::features::unlink::UnlinkDialog;
use crate::app::features::unlink::UnlinkFocus;
use crate::app::fixture::*;
use crate::app::model::Tab;
use crate::app::msg::Msg;
use crate::app::overlay::Overlay;
use crate::app::toast::Notification;
use crate::domain::company::{Company, CompanyState};
use crate::domain::error::{Cause, ConflictCode, Operation};
use crate::domain::id::CompanyId;
use crate::domain::request::{Answer, Request, Unlink, UnlinkPreflight};
use crate::domain::unlink::{CheckCode, Severity};

fn alpen() -> Company {
    company("A", "Alpen")
}

fn dialog(app: &AppDriver) -> Option<&UnlinkDialog> {
    match app.model.overlays.last() {
        Some(Overlay::Unlink(dialog)) => Some(dialog),
        _ => None,
    }
}

fn focus(app: &AppDriver) -> UnlinkFocus {
    dialog(app).expect("the dialog is open").focus
}

/// The dialog on Alpen, its pre-flight answered, the news that it asked for as well.
fn open(preflight: crate::domain::unlink::Preflight) -> AppDriver {
    let mut app = AppDriver::with(four());
    app.press("u");
    app.answer(Answer::Preflight(preflight));
    app.answer(changes(Vec::new(), &[]));
    app
}

/// The same with the name typed and the focus on *Unlink*.
fn ready() -> AppDriver {
    let mut app = open(allowed(&alpen()));
    app.press("tab");
    app.type_in("Alpen");
    app.press("tab");
    assert_eq!(focus(&app), UnlinkFocus::Unlink);
    app
}

fn unlinks(effects: &[Effect]) -> Vec<(String, String, String)> {
    let one = |request: Request| match request {
        Request::Unlink(Unlink { company, etag, key, validate_only: false }) => {
            Some((company.to_string(), etag.to_string(), key.0))
        }
        _ => None,
    };
    requests(effects).into_iter().filter_map(one).collect()
}

#[test]
fn opening_asks_for_a_fresh_preflight_and_changes_nothing() {
    let mut app = AppDriver::with(four());
    assert_eq!(requests(&app.press("u")), [Request::UnlinkPreflight(UnlinkPreflight { company: CompanyId::new("A") })]);
    assert_eq!(focus(&app), UnlinkFocus::Cancel);
    assert_eq!(app.press("tab backtab"), []);
    assert_eq!(focus(&app), UnlinkFocus::Cancel, "nothing to confirm before it has come");
}

#[test]
fn the_focus_goes_round_and_reaches_unlink_only_with_the_name() {
    let mut app = open(allowed(&alpen()));
    for (key, at) in [
        ("tab", UnlinkFocus::Name),
        ("tab", UnlinkFocus::Cancel),
        ("backtab", UnlinkFocus::Name),
        ("backtab", UnlinkFocus::Cancel),
        ("tab", UnlinkFocus::Name),
    ] {
        app.press(key);
        assert_eq!(focus(&app), at);
    }
    app.type_in("Alpen");
    for at in [UnlinkFocus::Unlink, UnlinkFocus::Cancel, UnlinkFocus::Name] {
        app.press("tab");
        assert_eq!(focus(&app), at);
    }
    for at in [UnlinkFocus::Cancel, UnlinkFocus::Unlink, UnlinkFocus::Name] {
        app.press("backtab");
        assert_eq!(focus(&app), at);
    }
}

#[test]
fn enter_on_cancel_closes() {
    let mut app = open(allowed(&alpen()));
    assert_eq!(app.press("enter"), []);
    assert!(dialog(&app).is_none());
}

#[test]
fn enter_held_down_from_the_list_unlinks_nothing() {
    let mut app = AppDriver::with(four());
    app.press("u");
    let mut out = app.press("enter enter enter");
    let mut app = open(allowed(&alpen()));
    for _ in 0..50 {
        out.extend(app.press("enter"));
    }
    assert_eq!(unlinks(&out), []);
}

#[test]
fn enter_in_the_line_never_sends() {
    let mut app = open(allowed(&alpen()));
    app.press("tab");
    app.type_in("Alpe");
    assert_eq!(app.press("enter"), []);
    assert_eq!(focus(&app), UnlinkFocus::Name);
    app.type_in("n");
    assert_eq!(app.press("enter"), []);
    assert_eq!(focus(&app), UnlinkFocus::Unlink, "it only goes on to the button");
}

#[test]
fn a_wrong_name_never_sends() {
    for wrong in ["", "alpen", "Alpen GmbH", "Alp\u{435}n", "Brightwater", "Alpen\u{301}"] {
        let mut app = open(allowed(&alpen()));
        app.press("tab");
        app.send(Msg::Paste(wrong.into()));
        let mut out = Vec::new();
        for keys in ["enter", "tab enter", "u", "tab tab tab enter"] {
            if dialog(&app).is_some() {
                out.extend(app.press(keys));
            }
        }
        assert_eq!(unlinks(&out), [], "{wrong:?}");
    }
}

#[test]
fn the_typed_name_sends_once_bound_to_what_was_shown() {
    let mut app = ready();
    let out = app.press("enter");
    let sent = unlinks(&out);
    assert_eq!((sent.len(), sent[0].0.as_str(), sent[0].1.as_str()), (1, "A", "A-1"));
    assert_eq!(app.press("enter enter tab enter r x"), [], "not again while it is under way");
}

#[test]
fn what_is_typed_or_pasted_is_the_name_wherever_the_focus_is() {
    let mut app = open(allowed(&alpen()));
    app.send(Msg::Paste("Alpen\n".into()));
    assert_eq!(focus(&app), UnlinkFocus::Name);
    assert!(dialog(&app).unwrap().confirmed());
    let mut app = open(allowed(&alpen()));
    assert_eq!(app.type_in("rq/?u"), [], "letters are text, and no keys");
    assert_eq!((dialog(&app).unwrap().line.text(), focus(&app)), ("rq/?u", UnlinkFocus::Name));
    let mut app = ready();
    app.press("x");
    assert_eq!((dialog(&app).unwrap().line.text(), focus(&app)), ("Alpenx", UnlinkFocus::Name));
}

#[test]
fn nothing_is_confirmed_before_it_was_shown_to_its_end() {
    let mut app = open(allowed(&alpen()));
    let send = |app: &mut AppDriver, keys: &str| -> Vec<Effect> {
        let mut press = |key: &str| crate::app::update(&mut app.model, app.now, Msg::Key(key.parse().unwrap()));
        keys.split(' ').flat_map(&mut press).collect()
    };
    let mut out = send(&mut app, "A l p e n enter enter tab backtab enter");
    assert!(dialog(&app).unwrap().named() && !dialog(&app).unwrap().confirmed());
    assert!(dialog(&app).unwrap().scroll > 0, "Enter reads on");
    assert_ne!(focus(&app), UnlinkFocus::Unlink);
    crate::app::update(&mut app.model, app.now, Msg::ReadToEnd);
    out.extend(send(&mut app, "enter"));
    assert_eq!((unlinks(&out), focus(&app)), (Vec::new(), UnlinkFocus::Unlink));
    assert_eq!(unlinks(&send(&mut app, "enter")).len(), 1);
    let mut app = ready();
    app.press("f5");
    app.answer(Answer::Preflight(allowed(&newer(alpen()))));
    assert!(!dialog(&app).unwrap().read, "what is new has to be read anew");
}

#[test]
fn what_is_typed_over_a_finished_name_takes_the_confirmation_away() {
    let mut app = ready();
    app.press("backtab x backtab backtab");
    assert_ne!(focus(&app), UnlinkFocus::Unlink);
}

#[test]
fn a_done_unlink_closes_the_dialog_and_is_told() {
    let mut app = ready();
    app.press("enter");
    let gone = Company { state: CompanyState::Unlinked, ..newer(alpen()) };
    app.answer(Answer::Company(Box::new(gone)));
    assert!(app.model.overlays.is_empty());
    assert_eq!(app.model.selected().unwrap().1.state, CompanyState::Unlinked);
    assert!(
        matches!(&app.model.toasts.last().unwrap().says, Notification::Unlinked { company, .. } if company == "Alpen")
    );
    assert_eq!(requests(&app.press("u")), [], "already unlinked");
}

#[test]
fn a_blocked_preflight_offers_the_way_out_and_nothing_else() {
    for code in [CheckCode::NoConfirmedOwner, CheckCode::PermissionDenied, CheckCode::Other("NEW".into())] {
        let mut app = open(crate::app::fixture::preflight(&alpen(), code, Severity::Block));
        app.press("tab");
        assert_eq!(focus(&app), UnlinkFocus::Cancel);
        app.type_in("Alpen");
        assert_eq!(unlinks(&app.press("tab tab enter")), []);
        assert!(dialog(&app).is_none(), "Enter closes");
    }
    let mut app = open(blocked(&alpen()));
    app.press("o");
    assert_eq!((app.selected().as_deref(), app.model.tab), (Some("A"), Tab::People), "where owners are made");
}

/// The first row is only selected by itself; rows that come above it must not move the way out to another company.
#[test]
fn the_way_out_is_about_the_company_of_the_dialog() {
    let mut app = AppDriver::with(four());
    app.press("u");
    app.answer(Answer::Preflight(blocked(&alpen())));
    app.answer(changes(vec![company("0", "Aachen")], &[]));
    app.press("o");
    assert_eq!((app.selected().as_deref(), app.model.tab), (Some("A"), Tab::People));
}

#[test]
fn a_company_changed_by_a_poll_forgets_the_confirmation() {
    let mut app = ready();
    app.pass(30_000);
    let out = app.answer(changes(vec![newer(alpen())], &[]));
    assert_eq!(requests(&out), [Request::UnlinkPreflight(UnlinkPreflight { company: CompanyId::new("A") })]);
    let there = dialog(&app).unwrap();
    assert_eq!((there.line.text(), there.focus, there.changed), ("", UnlinkFocus::Cancel, true));
    assert_eq!(there.submission.key(), None);
    assert_eq!(unlinks(&app.press("tab tab enter")), []);
}

#[test]
fn a_new_check_that_finds_another_revision_forgets_the_confirmation() {
    let mut app = ready();
    app.press("f5");
    app.answer(Answer::Preflight(allowed(&newer(alpen()))));
    assert!(dialog(&app).unwrap().changed);
    assert!(!dialog(&app).unwrap().confirmed());
}

#[test]
fn a_new_check_that_finds_the_same_revision_keeps_what_was_typed() {
    let mut app = ready();
    app.press("f5");
    assert_eq!(unlinks(&app.press("enter")), [], "not while it is being checked");
    app.answer(Answer::Preflight(allowed(&alpen())));
    assert_eq!(unlinks(&app.press("enter")).len(), 1);
}

#[test]
fn a_check_that_failed_confirms_nothing() {
    let mut app = ready();
    app.press("f5");
    app.fail(lost(Operation::Preflight));
    assert_eq!(focus(&app), UnlinkFocus::Cancel, "what is shown is a failure, not a pre-flight");
    assert_eq!(unlinks(&app.press("tab tab")), []);
    assert_eq!(focus(&app), UnlinkFocus::Cancel);
    assert_eq!(requests(&app.press("r")), [Request::UnlinkPreflight(UnlinkPreflight { company: CompanyId::new("A") })]);
}

#[test]
fn a_lost_answer_is_sent_again_under_the_same_intent() {
    let mut app = ready();
    let first = unlinks(&app.press("enter"));
    app.fail(lost(Operation::Unlink));
    assert_eq!(focus(&app), UnlinkFocus::Cancel, "the next Enter must not send by itself");
    app.answer(changes(Vec::new(), &[]));
    let second = unlinks(&app.press("tab tab enter"));
    assert_eq!(first, second);
}

#[test]
fn a_refusal_about_the_state_shows_it_again_under_a_new_intent() {
    for cause in [
        Cause::ChangedMeanwhile,
        Cause::Conflict(ConflictCode::NoConfirmedOwner),
        Cause::Conflict(ConflictCode::AlreadyUnlinked),
    ] {
        let mut app = ready();
        let first = unlinks(&app.press("enter"));
        let out = app.fail(error(Operation::Unlink, cause));
        assert!(requests(&out).contains(&Request::UnlinkPreflight(UnlinkPreflight { company: CompanyId::new("A") })));
        let there = dialog(&app).unwrap();
        assert_eq!(
            (there.line.text(), there.submission.sending(), there.submission.error().is_some()),
            ("", false, true)
        );
        assert_ne!(there.submission.key().map(|key| &key.0), Some(&first[0].2));
    }
}

#[test]
fn an_unlink_hidden_by_esc_is_told_whatever_comes() {
    let mut app = ready();
    app.press("enter esc");
    assert!(dialog(&app).is_none());
    assert_eq!(requests(&app.press("u")), [], "it is still under way");
    app.fail(lost(Operation::Unlink));
    assert!(
        matches!(&app.model.toasts.last().unwrap().says, Notification::Failed { company: Some(name), .. } if name == "Alpen")
    );
    let mut app = ready();
    app.press("enter esc");
    app.answer(Answer::Company(Box::new(Company { state: CompanyState::Unlinked, ..newer(alpen()) })));
    assert!(matches!(app.model.toasts.last().unwrap().says, Notification::Unlinked { .. }));
}

#[test]
fn rows_in_another_order_do_not_change_which_company_is_meant() {
    let mut app = ready();
    app.pass(30_000);
    let renamed = Company { name: "Zeta".into(), ..newer(company("B", "Brightwater")) };
    app.answer(changes(vec![company("0", "Aachen"), renamed], &["C"]));
    let sent = unlinks(&app.press("enter"));
    assert_eq!((sent.len(), sent[0].0.as_str()), (1, "A"));
}

#[test]
fn a_late_preflight_of_a_closed_dialog_is_dropped() {
    let mut app = AppDriver::with(four());
    app.press("u esc j u");
    app.answer(Answer::Preflight(allowed(&alpen())));
    assert!(dialog(&app).unwrap().preflight.value().is_none(), "it was about another company");
    app.press("esc k u");
    let first = app.waiting(|effect| matches!(effect, Effect::Call { request: Request::UnlinkPreflight(_), .. }));
    app.reply(first, crate::app::msg::Reply::Api(Ok(Answer::Preflight(blocked(&company("B", "Brightwater"))))));
    assert!(dialog(&app).unwrap().preflight.value().is_none());
}

#[test]
fn a_permission_lost_under_the_dialog_sends_nothing() {
    let mut app = ready();
    let permissions = &ALL_PERMISSIONS[..1];
    app.account().session.seen.as_mut().unwrap().value = session(permissions);
    assert_eq!(unlinks(&app.press("enter")), []);
}
