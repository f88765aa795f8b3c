//! Lists: rows, and the tokens to go on with.

use super::company::Company;
use super::{Lacking, lenient};
use crate::domain::company;
use crate::domain::id::CompanyId;
use crate::domain::request::{Changes, Page};
use crate::domain::roster::Batch;
use serde::de::{Deserializer, SeqAccess, Visitor};
use serde::ser::Serializer;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::fmt;
use std::marker::PhantomData;

/// A page of any list of the contract.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "T: serde::de::DeserializeOwned"))]
pub struct List<T> {
    #[serde(default)]
    pub results: Rows<T>,
    /// Where to go on; absent at the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_page_token: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total_size: Option<u64>,
    /// From where to ask for changes; only in the list of companies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change_token: Option<String>,
}

/// An answer that is a page of a list, whatever else it holds.
pub trait Paged {
    /// A row as it comes.
    type Row;

    /// Takes out what makes up the list.
    fn part(&mut self) -> Part<Self::Row>;
}

/// What a page adds to a list.
#[derive(Debug)]
pub struct Part<T> {
    pub rows: Rows<T>,
    pub next: Option<String>,
    pub total: Option<u64>,
}

impl<T> Paged for List<T> {
    type Row = T;

    fn part(&mut self) -> Part<T> {
        let rows = std::mem::take(&mut self.results);
        Part { rows, next: self.next_page_token.take(), total: self.total_size }
    }
}

/// What changed since a token (contract: `companies:changes`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChangeList {
    #[serde(default)]
    pub results: Rows<Company>,
    #[serde(default, deserialize_with = "lenient::items")]
    pub removed: Vec<Tombstone>,
    #[serde(default, deserialize_with = "lenient::text")]
    pub next_change_token: String,
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub has_more: bool,
}

/// A company that is gone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tombstone {
    #[serde(default, deserialize_with = "lenient::text")]
    pub id: String,
}

/// Rows of a list; those that cannot be read are counted, not fatal.
#[derive(Debug, Clone, PartialEq)]
pub struct Rows<T> {
    pub items: Vec<T>,
    pub unreadable: u32,
}

impl<T> Default for Rows<T> {
    fn default() -> Self {
        Self { items: Vec::new(), unreadable: 0 }
    }
}

impl<T> From<Vec<T>> for Rows<T> {
    fn from(items: Vec<T>) -> Self {
        Self { items, unreadable: 0 }
    }
}

impl<T: Serialize> Serialize for Rows<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(&self.items)
    }
}

impl<'de, T: serde::de::DeserializeOwned> Deserialize<'de> for Rows<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Each<T>(PhantomData<T>);
        impl<'de, T: serde::de::DeserializeOwned> Visitor<'de> for Each<T> {
            type Value = Rows<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list")
            }

            fn visit_unit<E>(self) -> Result<Self::Value, E> {
                Ok(Rows::default())
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
                let mut rows = Rows::default();
                while let Some(row) = seq.next_element::<&RawValue>()? {
                    match serde_json::from_str(row.get()) {
                        Ok(row) => rows.items.push(row),
                        Err(_) => rows.unreadable = rows.unreadable.saturating_add(1),
                    }
                }
                Ok(rows)
            }
        }
        from.deserialize_any(Each(PhantomData))
    }
}

impl<W> Rows<W> {
    /// The rows as the core knows them, and how many could not be read.
    pub fn read<D: TryFrom<W>>(self) -> (Vec<D>, u32) {
        let mut unreadable = self.unreadable;
        let mut rows = Vec::with_capacity(self.items.len());
        for row in self.items {
            match row.try_into() {
                Ok(row) => rows.push(row),
                Err(_) => unreadable = unreadable.saturating_add(1),
            }
        }
        (rows, unreadable)
    }
}

/// A page of companies with its rows still unread: where to go on is known before the work of reading them, and a row
/// that cannot be read does not take the others with it.
pub type UnreadPage<'a> = CompanyPage<Option<Vec<&'a RawValue>>>;

/// A page of companies that is read in one pass, and not at all if a row cannot be.
pub type SoundPage = CompanyPage<Companies>;

/// A page of the list of companies.
#[derive(Debug, Deserialize)]
pub struct CompanyPage<R> {
    #[serde(default)]
    results: R,
    #[serde(default)]
    next_page_token: Option<String>,
    #[serde(default)]
    total_size: Option<u64>,
    #[serde(default)]
    change_token: Option<String>,
}

impl<R> CompanyPage<R> {
    /// Where to go on; `None` at the end.
    pub fn next(&self) -> Option<&str> {
        self.next_page_token.as_deref().filter(|token| !token.is_empty())
    }

    fn with(self, read: impl FnOnce(R) -> Companies) -> Page {
        let Companies { companies, unreadable } = read(self.results);
        let next = self.next_page_token.filter(|token| !token.is_empty());
        Page { companies, next, total: self.total_size, change_token: self.change_token, unreadable }
    }
}

impl UnreadPage<'_> {
    /// Reads the rows, one at a time: a page of a thousand is never held unpacked.
    pub fn read(self) -> Page {
        self.with(|rows| Companies::read(rows.into_iter().flatten().map(|row| serde_json::from_str(row.get()).ok())))
    }
}

impl SoundPage {
    /// The rows are read already.
    pub fn read(self) -> Page {
        self.with(|rows| rows)
    }
}

/// Companies that are packed as they are read.
#[derive(Debug, Default)]
pub struct Companies {
    companies: Batch,
    unreadable: u32,
}

impl Companies {
    fn read(rows: impl Iterator<Item = Option<Company>>) -> Self {
        let mut unreadable = 0_u32;
        let company = |row: Option<Company>| {
            let company: Option<company::Company> = row.and_then(|row| row.try_into().ok());
            unreadable = unreadable.saturating_add(u32::from(company.is_none()));
            company
        };
        let companies = rows.filter_map(company).collect();
        Self { companies, unreadable }
    }
}

impl<'de> Deserialize<'de> for Companies {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Each;
        impl<'de> Visitor<'de> for Each {
            type Value = Companies;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Companies, A::Error> {
                let mut fault = None;
                let rows = std::iter::from_fn(|| {
                    seq.next_element().unwrap_or_else(|error| {
                        fault = Some(error);
                        None
                    })
                });
                let companies = Companies::read(rows.map(Some));
                fault.map_or(Ok(companies), Err)
            }
        }
        from.deserialize_seq(Each)
    }
}

impl ChangeList {
    /// What changed, and how many companies could not be read.
    ///
    /// # Errors
    /// There is no token to go on with.
    pub fn read(self) -> Result<(Changes, u32), Lacking> {
        if self.next_change_token.is_empty() {
            return Err(Lacking::Token);
        }
        let (companies, unreadable) = self.results.read::<company::Company>();
        let removed = self.removed.iter().map(|gone| CompanyId::new(&gone.id)).collect();
        Ok((
            Changes { companies: companies.into(), removed, next: self.next_change_token, more: self.has_more },
            unreadable,
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_that_cannot_be_read_does_not_take_the_others_with_it() {
        let body =
            r#"{"results":[{"id":"A","name":"One"},{"id":7},null,{"name":"No id"},{"id":"B","name":"Two","x":[1]}]}"#;
        let page = serde_json::from_str::<UnreadPage<'_>>(body).unwrap().read();
        assert_eq!(page.companies.iter().map(|c| c.name).collect::<Vec<_>>(), ["One", "Two"]);
        assert_eq!(page.unreadable, 3);
    }

    #[test]
    fn a_sound_page_is_read_in_one_pass_to_the_same_end_and_any_other_not_at_all() {
        let rest = r#""next_page_token":"n","total_size":2,"change_token":"c""#;
        let sound =
            format!(r#"{{{rest},"results":[{{"id":"A","name":"One","x":[{{}}]}},{{"name":"No id"}},{{"id":"B"}}]}}"#);
        let read = |body: &str| serde_json::from_str::<UnreadPage<'_>>(body).unwrap().read();
        let page = serde_json::from_str::<SoundPage>(&sound).unwrap().read();
        assert_eq!((page.companies.len(), page.unreadable, page.next.as_deref()), (2, 1, Some("n")));
        assert_eq!(page, read(&sound));
        for row in ["null", "7", r#"{"id":7}"#] {
            let body = format!(r#"{{{rest},"results":[{{"id":"A"}},{row}]}}"#);
            assert!(serde_json::from_str::<SoundPage>(&body).is_err(), "{row}");
            assert_eq!((read(&body).companies.len(), read(&body).unreadable), (1, 1), "{row}");
        }
    }

    #[test]
    fn null_and_absent_mean_the_same() {
        let body = r#"{"results":null,"next_page_token":null,"total_size":null}"#;
        let page = serde_json::from_str::<UnreadPage<'_>>(body).unwrap().read();
        assert_eq!(page, Page::default());
    }

    #[test]
    fn changes_need_a_token_to_go_on() {
        let list: ChangeList = serde_json::from_str("{}").unwrap();
        assert_eq!(list.read(), Err(Lacking::Token));
    }

    #[test]
    fn changes_that_cannot_be_read_are_counted() {
        let list: ChangeList =
            serde_json::from_str(r#"{"results":[{"id":"A"},{"id":7},{"name":"No id"}],"next_change_token":"2"}"#)
                .unwrap();
        let (changes, unreadable) = list.read().unwrap();
        assert_eq!((changes.companies.len(), unreadable), (1, 2));
    }
}
