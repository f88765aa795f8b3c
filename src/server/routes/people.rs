//! People of a company and its groups.

pub mod actions;
pub mod group_members;

use crate::domain::people::{GroupKind, PersonKind, PersonState};
use crate::server::error::{ApiError, ApiResult, Reply};
use crate::server::extract::{Path, Query};
use crate::server::query::paging::Paging;
use crate::server::state::App;
use crate::server::store::company_row::{Record, RequestScope, time};
use crate::wire::people::{Group, Membership, User};
use axum::extract::State;
use rusqlite::{Connection, OptionalExtension, Row};
use std::collections::HashMap;

/// Counts the people, groups or vaults of a company.
pub fn count(db: &Connection, table: &str, company_n: i64) -> Result<i64, ApiError> {
    // The name of a table is our own.
    let sql = format!("SELECT count(*) FROM {table} WHERE company_n = ?");
    Ok(db.prepare_cached(&sql)?.query_row([company_n], |row| row.get(0))?)
}

/// The last one is for technicians alone: whether the MSP granted them Advanced permissions in this company.
const COLUMNS: &str = "n, id, rev, email, display_name, state, kind, create_time,
    CASE WHEN kind = 'EXTERNAL_ACCOUNT_MANAGER' THEN coalesce((SELECT c.granted_mask >> t.n & 1
        FROM companies c, technicians t WHERE c.n = people.company_n AND t.id = people.id), 0) END";

fn read(row: &Row<'_>, scope: &RequestScope, company: &str) -> rusqlite::Result<(i64, User)> {
    let id: String = row.get(1)?;
    let user = User {
        path: format!("{}/users/{id}", scope.path(company)),
        id,
        etag: Some(scope.etag('u', row.get(2)?)),
        email: row.get(3)?,
        display_name: row.get(4)?,
        state: Some(PersonState::from(row.get_ref(5)?.as_str()?)),
        kind: Some(PersonKind::from(row.get_ref(6)?.as_str()?)),
        groups: Vec::new(),
        advanced_granted: row.get(8)?,
        create_time: time(row.get(7)?),
    };
    Ok((row.get(0)?, user))
}

pub async fn users(State(app): App, scope: RequestScope, Path([_, id]): Path<[String; 2]>, query: Query) -> ApiResult {
    let paging = Paging::read(&query, &["users", &id], 1)?;
    app.store
        .read(move |db| {
            let record = scope.record(db, &id)?;
            let total = paging.total(|| count(db, "people", record.n))?;
            let people = page(db, &scope, &record, paging.after(0)?, paging.limit())?;
            Reply::json(&paging.list(people, total)?)
        })
        .await
}

/// People behind a row's number, with their groups.
pub fn page(
    db: &Connection,
    scope: &RequestScope,
    record: &Record,
    after: i64,
    most: i64,
) -> Result<Vec<(i64, User)>, ApiError> {
    let sql = format!("SELECT {COLUMNS} FROM people WHERE company_n = ? AND n > ? ORDER BY n LIMIT ?");
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map((record.n, after, most), |row| read(row, scope, &record.company.id))?;
    let mut people: Vec<(i64, User)> = rows.collect::<Result<_, _>>()?;
    let (first, last) = (after + 1, people.last().map_or(0, |(n, _)| *n));
    let mut groups = memberships(db, record.n, first, last)?;
    for (n, user) in &mut people {
        user.groups = groups.remove(n).unwrap_or_default();
    }
    Ok(people)
}

fn memberships(
    db: &Connection,
    company_n: i64,
    first: i64,
    last: i64,
) -> Result<HashMap<i64, Vec<Membership>>, ApiError> {
    let sql = "SELECT m.person_n, g.id, g.kind, g.name FROM memberships m JOIN groups g ON g.n = m.group_n
               WHERE g.company_n = ? AND m.person_n BETWEEN ? AND ? ORDER BY g.n";
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query((company_n, first, last))?;
    let mut found: HashMap<i64, Vec<Membership>> = HashMap::new();
    while let Some(row) = rows.next()? {
        let kind = Some(GroupKind::from(row.get::<_, String>(2)?.as_str()));
        found.entry(row.get(0)?).or_default().push(Membership { id: row.get(1)?, kind, name: row.get(3)? });
    }
    Ok(found)
}

pub async fn user(State(app): App, scope: RequestScope, Path([_, company, id]): Path<[String; 3]>) -> ApiResult {
    app.store
        .read(move |db| {
            let record = scope.record(db, &company)?;
            let (_, user) = one(db, &scope, &record, &id)?.ok_or_else(ApiError::not_found)?;
            Reply::json(&user)
        })
        .await
}

/// The person with this id and their row's number, if the company has them.
pub fn one(db: &Connection, scope: &RequestScope, record: &Record, id: &str) -> Result<Option<(i64, User)>, ApiError> {
    let sql = format!("SELECT {COLUMNS} FROM people WHERE company_n = ? AND id = ?");
    let mut statement = db.prepare_cached(&sql)?;
    let found = statement.query_row((record.n, id), |row| read(row, scope, &record.company.id)).optional()?;
    let Some((n, mut user)) = found else { return Ok(None) };
    user.groups = memberships(db, record.n, n, n)?.remove(&n).unwrap_or_default();
    Ok(Some((n, user)))
}

pub async fn groups(State(app): App, scope: RequestScope, Path([_, id]): Path<[String; 2]>, query: Query) -> ApiResult {
    let paging = Paging::read(&query, &["groups", &id], 1)?;
    app.store
        .read(move |db| {
            let record = scope.record(db, &id)?;
            let total = paging.total(|| count(db, "groups", record.n))?;
            let groups = groups_of(db, &scope, &record, paging.after(0)?, paging.limit())?;
            Reply::json(&paging.list(groups, total)?)
        })
        .await
}

/// Groups behind a row's number. People who were deleted are in no group any more.
pub fn groups_of(
    db: &Connection,
    scope: &RequestScope,
    record: &Record,
    after: i64,
    most: i64,
) -> Result<Vec<(i64, Group)>, ApiError> {
    let sql = "SELECT n, id, kind, name, (SELECT count(*) FROM memberships m WHERE m.group_n = groups.n)
               FROM groups WHERE company_n = ? AND n > ? ORDER BY n LIMIT ?";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map((record.n, after, most), |row| {
        let id: String = row.get(1)?;
        let group = Group {
            path: format!("{}/groups/{id}", scope.path(&record.company.id)),
            id,
            kind: Some(GroupKind::from(row.get_ref(2)?.as_str()?)),
            name: row.get(3)?,
            member_count: row.get(4)?,
        };
        Ok((row.get(0)?, group))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
