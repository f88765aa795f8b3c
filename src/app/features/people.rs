//! People: the tab and its search, and where answers about people, recoveries and vaults go.

mod ask;
mod confirm;
mod counts;
mod load;
pub mod menu;
mod renew;
mod rules;
mod state;

pub use state::*;

pub(in crate::app) use confirm::{open as ask, open_vault};
pub(in crate::app) use load::{load, on_people};
pub(in crate::app) use menu::open as open_menu;

use crate::app::command::{Command, DisabledReason};
use crate::app::core::selection::{Movement, Selection};
use crate::app::core::text_input::TextInput;
use crate::app::ctx::Ctx;
use crate::app::effect::Ticket;
use crate::app::features::{companies, company, recoveries, vaults};
use crate::app::key::{Code, Key};
use crate::app::model::{Model, Pane, Tab};
use crate::app::navigation::{enter, go_to};
use crate::app::screen::Screen;
use crate::domain::error::Error;
use crate::domain::request::Answer;

/// From the recoveries, and from a company that is gone, it searches the list.
pub(in crate::app) fn can_search(model: &Model) -> Result<(), DisabledReason> {
    match model.screen {
        Screen::Recoveries => Ok(()),
        Screen::Companies if model.tab == Tab::People => Ok(()),
        _ => Err(PeopleDisabledReason::OnlyInPeople.into()),
    }
}

pub(in crate::app) fn search(ctx: &mut Ctx<'_>) {
    if ctx.model.screen != Screen::Companies || ctx.model.selected().is_none() {
        // Nobody to search among: the key searches all the same, and what is typed stays text.
        return companies::search(ctx.model);
    }
    if ctx.model.pane == Pane::List {
        enter(ctx.model);
    }
    ctx.model.rows.search.open = true;
}

/// Whether this can be done to the person under the cursor.
pub(in crate::app) fn can(model: &Model, command: Command) -> Result<(), DisabledReason> {
    let (key, _) = company::managed_company(model)?;
    if model.guided(&key.profile) {
        return Ok(());
    }
    let (subject, _) = subject(command, model)?;
    if under_way(model, &key, &subject.user) { Err(DisabledReason::UnderWay) } else { Ok(()) }
}

/// The people of the selected company, to make somebody an owner.
pub(in crate::app) fn open_tab(ctx: &mut Ctx<'_>) {
    if let Some((key, _)) = ctx.model.selected() {
        go_to(ctx.model, key, Tab::People);
    }
}

pub(in crate::app) fn on_answer(ctx: &mut Ctx<'_>, ticket: Ticket, wait: PeopleRequest, result: Result<Answer, Error>) {
    match wait {
        PeopleRequest::Groups(key) => load::on_groups(ctx.model, ticket, &key, result),
        PeopleRequest::Change(change) => confirm::on_change(ctx, *change, result),
        PeopleRequest::Recoveries(of) => {
            recoveries::on_list(ctx.model, &of, ticket, result);
            renew::by_recoveries(ctx.model, &of);
        }
        PeopleRequest::Vaults(key) => vaults::on_list(ctx.model, ticket, &key, result),
        PeopleRequest::Grant { key, vault, name } => confirm::on_grant(ctx, &key, &vault, name, result),
    }
}

pub(in crate::app) fn when_due(ctx: &mut Ctx<'_>) {
    recoveries::when_due(ctx);
}

pub(in crate::app) fn refresh(model: &mut Model) {
    model.recoveries.list.outdate_all();
}

/// Moves the cursor of what is looked at: the screen of recoveries, else the tab.
pub(in crate::app) fn step(model: &mut Model, movement: Movement) {
    if model.screen == Screen::Recoveries {
        return recoveries::step(model, movement);
    }
    let shown = model.people_shown();
    let row = movement.apply_from(model.person_row(), model.rows.people.row, shown.len(), model.page());
    let user = shown.get(row).map(|person| person.id.clone());
    model.rows.people.put(row, user);
}

pub(in crate::app) fn search_key(ctx: &mut Ctx<'_>, key: Key) {
    match key.code {
        Code::Enter => {
            ctx.model.rows.search.open = false;
            // From now on the cursor holds on to whom was found, whatever a reload brings.
            keep_selected(ctx.model);
        }
        Code::Esc => drop(drop_search(ctx.model)),
        _ => {
            if let Some(movement) = Movement::of(key, false).filter(|_| !matches!(key.code, Code::Char(_))) {
                step(ctx.model, movement);
            } else {
                let before = ctx.model.rows.search.line.text().to_owned();
                ctx.model.rows.search.line.key(key);
                searched(ctx.model, &before);
            }
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
        model.rows.people = Selection::default();
    }
}

/// Drops the search; the cursor stays on whom it found. Says whether there was one.
pub(in crate::app) fn drop_search(model: &mut Model) -> bool {
    let searching = model.rows.search.open || !model.rows.search.line.text().is_empty();
    if searching {
        keep_selected(model);
        model.rows.search.open = false;
        model.rows.search.line = TextInput::default();
        model.rows.people.row = model.person_row().unwrap_or(0);
    }
    searching
}

/// Who is first only as long as nobody was chosen becomes who is chosen.
pub(in crate::app) fn keep_selected(model: &mut Model) {
    let user = model.selected_person().map(|person| person.id.clone());
    if let Some(user) = user {
        let row = model.person_row().unwrap_or(0);
        model.rows.people.put(row, Some(user));
    }
}
