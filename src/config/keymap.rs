//! `keymap.toml`: keys over those of a preset, and over `[keys]` of `config.toml`. Nothing in it stops the start.

use super::file::{self, KeyLine, collect_keys, line, text, without_bom};
use super::problem::Notice;
use crate::domain::nearest::nearest;
use crate::domain::text::clean;
use std::path::{Path, PathBuf};
use toml::de::{DeTable, DeValue};

/// The keys of one file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeyFile {
    pub path: PathBuf,
    pub preset: Option<PresetLine>,
    /// In the order of the file.
    pub lines: Vec<KeyLine>,
}

/// `preset = "vim"`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PresetLine {
    pub line: usize,
    pub name: String,
}

/// The names that may stand at the top of the file.
const NAMES: [&str; 2] = ["preset", "keys"];

/// Reads the file; without one there are no keys of the user's. Errors become notices.
pub fn read(path: &Path, notices: &mut Vec<Notice>) -> KeyFile {
    let mut keys = KeyFile { path: path.to_owned(), ..KeyFile::default() };
    match text(path) {
        Ok(Some(text)) => parse(&mut keys, without_bom(&text), notices),
        Ok(None) => {}
        Err(file::ReadError { line, reason }) => {
            notices.push(Notice::Keymap { path: path.to_owned(), line, reason });
        }
    }
    keys
}

fn parse(keys: &mut KeyFile, text: &str, notices: &mut Vec<Notice>) {
    let path = keys.path.clone();
    let table = match DeTable::parse(text) {
        Ok(table) => table,
        Err(error) => {
            let line = error.span().map(|span| line(text, span.start));
            let reason = clean(&error.message().split_whitespace().collect::<Vec<_>>().join(" ")).into_owned();
            return notices.push(Notice::Keymap { path, line, reason });
        }
    };
    let mut tell = |line, reason| notices.push(Notice::Line { path: path.clone(), line, reason });
    for (name, value) in table.get_ref() {
        let at = line(text, name.span().start);
        match (&**name.get_ref(), value.get_ref()) {
            ("preset", DeValue::String(preset)) => {
                keys.preset = Some(PresetLine { line: at, name: preset.to_string() });
            }
            ("keys", DeValue::Table(table)) => collect_keys(text, "", table, &mut keys.lines, &mut tell),
            ("preset", other) => tell(at, format!("`preset` has to be a text, not a {}", other.type_str())),
            ("keys", other) => tell(at, format!("`keys` has to be a table, not a {}", other.type_str())),
            (name, _) => {
                let meant = nearest(name, NAMES).map_or_else(
                    || "commands stand below [keys]".to_owned(),
                    |meant| format!("did you mean `{meant}`?"),
                );
                tell(at, format!("`{}` means nothing here; {meant}", clean(name)));
            }
        }
    }
    keys.lines.sort_by_key(|line| line.line);
}
