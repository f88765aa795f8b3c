//! INT, TERM and HUP.

use crate::server::Running;
use std::io;
use tokio::signal::unix::{Signal, SignalKind, signal};

/// The signals that end a server in good order, or have it read its certificate again.
pub struct Signals {
    int: Signal,
    term: Signal,
    hup: Signal,
}

impl Signals {
    pub fn catch() -> io::Result<Self> {
        let [int, term, hup] = [SignalKind::interrupt(), SignalKind::terminate(), SignalKind::hangup()].map(signal);
        Ok(Self { int: int?, term: term?, hup: hup? })
    }

    pub async fn any(&mut self) {
        tokio::select! {
            _ = self.int.recv() => {}
            _ = self.term.recv() => {}
            _ = self.hup.recv() => {}
        }
    }

    /// HUP ends a server too, unless it has something to read again.
    pub async fn until_stop(&mut self, running: &Running) {
        loop {
            tokio::select! {
                _ = self.int.recv() => return,
                _ = self.term.recv() => return,
                _ = self.hup.recv() => {
                    if !running.speaks_tls() {
                        return;
                    }
                    running.reload_tls();
                }
            }
        }
    }
}
