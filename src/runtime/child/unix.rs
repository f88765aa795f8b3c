//! Process groups, executable bits and signals.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::PathBuf;
use std::process::{Command, ExitStatus};

/// In its own process group.
pub fn detach(command: &mut Command) {
    command.process_group(0);
}

pub fn runnable(path: PathBuf) -> Option<PathBuf> {
    let runs = fs::metadata(&path).is_ok_and(|it| it.is_file() && it.permissions().mode() & 0o111 != 0);
    runs.then_some(path)
}

pub fn signal(status: ExitStatus) -> Option<i32> {
    status.signal()
}
