//! The list: cursor, search, order, filters. The selection is a company, never a row number.

pub mod choose_columns;
pub mod filter;
pub(in crate::app) mod pins;
pub mod sort;
pub mod views;

pub use filter::{filter_chosen, filter_rows};
pub use views::Chip;

use crate::app::command::{Command, DisabledReason};
use crate::app::core::selection::Movement;
use crate::app::core::text_input::TextInput;
use crate::app::ctx::Ctx;
use crate::app::features::attention;
use crate::app::key::{Code, Key};
use crate::app::model::{Model, Pane, TabRows};
use crate::app::screen::Screen;
use crate::app::toast::{Dropped, Notification};
use crate::domain::id::CompanyKey;
use crate::domain::roster::{Query, Sort};
use jiff::SignedDuration;

/// How long the cursor rests before details of its company are loaded, in milliseconds.
const REST_MILLIS: i64 = 150;

pub(in crate::app) fn put_cursor(model: &mut Model, key: Option<CompanyKey>) {
    if let Some(index) = key.as_ref().and_then(|key| model.roster.position(key)) {
        model.list.selection.row = index;
    }
    if model.list.selection.key != key {
        model.list.selection.key = key;
        if model.pane == Pane::List {
            model.rows = TabRows::default();
            rest(model);
        }
    }
}

/// Details are loaded when the company stays for a moment.
pub(in crate::app) fn rest(model: &mut Model) {
    model.rest_at = model.now.checked_add(SignedDuration::from_millis(REST_MILLIS)).ok();
}

pub(in crate::app) fn step(model: &mut Model, movement: Movement) {
    let len = model.roster.shown().len();
    // Without a selection the first step only takes up what stands at the old place.
    let selected = model.list.selection.key.as_ref().map(|_| model.list.selection.row);
    let target = movement.apply_from(selected, model.list.selection.row, len, model.page());
    model.list.selection.touched = true;
    let key = model.roster.key_at(target);
    put_cursor(model, key);
}

/// After rows came, changed or went by themselves: the same company stays selected. If it is gone from the
/// list, nothing is selected: a command meant for it must not hit its neighbour.
pub(in crate::app) fn rows_changed(model: &mut Model) {
    crate::app::features::bulk::forget_gone(model);
    let key = match &model.list.selection.key {
        Some(key) if model.list.selection.touched => {
            if model.roster.position(key).is_some() {
                Some(key.clone())
            } else {
                None
            }
        }
        None if model.list.selection.touched => None,
        _ => model.roster.key_at(0),
    };
    put_cursor(model, key);
}

/// After the user changed what is shown: the same company if it still is, else the first row.
fn query_changed(model: &mut Model) {
    let kept = model.list.selection.key.clone().filter(|key| model.roster.position(key).is_some());
    let key = kept.or_else(|| model.roster.key_at(0));
    put_cursor(model, key);
}

pub(in crate::app) fn set_query(model: &mut Model, query: Query) {
    if *model.roster.query() != query {
        model.list.restored = false;
        model.roster.set_query(query);
        query_changed(model);
    }
}

/// Shows the list with the keys in it, wherever one was.
pub(in crate::app) fn to_list(model: &mut Model) {
    model.screen = Screen::Companies;
    (model.pane, model.full, model.pinned) = (Pane::List, false, None);
}

/// Opens the search where it is to be seen: what is typed next is text.
pub(in crate::app) fn search(model: &mut Model) {
    to_list(model);
    model.list.searching = true;
    model.list.line = TextInput::new(&model.roster.query().search);
}

pub(in crate::app) fn search_key(ctx: &mut Ctx<'_>, key: Key) {
    match key.code {
        Code::Enter => ctx.model.list.searching = false,
        Code::Esc => drop_search(ctx.model),
        Code::Tab if complete(ctx.model) => search_changed(ctx.model),
        Code::Tab => {
            ctx.model.list.searching = false;
            crate::app::update::run(ctx, Command::NextPane);
        }
        _ => match Movement::of(key, false).filter(|_| !matches!(key.code, Code::Char(_))) {
            Some(movement) => step(ctx.model, movement),
            None if ctx.model.list.line.key(key) => search_changed(ctx.model),
            None => {}
        },
    }
}

/// Completes the word that is being typed: the name of a field, or after `tag:` the tag. False where it is neither.
fn complete(model: &mut Model) -> bool {
    const FIELDS: [&str; 3] = ["tag:", "owner:", "id:"];
    let typed = model.list.line.text();
    let (before, word) = typed.rsplit_once(' ').map_or(("", typed), |(before, word)| (before, word));
    let word = word.to_lowercase();
    let whole = match word.strip_prefix("tag:") {
        Some(start) => {
            // A tag of several words cannot be written as one.
            let tags = model.roster.totals().tags.keys().filter(|tag| !tag.contains(char::is_whitespace));
            let mut fits = tags.filter(|tag| tag.len() > start.len() && tag.to_lowercase().starts_with(start));
            fits.next().map(|tag| format!("tag:{tag}"))
        }
        None if word.is_empty() => None,
        None => {
            FIELDS.into_iter().find(|field| field.len() > word.len() && field.starts_with(&word)).map(str::to_owned)
        }
    };
    let Some(whole) = whole else { return false };
    let line = if before.is_empty() { whole } else { format!("{before} {whole}") };
    model.list.line = TextInput::new(&line);
    true
}

/// Each letter narrows at once; the best match is selected.
pub(in crate::app) fn search_changed(model: &mut Model) {
    let query = Query { search: model.list.line.text().to_owned(), ..model.roster.query().clone() };
    if *model.roster.query() == query {
        return;
    }
    model.roster.set_query(query);
    model.list.selection.touched = true;
    let best = model.roster.key_at(0);
    put_cursor(model, best);
}

pub(in crate::app) fn drop_search(model: &mut Model) {
    model.list.searching = false;
    model.list.line = TextInput::default();
    set_query(model, Query { search: String::new(), ..model.roster.query().clone() });
}

/// There are matches of a kept search to go to.
pub(in crate::app) fn found(model: &Model) -> Result<(), DisabledReason> {
    let kept = !model.roster.query().search.trim().is_empty();
    if kept && !model.roster.shown().is_empty() { Ok(()) } else { Err(DisabledReason::NothingHere) }
}

/// The next match of a kept search, or the one before; round the end.
pub(in crate::app) fn next_match(model: &mut Model, back: bool) {
    let len = model.roster.shown().len().max(1);
    let row = match model.list.selection.key {
        Some(_) => (model.list.selection.row + if back { len - 1 } else { 1 }) % len,
        None => model.list.selection.row.min(len - 1),
    };
    model.list.selection.touched = true;
    let key = model.roster.key_at(row);
    put_cursor(model, key);
}

/// An order that was asked for shows its top; only rows that change by themselves leave the cursor where it is. An
/// open company keeps the cursor: the list goes on from it.
pub(in crate::app) fn order(model: &mut Model, sort: Sort) {
    set_query(model, Query { sort: Some(sort), ..model.roster.query().clone() });
    if model.pane == Pane::List {
        let first = model.roster.key_at(0);
        put_cursor(model, first);
    }
}

pub(in crate::app) fn reverse(model: &mut Model) {
    if let Some(sort) = model.roster.query().sort {
        order(model, Sort { descending: !sort.descending, ..sort });
    }
}

/// Support page *manage companies*: one command removes sorting and filters; here it says what it dropped.
pub(in crate::app) fn clear_all(model: &mut Model) {
    let query = model.roster.query().clone();
    let filter = &query.filter;
    let filters = filter.states.len()
        + filter.attention.len()
        + filter.tags.len()
        + filter.accounts.len()
        + filter.unknown.len()
        + usize::from(filter.older_than.is_some())
        + [filter.any_attention, filter.in_setup, filter.pinned].into_iter().map(usize::from).sum::<usize>();
    let search = Some(query.search).filter(|search| !search.is_empty());
    let dropped = Dropped { search, sort: query.sort.is_some(), filters };
    model.list.searching = false;
    model.list.line = TextInput::default();
    model.list.attention = None;
    set_query(model, Query::default());
    model.notify(Notification::Cleared(dropped));
}

/// The list has an order of its own to reverse.
pub(in crate::app) fn sorted(model: &Model) -> Result<(), DisabledReason> {
    model.roster.query().sort.map(drop).ok_or(DisabledReason::NotSorted)
}

/// There are unlinked companies, or they are hidden whether there are any or not.
pub(in crate::app) fn any_unlinked(model: &Model) -> Result<(), DisabledReason> {
    if attention::showing(model) {
        let any = model.roster.counts().snoozed > 0 || model.roster.query().filter.with_snoozed;
        return if any { Ok(()) } else { Err(DisabledReason::NoAttention) };
    }
    let any = model.roster.counts().by_state.unlinked > 0 || model.roster.query().filter.hide_unlinked;
    if any { Ok(()) } else { Err(DisabledReason::NoneUnlinked) }
}

pub(in crate::app) fn narrowed(model: &Model) -> Result<(), DisabledReason> {
    if model.narrowed() { Ok(()) } else { Err(DisabledReason::NothingToClear) }
}
