//! What changed since the last time, and what becomes a technician's to do while they look elsewhere.

use super::dashboard::Home;
use super::server::Server;
use crate::support::terminal::Terminal;
use std::fs;

fn start(home: &Home, server: &Server) -> Terminal {
    Terminal::spawn(home.command(&["--no-browser", "--credentials", server.credentials()]), 120, 36)
}

/// Another technician, from a script.
fn colleague(home: &Home, server: &Server, arguments: &[&str]) {
    let arguments = [&["--as", "owner", "--credentials", server.credentials()], arguments].concat();
    let left = Terminal::spawn(home.command(&arguments), 200, 24).exit();
    assert_eq!(left.status, 0, "{}", left.screen.contents());
}

fn count(bytes: &[u8], part: &[u8]) -> usize {
    bytes.windows(part.len()).filter(|window| *window == part).count()
}

#[test]
fn what_changed_since_the_last_time_is_told_and_led_to() {
    let (home, server) = (Home::new(), Server::start());
    let mut terminal = start(&home, &server);
    terminal.sees("● live").sees(":tour").keys("q");
    assert_eq!(terminal.exit().status, 0);
    colleague(&home, &server, &["companies", "tag", "Brightwater GmbH", "--add", "checked"]);
    let mut terminal = start(&home, &server);
    terminal.sees("• 1 changed since").sees("· i").keys("i");
    terminal.sees("Activity ─ since").sees("1 event").sees("changed the company").keys("q");
    assert_eq!(terminal.exit().status, 0);
}

#[test]
fn what_becomes_ours_is_told_once_and_between_two_frames() {
    const WHOM: &str = "Cantiere Bianchi S.p.A.";
    let (home, server) = (Home::new(), Server::start());
    let folder = home.path().join(".config/mspdash");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("config.toml"), "[notify]\nosc9 = true\nosc777 = true\nbell = true\n").unwrap();
    colleague(&home, &server, &["companies", "snooze", WHOM]);
    let mut terminal = start(&home, &server);
    terminal.sees("● live").sees("Needs attention 9");
    colleague(&home, &server, &["companies", "snooze", WHOM, "--off"]);
    let what = format!("Link request to accept: {WHOM}");
    let told = format!("\x1b]9;mspdash: {what}\x07\x1b]777;notify;mspdash;{what}\x07\x07").into_bytes();
    terminal.hears(&told).sees("link to accept").keys("q");
    assert_eq!(terminal.exit().status, 0);
    let raw = terminal.raw();
    assert_eq!((count(&raw, b"\x1b]9;"), count(&raw, b"\x1b]777;")), (1, 1), "nothing for what waited at the start");
    let at = raw.windows(told.len()).position(|part| part == told).unwrap();
    let before = raw.get(..at).unwrap();
    assert_eq!(count(before, b"\x1b[?2026h"), count(before, b"\x1b[?2026l"), "no frame is open");
}
