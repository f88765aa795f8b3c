//! Moving about: screens, panes, tabs and rows, and the way back.

pub mod history;

use crate::app::command::{Command, DisabledReason};
use crate::app::core::layout::WIDE;
use crate::app::core::selection::Movement;
use crate::app::ctx::Ctx;
use crate::app::features::people::PeopleSearch;
use crate::app::features::{
    activity, attention, companies, company, links, overview, people, since, sync, tasks, usage, vaults,
};
use crate::app::model::{Model, Pane, Tab, TabRows};
use crate::app::screen::Screen;
use crate::app::update::run;
use crate::domain::id::CompanyKey;
use crate::domain::ui_state::MOST_RECENT;

/// Shows a screen. The list of companies is the home of all others: there nothing is open beside it.
pub fn show(ctx: &mut Ctx<'_>, screen: Screen) {
    let model = &mut *ctx.model;
    let there = model.screen == screen && (screen != Screen::Companies || model.list_in_front());
    if !there {
        history::record(model);
        go_home(model);
        model.screen = screen;
        model.list.searching = false;
        model.usage.search.open = false;
    }
}

/// There is something under the cursor to be opened.
pub fn can_open(model: &Model) -> Result<(), DisabledReason> {
    if model.screen == Screen::Tasks { tasks::selected(model) } else { company::selected(model) }
}

/// Opens the selected company, from another screen at the tab that its row is about; of a task its panel.
pub fn open(ctx: &mut Ctx<'_>) {
    if ctx.model.screen == Screen::Tasks {
        return tasks::open_selected(ctx);
    }
    if ctx.model.screen != Screen::Companies {
        return open_from_screen(ctx.model);
    }
    if ctx.model.company_alone() {
        return main_act(ctx);
    }
    history::record(ctx.model);
    if ctx.model.pane == Pane::List {
        enter(ctx.model);
    }
    if let Some(key) = ctx.model.pinned.clone() {
        opened(ctx.model, key);
    }
    ctx.model.full = true;
}

fn open_from_screen(model: &mut Model) {
    let Some(key) = model.selected().map(|(key, _)| key) else { return };
    let tab = match model.screen {
        Screen::Recoveries => Tab::People,
        Screen::Usage => Tab::Usage,
        Screen::Activity => Tab::Activity,
        Screen::Companies | Screen::Links | Screen::Tasks => Tab::Overview,
    };
    let whom =
        model.selected_recovery().filter(|_| model.screen == Screen::Recoveries).map(|row| row.item.user.clone());
    go_to(model, key, tab);
    if whom.is_some() {
        // The row was about somebody: there they are under the cursor, whatever was searched there before.
        model.rows.search = PeopleSearch::default();
        model.rows.people.put(0, whom);
    }
}

/// What Enter does to the row under the cursor, where the company is alone on the screen.
fn main_act(ctx: &mut Ctx<'_>) {
    match ctx.model.tab {
        Tab::Overview => overview::enter(ctx),
        Tab::Setup => run(ctx, Command::LaunchStep),
        Tab::People => people::open_menu(ctx),
        Tab::Vaults => {
            let inside = ctx.model.selected_vault().is_none_or(|vault| vault.has_access);
            run(ctx, if inside { Command::ViewVault } else { Command::GrantVault });
        }
        Tab::Usage => run(ctx, Command::Period),
        Tab::Activity => activity::follow(ctx.model),
    }
}

/// Notes that a company was opened, for this run and the next.
fn opened(model: &mut Model, key: CompanyKey) {
    if let Some(state) = model.ui.of_mut(&key.profile) {
        state.opened(&key.company);
    }
    model.roster.read_news(&key);
    model.recent.retain(|other| *other != key);
    model.recent.insert(0, key);
    model.recent.truncate(MOST_RECENT);
}

/// Shows this company on the whole screen. It is put under the list's cursor, if the list shows it.
pub fn go_to(model: &mut Model, key: CompanyKey, tab: Tab) {
    let there = model.full && model.screen == Screen::Companies && model.pinned.as_ref() == Some(&key);
    if !there {
        history::record(model);
    }
    model.screen = Screen::Companies;
    model.pane = Pane::List;
    model.list.selection.touched = true;
    model.list.searching = false;
    if model.roster.position(&key).is_some() {
        companies::put_cursor(model, Some(key.clone()));
    }
    if model.pinned.as_ref() != Some(&key) {
        model.rows = TabRows::default();
    }
    opened(model, key.clone());
    model.pinned = Some(key);
    model.pane = Pane::Company;
    model.full = true;
    model.tab = tab;
    model.rest_at = None;
}

/// The company pane takes the keys and holds on to its company, whatever the list does meanwhile.
pub fn enter(model: &mut Model) {
    model.list.searching = false;
    if model.pinned != model.list.selection.key {
        model.rows = TabRows::default();
    }
    model.pinned.clone_from(&model.list.selection.key);
    model.pane = Pane::Company;
    model.rest_at = None;
}

/// The way out of the company's pane stays open when its company has vanished.
pub fn can_change_pane(model: &Model) -> Result<(), DisabledReason> {
    if model.pane == Pane::Company { Ok(()) } else { company::selected(model) }
}

pub fn next_pane(ctx: &mut Ctx<'_>) {
    match ctx.model.pane {
        Pane::List => {
            enter(ctx.model);
            ctx.model.full = false;
        }
        Pane::Company => leave_company(ctx.model),
    }
}

/// Out of the company into the list, with the cursor on it.
pub fn leave_company(model: &mut Model) {
    model.pane = Pane::List;
    model.full = false;
    if let Some(key) = model.pinned.take().filter(|key| model.roster.position(key).is_some()) {
        companies::put_cursor(model, Some(key));
    }
}

/// The list.
pub fn go_home(model: &mut Model) {
    leave_company(model);
    model.screen = Screen::Companies;
}

/// One layer back, to where one came from: a notice over the work, the search of people, the company, the search.
pub fn back(model: &mut Model) {
    if model.dismiss() {
        return;
    }
    let open = model.company_in_front();
    if model.screen == Screen::Usage && usage::search::cancel(model)
        || open && model.tab == Tab::People && people::drop_search(model)
    {
        // The search was the layer.
    } else if open && model.rows.from_card.take().is_some_and(|tab| tab == model.tab) {
        model.tab = Tab::Overview;
    } else if open && !model.full {
        leave_company(model);
    } else if open || model.screen != Screen::Companies {
        history::go_up(model);
    } else if !model.roster.query().search.is_empty() {
        companies::drop_search(model);
    } else if !attention::leave(model) {
        since::dismiss_welcome(model);
    }
}

pub fn can_go_back(model: &Model) -> Result<(), DisabledReason> {
    if history::can_step(model, false) { Ok(()) } else { Err(DisabledReason::NoPlace) }
}

pub fn can_go_forward(model: &Model) -> Result<(), DisabledReason> {
    if history::can_step(model, true) { Ok(()) } else { Err(DisabledReason::NoPlace) }
}

/// A company is open, so that its neighbours in the list can take its place.
pub fn can_turn_company(model: &Model) -> Result<(), DisabledReason> {
    let open = model.company_in_front();
    if open { can_move(model) } else { Err(DisabledReason::OnlyInCompany) }
}

/// Shows the company below or above in the list, in the same tab. One that the list does not show any more is left for
/// what stands at its place.
pub fn turn_company(model: &mut Model, movement: Movement) {
    let at = model.pinned.as_ref().and_then(|key| model.roster.position(key));
    let target = movement.apply_from(at, model.list.selection.row, model.roster.shown().len(), 1);
    let Some(key) = model.roster.key_at(target).filter(|key| Some(key) != model.pinned.as_ref()) else { return };
    companies::put_cursor(model, Some(key.clone()));
    model.list.selection.touched = true;
    model.roster.read_news(&key);
    model.pinned = Some(key);
    model.rows = TabRows::default();
    companies::rest(model);
}

/// Hides the company beside the list, or shows it again.
pub fn toggle_pane(model: &mut Model) {
    model.pane_hidden = !model.pane_hidden;
    if model.pane_hidden && model.pane == Pane::Company && !model.full {
        leave_company(model);
    }
}

pub fn can_toggle_pane(model: &Model) -> Result<(), DisabledReason> {
    if model.size.width >= WIDE { Ok(()) } else { Err(DisabledReason::Narrow(WIDE)) }
}

pub fn next_tab(ctx: &mut Ctx<'_>) {
    turn(ctx.model, 1);
}

pub fn previous_tab(ctx: &mut Ctx<'_>) {
    turn(ctx.model, Tab::ALL.len() - 1);
}

fn turn(model: &mut Model, by: usize) {
    let at = Tab::ALL.iter().position(|tab| *tab == model.tab).unwrap_or(0);
    if let Some(tab) = Tab::ALL.get((at + by) % Tab::ALL.len()) {
        model.tab = *tab;
    }
}

pub fn can_move(model: &Model) -> Result<(), DisabledReason> {
    let empty = model.screen == Screen::Companies && model.roster.shown().is_empty();
    if empty { Err(DisabledReason::NothingHere) } else { Ok(()) }
}

pub fn step(model: &mut Model, movement: Movement) {
    match model.screen {
        Screen::Companies if model.pane == Pane::List => companies::step(model, movement),
        Screen::Companies => step_in_tab(model, movement),
        Screen::Links => links::step(model, movement),
        Screen::Recoveries => people::step(model, movement),
        Screen::Usage => usage::step(model, movement),
        Screen::Activity => activity::step(model, movement),
        Screen::Tasks => tasks::step(model, movement),
    }
}

fn step_in_tab(model: &mut Model, movement: Movement) {
    let page = model.page();
    match model.tab {
        Tab::Overview => {
            model.rows.overview = movement.apply(model.rows.overview, overview::cards(model).count(), page);
        }
        Tab::Setup => {
            let steps = model.selected_details().and_then(|details| details.setup.value());
            let len = steps.map_or(0, |list| list.steps.len());
            model.rows.setup = Some(movement.apply(model.step_row(), len, page));
        }
        Tab::People => people::step(model, movement),
        Tab::Vaults => vaults::step(model, movement),
        Tab::Usage => usage::step(model, movement),
        Tab::Activity => activity::step(model, movement),
    }
}

/// Loads what is on the screen and not there yet.
pub fn when_due(ctx: &mut Ctx<'_>) {
    links::when_due(ctx);
    people::when_due(ctx);
    overview::when_due(ctx);
    usage::when_due(ctx);
    activity::when_due(ctx);
    tasks::when_due(ctx);
}

/// The refresh key: what is shown is asked for again, also after a failure.
pub fn refresh(ctx: &mut Ctx<'_>) {
    company::forget_age(ctx.model);
    links::refresh(ctx.model);
    people::refresh(ctx.model);
    usage::refresh(ctx.model);
    activity::refresh(ctx.model);
    tasks::refresh(ctx.model);
    sync::refresh(ctx);
}
