//! The one guard in front of every file that the program opens to write, replaces or removes: what is it, whose is it,
//! who has it open. Paths are typed by people; a wrong one must not cost somebody else's file.

pub mod plain;

use rustix::fs::OFlags;
use std::fs::{self, File, Metadata, OpenOptions, Permissions, TryLockError};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, FileTypeExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

/// Only a process that starts anew is alone with a file, and only for as long as it takes to remove it.
const TRIES: u32 = 500;
const PAUSE: Duration = Duration::from_millis(10);

/// Why a file is left alone, and what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// A folder, a pipe, a socket, a device.
    #[error("{} is a {kind}, not a file. Move it away, or name another", path.display())]
    NotAFile {
        /// Which name.
        path: PathBuf,
        /// What it is instead.
        kind: &'static str,
    },
    /// A link: one file under two names would have two locks, and replacing it would cut the link.
    #[error("{} is a symbolic link. Name the file that it leads to", path.display())]
    Link {
        /// Which name.
        path: PathBuf,
    },
    /// Somebody else's.
    #[error("{} belongs to another user. Name a file of your own", path.display())]
    Foreign {
        /// Which file.
        path: PathBuf,
    },
    /// Others can read or write what they must not.
    #[error("others can get at the secrets in {} (mode {mode:04o}). Run: chmod 600 {}", path.display(), shell_word(path))]
    TooOpen {
        /// Which file.
        path: PathBuf,
        mode: u32,
    },
    /// Another process is about to remove it, and does not get on with it.
    #[error("{} is held by another program. Stop that first", path.display())]
    Held {
        /// Which file.
        path: PathBuf,
    },
    /// The system's reason.
    #[error("{}: {error}", path.display())]
    Io {
        /// Which file.
        path: PathBuf,
        /// The system's reason.
        error: io::Error,
    },
}

fn failed(path: &Path) -> impl Fn(io::Error) -> Refusal + '_ {
    |error| Refusal::Io { path: path.to_owned(), error }
}

/// What has this name: a file of ours, or nothing.
///
/// # Errors
/// Something else has it.
pub fn look(path: &Path) -> Result<Option<Metadata>, Refusal> {
    match fs::symlink_metadata(path) {
        Ok(about) => ours(path, &about).map(|()| Some(about)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(failed(path)(error)),
    }
}

fn ours(path: &Path, about: &Metadata) -> Result<(), Refusal> {
    let kind = about.file_type();
    let path = || path.to_owned();
    let kind = match kind {
        _ if kind.is_file() => "file",
        _ if kind.is_symlink() => return Err(Refusal::Link { path: path() }),
        _ if kind.is_dir() => "folder",
        _ if kind.is_fifo() => "pipe",
        _ if kind.is_socket() => "socket",
        _ => "device",
    };
    if kind != "file" {
        Err(Refusal::NotAFile { path: path(), kind })
    } else if about.uid() == rustix::process::geteuid().as_raw() {
        Ok(())
    } else {
        Err(Refusal::Foreign { path: path() })
    }
}

/// For files with secrets in them: refuses one that others can get at.
///
/// # Errors
/// [`Refusal::TooOpen`].
pub fn private(path: &Path, about: &Metadata) -> Result<(), Refusal> {
    let mode = about.mode() & 0o7777;
    let for_others = mode & 0o077;
    if for_others == 0 { Ok(()) } else { Err(Refusal::TooOpen { path: path.to_owned(), mode }) }
}

/// Opens a file of ours; `None` if there is none and `how` does not make it. Waits for nothing, as one would for the
/// other end of a pipe.
///
/// # Errors
/// The name is that of something else, or the system's reason.
pub fn open(path: &Path, how: &mut OpenOptions) -> Result<Option<File>, Refusal> {
    look(path)?;
    let flags = i32::try_from((OFlags::NOFOLLOW | OFlags::NONBLOCK).bits()).unwrap_or_default();
    let file = match how.custom_flags(flags).open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        other => other.map_err(failed(path))?,
    };
    // Once more: it may have been exchanged between the look and the opening.
    ours(path, &file.metadata().map_err(failed(path))?)?;
    Ok(Some(file))
}

/// The beginning of a file of ours, so many bytes at most; `None` if there is none.
///
/// # Errors
/// As [`open`].
pub fn read(path: &Path, most: u64) -> Result<Option<Vec<u8>>, Refusal> {
    let Some(file) = open(path, OpenOptions::new().read(true))? else { return Ok(None) };
    let mut bytes = Vec::new();
    file.take(most).read_to_end(&mut bytes).map_err(failed(path))?;
    Ok(Some(bytes))
}

/// Puts a file in the place of the one that is there, in one step: whoever reads it sees the old or the new. It gets the
/// mode 0600, or that of the old one if `keep_mode`. Whether the old one may go is for the caller to say.
///
/// # Errors
/// The name is that of something else, or the system's reason.
pub fn replace(path: &Path, contents: &[u8], keep_mode: bool) -> Result<(), Refusal> {
    let old = look(path)?;
    let folder = folder(path);
    let write = || {
        // Made with mode 0600, under a name that was not there.
        let mut file = tempfile::Builder::new().prefix(".mspdash-").tempfile_in(folder)?;
        file.write_all(contents)?;
        if let Some(old) = old.filter(|_| keep_mode) {
            file.as_file().set_permissions(old.permissions())?;
        }
        file.as_file().sync_all()?;
        file.persist(path).map_err(|error| error.error)?;
        // The name must outlast a crash too. Some systems cannot do that with a folder.
        if let Ok(folder) = File::open(folder) {
            let _ = folder.sync_all();
        }
        Ok(())
    };
    write().map_err(failed(path))
}

/// Removes a file of ours. `false`: there was none.
///
/// # Errors
/// The name is that of something else, or the system's reason.
pub fn remove(path: &Path) -> Result<bool, Refusal> {
    match look(path)?.map(|_| fs::remove_file(path)) {
        None => Ok(false),
        Some(Err(error)) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Some(removed) => removed.map(|()| true).map_err(failed(path)),
    }
}

/// The folder that a file is in.
#[must_use]
pub fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Makes the folder and those above it; new ones are for this user alone.
///
/// # Errors
/// The system's reason.
pub fn make_private_folder(folder: &Path) -> io::Result<()> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

/// The name with this behind it, as in `workspace.db-wal`.
#[must_use]
pub fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// That somebody has a file open: a lock on `FILE.lock`, for as long as this lives. All who use the file share it; who
/// is about to remove the file has to be alone. The file itself cannot carry it: it is exchanged.
#[derive(Debug)]
pub struct Hold {
    lock: File,
    path: PathBuf,
}

impl Hold {
    /// Together with all others who use it.
    ///
    /// # Errors
    /// The lock cannot be had.
    pub fn shared(path: &Path) -> Result<Self, Refusal> {
        Self { lock: Self::lock(path)?, path: path.to_owned() }.share()
    }

    /// Alone; `None` if anybody else uses it.
    ///
    /// # Errors
    /// The lock cannot be tried.
    pub fn alone(path: &Path) -> Result<Option<Self>, Refusal> {
        let lock = Self::lock(path)?;
        match lock.try_lock() {
            Ok(()) => Ok(Some(Self { lock, path: path.to_owned() })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(failed(path)(error)),
        }
    }

    /// Lets others in again. Another may be alone with it for a moment on the way: nothing that has to last may be
    /// made before.
    ///
    /// # Errors
    /// Somebody else stays alone with it.
    pub fn share(self) -> Result<Self, Refusal> {
        for _ in 0..TRIES {
            match self.lock.try_lock_shared() {
                Ok(()) => return Ok(self),
                Err(TryLockError::WouldBlock) => thread::sleep(PAUSE),
                Err(TryLockError::Error(error)) => return Err(failed(&self.path)(error)),
            }
        }
        Err(Refusal::Held { path: self.path.clone() })
    }

    fn lock(path: &Path) -> Result<File, Refusal> {
        let name = beside(path, ".lock");
        // Never written to: it may be a file that somebody else has use for.
        let lock = open(&name, OpenOptions::new().read(true).append(true).create(true).mode(0o600))?;
        lock.ok_or_else(|| failed(&name)(io::ErrorKind::NotFound.into()))
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        // Closing would do, but for a child process that was just forked and has the handle until it becomes its program.
        let _ = self.lock.unlock();
    }
}

/// The path as it can be pasted into a shell.
#[must_use]
pub fn shell_word(path: &Path) -> String {
    let text = path.display().to_string();
    let plain = text.chars().all(|c| c.is_alphanumeric() || "/._-+".contains(c));
    if plain && !text.starts_with('-') {
        return text;
    }
    let front = if text.starts_with('-') { "./" } else { "" };
    format!("'{front}{}'", text.replace('\'', r"'\''"))
}

/// Sets the mode of a file of ours to 0600.
///
/// # Errors
/// The system's reason.
pub fn make_private(file: &File) -> io::Result<()> {
    file.set_permissions(Permissions::from_mode(0o600))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;
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
            let doors: [Result<(), Refusal>; 5] = [
                look(&path).map(|_| ()),
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
        assert!(look(&path).unwrap().is_none() && read(&path, 9).unwrap().is_none() && !remove(&path).unwrap());
        fs::write(&path, "old").unwrap();
        fs::set_permissions(&path, Permissions::from_mode(0o644)).unwrap();
        let mode = || fs::metadata(&path).unwrap().mode() & 0o777;
        replace(&path, b"new", true).unwrap();
        assert_eq!((fs::read(&path).unwrap().as_slice(), mode()), (b"new".as_slice(), 0o644));
        let told = private(&path, &look(&path).unwrap().unwrap()).unwrap_err().to_string();
        assert!(told.contains("mode 0644") && told.ends_with(&format!("chmod 600 {}", path.display())), "{told}");
        replace(&path, b"newer", false).unwrap();
        assert_eq!(mode(), 0o600);
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1, "nothing is left beside it");
        assert!(remove(&path).unwrap());
    }

    #[test]
    fn whoever_removes_a_file_is_alone_with_it_and_users_share_it() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("file");
        let (one, two) = (Hold::shared(&path).unwrap(), Hold::shared(&path).unwrap());
        assert!(Hold::alone(&path).unwrap().is_none());
        drop(one);
        assert!(Hold::alone(&path).unwrap().is_none());
        drop(two);
        let alone = Hold::alone(&path).unwrap().unwrap();
        assert!(Hold::alone(&path).unwrap().is_none());
        let shared = alone.share().unwrap();
        let other = Hold::shared(&path).unwrap();
        drop((shared, other));
        assert!(Hold::alone(&path).unwrap().is_some());
    }

    #[test]
    fn paths_can_be_pasted_into_a_shell() {
        for (path, word) in [("/a/b-c.json", "/a/b-c.json"), ("a b", "'a b'"), ("-x", "'./-x'"), ("it's", r"'it'\''s'")]
        {
            assert_eq!(shell_word(Path::new(path)), word);
        }
    }
}
