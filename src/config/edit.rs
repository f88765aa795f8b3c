//! Edits to `config.toml` that keep comments, order and line ends. The file is replaced atomically; behind a symbolic
//! link, the target is.

use super::file::{self, ReadError, text, without_bom};
use super::profiles::{self, Environment};
use super::{Notice, Paths, Problem, Profile};
use crate::files;
use std::fs;
use std::path::{Path, PathBuf};
use toml_edit::{Array, DocumentMut, Item, Table, TableLike, value};

/// A profile to write; its values are valid.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewProfile {
    pub name: String,
    pub server: String,
    pub client_id: String,
    pub label: Option<String>,
    pub colour: Option<&'static str>,
    pub read_only: bool,
    pub default: bool,
    pub ca_file: Option<PathBuf>,
    /// The program that prints the secret, with its arguments.
    pub secret_command: Vec<String>,
}

/// Appends a profile. A new default replaces the old one.
pub fn add(path: &Path, new: &NewProfile) -> Result<(), Problem> {
    change(path, |document| {
        let profiles = document.entry("profiles").or_insert_with(|| {
            let mut table = Table::new();
            table.set_implicit(true);
            Item::Table(table)
        });
        let inline = profiles.is_inline_table();
        let profiles = profiles.as_table_like_mut().ok_or("`profiles` is no table")?;
        if profiles.contains_key(&new.name) {
            return Err(format!("there is a profile {} already", new.name));
        }
        if new.default {
            take_default(profiles);
        }
        let table = table(new);
        let item = if inline { Item::Value(table.into_inline_table().into()) } else { Item::Table(table) };
        profiles.insert(&new.name, item);
        Ok(())
    })
}

/// Gives a profile another client id.
pub fn set_client_id(path: &Path, name: &str, client_id: &str) -> Result<(), Problem> {
    change(path, |document| {
        let profiles = document.get_mut("profiles").and_then(Item::as_table_like_mut);
        let profile = profiles.and_then(|profiles| profiles.get_mut(name)).and_then(Item::as_table_like_mut);
        let profile = profile.ok_or_else(|| format!("there is no profile {name} in it"))?;
        profile.insert("client_id", value(client_id));
        Ok(())
    })
}

/// The profile as it would be read back from the file.
pub fn draft(new: &NewProfile, paths: &Paths) -> Result<Profile, Problem> {
    let mut document = DocumentMut::new();
    let mut profiles = Table::new();
    profiles.insert(&new.name, Item::Table(table(new)));
    document.insert("profiles", Item::Table(profiles));
    let env = |name: &str| std::env::var(name).ok();
    let secrets_dir = paths.secrets_dir();
    let config_file = paths.config_file.as_deref().unwrap_or(Path::new(""));
    let environment = Environment { config_file, secrets_dir: secrets_dir.as_deref(), env: &env };
    let mut notices = Vec::new();
    let file = file::parse(config_file, &document.to_string(), &mut notices);
    let entry = profiles::read(&file.profiles, &environment, &mut notices).pop();
    match (entry, notices.pop()) {
        (Some(entry), None) => Ok(entry.profile),
        (_, Some(Notice::Profile { reason, .. })) => Err(Problem::BadProfile { reason }),
        (_, notice) => {
            let reason = notice.map_or_else(|| "it cannot be read back".to_owned(), |notice| notice.to_string());
            Err(Problem::BadProfile { reason })
        }
    }
}

/// Removes a profile and the comment above it.
pub fn remove(path: &Path, name: &str) -> Result<(), Problem> {
    change(path, |document| {
        let profiles = document.get_mut("profiles").and_then(Item::as_table_like_mut);
        let removed = profiles.and_then(|profiles| profiles.remove(name));
        removed.map(|_| ()).ok_or_else(|| format!("there is no profile {name} in it"))
    })
}

fn take_default(profiles: &mut dyn TableLike) {
    for (_, profile) in profiles.iter_mut() {
        if let Some(profile) = profile.as_table_like_mut() {
            profile.remove("default");
        }
    }
}

fn table(new: &NewProfile) -> Table {
    let mut table = Table::new();
    table.insert("server", value(&new.server));
    table.insert("client_id", value(&new.client_id));
    let mut maybe = |key: &str, text: Option<String>| text.map(|text| table.insert(key, value(text)));
    maybe("label", new.label.clone());
    maybe("colour", new.colour.map(str::to_owned));
    maybe("ca_file", new.ca_file.as_ref().map(|path| path.display().to_string()));
    if new.read_only {
        table.insert("read_only", value(true));
    }
    if new.default {
        table.insert("default", value(true));
    }
    if !new.secret_command.is_empty() {
        table.insert("secret_command", value(new.secret_command.iter().collect::<Array>()));
    }
    table
}

fn change(path: &Path, edit: impl FnOnce(&mut DocumentMut) -> Result<(), String>) -> Result<(), Problem> {
    let refused = |reason: String| Problem::NotChanged { path: path.to_owned(), reason };
    let unreadable = |error: ReadError| {
        refused(error.line.map_or_else(|| error.reason.clone(), |line| format!("line {line}: {}", error.reason)))
    };
    let before = text(path).map_err(unreadable)?;
    // A broken file cannot be edited without guessing.
    let old = before.as_deref().unwrap_or_default();
    sound(path, old).map_err(refused)?;
    let mut document: DocumentMut = without_bom(old).parse().map_err(|_| refused("it is no TOML".to_owned()))?;
    edit(&mut document).map_err(refused)?;
    let new = with_ends_of(old, &document.to_string());
    sound(path, &new).map_err(refused)?;
    if text(path).map_err(unreadable)? != before {
        return Err(refused("another program is changing it. Try again".to_owned()));
    }
    replace(path, &new).map_err(refused)
}

/// Applies the byte order mark and the line ends of the old text to the new one. In a mixed file, an old line keeps
/// its end and a new line gets the most common one.
fn with_ends_of(old: &str, new: &str) -> String {
    let lines: Vec<&str> = without_bom(old).split_inclusive('\n').collect();
    let crlf = lines.iter().filter(|line| line.ends_with("\r\n")).count();
    let most = if crlf * 2 > lines.len() { "\r\n" } else { "\n" };
    let bare = |line: &str| line.trim_end_matches(['\r', '\n']).to_owned();
    let mut text = if old.starts_with('\u{feff}') { "\u{feff}".to_owned() } else { String::new() };
    let mut at = 0;
    for part in new.split_inclusive('\n') {
        let line = bare(part);
        let known = lines.iter().skip(at).position(|old| bare(old) == line);
        let end = known.and_then(|ahead| lines.get(at + ahead)).map(|old| old.get(line.len()..).unwrap_or_default());
        at += known.map_or(0, |ahead| ahead + 1);
        let ended = part.ends_with('\n');
        text.push_str(&line);
        text.push_str(if ended { end.filter(|end| !end.is_empty()).unwrap_or(most) } else { "" });
    }
    text
}

/// Checks the file as a whole; single profiles may be wrong.
fn sound(path: &Path, text: &str) -> Result<(), String> {
    let mut notices = Vec::new();
    file::parse(path, text, &mut notices);
    match notices.iter().find(|notice| matches!(notice, Notice::ConfigFile { .. })) {
        Some(Notice::ConfigFile { line: Some(line), reason, .. }) => Err(format!("line {line}: {reason}")),
        Some(notice) => Err(notice.to_string()),
        None => Ok(()),
    }
}

fn replace(path: &Path, text: &str) -> Result<(), String> {
    let target = match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_symlink() => fs::canonicalize(path).map_err(|error| error.to_string())?,
        _ => path.to_owned(),
    };
    files::make_private_folder(files::parent_folder(&target)).map_err(|error| error.to_string())?;
    files::replace(&target, text.as_bytes(), true).map_err(|refusal| refusal.to_string())
}
