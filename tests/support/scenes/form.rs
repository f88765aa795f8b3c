//! The form of a company.

use super::Scene;

pub const ALL: &[Scene] = &[];
