//! The views of the list: each is a count and a filter. They stand in a row above the list, and in the menu of views.

use crate::app::core::menu::{Choice, Menu, digit};
use crate::app::core::text_input::TextInput;
use crate::app::ctx::Ctx;
use crate::app::dialog::{Dialog, Outcome};
use crate::app::features::companies::filter::OLD_DAYS;
use crate::app::features::{attention, companies};
use crate::app::key::{Code, Key};
use crate::app::model::Model;
use crate::domain::company::CompanyState;
use crate::domain::roster::{Filter, Query};
use crate::domain::ui_state::{MOST_VIEWS, SavedView, View};
use jiff::SignedDuration;

/// A view that is always there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chip {
    All,
    Attention,
    InSetup,
    Unlinked,
    Pinned,
}

impl Chip {
    /// All, from left to right.
    pub const ALL: [Self; 5] = [Self::All, Self::Attention, Self::InSetup, Self::Unlinked, Self::Pinned];

    /// Its letter in the menu.
    pub fn letter(self) -> char {
        match self {
            Self::All => 'a',
            Self::Attention => 'w',
            Self::InSetup => 'i',
            Self::Unlinked => 'u',
            Self::Pinned => 'p',
        }
    }

    /// What it shows.
    fn filter(self) -> Filter {
        let all = Filter::default();
        match self {
            Self::All => all,
            Self::Attention => Filter { any_attention: true, ..all },
            Self::InSetup => Filter { in_setup: true, ..all },
            Self::Unlinked => Filter { states: vec![CompanyState::Unlinked], ..all },
            Self::Pinned => Filter { pinned: true, ..all },
        }
    }

    /// How many companies it shows, of the accounts that are shown; and of how many more nobody knows.
    pub fn count(self, model: &Model) -> (u64, u64) {
        let counts = model.roster.counts();
        let all = counts.by_state.sum();
        let managed = all.saturating_sub(counts.by_state.unlinked);
        match self {
            Self::All => (all.into(), 0),
            Self::Attention => (counts.need_attention.into(), 0),
            Self::InSetup => {
                let known = managed.saturating_sub(counts.setup_unknown);
                (known.saturating_sub(counts.setup_complete).into(), counts.setup_unknown.into())
            }
            Self::Unlinked => (counts.by_state.unlinked.into(), 0),
            Self::Pinned => (model.roster.pinned() as u64, 0),
        }
    }

    /// Whether the list shows exactly this, whatever is searched in it and of which accounts it is.
    pub fn active(self, model: &Model) -> bool {
        let filter = &model.roster.query().filter;
        let own = Filter { accounts: filter.accounts.clone(), hide_unlinked: filter.hide_unlinked, ..self.filter() };
        *filter == own
    }
}

/// Shows a view. Search and order stay, and so does the choice of accounts.
pub(in crate::app) fn show(ctx: &mut Ctx<'_>, chip: Chip) {
    if chip == Chip::Attention {
        return attention::enter(ctx.model);
    }
    let model = &mut *ctx.model;
    companies::to_list(model);
    attention::leave(model);
    let query = model.roster.query().clone();
    let (accounts, hide_unlinked) = (query.filter.accounts.clone(), query.filter.hide_unlinked);
    let filter = Filter { accounts, hide_unlinked, ..chip.filter() };
    companies::set_query(model, Query { filter, ..query });
}

/// Hides unlinked companies, or shows them at the end again; of what needs attention it is the snoozed.
pub(in crate::app) fn toggle_unlinked(ctx: &mut Ctx<'_>) {
    if attention::showing(ctx.model) {
        return attention::toggle_snoozed(ctx.model);
    }
    let mut query = ctx.model.roster.query().clone();
    query.filter.hide_unlinked = !query.filter.hide_unlinked;
    companies::set_query(ctx.model, query);
}

/// How the list is shown now; while it shows what needs attention, as it was before.
fn current(model: &Model) -> View {
    let query = model.list.attention.as_ref().map_or_else(|| model.roster.query(), |own| &own.query).clone();
    let columns = Some(&model.list.columns.0).filter(|columns| **columns != model.options.columns).cloned();
    View { query, columns }
}

/// Shows the list so; accounts that are there no longer are not asked for, and what is old is old as of today.
fn apply(model: &mut Model, view: &View) {
    let mut query = view.query.clone();
    query.filter.accounts.retain(|profile| model.accounts.get(profile).is_some());
    let old = model.now.checked_sub(SignedDuration::from_hours(24 * OLD_DAYS)).unwrap_or(model.now);
    query.filter.older_than = query.filter.older_than.map(|_| old);
    model.list.columns.0 = view.columns.clone().unwrap_or_else(|| model.options.columns.clone());
    companies::set_query(model, query);
}

/// The list is as it was left in the last run.
pub(in crate::app) fn restore(model: &mut Model) {
    model.list.columns.0.clone_from(&model.options.columns);
    if let Some(view) = model.ui.screen().and_then(|state| state.last_view.clone()) {
        apply(model, &view);
        model.list.restored = *model.roster.query() != Query::default();
    }
}

/// Keeps how the list is left.
pub(in crate::app) fn keep_last(model: &mut Model) {
    let view = Some(current(model)).filter(|view| *view != View::default());
    if let Some(state) = model.ui.screen_mut() {
        state.last_view = view;
    }
}

pub(in crate::app) fn open(ctx: &mut Ctx<'_>) {
    let at = Chip::ALL.iter().position(|chip| chip.active(ctx.model)).unwrap_or(0);
    ctx.model.overlays.open(ViewMenu { menu: Menu::at(at), naming: None });
}

/// The menu of views: those that are always there, and the saved ones.
#[derive(Debug, Clone, PartialEq)]
pub struct ViewMenu {
    pub menu: Menu,
    /// The name that is being typed for the list as it is.
    pub naming: Option<TextInput>,
}

impl Dialog for ViewMenu {
    fn key(&mut self, key: Key, ctx: &mut Ctx<'_>) -> Outcome {
        if self.naming.is_some() {
            self.name(key, ctx.model);
            return Outcome::Keep;
        }
        let saved = saved(ctx.model).len();
        let plain = !key.ctrl && !key.alt;
        match key.code {
            Code::Char('s') if plain && saved < MOST_VIEWS => self.naming = Some(TextInput::default()),
            Code::Char('d') | Code::Delete if plain => self.remove(ctx.model),
            Code::Char('q' | 'v') | Code::Esc if plain => return Outcome::Close,
            Code::Char(c) if plain && Chip::ALL.iter().any(|chip| chip.letter() == c) => {
                let chip = Chip::ALL.into_iter().find(|chip| chip.letter() == c);
                if let Some(chip) = chip {
                    show(ctx, chip);
                }
                return Outcome::Close;
            }
            _ => {
                let row = match digit(key).and_then(|digit| digit.checked_sub(1)).filter(|at| *at < saved) {
                    Some(at) => Choice::Accepted(Some(Chip::ALL.len() + at)),
                    None => self.menu.key(key, Chip::ALL.len() + saved, Chip::ALL.len() + saved, 'v'),
                };
                if let Choice::Chosen(row) | Choice::Accepted(Some(row)) = row {
                    show_row(ctx, row);
                    return Outcome::Close;
                }
            }
        }
        Outcome::Keep
    }

    fn paste(&mut self, text: &str, _: &mut Ctx<'_>) {
        if let Some(line) = &mut self.naming {
            line.paste(text);
        }
    }

    fn takes_text(&self) -> bool {
        self.naming.is_some()
    }
}

impl ViewMenu {
    fn name(&mut self, key: Key, model: &mut Model) {
        let Some(line) = &mut self.naming else { return };
        match key.code {
            Code::Esc => self.naming = None,
            Code::Enter => {
                let name = line.text().trim().to_owned();
                self.naming = None;
                if !name.is_empty() {
                    self.menu.cursor = Chip::ALL.len() + save(model, name);
                }
            }
            _ => drop(line.key(key)),
        }
    }

    /// Forgets the saved view under the cursor.
    fn remove(&self, model: &mut Model) {
        let at = self.menu.cursor.checked_sub(Chip::ALL.len());
        if let (Some(at), Some(state)) = (at, model.ui.screen_mut())
            && at < state.views.len()
        {
            state.views.remove(at);
        }
    }
}

/// The views under a name, in the order of their numbers.
pub fn saved(model: &Model) -> &[SavedView] {
    model.ui.screen().map_or(&[], |state| &state.views)
}

/// The saved view that is shown.
pub fn shown(model: &Model) -> Option<&SavedView> {
    let here = model.roster.query();
    saved(model).iter().find(|saved| saved.view.query == *here).filter(|_| !attention::showing(model))
}

/// Keeps the list as it is under a name, in place of a view of that name. Answers its place.
fn save(model: &mut Model, name: String) -> usize {
    let view = current(model);
    let Some(state) = model.ui.screen_mut() else { return 0 };
    let at = state.views.iter().position(|saved| saved.name == name).unwrap_or(state.views.len());
    let saved = SavedView { name, view };
    match state.views.get_mut(at) {
        Some(old) => *old = saved,
        None => state.views.push(saved),
    }
    at
}

/// Shows a row of the menu: a view that is always there, or behind them a saved one.
pub(in crate::app) fn show_row(ctx: &mut Ctx<'_>, row: usize) {
    if let Some(chip) = Chip::ALL.get(row) {
        return show(ctx, *chip);
    }
    let view = row.checked_sub(Chip::ALL.len()).and_then(|at| saved(ctx.model).get(at)).map(|saved| saved.view.clone());
    if let Some(view) = view {
        companies::to_list(ctx.model);
        attention::leave(ctx.model);
        apply(ctx.model, &view);
    }
}
