//! Process groups and the ending of programs. Not `.bat` or `.cmd`: a shell would interpret their arguments.

use std::os::windows::process::CommandExt;
use std::path::PathBuf;
use std::process::{Command, ExitStatus};

/// <https://learn.microsoft.com/windows/win32/procthread/process-creation-flags>
const CREATE_NEW_PROCESS_GROUP: u32 = 0x0000_0200;
const CREATE_NO_WINDOW: u32 = 0x0800_0000;

/// In its own process group, and with a console of its own that nobody sees.
pub fn detach(command: &mut Command) {
    command.creation_flags(CREATE_NEW_PROCESS_GROUP | CREATE_NO_WINDOW);
}

pub fn runnable(path: PathBuf) -> Option<PathBuf> {
    let ends_in_exe = |path: &PathBuf| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("exe"));
    let named = if ends_in_exe(&path) { path } else { crate::files::with_suffix(&path, ".exe") };
    named.is_file().then_some(named)
}

/// There are none.
pub fn signal(_: ExitStatus) -> Option<i32> {
    None
}
