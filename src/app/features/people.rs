//! People: the tab and its search, and where answers about people, recoveries and vaults go.

mod ask;
mod confirm;
mod counts;
mod load;
mod renew;
mod rules;
mod state;

pub use state::*;

pub(in crate::app) use confirm::{dialog as confirm, open_vault};
pub(in crate::app) use load::{load, loaded, try_again};

use crate::app::command::Command;
use crate::app::core::text_input::TextInput;
use crate::app::ctx::Ctx;
use crate::app::effect::Ticket;
use crate::app::features::{companies, recoveries, vaults};
use crate::app::key::{Code, Key};
use crate::app::model::{Model, Pane};
use crate::app::screen::Screen;
use crate::app::update::run::{enter, stepped};
use crate::domain::error::Error;
use crate::domain::request::Answer;

pub(in crate::app) fn run(ctx: &mut Ctx<'_>, command: Command) {
    if command != Command::FindPerson {
        confirm::open(ctx.model, command);
    } else if ctx.model.screen != Screen::Companies || ctx.model.selected().is_none() {
        // Nobody to search among: the key searches all the same, and what is typed stays text.
        companies::search(ctx.model);
    } else {
        if ctx.model.pane == Pane::List {
            enter(ctx.model);
        }
        ctx.model.rows.search.open = true;
    }
}

pub(in crate::app) fn answered(ctx: &mut Ctx<'_>, ticket: Ticket, wait: Wait, result: Result<Answer, Error>) {
    match wait {
        Wait::Groups(key) => load::groups(ctx.model, ticket, &key, result),
        Wait::Change(change) => confirm::answered(ctx, *change, result),
        Wait::Recoveries(of) => {
            recoveries::loaded(ctx.model, &of, ticket, result);
            renew::by_recoveries(ctx.model, &of);
        }
        Wait::Vaults(key) => vaults::loaded(ctx.model, ticket, &key, result),
        Wait::Grant { key, vault, name } => confirm::granted(ctx, &key, &vault, name, result),
    }
}

pub(in crate::app) fn when_due(ctx: &mut Ctx<'_>) {
    recoveries::when_due(ctx);
}

pub(in crate::app) fn refresh(model: &mut Model) {
    model.recoveries.list.renew_all();
}

/// Moves the cursor of what is looked at: the screen of recoveries, else the tab.
pub(in crate::app) fn step(model: &mut Model, command: Command) {
    if model.screen == Screen::Recoveries {
        return recoveries::step(model, command);
    }
    let shown = model.people_shown();
    let row = match (model.person_row(), command) {
        (Some(row), _) => stepped(command, row, shown.len(), model.page()),
        // Whoever was under the cursor is gone: the first step only takes up who stands there now.
        (None, Command::Down | Command::Up) => model.rows.people.row.min(shown.len().saturating_sub(1)),
        (None, _) => stepped(command, 0, shown.len(), model.page()),
    };
    let user = shown.get(row).map(|person| person.id.clone());
    model.rows.people = PeopleCursor { user, row };
}

pub(in crate::app) fn search_key(ctx: &mut Ctx<'_>, key: Key) {
    match key.code {
        Code::Enter => {
            ctx.model.rows.search.open = false;
            // From now on the cursor holds on to whom was found, whatever a reload brings.
            hold(ctx.model);
        }
        Code::Esc => drop(drop_search(ctx.model)),
        Code::Down => step(ctx.model, Command::Down),
        Code::Up => step(ctx.model, Command::Up),
        Code::PageDown => step(ctx.model, Command::PageDown),
        Code::PageUp => step(ctx.model, Command::PageUp),
        _ => {
            let before = ctx.model.rows.search.line.text().to_owned();
            ctx.model.rows.search.line.key(key);
            searched(ctx.model, &before);
        }
    }
}

pub(in crate::app) fn paste(model: &mut Model, text: &str) {
    let before = model.rows.search.line.text().to_owned();
    model.rows.search.line.paste(text);
    searched(model, &before);
}

/// Each letter narrows at once; the first who fits is under the cursor.
fn searched(model: &mut Model, before: &str) {
    if model.rows.search.line.text() != before {
        model.rows.people = PeopleCursor::default();
    }
}

/// Drops the search; the cursor stays on whom it found. Says whether there was one.
pub(in crate::app) fn drop_search(model: &mut Model) -> bool {
    let searching = model.rows.search.open || !model.rows.search.line.text().is_empty();
    if searching {
        hold(model);
        model.rows.search.open = false;
        model.rows.search.line = TextInput::default();
        model.rows.people.row = model.person_row().unwrap_or(0);
    }
    searching
}

/// Who is first only as long as nobody was chosen becomes who is chosen.
pub(in crate::app) fn hold(model: &mut Model) {
    let user = model.selected_person().map(|person| person.id.clone());
    if let Some(user) = user {
        let row = model.person_row().unwrap_or(0);
        model.rows.people = PeopleCursor { user: Some(user), row };
    }
}
