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

fn dialog(desk: &Desk) -> Option<&UnlinkDialog> {
    match desk.model.overlays.last() {
        Some(Overlay::Unlink(dialog)) => Some(dialog),
        _ => None,
    }
}

fn focus(desk: &Desk) -> UnlinkFocus {
    dialog(desk).expect("the dialog is open").focus
}

/// The dialog on Alpen, its pre-flight answered, the news that it asked for as well.
fn open(preflight: crate::domain::unlink::Preflight) -> Desk {
    let mut desk = Desk::with(four());
    desk.press("u");
    desk.answer(Answer::Preflight(preflight));
    desk.answer(changes(Vec::new(), &[]));
    desk
}

/// The same with the name typed and the focus on *Unlink*.
fn ready() -> Desk {
    let mut desk = open(allowed(&alpen()));
    desk.press("tab");
    desk.type_in("Alpen");
    desk.press("tab");
    assert_eq!(focus(&desk), UnlinkFocus::Unlink);
    desk
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
    let mut desk = Desk::with(four());
    assert_eq!(
        requests(&desk.press("u")),
        [Request::UnlinkPreflight(UnlinkPreflight { company: CompanyId::new("A") })]
    );
    assert_eq!(focus(&desk), UnlinkFocus::Cancel);
    assert_eq!(desk.press("tab backtab"), []);
    assert_eq!(focus(&desk), UnlinkFocus::Cancel, "nothing to confirm before it has come");
}

#[test]
fn the_focus_goes_round_and_reaches_unlink_only_with_the_name() {
    let mut desk = open(allowed(&alpen()));
    for (key, at) in [
        ("tab", UnlinkFocus::Name),
        ("tab", UnlinkFocus::Cancel),
        ("backtab", UnlinkFocus::Name),
        ("backtab", UnlinkFocus::Cancel),
        ("tab", UnlinkFocus::Name),
    ] {
        desk.press(key);
        assert_eq!(focus(&desk), at);
    }
    desk.type_in("Alpen");
    for at in [UnlinkFocus::Unlink, UnlinkFocus::Cancel, UnlinkFocus::Name] {
        desk.press("tab");
        assert_eq!(focus(&desk), at);
    }
    for at in [UnlinkFocus::Cancel, UnlinkFocus::Unlink, UnlinkFocus::Name] {
        desk.press("backtab");
        assert_eq!(focus(&desk), at);
    }
}

#[test]
fn enter_on_cancel_closes() {
    let mut desk = open(allowed(&alpen()));
    assert_eq!(desk.press("enter"), []);
    assert!(dialog(&desk).is_none());
}

#[test]
fn enter_held_down_from_the_list_unlinks_nothing() {
    let mut desk = Desk::with(four());
    desk.press("u");
    let mut out = desk.press("enter enter enter");
    let mut desk = open(allowed(&alpen()));
    for _ in 0..50 {
        out.extend(desk.press("enter"));
    }
    assert_eq!(unlinks(&out), []);
}

#[test]
fn enter_in_the_line_never_sends() {
    let mut desk = open(allowed(&alpen()));
    desk.press("tab");
    desk.type_in("Alpe");
    assert_eq!(desk.press("enter"), []);
    assert_eq!(focus(&desk), UnlinkFocus::Name);
    desk.type_in("n");
    assert_eq!(desk.press("enter"), []);
    assert_eq!(focus(&desk), UnlinkFocus::Unlink, "it only goes on to the button");
}

#[test]
fn a_wrong_name_never_sends() {
    for wrong in ["", "alpen", "Alpen GmbH", "Alp\u{435}n", "Brightwater", "Alpen\u{301}"] {
        let mut desk = open(allowed(&alpen()));
        desk.press("tab");
        desk.send(Msg::Paste(wrong.into()));
        let mut out = Vec::new();
        for keys in ["enter", "tab enter", "u", "tab tab tab enter"] {
            if dialog(&desk).is_some() {
                out.extend(desk.press(keys));
            }
        }
        assert_eq!(unlinks(&out), [], "{wrong:?}");
    }
}

#[test]
fn the_typed_name_sends_once_bound_to_what_was_shown() {
    let mut desk = ready();
    let out = desk.press("enter");
    let sent = unlinks(&out);
    assert_eq!((sent.len(), sent[0].0.as_str(), sent[0].1.as_str()), (1, "A", "A-1"));
    assert_eq!(desk.press("enter enter tab enter r x"), [], "not again while it is under way");
}

#[test]
fn what_is_typed_or_pasted_is_the_name_wherever_the_focus_is() {
    let mut desk = open(allowed(&alpen()));
    desk.send(Msg::Paste("Alpen\n".into()));
    assert_eq!(focus(&desk), UnlinkFocus::Name);
    assert!(dialog(&desk).unwrap().confirmed());
    let mut desk = open(allowed(&alpen()));
    assert_eq!(desk.type_in("rq/?u"), [], "letters are text, and no keys");
    assert_eq!((dialog(&desk).unwrap().line.text(), focus(&desk)), ("rq/?u", UnlinkFocus::Name));
    let mut desk = ready();
    desk.press("x");
    assert_eq!((dialog(&desk).unwrap().line.text(), focus(&desk)), ("Alpenx", UnlinkFocus::Name));
}

#[test]
fn nothing_is_confirmed_before_it_was_shown_to_its_end() {
    let mut desk = open(allowed(&alpen()));
    let send = |desk: &mut Desk, keys: &str| -> Vec<Effect> {
        let mut press = |key: &str| crate::app::update(&mut desk.model, desk.now, Msg::Key(key.parse().unwrap()));
        keys.split(' ').flat_map(&mut press).collect()
    };
    let mut out = send(&mut desk, "A l p e n enter enter tab backtab enter");
    assert!(dialog(&desk).unwrap().named() && !dialog(&desk).unwrap().confirmed());
    assert!(dialog(&desk).unwrap().scroll > 0, "Enter reads on");
    assert_ne!(focus(&desk), UnlinkFocus::Unlink);
    crate::app::update(&mut desk.model, desk.now, Msg::ReadToEnd);
    out.extend(send(&mut desk, "enter"));
    assert_eq!((unlinks(&out), focus(&desk)), (Vec::new(), UnlinkFocus::Unlink));
    assert_eq!(unlinks(&send(&mut desk, "enter")).len(), 1);
    let mut desk = ready();
    desk.press("f5");
    desk.answer(Answer::Preflight(allowed(&newer(alpen()))));
    assert!(!dialog(&desk).unwrap().read, "what is new has to be read anew");
}

#[test]
fn what_is_typed_over_a_finished_name_takes_the_confirmation_away() {
    let mut desk = ready();
    desk.press("backtab x backtab backtab");
    assert_ne!(focus(&desk), UnlinkFocus::Unlink);
}

#[test]
fn a_done_unlink_closes_the_dialog_and_is_told() {
    let mut desk = ready();
    desk.press("enter");
    let gone = Company { state: CompanyState::Unlinked, ..newer(alpen()) };
    desk.answer(Answer::Company(Box::new(gone)));
    assert!(desk.model.overlays.is_empty());
    assert_eq!(desk.model.selected().unwrap().1.state, CompanyState::Unlinked);
    assert!(
        matches!(&desk.model.toasts.last().unwrap().says, Notification::Unlinked { company, .. } if company == "Alpen")
    );
    assert_eq!(requests(&desk.press("u")), [], "already unlinked");
}

#[test]
fn a_blocked_preflight_offers_the_way_out_and_nothing_else() {
    for code in [CheckCode::NoConfirmedOwner, CheckCode::PermissionDenied, CheckCode::Other("NEW".into())] {
        let mut desk = open(crate::app::fixture::preflight(&alpen(), code, Severity::Block));
        desk.press("tab");
        assert_eq!(focus(&desk), UnlinkFocus::Cancel);
        desk.type_in("Alpen");
        assert_eq!(unlinks(&desk.press("tab tab enter")), []);
        assert!(dialog(&desk).is_none(), "Enter closes");
    }
    let mut desk = open(blocked(&alpen()));
    desk.press("o");
    assert_eq!((desk.selected().as_deref(), desk.model.tab), (Some("A"), Tab::People), "where owners are made");
}

/// The first row is only selected by itself; rows that come above it must not move the way out to another company.
#[test]
fn the_way_out_is_about_the_company_of_the_dialog() {
    let mut desk = Desk::with(four());
    desk.press("u");
    desk.answer(Answer::Preflight(blocked(&alpen())));
    desk.answer(changes(vec![company("0", "Aachen")], &[]));
    desk.press("o");
    assert_eq!((desk.selected().as_deref(), desk.model.tab), (Some("A"), Tab::People));
}

#[test]
fn a_company_changed_by_a_poll_forgets_the_confirmation() {
    let mut desk = ready();
    desk.pass(30_000);
    let out = desk.answer(changes(vec![newer(alpen())], &[]));
    assert_eq!(requests(&out), [Request::UnlinkPreflight(UnlinkPreflight { company: CompanyId::new("A") })]);
    let there = dialog(&desk).unwrap();
    assert_eq!((there.line.text(), there.focus, there.changed), ("", UnlinkFocus::Cancel, true));
    assert_eq!(there.submission.key(), None);
    assert_eq!(unlinks(&desk.press("tab tab enter")), []);
}

#[test]
fn a_new_check_that_finds_another_revision_forgets_the_confirmation() {
    let mut desk = ready();
    desk.press("f5");
    desk.answer(Answer::Preflight(allowed(&newer(alpen()))));
    assert!(dialog(&desk).unwrap().changed);
    assert!(!dialog(&desk).unwrap().confirmed());
}

#[test]
fn a_new_check_that_finds_the_same_revision_keeps_what_was_typed() {
    let mut desk = ready();
    desk.press("f5");
    assert_eq!(unlinks(&desk.press("enter")), [], "not while it is being checked");
    desk.answer(Answer::Preflight(allowed(&alpen())));
    assert_eq!(unlinks(&desk.press("enter")).len(), 1);
}

#[test]
fn a_check_that_failed_confirms_nothing() {
    let mut desk = ready();
    desk.press("f5");
    desk.fail(lost(Operation::Preflight));
    assert_eq!(focus(&desk), UnlinkFocus::Cancel, "what is shown is a failure, not a pre-flight");
    assert_eq!(unlinks(&desk.press("tab tab")), []);
    assert_eq!(focus(&desk), UnlinkFocus::Cancel);
    assert_eq!(
        requests(&desk.press("r")),
        [Request::UnlinkPreflight(UnlinkPreflight { company: CompanyId::new("A") })]
    );
}

#[test]
fn a_lost_answer_is_sent_again_under_the_same_intent() {
    let mut desk = ready();
    let first = unlinks(&desk.press("enter"));
    desk.fail(lost(Operation::Unlink));
    assert_eq!(focus(&desk), UnlinkFocus::Cancel, "the next Enter must not send by itself");
    desk.answer(changes(Vec::new(), &[]));
    let second = unlinks(&desk.press("tab tab enter"));
    assert_eq!(first, second);
}

#[test]
fn a_refusal_about_the_state_shows_it_again_under_a_new_intent() {
    for cause in [
        Cause::ChangedMeanwhile,
        Cause::Conflict(ConflictCode::NoConfirmedOwner),
        Cause::Conflict(ConflictCode::AlreadyUnlinked),
    ] {
        let mut desk = ready();
        let first = unlinks(&desk.press("enter"));
        let out = desk.fail(error(Operation::Unlink, cause));
        assert!(requests(&out).contains(&Request::UnlinkPreflight(UnlinkPreflight { company: CompanyId::new("A") })));
        let there = dialog(&desk).unwrap();
        assert_eq!(
            (there.line.text(), there.submission.sending(), there.submission.error().is_some()),
            ("", false, true)
        );
        assert_ne!(there.submission.key().map(|key| &key.0), Some(&first[0].2));
    }
}

#[test]
fn an_unlink_hidden_by_esc_is_told_whatever_comes() {
    let mut desk = ready();
    desk.press("enter esc");
    assert!(dialog(&desk).is_none());
    assert_eq!(requests(&desk.press("u")), [], "it is still under way");
    desk.fail(lost(Operation::Unlink));
    assert!(
        matches!(&desk.model.toasts.last().unwrap().says, Notification::Failed { company: Some(name), .. } if name == "Alpen")
    );
    let mut desk = ready();
    desk.press("enter esc");
    desk.answer(Answer::Company(Box::new(Company { state: CompanyState::Unlinked, ..newer(alpen()) })));
    assert!(matches!(desk.model.toasts.last().unwrap().says, Notification::Unlinked { .. }));
}

#[test]
fn rows_in_another_order_do_not_change_which_company_is_meant() {
    let mut desk = ready();
    desk.pass(30_000);
    let renamed = Company { name: "Zeta".into(), ..newer(company("B", "Brightwater")) };
    desk.answer(changes(vec![company("0", "Aachen"), renamed], &["C"]));
    let sent = unlinks(&desk.press("enter"));
    assert_eq!((sent.len(), sent[0].0.as_str()), (1, "A"));
}

#[test]
fn a_late_preflight_of_a_closed_dialog_is_dropped() {
    let mut desk = Desk::with(four());
    desk.press("u esc j u");
    desk.answer(Answer::Preflight(allowed(&alpen())));
    assert!(dialog(&desk).unwrap().preflight.value().is_none(), "it was about another company");
    desk.press("esc k u");
    let first = desk.waiting(|effect| matches!(effect, Effect::Call { request: Request::UnlinkPreflight(_), .. }));
    desk.reply(first, crate::app::msg::Reply::Api(Ok(Answer::Preflight(blocked(&company("B", "Brightwater"))))));
    assert!(dialog(&desk).unwrap().preflight.value().is_none());
}

#[test]
fn a_permission_lost_under_the_dialog_sends_nothing() {
    let mut desk = ready();
    let permissions = &ALL_PERMISSIONS[..1];
    desk.account().session.seen.as_mut().unwrap().value = session(permissions);
    assert_eq!(unlinks(&desk.press("enter")), []);
}
