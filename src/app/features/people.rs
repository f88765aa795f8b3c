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
use crate::app::effect::{Effect, Ticket};
use crate::app::features::{companies, recoveries, vaults};
use crate::app::key::{Code, Key};
use crate::app::model::{Model, Pane};
use crate::app::screen::Screen;
use crate::app::update::run::{enter, stepped};
use crate::domain::error::Error;
use crate::domain::request::Answer;

pub(in crate::app) fn run(model: &mut Model, command: Command, _out: &mut Vec<Effect>) {
    if command != Command::FindPerson {
        confirm::open(model, command);
    } else if model.screen != Screen::Companies || model.selected().is_none() {
        // Nobody to search among: the key searches all the same, and what is typed stays text.
        companies::search(model);
    } else {
        if model.pane == Pane::List {
            enter(model);
        }
        model.rows.search.open = true;
    }
}

pub(in crate::app) fn answered(
    model: &mut Model,
    ticket: Ticket,
    wait: Wait,
    result: Result<Answer, Error>,
    out: &mut Vec<Effect>,
) {
    match wait {
        Wait::Groups(key) => load::groups(model, ticket, &key, result),
        Wait::Change(change) => confirm::answered(model, *change, result, out),
        Wait::Recoveries(of) => {
            recoveries::loaded(model, &of, ticket, result);
            renew::by_recoveries(model, &of);
        }
        Wait::Vaults(key) => vaults::loaded(model, ticket, &key, result),
        Wait::Grant { key, vault, name } => confirm::granted(model, &key, &vault, name, result, out),
    }
}

pub(in crate::app) fn when_due(model: &mut Model, out: &mut Vec<Effect>) {
    recoveries::when_due(model, out);
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

pub(in crate::app) fn search_key(model: &mut Model, key: Key, _out: &mut Vec<Effect>) {
    match key.code {
        Code::Enter => {
            model.rows.search.open = false;
            // From now on the cursor holds on to whom was found, whatever a reload brings.
            hold(model);
        }
        Code::Esc => drop(drop_search(model)),
        Code::Down => step(model, Command::Down),
        Code::Up => step(model, Command::Up),
        Code::PageDown => step(model, Command::PageDown),
        Code::PageUp => step(model, Command::PageUp),
        _ => {
            let before = model.rows.search.line.text().to_owned();
            model.rows.search.line.key(key);
            searched(model, &before);
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
