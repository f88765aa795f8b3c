//! Scripts in a temporary folder, in place of browsers and clipboard programs.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::PathBuf;
use std::process::Command;

pub(super) struct Scripts(tempfile::TempDir);

impl Scripts {
    pub(super) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(super) fn path(&self) -> &str {
        self.0.path().to_str().unwrap()
    }

    /// Its working directory is this folder.
    pub(super) fn script(&self, name: &str, text: &str) {
        // Written by another process: one of ours that is being forked elsewhere would hold it open for writing, and
        // such a file cannot be run.
        let script = "printf %s \"$1\" > \"$0\" && chmod 755 \"$0\"";
        let text = format!("#!/bin/sh\ncd '{}'\n{text}\n", self.path());
        let made = Command::new("sh").args(["-c", script]).arg(self.0.path().join(name)).arg(text).status().unwrap();
        assert!(made.success());
    }

    pub(super) fn text(&self, name: &str, text: &str) {
        let path = self.0.path().join(name);
        fs::write(&path, text).unwrap();
        fs::set_permissions(path, fs::Permissions::from_mode(0o644)).unwrap();
    }

    pub(super) fn link(&self, to: &str, name: &str) {
        symlink(self.0.path().join(to), self.0.path().join(name)).unwrap();
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.0.path().join(name).exists()
    }

    pub(super) fn read(&self, name: &str) -> String {
        String::from_utf8(self.bytes(name)).unwrap()
    }

    pub(super) fn bytes(&self, name: &str) -> Vec<u8> {
        fs::read(self.0.path().join(name)).unwrap()
    }

    /// Blocks its reader until released.
    pub(super) fn pipe(&self, name: &str) -> HeldPipe {
        let path = self.0.path().join(name);
        assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());
        HeldPipe(path)
    }
}

pub(super) struct HeldPipe(PathBuf);

impl HeldPipe {
    /// The reader may open the pipe only now.
    pub(super) fn release(self) {
        fs::OpenOptions::new().write(true).open(self.0).unwrap();
    }
}
