//! The requests of the contract, one file per resource: method, path, body, and how the answer is read.

mod activity;
mod companies;
mod groups;
mod imports;
mod links;
mod people;
mod session;
mod setup;
mod sources;
mod tasks;
mod technicians;
mod usage;
mod vaults;

/// What every file of a resource needs.
mod prelude {
    pub(super) use super::{Endpoint, endpoint, list_endpoint};
    pub(super) use crate::client::Client;
    pub(super) use crate::client::call::Call;
    pub(super) use crate::client::read_only::PermittedCall;
    pub(super) use crate::client::transport::Reply;
    pub(super) use crate::domain::error::Error;
    pub(super) use crate::domain::request::*;
    pub(super) use crate::wire;
}

use crate::domain::error::{Cause, RetryAdvice};
use prelude::*;

/// How a request goes over the wire.
pub trait Endpoint: Clone + Into<Request> + Sync {
    fn call(&self) -> Call;

    /// Reads an answer that is one body.
    ///
    /// # Errors
    /// As [`Reply::json`]; [`Cause::Local`] for a request that needs more than one exchange.
    fn read(&self, reply: &Reply) -> Result<Answer, Error> {
        Err(Error::new(reply.operation, Cause::Local, RetryAdvice::Never))
    }

    /// Carries it out, by default in one exchange.
    fn perform(&self, client: &Client, call: PermittedCall) -> impl Future<Output = Result<Answer, Error>> + Send {
        async move { client.inner.answer(&self.clone().into(), &call).await }
    }
}

/// A request that is answered with one object: `Name: type of the wire => type of the domain, call`.
macro_rules! endpoint {
    ($name:ident: $wire:ty => $output:ty, |$request:ident| $call:expr) => {
        impl Endpoint for $name {
            fn call(&self) -> Call {
                let $request = self;
                $call
            }

            fn read(&self, reply: &Reply) -> Result<Answer, Error> {
                reply.json_into::<$wire, $output>().map(Into::into)
            }
        }
    };
}
use endpoint;

/// A list that is asked for as a whole: `Name: row on the wire => row in the domain, path, ids in it`.
macro_rules! list_endpoint {
    ($name:ident: $wire:ty => $row:ty, $template:literal $(, $id:ident)*) => {
        impl Endpoint for $name {
            fn call(&self) -> Call {
                Call::list($template, &[$(self.$id.as_str()),*])
            }

            async fn perform(&self, client: &Client, call: PermittedCall) -> Result<Answer, Error> {
                client.inner.rows::<$wire, $row>(call).await
            }
        }
    };
}
use list_endpoint;

pub fn call(request: &Request) -> Call {
    match_request!(request, request => request.call())
}

/// Reads what a request is answered with, if that is one body.
///
/// # Errors
/// As [`Endpoint::read`].
pub fn read(request: &Request, reply: &Reply) -> Result<Answer, Error> {
    match_request!(request, request => request.read(reply))
}

/// Carries out a request.
///
/// # Errors
/// Everything that can go wrong.
pub async fn perform(request: &Request, client: &Client) -> Result<Answer, Error> {
    let call = client.inner.permit(request)?;
    match_request!(request, request => request.perform(client, call).await)
}
