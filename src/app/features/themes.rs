//! The menu of the themes: each is on the screen as the cursor stands on it, and Esc brings back what was.

use crate::app::core::menu::{Choice, Menu};
use crate::app::ctx::Ctx;
use crate::app::dialog::{Dialog, Outcome};
use crate::app::key::Key;
use crate::app::model::Model;

pub(in crate::app) fn open(ctx: &mut Ctx<'_>) {
    let appearance = &ctx.model.appearance;
    let before = appearance.theme.clone();
    let cursor = appearance.names().iter().position(|name| *name == before).unwrap_or(0);
    ctx.model.overlays.open(ThemeMenu { menu: Menu::at(cursor), before });
}

/// Shows a theme from now on, until the program ends.
pub(in crate::app) fn choose(model: &mut Model, name: &str) {
    name.clone_into(&mut model.appearance.theme);
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeMenu {
    pub menu: Menu,
    /// The theme when it opened.
    before: String,
}

impl Dialog for ThemeMenu {
    fn key(&mut self, key: Key, ctx: &mut Ctx<'_>) -> Outcome {
        let len = ctx.model.appearance.names().len();
        match self.menu.numbered_key(key, len, 't') {
            Choice::Chosen(row) => show(ctx.model, row),
            Choice::Accepted(row) => {
                show(ctx.model, row.unwrap_or(self.menu.cursor));
                return Outcome::Close;
            }
            Choice::Closed => {
                choose(ctx.model, &self.before);
                return Outcome::Close;
            }
            Choice::Moved => show(ctx.model, self.menu.cursor),
            Choice::Other => {}
        }
        Outcome::Keep
    }
}

fn show(model: &mut Model, row: usize) {
    if let Some(name) = model.appearance.names().get(row).map(|name| (*name).to_owned()) {
        choose(model, &name);
    }
}
