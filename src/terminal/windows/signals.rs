//! What Windows tells a program of the console: Ctrl-Break, and that its end has come.
//! <https://learn.microsoft.com/windows/console/handlerroutine>
//!
//! Ctrl-C is a key while the dashboard has the console. A changed size is among the keys.

use std::io;
use std::sync::{Arc, OnceLock};
use std::thread;

use tokio::runtime::Builder;
use tokio::signal::windows::{ctrl_break, ctrl_close, ctrl_logoff, ctrl_shutdown};

use super::shutdown::{Exit, Shutdown, TerminalEvent};

/// The number of INT, by which a shell knows the exit.
const INTERRUPT: i32 = 2;

static LISTENER: OnceLock<Arc<Shutdown>> = OnceLock::new();

/// Starts the thread that waits for them. Windows gives the program five seconds after the window was closed.
pub(crate) fn listen_for_signals(shutdown: Arc<Shutdown>) -> io::Result<()> {
    // There is one dashboard in a process.
    let _first = LISTENER.set(Arc::clone(&shutdown));
    listen(move |exit| match exit {
        Exit::Vanished => shutdown.request(exit),
        _ => shutdown.on_signal(INTERRUPT),
    })
}

/// Calls this whenever the program should end.
pub(crate) fn listen(ended: impl Fn(Exit) + Send + 'static) -> io::Result<()> {
    let runtime = Builder::new_current_thread().build()?;
    let (mut interrupt, mut close, mut logoff, mut shutdown) = {
        let _entered = runtime.enter();
        (ctrl_break()?, ctrl_close()?, ctrl_logoff()?, ctrl_shutdown()?)
    };
    let wait = async move {
        loop {
            let exit = tokio::select! {
                _ = interrupt.recv() => Exit::Signal(2),
                _ = close.recv() => Exit::Vanished,
                _ = logoff.recv() => Exit::Vanished,
                _ = shutdown.recv() => Exit::Vanished,
            };
            ended(exit);
        }
    };
    thread::Builder::new().name("signals".to_owned()).spawn(move || runtime.block_on(wait))?;
    Ok(())
}

/// The size may have changed.
pub(super) fn resized() {
    if let Some(shutdown) = LISTENER.get() {
        shutdown.tell(TerminalEvent::Resized);
    }
}

/// Nothing is blocked that a child process could inherit.
pub(crate) fn with_signals_unblocked<T>(start: impl FnOnce() -> T) -> T {
    start()
}
