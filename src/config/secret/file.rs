//! A secret in a file of mode 0600.

use super::text::{LONGEST, one_line};
use super::{Lookup, Presence};
use crate::domain::secret::NoSecret;
use crate::files;
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret, SecretString};
use std::fs::{File, OpenOptions};
use std::io::{self, Read};
use std::path::Path;

/// Why a file is refused, with the system's message.
type Refused = (NoSecret, String);

/// Reads it, if no other user can access it.
pub fn read(path: &Path) -> Lookup {
    let file = match open(path) {
        Ok(Some(file)) => file,
        Ok(None) => return Lookup::Absent,
        Err((why, words)) => return Lookup::Refused(why, words),
    };
    // Allocated up front: a buffer that grows leaves copies behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(LONGEST + 8));
    if let Err(error) = file.take(LONGEST as u64 + 4).read_to_end(&mut bytes) {
        return Lookup::Refused(NoSecret::FileUnreadable(display(path)), error.to_string());
    }
    match one_line(&bytes).filter(|text| !text.is_empty()) {
        Some(text) => Lookup::Found(SecretString::from(text)),
        None => Lookup::Refused(NoSecret::FileOdd(display(path)), String::new()),
    }
}

/// Whether it is there and would be accepted, without reading it.
pub fn presence(path: &Path) -> Presence {
    match open(path) {
        Ok(Some(_)) => Presence::Present,
        Ok(None) => Presence::Absent,
        Err((why, words)) => Presence::Refused(why, words),
    }
}

/// Writes it atomically, in a folder of mode 0700. Never overwrites a file that holds anything but a secret.
pub fn store(path: &Path, secret: &SecretString) -> io::Result<()> {
    files::make_private_folder(files::parent_folder(path))?;
    replaceable(path)?;
    let line = Zeroizing::new([secret.expose_secret().as_bytes(), b"\n"].concat());
    files::replace(path, &line, false).map_err(system)
}

/// `false` if there was none.
pub fn forget(path: &Path) -> io::Result<bool> {
    replaceable(path)?;
    files::remove(path).map_err(system)
}

/// Whether the existing file looks like a stored secret: the path in the configuration may be mistyped.
fn replaceable(path: &Path) -> io::Result<()> {
    let there = Zeroizing::new(files::read(path, LONGEST as u64 + 4).map_err(system)?.unwrap_or_default());
    if one_line(&there).is_some() {
        return Ok(());
    }
    Err(io::Error::other("it holds something else than a secret; name another file"))
}

fn system(refusal: files::FileError) -> io::Error {
    match refusal {
        files::FileError::Io { error, .. } => error,
        other => io::Error::other(other),
    }
}

fn display(path: &Path) -> String {
    path.display().to_string()
}

fn open(path: &Path) -> Result<Option<File>, Refused> {
    let refused = |refusal| refused(path, refusal);
    let Some(file) = files::open(path, OpenOptions::new().read(true)).map_err(refused)? else { return Ok(None) };
    let metadata = file.metadata().map_err(|error| (NoSecret::FileUnreadable(display(path)), error.to_string()))?;
    if metadata.len() > LONGEST as u64 + 2 {
        return Err((NoSecret::FileOdd(display(path)), String::new()));
    }
    files::require_private(path, &metadata).map_err(refused)?;
    Ok(Some(file))
}

fn refused(path: &Path, refusal: files::FileError) -> Refused {
    let why = match refusal {
        files::FileError::Link { .. } => NoSecret::FileLink(display(path)),
        files::FileError::NotAFile { .. } => NoSecret::FileOdd(display(path)),
        files::FileError::Foreign { .. } => NoSecret::FileForeign(display(path)),
        files::FileError::TooOpen { .. } => {
            NoSecret::FileTooOpen { path: display(path), fix: format!("chmod 600 {}", files::shell_word(path)) }
        }
        other => return (NoSecret::FileUnreadable(display(path)), system(other).to_string()),
    };
    (why, String::new())
}
