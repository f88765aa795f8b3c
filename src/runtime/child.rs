//! Runs the user's programs: without secret variables, without the terminal, and with a time limit.

#[cfg_attr(unix, path = "child/unix.rs")]
#[cfg_attr(windows, path = "child/windows.rs")]
mod system;

use std::env;
use std::io;
use std::path::{Path, PathBuf, is_separator};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::OnceLock;
use std::thread;
use std::time::{Duration, Instant};

use crate::config;
use crate::terminal::signals::with_signals_unblocked;

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
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    system::detach(&mut command);
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
    if program.contains(is_separator) {
        return system::runnable(PathBuf::from(program));
    }
    env::split_paths(folders?).find_map(|folder| system::runnable(folder.join(program)))
}

/// Whether this is Windows itself, not WSL; by the variable that Windows sets, so that a test can say so.
pub fn is_windows(variable: &dyn Fn(&str) -> Option<String>) -> bool {
    variable("OS").is_some_and(|name| name == "Windows_NT")
}

/// The number of the signal that ended it.
pub(super) fn signal(status: ExitStatus) -> Option<i32> {
    system::signal(status)
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
