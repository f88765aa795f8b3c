//! The set-up checklist: what is finished is finished at once on the screen, and for everybody afterwards.

use crate::support::journey::Journey;
use mspdash::app::overlay::Overlay;
use mspdash::domain::error::{Cause, ConflictCode};
use mspdash::domain::setup::{StepKind, StepState};
use mspdash::server::Fault;

const COMPANY: &str = "Brightwater GmbH";

async fn at_the_checklist() -> Journey {
    let mut technician = Journey::start().await;
    technician.find(COMPANY).keys("enter ]").settle().await.sees("4 of 5 done");
    technician
}

/// The line of a step, by its number.
fn line(technician: &mut Journey, step: &str) -> String {
    let screen = technician.screen();
    screen.lines().find(|line| line.contains(step)).unwrap_or_else(|| panic!("no {step:?} in:\n{screen}")).to_owned()
}

fn shows(technician: &mut Journey, step: &str, state: &str) {
    let line = line(technician, step);
    assert!(line.contains(state), "{state:?} is not in {line:?}");
}

#[tokio::test]
async fn a_finished_step_shows_at_once_and_is_there_for_the_next_start() {
    let mut technician = at_the_checklist().await;
    let step = technician.model.selected_step().unwrap().kind.clone();
    let before = technician.model.selected_step().unwrap().state.clone();
    assert_eq!(before, StepState::InProgress, "the cursor is on the next step");
    technician.keys("x").sees("1–3 or ↵ choose").keys("enter").sees("saving").sees("Setup complete");
    assert_eq!(technician.model.selected_step().unwrap().state, StepState::Done, "before any answer");
    technician.settle().await.sees_not("saving").told("Brightwater GmbH: “Deploy the apps” set to Done");
    let second_client = technician.backend.second_client();
    let reported = second_client.step(COMPANY, &step).await;
    assert_eq!((reported.state, reported.updater.unwrap().display_name.as_str()), (StepState::Done, "Tomma Petersen"));
    let mut technician = technician.again().await;
    assert!(technician.row_of(COMPANY).contains('✔'), "{}", technician.row_of(COMPANY));
    technician.find(COMPANY).keys("enter ]").settle().await.sees("Setup complete").sees("Tomma Petersen, just now");
}

#[tokio::test]
async fn a_note_on_a_step_is_kept() {
    let mut technician = at_the_checklist().await;
    technician.keys("e").sees("Note on “").type_text("Rollout with Intune on Monday").keys("enter").sees("saving");
    technician.settle().await.told("note saved").sees("Note: Rollout with Intune on Monday");
    let mut technician = technician.again().await;
    technician.find(COMPANY).keys("enter ]").settle().await.sees("Note: Rollout with Intune on Monday");
    technician.keys("e").type_text("!").keys("esc").sees("Esc again discards").keys("esc").sees_not("Monday!");
}

#[tokio::test]
async fn a_note_that_the_server_refuses_is_not_lost() {
    let mut technician = at_the_checklist().await;
    technician.keys("e").type_text("Ask Frau Petersen");
    technician.backend.running().set_fault(Some(Fault::Status(500)));
    technician.keys("enter").settle().await.sees("Ask Frau Petersen").sees("Unknown whether");
    technician.backend.running().set_fault(None);
    technician.later(5).await.keys("enter").settle().await.told("note saved").sees("Note: Ask Frau Petersen");
}

#[tokio::test]
async fn a_step_that_a_colleague_changed_first_flips_back_with_the_reason() {
    let mut technician = at_the_checklist().await;
    let step = technician.model.selected_step().unwrap().kind.clone();
    technician.backend.second_client().reports(COMPANY, step.clone(), StepState::Done).await.unwrap();
    technician.keys("x enter").sees("saving").settle().await.told("someone changed it in the meantime");
    // What the second client made of it, not what was tried.
    assert_eq!(technician.model.selected_step().unwrap().kind, step, "the cursor stays on its step");
    assert_eq!(technician.model.selected_step().unwrap().state, StepState::Done);
    technician.sees("Setup complete").sees("Jonas Behr, just now");
}

#[tokio::test]
async fn a_step_that_the_server_refuses_flips_back_with_the_reason() {
    let (no, unknown) = ("Can't change the step", "Unknown whether the step was changed");
    for (status, said, reason) in
        [(403, no, "A fault on purpose"), (429, no, "too many requests"), (500, unknown, "server error 500")]
    {
        let mut technician = at_the_checklist().await;
        technician.backend.running().set_fault(Some(Fault::Status(status)));
        technician.keys("x enter").sees("saving").settle().await;
        technician.told(&format!("Brightwater GmbH: {said}")).told(reason).sees("4 of 5 done");
        assert_eq!(technician.model.selected_step().unwrap().state, StepState::InProgress, "{status}");
        technician.keys("esc esc").sees("Managed Companies");
        assert!(technician.row_of(COMPANY).contains("4/5"), "{}", technician.row_of(COMPANY));
    }
}

/// Chooses a state by its number; where that opens again what is done, it says so.
async fn choose(technician: &mut Journey, number: u32) {
    technician.keys(&format!("x {number}"));
    if matches!(technician.model.overlays.last(), Some(Overlay::Step(menu)) if menu.reopen.is_some()) {
        technician.sees("This step is done").keys("tab enter");
    }
    technician.settle().await;
    if !technician.model.overlays.is_empty() {
        technician.keys("esc");
    }
}

#[tokio::test]
async fn only_provisioning_can_be_not_applicable() {
    let mut technician = at_the_checklist().await;
    technician.keys("g");
    for (number, kind) in StepKind::KNOWN.into_iter().enumerate() {
        let mut seen = Vec::new();
        for choice in [3, 1, 4, 2] {
            choose(&mut technician, choice).await;
            seen.push(technician.model.selected_step().unwrap().state.clone());
        }
        assert_eq!(technician.model.selected_step().unwrap().kind, kind, "step {number}");
        let third = if kind == StepKind::Provisioning { StepState::NotApplicable } else { StepState::Todo };
        assert_eq!(seen, [StepState::Done, StepState::Todo, third, StepState::InProgress], "{kind:?}");
        technician.keys("j");
    }
    let refused =
        technician.backend.second_client().reports(COMPANY, StepKind::Policies, StepState::NotApplicable).await;
    assert_eq!(refused.unwrap_err().cause, Cause::Conflict(ConflictCode::StepMustApply));
}

#[tokio::test]
async fn one_choice_is_one_write_and_the_present_state_is_none() {
    let mut technician = at_the_checklist().await;
    let writes = technician.writes();
    technician.keys("x 2").settle().await;
    assert_eq!(technician.writes(), writes, "it is in progress already");
    technician.keys("x 3").settle().await.sees("Setup complete");
    assert_eq!(technician.writes(), writes + 1);
    technician.keys("x 1").sees("This step is done").keys("enter").settle().await.sees("Setup complete");
    assert_eq!(technician.writes(), writes + 1, "Enter alone keeps it done");
    technician.keys("x 1 tab enter").settle().await.sees("4 of 5 done");
    assert_eq!(technician.writes(), writes + 2);
}

#[tokio::test]
async fn provisioning_that_is_set_aside_does_not_count() {
    let mut technician = at_the_checklist().await;
    technician.keys("g j j j");
    choose(&mut technician, 4).await;
    shows(&mut technician, "Automated provisioning", "Not applicable");
    technician.sees("of 4 done").keys("esc");
    assert!(technician.row_of(COMPANY).contains("/4"), "{}", technician.row_of(COMPANY));
}
