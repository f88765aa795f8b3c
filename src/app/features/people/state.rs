//! The tab *People*: whom it shows, what is asked before a change, and what is waited for.

pub use super::ask::{About, Act, Confirm, Group, Warning, can_recover, fulfilled, group_id, warnings};
pub use super::counts::PeopleCounts;
pub use super::rules::{PeopleDisabledReason, Subject, of_person, of_recovery, subject, under_way};

use crate::app::core::text_input::TextInput;
use crate::app::model::Model;
use crate::app::screen::Screen;
use crate::domain::alphabet;
use crate::domain::id::{CompanyKey, GroupId, ProfileId, UserId, VaultId};
use crate::domain::people::{GroupKind, Person, PersonKind};
use crate::domain::recovery::PersonAct;
use crate::domain::roster::finds;
use crate::domain::text::as_seen;
use crate::domain::vault::Vault;

/// The search of the tab.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PeopleSearch {
    /// The line has the keys.
    pub open: bool,
    /// What is typed.
    pub line: TextInput,
}

/// The person under the cursor: by id, so that a reload never moves a command to somebody else.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PeopleCursor {
    /// Who; nobody until moved, which is the first row.
    pub user: Option<UserId>,
    /// The row where they were last; the place to go on from when they are gone.
    pub row: usize,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Wait {
    Groups(CompanyKey),
    /// A change of somebody.
    Change(Box<Change>),
    /// Open recoveries of an account.
    Recoveries(ProfileId),
    Vaults(CompanyKey),
    /// Access to a vault.
    Grant {
        key: CompanyKey,
        vault: VaultId,
        name: String,
    },
}

impl Wait {
    /// Whether it changes something on the server.
    #[must_use]
    pub fn writes(&self) -> bool {
        matches!(self, Self::Change(_) | Self::Grant { .. })
    }
}

/// A change of somebody that is under way; what it takes to tell its end when its dialog is gone.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    pub key: CompanyKey,
    /// Whom.
    pub user: UserId,
    /// Their name.
    pub person: String,
    pub done: Done,
}

/// What is done to somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Done {
    /// Put into a group, or taken out of it.
    Member {
        group: GroupId,
        /// Which of the two.
        kind: Group,
        /// Put into it.
        added: bool,
    },
    /// A custom verb.
    Act(PersonAct),
}

/// What a notice tells of people and vaults.
#[derive(Debug, Clone, PartialEq)]
pub enum Said {
    /// Somebody was changed.
    Changed {
        /// The company's name.
        company: String,
        /// The person's name.
        person: String,
        done: Done,
    },
    /// The technician has access to a vault now.
    Granted {
        /// The company's name.
        company: String,
        /// The vault's name.
        vault: String,
    },
}

impl Model {
    /// The people of the selected company that the search leaves, in the order of the tab.
    #[must_use]
    pub fn people_shown(&self) -> Vec<&Person> {
        let search = self.rows.search.line.text();
        let details = self.selected_details().filter(|_| self.screen == Screen::Companies);
        let people = details.and_then(|details| details.people.value());
        people.into_iter().flatten().filter(|person| found(person, search)).collect()
    }

    /// The row of the person under the cursor, among those shown.
    #[must_use]
    pub fn person_row(&self) -> Option<usize> {
        let shown = self.people_shown();
        match &self.rows.people.user {
            Some(user) => shown.iter().position(|person| person.id == *user),
            None => (!shown.is_empty()).then_some(0),
        }
    }

    /// The person under the cursor. Nobody when they vanished by themselves: better nobody than the wrong one.
    #[must_use]
    pub fn selected_person(&self) -> Option<&Person> {
        self.people_shown().get(self.person_row()?).copied()
    }

    /// The row of the vault under the cursor.
    #[must_use]
    pub fn vault_row(&self) -> Option<usize> {
        let vaults = self.selected_details()?.vaults.value()?;
        match &self.rows.vault {
            Some(id) => vaults.iter().position(|vault| vault.id == *id),
            None => (!vaults.is_empty()).then_some(0),
        }
    }

    /// The vault under the cursor; none when it vanished.
    #[must_use]
    pub fn selected_vault(&self) -> Option<&Vault> {
        self.selected_details()?.vaults.value()?.get(self.vault_row()?)
    }
}

/// What a notice calls somebody: their name, and their address if another in what is loaded bears the name.
#[must_use]
pub fn called(model: &Model, key: &CompanyKey, subject: &Subject) -> String {
    let same = |user: &UserId, name: &str| *user != subject.user && as_seen(name) == as_seen(&subject.name);
    let people = model.details.get(key).and_then(|details| details.people.value());
    let here = people.into_iter().flatten().any(|person| same(&person.id, &person.display_name));
    let there = model.recoveries.list.of(&key.profile).any(|it| same(&it.user, &it.display_name));
    if here || there { format!("{} ({})", subject.name, subject.email) } else { subject.name.clone() }
}

/// Every word of the search stands in the name, the address or the name of a group.
fn found(person: &Person, search: &str) -> bool {
    let groups = person.groups.iter().map(|group| group.name.as_str());
    search.trim().is_empty()
        || finds(search, [person.display_name.as_str(), person.email.as_str()].into_iter().chain(groups))
}

/// Owners first, then administrators, members and guests, technicians last; by name within.
#[must_use]
pub fn in_order(mut people: Vec<Person>) -> Vec<Person> {
    people.sort_by_cached_key(|person| {
        let rank = match person.kind {
            PersonKind::Technician => 4,
            _ if person.is_in(&GroupKind::Owners) => 0,
            _ if person.is_in(&GroupKind::Administrators) => 1,
            PersonKind::Guest => 3,
            _ => 2,
        };
        (rank, alphabet::key(&person.display_name), person.id.clone())
    });
    people
}
