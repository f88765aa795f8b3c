//! A shell sets it, and a process may raise it up to the system's.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// With fewer, something fails sooner or later with an error that looks like the disk's or the network's.
const MINIMUM: u64 = 64;

/// No more than that: child processes inherit the limit, and old programs loop over all possible files.
const TARGET: u64 = 1_024;

pub fn raise() -> Result<(), String> {
    let limit = getrlimit(Resource::Nofile);
    let most = limit.maximum.map_or(TARGET, |most| most.min(TARGET));
    let Some(mut current) = limit.current.filter(|current| *current < most) else { return check(limit.current) };
    if setrlimit(Resource::Nofile, Rlimit { current: Some(most), ..limit }).is_ok() {
        current = most;
    }
    check(Some(current))
}

fn check(current: Option<u64>) -> Result<(), String> {
    match current {
        Some(current) if current < MINIMUM => Err(format!(
            "only {current} files and connections may be open at once here, and {MINIMUM} are needed. Set the limit \
             higher, e.g. with `ulimit -n {TARGET}` in the shell before this command"
        )),
        _ => Ok(()),
    }
}
