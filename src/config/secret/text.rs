//! What counts as a secret: one line of text, not empty.

use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret, SecretString};

/// No secret is longer, in bytes.
pub const LONGEST: usize = 16 << 10;

/// The text without its one line end. `None`: it is no single line of text, or far too long.
pub fn one_line(bytes: &Zeroizing<Vec<u8>>) -> Option<&str> {
    let text = std::str::from_utf8(bytes).ok()?;
    let text = text.strip_suffix('\n').unwrap_or(text);
    let text = text.strip_suffix('\r').unwrap_or(text);
    (text.len() <= LONGEST && !text.chars().any(char::is_control)).then_some(text)
}

/// A secret that came as text, if it is one.
pub fn checked(secret: &SecretString) -> Option<SecretString> {
    let bytes = Zeroizing::new(secret.expose_secret().as_bytes().to_vec());
    one_line(&bytes).filter(|text| !text.is_empty()).map(SecretString::from)
}
