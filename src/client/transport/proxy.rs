//! Which proxy stands between here and the server: as the environment says (`HTTPS_PROXY`, `ALL_PROXY`, `NO_PROXY`,
//! each also in small letters), or else the system's settings. They are asked once for the one server of a client, so
//! that a failure can name the proxy; `doctor` asks the same. What is written there and not understood is told.
//!
//! `HTTP_PROXY` never matters: http is only spoken on this machine, and there no proxy is used.

mod written;

use crate::domain::error::Cause;
use crate::domain::network_fault::{AtProxy, ProxyFault};
use crate::domain::text::clean;
use hyper_util::client::proxy::matcher::Matcher;
use reqwest::header::HeaderValue;
use std::fmt;
use url::Url;
use written::{Address, Exception};

/// What a variable says, under its name.
type Variable = Option<(String, String)>;

/// What the environment says of proxies. `Debug` shows no values: they may hold a password.
#[derive(Clone, Default)]
pub struct Proxies {
    https: Variable,
    all: Variable,
    no: Variable,
    /// Variables in small letters beside those in capitals, which stand above them and say something else.
    shadowed: Vec<(String, String)>,
    system: bool,
}

impl fmt::Debug for Proxies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = |named: &Variable| named.as_ref().map(|(name, _)| name.clone());
        f.debug_struct("Proxies")
            .field("https", &name(&self.https))
            .field("all", &name(&self.all))
            .finish_non_exhaustive()
    }
}

/// A proxy that stands between. `Debug` shows no password: none is kept outside the header that is marked.
#[derive(Debug, Clone)]
pub struct Proxy {
    pub host: String,
    /// What names it: a variable, or the system's settings.
    pub origin: String,
    /// Its address, without name and password.
    uri: Url,
    /// Name and password for it, if there are any.
    authorization: Option<HeaderValue>,
}

/// Something about proxies that is not understood and therefore passed over. Never holds a proxy's address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ignored {
    /// The variable is no address of a proxy.
    NoProxy(String),
    /// An entry of the list of exceptions.
    Exception { name: String, entry: String },
    /// A variable that another one stands above.
    Shadowed { name: String, by: String },
}

impl Ignored {
    pub fn finding(&self) -> String {
        match self {
            Self::NoProxy(name) => format!("{name} names no proxy that can be used, and is passed over"),
            Self::Exception { name, entry } => {
                let entry: String = clean(entry).chars().take(60).collect();
                format!("“{entry}” in {name} is not understood, and is passed over")
            }
            Self::Shadowed { name, by } => format!("{name} is passed over, as {by} says something else"),
        }
    }

    pub fn advice(&self) -> &'static str {
        match self {
            Self::NoProxy(_) => "Write it like http://proxy.example:3128",
            Self::Exception { .. } => "Write names, *.example.com, host:port, addresses or networks like 10.0.0.0/8",
            Self::Shadowed { .. } => "Set one of them only",
        }
    }
}

/// What this process was started with about proxies and does not understand, as sentences without the full stop.
pub fn passed_over() -> Vec<String> {
    let ignored = Proxies::of_environment().ignored();
    ignored.iter().map(|ignored| format!("{}. {}", ignored.finding(), ignored.advice())).collect()
}

impl Proxies {
    /// As this process was started.
    pub fn of_environment() -> Self {
        // What is not UTF-8 is no address either, and is told as such.
        let env = |name: &str| std::env::var_os(name)?.into_string().or_else(|_| Ok::<_, ()>("\u{fffd}".into())).ok();
        Self { system: true, ..Self::of(&env) }
    }

    /// As these variables say, and nothing else.
    pub fn of(env: &dyn Fn(&str) -> Option<String>) -> Self {
        // As other programs do it: the first that is set counts, also when it is empty.
        let first = |names: [&str; 2]| names.into_iter().find_map(|name| Some((name.to_owned(), env(name)?)));
        let names = [["HTTPS_PROXY", "https_proxy"], ["ALL_PROXY", "all_proxy"], ["NO_PROXY", "no_proxy"]];
        let [https, all, no] = names.map(first);
        let shadowed = |[above, below]: [&str; 2]| {
            let (above_says, below_says) = (env(above)?, env(below)?);
            (above_says.trim() != below_says.trim()).then(|| (below.to_owned(), above.to_owned()))
        };
        Self { https, all, no, shadowed: names.into_iter().filter_map(shadowed).collect(), system: false }
    }

    /// The proxy on the way to this server, if there is one. None on the way to this machine itself.
    pub fn on_the_way_to(&self, server: &Url) -> Option<Proxy> {
        let no = self.no.as_ref().map(|(_, list)| written::exceptions(list).0).unwrap_or_default();
        if super::address::is_loopback(server) || no.iter().any(|exception: &Exception| exception.covers(server)) {
            return None;
        }
        let named = [&self.https, &self.all].into_iter().flatten();
        if let Some(found) = named.clone().find_map(|(origin, value)| Proxy::new(origin, written::address(value)?)) {
            return Some(found);
        }
        // The system's rules read the variables once more, by rules of their own.
        let system = (self.system && named.count() == 0).then(Matcher::from_system)?;
        let found = system.intercept(&server.as_str().parse().ok()?)?;
        let uri = Url::parse(&found.uri().to_string()).ok()?;
        Proxy::new("the system's settings", Address { uri, authorization: found.basic_auth().cloned() })
    }

    /// What is written and not understood.
    pub fn ignored(&self) -> Vec<Ignored> {
        let named = [&self.https, &self.all].into_iter().flatten();
        let odd = named.filter(|(_, value)| !value.trim().is_empty() && written::address(value).is_none());
        let mut all: Vec<Ignored> = odd.map(|(name, _)| Ignored::NoProxy(name.clone())).collect();
        if let Some((name, list)) = &self.no {
            let odd = written::exceptions(list).1.into_iter();
            all.extend(odd.map(|entry| Ignored::Exception { name: name.clone(), entry }));
        }
        let shadowed = self.shadowed.iter().cloned();
        all.extend(shadowed.map(|(name, by)| Ignored::Shadowed { name, by }));
        all
    }
}

impl Proxy {
    fn new(origin: &str, Address { uri, authorization }: Address) -> Option<Self> {
        let name = uri.host_str()?;
        let port = uri.port_or_known_default().unwrap_or(1080);
        let host = format!("{name}:{port}");
        Some(Self { host, origin: origin.to_owned(), authorization, uri })
    }

    /// Whether it is given a name and a password.
    pub fn has_password(&self) -> bool {
        self.authorization.is_some()
    }

    /// Whether the way to the proxy itself is encrypted.
    pub fn is_secure(&self) -> bool {
        self.uri.scheme() == "https"
    }

    /// Its name without the port.
    pub fn name(&self) -> &str {
        self.uri.host_str().unwrap_or_default().trim_matches(['[', ']'])
    }

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
    pub(super) fn cause(&self, host: &str, fault: ProxyFault) -> Cause {
        let (proxy, origin) = (self.host.clone(), self.origin.clone());
        Cause::Proxy(Box::new(AtProxy { proxy, origin, host: host.to_owned(), fault }))
    }

    /// Whether it can be used at all.
    ///
    /// # Errors
    /// [`ProxyFault::Socks`].
    pub(super) fn usable(&self, host: &str) -> Result<(), Cause> {
        if self.uri.scheme().starts_with("socks") { Err(self.cause(host, ProxyFault::Socks)) } else { Ok(()) }
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
        let by = |no: &str, server: &str| found(&[("HTTPS_PROXY", "http://p.example"), ("no_proxy", no)], server);
        let domains = ["harbour.example", ".harbour.example", "x, api.harbour.example", "*", "*.harbour.example"];
        let written =
            ["x api.harbour.example y", "API.Harbour.Example.", "api.harbour.example:443", " , ,harbour.example, "];
        for no in domains.into_iter().chain(written) {
            assert_eq!(by(no, SERVER), None, "{no}");
        }
        for no in ["other.example", "our.example", "*.api.harbour.example", "api.harbour.example:8443", "", "10.*"] {
            assert!(by(no, SERVER).is_some(), "{no}");
        }
        for (no, server) in [
            ("müller.example", "https://api.müller.example"),
            ("10.0.0.0/8", "https://10.200.3.4"),
            ("192.0.2.7", "https://192.0.2.7:8443"),
            ("192.0.2.7:8443", "https://192.0.2.7:8443"),
            ("[2001:db8::7]", "https://[2001:db8::7]"),
            ("2001:db8::7", "https://[2001:db8::7]"),
            ("[2001:db8::7]:443", "https://[2001:db8::7]"),
            ("2001:db8::/32", "https://[2001:db8:1::7]"),
            ("0.0.0.0/0", "https://192.0.2.7"),
        ] {
            assert_eq!(by(no, server), None, "{no}");
        }
        for (no, server) in [
            ("10.0.0.0/8", "https://11.0.0.1"),
            ("192.0.2.7:8443", "https://192.0.2.7"),
            ("2001:db8::/32", "https://[2001:db9::7]"),
            ("2001:db8::/32", "https://192.0.2.7"),
            ("::/0", "https://192.0.2.7"),
        ] {
            assert!(by(no, server).is_some(), "{no}");
        }
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
        let cause = proxy.cause("api:443", ProxyFault::WantsPassword);
        let client = proxy.for_client().unwrap();
        let shown = format!("{proxies:?} {proxy:?} {cause:?} {client:?}");
        assert!(!shown.contains("hush") && !shown.contains("tomma") && !shown.contains("dG9t"), "{shown}");
    }

    /// What a person types who does not know that some letters have to be escaped.
    #[test]
    fn a_password_may_have_any_letters() {
        for (written, name, password) in [
            ("tomma:hu@sh", "tomma", "hu@sh"),
            ("tomma:hu#sh", "tomma", "hu#sh"),
            ("tomma:hu/sh", "tomma", "hu/sh"),
            ("tomma:hu?sh", "tomma", "hu?sh"),
            ("tomma:hu\\sh", "tomma", "hu\\sh"),
            ("WORK\\tomma:hush", "WORK\\tomma", "hush"),
            ("tomma:hüsch", "tomma", "hüsch"),
            ("tomma:hu:sh", "tomma", "hu:sh"),
            ("tomma:hu sh", "tomma", "hu sh"),
            ("tomma:hu%40sh", "tomma", "hu@sh"),
            ("tomma:50%", "tomma", "50%"),
            ("tomma:%zz%4", "tomma", "%zz%4"),
            ("tomma", "tomma", ""),
            ("tomma:@@//##", "tomma", "@@//##"),
        ] {
            for (front, back, host) in [
                ("http://", ":3128", "p.example:3128"),
                ("", ":3128/", "p.example:3128"),
                ("HTTPS://", "", "p.example:443"),
            ] {
                let address = format!("{front}{written}@p.example{back}");
                let proxies = proxies(&[("HTTPS_PROXY", &address)]);
                let proxy = proxies.on_the_way_to(&SERVER.parse().unwrap()).unwrap();
                let expected = base64::Engine::encode(&base64::prelude::BASE64_STANDARD, format!("{name}:{password}"));
                let given = proxy.authorization().unwrap().to_str().unwrap();
                assert_eq!((proxy.host.as_str(), given), (host, &*format!("Basic {expected}")), "{address}");
                assert_eq!(proxies.ignored(), []);
                assert!(proxy.for_client().is_ok() && !format!("{proxy:?}").contains("tomma"), "{address}");
            }
        }
        assert_eq!(found(&[("HTTPS_PROXY", "[2001:db8::1]:3128")], SERVER).unwrap().0, "[2001:db8::1]:3128");
    }

    #[test]
    fn what_cannot_be_used_is_told() {
        let no_proxy = |name: &str| vec![Ignored::NoProxy(name.to_owned())];
        for fine in
            ["http://p.example", "\"http://p.example\"", "", " ", "p.example", "p.example:3128", "socks5://p.example"]
        {
            assert_eq!(proxies(&[("HTTPS_PROXY", fine)]).ignored(), [], "{fine}");
        }
        assert_eq!(proxies(&[("all_proxy", "ftp://p.example")]).ignored(), no_proxy("all_proxy"));
        for odd in
            ["http://a b", "::::", "http://", "http://:3128", "http://p.example:port", "://", "u:p@", "http://p:99999"]
        {
            assert_eq!(proxies(&[("HTTPS_PROXY", odd)]).ignored(), no_proxy("HTTPS_PROXY"), "{odd}");
            assert_eq!(found(&[("HTTPS_PROXY", odd)], SERVER), None, "{odd}");
        }
        for odd in ["10.*", "http://x.example", "10.0.0.0/33", "x.example:https", "*x.example"] {
            let list = format!("a.example, {odd} b.example");
            let exception = Ignored::Exception { name: "no_proxy".into(), entry: odd.into() };
            let told = proxies(&[("no_proxy", &list)]).ignored();
            assert_eq!(told, [exception], "{odd}");
            assert!(told[0].finding().contains(odd) && told[0].finding().contains("no_proxy"));
        }
        let both = [("HTTPS_PROXY", "http://u:hush@p.example"), ("https_proxy", "http://u:hush@q.example")];
        let told = proxies(&both).ignored();
        assert_eq!(told, [Ignored::Shadowed { name: "https_proxy".into(), by: "HTTPS_PROXY".into() }]);
        assert!(!format!("{told:?}{}", told[0].finding()).contains("hush"));
        let proxy = proxies(&[("ALL_PROXY", "socks5h://p.example")]).on_the_way_to(&SERVER.parse().unwrap()).unwrap();
        let unusable = proxy.usable("api:443").unwrap_err();
        assert!(matches!(unusable, Cause::Proxy(at) if at.fault == ProxyFault::Socks));
    }
}
