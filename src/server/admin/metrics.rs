//! The server's figures in Prometheus' text format.
//!
//! By hand: a dozen numbers, most of them kept for other purposes anyway. A crate would bring a registry, macros and a
//! recorder for them.

use crate::files;
use crate::server::state::AppState;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Upper bounds of the histogram, in seconds. Questions for changes may take 45.
const BOUNDS: [f64; 8] = [0.005, 0.025, 0.1, 0.5, 1.0, 5.0, 10.0, 50.0];

#[derive(Default)]
pub struct Metrics {
    /// Answers by route, method and status.
    answered: Mutex<BTreeMap<(String, String, u16), u64>>,
    took: Mutex<BTreeMap<String, Histogram>>,
    /// Connections that are open.
    pub connections: AtomicUsize,
}

#[derive(Default)]
struct Histogram {
    buckets: [u64; BOUNDS.len()],
    sum: f64,
    count: u64,
}

impl Metrics {
    pub fn count(&self, route: &str, method: &str, status: u16, took: Duration) {
        let mut answered = self.answered.lock().unwrap_or_else(PoisonError::into_inner);
        *answered.entry((route.to_owned(), method.to_owned(), status)).or_default() += 1;
        drop(answered);
        let mut all = self.took.lock().unwrap_or_else(PoisonError::into_inner);
        let histogram = all.entry(route.to_owned()).or_default();
        let seconds = took.as_secs_f64();
        histogram.buckets.iter_mut().zip(BOUNDS).filter(|(_, bound)| seconds <= *bound).for_each(|(n, _)| *n += 1);
        histogram.sum += seconds;
        histogram.count += 1;
    }

    /// How many answers of this route had which status, whatever the method.
    pub fn answered(&self, route: &str) -> BTreeMap<u16, u64> {
        let answered = self.answered.lock().unwrap_or_else(PoisonError::into_inner);
        let mut found = BTreeMap::new();
        for ((_, _, status), count) in answered.iter().filter(|((of, ..), _)| of == route) {
            *found.entry(*status).or_default() += count;
        }
        found
    }

    /// A line for each row, behind the name and the type of the figure.
    fn requests(&self, out: &mut String) {
        head(out, "mspdash_http_requests_total", "counter", "Requests that were answered.");
        for ((route, method, status), count) in self.answered.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            let labels = format!("method=\"{method}\",route=\"{route}\",status=\"{status}\"");
            let _ = writeln!(out, "mspdash_http_requests_total{{{labels}}} {count}");
        }
        let name = "mspdash_http_request_duration_seconds";
        head(out, name, "histogram", "Time to the answer. Of companies:changes it includes the wait.");
        for (route, histogram) in self.took.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            for (bound, count) in BOUNDS.iter().zip(histogram.buckets) {
                let _ = writeln!(out, "{name}_bucket{{route=\"{route}\",le=\"{bound}\"}} {count}");
            }
            let Histogram { sum, count, .. } = histogram;
            let _ = writeln!(out, "{name}_bucket{{route=\"{route}\",le=\"+Inf\"}} {count}");
            let _ = writeln!(out, "{name}_sum{{route=\"{route}\"}} {sum}");
            let _ = writeln!(out, "{name}_count{{route=\"{route}\"}} {count}");
        }
    }
}

fn head(out: &mut String, name: &str, kind: &str, help: &str) {
    let _ = writeln!(out, "# HELP {name} {help}\n# TYPE {name} {kind}");
}

/// All figures. Routes are templates and labels hold no text from outside: nothing has to be escaped.
pub fn text(app: &AppState) -> String {
    let mut out = String::new();
    let mut gauge = |name: &str, help: &str, value: u64| {
        head(&mut out, name, "gauge", help);
        let _ = writeln!(out, "{name} {value}");
    };
    let number = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
    gauge("mspdash_connections", "Open connections.", number(app.metrics.connections.load(Ordering::Relaxed)));
    gauge("mspdash_connections_limit", "Connections that are taken at most.", number(app.limits.connections));
    gauge("mspdash_long_polls", "Questions for changes that are held back.", number(app.long_polls.count()));
    gauge("mspdash_changes", "The newest change that this server knows of.", *app.store.changes().borrow());
    // Of PostgreSQL its own exporter tells more.
    if let Some(file) = app.store.file() {
        let parts = ["", "-wal"].map(|suffix| files::with_suffix(file, suffix));
        let bytes = parts.iter().filter_map(|part| std::fs::metadata(part).ok()).map(|about| about.len()).sum();
        gauge("mspdash_database_bytes", "Size of the database with its log.", bytes);
    }
    let version = env!("CARGO_PKG_VERSION");
    head(&mut out, "mspdash_build_info", "gauge", "The version that runs.");
    let _ = writeln!(out, "mspdash_build_info{{version=\"{version}\"}} 1");
    app.metrics.requests(&mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::Options;

    #[test]
    fn answers_are_counted_by_route_method_and_status_and_timed() {
        let app = AppState::open(&Options::default(), String::new()).unwrap();
        for (method, status, ms) in [("GET", 200, 3), ("GET", 200, 700), ("HEAD", 200, 3), ("GET", 404, 60_000)] {
            app.metrics.count("/v1beta1/session", method, status, Duration::from_millis(ms));
        }
        assert_eq!(app.metrics.answered("/v1beta1/session"), [(200, 3), (404, 1)].into());
        let text = text(&app);
        for line in [
            r#"mspdash_http_requests_total{method="GET",route="/v1beta1/session",status="200"} 2"#,
            r#"mspdash_http_request_duration_seconds_bucket{route="/v1beta1/session",le="0.005"} 2"#,
            r#"mspdash_http_request_duration_seconds_bucket{route="/v1beta1/session",le="1"} 3"#,
            r#"mspdash_http_request_duration_seconds_bucket{route="/v1beta1/session",le="50"} 3"#,
            r#"mspdash_http_request_duration_seconds_bucket{route="/v1beta1/session",le="+Inf"} 4"#,
            r#"mspdash_http_request_duration_seconds_count{route="/v1beta1/session"} 4"#,
            "mspdash_long_polls 0",
        ] {
            assert!(text.lines().any(|found| found == line), "{line} is not in\n{text}");
        }
        for name in text.lines().filter_map(|line| line.split(['{', ' ']).next()).filter(|name| *name != "#") {
            let known = name.trim_end_matches("_bucket").trim_end_matches("_sum").trim_end_matches("_count");
            assert!(text.contains(&format!("# TYPE {known} ")), "{name}");
        }
    }
}
