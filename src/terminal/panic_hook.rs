//! The panic hook. tokio catches panics of tasks, so only one on the UI thread ends the program.

use std::panic;
use std::sync::Arc;
use std::thread;

use super::Screen;

/// Call it on the UI thread, after all other hooks are installed: it wraps the previous one.
pub(crate) fn install(screen: &Arc<Screen>) {
    let screen = Arc::clone(screen);
    let ui = thread::current().id();
    let previous = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        if screen.is_active() {
            if thread::current().id() != ui {
                // The dashboard goes on; a report on stderr would be written across it.
                tracing::error!(thread = thread::current().name(), "a background task died: {panic}");
                return;
            }
            tracing::error!("the dashboard died: {panic}");
            screen.close();
        }
        previous(panic);
    }));
}
