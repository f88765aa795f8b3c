//! People, recoveries and vaults.

use super::Scene;

pub const ALL: &[Scene] = &[];
