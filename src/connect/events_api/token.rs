//! What a token says about itself. 1Password's own programs read it as a JSON Web Token; nothing depends on it here.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

/// RFC 7519. Unsigned as far as we know: good for a reminder, and for nothing else.
#[derive(Deserialize)]
struct Claims {
    exp: i64,
}

pub fn expiry(token: &SecretString) -> Option<Timestamp> {
    let claims = token.expose_secret().split('.').nth(1)?;
    let claims: Claims = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).ok()?).ok()?;
    Timestamp::from_second(claims.exp).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_token_with_an_end_has_one() {
        let token = |claims: &str| SecretString::from(format!("h.{}.s", URL_SAFE_NO_PAD.encode(claims)));
        let end = expiry(&token(r#"{"exp":1798761600,"1password.com/fts":["auditevents"]}"#));
        assert_eq!(end.unwrap().to_string(), "2027-01-01T00:00:00Z");
        for claims in ["{}", r#"{"exp":"soon"}"#, r#"{"exp":99999999999999999}"#, "not json"] {
            assert_eq!(expiry(&token(claims)), None, "{claims}");
        }
        for text in ["", "opaque", "a.b", "a.%%%.c"] {
            assert_eq!(expiry(&SecretString::from(text)), None, "{text}");
        }
    }
}
