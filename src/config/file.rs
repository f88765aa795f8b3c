//! `config.toml`: the layer between defaults and environment. It holds no secret.

use super::problem::Notice;
use crate::domain::list_column::ListColumn;
use crate::domain::notify::Notify;
use crate::domain::text::clean;
use crate::files::regular;
use serde::Deserialize;
use serde::de::IgnoredAny;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use toml::de::{DeTable, DeValue};

const LONGEST: u64 = 256 << 10;

/// The top level of the file. An unknown key is an error.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    pub server: Option<String>,
    pub client_id: Option<String>,
    pub credentials: Option<PathBuf>,
    pub read_only: Option<bool>,
    pub lang: Option<String>,
    pub theme: Option<String>,
    pub ascii: Option<bool>,
    pub data_dir: Option<PathBuf>,
    pub log_level: Option<String>,
    pub no_browser: Option<bool>,
    pub mouse: Option<bool>,
    pub no_cache: Option<bool>,
    /// Seconds that a launch waits before it is sent; 0 is none.
    pub launch_delay: Option<u8>,
    /// Parsed separately, like the profiles, so that a mistake affects one line only.
    #[serde(rename = "keys")]
    _keys: Option<IgnoredAny>,
    #[serde(rename = "list")]
    _list: Option<IgnoredAny>,
    #[serde(rename = "notify")]
    _notify: Option<IgnoredAny>,
    #[serde(rename = "profiles")]
    _profiles: Option<IgnoredAny>,
}

impl Settings {
    /// The settings in place of an unreadable file: it may have asked for read-only mode, so that is on.
    fn fallback() -> Self {
        Self { read_only: Some(true), ..Self::default() }
    }
}

/// The file as parsed.
#[derive(Debug, Default)]
pub struct RawFile {
    pub settings: Settings,
    /// The line of each top-level key, from 1.
    pub lines: BTreeMap<String, usize>,
    pub profiles: Vec<RawProfile>,
    /// `[keys]`, in the order of the file.
    pub keys: Vec<KeyLine>,
    /// `[list] columns`; none is the default.
    pub columns: Vec<ListColumn>,
    /// `[notify]`
    pub notify: Option<Notify>,
}

/// A key binding, e.g. `"app.refresh" = ["r", "ctrl-r"]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyLine {
    pub line: usize,
    pub command: String,
    pub keys: Vec<String>,
}

/// `[profiles.NAME]` as it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawProfile {
    pub name: String,
    pub line: usize,
    /// The name of the type it has instead, if it is no table.
    pub fields: Result<Vec<RawField>, &'static str>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawField {
    pub key: String,
    pub line: usize,
    pub value: RawValue,
}

/// A value, as far as profiles use its type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RawValue {
    Text(String),
    Flag(bool),
    Words(Vec<String>),
    /// The name of any other type.
    Other(&'static str),
}

/// Reads the file; a missing one is empty. Errors become notices.
pub fn read(path: &Path, notices: &mut Vec<Notice>) -> RawFile {
    match text(path) {
        Ok(Some(text)) => parse(path, &text, notices),
        Ok(None) => RawFile::default(),
        Err(ReadError { line, reason }) => {
            notices.push(Notice::ConfigFile { path: path.to_owned(), line, reason });
            RawFile { settings: Settings::fallback(), ..RawFile::default() }
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadError {
    pub line: Option<usize>,
    pub reason: String,
}

/// The text with its byte order mark; `None` if there is no file.
pub fn text(path: &Path) -> Result<Option<String>, ReadError> {
    let bytes = match regular::read(path, LONGEST) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(ReadError { line: None, reason: error.to_string() }),
        Ok(bytes) => bytes,
    };
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return Err(ReadError { line: Some(1), reason: "it is in UTF-16; save it as UTF-8".to_owned() });
    }
    String::from_utf8(bytes).map(Some).map_err(|error| {
        let good = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
        let line = good.split(|byte| *byte == b'\n').count();
        ReadError { line: Some(line), reason: "it is not in UTF-8 here; save the file as UTF-8".to_owned() }
    })
}

pub fn without_bom(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

pub fn parse(path: &Path, text: &str, notices: &mut Vec<Notice>) -> RawFile {
    let text = without_bom(text);
    let mut file = RawFile::default();
    if let Ok(table) = DeTable::parse(text) {
        for (key, value) in table.get_ref() {
            file.lines.insert(key.get_ref().to_string(), line(text, key.span().start));
            match (&**key.get_ref(), value.get_ref()) {
                ("profiles", DeValue::Table(profiles)) => file.profiles = raw_profiles(text, profiles),
                ("keys", DeValue::Table(keys)) => file.keys = key_lines(path, text, keys, notices),
                ("keys", other) => {
                    let reason = format!("`keys` has to be a table, not a {}", other.type_str());
                    notices.push(Notice::Line { path: path.to_owned(), line: line(text, key.span().start), reason });
                }
                ("list", value) => {
                    file.columns = list_columns(path, text, (line(text, key.span().start), value), notices);
                }
                ("notify", value) => {
                    file.notify = notify(path, text, (line(text, key.span().start), value), notices);
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
        Settings::fallback()
    });
    if !whole {
        report_lost_profiles(path, text, notices);
    }
    file
}

/// `[list]` with `columns = ["status", "seats"]`. What is no column is left out, and told.
fn list_columns(
    path: &Path,
    text: &str,
    (from, value): (usize, &DeValue<'_>),
    notices: &mut Vec<Notice>,
) -> Vec<ListColumn> {
    let mut tell = |line, reason| notices.push(Notice::Line { path: path.to_owned(), line, reason });
    let DeValue::Table(list) = value else {
        tell(from, format!("`list` has to be a table, not a {}", value.type_str()));
        return Vec::new();
    };
    let mut columns = Vec::new();
    for (name, value) in list {
        let at = line(text, name.span().start);
        match (&**name.get_ref(), raw_value(value.get_ref())) {
            ("columns", RawValue::Words(words)) => {
                for word in words {
                    match word.parse() {
                        Ok(column) if !columns.contains(&column) => columns.push(column),
                        Ok(column) => tell(at, format!("`{column}` is there twice")),
                        Err(expected) => tell(at, format!("`{}` is no column: {expected}", clean(&word))),
                    }
                }
            }
            ("columns", _) => tell(at, "`columns` has to be a list like [\"status\", \"seats\"]".to_owned()),
            (other, _) => tell(at, format!("`{}` is no setting of the list; there is `columns`", clean(other))),
        }
    }
    columns
}

/// `[notify]` with `bell = true`. What is no switch is left out, and told.
fn notify(path: &Path, text: &str, (from, value): (usize, &DeValue<'_>), notices: &mut Vec<Notice>) -> Option<Notify> {
    let mut tell = |line, reason| notices.push(Notice::Line { path: path.to_owned(), line, reason });
    let DeValue::Table(table) = value else {
        tell(from, format!("`notify` has to be a table, not a {}", value.type_str()));
        return None;
    };
    let mut notify = Notify::default();
    for (name, value) in table {
        let at = line(text, name.span().start);
        match (notify.switch(name.get_ref()), raw_value(value.get_ref())) {
            (Some(switch), RawValue::Flag(on)) => *switch = on,
            (Some(_), _) => tell(at, format!("`{}` has to be true or false", name.get_ref())),
            (None, _) => {
                let reason = "is no way to notify; there are `osc9`, `osc777` and `bell`";
                tell(at, format!("`{}` {reason}", clean(name.get_ref())));
            }
        }
    }
    Some(notify)
}

/// `"app.refresh" = ["r"]`. Unquoted, the key is a nested table; a single key may be a plain string.
fn key_lines(path: &Path, text: &str, keys: &DeTable, notices: &mut Vec<Notice>) -> Vec<KeyLine> {
    let mut lines = Vec::new();
    collect_keys(text, "", keys, &mut lines, &mut |line, reason| {
        notices.push(Notice::Line { path: path.to_owned(), line, reason });
    });
    lines.sort_by_key(|line| line.line);
    lines
}

pub fn collect_keys(
    text: &str,
    front: &str,
    keys: &DeTable,
    lines: &mut Vec<KeyLine>,
    report: &mut dyn FnMut(usize, String),
) {
    for (name, value) in keys {
        let (command, line) = (format!("{front}{}", name.get_ref()), line(text, name.span().start));
        match (raw_value(value.get_ref()), value.get_ref()) {
            (_, DeValue::Table(deeper)) if front.is_empty() => {
                collect_keys(text, &format!("{command}."), deeper, lines, report);
            }
            (RawValue::Words(keys), _) => lines.push(KeyLine { line, command, keys }),
            (RawValue::Text(key), _) => lines.push(KeyLine { line, command, keys: vec![key] }),
            _ => {
                let command = clean(&command);
                report(line, format!("the keys of `{command}` have to be a list like [\"r\", \"ctrl-r\"]"));
            }
        }
    }
}

/// No value of invalid TOML can be trusted, but the profiles that can be made out are reported as left out, so that
/// nothing else stands in for them.
fn report_lost_profiles(path: &Path, text: &str, notices: &mut Vec<Notice>) {
    let (table, _) = DeTable::parse_recoverable(text);
    let profiles = table.get_ref().get("profiles").map(toml::Spanned::get_ref);
    let Some(DeValue::Table(profiles)) = profiles else { return };
    notices.extend(raw_profiles(text, profiles).into_iter().map(|raw| Notice::Profile {
        path: path.to_owned(),
        line: raw.line,
        name: clean(&raw.name).chars().take(40).collect(),
        reason: "nothing of this file is used before it is mended".to_owned(),
        left_out: true,
    }));
}

/// The line of a position, from 1.
pub fn line(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

/// The parser sorts by name; sorted by position, they are in the user's order.
fn raw_profiles(text: &str, profiles: &DeTable) -> Vec<RawProfile> {
    let mut raw: Vec<_> = profiles
        .iter()
        .map(|(name, value)| {
            let fields = match value.get_ref() {
                DeValue::Table(table) => Ok(fields(text, table)),
                other => Err(other.type_str()),
            };
            let profile = RawProfile { name: name.get_ref().to_string(), line: line(text, name.span().start), fields };
            (name.span().start, profile)
        })
        .collect();
    raw.sort_by_key(|(at, _)| *at);
    raw.into_iter().map(|(_, profile)| profile).collect()
}

fn fields(text: &str, table: &DeTable) -> Vec<RawField> {
    let field = |(key, value): (&toml::Spanned<_>, &toml::Spanned<DeValue>)| {
        let key: &toml::Spanned<std::borrow::Cow<'_, str>> = key;
        RawField {
            key: key.get_ref().to_string(),
            line: line(text, key.span().start),
            value: raw_value(value.get_ref()),
        }
    };
    let mut fields: Vec<_> = table.iter().map(field).collect();
    fields.sort_by_key(|field| field.line);
    fields
}

fn raw_value(value: &DeValue) -> RawValue {
    match value {
        DeValue::String(text) => RawValue::Text(text.to_string()),
        DeValue::Boolean(flag) => RawValue::Flag(*flag),
        DeValue::Array(items) => {
            let words: Option<Vec<_>> = items.iter().map(|item| item.get_ref().as_str().map(str::to_owned)).collect();
            words.map_or(RawValue::Other("array of something else than strings"), RawValue::Words)
        }
        other => RawValue::Other(other.type_str()),
    }
}
