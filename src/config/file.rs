//! `config.toml`: the layer between what is built in and the environment. It holds no secret.

use super::problem::Notice;
use serde::Deserialize;
use serde::de::IgnoredAny;
use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use toml::de::{DeTable, DeValue};

/// No configuration is longer.
const LONGEST: u64 = 256 << 10;

/// What the file may say. A mistyped key is told, not passed over.
#[derive(Debug, Clone, Default, Deserialize)]
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
    pub no_cache: Option<bool>,
    /// Commands by id, e.g. `"company.unlink" = ["U"]`.
    #[serde(default)]
    pub keys: BTreeMap<String, Vec<String>>,
    /// Read on their own, so that a mistake in one of them costs that one alone.
    #[serde(rename = "profiles")]
    _profiles: Option<IgnoredAny>,
}

impl Settings {
    /// What applies instead of a file that does not hold: it may have asked for read-only mode, so that is on.
    fn of_damaged_file() -> Self {
        Self { read_only: Some(true), ..Self::default() }
    }
}

/// The file as it was read.
#[derive(Debug, Default)]
pub struct File {
    /// What it says beside the profiles.
    pub settings: Settings,
    /// In which line each setting stands, from 1.
    pub lines: BTreeMap<String, usize>,
    /// The profiles, in the order of the file.
    pub profiles: Vec<Entry>,
}

/// `[profiles.NAME]` as it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub name: String,
    pub line: usize,
    /// What stands there instead, if it is no table.
    pub fields: Result<Vec<Field>, &'static str>,
}

/// One key of a profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    pub key: String,
    pub line: usize,
    pub value: Written,
}

/// A value as far as profiles have use for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    Text(String),
    Flag(bool),
    Words(Vec<String>),
    /// Another type, by its name.
    Other(&'static str),
}

/// Reads the file; one that is not there says nothing. What does not hold becomes a notice.
pub fn read(path: &Path, notices: &mut Vec<Notice>) -> File {
    match text(path) {
        Ok(Some(text)) => parse(path, &text, notices),
        Ok(None) => File::default(),
        Err(reason) => {
            notices.push(Notice::ConfigFile { path: path.to_owned(), line: None, reason });
            File { settings: Settings::of_damaged_file(), ..File::default() }
        }
    }
}

/// The text of the file; `None` if it is not there.
///
/// # Errors
/// The system's words.
pub fn text(path: &Path) -> Result<Option<String>, String> {
    let mut text = String::new();
    match std::fs::File::open(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error.to_string()),
        Ok(file) => file.take(LONGEST).read_to_string(&mut text).map_err(|error| error.to_string())?,
    };
    Ok(Some(text))
}

/// Like [`read`], of a text.
pub fn parse(path: &Path, text: &str, notices: &mut Vec<Notice>) -> File {
    let mut file = File::default();
    if let Ok(table) = DeTable::parse(text) {
        for (key, value) in table.get_ref() {
            file.lines.insert(key.get_ref().to_string(), line(text, key.span().start));
            if let ("profiles", DeValue::Table(profiles)) = (&**key.get_ref(), value.get_ref()) {
                file.profiles = entries(text, profiles);
            }
        }
    }
    let whole = DeTable::parse(text).is_ok();
    file.settings = toml::from_str(text).unwrap_or_else(|error| {
        let line = error.span().map(|span| line(text, span.start));
        let reason = error.message().split_whitespace().collect::<Vec<_>>().join(" ");
        let reason = crate::domain::text::clean(&reason).into_owned();
        notices.push(Notice::ConfigFile { path: path.to_owned(), line, reason });
        Settings::of_damaged_file()
    });
    if !whole {
        lost(path, text, notices);
    }
    file
}

/// In a file that is no TOML no value can be trusted, but the names that can be made out are told as left out:
/// nothing else may stand in for them.
fn lost(path: &Path, text: &str, notices: &mut Vec<Notice>) {
    let (table, _) = DeTable::parse_recoverable(text);
    let profiles = table.get_ref().get("profiles").map(toml::Spanned::get_ref);
    let Some(DeValue::Table(profiles)) = profiles else { return };
    notices.extend(entries(text, profiles).into_iter().map(|entry| Notice::Profile {
        path: path.to_owned(),
        line: entry.line,
        name: crate::domain::text::clean(&entry.name).chars().take(40).collect(),
        reason: "nothing of this file is used before it is mended".to_owned(),
        left_out: true,
    }));
}

fn line(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

/// The parser gives them in alphabetical order; their places in the text are the user's order.
fn entries(text: &str, profiles: &DeTable) -> Vec<Entry> {
    let mut entries: Vec<_> = profiles
        .iter()
        .map(|(name, value)| {
            let fields = match value.get_ref() {
                DeValue::Table(table) => Ok(fields(text, table)),
                other => Err(other.type_str()),
            };
            let entry = Entry { name: name.get_ref().to_string(), line: line(text, name.span().start), fields };
            (name.span().start, entry)
        })
        .collect();
    entries.sort_by_key(|(at, _)| *at);
    entries.into_iter().map(|(_, entry)| entry).collect()
}

fn fields(text: &str, table: &DeTable) -> Vec<Field> {
    let field = |(key, value): (&toml::Spanned<_>, &toml::Spanned<DeValue>)| {
        let key: &toml::Spanned<std::borrow::Cow<'_, str>> = key;
        Field { key: key.get_ref().to_string(), line: line(text, key.span().start), value: written(value.get_ref()) }
    };
    let mut fields: Vec<_> = table.iter().map(field).collect();
    fields.sort_by_key(|field| field.line);
    fields
}

fn written(value: &DeValue) -> Written {
    match value {
        DeValue::String(text) => Written::Text(text.to_string()),
        DeValue::Boolean(flag) => Written::Flag(*flag),
        DeValue::Array(items) => {
            let words: Option<Vec<_>> = items.iter().map(|item| item.get_ref().as_str().map(str::to_owned)).collect();
            words.map_or(Written::Other("array of something else than strings"), Written::Words)
        }
        other => Written::Other(other.type_str()),
    }
}
