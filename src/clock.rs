//! The wall clock: the one place that asks the system for the time of day.
//!
//! Debug builds start it at the time that the environment names, so that a test of the whole program knows today's
//! date. Release builds do not look there.

use jiff::Timestamp;

/// The variable that names the start, in debug builds alone: RFC 3339, as `2026-12-31T23:59:00Z`.
pub const START: &str = "MSPDASH_NOW";

/// The time of day.
#[cfg(not(debug_assertions))]
#[must_use]
pub fn now() -> Timestamp {
    Timestamp::now()
}

/// The time of day: the system's, or as far on from a given start as the system's clock has gone on since the first
/// call, or the time at which it was stopped.
#[cfg(debug_assertions)]
#[must_use]
pub fn now() -> Timestamp {
    if let Some(time) = STOPPED.get() {
        return *time;
    }
    let system = Timestamp::now();
    system
        .checked_add(*SHIFT.get_or_init(|| given().map_or_else(Default::default, |start| start.duration_since(system))))
        .unwrap_or(system)
}

/// Stops the clock of this process, for tests that share it; the first call counts.
#[cfg(debug_assertions)]
pub fn stop_at(time: Timestamp) {
    let _first_one_stays = STOPPED.set(time);
}

#[cfg(debug_assertions)]
static STOPPED: std::sync::OnceLock<Timestamp> = std::sync::OnceLock::new();

#[cfg(debug_assertions)]
static SHIFT: std::sync::OnceLock<jiff::SignedDuration> = std::sync::OnceLock::new();

/// A start that cannot be read is none: it is a variable for tests, which notice.
#[cfg(debug_assertions)]
fn given() -> Option<Timestamp> {
    std::env::var(START).ok()?.parse().ok()
}
