//! New files in the working directory, for this user alone: what a person asked to be written.

use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use crate::domain::trouble::{Because, Retry, Trouble, What};

/// Writes a file of this name into the working directory and says where it is. An existing file is left alone:
/// the name gets a number.
pub(super) async fn write(name: String, text: String) -> Result<String, Trouble> {
    let written = tokio::task::spawn_blocking(move || {
        let folder = std::env::current_dir()?;
        write_in(&folder, &name, &text)
    });
    let failed = |detail: String| Trouble { detail, ..Trouble::new(What::Export, Because::Local, Retry::Now) };
    match written.await {
        Ok(Ok(path)) => Ok(path.display().to_string()),
        Ok(Err(error)) => Err(failed(error.to_string())),
        Err(error) => Err(failed(error.to_string())),
    }
}

fn write_in(folder: &Path, name: &str, text: &str) -> std::io::Result<PathBuf> {
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, "txt"));
    let mut number = 1;
    loop {
        let name = if number == 1 { name.to_owned() } else { format!("{stem}-{number}.{extension}") };
        let path = folder.join(name);
        match OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path) {
            Ok(mut file) => {
                // A half-written table would be taken for a whole one.
                let done = file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
                return done.map(|()| path.clone()).inspect_err(|_| drop(std::fs::remove_file(&path)));
            }
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists && number < 100 => number += 1,
            Err(error) => return Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_there_is_never_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let first = write_in(folder.path(), "a.csv", "one").unwrap();
        let second = write_in(folder.path(), "a.csv", "two").unwrap();
        assert_eq!(second.file_name().unwrap(), "a-2.csv");
        assert_eq!(std::fs::read_to_string(first).unwrap(), "one");
        assert_eq!(std::fs::read_to_string(second).unwrap(), "two");
    }

    #[test]
    fn a_folder_that_cannot_be_written_to_is_an_error_that_says_so() {
        let folder = tempfile::tempdir().unwrap();
        let gone = folder.path().join("gone");
        assert!(write_in(&gone, "a.csv", "one").is_err());
    }
}
