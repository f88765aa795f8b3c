//! What needs attention, and setting it aside.

use crate::app::fixture::*;
use crate::app::toast::Notification;
use crate::domain::company::{Attention, Company};
use crate::domain::error::{Cause, Operation};
use crate::domain::request::{Answer, EditCompany, Request};
use jiff::SignedDuration;

fn needing(id: &str, name: &str, kinds: &[Attention]) -> Company {
    Company { attention: kinds.to_vec(), ..company(id, name) }
}

fn companies() -> Vec<Company> {
    vec![
        needing("A", "Alpen", &[Attention::SingleOwner]),
        needing("B", "Brightwater", &[Attention::SetupStalled, Attention::TrialEnding]),
        company("C", "Contoso"),
        needing("D", "Delta", &[Attention::NoConfirmedOwner]),
    ]
}

#[test]
fn the_view_shows_the_most_urgent_first_and_goes_back() {
    let mut desk = Desk::with(companies());
    desk.press("w");
    assert_eq!(desk.shown(), "BDA");
    desk.press("w");
    assert_eq!(desk.shown(), "ABCD");
}

#[test]
fn attention_set_aside_leaves_the_view_at_once_and_comes_back_in_time() {
    let mut desk = Desk::with(companies());
    desk.press("w");
    let out = desk.press("Z 1");
    let Some(Request::EditCompany(EditCompany { changes: asked, .. })) =
        requests(&out).into_iter().find(Request::writes)
    else {
        panic!("{out:?}")
    };
    let tomorrow = noon().checked_add(SignedDuration::from_hours(24)).unwrap();
    assert_eq!(asked.snooze_until, Some(tomorrow));
    assert_eq!(desk.shown(), "DA");
    let mut saved = newer(companies().swap_remove(1));
    saved.snooze_until = Some(tomorrow);
    desk.answer(Answer::Company(Box::new(saved)));
    assert_eq!(desk.model.roster.totals().counts.need_attention, 2);
    desk.answer(changes(Vec::new(), &[]));
    desk.pass(24 * 3_600_000 + 1);
    desk.answer(changes(Vec::new(), &[]));
    assert_eq!(desk.shown(), "BDA", "the day is over");
}

#[test]
fn a_refusal_flips_it_back() {
    let mut desk = Desk::with(companies());
    desk.press("w Z 2");
    assert_eq!(desk.shown(), "DA");
    desk.fail(error(Operation::EditCompany, Cause::NotAllowed));
    assert_eq!(desk.shown(), "BDA");
    assert!(matches!(desk.model.toasts.last().unwrap().says, Notification::Failed { .. }));
}

#[test]
fn a_company_that_needs_nothing_has_nothing_to_set_aside() {
    let mut desk = Desk::with(vec![company("C", "Contoso")]);
    desk.press("Z");
    assert!(desk.model.overlays.is_empty());
}
