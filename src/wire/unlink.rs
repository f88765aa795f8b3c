//! The pre-flight of an unlink.

use super::{lenient, owned};
use crate::domain::id::Etag;
use crate::domain::unlink::{self, CheckCode, ConsequenceCode, Severity};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The answer of `GET companies/{id}:unlinkPreflight`, and of `:unlink` with `validate_only=true`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Preflight {
    /// The revision that the checks hold for.
    #[serde(default, deserialize_with = "lenient::text")]
    pub etag: String,
    /// The company's name at that revision.
    #[serde(default, deserialize_with = "lenient::text")]
    pub company_name: String,
    #[serde(default, deserialize_with = "lenient::items")]
    pub checks: Vec<Check>,
    #[serde(default, deserialize_with = "lenient::items")]
    pub consequences: Vec<Consequence>,
    #[serde(default, deserialize_with = "lenient::time", skip_serializing_if = "Option::is_none")]
    pub trial_end_time: Option<Timestamp>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    pub code: CheckCode,
    /// `BLOCK`, `WARN` or `INFO`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub severity: String,
    #[serde(default, deserialize_with = "lenient::text")]
    pub title: String,
    #[serde(default, deserialize_with = "lenient::items")]
    pub people: Vec<PersonRef>,
    #[serde(default, deserialize_with = "lenient::some_count", skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
}

/// A person, named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonRef {
    /// Absent where only the name is known.
    #[serde(default, deserialize_with = "lenient::text", skip_serializing_if = "String::is_empty")]
    pub id: String,
    #[serde(default, deserialize_with = "lenient::text")]
    pub display_name: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consequence {
    pub code: ConsequenceCode,
    #[serde(default, deserialize_with = "lenient::text")]
    pub title: String,
}

impl From<Preflight> for unlink::Preflight {
    fn from(wire: Preflight) -> Self {
        let consequences =
            wire.consequences.into_iter().map(|item| unlink::Consequence { code: item.code, title: owned(item.title) });
        Self {
            etag: Etag::new(&wire.etag),
            company_name: owned(wire.company_name),
            checks: wire.checks.into_iter().map(Into::into).collect(),
            consequences: consequences.collect(),
            trial_end_time: wire.trial_end_time,
        }
    }
}

impl From<Check> for unlink::Check {
    fn from(wire: Check) -> Self {
        let severity = match wire.severity.as_str() {
            "INFO" => Severity::Info,
            "WARN" => Severity::Warn,
            _ => Severity::Block,
        };
        Self {
            code: wire.code,
            severity,
            title: owned(wire.title),
            people: wire.people.into_iter().map(|person| owned(person.display_name)).collect(),
            count: wire.count,
        }
    }
}
