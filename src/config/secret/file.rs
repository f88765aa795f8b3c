//! A secret in a file for its user alone.

use super::text::{LONGEST, one_line};
use super::{Looked, Presence};
use crate::config::paths::make_private;
use crate::domain::secret::NoSecret;
use crate::files;
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret, SecretString};
use std::fs::{File, OpenOptions};
use std::io::{self, Read};
use std::path::Path;

/// Why a file is not taken, with the words of the system.
type Refusal = (NoSecret, String);

/// Reads it, if nobody else can get at it.
pub fn read(path: &Path) -> Looked {
    let file = match open(path) {
        Ok(Some(file)) => file,
        Ok(None) => return Looked::Absent,
        Err((why, words)) => return Looked::Refused(why, words),
    };
    // Of this size from the start: a buffer that grows leaves copies behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(LONGEST + 8));
    if let Err(error) = file.take(LONGEST as u64 + 4).read_to_end(&mut bytes) {
        return Looked::Refused(NoSecret::FileUnreadable(shown(path)), error.to_string());
    }
    match one_line(&bytes).filter(|text| !text.is_empty()) {
        Some(text) => Looked::Have(SecretString::from(text)),
        None => Looked::Refused(NoSecret::FileOdd(shown(path)), String::new()),
    }
}

/// Whether it is there and would be taken, without reading it.
pub fn presence(path: &Path) -> Presence {
    match open(path) {
        Ok(Some(_)) => Presence::Present,
        Ok(None) => Presence::Absent,
        Err((why, words)) => Presence::Refused(why, words),
    }
}

/// Writes it anew, in a directory for this user alone; whoever reads it meanwhile sees the old or the new. In the place
/// of another file than one with a secret nothing is written.
///
/// # Errors
/// The system's, or that it is another file.
pub fn store(path: &Path, secret: &SecretString) -> io::Result<()> {
    make_private(files::folder(path))?;
    replaceable(path)?;
    let line = Zeroizing::new([secret.expose_secret().as_bytes(), b"\n"].concat());
    files::replace(path, &line, false).map_err(system)
}

/// Removes it. `false`: there was none.
///
/// # Errors
/// The system's, or that it is another file.
pub fn forget(path: &Path) -> io::Result<bool> {
    replaceable(path)?;
    files::remove(path).map_err(system)
}

/// Whether what is there looks as if it was stored here: a path of a configuration may be mistyped.
fn replaceable(path: &Path) -> io::Result<()> {
    let there = Zeroizing::new(files::read(path, LONGEST as u64 + 4).map_err(system)?.unwrap_or_default());
    if one_line(&there).is_some() {
        return Ok(());
    }
    Err(io::Error::other("it holds something else than a secret; name another file"))
}

fn system(refusal: files::Refusal) -> io::Error {
    match refusal {
        files::Refusal::Io { error, .. } => error,
        other => io::Error::other(other),
    }
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// The file, if it is one and nobody else's.
fn open(path: &Path) -> Result<Option<File>, Refusal> {
    let refused = |refusal| refused(path, refusal);
    let Some(file) = files::open(path, OpenOptions::new().read(true)).map_err(refused)? else { return Ok(None) };
    let about = file.metadata().map_err(|error| (NoSecret::FileUnreadable(shown(path)), error.to_string()))?;
    if about.len() > LONGEST as u64 + 2 {
        return Err((NoSecret::FileOdd(shown(path)), String::new()));
    }
    files::private(path, &about).map_err(refused)?;
    Ok(Some(file))
}

fn refused(path: &Path, refusal: files::Refusal) -> Refusal {
    let why = match refusal {
        files::Refusal::Link { .. } => NoSecret::FileLink(shown(path)),
        files::Refusal::NotAFile { .. } => NoSecret::FileOdd(shown(path)),
        files::Refusal::Foreign { .. } => NoSecret::FileForeign(shown(path)),
        files::Refusal::TooOpen { .. } => {
            NoSecret::FileTooOpen { path: shown(path), fix: format!("chmod 600 {}", files::shell_word(path)) }
        }
        other => return (NoSecret::FileUnreadable(shown(path)), system(other).to_string()),
    };
    (why, String::new())
}
