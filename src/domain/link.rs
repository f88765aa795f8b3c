//! Linking an existing account (support page *security*): an Owner of the company starts it and passes on a
//! confirmation link, the MSP accepts it, and an Owner of the company finishes. Only then does the MSP have access;
//! an API can accept, but never complete it alone.

use super::company::Actor;
use super::id::{CompanyId, LinkId};
use jiff::Timestamp;

/// One request to link an account (contract: *link request*).
#[derive(Debug, Clone, PartialEq)]
pub struct LinkRequest {
    /// Unique within the MSP account.
    pub id: LinkId,
    /// The company's name, cleaned for display.
    pub company_name: String,
    /// The company's data region; must be the MSP account's own.
    pub region: String,
    /// How far it is.
    pub state: LinkState,
    /// The Owner of the company who started it.
    pub requested_by: Option<Actor>,
    /// The technician who accepted it.
    pub accepted_by: Option<Actor>,
    /// The company, once it is managed.
    pub company: Option<CompanyId>,
    /// Why it ended, in the words of the one who ended it.
    pub reason: Option<String>,
    /// When the Owner started it.
    pub create_time: Option<Timestamp>,
    /// When the MSP accepted it.
    pub accept_time: Option<Timestamp>,
    /// When it was approved, denied or cancelled.
    pub end_time: Option<Timestamp>,
    /// When it lapses, unless somebody acts.
    pub expire_time: Option<Timestamp>,
    /// Sample workspaces only: the page on which "an Owner of the company" answers.
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
    #[must_use]
    pub fn open(&self) -> bool {
        matches!(self, Self::Requested | Self::Accepted)
    }
}

/// The data regions of 1Password (support page *manage companies*), longest first, so that the end of a host is
/// found in the right one.
pub const REGIONS: [&str; 4] = ["ent.1password.com", "1password.com", "1password.ca", "1password.eu"];

/// Letters of the token in a confirmation link, at least and at most.
const TOKEN: std::ops::RangeInclusive<usize> = 26..=64;

/// A confirmation link that is one: a key to the company, so `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct ConfirmationLink {
    text: String,
    /// The data region that its host belongs to.
    pub region: &'static str,
}

/// Why a text is not taken as a confirmation link. It is not sent anywhere then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotThisLink {
    /// Nothing is there.
    Empty,
    /// Not of the shape `https://NAME.REGION/link/TOKEN`.
    Shape,
    /// On a host that is none of 1Password's.
    Host(String),
    /// Of a company in another data region than the MSP account, which can only manage companies of its own.
    Region(&'static str),
}

impl ConfirmationLink {
    /// Reads a confirmation link: `https://{anything}.{region}/link/{token}`, the token of 26 to 64 letters.
    ///
    /// # Errors
    /// Why it is none.
    pub fn parse(text: &str) -> Result<Self, NotThisLink> {
        let text = text.trim().trim_matches(['<', '>', '"']);
        if text.is_empty() {
            return Err(NotThisLink::Empty);
        }
        let rest = strip_scheme(text).ok_or(NotThisLink::Shape)?;
        let (host, path) = rest.split_once('/').ok_or(NotThisLink::Shape)?;
        let token = path.strip_prefix("link/").ok_or(NotThisLink::Shape)?;
        let token = token.strip_suffix('/').unwrap_or(token);
        let letters =
            |text: &str, more: &[u8]| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || more.contains(&byte));
        if !letters(host, b"-.") || !letters(token, b"-_") || !TOKEN.contains(&token.len()) {
            return Err(NotThisLink::Shape);
        }
        let host = host.to_ascii_lowercase();
        let region = region_of(&host).ok_or_else(|| NotThisLink::Host(host.chars().take(100).collect()))?;
        Ok(Self { text: format!("https://{host}/link/{token}"), region })
    }

    /// Reads a confirmation link for an MSP account of this data region.
    ///
    /// # Errors
    /// Why it is none that this account can accept.
    pub fn for_region(text: &str, own: &str) -> Result<Self, NotThisLink> {
        let link = Self::parse(text)?;
        if link.region == own { Ok(link) } else { Err(NotThisLink::Region(link.region)) }
    }

    /// The link, for the one who sends it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.text
    }
}

/// Whether this is the address of a page on this machine, the only kind that is opened beside launch addresses. That
/// it is the API server's own is proven by the client, which knows where that is.
#[must_use]
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

fn strip_scheme(text: &str) -> Option<&str> {
    let (scheme, rest) = text.split_once("://")?;
    scheme.eq_ignore_ascii_case("https").then_some(rest)
}

/// The region whose name ends the host, with at least one name before it.
fn region_of(host: &str) -> Option<&'static str> {
    let before = |region: &str| host.strip_suffix(region)?.strip_suffix('.');
    let named = |before: &str| before.split('.').all(|part| !part.is_empty());
    REGIONS.into_iter().find(|region| before(region).is_some_and(named))
}

impl std::fmt::Debug for ConfirmationLink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ConfirmationLink").field("region", &self.region).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "abcdefghijklmnopqrstuvwx-_0123";

    fn region(host: &str) -> Result<&'static str, NotThisLink> {
        ConfirmationLink::parse(&format!("https://{host}/link/{TOKEN}")).map(|link| link.region)
    }

    #[test]
    fn the_region_is_the_end_of_the_host() {
        for (host, wanted) in [
            ("brightwater.1password.eu", "1password.eu"),
            ("a.b.1password.ca", "1password.ca"),
            ("Brightwater.1Password.COM", "1password.com"),
            ("brightwater.ent.1password.com", "ent.1password.com"),
            // A company that is called *ent*: its link has no name before the region of that name.
            ("ent.1password.com", "1password.com"),
        ] {
            assert_eq!(region(host), Ok(wanted), "{host}");
        }
        for host in [
            "1password.eu",
            ".1password.eu",
            "a..1password.eu",
            "evil.example",
            "a.1password.eu.evil.example",
            "a1password.eu",
        ] {
            assert_eq!(region(host), Err(NotThisLink::Host(host.into())), "{host}");
        }
    }

    #[test]
    fn what_is_no_link_is_refused() {
        let short = "a".repeat(25);
        let long = "a".repeat(65);
        for text in [
            "brightwater".into(),
            format!("http://b.1password.eu/link/{TOKEN}"),
            format!("https://b.1password.eu/launch/{TOKEN}"),
            format!("https://b.1password.eu/link/{short}"),
            format!("https://b.1password.eu/link/{long}"),
            format!("https://b.1password.eu/link/{TOKEN}?x=1"),
            format!("https://b.1password.eu/link/{TOKEN}/more"),
            format!("https://user@b.1password.eu/link/{TOKEN}"),
            format!("https://b.1password.eu:8443/link/{TOKEN}"),
            format!("https://b\u{456}.1password.eu/link/{TOKEN}"),
        ] {
            assert_eq!(ConfirmationLink::parse(&text), Err(NotThisLink::Shape), "{text}");
        }
        assert_eq!(ConfirmationLink::parse("  "), Err(NotThisLink::Empty));
    }

    #[test]
    fn a_link_of_another_region_is_not_taken_and_none_is_logged() {
        let text = format!(" <https://b.1password.eu/link/{TOKEN}/> ");
        let link = ConfirmationLink::for_region(&text, "1password.eu").unwrap();
        assert_eq!(link.reveal(), format!("https://b.1password.eu/link/{TOKEN}"));
        assert!(!format!("{link:?}").contains(TOKEN));
        assert_eq!(ConfirmationLink::for_region(&text, "1password.com"), Err(NotThisLink::Region("1password.eu")));
    }

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

    proptest::proptest! {
        #[test]
        fn no_text_makes_the_reading_panic(text in "\\PC*|https://.*|https://[a-z.]{0,20}1password\\.(eu|com)/link/.{0,70}") {
            if let Ok(link) = ConfirmationLink::parse(&text) {
                proptest::prop_assert!(REGIONS.contains(&link.region));
            }
        }
    }
}
