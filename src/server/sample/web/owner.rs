//! The owners' pages: a list where "an Owner" of a company that is not managed starts a link, and a page per link
//! where they approve or deny it. A browser opens them without signing in, so they are kept from other sites: the
//! address has to be ours, a form has to come from our own page and carries a token good once.

use super::{csrf, html, owner_pages};
use crate::domain::text::clean;
use crate::server::error::{ApiError, ApiResult, Reply};
use crate::server::extract::{Form, Path, text_header, user_agent};
use crate::server::middleware::headers::RequestId;
use crate::server::sql::Connection;
use crate::server::state::{App, AppState};
use crate::server::store::companies::row::RequestScope;
use crate::server::store::error::StoreError;
use crate::server::store::links::{LinkRow, expire_overdue, find, owner};
use crate::server::store::requester::Requester;
use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use maud::html;
use std::sync::Arc;

/// The longest reason, in characters.
const MAX_REASON: usize = 500;

/// The purpose of a form that starts a link; that of an answer is the request's id.
const START: &str = "start";

pub async fn list_page(State(app): App, headers: HeaderMap) -> ApiResult {
    list(&app, &headers).await.or_else(refused)
}

pub async fn start_page(State(app): App, headers: HeaderMap, form: Result<Form, ApiError>) -> ApiResult {
    let started = match check_form(&app, &headers, form) {
        Ok(form) => start(&app, &form).await,
        Err(error) => Err(error),
    };
    started.or_else(refused)
}

pub async fn link_page(State(app): App, headers: HeaderMap, Path(link): Path<String>) -> ApiResult {
    show(&app, &headers, &link).await.or_else(refused)
}

pub async fn answer_page(
    State(app): App,
    Extension(RequestId(id)): Extension<RequestId>,
    headers: HeaderMap,
    Path(link): Path<String>,
    form: Result<Form, ApiError>,
) -> ApiResult {
    let answered = match check_form(&app, &headers, form) {
        Ok(form) => answer(&app, &link, &form, (id, user_agent(&headers))).await,
        Err(error) => Err(error),
    };
    answered.or_else(refused)
}

fn refused(ApiError { status, detail, .. }: ApiError) -> ApiResult {
    let text = html! { p { (detail) } p { a href="/owner" { "Back to the accounts" } } };
    html::message(status, "This did not work", &text)
}

/// 403 for a browser.
pub fn forbidden(detail: &str) -> ApiError {
    ApiError::new(StatusCode::FORBIDDEN, "PERMISSION_DENIED", detail)
}

/// Another name that leads here (DNS rebinding) would be another site to the browser.
fn check_host(app: &AppState, headers: &HeaderMap) -> Result<String, ApiError> {
    let own = app.base_url.trim_start_matches("http://");
    let port = own.rsplit_once(':').map_or("", |(_, port)| port);
    text_header(headers, "host")
        .filter(|host| host == own || *host == format!("localhost:{port}"))
        .ok_or_else(|| forbidden("Open this page under the address that the dashboard gave you."))
}

/// A form that our own page sent; 403 when it came from elsewhere.
pub fn check_form(app: &AppState, headers: &HeaderMap, form: Result<Form, ApiError>) -> Result<Form, ApiError> {
    let host = check_host(app, headers)?;
    let differs = |name: &str, own: &str| text_header(headers, name).is_some_and(|value| value != own);
    if differs("sec-fetch-site", "same-origin") || differs("origin", &format!("http://{host}")) {
        return Err(forbidden("This form was not sent from this server's own page."));
    }
    form
}

async fn check_token(app: &AppState, form: &Form, purpose: &str) -> Result<(), ApiError> {
    if csrf::take(&app.store, form.get("form"), purpose, app.now()).await? {
        return Ok(());
    }
    Err(forbidden("This form was sent already, or is too old. Go back, load the page again and repeat it."))
}

/// `GET /owner`.
async fn list(app: &Arc<AppState>, headers: &HeaderMap) -> ApiResult {
    check_host(app, headers)?;
    let now = app.now();
    expire_overdue(&app.store, now.as_millisecond()).await?;
    let region = app.account.region.clone();
    let found = app.store.read(move |db| owner::candidates(db, &region, now.as_millisecond())).await?;
    let token = csrf::issue(&app.store, START, now).await?;
    html::page(StatusCode::OK, "Link an account", &owner_pages::list(&found, &app.account, &token))
}

/// `POST /owner/links`, then on to the link's page: a reload there sends nothing again.
async fn start(app: &Arc<AppState>, form: &Form) -> ApiResult {
    check_token(app, form, START).await?;
    let (account, region) = (form.get("account").to_owned(), app.account.region.clone());
    let (now, origin) = (app.now().as_millisecond(), app.sample()?);
    let id = app.store.write(move |tx| owner::start(tx, &origin, &account, &region, now)).await?;
    Ok(redirect(&id))
}

fn redirect(id: &str) -> Reply {
    Reply::empty(StatusCode::SEE_OTHER).with(header::LOCATION, &format!("/owner/links/{id}"))
}

/// By its id, or by the secret of its confirmation link.
fn find_either(db: &Connection, key: &str, now: i64) -> Result<LinkRow, StoreError> {
    let found = match find(db, key, false, now)? {
        None => find(db, key, true, now)?,
        found => found,
    };
    found.ok_or(StoreError::NotFound)
}

/// `GET /owner/links/{link}`.
async fn show(app: &Arc<AppState>, headers: &HeaderMap, link: &str) -> ApiResult {
    check_host(app, headers)?;
    let now = app.now();
    expire_overdue(&app.store, now.as_millisecond()).await?;
    let key = link.to_owned();
    let row = app.store.read(move |db| find_either(db, &key, now.as_millisecond())).await?;
    let token = csrf::issue(&app.store, &row.id, now).await?;
    html::page(StatusCode::OK, &row.company_name, &owner_pages::link(&row, &app.account, &token))
}

/// The Owner's decision.
async fn answer(app: &Arc<AppState>, link: &str, form: &Form, from: (String, Option<String>)) -> ApiResult {
    let (key, now) = (link.to_owned(), app.now().as_millisecond());
    let row = app.store.read(move |db| find_either(db, &key, now)).await?;
    check_token(app, form, &row.id).await?;
    let decision = form.get("decision").to_owned();
    // A browser cannot be told which letter was wrong as an API can: what may not be shown is taken out.
    let reason: String = clean(form.get("reason")).trim().chars().take(MAX_REASON).collect();
    let scope = RequestScope::of_nobody(&app.account.id, &app.account.region, &app.database_id, now);
    let requester = Requester::by(scope, row.requested_by.clone(), from);
    let (id, origin) = (row.id.clone(), app.sample()?);
    app.store
        .write(move |tx| match decision.as_str() {
            "approve" => owner::approve(tx, &requester, &id, &origin),
            "deny" => owner::deny(tx, &requester, &id, Some(reason.as_str()).filter(|reason| !reason.is_empty())),
            _ => Err(StoreError::Invalid { field: "decision", description: "must be approve or deny" }),
        })
        .await?;
    Ok(redirect(&row.id))
}
