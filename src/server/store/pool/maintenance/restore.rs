//! A copy put back in the place of the workspace.

use super::{MaintenanceError, Report, alone, copy, open_to_read};
use crate::files;
use crate::server::store::pool::Store;
use crate::server::{Database, StartError, workspace};
use std::fs;
use std::path::{Path, PathBuf};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// Where the workspace is that was there before.
    pub kept: Option<PathBuf>,
    pub report: Report,
}

/// Puts a copy into the place of the workspace, which nobody may have open. What was there is renamed, with `moment` in
/// its name, and never thrown away.
///
/// The copy becomes another database to whoever has tokens and etags of the one before: its sequence of changes has
/// gone back, and a number that was given out already would soon stand for something else.
pub fn restore(path: &Path, from: &Path, moment: &str) -> Result<Restored, MaintenanceError> {
    let (source, _) = open_to_read(from)?;
    let io = |path: &Path| {
        let path = path.to_owned();
        move |error| StartError::File { path, error }
    };
    files::make_private_folder(files::parent_folder(path)).map_err(io(path))?;
    let alone = alone(path)?;
    let ready = files::with_suffix(path, ".restored");
    files::remove(&ready)?;
    let report = copy(&source, from, &ready)?;
    renew(&ready)?;
    let kept = keep(path, moment).map_err(io(path))?;
    fs::rename(&ready, path).map_err(io(path))?;
    files::remove(&files::with_suffix(&ready, ".lock"))?;
    drop(alone);
    Ok(Restored { kept, report })
}

/// Brings it up to date and gives it an identity of its own, whole in its one file.
fn renew(path: &Path) -> Result<(), MaintenanceError> {
    let store = Store::open(&Database::File(path.to_owned()), false)?;
    store.write_now(workspace::new_identity)?;
    drop(store);
    Ok(())
}

/// Renames what is there, with what `SQLite` has beside it after a crash. `None` if nothing is.
fn keep(path: &Path, moment: &str) -> std::io::Result<Option<PathBuf>> {
    if !path.exists() {
        return Ok(None);
    }
    let kept = files::with_suffix(path, &format!(".before-restore-{moment}"));
    for suffix in ["-wal", "-shm", ""] {
        let part = files::with_suffix(path, suffix);
        if part.exists() {
            fs::rename(part, files::with_suffix(&kept, suffix))?;
        }
    }
    Ok(Some(kept))
}
