//! Usage and activity.

use super::Scene;

pub const ALL: &[Scene] = &[];
