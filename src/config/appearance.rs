//! How the screen looks: the theme, and what the terminal can show.

use super::Notice;
use super::origin::Sourced;
use super::resolve::Resolved;
use crate::domain::theme::{Appearance, Background, Depth};

impl Resolved {
    pub(super) fn appearance(&self, env: &dyn Fn(&str) -> Option<String>) -> Appearance {
        Appearance {
            theme: self.theme.value.clone(),
            own: Vec::new(),
            depth: Depth::detect(env),
            background: Background::detect(env),
            ascii: self.ascii.value,
        }
    }
}

/// A theme that there is not.
pub(super) fn unknown_theme(theme: &Sourced<String>, known: &[&str], path: Option<&std::path::Path>) -> Option<Notice> {
    use super::origin::Origin;
    if known.contains(&theme.value.as_str()) {
        return None;
    }
    let reason = format!("there is no theme `{}`; there are {}", theme.value, known.join(", "));
    match &theme.origin {
        Origin::File(line) => Some(Notice::Line { path: path?.to_owned(), line: line.unwrap_or_default(), reason }),
        origin => Some(Notice::Variable { name: origin.to_string(), reason: format!(": {reason}") }),
    }
}
