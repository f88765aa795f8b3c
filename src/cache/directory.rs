//! Files and their directory: what may be read, what is set aside, what is swept.

use crate::domain::cached::CacheDefect;
use crate::domain::id::ProfileId;
use crate::files::{self, FileError, Identity};
use std::fs::{self, File, Metadata, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// What the name of every roster ends with.
pub const ENDING: &str = ".roster";
/// Of one that was set aside.
const ASIDE: &str = ".roster.damaged";
/// Of one that is being written.
pub const TEMPORARY: &str = ".tmp";

/// Old enough to be left over by a process that was killed.
const LEFT_OVER: Duration = Duration::from_mins(1);
/// Where locks do not work, only age tells.
const SURELY_LEFT_OVER: Duration = Duration::from_hours(24);

/// A kept roster that is not used, and where it went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetAside {
    /// What is wrong with it.
    pub defect: CacheDefect,
    /// Where it was.
    pub path: PathBuf,
    /// Where it is now; `None` if it could not be moved. Only the last one is kept.
    pub kept_as: Option<PathBuf>,
}

/// What all that is kept takes up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Usage {
    /// How many files.
    pub files: u64,
    /// Their length in bytes.
    pub bytes: u64,
}

/// A file that may be read.
#[derive(Debug)]
pub struct Opened {
    pub file: File,
    pub identity: Identity,
    pub length: u64,
    pub modified: SystemTime,
}

/// Opens a roster, to append to it as well if `writing`. Links are not followed, and nothing is waited for, as one
/// would wait for the other end of a pipe.
///
/// # Errors
/// Why it is not used. `Ok(None)`: there is none.
pub fn open(path: &Path, writing: bool) -> Result<Option<Opened>, CacheDefect> {
    let unreadable = |error: io::Error| CacheDefect::Unreadable(error.to_string());
    let Some(file) = (match files::open(path, files::appending(OpenOptions::new().read(true), writing)) {
        Err(FileError::Io { error, .. }) if error.kind() == io::ErrorKind::NotADirectory => return Ok(None),
        other => other.map_err(defect)?,
    }) else {
        return Ok(None);
    };
    let metadata = file.metadata().map_err(unreadable)?;
    files::require_private(path, &metadata).map_err(defect)?;
    if metadata.len() > super::LARGEST_FILE {
        return Err(CacheDefect::TooLarge);
    }
    let modified = metadata.modified().map_err(unreadable)?;
    let identity = Identity::of(&file).map_err(unreadable)?;
    Ok(Some(Opened { identity, length: metadata.len(), modified, file }))
}

fn defect(refusal: FileError) -> CacheDefect {
    match refusal {
        FileError::NotAFile { .. } | FileError::Link { .. } => CacheDefect::NotAFile,
        FileError::Foreign { .. } => CacheDefect::NotOurs,
        FileError::TooOpen { mode, .. } => CacheDefect::Open { mode },
        FileError::Io { error, .. } => CacheDefect::Unreadable(error.to_string()),
        FileError::OutsideProfile { .. } | FileError::Held { .. } => CacheDefect::Unreadable(refusal.to_string()),
    }
}

/// Which file has this name now.
pub fn identity(path: &Path) -> Option<Identity> {
    Identity::at(path).ok()
}

/// Moves a roster out of the way, unless its name now is that of another file than the one that was `read`: another dashboard may have written
/// a good one meanwhile.
pub fn set_aside(path: &Path, defect: CacheDefect, read: Option<Identity>) -> SetAside {
    let mut aside = path.as_os_str().to_owned();
    aside.push(".damaged");
    let aside = PathBuf::from(aside);
    let same = read.is_none() || identity(path) == read;
    // What the system could not read just now may be read tomorrow.
    let moved = same && !matches!(defect, CacheDefect::Unreadable(_)) && move_to(path, &aside).is_ok();
    if moved && matches!(defect, CacheDefect::Open { .. }) {
        // It is ours and a plain file, else the flaw would be another. It need not stay open to others.
        let _still_open = files::make_path_private(&aside);
    }
    tracing::warn!(?defect, path = %path.display(), moved, "a kept roster is not used");
    SetAside { defect, path: path.to_owned(), kept_as: moved.then_some(aside) }
}

fn move_to(path: &Path, aside: &Path) -> io::Result<()> {
    if fs::rename(path, aside).is_ok() {
        return Ok(());
    }
    // A file does not replace a directory, nor the other way round. Only an empty one is taken away.
    let _full = fs::remove_file(aside).or_else(|_| fs::remove_dir(aside));
    fs::rename(path, aside)
}

/// Makes the directory, for this user alone.
///
/// # Errors
/// It cannot be made, or is somebody else's.
pub fn prepare(dir: &Path) -> io::Result<()> {
    files::prepare_private_folder(dir)
}

/// Takes away what was being written by dashboards that are gone. Who still writes holds a lock.
pub fn sweep(dir: &Path) {
    for (path, name, metadata) in ours(dir) {
        let age = metadata.modified().ok().and_then(|then| then.elapsed().ok());
        // A time in the future says nothing; the lock does.
        let old = age.is_none_or(|age| age >= LEFT_OVER);
        if name.ends_with(TEMPORARY) && metadata.is_file() && old && abandoned(&path, age) {
            let _gone = fs::remove_file(&path);
        }
    }
}

fn abandoned(path: &Path, age: Option<Duration>) -> bool {
    let Ok(Some(file)) = files::open(path, OpenOptions::new().read(true)) else { return false };
    match file.try_lock() {
        Ok(()) => true,
        Err(TryLockError::WouldBlock) => false,
        Err(TryLockError::Error(_)) => age.is_some_and(|age| age >= SURELY_LEFT_OVER),
    }
}

/// A profile's name as part of a file's name.
pub fn plain(profile: &str) -> String {
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let plain: String = profile.chars().take(32).map(|c| if fits(c) { c.to_ascii_lowercase() } else { '_' }).collect();
    if plain.is_empty() { "_".to_owned() } else { plain }
}

/// Takes away all that is kept of a profile: by `logout` and `profile remove`. Returns how many files there were.
/// Those of another profile go too if their names differ in signs alone; they are made again by its next load.
///
/// # Errors
/// One of them cannot be taken away; the others are.
pub fn forget(dir: &Path, profile: &ProfileId) -> io::Result<u32> {
    let (plain, mut gone, mut failed) = (plain(profile.as_str()), 0, None);
    for (path, name, metadata) in ours(dir) {
        // `name-1a2b3c4d.roster…`; a plain name holds no `-`.
        if name.split_once('-').is_some_and(|(of, _)| of == plain) {
            match if metadata.is_dir() { fs::remove_dir(&path) } else { fs::remove_file(&path) } {
                Ok(()) => gone += 1,
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => failed = Some(error),
            }
        }
    }
    failed.map_or(Ok(gone), Err)
}

/// What all profiles' rosters take up, for `doctor`. Nothing if there is no such directory.
pub fn usage(dir: &Path) -> Usage {
    ours(dir).fold(Usage::default(), |all, (_, _, metadata)| Usage {
        files: all.files + 1,
        bytes: all.bytes.saturating_add(metadata.len()),
    })
}

/// All that was made here: rosters, those being written, those set aside.
fn ours(dir: &Path) -> impl Iterator<Item = (PathBuf, String, Metadata)> {
    fs::read_dir(dir).into_iter().flatten().flatten().filter_map(|entry| {
        let name = entry.file_name().into_string().ok()?;
        let made_here = name.ends_with(ENDING)
            || name.ends_with(ASIDE)
            || name.ends_with(TEMPORARY) && name.contains(&format!("{ENDING}."));
        // Of the entry itself: a link is not followed.
        let metadata = entry.metadata().ok().filter(|_| made_here)?;
        Some((entry.path(), name, metadata))
    })
}
