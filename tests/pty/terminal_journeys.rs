//! Journeys through the real program in a real terminal: the first start, the main job by keyboard alone, a
//! server that is killed under it, small windows. Each waits for what the screen says and for nothing else.

pub mod accounts;
pub mod dashboard;
mod new_companies;
pub mod server;
mod since;

use crate::support::terminal::{Terminal, late, scaled};
use dashboard::{Home, marked};
use rustix::process::Signal;
use server::Server;
use std::net::TcpListener;
use std::time::{Duration, Instant};

const SOON: Duration = Duration::from_secs(1);

/// A key gets its repaint within a second, whatever the server does.
fn moves_at_once(terminal: &mut Terminal) {
    for key in ["j", "j", "k"] {
        let before = marked(&terminal.text());
        let pressed = Instant::now();
        terminal.keys(key).wait_for("another row", |screen| {
            let now = marked(&screen.contents());
            now.is_some() && now != before
        });
        assert!(!late(pressed, SOON), "{key} took {:?}", pressed.elapsed());
    }
}

#[test]
fn the_first_start_on_a_fresh_machine_shows_the_sample_companies() {
    let home = Home::new();
    let mut terminal = home.start(120, 36);
    terminal.sees("Managed Companies  48").sees("Brightwater GmbH").sees("● live").sees("SAMPLE").sees("? help");
    assert!(home.data().join("workspace.db").is_file(), "it is kept where it was told");
}

#[test]
fn the_main_job_is_done_by_keyboard_and_is_still_done_after_the_next_start() {
    let home = Home::new();
    let mut terminal = home.start(120, 36);
    dashboard::main_job(&mut terminal);
    terminal.keys("q");
    assert_eq!(terminal.exit().status, 0);
    let mut terminal = home.start(120, 36);
    dashboard::is_done(&mut terminal);
}

#[test]
fn the_same_job_is_done_against_a_server_in_another_process() {
    let (home, server) = (Home::new(), Server::start());
    let mut terminal = Terminal::spawn(home.command(&["--credentials", server.credentials()]), 120, 36);
    terminal.sees("● live").sees("SAMPLE");
    dashboard::main_job(&mut terminal);
    terminal.keys("q");
    assert_eq!(terminal.exit().status, 0);
    let mut terminal = Terminal::spawn(home.command(&["--credentials", server.credentials()]), 120, 36);
    dashboard::is_done(&mut terminal);
    assert!(!home.data().join("workspace.db").exists(), "no workspace of its own beside the server's");
}

#[test]
fn a_killed_server_leaves_the_rows_and_its_return_is_noticed_without_a_key() {
    let (home, mut server) = (Home::new(), Server::start());
    let mut terminal = Terminal::spawn(home.command(&["--credentials", server.credentials()]), 120, 36);
    terminal.sees("● live").sees("Brightwater GmbH");
    server.kill();
    terminal.keys("r").sees("✖ not connected").sees("Can't refresh").sees("Brightwater GmbH");
    moves_at_once(&mut terminal);
    server.start_again();
    let back = Instant::now();
    terminal.sees("● live").sees("Brightwater GmbH");
    assert!(!late(back, Duration::from_secs(15)), "{:?}", back.elapsed());
    terminal.keys("enter ]").sees("done");
}

#[test]
fn a_server_that_stands_still_holds_no_key_back() {
    let (home, mut server) = (Home::new(), Server::start());
    let mut terminal = Terminal::spawn(home.command(&["--credentials", server.credentials()]), 120, 36);
    terminal.sees("● live");
    dashboard::find(&mut terminal, "brightwater", "Brightwater GmbH");
    server.signal(Signal::STOP);
    terminal.keys("r enter ]").sees("Loading checklist").keys("esc");
    terminal.sees("Managed Companies").sees("/ search");
    moves_at_once(&mut terminal);
    terminal.keys("q");
    let left = terminal.exit();
    assert!(left.status == 0 && left.took < scaled(SOON), "{left:?}");
    server.signal(Signal::CONT);
}

#[test]
fn a_server_that_accepts_and_never_answers_holds_no_key_back() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let home = Home::new();
    let mut command = home.command(&[]);
    command.env("MSPDASH_SERVER", format!("http://{}", listener.local_addr().unwrap()));
    command.env("MSPDASH_CLIENT_ID", "nobody");
    command.env("MSPDASH_CLIENT_SECRET", "hush");
    let mut terminal = Terminal::spawn(command, 120, 36);
    terminal.sees("Loading companies");
    // The kernel accepts; nobody will ever answer.
    let pressed = Instant::now();
    terminal.keys("?").sees("↵ run").keys("esc");
    terminal.wait_for("no help", |screen| !screen.contents().contains("↵ run"));
    terminal
        .keys(":")
        .sees("Screens and tabs")
        .keys("esc")
        .wait_for("no palette", |screen| !screen.contents().contains("Screens and tabs"));
    assert!(!late(pressed, SOON * 3), "{:?}", pressed.elapsed());
    terminal.keys("q");
    let left = terminal.exit();
    assert!(left.status == 0 && left.took < scaled(SOON), "{left:?}");
    drop(listener);
}

#[test]
fn in_usual_and_small_windows_nothing_essential_is_cut() {
    let home = Home::new();
    for (columns, rows) in [(80, 24), (60, 15), (40, 12)] {
        let mut terminal = home.start(columns, rows);
        terminal.sees("Managed Companies").sees("? help").sees("live");
        dashboard::find(&mut terminal, "brightwater", "Brightwater GmbH");
        terminal.sees("● Brightwater GmbH").keys("enter").sees("Overview").sees("Brightwater GmbH").sees("? help");
        terminal.keys("]").sees("Deploy the apps").sees("? help").keys("esc").sees("Managed Companies");
        terminal.keys("u").sees("Unlink Brightwater GmbH").sees("[ Cancel ]").sees("[ ! Unlink ]").keys("enter");
        terminal.wait_for("no dialog", |screen| !screen.contents().contains("[ Cancel ]"));
        terminal.keys("q");
        assert_eq!(terminal.exit().status, 0, "{columns}×{rows}");
    }
}

#[test]
fn in_a_tiny_window_it_asks_for_more_room_and_takes_it() {
    let home = Home::new();
    let mut terminal = home.start(24, 6);
    terminal.sees("Window too small").sees("40×10");
    terminal.resize(120, 36).sees("Managed Companies").sees("? help");
    terminal.resize(24, 6).sees("Window too small").keys("q");
    assert_eq!(terminal.exit().status, 0);
}

#[test]
fn a_storm_of_sizes_ends_in_one_whole_picture_and_loses_no_key() {
    let home = Home::new();
    let mut terminal = home.start(120, 36);
    terminal.sees("● live").keys("g").keys("u").sees("[ Cancel ]");
    for round in 0..60_u16 {
        terminal.resize(1 + (round * 37) % 160, 1 + (round * 11) % 50);
    }
    terminal.resize(100, 30).sees("[ Cancel ]").keys("enter").wait_for("one whole picture", |screen| {
        let text = screen.contents();
        let lines: Vec<&str> = text.lines().collect();
        let last = lines.last().is_some_and(|line| line.ends_with("? help"));
        let once = |part: &str| text.matches(part).count() == 1;
        !text.contains("[ Cancel ]")
            && lines.len() == 30
            && last
            && once("Managed Companies")
            && once(" mspdash  Harbour")
    });
    for round in 0..20_u16 {
        terminal.keys("j").resize(90 + round, 30);
    }
    terminal.resize(100, 30).keys("y").sees("Postal address").keys("n").sees("Sent ");
    let copied = terminal.text();
    let row = marked(&copied).unwrap();
    terminal.keys("g").wait_for("the first row", |screen| marked(&screen.contents()).is_some_and(|now| now != row));
    for _ in 0..20 {
        terminal.keys("j");
    }
    terminal.wait_for("the same row after as many keys", |screen| marked(&screen.contents()).as_ref() == Some(&row));
}

#[test]
fn without_colour_every_state_and_the_selection_can_be_told() {
    let home = Home::new();
    let mut command = home.command(&["--no-browser"]);
    command.env("NO_COLOR", "1");
    let mut terminal = Terminal::spawn(command, 120, 60);
    terminal.sees("● live").sees("● Backhaus").sees("○ Bright &").sees("◐ Leuchtturm").sees("◌ Nordkap").sees("▌");
    dashboard::find(&mut terminal, "soehne", "Bright & Söhne KG");
    terminal.keys("u").sees("✘ No confirmed owner").keys("enter");
    assert_eq!(dashboard::colours(&terminal.raw()), Vec::<String>::new());
}

#[test]
fn an_import_in_a_terminal_draws_a_bar_and_tells_no_lines() {
    let home = Home::new();
    let init = ["init", "--name", "Harbour IT", "--region", "1password.eu", "--technician", "Mira Okafor"];
    assert_eq!(Terminal::spawn(home.command(&init), 120, 36).exit().status, 0);
    let rows = (0..5_000).map(|at| format!("Company {at},K-{at}")).collect::<Vec<_>>().join("\n");
    let file = home.data().join("clients.csv");
    std::fs::write(&file, format!("name,external_id\n{rows}")).unwrap();
    let import = ["import", "companies", file.to_str().unwrap(), "--dry-run"];
    let left = Terminal::spawn(home.command(&import), 120, 36).exit();
    let text = left.screen.contents();
    assert!(text.contains("5000 new") && !text.contains("rows checked"), "{text}");
}

type End = fn(&mut Terminal) -> &mut Terminal;

#[test]
fn every_exit_of_the_program_leaves_a_clean_terminal() {
    let home = Home::new();
    let ends: [(&str, End, u32); 6] = [
        ("q", |terminal| terminal.keys("q"), 0),
        ("ctrl-c", |terminal| terminal.keys("ctrl-c"), 0),
        ("TERM", |terminal| terminal.signal(Signal::TERM), 143),
        ("HUP", |terminal| terminal.signal(Signal::HUP), 129),
        // For these two, no thread may be there before the first of ours.
        ("ILL", |terminal| terminal.signal(Signal::ILL), 132),
        ("FPE", |terminal| terminal.signal(Signal::FPE), 136),
    ];
    for (name, end, status) in ends {
        let mut terminal = home.start(80, 24);
        terminal.sees("● live").keys("/");
        terminal.types(b"bright").sees("/bright").keys("enter").keys("u").sees("Unlink ").keys("enter");
        terminal.wait_for("the list", |screen| !screen.contents().contains("[ C"));
        end(&mut terminal);
        let left = terminal.exit();
        assert_eq!(left.status, status, "{name}");
        assert!(!left.screen.alternate_screen() && !left.screen.hide_cursor(), "{name}");
        assert!(!left.screen.bracketed_paste() && !left.screen.contents().contains("Managed Companies"), "{name}");
        assert_eq!(terminal.settings(), terminal.before, "{name}");
        // The embedded server gets a second to finish what it does.
        assert!(left.took < scaled(SOON * 3), "{name} took {:?}", left.took);
    }
}
