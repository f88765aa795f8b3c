//! The audit trail: who did what to which company (contract: `audit_events`), newest first.

use super::answer::{Answer, Fail, Reply};
use super::call::Call;
use super::company_row::time;
use super::filter::{self, Expr, Op, Test};
use super::filter_sql::Condition;
use super::token::{self, Key, PageToken};
use crate::domain::activity::Action;
use crate::domain::roster::words;
use crate::wire::Actor;
use crate::wire::activity::Event;
use crate::wire::list::List;
use rusqlite::types::Value;
use rusqlite::{Connection, Row, params_from_iter};

const COLUMNS: &str = "n, id, time, actor_id, actor_name, action, company_id, company_name, target, client";

/// `GET audit_events`.
pub async fn list(call: &Call) -> Answer {
    let text = call.query.get("filter").unwrap_or("");
    let in_filter = |why: String| Fail::field("filter", why);
    let mut wanted = Condition { sql: "1".into(), values: Vec::new() };
    if let Some(expr) = filter::parse(text).map_err(in_filter)? {
        narrow(&expr, &mut wanted).map_err(in_filter)?;
    }
    let size = call.page_size(25)?;
    let question = token::question(&["audit_events", text]);
    let token = match call.query.get("page_token") {
        None | Some("") => None,
        Some(text) => Some(token::page(text, question, 1)?),
    };
    let behind = match token.as_ref().and_then(|token| token.keys.first()) {
        None => i64::MAX,
        Some(Key::Number(n)) => *n,
        Some(Key::Text(_)) => return Err(Fail::field("page_token", "does not belong to this list")),
    };
    let answer = move |db: &Connection| {
        let total = match &token {
            Some(token) => token.total,
            None => total(db, &wanted)?,
        };
        let mut rows = page(db, &wanted, behind, i64::from(size) + 1)?;
        let more = rows.len() > size as usize;
        rows.truncate(size as usize);
        let last = rows.last().map(|(n, _)| *n).filter(|_| more);
        let next = last.map(|n| PageToken { question, keys: vec![Key::Number(n)], total });
        let next_page_token = next.map(|token| token::write(&token)).transpose()?;
        let results: Vec<Event> = rows.into_iter().map(|(_, event)| event).collect();
        Reply::json(&List { results: results.into(), next_page_token, total_size: Some(total), change_token: None })
    };
    call.house.store.read(answer).await
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

fn total(db: &Connection, wanted: &Condition) -> Result<u64, Fail> {
    let sql = format!("SELECT count(*) FROM audit_events WHERE {}", wanted.sql);
    let count: i64 = db.prepare_cached(&sql)?.query_row(params_from_iter(&wanted.values), |row| row.get(0))?;
    Ok(count.cast_unsigned())
}

/// By row number, not by time: a clock that was put back must not make a page show rows again.
fn page(db: &Connection, wanted: &Condition, behind: i64, most: i64) -> Result<Vec<(i64, Event)>, Fail> {
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
