//! The one guard of read-only mode. Only what it permits can be sent: `transport` takes a [`PermittedCall`], and
//! nothing outside this file can make one.

use super::call::Call;
use super::prefetch::GoOn;
use crate::domain::error::{Cause, Error, Operation, RetryAdvice};
use reqwest::Method;
use std::ops::Deref;

/// Decides by the HTTP method that will go over the wire, not by what a request says of itself.
pub struct ReadOnlyGuard {
    read_only: bool,
}

/// A call that may be sent, and what its failure is a failure of.
pub struct PermittedCall {
    call: Call,
    operation: Operation,
}

impl ReadOnlyGuard {
    pub fn new(read_only: bool) -> Self {
        Self { read_only }
    }

    /// # Errors
    /// [`Cause::ReadOnly`], or what makes the call impossible, before anything was sent.
    pub fn permit(&self, operation: Operation, call: Call) -> Result<PermittedCall, Error> {
        let writes = !matches!(*call.method(), Method::GET | Method::HEAD);
        let held_back = (self.read_only && writes).then_some(Cause::ReadOnly);
        match call.fault().cloned().or(held_back) {
            Some(cause) => Err(Error::new(operation, cause, RetryAdvice::Never)),
            None => Ok(PermittedCall { call, operation }),
        }
    }
}

impl PermittedCall {
    pub fn operation(&self) -> Operation {
        self.operation
    }

    /// The same call, whose next page somebody wants to hear of.
    pub fn going_on(self, go_on: GoOn) -> Self {
        Self { call: self.call.going_on(go_on), ..self }
    }

    /// The same call at another page.
    pub fn at_page(self, token: String) -> Self {
        Self { call: self.call.at_page(token), ..self }
    }
}

impl Deref for PermittedCall {
    type Target = Call;

    fn deref(&self) -> &Call {
        &self.call
    }
}
