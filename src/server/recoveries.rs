//! Open recoveries over all companies, and the one thing in them that no technician does: the person's new password.
//!
//! A rule of the sample workspace: whoever's recovery was begun through the API makes a new password 20 s later, by
//! the server's clock. There is no task that waits for it. Before a request is answered, people whose time has come
//! are moved on, with the counted fields, the revision and the place in the sequence of changes of their companies,
//! in one transaction: to every reader it looks as if it had happened in time. Recoveries that the sample began
//! itself stay as they are: those people take their time.

use super::House;
use super::answer::{Answer, Fail, Reply};
use super::call::Call;
use super::company_row::{View, time};
use super::counted::recount;
use super::token::{self, Key, PageToken};
use super::{sample, writing};
use crate::domain::people::PersonState;
use crate::wire::Actor;
use crate::wire::list::List;
use crate::wire::recovery::Recovery;
use rusqlite::{Connection, Row, Transaction};
use std::sync::atomic::{AtomicI64, Ordering};

/// How long the person of the sample takes for a new password, in milliseconds.
pub const READY_AFTER: i64 = 20_000;
/// Companies whose people are made in one transaction, and how often at most for one answer.
const AT_ONCE: usize = 200;
const ROUNDS: usize = 50;

/// When somebody makes a new password next, in milliseconds since 1970: nothing is looked up before.
pub struct Due(AtomicI64);

impl Default for Due {
    /// Of a database that was just opened nothing is known: look at once.
    fn default() -> Self {
        Self(AtomicI64::new(i64::MIN))
    }
}

impl Due {
    /// One more to come.
    pub fn note(&self, ready: i64) {
        self.0.fetch_min(ready, Ordering::SeqCst);
    }
}

/// Moves on whoever has made a new password by now.
///
/// # Errors
/// The database cannot be written; it is tried again with the next request.
pub async fn advance(house: &std::sync::Arc<House>, now: i64) -> Result<(), Fail> {
    if now < house.recoveries.0.load(Ordering::SeqCst) {
        return Ok(());
    }
    let shared = std::sync::Arc::clone(house);
    house
        .store
        .write(move |tx| {
            make_ready(tx, now)?;
            let sql = "SELECT min(ready_time) FROM people WHERE ready_time IS NOT NULL";
            let next: Option<i64> = tx.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
            // Under the writer's lock, like `note`: none that begins meanwhile is forgotten.
            shared.recoveries.0.store(next.unwrap_or(i64::MAX), Ordering::SeqCst);
            Ok(())
        })
        .await
}

fn make_ready(tx: &Transaction<'_>, now: i64) -> Result<(), Fail> {
    let sql = "UPDATE people SET state = 'RECOVERY_AWAITING_COMPLETION', rev = rev + 1, ready_time = NULL
               WHERE ready_time IS NOT NULL AND ready_time <= ? RETURNING company_n";
    let mut statement = tx.prepare_cached(sql)?;
    let mut companies: Vec<i64> = statement.query_map([now], |row| row.get(0))?.collect::<Result<_, _>>()?;
    companies.sort_unstable();
    companies.dedup();
    for company_n in companies {
        recount(tx, company_n)?;
        writing::touch(tx, company_n, now)?;
    }
    Ok(())
}

/// `GET recoveries`.
pub async fn list(call: &Call) -> Answer {
    let question = token::question(&["recoveries"]);
    let size = call.page_size(25)?;
    let token = call.page_token(question, 2)?;
    unfold(call).await?;
    let view = View::new(&call.house, &call.who, call.now);
    call.house
        .store
        .read(move |db| {
            let total = match &token {
                Some(token) => token.total,
                None => total(db)?,
            };
            let mut rows = page(db, &view, token.as_ref(), i64::from(size) + 1)?;
            let more = rows.len() > size as usize;
            rows.truncate(size as usize);
            let next_page_token = match rows.last() {
                Some((keys, _)) if more => Some(token::write(&PageToken { question, keys: keys.clone(), total })?),
                _ => None,
            };
            let results: Vec<Recovery> = rows.into_iter().map(|(_, row)| row).collect();
            let total_size = Some(total);
            Reply::json(&List { results: results.into(), next_page_token, total_size, change_token: None })
        })
        .await
}

/// The people of a large sample are made when they are first asked for. The counted fields say which companies have
/// open recoveries, so the list is whole before it is answered.
async fn unfold(call: &Call) -> Result<(), Fail> {
    for _ in 0..ROUNDS {
        let unmade = call.house.store.read(unmade).await?;
        if unmade.is_empty() {
            return Ok(());
        }
        let origin = call.house.origin;
        call.house.store.write(move |tx| sample::unfold_all(tx, &origin, &unmade)).await?;
    }
    Err(Fail::unavailable("The people of this large sample are still being made.", 1))
}

fn unmade(db: &Connection) -> Result<Vec<i64>, Fail> {
    let sql = format!("SELECT n FROM companies WHERE derived = 0 AND open_recoveries > 0 ORDER BY n LIMIT {AT_ONCE}");
    let mut statement = db.prepare_cached(&sql)?;
    Ok(statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// Technicians can do nothing for the people of a company that is unlinked.
const OPEN: &str = "FROM people p JOIN companies c ON c.n = p.company_n
    WHERE p.state IN ('RECOVERY_STARTED', 'RECOVERY_AWAITING_COMPLETION') AND c.state <> 'UNLINKED'";

fn total(db: &Connection) -> Result<u64, Fail> {
    let count: i64 = db.prepare_cached(&format!("SELECT count(*) {OPEN}"))?.query_row([], |row| row.get(0))?;
    Ok(count.cast_unsigned())
}

fn page(db: &Connection, view: &View, token: Option<&PageToken>, most: i64) -> Result<Vec<(Vec<Key>, Recovery)>, Fail> {
    let (after_time, after_n) = match token.map(|token| token.keys.as_slice()) {
        None => (i64::MIN, i64::MIN),
        Some([Key::Number(time), Key::Number(n)]) => (*time, *n),
        Some(_) => return Err(Fail::field("page_token", "does not belong to this list")),
    };
    let sql = format!(
        "SELECT p.n, p.begin_time, c.id, c.name, p.id, p.rev, p.display_name, p.email, p.state, p.begun_by_id,
            p.begun_by_name, (SELECT count(DISTINCT q.n) FROM people q JOIN memberships m ON m.person_n = q.n
                JOIN groups g ON g.n = m.group_n WHERE q.company_n = p.company_n AND q.n <> p.n
                AND q.state = 'ACTIVE' AND q.kind <> 'EXTERNAL_ACCOUNT_MANAGER'
                AND g.kind IN ('OWNERS', 'ADMINISTRATORS'))
         {OPEN} AND (p.begin_time, p.n) > (?, ?) ORDER BY p.begin_time, p.n LIMIT ?"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map((after_time, after_n, most), |row| {
        let keys = vec![Key::Number(row.get(1)?), Key::Number(row.get(0)?)];
        Ok((keys, read(row, view)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn read(row: &Row<'_>, view: &View) -> rusqlite::Result<Recovery> {
    let by: Option<String> = row.get(9)?;
    Ok(Recovery {
        company_id: row.get(2)?,
        company_name: row.get(3)?,
        user_id: row.get(4)?,
        etag: Some(view.etag('u', row.get(5)?)),
        display_name: row.get(6)?,
        email: row.get(7)?,
        state: Some(PersonState::from(row.get_ref(8)?.as_str()?)),
        begin_time: time(row.get(1)?),
        begun_by: match by {
            Some(id) => Some(Actor { id, display_name: row.get::<_, Option<String>>(10)?.unwrap_or_default() }),
            None => None,
        },
        recoverers: row.get(11)?,
    })
}
