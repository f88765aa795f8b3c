//! Links.

use super::Scene;

pub const ALL: &[Scene] = &[];
