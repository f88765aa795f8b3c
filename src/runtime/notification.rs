//! Notifications of the desktop, by way of the terminal.

use crate::domain::notify::Notify;
use crate::domain::text::clean;

/// More letters are no notification any more.
const LONGEST: usize = 200;

/// What is sent for a text: whole sequences, and nothing in them that ends one early or begins another.
pub fn notification(how: Notify, text: &str) -> String {
    // A semicolon parts what OSC 777 takes.
    let text: String = clean(text).chars().take(LONGEST).map(|c| if c == ';' { ',' } else { c }).collect();
    let osc9 = if how.osc9 { format!("\x1b]9;mspdash: {text}\x07") } else { String::new() };
    let osc777 = if how.osc777 { format!("\x1b]777;notify;mspdash;{text}\x07") } else { String::new() };
    format!("{osc9}{osc777}{}", if how.bell { "\x07" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: Notify = Notify { osc9: true, osc777: true, bell: true };

    #[test]
    fn each_is_sent_only_where_it_is_asked_for() {
        let text = "Recovery ready to complete: Brightwater; north";
        assert_eq!(notification(Notify::default(), text), "");
        assert_eq!(notification(Notify { bell: true, ..Notify::default() }, text), "\x07");
        let sent = "\x1b]9;mspdash: Recovery ready to complete: Brightwater, north\x07\
                    \x1b]777;notify;mspdash;Recovery ready to complete: Brightwater, north\x07\x07";
        assert_eq!(notification(ALL, text), sent);
    }

    /// Whatever a company is called, and wherever in its name it stands.
    #[test]
    fn no_character_of_a_text_steers_the_terminal() {
        let frame = notification(ALL, "").chars().filter(|c| c.is_control()).count();
        for c in (0..=0x0010_ffff).filter_map(char::from_u32) {
            let sent = notification(ALL, &format!("{c}a{c}{c}]9;4;3{c}"));
            assert_eq!(sent.chars().filter(|c| c.is_control()).count(), frame, "{c:?}");
            assert_eq!(sent.matches(';').count(), 4, "{c:?}");
        }
        assert!(notification(ALL, &"語\u{1b}".repeat(10_000)).chars().count() < 500);
    }
}
