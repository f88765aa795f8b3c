//! Ending the program, with a question while something is still being saved.

use crate::app::ctx::Ctx;
use crate::app::effect::Effect;
use crate::app::key::{Code, Key};
use crate::app::overlay::Overlay;

/// Quits. With writes in flight it asks first; asked for a second time, it quits anyway.
pub(in crate::app) fn quit(ctx: &mut Ctx<'_>) {
    let asked = matches!(ctx.model.overlays.last(), Some(Overlay::Leave { .. }));
    if ctx.model.tickets.saving() && !asked {
        ctx.model.overlays.push(Overlay::Leave { leave: false });
    } else {
        ctx.effects.push(Effect::Quit);
    }
}

pub(in crate::app) fn key(ctx: &mut Ctx<'_>, key: Key) {
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
