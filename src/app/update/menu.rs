//! Keys of the menus: sort, filter, palette, help, and the question before leaving.

use crate::app::command::{Command, TABLE};
use crate::app::ctx::Ctx;
use crate::app::effect::Effect;
use crate::app::features::companies;
use crate::app::key::{Code, Key};
use crate::app::model::Model;
use crate::app::overlay::{FilterRow, HELP_WIDE, Overlay, Pick};
use crate::app::update::run;
use crate::domain::company::{Attention, CompanyState};
use crate::domain::roster::{Column, Filter, Sort, spellings};

/// The move that a key means in a menu: arrows always, letters where none are typed.
pub(in crate::app) fn movement(key: Key, letters: bool) -> Option<Command> {
    Some(match (key.code, key.ctrl) {
        (Code::Down, _) | (Code::Char('n'), true) => Command::Down,
        (Code::Up, _) | (Code::Char('p'), true) => Command::Up,
        (Code::PageDown, _) | (Code::Char('d'), true) => Command::PageDown,
        (Code::PageUp, _) => Command::PageUp,
        (Code::Char('j'), false) if letters => Command::Down,
        (Code::Char('k'), false) if letters => Command::Up,
        (Code::Char('g') | Code::Home, false) if letters => Command::Top,
        (Code::Char('G') | Code::End, false) if letters => Command::Bottom,
        _ => return None,
    })
}

pub(in crate::app) fn open_sort(model: &mut Model) {
    let current = model.roster.query().sort.map(|sort| sort.column);
    let cursor = Column::ALL.iter().position(|column| Some(*column) == current).unwrap_or(0);
    model.overlays.push(Overlay::Sort(Pick::at(cursor)));
}

/// Space orders by the row, and on the order in force turns it round; Enter accepts. Numbers pick a row at once.
pub(in crate::app) fn sort(ctx: &mut Ctx<'_>, key: Key) {
    let Some(Overlay::Sort(pick)) = ctx.model.overlays.last_mut() else { return };
    if let Some(movement) = movement(key, true) {
        pick.cursor = run::stepped(movement, pick.cursor, Column::ALL.len(), Column::ALL.len());
        return;
    }
    match key.typed().and_then(|c| c.to_digit(10)) {
        Some(digit @ 1..) if digit as usize <= Column::ALL.len() => {
            ctx.model.overlays.pop();
            order_by(ctx.model, digit as usize - 1);
        }
        _ => match key.code {
            Code::Char(' ') => {
                let row = pick.choose();
                order_by(ctx.model, row);
            }
            Code::Enter => {
                let row = pick.accept();
                ctx.model.overlays.pop();
                if let Some(row) = row {
                    order_by(ctx.model, row);
                }
            }
            Code::Char('S') => {
                pick.choose();
                companies::reverse(ctx.model);
            }
            Code::Char('c') => {
                ctx.model.overlays.pop();
                run::run(ctx, Command::ClearAll);
            }
            Code::Esc | Code::Char('q' | 's') => {
                ctx.model.overlays.pop();
            }
            _ => {}
        },
    }
}

fn order_by(model: &mut Model, row: usize) {
    let Some(column) = Column::ALL.get(row).copied() else { return };
    let descending = match model.roster.query().sort {
        Some(sort) if sort.column == column => !sort.descending,
        // Most seats are what one looks for; names, states and what is unfinished begin at their beginning.
        _ => column == Column::Seats,
    };
    companies::order(model, Sort { column, descending });
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
pub(in crate::app) fn filter(ctx: &mut Ctx<'_>, key: Key) {
    let rows = filter_rows(ctx.model);
    let page = ctx.model.page();
    let Some(Overlay::Filter(pick)) = ctx.model.overlays.last_mut() else { return };
    pick.cursor = pick.cursor.min(rows.len().saturating_sub(1));
    if let Some(movement) = movement(key, true) {
        pick.cursor = run::stepped(movement, pick.cursor, rows.len(), page);
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
            run::run(ctx, Command::ClearAll);
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

pub(in crate::app) fn palette(ctx: &mut Ctx<'_>, key: Key) {
    let Some(Overlay::Palette(palette)) = ctx.model.overlays.last_mut() else { return };
    if let Some(movement) = movement(key, false) {
        palette.cursor = run::stepped(movement, palette.cursor, palette.found.len(), 10);
        return;
    }
    match key.code {
        Code::Esc => {
            ctx.model.overlays.pop();
        }
        Code::Enter => {
            let command = palette.found.get(palette.cursor).copied();
            ctx.model.overlays.pop();
            if let Some(command) = command {
                run::run(ctx, command);
            }
        }
        Code::Backspace if palette.line.text().is_empty() => {
            ctx.model.overlays.pop();
        }
        _ => {
            if palette.line.key(key) {
                find(ctx.model);
            }
        }
    }
}

/// Finds the commands that fit what is typed, by name and by id.
pub(in crate::app) fn find(model: &mut Model) {
    let Some(Overlay::Palette(palette)) = model.overlays.last() else { return };
    let mut typed = spellings(palette.line.text());
    if typed.is_empty() {
        typed.push(String::new());
    }
    let fits = |name: &str| typed.iter().filter_map(|typed| rank(name, typed)).min();
    let label = |command: Command| model.options.labels.iter().find(|(labelled, _)| *labelled == command);
    let mut ranked: Vec<(u32, Command)> = TABLE
        .iter()
        .filter(|row| row.command != Command::Palette)
        .filter_map(|row| {
            let label = spellings(label(row.command).map_or(row.id, |(_, label)| label));
            let labelled = label.iter().filter_map(|label| fits(label));
            Some((labelled.chain(fits(row.id).map(|rank| rank + 1)).min()?, row.command))
        })
        .collect();
    // Stable: equals keep the order of the table.
    ranked.sort_by_key(|(rank, _)| *rank);
    if let Some(Overlay::Palette(palette)) = model.overlays.last_mut() {
        palette.found = ranked.into_iter().map(|(_, command)| command).collect();
        palette.cursor = 0;
    }
}

/// How well a name fits, lower is better: its beginning, a word's beginning, anywhere, its letters in order.
fn rank(name: &str, typed: &str) -> Option<u32> {
    if name.starts_with(typed) {
        return Some(0);
    }
    if name.split([' ', '.', '_', '-', '(']).any(|word| word.starts_with(typed)) {
        return Some(2);
    }
    if name.contains(typed) {
        return Some(4);
    }
    let mut letters = name.chars();
    typed.chars().filter(|c| !c.is_whitespace()).all(|wanted| letters.any(|c| c == wanted)).then_some(6)
}

pub(in crate::app) fn help(ctx: &mut Ctx<'_>, key: Key) {
    let height = usize::from(ctx.model.size.height);
    let each = if ctx.model.size.width < HELP_WIDE { 2 } else { 1 };
    let Some(Overlay::Help { scroll }) = ctx.model.overlays.last_mut() else { return };
    if let Some(movement) = movement(key, true) {
        // Commands, headings with a line of air, and what is said below them; less the frame and the keys. Only
        // drawing knows it to the row, but a position far behind the end would swallow keys on the way back.
        let rows = TABLE.len() * each + crate::app::command::Group::ALL.len() * 2 + 2;
        let page = height.saturating_sub(5).max(1);
        let last = rows.saturating_sub(page);
        *scroll = run::stepped(movement, (*scroll).min(last), last + 1, page);
        return;
    }
    match key.code {
        Code::Esc | Code::Char('q' | '?') | Code::Enter | Code::F(1) => {
            ctx.model.overlays.pop();
        }
        Code::Char(':') => {
            ctx.model.overlays.pop();
            run::run(ctx, Command::Palette);
        }
        _ => {}
    }
}

pub(in crate::app) fn leave(ctx: &mut Ctx<'_>, key: Key) {
    let Some(Overlay::Leave { leave }) = ctx.model.overlays.last_mut() else { return };
    match key.code {
        Code::Tab | Code::BackTab | Code::Left | Code::Right | Code::Char('h' | 'l') => *leave = !*leave,
        Code::Enter if *leave => ctx.effects.push(Effect::Quit),
        Code::Enter | Code::Esc => {
            ctx.model.overlays.pop();
        }
        _ => {}
    }
}
