//! For whoever runs the server: whether it lives, whether it can work, and its figures. On an address of its own, so that
//! none of it is reached from where dashboards are.

pub mod metrics;

use super::router::HttpService;
use super::state::{App, SharedState};
use super::store::meta;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;
use tower::Layer;
use tower::util::MapRequestLayer;

pub fn app(state: SharedState) -> HttpService {
    let router = Router::new()
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(ready))
        .route("/metrics", get(figures))
        .with_state(state);
    MapRequestLayer::new(std::convert::identity as fn(Request) -> Request).layer(router)
}

/// Whether it may be sent requests: not while it stops, and not while the database does not answer.
async fn ready(State(app): App) -> (StatusCode, &'static str) {
    if app.long_polls.is_stopping() {
        return (StatusCode::SERVICE_UNAVAILABLE, "stopping\n");
    }
    // A statement: beginning to read asks nothing of the database yet.
    match app.store.read(|db| meta::find_number(db, "seq")).await {
        Ok(_) => (StatusCode::OK, "ok\n"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n"),
    }
}

async fn figures(State(app): App) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], metrics::text(&app))
}
