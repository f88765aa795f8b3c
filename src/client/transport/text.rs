//! Text from the server, cleaned and cut, to be quoted in an error.

use crate::domain::text::clean;

/// The longest sentence that is quoted.
pub const LONGEST: usize = 300;

/// Outside text as one clean sentence of bounded length.
pub fn one_line(text: &str) -> String {
    cut(text, LONGEST)
}

pub fn cut(text: &str, most: usize) -> String {
    // Bounded before cleaning too: cleaning only ever shortens.
    let start: String = text.chars().take(most * 4).collect();
    let clean = clean(&start);
    let mut short: String = clean.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((end, _)) = short.char_indices().nth(most) {
        short.truncate(end);
        short.pop();
        short.push('…');
    }
    short
}
