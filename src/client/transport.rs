//! The one door to the network: builds the HTTP client when it is first needed, sends one try, reads its body
//! within bounds, and names what went wrong. Logs method, path template, status, time and request id only.

use super::Limits;
use super::call::Call;
use super::clocks::{Clocks, Moment};
use super::failure::{self, Way};
use super::gate::Passed;
use super::probe::Probe;
use super::proxy::Proxies;
use super::refusal;
use super::retry::Failure;
use super::sign_in::Token;
use super::tls;
use crate::domain::error::{Cause, Error, Operation, RetryAdvice};
use crate::domain::id::AccountId;
use crate::domain::network_fault::{ProxyFault, TlsFault};
use crate::domain::text::clean;
use crate::wire::Lacking;
use jiff::{SignedDuration, Timestamp};
use reqwest::header::{self, HeaderMap, HeaderName};
use reqwest::{Request, StatusCode, redirect};
use secrecy::{ExposeSecret, SecretString};
use serde::de::{Deserialize, DeserializeOwned};
use std::borrow::Cow;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::time::timeout_at;
use url::Url;

const USER_AGENT: &str = concat!("mspdash/", env!("CARGO_PKG_VERSION"));
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// An answer has to bring so many bytes within each [`Limits::total`]: a line that slow still works, and a server that
/// sends a byte now and then is found out as soon as one that sends none.
const STRIDE: usize = 64 << 10;

/// An error's body is read this far and no further; it is only there to quote a sentence from.
const ERROR_BODY: usize = 64 << 10;

/// An answer with status 2xx and its whole body.
#[derive(Debug)]
pub struct Reply {
    pub content_type: String,
    pub request_id: Option<String>,
    pub body: Vec<u8>,
}

/// The HTTP client with its connections, and when it was used last.
struct Lines {
    http: reqwest::Client,
    used: Moment,
}

/// Sends calls to one server.
pub struct Transport {
    base: Url,
    way: Way,
    ca_file: Option<PathBuf>,
    limits: Limits,
    http: Mutex<Option<Lines>>,
    pub clocks: Clocks,
    skew: Mutex<Option<SignedDuration>>,
}

impl Transport {
    pub fn new(base: Url, ca_file: Option<PathBuf>, proxies: &Proxies, limits: Limits) -> Self {
        let way = Way { host: super::address::door(&base), proxy: proxies.on_the_way_to(&base) };
        let (http, skew) = (Mutex::new(None), Mutex::new(None));
        Self { base, way, ca_file, limits, http, clocks: Clocks::default(), skew }
    }

    /// How far this machine's clock is ahead of the server's, as the last answer said it.
    pub fn skew(&self) -> Option<SignedDuration> {
        *self.skew.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The address of a call.
    ///
    /// # Errors
    /// [`Cause::BadAddress`], which `Client::new` rules out.
    pub fn url(&self, call: &Call, account: Option<&AccountId>) -> Result<Url, Error> {
        let account = account.map(AccountId::as_str);
        let front = ["v1beta1"].into_iter().chain(account.iter().flat_map(|account| ["accounts", account]));
        let mut url = self.at(front.chain(call.segments().iter().map(String::as_str)), call.what())?;
        if !call.query().is_empty() {
            url.query_pairs_mut().extend_pairs(call.query());
        }
        Ok(url)
    }

    fn at<'a>(&self, segments: impl Iterator<Item = &'a str>, what: Operation) -> Result<Url, Error> {
        let mut url = self.base.clone();
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(segments);
        } else {
            let cause = Cause::BadAddress { address: self.way.host.clone() };
            return Err(Error::new(what, cause, RetryAdvice::Never));
        }
        Ok(url)
    }

    /// One try of a call that passed the gate.
    pub async fn send(&self, call: &Passed, url: &Url, token: &Token) -> Result<Reply, Failure> {
        let what = call.what();
        let http = self.http(what)?;
        let limit = if call.is_list() { self.limits.page } else { self.limits.total };
        let mut request = http
            .request(call.method().clone(), url.clone())
            .timeout(limit)
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
        self.execute(&http, request, what, call.template(), limit).await
    }

    /// Asks for a token: the only thing besides reading that read-only mode lets through, since it changes nothing.
    pub async fn ask_token(&self, client_id: &str, secret: &SecretString) -> Result<Token, Failure> {
        let what = Operation::SignIn;
        let url = self.at(["v1beta1", "oauth2", "token"].into_iter(), what)?;
        let http = self.http(what)?;
        let request = http
            .post(url)
            .timeout(self.limits.total)
            .basic_auth(client_id, Some(secret.expose_secret()))
            .form(&[("grant_type", "client_credentials")]);
        let asked = self.clocks.now();
        match self.execute(&http, request, what, "oauth2/token", self.limits.total).await {
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

    async fn execute(
        &self,
        http: &reqwest::Client,
        request: reqwest::RequestBuilder,
        what: Operation,
        template: &'static str,
        limit: Duration,
    ) -> Result<Reply, Failure> {
        let request_id = uuid::Uuid::now_v7().to_string();
        let request = request.header(REQUEST_ID, &request_id).header(header::ACCEPT, "application/json").build();
        let request = request.map_err(|error| self.name_failure(&error, what, limit))?;
        let method = request.method().clone();
        let began = Instant::now();
        let mut outcome = self.exchange(http, request, what, limit).await;
        if let Err(failure) = &mut outcome {
            self.ask_the_proxy(&mut failure.error.cause).await;
        }
        let ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
        match &outcome {
            Ok((status, _)) => {
                tracing::debug!(%method, path = template, status = status.as_u16(), ms, request_id, "answered");
            }
            Err(failure) => {
                let cause = kind(&failure.error.cause);
                tracing::warn!(%method, path = template, cause, ms, request_id, "failed");
            }
        }
        outcome.map(|(_, reply)| reply)
    }

    async fn exchange(
        &self,
        http: &reqwest::Client,
        request: Request,
        what: Operation,
        limit: Duration,
    ) -> Result<(StatusCode, Reply), Failure> {
        let name = |error: reqwest::Error| self.name_failure(&error, what, limit);
        let step = self.limits.total;
        let mut due = tokio::time::Instant::now() + step;
        let response = timeout_at(due, http.execute(request)).await.map_err(|_| failure::stalled(what, step))?;
        let mut response = response.map_err(name)?;
        let status = response.status();
        let headers = response.headers().clone();
        if let Some(skew) = skew(&headers, self.clocks.now().time) {
            *self.skew.lock().unwrap_or_else(PoisonError::into_inner) = Some(skew);
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
                Err(_) => return Err(failure::stalled(what, step)),
            }
            if body.len() - seen >= STRIDE {
                (due, seen) = (tokio::time::Instant::now() + step, body.len());
            }
        };
        let reply = Reply { content_type: text(&headers, &header::CONTENT_TYPE), request_id: id(&headers), body };
        if !status.is_success() {
            return Err(refusal::name(status, &headers, &reply, &self.base, what, self.clocks.now().time));
        }
        if !whole {
            let error = reply.error(what, Cause::Unreadable, "the answer is too large");
            return Err(Failure::final_word(error));
        }
        Ok((status, reply))
    }

    /// The HTTP client does not tell how a proxy would let it in.
    async fn ask_the_proxy(&self, cause: &mut Cause) {
        if let Cause::Proxy(at) = cause
            && at.fault == ProxyFault::WantsPassword
        {
            let probe = Probe::by(&self.base, self.ca_file.clone(), self.way.proxy.clone(), self.limits);
            at.fault = probe.proxy_fault().await.unwrap_or(ProxyFault::WantsPassword);
        }
    }

    fn name_failure(&self, error: &reqwest::Error, what: Operation, limit: Duration) -> Failure {
        failure::name(error, what, &self.way, self.limits.connect, limit)
    }

    /// The HTTP client, built at the first call: building reads the system's certificates. And built anew after the
    /// machine slept: connections did not live through it, but their time to idle stood still, so that they would be
    /// taken for good ones until a call has waited for its answer in vain.
    fn http(&self, what: Operation) -> Result<reqwest::Client, Error> {
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
        let http = self.build().map_err(|cause| Error::new(what, cause, RetryAdvice::Now))?;
        *slot = Some(Lines { http: http.clone(), used: now });
        Ok(http)
    }

    fn build(&self) -> Result<reqwest::Client, Cause> {
        let mut builder = reqwest::Client::builder()
            .user_agent(USER_AGENT)
            .redirect(redirect::Policy::none())
            .referer(false)
            .connect_timeout(self.limits.connect)
            // A connection that slept with the laptop is dead, and nobody tells.
            .pool_idle_timeout(Duration::from_mins(1))
            .tcp_keepalive(Duration::from_secs(30));
        if super::address::is_loopback(&self.base) {
            // What belongs on this machine stays on it: no proxy, and no name server asked for `localhost`.
            let here = [IpAddr::from(Ipv4Addr::LOCALHOST), IpAddr::from(Ipv6Addr::LOCALHOST)];
            builder = builder.resolve_to_addrs("localhost", &here.map(|ip| SocketAddr::new(ip, 0)));
        }
        // Which proxy there is was decided already, by the client's own rules.
        builder = builder.no_proxy();
        let failed = |_: reqwest::Error| Cause::tls(&self.way.host, TlsFault::Other);
        if let Some(proxy) = &self.way.proxy {
            proxy.usable(&self.way.host)?;
            builder = builder.proxy(proxy.for_client().map_err(failed)?);
        }
        builder = if self.base.scheme() == "http" {
            // No TLS will happen: spare the reading of certificates.
            builder.tls_backend_preconfigured(tls::trusting_nobody(&self.way.host)?)
        } else {
            let mut setup = tls::setup(&self.way.host, self.ca_file.as_deref())?;
            setup.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
            builder.tls_backend_preconfigured(setup)
        };
        builder.build().map_err(failed)
    }
}

impl Reply {
    /// The body as one type of the contract.
    ///
    /// # Errors
    /// [`Cause::NotTheApi`] if it is not JSON and does not say it is, else [`Cause::Unreadable`].
    pub fn json<T: DeserializeOwned>(&self, what: Operation) -> Result<T, Error> {
        self.parse(&self.text(what)?, what)
    }

    /// The body as text.
    ///
    /// # Errors
    /// As [`Reply::json`].
    pub fn text(&self, what: Operation) -> Result<Cow<'_, str>, Error> {
        let body = self.body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&self.body);
        if body.trim_ascii().is_empty() {
            return Err(self.error(what, Cause::Unreadable, "the answer is empty"));
        }
        // A name in a wrong encoding must not take the whole list with it.
        let text = String::from_utf8_lossy(body);
        // Every answer is an object. A list would be taken for one whose fields come in order, all of them absent.
        if !text.trim_start().starts_with('{') {
            return Err(self.error(what, self.unfit(), "the answer is no JSON object"));
        }
        Ok(text)
    }

    /// What [`Reply::text`] is, as one type of the contract.
    ///
    /// # Errors
    /// As [`Reply::json`].
    pub fn parse<'a, T: Deserialize<'a>>(&self, text: &'a str, what: Operation) -> Result<T, Error> {
        serde_json::from_str(text).map_err(|error| {
            let cause = if error.is_data() { Cause::Unreadable } else { self.unfit() };
            self.error(what, cause, &error.to_string())
        })
    }

    /// The body as one type of the core.
    ///
    /// # Errors
    /// As [`Reply::json`], and [`Cause::Unreadable`] if it lacks something that is needed.
    pub fn json_into<W, D>(&self, what: Operation) -> Result<D, Error>
    where
        W: DeserializeOwned,
        D: TryFrom<W, Error = Lacking>,
    {
        let lacking = |lacking: Lacking| self.error(what, Cause::Unreadable, &lacking.to_string());
        self.json::<W>(what)?.try_into().map_err(lacking)
    }

    /// What a body is that is no JSON.
    fn unfit(&self) -> Cause {
        if self.says_json() { Cause::Unreadable } else { Cause::NotTheApi { content_type: self.content_type.clone() } }
    }

    fn says_json(&self) -> bool {
        let essence = self.content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        essence.ends_with("/json") || essence.ends_with("+json")
    }

    pub fn error(&self, what: Operation, cause: Cause, detail: &str) -> Error {
        let detail = refusal::sentence(detail);
        Error { what, cause, retry: RetryAdvice::Now, detail, request_id: self.request_id.clone(), unsettled: false }
    }
}

/// The name of a reason without what it holds: that is from the server's body, and not for the log.
fn kind(cause: &Cause) -> String {
    let shown = format!("{cause:?}");
    shown.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default().to_owned()
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

fn id(headers: &HeaderMap) -> Option<String> {
    Some(text(headers, &REQUEST_ID)).filter(|id| !id.is_empty())
}
