//! Opaque tokens: where a page ended, and up to where changes are known.

use crate::server::error::ApiError;
use crate::server::store::rows::{FOREIGN, Key};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PageToken {
    /// What was asked for: a token only fits the question that it came from.
    #[serde(rename = "q")]
    pub question: u64,
    /// The last row's values of the order, then its number.
    #[serde(rename = "k")]
    pub keys: Vec<Key>,
    /// How many rows there were in all when the first page was read.
    #[serde(rename = "t")]
    pub total: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeToken {
    #[serde(rename = "d")]
    pub database: String,
    #[serde(rename = "s")]
    pub seq: i64,
}

pub fn write(token: &impl Serialize) -> Result<String, ApiError> {
    let json = serde_json::to_vec(token).map_err(|error| ApiError::internal("a token could not be written", &error))?;
    Ok(URL_SAFE_NO_PAD.encode(json))
}

fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).ok()?).ok()
}

/// Reads a page token for this question, with so many keys.
/// 400 when it is not a token, or that of another question.
pub fn page(text: &str, question: u64, keys: usize) -> Result<PageToken, ApiError> {
    let token = read(text).filter(|token: &PageToken| token.question == question && token.keys.len() == keys);
    token.ok_or_else(|| FOREIGN.into())
}

/// Reads a change token.
/// 400 when it is none.
pub fn change(text: &str) -> Result<ChangeToken, ApiError> {
    read(text).ok_or_else(|| ApiError::field("since", "is not a change token of this API"))
}

/// A number for a question (FNV-1a): only to tell questions apart, not to hide anything.
pub fn question(parts: &[&str]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for part in parts {
        // 0xff never occurs in UTF-8, so parts cannot run into each other.
        for byte in part.bytes().chain([0xff]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    // Stays exact where a JSON reader takes numbers as doubles.
    hash >> 11
}
