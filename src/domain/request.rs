//! What can be asked of the MSP API, and what comes back, as data: the core asks, `api` carries it out, and
//! the one-shot commands ask the same way.

use super::activity::{ActivityPage, ListActivity};
use super::company::{Address, Company, NewCompany};
use super::error::Operation;
use super::id::{CompanyId, Etag, GroupId, LinkId, UserId, VaultId};
use super::launch::{LaunchAddress, Redacted, Target};
use super::link::LinkRequest;
use super::people::{Group, Person};
use super::recovery::{PersonAct, Recovery};
use super::roster::Batch;
use super::session::Session;
use super::setup::{Checklist, Step, StepKind, StepState};
use super::unlink::Preflight;
use super::usage::{CompanyUsage, Overall, Period, Usage};
use super::vault::Vault;
use jiff::Timestamp;

/// One call of the contract (paging included where a list is small).
#[derive(Debug, Clone, PartialEq)]
pub enum Request {
    /// `GET session`.
    Session,
    /// One page of `GET companies`.
    Companies(ListCompanies),
    /// `GET companies:changes`.
    Changes {
        /// The token of the last list or change answer.
        since: String,
    },
    /// `GET companies/{id}`.
    Company(CompanyId),
    /// `PATCH companies/{id}`.
    EditCompany {
        company: CompanyId,
        /// The revision that the change is about.
        etag: Etag,
        changes: CompanyChanges,
        /// One key for one intent, kept over retries.
        key: IdempotencyKey,
    },
    /// `POST companies/{id}:launch`.
    Launch {
        company: CompanyId,
        /// Where to land.
        target: Target,
        /// Of [`Target::Vaults`]: which vault.
        vault: Option<VaultId>,
        /// One key for one intent.
        key: IdempotencyKey,
    },
    /// `GET companies/{id}:unlinkPreflight`.
    UnlinkPreflight(CompanyId),
    /// `POST companies/{id}:unlink`.
    Unlink {
        company: CompanyId,
        /// The revision that the pre-flight showed.
        etag: Etag,
        /// Run every check, change nothing.
        validate_only: bool,
        /// One key for one intent.
        key: IdempotencyKey,
    },
    /// `GET companies/{id}/setup`.
    Setup(CompanyId),
    /// `PATCH companies/{id}/setup/{step}`.
    EditStep {
        company: CompanyId,
        step: StepKind,
        /// The revision of the step.
        etag: Etag,
        /// A new state, if it changes.
        state: Option<StepState>,
        /// A new note, if it changes; empty takes it away.
        note: Option<String>,
        /// One key for one intent.
        key: IdempotencyKey,
    },
    /// `GET companies/{id}/users`, all pages.
    People(CompanyId),
    /// `GET companies/{id}/groups`, all pages.
    Groups(CompanyId),
    /// `POST companies`.
    AddCompany {
        /// What it is made from.
        new: NewCompany,
        /// One key for one intent: sent twice, it makes one company.
        key: IdempotencyKey,
    },
    /// `GET link_requests`, all pages, newest first.
    Links,
    /// `POST link_requests:accept`.
    AcceptLink {
        /// The confirmation link, proven to be one of this region. A key to the company: never logged.
        link: Redacted,
        /// One key for one intent.
        key: IdempotencyKey,
    },
    /// `POST link_requests/{id}:cancel`.
    CancelLink {
        link: LinkId,
        /// One key for one intent.
        key: IdempotencyKey,
    },
    /// `POST companies/{id}/groups/{group}/members`.
    AddMember {
        company: CompanyId,
        group: GroupId,
        /// Whom.
        user: UserId,
        /// One key for one intent.
        key: IdempotencyKey,
    },
    /// `DELETE companies/{id}/groups/{group}/members/{user}`.
    RemoveMember {
        company: CompanyId,
        group: GroupId,
        /// Whom.
        user: UserId,
        /// One key for one intent.
        key: IdempotencyKey,
    },
    /// `POST companies/{id}/users/{user}:{act}`.
    ChangePerson {
        company: CompanyId,
        /// Whom.
        user: UserId,
        /// The revision of the person.
        etag: Option<Etag>,
        act: PersonAct,
        /// One key for one intent.
        key: IdempotencyKey,
    },
    /// `GET recoveries`, all pages, oldest first.
    Recoveries,
    /// `GET companies/{id}/vaults`, all pages.
    Vaults(CompanyId),
    /// `POST companies/{id}/vaults/{vault}:grantAccess`.
    GrantVault {
        company: CompanyId,
        vault: VaultId,
        /// One key for one intent.
        key: IdempotencyKey,
    },
    /// `GET companies/{id}/usage`.
    CompanyUsage {
        company: CompanyId,
        /// From when to when.
        period: Period,
    },
    /// `GET usage`, all pages of its table.
    Usage(Period),
    /// `GET usage` of these companies only, for the curves in the list.
    Curves {
        /// Which companies; 100 at most.
        companies: Vec<CompanyId>,
        /// From when to when.
        period: Period,
    },
    /// One page of `GET audit_events`.
    Activity(ListActivity),
}

impl Request {
    /// Whether it changes anything on the server. Read-only mode lets none of these through.
    #[must_use]
    pub fn writes(&self) -> bool {
        match self {
            Self::EditCompany { .. }
            | Self::Launch { .. }
            | Self::Unlink { .. }
            | Self::EditStep { .. }
            | Self::AddCompany { .. }
            | Self::AcceptLink { .. }
            | Self::CancelLink { .. }
            | Self::AddMember { .. }
            | Self::RemoveMember { .. }
            | Self::ChangePerson { .. }
            | Self::GrantVault { .. } => true,
            Self::Session
            | Self::Companies(_)
            | Self::Changes { .. }
            | Self::Company(_)
            | Self::UnlinkPreflight(_)
            | Self::Setup(_)
            | Self::People(_)
            | Self::Groups(_)
            | Self::Links
            | Self::Recoveries
            | Self::Vaults(_)
            | Self::CompanyUsage { .. }
            | Self::Usage(_)
            | Self::Curves { .. }
            | Self::Activity(_) => false,
        }
    }

    /// What a failure of this request is a failure of.
    #[must_use]
    pub fn what(&self) -> Operation {
        match self {
            Self::Session => Operation::SignIn,
            Self::Companies(_) => Operation::ListCompanies,
            Self::Changes { .. } => Operation::Changes,
            Self::Company(_) => Operation::LoadCompany,
            Self::EditCompany { .. } => Operation::EditCompany,
            Self::Launch { .. } => Operation::Launch,
            Self::UnlinkPreflight(_) => Operation::Preflight,
            Self::Unlink { .. } => Operation::Unlink,
            Self::Setup(_) => Operation::LoadSetup,
            Self::EditStep { .. } => Operation::EditSetup,
            Self::People(_) => Operation::LoadPeople,
            Self::Groups(_) => Operation::LoadGroups,
            Self::AddCompany { .. } => Operation::AddCompany,
            Self::Links => Operation::LoadLinks,
            Self::AcceptLink { .. } => Operation::AcceptLink,
            Self::CancelLink { .. } => Operation::CancelLink,
            Self::AddMember { .. } | Self::RemoveMember { .. } => Operation::ChangeGroup,
            Self::ChangePerson { act: PersonAct::Suspend | PersonAct::Reactivate, .. } => Operation::ChangePerson,
            Self::ChangePerson { .. } => Operation::Recover,
            Self::Recoveries => Operation::LoadRecoveries,
            Self::Vaults(_) => Operation::LoadVaults,
            Self::GrantVault { .. } => Operation::GrantVault,
            Self::CompanyUsage { .. } | Self::Usage(_) | Self::Curves { .. } => Operation::LoadUsage,
            Self::Activity(_) => Operation::LoadActivity,
        }
    }
}

/// Names one intent to change something; the server does it at most once within 24 h.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey(pub String);

/// The parameters of one page of the list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListCompanies {
    /// At most this many rows, 1–1000.
    pub page_size: u32,
    /// Where to go on.
    pub page_token: Option<String>,
    /// The contract's filter language.
    pub filter: Option<String>,
    /// The contract's order, e.g. `seats.filled desc, name`.
    pub order_by: Option<String>,
    /// The page after this one will be asked for as well: it may be fetched ahead.
    pub read_ahead: bool,
}

/// What to change of a company; `None` leaves as it is.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CompanyChanges {
    /// A new name.
    pub name: Option<String>,
    /// A new website; empty takes it away.
    pub website: Option<String>,
    /// New tags.
    pub tags: Option<Vec<String>>,
    /// A new note; empty takes it away.
    pub note: Option<String>,
    /// A new external id; empty takes it away.
    pub external_id: Option<String>,
    /// A new address, as a whole: parts of two addresses would be none.
    pub address: Option<Address>,
    /// The most seats that may be filled; 0 takes the limit away.
    pub seat_limit: Option<u32>,
    /// Until when attention is set aside; a moment that has passed ends that.
    pub snooze_until: Option<Timestamp>,
}

/// What came back.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// To [`Request::Session`].
    Session(Box<Session>),
    /// To [`Request::Companies`].
    Page(Page),
    /// To [`Request::Changes`].
    Changes(Changes),
    /// To [`Request::Company`], [`Request::AddCompany`], [`Request::EditCompany`] and [`Request::Unlink`].
    Company(Box<Company>),
    /// To [`Request::Launch`].
    Launch(LaunchAddress),
    /// To [`Request::UnlinkPreflight`].
    Preflight(Preflight),
    /// To [`Request::Setup`].
    Setup(Checklist),
    /// To [`Request::EditStep`].
    Step(Box<Step>),
    /// To [`Request::People`].
    People(Vec<Person>),
    /// To [`Request::Groups`].
    Groups(Vec<Group>),
    /// To [`Request::Links`].
    Links(Vec<LinkRequest>),
    /// To [`Request::AcceptLink`] and [`Request::CancelLink`].
    Link(Box<LinkRequest>),
    /// To [`Request::ChangePerson`], [`Request::AddMember`] and [`Request::RemoveMember`].
    Person(Box<Person>),
    /// To [`Request::Recoveries`].
    Recoveries(Vec<Recovery>),
    /// To [`Request::Vaults`].
    Vaults(Vec<Vault>),
    /// To [`Request::GrantVault`].
    Vault(Box<Vault>),
    /// To [`Request::CompanyUsage`].
    CompanyUsage(Box<Usage>),
    /// To [`Request::Usage`].
    Usage(Box<Overall>),
    /// To [`Request::Curves`].
    Curves(Vec<CompanyUsage>),
    /// To [`Request::Activity`].
    Activity(ActivityPage),
    /// Any list of these, or what changed, of which so many rows could not be read and are left out.
    Partly(Box<Answer>, u32),
}

impl Answer {
    /// An answer of which so many rows could not be read.
    #[must_use]
    pub fn without(self, unreadable: u32) -> Self {
        if unreadable == 0 { self } else { Self::Partly(Box::new(self), unreadable) }
    }

    /// The answer itself, whether or not some of its rows could not be read.
    #[must_use]
    pub fn as_whole(&self) -> &Self {
        if let Self::Partly(answer, _) = self { answer } else { self }
    }

    /// The same, to change it.
    pub fn as_whole_mut(&mut self) -> &mut Self {
        if let Self::Partly(answer, _) = self { answer } else { self }
    }

    /// The answer, and how many rows of it could not be read.
    #[must_use]
    pub fn whole(self) -> (Self, u32) {
        match self {
            Self::Partly(answer, unreadable) => (*answer, unreadable),
            answer => (answer, 0),
        }
    }

    /// Whether it is of the kind that answers this request.
    #[must_use]
    pub fn answers(&self, request: &Request) -> bool {
        if let Answer::Partly(answer, _) = self {
            return answer.answers(request);
        }
        match request {
            Request::Session => matches!(self, Answer::Session(_)),
            Request::Companies(_) => matches!(self, Answer::Page(_)),
            Request::Changes { .. } => matches!(self, Answer::Changes(_)),
            Request::Unlink { .. } | Request::Company(_) | Request::AddCompany { .. } | Request::EditCompany { .. } => {
                matches!(self, Answer::Company(_))
            }
            Request::Launch { .. } => matches!(self, Answer::Launch(_)),
            Request::UnlinkPreflight(_) => matches!(self, Answer::Preflight(_)),
            Request::Setup(_) => matches!(self, Answer::Setup(_)),
            Request::EditStep { .. } => matches!(self, Answer::Step(_)),
            Request::People(_) => matches!(self, Answer::People(_)),
            Request::Groups(_) => matches!(self, Answer::Groups(_)),
            Request::Links => matches!(self, Answer::Links(_)),
            Request::AcceptLink { .. } | Request::CancelLink { .. } => matches!(self, Answer::Link(_)),
            Request::ChangePerson { .. } | Request::AddMember { .. } | Request::RemoveMember { .. } => {
                matches!(self, Answer::Person(_))
            }
            Request::Recoveries => matches!(self, Answer::Recoveries(_)),
            Request::Vaults(_) => matches!(self, Answer::Vaults(_)),
            Request::GrantVault { .. } => matches!(self, Answer::Vault(_)),
            Request::CompanyUsage { .. } => matches!(self, Answer::CompanyUsage(_)),
            Request::Usage(_) => matches!(self, Answer::Usage(_)),
            Request::Curves { .. } => matches!(self, Answer::Curves(_)),
            Request::Activity(_) => matches!(self, Answer::Activity(_)),
        }
    }
}

/// One page of companies.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Page {
    /// The rows.
    pub companies: Batch,
    /// Where to go on; `None` at the end.
    pub next: Option<String>,
    /// How many there are in all.
    pub total: Option<u64>,
    /// From where to ask for changes.
    pub change_token: Option<String>,
    /// Rows that could not be read and were left out.
    pub unreadable: u32,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Changes {
    /// New and changed companies.
    pub companies: Batch,
    /// Companies that are gone.
    pub removed: Vec<CompanyId>,
    /// From where to ask next.
    pub next: String,
    /// There is more to ask for at once.
    pub more: bool,
}
