//! How the screen looks: the theme, and what the terminal can show.

use super::Notice;
use super::origin::{Origin, Sourced};
use super::resolve::Resolved;
use crate::domain::theme::{Appearance, Background, Depth};
use std::path::Path;

impl Resolved {
    pub(super) fn appearance(&self, env: &dyn Fn(&str) -> Option<String>) -> Appearance {
        Appearance {
            theme: self.theme.value.clone(),
            own: self.own_themes.clone(),
            depth: Depth::detect(env),
            background: Background::detect(env),
            ascii: self.ascii.value,
        }
    }
}

/// A theme that there is not.
pub(super) fn unknown_theme(theme: &Sourced<String>, known: &[&str], file: Option<&Path>) -> Option<Notice> {
    if known.contains(&theme.value.as_str()) {
        return None;
    }
    let name = crate::domain::text::clean(&theme.value);
    let reason = format!("there is no theme `{name}`; there are {}", known.join(", "));
    Some(match &theme.origin {
        Origin::File(line) => Notice::Line { path: file?.to_owned(), line: line.unwrap_or_default(), reason },
        origin => Notice::Variable { name: format!("{origin}:"), reason },
    })
}
