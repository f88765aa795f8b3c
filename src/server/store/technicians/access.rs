//! Changes of what a technician may do, on the server's own machine: by a test through [`Running`], or by
//! `mspdash serve revoke` and its like in another process, on the same workspace.

use super::{first_owner, named, tokens};
use crate::domain::technician::Role;
use crate::server::auth::Technician;
use crate::server::auth::hash::SecretHash;
use crate::server::sql::{Connection, Transaction};
use crate::server::store::error::StoreError;
use crate::server::store::pool::Store;
use crate::server::{Credential, Database, Running, StartError, random};
use std::path::{Path, PathBuf};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccessChange {
    /// Takes the credential away, and the tokens that were got with it.
    Revoke,
    /// Gives the credential back, and in the sample the role that it gave.
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
        /// The roles that the sample gave; of others the e-mail addresses.
        known: Vec<String>,
    },
    #[error("there is no workspace in {}. `mspdash serve` makes one; say which with --region or --database", path.display())]
    NoWorkspace { path: PathBuf },
    #[error("the workspace has no owner. Make one with `mspdash technician role WHO owner`")]
    NoOwner,
    #[error(transparent)]
    Database(#[from] StartError),
}

impl From<StoreError> for AccessError {
    fn from(fail: StoreError) -> Self {
        Self::Database(StartError::Workspace { reason: fail.to_string() })
    }
}

impl Running {
    /// Changes the access of a technician, from the next request on. `who` is a client id, an e-mail address or the role
    /// of the credentials file. Gives the technician's name.
    ///
    /// # Errors
    /// Nobody is called that, or the database cannot be written.
    pub async fn change_access(&self, who: &str, change: AccessChange) -> Result<String, AccessError> {
        let who = who.to_owned();
        self.app.store.write(move |tx| update(tx, &who, &change)).await?
    }

    /// A credential for this process alone, which ends with it and is nowhere on the disk. `who` as above.
    ///
    /// # Errors
    /// Nobody is called that, or the database cannot be read.
    pub async fn local_credential(&self, who: &str) -> Result<Credential, AccessError> {
        let wanted = who.to_owned();
        let technician = self.app.store.read(move |db| found(db, &wanted)).await??;
        self.credential_of(technician)
    }

    /// The same for the first owner of a REAL workspace.
    ///
    /// # Errors
    /// There is none, or the database cannot be read.
    pub async fn local_owner(&self) -> Result<Credential, AccessError> {
        let owner = self.app.store.read(first_owner).await?;
        self.credential_of(owner.ok_or(AccessError::NoOwner)?)
    }

    fn credential_of(&self, technician: Technician) -> Result<Credential, AccessError> {
        let client_secret = random::secret().map_err(StoreError::from)?;
        self.app.local_credentials.put(&technician.id, SecretHash::of(&client_secret));
        Ok(Credential {
            display_name: technician.display_name,
            role: technician.role.as_str().to_owned(),
            client_id: technician.id,
            client_secret,
        })
    }
}

/// The same in the workspace of this file, whether or not a server runs on it.
///
/// # Errors
/// There is no workspace, nobody is called that, or the database cannot be written.
pub fn change_access(database: &Path, who: &str, change: &AccessChange) -> Result<String, AccessError> {
    let none = || AccessError::NoWorkspace { path: database.to_owned() };
    // Opening would make it.
    if !database.is_file() {
        return Err(none());
    }
    let store = Store::open(&Database::File(database.to_owned()), false)?;
    match store.write_now(|tx| update(tx, who, change))? {
        // A file in which no server has made its workspace yet has no technicians either.
        Err(AccessError::Nobody { known, .. }) if known.is_empty() => Err(none()),
        done => done,
    }
}

fn found(db: &Connection, who: &str) -> Result<Result<Technician, AccessError>, StoreError> {
    if let Some(technician) = named(db, who)? {
        return Ok(Ok(technician));
    }
    let mut statement = db.prepare_cached("SELECT coalesce(sample_role, email) FROM technicians ORDER BY n")?;
    let known = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(Err(AccessError::Nobody { who: who.to_owned(), known }))
}

fn update(tx: &Transaction<'_>, who: &str, change: &AccessChange) -> Result<Result<String, AccessError>, StoreError> {
    let technician = match found(tx, who)? {
        Ok(technician) => technician,
        nobody => return Ok(nobody.map(|technician| technician.display_name)),
    };
    let role = match change {
        AccessChange::Assign(role) => Some(role.as_str()),
        AccessChange::Revoke | AccessChange::Restore | AccessChange::SignOut => None,
    };
    let set = match change {
        AccessChange::Revoke => "revoked = 1, role = coalesce(?2, role)",
        AccessChange::Restore => "revoked = 0, role = coalesce(?2, sample_role, role)",
        AccessChange::SignOut | AccessChange::Assign(_) => "role = coalesce(?2, role)",
    };
    let sql = format!("UPDATE technicians SET {set}, rev = rev + 1 WHERE n = ?1");
    tx.execute(&sql, (technician.n, role))?;
    if matches!(change, AccessChange::Revoke | AccessChange::SignOut) {
        // They do not come back with the credential.
        tokens::end_all(tx, technician.n)?;
    }
    Ok(Ok(technician.display_name))
}
