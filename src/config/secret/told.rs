//! That this machine has no keyring is told once, not at every start: a mark in the data directory remembers it.

use super::keyring_available;
use crate::config::paths::make_private;
use crate::config::{Notice, Paths, Profile};
use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// An empty file. It goes when a keyring is there again, so that the next one that is missed is told too.
const MARK: &str = "no-keyring-told";

/// What to tell of a machine without a keyring, if one of these profiles would use it and nobody was told yet.
/// Blocks like [`keyring_available`].
#[must_use]
pub fn keyring_notice(profiles: &[Profile], paths: &Paths) -> Option<Notice> {
    if !profiles.iter().any(|profile| profile.secret.wants_keyring()) {
        return None;
    }
    notice(keyring_available(), mark(paths).as_deref())
}

/// Remembers that it was told.
pub fn keyring_told(paths: &Paths) {
    if let Some(mark) = mark(paths) {
        first_time(&mark);
    }
}

fn mark(paths: &Paths) -> Option<PathBuf> {
    Some(paths.data_dir.as_ref()?.join(MARK))
}

fn notice(known: Result<(), String>, mark: Option<&Path>) -> Option<Notice> {
    match known {
        Ok(()) => {
            // Most often there is none.
            let _none = mark.map(fs::remove_file);
            None
        }
        Err(reason) => mark.is_none_or(first_time).then_some(Notice::NoKeyring { reason }),
    }
}

/// Where nothing can be remembered, it is told again.
fn first_time(mark: &Path) -> bool {
    let made = mark.parent().map_or(Ok(()), make_private).and_then(|()| make(mark));
    !matches!(made, Err(error) if error.kind() == ErrorKind::AlreadyExists)
}

fn make(mark: &Path) -> io::Result<()> {
    let mut new = OpenOptions::new();
    new.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut new, 0o600);
    new.open(mark).map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_machine_without_a_keyring_is_told_once_and_again_when_one_was_there_meanwhile() {
        let place = tempfile::tempdir().unwrap();
        let mark = place.path().join("data").join(MARK);
        let none = || Err("no bus".to_owned());
        assert_eq!(notice(none(), Some(&mark)), Some(Notice::NoKeyring { reason: "no bus".into() }));
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&mark), mode(mark.parent().unwrap())), (0o600, 0o700));
        assert_eq!(notice(none(), Some(&mark)), None, "it was told");
        assert_eq!(notice(Ok(()), Some(&mark)), None);
        assert!(notice(none(), Some(&mark)).is_some());
    }

    #[test]
    fn where_nothing_can_be_remembered_it_is_told_again() {
        let place = tempfile::tempdir().unwrap();
        let blocked = place.path().join("file");
        fs::write(&blocked, "").unwrap();
        for mark in [None, Some(blocked.join("data").join(MARK))] {
            for _ in 0..2 {
                assert!(notice(Err(String::new()), mark.as_deref()).is_some());
            }
        }
    }
}
