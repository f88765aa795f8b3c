//! The guard in front of every file that the program writes, replaces or removes: what it is, whose it is, and who
//! has it open. Paths are typed by people; a mistyped one must not cost somebody else's file.

pub mod regular;
/// What differs from system to system: the same functions in both files.
#[cfg_attr(unix, path = "files/unix.rs")]
#[cfg_attr(windows, path = "files/windows.rs")]
mod system;

use std::fs::{self, File, Metadata, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, SystemTime};
use tempfile::NamedTempFile;

/// An exclusive lock is only held while a process starts, for as long as it takes to remove the file.
const SHARE_ATTEMPTS: u32 = 500;
const SHARE_INTERVAL: Duration = Duration::from_millis(10);

/// Why a file was not touched, with what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// A folder, pipe, socket or device.
    #[error("{} is a {kind}, not a file. Move it away, or name another", path.display())]
    NotAFile { path: PathBuf, kind: &'static str },
    /// One file under two names would have two locks, and replacing it would cut the link.
    #[error("{} is a symbolic link. Name the file that it leads to", path.display())]
    Link { path: PathBuf },
    #[error("{} belongs to another user. Name a file of your own", path.display())]
    Foreign { path: PathBuf },
    #[error("others can get at the secrets in {} (mode {mode:04o}). Run: chmod 600 {}", path.display(), shell_word(path))]
    TooOpen { path: PathBuf, mode: u32 },
    /// Windows alone, where the folder says who may open a file.
    #[error(
        "{} is outside of your user profile, so others may get at the secrets in it. Move it to {}",
        path.display(), profile.display()
    )]
    OutsideProfile { path: PathBuf, profile: PathBuf },
    /// Another process holds the exclusive lock and does not let go.
    #[error("{} is held by another program. Stop that first", path.display())]
    Held { path: PathBuf },
    #[error("{}: {error}", path.display())]
    Io { path: PathBuf, error: io::Error },
}

fn io_error(path: &Path) -> impl Fn(io::Error) -> FileError + '_ {
    |error| FileError::Io { path: path.to_owned(), error }
}

/// The metadata of our own regular file; `None` if nothing has this name.
pub fn own_metadata(path: &Path) -> Result<Option<Metadata>, FileError> {
    match fs::symlink_metadata(path) {
        Ok(metadata) => require_own_file(path, &metadata).map(|()| Some(metadata)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(io_error(path)(error)),
    }
}

fn require_own_file(path: &Path, metadata: &Metadata) -> Result<(), FileError> {
    let about = metadata.file_type();
    let path = || path.to_owned();
    let kind = match about {
        _ if about.is_file() && system::is_ours(metadata) => return Ok(()),
        _ if about.is_file() => return Err(FileError::Foreign { path: path() }),
        _ if about.is_symlink() => return Err(FileError::Link { path: path() }),
        _ if about.is_dir() => "folder",
        _ => system::kind(about),
    };
    Err(FileError::NotAFile { path: path(), kind })
}

/// For files with secrets: refuses one that other users can access.
pub fn require_private(path: &Path, metadata: &Metadata) -> Result<(), FileError> {
    system::require_private(path, metadata)
}

/// The same, or root's and lent to a group of ours, as Debian's `ssl-cert` does.
pub fn require_private_or_lent(path: &Path, metadata: &Metadata) -> Result<(), FileError> {
    system::require_private_or_lent(path, metadata)
}

/// The permission bits; `None` where the system has none.
pub fn mode(metadata: &Metadata) -> Option<u32> {
    system::mode(metadata)
}

/// For a file that is made: its user alone may open it.
pub fn private(how: &mut OpenOptions) -> &mut OpenOptions {
    system::private(how)
}

/// To add to a file at its end, and to cut it off. Only with a lock: where the system cannot append to such a file, its
/// end has to be sought first.
pub fn appending(how: &mut OpenOptions, writing: bool) -> &mut OpenOptions {
    system::appending(how, writing)
}

/// Opens our own regular file; `None` if there is none and `how` does not create it. Never blocks, as opening a pipe
/// would.
pub fn open(path: &Path, how: &mut OpenOptions) -> Result<Option<File>, FileError> {
    own_metadata(path)?;
    let file = match system::without_links(how).open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        other => other.map_err(io_error(path))?,
    };
    // Checked again: the file may have been swapped in between.
    require_own_file(path, &file.metadata().map_err(io_error(path))?)?;
    Ok(Some(file))
}

/// The first `limit` bytes of our own file; `None` if there is none.
pub fn read(path: &Path, limit: u64) -> Result<Option<Vec<u8>>, FileError> {
    let Some(file) = open(path, OpenOptions::new().read(true))? else { return Ok(None) };
    let mut bytes = Vec::new();
    file.take(limit).read_to_end(&mut bytes).map_err(io_error(path))?;
    Ok(Some(bytes))
}

/// Replaces a file atomically: readers see the old or the new contents. The new file has mode 0600, or the mode of
/// the old one with `keep_mode`.
pub fn replace(path: &Path, contents: &[u8], keep_mode: bool) -> Result<(), FileError> {
    let old = own_metadata(path)?;
    let folder = parent_folder(path);
    let write = || {
        // Created with mode 0600 under a new name.
        let mut file = tempfile::Builder::new().prefix(".mspdash-").tempfile_in(folder)?;
        file.write_all(contents)?;
        if let Some(old) = old.filter(|_| keep_mode) {
            file.as_file().set_permissions(old.permissions())?;
        }
        file.as_file().sync_all()?;
        put(file, path)?;
        // The rename must survive a crash too. Some systems cannot sync a folder.
        let _ = sync_folder(folder);
        Ok(())
    };
    write().map_err(io_error(path))
}

/// Gives a new file its name, in place of the old one.
pub fn put(made: NamedTempFile, path: &Path) -> io::Result<()> {
    system::put(made, path)
}

/// Makes the names in a folder outlive a crash.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    system::sync_folder(folder)
}

/// Removes our own file; `false` if there was none.
pub fn remove(path: &Path) -> Result<bool, FileError> {
    match own_metadata(path)?.map(|_| fs::remove_file(path)) {
        None => Ok(false),
        Some(Err(error)) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Some(removed) => removed.map(|()| true).map_err(io_error(path)),
    }
}

pub fn parent_folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Creates the folder and its parents; new ones are for their user alone.
pub fn make_private_folder(folder: &Path) -> io::Result<()> {
    system::make_private_folder(folder)
}

/// The same, and closes one that is there to others.
///
/// # Errors
/// It cannot be made, or is somebody else's.
pub fn prepare_private_folder(folder: &Path) -> io::Result<()> {
    make_private_folder(folder)?;
    let about = fs::metadata(folder)?;
    if !system::is_ours(&about) {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "the directory belongs to somebody else"));
    }
    system::close_folder_to_others(folder, &about)
}

/// Which file it is, whatever its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identity(u64, u64);

impl Identity {
    pub fn of(file: &File) -> io::Result<Self> {
        system::identity(file)
    }

    /// Of what has this name now; a link is not followed.
    pub fn at(path: &Path) -> io::Result<Self> {
        system::identity_at(path)
    }
}

/// What tells a file from the one that had its name before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    identity: Identity,
    length: u64,
    modified: SystemTime,
}

/// `None` if there is no such file. Links are followed.
pub fn stamp(path: &Path) -> Option<Stamp> {
    system::stamp(path).ok()
}

/// How many files and connections this process may have open at once; `None` where nothing limits them.
pub fn open_limit() -> Option<u64> {
    system::open_limit()
}

/// The path with a suffix, as in `workspace.db-wal`.
pub fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// A lock on `FILE.lock` for as long as this lives. Users of the file share it; whoever removes the file needs it
/// exclusively. The file itself cannot carry the lock, because it gets replaced.
#[derive(Debug)]
pub struct FileLock {
    lock: File,
    path: PathBuf,
}

impl FileLock {
    pub fn shared(path: &Path) -> Result<Self, FileError> {
        Self { lock: Self::lock(path)?, path: path.to_owned() }.into_shared()
    }

    /// `None` if anybody else holds the lock.
    pub fn try_exclusive(path: &Path) -> Result<Option<Self>, FileError> {
        let lock = Self::lock(path)?;
        match lock.try_lock() {
            Ok(()) => Ok(Some(Self { lock, path: path.to_owned() })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(io_error(path)(error)),
        }
    }

    /// Turns an exclusive lock into a shared one. Another process may get the exclusive lock in between, so create
    /// nothing lasting before this.
    pub fn into_shared(self) -> Result<Self, FileError> {
        for _ in 0..SHARE_ATTEMPTS {
            match system::try_lock_shared(&self.lock) {
                Ok(()) => return Ok(self),
                Err(TryLockError::WouldBlock) => thread::sleep(SHARE_INTERVAL),
                Err(TryLockError::Error(error)) => return Err(io_error(&self.path)(error)),
            }
        }
        Err(FileError::Held { path: self.path.clone() })
    }

    fn lock(path: &Path) -> Result<File, FileError> {
        let name = with_suffix(path, ".lock");
        // Never written to: it may be somebody's file.
        let lock = open(&name, private(OpenOptions::new().read(true).append(true).create(true)))?;
        lock.ok_or_else(|| io_error(&name)(io::ErrorKind::NotFound.into()))
    }
}

impl Drop for FileLock {
    fn drop(&mut self) {
        // Closing is not enough: a child process that was just forked keeps the handle until it execs.
        let _ = self.lock.unlock();
    }
}

/// The path, quoted for a shell.
pub fn shell_word(path: &Path) -> String {
    let text = path.display().to_string();
    let plain = text.chars().all(|c| c.is_alphanumeric() || "/._-+".contains(c));
    if plain && !text.starts_with('-') {
        return text;
    }
    let front = if text.starts_with('-') { "./" } else { "" };
    format!("'{front}{}'", text.replace('\'', r"'\''"))
}

/// Closes a file that is there to others.
pub fn make_private(file: &File) -> io::Result<()> {
    system::make_private(file)
}

/// The same, for one that we may not be able to open.
pub fn make_path_private(path: &Path) -> io::Result<()> {
    system::make_path_private(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::Permissions;
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
    use std::os::unix::net::UnixListener;

    /// Everything that can have a name and is no file: none of it is waited for, changed or removed.
    #[test]
    fn what_is_no_file_is_named_and_left_alone() {
        let place = tempfile::tempdir().unwrap();
        let at = |name: &str| place.path().join(name);
        fs::create_dir(at("folder")).unwrap();
        fs::write(at("target"), "theirs").unwrap();
        symlink(at("target"), at("link")).unwrap();
        symlink(at("nowhere"), at("dangling")).unwrap();
        let _socket = UnixListener::bind(at("socket")).unwrap();
        let made = std::process::Command::new("mkfifo").arg(at("pipe")).status().unwrap();
        assert!(made.success());
        let cases = [
            (at("folder"), "is a folder"),
            (at("link"), "is a symbolic link"),
            (at("dangling"), "is a symbolic link"),
            (at("socket"), "is a socket"),
            (at("pipe"), "is a pipe"),
            (PathBuf::from("/dev/null"), "is a device"),
        ];
        for (path, said) in cases {
            let doors: [Result<(), FileError>; 5] = [
                own_metadata(&path).map(|_| ()),
                open(&path, OpenOptions::new().append(true).create(true)).map(|_| ()),
                read(&path, 10).map(|_| ()),
                replace(&path, b"ours", false),
                remove(&path).map(|_| ()),
            ];
            for door in doors {
                let told = door.unwrap_err().to_string();
                assert!(told.contains(said) && told.contains(path.to_str().unwrap()), "{told}");
            }
            assert!(fs::symlink_metadata(&path).is_ok(), "{} is still there", path.display());
        }
        assert_eq!(fs::read_to_string(at("target")).unwrap(), "theirs");
        assert!(!at("nowhere").exists());
    }

    #[test]
    fn a_file_of_ours_is_replaced_whole_and_keeps_its_mode_only_where_asked() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("file");
        assert!(own_metadata(&path).unwrap().is_none() && read(&path, 9).unwrap().is_none() && !remove(&path).unwrap());
        fs::write(&path, "old").unwrap();
        fs::set_permissions(&path, Permissions::from_mode(0o644)).unwrap();
        let mode = || fs::metadata(&path).unwrap().mode() & 0o777;
        replace(&path, b"new", true).unwrap();
        assert_eq!((fs::read(&path).unwrap().as_slice(), mode()), (b"new".as_slice(), 0o644));
        let told = require_private(&path, &own_metadata(&path).unwrap().unwrap()).unwrap_err().to_string();
        assert!(told.contains("mode 0644") && told.ends_with(&format!("chmod 600 {}", path.display())), "{told}");
        replace(&path, b"newer", false).unwrap();
        assert_eq!(mode(), 0o600);
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1, "nothing is left beside it");
        assert!(remove(&path).unwrap());
    }

    #[test]
    fn a_file_is_known_by_what_it_is_and_not_by_its_name() {
        let place = tempfile::tempdir().unwrap();
        let (path, link) = (place.path().join("file"), place.path().join("link"));
        assert!(stamp(&path).is_none() && Identity::at(&path).is_err());
        fs::write(&path, "one").unwrap();
        symlink(&path, &link).unwrap();
        let (first, seen) = (File::open(&path).unwrap(), stamp(&path));
        assert_eq!(Identity::of(&first).unwrap(), Identity::at(&path).unwrap());
        assert_ne!(Identity::at(&link).unwrap(), Identity::at(&path).unwrap());
        assert_eq!(stamp(&link), seen, "a link is followed");
        put(NamedTempFile::new_in(place.path()).unwrap(), &path).unwrap();
        assert_ne!(Identity::of(&first).unwrap(), Identity::at(&path).unwrap());
        assert_ne!(stamp(&path), seen);
    }

    #[test]
    fn a_private_folder_is_closed_to_others() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("a/b");
        let mode = || fs::metadata(&folder).unwrap().mode() & 0o777;
        prepare_private_folder(&folder).unwrap();
        assert_eq!(mode(), 0o700);
        fs::set_permissions(&folder, Permissions::from_mode(0o755)).unwrap();
        prepare_private_folder(&folder).unwrap();
        assert_eq!(mode(), 0o700);
    }

    #[test]
    fn whoever_removes_a_file_is_alone_with_it_and_users_share_it() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("file");
        let (one, two) = (FileLock::shared(&path).unwrap(), FileLock::shared(&path).unwrap());
        assert!(FileLock::try_exclusive(&path).unwrap().is_none());
        drop(one);
        assert!(FileLock::try_exclusive(&path).unwrap().is_none());
        drop(two);
        let exclusive = FileLock::try_exclusive(&path).unwrap().unwrap();
        assert!(FileLock::try_exclusive(&path).unwrap().is_none());
        let shared = exclusive.into_shared().unwrap();
        let other = FileLock::shared(&path).unwrap();
        drop((shared, other));
        assert!(FileLock::try_exclusive(&path).unwrap().is_some());
    }

    #[test]
    fn paths_can_be_pasted_into_a_shell() {
        for (path, word) in [("/a/b-c.json", "/a/b-c.json"), ("a b", "'a b'"), ("-x", "'./-x'"), ("it's", r"'it'\''s'")]
        {
            assert_eq!(shell_word(Path::new(path)), word);
        }
    }
}
