//! A file of `SQLite`: one writer, several readers, WAL.

use super::migrations::{self, Migration, SQLITE};
use super::{BUSY, older_secrets, read_on, workspace_file};
use crate::files::{self, FileLock};
use crate::server::StartError;
use crate::server::sql::{self, Connection, Row};
use crate::server::store::error::StoreError;
use rusqlite::{OpenFlags, TransactionBehavior};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{OwnedMutexGuard, OwnedSemaphorePermit, Semaphore};
use tokio::time::Instant;

/// Each has a thread and a cache: of five hundred dashboards that one change wakes not all read at the same moment.
const READERS: usize = 16;

pub struct Pool {
    path: PathBuf,
    /// One after the other; nobody once it is closed.
    writer: Arc<tokio::sync::Mutex<Option<Connection>>>,
    readers: Mutex<Option<Vec<Connection>>>,
    reading: Arc<Semaphore>,
    /// Tells others that it is in use. Behind the connections: they are let go of first.
    hold: Mutex<Option<FileLock>>,
    /// Held so that the files of a passing database go with it.
    passing: Option<tempfile::TempDir>,
}

impl Pool {
    /// Without a file, one that passes with us.
    pub fn open(file: Option<&Path>, fresh: bool) -> Result<Self, StartError> {
        let (path, passing) = place(file)?;
        let hold = if passing.is_some() { None } else { Some(workspace_file::hold(&path, fresh)?) };
        workspace_file::make(&path)?;
        let mut writer = connect(&path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        // Data that only lives as long as the process gains nothing from waiting for the disk.
        let synchronous = if passing.is_some() { "OFF" } else { "FULL" };
        prepare(&writer, synchronous).map_err(|error| damaged(&path, &error))?;
        migrate(&mut writer, &path, migrations::newest(SQLITE))?;
        writer.pragma_update(None, "foreign_keys", true).map_err(|error| damaged(&path, &error))?;
        let writer = Arc::new(tokio::sync::Mutex::new(Some(writer.into())));
        let readers = Mutex::new(Some(Vec::new()));
        let reading = Arc::new(Semaphore::new(READERS));
        Ok(Self { path, writer, readers, reading, hold: Mutex::new(hold), passing })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Waits for the writer.
    pub async fn writer(&self, until: Instant) -> Result<OwnedMutexGuard<Option<Connection>>, StoreError> {
        let turn = tokio::time::timeout_at(until, Arc::clone(&self.writer).lock_owned()).await;
        turn.map_err(|_| StoreError::Busy)
    }

    /// Waits until there is a reader to spare.
    pub async fn reader_turn(&self, until: Instant) -> Result<OwnedSemaphorePermit, StoreError> {
        let turn = tokio::time::timeout_at(until, Arc::clone(&self.reading).acquire_owned()).await;
        turn.map_err(|_| StoreError::Busy)?.map_err(|_| StoreError::Stopping)
    }

    pub fn write_now<T>(&self, work: impl FnOnce(&mut Connection) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let mut writer = self.writer.try_lock().map_err(|_| StoreError::Busy)?;
        work(writer.as_mut().ok_or(StoreError::Stopping)?)
    }

    pub fn read<T>(
        &self,
        until: Instant,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let free = self.idle().as_mut().ok_or(StoreError::Stopping)?.pop();
        let mut reader = match free {
            Some(reader) => reader,
            None => self.reader()?,
        };
        let out = read_on(&mut reader, until, work);
        if let Some(readers) = self.idle().as_mut() {
            readers.push(reader);
        }
        out
    }

    fn idle(&self) -> MutexGuard<'_, Option<Vec<Connection>>> {
        self.readers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn reader(&self) -> Result<Connection, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let reader = rusqlite::Connection::open_with_flags(&self.path, flags).map_err(sql::Error::from)?;
        let reader = Connection::from(reader);
        reader.execute_batch("PRAGMA mmap_size = 268435456; PRAGMA cache_size = -8192;")?;
        Ok(reader)
    }

    /// Moves all into the one file and lets go of it: from then on a copy of that file is a copy of the workspace.
    pub async fn close(&self) {
        drop(self.idle().take());
        let turn = tokio::time::timeout(CLOSING, Arc::clone(&self.writer).lock_owned()).await;
        let writer = turn.ok().and_then(|mut writer| writer.take());
        if let Some(writer) = writer.filter(|_| self.passing.is_none()) {
            let moved = tokio::task::spawn_blocking(move || {
                // Waits for nobody, unlike the other ways: whoever else has it open goes on writing the log.
                let counts = |row: &Row<'_>| Ok((row.get::<_, i64>(1)?, row.get::<_, i64>(2)?));
                writer.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], counts)
            });
            match moved.await {
                Ok(Ok((logged, moved))) if logged == moved => {}
                other => tracing::warn!(?other, "the write-ahead log is not all in the database: copy both"),
            }
        }
        drop(self.hold.lock().unwrap_or_else(PoisonError::into_inner).take());
    }
}

/// How long the last statement may take when the server stops.
const CLOSING: Duration = Duration::from_secs(1);

fn place(file: Option<&Path>) -> Result<(PathBuf, Option<tempfile::TempDir>), StartError> {
    if let Some(path) = file {
        let made = files::make_private_folder(files::parent_folder(path));
        made.map_err(|error| StartError::File { path: path.to_owned(), error })?;
        return Ok((path.to_owned(), None));
    }
    let io = |error| StartError::File { path: std::env::temp_dir(), error };
    let folder = tempfile::Builder::new().prefix("mspdash-").tempdir().map_err(io)?;
    Ok((folder.path().join("workspace.db"), Some(folder)))
}

/// A look at a workspace that is not opened for good.
pub fn read_only(path: &Path) -> Result<Connection, StartError> {
    connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY).map(Into::into)
}

pub fn connect(path: &Path, flags: OpenFlags) -> Result<rusqlite::Connection, StartError> {
    let flags = flags | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    rusqlite::Connection::open_with_flags(path, flags).map_err(|error| damaged(path, &error))
}

/// The most that the writer keeps of the database, in KiB.
const WRITER_CACHE_KIB: i64 = 65_536;
/// From so many pages on the write-ahead log is moved into the database: 32 MiB.
const CHECKPOINT_PAGES: i64 = 8_192;

fn prepare(writer: &rusqlite::Connection, synchronous: &str) -> rusqlite::Result<()> {
    writer.busy_timeout(BUSY)?;
    writer.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
    // An import changes thousands of pages in a transaction, and the same ones again in the next: each is to be written
    // once, and moved into the database seldom. What a statement would take back is kept in memory too.
    writer.pragma_update(None, "cache_size", -WRITER_CACHE_KIB)?;
    writer.pragma_update(None, "temp_store", "MEMORY")?;
    writer.pragma_update_and_check(None, "wal_autocheckpoint", CHECKPOINT_PAGES, |_| Ok(()))?;
    writer.pragma_update(None, "synchronous", synchronous)
}

/// Before foreign keys are on: a table may be made anew. A file's `user_version` says how far it has come.
pub fn migrate(writer: &mut rusqlite::Connection, path: &Path, upto: i64) -> Result<(), StartError> {
    let failed = |error: rusqlite::Error| damaged(path, &error);
    // What migrations take out is overwritten.
    writer.pragma_update(None, "secure_delete", true).map_err(failed)?;
    let tx = writer.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
    let seen: i64 = tx.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(failed)?;
    // A damaged file has to fail here, not in the middle of a request.
    tx.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(())).map_err(failed)?;
    if !(0..=migrations::newest(SQLITE)).contains(&seen) {
        return Err(StartError::Newer { place: path.display().to_string() });
    }
    for Migration { version, sql } in SQLITE.iter().filter(|next| (seen + 1..=upto).contains(&next.version)) {
        let done = match *version {
            older_secrets::MIGRATION => older_secrets::migrate(&tx, sql),
            _ => tx.execute_batch(sql),
        };
        done.map_err(failed)?;
    }
    if seen == 0 {
        tx.pragma_update(None, "application_id", workspace_file::APPLICATION_ID).map_err(failed)?;
    }
    tx.pragma_update(None, "user_version", upto.max(seen)).map_err(failed)?;
    tx.commit().map_err(failed)?;
    writer.pragma_update(None, "secure_delete", false).map_err(failed)?;
    if seen < upto {
        // So it is in the log, unless another program has it open.
        writer.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).map_err(failed)?;
    }
    Ok(())
}

pub fn damaged(path: &Path, error: &rusqlite::Error) -> StartError {
    use rusqlite::ErrorCode::{DatabaseBusy, DatabaseCorrupt, DatabaseLocked, NotADatabase};
    let path = path.to_owned();
    match error.sqlite_error_code() {
        Some(DatabaseBusy | DatabaseLocked) => StartError::Busy { path },
        Some(NotADatabase | DatabaseCorrupt) => StartError::Damaged { path, reason: error.to_string() },
        _ => StartError::Unusable { path, reason: error.to_string() },
    }
}

/// A database as a version wrote it that knew so many migrations.
#[cfg(test)]
pub fn older_database(version: i64) -> (tempfile::TempDir, rusqlite::Connection) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("workspace.db");
    workspace_file::make(&path).unwrap();
    let mut old = rusqlite::Connection::open(&path).unwrap();
    prepare(&old, "FULL").unwrap();
    migrate(&mut old, &path, version).unwrap();
    (folder, old)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::Database;
    use crate::server::store::pool::{DEADLINE, Store};
    use rusqlite::Connection;

    fn file() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/down/workspace.db");
        (folder, path)
    }

    fn empty(path: &Path) -> Connection {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        workspace_file::make(path).unwrap();
        Connection::open(path).unwrap()
    }

    fn version(path: &Path) -> i64 {
        let db = Connection::open(path).unwrap();
        db.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap()
    }

    #[test]
    fn an_older_database_is_migrated_and_keeps_its_rows() {
        let (_folder, path) = file();
        let mut old = empty(&path);
        migrate(&mut old, &path, 1).unwrap();
        old.execute("INSERT INTO meta VALUES ('kept', 'yes')", []).unwrap();
        drop(old);
        assert_eq!(version(&path), 1);
        let store = Store::open(&Database::File(path.clone()), false).unwrap();
        let kept: String = store
            .read_now(|db| Ok(db.query_row("SELECT value FROM words WHERE key = 'kept'", [], |row| row.get(0))?))
            .unwrap();
        assert_eq!((kept.as_str(), version(&path)), ("yes", migrations::newest(SQLITE)));
    }

    #[test]
    fn recoveries_of_an_older_database_learn_when_they_began() {
        let (_folder, path) = file();
        let mut old = empty(&path);
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
                let mut statement = db.prepare_cached(sql)?;
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

    /// Behind another program's lock, and behind each other: all within the time of one request, however many they are.
    #[tokio::test(flavor = "multi_thread")]
    async fn writers_behind_a_locked_database_do_not_wait_for_each_others_waiting() {
        let (_folder, path) = file();
        let store = Arc::new(Store::open(&Database::File(path.clone()), false).unwrap());
        let other = Connection::open(&path).unwrap();
        other.execute_batch("BEGIN IMMEDIATE").unwrap();
        let until = Instant::now() + Duration::from_millis(50);
        let mut writers = tokio::task::JoinSet::new();
        for _ in 0..20 {
            let store = Arc::clone(&store);
            writers.spawn(DEADLINE.scope(until, async move {
                // A request may need the database more than once.
                let (first, second) = (store.write(|_| Ok(())).await, store.write(|_| Ok(())).await);
                (first.unwrap_err(), second.unwrap_err())
            }));
        }
        let all = tokio::time::timeout(BUSY * 5, writers.join_all())
            .await
            .expect("one after the other they would take longer");
        assert!(all.iter().all(|both| *both == (StoreError::Busy, StoreError::Busy)), "{all:?}");
        other.execute_batch("COMMIT").unwrap();
        store.write(|_| Ok(())).await.unwrap();
    }

    #[test]
    fn a_full_disk_is_told_in_words_and_nobody_is_asked_to_wait() {
        let store = Store::open(&Database::Memory, false).unwrap();
        let full = store.write_now(|tx| {
            tx.execute_batch(
                "PRAGMA max_page_count = 1; CREATE TABLE large (x); INSERT INTO large VALUES (zeroblob(10000000))",
            )?;
            Ok(())
        });
        let full = crate::server::error::ApiError::from(full.unwrap_err());
        assert_eq!((full.status.as_u16(), full.code), (503, "UNAVAILABLE"));
        assert!(full.detail.contains("disk is full"), "{}", full.detail);
        assert!(full.headers.is_empty(), "{:?}", full.headers);
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
