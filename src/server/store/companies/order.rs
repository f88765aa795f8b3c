//! `order_by`, and going on after the last row of a page: by its values, not by counting rows, so that rows
//! which come and go meanwhile shift nothing.

use crate::server::sql::{self, Row, Value};
use crate::server::store::rows::{Condition, Key};
use std::fmt::Write;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// A column, or what stands for one.
    name: &'static str,
    down: bool,
    /// It may be NULL, which stands last in either direction.
    nullable: bool,
}

/// A whole order. The row's number is its last column, so that no two rows are equal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order(Vec<Column>);

const KNOWN_STATE: &str = "nullif(state, 'STATE_UNSPECIFIED')";

fn column(name: &str) -> Option<&'static str> {
    Some(match name {
        "name" => "name_key",
        "state" => "state",
        "seats.filled" => "filled",
        "setup.done" => "setup_done",
        "owners.confirmed" => "owners_confirmed",
        "create_time" => "create_time",
        "update_time" => "update_time",
        _ => return None,
    })
}

impl Order {
    /// Reads e.g. `seats.filled desc, name`; without any text, the order of the rows' numbers. In a REAL workspace what
    /// is not known stands last, up and down.
    /// The error is a sentence about what does not fit.
    pub fn parse(text: &str, real: bool) -> Result<Self, String> {
        let mut columns: Vec<Column> = Vec::new();
        let parts = text.split(',').filter(|_| !text.trim().is_empty());
        for part in parts {
            let mut words = part.split_whitespace();
            let name = words.next().unwrap_or("");
            let name = column(name).ok_or_else(|| {
                format!("knows no `{name}`; there are name, state, seats.filled, setup.done, owners.confirmed, create_time and update_time")
            })?;
            let down = match words.next() {
                None | Some("asc") => false,
                Some("desc") => true,
                Some(_) => return Err("takes asc or desc behind a field".into()),
            };
            if words.next().is_some() || columns.iter().any(|seen| seen.name == name) {
                return Err("must name each field once, with commas between".into());
            }
            let nullable = real && name != "name_key" && !name.ends_with("_time");
            // A state that is not known is a word of its own.
            let name = if nullable && name == "state" { KNOWN_STATE } else { name };
            columns.push(Column { name, down, nullable });
        }
        // The same way as the column before it: then an index on that column gives the whole order.
        let down = columns.last().is_some_and(|last| last.down);
        columns.push(Column { name: "companies.n", down, nullable: false });
        Ok(Self(columns))
    }

    /// How many values a token of this order has.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// What to select behind the other columns to make a token of a row.
    pub fn selected(&self) -> String {
        self.0.iter().enumerate().fold(String::new(), |mut sql, (place, column)| {
            // Writing to a string cannot fail.
            let _ = write!(sql, ", {} AS key{place}", column.name);
            sql
        })
    }

    pub fn sql(&self) -> String {
        let part = |column: &Column| {
            let down = if column.down { " DESC" } else { "" };
            format!("{}{down}{}", column.name, if column.nullable { " NULLS LAST" } else { "" })
        };
        self.0.iter().map(part).collect::<Vec<_>>().join(", ")
    }

    /// The values of a row that was selected with [`Self::selected`].
    pub fn keys(&self, row: &Row<'_>) -> sql::Result<Vec<Key>> {
        let key = |(place, column): (usize, &Column)| match row.get(format!("key{place}").as_str())? {
            Value::Integer(number) => Ok(Key::Number(number)),
            Value::Text(text) => Ok(Key::Text(text)),
            Value::Null if column.nullable => Ok(Key::Unknown),
            Value::Null => Err(sql::Error::Column(column.name.into())),
        };
        self.0.iter().enumerate().map(key).collect()
    }

    /// The condition for rows behind these values.
    pub fn behind(&self, keys: &[Key]) -> Condition {
        let down = self.0.first().is_some_and(|first| first.down);
        if self.0.iter().any(|column| column.nullable) {
            return self.behind_known(keys);
        }
        if self.0.iter().all(|column| column.down == down) {
            return self.behind_one_way(keys, down);
        }
        // a > ? OR (a = ? AND (b < ? OR (b = ? AND …)))
        let mut out = Condition::default();
        // Says nothing new, but lets an index on the first column begin at the right place.
        if let (Some(first), Some(key)) = (self.0.first(), keys.first()) {
            out.sql = format!("{} {} ? AND ", first.name, if first.down { "<=" } else { ">=" });
            out.values.push(Value::from(key));
        }
        for (column, key) in self.0.iter().zip(keys) {
            let sign = if column.down { '<' } else { '>' };
            // Writing to a string cannot fail.
            let _ = write!(out.sql, "({0} {sign} ? OR ({0} = ? AND ", column.name);
            out.values.extend([Value::from(key), Value::from(key)]);
        }
        out.sql.push_str("FALSE");
        out.sql.push_str(&"))".repeat(self.0.len()));
        out
    }

    /// Where a column may be NULL: `a > ? OR a IS NULL OR (a = ? AND …)`, and behind a NULL `a IS NULL AND …`.
    fn behind_known(&self, keys: &[Key]) -> Condition {
        let mut out = Condition::default();
        for (Column { name, down, nullable }, key) in self.0.iter().zip(keys) {
            let sign = if *down { '<' } else { '>' };
            let last = if *nullable { format!("{name} IS NULL OR ") } else { String::new() };
            if *key == Key::Unknown {
                // Writing to a string cannot fail.
                let _ = write!(out.sql, "({name} IS NULL AND (");
            } else {
                let _ = write!(out.sql, "({name} {sign} ? OR {last}({name} = ? AND (");
                out.values.extend([Value::from(key), Value::from(key)]);
            }
        }
        out.sql.push_str("1 = 0");
        for key in keys.iter().take(self.0.len()) {
            out.sql.push_str(if *key == Key::Unknown { "))" } else { ")))" });
        }
        out
    }

    fn behind_one_way(&self, keys: &[Key], down: bool) -> Condition {
        let names: Vec<_> = self.0.iter().map(|column| column.name).collect();
        let marks = vec!["?"; names.len()];
        let sign = if down { '<' } else { '>' };
        let sql = format!("({}) {sign} ({})", names.join(", "), marks.join(", "));
        Condition { sql, values: keys.iter().map(Value::from).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_ends_with_the_row_number() {
        assert_eq!(Order::parse("", false).unwrap().sql(), "companies.n");
        assert_eq!(Order::parse("seats.filled desc, name", false).unwrap().sql(), "filled DESC, name_key, companies.n");
        assert_eq!(Order::parse("state desc", false).unwrap().sql(), "state DESC, companies.n DESC");
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        for text in ["colour", "name up", "name, name", "name asc desc", "name,,state", ",", "n", "name; DROP TABLE x"]
        {
            assert!(Order::parse(text, false).is_err(), "{text}");
        }
    }

    #[test]
    fn going_on_follows_every_direction() {
        let keys = [Key::Number(5), Key::Text("b".into()), Key::Number(9)];
        let mixed = Order::parse("seats.filled desc, name", false).unwrap().behind(&keys);
        assert_eq!(
            mixed.sql,
            "filled <= ? AND (filled < ? OR (filled = ? AND (name_key > ? OR (name_key = ? AND (companies.n > ? OR (companies.n = ? AND FALSE))))))"
        );
        assert_eq!(mixed.values.len(), 7);
        assert_eq!(
            Order::parse("name desc", false).unwrap().behind(&keys[1..]).sql,
            "(name_key, companies.n) < (?, ?)"
        );
    }
}
