//! Text in cells: measured by display width, cut at graphemes.

use std::borrow::Cow;
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
}
