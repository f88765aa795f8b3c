//! Companies: the list, what changed, one of them, and changing one.

use super::answer::{Answer, Fail, Reply};
use super::call::Call;
use super::company_edit::Edit;
use super::company_row::{COLUMNS, View};
use super::company_text::{self, FROM, SHOWN, SHOWN_COUNT};
use super::filter;
use super::filter_sql::{self, Condition};
use super::link_row::lapse;
use super::moments;
use super::order::Order;
use super::token::{self, ChangeToken, PageToken};
use super::writing::{once, same_revision};
use crate::domain::activity::Action;
use crate::domain::company::CompanyState;
use crate::wire::company::Company;
use crate::wire::list::{ChangeList, List, Rows, Tombstone};
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

/// What a list was asked for.
struct Question {
    filter: Condition,
    order: Order,
    size: u32,
    number: u64,
    token: Option<PageToken>,
}

/// `GET companies`.
pub async fn list(call: &Call) -> Answer {
    let view = View::new(&call.house, &call.who, call.now);
    let question = question(call, view.now)?;
    if question.token.is_none() {
        // A link that lapsed may take the company with it that stood here because of it.
        lapse(&call.house, call.now).await?;
    }
    let database = call.house.database_id.clone();
    call.house
        .store
        .read(move |db| {
            // Taken before the rows, and from the same state: no change can fall between.
            let change_token = token::write(&ChangeToken { database, seq: number(db, "seq")? })?;
            let total = match &question.token {
                Some(token) => token.total,
                None => total(db, &question)?,
            };
            let (rows, next_page_token) = page(db, &view, &question, total)?;
            let (results, total_size) = (Rows::<Company>::default(), Some(total));
            let list = List { results, next_page_token, total_size, change_token: Some(change_token) };
            let mut reply = Reply::json(&list)?;
            reply.body = company_text::with_rows(&reply.body, &rows)?;
            Ok(reply)
        })
        .await
}

fn question(call: &Call, now: i64) -> Result<Question, Fail> {
    let filter_text = call.query.get("filter").unwrap_or("");
    let order_text = call.query.get("order_by").unwrap_or("");
    let in_filter = |why: String| Fail::field("filter", why);
    let filter = match filter::parse(filter_text).map_err(in_filter)? {
        Some(expr) => filter_sql::condition(&expr, now).map_err(in_filter)?,
        None => Condition { sql: "1".into(), values: Vec::new() },
    };
    let order = Order::parse(order_text).map_err(|why| Fail::field("order_by", why))?;
    let number = token::question(&["companies", filter_text, order_text]);
    let token = match call.query.get("page_token") {
        None | Some("") => None,
        Some(text) => Some(token::page(text, number, order.len())?),
    };
    Ok(Question { filter, order, size: call.page_size(25)?, number, token })
}

fn total(db: &Connection, question: &Question) -> Result<u64, Fail> {
    let sql = format!("SELECT count(*) FROM companies WHERE {}", question.filter.sql);
    Ok(db
        .prepare(&sql)?
        .query_row(params_from_iter(&question.filter.values), |row| row.get::<_, i64>(0))?
        .cast_unsigned())
}

fn page(db: &Connection, view: &View, question: &Question, total: u64) -> Result<(Vec<u8>, Option<String>), Fail> {
    let order = &question.order;
    let mut values = question.filter.values.clone();
    let behind = match &question.token {
        Some(token) => order.behind(&token.keys),
        None => Condition { sql: "1".into(), values: Vec::new() },
    };
    values.extend(behind.values);
    // One more than asked for, to see whether there is more.
    values.push(Value::Integer(i64::from(question.size) + 1));
    let rows = format!("WHERE {} AND {} ORDER BY {} LIMIT ?", question.filter.sql, behind.sql, order.sql());
    let sql = if order.len() > 2 {
        // Orders that no index gives whole are sorted by SQLite: without the texts, which are large.
        let these = format!("WHERE companies.n IN (SELECT n FROM companies {rows}) ORDER BY {}", order.sql());
        format!("SELECT {SHOWN}{} FROM {FROM} {these}", order.selected())
    } else {
        format!("SELECT {SHOWN}{} FROM {FROM} {rows}", order.selected())
    };
    let size = question.size as usize;
    let (mut written, mut count, mut last) = (Vec::with_capacity(size * 900), 0, None);
    let mut statement = db.prepare_cached(&sql)?;
    let mut rows = statement.query(params_from_iter(values))?;
    while let Some(row) = rows.next()? {
        if count == size {
            let keys = last.take().unwrap_or_default();
            let token = PageToken { question: question.number, keys, total };
            return Ok((written, Some(token::write(&token)?)));
        }
        if count > 0 {
            written.push(b',');
        }
        company_text::append(db, view, row, &mut written)?;
        count += 1;
        if count == size {
            last = Some(order.keys(row, SHOWN_COUNT)?);
        }
    }
    Ok((written, None))
}

fn number(db: &Connection, key: &str) -> Result<i64, Fail> {
    Ok(db.prepare_cached("SELECT value FROM meta WHERE key = ?")?.query_row([key], |row| row.get(0))?)
}

/// `GET companies:changes`.
pub async fn changes(call: &Call) -> Answer {
    let since = call.query.get("since").ok_or_else(|| Fail::field("since", "is missing"))?.to_owned();
    let size = i64::from(call.page_size(1000)?);
    lapse(&call.house, call.now).await?;
    moments::tell(&call.house, call.now).await?;
    let view = View::new(&call.house, &call.who, call.now);
    let database = call.house.database_id.clone();
    call.house
        .store
        .read(move |db| {
            let newest = number(db, "seq")?;
            let since = token::change(&since, &database, number(db, "oldest_seq")?, newest)?.seq;
            let upto = cut(db, since, size)?.unwrap_or(newest);
            let results = changed(db, &view, since, upto)?;
            let removed = removed(db, since, upto)?;
            let next_change_token = token::write(&ChangeToken { database, seq: upto })?;
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
fn cut(db: &Connection, since: i64, size: i64) -> Result<Option<i64>, Fail> {
    let mut statement = db.prepare_cached(SEQS)?;
    let seqs: Vec<i64> = statement.query_map((since, size + 1), |row| row.get(0))?.collect::<Result<_, _>>()?;
    let more = i64::try_from(seqs.len()).is_ok_and(|found| found > size);
    Ok(if more { seqs.iter().rev().nth(1).copied() } else { None })
}

fn changed(db: &Connection, view: &View, since: i64, upto: i64) -> Result<Vec<Company>, Fail> {
    let mut statement = db.prepare_cached(&format!("SELECT {COLUMNS} {CHANGED}"))?;
    let rows = statement.query_map((since, upto), |row| view.company(row))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn removed(db: &Connection, since: i64, upto: i64) -> Result<Vec<Tombstone>, Fail> {
    let mut statement = db.prepare_cached("SELECT id FROM tombstones WHERE seq > ? AND seq <= ? ORDER BY seq")?;
    let rows = statement.query_map((since, upto), |row| Ok(Tombstone { id: row.get(0)? }))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// `GET companies/{id}`.
pub async fn get(call: &Call) -> Answer {
    let view = View::new(&call.house, &call.who, call.now);
    let id = call.company().to_owned();
    call.house.store.read(move |db| Reply::json(&view.record(db, &id)?.company)).await
}

/// `PATCH companies/{id}`.
pub async fn patch(call: &Call) -> Answer {
    let dry = call.validate_only()?;
    let etag = call.if_match()?;
    let object = call.object(false)?;
    let edit = Edit::read(&object, call.now.as_millisecond())?;
    let said = serde_json::Value::Object(object).to_string();
    let id = call.company().to_owned();
    once(call, said, dry, move |tx, author| {
        let record = author.view.record(tx, &id)?;
        if record.state() == CompanyState::Unlinked {
            return Err(Fail::conflict("WRONG_STATE", "The company is unlinked; it cannot be changed from here."));
        }
        same_revision(&etag, &record.company.etag)?;
        if edit.is_empty() {
            return Reply::json(&record.company);
        }
        edit.store(tx, record.n)?;
        author.touch(tx, record.n)?;
        let after = author.view.record(tx, &id)?.company;
        author.audit(tx, Action::CompanyUpdated, (&id, &after.name), Some(&edit.fields()))?;
        Reply::json(&after)
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::Options;
    use crate::server::house::House;

    #[test]
    fn changes_are_found_by_their_index_however_many_companies_there_are() {
        let house = House::open(&Options::default(), String::new()).unwrap();
        for sql in [SEQS, &format!("SELECT {COLUMNS} {CHANGED}")] {
            let plan: Vec<String> = house
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
