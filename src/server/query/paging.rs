//! Pages of a list: where one begins, and the token of the next.

use super::page_token::{self, Key, PageToken};
use crate::server::error::ApiError;
use crate::server::extract::Query;
use crate::wire::list::List;
use serde::Serialize;

/// The page that was asked for.
pub struct Paging {
    question: u64,
    size: u32,
    token: Option<PageToken>,
}

/// What tells a row's place in its list.
pub trait Place {
    fn keys(self) -> Vec<Key>;
}

impl Place for i64 {
    fn keys(self) -> Vec<Key> {
        vec![Key::Number(self)]
    }
}

impl Place for Vec<Key> {
    fn keys(self) -> Vec<Key> {
        self
    }
}

impl Paging {
    /// Reads size and token. `question` is what was asked for: a token fits no other; `keys` is how many keys it has.
    /// 400 for a size out of range, or a token that is none or of another list.
    pub fn read(query: &Query, question: &[&str], keys: usize) -> Result<Self, ApiError> {
        let (question, size) = (page_token::question(question), query.page_size(25)?);
        let token = match query.get("page_token") {
            None | Some("") => None,
            Some(text) => Some(page_token::page(text, question, keys)?),
        };
        Ok(Self { question, size, token })
    }

    /// How many rows to read: one more than a page has, to see whether there is more.
    pub fn limit(&self) -> i64 {
        i64::from(self.size) + 1
    }

    pub fn size(&self) -> usize {
        self.size as usize
    }

    pub fn is_first(&self) -> bool {
        self.token.is_none()
    }

    /// The place of the last row that the caller has; `None` on the first page.
    pub fn keys(&self) -> Option<&[Key]> {
        self.token.as_ref().map(|token| token.keys.as_slice())
    }

    /// The same in a list in the order of one number; `first` stands before the first row.
    /// 400 for a token that was tampered with.
    pub fn after(&self, first: i64) -> Result<i64, ApiError> {
        match self.keys() {
            None => Ok(first),
            Some([Key::Number(number)]) => Ok(*number),
            Some(_) => Err(page_token::foreign()),
        }
    }

    /// How many rows the list has: counted on its first page, then passed on in the token.
    pub fn total(&self, count: impl FnOnce() -> Result<i64, ApiError>) -> Result<u64, ApiError> {
        self.token.as_ref().map_or_else(|| Ok(count()?.cast_unsigned()), |token| Ok(token.total))
    }

    /// The page, and the token of the next one if there are more rows.
    pub fn cut<K: Place, T>(&self, rows: Vec<(K, T)>, total: u64) -> Result<(Vec<T>, Option<String>), ApiError> {
        let more = rows.len() > self.size();
        let (mut page, mut last) = (Vec::with_capacity(rows.len()), None);
        for (place, row) in rows.into_iter().take(self.size()) {
            last = Some(place);
            page.push(row);
        }
        let next = last.filter(|_| more).map(|place| self.next(place.keys(), total)).transpose()?;
        Ok((page, next))
    }

    /// The token of the page behind a row.
    pub fn next(&self, keys: Vec<Key>, total: u64) -> Result<String, ApiError> {
        page_token::write(&PageToken { question: self.question, keys, total })
    }

    /// The page as the contract writes lists.
    pub fn list<K: Place, T: Serialize>(&self, rows: Vec<(K, T)>, total: u64) -> Result<List<T>, ApiError> {
        let (rows, next_page_token) = self.cut(rows, total)?;
        Ok(List { results: rows.into(), next_page_token, total_size: Some(total), change_token: None })
    }
}
