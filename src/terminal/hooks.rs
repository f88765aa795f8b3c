//! What happens at a panic. The runtime catches those of tasks, so only one on the UI thread ends the program.

use std::panic;
use std::sync::Arc;
use std::thread;

use super::Screen;

/// To be called on the UI thread, after every other hook is in place: it wraps the one it finds.
pub(crate) fn install(screen: &Arc<Screen>) {
    let screen = Arc::clone(screen);
    let ui = thread::current().id();
    let previous = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        if screen.is_up() {
            if thread::current().id() != ui {
                // The dashboard stands; a report on stderr would be written across it.
                tracing::error!(thread = thread::current().name(), "a background task died: {panic}");
                return;
            }
            tracing::error!("the dashboard died: {panic}");
            screen.leave_for_good();
        }
        previous(panic);
    }));
}
