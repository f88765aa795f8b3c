//! A line of text being edited: what is visible of it, and where its cursor stands.

use crate::app::core::text_input::TextInput;
use crate::view::widgets::text::width;
use unicode_segmentation::UnicodeSegmentation;

/// The part of the line around its cursor in so many cells, and the cursor's cell in that part.
pub(in crate::view) fn visible(line: &TextInput, cells: usize) -> (String, usize) {
    window(&line.shown(), line.visual_cursor(), cells)
}

fn window(text: &str, cursor: usize, cells: usize) -> (String, usize) {
    // One cell stays free for a cursor behind the last letter.
    let room = cells.saturating_sub(1).max(1);
    let skip = cursor.saturating_sub(room);
    let (mut at, mut used, mut start, mut out) = (0, 0, None, String::new());
    for grapheme in text.graphemes(true) {
        let wide = width(grapheme);
        if at >= skip {
            if used + wide > room {
                break;
            }
            start.get_or_insert(at);
            out.push_str(grapheme);
            used += wide;
        }
        at += wide;
    }
    (out, cursor.saturating_sub(start.unwrap_or(skip)).min(room))
}

/// The same of a line that holds a key to something: its beginning and its end are enough to know it by.
pub(in crate::view) fn masked(line: &TextInput, cells: usize) -> (String, usize) {
    window(&hidden(&line.shown()), line.visual_cursor(), cells)
}

/// The host is no secret, and tells whether it is the right link; of what follows only the ends are left, in as many
/// cells as before.
fn hidden(text: &str) -> String {
    const SHOWN: usize = 4;
    // Nothing that is a key to anything is as short.
    const SHORT: usize = 12;
    let link = text.find("/link/").map(|at| at + "/link/".len());
    let path = || text.find("://").and_then(|at| Some(at + 3 + text.get(at + 3..)?.find('/')? + 1));
    let (open, secret) = text.split_at(link.or_else(path).unwrap_or(0));
    let letters: Vec<&str> = secret.graphemes(true).collect();
    let last = if letters.len() > SHORT { letters.len() - SHOWN } else { 0 };
    let hide = |(at, letter): (usize, &str)| {
        if (SHOWN..last).contains(&at) { "•".repeat(width(letter)) } else { letter.to_owned() }
    };
    format!("{open}{}", letters.into_iter().enumerate().map(hide).collect::<String>())
}

#[cfg(test)]
mod tests {
    use crate::view::widgets::input::*;

    #[test]
    fn a_short_line_is_shown_whole() {
        assert_eq!(visible(&TextInput::new("bright"), 30), ("bright".into(), 6));
    }

    #[test]
    fn a_long_line_is_shown_around_its_cursor() {
        let (shown, cursor) = visible(&TextInput::new("abcdefghijkl"), 6);
        assert_eq!((shown.as_str(), cursor), ("hijkl", 5));
    }

    #[test]
    fn of_a_link_only_the_host_and_the_ends_are_shown() {
        for (text, shown) in [
            ("https://b.1password.eu/link/abcdefghijklmnop", "https://b.1password.eu/link/abcd••••••••mnop"),
            ("https://b.1password.eu/link/abcdefgh", "https://b.1password.eu/link/abcdefgh"),
            ("https://safe.example/?url=abcdefgh", "https://safe.example/?url•••••efgh"),
            ("correct horse 東京 staple", "corr•••••••••••••••••aple"),
            ("brightwater", "brightwater"),
        ] {
            let (masked, cursor) = masked(&TextInput::new(text), 80);
            assert_eq!(masked, shown);
            assert_eq!((width(&masked), cursor), (width(text), width(text)), "and nothing moves: {text}");
        }
    }

    #[test]
    fn wide_letters_are_never_halved() {
        for cells in 1..12 {
            let (shown, cursor) = visible(&TextInput::new("東京セキュリティ"), cells);
            assert!(width(&shown) < cells.max(2), "{shown:?} in {cells}");
            assert!(cursor < cells.max(2), "cursor {cursor} in {cells}");
        }
    }
}
