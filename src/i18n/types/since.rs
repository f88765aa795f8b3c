//! Since last time, the first line, and the tour.

use crate::i18n::{Clock, Keys};
use jiff::Timestamp;

pub struct Since {
    /// How many companies changed since when, in more words and in less.
    pub changed: fn(&str, &Clock, Timestamp) -> [String; 2],
    /// What the key beside that does.
    pub shows: &'static str,
    /// What there is to do, at this company and at so many more.
    pub alert: fn(&str, &str, usize) -> String,
    /// The keys for who is new, in more words and in less.
    pub welcome: fn(Keys<'_>) -> [String; 2],
    pub page: fn(usize, Keys<'_>) -> Page,
    /// Which page of how many.
    pub title: fn(usize, usize, &str) -> String,
    pub keys: &'static str,
}

/// A page of the tour.
pub struct Page {
    pub about: &'static str,
    /// A key or a sign, and what there is to say of it.
    pub lines: Vec<(String, &'static str)>,
}
