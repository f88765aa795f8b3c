//! Whether there is a system keyring. Nothing is read from it or written to it.

use super::report::Check;
use crate::config::keyring_available;
use std::sync::mpsc;
use std::time::Duration;

const SECTION: &str = "this machine";
/// One that is there answers at once; one that hangs must not hold up the report.
const LIMIT: Duration = Duration::from_secs(3);

pub fn check() -> Check {
    let (tell, told) = mpsc::sync_channel(1);
    let ask = move || {
        // Nobody listens any more: it came too late.
        let _ = tell.send(keyring_available());
    };
    if std::thread::Builder::new().name("keyring".to_owned()).spawn(ask).is_err() {
        return Check::skip(SECTION, "keyring", "no thread to ask it with".into());
    }
    let none = |said: String| {
        Check::warn(SECTION, "keyring", said)
            .advice("Secrets come from a command, a file (mode 0600) or the environment")
    };
    match told.recv_timeout(LIMIT) {
        Ok(Ok(())) => Check::ok(SECTION, "keyring", "there".into()),
        Ok(Err(reason)) => none(format!("none: {}", reason.chars().take(160).collect::<String>())),
        Err(_) => none(format!("no answer within {} s", LIMIT.as_secs())),
    }
}
