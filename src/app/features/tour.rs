//! The tour: what one has to know, a page at a time.

use crate::app::ctx::Ctx;
use crate::app::dialog::{Dialog, Outcome};
use crate::app::features::since;
use crate::app::key::{Code, Key};

/// How many pages there are.
pub const PAGES: usize = 4;

/// The page that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tour {
    pub page: usize,
}

pub(in crate::app) fn open(ctx: &mut Ctx<'_>) {
    since::dismiss_welcome(ctx.model);
    ctx.model.overlays.open(Tour::default());
}

impl Dialog for Tour {
    fn key(&mut self, key: Key, _: &mut Ctx<'_>) -> Outcome {
        match key.code {
            Code::Enter | Code::Right | Code::Down | Code::PageDown | Code::Char(' ' | 'l' | 'j') => {
                self.page += 1;
                return if self.page < PAGES { Outcome::Keep } else { Outcome::Close };
            }
            Code::Left | Code::Up | Code::PageUp | Code::Backspace | Code::Char('h' | 'k') => {
                self.page = self.page.saturating_sub(1);
            }
            Code::Esc | Code::Char('q') => return Outcome::Close,
            _ => {}
        }
        Outcome::Keep
    }
}
