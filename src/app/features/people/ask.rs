//! What is asked before something is done to a person or a vault.

use crate::app::command::Command;
use crate::app::core::submission::Submission;
use crate::app::features::people::{Done, PeopleDisabledReason, Subject};
use crate::app::model::{Details, Model};
use crate::domain::id::{CompanyKey, GroupId, UserId, VaultId};
use crate::domain::people::{GroupKind, Person, PersonKind, PersonState};
use crate::domain::recovery::PersonAct;
use crate::domain::request::AddMember;
use crate::domain::request::ChangePerson;
use crate::domain::request::GrantVault;
use crate::domain::request::RemoveMember;
use crate::domain::request::{IdempotencyKey, Request};

/// A question before something is done to a person or a vault.
#[derive(Debug, Clone, PartialEq)]
pub struct Confirm {
    pub key: CompanyKey,
    pub company: String,
    /// What tells it from others of its name.
    pub distinction: Option<String>,
    pub about: About,
    /// *Do it* has the focus, not *Cancel*.
    pub go: bool,
    /// What is asked about changed since it was shown; what is shown now is new.
    pub changed: bool,
    /// Why it cannot be done any more, as it stands now.
    pub hindered: Option<PeopleDisabledReason>,
    pub submission: Submission,
}

/// What a question is about.
#[derive(Debug, Clone, PartialEq)]
pub enum About {
    Person {
        /// Whom, in the revision that is shown.
        subject: Subject,
        act: Act,
        warnings: Vec<Warning>,
    },
    /// Access to a vault for the technician.
    Vault { vault: VaultId, name: String },
}

/// What is done to a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    Add(Group, GroupId),
    /// Taken out of one of these groups; the one with this number.
    TakeAway {
        from: Vec<(Group, GroupId)>,
        chosen: usize,
    },
    Change(PersonAct),
}

/// The two groups that are given and taken from here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// *Owners*: they co-own the company with the MSP.
    Owners,
    /// *Administrators*: they co-manage it, and can also recover accounts.
    Administrators,
}

impl Group {
    pub fn kind(self) -> GroupKind {
        match self {
            Self::Owners => GroupKind::Owners,
            Self::Administrators => GroupKind::Administrators,
        }
    }
}

/// What makes it dangerous.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Warning {
    /// The last confirmed owner: nobody could unlink any more. The server refuses it.
    LastOwner,
    /// So many people besides could still recover others, or complete this recovery: nobody or one.
    FewRecoverers(u32),
}

impl Warning {
    /// The server refuses this act for it: nothing is gained by sending it.
    pub fn forbids(self, act: &Act) -> bool {
        match self {
            Self::LastOwner => true,
            Self::FewRecoverers(left) => {
                left == 0 && matches!(act, Act::Change(PersonAct::BeginRecovery | PersonAct::CompleteRecovery))
            }
        }
    }
}

impl Act {
    /// What is done once it is confirmed.
    pub fn done(&self) -> Option<Done> {
        Some(match self {
            Self::Add(kind, group) => Done::Member { group: group.clone(), kind: *kind, added: true },
            Self::TakeAway { from, chosen } => {
                let (kind, group) = from.get(*chosen)?.clone();
                Done::Member { group, kind, added: false }
            }
            Self::Change(act) => Done::Act(*act),
        })
    }

    /// It takes what this group gives: by taking them out of it, or with everything else by a suspension.
    fn takes(&self, group: Group) -> bool {
        match self {
            Self::TakeAway { from, chosen } => from.get(*chosen).is_some_and(|(kind, _)| *kind == group),
            Self::Change(PersonAct::Suspend) => true,
            _ => false,
        }
    }

    /// The command that began it.
    pub fn command(&self) -> Command {
        match self {
            Self::Add(Group::Owners, _) => Command::MakeOwner,
            Self::Add(Group::Administrators, _) => Command::MakeAdministrator,
            Self::TakeAway { .. } => Command::TakeAway,
            Self::Change(PersonAct::Suspend | PersonAct::Reactivate) => Command::Suspend,
            Self::Change(PersonAct::BeginRecovery | PersonAct::CompleteRecovery) => Command::Recover,
            Self::Change(PersonAct::CancelRecovery) => Command::CancelRecovery,
        }
    }
}

impl Confirm {
    /// The command that began it: whether that is still permitted is asked again when it is sent.
    pub fn command(&self) -> Command {
        match &self.about {
            About::Person { act, .. } => act.command(),
            About::Vault { .. } => Command::GrantVault,
        }
    }

    /// Whom it is about.
    pub fn user(&self) -> Option<&UserId> {
        match &self.about {
            About::Person { subject, .. } => Some(&subject.user),
            About::Vault { .. } => None,
        }
    }

    /// It could be done, as far as is known: what is asked about is there, and no rule of the server is against it.
    pub fn possible(&self) -> bool {
        let forbidden = match &self.about {
            About::Person { act, warnings, .. } => warnings.iter().any(|warning| warning.forbids(act)),
            About::Vault { .. } => false,
        };
        self.hindered.is_none() && !forbidden
    }

    /// What to send.
    pub fn request(&self, key: IdempotencyKey) -> Option<Request> {
        let company = self.key.company.clone();
        Some(match &self.about {
            About::Vault { vault, .. } => Request::GrantVault(GrantVault { company, vault: vault.clone(), key }),
            About::Person { subject, act, .. } => {
                let (user, etag) = (subject.user.clone(), subject.etag.clone());
                match act.done()? {
                    Done::Member { group, added: true, .. } => {
                        Request::AddMember(AddMember { company, group, user, key })
                    }
                    Done::Member { group, added: false, .. } => {
                        Request::RemoveMember(RemoveMember { company, group, user, key })
                    }
                    Done::Act(act) => Request::ChangePerson(ChangePerson { company, user, etag, act, key }),
                }
            }
        })
    }
}

/// The act as the person in this revision already shows it: after a lost answer that is its answer.
pub fn fulfilled(done: &Done, person: &Person) -> bool {
    match done {
        Done::Member { kind, added, .. } => person.is_in(&kind.kind()) == *added,
        Done::Act(PersonAct::Suspend) => person.state == PersonState::Suspended,
        Done::Act(PersonAct::BeginRecovery) => person.state == PersonState::RecoveryStarted,
        Done::Act(PersonAct::Reactivate | PersonAct::CompleteRecovery | PersonAct::CancelRecovery) => {
            person.state == PersonState::Active
        }
    }
}

/// What makes this dangerous, as far as the people of the company are known.
pub fn warnings(model: &Model, key: &CompanyKey, subject: &Subject, act: &Act) -> Vec<Warning> {
    let people = model.details.get(key).and_then(|details| details.people.value());
    let alone = people.is_some_and(|people| {
        let owners = || people.iter().filter(|person| person.is_confirmed_owner());
        owners().count() == 1 && owners().any(|person| person.id == subject.user)
    });
    let mut warnings = Vec::new();
    if alone && act.takes(Group::Owners) {
        warnings.push(Warning::LastOwner);
    }
    let recovery = matches!(act, Act::Change(PersonAct::BeginRecovery | PersonAct::CompleteRecovery));
    let loses = subject.recovers && matches!(act, Act::TakeAway { .. } | Act::Change(PersonAct::Suspend));
    let left = match people {
        Some(people) => u32::try_from(left(people, subject, act)).ok(),
        None => subject.recoverers,
    };
    if let Some(left) = left.filter(|left| *left <= 1 && (recovery || loses)) {
        warnings.push(Warning::FewRecoverers(left));
    }
    warnings
}

/// How many could recover others afterwards. The person themself only counts where they stay in one of the groups:
/// nobody recovers themself.
fn left(people: &[Person], subject: &Subject, act: &Act) -> usize {
    let stays = |person: &Person, group: Group| person.is_in(&group.kind()) && !act.takes(group);
    let counts = |person: &&Person| {
        let same = person.id == subject.user;
        let still = matches!(act, Act::TakeAway { .. })
            && (stays(person, Group::Owners) || stays(person, Group::Administrators));
        can_recover(person) && (!same || still)
    };
    people.iter().filter(counts).count()
}

/// Whether this person of the company can recover others (support page *manage companies*).
pub fn can_recover(person: &Person) -> bool {
    let group = person.is_in(&GroupKind::Owners) || person.is_in(&GroupKind::Administrators);
    group && person.state == PersonState::Active && person.kind != PersonKind::Technician
}

/// The id of a group: from the groups of the company, else from somebody who is in it.
pub fn group_id(details: &Details, group: Group) -> Option<GroupId> {
    let kind = group.kind();
    let known = details.groups.value().and_then(|groups| groups.iter().find(|it| it.kind == kind));
    known.map(|group| group.id.clone()).or_else(|| {
        let people = details.people.value()?.iter().flat_map(Person::memberships);
        people.into_iter().find(|it| it.kind == kind).map(|it| it.id.clone())
    })
}
