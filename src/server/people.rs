//! People of a company and its groups.

use super::answer::{Answer, Fail, Reply};
use super::call::Call;
use super::company_row::{Record, View, time};
use super::sample;
use super::token::{self, Key, PageToken};
use crate::domain::people::{GroupKind, PersonKind, PersonState};
use crate::wire::list::List;
use crate::wire::people::{Group, Membership, User};
use rusqlite::{Connection, OptionalExtension, Row};
use std::collections::HashMap;

/// Makes sure that the company's people exist: a large sample makes those of a company when it is first opened.
///
/// # Errors
/// 404 when there is no such company.
pub async fn unfold(call: &Call) -> Result<(), Fail> {
    let id = call.company().to_owned();
    let found = call
        .house
        .store
        .read(move |db| {
            let sql = "SELECT n, derived FROM companies WHERE id = ?";
            let found = db.prepare_cached(sql)?.query_row([id], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
            found.ok_or_else(Fail::not_found)
        })
        .await?;
    let (n, derived): (i64, bool) = found;
    if derived {
        return Ok(());
    }
    let origin = call.house.origin;
    call.house.store.write(move |tx| sample::unfold(tx, &origin, n)).await
}

/// Where a list of people, groups or vaults goes on.
pub struct Cursor {
    question: u64,
    pub after: i64,
    total: Option<u64>,
    pub size: u32,
}

/// Reads it from the request.
///
/// # Errors
/// 400 for a token of another list.
pub fn cursor(call: &Call, of: &str) -> Result<Cursor, Fail> {
    let question = token::question(&[of, call.company()]);
    let size = call.page_size(25)?;
    match call.query.get("page_token") {
        None | Some("") => Ok(Cursor { question, after: 0, total: None, size }),
        Some(text) => {
            let token = token::page(text, question, 1)?;
            match token.keys.first() {
                Some(Key::Number(after)) => Ok(Cursor { question, after: *after, total: Some(token.total), size }),
                _ => Err(Fail::field("page_token", "does not belong to this list")),
            }
        }
    }
}

/// A page of rows, each with its number; there is one more than asked for when there is more.
pub fn list<T: serde::Serialize>(mut rows: Vec<(i64, T)>, cursor: &Cursor, total: u64) -> Answer {
    let size = cursor.size as usize;
    let more = rows.len() > size;
    rows.truncate(size);
    let next_page_token = match rows.last() {
        Some((last, _)) if more => {
            let keys = vec![Key::Number(*last)];
            Some(token::write(&PageToken { question: cursor.question, keys, total })?)
        }
        _ => None,
    };
    let results: Vec<T> = rows.into_iter().map(|(_, row)| row).collect();
    Reply::json(&List { results: results.into(), next_page_token, total_size: Some(total), change_token: None })
}

/// How many rows the list has in all.
pub fn total(db: &Connection, cursor: &Cursor, sql: &str, company_n: i64) -> Result<u64, Fail> {
    match cursor.total {
        Some(total) => Ok(total),
        None => Ok(db.prepare_cached(sql)?.query_row([company_n], |row| row.get::<_, i64>(0))?.cast_unsigned()),
    }
}

/// The last one is for technicians alone: whether the MSP granted them Advanced permissions in this company.
const COLUMNS: &str = "n, id, rev, email, display_name, state, kind, create_time,
    CASE WHEN kind = 'EXTERNAL_ACCOUNT_MANAGER' THEN coalesce((SELECT c.granted_mask >> t.n & 1
        FROM companies c, technicians t WHERE c.n = people.company_n AND t.id = people.id), 0) END";

fn read(row: &Row<'_>, view: &View, company: &str) -> rusqlite::Result<(i64, User)> {
    let id: String = row.get(1)?;
    let user = User {
        path: format!("{}/users/{id}", view.path(company)),
        id,
        etag: Some(view.etag('u', row.get(2)?)),
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

/// `GET companies/{id}/users`.
pub async fn users(call: &Call) -> Answer {
    let cursor = cursor(call, "users")?;
    unfold(call).await?;
    let view = View::new(&call.house, &call.who, call.now);
    let id = call.company().to_owned();
    call.house
        .store
        .read(move |db| {
            let record = view.record(db, &id)?;
            let total = total(db, &cursor, "SELECT count(*) FROM people WHERE company_n = ?", record.n)?;
            let people = page(db, &view, &record, cursor.after, i64::from(cursor.size) + 1)?;
            list(people, &cursor, total)
        })
        .await
}

/// People behind a row's number, with their groups.
pub fn page(db: &Connection, view: &View, record: &Record, after: i64, most: i64) -> Result<Vec<(i64, User)>, Fail> {
    let sql = format!("SELECT {COLUMNS} FROM people WHERE company_n = ? AND n > ? ORDER BY n LIMIT ?");
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map((record.n, after, most), |row| read(row, view, &record.company.id))?;
    let mut people: Vec<(i64, User)> = rows.collect::<Result<_, _>>()?;
    let (first, last) = (after + 1, people.last().map_or(0, |(n, _)| *n));
    let mut groups = memberships(db, record.n, first, last)?;
    for (n, user) in &mut people {
        user.groups = groups.remove(n).unwrap_or_default();
    }
    Ok(people)
}

fn memberships(db: &Connection, company_n: i64, first: i64, last: i64) -> Result<HashMap<i64, Vec<Membership>>, Fail> {
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

/// `GET companies/{id}/users/{user}`.
pub async fn user(call: &Call) -> Answer {
    unfold(call).await?;
    let view = View::new(&call.house, &call.who, call.now);
    let (company, id) = (call.company().to_owned(), call.value(2).to_owned());
    call.house
        .store
        .read(move |db| {
            let record = view.record(db, &company)?;
            let (_, user) = one(db, &view, &record, &id)?.ok_or_else(Fail::not_found)?;
            Reply::json(&user)
        })
        .await
}

/// The person with this id and their row's number, if the company has them.
pub fn one(db: &Connection, view: &View, record: &Record, id: &str) -> Result<Option<(i64, User)>, Fail> {
    let sql = format!("SELECT {COLUMNS} FROM people WHERE company_n = ? AND id = ?");
    let mut statement = db.prepare_cached(&sql)?;
    let found = statement.query_row((record.n, id), |row| read(row, view, &record.company.id)).optional()?;
    let Some((n, mut user)) = found else { return Ok(None) };
    user.groups = memberships(db, record.n, n, n)?.remove(&n).unwrap_or_default();
    Ok(Some((n, user)))
}

/// `GET companies/{id}/groups`.
pub async fn groups(call: &Call) -> Answer {
    let cursor = cursor(call, "groups")?;
    unfold(call).await?;
    let view = View::new(&call.house, &call.who, call.now);
    let id = call.company().to_owned();
    call.house
        .store
        .read(move |db| {
            let record = view.record(db, &id)?;
            let total = total(db, &cursor, "SELECT count(*) FROM groups WHERE company_n = ?", record.n)?;
            list(groups_of(db, &view, &record, cursor.after, i64::from(cursor.size) + 1)?, &cursor, total)
        })
        .await
}

/// Groups behind a row's number. People who were deleted are in no group any more.
pub fn groups_of(
    db: &Connection,
    view: &View,
    record: &Record,
    after: i64,
    most: i64,
) -> Result<Vec<(i64, Group)>, Fail> {
    let sql = "SELECT n, id, kind, name, (SELECT count(*) FROM memberships m WHERE m.group_n = groups.n)
               FROM groups WHERE company_n = ? AND n > ? ORDER BY n LIMIT ?";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map((record.n, after, most), |row| {
        let id: String = row.get(1)?;
        let group = Group {
            path: format!("{}/groups/{id}", view.path(&record.company.id)),
            id,
            kind: Some(GroupKind::from(row.get_ref(2)?.as_str()?)),
            name: row.get(3)?,
            member_count: row.get(4)?,
        };
        Ok((row.get(0)?, group))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
