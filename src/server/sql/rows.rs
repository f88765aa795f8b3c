//! Rows of an answer.

use super::postgres::values::stored;
use super::{Error, FromSql, Result, ValueRef};
use rusqlite::types::ValueRef as Stored;
use std::fmt::Display;

pub struct Rows<'s>(Source<'s>);

enum Source<'s> {
    Sqlite(rusqlite::Rows<'s>),
    /// All of them are here already: those to come, and the one that is lent.
    Postgres(std::vec::IntoIter<tokio_postgres::Row>, Option<tokio_postgres::Row>),
}

impl<'s> From<rusqlite::Rows<'s>> for Rows<'s> {
    fn from(rows: rusqlite::Rows<'s>) -> Self {
        Self(Source::Sqlite(rows))
    }
}

impl From<Vec<tokio_postgres::Row>> for Rows<'_> {
    fn from(rows: Vec<tokio_postgres::Row>) -> Self {
        Self(Source::Postgres(rows.into_iter(), None))
    }
}

impl Rows<'_> {
    /// The row is lent until the next one is asked for.
    pub fn next(&mut self) -> Result<Option<Row<'_>>> {
        Ok(match &mut self.0 {
            Source::Sqlite(rows) => rows.next()?.map(|row| Row(Lent::Sqlite(row))),
            Source::Postgres(rows, lent) => {
                *lent = rows.next();
                lent.as_ref().map(|row| Row(Lent::Postgres(row)))
            }
        })
    }
}

pub struct MappedRows<'s, F> {
    rows: Rows<'s>,
    read: F,
}

impl<'s, F> MappedRows<'s, F> {
    pub fn new(rows: Rows<'s>, read: F) -> Self {
        Self { rows, read }
    }
}

impl<T, F: FnMut(&Row<'_>) -> Result<T>> Iterator for MappedRows<'_, F> {
    type Item = Result<T>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.rows.next() {
            Ok(row) => row.map(|row| (self.read)(&row)),
            Err(error) => Some(Err(error)),
        }
    }
}

pub struct Row<'r>(Lent<'r>);

enum Lent<'r> {
    Sqlite(&'r rusqlite::Row<'r>),
    Postgres(&'r tokio_postgres::Row),
}

impl Row<'_> {
    /// The value of a column, by its place or its name.
    pub fn get<I: RowIndex, T: FromSql>(&self, column: I) -> Result<T> {
        T::from_sql(self.get_ref(column)?).ok_or_else(|| Error::Column(column.to_string()))
    }

    /// The same without a copy.
    pub fn get_ref<I: RowIndex>(&self, column: I) -> Result<ValueRef<'_>> {
        let found = match self.0 {
            Lent::Sqlite(row) => match column.of_sqlite(row)? {
                Stored::Null => Some(ValueRef::Null),
                Stored::Integer(number) => Some(ValueRef::Integer(number)),
                Stored::Text(text) => std::str::from_utf8(text).ok().map(ValueRef::Text),
                Stored::Real(_) | Stored::Blob(_) => None,
            },
            Lent::Postgres(row) => column.of_postgres(row).and_then(|place| stored(row, place)),
        };
        found.ok_or_else(|| Error::Column(column.to_string()))
    }
}

/// What tells a column.
pub trait RowIndex: Copy + Display {
    fn of_sqlite<'r>(self, row: &'r rusqlite::Row<'_>) -> rusqlite::Result<Stored<'r>>;
    fn of_postgres(self, row: &tokio_postgres::Row) -> Option<usize>;
}

impl RowIndex for usize {
    fn of_sqlite<'r>(self, row: &'r rusqlite::Row<'_>) -> rusqlite::Result<Stored<'r>> {
        row.get_ref(self)
    }

    fn of_postgres(self, _: &tokio_postgres::Row) -> Option<usize> {
        Some(self)
    }
}

impl RowIndex for &str {
    fn of_sqlite<'r>(self, row: &'r rusqlite::Row<'_>) -> rusqlite::Result<Stored<'r>> {
        row.get_ref(self)
    }

    fn of_postgres(self, row: &tokio_postgres::Row) -> Option<usize> {
        row.columns().iter().position(|column| column.name() == self)
    }
}
