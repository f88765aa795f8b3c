//! Dialogs and menus: what each answers to a key. Who stacks them is [`super::overlay::Overlays`].

use crate::app::command::{Command, Place, Run};
use crate::app::ctx::Ctx;
use crate::app::key::{Code, Key};
use crate::app::overlay::Overlay;

/// What becomes of a dialog after a key.
pub enum Outcome {
    Keep,
    Close,
    /// It stays below another.
    Open(Overlay),
    /// It makes room for another.
    Replace(Overlay),
    Run(Command),
    /// It stays, and is found in the stack again by what runs next.
    Then(Run),
}

/// One layer above the panes. While it takes a key it is not on the stack.
pub trait Dialog {
    fn key(&mut self, key: Key, ctx: &mut Ctx<'_>) -> Outcome;

    fn paste(&mut self, _text: &str, _ctx: &mut Ctx<'_>) {}

    /// Letters are text in it, as it stands now.
    fn takes_text(&self) -> bool {
        false
    }

    /// It has a search of its own, behind the key that searches.
    fn searches(&self) -> bool {
        false
    }

    /// Enter saves what is in it, whatever has the focus; so do the keys that save from anywhere.
    fn enter_saves(&self) -> bool {
        false
    }

    /// It waits for the answer to a write of its own.
    fn is_sending(&self) -> bool {
        false
    }

    /// It shows a spinner.
    fn is_busy(&self) -> bool {
        self.is_sending()
    }

    /// Esc does nothing in it before an answer comes.
    fn holds_keys(&self) -> bool {
        false
    }

    /// It has to stay until all that it does to many is done.
    fn is_running(&self) -> bool {
        false
    }

    /// The key that a click on one of its rows stands for, once the cursor is there; none: the click only puts it there.
    fn choosing_key(&self) -> Option<Key> {
        Some(Key::plain(Code::Enter))
    }

    /// Gives a button the focus, by its place from the left; whether it has such a button. Enter is pressed then.
    fn aim(&mut self, _button: usize) -> bool {
        false
    }

    /// Where the default keys that it shares with commands (up, copy, refresh …) are looked up, so that they follow the
    /// user's own keymap; none: its letters are answers of its own.
    fn places(&self) -> &'static [Place] {
        &[Place::Anywhere]
    }
}
