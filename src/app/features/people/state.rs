//! The tab *People*: whom it shows, what is asked before a change, and what is waited for.

pub use crate::app::core::line_search::LineSearch as PeopleSearch;

pub use super::ask::{About, Act, Confirm, Group, Warning, can_recover, fulfilled, group_id, warnings};
pub use super::counts::PeopleCounts;
pub use super::rules::{PeopleDisabledReason, Subject, of_person, of_recovery, subject, under_way};

use crate::app::model::Model;
use crate::app::screen::Screen;
use crate::domain::alphabet;
use crate::domain::id::{CompanyKey, GroupId, ProfileId, UserId, VaultId};
use crate::domain::people::{GroupKind, Person, PersonKind};
use crate::domain::recovery::PersonAct;
use crate::domain::roster::finds;
use crate::domain::text::as_seen;
use crate::domain::vault::Vault;

#[derive(Debug, Clone, PartialEq)]
pub enum PeopleRequest {
    Groups(CompanyKey),
    Change(Box<Change>),
    Recoveries(ProfileId),
    Vaults(CompanyKey),
    Grant { key: CompanyKey, vault: VaultId, name: String },
}

impl PeopleRequest {
    /// Whether it changes something on the server.
    pub fn writes(&self) -> bool {
        matches!(self, Self::Change(_) | Self::Grant { .. })
    }
}

/// A change of somebody that is under way; what it takes to tell its end when its dialog is gone.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    pub key: CompanyKey,
    pub user: UserId,
    pub person: String,
    pub done: Done,
}

/// What is done to somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Done {
    /// Put into a group, or taken out of it.
    Member {
        group: GroupId,
        kind: Group,
        added: bool,
    },
    Act(PersonAct),
}

/// What a notice tells of people and vaults.
#[derive(Debug, Clone, PartialEq)]
pub enum PeopleNotice {
    Changed {
        company: String,
        person: String,
        done: Done,
    },
    /// The technician has access to a vault now.
    Granted {
        company: String,
        vault: String,
    },
}

impl Model {
    /// The people of the selected company that the search leaves, in the order of the tab.
    pub fn people_shown(&self) -> Vec<&Person> {
        let search = self.rows.search.line.text();
        let details = self.selected_details().filter(|_| self.screen == Screen::Companies);
        let people = details.and_then(|details| details.people.value());
        people.into_iter().flatten().filter(|person| found(person, search)).collect()
    }

    /// The row of the person under the cursor, among those shown.
    pub fn person_row(&self) -> Option<usize> {
        self.rows.people.index(self.people_shown(), |person, user| person.id == *user)
    }

    /// The person under the cursor. Nobody when they vanished by themselves: better nobody than the wrong one.
    pub fn selected_person(&self) -> Option<&Person> {
        self.people_shown().get(self.person_row()?).copied()
    }

    /// The row of the vault under the cursor.
    pub fn vault_row(&self) -> Option<usize> {
        self.rows.vault.index(self.selected_details()?.vaults.value()?, |vault, id| vault.id == *id)
    }

    /// The vault under the cursor; none when it vanished.
    pub fn selected_vault(&self) -> Option<&Vault> {
        self.selected_details()?.vaults.value()?.get(self.vault_row()?)
    }
}

/// What a notice calls somebody: their name, and their address if another in what is loaded bears the name.
pub fn called(model: &Model, key: &CompanyKey, subject: &Subject) -> String {
    let same = |user: &UserId, name: &str| *user != subject.user && as_seen(name) == as_seen(&subject.name);
    let people = model.details.get(key).and_then(|details| details.people.value());
    let here = people.into_iter().flatten().any(|person| same(&person.id, &person.display_name));
    let there = model.recoveries.list.of(&key.profile).any(|it| same(&it.user, &it.display_name));
    if here || there { format!("{} ({})", subject.name, subject.email) } else { subject.name.clone() }
}

/// Every word of the search stands in the name, the address or the name of a group.
fn found(person: &Person, search: &str) -> bool {
    let groups = person.memberships().iter().map(|group| group.name.as_str());
    search.trim().is_empty()
        || finds(search, [person.display_name.as_str(), person.email.as_str()].into_iter().chain(groups))
}

/// Owners first, then administrators, members and guests, technicians last; by name within.
pub fn in_order(mut people: Vec<Person>) -> Vec<Person> {
    people.sort_by_cached_key(|person| {
        let rank = match person.kind {
            PersonKind::Technician => 4,
            _ if person.possibly_technician => 4,
            _ if person.is_in(&GroupKind::Owners) => 0,
            _ if person.is_in(&GroupKind::Administrators) => 1,
            PersonKind::Guest => 3,
            _ => 2,
        };
        (rank, alphabet::key(&person.display_name), person.id.clone())
    });
    people
}
