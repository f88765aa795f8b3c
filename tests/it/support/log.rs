//! What is logged, in a process of its own: which log lines are wanted is remembered once for all threads, so that other
//! tests, who want none, would take lines from this one.

use super::own_process::only;
use std::process::Command;
use std::sync::{Arc, Mutex};
use tracing::subscriber::DefaultGuard;

/// Set in that process.
const ALONE: &str = "MSPDASH_TEST_ALONE";

/// A log that is kept in memory.
#[derive(Clone, Default)]
pub struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    /// Takes every line from now on. None outside of the process of its own: this has run the test there.
    pub fn alone<T>(test: impl Fn() -> T) -> Option<(Self, DefaultGuard)> {
        if std::env::var_os(ALONE).is_none() {
            let child =
                Command::new(std::env::current_exe().unwrap()).args(only(test)).env(ALONE, "1").output().unwrap();
            let (told, failed) = (String::from_utf8_lossy(&child.stdout), String::from_utf8_lossy(&child.stderr));
            assert!(child.status.success() && told.contains("1 passed"), "{told}{failed}");
            return None;
        }
        let log = Self::default();
        let writer = log.clone();
        let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_ansi(false);
        let subscriber = subscriber.with_env_filter("mspdash=trace").with_writer(move || writer.clone()).finish();
        Some((log, tracing::subscriber::set_default(subscriber)))
    }

    pub fn bytes(&self) -> Vec<u8> {
        self.0.lock().unwrap().clone()
    }
}

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
