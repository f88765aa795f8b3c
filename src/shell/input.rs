//! Keys and pastes: a thread that blocks on the terminal and does nothing else.

use std::io;
use std::sync::Arc;
use std::thread;

use crossterm::event::{self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use super::queue::{Input, Queue};
use crate::app::key::{Code, Key};

/// Starts the keys thread. It ends with the process: a blocking read cannot be called back.
pub(super) fn listen(queue: Arc<Queue>) -> io::Result<()> {
    thread::Builder::new().name("keys".to_owned()).spawn(move || {
        let ears = Ears(queue);
        loop {
            match event::read() {
                Ok(event) => ears.hear(event),
                Err(error) => return ears.0.push(Input::Deaf(error)),
            }
        }
    })?;
    Ok(())
}

/// Says so when the thread dies: a dashboard that no key reaches must end, not stand there.
struct Ears(Arc<Queue>);

impl Ears {
    fn hear(&self, event: Event) {
        let input = match event {
            Event::Key(event) => key(event).map(Input::Key),
            Event::Paste(text) => Some(Input::Paste(text)),
            // The signals thread hears of it first, and earlier: it listens before the first size is asked for.
            Event::Resize(..) | Event::FocusGained | Event::FocusLost | Event::Mouse(_) => None,
        };
        if let Some(input) = input {
            self.0.push_patiently(input);
        }
    }
}

impl Drop for Ears {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.push(Input::Deaf(io::Error::other("the thread that reads keys died")));
        }
    }
}

/// A key of the core, or `None` for what it does not know: releases, media keys, modifiers alone.
fn key(event: KeyEvent) -> Option<Key> {
    if event.kind == KeyEventKind::Release {
        return None;
    }
    let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
    let shift = event.modifiers.contains(KeyModifiers::SHIFT);
    let code = match event.code {
        // Ctrl-Shift-D and Ctrl-D are one key in most terminals, so they are one here.
        KeyCode::Char(c) if ctrl => Code::Char(c.to_ascii_lowercase()),
        KeyCode::Char(c) => Code::Char(c),
        KeyCode::Tab if shift => Code::BackTab,
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::Tab => Code::Tab,
        KeyCode::BackTab => Code::BackTab,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        KeyCode::F(number @ 1..=12) => Code::F(number),
        _ => return None,
    };
    Some(Key { code, ctrl, alt: event.modifiers.contains(KeyModifiers::ALT) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pressed(code: KeyCode, modifiers: KeyModifiers) -> Option<Key> {
        key(KeyEvent::new(code, modifiers))
    }

    #[test]
    fn shift_is_part_of_the_character() {
        assert_eq!(pressed(KeyCode::Char('G'), KeyModifiers::SHIFT), Some(Key::char('G')));
        assert_eq!(pressed(KeyCode::BackTab, KeyModifiers::SHIFT), Some(Key::plain(Code::BackTab)));
        assert_eq!(pressed(KeyCode::Tab, KeyModifiers::SHIFT), Some(Key::plain(Code::BackTab)));
    }

    #[test]
    fn control_letters_are_lower_case() {
        assert_eq!(pressed(KeyCode::Char('D'), KeyModifiers::CONTROL | KeyModifiers::SHIFT), Some(Key::ctrl('d')));
        let both = Key { code: Code::Char('x'), ctrl: true, alt: true };
        assert_eq!(pressed(KeyCode::Char('x'), KeyModifiers::CONTROL | KeyModifiers::ALT), Some(both));
    }

    #[test]
    fn releases_and_unknown_keys_are_no_keys() {
        let release = KeyEvent::new_with_kind(KeyCode::Char('q'), KeyModifiers::NONE, KeyEventKind::Release);
        assert_eq!(key(release), None);
        let held = KeyEvent::new_with_kind(KeyCode::Char('j'), KeyModifiers::NONE, KeyEventKind::Repeat);
        assert_eq!(key(held), Some(Key::char('j')));
        assert_eq!(pressed(KeyCode::F(13), KeyModifiers::NONE), None);
        assert_eq!(pressed(KeyCode::CapsLock, KeyModifiers::NONE), None);
    }
}
