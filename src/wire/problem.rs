//! The one shape of errors: `application/problem+json` (RFC 9457) with the contract's own members.

use super::lenient;
use serde::{Deserialize, Serialize};

/// An error of the API.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Problem {
    /// A URI reference that names the kind of problem.
    #[serde(default, rename = "type", deserialize_with = "lenient::text")]
    pub kind: String,
    #[serde(default, deserialize_with = "lenient::text")]
    pub title: String,
    pub status: Option<u16>,
    #[serde(default, deserialize_with = "lenient::text")]
    pub detail: String,
    /// An UPPER word for programs.
    #[serde(default, deserialize_with = "lenient::text")]
    pub code: String,
    /// With `GUIDED_ONLY`: the kind of task by which a technician does it in the web console.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task_kind: Option<String>,
    #[serde(default, deserialize_with = "lenient::items", skip_serializing_if = "Vec::is_empty")]
    pub field_violations: Vec<FieldViolation>,
    /// Names the request in the server's log.
    #[serde(default, deserialize_with = "lenient::text")]
    pub request_id: String,
}

/// A field that was not accepted.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FieldViolation {
    #[serde(default, deserialize_with = "lenient::text")]
    pub field: String,
    #[serde(default, deserialize_with = "lenient::text")]
    pub description: String,
}
