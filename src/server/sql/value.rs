//! Values on their way into the database and out of it. There are two kinds besides NULL: whole numbers, which are truth
//! values too, and texts.

use super::{Error, Result};
use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    Null,
    Integer(i64),
    Text(String),
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// A value that is somebody else's. In JSON it is what it is here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum ValueRef<'a> {
    Null,
    Integer(i64),
    Text(&'a str),
}

impl<'a> ValueRef<'a> {
    pub fn as_str(self) -> Result<&'a str> {
        self.as_str_or_null()?.ok_or_else(|| Error::Column("a text".into()))
    }

    pub fn as_str_or_null(self) -> Result<Option<&'a str>> {
        match self {
            Self::Null => Ok(None),
            Self::Text(text) => Ok(Some(text)),
            Self::Integer(_) => Err(Error::Column("a text".into())),
        }
    }
}

impl rusqlite::ToSql for ValueRef<'_> {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        use rusqlite::types::ValueRef as Stored;
        let value = match self {
            Self::Null => Stored::Null,
            Self::Integer(number) => Stored::Integer(*number),
            Self::Text(text) => Stored::Text(text.as_bytes()),
        };
        Ok(rusqlite::types::ToSqlOutput::Borrowed(value))
    }
}

/// A parameter.
pub trait ToSql {
    fn to_sql(&self) -> ValueRef<'_>;
}

impl ToSql for str {
    fn to_sql(&self) -> ValueRef<'_> {
        ValueRef::Text(self)
    }
}

impl ToSql for String {
    fn to_sql(&self) -> ValueRef<'_> {
        ValueRef::Text(self)
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> ValueRef<'_> {
        match self {
            Self::Null => ValueRef::Null,
            Self::Integer(number) => ValueRef::Integer(*number),
            Self::Text(text) => ValueRef::Text(text),
        }
    }
}

impl<T: ToSql + ?Sized> ToSql for &T {
    fn to_sql(&self) -> ValueRef<'_> {
        (**self).to_sql()
    }
}

impl<T: ToSql> ToSql for Option<T> {
    fn to_sql(&self) -> ValueRef<'_> {
        self.as_ref().map_or(ValueRef::Null, ToSql::to_sql)
    }
}

macro_rules! numbers_to_sql {
    ($($number:ty),+) => {$(
        impl ToSql for $number {
            fn to_sql(&self) -> ValueRef<'_> {
                ValueRef::Integer(i64::from(*self))
            }
        }
    )+};
}

numbers_to_sql!(bool, u16, i32, u32, i64);

/// A value of a row; `None` for one of another type, or out of range.
pub trait FromSql: Sized {
    fn from_sql(value: ValueRef<'_>) -> Option<Self>;
}

impl FromSql for i64 {
    fn from_sql(value: ValueRef<'_>) -> Option<Self> {
        match value {
            ValueRef::Integer(number) => Some(number),
            ValueRef::Null | ValueRef::Text(_) => None,
        }
    }
}

impl FromSql for u32 {
    fn from_sql(value: ValueRef<'_>) -> Option<Self> {
        Self::try_from(i64::from_sql(value)?).ok()
    }
}

impl FromSql for u16 {
    fn from_sql(value: ValueRef<'_>) -> Option<Self> {
        Self::try_from(i64::from_sql(value)?).ok()
    }
}

impl FromSql for bool {
    fn from_sql(value: ValueRef<'_>) -> Option<Self> {
        Some(i64::from_sql(value)? != 0)
    }
}

impl FromSql for String {
    fn from_sql(value: ValueRef<'_>) -> Option<Self> {
        match value {
            ValueRef::Text(text) => Some(text.to_owned()),
            ValueRef::Null | ValueRef::Integer(_) => None,
        }
    }
}

impl FromSql for Value {
    fn from_sql(value: ValueRef<'_>) -> Option<Self> {
        Some(match value {
            ValueRef::Null => Self::Null,
            ValueRef::Integer(number) => Self::Integer(number),
            ValueRef::Text(text) => Self::Text(text.to_owned()),
        })
    }
}

impl<T: FromSql> FromSql for Option<T> {
    fn from_sql(value: ValueRef<'_>) -> Option<Self> {
        if value == ValueRef::Null { Some(None) } else { T::from_sql(value).map(Some) }
    }
}

/// The parameters of a statement, in order: an array, a tuple, or [`params_from_iter`].
pub trait Params {
    fn values(&self) -> Vec<ValueRef<'_>>;
}

pub fn params_from_iter<T: ToSql>(values: impl IntoIterator<Item = T>) -> Vec<T> {
    values.into_iter().collect()
}

impl<T: ToSql> Params for Vec<T> {
    fn values(&self) -> Vec<ValueRef<'_>> {
        self.iter().map(ToSql::to_sql).collect()
    }
}

/// None. Only of one type, so that `[]` needs none.
impl Params for [&dyn ToSql; 0] {
    fn values(&self) -> Vec<ValueRef<'_>> {
        Vec::new()
    }
}

macro_rules! arrays {
    ($($size:literal)+) => {$(
        impl<T: ToSql> Params for [T; $size] {
            fn values(&self) -> Vec<ValueRef<'_>> {
                self.iter().map(ToSql::to_sql).collect()
            }
        }
    )+};
}

arrays!(1 2 3 4);

macro_rules! tuples {
    ($first:ident $($rest:ident)*) => {
        tuples!($($rest)*);
        impl<$first: ToSql, $($rest: ToSql),*> Params for ($first, $($rest,)*) {
            fn values(&self) -> Vec<ValueRef<'_>> {
                #[expect(non_snake_case, reason = "each value has the name of its type")]
                let ($first, $($rest,)*) = self;
                vec![$first.to_sql(), $($rest.to_sql()),*]
            }
        }
    };
    () => {};
}

tuples!(A B C D E F G H I J K L M N O P);
