//! The five screens: going there, moving about, and from a row to its company.

use crate::app::command::Command;
use crate::app::ctx::Ctx;
use crate::app::features::people::{PeopleCursor, PeopleSearch};
use crate::app::features::{activity, companies, links, people, usage};
use crate::app::model::{Model, Origin, Pane, Tab};
use crate::app::screen::Screen;
use crate::app::update::run;
use crate::domain::id::CompanyKey;

pub(in crate::app) fn show(model: &mut Model, command: Command) {
    model.screen = match command {
        Command::ShowLinks => Screen::Links,
        Command::ShowRecoveries => Screen::Recoveries,
        Command::ShowUsage => Screen::Usage,
        Command::ShowActivity => Screen::Activity,
        _ => Screen::Companies,
    };
    model.list.searching &= model.screen == Screen::Companies;
    // Who goes elsewhere by name goes on from there: Esc leads to the list, as it does from everywhere.
    if matches!(model.opened_from, Origin::Screen(_)) {
        model.opened_from = Origin::List;
    }
}

/// From a row of another screen to its company, at the tab that the row is about.
pub(in crate::app) fn open_company(model: &mut Model) {
    let Some(key) = model.selected().map(|(key, _)| key) else { return };
    let tab = match model.screen {
        Screen::Recoveries => Tab::People,
        Screen::Usage => Tab::Usage,
        Screen::Activity => Tab::Activity,
        Screen::Companies | Screen::Links => Tab::Overview,
    };
    let whom =
        model.selected_recovery().filter(|_| model.screen == Screen::Recoveries).map(|row| row.item.user.clone());
    go_to(model, key, tab);
    if whom.is_some() {
        // The row was about somebody: there they are under the cursor, whatever was searched there before.
        model.rows.search = PeopleSearch::default();
        model.rows.people = PeopleCursor { user: whom, row: 0 };
    }
}

/// Shows this company on the whole screen. It is put under the list's cursor, if the list shows it.
pub(in crate::app) fn go_to(model: &mut Model, key: CompanyKey, tab: Tab) {
    model.opened_from = run::origin(model);
    model.screen = Screen::Companies;
    model.pane = Pane::List;
    model.list.touched = true;
    model.list.searching = false;
    if model.roster.position(&key).is_some() {
        companies::put_cursor(model, Some(key.clone()));
    }
    if model.pinned.as_ref() != Some(&key) {
        model.rows = crate::app::model::TabRows::default();
    }
    model.pinned = Some(key);
    model.pane = Pane::Company;
    model.full = true;
    model.tab = tab;
    model.rest_at = None;
}

pub(in crate::app) fn step(model: &mut Model, command: Command) {
    match model.screen {
        Screen::Companies => {}
        Screen::Links => links::step(model, command),
        Screen::Recoveries => people::step(model, command),
        Screen::Usage => usage::step(model, command),
        Screen::Activity => activity::step(model, command),
    }
}

/// Loads what is on the screen and not there yet.
pub(in crate::app) fn when_due(ctx: &mut Ctx<'_>) {
    links::when_due(ctx);
    people::when_due(ctx);
    usage::when_due(ctx);
    activity::when_due(ctx);
}

/// The refresh key: what is shown is asked for again, also after a failure.
pub(in crate::app) fn refresh(model: &mut Model) {
    links::refresh(model);
    people::refresh(model);
    usage::refresh(model);
    activity::refresh(model);
}
