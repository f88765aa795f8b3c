//! Which addresses are used at all: the server's own, and the launch addresses that it hands out. A launch
//! address goes to the technician's browser with a session in it; anything but the company's own sign-in host
//! over https (or the embedded server's loopback) is refused, with the reason.

use crate::domain::launch::Refusal;
use crate::domain::text::clean;
use crate::domain::trouble::{Because, Retry, Trouble, What};
use url::{Host, Url};

/// Longest launch address (also the longest that every browser takes).
const LONGEST: usize = 2048;

/// Whether a launch address may be opened. Pure: nothing is looked up.
///
/// `sign_in_host` is the company's or the account's; `base_url` is the server's own address: when that is on
/// loopback, its own pages on the same port are allowed, over http too.
///
/// # Errors
/// The reason why it must not be opened.
pub fn check(uri: &str, sign_in_host: &str, base_url: &Url) -> Result<(), Refusal> {
    if uri.is_empty() || uri.len() > LONGEST {
        return Err(Refusal::NotAnAddress);
    }
    // The parser forgives tabs, line breaks and spaces; a browser, a shell or a terminal may not.
    if uri.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return Err(Refusal::Characters);
    }
    let Some((scheme, rest)) = uri.split_once(':').filter(|(scheme, _)| is_scheme(scheme)) else {
        return Err(Refusal::NotAnAddress);
    };
    let scheme = scheme.to_ascii_lowercase();
    if !matches!(scheme.as_str(), "https" | "http") {
        return Err(Refusal::Scheme(short(&scheme)));
    }
    if !proper(rest) {
        return Err(Refusal::Characters);
    }
    // `https:host` and `https:///host` are bent into shape by parsers, each in its own way.
    if !rest.strip_prefix("//").is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/')) {
        return Err(Refusal::NotAnAddress);
    }
    let url = Url::parse(uri).map_err(|_| Refusal::NotAnAddress)?;
    // Also an empty name (`https://@host`), which the parsed address no longer shows.
    let authority = rest.trim_start_matches('/').split(['/', '?', '#']).next().unwrap_or_default();
    if authority.contains('@') {
        return Err(Refusal::Credentials);
    }
    if is_loopback(base_url) && is_loopback(&url) && same_door(&url, base_url) {
        return Ok(());
    }
    if scheme != "https" {
        return Err(Refusal::Scheme(scheme));
    }
    let expected = Host::parse(sign_in_host).ok();
    let host = url.host().map(|host| host.to_owned());
    if expected.is_some() && host == expected && url.port().is_none() {
        return Ok(());
    }
    let host = host.map(|host| host.to_string()).unwrap_or_default();
    Err(Refusal::Host(short(&url.port().map_or_else(|| host.clone(), |port| format!("{host}:{port}")))))
}

/// Whether the server's own address may be used.
///
/// # Errors
/// [`Because::BadAddress`] with the address, without any user name or password in it.
pub fn check_base(base: &Url) -> Result<(), Trouble> {
    let secure = base.scheme() == "https" || (base.scheme() == "http" && is_loopback(base));
    let plain = base.username().is_empty()
        && base.password().is_none()
        && base.query().is_none()
        && base.fragment().is_none()
        && base.has_host();
    if secure && plain {
        return Ok(());
    }
    // Put together from its parts: whatever is a credential in it stays out.
    let port = base.port().map(|port| format!(":{port}")).unwrap_or_default();
    let address = format!("{}://{}{port}{}", base.scheme(), base.host_str().unwrap_or_default(), base.path());
    Err(Trouble::new(What::SignIn, Because::BadAddress { address: short(&address) }, Retry::Never))
}

/// On this machine and nowhere else.
pub(super) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

fn same_door(url: &Url, base: &Url) -> bool {
    url.scheme() == base.scheme() && url.port_or_known_default() == base.port_or_known_default()
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
}

/// Only what a launch address needs. Quotes, `$()`, `;`, back-ticks and backslashes never reach a browser's
/// command line; `%` must begin the code of a visible character.
fn proper(rest: &str) -> bool {
    let mut bytes = rest.bytes();
    while let Some(byte) = bytes.next() {
        let fine = match byte {
            b'%' => {
                let code = [bytes.next(), bytes.next()].map(|digit| digit.and_then(hex));
                matches!(code, [Some(high), Some(low)] if (0x20..0x7f).contains(&(high * 16 + low)) || high >= 8)
            }
            _ => byte.is_ascii_alphanumeric() || b"-._~:/?#[]@&+,=".contains(&byte),
        };
        if !fine {
            return false;
        }
    }
    true
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

/// Text of the address that is quoted in the refusal: the host or the scheme, never path or query.
fn short(text: &str) -> String {
    clean(text).chars().take(100).collect()
}
