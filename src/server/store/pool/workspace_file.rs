//! The file of a workspace before it is opened: whether it is one at all, whether it is for its user alone, and whether
//! it may be thrown away. Until that is known nothing is written to it, not even by `SQLite`.

use super::BUSY;
use super::sqlite::{connect, damaged};
use crate::files::{self, FileError, FileLock};
use crate::server::StartError;
use rusqlite::{ErrorCode, OpenFlags};
use std::fs::OpenOptions;
use std::path::Path;

/// Our mark in the file's header ("mspd"), so that a foreign database is never written to.
pub const APPLICATION_ID: i32 = 0x6D73_7064;

/// The mark of a REAL workspace ("mspr"): never thrown away, not even where a damaged file tells nothing else.
pub const REAL_ID: i32 = 0x6D73_7072;

/// What every database of `SQLite` begins with.
const MAGIC: &[u8] = b"SQLite format 3\0";
/// Where the mark is in it.
const MARK: std::ops::Range<usize> = 68..72;

/// The workspace, and what `SQLite` has beside it while it is open.
const PARTS: [&str; 3] = ["", "-wal", "-shm"];

/// The mark of the workspace. No file, an empty one, and an empty database are none, and may become one.
fn mark(path: &Path) -> Result<Option<i32>, StartError> {
    let Some(head) = files::read(path, 100)?.filter(|head| !head.is_empty()) else { return Ok(None) };
    if !head.starts_with(MAGIC) {
        return Err(StartError::NoWorkspace { path: path.to_owned() });
    }
    let ours = |mark: &i32| [APPLICATION_ID, REAL_ID].contains(mark);
    let written = head.get(MARK).and_then(|mark| Some(i32::from_be_bytes(mark.try_into().ok()?)));
    if let Some(mark) = written.filter(ours) {
        return Ok(Some(mark));
    }
    // As long as it is in use the mark may be in the log beside it alone.
    let asked = connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let ask = || {
        asked.busy_timeout(BUSY)?;
        let mark: i32 = asked.pragma_query_value(None, "application_id", |row| row.get(0))?;
        let tables: i64 = asked.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        Ok((mark, tables))
    };
    match ask().map_err(|error| damaged(path, &error)) {
        Ok((mark, _)) if ours(&mark) => Ok(Some(mark)),
        Ok((0, 0)) => Ok(None),
        Ok(_) => Err(StartError::Foreign { path: path.to_owned() }),
        // Nothing says that it was ever ours.
        Err(StartError::Damaged { path, .. }) => Err(StartError::NoWorkspace { path }),
        Err(other) => Err(other),
    }
}

/// Tells others that it is in use, after a look at what it is. With `fresh` it is thrown away, if it is a workspace and
/// nobody has it open.
/// Refuses what is something else, what others can read, what is in use, and to throw a REAL workspace away.
pub fn hold(path: &Path, fresh: bool) -> Result<FileLock, StartError> {
    let mark = mark(path)?;
    if !fresh {
        for part in PARTS.map(|suffix| files::with_suffix(path, suffix)) {
            if let Some(about) = files::own_metadata(&part)? {
                files::require_private(&part, &about)?;
            }
        }
        return Ok(FileLock::shared(path)?);
    }
    if mark == Some(REAL_ID) {
        return Err(StartError::NotThrownAway { path: path.to_owned() });
    }
    let in_use = || StartError::InUse { path: path.to_owned() };
    let alone = FileLock::try_exclusive(path)?.ok_or_else(in_use)?;
    if mark.is_some() && in_use_elsewhere(path) {
        return Err(in_use());
    }
    for part in PARTS.map(|suffix| files::with_suffix(path, suffix)) {
        files::remove(&part)?;
    }
    Ok(alone.into_shared()?)
}

/// Whether the file is a workspace already; opening it would change one of an older version.
pub fn is_marked(path: &Path) -> Result<bool, StartError> {
    Ok(mark(path)?.is_some())
}

/// Whether anybody has it open who does not hold the lock: an older version, `sqlite3`, a backup. `SQLite` leaves the
/// mode with a log only as the last one.
pub fn in_use_elsewhere(path: &Path) -> bool {
    let Ok(alone) = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE) else { return false };
    let left = alone.pragma_update_and_check(None, "journal_mode", "DELETE", |_| Ok(()));
    let busy = [ErrorCode::DatabaseBusy, ErrorCode::DatabaseLocked];
    left.is_err_and(|error| error.sqlite_error_code().is_some_and(|code| busy.contains(&code)))
}

/// Makes the file before `SQLite` does: it holds client secrets, so only its owner may read it.
/// The system's reason.
pub fn make(path: &Path) -> Result<(), StartError> {
    Ok(files::open(path, files::private(OpenOptions::new().append(true).create(true))).map(drop)?)
}

impl From<FileError> for StartError {
    fn from(refusal: FileError) -> Self {
        match refusal {
            FileError::Io { path, error } => Self::File { path, error },
            other => Self::Guarded(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::Database;
    use crate::server::store::error::StoreError;
    use crate::server::store::pool::Store;
    use rusqlite::Connection;
    use std::fs::{self, Permissions};
    use std::os::unix::fs::PermissionsExt;
    use std::path::PathBuf;

    fn place() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("workspace.db");
        (folder, path)
    }

    fn open(path: &Path, fresh: bool) -> Result<Store, StartError> {
        Store::open(&Database::File(path.to_owned()), fresh)
    }

    fn refused(path: &Path, fresh: bool) -> String {
        open(path, fresh).err().unwrap().to_string()
    }

    /// A workspace with one row, which only its log has.
    fn kept(path: &Path) -> Store {
        let store = open(path, false).unwrap();
        store.write_now(|tx| Ok(tx.execute("INSERT INTO meta VALUES ('kept', 1)", [])?)).unwrap();
        store
    }

    fn rows(store: &Store) -> i64 {
        store.read_now(|db| Ok(db.query_row("SELECT count(*) FROM meta", [], |row| row.get(0))?)).unwrap()
    }

    /// A file of somebody else is refused with and without `--fresh`, and not a byte of it changes.
    #[test]
    fn what_is_no_workspace_is_never_touched() {
        let (_folder, path) = place();
        let mut damaged = b"SQLite format 3\0".to_vec();
        damaged.resize(5000, 7);
        let cases: [(&str, &dyn Fn()); 5] = [
            ("holds something else", &|| fs::write(&path, "notes").unwrap()),
            ("holds something else", &|| fs::write(&path, &damaged).unwrap()),
            ("another program", &|| {
                Connection::open(&path).unwrap().execute_batch("CREATE TABLE precious (x)").unwrap();
            }),
            ("another program", &|| {
                let db = Connection::open(&path).unwrap();
                db.execute_batch("PRAGMA application_id = 77; VACUUM").unwrap();
            }),
            ("another program", &|| {
                let db = Connection::open(&path).unwrap();
                db.execute_batch("CREATE TABLE precious (x)").unwrap();
                db.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(())).unwrap();
                // Left as a killed program leaves it: what was written last is in the log alone.
                let log = beside_of(&path);
                db.execute_batch("INSERT INTO precious VALUES (1)").unwrap();
                fs::copy(&log, path.with_extension("saved")).unwrap();
                drop(db);
                fs::rename(path.with_extension("saved"), log).unwrap();
            }),
        ];
        for (said, make) in cases {
            let _ = (fs::remove_file(&path), fs::remove_file(beside_of(&path)));
            make();
            fs::set_permissions(&path, Permissions::from_mode(0o600)).unwrap();
            let before = fs::read(&path).unwrap();
            for fresh in [false, true] {
                let told = refused(&path, fresh);
                assert!(told.contains(said), "{told}");
                assert!(fs::read(&path).unwrap() == before, "{told}: it was changed");
            }
        }
    }

    fn beside_of(path: &Path) -> PathBuf {
        files::with_suffix(path, "-wal")
    }

    #[test]
    fn fresh_throws_a_workspace_away_also_a_damaged_one_and_begins_where_there_is_none() {
        let (_folder, path) = place();
        drop(open(&path, true).unwrap());
        fs::write(&path, "").unwrap();
        drop(open(&path, true).unwrap());
        drop(kept(&path));
        assert_eq!(rows(&open(&path, true).unwrap()), 0);
        drop(kept(&path));
        let mut bytes = fs::read(&path).unwrap();
        bytes[100..].fill(7);
        fs::write(&path, bytes).unwrap();
        assert!(matches!(open(&path, false).err().unwrap(), StartError::Damaged { .. }));
        assert_eq!(rows(&open(&path, true).unwrap()), 0);
    }

    #[test]
    fn nobody_throws_away_what_is_in_use_and_two_may_use_it() {
        let (_folder, path) = place();
        let (one, two) = (kept(&path), open(&path, false).unwrap());
        for left in [one, two] {
            let told = refused(&path, true);
            assert!(told.contains("in use") && told.contains("--fresh"), "{told}");
            assert_eq!(rows(&left), 1);
        }
        // Who does not know of the lock, such as `sqlite3`, is seen too.
        let other = Connection::open(&path).unwrap();
        assert_eq!(other.query_row("SELECT count(*) FROM meta", [], |row| row.get::<_, i64>(0)).unwrap(), 1);
        assert!(refused(&path, true).contains("in use"));
        drop(other);
        assert_eq!(rows(&open(&path, true).unwrap()), 0);
    }

    #[test]
    fn a_workspace_that_others_can_read_is_refused_with_the_command_that_mends_it() {
        let (_folder, path) = place();
        drop(kept(&path));
        for suffix in PARTS {
            let part = files::with_suffix(&path, suffix);
            fs::OpenOptions::new().append(true).create(true).open(&part).unwrap();
            fs::set_permissions(&part, Permissions::from_mode(0o644)).unwrap();
            let told = refused(&path, false);
            assert!(told.ends_with(&format!("Run: chmod 600 {}", part.display())), "{told}");
            fs::set_permissions(&part, Permissions::from_mode(0o600)).unwrap();
        }
        assert_eq!(rows(&open(&path, false).unwrap()), 1);
    }

    #[tokio::test]
    async fn a_closed_workspace_is_whole_in_the_one_file() {
        let (folder, path) = place();
        let store = kept(&path);
        assert_eq!(rows(&store), 1);
        store.close().await;
        let copy = folder.path().join("copy.db");
        fs::copy(&path, &copy).unwrap();
        let db = Connection::open(copy).unwrap();
        assert_eq!(db.query_row("SELECT count(*) FROM meta", [], |row| row.get::<_, i64>(0)).unwrap(), 1);
        assert!(!beside_of(&path).exists(), "nothing is left beside it");
        assert_eq!(store.write_now(|_| Ok(())), Err(StoreError::Stopping));
        assert_eq!(rows(&open(&path, true).unwrap()), 0, "and nobody holds it any more");
    }
}
