//! The MSP accounts of this run, each with its own sign-in, its own refresh and its own failures: what happens to
//! one never hides the others.

use crate::app::command::Command;
use crate::app::core::menu::Menu;
use crate::app::core::remote::Remote;
use crate::app::features::sync::{Phase, Sync};
use crate::app::model::Options;
use crate::domain::error::{Cause, Error};
use crate::domain::id::ProfileId;
use crate::domain::session::{Session, WorkspaceKind};
use crate::domain::tint::Tint;
use jiff::Timestamp;

/// An MSP account as the configuration names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    pub profile: ProfileId,
    /// What the screen calls it when there are several.
    pub label: String,
    /// Its colour; one after the other when absent.
    pub tint: Option<Tint>,
    /// Let nothing through that could change anything.
    pub read_only: bool,
}

impl Given {
    /// An account without anything of its own but a name.
    pub fn named(name: &str) -> Self {
        Self { profile: ProfileId::new(name), label: name.to_owned(), tint: None, read_only: false }
    }
}

/// One MSP account, as far as this run knows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Account {
    pub profile: ProfileId,
    /// What the screen calls it when there are several.
    pub label: String,
    /// Its colour; a name always stands beside it.
    pub tint: Tint,
    /// Nothing that could change anything is let through, by flag or by configuration.
    pub read_only: bool,
    pub session: Remote<Session>,
    /// When the server said in this run who works here; a session out of the cache permits nothing.
    pub confirmed: Option<Timestamp>,
    /// How its companies stand to the server's.
    pub sync: Sync,
}

impl Account {
    /// Its data region, as far as it is known.
    pub fn region(&self) -> Option<&str> {
        self.session.value().map(|session| session.account.region.as_str())
    }

    /// Looking is all that can be done here, by flag, by configuration or by role.
    pub fn looks_only(&self) -> bool {
        self.read_only || self.session.value().is_some_and(|session| session.permissions.view_only())
    }

    fn is_of(&self, kind: &WorkspaceKind) -> bool {
        self.session.value().is_some_and(|session| session.account.kind.as_ref() == Some(kind))
    }

    /// The companies are an MSP's own: what nobody observed is not known of them.
    pub fn real(&self) -> bool {
        self.is_of(&WorkspaceKind::Real)
    }

    /// The companies are invented.
    pub fn sample(&self) -> bool {
        self.is_of(&WorkspaceKind::Sample)
    }

    /// Companies may be there already, but who works here is still being asked for the first time.
    pub fn signing_in(&self) -> bool {
        self.confirmed.is_none() && self.session.waiting().is_some() && self.sync.error().is_none()
    }

    /// Its companies were all there once, in this run or as they were kept from one before: they can be counted.
    pub fn counted(&self) -> bool {
        self.sync.synced_at.is_some()
    }

    /// The server does not take this technician, or not for this: signing in again may help, waiting does not.
    pub fn refused(&self) -> bool {
        self.sync.error().is_some_and(refusal)
    }
}

/// It was asked for by somebody whom the server did not take, and has signed in since: asking again makes sense.
pub fn signed_in_since(account: Option<&Account>, error: Option<&Error>, asked_at: Option<Timestamp>) -> bool {
    let refused = error.is_some_and(|error| matches!(error.cause, Cause::NotSignedIn | Cause::MfaRequired));
    refused && account.and_then(|account| account.confirmed) > asked_at
}

/// A failure that is about who asks.
pub fn refusal(error: &Error) -> bool {
    matches!(error.cause, Cause::NotSignedIn | Cause::MfaRequired | Cause::NotAllowed)
}

/// What an account is chosen for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    Switch,
    NewCompany,
    AcceptLink,
    Technicians,
    Usage,
}

impl Choice {
    /// What is done in the chosen account.
    pub fn command(self) -> Command {
        match self {
            Self::Switch => Command::Accounts,
            Self::NewCompany => Command::NewCompany,
            Self::AcceptLink => Command::AcceptLink,
            Self::Technicians => Command::Technicians,
            Self::Usage => Command::UsageTask,
        }
    }
}

/// The accounts, to choose one of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountMenu {
    pub choice: Choice,
    /// Those that can be meant; none is any.
    pub of: Vec<ProfileId>,
    /// The row under the cursor, and whether one was chosen.
    pub pick: Menu,
}

/// The MSP accounts of this run, in the order of the configuration. The order and the number never change.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Accounts(Vec<Account>);

impl Accounts {
    /// The accounts before anything is known of them.
    pub fn new(options: &Options) -> Self {
        let account = |(given, tint): (&Given, Tint)| Account {
            profile: given.profile.clone(),
            label: given.label.clone(),
            tint: given.tint.unwrap_or(tint),
            read_only: options.read_only || given.read_only,
            session: Remote::default(),
            confirmed: None,
            sync: Sync::default(),
        };
        Self(options.accounts.iter().zip(Tint::ALL.into_iter().cycle()).map(account).collect())
    }

    /// All, in their order.
    pub fn iter(&self) -> std::slice::Iter<'_, Account> {
        self.0.iter()
    }

    /// All, to change them.
    pub fn iter_mut(&mut self) -> std::slice::IterMut<'_, Account> {
        self.0.iter_mut()
    }

    /// The account of this name.
    pub fn get(&self, profile: &ProfileId) -> Option<&Account> {
        self.iter().find(|account| account.profile == *profile)
    }

    /// The account of this name, to change it.
    pub fn get_mut(&mut self, profile: &ProfileId) -> Option<&mut Account> {
        self.iter_mut().find(|account| account.profile == *profile)
    }

    /// The names of all, in their order.
    pub fn profiles(&self) -> Vec<ProfileId> {
        self.iter().map(|account| account.profile.clone()).collect()
    }

    /// There is a choice: companies have to say whose they are.
    pub fn several(&self) -> bool {
        self.0.len() > 1
    }

    pub fn only(&self) -> Option<&Account> {
        self.0.first().filter(|_| !self.several())
    }

    /// Who works in this account, as far as it is known.
    pub fn session(&self, profile: &ProfileId) -> Option<&Session> {
        self.get(profile)?.session.value()
    }

    /// There is a server to talk to for this account.
    pub fn connected(&self, profile: &ProfileId) -> bool {
        self.get(profile).is_some_and(|account| account.sync.connected)
    }

    /// A refresh would only repeat what is under way already, everywhere.
    pub fn busy(&self) -> bool {
        self.iter().all(|account| account.sync.busy())
    }

    /// Companies are loaded for the first time somewhere.
    pub fn loading(&self) -> bool {
        self.iter().any(|it| matches!(it.sync.phase, Phase::Connecting | Phase::Loading) || it.signing_in())
    }

    /// The first account that failed, and why.
    pub fn error(&self) -> Option<(&Account, &Error)> {
        self.iter().find_map(|account| Some((account, account.sync.error()?)))
    }

    /// When the next of them is due for a question.
    pub fn due(&self) -> Option<Timestamp> {
        self.iter().filter_map(|account| account.sync.due).min()
    }
}

impl<'a> IntoIterator for &'a Accounts {
    type Item = &'a Account;
    type IntoIter = std::slice::Iter<'a, Account>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'a> IntoIterator for &'a mut Accounts {
    type Item = &'a mut Account;
    type IntoIter = std::slice::IterMut<'a, Account>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter_mut()
    }
}
