//! People of a company.

pub mod actions;
pub mod due_recoveries;
pub mod groups;
pub mod invite;
pub mod recoveries;
pub mod search;
pub mod sync;

use super::companies::row::{Record, RequestScope, time};
use super::error::StoreError;
use super::rows::{Page, Window};
use crate::domain::people::{GroupKind, PersonKind, PersonState};
use crate::server::sql::{self, Connection, OptionalExtension, Row};
use crate::wire::people::{Membership, User};
use std::collections::HashMap;

/// Counts the people, groups or vaults of a company.
pub fn count(db: &Connection, table: &str, company_n: i64) -> Result<i64, StoreError> {
    // The name of a table is our own.
    let sql = format!("SELECT count(*) FROM {table} WHERE company_n = ?");
    Ok(db.prepare_cached(&sql)?.query_row([company_n], |row| row.get(0))?)
}

/// The last one is for technicians alone: whether the MSP granted them Advanced permissions in this company.
const COLUMNS: &str = "n, id, rev, email, display_name, state, kind, create_time, possibly_technician,
    CASE WHEN kind = 'EXTERNAL_ACCOUNT_MANAGER' THEN coalesce((SELECT (c.granted_mask >> CAST(t.n AS INTEGER)) & 1
        FROM companies c, technicians t WHERE c.n = people.company_n AND t.id = people.id), 0) END AS advanced_granted";

fn read(row: &Row<'_>, scope: &RequestScope, company: &str) -> sql::Result<(i64, User)> {
    let id: String = row.get("id")?;
    let user = User {
        path: format!("{}/users/{id}", scope.path(company)),
        id,
        etag: Some(scope.etag('u', row.get("rev")?)),
        email: row.get("email")?,
        display_name: row.get("display_name")?,
        state: Some(PersonState::from(row.get_ref("state")?.as_str()?)),
        kind: row.get::<_, Option<String>>("kind")?.as_deref().map(PersonKind::from),
        groups: None,
        possibly_technician: row.get("possibly_technician")?,
        advanced_granted: row.get("advanced_granted")?,
        create_time: time(row.get("create_time")?),
    };
    Ok((row.get("n")?, user))
}

pub fn list(db: &Connection, scope: &RequestScope, company: &str, window: &Window) -> Result<Page<User>, StoreError> {
    let record = scope.record(db, company)?;
    let total = window.total(|| count(db, "people", record.n))?;
    let people = after(db, scope, &record, (window.after(0)?, window.limit()))?;
    Ok(Page::by_number(people, total))
}

/// People behind a row's number, with their groups; at most so many.
pub fn after(
    db: &Connection,
    scope: &RequestScope,
    record: &Record,
    (after, most): (i64, i64),
) -> Result<Vec<(i64, User)>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM people WHERE company_n = ? AND n > ? ORDER BY n LIMIT ?");
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map((record.n, after, most), |row| read(row, scope, &record.company.id))?;
    let mut people: Vec<(i64, User)> = rows.collect::<Result<_, _>>()?;
    if scope.real {
        return Ok(people);
    }
    let (first, last) = (after + 1, people.last().map_or(0, |(n, _)| *n));
    let mut groups = memberships(db, record.n, first, last)?;
    for (n, user) in &mut people {
        user.groups = Some(groups.remove(n).unwrap_or_default());
    }
    Ok(people)
}

fn memberships(
    db: &Connection,
    company_n: i64,
    first: i64,
    last: i64,
) -> Result<HashMap<i64, Vec<Membership>>, StoreError> {
    let sql = "SELECT m.person_n, g.id, g.kind, g.name FROM memberships m JOIN groups g ON g.n = m.group_n
               WHERE g.company_n = ? AND m.person_n BETWEEN ? AND ? ORDER BY g.n";
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query((company_n, first, last))?;
    let mut found: HashMap<i64, Vec<Membership>> = HashMap::new();
    while let Some(row) = rows.next()? {
        let kind = Some(GroupKind::from(row.get::<_, String>("kind")?.as_str()));
        let membership = Membership { id: row.get("id")?, kind, name: row.get("name")? };
        found.entry(row.get("person_n")?).or_default().push(membership);
    }
    Ok(found)
}

pub fn get(db: &Connection, scope: &RequestScope, company: &str, id: &str) -> Result<User, StoreError> {
    let record = scope.record(db, company)?;
    Ok(one(db, scope, &record, id)?.1)
}

/// The person with this id and their row's number.
pub fn one(db: &Connection, scope: &RequestScope, record: &Record, id: &str) -> Result<(i64, User), StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM people WHERE company_n = ? AND id = ?");
    let mut statement = db.prepare_cached(&sql)?;
    let found = statement.query_row((record.n, id), |row| read(row, scope, &record.company.id)).optional()?;
    let (n, mut user) = found.ok_or(StoreError::NotFound)?;
    if !scope.real {
        user.groups = Some(memberships(db, record.n, n, n)?.remove(&n).unwrap_or_default());
    }
    Ok((n, user))
}
