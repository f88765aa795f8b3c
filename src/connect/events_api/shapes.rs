//! What the Events API answers, as published; `tests/published/events` has an example of each. An event is read field by
//! field ([`super::Recorded`]): most of them may be absent.

use serde::Deserialize;
use serde_json::Value;

/// [ev-ref], `IntrospectionV2`.
#[derive(Debug, Deserialize)]
pub struct Introspection {
    #[serde(default)]
    pub issued_at: Option<String>,
    #[serde(default)]
    pub features: Vec<String>,
    #[serde(default)]
    pub account_uuid: Option<String>,
}

/// [ev-ref], `AuditEventItemsV2` and `SignInAttemptItemsV2`. Without its three fields it is no page.
#[derive(Debug, Deserialize)]
pub struct Page {
    pub cursor: String,
    pub has_more: bool,
    /// A list, or null where it is empty.
    pub items: Value,
}
