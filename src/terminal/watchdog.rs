//! Detects a terminal that vanished without a signal: HUP was ignored, or it is not the controlling terminal. Reading
//! may not detect it: while too many keys wait, nothing is read.

use std::io;
use std::sync::Arc;
use std::thread;

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;

use super::Screen;
use super::shutdown::{Exit, Shutdown};
use super::tty::HANG_UP;

/// Waits in the kernel: no wake-ups at rest.
pub(crate) fn watch(screen: Arc<Screen>, shutdown: Arc<Shutdown>) -> io::Result<()> {
    thread::Builder::new().name("watchdog".to_owned()).spawn(move || {
        loop {
            // No events are requested: hang-up, error and an invalid file are always reported. Stdin is watched too;
            // it may be another terminal.
            let stdin = rustix::stdio::stdin();
            let mut files = [
                PollFd::from_borrowed_fd(screen.tty.file(), PollFlags::empty()),
                PollFd::from_borrowed_fd(stdin, PollFlags::empty()),
            ];
            match poll(&mut files, None) {
                Ok(_) if files.iter().any(|file| file.revents().intersects(HANG_UP)) => {
                    return shutdown.request(Exit::Vanished);
                }
                // `NVAL`: this system cannot poll terminals. Better unwatched than ended at once, or spinning.
                Ok(ready) if ready > 0 => return tracing::warn!("nobody watches whether the terminal vanishes"),
                Ok(_) | Err(Errno::INTR) => {}
                Err(error) => return tracing::warn!(%error, "nobody watches whether the terminal vanishes"),
            }
        }
    })?;
    Ok(())
}
