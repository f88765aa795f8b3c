//! The menu that filters the list.

use crate::app::command::Command;
use crate::app::core::menu::{Choice, Menu};
use crate::app::ctx::Ctx;
use crate::app::dialog::{Dialog, Outcome};
use crate::app::features::accounts::Account;
use crate::app::features::companies;
use crate::app::key::{Code, Key};
use crate::app::model::Model;
use crate::domain::company::{Attention, CompanyState};
use crate::domain::id::ProfileId;
use crate::domain::roster::{Figure, Filter};
use jiff::SignedDuration;

pub(in crate::app) fn open(ctx: &mut Ctx<'_>) {
    ctx.model.overlays.open(FilterMenu::default());
}

/// The rows of the filter menu: what can be chosen is what there is, and what is chosen already.
pub fn filter_rows(model: &Model) -> Vec<FilterRow> {
    let totals = model.roster.totals();
    let filter = &model.roster.query().filter;
    let mut rows: Vec<FilterRow> = CompanyState::KNOWN.into_iter().map(FilterRow::State).collect();
    rows.extend(
        filter.states.iter().filter(|state| matches!(state, CompanyState::Other(_))).cloned().map(FilterRow::State),
    );
    rows.push(FilterRow::AnyAttention);
    let there = |kind: &Attention| {
        totals.by_attention.get(kind).is_some_and(|count| *count > 0) || filter.attention.contains(kind)
    };
    rows.extend(Attention::KNOWN.into_iter().filter(there).map(FilterRow::Attention));
    rows.extend([FilterRow::InSetup, FilterRow::Pinned, FilterRow::HideUnlinked]);
    let counts = totals.counts;
    let unknown = |figure: &Figure| match figure {
        Figure::Seats => counts.seats_unknown > 0,
        Figure::Owners => counts.owners_unknown > 0,
    };
    let figures = Figure::ALL.into_iter().filter(|figure| unknown(figure) || filter.unknown.contains(figure));
    rows.extend(figures.map(FilterRow::Unknown));
    if model.accounts.iter().any(Account::real) || filter.older_than.is_some() {
        rows.push(FilterRow::Older);
    }
    if model.accounts.several() {
        rows.extend(model.accounts.iter().map(|account| FilterRow::Account(account.profile.clone())));
    }
    rows.extend(totals.tags.keys().map(|tag| FilterRow::Tag(tag.clone())));
    rows.extend(filter.tags.iter().filter(|tag| !totals.tags.contains_key(*tag)).cloned().map(FilterRow::Tag));
    rows
}

/// Whether a row of the filter menu is chosen.
pub fn filter_chosen(filter: &Filter, row: &FilterRow) -> bool {
    match row {
        FilterRow::State(state) => filter.states.contains(state),
        FilterRow::HideUnlinked => filter.hide_unlinked,
        FilterRow::InSetup => filter.in_setup,
        FilterRow::Pinned => filter.pinned,
        FilterRow::AnyAttention => filter.any_attention,
        FilterRow::Attention(kind) => filter.attention.contains(kind),
        FilterRow::Unknown(figure) => filter.unknown.contains(figure),
        FilterRow::Older => filter.older_than.is_some(),
        FilterRow::Account(profile) => filter.accounts.contains(profile),
        FilterRow::Tag(tag) => filter.tags.contains(tag),
    }
}

/// What was observed so many days ago is offered as old.
pub const OLD_DAYS: i64 = 30;

/// Space ticks and unticks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FilterMenu(pub Menu);

impl Dialog for FilterMenu {
    fn choosing_key(&self) -> Option<Key> {
        Some(Key::char(' '))
    }

    fn key(&mut self, key: Key, ctx: &mut Ctx<'_>) -> Outcome {
        let rows = filter_rows(ctx.model);
        match (self.0.key(key, rows.len(), ctx.model.page(), 'f'), key.code) {
            (Choice::Chosen(row), _) => toggle(ctx.model, rows.get(row)),
            (Choice::Other, Code::Char('x')) => toggle(ctx.model, rows.get(self.0.choose())),
            // Ticks only what nobody has decided on yet.
            (Choice::Accepted(row), _) => {
                let chosen = |row: &&FilterRow| filter_chosen(&ctx.model.roster.query().filter, row);
                let row = row.and_then(|row| rows.get(row)).filter(|row| !chosen(row));
                toggle(ctx.model, row);
                return Outcome::Close;
            }
            (Choice::Closed, _) => return Outcome::Close,
            (Choice::Other, Code::Char('c')) => return Outcome::Run(Command::ClearAll),
            _ => {}
        }
        Outcome::Keep
    }
}

/// One row of the filter menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FilterRow {
    State(CompanyState),
    HideUnlinked,
    InSetup,
    Pinned,
    AnyAttention,
    Attention(Attention),
    Unknown(Figure),
    /// With something that was observed more than [`OLD_DAYS`] days ago.
    Older,
    Account(ProfileId),
    Tag(String),
}

fn toggle(model: &mut Model, row: Option<&FilterRow>) {
    fn flip<T: PartialEq + Clone>(list: &mut Vec<T>, item: &T) {
        match list.iter().position(|there| there == item) {
            Some(at) => drop(list.remove(at)),
            None => list.push(item.clone()),
        }
    }
    let mut query = model.roster.query().clone();
    match row {
        Some(FilterRow::State(state)) => flip(&mut query.filter.states, state),
        Some(FilterRow::HideUnlinked) => query.filter.hide_unlinked = !query.filter.hide_unlinked,
        Some(FilterRow::InSetup) => query.filter.in_setup = !query.filter.in_setup,
        Some(FilterRow::Pinned) => query.filter.pinned = !query.filter.pinned,
        Some(FilterRow::AnyAttention) => query.filter.any_attention = !query.filter.any_attention,
        Some(FilterRow::Attention(kind)) => flip(&mut query.filter.attention, kind),
        Some(FilterRow::Unknown(figure)) => flip(&mut query.filter.unknown, figure),
        Some(FilterRow::Older) => {
            let moment = model.now.checked_sub(SignedDuration::from_hours(OLD_DAYS * 24)).unwrap_or(model.now);
            query.filter.older_than = query.filter.older_than.is_none().then_some(moment);
        }
        Some(FilterRow::Account(profile)) => flip(&mut query.filter.accounts, profile),
        Some(FilterRow::Tag(tag)) => flip(&mut query.filter.tags, tag),
        None => return,
    }
    companies::set_query(model, query);
}
