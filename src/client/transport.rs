//! The one door to the network: builds the HTTP client when it is first needed, sends one try, reads its body
//! within bounds, and names what went wrong. Logs method, path template, status, time and request id only.

pub mod address;
pub mod certificate;
mod http_client;
mod http_error;
pub mod pause;
pub mod probe;
pub mod proxy;
mod reply;
pub mod retry;
mod text;
mod tls;
mod transport_error;

use super::Limits;
use super::auth::Token;
use super::prefetch::GoOn;
use super::read_only::PermittedCall;
use super::sleep_detection::{Clocks, Moment};
use crate::domain::error::{Cause, Error, Operation, RetryAdvice};
use crate::domain::id::AccountId;
use crate::domain::network_fault::ProxyFault;
use crate::domain::text::clean;
use crate::wire::technician::EnrolmentCode;
use jiff::{SignedDuration, Timestamp};
use probe::Probe;
use proxy::Proxies;
use reqwest::header::{self, HeaderMap, HeaderName};
use reqwest::{Request, StatusCode};
use retry::FailedAttempt;
use secrecy::{ExposeSecret, SecretString};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::time::timeout_at;
use transport_error::Route;
use url::Url;

pub use reply::Reply;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// An answer has to bring so many bytes within each [`Limits::total`]: a line that slow still works, and a server that
/// sends a byte now and then is found out as soon as one that sends none.
const STRIDE: usize = 64 << 10;

/// An error's body is read this far and no further; it is only there to quote a sentence from.
const ERROR_BODY: usize = 64 << 10;

/// The HTTP client with its connections, and when it was used last.
struct PooledClient {
    http: reqwest::Client,
    used: Moment,
}

/// How long one try may take.
#[derive(Clone, Copy)]
struct Patience {
    /// Until the answer begins.
    answer: Duration,
    whole: Duration,
}

impl Patience {
    fn of(call: &PermittedCall, limits: &Limits) -> Self {
        let whole = if call.is_long() { limits.page } else { limits.total };
        Self { answer: limits.total + call.wait(), whole: whole + call.wait() }
    }

    /// For a short answer: the same for its beginning and its end.
    fn total(limits: &Limits) -> Self {
        Self { answer: limits.total, whole: limits.total }
    }
}

/// Sends calls to one server.
pub struct Transport {
    base: Url,
    route: Route,
    ca_file: Option<PathBuf>,
    limits: Limits,
    http: Mutex<Option<PooledClient>>,
    pub clocks: Clocks,
    skew: Mutex<Option<SignedDuration>>,
}

impl Transport {
    pub fn new(base: Url, ca_file: Option<PathBuf>, proxies: &Proxies, limits: Limits) -> Self {
        let route = Route { host: address::host_port(&base), proxy: proxies.on_the_way_to(&base) };
        let (http, skew) = (Mutex::new(None), Mutex::new(None));
        Self { base, route, ca_file, limits, http, clocks: Clocks::default(), skew }
    }

    /// How far this machine's clock is ahead of the server's, as the last answer said it.
    pub fn skew(&self) -> Option<SignedDuration> {
        *self.skew.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The address of a call.
    ///
    /// # Errors
    /// [`Cause::BadAddress`], which `Client::new` rules out.
    pub fn url(&self, call: &PermittedCall, account: Option<&AccountId>) -> Result<Url, Error> {
        let account = account.map(AccountId::as_str);
        let front = ["v1beta1"].into_iter().chain(account.iter().flat_map(|account| ["accounts", account]));
        let mut url = self.at(front.chain(call.segments()), call.operation())?;
        if !call.queries().is_empty() {
            url.query_pairs_mut().extend_pairs(call.queries());
        }
        Ok(url)
    }

    fn at<'a>(&self, segments: impl Iterator<Item = &'a str>, operation: Operation) -> Result<Url, Error> {
        let mut url = self.base.clone();
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(segments);
        } else {
            let cause = Cause::BadAddress { address: self.route.host.clone() };
            return Err(Error::new(operation, cause, RetryAdvice::Never));
        }
        Ok(url)
    }

    /// One try of a call that passed the gate.
    pub async fn send(&self, call: &PermittedCall, url: &Url, token: &Token) -> Result<Reply, FailedAttempt> {
        let operation = call.operation();
        let http = self.http(operation)?;
        let patience = Patience::of(call, &self.limits);
        let mut request = http
            .request(call.method().clone(), url.clone())
            .timeout(patience.whole)
            .header(header::AUTHORIZATION, token.bearer());
        if let Some(etag) = call.etag() {
            request = request.header(header::IF_MATCH, etag);
        }
        if let Some(key) = call.key() {
            request = request.header(IDEMPOTENCY_KEY, key);
        }
        if let Some(body) = call.body() {
            request = request.header(header::CONTENT_TYPE, "application/json").body(body.to_vec());
        }
        self.execute(&http, request, operation, (call.template(), call.go_on()), patience).await
    }

    /// Asks for a token: the only thing besides reading that read-only mode lets through, since it changes nothing.
    pub async fn ask_token(&self, client_id: &str, secret: &SecretString) -> Result<Token, FailedAttempt> {
        let operation = Operation::SignIn;
        let url = self.at(["v1beta1", "oauth2", "token"].into_iter(), operation)?;
        let http = self.http(operation)?;
        let request = http
            .post(url)
            .timeout(self.limits.total)
            .basic_auth(client_id, Some(secret.expose_secret()))
            .form(&[("grant_type", "client_credentials")]);
        let asked = self.clocks.now();
        let patience = Patience::total(&self.limits);
        match self.execute(&http, request, operation, ("oauth2/token", &GoOn::default()), patience).await {
            Ok(reply) => Ok(Token::read(&reply, asked)?),
            // Every server that speaks this API has that place: what answers is another, or its path is missing.
            Err(mut failure)
                if matches!(failure.error.cause, Cause::NotFound | Cause::Gone)
                    || matches!(failure.error.cause, Cause::Unexpected { status: 405 }) =>
            {
                failure.error.cause = Cause::NotTheApi { content_type: String::new() };
                Err(failure)
            }
            // RFC 6749, 5.2: a server may answer 400 where another answers 401.
            Err(mut failure) if matches!(failure.error.cause, Cause::NotAccepted { .. }) => {
                failure.error.cause = Cause::NotSignedIn;
                Err(failure)
            }
            Err(failure) => Err(failure),
        }
    }

    /// Exchanges an enrolment code, without a token: whoever has one has nothing else yet.
    pub async fn exchange_code(&self, code: &str) -> Result<Reply, FailedAttempt> {
        let operation = Operation::Enrol;
        let url = self.at(["v1beta1", "enrolments"].into_iter(), operation)?;
        let http = self.http(operation)?;
        let request =
            http.post(url).timeout(self.limits.total).json(&EnrolmentCode { enrolment_code: code.to_owned() });
        let patience = Patience::total(&self.limits);
        let mut reply = self.execute(&http, request, operation, ("enrolments", &GoOn::default()), patience).await;
        // A server without enrolment, or another kind of server.
        if let Err(failure) = &mut reply
            && matches!(failure.error.cause, Cause::NotFound | Cause::Unexpected { status: 405 })
        {
            failure.error.cause = Cause::NotTheApi { content_type: String::new() };
        }
        reply
    }

    async fn execute(
        &self,
        http: &reqwest::Client,
        request: reqwest::RequestBuilder,
        operation: Operation,
        (template, go_on): (&'static str, &GoOn),
        patience: Patience,
    ) -> Result<Reply, FailedAttempt> {
        let request_id = uuid::Uuid::now_v7().to_string();
        let request = request.header(REQUEST_ID, &request_id).header(header::ACCEPT, "application/json").build();
        let request = request.map_err(|error| self.name_failure(&error, operation, patience.whole))?;
        let method = request.method().clone();
        let began = Instant::now();
        let mut outcome = self.exchange(http, request, operation, go_on, patience).await;
        if let Err(failure) = &mut outcome {
            self.ask_the_proxy(&mut failure.error.cause).await;
        }
        let ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
        match &outcome {
            Ok((status, _)) => {
                tracing::debug!(%method, path = template, status = status.as_u16(), ms, request_id, "answered");
            }
            Err(failure) => {
                // The name alone: what it holds is from the server's body, and not for the log.
                let cause = failure.error.cause.as_ref();
                tracing::warn!(%method, path = template, cause, ms, request_id, "failed");
            }
        }
        outcome.map(|(_, reply)| reply)
    }

    async fn exchange(
        &self,
        http: &reqwest::Client,
        request: Request,
        operation: Operation,
        go_on: &GoOn,
        patience: Patience,
    ) -> Result<(StatusCode, Reply), FailedAttempt> {
        let name = |error: reqwest::Error| self.name_failure(&error, operation, patience.whole);
        let silent = |_| transport_error::stalled(operation, patience.answer);
        let step = self.limits.total;
        let mut due = tokio::time::Instant::now() + patience.answer;
        let mut response = timeout_at(due, http.execute(request)).await.map_err(silent)?.map_err(name)?;
        due = due.min(tokio::time::Instant::now() + step);
        let (began, status) = (Instant::now(), response.status());
        let headers = response.headers().clone();
        if let Some(skew) = skew(&headers, self.clocks.now().time) {
            *self.skew.lock().unwrap_or_else(PoisonError::into_inner) = Some(skew);
        }
        if let Some(token) = next_page(&headers).filter(|_| status.is_success()) {
            go_on.tell(&token);
        }
        let most = if status.is_success() { self.limits.body } else { ERROR_BODY };
        let (mut body, mut seen) = (Vec::new(), 0);
        let whole = loop {
            match timeout_at(due, response.chunk()).await {
                Ok(Ok(Some(chunk))) if body.len() + chunk.len() > most => break false,
                Ok(Ok(Some(chunk))) => body.extend_from_slice(&chunk),
                Ok(Ok(None)) => break true,
                // The status is known and says more than a body that does not arrive.
                _ if !status.is_success() => break true,
                Ok(Err(error)) => return Err(name(error)),
                Err(_) => return Err(transport_error::stalled(operation, step)),
            }
            if body.len() - seen >= STRIDE {
                (due, seen) = (tokio::time::Instant::now() + step, body.len());
            }
        };
        let (content_type, request_id) = (text(&headers, &header::CONTENT_TYPE), id(&headers));
        let reply = Reply { operation, content_type, request_id, began, body };
        if !status.is_success() {
            return Err(http_error::from_response(status, &headers, &reply, &self.base, self.clocks.now().time));
        }
        if !whole {
            let error = reply.error(Cause::Unreadable, "the answer is too large");
            return Err(FailedAttempt::permanent(error));
        }
        Ok((status, reply))
    }

    /// The HTTP client does not tell how a proxy would let it in.
    async fn ask_the_proxy(&self, cause: &mut Cause) {
        if let Cause::Proxy(at) = cause
            && at.fault == ProxyFault::WantsPassword
        {
            let probe = Probe::by(&self.base, self.ca_file.clone(), self.route.proxy.clone(), self.limits);
            at.fault = probe.proxy_fault().await.unwrap_or(ProxyFault::WantsPassword);
        }
    }

    fn name_failure(&self, error: &reqwest::Error, operation: Operation, limit: Duration) -> FailedAttempt {
        transport_error::from_reqwest(error, operation, &self.route, self.limits.connect, limit)
    }

    /// The HTTP client, built at the first call: building reads the system's certificates. And built anew after the
    /// machine slept: connections did not live through it, but their time to idle stood still, so that they would be
    /// taken for good ones until a call has waited for its answer in vain.
    fn http(&self, operation: Operation) -> Result<reqwest::Client, Error> {
        let now = self.clocks.now();
        let mut slot = self.http.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(lines) = slot.as_mut().filter(|lines| !lines.used.slept_until(&now)) {
            lines.used = now;
            return Ok(lines.http.clone());
        }
        if slot.take().is_some() {
            tracing::info!("the machine slept, or its clock was put forward: connecting anew");
        }
        // What can fail here is reading certificates. It is tried anew at the next call: a file may be mended.
        let built = http_client::build(&self.base, &self.route, self.ca_file.as_deref(), &self.limits);
        let http = built.map_err(|cause| Error::new(operation, cause, RetryAdvice::Now))?;
        *slot = Some(PooledClient { http: http.clone(), used: now });
        Ok(http)
    }
}

/// An HTTP client for another service than the MSP API: the same trust, proxies and time to connect. It follows no
/// redirection.
///
/// # Errors
/// The address is neither https nor http on loopback, or the certificates of the system cannot be read.
pub fn client_for(base: &Url, limits: &Limits) -> Result<reqwest::Client, Error> {
    address::check_base(base)?;
    let proxy = Proxies::of_environment().on_the_way_to(base);
    let route = Route { host: address::host_port(base), proxy };
    let built = http_client::build(base, &route, None, limits);
    built.map_err(|cause| Error::new(Operation::CheckSource, cause, RetryAdvice::Now))
}

/// A header as text that is safe to show; empty when absent.
pub fn text(headers: &HeaderMap, name: &HeaderName) -> String {
    let value = headers.get(name).map(header::HeaderValue::as_bytes).unwrap_or_default();
    clean(&String::from_utf8_lossy(value)).trim().chars().take(120).collect()
}

/// How far this machine's clock is ahead of the `Date` of an answer; the header tells whole seconds.
fn skew(headers: &HeaderMap, now: Timestamp) -> Option<SignedDuration> {
    let date = headers.get(header::DATE)?.to_str().ok()?;
    let date = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(date).ok()?;
    Some(now.duration_since(date))
}

/// The token of the next page out of `Link: <…?page_token=…>; rel="next"` (RFC 8288). A header of another shape says
/// nothing: the body does.
fn next_page(headers: &HeaderMap) -> Option<String> {
    let mut links = headers.get_all(header::LINK).iter().filter_map(|value| value.to_str().ok());
    let link = links.find_map(|value| value.strip_prefix('<')?.strip_suffix(">; rel=\"next\""))?;
    let (_, query) = link.split_once('?')?;
    let token = url::form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "page_token")?.1;
    Some(token.into_owned()).filter(|token| !token.is_empty())
}

fn id(headers: &HeaderMap) -> Option<String> {
    Some(text(headers, &REQUEST_ID)).filter(|id| !id.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_link_to_the_next_page_says_which_it_is() {
        for (link, token) in [
            (r#"<?max_page_size=1000&page_token=a%2Bb>; rel="next""#, Some("a+b")),
            (r#"<https://msp.example/v1beta1/accounts/A/companies?page_token=c>; rel="next""#, Some("c")),
            (r#"<?page_token=>; rel="next""#, None),
            (r#"<?page_token=a>; rel="prev""#, None),
            (r#"</companies>; rel="next""#, None),
            ("page_token=a", None),
        ] {
            let headers = HeaderMap::from_iter([(header::LINK, header::HeaderValue::from_static(link))]);
            assert_eq!(next_page(&headers).as_deref(), token, "{link}");
        }
    }
}
