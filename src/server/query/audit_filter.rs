//! The filter of audit events as SQL. As with companies, values go in as parameters.

use crate::domain::activity::Action;
use crate::domain::roster::words;
use crate::server::query::filter::{self, Expr, Op, Test};
use crate::server::store::rows::Condition;

/// The error is a sentence about what does not fit.
pub fn condition(text: &str) -> Result<Condition, String> {
    let mut out = Condition::always();
    if let Some(expr) = filter::parse(text)? {
        narrow(&expr, &mut out)?;
    }
    Ok(out)
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
        out.push(sql, test.value.clone());
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::sql::Value;

    #[test]
    fn parts_narrow_together() {
        let out = condition(r#"company_id = "C" AND action = "LINK_DENIED" AND actor : "Tomma""#).unwrap();
        assert_eq!(out.sql, "TRUE AND company_id = ? AND action = ? AND (instr(coalesce(actor_lower, ''), ?) > 0)");
        assert_eq!(out.values[2], Value::Text("tomma".into()));
    }

    #[test]
    fn whatever_else_is_refused() {
        for text in
            ["actor = x", "action : x", "action = NONSENSE", "time > 3", "NOT actor : x", "actor : a OR actor : b"]
        {
            assert!(condition(text).is_err(), "{text}");
        }
    }
}
