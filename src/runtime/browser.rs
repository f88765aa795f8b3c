//! Opens the system browser through a launcher program, and reports no more than that program tells.

use std::env;
use std::fs;
use std::path::{Path, is_separator};
use std::time::Duration;

use tokio::task::spawn_blocking;
use tokio::time::timeout;
use url::Url;

use super::child;
use crate::domain::error::{Cause, Error, Operation, RetryAdvice};
use crate::domain::launch::{NotOpened, Opening, Redacted, Refusal};
use crate::domain::text::clean;

/// A program may lie on a hanging disk.
const LIMIT: Duration = Duration::from_secs(10);

/// How long a launcher gets to fail. One that still runs then is taken for the browser itself.
const TIMEOUT: Duration = Duration::from_secs(2);

/// They would take over the terminal.
const TEXT_BROWSERS: [&str; 10] =
    ["w3m", "lynx", "links", "links2", "elinks", "www-browser", "browsh", "cha", "netrik", "retawq"];

/// Launchers of a desktop; the first one that works is used.
const DESKTOP: [&[&str]; 3] = [&["xdg-open"], &["gio", "open"], &["x-www-browser"]];
const MAC: [&[&str]; 1] = [&["open"]];
/// The Windows browser, under WSL too. No Windows shell in between: it would interpret characters of the address.
const WINDOWS: [&[&str]; 2] = [&["wslview"], &["rundll32.exe", "url.dll,FileProtocolHandler"]];

#[derive(Debug, PartialEq, Eq)]
struct Opener {
    argv: Vec<String>,
    /// From `$BROWSER`.
    named: bool,
}

/// Whether there is a browser to try: a desktop, or a `$BROWSER` that does not run in the terminal. Otherwise the
/// dashboard shows the address.
pub fn available() -> bool {
    likely(cfg!(target_os = "linux"), &variable)
}

fn variable(name: &str) -> Option<String> {
    env::var(name).ok()
}

fn likely(needs_display: bool, variable: &dyn Fn(&str) -> Option<String>) -> bool {
    let set = |name| variable(name).is_some_and(|value| !value.is_empty());
    let named = named(variable);
    if !named.is_empty() {
        return named.iter().any(|opener| !takes_terminal(Path::new(opener.name())));
    }
    let display = set("DISPLAY") || set("WAYLAND_DISPLAY");
    if set("SSH_CONNECTION") {
        return display;
    }
    // WSL uses the Windows browser.
    display || !needs_display || set("WSL_DISTRO_NAME")
}

fn takes_terminal(program: &Path) -> bool {
    program.file_name().and_then(|name| name.to_str()).is_some_and(|name| TEXT_BROWSERS.contains(&name))
}

/// `$BROWSER` is a list separated as `PATH` is.
fn named(variable: &dyn Fn(&str) -> Option<String>) -> Vec<Opener> {
    let list = variable("BROWSER").unwrap_or_default();
    // As in PATH: a colon there is that of a drive.
    let separator = if child::is_windows(variable) { ';' } else { ':' };
    list.split(separator).map(words).filter(|argv| !argv.is_empty()).map(|argv| Opener { argv, named: true }).collect()
}

/// Splits a command line without a shell; nothing is expanded.
fn words(line: &str) -> Vec<String> {
    let line = line.trim();
    // A path may contain unquoted blanks, as on Windows.
    if line.contains(is_separator) && Path::new(line).is_file() {
        return vec![line.to_owned()];
    }
    let mut words = shlex::split(line).unwrap_or_else(|| vec![line.to_owned()]);
    // For a shell: run in the background. We do so anyway.
    if words.last().is_some_and(|last| last == "&") {
        words.pop();
    }
    words
}

fn openers(mac: bool, variable: &dyn Fn(&str) -> Option<String>) -> Vec<Opener> {
    let named = named(variable);
    if !named.is_empty() {
        return named;
    }
    let windows = variable("WSL_DISTRO_NAME").is_some_and(|name| !name.is_empty()) || child::is_windows(variable);
    let known: Vec<&[&str]> = match (mac, windows) {
        (true, _) => MAC.to_vec(),
        (_, true) => WINDOWS.into_iter().chain(DESKTOP).collect(),
        _ => DESKTOP.to_vec(),
    };
    let opener = |argv: &[&str]| Opener { argv: argv.iter().map(|&word| word.to_owned()).collect(), named: false };
    known.into_iter().map(opener).collect()
}

impl Opener {
    fn name(&self) -> &str {
        self.argv.first().map_or("", String::as_str)
    }

    /// The address is always exactly one argument.
    fn arguments(&self, address: &str) -> Vec<String> {
        let mut placed = false;
        let mut all: Vec<String> = self.argv.iter().skip(1).map(|word| fill(word, address, &mut placed)).collect();
        if !placed {
            all.push(address.to_owned());
        }
        all
    }

    /// Blocks up to `patience`.
    fn run(&self, address: &str, folders: Option<&str>, patience: Duration) -> Result<Opening, NotOpened> {
        let program = child::find(self.name(), folders).ok_or(NotOpened::Missing)?;
        // `www-browser` and the like are links to what is installed.
        let real = fs::canonicalize(&program);
        if takes_terminal(&program) || real.is_ok_and(|real| takes_terminal(&real)) {
            return Err(NotOpened::TakesTerminal);
        }
        let failed = |error: std::io::Error| NotOpened::NotStarted(clean(&error.to_string()).into_owned());
        let mut command = child::command(&program);
        let mut child = child::start(command.args(self.arguments(address))).map_err(failed)?;
        let Some(status) = child::wait_timeout(&mut child, patience).map_err(failed)? else {
            // Reaps the child when it exits.
            let _ = std::thread::Builder::new().name("browser".to_owned()).spawn(move || child.wait());
            return Ok(Opening::Sent);
        };
        match (status.code(), child::signal(status)) {
            // It does not report failures.
            _ if self.name() == "rundll32.exe" => Ok(Opening::Sent),
            (Some(0), _) => Ok(Opening::Opened),
            (Some(code), _) => Err(NotOpened::Code(code)),
            (None, signal) => Err(NotOpened::Signal(signal.unwrap_or_default())),
        }
    }
}

/// `%s` is the address, `%c` a colon, `%%` a per cent sign.
fn fill(word: &str, address: &str, placed: &mut bool) -> String {
    let mut parts = word.split('%');
    let mut out = parts.next().unwrap_or_default().to_owned();
    while let Some(part) = parts.next() {
        if let Some(rest) = part.strip_prefix('s') {
            *placed = true;
            out.push_str(address);
            out.push_str(rest);
        } else if let Some(rest) = part.strip_prefix('c') {
            out.push(':');
            out.push_str(rest);
        } else {
            out.push('%');
            // `%%` leaves an empty part; what follows is text.
            out.push_str(if part.is_empty() { parts.next().unwrap_or_default() } else { part });
        }
    }
    out
}

/// Opens an address in the browser.
pub async fn open(address: Redacted) -> Result<Opening, Error> {
    let failed = |cause| Error::new(Operation::OpenBrowser, cause, RetryAdvice::Now);
    if !for_browsers(address.reveal()) {
        return Err(failed(Cause::UnsafeAddress(Refusal::NotAnAddress)));
    }
    let opening = spawn_blocking(move || {
        let openers = openers(cfg!(target_os = "macos"), &variable);
        first(&openers, address.reveal(), variable("PATH").as_deref(), TIMEOUT)
    });
    match timeout(LIMIT, opening).await {
        Ok(Ok(result)) => result.map_err(failed),
        Ok(Err(_)) => Err(failed(Cause::TaskDied)),
        Err(_) => Err(failed(Cause::TimedOut { seconds: LIMIT.as_secs() })),
    }
}

/// The last check: a program could take anything else for an option, a file or a command.
fn for_browsers(address: &str) -> bool {
    let unsafe_char = |c: char| c.is_whitespace() || c.is_control() || c == '"';
    !address.contains(unsafe_char) && Url::parse(address).is_ok_and(|url| ["http", "https"].contains(&url.scheme()))
}

fn first(openers: &[Opener], address: &str, folders: Option<&str>, patience: Duration) -> Result<Opening, Cause> {
    let mut failed = Vec::new();
    for opener in openers {
        match opener.run(address, folders, patience) {
            Ok(opening) => return Ok(opening),
            // A missing program is an error only if the user named it.
            Err(NotOpened::Missing) if !opener.named => {}
            Err(why) => failed.push((clean(opener.name()).into_owned(), why)),
        }
    }
    Err(if failed.is_empty() { Cause::NoBrowser } else { Cause::BrowserFailed(failed) })
}

#[cfg(test)]
mod tests;
