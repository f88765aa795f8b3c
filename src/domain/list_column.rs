//! Columns of the list that can be chosen. Sign and name are always there, and the account where there are several.

use std::fmt;
use std::str::FromStr;

/// A column that can be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ListColumn {
    /// How it stands, and why it needs attention.
    Status,
    /// Filled seats, and a bar where there is a limit.
    Seats,
    Setup,
    Owners,
    /// How long ago somebody launched it.
    Launched,
    /// Thirty days of its seats.
    Usage,
    Tags,
    ExternalId,
}

impl ListColumn {
    /// All, in the order of the menu.
    pub const ALL: [Self; 8] = [
        Self::Status,
        Self::Seats,
        Self::Setup,
        Self::Owners,
        Self::Launched,
        Self::Usage,
        Self::Tags,
        Self::ExternalId,
    ];
    /// Those of a list of which nobody chose any. The curve is off: it is loud, and says little in eight cells.
    pub const DEFAULT: [Self; 5] = [Self::Status, Self::Seats, Self::Setup, Self::Owners, Self::Launched];

    /// Its word in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Seats => "seats",
            Self::Setup => "setup",
            Self::Owners => "owners",
            Self::Launched => "launched",
            Self::Usage => "usage",
            Self::Tags => "tags",
            Self::ExternalId => "external_id",
        }
    }
}

impl fmt::Display for ListColumn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for ListColumn {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|column| column.as_str() == word);
        found.ok_or_else(|| {
            let words: Vec<_> = Self::ALL.into_iter().map(Self::as_str).collect();
            format!("expected one of {}", words.join(", "))
        })
    }
}

impl serde::Serialize for ListColumn {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.as_str())
    }
}

impl<'de> serde::Deserialize<'de> for ListColumn {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}
