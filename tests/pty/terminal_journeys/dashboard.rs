//! The dashboard as a person meets it: a home, a keyboard, and what the screen says.

use crate::support::clock;
use crate::support::terminal::{self, Terminal};
use jiff::ToSpan;
use portable_pty::CommandBuilder;
use std::fmt::Write as _;
use std::io::{Read, Write as _};
use std::net::TcpStream;
use std::path::PathBuf;
use tempfile::TempDir;

/// A home of its own, where nobody ever started the program.
pub struct Home(TempDir);

impl Home {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// The home itself.
    pub fn path(&self) -> PathBuf {
        self.0.path().to_owned()
    }

    /// Where the program keeps its things.
    pub fn data(&self) -> PathBuf {
        self.0.path().join("data")
    }

    pub fn command(&self, arguments: &[&str]) -> CommandBuilder {
        let mut command = terminal::command(env!("CARGO_BIN_EXE_mspdash"), arguments);
        let inherited: Vec<_> = command.iter_full_env_as_str().map(|(name, _)| name.to_owned()).collect();
        let foreign = |name: &&String| {
            let prefixes = ["MSPDASH_", "XDG_", "LC_"];
            prefixes.iter().any(|prefix| name.starts_with(prefix)) || name.to_lowercase().ends_with("_proxy")
        };
        for name in inherited.iter().filter(foreign) {
            command.env_remove(name);
        }
        for (name, value) in clock::variables() {
            command.env(name, value);
        }
        command.env("HOME", self.0.path());
        command.env("LANG", "C.UTF-8");
        command.env("MSPDASH_DATA_DIR", self.data());
        command
    }

    /// Starts it as the first README command does, but without a browser to disturb anybody.
    pub fn start(&self, columns: u16, rows: u16) -> Terminal {
        Terminal::spawn(self.command(&["--no-browser"]), columns, rows)
    }
}

/// The row of the list under the cursor.
pub fn marked(text: &str) -> Option<String> {
    let row = text.lines().find_map(|line| line.split_once('▌'))?.1;
    // Without what stands beside the list.
    let row = row.split(['│', '┃', '║']).next()?;
    Some(row.trim().to_owned())
}

fn on(screen: &vt100::Screen, name: &str) -> bool {
    marked(&screen.contents()).is_some_and(|row| row.contains(name))
}

/// Searches for a company, so that it is selected, and drops the search again.
pub fn find(terminal: &mut Terminal, typed: &str, name: &str) {
    // Narrow windows cut the title of the list.
    let title = format!("/{}", &typed[..3]);
    terminal.keys("/").types(typed.as_bytes()).sees(&title).wait_for(name, |screen| on(screen, name));
    terminal
        .keys("enter")
        .sees("? help")
        .keys("esc")
        .wait_for("the search dropped", |screen| on(screen, name) && !screen.contents().contains(&title));
}

/// Waits until a text is no more on the screen.
pub fn misses(terminal: &mut Terminal, text: &str) {
    terminal.wait_for(&format!("no {text:?}"), |screen| !screen.contents().contains(text));
}

/// Search, order, filter, clear all; finish a setup step; launch; a blocked unlink; an unlink.
pub fn main_job(terminal: &mut Terminal) {
    terminal.sees("Managed Companies  48").sees("● live");
    find(terminal, "muller", "Müller Medizintechnik GmbH");
    terminal.keys("s").sees("Sort by").keys("2").sees("filled seats ↓").keys("g");
    terminal.wait_for("the most seats first", |screen| on(screen, "Wattwurm Software GmbH"));
    terminal.keys("f").sees("Any reason").keys("space enter");
    misses(terminal, "Any reason");
    terminal.sees("status: active").keys("c").sees("Cleared sort, 1 filter").sees("Managed Companies  48");

    find(terminal, "brightwater", "Brightwater GmbH");
    terminal.keys("enter").sees("Hafenstraße 12").keys("]").sees("4 of 5 done").keys("x enter").sees("Setup complete");
    terminal.sees("“Deploy the apps” set to Done");
    launch(terminal);
    terminal.keys("esc").sees("Managed Companies").sees("/ search");

    find(terminal, "soehne", "Bright & Söhne KG");
    terminal.keys("u").sees("✘ No confirmed owner").sees("l opens People in").keys("enter");
    misses(terminal, "No confirmed owner –");

    find(terminal, "tidewater", "Tidewater Legal LLP");
    terminal.keys("u").sees("Confirmed owners: ").sees("A 14-day free trial runs until ").keys("tab");
    terminal.types(b"Tidewater Legal LLP").sees("matches").keys("tab enter");
    terminal
        .sees("Unlinked Tidewater Legal LLP – 14-day free trial")
        .wait_for("the row unlinked", |screen| on(screen, "Tidewater Legal LLP") && on(screen, "◌ "));
}

/// Launches the company, and does with the address what a browser on another machine would do.
fn launch(terminal: &mut Terminal) {
    terminal.keys("l").sees("Launch Brightwater GmbH").sees("valid for ");
    // On the screen it may take two lines; as a link it is whole on each of them.
    terminal.hears(b"\x1b]8;;\x1b\\");
    let raw = String::from_utf8_lossy(&terminal.raw()).into_owned();
    let links = raw.rsplit("\x1b]8;").filter_map(|link| link.split_once(";http"));
    let address = links.map(|(_, rest)| format!("http{}", rest.split(['\x1b', '\x07']).next().unwrap())).next();
    let address = address.expect("a link");
    assert!(terminal.text().contains(&address[..40]), "{address} is not what is on the screen:\n{}", terminal.text());
    let (first, page) = get(&address);
    assert!(first.contains(" 200 ") && page.contains("Brightwater GmbH"), "{first}\n{page}");
    assert!(get(&address).0.contains(" 410 "), "it works once");
    terminal.keys("esc");
    misses(terminal, "valid for ");
}

/// Status line and page.
fn get(address: &str) -> (String, String) {
    let (host, path) = address.trim_start_matches("http://").split_once('/').unwrap();
    let mut stream = TcpStream::connect(host).unwrap();
    let mut request = String::new();
    write!(request, "GET /{path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n").unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, page) = answer.split_once("\r\n\r\n").unwrap();
    (head.lines().next().unwrap().to_owned(), page.to_owned())
}

/// What the main job changed is there.
pub fn is_done(terminal: &mut Terminal) {
    terminal.sees("Managed Companies  48").sees("● live");
    find(terminal, "brightwater", "Brightwater GmbH");
    terminal.wait_for("setup complete", |screen| on(screen, "✔"));
    find(terminal, "tidewater", "Tidewater Legal LLP");
    let ends = trial_ends();
    terminal.wait_for(&ends.join(" or "), |screen| on(screen, "◌ ") && ends.iter().any(|day| on(screen, day.as_str())));
    terminal.keys("u").sees("Unlink – already unlinked – trial");
}

/// The day on which a trial ends that began a moment ago, as the list has it; and the day after: midnight may have
/// passed since the test began.
fn trial_ends() -> [String; 2] {
    let today = clock::start().to_zoned(clock::zone()).date();
    [14, 15].map(|days| today.checked_add(days.days()).unwrap().strftime("%-d %b").to_string())
}

/// Every code that sets a colour, in the order they were written.
pub fn colours(raw: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(raw).into_owned();
    let codes = text.split("\x1b[").skip(1).filter_map(|rest| {
        let end = rest.find(|c: char| !(c.is_ascii_digit() || c == ';' || c == ':'))?;
        rest[end..].starts_with('m').then(|| rest[..end].to_owned())
    });
    let sets = |code: &String| {
        let numbers = code.split(';').filter_map(|part| part.split(':').next()?.parse::<u16>().ok());
        // 39, 49 and 59 go back to the terminal's own.
        numbers.into_iter().any(|n| matches!(n, 30..=38 | 40..=48 | 58 | 90..=97 | 100..=107))
    };
    codes.filter(sets).collect()
}
