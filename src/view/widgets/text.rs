//! Text in cells: measured by display width, cut at graphemes.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span, Text};
use std::borrow::Cow;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Cells that the text takes.
pub(in crate::view) fn width(text: &str) -> usize {
    text.width()
}

/// The text in at most so many cells; what is cut off is marked by an ellipsis.
pub(in crate::view) fn cut(text: &str, cells: usize) -> Cow<'_, str> {
    // Bytes bound the width from above for ASCII, which nearly all text is.
    if text.len() <= cells && text.is_ascii() || width(text) <= cells {
        return Cow::Borrowed(text);
    }
    if cells == 0 {
        return Cow::Borrowed("");
    }
    let mut out = String::new();
    let mut used = 0;
    for grapheme in text.graphemes(true) {
        let wide = width(grapheme);
        if used + wide > cells - 1 {
            break;
        }
        used += wide;
        out.push_str(grapheme);
    }
    out.push('…');
    Cow::Owned(out)
}

/// The text with a capital at its beginning, as an entry of a menu.
pub(in crate::view) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The text in exactly so many cells.
pub(in crate::view) fn pad(text: &str, cells: usize) -> String {
    let cut = cut(text, cells);
    let blank = cells.saturating_sub(width(&cut));
    format!("{cut}{:blank$}", "")
}

/// Parts on one line; where not all fit, those at the end, the last of which is the surest.
pub(in crate::view) fn last_that_fit(parts: &[&str], cells: usize) -> String {
    let joined = |from: usize| parts.get(from..).unwrap_or_default().join(" · ");
    let fits = (0..parts.len()).map(joined).find(|line| width(line) <= cells);
    fits.unwrap_or_else(|| cut(parts.last().unwrap_or(&""), cells).into_owned())
}

/// The text on lines of at most so many cells, broken between words; words that are too long are broken within.
pub(in crate::view) fn wrap(text: &str, cells: usize) -> Vec<String> {
    // Never at a hyphen: half a host name is another host name.
    let options = textwrap::Options::new(cells.max(2)).word_splitter(textwrap::WordSplitter::NoHyphenation);
    text.split('\n').flat_map(|line| textwrap::wrap(line, &options)).map(Cow::into_owned).collect()
}

/// Items on lines of at most so many cells, broken only between them; what stands between two stays with the first.
pub(in crate::view) fn wrap_items<S: AsRef<str>>(items: &[S], separator: &str, cells: usize) -> Vec<String> {
    const BOUND: &str = "\u{a0}";
    let dot = separator.trim_end();
    let joined = |separator: &str| items.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(separator);
    if items.iter().any(|item| width(item.as_ref()) + width(dot) > cells) {
        return wrap(&joined(separator), cells);
    }
    let bound: Vec<String> = items.iter().map(|item| item.as_ref().replace(' ', BOUND)).collect();
    let gap = separator.strip_prefix(dot).unwrap_or(" ");
    let all = bound.join(&format!("{}{gap}", dot.replace(' ', BOUND)));
    wrap(&all, cells).into_iter().map(|line| line.replace(BOUND, " ")).collect()
}

/// The sentence on as many lines as it takes, behind a lead on the first and as much space on the others.
pub(in crate::view) fn wrapped(
    out: &mut Vec<Line<'static>>,
    lead: (&str, Style),
    sentence: &str,
    style: Style,
    room: usize,
) {
    let indent = width(lead.0);
    behind(out, lead, wrap(sentence, room.saturating_sub(indent)), style);
}

/// Lines behind a lead on the first and as much space on the others.
pub(in crate::view) fn behind(
    out: &mut Vec<Line<'static>>,
    lead: (&str, Style),
    lines: impl IntoIterator<Item = String>,
    style: Style,
) {
    let indent = width(lead.0);
    for (index, part) in lines.into_iter().enumerate() {
        let lead = if index == 0 { Span::styled(lead.0.to_owned(), lead.1) } else { Span::raw(" ".repeat(indent)) };
        out.push(Line::from(vec![lead, Span::styled(part, style)]));
    }
}

/// An address in parts of so many cells. It has no words to break between, and is known to be ASCII.
pub(in crate::view) fn chunks(address: &str, cells: usize) -> Vec<String> {
    let letters: Vec<char> = address.chars().collect();
    letters.chunks(cells.max(1)).map(|part| part.iter().collect()).collect()
}

/// The same in at most so many lines; the last is cut rather than another begun.
pub(in crate::view) fn wrap_at_most(text: &str, cells: usize, lines: usize) -> Vec<String> {
    let mut wrapped = wrap(text, cells);
    if wrapped.len() > lines {
        let rest = wrapped.split_off(lines.saturating_sub(1)).join(" ");
        wrapped.push(cut(&rest, cells).into_owned());
    }
    wrapped
}

/// Draws lines from the top of an area, as many as fit; answers the room below them.
pub(in crate::view) fn stack(frame: &mut Frame<'_>, area: Rect, lines: Vec<Line<'static>>) -> Rect {
    let rows = cells(lines.len());
    frame.render_widget(Text::from(lines), area);
    below(area, rows)
}

/// Sentences in the upper third of an area where there is nothing else to show.
pub(in crate::view) fn centered(frame: &mut Frame<'_>, area: Rect, sentences: &[(&str, Style)]) {
    let line = |(sentence, style): &(&str, Style)| {
        Line::styled(cut(sentence, usize::from(area.width)).into_owned(), *style).centered()
    };
    stack(frame, below(area, area.height / 3), sentences.iter().map(line).collect());
}

/// The area without its first rows.
pub(in crate::view) fn below(area: Rect, rows: u16) -> Rect {
    let rows = rows.min(area.height);
    Rect { y: area.y + rows, height: area.height - rows, ..area }
}

/// The area without its last rows, and those.
pub(in crate::view) fn split_bottom(area: Rect, rows: u16) -> [Rect; 2] {
    let above = area.height.saturating_sub(rows);
    [Rect { height: above, ..area }, below(area, above)]
}

/// A number of lines or letters as cells of the screen.
pub(in crate::view) fn cells(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}

/// How many lines are above those that are shown, so that all these are in sight; if not all fit, the first ones.
pub(in crate::view) fn in_sight(len: usize, height: usize, lines: &Range<usize>) -> usize {
    let top = lines.end.saturating_sub(height).min(lines.start);
    top.min(len.saturating_sub(height))
}

#[cfg(test)]
mod tests {
    use crate::view::widgets::text::*;
    use proptest::prelude::*;

    #[test]
    fn text_that_fits_is_left_alone() {
        assert_eq!(cut("Brightwater", 11), "Brightwater");
        assert_eq!(cut("東京", 4), "東京");
    }

    #[test]
    fn text_is_cut_between_graphemes_and_says_so() {
        assert_eq!(cut("Brightwater", 7), "Bright…");
        assert_eq!(cut("東京会社", 6), "東京…");
        assert_eq!(cut("e\u{301}e\u{301}e\u{301}", 2), "e\u{301}…");
        assert_eq!(cut("abc", 1), "…");
        assert_eq!(cut("abc", 0), "");
    }

    proptest! {
        #[test]
        fn cut_text_fits(text in "\\PC{0,60}", cells in 0_usize..40) {
            prop_assert!(width(&cut(&text, cells)) <= cells);
        }

        #[test]
        fn wrapped_lines_fit(text in "[a-zA-Zäöü東京 ]{0,80}", cells in 2_usize..40) {
            for line in wrap(&text, cells) {
                prop_assert!(width(&line) <= cells, "{line:?}");
            }
        }
    }

    #[test]
    fn items_are_broken_between_each_other() {
        let names = ["Clara Jensen", "Elif Gräber", "Ole Ehlers"];
        assert_eq!(wrap_items(&names, " · ", 40), ["Clara Jensen · Elif Gräber · Ole Ehlers"]);
        assert_eq!(wrap_items(&names, " · ", 32), ["Clara Jensen · Elif Gräber ·", "Ole Ehlers"]);
        assert_eq!(wrap_items(&names, " · ", 14), ["Clara Jensen ·", "Elif Gräber ·", "Ole Ehlers"]);
        assert_eq!(wrap_items(&["two words", "a"], "  ", 10), ["two words", "a"]);
        assert_eq!(wrap_items(&["two words", "a"], " · ", 6), ["two", "words", "· a"], "one that is too long");
    }
}
