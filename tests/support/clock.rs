//! The time of day and the zone that a test is given, never the machine's: a run says the same on any day, at any
//! hour, in any zone. `.ci/run` gives some of them others than the usual.

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// When every test begins: RFC 3339, as 2026-12-31T23:59:00Z.
const START: &str = "MSPDASH_TEST_NOW";
const USUAL_START: &str = "2026-11-28T09:30:00Z";

/// Where: in the POSIX form, as EST5EDT,M3.2.0,M11.1.0, which needs no time-zone database.
const ZONE: &str = "MSPDASH_TEST_ZONE";
const USUAL_ZONE: &str = "UTC0";

fn given(name: &str, usual: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| usual.to_owned())
}

/// When the test begins. From the first call on, the clock of this process stands there: however long the tests before
/// this one took, and whatever else runs beside it, its server, its client and its files agree.
pub fn start() -> Timestamp {
    let start = given(START, USUAL_START).parse().unwrap();
    mspdash::clock::stop_at(start);
    start
}

/// Where the test takes place.
pub fn zone() -> TimeZone {
    TimeZone::posix(&given(ZONE, USUAL_ZONE)).unwrap()
}

/// The environment of a program that begins at that time and place.
pub fn variables() -> [(&'static str, String); 2] {
    // Read before it is handed on: a mistake in it must not pass for UTC.
    let _read = zone();
    [(mspdash::clock::START, start().to_string()), ("TZ", given(ZONE, USUAL_ZONE))]
}
