//! The tab *Vaults*: access for oneself, and the way into a vault.

use crate::app::command::{Command, DisabledReason};
use crate::app::features::people::{Confirm, PeopleDisabledReason, PeopleNotice};
use crate::app::fixture::*;
use crate::app::overlay::Overlay;
use crate::app::toast::Notification;
use crate::app::update::tests::people::MAY;
use crate::domain::company::AdvancedPermissions;
use crate::domain::error::{Cause, Operation};
use crate::domain::id::{CompanyId, VaultId};
use crate::domain::launch::Target;
use crate::domain::request::{Answer, GrantVault, Launch, ListVaults, Request};
use crate::domain::vault::Vault;

fn vault(id: &str, name: &str, has_access: bool) -> Vault {
    let (item_count, people_count) = (3, 2);
    Vault { id: VaultId::new(id), name: name.into(), description: None, item_count, people_count, has_access }
}

pub(super) fn app(allowed_by_company: bool, granted_to_me: bool) -> AppDriver {
    let mut all = four();
    all[1].advanced_permissions = Some(AdvancedPermissions { allowed_by_company, granted_to_me });
    let mut app = AppDriver::as_who(AppDriver::options(), &MAY, all);
    // Through two other tabs, which load theirs.
    let asked = requests(&app.press("enter [ [ ["));
    assert_eq!(asked.last(), Some(&Request::ListVaults(ListVaults { company: CompanyId::new("A") })));
    app.answer(Answer::Vaults(vec![vault("S", "Shared", true), vault("F", "Finance", false)]));
    app
}

fn question(app: &AppDriver) -> &Confirm {
    match app.model.overlays.last() {
        Some(Overlay::Confirm(ask)) => ask,
        other => panic!("no question: {other:?}"),
    }
}

#[test]
fn access_needs_advanced_permission_and_says_whose_is_missing() {
    for (company, me, wanted) in [
        (true, true, Ok(())),
        (false, true, Err(DisabledReason::PeopleAction(PeopleDisabledReason::AdvancedOff))),
        (true, false, Err(DisabledReason::PeopleAction(PeopleDisabledReason::AdvancedNotGranted))),
        (false, false, Err(DisabledReason::PeopleAction(PeopleDisabledReason::AdvancedOff))),
    ] {
        assert_eq!(Command::GrantVault.ready(&app(company, me).model), wanted);
    }
    let mut app = app(true, true);
    app.press("j");
    assert_eq!(
        Command::GrantVault.ready(&app.model),
        Err(DisabledReason::PeopleAction(PeopleDisabledReason::HasAccess))
    );
}

#[test]
fn a_vault_is_viewed_where_there_is_access() {
    let mut app = app(true, true);
    assert_eq!(
        Command::ViewVault.ready(&app.model),
        Err(DisabledReason::PeopleAction(PeopleDisabledReason::NoAccess("v".into())))
    );
    let out = app.press("j w");
    assert!(matches!(&requests(&out)[..],
        [Request::Launch(Launch { target: Target::Vaults, vault: Some(vault), .. })] if vault.as_str() == "S"));
}

#[test]
fn access_is_asked_for_then_given_and_shown() {
    let mut app = app(true, true);
    assert_eq!(requests(&app.press("v enter")), [], "Enter alone confirms nothing");
    let out = app.press("v y enter");
    assert!(matches!(&requests(&out)[..], [Request::GrantVault(GrantVault { vault, .. })] if vault.as_str() == "F"));
    app.answer(Answer::Vault(Box::new(vault("F", "Finance", true))));
    assert!(app.model.overlays.is_empty());
    assert_eq!(Command::ViewVault.ready(&app.model), Ok(()));
    assert!(
        matches!(&app.model.toasts.last().unwrap().says, Notification::PeopleAction(PeopleNotice::Granted { vault, .. }) if vault == "Finance")
    );
}

#[test]
fn a_refusal_stays_in_the_question_and_a_lost_answer_is_the_same_intent() {
    let mut app = app(true, true);
    app.press("v");
    app.press("y enter");
    let first = question(&app).submission.key().cloned();
    app.fail(lost(Operation::GrantVault));
    assert_eq!(question(&app).submission.key(), first.as_ref());
    app.press("y enter");
    app.fail(error(Operation::GrantVault, Cause::AdvancedOff));
    assert_ne!(question(&app).submission.key(), first.as_ref());
    assert_eq!(question(&app).submission.error().unwrap().cause, Cause::AdvancedOff);
}

#[test]
fn a_failed_load_waits_for_the_refresh_key() {
    let mut app = AppDriver::as_who(AppDriver::options(), &MAY, four());
    app.press("enter [ [ [");
    app.fail(lost(Operation::LoadVaults));
    assert_eq!(requests(&app.pass(1_000)), []);
    assert_eq!(Command::GrantVault.ready(&app.model), Err(DisabledReason::PeopleAction(PeopleDisabledReason::NoVault)));
    assert!(requests(&app.press("r")).contains(&Request::ListVaults(ListVaults { company: CompanyId::new("A") })));
}
