//! Marks, tags, attention.

use super::Scene;

pub const ALL: &[Scene] = &[];
