//! People over all companies: a caller gives a name, not a company. The servers are asked once the typing rests.

use super::Palette;
use crate::app::core::per_account::{self, Listed, PerAccount};
use crate::app::ctx::Ctx;
use crate::app::effect::Ticket;
use crate::app::model::Model;
use crate::app::tickets::PendingRequest;
use crate::app::update::take_rows;
use crate::domain::error::{Error, Operation};
use crate::domain::id::ProfileId;
use crate::domain::people::{FoundPeople, FoundPerson, search_words};
use crate::domain::request::{Answer, FindPeople};
use jiff::{SignedDuration, Timestamp};
use std::cmp::Ordering;

/// How long the typing rests before the servers are asked.
const REST: SignedDuration = SignedDuration::from_millis(200);

/// So many people of an account are asked for.
const MOST: u32 = 50;

/// Whom the servers found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PeopleSearch {
    typed: String,
    /// When to ask for it; none when that was done.
    due: Option<Timestamp>,
    pub found: PerAccount<FoundPerson>,
    /// How many more there are than the servers told of.
    pub more: u64,
}

impl Listed for FoundPerson {
    fn beside(&self, other: &Self) -> Ordering {
        self.display_name.cmp(&other.display_name).then_with(|| self.company_name.cmp(&other.company_name))
    }
}

impl PeopleSearch {
    /// The servers are being asked, or are about to be.
    pub fn is_waiting(&self) -> bool {
        self.due.is_some() || self.found.loads().any(|(_, load)| load.waiting().is_some())
    }

    /// What is looked for from now on. What was found for something else is not shown any more.
    pub(super) fn look_for(&mut self, typed: &str, now: Timestamp) {
        if self.typed != typed {
            *self = Self { typed: typed.to_owned(), ..Self::default() };
            self.due = search_words(typed).and_then(|_| now.checked_add(REST).ok());
        }
    }
}

/// When the servers are asked.
pub(in crate::app) fn due(model: &Model) -> Option<Timestamp> {
    model.overlays.find(|_: &Palette| true)?.people.due
}

/// Asks each account that is shown, when the typing has rested.
pub(in crate::app) fn when_due(ctx: &mut Ctx<'_>) {
    let now = ctx.model.now;
    ctx.with_dialog(
        |palette: &Palette| palette.people.due.is_some_and(|due| due <= now),
        |palette, ctx| {
            palette.people.due = None;
            let request = FindPeople { search: palette.people.typed.clone(), most: MOST };
            for profile in per_account::askable(ctx.model) {
                let ticket = ctx.send(profile.clone(), PendingRequest::FindPeople(profile.clone()), request.clone());
                palette.people.found.ask(&profile, ticket, None);
            }
        },
    );
}

/// Shows whom an account found; the cursor stays on what it was on.
pub(in crate::app) fn on_found(ctx: &mut Ctx<'_>, ticket: Ticket, profile: &ProfileId, result: Result<Answer, Error>) {
    let (found, left_out) = take_rows::<FoundPeople>(Operation::LoadPeople, result);
    ctx.with_dialog(
        |_: &Palette| true,
        |palette, ctx| {
            let people = &mut palette.people;
            let total = found.as_ref().ok().and_then(|found| found.total);
            let rows = found.map(|found| found.people);
            let known = rows.as_ref().map_or(0, Vec::len) as u64 + u64::from(left_out);
            if people.found.settle(profile, ticket, ctx.model.now, rows) {
                people.found.leave_out(profile, left_out);
                people.more += total.map_or(0, |total| total.saturating_sub(known));
                palette.find_again(ctx.model);
            }
        },
    );
}
