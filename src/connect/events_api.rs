//! The Events API, v2: what was done in a company's account, and who signed in to it. Published at developer.1password.com
//! (*events-api*). Its third stream tells how items are used, and is never asked for.

mod collect;
mod event;
mod meaning;
pub mod shapes;
mod token;

use super::exchange::{Exchange, Fault};
use super::failure::Called;
use super::key::Key;
use super::{Clock, Failure};
use crate::domain::source::{SourceReason, is_account_id};
use collect::{Collector, Step};
use jiff::{SignedDuration, Timestamp};
use reqwest::RequestBuilder;
use secrecy::{ExposeSecret, SecretString};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use shapes::{Introspection, Page};
use tokio::sync::Mutex;

pub use event::{AuditEvent, Party, Recorded, SignIn, Stamp};
pub use meaning::Note;

/// [ev-intro]: nothing older is answered.
const REACH: SignedDuration = SignedDuration::from_hours(120 * 24);
/// So much later than it might the first reading begins: the service's clock is not ours.
const MARGIN: SignedDuration = SignedDuration::from_mins(10);
/// Some events are recorded later than younger ones. So much is read again where there is no cursor to go on from.
const OVERLAP: SignedDuration = SignedDuration::from_hours(24);
/// [ev-pagination]: the largest page.
const PAGE: u32 = 1000;
/// In one reading; the next goes on behind them.
const MOST_PAGES: usize = 5;
/// As long as an access token of the Users API lives, the token is not fetched again from its place.
const KEPT: SignedDuration = SignedDuration::from_mins(15);

/// What a token may be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stream {
    AuditEvents,
    SignIns,
}

impl Stream {
    pub const ALL: [Self; 2] = [Self::AuditEvents, Self::SignIns];

    /// As features and paths are called.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AuditEvents => "auditevents",
            Self::SignIns => "signinattempts",
        }
    }
}

/// A token of which the account is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// 1Password's id of the account in which the token was issued.
    pub account: String,
    pub issued: Option<Timestamp>,
    /// When 1Password stops taking it, if the token says so.
    pub expires: Option<Timestamp>,
    pub streams: Vec<Stream>,
    /// Features that are of no use here, and were better left out.
    pub too_much: Vec<String>,
}

/// How far a stream was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Where it goes on.
    pub cursor: String,
    /// What was recorded until then is read.
    pub through: Timestamp,
}

/// What nobody can read any more: it is older than the service remembers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    pub from: Timestamp,
    pub to: Timestamp,
}

/// What one reading of a stream brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading<E> {
    /// Each once, in the order in which they came. Some may be known from an earlier reading.
    pub events: Vec<E>,
    pub mark: Mark,
    /// `false`: there is more behind the mark.
    pub complete: bool,
    pub gap: Option<Gap>,
    /// Events about items: not kept.
    pub private: u32,
    /// Without an id or a time.
    pub unreadable: u32,
    /// Why it ended early; what came before is good.
    pub interrupted: Option<Failure>,
}

/// How far each stream was read.
pub type Marks = Vec<(Stream, Mark)>;

/// What is behind the marks of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Followed {
    pub proof: Proof,
    /// When the reading began.
    pub as_of: Timestamp,
    /// Those that the token may read.
    pub streams: Vec<StreamRead>,
}

/// What came of one stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StreamRead {
    pub stream: Stream,
    /// Behind which it was read.
    pub asked: Option<Mark>,
    pub outcome: Result<Reading<Note>, Failure>,
}

impl Followed {
    /// Why it is not all, if something failed.
    pub fn failure(&self) -> Option<&Failure> {
        self.streams.iter().find_map(|it| it.outcome.as_ref().map_or_else(Some, |read| read.interrupted.as_ref()))
    }

    /// Nothing is missing behind the new marks.
    pub fn is_complete(&self) -> bool {
        self.streams.iter().all(|it| it.outcome.as_ref().is_ok_and(|read| read.complete))
    }

    pub fn notes(&self) -> impl Iterator<Item = &Note> {
        self.streams.iter().filter_map(|it| it.outcome.as_ref().ok()).flat_map(|read| &read.events)
    }
}

impl<E> Reading<E> {
    fn map<N>(self, note: impl Fn(E) -> Option<N>) -> Reading<N> {
        Reading {
            events: self.events.into_iter().filter_map(note).collect(),
            mark: self.mark,
            complete: self.complete,
            gap: self.gap,
            private: self.private,
            unreadable: self.unreadable,
            interrupted: self.interrupted,
        }
    }
}

pub struct EventsApi {
    exchange: Exchange,
    /// The only account that the token may be of; `None` before a company is connected.
    account: Option<String>,
    key: Key,
    clock: Clock,
    token: Mutex<Option<(SecretString, Timestamp)>>,
}

impl EventsApi {
    pub(super) fn new(exchange: Exchange, account: Option<String>, key: Key, clock: Clock) -> Self {
        Self { exchange, account, key, clock, token: Mutex::default() }
    }

    /// Whether 1Password takes the token still. No event is read.
    ///
    /// # Errors
    /// It cannot be told.
    pub async fn is_taken(&self) -> Result<bool, Failure> {
        let said: Result<Introspection, Failure> = self.ask(None).await.map_err(not_offered);
        match said {
            Ok(_) => Ok(true),
            Err(failure) if failure.reason == SourceReason::CredentialRefused => Ok(false),
            Err(failure) => Err(failure),
        }
    }

    /// Of which account the token is, and what it may be asked for.
    ///
    /// # Errors
    /// Whatever 1Password refuses or does not answer; the account is another, or not told; the token may read nothing
    /// that is wanted.
    pub async fn prove(&self) -> Result<Proof, Failure> {
        let said: Introspection = self.ask(None).await.map_err(not_offered)?;
        let may = |stream: &Stream| said.features.iter().any(|feature| feature == stream.as_str());
        let streams: Vec<_> = Stream::ALL.into_iter().filter(may).collect();
        if streams.is_empty() {
            let detail = "the token may read neither audit events nor sign-in attempts";
            return Err(Failure::new(SourceReason::RightMissing, detail));
        }
        let account = match said.account_uuid.filter(|account| !account.is_empty()) {
            Some(account) => account,
            None => self.account_of_events(&streams).await?,
        };
        self.accept(&account)?;
        let unwanted = |feature: &String| Stream::ALL.iter().all(|stream| stream.as_str() != feature);
        Ok(Proof {
            account,
            issued: said.issued_at.and_then(|time| time.parse().ok()),
            expires: token::expiry(&self.bearer(None).await?),
            streams,
            too_much: said.features.into_iter().filter(unwanted).collect(),
        })
    }

    /// Tokens are introspected with their account since September 2025 only; before, its events tell.
    async fn account_of_events(&self, streams: &[Stream]) -> Result<String, Failure> {
        let from = earliest((self.clock)());
        for stream in streams {
            let body = json!({ "limit": 1, "start_time": from.to_string() });
            let page: Page = self.ask(Some((*stream, &body))).await.map_err(not_offered)?;
            let account = page.items.as_array().and_then(|items| items.first()?.get("account_uuid")?.as_str());
            if let Some(account) = account.filter(|account| !account.is_empty()) {
                return Ok(account.to_owned());
            }
        }
        let detail = "1Password does not say of which account this token is, and there are no events that tell";
        Err(Failure::new(SourceReason::WrongAccount, detail))
    }

    fn accept(&self, account: &str) -> Result<(), Failure> {
        if !is_account_id(account) {
            return Err(unreadable("the token's account has no id of 26 letters and digits"));
        }
        match &self.account {
            Some(own) if !own.eq_ignore_ascii_case(account) => {
                Err(Failure::new(SourceReason::WrongAccount, format!("the token is of the account {account}")))
            }
            _ => Ok(()),
        }
    }

    /// Proves the account, and reads what was recorded behind the marks; without one, what the service remembers.
    ///
    /// # Errors
    /// As [`EventsApi::prove`]. That a stream cannot be read is told with the stream.
    pub async fn follow(&self, marks: &Marks) -> Result<Followed, Failure> {
        let as_of = (self.clock)();
        let proof = self.prove().await?;
        let mut streams = Vec::new();
        for stream in &proof.streams {
            let mark = marks.iter().find_map(|(of, mark)| (of == stream).then_some(mark));
            let own = Some(proof.account.as_str());
            let outcome = match stream {
                Stream::AuditEvents => self.read_of::<AuditEvent>(own, mark).await.map(|read| read.map(Note::of_audit)),
                Stream::SignIns => self.read_of::<SignIn>(own, mark).await.map(|read| read.map(Note::of_sign_in)),
            };
            streams.push(StreamRead { stream: *stream, asked: mark.cloned(), outcome });
        }
        Ok(Followed { proof, as_of, streams })
    }

    /// What was recorded behind the mark; without one, what the service remembers. At most a few pages.
    ///
    /// # Errors
    /// Nothing came: whatever 1Password refuses or does not answer, events of another account, pages that go round in a
    /// circle.
    pub async fn read<E: Recorded>(&self, mark: Option<&Mark>) -> Result<Reading<E>, Failure> {
        self.read_of(self.account.as_deref(), mark).await
    }

    async fn read_of<E: Recorded>(&self, account: Option<&str>, mark: Option<&Mark>) -> Result<Reading<E>, Failure> {
        let as_of = (self.clock)();
        let (mut from, gap) = begin(mark, as_of);
        let mut collected = Collector::new(account, &from);
        let mut interrupted = None;
        for _ in 0..MOST_PAGES {
            match self.ask(Some((E::STREAM, &from.body()))).await {
                Ok(page) => match collected.take(page)? {
                    Step::GoOn(cursor) => from = Start::Cursor(cursor),
                    Step::End => break,
                    Step::Circle => {
                        interrupted = Some(unreadable("its pages go round in a circle"));
                        break;
                    }
                },
                // A cursor that the service forgot.
                Err(Called::Fault(Fault::Status { status: 400 | 404 | 410, .. })) if from.is(mark) => {
                    from = Start::Time(mark.map_or(as_of, |mark| again(mark, as_of)));
                }
                Err(called) => {
                    interrupted = Some(not_offered(called));
                    break;
                }
            }
        }
        let before = mark.filter(|_| gap.is_none()).map_or_else(|| earliest(as_of), |mark| mark.through);
        collected.reading((before, as_of), gap, interrupted)
    }

    /// Without a stream, for introspection. A token that is refused is fetched from its place once more: it may have been
    /// replaced there.
    async fn ask<T: DeserializeOwned>(&self, of: Option<(Stream, &Value)>) -> Result<T, Called> {
        let url = match of {
            None => self.exchange.url(&["api", "v2", "auth", "introspect"]),
            Some((stream, _)) => self.exchange.url(&["api", "v2", stream.as_str()]),
        };
        let mut refused: Option<SecretString> = None;
        loop {
            let token = self.bearer(refused.as_ref()).await.map_err(Called::Failure)?;
            let made = |http: &reqwest::Client| {
                let request = match of {
                    None => http.get(url.clone()),
                    Some((_, body)) => json_body(http.post(url.clone()), body),
                };
                request.bearer_auth(token.expose_secret())
            };
            match self.exchange.ask(made).await {
                Err(Fault::Status { status: 401, .. }) if refused.is_none() => refused = Some(token),
                outcome => return outcome.map_err(|fault| Called::Fault(without_echo(fault, &token))),
            }
        }
    }

    /// `refused`: another than this one, or none.
    async fn bearer(&self, refused: Option<&SecretString>) -> Result<SecretString, Failure> {
        let mut kept = self.token.lock().await;
        let now = (self.clock)();
        let known = kept.as_ref().filter(|(_, until)| refused.is_none() && *until > now);
        if let Some((token, _)) = known {
            return Ok(token.clone());
        }
        let token = self.key.secret().await?;
        if refused.is_some_and(|old| old.expose_secret() == token.expose_secret()) {
            let detail = "1Password does not take this token: it has expired, was revoked, or is none";
            return Err(Failure::new(SourceReason::CredentialRefused, detail));
        }
        *kept = now.checked_add(KEPT).ok().map(|until| (token.clone(), until));
        Ok(token)
    }
}

/// Where a page begins.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Start {
    Time(Timestamp),
    Cursor(String),
}

impl Start {
    fn body(&self) -> Value {
        match self {
            Self::Time(time) => json!({ "limit": PAGE, "start_time": time.to_string() }),
            Self::Cursor(cursor) => json!({ "cursor": cursor }),
        }
    }

    fn is(&self, mark: Option<&Mark>) -> bool {
        matches!((self, mark), (Self::Cursor(cursor), Some(mark)) if *cursor == mark.cursor)
    }
}

/// Where a reading begins, and what is lost before it.
fn begin(mark: Option<&Mark>, now: Timestamp) -> (Start, Option<Gap>) {
    let first = earliest(now);
    match mark {
        None => (Start::Time(first), None),
        Some(mark) if now.duration_since(mark.through) > REACH => {
            (Start::Time(first), Some(Gap { from: mark.through, to: first }))
        }
        Some(mark) => (Start::Cursor(mark.cursor.clone()), None),
    }
}

fn again(mark: &Mark, now: Timestamp) -> Timestamp {
    mark.through.checked_sub(OVERLAP).map_or(mark.through, |time| time.max(earliest(now)))
}

fn earliest(now: Timestamp) -> Timestamp {
    now.checked_sub(REACH - MARGIN).unwrap_or(now)
}

fn json_body(request: RequestBuilder, body: &Value) -> RequestBuilder {
    request.header(reqwest::header::CONTENT_TYPE, "application/json").body(body.to_string())
}

/// Nothing is told of a sentence that repeats the beginning of the token.
fn without_echo(fault: Fault, token: &SecretString) -> Fault {
    let beginning: String = token.expose_secret().chars().take(12).collect();
    match fault {
        Fault::Status { status, said } if said.contains(&beginning) => Fault::Status { status, said: String::new() },
        other => other,
    }
}

/// 404 stands for an address without an Events API.
fn not_offered(called: Called) -> Failure {
    called.failure(SourceReason::NotOffered)
}

fn unreadable(why: &str) -> Failure {
    Failure::new(SourceReason::Unreadable, format!("the events are not as 1Password publishes them: {why}"))
}
