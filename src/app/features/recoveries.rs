//! Screen 3: loading the open recoveries while they are looked at, and moving among them.

mod state;

pub use state::*;

use crate::app::core::per_account;
use crate::app::core::refresh::Refresh;
use crate::app::core::selection::Movement;
use crate::app::ctx::Ctx;
use crate::app::effect::Ticket;
use crate::app::features::attention;
use crate::app::features::people::{Change, Done, PeopleRequest};
use crate::app::model::Model;
use crate::app::screen::Screen;
use crate::app::tickets::PendingRequest;
use crate::app::update::take_rows;
use crate::domain::error::{Error, Operation};
use crate::domain::id::{CompanyKey, ProfileId, UserId};
use crate::domain::recovery::{PersonAct, Recovery};
use crate::domain::request::Request;
use crate::domain::request::{Answer, ListRecoveries};

/// While the screen is looked at.
const REFRESH: Refresh = Refresh::every(30);

/// Asks when the screen is opened, and again from time to time while it is looked at. Each account for itself.
pub(in crate::app) fn when_due(ctx: &mut Ctx<'_>) {
    if ctx.model.screen != Screen::Recoveries && !attention::wants_recoveries(ctx.model) {
        // Whoever comes back wants to see how it stands then.
        ctx.model.recoveries.list.outdate_all();
        return;
    }
    for profile in per_account::askable(ctx.model) {
        if ctx.model.recoveries.list.is_due(&profile, ctx.model.now) {
            let pending = PendingRequest::PeopleAction(PeopleRequest::Recoveries(profile.clone()));
            let ticket = ctx.send(profile.clone(), pending, Request::ListRecoveries(ListRecoveries));
            ctx.model.recoveries.list.ask(&profile, ticket, REFRESH.next(ctx.model.now));
        }
    }
}

pub(in crate::app) fn on_list(model: &mut Model, profile: &ProfileId, ticket: Ticket, result: Result<Answer, Error>) {
    let (list, left_out) = take_rows::<Vec<Recovery>>(Operation::LoadRecoveries, result);
    let list = list.map(in_order);
    if model.recoveries.list.settle(profile, ticket, model.now, list) {
        model.recoveries.list.leave_out(profile, left_out);
        if let Some(row) = model.recovery_row() {
            model.recoveries.selection.row = row;
        }
    }
}

pub(in crate::app) fn step(model: &mut Model, movement: Movement) {
    let len = model.recoveries_shown().count();
    // What was under the cursor may be gone.
    let row = movement.apply_from(model.recovery_row(), model.recoveries.selection.row, len, model.page());
    model.put_on_recovery(row);
}

/// What is first only as long as nothing was chosen becomes what is chosen.
pub(in crate::app) fn keep_selected(model: &mut Model) {
    if let Some(row) = model.recovery_row() {
        model.put_on_recovery(row);
    }
}

/// A step of a recovery was taken from here: the list is asked for anew, and what is closed leaves it at once.
pub(in crate::app) fn acted(model: &mut Model, change: &Change) {
    model.recoveries.list.outdate(&change.key.profile);
    if matches!(change.done, Done::Act(PersonAct::CompleteRecovery | PersonAct::CancelRecovery)) {
        close(model, &change.key, &change.user);
    }
}

/// Takes a recovery off the list that was completed or cancelled from here; the next one takes its row.
fn close(model: &mut Model, key: &CompanyKey, user: &UserId) {
    let is = |it: &Recovery| it.company == key.company && it.user == *user;
    let at = model.recoveries_shown().position(|row| row.profile == key.profile && is(&row.item));
    let was = model.recovery_row();
    model.recoveries.list.change(&key.profile, |list| list.retain(|it| !is(it)));
    if let Some(at) = at.filter(|_| was == at) {
        let len = model.recoveries_shown().count();
        model.put_on_recovery(at.min(len.saturating_sub(1)));
    }
}
