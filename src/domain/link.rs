//! Linking an existing account (support page *security*): an Owner of the company starts it and passes on a
//! confirmation link, the MSP accepts it, and an Owner of the company finishes. Only then does the MSP have access;
//! an API can accept, but never complete it alone.

pub use super::confirmation::{ConfirmationLink, NotThisLink};

use super::company::Actor;
use super::id::{CompanyId, LinkId};
use jiff::Timestamp;
use serde::Serialize;

/// One request to link an account (contract: *link request*).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LinkRequest {
    /// Unique within the MSP account.
    pub id: LinkId,
    pub company_name: String,
    /// The company's data region; must be the MSP account's own.
    pub region: String,
    pub state: LinkState,
    /// The Owner of the company who started it.
    pub requested_by: Option<Actor>,
    pub accepted_by: Option<Actor>,
    /// The company, once it is managed.
    #[serde(rename = "company_id")]
    pub company: Option<CompanyId>,
    /// Why it ended, in the words of the one who ended it.
    pub reason: Option<String>,
    /// When the Owner started it.
    pub create_time: Option<Timestamp>,
    pub accept_time: Option<Timestamp>,
    /// When it was approved, denied or cancelled.
    pub end_time: Option<Timestamp>,
    /// When it lapses, unless somebody acts.
    pub expire_time: Option<Timestamp>,
    /// Sample workspaces only: the page on which "an Owner of the company" answers.
    #[serde(rename = "owner_page_uri")]
    pub owner_page: Option<String>,
}

/// How far a link is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum LinkState {
    /// The Owner started it; it waits for the MSP.
    Requested,
    /// The MSP accepted; it waits for an Owner of the company.
    Accepted,
    /// Done: the company is managed.
    Approved,
    /// An Owner of the company said no.
    Denied,
    /// The MSP took it back.
    Cancelled,
    /// Nobody acted in time.
    Expired,
    /// A word of a newer server; shown as it came.
    Other(String),
}

impl LinkState {
    /// Somebody still has to act.
    pub fn open(&self) -> bool {
        matches!(self, Self::Requested | Self::Accepted)
    }
}

/// Whether this is the address of a page on this machine, the only kind that is opened beside launch addresses. That
/// it is the API server's own is proven by the client, which knows where that is.
pub fn is_own_page(uri: &str) -> bool {
    let plain = uri.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~:/[]?&=".contains(&byte));
    let Some(url) = url::Url::parse(uri).ok().filter(|_| plain) else { return false };
    let loopback = match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
        Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    };
    loopback && url.scheme() == "http" && url.username().is_empty() && url.password().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_of_this_machine_are_opened() {
        for good in ["http://127.0.0.1:4815/owner", "http://localhost:1/owner/links/ABC", "http://[::1]:9/owner"] {
            assert!(is_own_page(good), "{good}");
        }
        for bad in [
            "https://1password.eu/owner",
            "http://127.0.0.1.evil.example/owner",
            "http://10.0.0.1/owner",
            "file:///owner",
            "http://user@127.0.0.1/owner",
            "http://127.0.0.1/$(id)",
            "",
        ] {
            assert!(!is_own_page(bad), "{bad}");
        }
    }
}
