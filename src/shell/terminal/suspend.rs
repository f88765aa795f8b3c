//! Ctrl-Z.

use std::io;

use rustix::process::{Signal, getpgid, getpgrp, getpid, getppid, getsid, kill_current_process_group, kill_process};

/// Who has to stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whom {
    /// This process.
    Us,
    /// The whole process group: a script between the shell and us has to stop too, or the shell waits for it.
    /// Not always, because a browser that we started is in the group as well.
    Group,
    /// Nobody could continue us: no shell with job control stands behind.
    Nobody,
}

/// Whether somebody is there who can continue us.
pub(in crate::shell) fn possible() -> bool {
    whom() != Whom::Nobody
}

/// Stops; comes back after CONT. STOP rather than TSTP, which is already ours to hear.
pub(in crate::shell) fn stop() -> io::Result<()> {
    match whom() {
        Whom::Us => kill_process(getpid(), Signal::STOP)?,
        Whom::Group => kill_current_process_group(Signal::STOP)?,
        Whom::Nobody => {}
    }
    Ok(())
}

/// The kernel's rule for orphaned process groups, as far as one look at the parent tells.
fn whom() -> Whom {
    let Some(parent) = getppid() else { return Whom::Nobody };
    let (Ok(group), Ok(theirs), Ok(ours)) = (getpgid(Some(parent)), getsid(Some(parent)), getsid(None)) else {
        return Whom::Nobody;
    };
    match (theirs == ours, group == getpgrp()) {
        (false, _) => Whom::Nobody,
        (true, false) => Whom::Us,
        // The parent leads the session from our own group: `xterm -e sh -c "mspdash; …"`.
        (true, true) if parent == ours => Whom::Nobody,
        (true, true) => Whom::Group,
    }
}
