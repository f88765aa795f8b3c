//! One line of text being edited: the keys of a shell prompt, and the door for pasted text. A note is edited in one
//! line too, and keeps the line ends that it has.

use crate::app::key::{Code, Key};
use crate::domain::text::{clean_lines, one_line};
use std::borrow::Cow;
use tui_input::{Input, InputRequest};

/// Longest text a line takes, in characters; longer pastes are cut.
pub const LONGEST: usize = 2_000;

/// How a line end within a note is shown; one cell, as the line end is.
const LINE_END: &str = "↵";

/// A line of text with a cursor.
#[derive(Debug, Clone, Default)]
pub struct TextInput {
    input: Input,
    /// It is a note: line ends that are pasted stay.
    note: bool,
}

impl PartialEq for TextInput {
    fn eq(&self, other: &Self) -> bool {
        self.text() == other.text() && self.input.cursor() == other.input.cursor()
    }
}

impl TextInput {
    /// A line that begins with this text, cursor at its end.
    pub fn new(text: &str) -> Self {
        Self { input: Input::new(text.to_owned()), note: false }
    }

    /// The line of a note, which may have several lines.
    pub fn note(text: &str) -> Self {
        Self { note: true, ..Self::new(text) }
    }

    pub fn text(&self) -> &str {
        self.input.value()
    }

    /// The text as it is shown, in one line and in as many cells as the cursor counts.
    pub fn shown(&self) -> Cow<'_, str> {
        let text = self.text();
        if text.contains('\n') { Cow::Owned(text.replace('\n', LINE_END)) } else { Cow::Borrowed(text) }
    }

    /// Cells before the cursor.
    pub fn visual_cursor(&self) -> usize {
        self.input.visual_cursor()
    }

    /// Takes a key. Says whether it was one for a line.
    pub fn key(&mut self, key: Key) -> bool {
        let Some(request) = request(key) else { return false };
        if matches!(request, InputRequest::InsertChar(_)) && self.text().chars().count() >= LONGEST {
            return true;
        }
        self.input.handle(request);
        true
    }

    /// Takes pasted text, cleaned and on one line, or as many as a note has.
    pub fn paste(&mut self, text: &str) {
        let room = LONGEST.saturating_sub(self.text().chars().count());
        let text = if self.note { clean_lines(text) } else { one_line(text) };
        for c in text.chars().take(room) {
            self.input.handle(InputRequest::InsertChar(c));
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
    use crate::app::core::text_input::*;

    #[test]
    fn typing_and_taking_back() {
        let mut line = TextInput::default();
        for c in "Müller".chars() {
            assert!(line.key(Key::char(c)));
        }
        line.key(Key::plain(Code::Backspace));
        assert_eq!(line.text(), "Mülle");
        assert!(!line.key(Key::plain(Code::Enter)), "Enter is for whoever owns the line");
    }

    #[test]
    fn pasted_text_is_cleaned_and_bounded() {
        let mut line = TextInput::default();
        line.paste("two\r\nlines\u{1b}[31m\r");
        assert_eq!(line.text(), "two lines[31m");
        line.paste(&"x".repeat(1_000_000));
        assert_eq!(line.text().chars().count(), LONGEST);
    }

    #[test]
    fn a_note_keeps_its_line_ends_and_shows_each_in_one_cell() {
        let mut line = TextInput::note("first\nsecond");
        line.paste("\rthird\r\n");
        assert_eq!(line.text(), "first\nsecond\nthird\n");
        assert_eq!((line.shown().as_ref(), line.visual_cursor()), ("first↵second↵third↵", 19));
        line.key(Key::plain(Code::Backspace));
        assert_eq!(line.text(), "first\nsecond\nthird");
    }
}
