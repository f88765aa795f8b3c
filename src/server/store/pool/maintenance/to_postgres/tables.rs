//! The tables of a workspace as its file tells them: none is forgotten that a later version adds.

use crate::server::sql::{self, Connection, ValueRef};
use serde::ser::{Serialize, Serializer};

pub struct Table {
    pub name: String,
    pub columns: Vec<String>,
}

/// All of them, those that others refer to first.
pub fn all(db: &Connection) -> sql::Result<Vec<Table>> {
    let texts = |sql: &str, of: &str| -> sql::Result<Vec<String>> {
        db.prepare_cached(sql)?.query_map([of], |row| row.get(0))?.collect()
    };
    let names = "SELECT name FROM sqlite_schema WHERE type = ? AND name NOT LIKE 'sqlite%' ORDER BY name";
    let mut left = Vec::new();
    for name in texts(names, "table")? {
        let columns = texts("SELECT name FROM pragma_table_info(?) ORDER BY cid", &name)?;
        let mut parents = texts("SELECT \"table\" FROM pragma_foreign_key_list(?)", &name)?;
        parents.retain(|parent| *parent != name);
        left.push((Table { name, columns }, parents));
    }
    let mut sorted: Vec<Table> = Vec::new();
    while !left.is_empty() {
        let is_there = |parent: &String| sorted.iter().any(|table| table.name == *parent);
        let (ready, rest): (Vec<_>, Vec<_>) = left.into_iter().partition(|(_, parents)| parents.iter().all(is_there));
        let stuck = ready.is_empty();
        let (next, rest) = if stuck { (rest, Vec::new()) } else { (ready, rest) };
        sorted.extend(next.into_iter().map(|(table, _)| table));
        left = rest;
    }
    Ok(sorted)
}

impl Table {
    pub fn quoted(&self) -> String {
        format!("\"{}\"", self.name)
    }

    fn columns(&self) -> String {
        self.columns.iter().map(|column| format!("\"{column}\"")).collect::<Vec<_>>().join(", ")
    }

    /// All rows. The version of the tables is each engine's own matter.
    pub fn select(&self) -> String {
        let own = if self.name == "meta" { " WHERE key <> 'schema'" } else { "" };
        format!("SELECT {} FROM {}{own}", self.columns(), self.quoted())
    }

    /// Takes rows as a list of [`Self::json`].
    pub fn insert(&self) -> String {
        let (table, columns) = (self.quoted(), self.columns());
        format!(
            "INSERT INTO {table} ({columns}) SELECT {columns}
             FROM json_populate_recordset(CAST(NULL AS {table}), CAST(CAST(? AS TEXT) AS JSON))"
        )
    }

    pub fn json(&self, values: &[ValueRef<'_>]) -> serde_json::Result<String> {
        serde_json::to_string(&Record(&self.columns, values))
    }
}

struct Record<'a>(&'a [String], &'a [ValueRef<'a>]);

impl Serialize for Record<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().zip(self.1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::Database;
    use crate::server::store::pool::Store;

    #[test]
    fn a_table_comes_behind_those_it_refers_to() {
        let store = Store::open(&Database::Memory, false).unwrap();
        let names: Vec<String> =
            store.read_now(|db| Ok(all(db)?)).unwrap().into_iter().map(|table| table.name).collect();
        let place = |name: &str| names.iter().position(|table| table == name).unwrap();
        assert!(place("companies") < place("people") && place("people") < place("memberships"), "{names:?}");
        assert!(place("groups") < place("memberships") && place("vaults") < place("launches"), "{names:?}");
        assert!(place("meta") < names.len() && !names.iter().any(|name| name.starts_with("sqlite")), "{names:?}");
    }
}
