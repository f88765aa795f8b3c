//! Who issued a certificate and until when it holds, read from its DER form: only to be told to a person.
//! Whether a certificate is trusted is decided by rustls and never here.

use crate::domain::text::clean;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

const SEQUENCE: u8 = 0x30;
const SET: u8 = 0x31;
const INTEGER: u8 = 0x02;
const OID: u8 = 0x06;
const UTC_TIME: u8 = 0x17;
const LONG_TIME: u8 = 0x18;
/// `[0]`, which holds the version and may be absent.
const VERSION: u8 = 0xa0;

/// 2.5.4.3 and 2.5.4.10 (X.520).
const COMMON_NAME: &[u8] = &[0x55, 0x04, 0x03];
const ORGANIZATION: &[u8] = &[0x55, 0x04, 0x0a];

/// What a certificate says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    pub issuer: String,
    /// Until when it holds.
    pub ends: Timestamp,
}

impl Certificate {
    /// Reads what is needed; `None` if it is no certificate (RFC 5280, 4.1).
    pub fn read(der: &[u8]) -> Option<Self> {
        let (_, outer) = Parts(der).next_of(SEQUENCE)?;
        let (_, inner) = Parts(outer).next_of(SEQUENCE)?;
        let mut parts = Parts(inner);
        if parts.0.first() == Some(&VERSION) {
            parts.next()?;
        }
        parts.next_of(INTEGER)?;
        parts.next_of(SEQUENCE)?;
        let (_, issuer) = parts.next_of(SEQUENCE)?;
        let (_, validity) = parts.next_of(SEQUENCE)?;
        let ends = Parts(validity).nth(1).and_then(|(tag, text)| moment(tag, text))?;
        Some(Self { issuer: name(issuer), ends })
    }
}

/// One value after the other: tag and content.
struct Parts<'a>(&'a [u8]);

impl<'a> Iterator for Parts<'a> {
    type Item = (u8, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let (&tag, rest) = self.0.split_first()?;
        let (&first, rest) = rest.split_first()?;
        let (length, rest) = if first < 0x80 {
            (usize::from(first), rest)
        } else {
            // More than three bytes of length are no certificate that anybody sends.
            let count = usize::from(first & 0x7f);
            let (bytes, rest) = rest.split_at_checked(count).filter(|_| (1..=3).contains(&count))?;
            (bytes.iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte)), rest)
        };
        let (content, rest) = rest.split_at_checked(length)?;
        self.0 = rest;
        Some((tag, content))
    }
}

impl<'a> Parts<'a> {
    fn next_of(&mut self, wanted: u8) -> Option<(u8, &'a [u8])> {
        self.next().filter(|(tag, _)| *tag == wanted)
    }
}

/// The common name and the organization, as far as they are there.
fn name(issuer: &[u8]) -> String {
    let (mut common, mut organization) = (None, None);
    let pairs = Parts(issuer).filter(|(tag, _)| *tag == SET).flat_map(|(_, set)| Parts(set));
    for (_, pair) in pairs {
        let mut pair = Parts(pair);
        let (Some((OID, kind)), Some((_, text))) = (pair.next(), pair.next()) else { continue };
        let text = clean(&String::from_utf8_lossy(text)).trim().chars().take(60).collect::<String>();
        match kind {
            COMMON_NAME => common = Some(text),
            ORGANIZATION => organization = Some(text),
            _ => {}
        }
    }
    let parts: Vec<String> = [common, organization].into_iter().flatten().filter(|text| !text.is_empty()).collect();
    if parts.is_empty() { "a nameless authority".to_owned() } else { parts.join(", ") }
}

fn moment(tag: u8, text: &[u8]) -> Option<Timestamp> {
    let text = std::str::from_utf8(text).ok()?.strip_suffix('Z')?;
    let whole = match tag {
        // Two digits of the year: from 50 on they mean the last century (RFC 5280, 4.1.2.5.1).
        UTC_TIME => format!("{}{text}", if text.get(..2)? < "50" { "20" } else { "19" }),
        LONG_TIME => text.to_owned(),
        _ => return None,
    };
    let moment = DateTime::strptime("%Y%m%d%H%M%S", &whole).ok()?;
    moment.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rcgen::{CertificateParams, DistinguishedName, DnType, Issuer, KeyPair, date_time_ymd};

    fn certificate(issuer: &[(DnType, &str)], year: i32) -> Vec<u8> {
        let mut ca = CertificateParams::new(Vec::new()).unwrap();
        ca.distinguished_name = DistinguishedName::new();
        for (kind, text) in issuer {
            ca.distinguished_name.push(kind.clone(), *text);
        }
        let issuer = Issuer::new(ca, KeyPair::generate().unwrap());
        let mut leaf = CertificateParams::new(vec!["api.example".to_owned()]).unwrap();
        leaf.not_after = date_time_ymd(year, 2, 3);
        leaf.signed_by(&KeyPair::generate().unwrap(), &issuer).unwrap().der().to_vec()
    }

    #[test]
    fn issuer_and_end_are_read() {
        let der = certificate(&[(DnType::CommonName, "R\u{1b}12"), (DnType::OrganizationName, "Let’s")], 2031);
        let read = Certificate::read(&der).unwrap();
        assert_eq!(read.issuer, format!("{}, Let’s", clean("R\u{1b}12")));
        assert_eq!(read.ends.to_string(), "2031-02-03T00:00:00Z");
        assert!(!read.issuer.contains('\u{1b}'));
        let far = Certificate::read(&certificate(&[], 2061)).unwrap();
        assert_eq!(far.ends.to_string(), "2061-02-03T00:00:00Z", "the long form from 2050 on");
        assert_eq!(far.issuer, "a nameless authority");
    }

    #[test]
    fn no_bytes_make_the_reader_panic() {
        let der = certificate(&[(DnType::CommonName, "R12")], 2031);
        for end in 0..der.len() {
            let _ = Certificate::read(der.get(..end).unwrap());
        }
        for at in 0..der.len().min(200) {
            for byte in [0, 0x7f, 0x80, 0x84, 0xff] {
                let mut bent = der.clone();
                bent[at] = byte;
                let _ = Certificate::read(&bent);
            }
        }
        assert_eq!(Certificate::read(b"-----BEGIN CERTIFICATE-----"), None);
        assert_eq!(Certificate::read(&[]), None);
    }
}
