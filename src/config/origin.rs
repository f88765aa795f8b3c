//! Where a value comes from. The order is always the same: built in < file < environment < command line.

use std::fmt;

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Nobody said anything.
    Default,
    /// The locale of this machine.
    Locale,
    /// The configuration file, in this line, where it is known.
    File(Option<usize>),
    /// An environment variable.
    Environment(String),
    /// A flag of the command line.
    Flag(&'static str),
}

impl Origin {
    /// The word for scripts.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Locale => "locale",
            Self::File(_) => "file",
            Self::Environment(_) => "environment",
            Self::Flag(_) => "flag",
        }
    }

    /// The name of the variable or the flag.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Environment(name) => Some(name),
            Self::Flag(name) => Some(name),
            Self::Default | Self::Locale | Self::File(_) => None,
        }
    }

    /// The line of the file, from 1.
    #[must_use]
    pub fn line(&self) -> Option<usize> {
        if let Self::File(line) = self { *line } else { None }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default | Self::Locale => f.write_str(self.kind()),
            Self::File(Some(line)) => write!(f, "file, line {line}"),
            Self::File(None) => f.write_str("file"),
            Self::Environment(name) => f.write_str(name),
            Self::Flag(name) => f.write_str(name),
        }
    }
}

/// A value that knows where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sourced<T> {
    pub value: T,
    /// Where it comes from.
    pub origin: Origin,
}

impl<T> Sourced<T> {
    pub fn new(value: T, origin: Origin) -> Self {
        Self { value, origin }
    }

    /// The first layer that says something, the highest first.
    pub fn first(layers: impl IntoIterator<Item = (Option<T>, Origin)>, default: T) -> Self {
        let said = layers.into_iter().find_map(|(value, origin)| Some(Self::new(value?, origin)));
        said.unwrap_or_else(|| Self::new(default, Origin::Default))
    }
}
