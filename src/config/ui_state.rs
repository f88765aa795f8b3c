//! What the screen keeps between two runs, on disk: one JSON file of mode 0600 for each profile, in the state directory.
//! Whatever is wrong with it, the start goes on without.

use super::problem::Notice;
use crate::domain::id::ProfileId;
use crate::domain::ui_state::UiState;
use crate::files::{self, FileError};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// The version that this program writes. What one of its files lacks has a default, so a new field is no new version.
const VERSION: u32 = 1;
/// A larger file is none of ours: pins and views of a profile are a few kilobytes.
const LONGEST: u64 = 1 << 20;

#[derive(Serialize, Deserialize)]
struct File {
    version: u32,
    #[serde(flatten)]
    state: UiState,
}

/// What every version of the file says.
#[derive(Deserialize)]
struct Version {
    version: u32,
}

/// What is wrong with a file.
enum Defect {
    /// A later version of the program wrote it.
    Newer,
    Damaged(String),
    Refused(FileError),
}

/// What was kept of a profile: nothing, with a notice, where that cannot be used. A damaged file is moved out of the way.
pub fn read(path: &Path) -> (UiState, Option<Notice>) {
    let reason = match load(path) {
        Ok(state) => return (state, None),
        Err(Defect::Newer) => "a newer mspdash wrote it; it stays as it is, and nothing is kept this time".to_owned(),
        Err(Defect::Damaged(why)) => {
            let aside = files::with_suffix(path, ".damaged");
            // Left where it is, it is written over by the next change.
            let moved = std::fs::rename(path, &aside).is_ok();
            if moved { format!("{why}; it is now {}", aside.display()) } else { why }
        }
        Err(Defect::Refused(refusal)) => refusal.to_string(),
    };
    (UiState::default(), Some(Notice::UiState { path: path.to_owned(), reason }))
}

fn load(path: &Path) -> Result<UiState, Defect> {
    let bytes = match files::read(path, LONGEST) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => return Ok(UiState::default()),
        Err(FileError::Io { error, .. }) if error.kind() == std::io::ErrorKind::NotADirectory => {
            return Ok(UiState::default());
        }
        Err(refusal) => return Err(Defect::Refused(refusal)),
    };
    let damaged = |error: serde_json::Error| Defect::Damaged(error.to_string());
    if serde_json::from_slice::<Version>(&bytes).map_err(damaged)?.version > VERSION {
        return Err(Defect::Newer);
    }
    serde_json::from_slice::<File>(&bytes).map(|file| file.state).map_err(damaged)
}

/// Puts what was changed since `before` into the file, and leaves alone what another dashboard wrote there meanwhile.
///
/// # Errors
/// It cannot be written, or a newer version of the program wrote it.
pub fn write(path: &Path, before: &UiState, now: &UiState) -> Result<(), FileError> {
    let failed = |error| FileError::Io { path: path.to_owned(), error };
    let theirs = match load(path) {
        Ok(state) => state,
        Err(Defect::Damaged(_)) => before.clone(),
        Err(Defect::Newer) => return Err(failed(std::io::Error::other("a newer mspdash wrote it"))),
        Err(Defect::Refused(refusal)) => return Err(refusal),
    };
    let file = File { version: VERSION, state: now.merged(before, theirs) };
    let text = serde_json::to_vec_pretty(&file).map_err(|error| failed(error.into()))?;
    files::make_private_folder(files::parent_folder(path)).map_err(failed)?;
    files::replace(path, &text, false)
}

impl super::Paths {
    /// Where it is kept what the screen of a profile keeps; `None` without a home directory.
    pub fn ui_state_file(&self, profile: &ProfileId) -> Option<PathBuf> {
        Some(self.log_file.as_ref()?.parent()?.join("screen").join(format!("{profile}.json")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::CompanyId;
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    fn pinned(ids: &[&str]) -> UiState {
        UiState { pins: ids.iter().map(|id| CompanyId::new(id)).collect(), ..UiState::default() }
    }

    #[test]
    fn what_is_written_is_read_and_is_for_its_user_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("screen/default.json");
        assert_eq!(read(&path), (UiState::default(), None), "nothing was kept yet");
        write(&path, &UiState::default(), &pinned(&["A"])).unwrap();
        // Another dashboard, which began before.
        write(&path, &UiState::default(), &pinned(&["B"])).unwrap();
        assert_eq!(read(&path), (pinned(&["A", "B"]), None));
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::metadata(folder.path().join("screen")).unwrap().permissions().mode() & 0o777, 0o700);
    }

    #[test]
    fn a_damaged_file_is_set_aside_and_the_start_goes_on() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("default.json");
        for text in ["", "{", "[]", r#"{"version":1,"pins":5}"#, r#"{"version":1,"last_view":{"sort":"loud"}}"#, "{}"] {
            fs::write(&path, text).unwrap();
            let (state, notice) = read(&path);
            assert_eq!(state, UiState::default(), "{text}");
            assert!(matches!(notice, Some(Notice::UiState { .. })), "{text}: it is told");
            assert!(!path.exists() && folder.path().join("default.json.damaged").exists(), "{text}");
        }
        write(&path, &UiState::default(), &pinned(&["A"])).unwrap();
        assert_eq!(read(&path).0, pinned(&["A"]));
    }

    #[test]
    fn a_file_of_the_future_stays_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("default.json");
        let text = r#"{"version":2,"pins":{"new":"shape"}}"#;
        fs::write(&path, text).unwrap();
        let (state, notice) = read(&path);
        assert!(state == UiState::default() && notice.is_some());
        assert!(write(&path, &state, &pinned(&["A"])).is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
    }

    #[test]
    fn a_folder_in_its_place_never_stops_the_start() {
        let folder = tempfile::tempdir().unwrap();
        let (state, notice) = read(folder.path());
        assert!(state == UiState::default() && notice.is_some());
    }
}
