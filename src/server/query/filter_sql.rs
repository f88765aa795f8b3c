//! A filter as SQL. Fields come from a fixed table and values go in as parameters: nothing a caller wrote ever
//! becomes part of a statement.

use crate::domain::company::Attention;
use crate::domain::roster;
use crate::server::query::filter::{Expr, Op, Test};
use crate::server::sql::Value;
use crate::server::store::companies::attention::{RULES, Times};
use crate::server::store::rows::Condition;
use jiff::Timestamp;

enum Kind {
    Word(&'static [&'static str]),
    /// A text, and the column to look for words or for a part of it in.
    Text {
        keys: &'static str,
        words: bool,
    },
    Count,
    Time,
    Tags,
    Attention,
}

const STATES: &[&str] = &["ACTIVE", "PENDING", "SUSPENDED", "UNLINKED"];
const ORIGINS: &[&str] = &["CREATED", "LINKED"];

fn field(name: &str) -> Option<(&'static str, Kind)> {
    Some(match name {
        "state" => ("state", Kind::Word(STATES)),
        "origin" => ("origin", Kind::Word(ORIGINS)),
        "name" => ("name", Kind::Text { keys: "name_lower", words: true }),
        "external_id" => ("external_id", Kind::Text { keys: "external_id_lower", words: false }),
        "seats.filled" => ("filled", Kind::Count),
        "seats.limit" => ("seat_limit", Kind::Count),
        "owners.confirmed" => ("owners_confirmed", Kind::Count),
        "owners.invited" => ("owners_invited", Kind::Count),
        "setup.done" => ("setup_done", Kind::Count),
        "open_recoveries" => ("open_recoveries", Kind::Count),
        "facts.as_of" => ("facts_time", Kind::Time),
        "create_time" => ("create_time", Kind::Time),
        "update_time" => ("update_time", Kind::Time),
        "tags" => ("tags", Kind::Tags),
        "attention" => ("attention", Kind::Attention),
        _ => return None,
    })
}

const FIELDS: &str = "state, name, seats.filled, seats.limit, owners.confirmed, owners.invited, setup.done, \
    open_recoveries, tags, attention, external_id, origin, facts.as_of, create_time and update_time";

/// Stands for a count or a time that is not known.
const UNKNOWN: &str = "UNKNOWN";

/// Columns that may be NULL: then no comparison holds, and its NOT does.
const NULLABLE: &[&str] =
    &["seat_limit", "filled", "owners_confirmed", "owners_invited", "setup_done", "open_recoveries", "facts_time"];

/// Turns a filter into a condition; `now` decides what depends on the time.
/// The error is a sentence about the field, operator or value that does not fit.
pub fn condition(expr: &Expr, now: i64) -> Result<Condition, String> {
    let mut out = Condition::default();
    write(expr, now, &mut out)?;
    Ok(out)
}

fn write(expr: &Expr, now: i64, out: &mut Condition) -> Result<(), String> {
    match expr {
        Expr::All(parts) => join(parts, " AND ", now, out),
        Expr::Any(parts) => join(parts, " OR ", now, out),
        Expr::Not(inner) => {
            out.sql.push_str("NOT ");
            join(std::slice::from_ref(inner), "", now, out)
        }
        Expr::Test(test) => comparison(test, now, out),
    }
}

fn join(parts: &[Expr], word: &str, now: i64, out: &mut Condition) -> Result<(), String> {
    out.sql.push('(');
    for (place, part) in parts.iter().enumerate() {
        if place > 0 {
            out.sql.push_str(word);
        }
        write(part, now, out)?;
    }
    out.sql.push(')');
    Ok(())
}

fn comparison(test: &Test, now: i64, out: &mut Condition) -> Result<(), String> {
    let (column, kind) =
        field(&test.field).ok_or_else(|| format!("knows no field `{}`; there are {FIELDS}", test.field))?;
    match kind {
        Kind::Count | Kind::Time if test.value == UNKNOWN => unknown(column, test, out),
        Kind::Word(words) => word(column, words, test, out),
        Kind::Text { keys, words } => text(column, (keys, words), test, out),
        Kind::Count => {
            let number: i64 = test.value.parse().map_err(|_| wants(test, "a whole number"))?;
            ordered(column, test, Value::Integer(number), out)
        }
        Kind::Time => {
            let time: Timestamp = test.value.parse().map_err(|_| wants(test, "a time such as 2026-01-31T00:00:00Z"))?;
            ordered(column, test, Value::Integer(time.as_millisecond()), out)
        }
        Kind::Tags => tags(test, out),
        Kind::Attention => attention(test, now, out),
    }
}

fn wants(test: &Test, what: &str) -> String {
    format!("compares `{}` with something else than {what}", test.field)
}

fn refuses(test: &Test, ops: &str) -> String {
    format!("compares `{}` in a way that it cannot be; {ops} can", test.field)
}

fn word(column: &str, words: &[&str], test: &Test, out: &mut Condition) -> Result<(), String> {
    if !words.contains(&test.value.as_str()) {
        return Err(wants(test, &words.join(", ")));
    }
    let sign = match test.op {
        Op::Is => "=",
        Op::IsNot => "<>",
        _ => return Err(refuses(test, "= and !=")),
    };
    out.push(&format!("{column} {sign} ?"), Value::Text(test.value.clone()));
    Ok(())
}

fn text(column: &str, (keys, words): (&str, bool), test: &Test, out: &mut Condition) -> Result<(), String> {
    match test.op {
        // Also says something true about an absent value.
        Op::Is => out.push(&format!("{column} IS NOT DISTINCT FROM ?"), Value::Text(test.value.clone())),
        Op::IsNot => out.push(&format!("{column} IS DISTINCT FROM ?"), Value::Text(test.value.clone())),
        Op::Has if words => out.has(keys, &roster::words(&test.value)),
        Op::Has => out.has(keys, &[roster::spellings(&test.value)]),
        _ => return Err(refuses(test, "=, != and :")),
    }
    Ok(())
}

fn ordered(column: &str, test: &Test, value: Value, out: &mut Condition) -> Result<(), String> {
    let sign = match test.op {
        Op::Is => "=",
        Op::IsNot => "<>",
        Op::Less => "<",
        Op::AtMost => "<=",
        Op::More => ">",
        Op::AtLeast => ">=",
        Op::Has => return Err(refuses(test, "= != < <= > >=")),
    };
    // Of what may be absent no comparison holds but that it differs, and its NOT does.
    match test.op {
        Op::IsNot if NULLABLE.contains(&column) => out.push(&format!("{column} IS DISTINCT FROM ?"), value),
        _ if NULLABLE.contains(&column) => {
            out.push(&format!("({column} {sign} ? AND {column} IS NOT NULL)"), value);
        }
        _ => out.push(&format!("{column} {sign} ?"), value),
    }
    Ok(())
}

fn unknown(column: &str, test: &Test, out: &mut Condition) -> Result<(), String> {
    out.sql.push_str(column);
    out.sql.push_str(match test.op {
        Op::Is => " IS NULL",
        Op::IsNot => " IS NOT NULL",
        _ => return Err(refuses(test, "of UNKNOWN = and !=")),
    });
    Ok(())
}

fn tags(test: &Test, out: &mut Condition) -> Result<(), String> {
    let whole = |value: &str| Value::Text(format!("\u{1f}{value}\u{1f}"));
    match test.op {
        Op::Is => out.push("instr(tags, ?) > 0", whole(&test.value)),
        Op::IsNot => out.push("instr(tags, ?) = 0", whole(&test.value)),
        Op::Has => out.has("tags_lower", &[roster::spellings(&test.value)]),
        _ => return Err(refuses(test, "=, != and :")),
    }
    Ok(())
}

fn attention(test: &Test, now: i64, out: &mut Condition) -> Result<(), String> {
    let kind = Attention::from(test.value.as_str());
    let negative = match test.op {
        Op::Is | Op::Has => false,
        Op::IsNot => true,
        _ => return Err(refuses(test, "=, != and :")),
    };
    if negative {
        out.sql.push_str("NOT ");
    }
    let Some(rule) = RULES.iter().find(|rule| rule.kind == kind) else {
        let words: Vec<_> = Attention::KNOWN.iter().map(Attention::as_str).collect();
        return Err(wants(test, &words.join(", ")));
    };
    out.sql.push_str("coalesce(");
    out.sql.push_str(rule.condition);
    if let Some(Times { column, from, until, .. }) = rule.times {
        out.push(&format!(" AND {column} <= ?"), now.saturating_sub(from));
        if let Some(until) = until {
            out.push(&format!(" AND {column} > ?"), now.saturating_sub(until));
        }
    }
    out.sql.push_str(", FALSE)");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::company::{CompanyState, Origin};
    use crate::server::query::filter::parse;

    fn made(text: &str) -> Result<Condition, String> {
        condition(&parse(text)?.unwrap(), 0)
    }

    #[test]
    fn values_never_become_sql() {
        let evil = "x' OR 1=1; DROP TABLE companies; --";
        let condition = made(&format!("name = \"{evil}\" AND tags : \"{evil}\"")).unwrap();
        assert!(!condition.sql.contains("DROP"), "{}", condition.sql);
        assert_eq!(condition.values[0], Value::Text(evil.into()));
    }

    #[test]
    fn fields_operators_and_values_are_checked() {
        for (filter, reason) in [
            ("colour = RED", "no field"),
            ("state = PURPLE", "ACTIVE, PENDING"),
            ("state > ACTIVE", "= and !="),
            ("seats.filled : 3", "< <="),
            ("seats.filled > many", "whole number"),
            ("create_time > yesterday", "a time"),
            ("attention = HUNGER", "TRIAL_ENDING"),
            ("name < x", "=, != and :"),
        ] {
            let error = made(filter).unwrap_err();
            assert!(error.contains(reason), "{filter}: {error}");
        }
        assert_eq!(STATES, CompanyState::KNOWN.map(|s| CompanyState::as_str(&s).to_owned()));
        assert!(ORIGINS.iter().all(|word| !matches!(Origin::from(*word), Origin::Other(_))));
    }
}
