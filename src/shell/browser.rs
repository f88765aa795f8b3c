//! The system browser.

use std::env;
use std::path::Path;
use std::time::Duration;

use tokio::task::spawn_blocking;
use tokio::time::timeout;
use webbrowser::{Browser, BrowserOptions};

use crate::domain::launch::Hidden;
use crate::domain::trouble::{Because, Retry, Trouble, What};

/// How long finding and starting a browser may take.
const LIMIT: Duration = Duration::from_secs(10);

/// Browsers that would take the terminal away from us.
const TEXT_BROWSERS: [&str; 7] = ["w3m", "lynx", "links", "links2", "elinks", "www-browser", "browsh"];

/// Whether there is a browser to hope for: a desktop, or a `$BROWSER` that does not run in the terminal. Where
/// there is none, the dashboard shows the address instead of opening it.
#[must_use]
pub fn available() -> bool {
    likely(cfg!(target_os = "linux"), |name| env::var(name).ok())
}

fn likely(needs_display: bool, variable: impl Fn(&str) -> Option<String>) -> bool {
    let set = |name| variable(name).is_some_and(|value| !value.is_empty());
    if let Some(browsers) = variable("BROWSER").filter(|value| !value.is_empty()) {
        // Tried one after the other until one exists: a text browser anywhere in the list might get its turn.
        return !browsers.split(':').any(takes_terminal);
    }
    let display = set("DISPLAY") || set("WAYLAND_DISPLAY");
    if set("SSH_CONNECTION") {
        return display;
    }
    // Under WSL the browser of Windows is asked.
    display || !needs_display || set("WSL_DISTRO_NAME")
}

fn takes_terminal(command: &str) -> bool {
    let program = command.split_ascii_whitespace().next().unwrap_or_default();
    let name = Path::new(program).file_name().and_then(|name| name.to_str()).unwrap_or_default();
    TEXT_BROWSERS.contains(&name)
}

/// Starts the browser. One that starts and then hangs is started all the same; a search for one that hangs is
/// given up after ten seconds, and its thread is left behind.
///
/// # Errors
/// [`Because::NoBrowser`] with the reason, or [`Because::TimedOut`].
pub async fn open(address: Hidden) -> Result<(), Trouble> {
    let failed = |because| Trouble::new(What::OpenBrowser, because, Retry::Now);
    let opening = spawn_blocking(move || {
        // Its output would be written across the dashboard.
        let options = BrowserOptions::new().with_suppress_output(true).clone();
        webbrowser::open_browser_with_options(Browser::Default, address.reveal(), &options)
    });
    match timeout(LIMIT, opening).await {
        Ok(Ok(Ok(()))) => Ok(()),
        // The error names commands, never the address.
        Ok(Ok(Err(error))) => Err(Trouble { detail: error.to_string(), ..failed(Because::NoBrowser) }),
        Ok(Err(_)) => Err(failed(Because::TaskDied)),
        Err(_) => Err(failed(Because::TimedOut { seconds: LIMIT.as_secs() })),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(variables: &[(&str, &str)], needs_display: bool) -> bool {
        likely(needs_display, |name| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn without_a_desktop_there_is_no_browser() {
        assert!(!with(&[], true));
        assert!(with(&[], false), "macOS needs no DISPLAY");
        assert!(!with(&[("DISPLAY", "")], true));
        assert!(with(&[("DISPLAY", ":0")], true));
        assert!(with(&[("WAYLAND_DISPLAY", "wayland-0")], true));
        assert!(with(&[("WSL_DISTRO_NAME", "Debian")], true));
    }

    #[test]
    fn over_ssh_only_a_forwarded_display_counts() {
        assert!(!with(&[("SSH_CONNECTION", "::1 1 ::1 22")], false));
        assert!(with(&[("SSH_CONNECTION", "::1 1 ::1 22"), ("DISPLAY", "localhost:10")], true));
        assert!(with(&[("SSH_CONNECTION", "::1 1 ::1 22"), ("BROWSER", "code-browser")], true));
    }

    #[test]
    fn a_text_browser_would_take_the_terminal() {
        for browser in ["w3m", "/usr/bin/lynx", "elinks -remote %s", "missing:links"] {
            assert!(!with(&[("BROWSER", browser), ("DISPLAY", ":0")], true), "{browser}");
        }
        assert!(with(&[("BROWSER", "/opt/firefox --new-tab %s")], true));
        assert!(!with(&[("BROWSER", "")], true), "an empty one is as none");
    }
}
