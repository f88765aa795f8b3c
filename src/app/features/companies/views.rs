//! The views of the list: each is a count and a filter. They stand in a row above the list, and in the menu of views.

use crate::app::core::menu::{Choice, Menu};
use crate::app::ctx::Ctx;
use crate::app::dialog::{Dialog, Outcome};
use crate::app::features::{attention, companies};
use crate::app::key::{Code, Key};
use crate::app::model::Model;
use crate::domain::company::CompanyState;
use crate::domain::roster::{Filter, Query};

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
        return attention::show_all(ctx.model);
    }
    let model = &mut *ctx.model;
    companies::to_list(model);
    let query = model.roster.query().clone();
    let (accounts, hide_unlinked) = (query.filter.accounts.clone(), query.filter.hide_unlinked);
    let filter = Filter { accounts, hide_unlinked, ..chip.filter() };
    companies::set_query(model, Query { filter, ..query });
}

/// Hides unlinked companies, or shows them at the end again.
pub(in crate::app) fn toggle_unlinked(ctx: &mut Ctx<'_>) {
    let mut query = ctx.model.roster.query().clone();
    query.filter.hide_unlinked = !query.filter.hide_unlinked;
    companies::set_query(ctx.model, query);
}

pub(in crate::app) fn open(ctx: &mut Ctx<'_>) {
    let at = Chip::ALL.iter().position(|chip| chip.active(ctx.model)).unwrap_or(0);
    ctx.model.overlays.open(ViewMenu(Menu::at(at)));
}

/// The menu of views.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ViewMenu(pub Menu);

impl Dialog for ViewMenu {
    fn key(&mut self, key: Key, ctx: &mut Ctx<'_>) -> Outcome {
        let by_letter = match key.code {
            Code::Char(c) => Chip::ALL.into_iter().find(|chip| chip.letter() == c && !key.ctrl && !key.alt),
            _ => None,
        };
        let chosen = by_letter.or_else(|| match self.0.key(key, Chip::ALL.len(), Chip::ALL.len(), 'v') {
            Choice::Chosen(row) | Choice::Accepted(Some(row)) => Chip::ALL.get(row).copied(),
            _ => None,
        });
        match (chosen, key.code) {
            (Some(chip), _) => {
                show(ctx, chip);
                Outcome::Close
            }
            (None, Code::Esc | Code::Char('q' | 'v')) => Outcome::Close,
            _ => Outcome::Keep,
        }
    }
}
