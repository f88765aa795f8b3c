//! A successful answer and how its body is read.

use super::text::one_line;
use crate::client::prefetch::GoOn;
use crate::domain::error::{Cause, Error, Operation, RetryAdvice};
use crate::domain::request::Page;
use crate::wire::list::{SoundPage, UnreadPage};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::borrow::Cow;
use std::fmt::Display;
use std::time::Instant;

/// An answer with status 2xx and its whole body.
#[derive(Debug)]
pub struct Reply {
    pub operation: Operation,
    pub content_type: String,
    pub request_id: Option<String>,
    /// When its head came.
    pub began: Instant,
    pub body: Vec<u8>,
}

impl Reply {
    /// The body as one type of the contract.
    ///
    /// # Errors
    /// [`Cause::NotTheApi`] if it is not JSON and does not say it is, else [`Cause::Unreadable`].
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        self.parse(&self.text()?)
    }

    /// A page of companies. Who waits for the token of the next one hears of it before the rows are read.
    ///
    /// # Errors
    /// As [`Reply::json`].
    pub fn page(&self, go_on: &GoOn) -> Result<Page, Error> {
        let text = self.text()?;
        // In one pass, if nobody waits and every row is sound: the usual case.
        if let Some(page) = Some(&text).filter(|_| go_on.told()).and_then(|text| serde_json::from_str(text).ok()) {
            return Ok(SoundPage::read(page));
        }
        let page: UnreadPage<'_> = self.parse(&text)?;
        if let Some(token) = page.next() {
            go_on.tell(token);
        }
        Ok(page.read())
    }

    fn text(&self) -> Result<Cow<'_, str>, Error> {
        let body = self.body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&self.body);
        if body.trim_ascii().is_empty() {
            return Err(self.error(Cause::Unreadable, "the answer is empty"));
        }
        // A name in a wrong encoding must not take the whole list with it.
        let text = std::str::from_utf8(body).map_or_else(|_| String::from_utf8_lossy(body), Cow::Borrowed);
        // Every answer is an object. A list would be taken for one whose fields come in order, all of them absent.
        if !text.trim_start().starts_with('{') {
            return Err(self.error(self.unfit(), "the answer is no JSON object"));
        }
        Ok(text)
    }

    fn parse<'a, T: Deserialize<'a>>(&self, text: &'a str) -> Result<T, Error> {
        serde_json::from_str(text).map_err(|error| {
            let cause = if error.is_data() { Cause::Unreadable } else { self.unfit() };
            self.error(cause, &error.to_string())
        })
    }

    /// The body as one type of the core.
    ///
    /// # Errors
    /// As [`Reply::json`], and [`Cause::Unreadable`] if it lacks something that is needed.
    pub fn json_into<W, D>(&self) -> Result<D, Error>
    where
        W: DeserializeOwned,
        D: TryFrom<W, Error: Display>,
    {
        self.json::<W>()?.try_into().map_err(|lacking: D::Error| self.error(Cause::Unreadable, &lacking.to_string()))
    }

    /// What a body is that is no JSON.
    fn unfit(&self) -> Cause {
        if self.says_json() { Cause::Unreadable } else { Cause::NotTheApi { content_type: self.content_type.clone() } }
    }

    fn says_json(&self) -> bool {
        let essence = self.content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        essence.ends_with("/json") || essence.ends_with("+json")
    }

    pub fn error(&self, cause: Cause, detail: &str) -> Error {
        let detail = one_line(detail);
        Error {
            operation: self.operation,
            cause,
            retry: RetryAdvice::Now,
            detail,
            request_id: self.request_id.clone(),
            earlier_outcome_unknown: false,
        }
    }
}
