//! What failed, why, and what to do about it.

use super::Keys;
use crate::domain::error::{Cause, Error, Operation};

pub struct Errors {
    pub failed: fn(Operation) -> &'static str,
    /// For a write whose outcome is unknown.
    pub unknown: fn(Operation) -> &'static str,
    pub again_is_safe: &'static str,
    pub look_first: &'static str,
    pub cause: fn(&Cause, &str) -> String,
    pub hint: fn(&Error, Keys<'_>) -> String,
    pub retry_in: fn(u64) -> String,
    pub request_id: &'static str,
    pub server_says: &'static str,
}
