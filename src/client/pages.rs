//! Lists that are asked for as a whole: the client follows their pages to the end.

use super::Inner;
use super::read_only::PermittedCall;
use crate::domain::error::{Cause, Error, RetryAdvice};
use crate::domain::paging::{Endless, Paging};
use crate::domain::request::Answer;
use crate::domain::usage::Overall;
use crate::wire::list::{List, Paged};
use crate::wire::usage::Usage;
use serde::de::DeserializeOwned;

/// Bodies of a whole list may take so many times the bytes of the largest one.
const MOST_BODIES: usize = 4;

impl Inner {
    /// Every row of a list.
    pub(super) async fn rows<W, D>(&self, call: PermittedCall) -> Result<Answer, Error>
    where
        W: DeserializeOwned + Send,
        D: TryFrom<W> + Send,
        Vec<D>: Into<Answer>,
    {
        let (_, rows, unreadable) = self.pages::<List<W>, D>(call).await?;
        Ok(rows.into().without(unreadable))
    }

    /// Usage over all with every row of its table, and how many of those could not be read.
    pub(super) async fn usage(&self, call: PermittedCall) -> Result<(Overall, u32), Error> {
        let (last, companies, unreadable) = self.pages::<Usage, _>(call).await?;
        Ok((Overall { usage: last.into(), companies }, unreadable))
    }

    /// The last page, and the rows of all.
    async fn pages<L, D>(&self, mut call: PermittedCall) -> Result<(L, Vec<D>, u32), Error>
    where
        L: DeserializeOwned + Paged,
        D: TryFrom<L::Row>,
    {
        let operation = call.operation();
        let endless = |endless| Error::new(operation, Cause::Endless(endless), RetryAdvice::Now);
        let (mut paging, mut all, mut unreadable, mut bytes) = (Paging::default(), Vec::new(), 0_u32, 0);
        loop {
            let reply = self.exchange(&call).await?;
            bytes += reply.body.len();
            let mut page: L = reply.json()?;
            let part = page.part();
            let (rows, left_out) = part.rows.read();
            let came = rows.len().saturating_add(left_out as usize);
            all.extend(rows);
            unreadable = unreadable.saturating_add(left_out);
            match paging.next(came, part.total, part.next).map_err(endless)? {
                Some(_) if bytes > self.limits.body.saturating_mul(MOST_BODIES) => {
                    return Err(endless(Endless::TooLong));
                }
                Some(token) => call = call.at_page(token),
                None => return Ok((page, all, unreadable)),
            }
        }
    }
}
