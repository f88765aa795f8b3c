//! Where a value comes from: default < file < environment < command line.

use std::fmt;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    Default,
    Locale,
    /// The line of the configuration file, where it is known.
    File(Option<usize>),
    Environment(String),
    Flag(&'static str),
}

impl Origin {
    /// The name in JSON.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Locale => "locale",
            Self::File(_) => "file",
            Self::Environment(_) => "environment",
            Self::Flag(_) => "flag",
        }
    }

    /// The variable or the flag.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Environment(name) => Some(name),
            Self::Flag(name) => Some(name),
            Self::Default | Self::Locale | Self::File(_) => None,
        }
    }

    /// From 1.
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

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sourced<T> {
    pub value: T,
    pub origin: Origin,
}

impl<T> Sourced<T> {
    pub fn new(value: T, origin: Origin) -> Self {
        Self { value, origin }
    }

    pub fn default(value: T) -> Self {
        Self::new(value, Origin::Default)
    }

    /// The first layer that has a value; the highest layer comes first.
    pub fn first(layers: impl IntoIterator<Item = (Option<T>, Origin)>, default: T) -> Self {
        let set = layers.into_iter().find_map(|(value, origin)| Some(Self::new(value?, origin)));
        set.unwrap_or_else(|| Self::default(default))
    }
}

impl<T> Sourced<Option<T>> {
    pub(super) fn map<U>(self, change: impl FnOnce(T) -> U) -> Sourced<Option<U>> {
        Sourced::new(self.value.map(change), self.origin)
    }
}
