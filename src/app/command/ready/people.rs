//! People, recoveries and vaults: whether a command can run now.

use super::Why;
use crate::app::command::Command;
use crate::app::model::{Model, Pane, Tab};
use crate::app::people::{self, Hindrance, Wait, under_way};
use crate::app::screen::Screen;
use crate::app::tickets::Purpose;
use crate::domain::company::CompanyState;

pub(super) fn ready(command: Command, model: &Model) -> Result<(), Why> {
    match command {
        // From the recoveries, and from a company that is gone, it searches the list.
        Command::FindPerson if model.screen == Screen::Recoveries => Ok(()),
        Command::FindPerson if model.screen == Screen::Companies && model.tab == Tab::People => Ok(()),
        Command::FindPerson => Err(Hindrance::OnlyInPeople.into()),
        Command::GrantVault | Command::ViewVault => vault(command, model),
        _ => person(command, model),
    }
}

impl From<Hindrance> for Why {
    fn from(hindrance: Hindrance) -> Self {
        Self::Folk(hindrance)
    }
}

fn person(command: Command, model: &Model) -> Result<(), Why> {
    let (key, company) = model.selected().ok_or(Why::NoCompany)?;
    if company.state == CompanyState::Unlinked {
        return Err(Why::AlreadyUnlinked { trial_end: company.trial_end_time });
    }
    let (subject, _) = people::subject(command, model)?;
    if under_way(model, &key, &subject.user) { Err(Why::UnderWay) } else { Ok(()) }
}

fn vault(command: Command, model: &Model) -> Result<(), Why> {
    let (key, company) = model.selected().ok_or(Why::NoCompany)?;
    if company.state == CompanyState::Unlinked {
        return Err(Why::AlreadyUnlinked { trial_end: company.trial_end_time });
    }
    let here = model.screen == Screen::Companies && model.pane == Pane::Company && model.tab == Tab::Vaults;
    let vault = model.selected_vault().filter(|_| here).ok_or(Hindrance::NoVault)?;
    let granting = |purpose: &Purpose| matches!(purpose, Purpose::Folk(Wait::Grant { key: of, vault: id, .. }) if *of == key && *id == vault.id);
    let advanced = company.advanced_permissions;
    match command {
        Command::ViewVault if !vault.has_access => {
            let key = model.options.keymap.keys(Command::GrantVault).first().map(ToString::to_string);
            Err(Hindrance::NoAccess(key.unwrap_or_else(|| Command::GrantVault.row().id.to_owned())).into())
        }
        Command::ViewVault if model.tickets.launching(&key) => Err(Why::UnderWay),
        Command::ViewVault => Ok(()),
        _ if vault.has_access => Err(Hindrance::HasAccess.into()),
        _ if !advanced.allowed_by_company => Err(Hindrance::AdvancedOff.into()),
        _ if !advanced.granted_to_me => Err(Hindrance::AdvancedNotGranted.into()),
        _ if model.tickets.open().any(|(_, purpose)| granting(purpose)) => Err(Why::UnderWay),
        _ => Ok(()),
    }
}
