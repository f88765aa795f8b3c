//! Taking the last change back.

use crate::app::fixture::*;
use crate::app::toast::Notification;
use crate::domain::company::Company;
use crate::domain::error::{Cause, Operation};
use crate::domain::request::{Answer, EditCompany, EditStep, Request};
use crate::domain::setup::{StepKind, StepState};

fn tagged(tags: &[&str], times: usize) -> Company {
    let mut it = company("A", "Alpen");
    for _ in 0..times {
        it = newer(it);
    }
    Company { tags: tags.iter().map(ToString::to_string).collect(), ..it }
}

/// Alpen has the tag `new` instead of `old`.
fn changed() -> AppDriver {
    let mut app = AppDriver::with(vec![tagged(&["old"], 0)]);
    app.press("t ctrl-u");
    app.type_in("new");
    app.press("enter");
    app.answer(Answer::Company(Box::new(tagged(&["new"], 1))));
    app
}

#[test]
fn tags_go_back_to_what_they_were() {
    let mut app = changed();
    let out = app.press("U");
    let [Request::EditCompany(EditCompany { changes, etag, .. })] = &requests(&out)[..] else { panic!("{out:?}") };
    assert_eq!(changes.tags, Some(vec!["old".into()]));
    assert_eq!(etag.as_str(), "A-1+", "bound to the revision that is there now");
    app.answer(Answer::Company(Box::new(tagged(&["old"], 2))));
    assert!(matches!(app.model.toasts.last().unwrap().says, Notification::TakenBack { .. }));
    assert_eq!(requests(&app.press("U")), [], "it is taken back once");
}

#[test]
fn what_somebody_else_changed_since_stays() {
    let mut app = changed();
    app.answer(changes(vec![tagged(&["new", "theirs"], 2)], &[]));
    assert_eq!(requests(&app.press("U")), []);
    assert!(matches!(&app.model.toasts.last().unwrap().says, Notification::Failed { .. }));
}

#[test]
fn a_lost_answer_keeps_the_intent() {
    let mut app = changed();
    let first = requests(&app.press("U"));
    app.fail(lost(Operation::EditCompany));
    assert_eq!(requests(&app.press("U")), first);
}

#[test]
fn a_step_goes_back_only_at_the_revision_that_we_made() {
    let mut app = AppDriver::at_setup();
    app.press("x enter");
    let mut after = step(StepKind::RecoveryPlan, StepState::InProgress);
    after.etag = crate::domain::id::Etag::new("made-by-us");
    app.answer(Answer::Step(Box::new(after)));
    let out = app.press("U");
    let Some(Request::EditStep(EditStep { etag, state, .. })) = requests(&out).into_iter().find(Request::writes) else {
        panic!("{out:?}")
    };
    assert_eq!((etag.as_str(), state), ("made-by-us", Some(StepState::Todo)));
    app.fail(error(Operation::EditSetup, Cause::ChangedMeanwhile));
    assert_eq!(requests(&app.press("U")).iter().filter(|request| request.writes()).count(), 0);
}

fn recovery_plan(state: StepState, etag: &str) -> Answer {
    let mut after = step(StepKind::RecoveryPlan, state);
    after.etag = crate::domain::id::Etag::new(etag);
    Answer::Step(Box::new(after))
}

fn written(out: &[crate::app::effect::Effect]) -> (String, Option<StepState>) {
    let write = requests(out).into_iter().find(Request::writes);
    let Some(Request::EditStep(EditStep { etag, state, .. })) = write else { panic!("{out:?}") };
    (etag.as_str().to_owned(), state)
}

#[test]
fn two_changes_of_one_step_are_taken_back_one_after_the_other() {
    let mut app = AppDriver::at_setup();
    app.press("x enter");
    app.answer(recovery_plan(StepState::InProgress, "first"));
    app.press("x enter");
    app.answer(recovery_plan(StepState::Done, "second"));
    assert_eq!(written(&app.press("U")), ("second".into(), Some(StepState::InProgress)));
    app.answer(recovery_plan(StepState::InProgress, "third"));
    // It stands as our first change left it: our own way back is nobody else's change.
    assert_eq!(written(&app.press("U")), ("third".into(), Some(StepState::Todo)));
}

#[test]
fn a_colleagues_change_between_two_of_ours_stays() {
    let mut app = AppDriver::at_setup();
    app.press("x enter");
    app.answer(recovery_plan(StepState::InProgress, "first"));
    let key = app.model.selected().unwrap().0;
    let steps = app.model.details.get_mut(&key).unwrap().setup.value_mut().unwrap();
    let theirs = steps.steps.iter_mut().find(|step| step.kind == StepKind::RecoveryPlan).unwrap();
    theirs.etag = crate::domain::id::Etag::new("theirs");
    app.press("x enter");
    app.answer(recovery_plan(StepState::Done, "second"));
    app.press("U");
    app.answer(recovery_plan(StepState::InProgress, "third"));
    assert_eq!(written(&app.press("U")).0, "first", "bound to our revision, which the server refuses by now");
}

#[test]
fn an_unlink_is_answered_honestly() {
    let mut app = AppDriver::with(four());
    app.press("u");
    app.answer(Answer::Preflight(allowed(&company("A", "Alpen"))));
    app.press("tab");
    app.type_in("Alpen");
    app.press("enter enter");
    let gone = Company { state: crate::domain::company::CompanyState::Unlinked, ..newer(company("A", "Alpen")) };
    app.answer(Answer::Company(Box::new(gone)));
    assert_eq!(requests(&app.press("U")), []);
    assert_eq!(app.model.toasts.last().unwrap().says, Notification::NoWayBack { company: "Alpen".into() });
}
