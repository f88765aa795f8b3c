//! Runs the user's programs: without secret variables, without the terminal, and with a time limit.

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
use crate::terminal::shutdown::with_signals_unblocked;

/// The output is no sign of the end: a child of the program may hold it open for days.
const POLL_INTERVAL: Duration = Duration::from_millis(5);

/// In addition to our own.
static HIDDEN_VARIABLES: OnceLock<Vec<String>> = OnceLock::new();

/// Child processes will not inherit these variables, which hold secrets. Call it once, at the start.
pub fn hide_variables(names: Vec<String>) {
    // The first call wins.
    let _ = HIDDEN_VARIABLES.set(names);
}

/// In its own process group: it cannot read keys, and neither Ctrl-C nor a hang-up ends it.
pub(super) fn command(program: &Path) -> Command {
    let mut command = Command::new(program);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
    for name in config::secret_variables(HIDDEN_VARIABLES.get().map(Vec::as_slice).unwrap_or_default()) {
        command.env_remove(name);
    }
    command
}

pub(super) fn start(command: &mut Command) -> io::Result<Child> {
    with_signals_unblocked(|| command.spawn())
}

/// Looks up a program by path or in these folders.
pub(super) fn find(program: &str, folders: Option<&str>) -> Option<PathBuf> {
    let runs = |path: &PathBuf| fs::metadata(path).is_ok_and(|it| it.is_file() && it.permissions().mode() & 0o111 != 0);
    if program.contains('/') {
        return Some(PathBuf::from(program)).filter(runs);
    }
    env::split_paths(folders?).map(|folder| folder.join(program)).find(runs)
}

/// `None` if it still runs after `timeout`. Blocks.
pub(super) fn wait_timeout(child: &mut Child, timeout: Duration) -> io::Result<Option<ExitStatus>> {
    let end = Instant::now() + timeout;
    loop {
        let status = child.try_wait()?;
        if status.is_some() || Instant::now() >= end {
            return Ok(status);
        }
        thread::sleep(POLL_INTERVAL);
    }
}
