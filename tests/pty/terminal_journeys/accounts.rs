//! Two MSP accounts in two data regions, as a new user would try them: signed in to both, one list; one server stops;
//! a start without any; and both come back.

use super::dashboard::{self, Home};
use super::server::Server;
use crate::support::terminal::Terminal;
use portable_pty::CommandBuilder;
use serde_json::Value;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

const IN_EUROPE: &str = "Tidewater Legal LLP";
const WORLDWIDE: &str = "Tallgrass Legal PLLC";

/// On a machine without a keyring, whatever this one has.
pub fn command(home: &Home, arguments: &[&str]) -> CommandBuilder {
    let mut command = home.command(arguments);
    command.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
    command
}

fn start(home: &Home) -> Terminal {
    Terminal::spawn(command(home, &["--no-browser"]), 140, 40)
}

pub fn add(home: &Home, name: &str, label: &str, server: &Server) {
    let arguments = ["profile", "add", name, "--label", label, "--credentials", server.credentials()];
    let mut terminal = Terminal::spawn(command(home, &arguments), 200, 24);
    let left = terminal.exit();
    assert_eq!(left.status, 0, "{}", left.screen.contents());
}

/// A dialog, by this key; the next key comes when it is gone, since Esc and a letter at once are another key.
fn opens_and_closes(terminal: &mut Terminal, key: &str, says: &str) {
    terminal.keys(key).sees(says).keys("esc");
    dashboard::misses(terminal, says);
}

/// Nothing that was written for anybody to see or keep holds a secret, and what is kept is for this user alone.
fn keeps_secrets(home: &Home, terminals: &[&Terminal], servers: &[&Server]) {
    let mut files = Vec::new();
    gather(&home.path(), &mut files);
    assert!(files.iter().any(|file| file.to_string_lossy().ends_with(".roster")), "{files:?}");
    let file: Vec<Value> = servers.iter().map(|server| serde_json::from_slice(&read(server)).unwrap()).collect();
    let credentials = file.iter().flat_map(|file| file["credentials"].as_array().unwrap());
    let secrets: Vec<&[u8]> = credentials.map(|one| one["client_secret"].as_str().unwrap().as_bytes()).collect();
    let holds = |bytes: &[u8]| {
        secrets.iter().any(|secret| bytes.windows(secret.len()).any(|part| part == *secret)) || find(bytes, b"Bearer ")
    };
    for terminal in terminals {
        assert!(!holds(&terminal.raw()), "on a screen");
    }
    for path in files {
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{} is open to others", path.display());
        let own = path.parent().is_some_and(|dir| dir.ends_with("secrets"));
        assert_eq!(holds(&fs::read(&path).unwrap()), own, "{}", path.display());
    }
}

fn read(server: &Server) -> Vec<u8> {
    fs::read(server.credentials()).unwrap()
}

fn find(bytes: &[u8], text: &[u8]) -> bool {
    bytes.windows(text.len()).any(|part| part == text)
}

fn gather(dir: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { gather(&path, files) } else { files.push(path) }
    }
}

#[test]
fn two_regions_are_one_list_whichever_server_is_there() {
    let home = Home::new();
    let (mut europe, mut worldwide) = (Server::start_in("1password.eu"), Server::start_in("1password.com"));
    add(&home, "europe", "Europe", &europe);
    add(&home, "worldwide", "Worldwide", &worldwide);

    let mut terminal = start(&home);
    terminal.sees("● Europe 48").sees("● Worldwide 48").sees("Managed Companies  96").sees("● live");
    dashboard::find(&mut terminal, "tallgrass", WORLDWIDE);

    worldwide.kill();
    terminal.keys("r").sees("✖ Worldwide 48").sees("Worldwide: Can't").sees("Managed Companies  96");
    dashboard::find(&mut terminal, "tidewater", IN_EUROPE);
    opens_and_closes(&mut terminal, "u", "Confirmed owners: ");
    opens_and_closes(&mut terminal, "l", "valid for ");
    dashboard::find(&mut terminal, "tallgrass", WORLDWIDE);
    terminal.keys("q");
    assert_eq!(terminal.exit().status, 0);

    let first = terminal;
    europe.kill();
    let mut terminal = start(&home);
    terminal.sees("Managed Companies  96").sees("✖ Europe 48").sees("✖ Worldwide 48");
    terminal.keys("A").sees("not connected").sees("synced ");
    opens_and_closes(&mut terminal, "", "↵ choose");
    dashboard::find(&mut terminal, "tidewater", IN_EUROPE);
    terminal.keys("u").sees("Unlink – data is from");

    europe.start_again();
    worldwide.start_again();
    terminal.keys("r").sees("● Europe 48").sees("● Worldwide 48").sees("● live");
    dashboard::find(&mut terminal, "tallgrass", WORLDWIDE);
    opens_and_closes(&mut terminal, "u", "Confirmed owners: ");
    terminal.keys("q");
    assert_eq!(terminal.exit().status, 0);
    keeps_secrets(&home, &[&first, &terminal], &[&europe, &worldwide]);
}
