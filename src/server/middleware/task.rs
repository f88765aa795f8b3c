//! Each request runs in a task of its own, for a limited time.

use crate::server::error::ApiError;
use crate::server::state::App;
use crate::server::store::pool::{BUSY, DEADLINE};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::any::Any;
use tokio::sync::watch;
use tokio::time::{Instant, timeout};

/// Tells a request that nobody waits for its answer any more. Only what has nothing left to do but wait may care.
#[derive(Clone)]
pub struct HungUp(watch::Receiver<()>);

impl HungUp {
    /// Returns when the client is gone.
    pub async fn wait(mut self) {
        while self.0.changed().await.is_ok() {}
    }
}

/// A client that hangs up, or is told that it took too long, must not stop a write half-way.
pub async fn run(State(app): App, mut request: Request, next: Next) -> Result<Response, ApiError> {
    let (_waits, hung_up) = watch::channel(());
    request.extensions_mut().insert(HungUp(hung_up));
    let work = tokio::spawn(DEADLINE.scope(Instant::now() + BUSY, next.run(request)));
    // What waits for changes has its time at the database afterwards.
    match timeout(app.limits.time + app.long_polls.longest, work).await {
        Ok(outcome) => outcome.map_err(|error| ApiError::internal("a request died", &error)),
        Err(_) => Err(ApiError::unavailable("The server took too long.", 1)),
    }
}

/// The answer to a panic outside of the task.
pub fn panicked(_: Box<dyn Any + Send>) -> Response {
    ApiError::internal("a request died", &"panic").into_response()
}
