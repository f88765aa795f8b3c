//! Screen 3: open recoveries over all companies.

use crate::app::command::{Command, DisabledReason};
use crate::app::features::people::{About, Confirm, PeopleDisabledReason, Warning};
use crate::app::fixture::*;
use crate::app::model::Tab;
use crate::app::next_wake;
use crate::app::overlay::Overlay;
use crate::app::screen::Screen;
use crate::app::update::tests::people::MAY;
use crate::domain::error::{Cause, Operation};
use crate::domain::id::{CompanyId, Etag, UserId};
use crate::domain::people::{Person, PersonState};
use crate::domain::recovery::{PersonAct, Recovery};
use crate::domain::request::{Answer, ChangePerson, Launch, ListRecoveries, Request};
use jiff::SignedDuration;

fn open(company: &str, user: &str, hours: i64, stage: PersonState) -> Recovery {
    Recovery {
        company: CompanyId::new(company),
        company_name: company.into(),
        user: UserId::new(user),
        etag: Some(Etag::new("1")),
        display_name: user.into(),
        email: format!("{user}@a.example"),
        stage,
        begin_time: noon().checked_sub(SignedDuration::from_hours(hours)).ok(),
        begun_by: None,
        recoverers: 3,
    }
}

fn three() -> Vec<Recovery> {
    vec![
        open("A", "Young", 1, PersonState::RecoveryAwaitingCompletion),
        open("B", "Old", 90, PersonState::RecoveryAwaitingCompletion),
        open("C", "Mid", 20, PersonState::RecoveryStarted),
    ]
}

fn app(list: Vec<Recovery>) -> AppDriver {
    let mut app = AppDriver::as_who(AppDriver::options(), &MAY, four());
    assert_eq!(requests(&app.press("3")), [Request::ListRecoveries(ListRecoveries)]);
    app.answer(Answer::Recoveries(list));
    app
}

fn under_cursor(app: &AppDriver) -> Option<String> {
    app.model.selected_recovery().map(|row| row.item.display_name.clone())
}

fn question(app: &AppDriver) -> &Confirm {
    match app.model.overlays.last() {
        Some(Overlay::Confirm(ask)) => ask,
        other => panic!("no question: {other:?}"),
    }
}

fn recovered(name: &str) -> Answer {
    Answer::Person(Box::new(Person { etag: Some(Etag::new("2")), ..person(name) }))
}

#[test]
fn the_oldest_is_first_and_the_row_gives_its_company() {
    let mut app = app(three());
    assert_eq!((under_cursor(&app).as_deref(), app.selected().as_deref()), (Some("Old"), Some("B")));
    app.press("j");
    assert_eq!((under_cursor(&app).as_deref(), app.selected().as_deref()), (Some("Mid"), Some("C")));
    let out = app.press("l");
    assert!(matches!(&requests(&out)[..], [Request::Launch(Launch { company, .. })] if company.as_str() == "C"));
    app.press("enter");
    assert_eq!(app.model.rows.people.key, Some(UserId::new("Mid")), "and whom it was about");
    assert_eq!(
        (app.model.screen, app.model.tab, app.selected().as_deref()),
        (Screen::Companies, Tab::People, Some("C"))
    );
}

#[test]
fn it_is_asked_for_again_only_while_it_is_looked_at() {
    let mut app = app(three());
    assert_eq!(requests(&app.pass(20_000)).len(), 0);
    assert!(next_wake(&app.model).is_some_and(|moment| moment > app.now), "nothing wakes us in vain");
    let out = app.pass(10_000);
    assert!(requests(&out).contains(&Request::ListRecoveries(ListRecoveries)));
    assert!(next_wake(&app.model).is_some_and(|moment| moment > app.now), "a late answer is no reason to spin");
    app.answer(Answer::Recoveries(three()));
    app.press("1");
    assert!(!requests(&app.pass(60_000)).contains(&Request::ListRecoveries(ListRecoveries)));
    assert!(requests(&app.press("3")).contains(&Request::ListRecoveries(ListRecoveries)), "opening it asks");
}

#[test]
fn a_failed_refresh_keeps_the_list_and_the_refresh_key_tries_again() {
    let mut app = app(three());
    app.pass(30_000);
    app.fail(lost(Operation::LoadRecoveries));
    assert_eq!(under_cursor(&app).as_deref(), Some("Old"));
    assert!(app.model.recoveries.list.loads().all(|(_, load)| load.error().is_some()));
    app.answer(changes(Vec::new(), &[]));
    assert!(requests(&app.press("r")).contains(&Request::ListRecoveries(ListRecoveries)));
}

#[test]
fn what_waits_for_us_is_completed_and_leaves_the_list() {
    let mut app = app(three());
    app.press("R");
    assert_eq!(requests(&app.press("enter")), [], "Enter alone confirms nothing");
    let out = app.press("R y enter");
    assert!(matches!(&requests(&out)[..],
        [Request::ChangePerson(ChangePerson { company, user, act: PersonAct::CompleteRecovery, .. })]
            if company.as_str() == "B" && user.as_str() == "Old"));
    let out = app.answer(recovered("Old"));
    assert!(requests(&out).contains(&Request::ListRecoveries(ListRecoveries)), "and the list is asked for");
    assert_eq!(under_cursor(&app).as_deref(), Some("Mid"), "the next one takes its row");
    assert!(app.model.overlays.is_empty());
}

#[test]
fn what_waits_for_the_person_can_only_be_cancelled() {
    let mut app = app(three());
    app.press("j");
    assert_eq!(
        Command::Recover.ready(&app.model),
        Err(DisabledReason::PeopleAction(PeopleDisabledReason::WaitsForPerson))
    );
    assert_eq!(
        Command::MakeOwner.ready(&app.model),
        Err(DisabledReason::PeopleAction(PeopleDisabledReason::OnlyInPeople))
    );
    let out = app.press("X y enter");
    assert!(matches!(
        &requests(&out)[..],
        [Request::ChangePerson(ChangePerson { act: PersonAct::CancelRecovery, .. })]
    ));
}

#[test]
fn nobody_completes_their_own_recovery() {
    let app = app(vec![open("A", "TOMMA", 1, PersonState::RecoveryAwaitingCompletion)]);
    for command in [Command::Recover, Command::CancelRecovery] {
        assert_eq!(command.ready(&app.model), Err(DisabledReason::PeopleAction(PeopleDisabledReason::Yourself)));
    }
}

#[test]
fn few_who_could_complete_it_are_pointed_out() {
    for (count, wanted) in [(0, vec![Warning::FewRecoverers(0)]), (1, vec![Warning::FewRecoverers(1)]), (2, vec![])] {
        let waiting = open("A", "Young", 1, PersonState::RecoveryAwaitingCompletion);
        let mut app = app(vec![Recovery { recoverers: count, ..waiting }]);
        app.press("R");
        let About::Person { warnings, .. } = &question(&app).about else { panic!("a vault") };
        assert_eq!(*warnings, wanted, "{count}");
    }
}

#[test]
fn what_somebody_else_completed_is_under_no_command() {
    let mut app = app(three());
    app.press("j k R");
    app.press("y");
    app.pass(30_000);
    app.answer(Answer::Recoveries(vec![three().remove(0), three().remove(2)]));
    assert_eq!(question(&app).hindered, Some(PeopleDisabledReason::Gone));
    assert_eq!(requests(&app.press("y enter")), []);
    assert_eq!((under_cursor(&app), app.selected()), (None, None), "better none than the wrong one");
    assert_eq!(Command::Recover.ready(&app.model), Err(DisabledReason::NoCompany));
    app.press("j");
    assert_eq!(under_cursor(&app).as_deref(), Some("Mid"));
}

#[test]
fn a_stale_revision_is_shown_anew() {
    let mut app = app(three());
    app.press("R y enter");
    let out = app.fail(error(Operation::Recover, Cause::ChangedMeanwhile));
    assert!(requests(&out).contains(&Request::ListRecoveries(ListRecoveries)));
    let mut list = three();
    list[1].etag = Some(Etag::new("7"));
    app.answer(Answer::Recoveries(list));
    assert!(question(&app).changed && !question(&app).go);
    let out = app.press("y enter");
    assert!(
        matches!(&requests(&out)[..], [Request::ChangePerson(ChangePerson { etag: Some(etag), .. })] if etag.as_str() == "7")
    );
}
