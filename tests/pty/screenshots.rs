//! The pictures of README and docs, from the running program: each story is played in a real terminal, and with
//! `MSPDASH_WRITE_SCREENSHOTS` its screens are written to `assets/screenshots`, dark and light (`just screenshots`).
//! Without it the stories are played all the same, so that they keep up with the screens.

use crate::support::svg::{self, DARK, Frame, LIGHT, Palette};
use crate::support::terminal::Terminal;
use crate::terminal_journeys::accounts;
use crate::terminal_journeys::dashboard::{Home, find};
use crate::terminal_journeys::server::Server;
use std::path::Path;
use std::time::Duration;

const WRITE: &str = "MSPDASH_WRITE_SCREENSHOTS";

/// A background of the terminal, the `COLORFGBG` that tells programs of it, and what it looks like.
type Background = (&'static str, &'static str, &'static Palette);

const BACKGROUNDS: [Background; 2] = [("dark", "15;0", &DARK), ("light", "0;15", &LIGHT)];

/// Both where pictures are written, one where the story is only played.
fn backgrounds() -> &'static [Background] {
    if std::env::var_os(WRITE).is_some() { &BACKGROUNDS } else { &BACKGROUNDS[..1] }
}

/// Plays a story on the sample, and writes the screen at its end.
fn picture(name: &str, (columns, rows): (u16, u16), story: impl Fn(&mut Terminal)) {
    for background in backgrounds() {
        let home = Home::new();
        let mut terminal = start(&home, background, columns, rows);
        terminal.sees("Atelier");
        story(&mut terminal);
        write(name, background, &[(terminal.screen(), Duration::ZERO)]);
    }
}

fn start(home: &Home, (_, told, _): &Background, columns: u16, rows: u16) -> Terminal {
    let mut command = accounts::command(home, &["--no-browser"]);
    command.env("COLORFGBG", told);
    let mut terminal = Terminal::spawn(command, columns, rows);
    terminal.sees("● live");
    terminal
}

fn write(name: &str, (word, _, palette): &Background, frames: &[Frame]) {
    let svg = svg::picture(frames, palette);
    assert!(svg.contains("<text"), "{name} shows nothing");
    if std::env::var_os(WRITE).is_some() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/screenshots");
        std::fs::write(folder.join(format!("{name}-{word}.svg")), svg).unwrap();
    }
}

#[test]
fn list() {
    picture("list", (130, 36), |terminal| {
        find(terminal, "brightwater", "Brightwater GmbH");
        terminal.sees("for Frau Petersen");
    });
}

#[test]
fn company() {
    picture("company", (130, 36), |terminal| {
        find(terminal, "brightwater", "Brightwater GmbH");
        terminal.keys("enter").sees("people can recover others");
    });
}

#[test]
fn attention() {
    picture("attention", (110, 28), |terminal| {
        terminal.keys("w").sees("Nordkap");
    });
}

#[test]
fn setup() {
    picture("setup", (110, 28), |terminal| {
        find(terminal, "crane", "Crane & Quay Architects Ltd");
        terminal.keys("enter ]").sees("Detected:");
    });
}

#[test]
fn unlink() {
    picture("unlink", (110, 32), |terminal| {
        find(terminal, "tidewater", "Tidewater Legal LLP");
        terminal.keys("u").sees("Confirmed owners: ");
    });
}

#[test]
fn usage() {
    picture("usage", (130, 36), |terminal| {
        terminal.keys("4").sees("Wattwurm");
    });
}

#[test]
fn two_accounts() {
    for background in backgrounds() {
        let home = Home::new();
        let (europe, mut worldwide) = (Server::start_in("1password.eu"), Server::start_in("1password.com"));
        accounts::add(&home, "europe", "Europe", &europe);
        accounts::add(&home, "worldwide", "Worldwide", &worldwide);
        let mut terminal = start(&home, background, 130, 30);
        terminal.sees("● Europe 48").sees("● Worldwide 48");
        worldwide.kill();
        terminal.keys("r").sees("✖ Worldwide 48");
        write("accounts", background, &[(terminal.screen(), Duration::ZERO)]);
    }
}

/// What it is about in half a minute: find, open, work through setup, launch, look at usage, begin an unlink.
#[test]
fn a_short_recording() {
    for background in backgrounds() {
        let home = Home::new();
        let mut terminal = start(&home, background, 110, 30);
        let mut frames: Vec<Frame> = Vec::new();
        let mut show = |terminal: &Terminal, seconds: f32| {
            frames.push((terminal.screen(), Duration::from_secs_f32(seconds)));
        };
        terminal.sees("Atelier");
        show(&terminal, 2.5);
        terminal.keys("/");
        for (typed, sees) in [("b", "/b"), ("r", "/br"), ("i", "/bri")] {
            terminal.types(typed.as_bytes()).sees(sees);
            show(&terminal, 0.5);
        }
        terminal.keys("enter enter").sees("Bright");
        show(&terminal, 1.0);
        write("recording", background, &frames);
    }
}
