//! Sign-in, sign-out, and "who am I".

use super::House;
use super::access::{TOKEN_SECONDS, Technician, same_secret};
use super::answer::{Answer, Fail, Reply};
use super::attempts::Turn;
use super::call::{Call, text_header};
use super::front::form;
use super::route::{Endpoint, Route};
use super::standing;
use crate::wire::session::{Account, Limits, Session, Technician as WireTechnician, Token};
use axum::http::{HeaderMap, StatusCode, header};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::net::IpAddr;
use std::sync::Arc;

/// The calls that come with a credential instead of a token.
pub async fn without_token(house: &House, route: &Route, headers: &HeaderMap, body: &[u8], peer: IpAddr) -> Answer {
    let (who, number) = basic(house, headers, peer).await?;
    let form = form(headers, body)?;
    let field = |name: &str| form.iter().find(|(seen, _)| seen == name).map(|(_, value)| value.as_str());
    if route.operation == Endpoint::Revoke {
        let token = field("token").filter(|token| !token.is_empty());
        let token = token.ok_or_else(|| Fail::field("token", "is missing"))?;
        house.tokens.revoke(token, &who);
        // The same answer for a token that was none (RFC 7009).
        return Ok(Reply::of_bytes(StatusCode::OK, b"{}".to_vec()));
    }
    if field("grant_type") != Some("client_credentials") {
        return Err(Fail::field("grant_type", "must be client_credentials"));
    }
    let token = house.tokens.issue(&who, number, house.now())?;
    Reply::json(&Token { access_token: token, token_type: "Bearer".into(), expires_in: TOKEN_SECONDS })
}

/// Who signs in, as the sample made them, with the number that their tokens get now.
async fn basic(house: &House, headers: &HeaderMap, peer: IpAddr) -> Result<(Arc<Technician>, i64), Fail> {
    let refused = || {
        let detail = "Send client id and secret of a technician by HTTP Basic.";
        Fail::new(StatusCode::UNAUTHORIZED, "UNAUTHENTICATED", detail)
            .with(header::WWW_AUTHENTICATE, "Basic realm=\"mspdash\", charset=\"UTF-8\"")
    };
    let given = text_header(headers, "authorization").ok_or_else(refused)?;
    let (scheme, encoded) = given.split_once(' ').ok_or_else(refused)?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return Err(refused());
    }
    let plain = STANDARD.decode(encoded.trim()).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let plain = plain.ok_or_else(refused)?;
    let (client_id, secret) = plain.split_once(':').ok_or_else(refused)?;
    let known = house.technicians.iter().find(|technician| technician.id == client_id);
    let guess = (peer, known.map(|technician| technician.n));
    let turn = house.attempts.begin(guess, house.now());
    if let Turn::Wait(seconds) = turn {
        let detail = format!("Too many sign-ins failed. Try again in {seconds} s.");
        let fail = Fail::new(StatusCode::TOO_MANY_REQUESTS, "RATE_LIMITED", detail);
        return Err(fail.with(header::RETRY_AFTER, &seconds.to_string()));
    }
    let Some(known) = known.filter(|technician| same_secret(&technician.client_secret, secret)) else {
        // A name that nobody has is not told: it may be a secret in the wrong place.
        let client_id = if guess.1.is_some() { client_id } else { "(unknown)" };
        let slowed = turn == Turn::Last;
        tracing::warn!(client_id, %peer, slowed, "a sign-in failed");
        return Err(refused());
    };
    house.attempts.succeeded(guess);
    // A credential that was taken away is answered like one that never was.
    let (_, number) = standing::now(house, known).await?.ok_or_else(refused)?;
    Ok((Arc::clone(known), number))
}

/// `GET session`: the one call that a technician without multi-factor authentication may make.
pub fn show(call: &Call) -> Answer {
    let (house, who) = (&call.house, &call.who);
    Reply::json(&Session {
        account: Account {
            owner_desk_uri: Some(format!("{}/owner", house.base_url)),
            id: house.account.id.clone(),
            name: house.account.name.clone(),
            region: house.account.region.clone(),
            sign_in_host: house.account.sign_in_host.clone(),
        },
        technician: WireTechnician {
            id: who.id.clone(),
            display_name: who.display_name.clone(),
            email: who.email.clone(),
            groups: who.groups.clone(),
            mfa: who.mfa,
        },
        permissions: who.permissions(),
        limits: Limits { max_page_size: 1000, requests_per_minute: house.requests_per_minute },
    })
}
