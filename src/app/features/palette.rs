//! The palette: every command, found by what is typed.

use crate::app::command::{Command, TABLE};
use crate::app::core::selection::Movement;
use crate::app::ctx::Ctx;
use crate::app::key::{Code, Key};
use crate::app::model::Model;
use crate::app::overlay::{Overlay, Palette};
use crate::domain::roster::spellings;

pub(in crate::app) fn open(ctx: &mut Ctx<'_>) {
    ctx.model.overlays.push(Overlay::Palette(Palette::default()));
    find(ctx.model);
}

pub(in crate::app) fn key(ctx: &mut Ctx<'_>, key: Key) {
    let Some(Overlay::Palette(palette)) = ctx.model.overlays.last_mut() else { return };
    if let Some(movement) = Movement::of(key, false) {
        palette.cursor = movement.apply(palette.cursor, palette.found.len(), 10);
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
                crate::app::update::run(ctx, command);
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
