//! What the fakes share: accounts with people and integrations, and the faults that were asked for. What one of them
//! changes, the others show.

use super::log::Log;
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// [users-auth].
const TOKEN_LIFE: i64 = 900;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub id: String,
    pub name: String,
    pub email: String,
    /// As the Users API writes it.
    pub state: String,
    pub create_time: String,
    /// Why nobody may suspend them: an external account manager, or the last owner.
    pub protected: bool,
}

impl Person {
    pub fn active(id: &str, name: &str, email: &str) -> Self {
        let text = str::to_owned;
        let (state, create_time) = (text("ACTIVE"), text("2026-01-05T10:00:00Z"));
        Self { id: text(id), name: text(name), email: text(email), state, create_time, protected: false }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Right {
    List,
    Get,
    Suspend,
    Reactivate,
}

/// An OAuth application of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Application {
    pub client_id: String,
    pub secret: String,
    pub rights: Vec<Right>,
}

/// A token of Events Reporting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventsToken {
    pub text: String,
    pub features: Vec<String>,
    /// Issued before introspection told the account.
    pub older: bool,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Account {
    pub id: String,
    pub people: Vec<Person>,
    pub applications: Vec<Application>,
    pub tokens: Vec<EventsToken>,
    pub log: Log,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Call {
    Token,
    List,
    Get,
    Act,
    Introspect,
    AuditEvents,
    SignIns,
}

/// How a call misbehaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// This status with this body.
    Answer(u16, &'static str),
    /// The same with `Retry-After`, in seconds.
    Busy(u64),
    /// The list leads back to its first page.
    Circle,
    /// A page of nobody or nothing, behind which there is more.
    EmptyPage,
    /// The page begins so many events before the end of the last.
    Overlap(usize),
    /// People with the paths of this account, or events that happened there.
    OtherAccount(String),
    /// The write is answered like a success and changes nothing.
    NoEffect,
}

struct Issued {
    account: String,
    client_id: String,
    until: Timestamp,
}

#[derive(Default)]
struct Inner {
    accounts: Vec<Account>,
    tokens: HashMap<String, Issued>,
    faults: Vec<(Call, Fault, u32)>,
    calls: Vec<Call>,
    /// Cursors of an earlier era are forgotten.
    era: usize,
}

pub struct World {
    inner: Mutex<Inner>,
    clock: Clock,
    /// No page has more people, whatever is asked for.
    pub largest_page: usize,
}

impl World {
    pub fn new(accounts: Vec<Account>, clock: Clock) -> Self {
        Self { inner: Mutex::new(Inner { accounts, ..Inner::default() }), clock, largest_page: 1000 }
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes an account, as somebody would in the web console.
    pub fn change<T>(&self, account: &str, work: impl FnOnce(&mut Account) -> T) -> Option<T> {
        self.inner().accounts.iter_mut().find(|it| it.id == account).map(work)
    }

    /// Another account.
    pub fn add(&self, account: Account) {
        self.inner().accounts.push(account);
    }

    /// Misbehaves in the next so many calls of this kind.
    pub fn fail(&self, call: Call, fault: Fault, times: u32) {
        self.inner().faults.push((call, fault, times));
    }

    /// Behaves again.
    pub fn clear_faults(&self) {
        self.inner().faults.clear();
    }

    /// Every token ends now, as after a revocation.
    pub fn revoke_tokens(&self) {
        self.inner().tokens.clear();
    }

    /// Every cursor is forgotten now.
    pub fn expire_cursors(&self) {
        self.inner().era += 1;
    }

    pub(super) fn era(&self) -> usize {
        self.inner().era
    }

    pub(super) fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// How often it was called like this.
    pub fn calls(&self, call: Call) -> usize {
        self.inner().calls.iter().filter(|seen| **seen == call).count()
    }

    /// Notes a call, and says how it misbehaves.
    pub(super) fn record_call(&self, call: Call) -> Option<Fault> {
        let mut inner = self.inner();
        inner.calls.push(call);
        let (_, fault, left) = inner.faults.iter_mut().find(|(of, _, left)| *of == call && *left > 0)?;
        *left -= 1;
        Some(fault.clone())
    }

    /// A token for whoever has the secret of an application.
    pub(super) fn issue(&self, client_id: &str, secret: &str) -> Option<(String, i64)> {
        let until = (self.clock)().checked_add(SignedDuration::from_secs(TOKEN_LIFE)).ok()?;
        let mut inner = self.inner();
        let fits = |it: &Application| it.client_id == client_id && it.secret == secret;
        let account = inner.accounts.iter().find(|account| account.applications.iter().any(fits))?.id.clone();
        let token = uuid::Uuid::new_v4().simple().to_string();
        inner.tokens.insert(token.clone(), Issued { account, client_id: client_id.to_owned(), until });
        Some((token, TOKEN_LIFE))
    }

    /// Works on the account of a token of Events Reporting, if it has this feature: 401 else, as published for both.
    pub(super) fn reported<T>(
        &self,
        token: &str,
        feature: Option<&str>,
        work: impl FnOnce(&Account, &EventsToken) -> T,
    ) -> Result<T, u16> {
        let inner = self.inner();
        let fits = |it: &&EventsToken| it.text == token;
        let found = inner.accounts.iter().find_map(|account| Some((account, account.tokens.iter().find(fits)?)));
        let (account, token) = found.ok_or(401_u16)?;
        let may = feature.is_none_or(|feature| token.features.iter().any(|has| has == feature));
        if may { Ok(work(account, token)) } else { Err(401) }
    }

    /// Works on the account of the token, if the application has this right: 401, 403 or 404 else.
    pub(super) fn permitted<T>(
        &self,
        (token, account): (&str, &str),
        right: Right,
        work: impl FnOnce(&mut Account) -> T,
    ) -> Result<T, u16> {
        let mut inner = self.inner();
        let now = (self.clock)();
        let issued = inner.tokens.get(token).filter(|issued| issued.until > now).ok_or(401_u16)?;
        let (of, client_id) = (issued.account.clone(), issued.client_id.clone());
        if of != account {
            return Err(404);
        }
        let account = inner.accounts.iter_mut().find(|it| it.id == of).ok_or(404_u16)?;
        // An application that was removed takes its tokens with it.
        let application = account.applications.iter().find(|it| it.client_id == client_id).ok_or(401_u16)?;
        if !application.rights.contains(&right) {
            return Err(403);
        }
        Ok(work(account))
    }
}
