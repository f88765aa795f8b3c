//! Details are loaded when they are looked at; a step changes at once and flips back when it is refused.

use crate::app::command::{Command, DisabledReason};
use crate::app::effect::Effect;
use crate::app::fixture::*;
use crate::app::msg::Msg;
use crate::app::next_wake;
use crate::app::toast::Notification;
use crate::domain::company::Company;
use crate::domain::error::{Cause, Operation};
use crate::domain::id::{CompanyId, Etag};
use crate::domain::request::{Answer, EditStep, GetSetup, ListGroups, ListPeople, Request};
use crate::domain::setup::{StepKind, StepState};

fn setup_of(id: &str) -> Request {
    Request::GetSetup(GetSetup { company: CompanyId::new(id) })
}

#[test]
fn details_wait_until_the_cursor_rests() {
    let mut app = AppDriver::with(four());
    app.press("]");
    app.pass(200);
    app.answer(Answer::Setup(checklist()));
    assert_eq!(requests(&app.press("j")), []);
    app.pass(100);
    assert_eq!(requests(&app.press("j")), [], "moved on before it rested");
    assert_eq!(next_wake(&app.model), app.model.rest_at, "the rest is what wakes us");
    assert_eq!(requests(&app.pass(149)), []);
    assert_eq!(requests(&app.pass(1)), [setup_of("C")], "and only the last one is loaded");
}

#[test]
fn an_opened_company_is_loaded_at_once() {
    for keys in ["j enter", "j tab"] {
        let mut app = AppDriver::with(four());
        app.press("]");
        app.pass(200);
        assert_eq!(requests(&app.press(keys)), [setup_of("B")], "{keys}");
    }
}

#[test]
fn nothing_is_loaded_that_is_not_on_the_screen() {
    let mut app = AppDriver::with(four());
    app.send(Msg::Resize(NARROW));
    app.press("] j");
    assert_eq!(requests(&app.pass(1_000)), []);
    assert_eq!(requests(&app.press("enter")), [setup_of("B")]);
}

/// Who walks through the list with the company beside it asks for nothing; who looks at one asks once.
#[test]
fn an_overview_is_loaded_once_it_rests() {
    use crate::domain::activity::ListActivity;
    use crate::domain::request::GetCompanyUsage;
    let mut app = AppDriver::with(four());
    app.press("j");
    assert_eq!(requests(&app.pass(9_000)), [], "the pane shows what the list has");
    for keys in ["j tab", "j enter"] {
        let mut app = AppDriver::with(four());
        assert_eq!(requests(&app.press(keys)), []);
        assert_eq!(requests(&app.pass(99)), [], "{keys}");
        let out = requests(&app.pass(1));
        let [
            Request::GetSetup(_),
            Request::ListPeople(people),
            Request::GetCompanyUsage(GetCompanyUsage { .. }),
            Request::ListActivity(ListActivity { .. }),
        ] = &out[..]
        else {
            panic!("{keys}: {out:?}")
        };
        assert_eq!(people.company.as_str(), "B");
        app.answer(Answer::Setup(checklist()));
        assert_eq!(requests(&app.pass(5_000)), [], "once");
    }
}

/// Each card leads to where more is told.
#[test]
fn enter_opens_the_tab_of_the_card() {
    use crate::app::model::{Pane, Tab};
    let tabs = [
        ("j", Tab::Usage),
        ("j j", Tab::Setup),
        ("j j j", Tab::People),
        ("G", Tab::People),
        ("g j j j j", Tab::Activity),
    ];
    for (keys, tab) in tabs {
        let mut app = AppDriver::with(four());
        app.press("enter");
        app.press(keys);
        app.press("enter");
        assert_eq!(app.model.tab, tab, "{keys}");
        app.press("esc");
        assert_eq!((app.model.tab, app.model.pane), (Tab::Overview, Pane::Company), "back to the card");
        app.press("esc");
        assert_eq!(app.model.pane, Pane::List);
    }
    let mut app = AppDriver::with(four());
    app.press("enter G k enter");
    assert!(matches!(app.model.overlays.last(), Some(crate::app::overlay::Overlay::Form(_))), "details are edited");
}

/// Who edits from the card of seats comes for their limit; from any other for the company.
#[test]
fn the_form_opens_at_what_the_card_is_about() {
    use crate::app::features::form::Field;
    use crate::app::overlay::Overlay;
    for (keys, field) in [("enter e", Field::Name), ("enter j e", Field::SeatLimit), ("enter j j e", Field::Name)] {
        let mut app = AppDriver::with(four());
        app.press(keys);
        let Some(Overlay::Form(form)) = app.model.overlays.last() else { panic!("{:?}", app.model.overlays) };
        assert_eq!(form.at, field, "{keys}");
    }
}

/// No key that only opens signs in at a client.
#[test]
fn enter_on_what_needs_attention_never_launches() {
    use crate::domain::company::{Attention, Owners};
    let owners = Owners { confirmed: Some(0), invited: Some(1), ..Owners::default() };
    let invited = Company { attention: vec![Attention::NoConfirmedOwner], owners, ..company("A", "Alpen") };
    let mut app = AppDriver::with(vec![invited]);
    assert_eq!(requests(&app.press("enter enter")).iter().filter(|it| matches!(it, Request::Launch(_))).count(), 0);
    assert_eq!(app.model.tab, crate::app::model::Tab::People);
}

#[test]
fn each_tab_loads_its_own() {
    let mut app = AppDriver::at_setup();
    let both = [
        Request::ListPeople(ListPeople { company: CompanyId::new("A") }),
        Request::ListGroups(ListGroups { company: CompanyId::new("A") }),
    ];
    assert_eq!(requests(&app.press("]")), both);
    app.answer(Answer::Groups(Vec::new()));
    app.answer(Answer::People(vec![person("Zoe"), person("Ann")]));
    let people = app.model.selected_details().unwrap().people.value().unwrap();
    assert_eq!(people.iter().map(|person| person.display_name.as_str()).collect::<Vec<_>>(), ["Ann", "Zoe"]);
    assert_eq!(requests(&app.press("[ ] [")), [], "what is there is not asked for again");
}

#[test]
fn a_new_revision_of_the_company_is_loaded_again() {
    let mut app = AppDriver::at_setup();
    app.press("r");
    app.answer(Answer::Setup(checklist()));
    let out = app.answer(changes(vec![newer(company("A", "Alpen"))], &[]));
    assert_eq!(requests(&out), [setup_of("A")]);
    let old = app.model.selected_details().unwrap().setup.value().is_some();
    assert!(old, "the old checklist stays meanwhile");
    app.answer(Answer::Setup(checklist()));
    assert_eq!(requests(&app.pass(1_000)), []);
}

#[test]
fn a_newer_revision_aborts_the_older_load() {
    let mut app = AppDriver::with(four());
    app.press("enter ]");
    let older = app.waiting(|effect| matches!(effect, Effect::Call { request: Request::GetSetup(_), .. }));
    app.pass(30_000);
    let out = app.answer(changes(vec![newer(company("A", "Alpen"))], &[]));
    assert!(out.contains(&Effect::Cancel { ticket: older }));
    assert_eq!(requests(&out), [setup_of("A")]);
    let cancelled = error(Operation::LoadSetup, Cause::Cancelled);
    app.reply(older, crate::app::msg::Reply::Api(Err(cancelled)));
    assert!(app.model.selected_details().unwrap().setup.waiting().is_some(), "its end is no failure of the newer");
}

#[test]
fn a_failed_load_is_not_asked_for_in_a_loop() {
    let mut app = AppDriver::with(four());
    app.press("enter ]");
    app.fail(lost(Operation::LoadSetup));
    for _ in 0..5 {
        assert_eq!(requests(&app.pass(1_000)), []);
    }
    assert_eq!(requests(&app.press("j k [ ]")), []);
    assert!(requests(&app.press("r")).contains(&setup_of("A")), "the refresh key tries again");
}

#[test]
fn a_failed_load_is_tried_again_when_the_server_is_back() {
    let mut app = AppDriver::with(four());
    app.press("enter ]");
    app.fail(lost(Operation::LoadSetup));
    app.pass(30_000);
    app.fail(lost(Operation::Changes));
    app.pass(2_000);
    let out = app.answer(changes(Vec::new(), &[]));
    assert!(requests(&out).contains(&setup_of("A")));
}

fn state_of(app: &AppDriver, kind: &StepKind) -> StepState {
    let details = app.model.selected_details().unwrap();
    details.setup.value().unwrap().step(kind).unwrap().state.clone()
}

fn done(app: &AppDriver) -> (u32, u32) {
    let setup = app.model.selected().unwrap().1.setup;
    (setup.done, setup.applicable)
}

#[test]
fn a_step_changes_at_once_and_the_answer_is_taken() {
    let mut app = AppDriver::at_setup();
    let out = app.press("x enter");
    let [Request::EditStep(EditStep { company, step: kind, etag, state, note, .. })] = &requests(&out)[..] else {
        panic!("{out:?}")
    };
    assert_eq!((company.as_str(), kind, etag), ("A", &StepKind::RecoveryPlan, &Etag::new("RECOVERY_PLAN-1")));
    assert_eq!((state, note), (&Some(StepState::InProgress), &None));
    assert_eq!(state_of(&app, &StepKind::RecoveryPlan), StepState::InProgress, "before any answer");
    let out = app.answer(Answer::Step(Box::new(step(StepKind::RecoveryPlan, StepState::Done))));
    assert_eq!(state_of(&app, &StepKind::RecoveryPlan), StepState::Done, "the server's word counts");
    assert_eq!(done(&app), (2, 5));
    assert!(
        matches!(&app.model.toasts.last().unwrap().says, Notification::StepChanged { company, .. } if company == "Alpen")
    );
    assert!(matches!(requests(&out).as_slice(), [Request::ListChanges(_)]), "the list gets the news");
}

#[test]
fn a_refused_step_flips_back_with_its_reason() {
    let mut app = AppDriver::at_setup();
    let before = done(&app);
    app.press("x enter");
    app.fail(error(Operation::EditSetup, Cause::NotAllowed));
    assert_eq!((state_of(&app, &StepKind::RecoveryPlan), done(&app)), (StepState::Todo, before));
    let Notification::Failed { company, error } = &app.model.toasts.last().unwrap().says else { panic!() };
    assert_eq!((company.as_deref(), &error.cause), (Some("Alpen"), &Cause::NotAllowed));
}

#[test]
fn what_somebody_else_changed_is_shown() {
    let mut app = AppDriver::at_setup();
    app.press("x enter");
    let out = app.fail(error(Operation::EditSetup, Cause::ChangedMeanwhile));
    assert!(requests(&out).contains(&setup_of("A")));
}

#[test]
fn a_step_under_way_is_not_changed_again() {
    let mut app = AppDriver::at_setup();
    app.press("x enter");
    assert_eq!(Command::ToggleStep.ready(&app.model), Err(DisabledReason::UnderWay));
    assert_eq!(requests(&app.press("x")), []);
    assert!(app.model.overlays.is_empty());
    assert_eq!(requests(&app.press("j x enter")).len(), 1, "another step is");
}

#[test]
fn the_cursor_stays_on_the_step_that_was_done() {
    let mut app = AppDriver::at_setup();
    app.press("x enter");
    app.answer(Answer::Step(Box::new(step(StepKind::RecoveryPlan, StepState::Done))));
    assert_eq!(app.model.step_row(), 1);
}

#[test]
fn a_checklist_under_way_is_not_overwritten_by_an_older_one() {
    let mut app = AppDriver::at_setup();
    app.press("x enter r");
    let out = app.answer(changes(vec![newer(company("A", "Alpen"))], &[]));
    assert_eq!(requests(&out), [], "not while the change is being saved");
    let out = app.answer(Answer::Step(Box::new(step(StepKind::RecoveryPlan, StepState::InProgress))));
    assert!(requests(&out).contains(&setup_of("A")));
}

#[test]
fn the_list_follows_a_step_that_is_answered_after_one_left() {
    let mut all = four();
    for company in &mut all {
        company.setup.done = 2;
    }
    let mut app = AppDriver::with(all);
    app.press("s 4 G enter ]");
    let mut list = checklist();
    list.steps[1].state = StepState::InProgress;
    app.answer(Answer::Setup(list));
    app.press("x enter");
    let id = app.selected().unwrap();
    app.press("esc esc");
    app.fail(error(Operation::EditSetup, Cause::NotAllowed));
    let key = key_of(&id);
    assert_eq!(app.model.list.selection.key.as_ref(), Some(&key));
    assert_eq!(app.model.roster.position(&key), Some(app.model.list.selection.row));
}
