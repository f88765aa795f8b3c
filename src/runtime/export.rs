//! Files that the user exports, with mode 0600.

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::domain::error::{Cause, Error, FileFault, Operation, RetryAdvice};
use crate::domain::text::clean;
use crate::files;

/// Returns the path.
pub(super) async fn write(path: PathBuf, text: String, replace: bool) -> Result<String, Error> {
    let shown = path.display().to_string();
    let failed = |cause| Error::new(Operation::Export, cause, RetryAdvice::Now);
    match tokio::task::spawn_blocking(move || save(&path, &text, replace)).await {
        Ok(Ok(())) => Ok(shown),
        Ok(Err(fault)) => Err(failed(Cause::not_written(&clean(&shown), fault))),
        Err(_) => Err(failed(Cause::TaskDied)),
    }
}

/// Replaces an existing file only with `replace`, and atomically: on failure the old one is still there.
pub fn save(path: &Path, text: &str, replace: bool) -> Result<(), FileFault> {
    let written = if replace { replace_file(path, text) } else { create(path, text) };
    written.map_err(|error| match error.kind() {
        // Only a regular file can be replaced.
        ErrorKind::AlreadyExists if fs::metadata(path).is_ok_and(|it| !it.is_file()) => FileFault::NotAFile,
        ErrorKind::AlreadyExists => FileFault::Exists,
        ErrorKind::NotFound | ErrorKind::NotADirectory => FileFault::NoFolder,
        ErrorKind::IsADirectory | ErrorKind::InvalidInput => FileFault::NotAFile,
        ErrorKind::PermissionDenied => FileFault::NotAllowed,
        ErrorKind::ReadOnlyFilesystem => FileFault::ReadOnly,
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => FileFault::Full,
        _ => FileFault::Other(clean(&error.to_string()).into_owned()),
    })
}

fn create(path: &Path, text: &str) -> io::Result<()> {
    let mut file = files::private(OpenOptions::new().write(true).create_new(true)).open(path)?;
    // A partly written table would look complete.
    let done = file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
    done.inspect_err(|_| drop(fs::remove_file(path)))
}

fn replace_file(path: &Path, text: &str) -> io::Result<()> {
    // Replace the target of a link, not the link.
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    if fs::metadata(&path).is_ok_and(|there| !there.is_file()) {
        return Err(ErrorKind::IsADirectory.into());
    }
    let folder = path.parent().ok_or(ErrorKind::IsADirectory)?;
    let mut file = NamedTempFile::new_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    files::put(file, &path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};

    #[test]
    fn a_file_that_is_there_is_replaced_only_when_that_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("a.csv"), folder.path().join("link"));
        assert_eq!(save(&path, "one", false), Ok(()));
        assert_eq!(save(&path, "two", false), Err(FileFault::Exists));
        assert_eq!(fs::read_to_string(&path).unwrap(), "one");
        symlink(&path, &link).unwrap();
        assert_eq!(save(&link, "two", false), Err(FileFault::Exists));
        assert_eq!(save(&link, "three", true), Ok(()));
        assert_eq!(fs::read_to_string(&path).unwrap(), "three");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(save(&folder.path().join("b.csv"), "one", true), Ok(()), "what is gone meanwhile is no matter");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3, "nothing else is left behind");
    }

    #[test]
    fn what_cannot_be_written_says_why() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("file"), "").unwrap();
        for replace in [false, true] {
            for (path, fault) in [
                (at("gone/a.csv"), FileFault::NoFolder),
                (at("file/a.csv"), FileFault::NoFolder),
                (at("."), FileFault::NotAFile),
                (PathBuf::from("/"), FileFault::NotAFile),
                (PathBuf::from("/dev/null"), FileFault::NotAFile),
                (PathBuf::from("/proc/a.csv"), FileFault::NoFolder),
            ] {
                assert_eq!(save(&path, "one", replace), Err(fault), "{} {replace}", path.display());
            }
        }
        assert_eq!(save(Path::new("/dev/full"), "one", true), Err(FileFault::NotAFile));
    }
}
