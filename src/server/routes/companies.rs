//! Companies: the list, what changed, one of them, and changing one.

use crate::domain::activity::Action;
use crate::domain::company::CompanyState;
use crate::server::error::{ApiError, ApiResult, Reply};
use crate::server::extract::{IfMatch, JsonObject, Path, Query};
use crate::server::idempotency::{Requester, Write};
use crate::server::query::filter;
use crate::server::query::filter_sql::{self, Condition};
use crate::server::query::order::Order;
use crate::server::query::page_token::{self, ChangeToken};
use crate::server::query::paging::Paging;
use crate::server::routes::company_edit::Edit;
use crate::server::state::App;
use crate::server::store::company_json::{self, FROM, SHOWN, SHOWN_COUNT};
use crate::server::store::company_row::{COLUMNS, RequestScope};
use crate::server::store::expirations;
use crate::server::store::link_row::expire_overdue;
use crate::server::store::revisions::same_revision;
use crate::wire::company::Company;
use crate::wire::list::{ChangeList, List, Rows, Tombstone};
use axum::extract::State;
use rusqlite::types::Value;
use rusqlite::{Connection, Transaction, params_from_iter};

struct Question {
    filter: Condition,
    order: Order,
    paging: Paging,
}

pub async fn list(State(app): App, scope: RequestScope, query: Query) -> ApiResult {
    let question = question(&query, scope.now)?;
    if question.paging.is_first() {
        // A link that lapsed may take the company with it that stood here because of it.
        expire_overdue(&app.store, scope.now).await?;
    }
    let database = app.database_id.clone();
    app.store
        .read(move |db| {
            // Taken before the rows, and from the same state: no change can fall between.
            let change_token = page_token::write(&ChangeToken { database, seq: number(db, "seq")? })?;
            let total = question.paging.total(|| total(db, &question.filter))?;
            let (rows, next_page_token) = page(db, &scope, &question, total)?;
            let (results, total_size) = (Rows::<Company>::default(), Some(total));
            let list = List { results, next_page_token, total_size, change_token: Some(change_token) };
            let mut reply = Reply::json(&list)?;
            reply.body = company_json::with_rows(&reply.body, &rows)?;
            Ok(reply)
        })
        .await
}

fn question(query: &Query, now: i64) -> Result<Question, ApiError> {
    let filter_text = query.get("filter").unwrap_or("");
    let order_text = query.get("order_by").unwrap_or("");
    let in_filter = |why: String| ApiError::field("filter", why);
    let filter = match filter::parse(filter_text).map_err(in_filter)? {
        Some(expr) => filter_sql::condition(&expr, now).map_err(in_filter)?,
        None => Condition { sql: "1".into(), values: Vec::new() },
    };
    let order = Order::parse(order_text).map_err(|why| ApiError::field("order_by", why))?;
    let paging = Paging::read(query, &["companies", filter_text, order_text], order.len())?;
    Ok(Question { filter, order, paging })
}

fn total(db: &Connection, filter: &Condition) -> Result<i64, ApiError> {
    let sql = format!("SELECT count(*) FROM companies WHERE {}", filter.sql);
    Ok(db.prepare(&sql)?.query_row(params_from_iter(&filter.values), |row| row.get(0))?)
}

fn page(
    db: &Connection,
    scope: &RequestScope,
    question: &Question,
    total: u64,
) -> Result<(Vec<u8>, Option<String>), ApiError> {
    let order = &question.order;
    let mut values = question.filter.values.clone();
    let behind = match question.paging.keys() {
        Some(keys) => order.behind(keys),
        None => Condition { sql: "1".into(), values: Vec::new() },
    };
    values.extend(behind.values);
    values.push(Value::Integer(question.paging.limit()));
    let rows = format!("WHERE {} AND {} ORDER BY {} LIMIT ?", question.filter.sql, behind.sql, order.sql());
    let sql = if order.len() > 2 {
        // Orders that no index gives whole are sorted by SQLite: without the texts, which are large.
        let these = format!("WHERE companies.n IN (SELECT n FROM companies {rows}) ORDER BY {}", order.sql());
        format!("SELECT {SHOWN}{} FROM {FROM} {these}", order.selected())
    } else {
        format!("SELECT {SHOWN}{} FROM {FROM} {rows}", order.selected())
    };
    let size = question.paging.size();
    let (mut written, mut count, mut last) = (Vec::with_capacity(size * 900), 0, None);
    let mut statement = db.prepare_cached(&sql)?;
    let mut rows = statement.query(params_from_iter(values))?;
    while let Some(row) = rows.next()? {
        if count == size {
            let keys = last.take().unwrap_or_default();
            return Ok((written, Some(question.paging.next(keys, total)?)));
        }
        if count > 0 {
            written.push(b',');
        }
        company_json::append(db, scope, row, &mut written)?;
        count += 1;
        if count == size {
            last = Some(order.keys(row, SHOWN_COUNT)?);
        }
    }
    Ok((written, None))
}

fn number(db: &Connection, key: &str) -> Result<i64, ApiError> {
    Ok(db.prepare_cached("SELECT value FROM meta WHERE key = ?")?.query_row([key], |row| row.get(0))?)
}

pub async fn changes(State(app): App, scope: RequestScope, query: Query) -> ApiResult {
    let since = query.get("since").ok_or_else(|| ApiError::field("since", "is missing"))?.to_owned();
    let size = i64::from(query.page_size(1000)?);
    expire_overdue(&app.store, scope.now).await?;
    expirations::publish(&app.store, scope.now).await?;
    let database = app.database_id.clone();
    app.store
        .read(move |db| {
            let newest = number(db, "seq")?;
            let since = page_token::change(&since, &database, number(db, "oldest_seq")?, newest)?.seq;
            let upto = cut(db, since, size)?.unwrap_or(newest);
            let results = changed(db, &scope, since, upto)?;
            let removed = removed(db, since, upto)?;
            let next_change_token = page_token::write(&ChangeToken { database, seq: upto })?;
            Reply::json(&ChangeList { results: results.into(), removed, next_change_token, has_more: upto < newest })
        })
        .await
}

/// What changed since. That `seq` is above 0 has to be said once more: the index holds only those, and `SQLite` does not
/// know that the token is never negative.
const SEQS: &str = "SELECT seq FROM companies WHERE seq > ?1 AND seq > 0
                    UNION ALL SELECT seq FROM tombstones WHERE seq > ?1 ORDER BY seq LIMIT ?2";
const CHANGED: &str = "FROM companies WHERE seq > ? AND seq <= ? AND seq > 0 ORDER BY seq";

/// Up to which change the answer goes, when there are more than fit.
fn cut(db: &Connection, since: i64, size: i64) -> Result<Option<i64>, ApiError> {
    let mut statement = db.prepare_cached(SEQS)?;
    let seqs: Vec<i64> = statement.query_map((since, size + 1), |row| row.get(0))?.collect::<Result<_, _>>()?;
    let more = i64::try_from(seqs.len()).is_ok_and(|found| found > size);
    Ok(if more { seqs.iter().rev().nth(1).copied() } else { None })
}

fn changed(db: &Connection, scope: &RequestScope, since: i64, upto: i64) -> Result<Vec<Company>, ApiError> {
    let mut statement = db.prepare_cached(&format!("SELECT {COLUMNS} {CHANGED}"))?;
    let rows = statement.query_map((since, upto), |row| scope.company(row))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn removed(db: &Connection, since: i64, upto: i64) -> Result<Vec<Tombstone>, ApiError> {
    let mut statement = db.prepare_cached("SELECT id FROM tombstones WHERE seq > ? AND seq <= ? ORDER BY seq")?;
    let rows = statement.query_map((since, upto), |row| Ok(Tombstone { id: row.get(0)? }))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub async fn get(State(app): App, scope: RequestScope, Path([_, id]): Path<[String; 2]>) -> ApiResult {
    app.store.read(move |db| Reply::json(&scope.record(db, &id)?.company)).await
}

pub async fn patch(
    write: Write,
    scope: RequestScope,
    Path([_, id]): Path<[String; 2]>,
    IfMatch(etag): IfMatch,
    JsonObject(object): JsonObject,
) -> ApiResult {
    let edit = Edit::read(&object, scope.now)?;
    let fingerprint = serde_json::Value::Object(object).to_string();
    let work = move |tx: &Transaction<'_>, requester: &Requester| {
        let record = requester.scope.record(tx, &id)?;
        if record.state() == CompanyState::Unlinked {
            return Err(ApiError::conflict("WRONG_STATE", "The company is unlinked; it cannot be changed from here."));
        }
        same_revision(&etag, &record.company.etag)?;
        if edit.is_empty() {
            return Reply::json(&record.company);
        }
        edit.store(tx, record.n)?;
        requester.touch(tx, record.n)?;
        let after = requester.scope.record(tx, &id)?.company;
        requester.audit(tx, Action::CompanyUpdated, (&id, &after.name), Some(&edit.fields()))?;
        Reply::json(&after)
    };
    write.run_once(fingerprint, work).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::Options;
    use crate::server::state::AppState;

    #[test]
    fn changes_are_found_by_their_index_however_many_companies_there_are() {
        let app = AppState::open(&Options::default(), String::new()).unwrap();
        for sql in [SEQS, &format!("SELECT {COLUMNS} {CHANGED}")] {
            let plan: Vec<String> = app
                .store
                .read_now(|db| {
                    let mut statement = db.prepare(&format!("EXPLAIN QUERY PLAN {sql}"))?;
                    let rows = statement.query_map((5, 10), |row| row.get(3))?;
                    Ok(rows.collect::<Result<_, _>>()?)
                })
                .unwrap();
            let companies: Vec<&String> = plan.iter().filter(|step| step.contains(" companies")).collect();
            assert!(!companies.is_empty() && companies.iter().all(|step| step.starts_with("SEARCH")), "{plan:?}");
            assert!(companies.iter().all(|step| step.contains("INDEX companies_by_seq")), "{plan:?}");
        }
    }
}
