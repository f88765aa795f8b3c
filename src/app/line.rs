//! One line of text being edited: the keys of a shell prompt, and the door for pasted text.

use super::key::{Code, Key};
use crate::domain::text::clean;
use tui_input::{Input, InputRequest};

/// Longest text a line takes, in characters; longer pastes are cut.
pub const LONGEST: usize = 2_000;

/// A line of text with a cursor.
#[derive(Debug, Clone, Default)]
pub struct Line(Input);

impl PartialEq for Line {
    fn eq(&self, other: &Self) -> bool {
        self.0.value() == other.0.value() && self.0.cursor() == other.0.cursor()
    }
}

impl Line {
    /// A line that begins with this text, cursor at its end.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(Input::new(text.to_owned()))
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        self.0.value()
    }

    /// Cells before the cursor.
    #[must_use]
    pub fn visual_cursor(&self) -> usize {
        self.0.visual_cursor()
    }

    /// Takes a key. Says whether it was one for a line.
    pub fn key(&mut self, key: Key) -> bool {
        let Some(request) = request(key) else { return false };
        if matches!(request, InputRequest::InsertChar(_)) && self.text().chars().count() >= LONGEST {
            return true;
        }
        self.0.handle(request);
        true
    }

    /// Takes pasted text, cleaned and on one line.
    pub fn paste(&mut self, text: &str) {
        let room = LONGEST.saturating_sub(self.text().chars().count());
        for c in clean(text).chars().take(room) {
            self.0.handle(InputRequest::InsertChar(c));
        }
    }
}

fn request(key: Key) -> Option<InputRequest> {
    if let Some(c) = key.typed() {
        return Some(InputRequest::InsertChar(c));
    }
    Some(match (key.code, key.ctrl, key.alt) {
        (Code::Backspace, false, false) | (Code::Char('h'), true, false) => InputRequest::DeletePrevChar,
        (Code::Backspace, _, _) | (Code::Char('w'), true, false) => InputRequest::DeletePrevWord,
        (Code::Delete, false, false) => InputRequest::DeleteNextChar,
        (Code::Char('u'), true, false) => InputRequest::DeleteLine,
        (Code::Char('k'), true, false) => InputRequest::DeleteTillEnd,
        (Code::Left, false, false) => InputRequest::GoToPrevChar,
        (Code::Right, false, false) => InputRequest::GoToNextChar,
        (Code::Left, _, _) | (Code::Char('b'), false, true) => InputRequest::GoToPrevWord,
        (Code::Right, _, _) | (Code::Char('f'), false, true) => InputRequest::GoToNextWord,
        (Code::Home, ..) | (Code::Char('a'), true, false) => InputRequest::GoToStart,
        (Code::End, ..) | (Code::Char('e'), true, false) => InputRequest::GoToEnd,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typing_and_taking_back() {
        let mut line = Line::default();
        for c in "Müller".chars() {
            assert!(line.key(Key::char(c)));
        }
        line.key(Key::plain(Code::Backspace));
        assert_eq!(line.text(), "Mülle");
        assert!(!line.key(Key::plain(Code::Enter)), "Enter is for whoever owns the line");
    }

    #[test]
    fn pasted_text_is_cleaned_and_bounded() {
        let mut line = Line::default();
        line.paste("two\nlines\u{1b}[31m");
        assert_eq!(line.text(), "two lines[31m");
        line.paste(&"x".repeat(1_000_000));
        assert_eq!(line.text().chars().count(), LONGEST);
    }
}
