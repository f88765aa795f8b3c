//! The clipboard of whoever sits before the terminal, by OSC 52: it also works over SSH.

use crossterm::clipboard::CopyToClipboard;
use crossterm::queue;

use crate::domain::launch::Hidden;
use crate::domain::trouble::{Because, Retry, Trouble, What};

/// Bytes of text. Terminals drop longer sequences without a word, some at about this size.
const MOST: usize = 100_000;

/// Adds the sequence to what is sent with the next frame. Whether the terminal obeys cannot be known.
///
/// # Errors
/// [`Because::Local`] when the text is too long.
pub(super) fn copy(text: &Hidden, sheet: &mut Vec<u8>) -> Result<(), Trouble> {
    let failed = |detail: String| Trouble { detail, ..Trouble::new(What::Copy, Because::Local, Retry::Never) };
    let text = text.reveal();
    if text.len() > MOST {
        return Err(failed(format!("{} bytes; terminals take {MOST} at most", text.len())));
    }
    // Base64: whatever the text holds, no character of it can steer the terminal.
    queue!(sheet, CopyToClipboard::to_clipboard_from(text)).map_err(|error| failed(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_sent_as_osc_52() {
        let mut sheet = Vec::new();
        copy(&Hidden::new("https://x\u{1b}".to_owned()), &mut sheet).unwrap();
        assert_eq!(sheet, b"\x1b]52;c;aHR0cHM6Ly94Gw==\x1b\\");
    }

    #[test]
    fn what_no_terminal_takes_is_refused() {
        let mut sheet = Vec::new();
        let trouble = copy(&Hidden::new("a".repeat(MOST + 1)), &mut sheet).unwrap_err();
        assert_eq!((trouble.what, trouble.retry), (What::Copy, Retry::Never));
        assert!(sheet.is_empty(), "nothing is sent");
    }
}
