//! The audit trail, newest first.

use super::companies::row::time;
use super::error::StoreError;
use super::rows::{Condition, FOREIGN, Key, Page, Window};
use crate::domain::activity::{Action, EventOrigin};
use crate::server::sql::{self, Connection, Row, Value, params_from_iter};
use crate::wire::Actor;
use crate::wire::activity::Event;

/// By time: what was read from a company's account may be older than rows that were there before. What was done here is
/// shown in the order in which it was, whatever the clock said.
pub fn list(db: &Connection, wanted: &Condition, window: &Window) -> Result<Page<Event>, StoreError> {
    let total = window.total(|| {
        let sql = format!("SELECT count(*) FROM audit_events WHERE {}", wanted.sql);
        Ok(db.prepare_cached(&sql)?.query_row(params_from_iter(&wanted.values), |row| row.get(0))?)
    })?;
    let sql = format!(
        "SELECT n, id, time, actor_id, actor_name, action, company_id, company_name, target, client, origin,
            coalesce(place, time) AS at
         FROM audit_events WHERE {} AND (coalesce(place, time), n) < (?, ?)
         ORDER BY coalesce(place, time) DESC, n DESC LIMIT ?",
        wanted.sql
    );
    let (at, n) = match window.after.as_deref() {
        None => (i64::MAX, i64::MAX),
        Some([Key::Number(at), Key::Number(n)]) => (*at, *n),
        Some(_) => return Err(FOREIGN),
    };
    let place = [at, n, window.limit()].map(Value::Integer);
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(wanted.values.iter().cloned().chain(place)), event)?;
    Ok(Page { rows: rows.collect::<Result<_, _>>()?, total })
}

fn event(row: &Row<'_>) -> sql::Result<(Vec<Key>, Event)> {
    let event = Event {
        id: row.get("id")?,
        time: time(row.get("time")?),
        actor: Actor { id: row.get("actor_id")?, display_name: row.get("actor_name")? },
        action: Some(Action::from(row.get_ref("action")?.as_str()?)),
        company_id: row.get("company_id")?,
        company_name: row.get("company_name")?,
        target: row.get("target")?,
        client: row.get("client")?,
        origin: row.get::<_, Option<String>>("origin")?.as_deref().map(EventOrigin::from),
    };
    Ok((vec![Key::Number(row.get("at")?), Key::Number(row.get("n")?)], event))
}
