//! Each request runs in a task of its own, for a limited time.

use crate::server::error::ApiError;
use crate::server::store::pool::{BUSY, DEADLINE};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::any::Any;
use std::time::Duration;
use tokio::time::{Instant, timeout};

/// Longer than any honest work takes here.
const TIME_LIMIT: Duration = Duration::from_secs(30);

/// A client that hangs up, or is told that it took too long, must not stop a write half-way.
pub async fn run(request: Request, next: Next) -> Result<Response, ApiError> {
    let work = tokio::spawn(DEADLINE.scope(Instant::now() + BUSY, next.run(request)));
    match timeout(TIME_LIMIT, work).await {
        Ok(outcome) => outcome.map_err(|error| ApiError::internal("a request died", &error)),
        Err(_) => Err(ApiError::unavailable("The server took too long.", 1)),
    }
}

/// The answer to a panic outside of the task.
pub fn panicked(_: Box<dyn Any + Send>) -> Response {
    ApiError::internal("a request died", &"panic").into_response()
}
