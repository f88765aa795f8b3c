//! The system browser.

use std::env;
use std::ffi::OsString;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::time::Duration;

use tokio::task::spawn_blocking;
use tokio::time::timeout;
use webbrowser::{Browser, BrowserOptions};

use super::terminal::ending::holding_nothing_back;
use crate::config;
use crate::domain::launch::Hidden;
use crate::domain::text::clean;
use crate::domain::trouble::{Because, Retry, Trouble, What};

/// The hidden command of our program that opens the address on its standard input.
pub const OPENER: &str = "open-address";

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

/// Names of variables that the browser must not inherit, beside our own.
static HIDDEN: OnceLock<Vec<String>> = OnceLock::new();

/// Variables of these names hold secrets too: the browser does not inherit them. To be said once, at the start.
pub fn hide(names: Vec<String>) {
    // Whoever was first has said it.
    let _ = HIDDEN.set(names);
}

/// Starts the browser, without the variables that hold secrets. One that starts and then hangs is started all the same; a search for one that hangs is
/// given up after ten seconds, and its thread is left behind.
///
/// # Errors
/// [`Because::NoBrowser`] with the reason, or [`Because::TimedOut`].
pub async fn open(address: Hidden) -> Result<(), Trouble> {
    let failed = |because| Trouble::new(What::OpenBrowser, because, Retry::Now);
    let opening = spawn_blocking(move || {
        let secret = config::not_inherited(HIDDEN.get().map(Vec::as_slice).unwrap_or_default());
        let secret: Vec<_> = secret.into_iter().filter(|name| env::var_os(name).is_some()).collect();
        if secret.is_empty() { open_here(&address) } else { open_without(&secret, &address) }
    });
    match timeout(LIMIT, opening).await {
        Ok(Ok(Ok(()))) => Ok(()),
        Ok(Ok(Err(error))) => Err(Trouble { detail: error.to_string(), ..failed(Because::NoBrowser) }),
        Ok(Err(_)) => Err(failed(Because::TaskDied)),
        Err(_) => Err(failed(Because::TimedOut { seconds: LIMIT.as_secs() })),
    }
}

/// Starts it from this process.
///
/// # Errors
/// There is none. The error names commands, never the address.
pub fn open_here(address: &Hidden) -> io::Result<()> {
    // Its output would be written across the dashboard.
    let options = BrowserOptions::new().with_suppress_output(true).clone();
    holding_nothing_back(|| webbrowser::open_browser_with_options(Browser::Default, address.reveal(), &options))
}

/// Starts it from a process of our own program that has no such variables: a process cannot safely drop its own. The
/// address goes there by a pipe, as everybody can read command lines.
fn open_without(secret: &[OsString], address: &Hidden) -> io::Result<()> {
    // Also while an update replaces the program's file.
    let program = if cfg!(target_os = "linux") { PathBuf::from("/proc/self/exe") } else { env::current_exe()? };
    let mut command = Command::new(program);
    command.arg(OPENER).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
    for name in secret {
        command.env_remove(name);
    }
    let mut child = command.spawn()?;
    // Dropped at once: the end of the address.
    let sent = child.stdin.take().map_or(Ok(()), |mut pipe| pipe.write_all(address.reveal().as_bytes()));
    let ended = child.wait_with_output()?;
    if ended.status.success() {
        return sent;
    }
    let said = clean(&String::from_utf8_lossy(&ended.stderr)).chars().take(200).collect::<String>();
    Err(io::Error::other(said.trim().trim_start_matches("mspdash: ").to_owned()))
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
