//! What may be done to whom. The server holds the same rules; here they become reasons before anything is sent.

use crate::app::command::Command;
use crate::app::features::people::ask::{Act, Group, can_recover, group_id};
use crate::app::model::{Details, Model, Pane, Tab};
use crate::app::screen::Screen;
use crate::domain::id::{CompanyKey, Etag, ProfileId, UserId};
use crate::domain::people::{GroupKind, Person, PersonKind, PersonState};
use crate::domain::recovery::{PersonAct, Recovery};

/// Why something cannot be done to a person or a vault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PeopleDisabledReason {
    /// Who it was about is not there any more, or their recovery is not open any more.
    Gone,
    /// Nobody is selected: the tab *People* is where people are.
    Nobody,
    /// Only in the tab *People*, not on the screen of recoveries.
    OnlyInPeople,
    /// Technicians are not owners, and are not suspended or recovered from here.
    Technician,
    Guest,
    Deleted,
    /// A word of a newer server: what it allows is not known.
    Unknown,
    /// Nobody recovers themself.
    Yourself,
    Already(Group),
    InNeither,
    /// The groups of the company are not there yet, or could not be loaded.
    NoGroups,
    /// Only people who are active are suspended and recovered.
    NotActive,
    /// They have to make a new password first.
    WaitsForPerson,
    NoRecovery,
    /// No vault is selected: the tab *Vaults* is where vaults are.
    NoVault,
    HasAccess,
    /// The technician has no access yet; this key gives it.
    NoAccess(String),
    /// An Owner of the company does not allow *Advanced permissions*.
    AdvancedOff,
    /// The MSP account has not granted *Advanced permissions* to this technician.
    AdvancedNotGranted,
}

/// Whom something is done to, as far as it is known where the cursor stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Subject {
    pub user: UserId,
    pub etag: Option<Etag>,
    /// Their name, or their address if they have none.
    pub name: String,
    pub email: String,
    /// Where they stand.
    pub state: PersonState,
    pub recovers: bool,
    /// How many others could complete their recovery, if the server said so.
    pub recoverers: Option<u32>,
}

impl From<&Person> for Subject {
    fn from(person: &Person) -> Self {
        Self {
            user: person.id.clone(),
            etag: person.etag.clone(),
            name: named(&person.display_name, &person.email),
            email: person.email.clone(),
            state: person.state.clone(),
            recovers: can_recover(person),
            recoverers: None,
        }
    }
}

impl From<&Recovery> for Subject {
    fn from(recovery: &Recovery) -> Self {
        Self {
            user: recovery.user.clone(),
            etag: recovery.etag.clone(),
            name: named(&recovery.display_name, &recovery.email),
            email: recovery.email.clone(),
            state: recovery.stage.clone(),
            recovers: false,
            recoverers: Some(recovery.recoverers),
        }
    }
}

/// The name, or the address of somebody who has none.
fn named(name: &str, email: &str) -> String {
    if name.trim().is_empty() { email.to_owned() } else { name.to_owned() }
}

/// Whom the command is about and what it would do, or why it cannot be done.
pub fn subject(command: Command, model: &Model) -> Result<(Subject, Act), PeopleDisabledReason> {
    let me = |profile: &ProfileId| model.accounts.session(profile).map(|session| &session.technician.id);
    match model.screen {
        Screen::Recoveries => {
            let row = model.selected_recovery().ok_or(PeopleDisabledReason::Nobody)?;
            let act = of_recovery(command, &row.item, me(&row.profile))?;
            Ok((Subject::from(&row.item), act))
        }
        Screen::Companies if model.pane == Pane::Company && model.tab == Tab::People => {
            let person = model.selected_person().ok_or(PeopleDisabledReason::Nobody)?;
            let details = model.selected_details().ok_or(PeopleDisabledReason::Nobody)?;
            let me = model.pinned.as_ref().and_then(|key| me(&key.profile));
            let act = of_person(command, person, details, me)?;
            Ok((Subject::from(person), act))
        }
        _ => Err(PeopleDisabledReason::Nobody),
    }
}

/// What this command would do to this open recovery.
pub fn of_recovery(command: Command, recovery: &Recovery, me: Option<&UserId>) -> Result<Act, PeopleDisabledReason> {
    if !matches!(command, Command::Recover | Command::CancelRecovery) {
        return Err(PeopleDisabledReason::OnlyInPeople);
    }
    if me == Some(&recovery.user) {
        return Err(PeopleDisabledReason::Yourself);
    }
    match (command, &recovery.stage) {
        (Command::CancelRecovery, _) => Ok(Act::Change(PersonAct::CancelRecovery)),
        (_, PersonState::RecoveryAwaitingCompletion) => Ok(Act::Change(PersonAct::CompleteRecovery)),
        _ => Err(PeopleDisabledReason::WaitsForPerson),
    }
}

/// What this command would do to this person.
pub fn of_person(
    command: Command,
    person: &Person,
    details: &Details,
    me: Option<&UserId>,
) -> Result<Act, PeopleDisabledReason> {
    let recovers = matches!(command, Command::Recover | Command::CancelRecovery);
    match (&person.kind, &person.state) {
        _ if recovers && me == Some(&person.id) => return Err(PeopleDisabledReason::Yourself),
        (PersonKind::Technician, _) => return Err(PeopleDisabledReason::Technician),
        (_, PersonState::Deleted) => return Err(PeopleDisabledReason::Deleted),
        (_, PersonState::Other(_)) => return Err(PeopleDisabledReason::Unknown),
        (PersonKind::Other(_), _) if person.kind.is_known() => return Err(PeopleDisabledReason::Unknown),
        _ => {}
    }
    match command {
        Command::MakeOwner => add(person, details, Group::Owners),
        Command::MakeAdministrator => add(person, details, Group::Administrators),
        Command::TakeAway => take_away(person),
        Command::Suspend => match person.state {
            PersonState::Suspended => Ok(Act::Change(PersonAct::Reactivate)),
            PersonState::Active => Ok(Act::Change(PersonAct::Suspend)),
            _ => Err(PeopleDisabledReason::NotActive),
        },
        Command::Recover => match person.state {
            PersonState::RecoveryAwaitingCompletion => Ok(Act::Change(PersonAct::CompleteRecovery)),
            PersonState::RecoveryStarted => Err(PeopleDisabledReason::WaitsForPerson),
            PersonState::Active => Ok(Act::Change(PersonAct::BeginRecovery)),
            _ => Err(PeopleDisabledReason::NotActive),
        },
        Command::CancelRecovery => match person.state {
            PersonState::RecoveryAwaitingCompletion | PersonState::RecoveryStarted => {
                Ok(Act::Change(PersonAct::CancelRecovery))
            }
            _ => Err(PeopleDisabledReason::NoRecovery),
        },
        _ => Err(PeopleDisabledReason::Nobody),
    }
}

fn add(person: &Person, details: &Details, group: Group) -> Result<Act, PeopleDisabledReason> {
    if person.kind == PersonKind::Guest {
        return Err(PeopleDisabledReason::Guest);
    }
    if person.is_in(&group.kind()) {
        return Err(PeopleDisabledReason::Already(group));
    }
    group_id(details, group).map(|id| Act::Add(group, id)).ok_or(PeopleDisabledReason::NoGroups)
}

fn take_away(person: &Person) -> Result<Act, PeopleDisabledReason> {
    let which = |kind: &GroupKind| match kind {
        GroupKind::Owners => Some(Group::Owners),
        GroupKind::Administrators => Some(Group::Administrators),
        _ => None,
    };
    let from: Vec<_> = person.memberships().iter().filter_map(|it| Some((which(&it.kind)?, it.id.clone()))).collect();
    if from.is_empty() { Err(PeopleDisabledReason::InNeither) } else { Ok(Act::TakeAway { from, chosen: 0 }) }
}

/// A change of this person is under way.
pub fn under_way(model: &Model, key: &CompanyKey, user: &UserId) -> bool {
    use crate::app::features::people::PeopleRequest;
    use crate::app::tickets::PendingRequest;
    model.tickets.open().any(|(_, purpose)| {
        matches!(purpose, PendingRequest::PeopleAction(PeopleRequest::Change(change)) if change.key == *key && change.user == *user)
    })
}
