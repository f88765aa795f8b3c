//! Ctrl-Z.

use std::io;

use nix::unistd::{getpgid, getppid, getsid};
use rustix::process::{Signal, getpid, kill_current_process_group, kill_process};

/// Who has to stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whom {
    /// This process.
    Us,
    /// The whole process group: a script between the shell and us has to stop too, or the shell waits for it.
    /// Not always, because who else is in the group is not ours to know.
    Group,
    /// Nobody could continue us: no shell with job control stands behind.
    Nobody,
}

/// Whether somebody is there who can continue us.
pub(crate) fn possible() -> bool {
    whom() != Whom::Nobody
}

/// Stops; comes back after CONT. STOP rather than TSTP, which is already ours to hear.
pub(crate) fn stop() -> io::Result<()> {
    match whom() {
        Whom::Us => kill_process(getpid(), Signal::STOP)?,
        Whom::Group => kill_current_process_group(Signal::STOP)?,
        Whom::Nobody => {}
    }
    Ok(())
}

/// The kernel's rule for orphaned process groups, as far as one look at the parent tells.
///
/// In a container the parent, its group or its session may have no number in our PID namespace; the kernel then says
/// 0. The numbers are only compared, so that is an answer like any other; rustix takes it for impossible and panics.
fn whom() -> Whom {
    let parent = getppid();
    let (Ok(group), Ok(theirs)) = (getpgid(Some(parent)), getsid(Some(parent))) else { return Whom::Nobody };
    let (Ok(our_group), Ok(ours)) = (getpgid(None), getsid(None)) else { return Whom::Nobody };
    // Started from outside, or in a group that is led from outside: who would say `fg` cannot be known.
    if parent.as_raw() == 0 || our_group.as_raw() == 0 {
        return Whom::Nobody;
    }
    match (theirs == ours, group == our_group) {
        (false, _) => Whom::Nobody,
        (true, false) => Whom::Us,
        // The parent leads the session from our own group: `xterm -e sh -c "mspdash; …"`.
        (true, true) if parent == ours => Whom::Nobody,
        (true, true) => Whom::Group,
    }
}
