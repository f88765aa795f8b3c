//! The note of a step: its text is never lost by accident.

use crate::app::features::setup::NoteDialog;
use crate::app::fixture::*;
use crate::app::msg::Msg;
use crate::app::overlay::Overlay;
use crate::app::toast::Notification;
use crate::domain::error::{Cause, Operation};
use crate::domain::request::{Answer, EditStep, Request};
use crate::domain::setup::{Step, StepKind, StepState};

fn with_note(note: &str) -> Step {
    Step { note: Some(note.into()), ..step(StepKind::RecoveryPlan, StepState::Todo) }
}

fn dialog(desk: &Desk) -> Option<&NoteDialog> {
    match desk.model.overlays.last() {
        Some(Overlay::Note(dialog)) => Some(dialog),
        _ => None,
    }
}

fn open(note: &str) -> Desk {
    let mut desk = Desk::with(four());
    desk.press("enter ]");
    let mut list = checklist();
    list.steps[1] = with_note(note);
    desk.answer(Answer::Setup(list));
    desk.press("e");
    desk
}

#[test]
fn the_dialog_begins_with_the_note_and_shows_it_on_one_line() {
    let desk = open("call\nback");
    let dialog = dialog(&desk).unwrap();
    assert_eq!((dialog.line.text(), dialog.company.as_str()), ("call\nback", "Alpen"));
    assert_eq!(dialog.line.shown(), "call↵back");
}

#[test]
fn esc_closes_an_unchanged_text_and_asks_about_a_changed_one() {
    let mut desk = open("call");
    desk.press("esc");
    assert!(dialog(&desk).is_none());
    desk.press("e ! esc");
    assert!(dialog(&desk).unwrap().submission.asking());
    desk.press("?");
    assert!(!dialog(&desk).unwrap().submission.asking(), "typing on takes the question back");
    desk.press("esc esc");
    assert!(dialog(&desk).is_none());
}

#[test]
fn a_text_changed_back_is_unchanged() {
    let mut desk = open("call");
    desk.press("! backspace esc");
    assert!(dialog(&desk).is_none());
}

#[test]
fn enter_saves_a_changed_text_and_closes_an_unchanged_one() {
    let mut desk = open("call");
    assert_eq!(requests(&desk.press("enter")), []);
    assert!(dialog(&desk).is_none());
    desk.press("e");
    desk.type_in(" Ines ");
    let out = desk.press("enter");
    assert!(
        matches!(&requests(&out)[..], [Request::EditStep(EditStep { state: None, note: Some(note), .. })] if note == "call Ines")
    );
    assert_eq!(requests(&desk.press("enter enter x esc")), [], "nothing more while it is being saved");
    desk.answer(Answer::Step(Box::new(with_note("call Ines"))));
    assert!(dialog(&desk).is_none());
    assert_eq!(desk.model.selected_step().unwrap().note.as_deref(), Some("call Ines"));
    assert_eq!(desk.model.toasts.last().unwrap().says, Notification::NoteSaved { company: "Alpen".into() });
}

#[test]
fn a_failure_keeps_the_text_and_tells_why() {
    let mut desk = open("call");
    desk.type_in(" Ines");
    desk.press("enter");
    desk.fail(lost(Operation::EditSetup));
    let there = dialog(&desk).unwrap();
    assert_eq!((there.line.text(), there.submission.sending()), ("call Ines", false));
    assert!(there.submission.error().is_some());
    assert_eq!(requests(&desk.press("enter")).len(), 1, "it can be tried again");
}

#[test]
fn a_try_after_somebody_else_was_quicker_is_about_the_newest_step() {
    let mut desk = open("call");
    desk.type_in(" Ines");
    desk.press("enter");
    desk.fail(error(Operation::EditSetup, Cause::ChangedMeanwhile));
    let mut list = checklist();
    list.steps[1].etag = crate::domain::id::Etag::new("newest");
    desk.answer(Answer::Setup(list));
    let out = desk.press("enter");
    assert!(
        matches!(&requests(&out)[..], [Request::EditStep(EditStep { etag, .. })] if etag.as_str() == "newest"),
        "{out:?}"
    );
}

#[test]
fn pasted_text_goes_into_the_line() {
    let mut desk = open("");
    desk.send(Msg::Paste("line one\rline two".into()));
    assert_eq!(dialog(&desk).unwrap().line.text(), "line one\nline two");
    let out = desk.press("enter");
    assert!(
        matches!(&requests(&out)[..], [Request::EditStep(EditStep { note: Some(note), .. })] if note == "line one\nline two"),
        "{out:?}"
    );
}

/// A company can vanish under the dialog in two ways: by news, and by a reload that does not bring it.
#[test]
fn a_dialog_about_a_vanished_company_can_be_left() {
    for reload in [false, true] {
        let mut desk = open("call");
        desk.type_in("!");
        desk.pass(30_000);
        if reload {
            desk.fail(error(Operation::Changes, Cause::Gone));
            desk.answer(page(four().into_iter().filter(|company| company.id.as_str() != "A").collect()));
        } else {
            desk.answer(changes(Vec::new(), &["A"]));
        }
        assert_eq!(requests(&desk.press("enter")), []);
        assert!(dialog(&desk).is_some_and(|dialog| !dialog.submission.sending()), "the text stays to be copied");
        desk.press("esc esc");
        assert!(dialog(&desk).is_none(), "reload: {reload}");
    }
}
