//! The menu of the list's columns: which are shown, and in which order.

use crate::app::core::menu::{Choice, Menu};
use crate::app::ctx::Ctx;
use crate::app::dialog::{Dialog, Outcome};
use crate::app::key::{Code, Key};
use crate::app::model::Model;
use crate::domain::list_column::ListColumn;

pub(in crate::app) fn open(ctx: &mut Ctx<'_>) {
    let rows = rows(&ctx.model.list.columns.0);
    ctx.model.overlays.open(ColumnMenu { rows, menu: Menu::default() });
}

/// The chosen ones in their order, then the others.
fn rows(chosen: &[ListColumn]) -> Vec<(ListColumn, bool)> {
    let others = ListColumn::ALL.into_iter().filter(|column| !chosen.contains(column));
    chosen.iter().map(|column| (*column, true)).chain(others.map(|column| (column, false))).collect()
}

/// What is chosen takes effect at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnMenu {
    /// Every column, and whether it is shown.
    pub rows: Vec<(ListColumn, bool)>,
    pub menu: Menu,
}

impl Dialog for ColumnMenu {
    fn key(&mut self, key: Key, ctx: &mut Ctx<'_>) -> Outcome {
        match key.code {
            Code::Char('J') => self.shift(ctx.model, 1),
            Code::Char('K') => self.shift(ctx.model, -1),
            Code::Down if key.alt => self.shift(ctx.model, 1),
            Code::Up if key.alt => self.shift(ctx.model, -1),
            Code::Char('c') => {
                self.rows = rows(&ctx.model.options.columns);
                self.apply(ctx.model);
            }
            _ => match self.menu.key(key, self.rows.len(), self.rows.len(), 'C') {
                Choice::Chosen(row) => self.toggle(ctx.model, row),
                Choice::Accepted(_) | Choice::Closed => return Outcome::Close,
                Choice::Other if key.code == Code::Char('x') => self.toggle(ctx.model, self.menu.cursor),
                _ => {}
            },
        }
        Outcome::Keep
    }
}

impl ColumnMenu {
    fn toggle(&mut self, model: &mut Model, row: usize) {
        if let Some((_, shown)) = self.rows.get_mut(row) {
            *shown = !*shown;
        }
        self.apply(model);
    }

    /// Moves the column under the cursor, and the cursor with it.
    fn shift(&mut self, model: &mut Model, by: isize) {
        let to = self.menu.cursor.checked_add_signed(by).filter(|to| *to < self.rows.len());
        if let Some(to) = to.filter(|_| self.menu.cursor < self.rows.len()) {
            self.rows.swap(self.menu.cursor, to);
            self.menu.cursor = to;
            self.apply(model);
        }
    }

    fn apply(&self, model: &mut Model) {
        model.list.columns.0 = self.rows.iter().filter(|(_, shown)| *shown).map(|(column, _)| *column).collect();
    }
}
