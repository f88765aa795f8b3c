//! The one gate of read-only mode. Only what passed here can be sent: `transport` takes a [`Passed`], and
//! nothing outside this file can make one.

use super::call::Call;
use crate::domain::error::{Cause, Error, RetryAdvice};
use reqwest::Method;
use std::ops::Deref;

/// Decides by the HTTP method that will go over the wire, not by what a request says of itself.
pub struct Gate {
    read_only: bool,
}

/// A call that may be sent.
pub struct Passed(Call);

impl Gate {
    pub fn new(read_only: bool) -> Self {
        Self { read_only }
    }

    /// # Errors
    /// [`Cause::ReadOnly`], before anything was sent.
    pub fn pass(&self, call: Call) -> Result<Passed, Error> {
        if self.read_only && !matches!(*call.method(), Method::GET | Method::HEAD) {
            return Err(Error::new(call.what(), Cause::ReadOnly, RetryAdvice::Never));
        }
        Ok(Passed(call))
    }
}

impl Passed {
    /// The same call at another page.
    pub fn at_page(self, token: String) -> Self {
        Self(self.0.at_page(token))
    }
}

impl Deref for Passed {
    type Target = Call;

    fn deref(&self) -> &Call {
        &self.0
    }
}
