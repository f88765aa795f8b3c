//! A valid secret: one line of text, not empty.

use crate::domain::secret::given;
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret, SecretString};

/// In bytes.
pub const LONGEST: usize = 16 << 10;

/// `None` if it is not a single line of text, or far too long.
pub fn one_line(bytes: &Zeroizing<Vec<u8>>) -> Option<&str> {
    let text = given(std::str::from_utf8(bytes).ok()?);
    (text.len() <= LONGEST && !text.chars().any(char::is_control)).then_some(text)
}

pub fn checked(secret: &SecretString) -> Option<SecretString> {
    let bytes = Zeroizing::new(secret.expose_secret().as_bytes().to_vec());
    one_line(&bytes).filter(|text| !text.is_empty()).map(SecretString::from)
}
