//! The folders and files of the program: there, writable, and for this user alone. Nothing is made or changed;
//! whether a folder can be written to is tried with a file that has no name.

use super::report::Check;
use crate::config::Paths;
use crate::files::{self, FileError, regular};
use std::fs::{Metadata, OpenOptions};
use std::io;
use std::path::Path;

const SECTION: &str = "files";

pub fn checks(paths: &Paths) -> Vec<Check> {
    let data = folder("data", paths.data_dir.as_deref());
    vec![data, folder("cache", paths.cache_dir.as_deref()), log(paths.log_file.as_deref())]
}

/// The configuration file: it may be absent, and nobody else may change it.
pub fn config_file(path: Option<&Path>) -> Check {
    const SECTION: &str = "configuration";
    let Some(path) = path else {
        return Check::warn(SECTION, "file", "there is no home directory to look in".into());
    };
    let shown = path.display();
    match regular::open(path).and_then(|file| file.metadata()) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Check::ok(SECTION, "file", format!("{shown}: not there, defaults apply"))
        }
        Err(error) => Check::warn(SECTION, "file", format!("{shown} cannot be read: {error}")),
        Ok(about) => match open_to_others(&about, 0o022) {
            Some(mode) => Check::warn(SECTION, "file", format!("{shown}: others can change it (mode {mode:04o})"))
                .advice(format!("Run: chmod go-w {shown}")),
            None => Check::ok(SECTION, "file", shown.to_string()),
        },
    }
}

fn folder(name: &'static str, path: Option<&Path>) -> Check {
    let Some(path) = path else {
        return Check::warn(SECTION, name, "there is no home directory: nothing can be kept".into())
            .advice("Choose a place with --data-dir DIR");
    };
    let shown = path.display();
    let about = match path.metadata() {
        Ok(about) => about,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return absent(name, path),
        Err(error) => return Check::warn(SECTION, name, format!("{shown}: {error}")),
    };
    if let Err(error) = tempfile::tempfile_in(path) {
        return Check::warn(SECTION, name, format!("{shown} cannot be written to: {error}"))
            .advice("Nothing is kept there; choose another place with --data-dir DIR");
    }
    if let Some(mode) = open_to_others(&about, 0o077) {
        let finding = format!("{shown}: others can look into it (mode {mode:04o})");
        return Check::warn(SECTION, name, finding).advice(format!("Run: chmod 700 {shown}"));
    }
    if let Err(refusal @ FileError::OutsideProfile { .. }) = files::require_private(path, &about) {
        return Check::warn(SECTION, name, refusal.to_string());
    }
    Check::ok(SECTION, name, format!("{shown}: writable, {}", size(within(path, 3))))
}

/// It will be made when it is needed, if the folder above allows it.
fn absent(name: &'static str, path: &Path) -> Check {
    let shown = path.display();
    let above = path.ancestors().skip(1).find(|folder| folder.is_dir());
    match above.map(tempfile::tempfile_in) {
        Some(Ok(_)) => Check::ok(SECTION, name, format!("{shown}: not there yet, and can be made")),
        _ => Check::warn(SECTION, name, format!("{shown} cannot be made")).advice("Choose a place with --data-dir DIR"),
    }
}

fn log(path: Option<&Path>) -> Check {
    let Some(path) = path else {
        return Check::warn(SECTION, "log", "there is no home directory: there is no log".into());
    };
    let shown = path.display();
    // What it leads to first: a link to a device is told as the device.
    let opened = regular::open(path).and_then(|_| match files::open(path, OpenOptions::new().append(true)) {
        Ok(Some(file)) => file.metadata(),
        Ok(None) => Err(io::ErrorKind::NotFound.into()),
        Err(refusal) => Err(io::Error::other(refusal)),
    });
    match opened {
        Ok(about) => match open_to_others(&about, 0o077) {
            Some(mode) => Check::warn(SECTION, "log", format!("{shown}: others can read it (mode {mode:04o})"))
                .advice(format!("Run: chmod 600 {shown}")),
            None => Check::ok(SECTION, "log", format!("{shown}: writable, {}", size(about.len()))),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => absent("log", path),
        Err(error) => Check::warn(SECTION, "log", format!("{shown} cannot be written to: {error}")),
    }
}

/// Bytes of all files in it, so many levels deep; links are not followed.
fn within(folder: &Path, levels: u8) -> u64 {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    let sizes = entries.flatten().filter_map(|entry| Some((entry.path(), entry.metadata().ok()?)));
    let deeper = |path: &Path| if levels == 0 { 0 } else { within(path, levels - 1) };
    sizes.map(|(path, about)| if about.is_dir() { deeper(&path) } else { about.len() }).sum()
}

fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} kB", bytes / 1_000),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10),
    }
}

/// The mode, if it lets others do what they should not.
fn open_to_others(about: &Metadata, forbidden: u32) -> Option<u32> {
    files::mode(about).filter(|mode| mode & forbidden != 0)
}

#[cfg(test)]
mod tests {
    use super::super::report::Outcome;
    use super::*;
    use std::fs::{Permissions, create_dir, set_permissions, write};
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn folders_are_judged_and_never_made() {
        let home = tempfile::tempdir().unwrap();
        let data = home.path().join("a/b/mspdash");
        assert_eq!(folder("data", Some(&data)).result, Outcome::Ok);
        assert!(!home.path().join("a").exists(), "nothing is made");
        let data = home.path().join("data");
        create_dir(&data).unwrap();
        set_permissions(&data, Permissions::from_mode(0o755)).unwrap();
        assert_eq!(folder("data", Some(&data)).result, Outcome::Warn);
        set_permissions(&data, Permissions::from_mode(0o700)).unwrap();
        write(data.join("workspace.db"), [0; 2_000]).unwrap();
        let check = folder("data", Some(&data));
        assert!(check.result == Outcome::Ok && format!("{check:?}").contains("2 kB"), "{check:?}");
        assert_eq!(std::fs::read_dir(&data).unwrap().count(), 1, "nothing is left behind");
        assert_eq!(folder("data", None).result, Outcome::Warn);
    }

    #[test]
    fn files_that_others_can_read_or_change_are_told() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("mspdash.log");
        write(&file, "x").unwrap();
        set_permissions(&file, Permissions::from_mode(0o644)).unwrap();
        assert_eq!(log(Some(&file)).result, Outcome::Warn);
        assert_eq!(config_file(Some(&file)).result, Outcome::Ok, "it holds no secret");
        set_permissions(&file, Permissions::from_mode(0o666)).unwrap();
        assert_eq!(config_file(Some(&file)).result, Outcome::Warn);
        set_permissions(&file, Permissions::from_mode(0o600)).unwrap();
        assert_eq!(log(Some(&file)).result, Outcome::Ok);
    }

    #[test]
    fn sizes_are_short() {
        assert_eq!([size(12), size(12_345), size(5_250_000)].join(" "), "12 bytes 12 kB 5.2 MB");
    }
}
