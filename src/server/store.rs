//! The database: one writer, several readers, WAL. What was answered has been synced to disk before.

use super::answer::Fail;
use super::{Database, StartError};
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Our mark in the file's header ("mspd"), so that a foreign database is never written to.
const APPLICATION_ID: i32 = 0x6D73_7064;

/// In order; a file's `user_version` says how many of them it has seen.
const MIGRATIONS: &[&str] = &[
    include_str!("../../assets/migrations/0001_workspace.sql"),
    include_str!("../../assets/migrations/0002_writes.sql"),
    include_str!("../../assets/migrations/0003_texts.sql"),
    include_str!("../../assets/migrations/0004_links.sql"),
    include_str!("../../assets/migrations/0005_people.sql"),
    include_str!("../../assets/migrations/0006_owner_names.sql"),
    include_str!("../../assets/migrations/0007_moments.sql"),
    include_str!("../../assets/migrations/0008_standing.sql"),
];

/// An open database.
pub struct Store {
    path: PathBuf,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
    /// Held so that the files of a passing database go with it.
    _passing: Option<tempfile::TempDir>,
}

impl Store {
    /// Opens the database, makes it when it is not there, and brings an older one up to date.
    ///
    /// # Errors
    /// The file cannot be used; the error says what to do.
    pub fn open(database: &Database, fresh: bool) -> Result<Self, StartError> {
        let (path, passing) = place(database)?;
        if fresh {
            remove(&path)?;
        }
        make_private(&path)?;
        let mut writer = connect(&path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        // Data that only lives as long as the process gains nothing from waiting for the disk.
        let synchronous = if passing.is_some() { "OFF" } else { "FULL" };
        prepare(&writer, synchronous).map_err(|error| damaged(&path, &error))?;
        migrate(&mut writer, &path, MIGRATIONS.len())?;
        Ok(Self { path, writer: Mutex::new(writer), readers: Mutex::new(Vec::new()), _passing: passing })
    }

    /// Where the database is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Runs `work` on the writer at once; for the start, before anybody waits.
    pub fn write_now<T>(&self, work: impl FnOnce(&Transaction<'_>) -> Result<T, Fail>) -> Result<T, Fail> {
        // A panic in earlier work rolled its transaction back; the connection itself is sound.
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let tx = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let out = work(&tx)?;
        tx.commit()?;
        Ok(out)
    }

    /// Runs `work` on a reader at once: all its statements see the same state.
    pub fn read_now<T>(&self, work: impl FnOnce(&Connection) -> Result<T, Fail>) -> Result<T, Fail> {
        let free = self.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut reader = match free {
            Some(reader) => reader,
            None => self.reader()?,
        };
        let tx = reader.transaction()?;
        let out = work(&tx);
        drop(tx);
        self.readers.lock().unwrap_or_else(PoisonError::into_inner).push(reader);
        out
    }

    fn reader(&self) -> Result<Connection, Fail> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let reader = Connection::open_with_flags(&self.path, flags)?;
        reader.busy_timeout(BUSY)?;
        reader.set_prepared_statement_cache_capacity(64);
        reader.execute_batch("PRAGMA mmap_size = 268435456; PRAGMA cache_size = -8192;")?;
        Ok(reader)
    }

    /// Runs `work` as one transaction, off the async threads: all of it is kept, or nothing.
    pub async fn write<T, F>(self: &Arc<Self>, work: F) -> Result<T, Fail>
    where
        T: Send + 'static,
        F: FnOnce(&Transaction<'_>) -> Result<T, Fail> + Send + 'static,
    {
        let store = Arc::clone(self);
        aside(move || store.write_now(work)).await
    }

    /// Runs `work` on one state of the database, off the async threads.
    pub async fn read<T, F>(self: &Arc<Self>, work: F) -> Result<T, Fail>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, Fail> + Send + 'static,
    {
        let store = Arc::clone(self);
        aside(move || store.read_now(work)).await
    }
}

const BUSY: Duration = Duration::from_secs(5);

async fn aside<T: Send + 'static>(work: impl FnOnce() -> Result<T, Fail> + Send + 'static) -> Result<T, Fail> {
    match tokio::task::spawn_blocking(work).await {
        Ok(out) => out,
        Err(error) => Err(Fail::internal("work on the database died", &error)),
    }
}

fn place(database: &Database) -> Result<(PathBuf, Option<tempfile::TempDir>), StartError> {
    match database {
        Database::File(path) => {
            if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
                std::fs::create_dir_all(folder).map_err(|error| StartError::File { path: path.clone(), error })?;
            }
            Ok((path.clone(), None))
        }
        Database::Memory => {
            let io = |error| StartError::File { path: std::env::temp_dir(), error };
            let folder = tempfile::Builder::new().prefix("mspdash-").tempdir().map_err(io)?;
            Ok((folder.path().join("workspace.db"), Some(folder)))
        }
    }
}

fn remove(path: &Path) -> Result<(), StartError> {
    for suffix in ["", "-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        match std::fs::remove_file(&name) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(StartError::File { path: name.into(), error });
            }
            _ => {}
        }
    }
    Ok(())
}

/// Makes the file before `SQLite` does: it holds client secrets, so only its owner may read it.
fn make_private(path: &Path) -> Result<(), StartError> {
    let mut how = std::fs::OpenOptions::new();
    how.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut how, 0o600);
    how.open(path).map(|_| ()).map_err(|error| StartError::File { path: path.to_owned(), error })
}

fn connect(path: &Path, flags: OpenFlags) -> Result<Connection, StartError> {
    Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX).map_err(|error| damaged(path, &error))
}

fn prepare(writer: &Connection, synchronous: &str) -> rusqlite::Result<()> {
    writer.busy_timeout(BUSY)?;
    writer.set_prepared_statement_cache_capacity(128);
    // Reading the version first: a file that is no database must fail here, before anything is written to it.
    writer.pragma_query_value(None, "user_version", |row| row.get::<_, i64>(0))?;
    writer.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
    writer.pragma_update(None, "synchronous", synchronous)?;
    writer.pragma_update(None, "foreign_keys", true)
}

fn migrate(writer: &mut Connection, path: &Path, upto: usize) -> Result<(), StartError> {
    let failed = |error: rusqlite::Error| damaged(path, &error);
    let tx = writer.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
    let version: i64 = tx.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(failed)?;
    let owner: i32 = tx.pragma_query_value(None, "application_id", |row| row.get(0)).map_err(failed)?;
    let tables: i64 = tx.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).map_err(failed)?;
    if owner != APPLICATION_ID && (tables > 0 || owner != 0) {
        return Err(StartError::Foreign { path: path.to_owned() });
    }
    let seen = match usize::try_from(version) {
        Ok(seen) if seen <= MIGRATIONS.len() => seen,
        _ => return Err(StartError::Newer { path: path.to_owned() }),
    };
    for migration in MIGRATIONS.iter().take(upto).skip(seen) {
        tx.execute_batch(migration).map_err(failed)?;
    }
    tx.pragma_update(None, "application_id", APPLICATION_ID).map_err(failed)?;
    tx.pragma_update(None, "user_version", i64::try_from(upto.max(seen)).unwrap_or(0)).map_err(failed)?;
    tx.commit().map_err(failed)
}

fn damaged(path: &Path, error: &rusqlite::Error) -> StartError {
    use rusqlite::ErrorCode::{DatabaseBusy, DatabaseCorrupt, DatabaseLocked, NotADatabase};
    let path = path.to_owned();
    match error.sqlite_error_code() {
        Some(DatabaseBusy | DatabaseLocked) => StartError::Busy { path },
        Some(NotADatabase | DatabaseCorrupt) => StartError::Damaged { path, reason: error.to_string() },
        _ => StartError::Unusable { path, reason: error.to_string() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/down/workspace.db");
        (folder, path)
    }

    fn version(path: &Path) -> i64 {
        let db = Connection::open(path).unwrap();
        db.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap()
    }

    #[test]
    fn an_older_database_is_migrated_and_keeps_its_rows() {
        let (_folder, path) = file();
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        let mut old = Connection::open(&path).unwrap();
        migrate(&mut old, &path, 1).unwrap();
        old.execute("INSERT INTO meta VALUES ('kept', 'yes')", []).unwrap();
        drop(old);
        assert_eq!(version(&path), 1);
        let store = Store::open(&Database::File(path.clone()), false).unwrap();
        let kept: String = store
            .read_now(|db| Ok(db.query_row("SELECT value FROM meta WHERE key = 'kept'", [], |row| row.get(0))?))
            .unwrap();
        assert_eq!((kept.as_str(), version(&path)), ("yes", i64::try_from(MIGRATIONS.len()).unwrap()));
    }

    #[test]
    fn recoveries_of_an_older_database_learn_when_they_began() {
        let (_folder, path) = file();
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        let mut old = Connection::open(&path).unwrap();
        migrate(&mut old, &path, 3).unwrap();
        old.execute_batch(
            "PRAGMA foreign_keys = OFF;
             INSERT INTO meta VALUES ('created', 1700000000000);
             INSERT INTO technicians VALUES (3, 'T', 'Tomma Petersen', 't@x.example', 'G', 'MSP_TECHNICIAN', 1, 's');
             INSERT INTO people VALUES (8, 1, 'P', 1, 'p@x.example', 'P', 'RECOVERY_STARTED', 'MEMBER', 0, 0);
             INSERT INTO people VALUES (9, 1, 'Q', 1, 'q@x.example', 'Q', 'ACTIVE', 'MEMBER', 0, 0);",
        )
        .unwrap();
        drop(old);
        let store = Store::open(&Database::File(path), false).unwrap();
        let sql = "SELECT begin_time, begun_by_name FROM people ORDER BY n";
        let begun: Vec<(Option<i64>, Option<String>)> = store
            .read_now(|db| {
                let mut statement = db.prepare(sql)?;
                Ok(statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?)
            })
            .unwrap();
        let (time, by) = begun[0].clone();
        assert!(time.is_some_and(|time| (1_699_000_000_000..1_700_000_000_000).contains(&time)), "{time:?}");
        assert_eq!((by.as_deref(), &begun[1]), (Some("Tomma Petersen"), &(None, None)));
    }

    #[test]
    fn a_newer_database_is_left_alone_and_the_reason_told() {
        let (_folder, path) = file();
        drop(Store::open(&Database::File(path.clone()), false).unwrap());
        Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
        let error = Store::open(&Database::File(path.clone()), false).err().unwrap();
        assert!(matches!(error, StartError::Newer { .. }));
        assert!(error.to_string().contains("newer"), "{error}");
        assert_eq!(version(&path), 99);
    }

    #[test]
    fn damaged_and_foreign_files_are_refused_until_a_fresh_one_is_asked_for() {
        let (_folder, path) = file();
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, "no database at all, but long enough to be looked at".repeat(40)).unwrap();
        assert!(matches!(Store::open(&Database::File(path.clone()), false).err().unwrap(), StartError::Damaged { .. }));
        assert!(std::fs::read_to_string(&path).unwrap().starts_with("no database"), "it was not touched");
        assert!(Store::open(&Database::File(path.clone()), true).is_ok());

        let foreign = path.with_file_name("foreign.db");
        Connection::open(&foreign).unwrap().execute_batch("CREATE TABLE theirs (x)").unwrap();
        assert!(matches!(Store::open(&Database::File(foreign), false).err().unwrap(), StartError::Foreign { .. }));
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_may_read_the_database() {
        use std::os::unix::fs::PermissionsExt;
        let (_folder, path) = file();
        drop(Store::open(&Database::File(path.clone()), false).unwrap());
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
