//! What each command does. Whether it may is asked first, in one place, for keys and palette alike.

use crate::app::command::{Command, DisabledReason, Group, Target as Targeted};
use crate::app::ctx::Ctx;
use crate::app::effect::Effect;
use crate::app::features::overview;
use crate::app::features::{
    accounts, activity, attention, bulk, companies, company, copy, form, launch, links, people, setup, sync, undo,
    unlink, usage, vaults,
};
use crate::app::model::{Model, Origin, Pane, Tab};
use crate::app::overlay::{Overlay, Palette, Pick};
use crate::app::screen::Screen;
use crate::app::toast::Notification;
use crate::app::update::{menu, screens, toast};
use crate::domain::launch::Target;

pub(in crate::app) fn run(ctx: &mut Ctx<'_>, command: Command) {
    if let Err(why) = command.ready(ctx.model) {
        // Nothing to move over, or nothing to go back from, is no news.
        if why != DisabledReason::NothingHere {
            toast(ctx.model, Notification::NotNow(command, why));
        }
        return;
    }
    // Who does something to the first row has chosen it: rows that come above it must not take its place.
    if command.row().group == Group::Company || command == Command::NextPane {
        ctx.model.list.touched = true;
    }
    if let Targeted::Marked(_) = command.target(ctx.model) {
        return bulk::run(ctx, command);
    }
    match command {
        Command::Open if ctx.model.screen != Screen::Companies => screens::open_company(ctx.model),
        Command::Open => open(ctx.model),
        Command::Launch => launch::ask(ctx, place(ctx.model)),
        Command::AddOwner => {
            if let Some((key, _)) = ctx.model.selected() {
                screens::go_to(ctx.model, key, Tab::People);
            }
        }
        Command::LaunchStep => {
            if let Some(target) = ctx.model.selected_step().map(|step| step.kind.target()) {
                launch::ask(ctx, target);
            }
        }
        Command::Unlink => unlink::open(ctx),
        Command::ToggleStep => setup::open(ctx.model),
        Command::EditNote => company::open_note(ctx.model),
        Command::Search => companies::search(ctx.model),
        Command::Sort => menu::open_sort(ctx.model),
        Command::Reverse => companies::reverse(ctx.model),
        Command::Filter => ctx.model.overlays.push(Overlay::Filter(Pick::default())),
        Command::Accounts => accounts::open(ctx.model),
        Command::ClearAll => companies::clear_all(ctx.model),
        Command::Refresh => refresh(ctx),
        Command::Copy => copy(ctx),
        Command::CopyId => {
            if let Some((key, _)) = ctx.model.selected() {
                copy::copy(ctx, key.company.to_string());
            }
        }
        Command::NextTab => turn(ctx.model, 1),
        Command::PreviousTab => turn(ctx.model, Tab::ALL.len() - 1),
        Command::NextPane => next_pane(ctx.model),
        Command::Down | Command::Up | Command::Top | Command::Bottom | Command::PageDown | Command::PageUp => {
            step(ctx.model, command);
        }
        Command::Back => back(ctx.model),
        Command::Details => {
            let failures = accounts::failures(ctx.model, ctx.model.selected().map(|(key, _)| key.profile).as_ref());
            if !failures.all.is_empty() {
                ctx.model.overlays.push(Overlay::Error(Box::new(failures)));
            }
        }
        Command::NewCompany | Command::EditCompany => form::run(ctx, command),
        Command::AcceptLink | Command::CancelLink | Command::OwnerPage => links::run(ctx, command),
        Command::FindPerson
        | Command::MakeOwner
        | Command::MakeAdministrator
        | Command::TakeAway
        | Command::Suspend
        | Command::Recover
        | Command::CancelRecovery => people::run(ctx, command),
        Command::GrantVault | Command::ViewVault => vaults::run(ctx, command),
        Command::Period | Command::UsageSort | Command::UsageReverse => usage::run(ctx, command),
        Command::ActivityFilter | Command::ActivityClear => activity::run(ctx, command),
        Command::Mark | Command::MarkAll | Command::Unmark | Command::Bulk | Command::Export | Command::Tag => {
            bulk::run(ctx, command);
        }
        Command::Snooze | Command::Urgent => attention::run(ctx, command),
        Command::Undo => undo::run(ctx, command),
        Command::ShowCompanies
        | Command::ShowLinks
        | Command::ShowRecoveries
        | Command::ShowUsage
        | Command::ShowActivity => screens::show(ctx.model, command),
        Command::Palette => {
            ctx.model.overlays.push(Overlay::Palette(Palette::default()));
            menu::find(ctx.model);
        }
        Command::Help => ctx.model.overlays.push(Overlay::Help { scroll: 0 }),
        Command::Quit => quit(ctx),
    }
}

/// Where a launch lands: at what one looks at in the company.
fn place(model: &Model) -> Target {
    match (model.screen, model.pane, model.tab) {
        (Screen::Companies, Pane::Company, Tab::People) => Target::People,
        (Screen::Companies, Pane::Company, Tab::Vaults) => Target::Vaults,
        (Screen::Companies, Pane::Company, Tab::Usage) => Target::Billing,
        (Screen::Recoveries, ..) => Target::Recovery,
        _ => Target::Home,
    }
}

fn open(model: &mut Model) {
    model.opened_from = origin(model);
    if model.pane == Pane::List {
        enter(model);
    }
    model.full = true;
}

/// Where Esc is to lead back to from a company that is opened now.
pub(in crate::app) fn origin(model: &Model) -> Origin {
    match (model.screen, model.pane) {
        (Screen::Companies, Pane::List) => Origin::List,
        (Screen::Companies, Pane::Company) if model.full => model.opened_from,
        (Screen::Companies, Pane::Company) => Origin::Pane,
        (screen, _) => Origin::Screen(screen),
    }
}

/// The company pane takes the keys and holds on to its company, whatever the list does meanwhile.
pub(in crate::app) fn enter(model: &mut Model) {
    model.list.searching = false;
    if model.pinned != model.list.cursor {
        model.rows = crate::app::model::TabRows::default();
    }
    model.pinned.clone_from(&model.list.cursor);
    model.pane = Pane::Company;
    model.rest_at = None;
}

fn next_pane(model: &mut Model) {
    match model.pane {
        Pane::List => {
            enter(model);
            model.full = false;
        }
        Pane::Company => leave(model),
    }
}

fn leave(model: &mut Model) {
    model.pane = Pane::List;
    model.full = false;
    if let Some(key) = model.pinned.take().filter(|key| model.roster.position(key).is_some()) {
        companies::put_cursor(model, Some(key));
    }
}

/// One layer back, to where one came from: the search of people, the company, the search.
fn back(model: &mut Model) {
    if model.screen != Screen::Companies {
        model.screen = Screen::Companies;
    } else if model.pane == Pane::Company && model.tab == Tab::People && people::drop_search(model) {
        // The search was the layer.
    } else if model.pane == Pane::Company {
        match model.opened_from {
            Origin::Pane if model.full && model.wide() => model.full = false,
            Origin::Screen(screen) if model.full => {
                leave(model);
                model.screen = screen;
            }
            _ => leave(model),
        }
    } else if !model.roster.query().search.is_empty() {
        companies::drop_search(model);
    }
}

fn turn(model: &mut Model, by: usize) {
    let at = Tab::ALL.iter().position(|tab| *tab == model.tab).unwrap_or(0);
    if let Some(tab) = Tab::ALL.get((at + by) % Tab::ALL.len()) {
        model.tab = *tab;
    }
}

/// Where a cursor goes in rows of this number.
pub(in crate::app) fn stepped(command: Command, at: usize, len: usize, page: usize) -> usize {
    let last = len.saturating_sub(1);
    match command {
        Command::Down => at.saturating_add(1).min(last),
        Command::Up => at.saturating_sub(1).min(last),
        Command::Top => 0,
        Command::Bottom => last,
        Command::PageDown => at.saturating_add(page).min(last),
        Command::PageUp => at.saturating_sub(page).min(last),
        _ => at.min(last),
    }
}

fn step(model: &mut Model, command: Command) {
    let page = model.page();
    if model.screen != Screen::Companies {
        screens::step(model, command);
        return;
    }
    if model.pane == Pane::List {
        companies::step(model, command);
        return;
    }
    match model.tab {
        Tab::Overview => {
            let len = model.selected().map_or(0, |(_, company)| overview::fields(company).len());
            model.rows.overview = stepped(command, model.rows.overview, len, page);
        }
        Tab::Setup => {
            let steps = model.selected_details().and_then(|details| details.setup.value());
            let len = steps.map_or(0, |list| list.steps.len());
            model.rows.setup = Some(stepped(command, model.step_row(), len, page));
        }
        Tab::People => people::step(model, command),
        Tab::Vaults => vaults::step(model, command),
        Tab::Usage => usage::step(model, command),
        Tab::Activity => activity::step(model, command),
    }
}

fn refresh(ctx: &mut Ctx<'_>) {
    company::forget_age(ctx.model);
    screens::refresh(ctx.model);
    sync::refresh(ctx);
}

fn copy(ctx: &mut Ctx<'_>) {
    let Some((_, company)) = ctx.model.selected() else { return };
    let text = match (ctx.model.pane, ctx.model.tab) {
        _ if ctx.model.screen == Screen::Recoveries => {
            ctx.model.selected_recovery().map_or_else(String::new, |row| row.item.email.clone())
        }
        (Pane::Company, Tab::Overview) => {
            let fields = overview::fields(company);
            fields.get(ctx.model.rows.overview).map_or_else(String::new, |field| overview::copied(company, *field))
        }
        (Pane::Company, Tab::People) => {
            ctx.model.selected_person().map_or_else(String::new, |person| person.email.clone())
        }
        _ => company.name.clone(),
    };
    if !text.is_empty() {
        copy::copy(ctx, text);
    }
}

/// Ends, unless something is still being saved: then asks. Asked twice, it goes.
pub(in crate::app) fn quit(ctx: &mut Ctx<'_>) {
    let asked = matches!(ctx.model.overlays.last(), Some(Overlay::Leave { .. }));
    if ctx.model.tickets.saving() && !asked {
        ctx.model.overlays.push(Overlay::Leave { leave: false });
    } else {
        ctx.effects.push(Effect::Quit);
    }
}
