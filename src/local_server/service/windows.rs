//! Ctrl-C, Ctrl-Break, a closed window and the end of Windows.

use crate::server::Running;
use std::io;
use tokio::signal::windows::{
    CtrlBreak, CtrlC, CtrlClose, CtrlShutdown, ctrl_break, ctrl_c, ctrl_close, ctrl_shutdown,
};

/// What ends a server in good order. A renewed certificate is seen with the next connection: no signal asks for it.
pub struct Signals {
    interrupt: CtrlC,
    break_: CtrlBreak,
    close: CtrlClose,
    shutdown: CtrlShutdown,
}

impl Signals {
    pub fn catch() -> io::Result<Self> {
        let (interrupt, break_) = (ctrl_c()?, ctrl_break()?);
        Ok(Self { interrupt, break_, close: ctrl_close()?, shutdown: ctrl_shutdown()? })
    }

    pub async fn any(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.break_.recv() => {}
            _ = self.close.recv() => {}
            _ = self.shutdown.recv() => {}
        }
    }

    pub async fn until_stop(&mut self, _: &Running) {
        self.any().await;
    }
}
