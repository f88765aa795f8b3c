//! What counts as a secret: one line of text, not empty.

use crate::domain::secret::given;
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret, SecretString};

/// No secret is longer, in bytes.
pub const LONGEST: usize = 16 << 10;

/// The text as it was meant. `None`: it is no single line of text, or far too long.
pub fn one_line(bytes: &Zeroizing<Vec<u8>>) -> Option<&str> {
    let text = given(std::str::from_utf8(bytes).ok()?);
    (text.len() <= LONGEST && !text.chars().any(char::is_control)).then_some(text)
}

/// A secret that came as text, if it is one.
#[must_use]
pub fn checked(secret: &SecretString) -> Option<SecretString> {
    let bytes = Zeroizing::new(secret.expose_secret().as_bytes().to_vec());
    one_line(&bytes).filter(|text| !text.is_empty()).map(SecretString::from)
}
