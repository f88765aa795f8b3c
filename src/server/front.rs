//! The front door: every request passes here, and every answer leaves here with the same manners.

use super::House;
use super::access::{Allowance, Technician};
use super::answer::{Answer, Fail, Reply};
use super::call::{Call, Query, needs_type, text_header};
use super::fault::{self, Fault};
use super::hosts;
use super::route::{self, Endpoint, Match, Route};
use super::store::{BUSY, DEADLINE};
use super::{
    adding, companies, inviting, launching, linking, members, owner, people, person_acts, random, recoveries, session,
};
use super::{setup, standing, trail, unlinking, usage, vaults};
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, header};
use jiff::fmt::rfc2822::DateTimePrinter;
use std::future::poll_fn;
use std::net::IpAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// The most that a request body may have.
const BODY_LIMIT: usize = 1024 * 1024;
/// Longer than any honest work takes here.
const TIME_LIMIT: Duration = Duration::from_secs(30);

/// Between whom a request goes.
#[derive(Debug, Clone, Copy)]
pub struct Peer {
    /// Who asks.
    pub remote: IpAddr,
    /// Where it came in.
    pub local: IpAddr,
}

/// Answers one request, and counts it.
pub async fn answer(house: &Arc<House>, peer: Peer, request: Request) -> Response<Body> {
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let mut response = match request_id(request.headers()) {
        Ok(id) => respond(house, peer, request, id).await,
        Err(fail) => mannered(fail.into_reply("none"), "none").into_response(),
    };
    // The server's own clock, which need not be the system's.
    if let Ok(date) = DateTimePrinter::new().timestamp_to_rfc9110_string(&house.now()) {
        response.headers_mut().extend(HeaderValue::try_from(date).ok().map(|date| (header::DATE, date)));
    }
    house.count(method.as_str(), &path, response.status().as_u16());
    response
}

async fn respond(house: &Arc<House>, peer: Peer, request: Request, id: String) -> Response<Body> {
    let (parts, body) = request.into_parts();
    if let Err(fail) = hosts::check(&parts, peer.local, &house.hosts) {
        return mannered(fail.into_reply(&id), &id).into_response();
    }
    let request = Request::from_parts(parts, body);
    let fault = house.fault(request.headers());
    match fault {
        Some(Fault::Delay(ms)) => tokio::time::sleep(Duration::from_millis(ms)).await,
        Some(Fault::Hold) => house.hold().await,
        Some(Fault::Status(code)) => {
            let status = StatusCode::from_u16(code).unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
            let reply = Fail::new(status, "FAULT", "A fault on purpose.").into_reply(&id);
            return mannered(reply, &id).into_response();
        }
        _ => {}
    }
    // A task of its own: a panic in it becomes an answer, and a client that hangs up does not stop a write half-way.
    let (task_house, task_id) = (Arc::clone(house), id.clone());
    let work = tokio::spawn(async move {
        assert!(fault != Some(Fault::Panic), "a panic on purpose");
        DEADLINE.scope(Instant::now() + BUSY, handle(task_house, peer, request, &task_id)).await
    });
    let reply = match tokio::time::timeout(TIME_LIMIT, work).await {
        Ok(Ok(reply)) => reply,
        Ok(Err(error)) => Fail::internal("a request died", &error).into_reply(&id),
        Err(_) => Fail::unavailable("The server took too long.", 1).into_reply(&id),
    };
    spoil(mannered(reply, &id), fault)
}

fn spoil(reply: Reply, fault: Option<Fault>) -> Response<Body> {
    match fault {
        Some(Fault::Cut) => {
            let body = Bytes::from(reply.body.clone());
            let length = body.len();
            let mut response = reply.into_response();
            *response.body_mut() = fault::cut(&body);
            response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(length));
            response
        }
        Some(Fault::SlowBody) => {
            let body = Bytes::from(reply.body.clone());
            let mut response = reply.into_response();
            *response.body_mut() = fault::slow(body);
            response
        }
        Some(Fault::Garbage) => {
            let body = b"\x00\xff<!doctype html>{\"results\":[{]]".to_vec();
            Reply { body, content_type: "application/json", ..reply }.into_response()
        }
        _ => reply.into_response(),
    }
}

/// What every answer carries.
fn mannered(reply: Reply, id: &str) -> Reply {
    reply
        .with(HeaderName::from_static("x-request-id"), id)
        .with(header::CACHE_CONTROL, "no-store")
        .with(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
}

/// The caller's own name for the request if it is a sane one, else a new one. It goes into logs and headers.
fn request_id(headers: &HeaderMap) -> Result<String, Fail> {
    let sane = |id: &String| {
        (1..=128).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.:~+/=".contains(&b))
    };
    text_header(headers, "x-request-id").filter(sane).map_or_else(random::short_name, Ok)
}

async fn handle(house: Arc<House>, peer: Peer, request: Request, id: &str) -> Reply {
    let method = request.method().as_str().to_owned();
    let (route, values) = match route::find(&method, request.uri().path()) {
        Match::Found(route, values) => (route, values),
        Match::OtherMethods(allow) if method == "OPTIONS" => {
            return Reply::empty(StatusCode::NO_CONTENT).with(header::ALLOW, &allow);
        }
        Match::OtherMethods(allow) => {
            let detail = format!("{method} is not possible here; {allow} are.");
            let fail = Fail::new(StatusCode::METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED", detail);
            return fail.with(header::ALLOW, &allow).into_reply(id);
        }
        Match::Unknown => return Fail::not_found().into_reply(id),
    };
    if !route.is_api() {
        let value = values.first().cloned().unwrap_or_default();
        return match route.operation {
            Endpoint::LaunchPage => launching::page(&house, &value).await.unwrap_or_else(|fail| fail.into_reply(id)),
            Endpoint::InvitePage => inviting::page(&house, request, id).await,
            operation => owner::page(&house, operation, &value, request, id).await,
        };
    }
    let mut allowance = None;
    let outcome = admit(house, request, (id, peer), route, values, &mut allowance).await;
    let reply = outcome.unwrap_or_else(|fail| fail.into_reply(id));
    match allowance {
        Some(allowance) => with_allowance(reply, allowance),
        None => reply,
    }
}

fn with_allowance(reply: Reply, allowance: Allowance) -> Reply {
    let reply = reply
        .with(HeaderName::from_static("ratelimit-limit"), &allowance.limit.to_string())
        .with(HeaderName::from_static("ratelimit-remaining"), &allowance.remaining.to_string())
        .with(HeaderName::from_static("ratelimit-reset"), &allowance.reset.to_string());
    if allowance.exceeded { reply.with(header::RETRY_AFTER, &allowance.reset.to_string()) } else { reply }
}

async fn admit(
    house: Arc<House>,
    request: Request,
    (id, peer): (&str, Peer),
    route: &'static Route,
    values: Vec<String>,
    allowance: &mut Option<Allowance>,
) -> Answer {
    let now = house.now();
    let (parts, body) = request.into_parts();
    let who = if route.needs_token() { Some(bearer(&house, &parts.headers).await?) } else { None };
    if let Some(who) = &who {
        let state = house.limiter.count(who.n, now);
        *allowance = Some(state);
        permitted(&house, who, route, &values, state)?;
    }
    let query = Query::parse(parts.uri.query(), route.params)?;
    let body = whole(&parts.headers, body).await?;
    let Some(who) = who else {
        return session::without_token(&house, route, &parts.headers, &body, peer.remote).await;
    };
    if route.writes() {
        keyed(&parts.headers)?;
    }
    if let Err(fail) = recoveries::advance(&house, now.as_millisecond()).await {
        // A database that cannot be written can still be read.
        tracing::warn!(code = fail.code, "recoveries were not moved on");
    }
    let client = text_header(&parts.headers, "user-agent").map(|agent| agent.chars().take(200).collect());
    let (request_id, headers) = (id.to_owned(), parts.headers);
    dispatch(&Call { house, who, now, request_id, client, route, values, query, headers, body }).await
}

async fn bearer(house: &House, headers: &HeaderMap) -> Result<Arc<Technician>, Fail> {
    let given = text_header(headers, "authorization").unwrap_or_default();
    let token = match given.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => token.trim(),
        _ => "",
    };
    let mut found = None;
    if let Some((technician, number)) = house.tokens.owner(token, house.now()) {
        let standing = standing::now(house, &technician).await?;
        found = standing.filter(|(_, good)| *good == number).map(|(technician, _)| technician);
    }
    found.ok_or_else(|| {
        let (detail, hint) = if token.is_empty() {
            ("Send a bearer token from /v1beta1/oauth2/token.", "Bearer realm=\"mspdash\"")
        } else {
            ("The token is not or no longer good.", "Bearer realm=\"mspdash\", error=\"invalid_token\"")
        };
        Fail::new(StatusCode::UNAUTHORIZED, "UNAUTHENTICATED", detail).with(header::WWW_AUTHENTICATE, hint)
    })
}

/// Limit, second factor, account, role: in this order, so that nobody learns more than they may.
fn permitted(house: &House, who: &Technician, route: &Route, values: &[String], state: Allowance) -> Result<(), Fail> {
    if state.exceeded {
        let detail = format!("More than {} requests in a minute.", state.limit);
        return Err(Fail::new(StatusCode::TOO_MANY_REQUESTS, "RATE_LIMITED", detail));
    }
    let Some(permission) = &route.permission else { return Ok(()) };
    if !who.mfa {
        let detail = "Everyone in an MSP account must use multi-factor authentication.";
        return Err(Fail::new(StatusCode::FORBIDDEN, "MFA_REQUIRED", detail));
    }
    if values.first().is_none_or(|account| *account != house.account.id) {
        return Err(Fail::not_found());
    }
    if !who.may(permission) {
        return Err(Fail::denied(format!("This needs the permission {}.", permission.as_str())));
    }
    Ok(())
}

fn keyed(headers: &HeaderMap) -> Result<(), Fail> {
    let missing = |detail: &str| Err(Fail::new(StatusCode::BAD_REQUEST, "IDEMPOTENCY_KEY_REQUIRED", detail));
    match text_header(headers, "idempotency-key").as_deref() {
        None | Some("") => missing("Send an Idempotency-Key with every write."),
        Some(key) if key.len() > 255 => missing("The Idempotency-Key may have 255 characters at most."),
        Some(_) => Ok(()),
    }
}

/// The whole body, within its limit.
///
/// # Errors
/// 413 beyond it, 400 for one that broke off.
pub async fn whole(headers: &HeaderMap, body: Body) -> Result<Bytes, Fail> {
    let too_large = || {
        let detail = format!("A body may have {BODY_LIMIT} bytes at most.");
        Fail::new(StatusCode::PAYLOAD_TOO_LARGE, "PAYLOAD_TOO_LARGE", detail)
    };
    let announced = text_header(headers, "content-length").and_then(|length| length.parse::<u64>().ok());
    if announced.is_some_and(|length| length > BODY_LIMIT as u64) {
        return Err(too_large());
    }
    let (mut body, mut bytes) = (pin!(body), Vec::new());
    while let Some(frame) = poll_fn(|context| body.as_mut().poll_frame(context)).await {
        // Of a client that broke off, who will not read the answer.
        let broke_off = |_| Fail::new(StatusCode::BAD_REQUEST, "INVALID_ARGUMENT", "The body broke off.");
        let Ok(data) = frame.map_err(broke_off)?.into_data() else { continue };
        if bytes.len() + data.len() > BODY_LIMIT {
            return Err(too_large());
        }
        bytes.extend_from_slice(&data);
    }
    Ok(bytes.into())
}

async fn dispatch(call: &Call) -> Answer {
    match call.route.operation {
        Endpoint::Session => session::show(call),
        Endpoint::ListCompanies => companies::list(call).await,
        Endpoint::Changes => companies::changes(call).await,
        Endpoint::GetCompany => companies::get(call).await,
        Endpoint::PatchCompany => companies::patch(call).await,
        Endpoint::Launch => launching::launch(call).await,
        Endpoint::Preflight => unlinking::preflight(call).await,
        Endpoint::Unlink => unlinking::unlink(call).await,
        Endpoint::GetSetup => setup::show(call).await,
        Endpoint::PatchStep => setup::patch(call).await,
        Endpoint::ListUsers => people::users(call).await,
        Endpoint::GetUser => people::user(call).await,
        Endpoint::ListGroups => people::groups(call).await,
        Endpoint::AddCompany => adding::add(call).await,
        Endpoint::ListLinks => linking::list(call).await,
        Endpoint::AcceptLink => linking::accept(call).await,
        Endpoint::CancelLink => linking::cancel(call).await,
        Endpoint::AuditEvents => trail::list(call).await,
        Endpoint::AddMember => members::add(call).await,
        Endpoint::RemoveMember => members::remove(call).await,
        Endpoint::ChangePerson(act) => person_acts::act(call, act).await,
        Endpoint::ListRecoveries => recoveries::list(call).await,
        Endpoint::ListVaults => vaults::show(call).await,
        Endpoint::GrantVault => vaults::grant(call).await,
        Endpoint::CompanyUsage => usage::company(call).await,
        Endpoint::Usage => usage::overall(call).await,
        // Answered before: they need no token.
        Endpoint::Token | Endpoint::Revoke | Endpoint::LaunchPage | Endpoint::InvitePage => Err(Fail::not_found()),
        Endpoint::OwnerDesk | Endpoint::StartLink | Endpoint::OwnerLink | Endpoint::AnswerLink => {
            Err(Fail::not_found())
        }
    }
}

/// The fields of a form. Each may come once.
///
/// # Errors
/// 415 for another format, 400 with the name of a field that comes twice.
pub fn form(headers: &HeaderMap, body: &[u8]) -> Result<Vec<(String, String)>, Fail> {
    needs_type(headers, "application/x-www-form-urlencoded")?;
    let mut fields: Vec<(String, String)> = Vec::new();
    for (name, value) in url::form_urlencoded::parse(body).into_owned() {
        if fields.iter().any(|(seen, _)| *seen == name) {
            let name: String = name.chars().take(100).collect();
            return Err(Fail::field(&name, "must be given once"));
        }
        fields.push((name, value));
    }
    Ok(fields)
}
