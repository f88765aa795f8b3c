//! The search of the table: each letter narrows it at once.

use super::arrange;
use crate::app::core::line_search::LineSearch;
use crate::app::core::selection::{Movement, Selection};
use crate::app::core::text_input::TextInput;
use crate::app::ctx::Ctx;
use crate::app::features::companies;
use crate::app::key::{Code, Key};
use crate::app::model::Model;
use crate::app::screen::Screen;

/// In the tab there is one company and no table: the key searches the list, and what is typed stays text.
pub(in crate::app) fn open(ctx: &mut Ctx<'_>) {
    if ctx.model.screen == Screen::Usage { ctx.model.usage.search.open = true } else { companies::search(ctx.model) }
}

pub(in crate::app) fn key(ctx: &mut Ctx<'_>, key: Key) {
    match key.code {
        Code::Enter => ctx.model.usage.search.open = false,
        Code::Esc => drop(cancel(ctx.model)),
        _ => {
            if let Some(movement) = Movement::of(key, false).filter(|_| !matches!(key.code, Code::Char(_))) {
                super::step(ctx.model, movement);
            } else {
                changed(ctx.model, |line| {
                    line.key(key);
                });
            }
        }
    }
}

pub(in crate::app) fn paste(model: &mut Model, text: &str) {
    changed(model, |line| line.paste(text));
}

/// The first company that fits is under the cursor.
fn changed(model: &mut Model, change: impl FnOnce(&mut TextInput)) {
    let before = model.usage.search.line.text().to_owned();
    change(&mut model.usage.search.line);
    if model.usage.search.line.text() != before {
        model.usage.selection = Selection::default();
        arrange(model);
        model.usage.put_cursor(0);
    }
}

/// Drops the search; the cursor stays on what it found. Says whether there was one.
pub(in crate::app) fn cancel(model: &mut Model) -> bool {
    let there = model.usage.search.there();
    if there {
        model.usage.search = LineSearch::default();
        arrange(model);
    }
    there
}
