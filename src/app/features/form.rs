//! The form for a new company and for a change of one.

mod check;
mod open;
mod save;
mod saved;
mod state;

pub use state::*;

use crate::app::command::Command;
use crate::app::core::text_input::TextInput;
use crate::app::ctx::Ctx;
use crate::app::dialog::{Dialog, Outcome};
use crate::app::features::accounts::{Account, Choice, Settled};
use crate::app::features::attention::{self, Fix};
use crate::app::features::{accounts, launch, links, overview, tasks};
use crate::app::key::{Code, Key};
use crate::app::model::{Model, Tab};
use crate::app::navigation::go_to;
use crate::app::screen::Screen;
use crate::app::toast::Notification;
use crate::domain::id::ProfileId;
use crate::domain::task::TaskKind;

pub(in crate::app) use saved::on_answer;

pub(in crate::app) fn choose_kind(ctx: &mut Ctx<'_>) {
    // Who looks at links rather has one to accept.
    let cursor = usize::from(ctx.model.screen == Screen::Links);
    ctx.model.overlays.open(KindMenu { cursor });
}

pub(in crate::app) fn edit(ctx: &mut Ctx<'_>) {
    if let Some((key, company)) = ctx.model.selected() {
        let country_optional = ctx.model.accounts.get(&key.profile).is_some_and(Account::real);
        // From a line or a card about seats one comes for their limit.
        let about = attention::showing(ctx.model).then(|| ctx.model.reason(&key, company)).flatten();
        let seats = about.is_some_and(|reason| attention::fix(&reason).is_some_and(|(fix, _)| fix == Fix::RaiseLimit));
        let seats = seats || overview::about_seats(ctx.model);
        let form = CompanyForm { country_optional, ..CompanyForm::of(key, company) };
        let form = if seats { CompanyForm { at: Field::SeatLimit, ..form } } else { form };
        ctx.model.overlays.open(form);
    }
}

/// *Add a new company* or *Link an existing account*.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KindMenu {
    pub cursor: usize,
}

impl Dialog for KindMenu {
    fn key(&mut self, key: Key, ctx: &mut Ctx<'_>) -> Outcome {
        match key.code {
            Code::Down | Code::Up | Code::Tab | Code::BackTab | Code::Char('j' | 'k') => {
                self.cursor = 1 - self.cursor.min(1);
            }
            Code::Char('1') => return choose(ctx, 0),
            Code::Char('2') => return choose(ctx, 1),
            Code::Enter => return choose(ctx, self.cursor),
            Code::Esc | Code::Char('q' | 'n') => return Outcome::Close,
            _ => {}
        }
        Outcome::Keep
    }
}

fn choose(ctx: &mut Ctx<'_>, row: usize) -> Outcome {
    let command = if row == 0 { Command::NewCompany } else { Command::AcceptLink };
    if let Err(why) = command.permitted(ctx.model) {
        ctx.model.notify(Notification::NotNow(command, why));
        return Outcome::Keep;
    }
    if row > 0 {
        return links::accept_dialog(ctx.model).map_or(Outcome::Close, Outcome::Replace);
    }
    match accounts::settle(ctx.model, Choice::NewCompany, ctx.model.accounts.profiles()) {
        Settled::Account(profile) => Outcome::Replace(blank(ctx.model, profile).into()),
        Settled::Ask(menu) => Outcome::Replace(menu.into()),
        Settled::Refused => Outcome::Close,
    }
}

/// An empty form for a company of this account.
pub(in crate::app) fn blank(model: &Model, profile: ProfileId) -> CompanyForm {
    if model.accounts.get(&profile).is_some_and(Account::real) {
        return CompanyForm { country_optional: true, ..CompanyForm::blank(profile, "") };
    }
    CompanyForm::blank(profile, &usual_country(model))
}

/// The country that most companies are in; the first by its code among equals.
fn usual_country(model: &Model) -> String {
    let most = model.roster.totals().countries.iter().rev().max_by_key(|(_, count)| **count);
    most.map(|(code, _)| code.clone()).unwrap_or_default()
}

impl Dialog for CompanyForm {
    fn aim(&mut self, button: usize) -> bool {
        self.at = if button == 0 { Field::Save } else { Field::Cancel };
        true
    }

    fn key(&mut self, key: Key, ctx: &mut Ctx<'_>) -> Outcome {
        if self.busy() {
            return Outcome::Keep;
        }
        let found = if self.at == Field::Country { self.found(&ctx.model.options.countries) } else { Vec::new() };
        let finding = self.at == Field::Country && !self.query.text().is_empty();
        if !finding && (key.code == Code::Esc || key.code == Code::Enter && self.at == Field::Cancel) {
            return self.submission.esc(self.changed());
        }
        self.submission.keep_editing();
        if key.saves() {
            take_country(self, &found);
            return save::save(self, ctx);
        }
        match key.code {
            Code::Enter | Code::Char(' ') | Code::Right if self.at == Field::More => self.unfold(),
            Code::Char(_) if self.at == Field::More && key.typed().is_some() => {
                self.unfold();
                typed(self, |line| line.key(key));
            }
            Code::Esc if finding => self.query = TextInput::default(),
            Code::Enter if self.at == Field::Save => return save::save(self, ctx),
            Code::Down if finding => self.choice = (self.choice + 1).min(found.len().saturating_sub(1)),
            Code::Up if finding => self.choice = self.choice.saturating_sub(1),
            Code::Tab | Code::Down | Code::Enter => go(self, &found, 1),
            Code::BackTab | Code::Up => go(self, &found, -1),
            Code::Right if self.at == Field::Save => self.at = Field::Cancel,
            Code::Left if self.at == Field::Cancel => self.at = Field::Save,
            _ => typed(self, |line| line.key(key)),
        }
        Outcome::Keep
    }

    fn paste(&mut self, text: &str, _: &mut Ctx<'_>) {
        if !self.busy() {
            self.submission.keep_editing();
            if self.at == Field::More {
                self.unfold();
            }
            typed(self, |line| {
                line.paste(text);
                true
            });
        }
    }

    fn takes_text(&self) -> bool {
        true
    }

    fn is_sending(&self) -> bool {
        self.busy()
    }

    fn holds_keys(&self) -> bool {
        self.busy()
    }
}

/// To the field before or behind. A country that was being looked for is taken on the way.
fn go(form: &mut CompanyForm, found: &[(&'static str, &'static str)], by: isize) {
    take_country(form, found);
    form.left.insert(form.at);
    let fields = form.fields();
    let at = fields.iter().position(|field| *field == form.at).unwrap_or(0);
    if let Some(next) = at.checked_add_signed(by).and_then(|next| fields.get(next)) {
        form.at = *next;
    } else if let Some(around) = if by > 0 { fields.first() } else { fields.last() } {
        form.at = *around;
    }
}

/// A country that was being looked for is the one of the form.
fn take_country(form: &mut CompanyForm, found: &[(&'static str, &'static str)]) {
    if let Some((code, _)) = found.get(form.choice) {
        (*code).clone_into(&mut form.country);
        form.query = TextInput::default();
        form.choice = 0;
        form.refused.remove(&Field::Country);
    }
}

/// A field changed: what the server said about it, and what was pointed out, was about something else.
fn typed(form: &mut CompanyForm, edit: impl FnOnce(&mut TextInput) -> bool) {
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

/// Launches the new company and starts its setup, or later.
impl Dialog for Added {
    fn aim(&mut self, button: usize) -> bool {
        self.launch = button == 0;
        true
    }

    fn key(&mut self, key: Key, ctx: &mut Ctx<'_>) -> Outcome {
        match key.code {
            Code::Tab | Code::BackTab | Code::Left | Code::Right => self.launch = !self.launch,
            Code::Enter if self.launch => return self.start_setup(ctx),
            Code::Char('l') => return self.start_setup(ctx),
            Code::Enter | Code::Esc | Code::Char('q') => return Outcome::Close,
            _ => {}
        }
        Outcome::Keep
    }
}

impl Added {
    fn start_setup(&self, ctx: &mut Ctx<'_>) -> Outcome {
        if ctx.model.guided(&self.key.profile) {
            return Outcome::Replace(tasks::for_company(ctx, TaskKind::Add, self.key.clone()).into());
        }
        go_to(ctx.model, self.key.clone(), Tab::Setup);
        match Command::Launch.ready(ctx.model) {
            Ok(()) => launch::launch(ctx),
            Err(why) => ctx.model.notify(Notification::NotNow(Command::Launch, why)),
        }
        Outcome::Close
    }
}
