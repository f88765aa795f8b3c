//! The state of a setup step: one choice, one write, and what is done is opened again only after a question.

use crate::app::fixture::*;
use crate::app::overlay::Overlay;
use crate::domain::company::CompanyState;
use crate::domain::request::{Answer, EditStep, Request};
use crate::domain::setup::{StepKind, StepState};

/// At the checklist, the cursor on provisioning, which may be in every state.
fn app(state: &StepState) -> AppDriver {
    let mut app = AppDriver::with(four());
    app.press("enter ]");
    let mut list = checklist();
    list.steps[3].state = state.clone();
    app.answer(Answer::Setup(list));
    app.press("g j j j");
    assert_eq!(app.model.selected_step().unwrap().kind, StepKind::Provisioning);
    app
}

fn written(app: &mut AppDriver, keys: &str) -> Vec<StepState> {
    let state = |request: Request| match request {
        Request::EditStep(EditStep { state, .. }) => state,
        _ => None,
    };
    requests(&app.press(keys)).into_iter().filter_map(state).collect()
}

#[test]
fn one_choice_is_one_write_and_the_present_state_is_none() {
    let states = StepKind::Provisioning.states();
    assert_eq!(states.len(), 4);
    for now in &states {
        for (number, to) in (1..).zip(&states) {
            let mut app = app(now);
            let out = written(&mut app, &format!("x {number}"));
            let asks = *now == StepState::Done && to != now;
            let wanted = if asks || to == now { vec![] } else { vec![to.clone()] };
            assert_eq!(out, wanted, "from {now:?} to {to:?}");
            assert_eq!(app.model.overlays.len(), usize::from(asks), "from {now:?} to {to:?}");
        }
    }
}

#[test]
fn the_cursor_is_on_what_usually_follows() {
    for (now, wanted) in [
        (StepState::Todo, Some(StepState::InProgress)),
        (StepState::InProgress, Some(StepState::Done)),
        (StepState::NotApplicable, Some(StepState::Todo)),
        (StepState::Other("LATER".into()), Some(StepState::Todo)),
        // Enter on what is done, pressed once too often, changes nothing.
        (StepState::Done, None),
    ] {
        let mut app = app(&now);
        assert_eq!(written(&mut app, "x enter"), wanted.into_iter().collect::<Vec<_>>(), "from {now:?}");
        assert!(app.model.overlays.is_empty(), "from {now:?}");
    }
}

#[test]
fn opening_again_what_is_done_takes_a_yes() {
    for (keys, wanted) in [
        ("x 1 enter", None),
        ("x 1 1", None),
        ("x 1 x", None),
        ("x 1 esc esc", None),
        ("x 1 tab tab enter", None),
        ("x 1 tab enter", Some(StepState::Todo)),
        ("x 2 right enter", Some(StepState::InProgress)),
        ("x 4 l enter", Some(StepState::NotApplicable)),
        ("x 1 esc 2 tab enter", Some(StepState::InProgress)),
    ] {
        let mut app = app(&StepState::Done);
        assert_eq!(written(&mut app, keys), wanted.into_iter().collect::<Vec<_>>(), "{keys}");
    }
}

#[test]
fn looking_and_leaving_write_nothing() {
    for keys in ["x esc", "x q", "x x", "x j k esc", "x space", "x 5", "x 9 esc", "space", "space space"] {
        assert_eq!(requests(&app(&StepState::Todo).press(keys)), [], "{keys}");
    }
}

#[test]
fn only_what_may_be_not_applicable_offers_it() {
    for kind in StepKind::KNOWN {
        let offered = kind.states().contains(&StepState::NotApplicable);
        assert_eq!(offered, kind == StepKind::Provisioning, "{kind:?}");
    }
    let mut app = app(&StepState::Todo);
    assert_eq!(written(&mut app, "k x 4"), [], "the step above has three states");
}

/// The menu may stand open for long.
#[test]
fn what_changed_under_the_menu_is_asked_again_when_it_is_sent() {
    let mut refused = app(&StepState::Todo);
    refused.press("x");
    refused.account().read_only = true;
    assert_eq!(written(&mut refused, "3"), []);

    let mut done = app(&StepState::InProgress);
    done.press("x");
    let key = done.model.selected().unwrap().0;
    let steps = done.model.details.get_mut(&key).unwrap().setup.value_mut().unwrap();
    steps.steps[3].state = StepState::Done;
    assert_eq!(written(&mut done, "1"), [], "a colleague finished it: that is opened again only after a question");
    assert!(matches!(done.model.overlays.last(), Some(Overlay::Step(menu)) if menu.reopen.is_some()));

    let mut unlinked = app(&StepState::Todo);
    unlinked.press("x");
    let key = unlinked.model.selected().unwrap().0;
    unlinked.model.roster.update(&key, |company| company.state = CompanyState::Unlinked);
    assert_eq!(written(&mut unlinked, "3"), []);
}
