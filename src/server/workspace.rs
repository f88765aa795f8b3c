//! What kind of workspace a database holds, and how one of an MSP's own companies begins: without any.

use super::sql::{Connection, OptionalExtension, Transaction};
use super::store::error::StoreError;
use super::store::meta;
use super::store::pool::{Store, sqlite, workspace_file};
use super::store::technicians;
use super::{Clock, Database, StartError, random};
use crate::domain::region::Region;
use crate::domain::session::WorkspaceKind;
use std::path::Path;
use std::sync::Arc;

/// What a REAL workspace is made from.
pub struct NewWorkspace {
    /// The name of the MSP account.
    pub name: String,
    pub region: Region,
    /// Where its technicians sign in to 1Password, if that was said.
    pub sign_in_host: Option<String>,
    /// Its first technician, an Owner.
    pub technician: String,
    /// Empty when not known.
    pub email: String,
    pub clock: Clock,
}

impl Default for NewWorkspace {
    fn default() -> Self {
        Self {
            name: String::new(),
            region: Region::default(),
            sign_in_host: None,
            technician: String::new(),
            email: String::new(),
            clock: Arc::new(crate::clock::now),
        }
    }
}

/// Makes a REAL workspace in this database. Blocks.
///
/// # Errors
/// There is a workspace or something else already, or it cannot be written.
pub fn create(database: &Database, new: &NewWorkspace) -> Result<(), StartError> {
    let failed = |fail: StoreError| StartError::Workspace { reason: fail.to_string() };
    if let Database::File(path) = database
        && begun(path)?
    {
        return Err(StartError::Exists { place: path.display().to_string() });
    }
    let store = Store::open(database, false)?;
    // Of two that begin at once, one finds the row of the other.
    let made = store.write_now(|tx| if kind(tx)?.is_some() { Ok(false) } else { fill(tx, new).map(|()| true) });
    if made.map_err(failed)? { Ok(()) } else { Err(StartError::Exists { place: store.place() }) }
}

/// Whether the file is a workspace already. Looked at without opening it for good, which would change an older one.
fn begun(path: &Path) -> Result<bool, StartError> {
    if !workspace_file::is_marked(path)? {
        return Ok(false);
    }
    let db = sqlite::read_only(path)?;
    // One of an older version has no such table.
    Ok(!matches!(kind(&db), Ok(None)))
}

/// The kind; `None` in a database that holds no workspace yet.
pub fn kind(db: &Connection) -> Result<Option<WorkspaceKind>, StoreError> {
    let word: Option<String> = db.query_row("SELECT kind FROM workspace", [], |row| row.get(0)).optional()?;
    Ok(word.map(|word| WorkspaceKind::from(word.as_str())))
}

/// Says for ever what the database holds, and gives it what every workspace has; times in milliseconds.
pub fn begin(tx: &Transaction<'_>, kind: &WorkspaceKind, created: i64) -> Result<String, StoreError> {
    tx.execute("INSERT INTO workspace (kind) VALUES (?)", [kind.as_str()])?;
    let database_id = new_identity(tx)?;
    meta::set_number(tx, "seq", 0)?;
    meta::set_number(tx, "oldest_seq", 0)?;
    meta::set_number(tx, "created", created)?;
    Ok(database_id)
}

/// Gives the database an id of its own, so that nothing that was kept of another is taken for this one's.
pub fn new_identity(tx: &Transaction<'_>) -> Result<String, StoreError> {
    let mut id = random::secret()?;
    id.truncate(10);
    meta::set_word(tx, "database_id", &id)?;
    Ok(id)
}

fn fill(tx: &Transaction<'_>, new: &NewWorkspace) -> Result<(), StoreError> {
    begin(tx, &WorkspaceKind::Real, (new.clock)().as_millisecond())?;
    tx.set_application_id(workspace_file::REAL_ID)?;
    meta::set_word(tx, "account_id", &random::id()?)?;
    meta::set_word(tx, "account_name", &new.name)?;
    meta::set_word(tx, "region", new.region.as_str())?;
    meta::set_word(tx, "sign_in_host", new.sign_in_host.as_deref().unwrap_or_default())?;
    technicians::insert_owner(tx, &random::id()?, (&new.technician, &new.email), (new.clock)().as_millisecond())
}

/// Refuses a workspace of another kind than the one that was asked for.
pub fn of_kind(store: &Store, there: Option<&WorkspaceKind>, asked: Option<&WorkspaceKind>) -> Result<(), StartError> {
    let place = store.place();
    match (there, asked) {
        (Some(WorkspaceKind::Other(_)), _) => Err(StartError::Newer { place }),
        (None, Some(WorkspaceKind::Real)) => Err(StartError::NotBegun { place }),
        (Some(there), Some(asked)) if there != asked => {
            Err(StartError::OtherKind { place, there: there.as_str().to_owned() })
        }
        _ => Ok(()),
    }
}
