//! Connecting and disconnecting a company, on the server's own machine: only there are the secrets.

use super::row::{self, SourceRow};
use super::{events, note_standing, store_outcome, technicians};
use crate::connect::Technicians;
use crate::connect::events_api::Followed;
use crate::connect::users_api::UserList;
use crate::domain::activity::Action;
use crate::domain::facts::FactSource;
use crate::domain::region::Region;
use crate::domain::session::WorkspaceKind;
use crate::domain::source::{SecretRef, Source, SourceState};
use crate::server::sql::{Connection, OptionalExtension, Transaction};
use crate::server::store::companies::counters::still_managed;
use crate::server::store::companies::facts;
use crate::server::store::companies::name_keys::search_key;
use crate::server::store::error::StoreError;
use crate::server::store::meta;
use crate::server::store::pool::Store;
use crate::server::store::requester::Requester;
use crate::server::store::technicians::access::{AccessError, load_scope, open, operator};
use crate::server::{Database, workspace};
use crate::wire::source::Source as WireSource;

/// A company that is about to be connected, as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connectable {
    pub id: String,
    pub name: String,
    /// Of the account, if it is known.
    pub account_uuid: Option<String>,
    /// The data region of the workspace.
    pub region: Region,
    /// Where the secret is by which it is connected already.
    pub secret: Option<SecretRef>,
    pub client_id: Option<String>,
    pub technicians: Technicians,
}

/// A source that was tried and is to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSource {
    /// The company's id.
    pub company: String,
    pub source: FactSource,
    pub account: String,
    /// Of the OAuth application, where there is one.
    pub client_id: Option<String>,
    pub secret: SecretRef,
    pub may_write: bool,
}

type Outcome<T> = Result<Result<T, AccessError>, StoreError>;

/// The company of this id, exact name or external id, and how it is connected by this source. Blocks.
///
/// # Errors
/// There is no workspace of one's own companies, no such company, or several.
pub fn connectable(database: &Database, company: &str, source: &FactSource) -> Result<Connectable, AccessError> {
    let store = open(database)?;
    store.read_now(|db| {
        if workspace::kind(db)? != Some(WorkspaceKind::Real) {
            return Ok(refused("the companies of a sample are invented: there is nothing to connect".to_owned()));
        }
        let id = match named(db, company)? {
            Ok(id) => id,
            Err(none) => return Ok(Err(none)),
        };
        let record = load_scope(db)?.record(db, &id)?;
        still_managed(&record)?;
        let connected = row::find(db, &id, source)?;
        let sql = "SELECT account_uuid FROM companies WHERE n = ?";
        let account_uuid = db.query_row(sql, [record.n], |row| row.get(0))?;
        let region = meta::word(db, "region")?.parse().unwrap_or_default();
        let (name, secret) = (record.company.name, connected.as_ref().and_then(|row| row.secret_ref.parse().ok()));
        let client_id = connected.and_then(|row| row.client_id);
        Ok(Ok(Connectable { id, name, account_uuid, region, secret, client_id, technicians: technicians(db)? }))
    })?
}

/// A credential of ours in a company that is unlinked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leftover {
    pub company: String,
    pub company_name: String,
    pub source: FactSource,
    pub account: String,
    pub client_id: Option<String>,
    pub secret: SecretRef,
}

/// The credentials of companies that are unlinked, and the data region of the workspace. Blocks.
///
/// # Errors
/// There is no workspace.
pub fn leftovers(database: &Database) -> Result<(Region, Vec<Leftover>), AccessError> {
    let store = open(database)?;
    let rows = store.read_now(|db| {
        let region = meta::word(db, "region")?.parse().unwrap_or_default();
        Ok::<_, StoreError>((region, row::of_unlinked(db)?))
    })?;
    let leftover = |row: SourceRow| {
        let secret = row.secret_ref.parse().ok()?;
        let SourceRow { company_id: company, company_name, source, account_uuid: account, client_id, .. } = row;
        Some(Leftover { company, company_name, source, account, client_id, secret })
    };
    Ok((rows.0, rows.1.into_iter().filter_map(leftover).collect()))
}

/// Keeps a source together with the first that it said. Blocks.
///
/// # Errors
/// The account is another company's, or not the one that this company has.
pub fn connect(database: &Database, new: &NewSource, users: &UserList, by: &str) -> Result<Source, AccessError> {
    write(database, by, |tx, requester| connect_in(tx, requester, new, users))
}

pub(super) fn connect_in(
    tx: &Transaction<'_>,
    requester: &Requester,
    new: &NewSource,
    users: &UserList,
) -> Outcome<Source> {
    connect_with(tx, requester, new, |row| store_outcome(tx, requester, row, &Ok(users.clone())))
}

/// `first` keeps what the source said first.
pub(super) fn connect_with(
    tx: &Transaction<'_>,
    requester: &Requester,
    new: &NewSource,
    first: impl FnOnce(&SourceRow) -> Result<WireSource, StoreError>,
) -> Outcome<Source> {
    let record = requester.scope.record(tx, &new.company)?;
    still_managed(&record)?;
    if let Some(why) = account_conflict(tx, record.n, &new.account)? {
        return Ok(refused(why));
    }
    tx.execute("UPDATE companies SET account_uuid = ? WHERE n = ?", (&new.account, record.n))?;
    put(tx, requester, record.n, new)?;
    let row = row::find(tx, &new.company, &new.source)?.ok_or(StoreError::NotFound)?;
    let wire = first(&row)?;
    requester.touch(tx, record.n)?;
    requester.audit(tx, Action::SourceConnected, record.named(), Some(new.source.as_str()))?;
    Ok(Ok(wire.try_into().map_err(|_| StoreError::internal("a source cannot be read", &"no id"))?))
}

/// Forgets a source with everything that it said. Answers where its secret is. Blocks.
///
/// # Errors
/// It is not connected.
pub fn disconnect(
    database: &Database,
    company: &str,
    source: &FactSource,
    by: &str,
) -> Result<(String, Option<SecretRef>), AccessError> {
    write(database, by, |tx, requester| match named(tx, company)? {
        Ok(id) => disconnect_in(tx, requester, &id, source),
        Err(none) => Ok(Err(none)),
    })
}

pub(super) fn disconnect_in(
    tx: &Transaction<'_>,
    requester: &Requester,
    id: &str,
    source: &FactSource,
) -> Outcome<(String, Option<SecretRef>)> {
    let record = requester.scope.record(tx, id)?;
    let Some(SourceRow { n, company_n, secret_ref, .. }) = row::find(tx, id, source)? else {
        return Ok(refused(format!("{} is not connected", record.company.name)));
    };
    tx.execute("DELETE FROM sources WHERE n = ?", [n])?;
    match source {
        FactSource::Events => events::forget(tx, id, company_n)?,
        _ => drop(tx.execute("DELETE FROM people WHERE company_n = ?", [company_n])?),
    }
    facts::put_back(tx, company_n, source, &[])?;
    note_standing(tx, company_n)?;
    requester.touch(tx, company_n)?;
    requester.audit(tx, Action::SourceRemoved, record.named(), Some(source.as_str()))?;
    Ok(Ok((record.company.name.clone(), secret_ref.parse().ok())))
}

/// See [`connect`].
///
/// # Errors
/// As there.
pub fn connect_events(
    database: &Database,
    new: &NewSource,
    followed: &Followed,
    by: &str,
) -> Result<Source, AccessError> {
    write(database, by, |tx, requester| {
        connect_with(tx, requester, new, |row| events::store_outcome(tx, requester, row, &Ok(followed.clone())))
    })
}

fn write<T>(
    database: &Database,
    by: &str,
    work: impl FnOnce(&Transaction<'_>, &Requester) -> Outcome<T>,
) -> Result<T, AccessError> {
    let store: Store = open(database)?;
    let mut scope = store.read_now(load_scope)?;
    scope.real = true;
    let requester = operator(scope, by);
    store.write_now(|tx| work(tx, &requester))?
}

fn refused<T>(why: String) -> Result<T, AccessError> {
    Err(AccessError::Refused(why))
}

/// The id of the only company that is meant.
fn named(db: &Connection, typed: &str) -> Outcome<String> {
    let by_id = db.query_row("SELECT id FROM companies WHERE id = ?", [typed], |row| row.get(0));
    if let Some(id) = by_id.optional()? {
        return Ok(Ok(id));
    }
    let sql = "SELECT id, name FROM companies WHERE name_lower = ?1 OR external_id_lower = ?1 ORDER BY n LIMIT 6";
    let mut statement = db.prepare_cached(sql)?;
    let found = statement.query_map([search_key(typed)], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let mut found: Vec<(String, String)> = found.collect::<Result<_, _>>()?;
    match found.len() {
        0 => Ok(Err(AccessError::NoCompany { typed: typed.to_owned() })),
        1 => Ok(Ok(found.remove(0).0)),
        _ => {
            let ids: Vec<_> = found.into_iter().map(|(id, _)| id).collect();
            Ok(refused(format!("several companies are called that: say {}", ids.join(" or "))))
        }
    }
}

/// Why an account cannot be this company's. One account is one company.
fn account_conflict(tx: &Transaction<'_>, company_n: i64, account: &str) -> Result<Option<String>, StoreError> {
    let sql = "SELECT account_uuid FROM companies WHERE n = ? AND account_uuid IS NOT NULL";
    let own: Option<String> = tx.query_row(sql, [company_n], |row| row.get(0)).optional()?;
    if let Some(own) = own.filter(|own| !own.eq_ignore_ascii_case(account)) {
        return Ok(Some(format!("the company's account is {own}, and not {account}")));
    }
    let sql = "SELECT name FROM companies c WHERE n <> ?1 AND (account_uuid = ?2 OR EXISTS
               (SELECT 1 FROM sources s WHERE s.company_n = c.n AND s.account_uuid = ?2)) ORDER BY n LIMIT 1";
    let other: Option<String> = tx.query_row(sql, (company_n, account), |row| row.get(0)).optional()?;
    Ok(other.map(|name| format!("the account {account} is that of {name}, and one account is one company")))
}

fn put(tx: &Transaction<'_>, requester: &Requester, company_n: i64, new: &NewSource) -> Result<(), StoreError> {
    let sql = "INSERT INTO sources (company_n, source, account_uuid, client_id, secret_ref, may_write, state, connected_by_id,
            connected_by_name, connect_time)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (company_n, source) DO UPDATE SET account_uuid = excluded.account_uuid, client_id = excluded.client_id, secret_ref = excluded.secret_ref, may_write = excluded.may_write,
            connected_by_id = excluded.connected_by_id, connected_by_name = excluded.connected_by_name,
            connect_time = excluded.connect_time, last_success_time = NULL, acted_time = NULL,
            failures = 0, expire_time = NULL";
    tx.execute(
        sql,
        (
            company_n,
            new.source.as_str(),
            &new.account,
            &new.client_id,
            new.secret.to_string(),
            i64::from(new.may_write),
            SourceState::Connected.as_str(),
            &requester.actor.id,
            &requester.actor.display_name,
            requester.now,
        ),
    )?;
    Ok(())
}
