//! Read-only mode, by flag and by role, in one place.

use super::{Command, Danger, DisabledReason, Target};
use crate::app::model::Model;
use crate::domain::id::ProfileId;
use std::collections::BTreeSet;

/// Whether this technician may run it in any of these accounts.
pub fn permitted_among<'a>(
    command: Command,
    model: &Model,
    profiles: impl IntoIterator<Item = &'a ProfileId>,
) -> Result<(), DisabledReason> {
    let mut first = None;
    for profile in profiles {
        match permitted_in(command, model, profile) {
            Ok(()) => return Ok(()),
            Err(why) => first = first.or(Some(why)),
        }
    }
    Err(first.unwrap_or(DisabledReason::NotSignedIn))
}

/// Whether this technician may run it in this account.
pub fn permitted_in(command: Command, model: &Model, profile: &ProfileId) -> Result<(), DisabledReason> {
    let row = command.row();
    let Some(account) = model.accounts.get(profile) else { return Err(DisabledReason::NoCompany) };
    if row.danger == Danger::Reads {
        return Ok(());
    }
    if account.read_only {
        return Err(DisabledReason::ReadOnly);
    }
    if row.danger == Danger::Destroys && account.sync.kept && !account.sync.fresh {
        return Err(DisabledReason::NotFresh(account.sync.synced_at));
    }
    let Some(session) = account.session.value().filter(|_| account.confirmed.is_some()) else {
        return Err(if account.refused() { DisabledReason::NotLetIn } else { DisabledReason::NotSignedIn });
    };
    match row.needs {
        _ if session.permissions.view_only() => Err(DisabledReason::ViewOnly),
        Some(needed) if !session.permissions.allows(needed) => Err(DisabledReason::NotPermitted(needed.clone())),
        _ => Ok(()),
    }
}

/// The accounts that a command would be about.
pub(super) fn accounts_concerned(command: Command, model: &Model) -> Vec<ProfileId> {
    if let Target::Marked(_) = command.target(model) {
        let of: BTreeSet<&ProfileId> = model.marks.iter().map(|key| &key.profile).collect();
        let mut of_marks = model.accounts.profiles();
        of_marks.retain(|profile| of.contains(profile));
        return if of_marks.is_empty() { model.accounts.profiles() } else { of_marks };
    }
    (command.row().account)(model).map_or_else(|| model.accounts.profiles(), |profile| vec![profile])
}
