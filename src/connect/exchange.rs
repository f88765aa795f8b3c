//! One request and its answer: read within bounds, tried again where that may help, and named where it fails.

use super::{Failure, Sleep};
use crate::client::{self, Limits};
use crate::domain::source::SourceReason;
use crate::domain::text::clean;
use reqwest::{RequestBuilder, Response, header};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::error::Error as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use url::Url;

/// For one try, body included.
const TIMEOUT: Duration = Duration::from_secs(20);
/// A page of 1,000 people is a twentieth of this.
const LONGEST: usize = 8 << 20;
const LONGEST_ERROR: usize = 64 << 10;
/// Letters of a sentence that 1Password answered.
const SAID: usize = 160;
const TRIES: u32 = 4;
/// No longer between two tries, and no longer in all.
const LONGEST_WAIT: Duration = Duration::from_secs(10);
const PATIENCE: Duration = Duration::from_secs(20);
const FIRST_WAIT: Duration = Duration::from_millis(500);

/// What came instead of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Another status than success, with the sentence of the body.
    Status {
        status: u16,
        said: String,
    },
    Unreachable(String),
    /// Not of the published shape.
    Unreadable(String),
}

/// A failure, and how long the service wants to be left alone.
type Tried<T> = Result<T, (Fault, Option<Duration>)>;

/// One of 1Password's hosts. All companies share the connections to it.
pub struct Host {
    http: reqwest::Client,
    base: Url,
    sent: AtomicU64,
}

impl Host {
    pub fn new(base: Url) -> Result<Self, Failure> {
        let http = client::client_for(&base, &Limits::default()).map_err(|error| {
            let cause = error.cause.as_ref();
            Failure::new(SourceReason::Unreachable, format!("no connection can be set up ({cause})"))
        })?;
        Ok(Self { http, base, sent: AtomicU64::new(0) })
    }

    /// How many requests it was sent.
    pub fn sent(&self) -> u64 {
        self.sent.load(Ordering::Relaxed)
    }
}

/// Asks a host.
pub struct Exchange {
    host: Arc<Host>,
    sleep: Sleep,
}

impl Exchange {
    pub fn new(host: Arc<Host>, sleep: Sleep) -> Self {
        Self { host, sleep }
    }

    /// The address of a path.
    pub fn url(&self, segments: &[&str]) -> Url {
        let mut url = self.host.base.clone();
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(segments);
        }
        url
    }

    /// Sends what `make` makes, again where the service is busy or away; everything that is sent may be sent twice.
    pub async fn ask<T: DeserializeOwned>(
        &self,
        make: impl Fn(&reqwest::Client) -> RequestBuilder,
    ) -> Result<T, Fault> {
        let mut waited = Duration::ZERO;
        for tries in 1.. {
            self.host.sent.fetch_add(1, Ordering::Relaxed);
            let (fault, asked) = match once(make(&self.host.http)).await {
                Ok(answer) => return Ok(answer),
                Err(failed) => failed,
            };
            let wait = asked.unwrap_or_else(|| jittered(FIRST_WAIT * 2_u32.pow(tries - 1)));
            waited += wait;
            if !fault.may_pass() || tries >= TRIES || wait > LONGEST_WAIT || waited > PATIENCE {
                return Err(fault);
            }
            (self.sleep)(wait).await;
        }
        Err(Fault::Unreachable(String::new()))
    }
}

impl Fault {
    fn may_pass(&self) -> bool {
        match self {
            Self::Status { status, .. } => matches!(status, 429 | 500 | 502..=504),
            Self::Unreachable(_) => true,
            Self::Unreadable(_) => false,
        }
    }
}

fn jittered(wait: Duration) -> Duration {
    wait.mul_f64(0.5 + fastrand::f64() / 2.0)
}

async fn once<T: DeserializeOwned>(request: RequestBuilder) -> Tried<T> {
    let request = request.timeout(TIMEOUT).header(header::ACCEPT, "application/json");
    let response = request.send().await.map_err(|error| broken(&error))?;
    let status = response.status();
    if !status.is_success() {
        let wait = retry_after(&response);
        // The status says more than a body that does not arrive.
        let body = body(response, LONGEST_ERROR).await.unwrap_or_default();
        return Err((Fault::Status { status: status.as_u16(), said: sentence(&body) }, wait));
    }
    let body = body(response, LONGEST).await?;
    serde_json::from_slice(&body).map_err(|error| {
        // Its words name fields and places; values only where a field has another type.
        let words = match error.classify() {
            serde_json::error::Category::Data => "it is JSON of another shape",
            _ => "it is not JSON",
        };
        (Fault::Unreadable(format!("the answer is not as 1Password publishes it: {words}")), None)
    })
}

async fn body(mut response: Response, most: usize) -> Tried<Vec<u8>> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| broken(&error))? {
        if body.len() + chunk.len() > most {
            return Err((Fault::Unreadable("the answer is too large".to_owned()), None));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

fn broken(error: &reqwest::Error) -> (Fault, Option<Duration>) {
    let words = if error.is_timeout() { "1Password does not answer in time".to_owned() } else { innermost(error) };
    (Fault::Unreachable(words), None)
}

/// The words of the first cause: those above it name the address again.
fn innermost(error: &reqwest::Error) -> String {
    let mut cause = error.source();
    let mut words = "1Password cannot be reached".to_owned();
    while let Some(inner) = cause {
        words = format!("1Password cannot be reached: {inner}");
        cause = inner.source();
    }
    short(&words)
}

/// `Retry-After` in seconds; the other form is a date, which nobody sends here.
fn retry_after(response: &Response) -> Option<Duration> {
    let text = response.headers().get(header::RETRY_AFTER)?.to_str().ok()?;
    text.trim().parse().ok().map(Duration::from_secs)
}

/// The sentence of an error's body. Its shape is not published for the Users API: those of 1Password's other interfaces
/// are tried, and of a page nothing is said.
fn sentence(body: &[u8]) -> String {
    let Ok(value) = serde_json::from_slice::<Value>(body) else { return String::new() };
    let places =
        ["/message", "/error/message", "/Error/Message", "/detail", "/description", "/error_description", "/error"];
    let text = places.into_iter().find_map(|place| value.pointer(place).and_then(Value::as_str));
    short(text.unwrap_or_default())
}

fn short(text: &str) -> String {
    clean(text).trim().chars().take(SAID).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_found_in_each_shape_and_never_in_a_page() {
        for (body, said) in [
            (r#"{"status":401,"message":"Invalid token"}"#, "Invalid token"),
            (r#"{"Error":{"Message":"No such user"}}"#, "No such user"),
            (r#"{"error":{"code":403,"message":"missing scope"}}"#, "missing scope"),
            (r#"{"error":"invalid_client"}"#, "invalid_client"),
            (r#"{"code":5,"details":[]}"#, ""),
            ("<html><h1>Bad gateway</h1></html>", ""),
            ("", ""),
        ] {
            assert_eq!(sentence(body.as_bytes()), said, "{body}");
        }
        assert_eq!(sentence(format!(r#"{{"message":"{}"}}"#, "x".repeat(900)).as_bytes()).len(), SAID);
        assert!(!sentence(br#"{"message":"\u001b[31mred"}"#).contains('\u{1b}'));
    }

    #[test]
    fn waits_grow_within_bounds() {
        for _ in 0..50 {
            let wait = jittered(Duration::from_secs(4));
            assert!((Duration::from_secs(2)..=Duration::from_secs(4)).contains(&wait));
        }
    }
}
