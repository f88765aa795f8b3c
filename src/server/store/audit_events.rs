//! The audit trail, newest first.

use super::companies::row::time;
use super::error::StoreError;
use super::rows::{Condition, Page, Window};
use crate::domain::activity::Action;
use crate::server::sql::{self, Connection, Row, Value, params_from_iter};
use crate::wire::Actor;
use crate::wire::activity::Event;

/// By row number, not by time: a clock that was put back must not make a page show rows again.
pub fn list(db: &Connection, wanted: &Condition, window: &Window) -> Result<Page<Event>, StoreError> {
    let total = window.total(|| {
        let sql = format!("SELECT count(*) FROM audit_events WHERE {}", wanted.sql);
        Ok(db.prepare_cached(&sql)?.query_row(params_from_iter(&wanted.values), |row| row.get(0))?)
    })?;
    let sql = format!(
        "SELECT n, id, time, actor_id, actor_name, action, company_id, company_name, target, client
         FROM audit_events WHERE {} AND n < ? ORDER BY n DESC LIMIT ?",
        wanted.sql
    );
    let place = [window.after(i64::MAX)?, window.limit()].map(Value::Integer);
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(wanted.values.iter().cloned().chain(place)), event)?;
    Ok(Page::by_number(rows.collect::<Result<_, _>>()?, total))
}

fn event(row: &Row<'_>) -> sql::Result<(i64, Event)> {
    let event = Event {
        id: row.get("id")?,
        time: time(row.get("time")?),
        actor: Actor { id: row.get("actor_id")?, display_name: row.get("actor_name")? },
        action: Some(Action::from(row.get_ref("action")?.as_str()?)),
        company_id: row.get("company_id")?,
        company_name: row.get("company_name")?,
        target: row.get("target")?,
        client: row.get("client")?,
    };
    Ok((row.get("n")?, event))
}
