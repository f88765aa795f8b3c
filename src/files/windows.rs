//! Windows: a private file is one in the user's own profile.
//!
//! Who may open a file is said by its access control list, which a new file inherits from its folder. That of a profile
//! (`%USERPROFILE%`, with `%APPDATA%` and `%LOCALAPPDATA%`) lets in the user, the system and the administrators, nobody
//! else; elsewhere on a disk it usually lets in everybody who is signed in. So what is made in the profile needs no mode,
//! and secrets outside of it are refused. `libpq` trusts the same folder with its passwords without a look at the list:
//! <https://www.postgresql.org/docs/current/libpq-pgpass.html>. How lists are inherited:
//! <https://learn.microsoft.com/windows/win32/secauthz/automatic-propagation-of-inheritable-aces>.
//!
//! A list that somebody changed by hand is not seen.

use super::{FileError, Identity, Stamp};
use std::env;
use std::fs::{self, File, FileType, Metadata, OpenOptions, TryLockError};
use std::io;
use std::os::windows::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;
use winapi_util::file::information;

/// `CreateFileW`: a link is opened itself, which the look at the open file then refuses.
const FILE_FLAG_OPEN_REPARSE_POINT: u32 = 0x0020_0000;
/// `CreateFileW`: a folder can be opened too.
const FILE_FLAG_BACKUP_SEMANTICS: u32 = 0x0200_0000;

pub fn kind(_: FileType) -> &'static str {
    "device"
}

/// The owner of a file is not asked: who may not be in a profile cannot make files there.
pub fn is_ours(_: &Metadata) -> bool {
    true
}

pub fn mode(_: &Metadata) -> Option<u32> {
    None
}

pub fn require_private(path: &Path, _: &Metadata) -> Result<(), FileError> {
    let real = fs::canonicalize(path).map_err(super::io_error(path))?;
    if profile().any(|folder| real.starts_with(folder)) {
        return Ok(());
    }
    Err(FileError::OutsideProfile { path: path.to_owned(), profile: env::home_dir().unwrap_or_default() })
}

/// No other account lends a file to ours: there is no such custom.
pub fn require_private_or_lent(path: &Path, about: &Metadata) -> Result<(), FileError> {
    require_private(path, about)
}

/// Application data may be redirected to a share of the user's own, outside of the profile's folder.
fn profile() -> impl Iterator<Item = PathBuf> {
    let data = ["APPDATA", "LOCALAPPDATA"].into_iter().filter_map(env::var_os).map(PathBuf::from);
    env::home_dir().into_iter().chain(data).filter_map(|folder| fs::canonicalize(folder).ok())
}

/// It inherits what its folder allows.
pub fn private(how: &mut OpenOptions) -> &mut OpenOptions {
    how
}

/// It inherits what its folder allows.
pub fn make_private(_: &File) -> io::Result<()> {
    Ok(())
}

/// It inherits what its folder allows.
pub fn make_path_private(_: &Path) -> io::Result<()> {
    Ok(())
}

pub fn make_private_folder(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

/// It inherits what its folder allows.
pub fn close_folder_to_others(_: &Path, _: &Metadata) -> io::Result<()> {
    Ok(())
}

pub fn without_links(how: &mut OpenOptions) -> &mut OpenOptions {
    how.custom_flags(FILE_FLAG_OPEN_REPARSE_POINT)
}

/// No name of a file leads to something that is waited for.
pub fn without_waiting(how: &mut OpenOptions) -> &mut OpenOptions {
    how
}

/// A file that is opened to append cannot be made shorter here (`FILE_APPEND_DATA` without `FILE_WRITE_DATA`).
pub fn appending(how: &mut OpenOptions, writing: bool) -> &mut OpenOptions {
    how.write(writing)
}

/// Both locks are held at once here, until each is given back (`LockFileEx`): the exclusive one goes first.
pub fn try_lock_shared(lock: &File) -> Result<(), TryLockError> {
    let _none_was_held = lock.unlock();
    lock.try_lock_shared()
}

/// `NamedTempFile::persist` fails while the old file is open anywhere; `fs::rename` replaces it as on Unix.
pub fn put(made: NamedTempFile, path: &Path) -> io::Result<()> {
    let (_open, named) = made.keep().map_err(|error| error.error)?;
    fs::rename(&named, path).inspect_err(|_| drop(fs::remove_file(&named)))
}

/// NTFS keeps a journal of names; a folder cannot be opened to be synced.
pub fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

pub fn identity(file: &File) -> io::Result<Identity> {
    information(file).map(|about| Identity(about.volume_serial_number(), about.file_index()))
}

pub fn identity_at(path: &Path) -> io::Result<Identity> {
    identity(&look_at(path, FILE_FLAG_OPEN_REPARSE_POINT)?)
}

pub fn stamp(path: &Path) -> io::Result<Stamp> {
    let file = look_at(path, 0)?;
    let about = file.metadata()?;
    Ok(Stamp { identity: identity(&file)?, length: about.len(), modified: about.modified()? })
}

/// Opened to be asked about alone, which no lock and no other program forbids.
fn look_at(path: &Path, flags: u32) -> io::Result<File> {
    OpenOptions::new().access_mode(0).custom_flags(FILE_FLAG_BACKUP_SEMANTICS | flags).open(path)
}

/// Files and sockets are handles, of which there are millions.
pub fn open_limit() -> Option<u64> {
    None
}
