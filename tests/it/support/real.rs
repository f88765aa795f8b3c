//! A REAL workspace, as `mspdash init` makes it.

use super::{clock, postgres};
use mspdash::domain::region::Region;
use mspdash::domain::session::WorkspaceKind;
use mspdash::server::{Database, NewWorkspace, Options, create};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;

/// Makes one in this folder; how a server opens it that acts as its owner.
pub fn workspace(folder: &TempDir) -> Options {
    let path = file(folder);
    create(&Database::File(path.clone()), &new()).expect("a workspace");
    opened(&path)
}

/// The same on the engine that the server's tests run on.
pub async fn on_either_engine(folder: &TempDir) -> Options {
    if !postgres::is_asked_for() {
        return workspace(folder);
    }
    let database = postgres::database().await.unwrap().kept();
    let made = database.clone();
    tokio::task::spawn_blocking(move || create(&made, &new())).await.unwrap().expect("a workspace");
    Options { database, ..opened(&file(folder)) }
}

pub fn file(folder: &TempDir) -> PathBuf {
    folder.path().join("msp.db")
}

/// What it is made from.
pub fn new() -> NewWorkspace {
    NewWorkspace {
        name: "Harbour IT".into(),
        region: Region::Europe,
        sign_in_host: Some("harbour.1password.eu".into()),
        technician: "Mira Okafor".into(),
        email: "mira@harbour.example".into(),
        clock: Arc::new(clock::start),
    }
}

/// How a server opens it that acts as its owner.
pub fn opened(path: &Path) -> Options {
    Options {
        database: Database::File(path.to_owned()),
        kind: Some(WorkspaceKind::Real),
        clock: Arc::new(clock::start),
        ..Options::default()
    }
}
