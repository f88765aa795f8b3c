//! The form for what was seen of a company in the web console.

use crate::app::features::declare::{DeclareField, DeclareProblem};

pub struct Declare {
    pub title: &'static str,
    pub explain: &'static str,
    pub field: fn(DeclareField) -> &'static str,
    pub hint: fn(DeclareField) -> &'static str,
    pub not_seen: &'static str,
    pub problem: fn(DeclareProblem) -> &'static str,
    pub saving: &'static str,
    pub asking: &'static str,
    pub keys: &'static str,
}
