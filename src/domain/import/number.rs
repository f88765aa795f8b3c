//! Whole numbers as people and programs write them in tables.

use crate::domain::field::{LARGEST_LIMIT, Problem};
use crate::domain::roster::spellings;

/// What a cell of a number says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// Nothing, or that it is not known.
    Unknown,
    Unlimited,
    Of(u32),
    /// So many of at most so many: `12 of 50`, `12/50`.
    Within(u32, u32),
}

const UNKNOWN: [&str; 8] = ["", "-", "–", "—", "?", "n/a", "unknown", "unbekannt"];
const UNLIMITED: [&str; 6] = ["unlimited", "no limit", "unbegrenzt", "kein limit", "ohne limit", "∞"];

/// Reads a count. Groups of three digits may be parted (`1,234`, `1.234`, `1 234`), and nothing but zeros may stand
/// behind a decimal sign: seats are whole.
///
/// # Errors
/// It is no whole number, or too large a one.
pub fn count(text: &str) -> Result<Count, Problem> {
    let text = text.trim();
    let plain = spellings(text).into_iter().next().unwrap_or_default();
    if UNKNOWN.contains(&text) || UNKNOWN.contains(&plain.as_str()) {
        return Ok(Count::Unknown);
    }
    if UNLIMITED.contains(&text) || UNLIMITED.contains(&plain.as_str()) {
        return Ok(Count::Unlimited);
    }
    for between in ["/", " of ", " von "] {
        if let Some((filled, limit)) = text.split_once(between) {
            return Ok(Count::Within(whole(filled)?, whole(limit)?));
        }
    }
    whole(text).map(Count::Of)
}

fn whole(text: &str) -> Result<u32, Problem> {
    let digits = digits(text.trim()).ok_or(Problem::NotANumber)?;
    let number = digits.parse().map_err(|_| Problem::NotANumber)?;
    if number > LARGEST_LIMIT { Err(Problem::NotANumber) } else { Ok(number) }
}

/// The digits without what parts them; `None` when it is no whole number.
fn digits(text: &str) -> Option<String> {
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = text.split([',', '.', ' ', '\u{a0}', '\u{202f}', '\'', '’']).collect();
    let (first, rest) = parts.split_first()?;
    if !all_digits(first) {
        return None;
    }
    let group = |part: &str| part.len() == 3 && all_digits(part);
    // The last part is a group, or else the zeros behind a decimal sign.
    let (groups, decimals) = match rest.split_last() {
        Some((last, groups)) if !group(last) => (groups, Some(*last)),
        _ => (rest, None),
    };
    let sound = groups.iter().all(|part| group(part)) && (groups.is_empty() || first.len() <= 3);
    let zeros = decimals.is_none_or(|part| !part.is_empty() && part.bytes().all(|byte| byte == b'0'));
    let signs: Vec<char> = text.chars().filter(|c| !c.is_ascii_digit()).collect();
    let point = decimals.is_none() || signs.last().is_some_and(|sign| matches!(sign, '.' | ','));
    // One sign parts all groups: `1.234,567` is none of ours.
    let grouping = if decimals.is_some() { signs.split_last().map_or(&[][..], |(_, rest)| rest) } else { &signs[..] };
    let same = grouping.windows(2).all(|pair| pair.first() == pair.last());
    (sound && zeros && point && same).then(|| std::iter::once(first).chain(groups).copied().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_read_as_they_are_written() {
        for (text, read) in [
            ("12", Count::Of(12)),
            (" 12.00 ", Count::Of(12)),
            ("12,0", Count::Of(12)),
            ("1,234", Count::Of(1234)),
            ("1.234", Count::Of(1234)),
            ("1 234", Count::Of(1234)),
            ("12\u{a0}345", Count::Of(12_345)),
            ("1,234.00", Count::Of(1234)),
            ("0", Count::Of(0)),
            ("12 of 50", Count::Within(12, 50)),
            ("12/50", Count::Within(12, 50)),
            ("1.284 von 2.000", Count::Within(1284, 2000)),
            ("", Count::Unknown),
            ("–", Count::Unknown),
            ("N/A", Count::Unknown),
            ("Unlimited", Count::Unlimited),
        ] {
            assert_eq!(count(text), Ok(read), "{text:?}");
        }
        for text in
            ["12.5", "1,23", "-3", "+5", "many", "1,234,5", "1.234,567", "9999999", "1234,567", "12 of", "٣", "1 0"]
        {
            assert_eq!(count(text), Err(Problem::NotANumber), "{text:?}");
        }
    }
}
