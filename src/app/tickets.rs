//! Open effects: what each is for. *Idle* means that none is open.

use super::effect::Ticket;
use super::{activity, bulk, form, links, people, undo, usage};
use crate::domain::id::{CompanyKey, ProfileId};
use crate::domain::launch::LaunchAddress;
use crate::domain::setup::{Step, StepKind};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// What an open effect is for.
#[derive(Debug, Clone, PartialEq)]
pub enum Purpose {
    /// Getting a server to talk to, for an account.
    Connect(ProfileId),
    /// What was kept of an account.
    Recall(ProfileId),
    /// Who am I in an account.
    Session(ProfileId),
    /// A page of an account's list.
    Page(ProfileId),
    /// What changed in an account.
    Changes(ProfileId),
    /// The checklist of a company.
    Setup(CompanyKey),
    /// The people of a company.
    People(CompanyKey),
    /// A launch address.
    Launch(CompanyKey),
    /// A browser at a launch address.
    Open {
        /// The company.
        key: CompanyKey,
        /// The address, should no browser open.
        address: LaunchAddress,
    },
    /// The pre-flight of an unlink.
    Preflight(CompanyKey),
    /// An unlink.
    Unlink(CompanyKey),
    /// A change to a step; holds the step as it was, to flip back to.
    EditStep {
        /// The company.
        key: CompanyKey,
        /// The step before the change.
        before: Box<Step>,
        /// It is the note that changes, from its dialog.
        note: bool,
    },
    /// The form of a company.
    Form(form::Wait),
    /// Links.
    Links(links::Wait),
    /// People, recoveries, vaults.
    Folk(people::Wait),
    /// Usage.
    Usage(usage::Wait),
    /// Activity.
    Activity(activity::Wait),
    /// One of many.
    Bulk(bulk::Wait),
    /// Tags of a company, from their dialog.
    Tags(CompanyKey),
    /// Setting attention aside; holds what was, to flip back to.
    Snooze {
        /// The company.
        key: CompanyKey,
        /// Until when it was set aside before.
        before: Option<Timestamp>,
    },
    /// Taking a change back.
    Undo(undo::Wait),
    /// A file of companies.
    Export {
        /// How many.
        count: usize,
    },
    /// Text for the clipboard.
    Copy {
        /// What to name in the notice.
        text: String,
        /// It is the address of the launch dialog.
        launch: bool,
    },
}

impl Purpose {
    /// Whether it changes something on the server that must not be dropped silently.
    #[must_use]
    pub fn writes(&self) -> bool {
        match self {
            Self::Unlink(_)
            | Self::EditStep { .. }
            | Self::Bulk(_)
            | Self::Tags(_)
            | Self::Snooze { .. }
            | Self::Undo(_) => true,
            Self::Form(wait) => wait.writes(),
            Self::Links(wait) => wait.writes(),
            Self::Folk(wait) => wait.writes(),
            _ => false,
        }
    }
}

/// Every open effect.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Tickets {
    next: u64,
    open: BTreeMap<Ticket, Purpose>,
}

impl Tickets {
    /// A new ticket for this purpose.
    pub fn issue(&mut self, purpose: Purpose) -> Ticket {
        self.next += 1;
        let ticket = Ticket(self.next);
        self.open.insert(ticket, purpose);
        ticket
    }

    /// The answer came: what was it for?
    pub fn close(&mut self, ticket: Ticket) -> Option<Purpose> {
        self.open.remove(&ticket)
    }

    /// No effect is open.
    #[must_use]
    pub fn idle(&self) -> bool {
        self.open.is_empty()
    }

    /// A write is under way.
    #[must_use]
    pub fn saving(&self) -> bool {
        self.open.values().any(Purpose::writes)
    }

    /// What is open, oldest first.
    pub fn open(&self) -> impl Iterator<Item = (Ticket, &Purpose)> {
        self.open.iter().map(|(ticket, purpose)| (*ticket, purpose))
    }

    /// A launch of this company is under way.
    #[must_use]
    pub fn launching(&self, key: &CompanyKey) -> bool {
        self.open.values().any(|purpose| match purpose {
            Purpose::Launch(company) | Purpose::Open { key: company, .. } => company == key,
            _ => false,
        })
    }

    /// An unlink of this company is under way.
    #[must_use]
    pub fn unlinking(&self, key: &CompanyKey) -> bool {
        self.open.values().any(|purpose| matches!(purpose, Purpose::Unlink(company) if company == key))
    }

    /// A change to this step is under way.
    #[must_use]
    pub fn editing(&self, key: &CompanyKey, step: &StepKind) -> bool {
        self.open.values().any(
            |purpose| matches!(purpose, Purpose::EditStep { key: company, before, .. } if company == key && before.kind == *step),
        )
    }
}
