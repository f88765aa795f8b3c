//! Addresses on the web, as people type them.

use url::Url;

/// Longest address, in characters (contract).
pub const LONGEST: usize = 255;

/// What is typed as an address of the web, with its scheme: `https` where none is given. `None` when it is none.
pub fn parse(typed: &str) -> Option<String> {
    let typed = typed.trim();
    let full = if typed.contains("://") { typed.to_owned() } else { format!("https://{typed}") };
    let url = Url::parse(&full).ok()?;
    let host = url.host_str()?;
    let label =
        |label: &str| !label.is_empty() && label.bytes().all(|c| c.is_ascii_alphanumeric() || b"-_".contains(&c));
    let fine = matches!(url.scheme(), "http" | "https")
        && url.username().is_empty()
        && url.password().is_none()
        // A name with a dot that is neither first nor last, in the letters that names are asked for in.
        && host.contains('.')
        && host.split('.').all(label)
        && !typed.chars().any(|c| c.is_whitespace() || c == '\\')
        && full.chars().count() <= LONGEST;
    fine.then_some(full)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_scheme_is_added() {
        for (typed, saved) in [
            ("brightwater.example", "https://brightwater.example"),
            (" www.brightwater.example/a?b=c ", "https://www.brightwater.example/a?b=c"),
            ("http://old.example", "http://old.example"),
            ("müller.example", "https://müller.example"),
            ("brightwater.example:8443", "https://brightwater.example:8443"),
        ] {
            assert_eq!(parse(typed).as_deref(), Some(saved), "{typed}");
        }
    }

    #[test]
    fn what_is_no_address_is_refused() {
        let long = format!("{}.example", "a".repeat(300));
        for typed in [
            "",
            "brightwater",
            "bright water.example",
            "ftp://brightwater.example",
            "javascript:alert(1)",
            "mailto:a@b.example",
            "https://user:word@b.example",
            "https://",
            "https://.example",
            "https://example.",
            "https://a..example",
            "example.com,",
            "(example.com)",
            "https:\\\\example.com",
            "https://[::1]",
            &long,
        ] {
            assert_eq!(parse(typed), None, "{typed}");
        }
    }
}
