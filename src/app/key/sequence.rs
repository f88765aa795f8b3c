//! Keys that are pressed one after the other.

use crate::app::key::{Code, Key, NotAKey};
use std::fmt;
use std::str::FromStr;

/// More keys than this in a row nobody remembers.
pub const LONGEST: usize = 4;

/// One key, or several to be pressed one after the other: `g`, `g g`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Sequence(Vec<Key>);

impl Sequence {
    pub fn keys(&self) -> &[Key] {
        &self.0
    }

    /// The key, where it is only one.
    pub fn single(&self) -> Option<Key> {
        if let [key] = self.0.as_slice() { Some(*key) } else { None }
    }

    /// What is left to be pressed after these.
    pub fn after(&self, pressed: &[Key]) -> Option<Self> {
        self.0.strip_prefix(pressed).map(|rest| Self(rest.to_vec()))
    }

    /// One of them is the beginning of the other, or both are the same: only one of them can be had.
    pub fn clashes(&self, other: &Self) -> bool {
        self.0.starts_with(&other.0) || other.0.starts_with(&self.0)
    }

    /// As it is written in a keymap: `g g`, `ctrl-d`.
    pub fn name(&self) -> String {
        self.0.iter().map(|key| key.name()).collect::<Vec<_>>().join(" ")
    }
}

impl From<Key> for Sequence {
    fn from(key: Key) -> Self {
        Self(vec![key])
    }
}

impl From<Vec<Key>> for Sequence {
    fn from(keys: Vec<Key>) -> Self {
        Self(keys)
    }
}

impl FromStr for Sequence {
    type Err = NotAKey;

    fn from_str(text: &str) -> Result<Self, NotAKey> {
        let keys = text.split_whitespace().map(str::parse).collect::<Result<Vec<Key>, _>>()?;
        if keys.is_empty() || keys.len() > LONGEST {
            return Err(NotAKey::new(text));
        }
        Ok(Self(keys))
    }
}

/// As a person reads it in a hint: letters stand together, `gg`.
impl fmt::Display for Sequence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letters = self.0.iter().all(|key| matches!(key.code, Code::Char(c) if c != ' ') && !key.ctrl && !key.alt);
        for (at, key) in self.0.iter().enumerate() {
            if at > 0 && !letters {
                f.write_str(" ")?;
            }
            write!(f, "{key}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sequences_are_read_as_they_are_written() {
        for (text, shown) in [("g g", "gg"), ("g", "g"), ("ctrl-x s", "^x s"), ("space f5", "Space F5")] {
            let read: Sequence = text.parse().unwrap();
            assert_eq!((read.name().as_str(), read.to_string().as_str()), (text, shown));
        }
        for text in ["", " ", "g gg", "a b c d e"] {
            assert!(text.parse::<Sequence>().is_err(), "{text:?} must be refused");
        }
    }

    #[test]
    fn of_two_that_begin_alike_only_one_can_be_had() {
        let of = |text: &str| text.parse::<Sequence>().unwrap();
        assert!(of("g").clashes(&of("g g")) && of("g g").clashes(&of("g")) && of("g").clashes(&of("g")));
        assert!(!of("g g").clashes(&of("g e")) && !of("e").clashes(&of("g e")));
        assert_eq!(of("g g").after(&[Key::char('g')]), Some(of("g")));
    }
}
