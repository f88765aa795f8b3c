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

fn dialog(app: &AppDriver) -> Option<&NoteDialog> {
    match app.model.overlays.last() {
        Some(Overlay::Note(dialog)) => Some(dialog),
        _ => None,
    }
}

fn open(note: &str) -> AppDriver {
    let mut app = AppDriver::with(four());
    app.press("enter ]");
    let mut list = checklist();
    list.steps[1] = with_note(note);
    app.answer(Answer::Setup(list));
    app.press("e");
    app
}

#[test]
fn the_dialog_begins_with_the_note_and_shows_it_on_one_line() {
    let app = open("call\nback");
    let dialog = dialog(&app).unwrap();
    assert_eq!((dialog.line.text(), dialog.company.as_str()), ("call\nback", "Alpen"));
    assert_eq!(dialog.line.shown(), "call↵back");
}

#[test]
fn esc_closes_an_unchanged_text_and_asks_about_a_changed_one() {
    let mut app = open("call");
    app.press("esc");
    assert!(dialog(&app).is_none());
    app.press("e ! esc");
    assert!(dialog(&app).unwrap().submission.asking());
    app.press("?");
    assert!(!dialog(&app).unwrap().submission.asking(), "typing on takes the question back");
    app.press("esc esc");
    assert!(dialog(&app).is_none());
}

#[test]
fn a_text_changed_back_is_unchanged() {
    let mut app = open("call");
    app.press("! backspace esc");
    assert!(dialog(&app).is_none());
}

#[test]
fn enter_saves_a_changed_text_and_closes_an_unchanged_one() {
    let mut app = open("call");
    assert_eq!(requests(&app.press("enter")), []);
    assert!(dialog(&app).is_none());
    app.press("e");
    app.type_in(" Ines ");
    let out = app.press("enter");
    assert!(
        matches!(&requests(&out)[..], [Request::EditStep(EditStep { state: None, note: Some(note), .. })] if note == "call Ines")
    );
    assert_eq!(requests(&app.press("enter enter x esc")), [], "nothing more while it is being saved");
    app.answer(Answer::Step(Box::new(with_note("call Ines"))));
    assert!(dialog(&app).is_none());
    assert_eq!(app.model.selected_step().unwrap().note.as_deref(), Some("call Ines"));
    assert_eq!(app.model.toasts.last().unwrap().says, Notification::NoteSaved { company: "Alpen".into() });
}

#[test]
fn a_failure_keeps_the_text_and_tells_why() {
    let mut app = open("call");
    app.type_in(" Ines");
    app.press("enter");
    app.fail(lost(Operation::EditSetup));
    let there = dialog(&app).unwrap();
    assert_eq!((there.line.text(), there.submission.sending()), ("call Ines", false));
    assert!(there.submission.error().is_some());
    assert_eq!(requests(&app.press("enter")).len(), 1, "it can be tried again");
}

#[test]
fn a_try_after_somebody_else_was_quicker_is_about_the_newest_step() {
    let mut app = open("call");
    app.type_in(" Ines");
    app.press("enter");
    app.fail(error(Operation::EditSetup, Cause::ChangedMeanwhile));
    let mut list = checklist();
    list.steps[1].etag = crate::domain::id::Etag::new("newest");
    app.answer(Answer::Setup(list));
    let out = app.press("enter");
    assert!(
        matches!(&requests(&out)[..], [Request::EditStep(EditStep { etag, .. })] if etag.as_str() == "newest"),
        "{out:?}"
    );
}

#[test]
fn pasted_text_goes_into_the_line() {
    let mut app = open("");
    app.send(Msg::Paste("line one\rline two".into()));
    assert_eq!(dialog(&app).unwrap().line.text(), "line one\nline two");
    let out = app.press("enter");
    assert!(
        matches!(&requests(&out)[..], [Request::EditStep(EditStep { note: Some(note), .. })] if note == "line one\nline two"),
        "{out:?}"
    );
}

/// A company can vanish under the dialog in two ways: by news, and by a reload that does not bring it.
#[test]
fn a_dialog_about_a_vanished_company_can_be_left() {
    for reload in [false, true] {
        let mut app = open("call");
        app.type_in("!");
        app.pass(30_000);
        if reload {
            app.fail(error(Operation::Changes, Cause::Gone));
            app.answer(page(four().into_iter().filter(|company| company.id.as_str() != "A").collect()));
        } else {
            app.answer(changes(Vec::new(), &["A"]));
        }
        assert_eq!(requests(&app.press("enter")), []);
        assert!(dialog(&app).is_some_and(|dialog| !dialog.submission.sending()), "the text stays to be copied");
        app.press("esc esc");
        assert!(dialog(&app).is_none(), "reload: {reload}");
    }
}
