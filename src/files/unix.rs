//! Unix: a private file is ours and has mode 0600, a private folder 0700.

use super::{FileError, Identity, Stamp};
use rustix::fs::OFlags;
use rustix::process::{Resource, geteuid, getrlimit};
use std::fs::{self, DirBuilder, File, FileType, Metadata, OpenOptions, Permissions, TryLockError};
use std::io;
use std::os::unix::fs::{DirBuilderExt, FileTypeExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;
use tempfile::NamedTempFile;

pub fn kind(about: FileType) -> &'static str {
    match about {
        _ if about.is_fifo() => "pipe",
        _ if about.is_socket() => "socket",
        _ => "device",
    }
}

pub fn is_ours(about: &Metadata) -> bool {
    about.uid() == geteuid().as_raw()
}

#[expect(clippy::unnecessary_wraps, reason = "not every system has one")]
pub fn mode(about: &Metadata) -> Option<u32> {
    Some(about.mode() & 0o7777)
}

pub fn require_private(path: &Path, about: &Metadata) -> Result<(), FileError> {
    require_closed(path, about, 0o077)
}

pub fn require_private_or_lent(path: &Path, about: &Metadata) -> Result<(), FileError> {
    let lent = about.uid() == 0 && !geteuid().is_root();
    require_closed(path, about, if lent { 0o037 } else { 0o077 })
}

fn require_closed(path: &Path, about: &Metadata, for_others: u32) -> Result<(), FileError> {
    let mode = about.mode() & 0o7777;
    if mode & for_others == 0 { Ok(()) } else { Err(FileError::TooOpen { path: path.to_owned(), mode }) }
}

pub fn private(how: &mut OpenOptions) -> &mut OpenOptions {
    how.mode(0o600)
}

pub fn make_private(file: &File) -> io::Result<()> {
    file.set_permissions(Permissions::from_mode(0o600))
}

pub fn make_path_private(path: &Path) -> io::Result<()> {
    fs::set_permissions(path, Permissions::from_mode(0o600))
}

pub fn make_private_folder(folder: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

pub fn close_folder_to_others(folder: &Path, about: &Metadata) -> io::Result<()> {
    if about.mode() & 0o077 != 0 {
        fs::set_permissions(folder, Permissions::from_mode(0o700))?;
    }
    Ok(())
}

pub fn without_links(how: &mut OpenOptions) -> &mut OpenOptions {
    flags(how, OFlags::NOFOLLOW | OFlags::NONBLOCK)
}

pub fn without_waiting(how: &mut OpenOptions) -> &mut OpenOptions {
    flags(how, OFlags::NONBLOCK | OFlags::NOCTTY)
}

fn flags(how: &mut OpenOptions, flags: OFlags) -> &mut OpenOptions {
    how.custom_flags(i32::try_from(flags.bits()).unwrap_or_default())
}

pub fn appending(how: &mut OpenOptions, writing: bool) -> &mut OpenOptions {
    how.append(writing)
}

/// A shared lock takes the place of an exclusive one.
pub fn try_lock_shared(lock: &File) -> Result<(), TryLockError> {
    lock.try_lock_shared()
}

pub fn put(made: NamedTempFile, path: &Path) -> io::Result<()> {
    made.persist(path).map(drop).map_err(|error| error.error)
}

pub fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

pub fn identity(file: &File) -> io::Result<Identity> {
    file.metadata().map(|about| identity_of(&about))
}

pub fn identity_at(path: &Path) -> io::Result<Identity> {
    fs::symlink_metadata(path).map(|about| identity_of(&about))
}

pub fn stamp(path: &Path) -> io::Result<Stamp> {
    let about = fs::metadata(path)?;
    Ok(Stamp { identity: identity_of(&about), length: about.len(), modified: about.modified()? })
}

fn identity_of(about: &Metadata) -> Identity {
    Identity(about.dev(), about.ino())
}

pub fn open_limit() -> Option<u64> {
    getrlimit(Resource::Nofile).current
}
