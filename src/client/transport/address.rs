//! Which addresses are used at all: the server's own, and the launch addresses that it hands out. A launch
//! address goes to the technician's browser with a session in it; anything but the company's own sign-in host
//! over https (or the embedded server's loopback) is refused, with the reason.

use crate::domain::error::{Cause, Error, Extra, Operation, RetryAdvice};
use crate::domain::launch::Refusal;
use crate::domain::text::clean;
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
    if is_loopback(base_url) && is_loopback(&url) && same_origin(&url, base_url) {
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

/// The address of a page of the server itself, if it is one and the server is on this machine: only there may a
/// page be opened that is no launch.
pub fn own_origin_page(uri: String, base_url: &Url) -> Option<String> {
    // Without a sign-in host nothing but the server's own loopback passes.
    check(&uri, "", base_url).is_ok().then_some(uri)
}

/// Whether the server's own address may be used.
///
/// # Errors
/// [`Cause::BadAddress`] or [`Cause::AddressHolds`] with the address, without any user name or password in it.
pub fn check_base(base: &Url) -> Result<(), Error> {
    let secure = base.scheme() == "https" || (base.scheme() == "http" && is_loopback(base));
    // Put together from its parts: whatever is a credential in it stays out.
    let port = base.port().map(|port| format!(":{port}")).unwrap_or_default();
    let address = format!("{}://{}{port}{}", base.scheme(), base.host_str().unwrap_or_default(), base.path());
    let address = short(&address);
    let cause = if !secure || !base.has_host() {
        Cause::BadAddress { address }
    } else if !base.username().is_empty() || base.password().is_some() {
        Cause::AddressHolds { address, extra: Extra::Credentials }
    } else if base.query().is_some() || base.fragment().is_some() {
        Cause::AddressHolds { address, extra: Extra::Query }
    } else {
        return Ok(());
    };
    Err(Error::new(Operation::SignIn, cause, RetryAdvice::Never))
}

/// Host and port, for sentences.
pub(super) fn host_port(base: &Url) -> String {
    let name = base.host_str().unwrap_or_default();
    base.port_or_known_default().map_or_else(|| name.to_owned(), |port| format!("{name}:{port}"))
}

/// On this machine and nowhere else.
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

fn same_origin(url: &Url, base: &Url) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const HOST: &str = "brightwater.1password.example";

    fn url(text: &str) -> Url {
        text.parse().unwrap()
    }

    fn remote(uri: &str) -> Result<(), Refusal> {
        check(uri, HOST, &url("https://api.harbour.example"))
    }

    fn embedded(uri: &str) -> Result<(), Refusal> {
        check(uri, HOST, &url("http://127.0.0.1:4815/"))
    }

    #[test]
    fn the_companys_own_sign_in_host_is_opened() {
        for good in [
            "https://brightwater.1password.example/launch/abc?to=vaults&x=%20y#z",
            "HTTPS://Brightwater.1Password.Example/launch",
            "https://brightwater.1password.example:443/",
            "https://brightwater.1password.example?once=a-b_c.d~e+f,g=h@i",
        ] {
            assert_eq!(remote(good), Ok(()), "{good}");
        }
        let idn = check("https://xn--mller-kva.example/", "müller.example", &url("https://api.harbour.example"));
        assert_eq!(idn, Ok(()));
    }

    #[test]
    fn the_embedded_servers_own_pages_are_opened_and_no_other_door_of_the_machine() {
        for good in ["http://127.0.0.1:4815/launch/abc", "http://localhost:4815/x", "http://[::1]:4815/x"] {
            assert_eq!(embedded(good), Ok(()), "{good}");
        }
        for bad in ["http://127.0.0.1:22/", "http://127.0.0.1/", "http://10.0.0.1:4815/", "http://localhost.evil:4815/"]
        {
            assert_eq!(embedded(bad), Err(Refusal::Scheme("http".into())), "{bad}");
        }
        assert_eq!(embedded("https://127.0.0.1:4815/"), Err(Refusal::Host("127.0.0.1:4815".into())));
        assert_eq!(remote("http://127.0.0.1:4815/"), Err(Refusal::Scheme("http".into())));
        assert_eq!(remote("http://localhost/"), Err(Refusal::Scheme("http".into())));
    }

    #[test]
    fn a_page_is_the_servers_own_on_this_machine_or_none() {
        let here = url("http://127.0.0.1:4815/");
        let page = |uri: &str, base: &Url| own_origin_page(uri.into(), base);
        assert_eq!(page("http://127.0.0.1:4815/owner", &here).as_deref(), Some("http://127.0.0.1:4815/owner"));
        for bad in ["http://127.0.0.1:22/owner", "https://evil.example/owner", "http://127.0.0.1:4815/$(id)", "owner"] {
            assert_eq!(page(bad, &here), None, "{bad}");
        }
        for remote in ["https://api.harbour.example", "https://api.harbour.example:8443/"] {
            assert_eq!(page("http://127.0.0.1:4815/owner", &url(remote)), None, "another server names no page here");
            assert_eq!(page(&format!("{remote}/owner"), &url(remote)), None);
        }
    }

    #[test]
    fn bad_addresses_are_refused_with_their_reason() {
        let scheme = |text: &str| Refusal::Scheme(text.into());
        let host = |text: &str| Refusal::Host(text.into());
        let long = format!("https://{HOST}/{}", "a".repeat(10_000));
        let table = [
            ("javascript:alert(1)", scheme("javascript")),
            ("JavaScript:alert(1)", scheme("javascript")),
            ("file:///etc/passwd", scheme("file")),
            ("data:text/html,<script>x</script>", scheme("data")),
            ("smb://evil.example/share", scheme("smb")),
            ("ms-settings:privacy", scheme("ms-settings")),
            ("ms-msdt:/id PCWDiagnostic", Refusal::Characters),
            ("search-ms:query=x", scheme("search-ms")),
            ("vbscript:x", scheme("vbscript")),
            ("http://brightwater.1password.example/", scheme("http")),
            ("https://user@brightwater.1password.example/", Refusal::Credentials),
            ("https://user:word@brightwater.1password.example/", Refusal::Credentials),
            ("https://@brightwater.1password.example/", Refusal::Credentials),
            ("https://brightwater.1password.example@evil.example/", Refusal::Credentials),
            ("https://brightwater.1password.example:x@evil.example/", Refusal::Credentials),
            ("https://evil.example/", host("evil.example")),
            ("https://evil.example/?brightwater.1password.example", host("evil.example")),
            ("https://brightwater.1password.example.evil.example/", host("brightwater.1password.example.evil.example")),
            ("https://sub.brightwater.1password.example/", host("sub.brightwater.1password.example")),
            ("https://brightwater.1password.example./", host("brightwater.1password.example.")),
            ("https://brightwater.1password.example:8443/", host("brightwater.1password.example:8443")),
            ("https://xn--brghtwater-q5a.1password.example/", host("xn--brghtwater-q5a.1password.example")),
            ("https://127.0.0.1/", host("127.0.0.1")),
            ("https://[::1]/", host("[::1]")),
            ("https://br\u{456}ghtwater.1password.example/", Refusal::Characters),
            ("https://brightwater\u{2024}1password.example/", Refusal::Characters),
            ("https://brightwater.1password.example/a b", Refusal::Characters),
            (" https://brightwater.1password.example/", Refusal::Characters),
            ("https://brightwater.1password.example/\"x", Refusal::Characters),
            ("https://brightwater.1password.example/'x", Refusal::Characters),
            ("https://brightwater.1password.example/$(id)", Refusal::Characters),
            ("https://brightwater.1password.example/`id`", Refusal::Characters),
            ("https://brightwater.1password.example/;id", Refusal::Characters),
            ("https://brightwater.1password.example/|id", Refusal::Characters),
            ("https://brightwater.1password.example/%s", Refusal::Characters),
            ("https://brightwater.1password.example/%", Refusal::Characters),
            ("https://brightwater.1password.example/%0a", Refusal::Characters),
            ("https://brightwater.1password.example/%1B[2J", Refusal::Characters),
            ("https://brightwater.1password.example/a\nb", Refusal::Characters),
            ("https://brightwater.1password.example/\u{1b}[2J", Refusal::Characters),
            ("https://brightwater.1password.example/\u{202e}x", Refusal::Characters),
            ("https:\\\\brightwater.1password.example\\", Refusal::Characters),
            ("ht\ttps://brightwater.1password.example/", Refusal::Characters),
            ("-https://brightwater.1password.example/", Refusal::NotAnAddress),
            ("--incognito", Refusal::NotAnAddress),
            ("//brightwater.1password.example/", Refusal::NotAnAddress),
            ("brightwater.1password.example", Refusal::NotAnAddress),
            ("https:brightwater.1password.example", Refusal::NotAnAddress),
            ("https:/brightwater.1password.example", Refusal::NotAnAddress),
            ("https:///brightwater.1password.example", Refusal::NotAnAddress),
            ("https://", Refusal::NotAnAddress),
            ("https://brightwater.1password.example:99999/", Refusal::NotAnAddress),
            ("", Refusal::NotAnAddress),
            (&long, Refusal::NotAnAddress),
        ];
        for (bad, reason) in table {
            assert_eq!(remote(bad), Err(reason.clone()), "{bad:?}");
            assert!(embedded(bad).is_err(), "{bad:?} must not be opened from the embedded server either");
        }
    }

    #[test]
    fn no_host_is_right_when_none_is_known() {
        for host in ["", " ", "/", "*", "*.example", ".."] {
            assert!(check("https://brightwater.1password.example/", host, &url("https://api.example")).is_err());
        }
    }

    #[test]
    fn the_servers_address_is_https_or_loopback_and_shown_without_credentials() {
        for good in [
            "https://api.harbour.example",
            "https://api.harbour.example:8443/msp/",
            "http://127.0.0.1:4815",
            "http://127.9.9.9",
            "http://[::1]:1/",
            "http://localhost:1",
        ] {
            assert_eq!(check_base(&url(good)), Ok(()), "{good}");
        }
        for (bad, shown) in [
            ("http://api.harbour.example/", "http://api.harbour.example/"),
            ("http://localhost.evil.example/", "http://localhost.evil.example/"),
            ("http://192.168.1.1/", "http://192.168.1.1/"),
            ("ftp://api.example/", "ftp://api.example/"),
            ("mailto:hush@example", "mailto://hush@example"),
        ] {
            let cause = Cause::BadAddress { address: shown.into() };
            assert_eq!(check_base(&url(bad)).unwrap_err().cause, cause, "{bad}");
        }
        for (bad, shown, extra) in [
            ("https://user:hush@api.example:9/x", "https://api.example:9/x", Extra::Credentials),
            ("https://u:p@localhost", "https://localhost/", Extra::Credentials),
            ("http://u:p@127.0.0.1", "http://127.0.0.1/", Extra::Credentials),
            ("https://user@api.example", "https://api.example/", Extra::Credentials),
            ("https://api.example/?token=hush", "https://api.example/", Extra::Query),
            ("https://api.example/#hush", "https://api.example/", Extra::Query),
        ] {
            let cause = Cause::AddressHolds { address: shown.into(), extra };
            assert_eq!(check_base(&url(bad)).unwrap_err().cause, cause, "https is there: {bad}");
        }
    }

    proptest! {
        #[test]
        fn whatever_passes_leads_to_the_right_host_and_nowhere_else(
            uri in "(https?|HTTPS|ftp|javascript)(:|:/|://|:///)([a-z:@]{0,4}@)?(brightwater\\.1password\\.example|127\\.0\\.0\\.1|evil\\.example|\\PC{0,12})(:443|:4815|:22)?([/?#].{0,20})?",
        ) {
            for base in ["https://api.harbour.example", "http://127.0.0.1:4815/"] {
                let base = url(base);
                if check(&uri, HOST, &base).is_ok() {
                    let opened = Url::parse(&uri).unwrap();
                    let own = opened.scheme() == "https" && opened.host_str() == Some(HOST) && opened.port().is_none();
                    let here = is_loopback(&base) && is_loopback(&opened) && opened.port() == base.port();
                    prop_assert!(own || here, "{}", uri);
                    prop_assert!(opened.username().is_empty() && opened.password().is_none());
                    let harmless = |byte: u8| byte.is_ascii_graphic() && !b"\"'`$()<>\\;|{}^".contains(&byte);
                    prop_assert!(uri.bytes().all(harmless), "{}", uri);
                }
            }
        }

        #[test]
        fn no_text_makes_the_check_panic(uri in "\\PC*|.*|https://.*", host in ".*") {
            let _ = check(&uri, &host, &url("https://api.harbour.example"));
        }
    }
}
