//! Ctrl-Z, which means nothing here: no shell of Windows could continue a stopped program.

use std::io;

/// Whether somebody could continue us.
pub(crate) fn possible() -> bool {
    false
}

/// Nothing is stopped.
pub(crate) fn stop() -> io::Result<()> {
    Ok(())
}
