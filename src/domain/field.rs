//! What people fill in about a company, one parser for each kind: the form, the commands and the server read a value
//! alike and refuse it for the same reason.

use super::{country, website};

/// The longest name, address line, number or code, in characters (contract: *limits*).
pub const LONGEST: usize = 100;
/// The longest note, in characters.
pub const LONGEST_NOTE: usize = 2000;
/// The longest tag, in characters.
pub const LONGEST_TAG: usize = 40;
/// The most tags of a company.
pub const MOST_TAGS: usize = 20;
/// The most lines of an address.
pub const MOST_LINES: usize = 5;
/// The largest seat limit.
pub const LARGEST_LIMIT: u32 = 1_000_000;

/// What is wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    Required,
    TooLong(usize),
    /// No address of the web.
    NotAnAddress,
    ChooseCountry,
    NoSuchCountry,
    /// Not a postal code of this country; one that is, if it can be told.
    PostalCode {
        country: String,
        example: Option<String>,
    },
    TooManyTags(usize),
    /// A tag is longer than this many characters.
    TagTooLong(usize),
    NotANumber,
    NotAnEmail,
    /// What the server does not accept, in its words.
    Server(String),
}

/// A text of so many characters at most.
///
/// # Errors
/// It is longer.
pub fn text(typed: &str, most: usize) -> Result<String, Problem> {
    let typed = typed.trim();
    if typed.chars().count() > most { Err(Problem::TooLong(most)) } else { Ok(typed.to_owned()) }
}

/// A company's name.
///
/// # Errors
/// It is blank or too long.
pub fn name(typed: &str) -> Result<String, Problem> {
    text(typed, LONGEST).and_then(|name| if name.is_empty() { Err(Problem::Required) } else { Ok(name) })
}

/// A website, with its scheme; empty is none.
///
/// # Errors
/// It is no address of the web.
pub fn website(typed: &str) -> Result<String, Problem> {
    let typed = text(typed, website::LONGEST)?;
    if typed.is_empty() { Ok(typed) } else { website::parse(&typed).ok_or(Problem::NotAnAddress) }
}

/// A postal code as its country writes it; empty is none.
///
/// # Errors
/// It cannot be one there.
pub fn postal_code(country: &str, typed: &str) -> Result<String, Problem> {
    let typed = text(typed, LONGEST)?;
    if typed.is_empty() {
        return Ok(typed);
    }
    country::postal_code(country, &typed).ok_or_else(|| Problem::PostalCode {
        country: country.to_owned(),
        example: country::postal_code_example(country),
    })
}

/// A list of tags.
///
/// # Errors
/// There are too many, or one is too long.
pub fn tags(tags: &[String]) -> Result<(), Problem> {
    if tags.len() > MOST_TAGS {
        return Err(Problem::TooManyTags(MOST_TAGS));
    }
    let long = tags.iter().any(|tag| tag.chars().count() > LONGEST_TAG);
    if long { Err(Problem::TagTooLong(LONGEST_TAG)) } else { Ok(()) }
}

/// Texts between commas, trimmed, each once, none blank.
pub fn split_tags(text: &str) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for tag in text.split(',').map(str::trim).filter(|tag| !tag.is_empty()) {
        if !tags.iter().any(|seen| seen == tag) {
            tags.push(tag.to_owned());
        }
    }
    tags
}

/// A number of seats; nothing and 0 are no limit.
///
/// # Errors
/// It is no number, or too large a one.
pub fn seat_limit(typed: &str) -> Result<u32, Problem> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(0);
    }
    // The library also takes `+5`.
    let number = typed.bytes().all(|byte| byte.is_ascii_digit()).then(|| typed.parse().ok()).flatten();
    number.filter(|limit| *limit <= LARGEST_LIMIT).ok_or(Problem::NotANumber)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_seats_are_written_in_digits() {
        for (typed, read) in [("", Ok(0)), (" 50\r", Ok(50)), ("1000000", Ok(1_000_000)), ("007", Ok(7))] {
            assert_eq!(seat_limit(typed), read, "{typed:?}");
        }
        for wrong in ["1000001", "-1", "+5", "5.0", "1 000", "many", "99999999999999999999"] {
            assert_eq!(seat_limit(wrong), Err(Problem::NotANumber), "{wrong:?}");
        }
    }

    #[test]
    fn lengths_are_counted_in_characters() {
        assert!(name(&"ü".repeat(LONGEST)).is_ok() && name(" ") == Err(Problem::Required));
        assert_eq!(name(&"ü".repeat(LONGEST + 1)), Err(Problem::TooLong(LONGEST)));
        assert_eq!(website(&"a".repeat(300)), Err(Problem::TooLong(website::LONGEST)));
        assert_eq!(tags(&split_tags(&"x,".repeat(9))), Ok(()), "each once");
        assert_eq!(tags(&[String::from("x").repeat(LONGEST_TAG + 1)]), Err(Problem::TagTooLong(LONGEST_TAG)));
        let many: Vec<_> = (0..=MOST_TAGS).map(|number| number.to_string()).collect();
        assert_eq!(tags(&many), Err(Problem::TooManyTags(MOST_TAGS)));
    }
}
