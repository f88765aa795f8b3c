//! The form for a new company and for a change of one.

mod check;
mod open;
mod save;
mod saved;
mod state;

pub use state::*;

use crate::app::command::Command;
use crate::app::ctx::Ctx;
use crate::app::features::accounts::Choice;
use crate::app::features::{accounts, launch, links};
use crate::app::key::{Code, Key};
use crate::app::model::{Model, Tab};
use crate::app::overlay::Overlay;
use crate::app::screen::Screen;
use crate::app::toast::Notification;
use crate::app::update::{intent, toast};
use crate::domain::id::ProfileId;

pub(in crate::app) use saved::answered;

pub(in crate::app) fn choose_kind(ctx: &mut Ctx<'_>) {
    // Who looks at links rather has one to accept.
    let cursor = usize::from(ctx.model.screen == Screen::Links);
    ctx.model.overlays.push(Overlay::NewCompany { cursor });
}

pub(in crate::app) fn edit(ctx: &mut Ctx<'_>) {
    if let Some((key, company)) = ctx.model.selected() {
        let form = CompanyForm::of(key, company);
        ctx.model.overlays.push(Overlay::Form(Box::new(form)));
    }
}

/// *Add a new company* or *Link an existing account*.
pub(in crate::app) fn choice(ctx: &mut Ctx<'_>, key: Key) {
    let Some(Overlay::NewCompany { cursor }) = ctx.model.overlays.last_mut() else { return };
    match key.code {
        Code::Down | Code::Up | Code::Tab | Code::BackTab | Code::Char('j' | 'k') => *cursor = 1 - (*cursor).min(1),
        Code::Char('1') => choose(ctx, 0),
        Code::Char('2') => choose(ctx, 1),
        Code::Enter => {
            let row = *cursor;
            choose(ctx, row);
        }
        Code::Esc | Code::Char('q' | 'n') => drop(ctx.model.overlays.pop()),
        _ => {}
    }
}

fn choose(ctx: &mut Ctx<'_>, row: usize) {
    let model = &mut *ctx.model;
    let command = if row == 0 { Command::NewCompany } else { Command::AcceptLink };
    if let Err(why) = command.permitted(model) {
        return toast(model, Notification::NotNow(command, why));
    }
    model.overlays.pop();
    if row > 0 {
        links::open_accept(ctx);
    } else if let Some(profile) = accounts::settle(model, Choice::NewCompany, model.accounts.profiles()) {
        begin(model, profile);
    }
}

/// An empty form for a company of this account.
pub(in crate::app) fn begin(model: &mut Model, profile: ProfileId) {
    let form = CompanyForm::blank(profile, &usual_country(model));
    model.overlays.push(Overlay::Form(Box::new(form)));
}

/// The country that most companies are in; the first by its code among equals.
fn usual_country(model: &Model) -> String {
    let most = model.roster.totals().countries.iter().rev().max_by_key(|(_, count)| **count);
    most.map(|(code, _)| code.clone()).unwrap_or_default()
}

pub(in crate::app) fn dialog(ctx: &mut Ctx<'_>, key: Key) {
    let Model { overlays, options, .. } = ctx.model;
    let Some(Overlay::Form(form)) = overlays.last_mut() else { return };
    if form.busy() {
        return;
    }
    let found = if form.at == Field::Country { form.found(&options.countries) } else { Vec::new() };
    let finding = form.at == Field::Country && !form.query.text().is_empty();
    let asked = std::mem::take(&mut form.asking);
    match key.code {
        Code::Esc if finding => form.query = crate::app::core::text_input::TextInput::default(),
        Code::Esc => close(ctx.model, asked),
        Code::Enter if form.at == Field::Cancel => close(ctx.model, asked),
        Code::Enter if form.at == Field::Save => save::save(ctx),
        Code::Down if finding => form.choice = (form.choice + 1).min(found.len().saturating_sub(1)),
        Code::Up if finding => form.choice = form.choice.saturating_sub(1),
        Code::Tab | Code::Down | Code::Enter => go(form, &found, 1),
        Code::BackTab | Code::Up => go(form, &found, -1),
        Code::Right if form.at == Field::Save => form.at = Field::Cancel,
        Code::Left if form.at == Field::Cancel => form.at = Field::Save,
        _ => typed(form, |line| line.key(key)),
    }
}

fn close(model: &mut Model, asked: bool) {
    match model.overlays.last_mut() {
        Some(Overlay::Form(form)) if form.changed() && !asked => form.asking = true,
        _ => drop(model.overlays.pop()),
    }
}

/// To the field before or behind. A country that was being looked for is taken on the way.
fn go(form: &mut CompanyForm, found: &[(&'static str, &'static str)], by: isize) {
    if let Some((code, _)) = found.get(form.choice) {
        (*code).clone_into(&mut form.country);
        form.query = crate::app::core::text_input::TextInput::default();
        form.choice = 0;
        form.refused.remove(&Field::Country);
    }
    form.left.insert(form.at);
    let fields = form.fields();
    let at = fields.iter().position(|field| *field == form.at).unwrap_or(0);
    if let Some(next) = at.checked_add_signed(by).and_then(|next| fields.get(next)) {
        form.at = *next;
    } else if let Some(around) = if by > 0 { fields.first() } else { fields.last() } {
        form.at = *around;
    }
}

/// A field changed: what the server said about it, and what was pointed out, was about something else.
fn typed(form: &mut CompanyForm, edit: impl FnOnce(&mut crate::app::core::text_input::TextInput) -> bool) {
    let field = form.at;
    let before = form.text(field).to_owned();
    if field == Field::Country {
        edit(&mut form.query);
        form.choice = 0;
        return;
    }
    if let Some(line) = form.lines.get_mut(&field) {
        edit(line);
    }
    if form.text(field) != before {
        form.refused.remove(&field);
        if field == Field::Name {
            form.alike.clear();
            form.warned = None;
        }
    }
}

pub(in crate::app) fn paste(model: &mut Model, text: &str) {
    if let Some(Overlay::Form(form)) = model.overlays.last_mut()
        && !form.busy()
    {
        form.asking = false;
        typed(form, |line| {
            line.paste(text);
            true
        });
    }
}

/// After a company was added: launch it and start the set-up, or later.
pub(in crate::app) fn added(ctx: &mut Ctx<'_>, key: Key) {
    let Some(Overlay::Added(added)) = ctx.model.overlays.last_mut() else { return };
    match key.code {
        Code::Tab | Code::BackTab | Code::Left | Code::Right => added.launch = !added.launch,
        Code::Enter if added.launch => start_setup(ctx),
        Code::Char('l') => start_setup(ctx),
        Code::Enter | Code::Esc | Code::Char('q') => drop(ctx.model.overlays.pop()),
        _ => {}
    }
}

fn start_setup(ctx: &mut Ctx<'_>) {
    let Some(Overlay::Added(added)) = ctx.model.overlays.pop() else { return };
    crate::app::navigation::go_to(ctx.model, added.key, Tab::Setup);
    match Command::Launch.ready(ctx.model) {
        Ok(()) => launch::launch(ctx),
        Err(why) => toast(ctx.model, Notification::NotNow(Command::Launch, why)),
    }
}
