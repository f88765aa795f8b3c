//! The Events API, v2.

use super::answer::{answer, bearer, fault_response, refuse};
use super::world::{Account, Call, EventsToken, Fault, World};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use std::sync::Arc;

/// [ev-intro].
const REACH: SignedDuration = SignedDuration::from_hours(120 * 24);

pub async fn introspect(State(world): State<Arc<World>>, headers: HeaderMap) -> Response {
    if let Some(bad) = world.record_call(Call::Introspect).and_then(|fault| fault_response(&fault)) {
        return bad;
    }
    match world.reported(&bearer(&headers), None, introspection) {
        Ok(said) => answer(200, &said),
        Err(status) => refuse(status, "Unauthorized access"),
    }
}

fn introspection(account: &Account, token: &EventsToken) -> Value {
    let mut said = json!({
        "uuid": "EVENTSREPORTINGAAAAAAAAAAA",
        "issued_at": "2026-11-01T09:12:00Z",
        "features": token.features,
    });
    if !token.older {
        said["account_uuid"] = json!(account.id);
    }
    said
}

pub async fn audit_events(State(world): State<Arc<World>>, headers: HeaderMap, body: String) -> Response {
    page(&world, Call::AuditEvents, &headers, &body, |account| &account.log.audit_events)
}

pub async fn sign_ins(State(world): State<Arc<World>>, headers: HeaderMap, body: String) -> Response {
    page(&world, Call::SignIns, &headers, &body, |account| &account.log.sign_ins)
}

fn page(world: &World, call: Call, headers: &HeaderMap, body: &str, of: fn(&Account) -> &Vec<Value>) -> Response {
    let fault = world.record_call(call);
    if let Some(bad) = fault.as_ref().and_then(fault_response) {
        return bad;
    }
    let feature = if call == Call::AuditEvents { "auditevents" } else { "signinattempts" };
    let (era, now) = (world.era(), world.now());
    let Some(place) = Place::asked(body, era, now) else { return refuse(400, "Bad request: invalid cursor") };
    let most = world.largest_page;
    let made = world.reported(&bearer(headers), Some(feature), |account, _| {
        let mut place = place;
        place.size = place.size.min(most);
        place.page(of(account), (now, era), fault.as_ref())
    });
    match made {
        Ok(page) => answer(200, &page),
        Err(status) => refuse(status, "Unauthorized access"),
    }
}

/// Where a page begins: a cursor is this, encoded.
struct Place {
    from: usize,
    size: usize,
    /// Events before it are left out, in milliseconds.
    start: i64,
}

impl Place {
    fn asked(body: &str, era: usize, now: Timestamp) -> Option<Self> {
        let body: Value = serde_json::from_str(body).ok()?;
        if let Some(cursor) = body.get("cursor") {
            let text = String::from_utf8(STANDARD.decode(cursor.as_str()?).ok()?).ok()?;
            let mut parts = text.split(' ').map(str::parse::<i64>);
            let mut part = || parts.next()?.ok();
            let (of, from, size, start) = (part()?, part()?, part()?, part()?);
            let whole = |number: i64| usize::try_from(number).ok();
            return (whole(of)? == era).then_some(Self { from: whole(from)?, size: whole(size)?, start });
        }
        let size = body.get("limit").map_or(Some(100), Value::as_u64).filter(|size| (1..=1000).contains(size))?;
        let start = match body.get("start_time") {
            Some(time) => time.as_str()?.parse().ok()?,
            None => now - SignedDuration::from_hours(1),
        };
        Some(Self { from: 0, size: usize::try_from(size).ok()?, start: start.as_millisecond() })
    }

    fn page(&self, log: &[Value], (now, era): (Timestamp, usize), fault: Option<&Fault>) -> Value {
        let start = self.start.max((now - REACH).as_millisecond());
        let from = match fault {
            Some(Fault::Overlap(events)) => self.from.saturating_sub(*events),
            _ => self.from,
        };
        let mut items = Vec::new();
        let mut next = from;
        for event in log.iter().skip(from) {
            if items.len() == self.size || fault == Some(&Fault::EmptyPage) {
                break;
            }
            next += 1;
            if time(event).is_none_or(|time| time.as_millisecond() >= start) {
                items.push(event.clone());
            }
        }
        if let Some(Fault::OtherAccount(other)) = fault {
            for event in &mut items {
                event["account_uuid"] = json!(other);
            }
        }
        let next = if fault == Some(&Fault::Circle) { 0 } else { next.max(self.from.min(log.len())) };
        let cursor = STANDARD.encode(format!("{era} {next} {} {}", self.size, self.start));
        let has_more = next < log.len() || fault == Some(&Fault::EmptyPage);
        json!({ "cursor": cursor, "has_more": has_more, "items": items })
    }
}

fn time(event: &Value) -> Option<Timestamp> {
    event.get("timestamp")?.as_str()?.parse().ok()
}
