//! `config.toml`: the layer between what is built in and the environment. It holds no secret.

use super::problem::Notice;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

/// No configuration is longer.
const LONGEST: u64 = 256 << 10;

/// What the file may say. A mistyped key is told, not passed over.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    pub server: Option<String>,
    pub client_id: Option<String>,
    pub credentials: Option<PathBuf>,
    pub read_only: Option<bool>,
    pub lang: Option<String>,
    pub data_dir: Option<PathBuf>,
    pub log_level: Option<String>,
    pub no_browser: Option<bool>,
    /// Commands by id, e.g. `"company.unlink" = ["U"]`.
    #[serde(default)]
    pub keys: BTreeMap<String, Vec<String>>,
}

impl Settings {
    /// What applies instead of a file that does not hold: it may have asked for read-only mode, so that is on.
    pub fn of_damaged_file() -> Self {
        Self { read_only: Some(true), ..Self::default() }
    }
}

/// Reads the file; one that is not there says nothing.
///
/// # Errors
/// A notice with the line and what was expected.
pub fn read(path: &Path) -> Result<Settings, Notice> {
    let notice = |line, reason: String| Notice::ConfigFile { path: path.to_owned(), line, reason };
    let mut text = String::new();
    match std::fs::File::open(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Settings::default()),
        Err(error) => return Err(notice(None, error.to_string())),
        Ok(file) => file.take(LONGEST).read_to_string(&mut text).map_err(|error| notice(None, error.to_string()))?,
    };
    toml::from_str(&text).map_err(|error| {
        let line = error.span().and_then(|span| text.get(..span.start)).map(|before| before.matches('\n').count() + 1);
        let reason = error.message().split_whitespace().collect::<Vec<_>>().join(" ");
        notice(line, crate::domain::text::clean(&reason).into_owned())
    })
}
