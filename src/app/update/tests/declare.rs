//! Noting what the console shows: what was not looked at is not sent, and what was typed is never lost.

use crate::app::command::{Command, DisabledReason};
use crate::app::features::declare::{DeclareDialog, DeclareField, DeclareProblem};
use crate::app::fixture::*;
use crate::app::overlay::Overlay;
use crate::app::toast::Notification;
use crate::domain::company::{Company, CompanyState};
use crate::domain::error::{Cause, Operation};
use crate::domain::facts::Declared;
use crate::domain::request::{Answer, Declare, Request};
use crate::domain::session::{Permission, WorkspaceKind};

fn of_kind(kind: WorkspaceKind) -> AppDriver {
    let mut app = AppDriver::as_who(AppDriver::options(), &[Permission::View, Permission::Edit], four());
    app.account().session.value_mut().unwrap().account.kind = Some(kind);
    app
}

fn open() -> AppDriver {
    let mut app = of_kind(WorkspaceKind::Real);
    app.press("D");
    app
}

fn dialog(app: &AppDriver) -> Option<&DeclareDialog> {
    match app.model.overlays.last() {
        Some(Overlay::Declare(dialog)) => Some(dialog),
        _ => None,
    }
}

fn declared(requests: &[Request]) -> &Declared {
    let [Request::Declare(Declare { company, declared, .. })] = requests else { panic!("{requests:?}") };
    assert_eq!(company.as_str(), "A");
    declared
}

#[test]
fn only_what_was_looked_at_is_sent() {
    let mut app = open();
    app.type_in("Ada Stern, Bo Lund");
    app.press("tab");
    app.type_in("42");
    let sent = requests(&app.press("enter"));
    let owners = Some(vec!["Ada Stern".to_owned(), "Bo Lund".to_owned()]);
    assert_eq!(*declared(&sent), Declared { owners, filled_seats: Some(42), ..Declared::default() });
    let observed = Company { note: Some("seen".into()), ..company("A", "Alpen") };
    app.answer(Answer::Company(Box::new(observed)));
    assert!(dialog(&app).is_none());
    assert_eq!(app.model.roster.get(&key_of("A")).unwrap().note.as_deref(), Some("seen"));
    assert_eq!(app.model.toasts.last().unwrap().says, Notification::Saved { company: "Alpen".into() });
}

#[test]
fn nobody_and_no_limit_are_said_and_a_day_before_is_its_beginning() {
    let mut app = open();
    app.type_in("-");
    app.press("down down");
    app.type_in("0");
    app.press("down 2 down right right right left down");
    for _ in 0..10 {
        app.press("backspace");
    }
    app.type_in("2026-11-20");
    let sent = requests(&app.press("enter"));
    let wanted = Declared {
        as_of: "2026-11-20T00:00:00Z".parse().ok(),
        owners: Some(Vec::new()),
        seat_limit: Some(0),
        open_recoveries: Some(2),
        state: Some(CompanyState::Pending),
        ..Declared::default()
    };
    assert_eq!(*declared(&sent), wanted);
}

#[test]
fn what_cannot_be_is_told_at_its_field_and_nothing_is_sent() {
    let mut app = open();
    assert!(requests(&app.press("enter")).is_empty());
    assert_eq!(dialog(&app).unwrap().problem, Some((DeclareField::Owners, DeclareProblem::Nothing)));
    app.press("tab");
    app.type_in("many");
    assert!(requests(&app.press("enter")).is_empty());
    assert_eq!(dialog(&app).unwrap().problem, Some((DeclareField::Seats, DeclareProblem::NotANumber)));
    app.press("backspace backspace backspace backspace");
    app.type_in("7");
    assert_eq!(dialog(&app).unwrap().problem, None);
    app.press("tab tab tab tab 9");
    assert!(requests(&app.press("enter")).is_empty());
    assert_eq!(dialog(&app).unwrap().problem, Some((DeclareField::Day, DeclareProblem::NotADay)));
}

#[test]
fn after_a_lost_answer_the_same_is_sent_under_the_same_key_and_the_text_stays() {
    let mut app = open();
    app.press("tab");
    app.type_in("42");
    let first = requests(&app.press("enter"));
    app.fail(lost(Operation::EditCompany));
    assert_eq!(dialog(&app).unwrap().seats.text(), "42");
    assert_eq!(requests(&app.press("enter")), first);
    app.fail(error(Operation::EditCompany, Cause::NotFound));
    app.press("esc");
    assert!(dialog(&app).unwrap().submission.asking(), "typed text is dropped only when Esc is pressed again");
    app.press("esc");
    assert!(dialog(&app).is_none());
}

#[test]
fn of_an_invented_company_there_is_nothing_to_see() {
    let app = of_kind(WorkspaceKind::Sample);
    assert_eq!(Command::Declare.ready(&app.model), Err(DisabledReason::SampleWorkspace));
}
