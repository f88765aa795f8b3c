//! Replaces graphemes whose width terminals disagree about: one that is wider than assumed moves the rest of its row.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// What to write instead of a grapheme, as wide as ratatui takes it to be; `None` for the grapheme itself.
///
/// Some terminals add up the widths of the code points, others measure the whole. Where these differ, only the first
/// code point is written: a thumb without its skin tone, a digit without its keycap. Flags are written as two
/// letters, because terminals disagree about the width of regional indicators too.
pub(super) fn replacement(letter: &str) -> Option<String> {
    if letter.len() == 1 {
        return None;
    }
    let width = letter.width();
    let mut replaced: String = letter.chars().map(|c| flag_letter(c).unwrap_or(c)).collect();
    if replaced.chars().map(char_width).sum::<usize>() != width {
        let first = replaced.chars().next().filter(|first| (1..=width).contains(&char_width(*first)));
        replaced = first.unwrap_or('?').to_string();
        replaced.extend(std::iter::repeat_n(' ', width.saturating_sub(replaced.width())));
    }
    (replaced != letter).then_some(replaced)
}

fn char_width(c: char) -> usize {
    c.width().unwrap_or_default()
}

/// The letter of a regional indicator.
fn flag_letter(c: char) -> Option<char> {
    let place = u32::from(c).checked_sub(0x1f1e6).filter(|place| *place < 26)?;
    char::from_u32(u32::from('A') + place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    #[test]
    fn only_what_terminals_disagree_about_is_written_otherwise() {
        for (letter, replaced) in [
            ("🇩🇪", "DE"),
            ("🇩", "D"),
            ("👍🏽", "👍"),
            ("👨\u{200d}👩\u{200d}👧", "👨"),
            ("❤\u{fe0f}", "❤ "),
            ("1\u{fe0f}\u{20e3}", "1 "),
            ("⌚\u{fe0e}", "?"),
            ("🏴\u{200d}☠\u{fe0f}", "🏴"),
        ] {
            assert_eq!(replacement(letter).as_deref(), Some(replaced), "{letter}");
        }
        for letter in ["a", "ä", "e\u{301}", "界", "한", "각", "🙂", "▌", "●", "ن", "क\u{93f}", "ก\u{e33}"]
        {
            assert_eq!(replacement(letter), None, "{letter}");
        }
    }

    proptest! {
        #[test]
        fn the_sum_of_the_characters_is_the_width_of_the_letter(
            text in "[a🇩🇪👍🏽👨👩❤☠⌚1\u{200d}\u{fe0f}\u{fe0e}\u{20e3}\u{301}界ลำلا]{1,12}",
        ) {
            for letter in text.graphemes(true).filter(|letter| letter.width() > 0) {
                let replaced = replacement(letter).unwrap_or_else(|| letter.to_owned());
                let sum: usize = replaced.chars().map(char_width).sum();
                prop_assert_eq!((replaced.width(), sum), (letter.width(), letter.width()), "{}", letter.escape_unicode());
                prop_assert!(!replaced.chars().any(|c| flag_letter(c).is_some()));
            }
        }
    }
}
