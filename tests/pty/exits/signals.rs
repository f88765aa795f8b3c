//! Every signal that ends a program leaves a clean terminal.

use super::{SOON, leaves, ready, start};
use rustix::process::Signal;

#[test]
fn signals_end_it_as_a_shell_expects() {
    let named = [
        Signal::TERM,
        Signal::INT,
        Signal::HUP,
        Signal::QUIT,
        Signal::USR1,
        Signal::USR2,
        Signal::ALARM,
        Signal::VTALARM,
        Signal::PROF,
        Signal::XCPU,
        Signal::SYS,
        Signal::TRAP,
        Signal::ABORT,
        #[cfg(target_os = "linux")]
        Signal::IO,
        #[cfg(target_os = "linux")]
        Signal::POWER,
        #[cfg(target_os = "linux")]
        Signal::STKFLT,
    ];
    for signal in named {
        let status = u32::try_from(128 + signal.as_raw()).unwrap();
        let mut terminal = ready();
        terminal.signal(signal);
        leaves(&mut terminal, status, SOON);
        let mut prompt = start("prompt");
        prompt.sees("Secret: ");
        assert!(!prompt.settings().cooked(), "what is typed does not show");
        prompt.signal(signal);
        leaves(&mut prompt, status, SOON);
    }
}

#[test]
fn a_file_that_may_not_grow_is_no_reason_to_end() {
    let mut terminal = ready();
    terminal.signal(Signal::XFSZ).keys("j").sees("1 keys").keys("q");
    leaves(&mut terminal, 0, SOON);
}
