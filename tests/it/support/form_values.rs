//! What people fill in, and what it is read as at every door: the form, the commands, the server.

/// One value of a company.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    Name,
    Website,
    /// In this country.
    PostalCode(&'static str),
    Town,
    ExternalId,
}

impl Kind {
    /// The country that goes with it.
    pub fn country(self) -> &'static str {
        if let Self::PostalCode(country) = self { country } else { "DE" }
    }
}

use Kind::{ExternalId, Name, PostalCode, Town, Website};

/// What is typed, and what is saved; none where it is refused.
pub fn values() -> Vec<(Kind, String, Option<&'static str>)> {
    let text = |(kind, typed, saved): (Kind, &str, Option<&'static str>)| (kind, typed.to_owned(), saved);
    let mut all: Vec<_> = [
        (Name, " Brandt & Söhne\r", Some("Brandt & Söhne")),
        (Name, " ", None),
        (Website, "brightwater.example", Some("https://brightwater.example")),
        (Website, " http://old.example/a?b=c ", Some("http://old.example/a?b=c")),
        (Website, "müller.example", Some("https://müller.example")),
        (Website, "brightwater.example:8443", Some("https://brightwater.example:8443")),
        (Website, "https://.example", None),
        (Website, "https://example.", None),
        (Website, "https://a..example", None),
        (Website, "example.com,", None),
        (Website, "brightwater", None),
        (Website, "ftp://brightwater.example", None),
        (Website, "javascript:alert(1)", None),
        (Website, "https://user:word@b.example", None),
        (PostalCode("DE"), " 24103 ", Some("24103")),
        (PostalCode("DE"), "2410", None),
        (PostalCode("DE"), "x24103", None),
        (PostalCode("GB"), "sw1a 1aa", Some("SW1A 1AA")),
        (PostalCode("CA"), "k1a 0b1", Some("K1A 0B1")),
        (Town, " Kiel\r\n", Some("Kiel")),
        (ExternalId, "HB-7\t", Some("HB-7")),
    ]
    .into_iter()
    .map(text)
    .collect();
    all.extend([
        (Name, "ü".repeat(101), None),
        (Town, "ü".repeat(101), None),
        (ExternalId, "x".repeat(101), None),
        (Website, format!("{}.example", "a".repeat(250)), None),
    ]);
    all
}
