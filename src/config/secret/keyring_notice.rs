//! A missing keyring is reported once, not at every start: a marker in the data directory remembers it.

use super::keyring_available;
use crate::config::{Notice, Paths, Profile};
use crate::files::{make_private_folder, private};
use std::fs::{self, OpenOptions};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// An empty file, removed when a keyring is found again, so that the next missing one is reported too.
const MARKER: &str = "no-keyring-told";

/// The notice, if one of these profiles would use the keyring and it was not shown before. Blocks like
/// [`keyring_available`].
pub fn keyring_notice(profiles: &[Profile], paths: &Paths) -> Option<Notice> {
    if !profiles.iter().any(|profile| profile.secret.wants_keyring()) {
        return None;
    }
    notice(keyring_available(), marker(paths).as_deref())
}

pub fn remember_keyring_notice(paths: &Paths) {
    if let Some(marker) = marker(paths) {
        create_marker(&marker);
    }
}

fn marker(paths: &Paths) -> Option<PathBuf> {
    Some(paths.data_dir.as_ref()?.join(MARKER))
}

fn notice(known: Result<(), String>, marker: Option<&Path>) -> Option<Notice> {
    match known {
        Ok(()) => {
            // Usually there is none.
            let _none = marker.map(fs::remove_file);
            None
        }
        Err(reason) => marker.is_none_or(create_marker).then_some(Notice::NoKeyring { reason }),
    }
}

/// `true` where no marker can be written: then the notice is shown again.
fn create_marker(marker: &Path) -> bool {
    let made = marker
        .parent()
        .map_or(Ok(()), make_private_folder)
        .and_then(|()| private(OpenOptions::new().write(true).create_new(true)).open(marker));
    !matches!(made, Err(error) if error.kind() == ErrorKind::AlreadyExists)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_machine_without_a_keyring_is_told_once_and_again_when_one_was_there_meanwhile() {
        let place = tempfile::tempdir().unwrap();
        let marker = place.path().join("data").join(MARKER);
        let none = || Err("no bus".to_owned());
        assert_eq!(notice(none(), Some(&marker)), Some(Notice::NoKeyring { reason: "no bus".into() }));
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&marker), mode(marker.parent().unwrap())), (0o600, 0o700));
        assert_eq!(notice(none(), Some(&marker)), None, "it was told");
        assert_eq!(notice(Ok(()), Some(&marker)), None);
        assert!(notice(none(), Some(&marker)).is_some());
    }

    #[test]
    fn where_nothing_can_be_remembered_it_is_told_again() {
        let place = tempfile::tempdir().unwrap();
        let blocked = place.path().join("file");
        fs::write(&blocked, "").unwrap();
        for marker in [None, Some(blocked.join("data").join(MARKER))] {
            for _ in 0..2 {
                assert!(notice(Err(String::new()), marker.as_deref()).is_some());
            }
        }
    }
}
