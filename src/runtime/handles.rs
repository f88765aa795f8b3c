//! Files and connections that a process may have open at once.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// With fewer, something fails sooner or later, and says so as if it were the disk or the network.
const LEAST: u64 = 64;

/// What is asked for where the user may have it. No more: programs that we start inherit it, and old ones go through
/// all there could be.
const WANTED: u64 = 1_024;

/// Raises the limit as far as the user may.
///
/// # Errors
/// What to tell, where it is too low still.
pub fn enough() -> Result<(), String> {
    let limit = getrlimit(Resource::Nofile);
    let most = limit.maximum.map_or(WANTED, |most| most.min(WANTED));
    let Some(mut current) = limit.current.filter(|current| *current < most) else { return enough_are(limit.current) };
    if setrlimit(Resource::Nofile, Rlimit { current: Some(most), ..limit }).is_ok() {
        current = most;
    }
    enough_are(Some(current))
}

fn enough_are(current: Option<u64>) -> Result<(), String> {
    match current {
        Some(current) if current < LEAST => Err(format!(
            "only {current} files and connections may be open at once here, and {LEAST} are needed. Set the limit \
             higher, e.g. with `ulimit -n {WANTED}` in the shell before this command"
        )),
        _ => Ok(()),
    }
}
