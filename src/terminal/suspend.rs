//! Ctrl-Z.

use std::io;

use nix::unistd::{getpgid, getppid, getsid};
use rustix::process::{Signal, getpid, kill_current_process_group, kill_process};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum StopTarget {
    Us,
    /// The whole process group: a script between the shell and us has to stop too, or the shell waits for it. Not
    /// always, because others in the group are not ours to stop.
    Group,
    /// No shell with job control could continue us.
    Nobody,
}

/// Whether somebody could continue us.
pub(crate) fn possible() -> bool {
    stop_target() != StopTarget::Nobody
}

/// Stops the process; returns after CONT. Uses STOP because we catch TSTP.
pub(crate) fn stop() -> io::Result<()> {
    match stop_target() {
        StopTarget::Us => kill_process(getpid(), Signal::STOP)?,
        StopTarget::Group => kill_current_process_group(Signal::STOP)?,
        StopTarget::Nobody => {}
    }
    Ok(())
}

/// The kernel's rule for orphaned process groups, as far as the parent tells.
///
/// In a container the parent, its group or its session may have no number in our PID namespace; the kernel then
/// reports 0, on which rustix panics. nix returns it, and the numbers are only compared.
fn stop_target() -> StopTarget {
    let parent = getppid();
    let (Ok(group), Ok(theirs)) = (getpgid(Some(parent)), getsid(Some(parent))) else { return StopTarget::Nobody };
    let (Ok(our_group), Ok(ours)) = (getpgid(None), getsid(None)) else { return StopTarget::Nobody };
    // Started from outside the namespace, or in a group led from outside: nobody known could say `fg`.
    if parent.as_raw() == 0 || our_group.as_raw() == 0 {
        return StopTarget::Nobody;
    }
    match (theirs == ours, group == our_group) {
        (false, _) => StopTarget::Nobody,
        (true, false) => StopTarget::Us,
        // The parent leads the session from our own group: `xterm -e sh -c "mspdash; …"`.
        (true, true) if parent == ours => StopTarget::Nobody,
        (true, true) => StopTarget::Group,
    }
}
