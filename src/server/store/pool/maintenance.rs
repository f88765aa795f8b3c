//! The database between runs of a server: looked through, copied, put back, brought up to date.

mod check;
mod names;
mod restore;
mod to_postgres;

pub use check::{Report, check};
pub use names::company_names;
pub use restore::{Restored, restore};
pub use to_postgres::{Copied, CopiedTable, copy_to_postgres};

use super::migrations::{SQLITE, newest};
use super::sqlite::{connect, damaged};
use super::workspace_file::{self, in_use_elsewhere};
use crate::files::{self, FileError, FileLock};
use crate::server::store::error::StoreError;
use crate::server::store::pool::Store;
use crate::server::{Database, StartError};
use rusqlite::{Connection, OpenFlags};
use std::path::{Path, PathBuf};

#[derive(Debug, thiserror::Error)]
pub enum MaintenanceError {
    #[error("there is no workspace in {}. Say which with --region or --database", path.display())]
    NoWorkspace { path: PathBuf },
    #[error("{} is in use: stop the servers and dashboards on it first", path.display())]
    InUse { path: PathBuf },
    #[error("{} is there already. Choose another name", path.display())]
    Exists { path: PathBuf },
    /// What a check found, or `SQLite` itself.
    #[error("{} is damaged: {problem}. Nothing was changed", path.display())]
    Damaged { path: PathBuf, problem: String },
    #[error("{} is of an older version. Bring it up to date first: mspdash db migrate --database {}", path.display(), files::shell_word(path))]
    Older { path: PathBuf },
    #[error("{place} is not empty. Make a new database for the workspace, or choose another one")]
    NotEmpty { place: String },
    /// How many rows were sent, and how many arrived.
    #[error(
        "{table} is another one in {place}: {} rows were sent, and {} arrived. Nothing was kept there",
        counts.0, counts.1
    )]
    Differs { place: String, table: String, counts: (u64, u64) },
    #[error(transparent)]
    Database(StartError),
}

impl From<StartError> for MaintenanceError {
    /// A server's advice, to begin anew, is none here.
    fn from(error: StartError) -> Self {
        match error {
            StartError::Damaged { path, reason } => Self::Damaged { path, problem: reason },
            other => Self::Database(other),
        }
    }
}

impl From<FileError> for MaintenanceError {
    fn from(refusal: FileError) -> Self {
        StartError::from(refusal).into()
    }
}

impl From<StoreError> for MaintenanceError {
    fn from(fail: StoreError) -> Self {
        Self::Database(StartError::Workspace { reason: fail.to_string() })
    }
}

/// Opens a workspace to read it as it is: an older one is not brought up to date. A newer one, and what is something
/// else, is refused.
fn open_to_read(path: &Path) -> Result<(Connection, i64), MaintenanceError> {
    if !workspace_file::is_marked(path)? {
        return Err(MaintenanceError::NoWorkspace { path: path.to_owned() });
    }
    // Able to write where it may: one that only reads would leave its log behind.
    let db = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let version = version(&db).map_err(|error| damaged(path, &error))?;
    if (0..=newest(SQLITE)).contains(&version) {
        return Ok((db, version));
    }
    Err(StartError::Newer { place: path.display().to_string() }.into())
}

fn version(db: &Connection) -> rusqlite::Result<i64> {
    db.busy_timeout(super::BUSY)?;
    db.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// Copies the workspace into a new file, also while a server writes to it: the copy is of one moment, whole in its one
/// file, and was looked through.
///
/// By `VACUUM INTO` and not the backup interface: a writer does not make it begin anew, and no page that was deleted long
/// ago is copied.
pub fn backup(path: &Path, to: &Path) -> Result<Report, MaintenanceError> {
    let (db, _) = open_to_read(path)?;
    copy(&db, path, to)
}

/// The same from an open database, to a file that is not there.
fn copy(db: &Connection, path: &Path, to: &Path) -> Result<Report, MaintenanceError> {
    if files::own_metadata(to)?.is_some() {
        return Err(MaintenanceError::Exists { path: to.to_owned() });
    }
    let io = |error| StartError::File { path: to.to_owned(), error };
    // Made before SQLite does: it holds secrets. It gets its name when it is whole.
    let made = tempfile::Builder::new().prefix(".mspdash-").tempfile_in(files::parent_folder(to)).map_err(io)?;
    let unfinished = made.path().to_string_lossy().into_owned();
    let copied = db.execute("VACUUM INTO ?", [&unfinished]);
    copied.map_err(|error| damaged(if is_about_writing(&error) { to } else { path }, &error))?;
    let report = check(made.path())?;
    if let Some(problem) = report.problems.first() {
        return Err(MaintenanceError::Damaged { path: path.to_owned(), problem: problem.clone() });
    }
    made.as_file().sync_all().map_err(io)?;
    made.persist_noclobber(to).map_err(|error| io(error.error))?;
    // Some systems cannot sync a folder.
    let _ = files::sync_folder(files::parent_folder(to));
    Ok(report)
}

fn is_about_writing(error: &rusqlite::Error) -> bool {
    use rusqlite::ErrorCode::{CannotOpen, DiskFull, SystemIoFailure};
    matches!(error.sqlite_error_code(), Some(CannotOpen | DiskFull | SystemIoFailure))
}

/// Brings a workspace up to date, as a server does when it starts. Gives from which version to which.
pub fn migrate(path: &Path) -> Result<(i64, i64), MaintenanceError> {
    let (db, before) = open_to_read(path)?;
    drop(db);
    let alone = alone(path)?;
    drop(alone);
    drop(Store::open(&Database::File(path.to_owned()), false)?);
    let (_, after) = open_to_read(path)?;
    Ok((before, after))
}

/// Nobody else has the workspace open, and nobody will while this is held.
fn alone(path: &Path) -> Result<FileLock, MaintenanceError> {
    let in_use = || MaintenanceError::InUse { path: path.to_owned() };
    let alone = FileLock::try_exclusive(path)?.ok_or_else(in_use)?;
    if workspace_file::is_marked(path).unwrap_or(false) && in_use_elsewhere(path) {
        return Err(in_use());
    }
    Ok(alone)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::Options;
    use crate::server::state::AppState;
    use std::os::unix::fs::PermissionsExt as _;

    fn place() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("workspace.db");
        (folder, path)
    }

    /// A sample workspace in this file; nobody has it open any more.
    fn sample(path: &Path) {
        drop(open(path));
    }

    fn open(path: &Path) -> AppState {
        AppState::open(&Options { database: Database::File(path.to_owned()), ..Options::default() }, String::new())
            .unwrap()
    }

    fn word(path: &Path, key: &str) -> String {
        let db = Connection::open(path).unwrap();
        db.query_row("SELECT value FROM words WHERE key = ?", [key], |row| row.get(0)).unwrap()
    }

    fn rename(path: &Path, to: &str) {
        let db = Connection::open(path).unwrap();
        db.execute("UPDATE companies SET name = ? WHERE n = 1", [to]).unwrap();
    }

    fn name(path: &Path) -> String {
        let db = Connection::open(path).unwrap();
        db.query_row("SELECT name FROM companies WHERE n = 1", [], |row| row.get(0)).unwrap()
    }

    #[test]
    fn a_copy_is_of_one_moment_private_and_whole_also_beside_a_server() {
        let (folder, path) = place();
        let running = open(&path);
        let copy = folder.path().join("copy.db");
        let report = backup(&path, &copy).unwrap();
        assert_eq!((report.companies, report.problems.len()), (48, 0));
        running.store.write_now(|tx| Ok(tx.execute("DELETE FROM launches", [])?)).unwrap();
        assert_eq!(std::fs::metadata(&copy).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(word(&copy, "account_id"), running.account.id);
        let names: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|it| it.unwrap().file_name()).collect();
        assert!(!names.iter().any(|name| name.to_string_lossy().contains("copy.db-")), "{names:?}");
        let again = backup(&path, &copy).unwrap_err();
        assert!(matches!(again, MaintenanceError::Exists { .. }), "a copy is never overwritten");
    }

    #[test]
    fn what_is_no_workspace_and_what_is_newer_is_refused_with_words() {
        let (folder, path) = place();
        let to = folder.path().join("to.db");
        let none = backup(&path, &to).unwrap_err();
        assert!(matches!(none, MaintenanceError::NoWorkspace { .. }), "{none}");
        std::fs::write(&path, "notes").unwrap();
        for said in [backup(&path, &to).unwrap_err(), check(&path).unwrap_err(), migrate(&path).unwrap_err()] {
            assert!(said.to_string().contains("something else"), "{said}");
        }
        std::fs::remove_file(&path).unwrap();
        sample(&path);
        Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
        for said in [backup(&path, &to).unwrap_err(), check(&path).unwrap_err(), migrate(&path).unwrap_err()] {
            assert!(said.to_string().contains("newer"), "{said}");
        }
        assert!(!to.exists());
    }

    #[test]
    fn a_restored_workspace_is_as_it_was_and_what_was_there_is_kept() {
        let (folder, path) = place();
        sample(&path);
        let copy = folder.path().join("copy.db");
        backup(&path, &copy).unwrap();
        let (before, id) = (name(&path), word(&path, "database_id"));
        rename(&path, "Later");
        let Restored { kept, report } = restore(&path, &copy, "20261128T093000Z").unwrap();
        assert_eq!((name(&path), report.companies), (before, 48));
        let kept = kept.unwrap();
        assert_eq!((name(&kept).as_str(), word(&kept, "database_id") == id), ("Later", true), "{}", kept.display());
        assert_ne!(word(&path, "database_id"), id, "tokens and etags of what was lost must not fit");
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        sample(&path);
    }

    #[test]
    fn into_an_empty_place_nothing_has_to_be_kept() {
        let (folder, path) = place();
        sample(&path);
        let (copy, other) = (folder.path().join("copy.db"), folder.path().join("deep/other.db"));
        backup(&path, &copy).unwrap();
        assert_eq!(restore(&other, &copy, "now").unwrap().kept, None);
        assert_eq!(name(&other), name(&path));
    }

    #[test]
    fn a_workspace_in_use_is_neither_replaced_nor_migrated() {
        let (folder, path) = place();
        let running = open(&path);
        let copy = folder.path().join("copy.db");
        backup(&path, &copy).unwrap();
        for said in [restore(&path, &copy, "now").unwrap_err(), migrate(&path).unwrap_err()] {
            assert!(matches!(said, MaintenanceError::InUse { .. }), "{said}");
        }
        drop(running);
        // Who does not know of the lock, such as `sqlite3`, is seen too.
        let other = Connection::open(&path).unwrap();
        other.query_row("SELECT count(*) FROM companies", [], |row| row.get::<_, i64>(0)).unwrap();
        assert!(matches!(restore(&path, &copy, "now").unwrap_err(), MaintenanceError::InUse { .. }));
        drop(other);
        restore(&path, &copy, "now").unwrap();
    }

    #[test]
    fn a_damaged_copy_replaces_nothing() {
        let (folder, path) = place();
        sample(&path);
        let copy = folder.path().join("copy.db");
        backup(&path, &copy).unwrap();
        let mut bytes = std::fs::read(&copy).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle..middle + 20_000].fill(7);
        std::fs::write(&copy, bytes).unwrap();
        rename(&path, "Later");
        let said = restore(&path, &copy, "now").unwrap_err().to_string();
        assert!(said.contains("damaged") && said.contains("Nothing was changed"), "{said}");
        assert_eq!((name(&path).as_str(), check(&path).unwrap().problems.len()), ("Later", 0));
        let names: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|it| it.unwrap().file_name()).collect();
        assert_eq!(names.len(), 3, "workspace, its lock, and the copy: {names:?}");
    }

    #[test]
    fn an_older_workspace_is_read_as_it_is_until_it_is_migrated() {
        let (folder, path) = place();
        std::fs::write(&path, "").unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
        let mut old = Connection::open(&path).unwrap();
        crate::server::store::pool::sqlite::migrate(&mut old, &path, 8).unwrap();
        drop(old);
        assert_eq!(check(&path).unwrap().version, 8);
        let copy = folder.path().join("copy.db");
        assert_eq!(backup(&path, &copy).unwrap().version, 8);
        let newest = newest(SQLITE);
        assert_eq!(migrate(&path).unwrap(), (8, newest));
        assert_eq!(migrate(&path).unwrap(), (newest, newest));
        assert_eq!(check(&copy).unwrap().version, 8, "the copy is left alone");
    }

    #[test]
    fn counts_that_do_not_fit_what_they_count_are_found() {
        let (_folder, path) = place();
        sample(&path);
        assert_eq!(check(&path).unwrap().problems, Vec::<String>::new());
        let db = Connection::open(&path).unwrap();
        for (spoil, said) in [
            ("UPDATE companies SET filled = filled + 1 WHERE n = (SELECT min(company_n) FROM people)", "counts"),
            ("UPDATE companies SET seq = 1000000 WHERE n = 1", "change"),
            ("PRAGMA foreign_keys = OFF; UPDATE people SET company_n = 999999 WHERE n = 1", "people"),
        ] {
            db.execute_batch(spoil).unwrap();
            let problems = check(&path).unwrap().problems;
            assert!(problems.iter().any(|problem| problem.contains(said)), "{said}: {problems:?}");
        }
    }
}
