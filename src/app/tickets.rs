//! Open effects: what each is for. *Idle* means that none is open.

use crate::app::effect::{Effect, Ticket};
use crate::app::features::{activity, bulk, export, form, import, links, people, tasks, technicians, undo, usage};
use crate::domain::error::{Error, Pause, whole_seconds};
use crate::domain::id::{CompanyKey, ProfileId};
use crate::domain::launch::LaunchAddress;
use crate::domain::setup::{Step, StepKind};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;

/// What an open effect is for.
#[derive(Debug, Clone, PartialEq)]
pub enum PendingRequest {
    /// Getting a server to talk to, for an account.
    Connect(ProfileId),
    Restore(ProfileId),
    Session(ProfileId),
    Page(ProfileId),
    Changes(ProfileId),
    /// The same, held back by the server until something changes.
    News(ProfileId),
    Setup(CompanyKey),
    People(CompanyKey),
    /// Which ways into the company's account are connected.
    Sources(CompanyKey),
    Launch(CompanyKey),
    Open {
        key: CompanyKey,
        /// The address, should no browser open.
        address: LaunchAddress,
    },
    Preflight(CompanyKey),
    Unlink(CompanyKey),
    /// A change to a step; holds the step as it was, to flip back to.
    EditStep {
        key: CompanyKey,
        before: Box<Step>,
        /// It is the note that changes, from its dialog.
        note: bool,
    },
    Form(form::FormRequest),
    /// What was seen of a company, from its dialog.
    Declare(CompanyKey),
    Links(links::LinksRequest),
    PeopleAction(people::PeopleRequest),
    Usage(usage::UsageRequest),
    Activity(activity::ActivityRequest),
    Bulk(bulk::BulkRequest),
    /// Tags of a company, from their dialog.
    Tags(CompanyKey),
    /// Setting attention aside; holds what was, to flip back to.
    Snooze {
        key: CompanyKey,
        /// Until when it was set aside before.
        before: Option<Timestamp>,
    },
    /// People over all companies, for the palette.
    FindPeople(ProfileId),
    Tasks(tasks::TasksRequest),
    Technicians(technicians::TechniciansRequest),
    Undo(undo::UndoRequest),
    Import(import::ImportRequest),
    Export {
        count: usize,
        kind: export::ExportKind,
    },
    Copy {
        /// What to name in the notice.
        text: String,
        /// It is the address of the launch dialog.
        launch: bool,
    },
}

impl PendingRequest {
    /// Whether it is open while nothing is under way.
    pub fn rests(&self) -> bool {
        matches!(self, Self::News(_))
    }

    /// Whether it changes something on the server that must not be dropped silently.
    pub fn writes(&self) -> bool {
        match self {
            Self::Unlink(_)
            | Self::Declare(_)
            | Self::EditStep { .. }
            | Self::Bulk(_)
            | Self::Tags(_)
            | Self::Snooze { .. }
            | Self::Technicians(technicians::TechniciansRequest::Write(_))
            | Self::Undo(_) => true,
            Self::Form(wait) => wait.writes(),
            Self::Import(wait) => wait.writes(),
            Self::Links(wait) => wait.writes(),
            Self::Tasks(wait) => wait.writes(),
            Self::PeopleAction(wait) => wait.writes(),
            _ => false,
        }
    }
}

/// An answer is told to be overdue after so many seconds.
pub const PATIENCE: i64 = 3;
/// After so many seconds it is a fault, whatever comes of it.
pub const LATE: i64 = 10;

/// Every open effect.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Tickets {
    next: u64,
    open: BTreeMap<Ticket, Open>,
}

#[derive(Debug, Clone, PartialEq)]
struct Open {
    purpose: PendingRequest,
    /// Of which account something was asked, and from when on it owes an answer.
    asked: Option<(ProfileId, Timestamp)>,
    /// For how many seconds the server was asked to hold the answer back.
    held: u32,
    /// When the next try begins, and why the last one failed.
    pause: Option<(Timestamp, Error)>,
}

/// How an answer is late.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Delay<'a> {
    /// There was none for so many seconds.
    Silent(i64),
    /// The last try failed, and the next one begins in so many seconds.
    Pause(i64, &'a Error),
}

impl Tickets {
    /// A new ticket for this purpose.
    pub fn issue(&mut self, purpose: PendingRequest) -> Ticket {
        self.next += 1;
        let ticket = Ticket(self.next);
        self.open.insert(ticket, Open { purpose, asked: None, held: 0, pause: None });
        ticket
    }

    /// These are on their way now. What was given up is waited for by nobody.
    pub fn sent(&mut self, effects: &[Effect], now: Timestamp) {
        for effect in effects {
            let (ticket, asked, held) = match effect {
                Effect::Call { ticket, profile, request } => (ticket, Some(profile), request.wait()),
                Effect::Connect { ticket, profile } => (ticket, Some(profile), 0),
                Effect::Cancel { ticket } => (ticket, None, 0),
                _ => continue,
            };
            if let Some(open) = self.open.get_mut(ticket) {
                (open.held, open.pause) = (held, None);
                open.asked = asked.map(|profile| (profile.clone(), owed(now, held)));
            }
        }
    }

    /// A try has failed and the next one waits, or begins.
    pub fn pause(&mut self, ticket: Ticket, now: Timestamp, pause: Option<Pause>) {
        let Some(open) = self.open.get_mut(&ticket) else { return };
        open.pause = pause.and_then(|pause| Some((now.checked_add(pause.wait).ok()?, pause.error)));
        // What comes next is another try: its time begins anew.
        if let (None, Some((_, since))) = (&open.pause, &mut open.asked) {
            *since = owed(now, open.held);
        }
    }

    /// The machine slept, or its clock was set: how long anything took is not known.
    pub fn forget_time(&mut self, now: Timestamp) {
        for open in self.open.values_mut() {
            if let Some((_, since)) = &mut open.asked {
                *since = owed(now, open.held);
            }
        }
    }

    /// The answer came: what was it for?
    pub fn close(&mut self, ticket: Ticket) -> Option<PendingRequest> {
        self.open.remove(&ticket).map(|open| open.purpose)
    }

    /// Of which account something is asked.
    pub fn account(&self, ticket: Ticket) -> Option<&ProfileId> {
        self.open.get(&ticket)?.asked.as_ref().map(|(profile, _)| profile)
    }

    /// No effect is open, but for questions that rest at the server.
    pub fn idle(&self) -> bool {
        self.purposes().all(PendingRequest::rests)
    }

    /// A write is under way.
    pub fn saving(&self) -> bool {
        self.purposes().any(PendingRequest::writes)
    }

    fn purposes(&self) -> impl Iterator<Item = &PendingRequest> {
        self.open.values().map(|open| &open.purpose)
    }

    /// What is open, oldest first.
    pub fn open(&self) -> impl Iterator<Item = (Ticket, &PendingRequest)> {
        self.open.iter().map(|(ticket, open)| (*ticket, &open.purpose))
    }

    /// How this answer is late, if it is.
    pub fn delay(&self, ticket: Ticket, now: Timestamp) -> Option<Delay<'_>> {
        self.open.get(&ticket)?.delay(now)
    }

    /// Some answer is late.
    pub fn late(&self, now: Timestamp) -> bool {
        self.open.values().any(|open| open.delay(now).is_some())
    }

    /// How the answers of an account are late: a pause that is known of, else the longest silence.
    pub fn delay_in(&self, profile: &ProfileId, now: Timestamp) -> Option<Delay<'_>> {
        worst(self.open.values().filter(|open| open.asked.as_ref().is_some_and(|(of, _)| of == profile)), now)
    }

    /// How the answer to a write is late.
    pub fn delay_in_saving(&self, now: Timestamp) -> Option<Delay<'_>> {
        worst(self.open.values().filter(|open| open.purpose.writes()), now)
    }

    /// Those that wait for their next try: writes, or anything else.
    pub fn paused(&self, writes: bool) -> impl Iterator<Item = Ticket> {
        let paused = self.open.iter().filter(move |(_, open)| open.pause.is_some() && open.purpose.writes() == writes);
        paused.map(|(ticket, _)| *ticket)
    }

    /// When anything that is told of them changes next.
    pub fn due(&self, now: Timestamp) -> Option<Timestamp> {
        self.open.values().filter_map(|open| open.due(now)).min()
    }

    /// A launch of this company is under way.
    pub fn launching(&self, key: &CompanyKey) -> bool {
        self.purposes().any(|purpose| match purpose {
            PendingRequest::Launch(company) | PendingRequest::Open { key: company, .. } => company == key,
            _ => false,
        })
    }

    /// An unlink of this company is under way.
    pub fn unlinking(&self, key: &CompanyKey) -> bool {
        self.purposes().any(|purpose| matches!(purpose, PendingRequest::Unlink(company) if company == key))
    }

    /// A change to this step is under way.
    pub fn editing(&self, key: &CompanyKey, step: &StepKind) -> bool {
        self.purposes().any(
            |purpose| matches!(purpose, PendingRequest::EditStep { key: company, before, .. } if company == key && before.kind == *step),
        )
    }
}

/// From when on an answer is owed that is asked for now.
fn owed(now: Timestamp, held: u32) -> Timestamp {
    now.checked_add(SignedDuration::from_secs(held.into())).unwrap_or(now)
}

impl Open {
    /// For how many whole seconds there was no answer; never less than none, whatever the clock does.
    fn silent(&self, now: Timestamp) -> Option<i64> {
        let (_, since) = self.asked.as_ref()?;
        Some(now.duration_since(*since).as_secs().max(0))
    }

    fn delay(&self, now: Timestamp) -> Option<Delay<'_>> {
        if let Some((until, error)) = &self.pause {
            let left = until.duration_since(now).as_millis();
            return Some(Delay::Pause(whole_seconds(u128::try_from(left).unwrap_or(0)), error));
        }
        self.silent(now).filter(|seconds| *seconds >= PATIENCE).map(Delay::Silent)
    }

    fn due(&self, now: Timestamp) -> Option<Timestamp> {
        if self.pause.is_some() {
            return now.checked_add(SignedDuration::from_secs(1)).ok();
        }
        let (_, since) = self.asked.as_ref()?;
        let next = (self.silent(now)? + 1).max(PATIENCE);
        since.checked_add(SignedDuration::from_secs(next)).ok()
    }
}

fn worst<'a>(open: impl Iterator<Item = &'a Open>, now: Timestamp) -> Option<Delay<'a>> {
    open.filter_map(|open| open.delay(now)).max_by_key(|delay| match delay {
        Delay::Pause(seconds, _) => (true, *seconds),
        Delay::Silent(seconds) => (false, *seconds),
    })
}
