//! A managed company as the list and its overview show it.

use super::facts::{Coverage, Facet, Fact, FactSource, Figure, headlines};
use super::id::{CompanyId, Etag};
use jiff::Timestamp;
use serde::Serialize;

/// One company account under the care of the MSP account (contract: *Company*). As JSON it is what the one-shot commands
/// print, as are the other types of this room that serialize: fields are only ever added, null where there is no value.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Company {
    /// Unique within the MSP account.
    pub id: CompanyId,
    /// The name, cleaned for display; 1–100 characters by the contract, but any length survives.
    pub name: String,
    /// How it stands.
    pub state: CompanyState,
    /// Where the data lives, e.g. `1password.eu`. Always the MSP account's own region.
    pub region: String,
    /// The host on which people of this company sign in; launch addresses must be on it.
    pub sign_in_host: String,
    /// Website as typed, if any.
    pub website: Option<String>,
    /// Postal address. Its country does *not* choose the data region.
    pub address: Address,
    /// How the company came under management.
    pub origin: Origin,
    /// Each count is `None` when it is not known.
    pub seats: Seats,
    /// People in the company's Owners group, technicians not counted.
    pub owners: Owners,
    pub setup: SetupProgress,
    /// Recoveries that wait for somebody; `None` when not known.
    pub open_recoveries: Option<u32>,
    /// Whether technicians may manage access to shared vaults; `None` when not known.
    pub advanced_permissions: Option<AdvancedPermissions>,
    /// What needs a technician's attention, as the server sees it; most urgent first.
    pub attention: Vec<Attention>,
    /// The MSP's own number for this client, if any.
    pub external_id: Option<String>,
    pub tags: Vec<String>,
    pub note: Option<String>,
    pub create_time: Option<Timestamp>,
    /// When it came under management.
    pub link_time: Option<Timestamp>,
    pub launch_time: Option<Timestamp>,
    pub unlink_time: Option<Timestamp>,
    pub unlinked_by: Option<Actor>,
    /// When the 14-day free trial that follows an unlink ends.
    pub trial_end_time: Option<Timestamp>,
    /// When the first of the tokens expires by which it is read.
    pub source_expire_time: Option<Timestamp>,
    /// Until when its attention is set aside, by whoever of the MSP did so.
    #[serde(rename = "snooze_until_time")]
    pub snooze_until: Option<Timestamp>,
    pub update_time: Option<Timestamp>,
    /// What was observed in a REAL workspace, the latest of each source.
    pub facts: Vec<Fact>,
    /// The revision that this copy shows.
    pub etag: Etag,
}

impl Company {
    /// The most urgent reason for attention, unless that is set aside.
    pub fn most_urgent(&self) -> Option<&Attention> {
        self.attention.iter().min().filter(|_| self.snooze_until.is_none())
    }

    /// What is shown about a facet: where it comes from, and of when it is.
    pub fn fact(&self, facet: &Facet) -> Option<&Fact> {
        let about = self.facts.iter().filter(|fact| fact.facet == *facet);
        // An unlink that a technician declared stands against every table.
        if *facet == Facet::Link && self.state == CompanyState::Unlinked {
            let word = about.clone().find(|fact| fact.source == FactSource::Declared);
            return word.or_else(|| Fact::headline(about));
        }
        Fact::headline(about)
    }

    /// The number of filled seats is not counted in full.
    pub fn seats_estimated(&self) -> bool {
        self.seats.filled.is_some() && self.fact(&Facet::Seats).is_some_and(|fact| fact.coverage == Coverage::Estimate)
    }

    /// What stands before the number of filled seats wherever a person reads it: `~` before an estimate.
    pub fn seats_sign(&self) -> &'static str {
        if self.seats_estimated() { "~" } else { "" }
    }

    /// The newest source that contradicts what is shown about a facet, and what it says.
    pub fn contradiction(&self, facet: &Facet) -> Option<(&Fact, &Figure)> {
        let shown = self.fact(facet)?;
        let newer = self.facts.iter().filter(|fact| fact.facet == *facet && fact.as_of > shown.as_of);
        newer.filter_map(|fact| Some((fact, fact.value.as_ref()?))).max_by_key(|(fact, _)| fact.as_of)
    }

    /// Of when the oldest of the facts is that are shown.
    pub fn facts_time(&self) -> Option<Timestamp> {
        headlines(&self.facts).map(|fact| fact.as_of).min()
    }

    /// What it is known by beside its name, the best known first: its website, the MSP's own number, its id.
    pub fn known_by(&self) -> impl Iterator<Item = &str> {
        let website = self.website.as_deref().map(|site| site.split_once("://").map_or(site, |(_, host)| host));
        let parts =
            [website.map(|site| site.trim_end_matches('/')), self.external_id.as_deref(), Some(self.id.as_str())];
        parts.into_iter().flatten().filter(|part| !part.trim().is_empty())
    }

    /// There is attention to set aside, or some that is set aside.
    pub fn can_be_snoozed(&self) -> bool {
        !self.attention.is_empty() || self.snooze_until.is_some()
    }
}

/// What a new company is made from (contract: `POST companies`).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewCompany {
    /// 1–100 characters.
    pub name: String,
    pub website: Option<String>,
    /// Postal address; its country does not choose the data region.
    pub address: Address,
    /// The MSP's own number for this client.
    pub external_id: Option<String>,
    pub tags: Vec<String>,
}

/// Who did something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Actor {
    pub display_name: String,
}

/// A postal address.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Address {
    /// ISO 3166-1 alpha-2, upper case; empty when unknown.
    pub country_code: String,
    /// Street and house, as many lines as the country uses.
    pub lines: Vec<String>,
    pub locality: Option<String>,
    /// State, province, county.
    pub administrative_area: Option<String>,
    pub postal_code: Option<String>,
}

/// How a company came under management.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The MSP added it: *Advanced permissions* are on by default.
    Created,
    /// An existing account was linked: *Advanced permissions* are off by default.
    Linked,
    /// A word of a newer server.
    Other(String),
}

/// How a company stands. The words are ours: 1Password publishes none.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CompanyState {
    #[default]
    Active,
    /// Added, but nobody has signed in yet.
    Pending,
    /// Frozen by 1Password or by its owner.
    Suspended,
    /// No longer managed; on its trial, or past it.
    Unlinked,
    /// A word of a newer server; shown as it came.
    Other(String),
}

impl CompanyState {
    /// The four states that this version knows, in the order of the status column.
    pub const KNOWN: [Self; 4] = [Self::Active, Self::Pending, Self::Suspended, Self::Unlinked];

    /// Nobody has said yet how it stands.
    pub fn unspecified(&self) -> bool {
        matches!(self, Self::Other(word) if word == Self::UNSPECIFIED)
    }

    /// The word of the contract for that.
    pub const UNSPECIFIED: &str = "STATE_UNSPECIFIED";

    /// Under the care of the MSP account, which pays for its seats; an unlinked company is not any more.
    pub fn managed(&self) -> bool {
        *self != Self::Unlinked
    }
}

/// Seats of a company (support page *billing*): people who are active, awaiting confirmation or in
/// recovery, members and guests. Invited, suspended and deleted people fill none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Seats {
    pub filled: Option<u32>,
    /// The most that may be filled; `None` is unlimited, or not known in a REAL workspace.
    pub limit: Option<u32>,
    pub members: Option<u32>,
    pub guests: Option<u32>,
}

impl Seats {
    /// How near the limit is, in percent; `None` without a limit, and when it is not known how many are filled.
    pub fn percent(self) -> Option<u32> {
        let (filled, limit) = (u64::from(self.filled?), u64::from(self.limit?));
        if limit == 0 {
            return Some(100);
        }
        u32::try_from(filled * 100 / limit).ok()
    }
}

/// How near filled seats are to their limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fullness {
    Room,
    /// From four fifths on, as the server counts [`Attention::SeatLimitNear`].
    Near,
    Full,
}

impl Fullness {
    pub const fn of(percent: u64) -> Self {
        match percent {
            100.. => Self::Full,
            80.. => Self::Near,
            _ => Self::Room,
        }
    }
}

/// People in the Owners group.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Owners {
    /// Confirmed ones: they can act. Only these make an unlink possible. `None` when not known.
    pub confirmed: Option<u32>,
    /// Invited ones: they cannot act yet. `None` when not known.
    pub invited: Option<u32>,
    /// Of both; to be found by, not complete for many.
    pub names: Vec<String>,
}

/// Progress of the set-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct SetupProgress {
    pub done: u32,
    /// Steps that apply to this company.
    pub applicable: u32,
    /// Since when no step moved, if that is too long (14 days).
    pub stalled_since: Option<Timestamp>,
}

impl SetupProgress {
    /// There is a checklist: four of its steps apply to every company, so none at all is nothing known.
    pub fn known(self) -> bool {
        self.applicable > 0
    }

    /// Every step that applies is done.
    pub fn complete(self) -> bool {
        self.known() && self.done >= self.applicable
    }
}

/// *Advanced permissions* (support page *technician permissions*): both have to be on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct AdvancedPermissions {
    /// An Owner of the company allows it.
    pub allowed_by_company: bool,
    /// The MSP granted it to this technician.
    pub granted_to_me: bool,
}

impl AdvancedPermissions {
    /// What counts in the end.
    pub fn effective(self) -> bool {
        self.allowed_by_company && self.granted_to_me
    }
}

/// Why a company needs attention; the order of the variants is the order of urgency.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Attention {
    /// A recovery waits for a technician: somebody is locked out.
    RecoveryWaiting,
    /// A link request waits for a technician, and lapses.
    LinkWaiting,
    /// Nobody can be invited any more.
    SeatLimitReached,
    /// The trial ends within 7 days.
    TrialEnding,
    /// 80 % or more of the seat limit is filled.
    SeatLimitNear,
    /// A token by which it is read expires within 14 days, or has.
    SourceExpiring,
    /// Nobody in the Owners group has confirmed: cannot be unlinked.
    NoConfirmedOwner,
    SingleOwner,
    /// No step of the set-up moved for 14 days.
    SetupStalled,
    /// A source cannot be read until somebody does something.
    SourceFailing,
    /// A newer source says otherwise than what is shown.
    FactsDiffer,
    /// What is shown was observed too long ago: declared 90 days, imported 30.
    FactsStale,
    /// A word of a newer server; shown as it came.
    Other(String),
}

impl Attention {
    /// Every kind that this version knows, most urgent first.
    pub const KNOWN: [Self; 12] = [
        Self::RecoveryWaiting,
        Self::LinkWaiting,
        Self::SeatLimitReached,
        Self::TrialEnding,
        Self::SeatLimitNear,
        Self::SourceExpiring,
        Self::NoConfirmedOwner,
        Self::SingleOwner,
        Self::SetupStalled,
        Self::SourceFailing,
        Self::FactsDiffer,
        Self::FactsStale,
    ];
}
