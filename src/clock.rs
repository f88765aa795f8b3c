//! The wall clock: the only place that reads the system time.
//!
//! Debug builds take a start time from the environment, so that tests of the whole program know today's date. Release
//! builds ignore it.

use jiff::Timestamp;

/// RFC 3339, e.g. `2026-12-31T23:59:00Z`. Debug builds only.
pub const START: &str = "MSPDASH_NOW";

#[cfg(not(debug_assertions))]
pub fn now() -> Timestamp {
    Timestamp::now()
}

/// The time of day: the system's, or as far on from a given start as the system's clock has gone on since the first
/// call, or the time at which it was stopped.
#[cfg(debug_assertions)]
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

/// An unparsable start time is ignored: it is set by tests, which would notice.
#[cfg(debug_assertions)]
fn given() -> Option<Timestamp> {
    std::env::var(START).ok()?.parse().ok()
}
