//! Technicians on the server's own machine: by `mspdash technician` and `mspdash serve revoke` and its like, in another
//! process on the same workspace, or by a test through [`Running`].

use super::{edit, enrolments, first_owner};
use crate::clock;
use crate::domain::technician::{Enrolment, NewTechnician, Role, Technician, TechnicianChanges, named};
use crate::server::auth::hash::SecretHash;
use crate::server::sql::{Connection, Transaction};
use crate::server::state::AppState;
use crate::server::store::companies::row::RequestScope;
use crate::server::store::error::StoreError;
use crate::server::store::meta;
use crate::server::store::pool::Store;
use crate::server::store::requester::Requester;
use crate::server::store::rows::Window;
use crate::server::{Credential, Database, Running, StartError, random};
use crate::wire::Actor;
use crate::wire::technician as wire;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccessChange {
    Add(NewTechnician),
    /// Takes the credential away, and the tokens that were got with it.
    Revoke,
    /// Gives the credential back, and in the sample the role that it gave.
    Restore,
    /// Ends the tokens; whoever has the credential may sign in anew.
    SignOut,
    /// Lets them act in another role.
    Assign(Role),
    /// Issues a code for a new credential; with `rotate` the one that they have ends now.
    Enrol {
        rotate: bool,
    },
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
    #[error("no company has the id, the name or the external id \"{typed}\": see `mspdash companies list`")]
    NoCompany { typed: String },
    #[error("{who} is the name of several technicians: say {}", known.join(" or "))]
    Several { who: String, known: Vec<String> },
    #[error("there is no workspace in {place}. `mspdash serve` makes one; say which with --region or --database")]
    NoWorkspace { place: String },
    #[error("the workspace has no owner. Make one with `mspdash technician role WHO owner`")]
    NoOwner,
    /// A rule does not allow it.
    #[error("{0}")]
    Refused(String),
    #[error(transparent)]
    Database(#[from] StartError),
}

impl From<StoreError> for AccessError {
    fn from(fail: StoreError) -> Self {
        match fail {
            StoreError::Conflict { detail, .. } => Self::Refused(detail.trim_end_matches('.').to_owned()),
            other => Self::Database(StartError::Workspace { reason: other.to_string() }),
        }
    }
}

impl Running {
    /// Changes the access of a technician, from the next request on. `who` is a client id, an e-mail address, a name or the
    /// role of the credentials file.
    ///
    /// # Errors
    /// Nobody is called that, a rule does not allow it, or the database cannot be written.
    pub async fn change_access(&self, who: &str, change: AccessChange) -> Result<Enrolment, AccessError> {
        let (who, requester) = (who.to_owned(), operator(scope_of(&self.app), "test"));
        self.app.store.write(move |tx| update(tx, &requester, &who, &change)).await?
    }

    /// A credential for this process alone, which ends with it and is nowhere on the disk. `who` as above.
    ///
    /// # Errors
    /// Nobody is called that, or the database cannot be read.
    pub async fn local_credential(&self, who: &str) -> Result<Credential, AccessError> {
        let (who, scope) = (who.to_owned(), scope_of(&self.app));
        let Technician { id, display_name, role, .. } =
            self.app.store.read(move |db| found(db, &scope, &who)).await??.technician;
        self.credential_of(id.as_str(), display_name, &role)
    }

    /// The same for the first owner of a REAL workspace.
    ///
    /// # Errors
    /// There is none, or the database cannot be read.
    pub async fn local_owner(&self) -> Result<Credential, AccessError> {
        let owner = self.app.store.read(first_owner).await?.ok_or(AccessError::NoOwner)?;
        self.credential_of(&owner.id, owner.display_name, &owner.role)
    }

    fn credential_of(&self, client_id: &str, display_name: String, role: &Role) -> Result<Credential, AccessError> {
        let client_secret = random::secret().map_err(StoreError::from)?;
        self.app.local_credentials.put(client_id, SecretHash::of(&client_secret));
        let (role, client_id) = (role.as_str().to_owned(), client_id.to_owned());
        Ok(Credential { display_name, role, client_id, client_secret })
    }
}

/// The same in the workspace of this database, whether or not a server runs on it. `by` is the name of whoever does it,
/// if it is known. Blocks.
///
/// # Errors
/// There is no workspace, nobody is called that, a rule does not allow it, or the database cannot be written.
pub fn change_access(
    database: &Database,
    who: &str,
    change: &AccessChange,
    by: &str,
) -> Result<Enrolment, AccessError> {
    let store = open(database)?;
    let scope = store.read_now(load_scope)?;
    store.write_now(|tx| update(tx, &operator(scope, by), who, change))?
}

/// All technicians in the workspace of this database. Blocks.
///
/// # Errors
/// There is no workspace, or it cannot be read.
pub fn technicians(database: &Database) -> Result<Vec<Technician>, AccessError> {
    let store = open(database)?;
    Ok(store.read_now(|db| all(db, &load_scope(db)?))?)
}

pub fn open(database: &Database) -> Result<Store, AccessError> {
    let none = |place| AccessError::NoWorkspace { place };
    // Opening would make it.
    if let Database::File(path) = database
        && !path.is_file()
    {
        return Err(none(path.display().to_string()));
    }
    let store = Store::open(database, false)?;
    // A database in which no server has made its workspace yet has no technicians either.
    let technicians: i64 =
        store.read_now(|db| Ok(db.query_row("SELECT count(*) FROM technicians", [], |row| row.get(0))?))?;
    if technicians == 0 { Err(none(store.place())) } else { Ok(store) }
}

fn scope_of(app: &AppState) -> RequestScope {
    RequestScope::of_nobody(&app.account.id, &app.account.region, &app.database_id, app.now().as_millisecond())
}

pub fn load_scope(db: &Connection) -> Result<RequestScope, StoreError> {
    let now = clock::now().as_millisecond();
    let [account, region, database] = ["account_id", "region", "database_id"].map(|key| meta::word(db, key));
    Ok(RequestScope::of_nobody(&account?, &region?, &database?, now))
}

/// Whoever may write the workspace's file.
pub fn operator(scope: RequestScope, by: &str) -> Requester {
    let name = if by.is_empty() { "Server operator".to_owned() } else { format!("Server operator ({by})") };
    let actor = Actor { id: "OPERATOR".to_owned(), display_name: name };
    let client = Some(format!("mspdash/{}", env!("CARGO_PKG_VERSION")));
    Requester::by(scope, actor, (random::id().unwrap_or_default(), client))
}

fn all(db: &Connection, scope: &RequestScope) -> Result<Vec<Technician>, StoreError> {
    let window = Window { size: usize::MAX, after: None, total: None };
    let rows = edit::list(db, scope, &window)?.rows;
    rows.into_iter().map(|(_, technician)| read(technician)).collect()
}

fn read<T, W: TryInto<T>>(wire: W) -> Result<T, StoreError> {
    wire.try_into().map_err(|_| StoreError::internal("a technician cannot be read", &"no id"))
}

/// Whoever is meant.
struct Found {
    n: i64,
    technician: Technician,
    wire: wire::Technician,
    /// The role by which the sample's credentials file names them.
    sample_role: Option<String>,
}

type Outcome<T> = Result<Result<T, AccessError>, StoreError>;

fn found(db: &Connection, scope: &RequestScope, who: &str) -> Outcome<Found> {
    let sql = "SELECT id, sample_role, coalesce(sample_role, email) FROM technicians ORDER BY n";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let rows = rows.collect::<Result<Vec<(String, Option<String>, String)>, _>>()?;
    let role = Role::read(who).map(|role| role.as_str().to_owned());
    let of_sample = rows.iter().find(|(_, sample_role, _)| role.is_some() && *sample_role == role);
    let team = all(db, scope)?;
    let id = match (of_sample, named(&team, who).as_slice()) {
        (Some((id, ..)), _) => id.clone(),
        (None, [one]) => one.id.to_string(),
        (None, []) => {
            let known = rows.into_iter().map(|(.., known)| known).collect();
            return Ok(Err(AccessError::Nobody { who: who.to_owned(), known }));
        }
        (None, several) => {
            let known = several.iter().map(|technician| technician.id.to_string()).collect();
            return Ok(Err(AccessError::Several { who: who.to_owned(), known }));
        }
    };
    let sample_role = rows.into_iter().find(|(other, ..)| *other == id).and_then(|(_, sample_role, _)| sample_role);
    let (n, wire) = edit::one(db, scope, &id)?;
    Ok(Ok(Found { n, technician: read(wire.clone())?, wire, sample_role }))
}

fn update(tx: &Transaction<'_>, by: &Requester, who: &str, change: &AccessChange) -> Outcome<Enrolment> {
    if let AccessChange::Add(new) = change {
        return with_code(tx, by, edit::add(tx, by, new)?).map(Ok);
    }
    let Found { n, wire, sample_role, .. } = match found(tx, &by.scope, who)? {
        Ok(found) => found,
        Err(nobody) => return Ok(Err(nobody)),
    };
    let (id, name) = (wire.id.as_str(), wire.display_name.as_str());
    // The sample is there to try what it is like to lose access: its last owner too, who gets it back by `restore`.
    let is_sample = sample_role.is_some();
    match change {
        AccessChange::Revoke if is_sample => edit::end_access(tx, by, n, name)?,
        AccessChange::Revoke => drop(edit::revoke(tx, by, id)?),
        AccessChange::Restore => edit::restore(tx, by, n, &wire)?,
        AccessChange::SignOut => edit::sign_out(tx, by, n, name)?,
        AccessChange::Assign(role) => {
            let changes = TechnicianChanges { role: Some(role.clone()), ..TechnicianChanges::default() };
            if is_sample {
                edit::apply(tx, by, n, &changes)?;
            } else {
                edit::change(tx, by, (id, None), &changes)?;
            }
        }
        AccessChange::Enrol { rotate } => return with_code(tx, by, edit::enrol(tx, by, id, *rotate)?).map(Ok),
        AccessChange::Add(_) => {}
    }
    let technician = read(edit::one(tx, &by.scope, id)?.1)?;
    Ok(Ok(Enrolment { technician, code: None, expire_time: None }))
}

fn with_code(tx: &Transaction<'_>, by: &Requester, mut enrolment: wire::Enrolment) -> Result<Enrolment, StoreError> {
    enrolment.enrolment_code = enrolments::issue(tx, &enrolment, by.now)?;
    read(enrolment)
}
