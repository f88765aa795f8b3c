//! Every way out of the dashboard gives the terminal back, in a real terminal; and what the terminal sees
//! meanwhile. The program is a small one, run as a process of its own by the real event loop.

mod keys;
mod signals;
mod test_program;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::support::own_process::only;
use crate::support::terminal::{self, DEADLINE, Left, Terminal, command, kill, late, scaled};
use portable_pty::CommandBuilder;
use rustix::process::Signal;

/// Becomes the test program when it is started for that, and ends the process.
#[test]
fn toy() {
    if let Ok(mode) = std::env::var(test_program::MODE) {
        std::process::exit(test_program::run(&mode));
    }
}

fn program_command(mode: &str) -> CommandBuilder {
    let mut command = command(std::env::current_exe().unwrap(), &[]);
    command.args(only(toy));
    command.env(test_program::MODE, mode);
    command
}

fn start(mode: &str) -> Terminal {
    Terminal::spawn(program_command(mode), 80, 24)
}

fn ready() -> Terminal {
    let mut terminal = start("plain");
    terminal.sees("connected");
    assert!(!terminal.settings().cooked(), "it reads key by key");
    terminal
}

/// The number after a word on the screen.
fn number(terminal: &Terminal, word: &str) -> i32 {
    let text = terminal.text();
    let after = text.split(word).nth(1).unwrap_or_else(|| panic!("no {word:?} in:\n{text}"));
    after.trim_start().split(|c: char| !c.is_ascii_digit()).next().unwrap().parse().unwrap()
}

/// Everything that was switched on is switched off.
fn restored(terminal: &Terminal, screen: &vt100::Screen) {
    assert!(!screen.alternate_screen(), "the main screen is back");
    assert!(!screen.hide_cursor(), "the cursor is back");
    assert!(!screen.bracketed_paste(), "pastes come as they are");
    let raw = terminal.raw();
    let count = |part: &[u8]| raw.windows(part.len()).filter(|window| *window == part).count();
    assert_eq!(count(b"\x1b[22;0t"), count(b"\x1b[23;0t"), "the title is back");
    assert!(count(b"\x1b[?2026l") >= count(b"\x1b[?2026h"), "no update is left open");
}

fn leaves(terminal: &mut Terminal, status: u32, within: Duration) -> Left {
    let left = terminal.exit();
    restored(terminal, &left.screen);
    assert_eq!(terminal.settings(), terminal.before, "the line settings are as before");
    assert_eq!(left.status, status, "the screen:\n{}", left.screen.contents());
    assert!(left.took < scaled(within), "it took {:?}", left.took);
    left
}

const SOON: Duration = Duration::from_secs(1);

#[test]
fn quitting_gives_the_terminal_back() {
    let mut terminal = ready();
    terminal.keys("q");
    let left = leaves(&mut terminal, 0, SOON);
    assert!(!left.screen.contents().contains("connected"), "nothing of it stays on the screen");
}

#[test]
fn quitting_waits_for_no_open_request() {
    let mut terminal = ready();
    terminal.keys("h").sees("hanging");
    terminal.keys("q");
    leaves(&mut terminal, 0, SOON);
}

#[test]
fn a_server_that_does_not_stop_holds_nobody_for_long() {
    let mut terminal = start("stubborn server");
    terminal.sees("connected");
    terminal.keys("q");
    terminal.wait_for("the main screen", |screen| !screen.alternate_screen());
    leaves(&mut terminal, 0, Duration::from_secs(3));
}

#[test]
fn an_error_gives_the_terminal_back_and_is_told() {
    let mut terminal = start("no keyboard");
    let left = leaves(&mut terminal, 1, SOON * 5);
    let told = "mspdash: no more keys can be read from the terminal";
    assert!(left.screen.contents().contains(told), "{}", left.screen.contents());
}

#[test]
fn with_too_few_files_it_says_so_and_keys_work() {
    // All that a runtime and a connection open, one after the other, is what there is no room for.
    for files in 3..20 {
        let mut terminal = start(&format!("files {files}"));
        terminal.wait_for("an answer", |screen| {
            let text = screen.contents();
            text.contains("answer 0: Local") || text.contains("connected")
        });
        terminal.keys("j").sees("1 keys").keys("q");
        leaves(&mut terminal, 0, SOON);
    }
}

#[test]
fn a_panic_of_the_dashboard_gives_the_terminal_back_and_is_told() {
    let mut terminal = ready();
    terminal.keys("p");
    let left = leaves(&mut terminal, 101, SOON * 5);
    assert!(left.screen.contents().contains("on purpose, in update"), "{}", left.screen.contents());
}

#[test]
fn a_panic_in_a_task_leaves_the_dashboard_standing_and_is_logged() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("state/toy.log");
    let mut command = program_command("plain");
    command.env(test_program::LOG, &log);
    let mut terminal = Terminal::spawn(command, 80, 24);
    terminal.sees("connected");
    terminal.keys("t").sees("answer 1: TaskDied");
    terminal.keys("j j").sees("2 keys");
    terminal.wait_for("the dashboard", vt100::Screen::alternate_screen);
    terminal.keys("q");
    leaves(&mut terminal, 0, SOON);
    let told = String::from_utf8_lossy(&terminal.raw()).into_owned();
    assert!(!told.contains("on purpose"), "nothing is written across it: {told}");
    let logged = fs::read_to_string(log).unwrap();
    assert!(logged.contains("on purpose, in a task"), "{logged}");
}

#[test]
fn a_signal_ends_it_even_when_the_terminal_takes_no_bytes() {
    let mut terminal = ready();
    terminal.stall().keys("f");
    stuck(&terminal);
    terminal.signal(Signal::TERM);
    leaves(&mut terminal, 143, SOON * 2);
}

#[test]
fn quitting_works_once_a_stalled_terminal_flows_again() {
    let mut terminal = ready();
    terminal.stall().keys("f");
    stuck(&terminal);
    terminal.keys("q").flow();
    leaves(&mut terminal, 0, SOON * 2);
}

/// Waits until the process uses no more processor time: it is blocked, since the flood never ends by itself.
fn stuck(terminal: &Terminal) {
    let begin = Instant::now();
    let mut before = switches(terminal.pid());
    loop {
        // Ticks come every 10 ms while it draws.
        thread::sleep(Duration::from_millis(100));
        let now = switches(terminal.pid());
        if now == before {
            return;
        }
        before = now;
        assert!(!late(begin, DEADLINE), "it is never stuck");
    }
}

/// How often any thread of a process has gone to sleep or was made to.
fn switches(pid: i32) -> u64 {
    let threads = fs::read_dir(format!("/proc/{pid}/task")).unwrap();
    let one = |thread: std::io::Result<fs::DirEntry>| {
        let status = fs::read_to_string(thread.unwrap().path().join("status")).unwrap_or_default();
        let lines = status.lines().filter(|line| line.contains("ctxt_switches"));
        lines.filter_map(|line| line.split_whitespace().last()?.parse::<u64>().ok()).sum::<u64>()
    };
    threads.map(one).sum()
}

#[test]
fn at_rest_nothing_wakes_it_and_nothing_is_written() {
    let mut terminal = ready();
    terminal.keys("j").sees("1 keys");
    let begin = Instant::now();
    loop {
        let (woken, written) = (switches(terminal.pid()), terminal.raw().len());
        // Not a wait: this is the rest that is measured.
        thread::sleep(Duration::from_millis(500));
        if switches(terminal.pid()) == woken && terminal.raw().len() == written {
            break;
        }
        assert!(!late(begin, DEADLINE), "it never rests");
    }
    terminal.keys("q");
    leaves(&mut terminal, 0, SOON);
}

/// A shell with job control, as a person has it, in front of the test program.
fn under_a_shell(script: &str) -> Terminal {
    let exe = std::env::current_exe().unwrap();
    let mut command = command("sh", &["-mc", script, exe.to_str().unwrap()]);
    command.args(only(toy));
    command.env(test_program::MODE, "plain");
    let mut terminal = Terminal::spawn(command, 80, 24);
    terminal.sees("connected");
    terminal
}

const JOB: &str = r#""$0" "$@"; echo "left $?"; read line; fg >/dev/null; echo "ended $?""#;

fn goes_and_comes_back(terminal: &mut Terminal, suspend: impl Fn(&mut Terminal)) {
    suspend(terminal);
    terminal.sees("left ");
    terminal.wait_for("the main screen", |screen| {
        !screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste()
    });
    assert!(terminal.settings().cooked(), "the shell has its line settings");
    assert!(number(terminal, "left") > 128, "it was stopped, not ended:\n{}", terminal.text());

    terminal.types(b"\n").sees("resumed").sees("connected");
    terminal.wait_for("the dashboard", |screen| {
        screen.alternate_screen() && screen.hide_cursor() && screen.bracketed_paste()
    });
    terminal.keys("j").sees("1 keys");
    assert!(!terminal.settings().cooked());
    terminal.keys("q").sees("ended 0");
    let left = leaves(terminal, 0, SOON);
    assert!(!left.screen.contents().contains("connected"));
}

#[test]
fn control_z_goes_to_the_shell_and_fg_comes_back() {
    goes_and_comes_back(&mut under_a_shell(JOB), |terminal| {
        terminal.keys("ctrl-z");
    });
}

#[test]
fn a_stop_from_outside_is_as_control_z() {
    goes_and_comes_back(&mut under_a_shell(JOB), |terminal| {
        kill(number(terminal, "process"), Signal::TSTP);
    });
}

#[test]
fn a_stop_without_warning_is_repaired_by_fg() {
    let mut terminal = under_a_shell(JOB);
    kill(number(&terminal, "process"), Signal::STOP);
    terminal.hears(b"left ");
    terminal.types(b"\n").sees("resumed").sees("connected");
    terminal.keys("q").sees("ended 0");
    leaves(&mut terminal, 0, SOON);
}

#[test]
fn a_script_around_it_stops_too() {
    // The inner shell has no job control: it shares the group, and would wait for ever.
    let mut terminal = under_a_shell(r#"sh -c '"$0" "$@"; true' "$0" "$@"; echo "left $?"; read line; fg >/dev/null"#);
    terminal.keys("ctrl-z").sees("left ");
    terminal.types(b"\n").sees("resumed");
    terminal.keys("q");
    leaves(&mut terminal, 0, SOON);
}

#[test]
fn control_z_does_nothing_where_nobody_could_say_fg() {
    let mut terminal = ready();
    terminal.keys("ctrl-z j").sees("1 keys");
    terminal.wait_for("the dashboard", vt100::Screen::alternate_screen);
    terminal.keys("q");
    leaves(&mut terminal, 0, SOON);
}

#[test]
fn control_z_is_harmless_where_the_parent_has_no_number() {
    // As in a container: whoever started it lives in another PID namespace, or its session does.
    let namespace = ["--user", "--map-root-user", "--pid", "--fork"];
    let possible = Command::new("unshare").args(namespace).arg("true").output().is_ok_and(|it| it.status.success());
    if !possible {
        eprintln!("skipped: this machine does not let a user make a PID namespace");
        return;
    }
    for script in [r#""$0" "$@""#, r#""$0" "$@"; exit $?"#] {
        let toy = program_command("plain");
        let mut command = terminal::command("unshare", &namespace);
        command.args(["sh", "-c", script]);
        command.args(toy.get_argv());
        for (name, value) in toy.iter_full_env_as_str() {
            command.env(name, value);
        }
        let mut terminal = Terminal::spawn(command, 80, 24);
        terminal.sees("connected").keys("ctrl-z j").sees("1 keys").keys("q");
        leaves(&mut terminal, 0, SOON);
    }
}

#[test]
fn a_vanished_terminal_ends_it() {
    let mut terminal = ready();
    let left = terminal.vanish().exit();
    assert_eq!(left.status, 129);
    assert!(left.took < scaled(SOON), "it took {:?}", left.took);
}

#[test]
fn a_terminal_that_vanishes_without_a_signal_ends_it() {
    let mut command = program_command("plain");
    // Not its controlling terminal: the kernel tells nobody.
    command.set_controlling_tty(false);
    let mut terminal = Terminal::spawn(command, 80, 24);
    terminal.sees("connected");
    let left = terminal.vanish().exit();
    assert_eq!(left.status, 129);
    assert!(left.took < scaled(SOON), "it took {:?}", left.took);
}

#[test]
fn a_terminal_that_vanishes_while_it_is_written_to_ends_it() {
    let mut terminal = ready();
    terminal.keys("f").hears(b"bbbbbbbb");
    let left = terminal.vanish().exit();
    assert_eq!(left.status, 129);
    assert!(left.took < scaled(SOON), "it took {:?}", left.took);
}

#[test]
fn without_a_terminal_it_says_what_to_use_instead() {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(only(toy))
        .env(test_program::MODE, "plain")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(told.contains("mspdash companies list"), "{told}");

    let mut command = program_command("plain");
    command.env("TERM", "dumb");
    let left = Terminal::spawn(command, 80, 24).exit();
    assert_eq!(left.status, 2);
    assert!(left.screen.contents().contains("TERM=dumb"), "{}", left.screen.contents());
}

#[test]
fn a_window_larger_than_any_screen_is_drawn_in_part() {
    let mut terminal = ready();
    terminal.claims(65_535, 65_535).sees("at 1280x400");
    terminal.claims(3_000, 1_000).keys("j").sees("1 keys");
    terminal.resize(80, 24).sees("at 80x24").keys("q");
    leaves(&mut terminal, 0, SOON);
}

#[test]
fn a_new_size_is_drawn_in_full() {
    let mut terminal = ready();
    terminal.sees("at 80x24");
    terminal.resize(100, 30).sees("at 100x30");
    terminal.resize(40, 10).sees("at 40x10").keys("q");
    leaves(&mut terminal, 0, SOON);
}

#[test]
fn a_key_is_one_update_and_the_title_is_written_when_it_changes() {
    let mut terminal = ready();
    terminal.hears(b"\x1b]0;toy 1\x07");
    let before = terminal.raw().len();
    terminal.keys("j").sees("1 keys");
    let raw = terminal.raw();
    let update = &raw[before..];
    assert!(update.starts_with(b"\x1b[?2026h") && update.ends_with(b"\x1b[?2026l"), "{update:?}");
    assert_eq!(update.windows(8).filter(|window| *window == b"\x1b[?2026h").count(), 1);
    assert!(!update.windows(2).any(|window| window == b"\x1b]"), "no title: {update:?}");
    assert!(update.len() < 60, "{} bytes for one digit", update.len());
    terminal.keys("q");
    leaves(&mut terminal, 0, SOON);
}

#[test]
fn a_flag_is_written_in_letters() {
    let mut terminal = ready();
    terminal.types("\x1b[200~🇩🇪|\x1b[201~".as_bytes()).sees(r#"pasted "DE|""#).keys("q");
    leaves(&mut terminal, 0, SOON);
}

#[test]
fn a_hanging_request_is_given_up_and_says_so() {
    let mut terminal = ready();
    terminal.keys("h x").sees("answer 2: Cancelled").keys("q");
    leaves(&mut terminal, 0, SOON);
}

#[test]
fn copying_asks_the_terminal() {
    let mut terminal = ready();
    terminal.keys("y").sees("answer 4: done").hears(b"\x1b]52;c;Y29waWVkIHRleHQ=\x1b\\");
    terminal.keys("q");
    leaves(&mut terminal, 0, SOON);
}

#[test]
fn a_link_is_written_over_its_text_and_a_bad_one_is_not() {
    let mut terminal = ready();
    let link = format!("\x1b]8;;{}\x1b\\toy\x1b]8;;\x1b\\", test_program::ADDRESS);
    terminal.keys("l").hears(link.as_bytes()).sees("toy, process");
    terminal.keys("q");
    leaves(&mut terminal, 0, SOON);
    assert!(!terminal.raw().windows(2).any(|part| part == b"\x1bc"), "the terminal is not reset");
}

#[test]
fn the_browser_gets_the_address_and_not_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let (browser, visited) = (folder.path().join("browser"), folder.path().join("visited"));
    let script = format!("#!/bin/sh\necho noise; echo noise >&2\nprintf %s \"$1\" >'{0}.new'\nmv '{0}.new' '{0}'\n", {
        visited.display()
    });
    fs::write(&browser, script).unwrap();
    fs::set_permissions(&browser, fs::Permissions::from_mode(0o755)).unwrap();

    let mut command = program_command("plain");
    command.env("BROWSER", &browser);
    let mut terminal = Terminal::spawn(command, 80, 24);
    terminal.sees("connected");
    terminal.keys("o").sees("answer 3: done");
    let begin = Instant::now();
    while !visited.exists() {
        assert!(!late(begin, DEADLINE), "the browser never started");
        thread::sleep(Duration::from_millis(5));
    }
    assert_eq!(fs::read_to_string(&visited).unwrap(), test_program::ADDRESS);
    terminal.keys("q");
    leaves(&mut terminal, 0, SOON);
    assert!(!String::from_utf8_lossy(&terminal.raw()).contains("noise"));
}
