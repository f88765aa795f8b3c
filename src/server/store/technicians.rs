//! Technicians and their access *now*: whether their credential was revoked, in which role they act, and which of their
//! tokens still count. Read from the database with every request, so that it holds at once, whoever changed it: a test
//! through [`Running`], or `mspdash serve revoke` and its like in another process, on the same workspace.

use super::companies::row::list;
use super::error::StoreError;
use super::pool::Store;
use crate::server::auth::Technician;
use crate::server::sql::{Connection, OptionalExtension, Row, Transaction};
use crate::server::state::AppState;
use crate::server::{Database, Running, StartError, sample};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A role of the MSP account (support page *manage companies*), or one of the two that show what is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Owner,
    Administrator,
    /// May do everything that is about companies.
    MspTechnician,
    ViewOnly,
    /// Has no second factor: may nothing until that is there.
    NoMfa,
    /// Is in no group that may anything: even looking is refused.
    Nothing,
}

impl Role {
    pub const ALL: [Self; 6] =
        [Self::Owner, Self::Administrator, Self::MspTechnician, Self::ViewOnly, Self::NoMfa, Self::Nothing];

    /// As the credentials file writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Owner => "OWNER",
            Self::Administrator => "ADMINISTRATOR",
            Self::MspTechnician => "MSP_TECHNICIAN",
            Self::ViewOnly => "VIEW_ONLY",
            Self::NoMfa => "NO_MFA",
            Self::Nothing => "NOTHING",
        }
    }

    /// Reads a role as [`Role::as_str`] or a command line writes it.
    pub fn read(text: &str) -> Option<Self> {
        let word = text.trim().replace('-', "_").to_ascii_uppercase();
        Self::ALL.into_iter().find(|role| role.as_str() == word)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccessChange {
    /// Takes the credential away, and the tokens that were got with it.
    Revoke,
    /// Gives the credential back, and the role that the sample gave.
    Restore,
    /// Ends the tokens; whoever has the credential may sign in anew.
    SignOut,
    /// Lets them act in another role.
    Assign(Role),
}

/// Why an access was not changed.
#[derive(Debug, thiserror::Error)]
pub enum AccessError {
    /// No technician is called that.
    #[error("there is no technician {who}; there are {} (a client id does as well)", known.join(", "))]
    Nobody {
        who: String,
        /// The roles that the sample gave.
        known: Vec<String>,
    },
    #[error("there is no workspace in {}. `mspdash serve` makes one; say which with --region or --database", path.display())]
    NoWorkspace { path: PathBuf },
    #[error(transparent)]
    Database(#[from] StartError),
}

impl From<StoreError> for AccessError {
    fn from(fail: StoreError) -> Self {
        Self::Database(StartError::Workspace { reason: fail.to_string() })
    }
}

impl Running {
    /// Changes the access of a technician, from the next request on. `who` is a client id or the role of the credentials
    /// file. Gives the technician's name.
    ///
    /// # Errors
    /// Nobody is called that, or the database cannot be written.
    pub async fn change_access(&self, who: &str, change: AccessChange) -> Result<String, AccessError> {
        let who = who.to_owned();
        self.app.store.write(move |tx| Ok(update(tx, &who, change)?.ok_or(who))).await?.map_err(|who| self.nobody(who))
    }

    fn nobody(&self, who: String) -> AccessError {
        AccessError::Nobody { who, known: self.credentials.iter().map(|known| known.role.clone()).collect() }
    }
}

/// The same in the workspace of this file, whether or not a server runs on it.
///
/// # Errors
/// There is no workspace, nobody is called that, or the database cannot be written.
pub fn change_access(database: &Path, who: &str, change: AccessChange) -> Result<String, AccessError> {
    // Opening would make it.
    if !database.is_file() {
        return Err(AccessError::NoWorkspace { path: database.to_owned() });
    }
    let store = Store::open(&Database::File(database.to_owned()), false)?;
    if let Some(name) = store.write_now(|tx| update(tx, who, change))? {
        return Ok(name);
    }
    let known = store.read_now(roles)?;
    // A file in which no server has made its workspace yet has no technicians either.
    if known.is_empty() {
        return Err(AccessError::NoWorkspace { path: database.to_owned() });
    }
    Err(AccessError::Nobody { who: who.to_owned(), known })
}

/// All of them, as the sample made them.
pub fn all(db: &Connection) -> Result<Vec<Arc<Technician>>, StoreError> {
    let sql = "SELECT n, id, display_name, email, groups, role, mfa, client_secret FROM technicians ORDER BY n";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([], |row| {
        Ok(Arc::new(Technician {
            n: row.get("n")?,
            id: row.get("id")?,
            display_name: row.get("display_name")?,
            email: row.get("email")?,
            groups: list(row.get_ref("groups")?.as_str()?),
            role: row.get("role")?,
            mfa: row.get("mfa")?,
            client_secret: row.get("client_secret")?,
        }))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn roles(db: &Connection) -> Result<Vec<String>, StoreError> {
    let mut statement = db.prepare_cached("SELECT role FROM technicians ORDER BY n")?;
    Ok(statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

fn update(tx: &Transaction<'_>, who: &str, change: AccessChange) -> Result<Option<String>, StoreError> {
    let (set, role) = match change {
        // The number ends the tokens: they do not come back with the credential.
        AccessChange::Revoke => {
            ("revoked = 1, signed_out = signed_out + 1, acting_role = coalesce(?2, acting_role)", None)
        }
        AccessChange::Restore => ("revoked = 0, acting_role = ?2", None),
        AccessChange::SignOut => ("signed_out = signed_out + 1, acting_role = coalesce(?2, acting_role)", None),
        AccessChange::Assign(role) => ("acting_role = ?2", Some(role.as_str())),
    };
    let word = Role::read(who).map_or(who, |role| role.as_str());
    let sql = format!(
        "UPDATE technicians SET {set} WHERE n = (SELECT n FROM technicians WHERE id = ?1 OR role = ?1 ORDER BY n LIMIT 1)
         RETURNING display_name"
    );
    Ok(tx.query_row(&sql, (word, role), |row| row.get(0)).optional()?)
}

/// The technician as they are now, with the number that their tokens must have; nobody once their credential was
/// taken away.
///
/// # Errors
/// The database cannot be read.
pub async fn now(app: &AppState, who: &Arc<Technician>) -> Result<Option<(Arc<Technician>, i64)>, StoreError> {
    let n = who.n;
    let sql = "SELECT revoked, signed_out, acting_role FROM technicians WHERE n = ?";
    let read = move |db: &Connection| {
        let row = |row: &Row<'_>| Ok((row.get("revoked")?, row.get("signed_out")?, row.get("acting_role")?));
        Ok(db.prepare_cached(sql)?.query_row([n], row).optional()?)
    };
    let found: Option<(bool, i64, Option<String>)> = app.store.read(read).await?;
    Ok(match found {
        None | Some((true, ..)) => None,
        Some((false, number, None)) => Some((Arc::clone(who), number)),
        Some((false, number, Some(role))) => Some((Arc::new(acting(who, role)), number)),
    })
}

fn acting(who: &Technician, role: String) -> Technician {
    let groups = sample::generate::group(&role).into_iter().map(str::to_owned).collect();
    Technician { mfa: role != Role::NoMfa.as_str(), groups, role, ..who.clone() }
}
