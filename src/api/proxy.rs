//! Which proxy stands between here and the server: as the environment says, or else the system's settings. The
//! rules are those of the HTTP client (`HTTPS_PROXY`, `ALL_PROXY`, `NO_PROXY`, each also in small letters);
//! they are asked once for the one server of a client, so that a failure can name the proxy.
//!
//! `HTTP_PROXY` never matters: http is only spoken on this machine, and there no proxy is used.

use crate::domain::line::{AtProxy, ProxyFault};
use crate::domain::trouble::Because;
use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use reqwest::header::HeaderValue;
use std::fmt;
use url::Url;

/// What the environment says of proxies. `Debug` shows no values: they may hold a password.
#[derive(Clone, Default)]
pub struct Proxies {
    https: Option<(String, String)>,
    all: Option<(String, String)>,
    no: String,
    system: bool,
}

impl fmt::Debug for Proxies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = |named: &Option<(String, String)>| named.as_ref().map(|(name, _)| name.clone());
        f.debug_struct("Proxies")
            .field("https", &name(&self.https))
            .field("all", &name(&self.all))
            .finish_non_exhaustive()
    }
}

/// A proxy that stands between. `Debug` shows no password: none is kept outside the header that is marked.
#[derive(Debug, Clone)]
pub struct Proxy {
    /// Its host and port.
    pub host: String,
    /// What names it: a variable, or the system's settings.
    pub origin: String,
    /// Its address, without name and password.
    uri: Url,
    /// Name and password for it, if there are any.
    authorization: Option<HeaderValue>,
}

impl Proxies {
    /// As this process was started.
    #[must_use]
    pub fn of_environment() -> Self {
        Self { system: true, ..Self::of(&|name| std::env::var(name).ok()) }
    }

    /// As these variables say, and nothing else.
    #[must_use]
    pub fn of(env: &dyn Fn(&str) -> Option<String>) -> Self {
        // As the client does it: the first that is set counts, also when it is empty.
        let first = |names: [&str; 2]| names.into_iter().find_map(|name| Some((name.to_owned(), env(name)?)));
        Self {
            https: first(["HTTPS_PROXY", "https_proxy"]),
            all: first(["ALL_PROXY", "all_proxy"]),
            no: first(["NO_PROXY", "no_proxy"]).map(|(_, value)| value).unwrap_or_default(),
            system: false,
        }
    }

    /// The proxy on the way to this server, if there is one. None on the way to this machine itself.
    #[must_use]
    pub fn on_the_way_to(&self, server: &Url) -> Option<Proxy> {
        if super::address::is_loopback(server) {
            return None;
        }
        let uri = server.as_str();
        for (origin, value) in [&self.https, &self.all].into_iter().flatten() {
            let matcher = Matcher::builder().https(value.as_str()).no(self.no.as_str()).build();
            if let Some(found) = matcher.intercept(&uri.parse().ok()?) {
                return Proxy::new(origin, &found);
            }
        }
        let system = self.system.then(Matcher::from_system)?;
        Proxy::new("the system's settings", &system.intercept(&uri.parse().ok()?)?)
    }

    /// A variable whose value is no address of a proxy, and that is passed over for that.
    #[must_use]
    pub fn unusable(&self) -> Option<&str> {
        let whole = |value: &str| {
            let somewhere = "https://server.example/".parse().ok();
            somewhere.is_some_and(|uri| Matcher::builder().https(value).build().intercept(&uri).is_some())
        };
        let named = [&self.https, &self.all].into_iter().flatten();
        named.filter(|(_, value)| !value.trim().is_empty()).find(|(_, value)| !whole(value)).map(|(name, _)| &**name)
    }
}

impl Proxy {
    fn new(origin: &str, found: &Intercept) -> Option<Self> {
        // The matcher has taken name and password out.
        let uri = Url::parse(&found.uri().to_string()).ok()?;
        let name = uri.host_str()?;
        let port = uri.port_or_known_default().unwrap_or(1080);
        let host = format!("{name}:{port}");
        Some(Self { host, origin: origin.to_owned(), authorization: found.basic_auth().cloned(), uri })
    }

    /// Whether it is given a name and a password.
    #[must_use]
    pub fn has_password(&self) -> bool {
        self.authorization.is_some()
    }

    /// Whether the way to the proxy itself is encrypted.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.uri.scheme() == "https"
    }

    /// Its name without the port.
    #[must_use]
    pub fn name(&self) -> &str {
        self.uri.host_str().unwrap_or_default().trim_matches(['[', ']'])
    }

    /// Its port.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.uri.port_or_known_default().unwrap_or(1080)
    }

    /// The value of `Proxy-Authorization`, marked as sensitive.
    pub(super) fn authorization(&self) -> Option<&HeaderValue> {
        self.authorization.as_ref()
    }

    /// For the HTTP client.
    pub(super) fn for_client(&self) -> reqwest::Result<reqwest::Proxy> {
        let proxy = reqwest::Proxy::all(self.uri.clone())?;
        Ok(match &self.authorization {
            Some(value) => proxy.custom_http_auth(value.clone()),
            None => proxy,
        })
    }

    /// A failure that is the proxy's.
    pub(super) fn because(&self, host: &str, fault: ProxyFault) -> Because {
        let (proxy, origin) = (self.host.clone(), self.origin.clone());
        Because::Proxy(Box::new(AtProxy { proxy, origin, host: host.to_owned(), fault }))
    }

    /// Whether it can be used at all.
    ///
    /// # Errors
    /// [`ProxyFault::Socks`].
    pub(super) fn usable(&self, host: &str) -> Result<(), Because> {
        if self.uri.scheme().starts_with("socks") { Err(self.because(host, ProxyFault::Socks)) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proxies(variables: &[(&str, &str)]) -> Proxies {
        Proxies::of(&|name| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned()))
    }

    fn found(variables: &[(&str, &str)], server: &str) -> Option<(String, String)> {
        let proxy = proxies(variables).on_the_way_to(&server.parse().unwrap())?;
        Some((proxy.host, proxy.origin))
    }

    const SERVER: &str = "https://api.harbour.example/msp";

    #[test]
    fn the_variables_are_asked_in_the_clients_order() {
        let some = |host: &str, origin: &str| Some((host.to_owned(), origin.to_owned()));
        assert_eq!(found(&[], SERVER), None);
        assert_eq!(found(&[("HTTP_PROXY", "http://p.example:1")], SERVER), None, "http is spoken on loopback only");
        assert_eq!(found(&[("https_proxy", "p.example:3128")], SERVER), some("p.example:3128", "https_proxy"));
        let both = [("ALL_PROXY", "http://all.example"), ("HTTPS_PROXY", "https://p.example")];
        assert_eq!(found(&both, SERVER), some("p.example:443", "HTTPS_PROXY"));
        let emptied = [("ALL_PROXY", "http://all.example"), ("HTTPS_PROXY", "")];
        assert_eq!(found(&emptied, SERVER), some("all.example:80", "ALL_PROXY"));
    }

    #[test]
    fn excepted_servers_and_this_machine_are_reached_without() {
        for no in ["harbour.example", ".harbour.example", "x, api.harbour.example", "*"] {
            assert_eq!(found(&[("HTTPS_PROXY", "http://p.example"), ("no_proxy", no)], SERVER), None, "{no}");
        }
        assert!(found(&[("HTTPS_PROXY", "http://p.example"), ("NO_PROXY", "other.example")], SERVER).is_some());
        for here in ["https://127.0.0.1:1/", "https://127.8.8.8/", "https://[::1]:1/", "https://localhost:1/"] {
            assert_eq!(found(&[("HTTPS_PROXY", "http://p.example")], here), None, "{here}");
        }
    }

    #[test]
    fn a_password_is_used_and_never_shown() {
        let proxies = proxies(&[("HTTPS_PROXY", "http://tomma:hush%21@p.example:3128")]);
        let proxy = proxies.on_the_way_to(&SERVER.parse().unwrap()).unwrap();
        assert!(proxy.has_password());
        assert_eq!(proxy.host, "p.example:3128");
        assert_eq!(proxy.authorization().unwrap().as_bytes(), b"Basic dG9tbWE6aHVzaCE=");
        let because = proxy.because("api:443", ProxyFault::WantsPassword);
        let client = proxy.for_client().unwrap();
        let shown = format!("{proxies:?} {proxy:?} {because:?} {client:?}");
        assert!(!shown.contains("hush") && !shown.contains("tomma") && !shown.contains("dG9t"), "{shown}");
    }

    #[test]
    fn what_cannot_be_used_is_told() {
        assert_eq!(proxies(&[("HTTPS_PROXY", "http://p.example")]).unusable(), None);
        assert_eq!(proxies(&[("HTTPS_PROXY", "")]).unusable(), None);
        assert_eq!(proxies(&[("all_proxy", "ftp://p.example")]).unusable(), Some("all_proxy"));
        assert_eq!(proxies(&[("HTTPS_PROXY", "http://a b")]).unusable(), Some("HTTPS_PROXY"));
        let proxy = proxies(&[("ALL_PROXY", "socks5h://p.example")]).on_the_way_to(&SERVER.parse().unwrap()).unwrap();
        let unusable = proxy.usable("api:443").unwrap_err();
        assert!(matches!(unusable, Because::Proxy(at) if at.fault == ProxyFault::Socks));
    }
}
