//! The two lines at the top: the connection, and what is counted.

use crate::app::features::companies::Chip;

pub struct Header {
    pub read_only: &'static str,
    pub sample: &'static str,
    pub connecting: &'static str,
    pub starting: &'static str,
    pub loading: fn(u64, Option<u64>) -> String,
    pub live: &'static str,
    pub synced_now: &'static str,
    pub stale: fn(&str) -> String,
    pub never: &'static str,
    pub down: &'static str,
    pub refused: &'static str,
    /// The chips by name, and where there is less room.
    pub chip: fn(Chip) -> &'static str,
    pub chip_short: fn(Chip) -> &'static str,
    pub views: &'static str,
    pub seats: fn(u64) -> &'static str,
    pub tasks: &'static str,
    pub open: &'static str,
    pub position: fn(usize, usize, usize) -> String,
    pub dismiss: fn(&str, &str) -> String,
    pub in_full: fn(&str) -> String,
}
