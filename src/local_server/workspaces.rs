//! Where workspaces are, and what is done to them without a server: made, copied, and opened or closed to technicians.

use crate::config::{Notice, Paths, Workspace};
use crate::domain::region::Region;
use crate::domain::technician::{Enrolment, Technician};
use crate::files;
use crate::server::maintenance::{self, Copied};
use crate::server::{self, AccessChange, AccessError, Database, NewWorkspace, PostgresAddress};
use std::path::{Path, PathBuf};

/// Makes the workspace of the user's own companies: in this file, or in its place in the data directory. Returns what
/// to do next.
///
/// # Errors
/// A sentence that says what to do.
pub fn init(new: &NewWorkspace, database: Option<&Path>, paths: &Paths) -> Result<String, String> {
    let own = paths.own_workspace_file();
    let file = database.map(Path::to_owned).or_else(|| own.clone());
    let file = file.ok_or("there is no home directory. Say where with --data-dir DIR or --database FILE")?;
    let database = team_database(Some(&file))?.unwrap_or_else(|| Database::File(file.clone()));
    server::create(&database, new).map_err(|error| error.to_string())?;
    let next = if own.as_ref() == Some(&file) {
        "Open it: mspdash".to_owned()
    } else {
        format!("Serve it: mspdash serve --database {}", files::shell_word(&file))
    };
    let NewWorkspace { name, region, technician, .. } = new;
    let file = file.display();
    Ok(format!("Made the workspace of {name} ({region}) in {file}. Its first owner is {technician}.\n{next}"))
}

/// Changes the access of a technician in a workspace: the file or `postgres://…`, or the region's place in the data
/// directory. `who` is left out of account when one is added.
///
/// # Errors
/// What to do, in a sentence.
pub fn change_access(
    (file, region): (Option<&Path>, Option<Region>),
    paths: &Paths,
    who: &str,
    change: &AccessChange,
) -> Result<Enrolment, AccessError> {
    let database = workspace(file, region, paths).map_err(AccessError::Refused)?;
    server::change_access(&database, who, change, &user())
}

/// The name of the system's user, if it is known.
pub(super) fn user() -> String {
    ["LOGNAME", "USER"].iter().find_map(|name| std::env::var(name).ok()).unwrap_or_default()
}

/// The technicians of a workspace, found as by [`change_access`].
///
/// # Errors
/// What to do, in a sentence.
pub fn technicians(
    (file, region): (Option<&Path>, Option<Region>),
    paths: &Paths,
) -> Result<Vec<Technician>, AccessError> {
    server::technicians(&workspace(file, region, paths).map_err(AccessError::Refused)?)
}

pub(super) fn workspace(place: Option<&Path>, region: Option<Region>, paths: &Paths) -> Result<Database, String> {
    match team_database(place)? {
        Some(database) => Ok(database),
        None => workspace_file(place.map(Path::to_owned), region, paths).map(Database::File),
    }
}

/// The file of a workspace: this one, else the user's own, else the region's sample in the data directory.
///
/// # Errors
/// There is no data directory.
pub fn workspace_file(file: Option<PathBuf>, region: Option<Region>, paths: &Paths) -> Result<PathBuf, String> {
    let own = || paths.own_workspace_file().filter(|own| region.is_none() && own.exists());
    if let Some(file) = file.or_else(own) {
        return Ok(file);
    }
    match database(None, region, paths)?.0 {
        Database::File(file) => Ok(file),
        Database::Memory | Database::Postgres(_) => Err("there is no workspace on the disk".to_owned()),
    }
}

/// Copies a workspace from its file into an empty database of `PostgreSQL`.
///
/// # Errors
/// A sentence that says what to do.
pub fn copy_to_postgres(from: &Path, to: &str) -> Result<Copied, String> {
    const TO: &str = "TO is a PostgreSQL database: postgres://USER@HOST/DATABASE";
    if from.to_str().is_some_and(PostgresAddress::is_meant) {
        return Err(format!("FROM is the file of a workspace, and {TO}. Back from there nothing is copied"));
    }
    let Some(Database::Postgres(address)) = team_database(Some(Path::new(to)))? else {
        return Err(format!("{TO}. To copy a workspace to a file: mspdash db backup FILE"));
    };
    maintenance::copy_to_postgres(from, &address).map_err(|error| error.to_string())
}

pub(super) fn database(
    file: Option<PathBuf>,
    region: Option<Region>,
    paths: &Paths,
) -> Result<(Database, Option<Notice>), String> {
    if let Some(database) = team_database(file.as_deref())? {
        return Ok((database, None));
    }
    Ok(match file.map_or_else(|| paths.workspace_in(region.unwrap_or_default()), Workspace::Kept) {
        Workspace::Kept(file) => (Database::File(file), None),
        Workspace::InMemory(notice) => (Database::Memory, Some(notice)),
    })
}

/// The database that an address means, if it is one and no file.
pub(super) fn team_database(place: Option<&Path>) -> Result<Option<Database>, String> {
    let Some(address) = place.and_then(Path::to_str).filter(|text| PostgresAddress::is_meant(text)) else {
        return Ok(None);
    };
    let env = |name: &str| std::env::var(name).ok();
    PostgresAddress::read(address, &env).map(Database::Postgres).map(Some)
}
