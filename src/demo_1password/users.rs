//! The Users API, v1beta1.

use super::answer::{answer, bearer, fault_response, refuse};
use super::log::Actor;
use super::world::{Account, Call, Fault, Person, Right, World};
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, header};
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::Arc;

type Fields = HashMap<String, String>;

pub async fn token(State(world): State<Arc<World>>, headers: HeaderMap, Form(form): Form<Fields>) -> Response {
    if let Some(bad) = world.record_call(Call::Token).and_then(|fault| fault_response(&fault)) {
        return bad;
    }
    if form.get("grant_type").map(String::as_str) != Some("client_credentials") {
        return refuse(400, "unsupported grant type");
    }
    let issued = basic(&headers).and_then(|(client, secret)| world.issue(&client, &secret));
    match issued {
        Some((token, life)) => answer(200, &json!({"access_token": token, "token_type": "Bearer", "expires_in": life})),
        None => refuse(401, "invalid client"),
    }
}

pub async fn list(
    State(world): State<Arc<World>>,
    Path(account): Path<String>,
    Query(query): Query<Fields>,
    headers: HeaderMap,
) -> Response {
    let fault = world.record_call(Call::List);
    if let Some(bad) = fault.as_ref().and_then(fault_response) {
        return bad;
    }
    let asked = query.get("max_page_size").map_or(Some(25), |size| size.parse::<usize>().ok());
    let from = query.get("page_token").map_or(Some(0), |token| place(token));
    let (Some(asked), Some(from)) = (asked.filter(|size| (1..=1000).contains(size)), from) else {
        return refuse(400, "InvalidArgument");
    };
    let size = asked.min(world.largest_page);
    let token = bearer(&headers);
    match world.permitted((&token, &account), Right::List, |found| page(found, (from, size), fault.as_ref())) {
        Ok(page) => answer(200, &page),
        Err(status) => refuse(status, "not for this application"),
    }
}

fn page(account: &Account, (from, size): (usize, usize), fault: Option<&Fault>) -> Value {
    let path_of = match fault {
        Some(Fault::OtherAccount(other)) => other.as_str(),
        _ => account.id.as_str(),
    };
    let empty = fault == Some(&Fault::EmptyPage);
    let rows = account.people.iter().skip(from).take(if empty { 0 } else { size });
    let results: Vec<Value> = rows.map(|person| written(person, path_of)).collect();
    let next = from + results.len();
    let mut page = json!({"results": results});
    if fault == Some(&Fault::Circle) {
        page["next_page_token"] = json!(token_at(0));
    } else if next < account.people.len() {
        page["next_page_token"] = json!(token_at(next));
    }
    page
}

pub async fn get(
    State(world): State<Arc<World>>,
    Path((account, user)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    if let Some(bad) = world.record_call(Call::Get).and_then(|fault| fault_response(&fault)) {
        return bad;
    }
    let find = |found: &mut Account| {
        found.people.iter().find(|person| person.id == user).map(|person| written(person, &found.id))
    };
    match world.permitted((&bearer(&headers), &account), Right::Get, find) {
        Ok(Some(person)) => answer(200, &person),
        Ok(None) => refuse(404, "no such user"),
        Err(status) => refuse(status, "not for this application"),
    }
}

/// `{user}:suspend` and `{user}:reactivate`; both may be repeated.
pub async fn act(
    State(world): State<Arc<World>>,
    Path((account, named)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let fault = world.record_call(Call::Act);
    if let Some(bad) = fault.as_ref().and_then(fault_response) {
        return bad;
    }
    let (right, state) = match named.rsplit_once(':') {
        Some((_, "suspend")) => (Right::Suspend, "SUSPENDED"),
        Some((_, "reactivate")) => (Right::Reactivate, "ACTIVE"),
        _ => return refuse(404, "no such method"),
    };
    let user = named.rsplit_once(':').map_or("", |(user, _)| user);
    let now = world.now();
    let work = |found: &mut Account| {
        let id = found.id.clone();
        let Some(person) = found.people.iter_mut().find(|person| person.id == user) else { return Err(404) };
        if right == Right::Suspend && person.protected {
            return Err(400);
        }
        let mut shown = person.clone();
        state.clone_into(&mut shown.state);
        if fault != Some(Fault::NoEffect) {
            *person = shown.clone();
            let done = if right == Right::Suspend { "suspend" } else { "reactive" };
            found.log.audit(now, &Actor::application(), done, ("user", &shown), &id);
        }
        Ok(written(&shown, &id))
    };
    match world.permitted((&bearer(&headers), &account), right, work) {
        Ok(Ok(person)) => answer(200, &person),
        Ok(Err(404)) => refuse(404, "no such user"),
        Ok(Err(status)) => refuse(status, "this user cannot be suspended"),
        Err(status) => refuse(status, "not for this application"),
    }
}

fn written(person: &Person, account: &str) -> Value {
    json!({
        "id": person.id,
        "path": format!("accounts/{account}/users/{}", person.id),
        "email": person.email,
        "display_name": person.name,
        "state": person.state,
        "create_time": person.create_time,
    })
}

fn basic(headers: &HeaderMap) -> Option<(String, String)> {
    let given = headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Basic ")?;
    let text = String::from_utf8(STANDARD.decode(given).ok()?).ok()?;
    text.split_once(':').map(|(client, secret)| (client.to_owned(), secret.to_owned()))
}

fn token_at(place: usize) -> String {
    STANDARD.encode(format!("from {place}"))
}

fn place(token: &str) -> Option<usize> {
    let text = String::from_utf8(STANDARD.decode(token).ok()?).ok()?;
    text.strip_prefix("from ")?.parse().ok()
}
