//! The owners' pages of the sample workspace: a desk where "an Owner" of a company that is not managed starts a link,
//! and a page per link where they approve or deny it. A browser opens them without signing in, so they are kept from
//! other sites: the address has to be ours, a form has to come from our own page and carries a word good once.

use super::House;
use super::answer::{Answer, Fail, Reply};
use super::call::text_header;
use super::company_row::View;
use super::front::{form, whole};
use super::link_row::{LinkRow, find, lapse};
use super::owner_acts::{self, candidates};
use super::owner_pages;
use super::random;
use super::route::Endpoint;
use super::writing::Author;
use crate::domain::text::clean;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use rusqlite::Connection;
use std::sync::Arc;

/// The longest reason, in characters.
const REASON: usize = 500;

/// What a form that starts a link is for; that of an answer is the request's id.
const START: &str = "start";

/// The fields of a form that was sent.
pub type Fields = Vec<(String, String)>;

/// Answers a request for one of the pages.
pub async fn page(house: &Arc<House>, operation: Endpoint, link: &str, request: Request, id: &str) -> Reply {
    let (parts, body) = request.into_parts();
    let outcome = match operation {
        Endpoint::OwnerDesk => desk(house, &parts.headers).await,
        Endpoint::OwnerLink => show(house, &parts.headers, link).await,
        _ => match sent(house, &parts.headers, body).await {
            Ok(fields) if operation == Endpoint::StartLink => start(house, &fields).await,
            Ok(fields) => answer(house, link, &fields, (id.to_owned(), browser(&parts.headers))).await,
            Err(fail) => Err(fail),
        },
    };
    let shown = outcome.or_else(|fail| html(fail.status, |nonce| owner_pages::refused(&fail.detail, nonce)));
    shown.unwrap_or_else(|fail| fail.into_reply(id))
}

fn browser(headers: &HeaderMap) -> Option<String> {
    text_header(headers, "user-agent").map(|agent| agent.chars().take(200).collect())
}

/// A page that may send its own forms and nothing else.
///
/// # Errors
/// 500: there is no nonce for it.
pub fn html(status: StatusCode, page: impl FnOnce(&str) -> String) -> Answer {
    let nonce = random::short_name()?;
    let policy = format!(
        "default-src 'none'; style-src 'nonce-{nonce}'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    );
    let page = Reply::html(status, page(&nonce))
        .with(header::CONTENT_SECURITY_POLICY, &policy)
        // With `no-referrer` a browser would hide the origin of our own forms from us.
        .with(header::REFERRER_POLICY, "same-origin")
        .with(HeaderName::from_static("x-frame-options"), "DENY");
    Ok(page)
}

/// 403 for a browser.
pub fn forbidden(detail: &str) -> Fail {
    Fail::new(StatusCode::FORBIDDEN, "PERMISSION_DENIED", detail)
}

/// Only under our own address: another name that leads here would be another site to the browser's eyes.
fn at_home(house: &House, headers: &HeaderMap) -> Result<(), Fail> {
    let own = house.base_url.trim_start_matches("http://");
    let port = own.rsplit_once(':').map_or("", |(_, port)| port);
    match text_header(headers, "host") {
        Some(host) if host == own || host == format!("localhost:{port}") => Ok(()),
        _ => Err(forbidden("Open this page under the address that the dashboard gave you.")),
    }
}

/// The fields of a form that our own page sent.
///
/// # Errors
/// 403 when it came from elsewhere; what a form can be wrong in.
pub async fn sent(house: &House, headers: &HeaderMap, body: axum::body::Body) -> Result<Fields, Fail> {
    at_home(house, headers)?;
    let host = text_header(headers, "host").unwrap_or_default();
    let elsewhere = |name: &str, own: &str| text_header(headers, name).is_some_and(|value| value != own);
    if elsewhere("sec-fetch-site", "same-origin") || elsewhere("origin", &format!("http://{host}")) {
        return Err(forbidden("This form was not sent from this server's own page."));
    }
    let body = whole(headers, body).await?;
    form(headers, &body)
}

/// A field; empty when it was not sent.
pub fn field<'a>(fields: &'a Fields, name: &str) -> &'a str {
    fields.iter().find(|(seen, _)| seen == name).map_or("", |(_, value)| value.as_str())
}

fn fresh(house: &House, fields: &Fields, purpose: &str) -> Result<(), Fail> {
    if house.forms.take(field(fields, "form"), purpose, house.now()) {
        return Ok(());
    }
    Err(forbidden("This form was sent already, or is too old. Go back, load the page again and repeat it."))
}

fn issue(house: &House, purpose: &str) -> Result<String, Fail> {
    house.forms.issue(purpose, house.now())
}

/// `GET /owner`.
async fn desk(house: &Arc<House>, headers: &HeaderMap) -> Result<Reply, Fail> {
    at_home(house, headers)?;
    let now = house.now();
    lapse(house, now).await?;
    let region = house.account.region.clone();
    let found = house.store.read(move |db| candidates(db, &region, now.as_millisecond())).await?;
    let word = issue(house, START)?;
    html(StatusCode::OK, |nonce| owner_pages::desk(&found, &house.account, &word, nonce))
}

/// `POST /owner/links`, then on to the link's page: a reload there sends nothing again.
async fn start(house: &Arc<House>, fields: &Fields) -> Result<Reply, Fail> {
    fresh(house, fields, START)?;
    let (account, region) = (field(fields, "account").to_owned(), house.account.region.clone());
    let (now, origin) = (house.now().as_millisecond(), house.origin);
    let id = house.store.write(move |tx| owner_acts::start(tx, &origin, &account, &region, now)).await?;
    Ok(onward(&id))
}

fn onward(id: &str) -> Reply {
    Reply::empty(StatusCode::SEE_OTHER).with(header::LOCATION, &format!("/owner/links/{id}"))
}

/// By its id, or by the secret of its confirmation link.
fn either(db: &Connection, key: &str, now: i64) -> Result<LinkRow, Fail> {
    let found = match find(db, key, false, now)? {
        None => find(db, key, true, now)?,
        found => found,
    };
    found.ok_or_else(Fail::not_found)
}

/// `GET /owner/links/{link}`.
async fn show(house: &Arc<House>, headers: &HeaderMap, link: &str) -> Result<Reply, Fail> {
    at_home(house, headers)?;
    let now = house.now();
    lapse(house, now).await?;
    let key = link.to_owned();
    let row = house.store.read(move |db| either(db, &key, now.as_millisecond())).await?;
    let word = issue(house, &row.id)?;
    html(StatusCode::OK, |nonce| owner_pages::link(&row, &house.account, &word, nonce))
}

/// `POST /owner/links/{link}`: the Owner's last word.
async fn answer(
    house: &Arc<House>,
    link: &str,
    fields: &Fields,
    from: (String, Option<String>),
) -> Result<Reply, Fail> {
    let (key, now) = (link.to_owned(), house.now().as_millisecond());
    let row = house.store.read(move |db| either(db, &key, now)).await?;
    fresh(house, fields, &row.id)?;
    let decision = field(fields, "decision").to_owned();
    // A browser cannot be told which letter was wrong as an API can: what may not be shown is taken out.
    let reason: String = clean(field(fields, "reason")).trim().chars().take(REASON).collect();
    let view = View::of_nobody(&house.account.id, &house.account.region, &house.database_id, now);
    let author = Author::on_page(view, row.requested_by.clone(), from);
    let (id, origin) = (row.id.clone(), house.origin);
    house
        .store
        .write(move |tx| match decision.as_str() {
            "approve" => owner_acts::approve(tx, &author, &id, &origin),
            "deny" => owner_acts::deny(tx, &author, &id, Some(reason.as_str()).filter(|reason| !reason.is_empty())),
            _ => Err(Fail::field("decision", "must be approve or deny")),
        })
        .await?;
    Ok(onward(&row.id))
}
