//! Help: every command, to read.

use crate::app::command::{Command, Group, TABLE};
use crate::app::core::selection::Movement;
use crate::app::ctx::Ctx;
use crate::app::dialog::{Dialog, Outcome};
use crate::app::key::{Code, Key};

pub(in crate::app) fn open(ctx: &mut Ctx<'_>) {
    ctx.model.overlays.open(Help::default());
}

/// From this width on the help has a command and its sentence on one row, below on two, in columns.
pub const HELP_WIDE: u16 = 100;

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Help {
    /// First row shown.
    pub scroll: usize,
}

impl Dialog for Help {
    fn key(&mut self, key: Key, ctx: &mut Ctx<'_>) -> Outcome {
        if let Some(movement) = Movement::of(key, true) {
            let each = if ctx.model.size.width < HELP_WIDE { 2 } else { 1 };
            // Commands, headings with a line of air, and what is said below them; less the frame and the keys. Only
            // drawing knows it to the row, but a position far behind the end would swallow keys on the way back.
            let rows = TABLE.len() * each + Group::ALL.len() * 2 + 2;
            let page = usize::from(ctx.model.size.height).saturating_sub(5).max(1);
            let last = rows.saturating_sub(page);
            self.scroll = movement.apply(self.scroll.min(last), last + 1, page);
            return Outcome::Keep;
        }
        match key.code {
            Code::Esc | Code::Char('q' | '?') | Code::Enter | Code::F(1) => Outcome::Close,
            Code::Char(':') => Outcome::Run(Command::Palette),
            _ => Outcome::Keep,
        }
    }
}
