//! A line of text being edited: what is visible of it, and where its cursor stands.

use super::super::text;
use crate::app::line::Line;
use unicode_segmentation::UnicodeSegmentation;

/// The part of the line around its cursor in so many cells, and the cursor's cell in that part.
pub(in crate::view) fn visible(line: &Line, cells: usize) -> (String, usize) {
    let cursor = line.visual_cursor();
    // One cell stays free for a cursor behind the last letter.
    let room = cells.saturating_sub(1).max(1);
    let skip = cursor.saturating_sub(room);
    let (mut at, mut used, mut start, mut out) = (0, 0, None, String::new());
    for grapheme in line.text().graphemes(true) {
        let wide = text::width(grapheme);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_line_is_shown_whole() {
        assert_eq!(visible(&Line::new("bright"), 30), ("bright".into(), 6));
    }

    #[test]
    fn a_long_line_is_shown_around_its_cursor() {
        let (shown, cursor) = visible(&Line::new("abcdefghijkl"), 6);
        assert_eq!((shown.as_str(), cursor), ("hijkl", 5));
    }

    #[test]
    fn wide_letters_are_never_halved() {
        for cells in 1..12 {
            let (shown, cursor) = visible(&Line::new("東京セキュリティ"), cells);
            assert!(text::width(&shown) < cells.max(2), "{shown:?} in {cells}");
            assert!(cursor < cells.max(2), "cursor {cursor} in {cells}");
        }
    }
}
