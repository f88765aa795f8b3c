//! Pages of rows: which one is asked for, and what tells a row's place in its list.

use super::error::StoreError;
use crate::server::sql::Value;
use serde::{Deserialize, Serialize};

/// One of the values that a list is ordered by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Key {
    Number(i64),
    Text(String),
    /// The value is not known.
    Unknown,
}

impl From<&Key> for Value {
    fn from(key: &Key) -> Self {
        match key {
            Key::Number(number) => Self::Integer(*number),
            Key::Text(text) => Self::Text(text.clone()),
            Key::Unknown => Self::Null,
        }
    }
}

/// The page that is asked for.
pub struct Window {
    pub size: usize,
    /// The place of the last row that the caller has; `None` on the first page.
    pub after: Option<Vec<Key>>,
    /// How many rows there were when the first page was read.
    pub total: Option<u64>,
}

/// Rows with their places; one more than was asked for if there is another page.
pub struct Page<T> {
    pub rows: Vec<(Vec<Key>, T)>,
    pub total: u64,
}

impl<T> Page<T> {
    /// Of a list in the order of the rows' numbers.
    pub fn by_number(rows: Vec<(i64, T)>, total: u64) -> Self {
        Self { rows: rows.into_iter().map(|(n, row)| (vec![Key::Number(n)], row)).collect(), total }
    }
}

impl Window {
    /// How many rows to read: one more than a page has, to see whether there is more.
    pub fn limit(&self) -> i64 {
        i64::try_from(self.size).unwrap_or(i64::MAX).saturating_add(1)
    }

    /// The place of the last row in a list in the order of one number; `first` stands before the first row.
    pub fn after(&self, first: i64) -> Result<i64, StoreError> {
        match self.after.as_deref() {
            None => Ok(first),
            Some([Key::Number(number)]) => Ok(*number),
            Some(_) => Err(FOREIGN),
        }
    }

    /// How many rows the list has: counted on its first page alone.
    pub fn total(&self, count: impl FnOnce() -> Result<i64, StoreError>) -> Result<u64, StoreError> {
        self.total.map_or_else(|| Ok(count()?.cast_unsigned()), Ok)
    }
}

/// A token that is none, or that of another question.
pub const FOREIGN: StoreError = StoreError::Invalid {
    field: "page_token",
    description: "does not belong to this list with this filter and order_by",
};

/// A condition with its parameters, in order.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Condition {
    pub sql: String,
    pub values: Vec<Value>,
}

impl Condition {
    /// Holds for every row.
    pub fn always() -> Self {
        Self { sql: "TRUE".into(), values: Vec::new() }
    }

    pub fn push(&mut self, sql: &str, value: impl Into<Value>) {
        self.sql.push_str(sql);
        self.values.push(value.into());
    }

    /// Each of these texts stands in the column, in one of its spellings. A text of which nothing is left asks for
    /// nothing.
    pub fn has(&mut self, column: &str, texts: &[Vec<String>]) {
        let one = format!("instr(coalesce({column}, ''), ?) > 0");
        let all: Vec<String> = texts
            .iter()
            .filter(|spellings| !spellings.is_empty())
            .map(|spellings| format!("({})", vec![one.as_str(); spellings.len()].join(" OR ")))
            .collect();
        self.sql.push_str(&if all.is_empty() { "TRUE".to_owned() } else { all.join(" AND ") });
        self.values.extend(texts.iter().flatten().cloned().map(Value::Text));
    }
}
