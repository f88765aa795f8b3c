//! `config.toml`: the layer between what is built in and the environment. It holds no secret.

use super::problem::Notice;
use crate::domain::text::clean;
use crate::files::plain;
use serde::Deserialize;
use serde::de::IgnoredAny;
use std::collections::BTreeMap;
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
    /// Read on its own, like the profiles, so that a mistake in a line costs that line alone.
    #[serde(rename = "keys")]
    _keys: Option<IgnoredAny>,
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
    /// `[keys]`, in the order of the file.
    pub keys: Vec<KeyLine>,
}

/// One command and its keys, e.g. `"app.refresh" = ["r", "ctrl-r"]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyLine {
    /// The line, from 1.
    pub line: usize,
    /// The command's id.
    pub command: String,
    /// The keys as they are written.
    pub keys: Vec<String>,
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
        Err(CacheDefect { line, reason }) => {
            notices.push(Notice::ConfigFile { path: path.to_owned(), line, reason });
            File { settings: Settings::of_damaged_file(), ..File::default() }
        }
    }
}

/// Why a file has no text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CacheDefect {
    /// The line, from 1, where it is known.
    pub line: Option<usize>,
    pub reason: String,
}

/// The text of the file, with its byte order mark; `None` if it is not there.
///
/// # Errors
/// It cannot be read, or is in another encoding.
pub fn text(path: &Path) -> Result<Option<String>, CacheDefect> {
    let bytes = match plain::read(path, LONGEST) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(CacheDefect { line: None, reason: error.to_string() }),
        Ok(bytes) => bytes,
    };
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return Err(CacheDefect { line: Some(1), reason: "it is in UTF-16; save it as UTF-8".to_owned() });
    }
    String::from_utf8(bytes).map(Some).map_err(|error| {
        let good = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
        let line = good.split(|byte| *byte == b'\n').count();
        CacheDefect { line: Some(line), reason: "it is not in UTF-8 here; save the file as UTF-8".to_owned() }
    })
}

/// The text without its byte order mark.
pub fn unmarked(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// Like [`read`], of a text.
pub fn parse(path: &Path, text: &str, notices: &mut Vec<Notice>) -> File {
    let text = unmarked(text);
    let mut file = File::default();
    if let Ok(table) = DeTable::parse(text) {
        for (key, value) in table.get_ref() {
            file.lines.insert(key.get_ref().to_string(), line(text, key.span().start));
            match (&**key.get_ref(), value.get_ref()) {
                ("profiles", DeValue::Table(profiles)) => file.profiles = entries(text, profiles),
                ("keys", DeValue::Table(keys)) => file.keys = key_lines(path, text, keys, notices),
                ("keys", other) => {
                    let reason = format!("`keys` has to be a table, not a {}", other.type_str());
                    notices.push(Notice::Line { path: path.to_owned(), line: line(text, key.span().start), reason });
                }
                _ => {}
            }
        }
    }
    let whole = DeTable::parse(text).is_ok();
    file.settings = toml::from_str(text).unwrap_or_else(|error| {
        let line = error.span().map(|span| line(text, span.start));
        let reason = error.message().split_whitespace().collect::<Vec<_>>().join(" ");
        let reason = clean(&reason).into_owned();
        notices.push(Notice::ConfigFile { path: path.to_owned(), line, reason });
        Settings::of_damaged_file()
    });
    if !whole {
        lost(path, text, notices);
    }
    file
}

/// `"app.refresh" = ["r"]`, also without the quotes, which is a table in a table, and with one key as a mere text.
fn key_lines(path: &Path, text: &str, keys: &DeTable, notices: &mut Vec<Notice>) -> Vec<KeyLine> {
    let mut lines = Vec::new();
    collect_keys(text, "", keys, &mut lines, &mut |line, reason| {
        notices.push(Notice::Line { path: path.to_owned(), line, reason });
    });
    lines.sort_by_key(|line| line.line);
    lines
}

fn collect_keys(text: &str, front: &str, keys: &DeTable, lines: &mut Vec<KeyLine>, odd: &mut dyn FnMut(usize, String)) {
    for (name, value) in keys {
        let (command, line) = (format!("{front}{}", name.get_ref()), line(text, name.span().start));
        match (written(value.get_ref()), value.get_ref()) {
            (_, DeValue::Table(deeper)) if front.is_empty() => {
                collect_keys(text, &format!("{command}."), deeper, lines, odd);
            }
            (Written::Words(keys), _) => lines.push(KeyLine { line, command, keys }),
            (Written::Text(key), _) => lines.push(KeyLine { line, command, keys: vec![key] }),
            _ => {
                let command = clean(&command);
                odd(line, format!("the keys of `{command}` have to be a list like [\"r\", \"ctrl-r\"]"));
            }
        }
    }
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
        name: clean(&entry.name).chars().take(40).collect(),
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
