//! Help: every command, to read.

use crate::app::command::{Command, Group, TABLE};
use crate::app::core::selection::Movement;
use crate::app::ctx::Ctx;
use crate::app::key::{Code, Key};
use crate::app::overlay::{HELP_WIDE, Overlay};

pub(in crate::app) fn open(ctx: &mut Ctx<'_>) {
    ctx.model.overlays.push(Overlay::Help { scroll: 0 });
}

pub(in crate::app) fn key(ctx: &mut Ctx<'_>, key: Key) {
    let height = usize::from(ctx.model.size.height);
    let each = if ctx.model.size.width < HELP_WIDE { 2 } else { 1 };
    let Some(Overlay::Help { scroll }) = ctx.model.overlays.last_mut() else { return };
    if let Some(movement) = Movement::of(key, true) {
        // Commands, headings with a line of air, and what is said below them; less the frame and the keys. Only
        // drawing knows it to the row, but a position far behind the end would swallow keys on the way back.
        let rows = TABLE.len() * each + Group::ALL.len() * 2 + 2;
        let page = height.saturating_sub(5).max(1);
        let last = rows.saturating_sub(page);
        *scroll = movement.apply((*scroll).min(last), last + 1, page);
        return;
    }
    match key.code {
        Code::Esc | Code::Char('q' | '?') | Code::Enter | Code::F(1) => {
            ctx.model.overlays.pop();
        }
        Code::Char(':') => {
            ctx.model.overlays.pop();
            crate::app::update::run(ctx, Command::Palette);
        }
        _ => {}
    }
}
