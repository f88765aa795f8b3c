//! What the database keeps of a secret.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest::{SHA256, digest};
use subtle::ConstantTimeEq;

/// The SHA-256 of a secret that was made at random, in base64. What a person chose would be guessed from it.
#[derive(Clone)]
pub struct SecretHash(String);

impl SecretHash {
    pub fn of(secret: &str) -> Self {
        Self(sha256(secret))
    }

    /// One that the database has.
    pub fn stored(text: String) -> Self {
        Self(text)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether both are of the same secret, in a time that does not tell where they differ.
    pub fn same(&self, other: &Self) -> bool {
        self.0.as_bytes().ct_eq(other.0.as_bytes()).into()
    }
}

/// In base64.
pub fn sha256(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(digest(&SHA256, text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_sha_256_and_compared_whole() {
        let hash = SecretHash::of("ABC");
        // printf ABC | openssl dgst -sha256 -binary | basenc --base64url
        assert_eq!(hash.as_str(), "tdQEXD9Gb6kf4sxqvnkjKhpXzfEE96JucW4KHieJ33g");
        assert!(hash.same(&SecretHash::stored(hash.as_str().to_owned())));
        assert!(!hash.same(&SecretHash::of("ABD")) && !hash.same(&SecretHash::stored(String::new())));
    }
}
