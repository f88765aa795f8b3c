//! *The answer was lost: was it done?* is answered alike at every door that writes: by the key of the next try and by
//! what is said.

use crate::app::effect::Effect;
use crate::app::features::form::Field;
use crate::app::fixture::*;
use crate::app::msg::{Msg, Reply};
use crate::app::overlay::Overlay;
use crate::app::toast::Kind;
use crate::app::update::tests::{form, links, people, vaults};
use crate::domain::company::{Attention, Company};
use crate::domain::error::{Cause, Error, Operation, Outcome};
use crate::domain::link::LinkState;
use crate::domain::request::{
    AcceptLink, AddCompany, AddMember, Answer, CancelLink, ChangePerson, EditCompany, EditStep, GrantVault,
    IdempotencyKey, RemoveMember, Request, Unlink,
};

/// A way to change something that may be tried again.
struct Door {
    name: &'static str,
    what: Operation,
    /// Up to the first try.
    first: fn() -> (AppDriver, Vec<Effect>),
    /// The next one.
    again: fn(&mut AppDriver) -> Vec<Effect>,
}

const DOORS: [Door; 12] = [
    Door { name: "unlink", what: Operation::Unlink, first: unlink, again: unlink_again },
    Door { name: "unlink of many", what: Operation::Unlink, first: unlink_many, again: unlink_many_again },
    Door { name: "tags", what: Operation::EditCompany, first: tags, again: enter },
    Door { name: "tags of many", what: Operation::EditCompany, first: tags_of_many, again: r },
    Door { name: "note", what: Operation::EditSetup, first: note, again: enter },
    Door { name: "new company", what: Operation::AddCompany, first: add, again: enter },
    Door { name: "accept a link", what: Operation::AcceptLink, first: accept, again: enter },
    Door { name: "cancel a link", what: Operation::CancelLink, first: cancel, again: tab_enter },
    Door { name: "suspend", what: Operation::ChangePerson, first: || asked(people::at("Dora"), "p"), again: y_enter },
    Door {
        name: "make an owner",
        what: Operation::ChangeGroup,
        first: || asked(people::at("Dora"), "o"),
        again: y_enter,
    },
    Door { name: "recover", what: Operation::Recover, first: || asked(people::at("Gala"), "X"), again: y_enter },
    Door { name: "vault", what: Operation::GrantVault, first: || asked(vaults::app(true, true), "v"), again: y_enter },
];

fn pressed(mut app: AppDriver, keys: &str) -> (AppDriver, Vec<Effect>) {
    let out = app.press(keys);
    (app, out)
}

fn asked(mut app: AppDriver, key: &str) -> (AppDriver, Vec<Effect>) {
    app.press(key);
    pressed(app, "y enter")
}

fn enter(app: &mut AppDriver) -> Vec<Effect> {
    app.press("enter")
}

fn r(app: &mut AppDriver) -> Vec<Effect> {
    app.press("r")
}

fn y_enter(app: &mut AppDriver) -> Vec<Effect> {
    app.press("y enter")
}

fn tab_enter(app: &mut AppDriver) -> Vec<Effect> {
    app.press("tab enter")
}

/// Answers the pre-flight if one is waited for.
fn checked(app: &mut AppDriver) {
    let waits = |effect: &Effect| matches!(effect, Effect::Call { request: Request::UnlinkPreflight(_), .. });
    if app.open.iter().any(waits) {
        app.answer(Answer::Preflight(allowed(&company("A", "Alpen"))));
    }
}

fn unlink() -> (AppDriver, Vec<Effect>) {
    let mut app = AppDriver::with(four());
    app.press("u");
    let out = unlink_again(&mut app);
    (app, out)
}

fn unlink_again(app: &mut AppDriver) -> Vec<Effect> {
    checked(app);
    app.press("tab ctrl-u");
    app.type_in("Alpen");
    app.press("tab enter")
}

fn unlink_many() -> (AppDriver, Vec<Effect>) {
    let mut app = AppDriver::with(four());
    // Of a single one the name would be typed: the other is left out.
    app.press("space space b 5");
    app.answer(Answer::Preflight(allowed(&company("A", "Alpen"))));
    app.answer(Answer::Preflight(blocked(&company("B", "Brightwater"))));
    let out = count(&mut app);
    (app, out)
}

fn count(app: &mut AppDriver) -> Vec<Effect> {
    checked(app);
    app.press("tab 1 enter enter")
}

fn unlink_many_again(app: &mut AppDriver) -> Vec<Effect> {
    app.press("r");
    count(app)
}

fn tags() -> (AppDriver, Vec<Effect>) {
    pressed(AppDriver::with(four()), "t v i p enter")
}

fn tags_of_many() -> (AppDriver, Vec<Effect>) {
    let (app, _) = pressed(AppDriver::with(four()), "space space t v i p enter");
    let (mut app, out) = pressed(app, "tab enter");
    // The other one is done: what is tried again is the one that failed.
    let done = Company { tags: vec!["vip".into()], ..newer(company("B", "Brightwater")) };
    let to = app.waiting(|effect| matches!(effect, Effect::Call { request: Request::EditCompany(EditCompany { company, .. }), .. } if company.as_str() == "B"));
    app.reply(to, Reply::Api(Ok(Answer::Company(Box::new(done)))));
    (app, out)
}

fn note() -> (AppDriver, Vec<Effect>) {
    pressed(AppDriver::at_setup(), "e h i enter")
}

fn add() -> (AppDriver, Vec<Effect>) {
    let mut app = form::blank();
    form::fill(&mut app, Field::Name, "Nordlicht");
    form::at(&mut app, Field::Save);
    pressed(app, "enter")
}

fn accept() -> (AppDriver, Vec<Effect>) {
    let mut app = AppDriver::as_who(AppDriver::options(), &FORM_PERMISSIONS, four());
    app.press("n j enter");
    app.send(Msg::Paste(links::address("1password.eu")));
    pressed(app, "enter")
}

fn cancel() -> (AppDriver, Vec<Effect>) {
    pressed(links::with(vec![links::link("L", LinkState::Requested)]), "d tab enter")
}

/// The key of the write among these effects.
fn key_of(out: &[Effect], door: &Door) -> IdempotencyKey {
    let writes: Vec<Request> = requests(out).into_iter().filter(|request| request.operation() == door.what).collect();
    match writes.first() {
        Some(
            Request::EditCompany(EditCompany { key, .. })
            | Request::Unlink(Unlink { key, .. })
            | Request::EditStep(EditStep { key, .. })
            | Request::AddCompany(AddCompany { key, .. })
            | Request::AcceptLink(AcceptLink { key, .. })
            | Request::CancelLink(CancelLink { key, .. })
            | Request::AddMember(AddMember { key, .. })
            | Request::RemoveMember(RemoveMember { key, .. })
            | Request::ChangePerson(ChangePerson { key, .. })
            | Request::GrantVault(GrantVault { key, .. }),
        ) => key.clone(),
        _ => panic!("{} writes nothing: {out:?}", door.name),
    }
}

/// The first try of the door fails like this.
fn fail(app: &mut AppDriver, door: &Door, cause: Cause) {
    let is = |effect: &Effect| matches!(effect, Effect::Call { request, .. } if request.operation() == door.what);
    let to = app.waiting(is);
    app.reply(to, Reply::Api(Err(error(door.what, cause))));
    // Whatever is asked for after it answers that nothing changed.
    let news = |effect: &Effect| matches!(effect, Effect::Call { request: Request::ListChanges(_), .. });
    if app.open.iter().any(news) {
        app.answer(changes(Vec::new(), &[]));
    }
}

/// What the door says of its last try.
fn told(app: &AppDriver) -> Error {
    let error = app.model.overlays.iter().rev().find_map(|overlay| match overlay {
        Overlay::Unlink(dialog) => dialog.submission.error().cloned(),
        Overlay::Tags(dialog) => dialog.submission.error().cloned(),
        Overlay::Note(dialog) => dialog.submission.error().cloned(),
        Overlay::Form(form) => form.submission.error().cloned(),
        Overlay::Confirm(ask) => ask.submission.error().cloned(),
        Overlay::AcceptLink(dialog) => dialog.submission.error().cloned(),
        Overlay::CancelLink(dialog) => dialog.submission.error().cloned(),
        Overlay::Bulk(bulk) => bulk.items.iter().find_map(|item| match &item.how {
            crate::app::features::bulk::How::Failed(error) => Some((**error).clone()),
            _ => None,
        }),
        _ => None,
    });
    error.expect("a failed try is told")
}

#[test]
fn the_key_is_kept_after_a_lost_answer_and_only_then() {
    for door in &DOORS {
        for cause in every_because() {
            let (mut app, out) = (door.first)();
            let first = key_of(&out, door);
            fail(&mut app, door, cause.clone());
            let lost = cause.outcome() == Outcome::Unknown;
            assert_eq!(told(&app).outcome_unknown(), lost, "{} {cause:?}", door.name);
            let again = key_of(&(door.again)(&mut app), door);
            assert_eq!(again == first, lost, "{} {cause:?}", door.name);
        }
    }
}

/// The second try gets nowhere, and says so: that is no word on the first.
#[test]
fn a_doubt_lasts_until_an_answer_settles_it() {
    for door in &DOORS {
        for cause in every_because() {
            let (mut app, out) = (door.first)();
            let first = key_of(&out, door);
            fail(&mut app, door, Cause::TimedOut { seconds: 10 });
            assert_eq!(key_of(&(door.again)(&mut app), door), first);
            fail(&mut app, door, cause.clone());
            let doubt = cause.outcome() != Outcome::Answered;
            assert_eq!(told(&app).outcome_unknown(), doubt, "{} {cause:?}", door.name);
            assert_eq!(key_of(&(door.again)(&mut app), door) == first, doubt, "{} {cause:?}", door.name);
        }
    }
}

/// What is not tried again but done anew says the same.
#[test]
fn a_notice_of_what_may_be_done_is_none_of_a_failure() {
    let launch = || pressed(AppDriver::with(four()), "l").0;
    let step = || pressed(AppDriver::at_setup(), "x enter").0;
    let later = || {
        let attention = vec![Attention::SingleOwner];
        pressed(AppDriver::with(vec![Company { attention, ..company("A", "Alpen") }]), "Z 1").0
    };
    let doors: [(Operation, &dyn Fn() -> AppDriver); 3] =
        [(Operation::Launch, &launch), (Operation::EditSetup, &step), (Operation::EditCompany, &later)];
    for (what, door) in doors {
        for cause in every_because() {
            let mut app = door();
            app.fail(error(what, cause.clone()));
            let says = &app.model.toasts.last().unwrap().says;
            let lost = cause.outcome() == Outcome::Unknown;
            assert_eq!(says.kind(), if lost { Kind::Unknown } else { Kind::Failed }, "{what:?} {cause:?}");
        }
    }
}

#[test]
fn an_undo_whose_answer_was_lost_can_be_tried_again_and_no_other() {
    for cause in every_because() {
        let (mut app, _) = tags();
        app.answer(Answer::Company(Box::new(Company { tags: vec!["vip".into()], ..newer(company("A", "Alpen")) })));
        app.answer(changes(Vec::new(), &[]));
        let first = requests(&app.press("U"));
        app.fail(error(Operation::EditCompany, cause.clone()));
        let lost = cause.outcome() == Outcome::Unknown;
        let says = app.model.toasts.last().unwrap().says.clone();
        assert_eq!(says.kind() == Kind::Unknown, lost, "{cause:?}");
        let again: Vec<Request> = requests(&app.press("U")).into_iter().filter(Request::writes).collect();
        assert_eq!(again == first, lost, "{cause:?}: {again:?}");
    }
}

#[test]
fn only_what_writes_can_be_in_doubt() {
    for cause in every_because() {
        let read = error(Operation::LoadCompany, cause.clone());
        assert!(!read.outcome_unknown(), "{cause:?}");
        let rehearsed = error(Operation::Unlink, cause.clone()).after(true).of_rehearsal();
        assert!(!rehearsed.outcome_unknown(), "{cause:?}");
    }
    // What failed was the sign-in, but the write had gone out before.
    assert!(lost(Operation::SignIn).after(true).outcome_unknown());
}
