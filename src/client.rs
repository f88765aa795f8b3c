//! The client of the MSP API: a [`Request`] goes in, an [`Answer`] or a [`Error`] comes out.
//!
//! One guard for read-only mode (`read_only`), one way to the network (`transport`), one sign-in at a time however many
//! calls need it (`auth`), retries that are bounded in number, in time and over all calls (`transport::retry`).
//! Dropping the future of [`Client::perform`] aborts the call: nothing is spawned.

mod auth;
mod call;
mod config;
mod endpoints;
mod enrolment;
mod pages;
mod prefetch;
mod read_only;
mod redact;
mod response_sink;
mod single_flight;
mod sleep_detection;
mod transport;

use crate::domain::error::{Cause, Error, Operation, RetryAdvice};
use crate::domain::id::AccountId;
use crate::domain::launch::{LaunchAddress, Redacted, Refusal};
use crate::domain::request::{AcceptLink, Answer, GetCompany, GetSession, ListCompanies, Page, Request};
use crate::domain::session::Session;
use crate::wire;
use auth::Token;
use jiff::SignedDuration;
use prefetch::{GoOn, Prefetch};
use read_only::{PermittedCall, ReadOnlyGuard};
use redact::Redactor;
use single_flight::SingleFlight;
use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};
use transport::retry::{Budget, FailedAttempt, RetryState};
use transport::{Reply, Transport};
use url::Url;

pub use config::{ClientConfig, Limits};
pub use enrolment::{Enrolled, enrol};
pub use response_sink::{Exchange, ResponseSink, decode};
pub use sleep_detection::Moment;
pub use transport::pause::{Listener, pause};
pub use transport::{address, certificate, client_for, probe, proxy};

/// The client. Clones share the connections, the sign-in and the retry budget.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

struct Inner {
    config: ClientConfig,
    read_only: ReadOnlyGuard,
    transport: Transport,
    budget: Budget,
    limits: Limits,
    token: SingleFlight<Token>,
    account: SingleFlight<KnownAccount>,
    prefetch: Prefetch<(Page, Exchange)>,
    sink: OnceLock<Arc<dyn ResponseSink>>,
    secrets: Redactor,
}

/// One try. Boxed: the state of an HTTP exchange is large, and everything that waits for it would carry it.
type Attempt<'a, T> = Pin<Box<dyn Future<Output = Result<T, FailedAttempt>> + Send + 'a>>;

/// What is kept of the session.
#[derive(Clone)]
struct KnownAccount {
    account: AccountId,
    sign_in_host: String,
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client").field("config", &self.inner.config).finish_non_exhaustive()
    }
}

impl Client {
    /// Makes a client; nothing is read or sent before the first call.
    ///
    /// # Errors
    /// [`Cause::BadAddress`]: neither https nor http on loopback, or with a user name, a query or a fragment.
    pub fn new(config: ClientConfig) -> Result<Self, Error> {
        Self::with_limits(config, Limits::default())
    }

    /// Like [`Client::new`] with other limits.
    ///
    /// # Errors
    /// As [`Client::new`].
    pub fn with_limits(config: ClientConfig, limits: Limits) -> Result<Self, Error> {
        Self::through(config, limits, &proxy::Proxies::of_environment())
    }

    /// Like [`Client::with_limits`], by other proxies than those of the environment.
    ///
    /// # Errors
    /// As [`Client::new`].
    pub fn through(config: ClientConfig, limits: Limits, proxies: &proxy::Proxies) -> Result<Self, Error> {
        address::check_base(&config.base_url)?;
        let transport = Transport::new(config.base_url.clone(), config.ca_file.clone(), proxies, limits);
        let read_only = ReadOnlyGuard::new(config.read_only);
        let secrets = Redactor::of(&config.client_id, &config.client_secret);
        let inner = Inner {
            config,
            read_only,
            transport,
            budget: Budget::default(),
            limits,
            token: SingleFlight::default(),
            account: SingleFlight::default(),
            prefetch: Prefetch::default(),
            sink: OnceLock::new(),
            secrets,
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// From now on the answers that make up the roster are handed on to be kept. It holds for all clones; a client
    /// keeps in one place only, so a second call changes nothing.
    pub fn with_sink(self, sink: Arc<dyn ResponseSink>) -> Self {
        let _first_one_stays = self.inner.sink.set(sink);
        self
    }

    /// From now on sleep of the machine is told by these clocks instead of the system's; for tests. It holds for all
    /// clones, and once: a second call changes nothing.
    pub fn by_clocks(self, clocks: impl Fn() -> Moment + Send + Sync + 'static) -> Self {
        self.inner.transport.clocks.read(Arc::new(clocks));
        self
    }

    /// Signs in and nothing more: proves the credential. A token that is still good is not renewed.
    ///
    /// # Errors
    /// As [`Client::perform`].
    pub async fn sign_in(&self) -> Result<(), Error> {
        self.inner.token(None).await.map(drop).map_err(|failure| self.inner.secrets.redact(failure.error))
    }

    /// How far this machine's clock is ahead of the server's (negative: behind), as the last answer of any kind
    /// said it in its `Date`, to the second. `None` before there was one.
    pub fn clock_skew(&self) -> Option<SignedDuration> {
        self.inner.transport.skew()
    }

    /// Carries out one request. Cancel-safe: dropping the future aborts the call.
    ///
    /// # Errors
    /// Everything that can go wrong, as a [`Error`] that a person can act on.
    pub async fn perform(&self, request: Request) -> Result<Answer, Error> {
        let answer = self.ask(request).await.map_err(|error| self.inner.secrets.redact(error))?;
        Ok(self.inner.without_foreign_pages(answer))
    }

    async fn ask(&self, request: Request) -> Result<Answer, Error> {
        self.inner.remember(&request);
        // Boxed: it holds the state of whichever request is the largest.
        Box::pin(endpoints::perform(&request, self)).await
    }

    /// Lets the server run every check of a write and change nothing (contract: `validate_only`). The answer is what
    /// the write's would be. Reads are carried out as they are. A launch cannot be rehearsed: its address would be
    /// one to nowhere.
    ///
    /// # Errors
    /// As [`Client::perform`]. Read-only mode holds a rehearsal back too: what goes over the wire is a write.
    pub async fn rehearse(&self, request: Request) -> Result<Answer, Error> {
        if !request.writes() {
            return self.perform(request).await;
        }
        self.inner.remember(&request);
        let call = self.inner.read_only.permit(request.operation(), endpoints::call(&request).rehearsed())?;
        let answer = self.inner.exchange(&call).await.and_then(|reply| endpoints::read(&request, &reply));
        answer.map_err(|error| self.inner.secrets.redact(error.of_rehearsal()))
    }

    /// One page of the list; the next ones are fetched while this one is read and taken in.
    async fn page(&self, list: &ListCompanies, request: &Request, call: PermittedCall) -> Result<Answer, Error> {
        let (page, exchange) = if let Some(page) = self.inner.prefetch.take(list).await {
            page?
        } else {
            let (client, first) = (self.clone(), list.clone());
            self.inner.page(call, GoOn::new(move |token| client.follow(&first, &token))).await?
        };
        let answer = Answer::Page(page);
        self.inner.record(request, exchange, &answer);
        Ok(answer)
    }

    /// Begins to fetch the pages of a list from this one on.
    fn follow(&self, list: &ListCompanies, token: &str) {
        let inner = Arc::clone(&self.inner);
        let next = ListCompanies { page_token: Some(token.to_owned()), ..list.clone() };
        self.inner.prefetch.begin(next, move |list, go_on| {
            let inner = Arc::clone(&inner);
            async move {
                let call = inner.permit(&list.into())?;
                inner.page(call, go_on).await
            }
        });
    }
}

impl Inner {
    /// The call for a request, if read-only mode lets it pass.
    fn permit(&self, request: &Request) -> Result<PermittedCall, Error> {
        self.read_only.permit(request.operation(), endpoints::call(request))
    }

    /// Pages for "an Owner" are opened in the browser: only those of a server on this machine, its own.
    fn without_foreign_pages(&self, mut answer: Answer) -> Answer {
        let base = &self.config.base_url;
        let own = |page: &mut Option<String>| *page = page.take().and_then(|uri| address::own_origin_page(uri, base));
        match answer.as_whole_mut() {
            Answer::Session(session) => own(&mut session.account.owner_desk),
            Answer::Links(links) => links.iter_mut().for_each(|link| own(&mut link.owner_page)),
            Answer::Link(link) => own(&mut link.owner_page),
            _ => {}
        }
        answer
    }

    /// `GET session`, and what is kept of it. Calls that wait for the account id share its outcome.
    async fn session(&self, call: PermittedCall) -> Result<Session, Error> {
        let mut session = None;
        let fetch = async {
            let Answer::Session(fresh) = self.answer(&GetSession.into(), &call).await? else {
                return Err(unreadable(Operation::SignIn, "no session"));
            };
            let known =
                KnownAccount { account: fresh.account.id.clone(), sign_in_host: fresh.account.sign_in_host.clone() };
            session = Some(*fresh);
            Ok(known)
        };
        self.account.get(|_| false, fetch).await?;
        session.ok_or_else(|| unreadable(Operation::SignIn, "no session"))
    }

    async fn account(&self) -> Result<AccountId, Error> {
        if let Some(account) = &self.config.account {
            return Ok(account.clone());
        }
        let learn = async {
            let call = self.permit(&GetSession.into())?;
            let reply = self.exchange_in(None, &call).await?;
            let session: Session = reply.json_into::<wire::session::Session, _>()?;
            Ok(KnownAccount { account: session.account.id, sign_in_host: session.account.sign_in_host })
        };
        Ok(self.account.get(|_| true, learn).await?.account)
    }

    /// A confirmation link is a key to a company: a server that quotes it would put it on the screen.
    fn remember(&self, request: &Request) {
        if let Request::AcceptLink(AcceptLink { link, .. }) = request {
            self.secrets.add(link.reveal());
            self.secrets.add(link.reveal().rsplit('/').next().unwrap_or_default());
        }
    }

    /// Proves a launch address before anybody else sees it. The company's own sign-in host is only asked for
    /// when neither the server's loopback nor the account's host settles it.
    async fn prove(
        &self,
        company: &crate::domain::id::CompanyId,
        answer: wire::company::LaunchAnswer,
    ) -> Result<LaunchAddress, Error> {
        let base = &self.config.base_url;
        let account_host = self.account.peek().await.map(|known| known.sign_in_host).unwrap_or_default();
        let mut proof = address::check(&answer.launch_uri, &account_host, base);
        if matches!(proof, Err(Refusal::Host(_))) {
            let call = self.permit(&GetCompany { company: company.clone() }.into())?;
            let company: wire::company::Company =
                self.exchange(&call).await?.json().map_err(|error| Error { operation: Operation::Launch, ..error })?;
            proof = address::check(&answer.launch_uri, &company.sign_in_host, base);
        }
        match proof {
            Ok(()) => Ok(LaunchAddress { uri: Redacted::new(answer.launch_uri), expire_time: answer.expire_time }),
            Err(refusal) => Err(Error::new(Operation::Launch, Cause::UnsafeAddress(refusal), RetryAdvice::Never)),
        }
    }

    /// One exchange and what it is answered with, which is kept if it belongs to the roster.
    async fn answer(&self, request: &Request, call: &PermittedCall) -> Result<Answer, Error> {
        let asked = Instant::now();
        let reply = self.exchange(call).await?;
        let answer = endpoints::read(request, &reply)?;
        self.record(request, Exchange { asked, answered: reply.began, body: reply.body }, &answer);
        Ok(answer)
    }

    /// A page of companies.
    async fn page(&self, call: PermittedCall, go_on: GoOn) -> Result<(Page, Exchange), Error> {
        let asked = Instant::now();
        let mut reply = self.exchange(&call.going_on(go_on.clone())).await?;
        let page = reply.page(&go_on)?;
        // Pages may lie here for a while: nobody needs their bodies where nothing is kept.
        let body = if self.sink.get().is_some() { std::mem::take(&mut reply.body) } else { Vec::new() };
        Ok((page, Exchange { asked, answered: reply.began, body }))
    }

    fn record(&self, request: &Request, exchange: Exchange, answer: &Answer) {
        if let Some(sink) = self.sink.get().filter(|_| response_sink::belongs_to_the_roster(request)) {
            sink.record(request, exchange, answer.as_whole());
        }
    }

    /// One call with its retries. Reads may always be repeated; a write is, because it carries its
    /// idempotency key and the server does it at most once.
    async fn exchange(&self, call: &PermittedCall) -> Result<Reply, Error> {
        let account = if call.needs_account() { Some(self.account().await?) } else { None };
        self.exchange_in(account.as_ref(), call).await
    }

    async fn exchange_in(&self, account: Option<&AccountId>, call: &PermittedCall) -> Result<Reply, Error> {
        let url = self.transport.url(call, account)?;
        self.retrying((call.repeatable(), call.wait()), || Box::pin(self.signed_in(call, &url))).await
    }

    /// Tries until it works or nothing speaks for another try. What the server was asked to hold back does not use
    /// patience up.
    async fn retrying<'a, T>(
        &self,
        (repeatable, held): (bool, Duration),
        attempt: impl Fn() -> Attempt<'a, T> + Send,
    ) -> Result<T, Error> {
        let mut progress = RetryState::new(&self.budget, &self.limits, repeatable);
        let mut outcome_unknown = false;
        loop {
            let began = Instant::now();
            match attempt().await {
                Ok(value) => {
                    progress.succeeded();
                    return Ok(value);
                }
                Err(failure) => {
                    let wait = progress.wait(&failure, began.elapsed().saturating_sub(held));
                    // A write that an earlier try may have done is not undone by a later one that got nowhere.
                    let error = failure.error.after(outcome_unknown);
                    outcome_unknown = error.outcome_unknown();
                    let told = || self.secrets.redact(error.clone());
                    match wait {
                        Some(wait) if pause(wait, told).await => {}
                        _ => return Err(error),
                    }
                }
            }
        }
    }

    /// One try, with a fresh token and once more if the server does not know the token any longer.
    async fn signed_in(&self, call: &PermittedCall, url: &Url) -> Result<Reply, FailedAttempt> {
        let token = self.token(None).await?;
        let refused = match self.transport.send(call, url, &token).await {
            Err(failure) if failure.error.cause == Cause::NotSignedIn => token,
            other => return other,
        };
        let fresh = self.token(Some(&refused)).await?;
        self.transport.send(call, url, &fresh).await
    }

    /// The token, renewed if it is about to expire or is the one that was refused.
    async fn token(&self, refused: Option<&Token>) -> Result<Token, FailedAttempt> {
        let usable = |token: &Token| {
            token.is_fresh(&self.transport.clocks.now()) && refused.is_none_or(|old| !token.is_same(old))
        };
        let (id, secret) = (&self.config.client_id, &self.config.client_secret);
        let ask = self.retrying((true, Duration::ZERO), || Box::pin(self.transport.ask_token(id, secret)));
        // The sign-in had its own retries: its failure ends the call.
        let token = self.token.get(usable, ask).await.map_err(FailedAttempt::permanent)?;
        self.secrets.add(token.reveal());
        Ok(token)
    }
}

/// An answer that makes no sense.
fn unreadable(operation: Operation, detail: &str) -> Error {
    Error { detail: detail.to_owned(), ..Error::new(operation, Cause::Unreadable, RetryAdvice::Now) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn may_move_between_threads(_: &(impl Send + 'static)) {}

    fn client(base: &str) -> Client {
        let config = ClientConfig {
            base_url: base.parse().unwrap(),
            account: None,
            client_id: "id".into(),
            client_secret: "hush".into(),
            read_only: false,
            ca_file: None,
        };
        Client::new(config).unwrap()
    }

    #[test]
    fn pages_of_other_servers_are_dropped_before_anybody_sees_them() {
        let page = |base: &str, uri: &str| {
            let link = serde_json::json!({"id": "L", "owner_page_uri": uri});
            let link: wire::link::LinkRequest = serde_json::from_value(link).unwrap();
            let answer = Answer::Links(vec![link.try_into().unwrap()]);
            match client(base).inner.without_foreign_pages(answer) {
                Answer::Links(mut links) => links.remove(0).owner_page,
                other => panic!("{other:?}"),
            }
        };
        let own = "http://127.0.0.1:4815/owner/links/L";
        assert_eq!(page("http://127.0.0.1:4815/", own).as_deref(), Some(own));
        assert_eq!(page("http://127.0.0.1:4816/", own), None);
        assert_eq!(page("https://api.harbour.example/", own), None);
        assert_eq!(page("http://127.0.0.1:4815/", "https://evil.example/owner"), None);
    }

    #[test]
    fn a_call_can_be_spawned() {
        let client = client("http://127.0.0.1:9/");
        assert!(!format!("{client:?}").contains("hush"));
        may_move_between_threads(&async move { client.perform(GetSession.into()).await });
    }
}
