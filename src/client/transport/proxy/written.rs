//! Addresses of proxies and lists of exceptions as people write them: a password may have any letters, and what
//! `NO_PROXY` means differs from program to program.

use crate::domain::secret::given;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use reqwest::header::HeaderValue;
use std::net::IpAddr;
use url::{Host, Url};

/// A proxy's address, and the value of `Proxy-Authorization`.
pub struct Address {
    pub uri: Url,
    pub authorization: Option<HeaderValue>,
}

/// Reads an address. The last `@` ends name and password, whatever they hold: an address of a proxy has no path in
/// which another could stand. `None`: it is none that can be used.
pub fn address(text: &str) -> Option<Address> {
    let text = given(text).trim();
    let (scheme, rest) = text.split_once("://").unwrap_or(("http", text));
    let scheme = scheme.to_ascii_lowercase();
    if !["http", "https", "socks4", "socks4a", "socks5", "socks5h"].contains(&scheme.as_str()) {
        return None;
    }
    let (user, place) = match rest.rsplit_once('@') {
        Some((user, place)) => (Some(user), place),
        None => (None, rest),
    };
    let place = place.split(['/', '?', '#']).next().unwrap_or_default();
    // As an address of the web: another scheme is not checked as closely.
    let web = if scheme == "https" { "https" } else { "http" };
    let mut uri = Url::parse(&format!("{web}://{place}/")).ok().filter(|uri| uri.has_host() && !place.is_empty())?;
    if uri.path() != "/" || !uri.username().is_empty() {
        return None;
    }
    if scheme.starts_with("socks") {
        let port = uri.port().unwrap_or(1080);
        uri = Url::parse(&format!("{scheme}://{}:{port}", uri.host_str()?)).ok()?;
    }
    let authorization = match user {
        Some(user) => Some(authorization(user)?),
        None => None,
    };
    Some(Address { uri, authorization })
}

fn authorization(user: &str) -> Option<HeaderValue> {
    let (name, password) = user.split_once(':').unwrap_or((user, ""));
    let both = [unescaped(name), unescaped(password)].join(&b':');
    let mut value = HeaderValue::try_from(format!("Basic {}", BASE64_STANDARD.encode(both))).ok()?;
    value.set_sensitive(true);
    Some(value)
}

/// With `%40` and the like taken for what they mean; a `%` that begins none of them is itself.
fn unescaped(text: &str) -> Vec<u8> {
    let hex = |byte: Option<&u8>| char::from(*byte?).to_digit(16);
    let (mut out, mut bytes) = (Vec::with_capacity(text.len()), text.as_bytes());
    while let Some((byte, rest)) = bytes.split_first() {
        bytes = rest;
        match (byte, hex(rest.first()), hex(rest.get(1))) {
            (b'%', Some(high), Some(low)) => {
                out.push(u8::try_from(high * 16 + low).unwrap_or_default());
                bytes = rest.get(2..).unwrap_or_default();
            }
            _ => out.push(*byte),
        }
    }
    out
}

/// A server that is reached without a proxy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Exception {
    All,
    /// A domain and what is below it; without itself where it was written `*.x`.
    Domain {
        name: String,
        itself: bool,
        port: Option<u16>,
    },
    /// A machine or a network, by its first so many bits.
    Network {
        address: IpAddr,
        bits: u8,
        port: Option<u16>,
    },
}

/// The exceptions of a list, and what in it cannot be understood.
pub fn exceptions(text: &str) -> (Vec<Exception>, Vec<String>) {
    let (mut all, mut odd) = (Vec::new(), Vec::new());
    for entry in text.split([',', ';']).flat_map(str::split_whitespace) {
        match exception(entry) {
            Some(exception) => all.push(exception),
            None => odd.push(entry.to_owned()),
        }
    }
    (all, odd)
}

fn exception(entry: &str) -> Option<Exception> {
    if entry == "*" {
        return Some(Exception::All);
    }
    if let Some((network, bits)) = entry.split_once('/') {
        let address: IpAddr = bare(network).parse().ok()?;
        let most = if address.is_ipv4() { 32 } else { 128 };
        let bits = bits.parse().ok().filter(|bits| *bits <= most)?;
        return Some(Exception::Network { address, bits, port: None });
    }
    if let Ok(address) = bare(entry).parse::<IpAddr>() {
        return Some(machine(address, None));
    }
    let (name, port) = match entry.rsplit_once(':') {
        Some((name, port)) => (name, Some(port.parse().ok()?)),
        None => (entry, None),
    };
    if let Ok(address) = bare(name).parse::<IpAddr>() {
        return Some(machine(address, port));
    }
    let (name, itself) = match name.strip_prefix("*.") {
        Some(name) => (name, false),
        None => (name.strip_prefix('.').unwrap_or(name), true),
    };
    match Host::parse(name.trim_end_matches('.')).ok()? {
        Host::Domain(name) if !name.is_empty() && !name.contains('*') => Some(Exception::Domain { name, itself, port }),
        _ => None,
    }
}

fn machine(address: IpAddr, port: Option<u16>) -> Exception {
    Exception::Network { address, bits: if address.is_ipv4() { 32 } else { 128 }, port }
}

fn bare(address: &str) -> &str {
    address.strip_prefix('[').and_then(|address| address.strip_suffix(']')).unwrap_or(address)
}

impl Exception {
    pub fn covers(&self, server: &Url) -> bool {
        let at = |port: &Option<u16>| port.is_none_or(|port| server.port_or_known_default() == Some(port));
        match self {
            Self::All => true,
            Self::Domain { name, itself, port } => {
                let Some(host) = server.domain() else { return false };
                let below = host.trim_end_matches('.').strip_suffix(name.as_str());
                at(port) && below.is_some_and(|front| front.ends_with('.') || *itself && front.is_empty())
            }
            Self::Network { address, bits, port } => {
                let host = match server.host() {
                    Some(Host::Ipv4(host)) => IpAddr::from(host),
                    Some(Host::Ipv6(host)) => IpAddr::from(host).to_canonical(),
                    _ => return false,
                };
                at(port) && within(host, *address, *bits)
            }
        }
    }
}

fn within(host: IpAddr, network: IpAddr, bits: u8) -> bool {
    let shifted = |number: u128, width: u8| number.checked_shr(u32::from(width.saturating_sub(bits))).unwrap_or(0);
    match (host, network) {
        (IpAddr::V4(host), IpAddr::V4(network)) => {
            shifted(host.to_bits().into(), 32) == shifted(network.to_bits().into(), 32)
        }
        (IpAddr::V6(host), IpAddr::V6(network)) => shifted(host.to_bits(), 128) == shifted(network.to_bits(), 128),
        _ => false,
    }
}
