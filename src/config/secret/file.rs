//! A secret in a file for its user alone.

use super::text::{LONGEST, one_line};
use super::{Looked, Presence};
use crate::config::paths::make_private;
use crate::config::problem::shell_word;
use crate::domain::secret::NoSecret;
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret, SecretString};
use std::fs::{self, File, Metadata};
use std::io::{self, Read, Write};
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

/// Writes it anew, in a directory for this user alone; whoever reads it meanwhile sees the old or the new.
///
/// # Errors
/// The system's.
pub fn store(path: &Path, secret: &SecretString) -> io::Result<()> {
    let dir = path.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new("."));
    make_private(dir)?;
    // Made with mode 0600, under a name that was not there.
    let mut file = tempfile::Builder::new().prefix(".mspdash-").tempfile_in(dir)?;
    file.write_all(secret.expose_secret().as_bytes())?;
    file.write_all(b"\n")?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    // The name must outlast a crash too. Some systems cannot do that with a directory.
    if let Ok(dir) = File::open(dir) {
        let _ = dir.sync_all();
    }
    Ok(())
}

/// Removes it. `false`: there was none.
///
/// # Errors
/// The system's.
pub fn forget(path: &Path) -> io::Result<bool> {
    match fs::remove_file(path) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// The file, if it is one and nobody else's. Asked of the open file: what stands behind the name may change.
fn open(path: &Path) -> Result<Option<File>, Refusal> {
    let unreadable = |error: io::Error| (NoSecret::FileUnreadable(shown(path)), error.to_string());
    let file = match open_itself(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(_) if fs::symlink_metadata(path).is_ok_and(|about| about.is_symlink()) => {
            return Err((NoSecret::FileLink(shown(path)), String::new()));
        }
        Err(error) => return Err(unreadable(error)),
    };
    let about = file.metadata().map_err(unreadable)?;
    if !about.is_file() || about.len() > LONGEST as u64 + 2 {
        return Err((NoSecret::FileOdd(shown(path)), String::new()));
    }
    refuse_others(path, &about)?;
    Ok(Some(file))
}

/// Opens the file itself, no other that a link leads to; a pipe is not waited for.
#[cfg(unix)]
fn open_itself(path: &Path) -> io::Result<File> {
    use rustix::fs::OFlags;
    use std::os::unix::fs::OpenOptionsExt;
    let flags = (OFlags::NOFOLLOW | OFlags::NONBLOCK).bits();
    fs::OpenOptions::new().read(true).custom_flags(i32::try_from(flags).unwrap_or_default()).open(path)
}

#[cfg(not(unix))]
fn open_itself(path: &Path) -> io::Result<File> {
    if fs::symlink_metadata(path)?.is_symlink() {
        return Err(io::Error::other("a symbolic link"));
    }
    File::open(path)
}

#[cfg(unix)]
fn refuse_others(path: &Path, about: &Metadata) -> Result<(), Refusal> {
    use std::os::unix::fs::MetadataExt;
    if about.uid() != rustix::process::geteuid().as_raw() {
        return Err((NoSecret::FileForeign(shown(path)), String::new()));
    }
    if about.mode() & 0o077 != 0 {
        let fix = format!("chmod 600 {}", shell_word(path));
        return Err((NoSecret::FileTooOpen { path: shown(path), fix }, String::new()));
    }
    Ok(())
}

#[cfg(not(unix))]
fn refuse_others(_: &Path, _: &Metadata) -> Result<(), Refusal> {
    Ok(())
}
