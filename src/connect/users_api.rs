//! The Users API for Partners, v1beta1: who is in a company's account. Published at developer.1password.com
//! (*users-api*), as a preview that may change.

pub mod shapes;
mod token;

use super::exchange::{Exchange, Fault};
use super::failure::Called;
use super::key::Key;
use super::{Clock, Credential, Failure};
use crate::domain::people::PersonState;
use crate::domain::source::SourceReason;
use jiff::Timestamp;
use reqwest::Method;
use secrecy::{ExposeSecret, SecretString};
use serde::de::DeserializeOwned;
use shapes::{Page, User};
use std::collections::{HashMap, HashSet};
use token::Token;
use tokio::sync::Mutex;

/// [users-list]: the largest page.
const PAGE: &str = "1000";
/// More people than any account has; an end for answers that have none.
const MOST_PAGES: usize = 1000;

/// A person as the Users API knows them: no groups, no type, no seats.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub id: String,
    pub email: String,
    pub display_name: String,
    /// `ACTIVE`, `SUSPENDED`, or a word that is kept as it came.
    pub state: PersonState,
    pub create_time: Option<Timestamp>,
}

/// What the Users API does to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    Suspend,
    Reactivate,
}

impl Act {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Suspend => "suspend",
            Self::Reactivate => "reactivate",
        }
    }

    /// How somebody stands after it.
    pub const fn leads_to(self) -> PersonState {
        match self {
            Self::Suspend => PersonState::Suspended,
            Self::Reactivate => PersonState::Active,
        }
    }
}

/// Everybody in an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserList {
    pub people: Vec<Person>,
    /// When the reading began: it holds for nothing later.
    pub as_of: Timestamp,
}

pub struct UsersApi {
    exchange: Exchange,
    credential: Credential,
    key: Key,
    clock: Clock,
    /// Held while one is asked for: one sign-in at a time.
    token: Mutex<Option<Token>>,
}

impl UsersApi {
    pub(super) fn new(exchange: Exchange, credential: Credential, key: Key, clock: Clock) -> Self {
        Self { exchange, credential, key, clock, token: Mutex::default() }
    }

    /// Everybody, by pages. Fails as a whole: half a list would make people disappear.
    ///
    /// # Errors
    /// Whatever 1Password refuses or does not answer; a list that goes round in a circle, is empty, or is about another
    /// account.
    pub async fn list(&self) -> Result<UserList, Failure> {
        let as_of = (self.clock)();
        let (mut people, mut seen) = (HashMap::new(), HashSet::new());
        let mut order = Vec::new();
        let mut next: Option<String> = None;
        for _ in 0..MOST_PAGES {
            let mut query = vec![("max_page_size", PAGE)];
            query.extend(next.as_deref().map(|token| ("page_token", token)));
            let page: Page = self.call(&Method::GET, &["users"], &query).await.map_err(wrong_account)?;
            for user in page.results {
                let person = self.person(user)?;
                if people.insert(person.id.clone(), person.clone()).is_none() {
                    order.push(person.id);
                }
            }
            next = page.next_page_token.filter(|token| !token.is_empty());
            match &next {
                Some(token) if !seen.insert(token.clone()) => return Err(unreadable("its pages go round in a circle")),
                Some(_) => {}
                None if order.is_empty() => return Err(unreadable("it lists nobody, which no account can be")),
                None => {
                    let people = order.iter().filter_map(|id| people.remove(id)).collect();
                    return Ok(UserList { people, as_of });
                }
            }
        }
        Err(unreadable("its pages do not end"))
    }

    /// Whether 1Password takes the secret still. Nobody is read.
    ///
    /// # Errors
    /// It cannot be told.
    pub async fn is_taken(&self) -> Result<bool, Failure> {
        let secret = self.key.secret().await?;
        token::is_taken(&self.exchange, &self.credential.client_id, &secret).await
    }

    /// One person as they stand now.
    ///
    /// # Errors
    /// As [`UsersApi::list`]; [`SourceReason::Refused`] where there is no such person.
    pub async fn get(&self, id: &str) -> Result<Person, Failure> {
        let user = self.call(&Method::GET, &["users", id], &[]).await.map_err(nobody)?;
        self.person(user)
    }

    /// Suspends or reactivates somebody, and looks how they stand then. Both may be repeated ([users-suspend]).
    ///
    /// # Errors
    /// As [`UsersApi::list`]; [`SourceReason::Refused`] where a rule of 1Password's is against it: external account
    /// managers and the last owner are not suspended.
    pub async fn act(&self, id: &str, act: Act) -> Result<Person, Failure> {
        let named = format!("{id}:{}", act.as_str());
        let answered: User = self.call(&Method::POST, &["users", &named], &[]).await.map_err(nobody)?;
        self.person(answered)?;
        // The answer says what was asked for; how they stand is read.
        match self.get(id).await {
            Err(failure) if failure.reason == SourceReason::RightMissing => self.listed(id).await,
            read => read,
        }
    }

    /// One person out of the list, where only that may be read.
    async fn listed(&self, id: &str) -> Result<Person, Failure> {
        let found = self.list().await?.people.into_iter().find(|person| person.id == id);
        found.ok_or_else(|| Failure::new(SourceReason::Refused, "1Password lists them no more"))
    }

    fn person(&self, user: User) -> Result<Person, Failure> {
        let account = self.credential.account.as_str();
        // `accounts/{id}/users/{id}`
        let of_account = user.path.split('/').skip_while(|part| *part != "accounts").nth(1);
        if of_account.is_some_and(|other| !other.eq_ignore_ascii_case(account)) {
            let detail = "1Password answers with people of another account";
            return Err(Failure::new(SourceReason::WrongAccount, detail));
        }
        user.try_into().map_err(|_| unreadable("a person in it has no id of 26 letters and digits"))
    }

    /// Below the account. A token that is refused is renewed once.
    async fn call<T: DeserializeOwned>(
        &self,
        method: &Method,
        segments: &[&str],
        query: &[(&str, &str)],
    ) -> Result<T, Called> {
        let front = ["v1beta1", "accounts", self.credential.account.as_str()];
        let url = self.exchange.url(&[&front, segments].concat());
        let mut bearer = self.bearer(None).await?;
        loop {
            let made = |http: &reqwest::Client| {
                http.request(method.clone(), url.clone()).query(query).bearer_auth(bearer.text.expose_secret())
            };
            match self.exchange.ask(made).await {
                Err(Fault::Status { status: 401, .. }) if !bearer.fresh => bearer = self.bearer(Some(&bearer)).await?,
                outcome => return outcome.map_err(Called::Fault),
            }
        }
    }

    /// An access token that is good for a while. `refused`: another than this one.
    async fn bearer(&self, refused: Option<&Bearer>) -> Result<Bearer, Called> {
        let mut kept = self.token.lock().await;
        let now = (self.clock)();
        let good = |token: &&Token| {
            let refused = refused.is_some_and(|old| old.text.expose_secret() == token.text.expose_secret());
            token.renew > now && !refused
        };
        if let Some(token) = kept.as_ref().filter(good) {
            return Ok(Bearer { text: token.text.clone(), fresh: false });
        }
        let secret = self.key.secret().await.map_err(Called::Failure)?;
        let token = token::ask(&self.exchange, &self.credential.client_id, &secret, now).await;
        let token = token.map_err(Called::Failure)?;
        let text = token.text.clone();
        *kept = Some(token);
        Ok(Bearer { text, fresh: true })
    }
}

struct Bearer {
    text: SecretString,
    /// Just issued: to ask for another would be refused as well.
    fresh: bool,
}

fn wrong_account(called: Called) -> Failure {
    called.failure(SourceReason::WrongAccount)
}

fn nobody(called: Called) -> Failure {
    called.failure(SourceReason::Refused)
}

fn unreadable(why: &str) -> Failure {
    Failure::new(SourceReason::Unreadable, format!("the list is not as 1Password publishes it: {why}"))
}
