//! Ending the program, with a question while something is still being saved.

use crate::app::command::Place;
use crate::app::ctx::Ctx;
use crate::app::dialog::{Dialog, Outcome};
use crate::app::effect::Effect;
use crate::app::key::{Code, Key};

/// Quits. With writes in flight it asks first; asked for a second time, it quits anyway.
pub(in crate::app) fn quit(ctx: &mut Ctx<'_>) {
    let asked = ctx.model.overlays.find::<QuitDialog>(|_| true).is_some();
    if ctx.model.tickets.saving() && !asked {
        ctx.model.overlays.open(QuitDialog { quit: false });
    } else {
        ctx.effects.push(Effect::Quit);
    }
}

/// Something is still being saved; quit anyway?
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuitDialog {
    /// *Quit* has the focus, not *Stay*.
    pub quit: bool,
}

impl Dialog for QuitDialog {
    fn aim(&mut self, button: usize) -> bool {
        self.quit = button == 1;
        true
    }

    fn key(&mut self, key: Key, ctx: &mut Ctx<'_>) -> Outcome {
        match key.code {
            Code::Tab | Code::BackTab | Code::Left | Code::Right | Code::Char('h' | 'l') => self.quit = !self.quit,
            Code::Enter if self.quit => ctx.effects.push(Effect::Quit),
            Code::Enter | Code::Esc => return Outcome::Close,
            _ => {}
        }
        Outcome::Keep
    }

    fn places(&self) -> &'static [Place] {
        &[]
    }
}
