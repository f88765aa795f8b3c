//! The limit of open files and connections.

#[cfg_attr(unix, path = "file_limit/unix.rs")]
#[cfg_attr(windows, path = "file_limit/windows.rs")]
mod system;

/// Raises the limit; the error says what to do where it is still too low.
pub fn raise() -> Result<(), String> {
    system::raise()
}
