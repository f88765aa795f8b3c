//! Confirmation links, as they come out of a mail: an Owner of the company sends one, the MSP accepts by it. One
//! reader for the dialog, the command and the server.

use super::region::Region;
use super::text::clean_lines;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use url::Url;

/// Letters of the token in a confirmation link, at least and at most.
const TOKEN: std::ops::RangeInclusive<usize> = 26..=64;
/// One protection may wrap the address of another.
const DEEPEST: u8 = 4;
/// Letters of a mail that are read, addresses in it that are looked at, and lines that one may be broken into.
const LONGEST: usize = 64 * 1024;
const MOST: usize = 100;
const MOST_LINES: usize = 12;
/// A line as long as this may have been broken by a mail program, which needs 70 or so.
const BROKEN: usize = 60;
/// Mail protections that keep the address to themselves: only their own server knows where the link leads.
const OPAQUE: [&str; 4] = ["mimecast.com", "mimecastprotect.com", "hornetsecurity.com", "emailprotection.link"];

/// A confirmation link that is one: a key to the company, so `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct ConfirmationLink {
    text: String,
    pub region: &'static str,
}

/// Why a text is not taken as a confirmation link. It is not sent anywhere then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotThisLink {
    Empty,
    /// Nothing of the shape `https://NAME.REGION/link/TOKEN`.
    Shape,
    /// On a host that is none of 1Password's.
    Host(String),
    /// Hidden by the mail protection at this host, which alone knows where the link leads.
    Redacted(String),
    /// Different links: which one is meant is not ours to guess.
    Several,
    /// Of a company in another data region than the MSP account, which can only manage companies of its own.
    Region(&'static str),
}

impl ConfirmationLink {
    /// Finds the one confirmation link in a text, `https://{anything}.{region}/link/{token}`, the token of 26 to 64
    /// letters: in brackets or quotes, at the end of a sentence, broken into lines, wrapped by a mail protection.
    ///
    /// # Errors
    /// Why there is none.
    pub fn parse(text: &str) -> Result<Self, NotThisLink> {
        let text: String = clean_lines(text).chars().take(LONGEST).collect();
        if text.trim().is_empty() {
            return Err(NotThisLink::Empty);
        }
        // Of an answer to a mail too, which has a sign before each line.
        let lines: Vec<&str> = text.lines().map(|line| line.trim_start_matches(['>', ' ']).trim_end()).collect();
        // Nothing but an address: then every line belongs to it.
        let alone = lines.iter().all(|line| !line.contains(' '));
        let (mut found, mut why, mut looked_at) = (Vec::new(), None, 0);
        for (at, line) in lines.iter().enumerate() {
            let following = lines.get(at + 1..).unwrap_or(&[]);
            for word in line.split(' ') {
                // An HTML link holds two: where it leads, and what is shown of that.
                let mut rest = word;
                while let Some(address) = scheme(rest).and_then(|start| rest.get(start..)).filter(|_| looked_at < MOST)
                {
                    looked_at += 1;
                    let (own, after) = cut(address);
                    let last = after.is_empty() && line.ends_with(word);
                    match Self::over_lines(own, line.len(), if last { following } else { &[] }, alone) {
                        Ok(link) if !found.contains(&link) => found.push(link),
                        Ok(_) => {}
                        Err(problem) => why = why.or(Some(problem)),
                    }
                    rest = after;
                }
            }
        }
        match (found.pop(), found.is_empty()) {
            (Some(link), true) => Ok(link),
            (Some(_), false) => Err(NotThisLink::Several),
            (None, _) => Err(why.unwrap_or(NotThisLink::Shape)),
        }
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
    pub fn reveal(&self) -> &str {
        &self.text
    }

    /// What the link is known by, for the one who looks it up.
    pub fn token(&self) -> &str {
        self.text.rsplit('/').next().unwrap_or_default()
    }

    /// An address, and the lines behind it as far as they go on with it.
    fn over_lines(first: &str, width: usize, following: &[&str], alone: bool) -> Result<Self, NotThisLink> {
        let mut result = Self::read(first, DEEPEST);
        let (mut joined, mut before) = (first.to_owned(), width);
        for line in following.iter().take(MOST_LINES) {
            if line.is_empty() || line.contains(' ') || scheme(line).is_some() {
                break;
            }
            let (own, after) = cut(line);
            joined.push_str(own);
            match (&result, Self::read(&joined, DEEPEST)) {
                // Both are links: the longer one, where the line was broken rather than at its end.
                (Ok(_), Ok(longer)) if alone || before >= BROKEN => result = Ok(longer),
                (Ok(_), _) => break,
                (Err(_), Ok(link)) => result = Ok(link),
                (Err(_), Err(_)) => {}
            }
            if !after.is_empty() {
                break;
            }
            before = line.len();
        }
        result
    }

    /// Reads an address, or the one that it wraps.
    fn read(address: &str, depth: u8) -> Result<Self, NotThisLink> {
        let address = address.trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '…', '’']);
        let why = match Self::bare(address) {
            Ok(link) => return Ok(link),
            Err(why) => why,
        };
        let Ok(outer) = Url::parse(address) else { return Err(why) };
        if depth > 0
            && let Some(link) = wrapped(&outer).iter().find_map(|inner| Self::read(inner, depth - 1).ok())
        {
            return Ok(link);
        }
        let host = outer.host_str().unwrap_or_default();
        let keeps = |end: &str| host.strip_suffix(end).is_some_and(|before| before.is_empty() || before.ends_with('.'));
        if OPAQUE.into_iter().any(keeps) { Err(NotThisLink::Redacted(shown(host))) } else { Err(why) }
    }

    fn bare(address: &str) -> Result<Self, NotThisLink> {
        let rest = scheme(address).filter(|start| *start == 0).and_then(|_| address.get(SCHEME.len()..));
        let (host, path) = rest.and_then(|rest| rest.split_once('/')).ok_or(NotThisLink::Shape)?;
        let token = path.strip_prefix("link/").ok_or(NotThisLink::Shape)?;
        let token = token.strip_suffix('/').unwrap_or(token);
        let letters =
            |text: &str, more: &[u8]| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || more.contains(&byte));
        if !letters(host, b"-.") || !letters(token, b"-_") || !TOKEN.contains(&token.len()) {
            return Err(NotThisLink::Shape);
        }
        let host = host.to_ascii_lowercase();
        let region = Region::of_host(&host).ok_or_else(|| NotThisLink::Host(shown(&host)))?;
        Ok(Self { text: format!("https://{host}/link/{token}"), region: region.as_str() })
    }
}

const SCHEME: &str = "https://";

/// Where an address begins.
fn scheme(text: &str) -> Option<usize> {
    text.to_ascii_lowercase().find(SCHEME)
}

/// An address, up to what no address has unless it is written otherwise, and what stands behind that.
fn cut(text: &str) -> (&str, &str) {
    let end =
        text.find(['"', '\'', '<', '>', '`', '|', '(', ')', '[', ']', '{', '}', '“', '”', '„', '«', '»', '‹', '›']);
    end.and_then(|end| text.split_at_checked(end)).unwrap_or((text, ""))
}

fn shown(host: &str) -> String {
    host.chars().take(100).collect()
}

/// The addresses that an address may wrap. Whose protection it is does not matter: what comes out has to be a link on
/// a host of 1Password's, and goes nowhere else.
fn wrapped(outer: &Url) -> Vec<String> {
    let decoded =
        |text: &str| url::form_urlencoded::parse(format!("x={text}").as_bytes()).next().map(|(_, it)| it.into_owned());
    let mut inner = Vec::new();
    // Outlook, Google, Barracuda and most others: a value of the query, as it is or in base64 (Sophos).
    for (name, value) in outer.query_pairs() {
        // Proofpoint, second version: other signs for `%` and `/`.
        if name == "u" {
            inner.extend(decoded(&value.replace('-', "%").replace('_', "/")));
        }
        let bytes = [STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD]
            .iter()
            .find_map(|base| base.decode(value.as_bytes()).ok());
        inner.extend(bytes.and_then(|bytes| String::from_utf8(bytes).ok()));
        inner.push(value.into_owned());
    }
    // Proofpoint, third version: `/v3/__ADDRESS__;…`, in which two slashes may have become one.
    let path = outer.path();
    if let Some((address, _)) = path.strip_prefix("/v3/__").and_then(|rest| rest.rsplit_once("__;")) {
        inner.push(address.replacen("https:/", SCHEME, 1).replacen(":///", "://", 1));
    }
    // Cisco: a part of the path.
    inner.extend(path.split('/').filter_map(decoded));
    inner
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

    /// The same link as mail programs, protections and people pass it on.
    #[test]
    fn a_link_is_found_however_a_mail_wraps_it() {
        let link = format!("https://b.1password.eu/link/{TOKEN}");
        let encoded = link.replace(':', "%3A").replace('/', "%2F");
        let base64 = URL_SAFE_NO_PAD.encode(&link);
        let second = encoded.replace('-', "%2D").replace('_', "%5F").replace("%2F", "_").replace('%', "-");
        let (start, end) = link.split_at(link.len() - 3);
        let (first, rest) = link.split_at(30);
        let outlook =
            format!("https://eur01.safelinks.protection.outlook.com/?url={encoded}&data=05%7C02%7C&reserved=0");
        let twice =
            outlook.replace('%', "%25").replace(':', "%3A").replace('&', "%26").replace('=', "%3D").replace('?', "%3F");
        for text in [
            format!("<{link}>"),
            format!("\"{link}\""),
            format!("‘{link}’"),
            format!("„{link}“"),
            format!("({link})."),
            format!("{link}."),
            format!("{link},"),
            format!("**{link}**"),
            format!("\u{feff}{link}\r\n"),
            format!("[{link}]({link})"),
            format!("<a href=\"{link}\">{link}</a>"),
            format!("<{link}|{link}>"),
            format!("Hello,\r\nplease accept {link}, thank you.\r\nAda, https://ada.example/me\r\n"),
            format!("{first}\n{rest}"),
            format!("  {first}\r\n  {rest}\r\n"),
            format!("<{first}\r{rest}>\rThanks"),
            format!("Ada wrote:\n> please accept\n> {first}\n> {rest}\n>\n> Ada"),
            format!("{start}\n{end}"),
            format!("Please open this one with your own account: {start}\n{end}\n\nThank you."),
            format!("Please open\n{link}\nThanks"),
            format!("{link}\nand more"),
            outlook.clone(),
            format!("<{outlook}>."),
            format!("https://www.google.com/url?sa=D&q={link}&ust=1"),
            format!("https://www.google.com/url?url={encoded}"),
            format!("https://urldefense.proofpoint.com/v2/url?u={second}&d=DwMFaQ&c=x&e="),
            format!("https://urldefense.proofpoint.com/v1/url?u={encoded}&k=1"),
            format!("https://urldefense.com/v3/__{link}__;!!AbC-_!Def$"),
            format!("https://urldefense.com/v3/__{}__;!!AbC!Def$ ", link.replace("//", "/")),
            format!("https://linkprotect.cudasvc.com/url?a={encoded}&c=E,1&typo=1"),
            format!("https://eu-west-1.protection.sophos.com?d=1password.eu&u={base64}&i=Nj"),
            format!("https://secure-web.cisco.com/1abc-_d/{encoded}"),
            format!("https://nam02.safelinks.protection.outlook.com/?url={twice}&data=04"),
        ] {
            assert_eq!(
                ConfirmationLink::parse(&text).as_ref().map(ConfirmationLink::reveal),
                Ok(link.as_str()),
                "{text}"
            );
            assert_eq!(ConfirmationLink::parse(&text).unwrap().token(), TOKEN);
        }
    }

    #[test]
    fn what_no_one_can_unwrap_or_choose_is_said() {
        let link = |name: &str| format!("https://{name}.1password.eu/link/{TOKEN}");
        for (text, why) in [
            (
                "https://protect-eu.mimecast.com/s/AbCdEf?domain=b.1password.eu".into(),
                NotThisLink::Redacted("protect-eu.mimecast.com".into()),
            ),
            (format!("{} {}", link("a"), link("b")), NotThisLink::Several),
            (format!("https://evil.example/link/{TOKEN}"), NotThisLink::Host("evil.example".into())),
            (
                format!("https://mimecast.com.evil.example/link/{TOKEN}"),
                NotThisLink::Host("mimecast.com.evil.example".into()),
            ),
            ("https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fx.example".into(), NotThisLink::Shape),
            ("https://two /link/ words".into(), NotThisLink::Shape),
        ] {
            assert_eq!(ConfirmationLink::parse(&text), Err(why), "{text}");
        }
    }

    #[test]
    fn a_link_of_another_region_is_not_taken_and_none_is_logged() {
        let text = format!(" <https://b.1password.eu/link/{TOKEN}/> ");
        let link = ConfirmationLink::for_region(&text, "1password.eu").unwrap();
        assert_eq!(link.reveal(), format!("https://b.1password.eu/link/{TOKEN}"));
        assert!(!format!("{link:?}").contains(TOKEN));
        assert_eq!(ConfirmationLink::for_region(&text, "1password.com"), Err(NotThisLink::Region("1password.eu")));
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_the_reading_panic(text in "\\PC*|(https://.*\n){0,3}|https://[a-z.]{0,20}1password\\.(eu|com)/link/.{0,70}|https://urldefense.com/v3/__.*__;.*") {
            if let Ok(link) = ConfirmationLink::parse(&text) {
                proptest::prop_assert!(link.region.parse::<Region>().is_ok());
            }
        }
    }
}
