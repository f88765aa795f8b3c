//! One line for each answer, and its figures. The route is the template: a path may hold what is secret for a minute.

use super::hosts::Peer;
use crate::server::state::App;
use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use std::time::Instant;

/// Who asked, on the way back: an extension of the response.
#[derive(Clone)]
pub struct AskedBy(pub String);

/// No route of ours.
const NOWHERE: &str = "(none)";

pub async fn log(State(app): App, route: Option<MatchedPath>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let route = route.map_or_else(|| NOWHERE.to_owned(), |route| route.as_str().replace("/:", ":"));
    let method = request.method().clone();
    let peer = request.extensions().get::<Peer>().map(|peer| peer.remote);
    let response = next.run(request).await;
    let (status, took) = (response.status().as_u16(), began.elapsed());
    app.metrics.count(&route, known(method.as_str()), status, took);
    let header = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    tracing::info!(
        target: "mspdash::access",
        %method,
        route,
        status,
        ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
        request_id = header("x-request-id"),
        technician = response.extensions().get().map(|AskedBy(id)| id.as_str()),
        peer = peer.map(tracing::field::display),
        "answered"
    );
    response
}

/// A method of the standard: figures must not grow with what somebody makes up.
fn known(method: &str) -> &str {
    let all = ["GET", "HEAD", "POST", "PATCH", "DELETE", "OPTIONS", "PUT"];
    all.into_iter().find(|known| *known == method).unwrap_or("OTHER")
}
