//! Changes to `config.toml` that keep what the user wrote: comments, order, line ends. The new file takes the
//! place of the old one in one step; a symbolic link stays and what it points to is changed.

use super::file::{self, CacheDefect, text, unmarked};
use super::paths::make_private;
use super::profiles::{self, Around};
use super::{Notice, Paths, Problem, Profile};
use crate::files;
use std::fs;
use std::path::{Path, PathBuf};
use toml_edit::{Array, DocumentMut, Item, Table, TableLike, value};

/// A profile to be written. Everything was checked before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewProfile {
    pub name: String,
    /// The server's address.
    pub server: String,
    /// The name of the credential.
    pub client_id: String,
    /// What the screen shows of it.
    pub label: Option<String>,
    pub colour: Option<&'static str>,
    /// Let nothing through that could change anything.
    pub read_only: bool,
    /// Taken where none is named.
    pub default: bool,
    /// Certificates to trust.
    pub ca_file: Option<PathBuf>,
    /// The program that prints the secret, and its arguments.
    pub secret_command: Vec<String>,
}

/// Adds a profile behind the others. One that becomes the default takes that from the one that was.
///
/// # Errors
/// There is one of this name, or the file cannot be read, understood or written.
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

/// The profile as it will be read from the file.
///
/// # Errors
/// [`Problem::BadProfile`]: something about it does not hold.
pub fn draft(new: &NewProfile, paths: &Paths) -> Result<Profile, Problem> {
    let mut document = DocumentMut::new();
    let mut profiles = Table::new();
    profiles.insert(&new.name, Item::Table(table(new)));
    document.insert("profiles", Item::Table(profiles));
    let env = |name: &str| std::env::var(name).ok();
    let secrets_dir = paths.secrets_dir();
    let config_file = paths.config_file.as_deref().unwrap_or(Path::new(""));
    let around = Around { config_file, secrets_dir: secrets_dir.as_deref(), env: &env };
    let mut notices = Vec::new();
    let file = file::parse(config_file, &document.to_string(), &mut notices);
    let listed = profiles::read(&file.profiles, &around, &mut notices).pop();
    match (listed, notices.pop()) {
        (Some(listed), None) => Ok(listed.profile),
        (_, Some(Notice::Profile { reason, .. })) => Err(Problem::BadProfile { reason }),
        (_, notice) => {
            let reason = notice.map_or_else(|| "it cannot be read back".to_owned(), |notice| notice.to_string());
            Err(Problem::BadProfile { reason })
        }
    }
}

/// Removes a profile, with the comment above it.
///
/// # Errors
/// The file cannot be read, understood or written.
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
    let flawed = |flaw: CacheDefect| {
        refused(flaw.line.map_or_else(|| flaw.reason.clone(), |line| format!("line {line}: {}", flaw.reason)))
    };
    let before = text(path).map_err(flawed)?;
    // What does not hold as it is cannot be changed without guessing: mend it first.
    let old = before.as_deref().unwrap_or_default();
    sound(path, old).map_err(refused)?;
    let mut document: DocumentMut = unmarked(old).parse().map_err(|_| refused("it is no TOML".to_owned()))?;
    edit(&mut document).map_err(refused)?;
    let new = with_ends_of(old, &document.to_string());
    sound(path, &new).map_err(refused)?;
    if text(path).map_err(flawed)? != before {
        return Err(refused("another program is changing it. Try again".to_owned()));
    }
    replace(path, &new).map_err(refused)
}

/// The new text with the byte order mark and the line ends of the old one, also where those are mixed: a line that was
/// there ends as it did, a new one as most do.
fn with_ends_of(old: &str, new: &str) -> String {
    let lines: Vec<&str> = unmarked(old).split_inclusive('\n').collect();
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

/// The file as a whole holds; single profiles may not.
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
        Ok(about) if about.is_symlink() => fs::canonicalize(path).map_err(|error| error.to_string())?,
        _ => path.to_owned(),
    };
    make_private(files::folder(&target)).map_err(|error| error.to_string())?;
    files::replace(&target, text.as_bytes(), true).map_err(|refusal| refusal.to_string())
}
