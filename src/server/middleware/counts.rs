//! How often each route gave which status, for tests.

use crate::server::state::App;
use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;

pub async fn count_answer(State(app): App, route: Option<MatchedPath>, request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    if let Some(route) = route {
        app.count(&route.as_str().replace("/:", ":"), response.status().as_u16());
    }
    response
}
