//! Notices a terminal that vanished without a signal: HUP was ignored, or this is not its controlling terminal.
//! Reading may not tell: while too many keys wait, nothing is read.

use std::io;
use std::sync::Arc;
use std::thread;

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;

use super::Screen;
use super::ending::Ending;
use crate::runtime::Exit;

/// Starts the watchdog. It waits in the kernel for ever: no wake-ups at rest.
pub(crate) fn watch(screen: Arc<Screen>, ending: Arc<Ending>) -> io::Result<()> {
    thread::Builder::new().name("watchdog".to_owned()).spawn(move || {
        loop {
            // No events are asked for: hang-up, error and an invalid file are always reported. Input is watched
            // too; it may be another terminal.
            let stdin = rustix::stdio::stdin();
            let mut files = [
                PollFd::from_borrowed_fd(screen.device.file(), PollFlags::empty()),
                PollFd::from_borrowed_fd(stdin, PollFlags::empty()),
            ];
            match poll(&mut files, None) {
                Ok(_) if files.iter().any(|file| file.revents().intersects(PollFlags::HUP | PollFlags::ERR)) => {
                    return ending.ask(Exit::Vanished);
                }
                // `NVAL`: this system cannot watch terminals. Better unwatched than ended at once, or spinning.
                Ok(ready) if ready > 0 => return tracing::warn!("nobody watches whether the terminal vanishes"),
                Ok(_) | Err(Errno::INTR) => {}
                Err(error) => return tracing::warn!(%error, "nobody watches whether the terminal vanishes"),
            }
        }
    })?;
    Ok(())
}
