//! The access token: client credentials by HTTP Basic, [users-token].

use super::Failure;
use crate::connect::exchange::{Exchange, Fault};
use crate::domain::source::SourceReason;
use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

/// [users-auth]: how long a token lives, where the answer does not say.
const LIFE: i64 = 900;

pub struct Token {
    pub text: SecretString,
    /// From when on another one is asked for: at four fifths of its life.
    pub renew: Timestamp,
}

/// Fields by RFC 6749; 1Password's page does not list them.
#[derive(Deserialize)]
struct Answer {
    access_token: String,
    #[serde(default)]
    expires_in: Option<i64>,
}

pub async fn ask(
    exchange: &Exchange,
    client_id: &str,
    secret: &SecretString,
    now: Timestamp,
) -> Result<Token, Failure> {
    let answer = sign_in(exchange, client_id, secret).await.map_err(refused)?;
    let life = answer.expires_in.filter(|life| (1..=86_400).contains(life)).unwrap_or(LIFE);
    let renew = now.checked_add(SignedDuration::from_secs(life * 4 / 5)).unwrap_or(now);
    Ok(Token { text: answer.access_token.into(), renew })
}

/// Whether 1Password takes the secret. Only a plain 401 says that it does not: anything else may have another cause.
pub async fn is_taken(exchange: &Exchange, client_id: &str, secret: &SecretString) -> Result<bool, Failure> {
    match sign_in(exchange, client_id, secret).await {
        Ok(_) => Ok(true),
        Err(Fault::Status { status: 401, .. }) => Ok(false),
        Err(fault) => Err(refused(fault)),
    }
}

async fn sign_in(exchange: &Exchange, client_id: &str, secret: &SecretString) -> Result<Answer, Fault> {
    let url = exchange.url(&["v1beta1", "users", "oauth2", "token"]);
    let asked = |http: &reqwest::Client| {
        let ask = http.post(url.clone()).basic_auth(client_id, Some(secret.expose_secret()));
        ask.form(&[("grant_type", "client_credentials")])
    };
    exchange.ask(asked).await
}

/// Nothing of the body is told: it answers a request that held the secret.
fn refused(fault: Fault) -> Failure {
    match fault {
        Fault::Status { status: status @ (400 | 401 | 403), .. } => {
            let detail = format!("1Password does not take this client id with this secret (it answers {status})");
            Failure::new(SourceReason::CredentialRefused, detail)
        }
        Fault::Status { status, .. } => {
            Failure::of(Fault::Status { status, said: String::new() }, SourceReason::Unreadable)
        }
        other => Failure::of(other, SourceReason::Unreadable),
    }
}
