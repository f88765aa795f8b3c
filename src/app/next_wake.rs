//! When the dashboard wants to be woken although nobody did anything. At rest: not before the next question
//! for changes is due.

use crate::app::core::per_account::{PerAccount, shown};
use crate::app::features::accounts::Account;
use crate::app::features::{links, overview, palette, recoveries, sync, tasks};
use crate::app::model::{Model, Tab};
use crate::app::overlay::Overlay;
use crate::app::pending;
use crate::app::screen::Screen;
use jiff::{SignedDuration, Timestamp};

/// One picture of the spinner, in milliseconds.
pub const SPINNER_MILLIS: i64 = 120;

/// The next moment at which something on the screen changes, or something is due, by time alone.
pub fn next_wake(model: &Model) -> Option<Timestamp> {
    let toasts = model.toasts.iter().map(|toast| toast.until);
    let (usage, activity) = (crate::app::update::usage_due(model), crate::app::update::activity_due(model));
    let own = [
        model.accounts.due(),
        model.rest_at,
        spinner(model),
        countdown(model),
        model.tickets.due(model.now),
        pending::due(model),
        palette::people::due(model),
        model.launching.as_ref().map(|waiting| waiting.until),
    ];
    let moments = own.into_iter().chain([
        links::due(model),
        recoveries::due(model),
        tasks::due(model),
        usage,
        activity,
        overview::due_at(model),
    ]);
    toasts.chain(moments.flatten()).min()
}

fn spinner(model: &Model) -> Option<Timestamp> {
    let next = model.now.checked_add(SignedDuration::from_millis(SPINNER_MILLIS)).ok()?;
    spinning(model).then_some(next)
}

/// Something is waited for that the screen shows by a spinner.
pub fn spinning(model: &Model) -> bool {
    let details = model.selected_details().filter(|_| model.company_visible());
    let loading =
        details.is_some_and(|details| details.setup.waiting().is_some() || details.people.waiting().is_some());
    let folk = details.is_some_and(|details| details.vaults.waiting().is_some())
        || model.screen == Screen::Recoveries && waiting(model, &model.recoveries.list);
    let usage = match model.screen {
        Screen::Usage => model.usage.waiting(),
        Screen::Activity => model.activity.feed.waiting(),
        _ => details.is_some_and(|details| match model.tab {
            Tab::Usage => details.usage.waiting().is_some(),
            Tab::Activity => details.activity.waiting(),
            _ => false,
        }),
    };
    let dialog = model.overlays.last().is_some_and(|overlay| overlay.dialog().is_busy());
    // What somebody asked for by hand shows at once that it is under way; a poll only when it takes its time.
    let late =
        |account: &Account| account.sync.by_hand || model.tickets.delay_in(&account.profile, model.now).is_some();
    let starting = model.accounts.loading() || shown(model).any(late);
    let launching = model.selected().is_some_and(|(key, _)| model.tickets.launching(&key));
    let links = model.screen == Screen::Links && waiting(model, &model.links.list);
    let tasks = model.screen == Screen::Tasks && waiting(model, &model.tasks.list);
    loading || folk || usage || dialog || starting || launching || links || tasks
}

/// One of the accounts that are shown is waited for.
fn waiting<T>(model: &Model, list: &PerAccount<T>) -> bool {
    shown(model).any(|account| list.waiting(&account.profile))
}

/// A second hand is on the screen: the pause before the next try, or the life of a launch address.
fn countdown(model: &Model) -> Option<Timestamp> {
    let dialog = matches!(model.overlays.last(), Some(Overlay::Launch(dialog))
        if dialog.address.expire_time.is_some_and(|end| end > model.now));
    if dialog || model.accounts.error().is_some() { sync::later(model.now, 1) } else { None }
}
