//! Companies that are connected with their 1Password accounts: the secrets of this machine, and what is done with them on
//! it.

use super::workspaces::workspace;
use crate::config::store::{self, Into};
use crate::config::{Paths, Place, Secret, keyring_available};
use crate::connect::events_api::Followed;
use crate::connect::users_api::UserList;
use crate::connect::{Clock, Connector, Credential, Failure, Secrets};
use crate::domain::error::{Cause, Error};
use crate::domain::facts::FactSource;
use crate::domain::id::ProfileId;
use crate::domain::region::Region;
use crate::domain::secret::NoSecret;
use crate::domain::source::{SecretRef, Source, SourceReason};
use crate::server::AccessError;
use crate::server::sources;
pub use crate::server::sources::{Connectable, Leftover, NewSource};
use secrecy::SecretString;
use std::path::Path;
use std::sync::Arc;

/// A fake of 1Password on this machine, for tests and demonstrations.
const INSTEAD: &str = "MSPDASH_1PASSWORD_URL";
/// Where systemd puts the credentials of a service.
const CREDENTIALS: &str = "CREDENTIALS_DIRECTORY";

/// Which workspace: its file or `postgres://…`, or its region.
pub type WorkspacePlace<'a> = (Option<&'a Path>, Option<Region>);

/// Reaches 1Password from this machine.
///
/// # Errors
/// A sentence: the variable for tests names another machine.
pub fn connector() -> Result<Connector, String> {
    let connector = Connector::new(Arc::new(MachineSecrets));
    let Some(address) = std::env::var(INSTEAD).ok().filter(|address| !address.is_empty()) else {
        return Ok(connector);
    };
    let address = address.parse().map_err(|_| format!("{INSTEAD} is no address"))?;
    connector.with_base_url(address).map_err(|error| format!("{INSTEAD}: {error}"))
}

/// The secrets that this machine has by reference.
struct MachineSecrets;

impl Secrets for MachineSecrets {
    fn fetch(&self, place: &SecretRef) -> Result<SecretString, String> {
        // The words of the program or the system may name the place, which remote technicians need not know.
        read(place)?.map_err(|error| words(place, &error))
    }
}

fn read(place: &SecretRef) -> Result<Result<SecretString, Error>, String> {
    let places = vec![at(place)?];
    Ok(Secret::Places { profile: ProfileId::new("1password"), places }.fetch())
}

fn at(place: &SecretRef) -> Result<Place, String> {
    Ok(match place {
        SecretRef::Keyring(account) => Place::Keyring { account: account.clone() },
        SecretRef::File(path) => Place::File { path: path.clone(), own: false },
        SecretRef::Op(reference) => {
            let argv = ["op", "read", "--no-newline", reference].map(str::to_owned).to_vec();
            Place::Command { argv, hide: Vec::new() }
        }
        SecretRef::Credential(name) => {
            let folder = std::env::var_os(CREDENTIALS).ok_or_else(|| {
                format!("the credential {name} is for a service of systemd, which sets {CREDENTIALS}")
            })?;
            Place::File { path: Path::new(&folder).join(name), own: false }
        }
    })
}

fn words(place: &SecretRef, error: &Error) -> String {
    let what = match place {
        SecretRef::Keyring(_) => "the keyring of the server's machine",
        SecretRef::File(_) => "the file with the secret",
        SecretRef::Op(_) => "`op read`",
        SecretRef::Credential(_) => "the credential of the service",
    };
    let why = match &error.cause {
        Cause::NoSecret { why, .. } => match why.as_ref() {
            NoSecret::Nowhere => "has none",
            NoSecret::KeyringLocked => "is locked",
            NoSecret::KeyringSilent(_) | NoSecret::CommandSilent(..) => "does not answer",
            NoSecret::CommandMissing(_) => "cannot be started",
            NoSecret::FileTooOpen { .. } => "can be read by others: chmod 600",
            NoSecret::FileForeign(_) => "belongs to another user",
            NoSecret::FileLink(_) => "is a link",
            NoSecret::FileOdd(_) | NoSecret::CommandOdd(_) | NoSecret::CommandEmpty(_) => "holds no secret",
            _ => "fails",
        },
        _ => "fails",
    };
    format!("{what} {why}")
}

/// Where a secret that was typed will be kept: the keyring, or a file for this user alone.
///
/// # Errors
/// A sentence: there is no such place on this machine.
pub fn new_place(keyring: Option<bool>, credential: &Credential, paths: &Paths) -> Result<SecretRef, String> {
    let Credential { account, client_id } = credential;
    let available = keyring_available();
    match (keyring, available) {
        (Some(true) | None, Ok(())) => Ok(SecretRef::Keyring(format!("1password/{account}/{client_id}"))),
        (Some(true), Err(why)) => Err(format!("there is no keyring on this machine ({why}). Use --store file")),
        (Some(false), _) | (None, Err(_)) => {
            let folder = paths.secrets_dir().ok_or("there is no home directory to keep a secret in")?;
            let safe: String =
                client_id.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).take(64).collect();
            Ok(SecretRef::File(folder.join(format!("1password-{account}-{safe}"))))
        }
    }
}

/// Keeps a secret in its place.
///
/// # Errors
/// The keyring or the disk does not take it.
pub fn keep_secret(place: &SecretRef, secret: &SecretString) -> Result<(), Error> {
    let (profile, place) = one(place);
    store::store(&profile, &place, secret)
}

/// Forgets a secret that this program keeps; those in other places stay. Answers whether it did.
///
/// # Errors
/// The keyring or the disk fails.
pub fn forget_secret(place: &SecretRef, paths: &Paths) -> Result<bool, Error> {
    let own = match place {
        SecretRef::Keyring(_) => true,
        SecretRef::File(path) => paths.secrets_dir().is_some_and(|folder| path.starts_with(folder)),
        SecretRef::Op(_) | SecretRef::Credential(_) => false,
    };
    let (profile, place) = one(place);
    if own { store::forget(&profile, &place) } else { Ok(false) }
}

fn one(place: &SecretRef) -> (ProfileId, Place) {
    let of = at(place).unwrap_or(Place::Given);
    let into = if matches!(place, SecretRef::Keyring(_)) { Into::Keyring } else { Into::File };
    let profile = ProfileId::new("1password");
    let places = Secret::Places { profile: profile.clone(), places: vec![of.clone()] };
    let found = store::place(&places, into).cloned();
    (profile, found.unwrap_or(of))
}

/// The secret that is in this place, for whoever sits at this machine.
///
/// # Errors
/// A sentence.
pub fn fetch_secret(place: &SecretRef) -> Result<SecretString, String> {
    read(place)?.map_err(|error| {
        let detail = if error.detail.is_empty() { String::new() } else { format!(" ({})", error.detail) };
        words(place, &error) + &detail
    })
}

/// Reads everybody in the account with a secret that is not kept yet.
///
/// # Errors
/// Why it does not work.
pub async fn list_users(
    connector: &Connector,
    region: Region,
    credential: Credential,
    secret: SecretString,
    clock: Clock,
) -> Result<UserList, Failure> {
    connector.try_users_api(region, credential, secret, clock)?.list().await
}

/// Whether 1Password takes a secret that this machine has.
///
/// # Errors
/// It cannot be told.
pub async fn is_taken(connector: &Connector, region: Region, of: &Leftover, clock: Clock) -> Result<bool, Failure> {
    let secret = fetch_secret(&of.secret).map_err(|said| Failure::new(SourceReason::SecretUnavailable, said))?;
    match (&of.source, &of.client_id) {
        (FactSource::UsersApi, Some(client_id)) => {
            let credential = Credential { account: of.account.clone(), client_id: client_id.clone() };
            connector.try_users_api(region, credential, secret, clock)?.is_taken().await
        }
        (FactSource::Events, _) => connector.try_events_api(region, secret, clock)?.is_taken().await,
        _ => Err(Failure::new(SourceReason::NotOffered, "this version does not know how to try it")),
    }
}

/// See [`sources::leftovers`].
///
/// # Errors
/// As there.
pub fn leftovers((file, region): WorkspacePlace<'_>, paths: &Paths) -> Result<(Region, Vec<Leftover>), AccessError> {
    let database = workspace(file, region, paths).map_err(AccessError::Refused)?;
    sources::leftovers(&database)
}

/// Whose token it is, and what 1Password recorded there, with a token that is not kept yet.
///
/// # Errors
/// Why it does not work.
pub async fn follow_events(
    connector: &Connector,
    region: Region,
    token: SecretString,
    clock: Clock,
) -> Result<Followed, Failure> {
    connector.try_events_api(region, token, clock)?.follow(&Vec::new()).await
}

/// See [`sources::connectable`].
///
/// # Errors
/// As there.
pub fn connectable(
    (file, region): WorkspacePlace<'_>,
    paths: &Paths,
    company: &str,
    source: &FactSource,
) -> Result<Connectable, AccessError> {
    let database = workspace(file, region, paths).map_err(AccessError::Refused)?;
    sources::connectable(&database, company, source)
}

/// See [`sources::connect`].
///
/// # Errors
/// As there.
pub fn connect(
    (file, region): WorkspacePlace<'_>,
    paths: &Paths,
    new: &NewSource,
    users: &UserList,
) -> Result<Source, AccessError> {
    let database = workspace(file, region, paths).map_err(AccessError::Refused)?;
    sources::connect(&database, new, users, &super::workspaces::user())
}

/// See [`sources::connect_events`].
///
/// # Errors
/// As there.
pub fn connect_events(
    (file, region): WorkspacePlace<'_>,
    paths: &Paths,
    new: &NewSource,
    followed: &Followed,
) -> Result<Source, AccessError> {
    let database = workspace(file, region, paths).map_err(AccessError::Refused)?;
    sources::connect_events(&database, new, followed, &super::workspaces::user())
}

/// See [`sources::disconnect`]. Also forgets the secret, where it is kept by this program; answers whether.
///
/// # Errors
/// As there.
pub fn disconnect(
    (file, region): WorkspacePlace<'_>,
    paths: &Paths,
    company: &str,
    source: &FactSource,
) -> Result<(String, bool), AccessError> {
    let database = workspace(file, region, paths).map_err(AccessError::Refused)?;
    let by = super::workspaces::user();
    let (name, secret) = sources::disconnect(&database, company, source, &by)?;
    let forgotten = secret.is_some_and(|secret| forget_secret(&secret, paths).unwrap_or(false));
    Ok((name, forgotten))
}
