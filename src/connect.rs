//! Clients of the interfaces that 1Password publishes for the account of one company. They know no database and no
//! screen; the server calls them. The shapes are those of the published documents, not yet seen live: what is assumed
//! about them is in `tests/published`.
//!
//! Nothing here reaches another host than the region's own, unless a test or a demonstration names one on loopback.

pub mod events_api;
mod exchange;
mod failure;
mod key;
mod recognise;
pub mod users_api;

use crate::client::address;
use crate::domain::facts::FactSource;
use crate::domain::region::Region;
use crate::domain::source::{SecretRef, SourceReason};
use events_api::EventsApi;
use exchange::{Exchange, Host};
use jiff::Timestamp;
use key::Key;
use secrecy::SecretString;
use std::collections::HashMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use url::Url;
use users_api::UsersApi;

pub use failure::Failure;
pub use recognise::{Technicians, seats};

/// Gives secrets by their places. May block, and run 1Password's command line.
pub trait Secrets: Send + Sync {
    /// # Errors
    /// A sentence without any secret.
    fn fetch(&self, place: &SecretRef) -> Result<SecretString, String>;
}

/// The time, as the server has it.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// Waits between two tries; tests do not.
pub type Sleep = Arc<dyn Fn(Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> + Send + Sync>;

/// Who asks, and for which account.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Credential {
    /// 1Password's id of the company's account.
    pub account: String,
    pub client_id: String,
}

/// The accounts that were asked, by credential and place of the secret.
#[derive(Default)]
struct Open {
    users: HashMap<(Credential, String), Arc<UsersApi>>,
    events: HashMap<(String, String), Arc<EventsApi>>,
}

/// Reaches 1Password for all companies of a workspace.
#[derive(Clone)]
pub struct Connector {
    secrets: Arc<dyn Secrets>,
    /// In place of 1Password's hosts.
    base_url: Option<Url>,
    sleep: Sleep,
    /// With their access tokens, which are kept nowhere else.
    open: Arc<Mutex<Open>>,
    hosts: Arc<Mutex<HashMap<Url, Arc<Host>>>>,
}

/// An address that is not on this machine.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("1Password is only ever replaced by an address on this machine, such as http://127.0.0.1:4820")]
pub struct NotLoopback;

impl Connector {
    pub fn new(secrets: Arc<dyn Secrets>) -> Self {
        let sleep: Sleep = Arc::new(|time| Box::pin(tokio::time::sleep(time)));
        Self { secrets, base_url: None, sleep, open: Arc::default(), hosts: Arc::default() }
    }

    /// Asks this address instead of 1Password's, for tests and demonstrations.
    ///
    /// # Errors
    /// It is not on this machine: secrets are never sent anywhere but to 1Password.
    pub fn with_base_url(self, address: Url) -> Result<Self, NotLoopback> {
        if !address::is_loopback(&address) {
            return Err(NotLoopback);
        }
        Ok(Self { base_url: Some(address), ..self })
    }

    /// Waits like this between two tries.
    pub fn with_sleep(self, sleep: Sleep) -> Self {
        Self { sleep, ..self }
    }

    /// The Users API of an account, with a secret that is not stored yet.
    ///
    /// # Errors
    /// The region has none, or no connection can be set up.
    pub fn try_users_api(
        &self,
        region: Region,
        credential: Credential,
        secret: SecretString,
        clock: Clock,
    ) -> Result<UsersApi, Failure> {
        Ok(UsersApi::new(self.exchange(&FactSource::UsersApi, region)?, credential, Key::Given(secret), clock))
    }

    /// The Users API of an account. The same one as before, so that its access token is used until it ends.
    ///
    /// # Errors
    /// As [`Connector::try_users_api`].
    pub fn users_api(
        &self,
        region: Region,
        credential: Credential,
        secret: SecretRef,
        clock: &Clock,
    ) -> Result<Arc<UsersApi>, Failure> {
        let name = (credential.clone(), secret.to_string());
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = open.users.get(&name) {
            return Ok(Arc::clone(known));
        }
        let key = Key::Stored(secret, Arc::clone(&self.secrets));
        let exchange = self.exchange(&FactSource::UsersApi, region)?;
        let opened = Arc::new(UsersApi::new(exchange, credential, key, Arc::clone(clock)));
        open.users.insert(name, Arc::clone(&opened));
        Ok(opened)
    }

    /// The Events API, with a token that is not stored yet, and of whatever account.
    ///
    /// # Errors
    /// No connection can be set up.
    pub fn try_events_api(&self, region: Region, token: SecretString, clock: Clock) -> Result<EventsApi, Failure> {
        Ok(EventsApi::new(self.exchange(&FactSource::Events, region)?, None, Key::Given(token), clock))
    }

    /// The Events API of this account. The same one as before, so that its token is not fetched for each call.
    ///
    /// # Errors
    /// As [`Connector::try_events_api`].
    pub fn events_api(
        &self,
        region: Region,
        account: &str,
        token: SecretRef,
        clock: &Clock,
    ) -> Result<Arc<EventsApi>, Failure> {
        let name = (account.to_owned(), token.to_string());
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = open.events.get(&name) {
            return Ok(Arc::clone(known));
        }
        let key = Key::Stored(token, Arc::clone(&self.secrets));
        let exchange = self.exchange(&FactSource::Events, region)?;
        let opened = Arc::new(EventsApi::new(exchange, Some(account.to_owned()), key, Arc::clone(clock)));
        open.events.insert(name, Arc::clone(&opened));
        Ok(opened)
    }

    /// How many requests the host of an interface was sent so far.
    pub fn sent(&self, kind: &FactSource, region: Region) -> u64 {
        let hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        self.base(kind, region).ok().and_then(|base| hosts.get(&base)).map_or(0, |host| host.sent())
    }

    fn exchange(&self, kind: &FactSource, region: Region) -> Result<Exchange, Failure> {
        let base = self.base(kind, region)?;
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        let host = match hosts.get(&base) {
            Some(known) => Arc::clone(known),
            None => Arc::clone(hosts.entry(base.clone()).or_insert(Arc::new(Host::new(base)?))),
        };
        Ok(Exchange::new(host, Arc::clone(&self.sleep)))
    }

    fn base(&self, kind: &FactSource, region: Region) -> Result<Url, Failure> {
        match (&self.base_url, kind) {
            (Some(address), _) => Ok(address.clone()),
            (None, FactSource::UsersApi) => users_host(region),
            (None, FactSource::Events) => events_host(region),
            (None, _) => Err(Failure::new(SourceReason::NotOffered, "this is none of 1Password's interfaces")),
        }
    }
}

/// [users-about]: three regions have the Users API.
fn users_host(region: Region) -> Result<Url, Failure> {
    let none = || Failure::new(SourceReason::NotOffered, format!("1Password has no Users API in {region}"));
    if region == Region::Enterprise {
        return Err(none());
    }
    Url::parse(&format!("https://api.{region}")).map_err(|_| none())
}

/// [ev-servers]: each region has its own, Enterprise too.
fn events_host(region: Region) -> Result<Url, Failure> {
    let none = |_| Failure::new(SourceReason::NotOffered, format!("1Password has no Events API in {region}"));
    Url::parse(&format!("https://events.{region}")).map_err(none)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Nothing;

    impl Secrets for Nothing {
        fn fetch(&self, _: &SecretRef) -> Result<SecretString, String> {
            Err("there is none".into())
        }
    }

    #[test]
    fn each_region_has_its_own_host_and_enterprise_has_none() {
        let host = |region| users_host(region).map(|url| url.to_string());
        assert_eq!(host(Region::Europe).unwrap(), "https://api.1password.eu/");
        assert_eq!(host(Region::Worldwide).unwrap(), "https://api.1password.com/");
        assert_eq!(host(Region::Canada).unwrap(), "https://api.1password.ca/");
        assert_eq!(host(Region::Enterprise).unwrap_err().reason, SourceReason::NotOffered);
    }

    #[test]
    fn events_have_a_host_in_every_region() {
        let hosts = Region::ALL.map(|region| events_host(region).unwrap().to_string());
        let of = |domain: &str| format!("https://events.{domain}/");
        assert_eq!(hosts, ["1password.eu", "1password.com", "1password.ca", "ent.1password.com"].map(of));
    }

    #[test]
    fn nothing_beyond_this_machine_takes_the_place_of_1password() {
        for (address, good) in [
            ("http://127.0.0.1:4820", true),
            ("http://localhost:1", true),
            ("https://api.1password.example", false),
            ("http://10.0.0.1", false),
            ("http://127.0.0.1.example.com", false),
        ] {
            let made = Connector::new(Arc::new(Nothing)).with_base_url(address.parse().unwrap());
            assert_eq!(made.is_ok(), good, "{address}");
        }
    }
}
