//! A console does not vanish without notice: see [`super::signals`].

use std::io;
use std::sync::Arc;

use super::Screen;
use super::shutdown::Shutdown;

/// Nothing is left to watch.
pub(crate) fn watch(_: Arc<Screen>, _: Arc<Shutdown>) -> io::Result<()> {
    Ok(())
}
