//! Pages of a list: where one begins, and the token of the next.

use super::page_token::{self, PageToken};
use crate::server::error::{ApiError, ApiResult, Reply};
use crate::server::extract::Query;
use crate::server::sql::Connection;
use crate::server::store::error::StoreError;
use crate::server::store::pool::Store;
use crate::server::store::rows::{Page, Window};
use crate::wire::list::List;
use axum::http::header;
use serde::Serialize;
use std::sync::Arc;

/// The page that was asked for.
pub struct Paging {
    question: u64,
    query: Query,
    pub window: Window,
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
        let (after, total) = token.map(|token| (token.keys, token.total)).unzip();
        Ok(Self { question, query: query.clone(), window: Window { size: size as usize, after, total } })
    }

    /// Answers with the page that `read` finds.
    pub async fn list<T, F>(self, store: &Arc<Store>, read: F) -> ApiResult
    where
        T: Serialize + Send + 'static,
        F: FnOnce(&Connection, &Window) -> Result<Page<T>, StoreError> + Send + 'static,
    {
        let (paging, page) = store.read(move |db| read(db, &self.window).map(|page| (self, page))).await?;
        let list = paging.cut(page)?;
        Ok(paging.link(Reply::json(&list)?, &list))
    }

    /// Tells the next page in the header too (RFC 8288): a client may ask for it while the rows are on their way.
    pub fn link<T>(&self, reply: Reply, list: &List<T>) -> Reply {
        let Some(token) = &list.next_page_token else { return reply };
        let query = self.query.with("page_token", token);
        reply.with(header::LINK, &format!("<?{query}>; rel=\"next\""))
    }

    /// The page as the contract writes lists, with the token of the next one if there are more rows.
    pub fn cut<T>(&self, Page { mut rows, total }: Page<T>) -> Result<List<T>, ApiError> {
        let more = rows.len() > self.window.size;
        rows.truncate(self.window.size);
        let last = rows.last_mut().filter(|_| more).map(|(keys, _)| std::mem::take(keys));
        let token = |keys| page_token::write(&PageToken { question: self.question, keys, total });
        let next_page_token = last.map(token).transpose()?;
        let results = rows.into_iter().map(|(_, row)| row).collect::<Vec<_>>().into();
        Ok(List { results, next_page_token, total_size: Some(total), change_token: None })
    }
}
