//! The menu that filters the list.

use crate::app::command::Command;
use crate::app::core::selection::Movement;
use crate::app::ctx::Ctx;
use crate::app::features::companies;
use crate::app::key::{Code, Key};
use crate::app::model::Model;
use crate::app::overlay::{FilterRow, Overlay, Pick};
use crate::domain::company::{Attention, CompanyState};
use crate::domain::roster::Filter;

pub(in crate::app) fn open(ctx: &mut Ctx<'_>) {
    ctx.model.overlays.push(Overlay::Filter(Pick::default()));
}

/// The rows of the filter menu: what can be chosen is what there is, and what is chosen already.
#[must_use]
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
    if model.accounts.several() {
        rows.extend(model.accounts.iter().map(|account| FilterRow::Account(account.profile.clone())));
    }
    rows.extend(totals.tags.keys().map(|tag| FilterRow::Tag(tag.clone())));
    rows.extend(filter.tags.iter().filter(|tag| !totals.tags.contains_key(*tag)).cloned().map(FilterRow::Tag));
    rows
}

/// Whether a row of the filter menu is chosen.
#[must_use]
pub fn filter_chosen(filter: &Filter, row: &FilterRow) -> bool {
    match row {
        FilterRow::State(state) => filter.states.contains(state),
        FilterRow::AnyAttention => filter.any_attention,
        FilterRow::Attention(kind) => filter.attention.contains(kind),
        FilterRow::Account(profile) => filter.accounts.contains(profile),
        FilterRow::Tag(tag) => filter.tags.contains(tag),
    }
}

/// Space ticks and unticks, with effect at once; Enter accepts, and ticks only what nobody has decided on yet.
pub(in crate::app) fn key(ctx: &mut Ctx<'_>, key: Key) {
    let rows = filter_rows(ctx.model);
    let page = ctx.model.page();
    let Some(Overlay::Filter(pick)) = ctx.model.overlays.last_mut() else { return };
    pick.cursor = pick.cursor.min(rows.len().saturating_sub(1));
    if let Some(movement) = Movement::of(key, true) {
        pick.cursor = movement.apply(pick.cursor, rows.len(), page);
        return;
    }
    match key.code {
        Code::Char(' ' | 'x') => {
            let row = rows.get(pick.choose());
            toggle(ctx.model, row);
        }
        Code::Enter => {
            let chosen = |row: &&FilterRow| filter_chosen(&ctx.model.roster.query().filter, row);
            let row = pick.accept().and_then(|row| rows.get(row)).filter(|row| !chosen(row));
            ctx.model.overlays.pop();
            toggle(ctx.model, row);
        }
        Code::Char('c') => {
            ctx.model.overlays.pop();
            crate::app::update::run(ctx, Command::ClearAll);
        }
        Code::Esc | Code::Char('q' | 'f') => {
            ctx.model.overlays.pop();
        }
        _ => {}
    }
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
        Some(FilterRow::AnyAttention) => query.filter.any_attention = !query.filter.any_attention,
        Some(FilterRow::Attention(kind)) => flip(&mut query.filter.attention, kind),
        Some(FilterRow::Account(profile)) => flip(&mut query.filter.accounts, profile),
        Some(FilterRow::Tag(tag)) => flip(&mut query.filter.tags, tag),
        None => return,
    }
    companies::set_query(model, query);
}
