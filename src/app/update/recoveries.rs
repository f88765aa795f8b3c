//! Screen 3: loading the open recoveries while they are looked at, and moving among them.

use super::{expect, run::stepped};
use crate::app::command::Command;
use crate::app::effect::{Effect, Ticket};
use crate::app::model::Model;
use crate::app::people::{Change, Done, Wait};
use crate::app::recoveries::in_order;
use crate::app::screen::Screen;
use crate::app::sync;
use crate::app::tickets::Purpose;
use crate::domain::recovery::PersonAct;
use crate::domain::request::{Answer, Request};
use crate::domain::trouble::{Trouble, What};

/// Seconds between two questions while the screen is looked at.
const EVERY: i64 = 30;

/// Asks when the screen is opened, and again from time to time while it is looked at.
pub(super) fn when_due(model: &mut Model, out: &mut Vec<Effect>) {
    if model.screen != Screen::Recoveries {
        // Whoever comes back wants to see how it stands then.
        model.recoveries.due = None;
        return;
    }
    let waiting = model.recoveries.list.waiting().is_some();
    if waiting || !model.accounts.connected(&model.home()) || model.recoveries.due.is_some_and(|due| due > model.now) {
        return;
    }
    let ticket = model.tickets.issue(Purpose::Folk(Wait::Recoveries));
    model.recoveries.list.wait_for(ticket);
    model.recoveries.due = sync::later(model.now, EVERY);
    out.push(Effect::Call { ticket, profile: model.home(), request: Request::Recoveries });
}

pub(super) fn loaded(model: &mut Model, ticket: Ticket, result: Result<Answer, Trouble>) {
    let list = expect(What::LoadRecoveries, result, |answer| match answer {
        Answer::Recoveries(list) => Some(in_order(list)),
        _ => None,
    });
    if model.recoveries.list.settle(ticket, model.now, list)
        && let Some(row) = model.recoveries.selected_row()
    {
        model.recoveries.row = row;
    }
}

pub(super) fn step(model: &mut Model, command: Command) {
    let len = model.recoveries.list.value().map_or(0, Vec::len);
    let row = match (model.recoveries.selected_row(), command) {
        (Some(row), _) => stepped(command, row, len, model.page()),
        // What was under the cursor is gone: the first step only takes up what stands there now.
        (None, Command::Down | Command::Up) => model.recoveries.row.min(len.saturating_sub(1)),
        (None, _) => stepped(command, 0, len, model.page()),
    };
    model.recoveries.put(row);
}

/// What is first only as long as nothing was chosen becomes what is chosen.
pub(super) fn hold(model: &mut Model) {
    if let Some(row) = model.recoveries.selected_row() {
        model.recoveries.put(row);
    }
}

/// A step of a recovery was taken from here: the list is asked for anew, and what is closed leaves it at once.
pub(super) fn acted(model: &mut Model, change: &Change) {
    model.recoveries.due = None;
    if matches!(change.done, Done::Act(PersonAct::CompleteRecovery | PersonAct::CancelRecovery)) {
        model.recoveries.close(&change.key.company, &change.user);
    }
}
