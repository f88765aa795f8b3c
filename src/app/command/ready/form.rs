//! Form and edit: whether a command can run now.

use crate::app::command::Command;
use crate::app::command::ready::DisabledReason;
use crate::app::model::Model;
use crate::domain::company::CompanyState;

pub(super) fn ready(command: Command, model: &Model) -> Result<(), DisabledReason> {
    if command == Command::NewCompany {
        return Ok(());
    }
    let (_, company) = model.selected().ok_or(DisabledReason::NoCompany)?;
    match &company.state {
        CompanyState::Unlinked => Err(DisabledReason::AlreadyUnlinked { trial_end: company.trial_end_time }),
        _ => Ok(()),
    }
}
