//! Many companies at once.

use crate::app::effect::Effect;
use crate::app::features::bulk::{Block, Bulk, Focus, How, Stage};
use crate::app::fixture::*;
use crate::app::msg::Reply;
use crate::app::overlay::Overlay;
use crate::domain::company::{Company, CompanyState};
use crate::domain::error::{Cause, Operation};
use crate::domain::id::Etag;
use crate::domain::launch::{LaunchAddress, Opening, Redacted};
use crate::domain::request::{Answer, EditCompany, EditStep, Launch, Request, Unlink};
use crate::domain::setup::{StepKind, StepState};

fn bulk(app: &AppDriver) -> &Bulk {
    match app.model.overlays.last() {
        Some(Overlay::Bulk(bulk)) => bulk,
        other => panic!("no bulk dialog: {other:?}"),
    }
}

fn how(app: &AppDriver, id: &str) -> How {
    bulk(app).items.iter().find(|item| item.key.company.as_str() == id).unwrap().how.clone()
}

fn unlinked(name: &Company) -> Company {
    Company { state: CompanyState::Unlinked, ..newer(name.clone()) }
}

/// Three of four are marked: Alpen, Brightwater, Contoso.
fn marked(companies: Vec<Company>) -> AppDriver {
    let mut app = AppDriver::with(companies);
    app.press("space space space");
    app
}

#[test]
fn marks_are_companies_and_survive_search_and_order() {
    let mut app = marked(four());
    assert_eq!((app.model.marks.len(), app.selected().as_deref()), (3, Some("D")));
    app.press("/ d e enter s 2");
    assert_eq!(app.model.marks.len(), 3);
    app.press("*");
    assert_eq!(app.model.marks.len(), 4, "what is shown is added");
    app.answer_changes_without("A");
    assert_eq!(app.model.marks.len(), 3, "a company that is gone is marked no longer");
    app.press("-");
    assert!(app.model.marks.is_empty());
}

#[test]
fn every_name_is_listed_before_anything_is_asked() {
    let mut app = marked(vec![company("A", "Alpen"), unlinked(&company("B", "Brightwater")), company("C", "Contoso")]);
    let out = app.press("b 1");
    assert_eq!(requests(&out), []);
    assert_eq!(bulk(&app).stage, Stage::Review);
    let names: Vec<&str> = bulk(&app).items.iter().map(|item| item.name.as_str()).collect();
    assert_eq!(names, ["Alpen", "Brightwater", "Contoso"]);
    assert_eq!((how(&app, "A"), how(&app, "B")), (How::Ready, How::Blocked(Block::Unlinked)));
}

#[test]
fn enter_alone_never_confirms() {
    let mut app = marked(four());
    assert_eq!(requests(&app.press("b 1 enter")), []);
    assert!(app.model.overlays.is_empty(), "the focus starts on Cancel");
}

fn address() -> Answer {
    Answer::Launch(LaunchAddress { uri: Redacted::new("https://a.1password.eu/x".into()), expire_time: None })
}

#[test]
fn companies_are_launched_one_after_the_other() {
    let mut app = marked(four());
    let out = app.press("b 1 tab enter");
    assert!(
        matches!(&requests(&out)[..], [Request::Launch(Launch { company, .. })] if company.as_str() == "A"),
        "{out:?}"
    );
    assert_eq!(requests(&app.answer(address())), [], "the browser comes first");
    let out = app.browser(Ok(()));
    assert!(
        matches!(&requests(&out)[..], [Request::Launch(Launch { company, .. })] if company.as_str() == "B"),
        "{out:?}"
    );
    app.fail(lost(Operation::Launch));
    app.answer(address());
    app.browser(Ok(()));
    assert_eq!(bulk(&app).stage, Stage::Done);
    let left: Vec<&str> = app.model.marks.iter().map(|key| key.company.as_str()).collect();
    assert_eq!(left, ["B"], "what was not done stays marked");
}

#[test]
fn a_launch_that_was_only_handed_over_is_told_as_such() {
    let mut app = marked(four());
    app.press("b 1 tab enter");
    app.answer(address());
    let to = app.waiting(|effect| matches!(effect, Effect::Open { .. }));
    let out = app.reply(to, Reply::Opened(Ok(Opening::Sent)));
    assert_eq!((how(&app, "A"), requests(&out).len()), (How::Sent, 1), "and the next one follows");
}

#[test]
fn only_what_failed_is_tried_again_and_as_the_same_intent() {
    let mut app = marked(four());
    app.press("t");
    app.type_in("vip");
    let out = app.press("enter tab enter");
    let first = requests(&out);
    assert_eq!(first.len(), 3, "four may run at once: {first:?}");
    app.answer(Answer::Company(Box::new(Company { tags: vec!["vip".into()], ..newer(company("A", "Alpen")) })));
    app.fail(lost(Operation::EditCompany));
    app.answer(Answer::Company(Box::new(Company { tags: vec!["vip".into()], ..newer(company("C", "Contoso")) })));
    assert_eq!(bulk(&app).stage, Stage::Done);
    let again = requests(&app.press("r"));
    assert_eq!(again, first[1..2], "the same request under the same key: it may have been done");
}

#[test]
fn a_company_that_changed_meanwhile_is_a_new_intent() {
    let mut app = marked(four());
    app.press("t");
    app.type_in("vip");
    let first = requests(&app.press("enter tab enter"));
    for _ in 0..3 {
        app.fail(error(Operation::EditCompany, Cause::ChangedMeanwhile));
    }
    let keys = |requests: &[Request]| -> Vec<String> {
        requests
            .iter()
            .filter_map(|request| match request {
                Request::EditCompany(EditCompany { key, .. }) => Some(key.0.clone()),
                _ => None,
            })
            .collect()
    };
    let again = requests(&app.press("r"));
    assert_eq!(keys(&again).len(), 3);
    assert!(keys(&again).iter().all(|key| !keys(&first).contains(key)));
}

/// At the review of an unlink of three, of which the second has no owner.
fn unlinking() -> AppDriver {
    let mut app = marked(four());
    let out = app.press("b 5");
    assert_eq!(requests(&out).len(), 3, "each is checked before anything is offered");
    app.answer(Answer::Preflight(allowed(&company("A", "Alpen"))));
    app.answer(Answer::Preflight(blocked(&company("B", "Brightwater"))));
    assert_eq!(requests(&app.press("tab 2 enter")), [], "not while one is being checked");
    app.answer(Answer::Preflight(allowed(&company("C", "Contoso"))));
    app
}

#[test]
fn an_unlink_of_many_needs_the_count_typed() {
    let mut app = unlinking();
    assert_eq!(bulk(&app).ready(), 2);
    assert!(matches!(how(&app, "B"), How::Blocked(Block::Check(..))));
    if let Some(bulk) = app.model.overlays.find_mut::<Bulk>(|_| true) {
        (bulk.line, bulk.focus) = (crate::app::core::text_input::TextInput::default(), Focus::Cancel);
    }
    for wrong in ["1", "3", "two"] {
        let mut app = app.clone();
        app.press("tab");
        app.type_in(wrong);
        assert_eq!(requests(&app.press("enter tab enter")), [], "{wrong}");
    }
    let out = app.press("tab 2 enter enter");
    let etags: Vec<Etag> = requests(&out)
        .into_iter()
        .filter_map(|request| match request {
            Request::Unlink(Unlink { etag, validate_only: false, .. }) => Some(etag),
            _ => None,
        })
        .collect();
    assert_eq!(etags, [Etag::new("A-1"), Etag::new("C-1")], "bound to what was checked");
}

#[test]
fn esc_stops_before_the_next_and_says_what_was_not_begun() {
    let mut app = marked(four());
    app.press("b 1 tab enter");
    app.press("esc");
    assert!(bulk(&app).stopping);
    app.answer(address());
    assert_eq!(requests(&app.browser(Ok(()))).len(), 1, "only the list asks for news");
    assert_eq!((bulk(&app).stage, how(&app, "B")), (Stage::Done, How::Ready));
}

#[test]
fn a_step_is_set_at_the_revision_that_it_has() {
    let mut app = AppDriver::with(vec![company("A", "Alpen"), company("B", "Brightwater")]);
    let out = app.press("* b 3 2 enter tab enter");
    assert!(matches!(&requests(&out)[..], [Request::GetSetup(_), Request::GetSetup(_)]), "{out:?}");
    let out = app.answer(Answer::Setup(checklist()));
    let [Request::EditStep(EditStep { step, state, .. })] = &requests(&out)[..] else { panic!("{out:?}") };
    assert_eq!((step, state), (&StepKind::RecoveryPlan, &Some(StepState::Done)));
    let mut done = checklist();
    done.steps[1].state = StepState::Done;
    app.answer(Answer::Setup(done));
    assert_eq!(how(&app, "B"), How::Blocked(Block::AlreadySo));
}
