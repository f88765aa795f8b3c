//! Programs of the user's that are started from here: without the variables that hold secrets, without the terminal,
//! and never waited for without end.

use std::env;
use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::OnceLock;
use std::thread;
use std::time::{Duration, Instant};

use crate::config;
use crate::terminal::ending::holding_nothing_back;

/// How often it is looked whether a program has ended. Its output says nothing: something that it left running may
/// hold that open for days.
const LOOK: Duration = Duration::from_millis(5);

/// Names of variables that no program may inherit, beside our own.
static HIDDEN: OnceLock<Vec<String>> = OnceLock::new();

/// Variables of these names hold secrets too: programs do not inherit them. To be said once, at the start.
pub fn hide(names: Vec<String>) {
    // Whoever was first has said it.
    let _ = HIDDEN.set(names);
}

/// A program to be started. In a process group of its own: it cannot read keys, and neither Ctrl-C nor the end of the
/// terminal ends it.
pub(super) fn command(program: &Path) -> Command {
    let mut command = Command::new(program);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
    for name in config::not_inherited(HIDDEN.get().map(Vec::as_slice).unwrap_or_default()) {
        command.env_remove(name);
    }
    command
}

pub(super) fn start(command: &mut Command) -> io::Result<Child> {
    holding_nothing_back(|| command.spawn())
}

/// Where a program is, by its path or in one of these folders.
pub(super) fn find(program: &str, folders: Option<&str>) -> Option<PathBuf> {
    let runs = |path: &PathBuf| fs::metadata(path).is_ok_and(|it| it.is_file() && it.permissions().mode() & 0o111 != 0);
    if program.contains('/') {
        return Some(PathBuf::from(program)).filter(runs);
    }
    env::split_paths(folders?).map(|folder| folder.join(program)).find(runs)
}

/// How it ended; `None`: it still runs. Blocks for as long as that.
pub(super) fn ended(child: &mut Child, patience: Duration) -> io::Result<Option<ExitStatus>> {
    let end = Instant::now() + patience;
    loop {
        let status = child.try_wait()?;
        if status.is_some() || Instant::now() >= end {
            return Ok(status);
        }
        thread::sleep(LOOK);
    }
}
