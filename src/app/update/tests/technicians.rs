//! The MSP's own technicians: their list, adding one, codes, roles, revoking.

use crate::app::command::{Command, DisabledReason};
use crate::app::effect::Effect;
use crate::app::features::technicians::{Act, Mode, TechniciansDialog};
use crate::app::fixture::*;
use crate::app::overlay::Overlay;
use crate::domain::error::{Cause, ConflictCode, Operation};
use crate::domain::id::{Etag, UserId};
use crate::domain::launch::Redacted;
use crate::domain::request::{
    AddTechnician, Answer, ChangeTechnician, EnrolTechnician, ListTechnicians, Request, RevokeTechnician,
};
use crate::domain::session::Permission;
use crate::domain::technician::{Enrolment, NewTechnician, Role, Technician, TechnicianChanges, TechnicianState};

fn technician(name: &str, role: Role) -> Technician {
    Technician {
        id: UserId::new(name),
        display_name: name.into(),
        email: format!("{name}@a.example"),
        role,
        state: TechnicianState::Active,
        create_time: Some(noon()),
        sign_in_time: None,
        enrolment_expire_time: None,
        etag: Etag::new("t1"),
    }
}

fn app() -> AppDriver {
    let mut app = AppDriver::with(four());
    assert_eq!(requests(&app.press("T")), [Request::ListTechnicians(ListTechnicians)]);
    app.answer(Answer::Technicians(vec![technician("Ida", Role::Owner), technician("Tomma", Role::MspTechnician)]));
    app
}

fn dialog(app: &AppDriver) -> &TechniciansDialog {
    match app.model.overlays.last() {
        Some(Overlay::Technicians(dialog)) => dialog,
        other => panic!("{other:?}"),
    }
}

fn enrolment(name: &str) -> Answer {
    let code = Some(Redacted::new("K7QM-2RWX-9HTB".into()));
    Answer::Enrolment(Box::new(Enrolment { technician: technician(name, Role::ViewOnly), code, expire_time: None }))
}

#[test]
fn one_is_added_and_their_code_shown_and_copied_and_seen_nowhere_else() {
    let mut app = app();
    app.press("+");
    assert_eq!(requests(&app.press("enter")), [], "a name is missing");
    app.type_in("Mira Okafor");
    app.press("tab");
    app.type_in("nowhere");
    assert_eq!(requests(&app.press("enter")), [], "that is no address");
    app.press("ctrl-u");
    app.type_in("mira@x.example");
    let out = app.press("tab right enter");
    let [Request::AddTechnician(AddTechnician { new, .. })] = &requests(&out)[..] else { panic!("{out:?}") };
    let wanted =
        NewTechnician { display_name: "Mira Okafor".into(), email: "mira@x.example".into(), role: Role::ViewOnly };
    assert_eq!(*new, wanted);
    assert_eq!(requests(&app.answer(enrolment("Mira Okafor"))), [Request::ListTechnicians(ListTechnicians)]);
    let Mode::Code(shown) = &dialog(&app).mode else { panic!("no code") };
    assert_eq!(shown.code.as_ref().map(Redacted::reveal), Some("K7QM-2RWX-9HTB"));
    let out = app.press("y");
    assert!(matches!(&out[..], [Effect::Copy { text, .. }] if text.reveal() == "K7QM-2RWX-9HTB"));
    assert!(!format!("{:?} {out:?}", app.model).contains("2RWX"));
    app.press("esc");
    assert_eq!(dialog(&app).technician().map(|one| one.display_name.as_str()), Some("Mira Okafor"));
}

#[test]
fn a_role_is_bound_to_the_revision_and_a_refusal_is_told_in_the_dialog() {
    let mut app = app();
    let out = app.press("j enter 1 4");
    let [Request::ChangeTechnician(ChangeTechnician { technician: who, etag, changes, .. })] = &requests(&out)[..]
    else {
        panic!("{out:?}")
    };
    let role = TechnicianChanges { role: Some(Role::ViewOnly), ..TechnicianChanges::default() };
    assert_eq!((who.as_str(), etag.as_str(), changes), ("Tomma", "t1", &role));
    app.answer(Answer::Technician(Box::new(technician("Tomma", Role::ViewOnly))));
    assert_eq!(dialog(&app).technician().map(|one| one.role.clone()), Some(Role::ViewOnly));
    app.press("k enter 1 4");
    app.fail(error(Operation::ChangeTechnician, Cause::Conflict(ConflictCode::LastOwner)));
    assert!(matches!(dialog(&app).mode, Mode::Role(_)));
    assert_eq!(
        dialog(&app).submission.error().map(|error| error.cause.clone()),
        Some(Cause::Conflict(ConflictCode::LastOwner))
    );
}

#[test]
fn what_ends_access_is_asked_with_the_safe_answer_in_front() {
    let mut app = app();
    assert_eq!(requests(&app.press("j enter 4 enter")), [], "Cancel has the focus");
    let out = app.press("enter 4 tab enter");
    assert!(
        matches!(&requests(&out)[..], [Request::RevokeTechnician(RevokeTechnician { technician, .. })] if technician.as_str() == "Tomma")
    );
    let revoked = Technician { state: TechnicianState::Revoked, ..technician("Tomma", Role::MspTechnician) };
    app.answer(Answer::Technician(Box::new(revoked)));
    assert_eq!(requests(&app.press("enter 3 tab enter")), [], "nothing is left to end");
    let out = app.press("k enter 3 tab enter");
    assert!(matches!(&requests(&out)[..], [Request::EnrolTechnician(EnrolTechnician { rotate: true, .. })]));
    assert!(matches!(dialog(&app).mode, Mode::Confirm { act: Act::Rotate, .. }));
}

#[test]
fn a_lost_answer_is_asked_for_under_the_same_key() {
    let mut app = app();
    let key = |out: &[Effect]| match &requests(out)[..] {
        [Request::EnrolTechnician(EnrolTechnician { key, rotate: false, .. })] => key.clone(),
        other => panic!("{other:?}"),
    };
    let first = key(&app.press("enter 2 enter"));
    app.fail(lost(Operation::ChangeTechnician));
    assert_eq!(key(&app.press("enter")), first);
}

#[test]
fn who_is_no_owner_is_told_so() {
    let mut app = AppDriver::as_who(AppDriver::options(), &FORM_PERMISSIONS, four());
    assert_eq!(Command::Technicians.ready(&app.model), Err(DisabledReason::NotPermitted(Permission::Technicians)));
    assert_eq!(requests(&app.press("T")), []);
    assert!(app.model.overlays.is_empty() && !app.model.toasts.is_empty());
}

#[test]
fn who_is_gone_leaves_nobody_under_the_cursor() {
    let mut app = app();
    app.press("j r");
    app.answer(Answer::Technicians(vec![technician("Ida", Role::Owner)]));
    assert_eq!(dialog(&app).technician(), None);
    assert_eq!(requests(&app.press("enter 4 tab enter")), []);
}
