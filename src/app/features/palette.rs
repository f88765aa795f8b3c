//! The palette: every command, found by what is typed.

use crate::app::command::{Command, TABLE};
use crate::app::core::selection::Movement;
use crate::app::core::text_input::TextInput;
use crate::app::ctx::Ctx;
use crate::app::dialog::{Dialog, Outcome};
use crate::app::key::{Code, Key};
use crate::app::model::Model;
use crate::domain::roster::spellings;

pub(in crate::app) fn open(ctx: &mut Ctx<'_>) {
    let mut palette = Palette::default();
    palette.find(ctx.model);
    ctx.model.overlays.open(palette);
}

/// Commands to choose from.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Palette {
    pub line: TextInput,
    pub cursor: usize,
    /// What fits, best first.
    pub found: Vec<Command>,
}

impl Dialog for Palette {
    fn key(&mut self, key: Key, ctx: &mut Ctx<'_>) -> Outcome {
        if let Some(movement) = Movement::of(key, false) {
            self.cursor = movement.apply(self.cursor, self.found.len(), 10);
            return Outcome::Keep;
        }
        match key.code {
            Code::Esc => Outcome::Close,
            Code::Enter => self.found.get(self.cursor).map_or(Outcome::Close, |command| Outcome::Run(*command)),
            Code::Backspace if self.line.text().is_empty() => Outcome::Close,
            _ => {
                if self.line.key(key) {
                    self.find(ctx.model);
                }
                Outcome::Keep
            }
        }
    }

    fn paste(&mut self, text: &str, ctx: &mut Ctx<'_>) {
        self.line.paste(text);
        self.find(ctx.model);
    }

    fn takes_text(&self) -> bool {
        true
    }
}

impl Palette {
    /// Finds the commands that fit what is typed, by name and by id.
    fn find(&mut self, model: &Model) {
        let mut typed = spellings(self.line.text());
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
        self.found = ranked.into_iter().map(|(_, command)| command).collect();
        self.cursor = 0;
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
