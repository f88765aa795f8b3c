//! The audit trail: who did what to which company (contract: `audit_events`), newest first.

use crate::domain::activity::Action;
use crate::domain::roster::words;
use crate::server::error::{ApiError, ApiResult, Reply};
use crate::server::extract::Query;
use crate::server::query::filter::{self, Expr, Op, Test};
use crate::server::query::filter_sql::Condition;
use crate::server::query::paging::Paging;
use crate::server::state::App;
use crate::server::store::company_row::time;
use crate::wire::Actor;
use crate::wire::activity::Event;
use axum::extract::State;
use rusqlite::types::Value;
use rusqlite::{Connection, Row, params_from_iter};

const COLUMNS: &str = "n, id, time, actor_id, actor_name, action, company_id, company_name, target, client";

pub async fn list(State(app): App, query: Query) -> ApiResult {
    let text = query.get("filter").unwrap_or("");
    let in_filter = |why: String| ApiError::field("filter", why);
    let mut wanted = Condition { sql: "1".into(), values: Vec::new() };
    if let Some(expr) = filter::parse(text).map_err(in_filter)? {
        narrow(&expr, &mut wanted).map_err(in_filter)?;
    }
    let paging = Paging::read(&query, &["audit_events", text], 1)?;
    let behind = paging.after(i64::MAX)?;
    app.store
        .read(move |db| {
            let total = paging.total(|| total(db, &wanted))?;
            Reply::json(&paging.list(page(db, &wanted, behind, paging.limit())?, total)?)
        })
        .await
}

/// Parts joined by AND; nothing else narrows.
fn narrow(expr: &Expr, out: &mut Condition) -> Result<(), String> {
    match expr {
        Expr::All(parts) => parts.iter().try_for_each(|part| narrow(part, out)),
        Expr::Test(test) => {
            out.sql.push_str(" AND ");
            part(test, out)
        }
        Expr::Any(_) | Expr::Not(_) => Err("takes comparisons joined by AND, without OR and NOT".into()),
    }
}

fn part(test: &Test, out: &mut Condition) -> Result<(), String> {
    let mut is = |sql: &str| {
        out.sql.push_str(sql);
        out.values.push(Value::Text(test.value.clone()));
        Ok(())
    };
    match (test.field.as_str(), test.op) {
        ("company_id", Op::Is) => is("company_id = ?"),
        ("action", Op::Is) if Action::KNOWN.iter().any(|known| known.as_str() == test.value) => is("action = ?"),
        ("action", Op::Is) => Err(format!("knows no action `{}`", test.value)),
        ("actor", Op::Has) => {
            out.has("actor_lower", &words(&test.value));
            Ok(())
        }
        ("company_id" | "action", _) => Err(format!("compares `{}` by = alone", test.field)),
        ("actor", _) => Err("compares `actor` by : alone".into()),
        (other, _) => Err(format!("knows no field `{other}`; there are company_id, action and actor")),
    }
}

fn total(db: &Connection, wanted: &Condition) -> Result<i64, ApiError> {
    let sql = format!("SELECT count(*) FROM audit_events WHERE {}", wanted.sql);
    Ok(db.prepare_cached(&sql)?.query_row(params_from_iter(&wanted.values), |row| row.get(0))?)
}

/// By row number, not by time: a clock that was put back must not make a page show rows again.
fn page(db: &Connection, wanted: &Condition, behind: i64, most: i64) -> Result<Vec<(i64, Event)>, ApiError> {
    let sql = format!("SELECT {COLUMNS} FROM audit_events WHERE {} AND n < ? ORDER BY n DESC LIMIT ?", wanted.sql);
    let values = wanted.values.iter().cloned().chain([Value::Integer(behind), Value::Integer(most)]);
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(values), event)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn event(row: &Row<'_>) -> rusqlite::Result<(i64, Event)> {
    let event = Event {
        id: row.get(1)?,
        time: time(row.get(2)?),
        actor: Actor { id: row.get(3)?, display_name: row.get(4)? },
        action: Some(Action::from(row.get_ref(5)?.as_str()?)),
        company_id: row.get(6)?,
        company_name: row.get(7)?,
        target: row.get(8)?,
        client: row.get(9)?,
    };
    Ok((row.get(0)?, event))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Condition, String> {
        let mut out = Condition::default();
        narrow(&filter::parse(text).unwrap().unwrap(), &mut out).map(|()| out)
    }

    #[test]
    fn parts_narrow_together() {
        let out = read(r#"company_id = "C" AND action = "LINK_DENIED" AND actor : "Tomma""#).unwrap();
        assert_eq!(out.sql, " AND company_id = ? AND action = ? AND (instr(ifnull(actor_lower, ''), ?) > 0)");
        assert_eq!(out.values[2], Value::Text("tomma".into()));
    }

    #[test]
    fn whatever_else_is_refused() {
        for text in
            ["actor = x", "action : x", "action = NONSENSE", "time > 3", "NOT actor : x", "actor : a OR actor : b"]
        {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
