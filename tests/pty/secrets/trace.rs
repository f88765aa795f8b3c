//! What must not be found, and where it is looked for.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// Texts that open doors, each with a name for the one who reads a failure.
#[derive(Default)]
pub struct Secrets(Vec<(&'static str, Vec<u8>)>);

impl Secrets {
    /// As it is, as a header of HTTP would carry it, and turned into another alphabet.
    pub fn add(&mut self, name: &'static str, secret: &str) {
        assert!(secret.len() >= 16, "{name} is too short to be looked for");
        let hex = secret.bytes().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"));
        for form in [secret.to_owned(), STANDARD.encode(secret), URL_SAFE_NO_PAD.encode(secret), hex] {
            self.0.push((name, form.into_bytes()));
        }
    }

    /// With the name that it is shown to the server with.
    pub fn add_credential(&mut self, name: &'static str, client_id: &str, secret: &str) {
        self.add(name, secret);
        self.0.push((name, STANDARD.encode(format!("{client_id}:{secret}")).into_bytes()));
    }

    /// Which of them are in there.
    pub fn found_in(&self, bytes: &[u8]) -> Vec<&'static str> {
        let mut found: Vec<_> =
            self.0.iter().filter(|(_, secret)| holds(bytes, secret)).map(|(name, _)| *name).collect();
        found.dedup();
        found
    }

    #[track_caller]
    pub fn not_in(&self, what: &str, bytes: &[u8]) {
        assert_eq!(self.found_in(bytes), Vec::<&str>::new(), "in {what}");
    }

    /// Files below a folder that have one of them, with which.
    pub fn files_below(&self, folder: &Path) -> Vec<(PathBuf, Vec<&'static str>)> {
        let found = files(folder).into_iter().map(|path| {
            let mut bytes = fs::read(&path).unwrap();
            // A name tells as much as what it names.
            bytes.extend_from_slice(path.to_string_lossy().as_bytes());
            let found = self.found_in(&bytes);
            (path, found)
        });
        found.filter(|(_, found)| !found.is_empty()).collect()
    }
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window[0] == part[0] && window == part)
}

/// Everything below a folder that somebody else could read, write or enter; and how many entries there are.
pub fn open_to_others(folder: &Path) -> (Vec<String>, usize) {
    let all = entries(folder);
    let mode = |path: &Path| fs::symlink_metadata(path).unwrap().permissions().mode() & 0o7777;
    let wanted = |path: &Path| if path.is_dir() { 0o700 } else { 0o600 };
    let open = all.iter().filter(|path| mode(path) != wanted(path));
    (open.map(|path| format!("{:o} {}", mode(path), path.display())).collect(), all.len())
}

pub fn files(folder: &Path) -> Vec<PathBuf> {
    entries(folder).into_iter().filter(|path| path.is_file()).collect()
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.file_type().unwrap().is_dir() {
            all.extend(entries(&entry.path()));
        }
        all.push(entry.path());
    }
    all.sort();
    all
}
