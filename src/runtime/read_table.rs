//! Files that are imported.

use crate::app::features::import::Unread;
use crate::domain::import::MOST_BYTES;
use crate::domain::import::file::ReadTable;
use crate::domain::text::clean;
use crate::files::regular;
use std::path::PathBuf;

/// On a thread of its own: a large file takes a while.
pub(super) async fn read(path: PathBuf) -> Result<Box<ReadTable>, Unread> {
    let shown = clean(&path.display().to_string()).into_owned();
    let no_file = move |said: &str| Unread::NoFile(format!("{shown}: {said}"));
    let read = tokio::task::spawn_blocking(move || {
        let bytes = regular::read(&path, MOST_BYTES as u64).map_err(|error| no_file(&clean(&error.to_string())))?;
        ReadTable::of(&bytes).map(Box::new).map_err(Unread::NoTable)
    });
    read.await.unwrap_or_else(|_| Err(Unread::NoFile(String::new())))
}
