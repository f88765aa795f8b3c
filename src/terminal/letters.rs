//! Letters of whose width terminals disagree, written in ones on whose width they agree: one letter that is wider
//! than we think moves the rest of its row.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// What to write instead of a letter, as wide as ratatui takes the letter to be; `None`: the letter itself.
///
/// Some terminals add up the widths of the characters, others know what they make together. Where the two differ, the
/// first character is shown alone: a thumb without its skin colour, a digit without its keycap. Flags are written as
/// the two letters that they are made of, because the halves of one are not drawn equally wide either.
pub(super) fn instead(letter: &str) -> Option<String> {
    if letter.len() == 1 {
        return None;
    }
    let width = letter.width();
    let mut plain: String = letter.chars().map(|c| flag_letter(c).unwrap_or(c)).collect();
    if plain.chars().map(cells).sum::<usize>() != width {
        let first = plain.chars().next().filter(|first| (1..=width).contains(&cells(*first)));
        plain = first.unwrap_or('?').to_string();
        plain.extend(std::iter::repeat_n(' ', width.saturating_sub(plain.width())));
    }
    (plain != letter).then_some(plain)
}

fn cells(c: char) -> usize {
    c.width().unwrap_or_default()
}

/// The Latin letter that half a flag stands for.
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
        for (letter, plain) in [
            ("🇩🇪", "DE"),
            ("🇩", "D"),
            ("👍🏽", "👍"),
            ("👨\u{200d}👩\u{200d}👧", "👨"),
            ("❤\u{fe0f}", "❤ "),
            ("1\u{fe0f}\u{20e3}", "1 "),
            ("⌚\u{fe0e}", "?"),
            ("🏴\u{200d}☠\u{fe0f}", "🏴"),
        ] {
            assert_eq!(instead(letter).as_deref(), Some(plain), "{letter}");
        }
        for letter in ["a", "ä", "e\u{301}", "界", "한", "각", "🙂", "▌", "●", "ن", "क\u{93f}", "ก\u{e33}"]
        {
            assert_eq!(instead(letter), None, "{letter}");
        }
    }

    proptest! {
        #[test]
        fn the_sum_of_the_characters_is_the_width_of_the_letter(
            text in "[a🇩🇪👍🏽👨👩❤☠⌚1\u{200d}\u{fe0f}\u{fe0e}\u{20e3}\u{301}界ลำلا]{1,12}",
        ) {
            for letter in text.graphemes(true).filter(|letter| letter.width() > 0) {
                let plain = instead(letter).unwrap_or_else(|| letter.to_owned());
                let sum: usize = plain.chars().map(cells).sum();
                prop_assert_eq!((plain.width(), sum), (letter.width(), letter.width()), "{}", letter.escape_unicode());
                prop_assert!(!plain.chars().any(|c| flag_letter(c).is_some()));
            }
        }
    }
}
