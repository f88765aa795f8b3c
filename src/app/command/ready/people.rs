//! People, recoveries and vaults: whether a command can run now.

use crate::app::command::Command;
use crate::app::command::ready::DisabledReason;
use crate::app::features::people;
use crate::app::features::people::{PeopleDisabledReason, Wait, under_way};
use crate::app::model::{Model, Pane, Tab};
use crate::app::screen::Screen;
use crate::app::tickets::PendingRequest;
use crate::domain::company::CompanyState;

pub(super) fn ready(command: Command, model: &Model) -> Result<(), DisabledReason> {
    match command {
        // From the recoveries, and from a company that is gone, it searches the list.
        Command::FindPerson if model.screen == Screen::Recoveries => Ok(()),
        Command::FindPerson if model.screen == Screen::Companies && model.tab == Tab::People => Ok(()),
        Command::FindPerson => Err(PeopleDisabledReason::OnlyInPeople.into()),
        Command::GrantVault | Command::ViewVault => vault(command, model),
        _ => person(command, model),
    }
}

impl From<PeopleDisabledReason> for DisabledReason {
    fn from(hindrance: PeopleDisabledReason) -> Self {
        Self::PeopleAction(hindrance)
    }
}

fn person(command: Command, model: &Model) -> Result<(), DisabledReason> {
    let (key, company) = model.selected().ok_or(DisabledReason::NoCompany)?;
    if company.state == CompanyState::Unlinked {
        return Err(DisabledReason::AlreadyUnlinked { trial_end: company.trial_end_time });
    }
    let (subject, _) = people::subject(command, model)?;
    if under_way(model, &key, &subject.user) { Err(DisabledReason::UnderWay) } else { Ok(()) }
}

fn vault(command: Command, model: &Model) -> Result<(), DisabledReason> {
    let (key, company) = model.selected().ok_or(DisabledReason::NoCompany)?;
    if company.state == CompanyState::Unlinked {
        return Err(DisabledReason::AlreadyUnlinked { trial_end: company.trial_end_time });
    }
    let here = model.screen == Screen::Companies && model.pane == Pane::Company && model.tab == Tab::Vaults;
    let vault = model.selected_vault().filter(|_| here).ok_or(PeopleDisabledReason::NoVault)?;
    let granting = |purpose: &PendingRequest| matches!(purpose, PendingRequest::PeopleAction(Wait::Grant { key: of, vault: id, .. }) if *of == key && *id == vault.id);
    let advanced = company.advanced_permissions;
    match command {
        Command::ViewVault if !vault.has_access => {
            let key = model.options.keymap.keys(Command::GrantVault).first().map(ToString::to_string);
            Err(PeopleDisabledReason::NoAccess(key.unwrap_or_else(|| Command::GrantVault.row().id.to_owned())).into())
        }
        Command::ViewVault if model.tickets.launching(&key) => Err(DisabledReason::UnderWay),
        Command::ViewVault => Ok(()),
        _ if vault.has_access => Err(PeopleDisabledReason::HasAccess.into()),
        _ if !advanced.allowed_by_company => Err(PeopleDisabledReason::AdvancedOff.into()),
        _ if !advanced.granted_to_me => Err(PeopleDisabledReason::AdvancedNotGranted.into()),
        _ if model.tickets.open().any(|(_, purpose)| granting(purpose)) => Err(DisabledReason::UnderWay),
        _ => Ok(()),
    }
}
