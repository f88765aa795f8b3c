//! Keys and pastes as lines and terminals hand them over: split, cut off, unfinished.

use super::{SOON, leaves, number, ready};
use crate::support::terminal::{DEADLINE, Terminal};
use std::thread;
use std::time::{Duration, Instant};

#[test]
fn a_paste_is_one_message() {
    let mut terminal = ready();
    terminal.types(b"\x1b[200~q and\rp\x1b[201~").sees(r#"pasted "q and\rp""#);
    terminal.keys("q");
    leaves(&mut terminal, 0, SOON);
}

/// How many keys the program has counted.
fn counted(terminal: &Terminal) -> i32 {
    number(terminal, "80x24,")
}

#[test]
fn a_key_that_a_slow_line_splits_is_one_key() {
    let mut terminal = ready();
    for round in 0..1_000 {
        let before = counted(&terminal);
        let begin = Instant::now();
        terminal.types(b"\x1b");
        // Not a wait: this is what the line does.
        thread::sleep(Duration::from_millis(5));
        terminal.types(b"[B");
        let slow = begin.elapsed() < Duration::from_millis(50);
        terminal.types(format!("\x1b[200~{round}\x1b[201~").as_bytes()).sees(&format!("pasted \"{round}\""));
        // Otherwise the machine was too busy to be a slow line.
        if slow {
            assert_eq!(counted(&terminal), before + 1);
            terminal.keys("q");
            leaves(&mut terminal, 0, SOON);
            return;
        }
    }
    panic!("the machine is always too busy");
}

#[test]
fn what_the_terminal_left_unfinished_swallows_no_key_for_long() {
    for cut in ["\x1b[?", "\x1b[<0;1", "\x1b]11;rgb:", "\x1bP1$r", "\x1b_Gi=1", "\x1b[200~"] {
        let mut terminal = ready();
        terminal.types(cut.as_bytes());
        let begin = Instant::now();
        while counted(&terminal) == 0 {
            assert!(begin.elapsed() < DEADLINE, "{cut:?}: no key works; the screen:\n{}", terminal.text());
            // Again and again, as a person would: however busy the machine is, some pause is long enough.
            terminal.keys("j");
            thread::sleep(Duration::from_millis(400));
        }
        terminal.keys("q");
        leaves(&mut terminal, 0, SOON);
    }
}

#[test]
fn a_paste_without_an_end_is_over_by_itself() {
    let mut terminal = ready();
    terminal.types(b"\x1b[200~abc").sees(r#"pasted "abc""#).keys("j").sees("1 keys").keys("q");
    leaves(&mut terminal, 0, SOON);
}
