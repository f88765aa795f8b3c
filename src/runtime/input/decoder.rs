//! Decodes bytes of the terminal to keys and pastes: a state machine that is given the time and reads no clock.
//!
//! A key such as ↑ is a sequence that begins with the byte of Esc, and a slow line delivers it byte by byte.
//! Unfinished input waits for the rest, but not forever: otherwise a paste or a reply whose end is lost would swallow
//! every key after it.

use std::time::{Duration, Instant};

use super::keys;
use crate::app::key::{Code, Key};
use crate::app::pointer::{Gesture, Pointed};

/// After this, the first byte of a sequence was the Esc key. Shorter than a delay that a person notices, longer than
/// a pause of a poor line within a sequence.
const ESC_LIMIT: Duration = Duration::from_millis(50);

/// After this, a sequence is dropped. Longer, because its rest would be taken for keys.
const SEQUENCE_LIMIT: Duration = Duration::from_millis(250);

/// A paste that brings fewer than [`PASTE_LEAST`] bytes in this time is over.
const PASTE_LIMIT: Duration = Duration::from_secs(1);

/// More than somebody types who wonders why no key works, less than any line delivers.
const PASTE_LEAST: usize = 12;

/// The end of a bracketed paste.
const PASTE_END: &[u8] = b"\x1b[201~";

/// No key has longer parameters, and no answer that we ask for is longer.
const LONGEST: usize = 64;

/// How a terminal begins its answer about its background (OSC 11).
const ANSWER: &[u8] = b"11;";

/// An answer that has begun is waited for longer: nobody types what it begins with, and its rest is full of letters that
/// are keys.
const ANSWER_LIMIT: Duration = Duration::from_secs(5);

const ESC: u8 = 0x1b;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Event {
    Key(Key),
    Mouse(Pointed),
    Paste(String),
    /// The terminal's answer to a question (OSC), without its frame.
    Answer(String),
}

#[derive(Debug, Default)]
enum State {
    #[default]
    Ground,
    /// The first bytes of a UTF-8 character.
    Character { alt: bool, bytes: Vec<u8> },
    /// The Esc key, or the first byte of a sequence; `alt`: two of them, as some terminals send Alt-↑; `text`: what a
    /// string has said so far that this possibly ends.
    Escape { alt: bool, text: Option<Vec<u8>> },
    /// `ESC [` (CSI) or `ESC O` (SS3) with parameters.
    Sequence { alt: bool, intro: u8, parameters: Vec<u8> },
    /// `ESC [ M`, an X10 mouse report: so many bytes to come.
    Mouse(u8),
    /// OSC, DCS, APC, PM or SOS, and the beginning of what it says.
    Text { intro: u8, said: Vec<u8> },
    /// Since when, and the number of bytes at that time.
    Paste { text: Vec<u8>, since: Instant, then: usize },
}

#[derive(Debug, Default)]
pub(super) struct Decoder {
    state: State,
    last: Option<Instant>,
    /// A paste was dropped, and nothing has come since.
    lost: bool,
}

impl Decoder {
    /// Decodes bytes. Call [`Decoder::expire`] before, if the unfinished input was really late: on a busy machine the
    /// bytes may have been waiting for us.
    pub(super) fn feed(&mut self, bytes: &[u8], now: Instant, events: &mut Vec<Event>) {
        let late = self.last.replace(now).is_some_and(|last| now.saturating_duration_since(last) >= SEQUENCE_LIMIT);
        self.end_esc(bytes, events);
        self.go_on_with_answer(bytes, late);
        if std::mem::take(&mut self.lost) && is_rest_of_paste(bytes) {
            self.state = State::Paste { text: Vec::new(), since: now, then: 0 };
        }
        for &byte in bytes {
            self.state = self.step(byte, now, events);
        }
    }

    /// Esc and a key of a later read are two keys, however soon it came: terminals send Alt and a letter in one read.
    /// Only the second byte of a sequence still continues it.
    fn end_esc(&mut self, bytes: &[u8], events: &mut Vec<Event>) {
        let (State::Escape { alt, text }, Some(next)) = (&self.state, bytes.first()) else { return };
        let goes_on =
            matches!(*next, ESC | b'[' | b'O' | b']' | b'P' | b'X' | b'^' | b'_') || text.is_some() && *next == b'\\';
        if !goes_on && next.is_ascii() {
            events.extend(std::iter::repeat_n(Event::Key(Key::plain(Code::Esc)), if *alt { 2 } else { 1 }));
            self.state = State::Ground;
        }
    }

    /// A line that stalled behind the first byte of an answer, or the second, brings the rest at once: nobody types it.
    /// What comes late and is no part of an answer is a key: the rest of the answer was lost.
    fn go_on_with_answer(&mut self, bytes: &[u8], late: bool) {
        let part =
            |byte: &u8| byte.is_ascii_hexdigit() || matches!(*byte, b'r' | b'g' | b':' | b'/' | b'#' | ESC | 0x07);
        match &self.state {
            State::Ground if bytes.starts_with(b"]11;rgb") => self.state = State::Escape { alt: false, text: None },
            State::Ground if bytes.starts_with(b"11;rgb") => self.state = text(b']'),
            State::Text { .. } if late && !bytes.first().is_some_and(part) => self.state = State::Ground,
            _ => {}
        }
    }

    /// When [`Decoder::expire`] is due; `None` when nothing is unfinished.
    pub(super) fn deadline(&self) -> Option<Instant> {
        let last = self.last?;
        match self.state {
            State::Ground => None,
            State::Escape { .. } => Some(last + ESC_LIMIT),
            State::Paste { since, .. } => Some(since + PASTE_LIMIT),
            State::Text { intro: b']', ref said } if said.starts_with(ANSWER) => Some(last + ANSWER_LIMIT),
            _ => Some(last + SEQUENCE_LIMIT),
        }
    }

    /// Finishes or drops what has waited too long; no part of a sequence becomes a letter.
    pub(super) fn expire(&mut self, now: Instant, events: &mut Vec<Event>) {
        if self.deadline().is_none_or(|deadline| now < deadline) {
            return;
        }
        match std::mem::take(&mut self.state) {
            State::Escape { alt, .. } => {
                let esc = Event::Key(Key::plain(Code::Esc));
                events.extend(std::iter::repeat_n(esc, if alt { 2 } else { 1 }));
            }
            State::Sequence { alt, intro, parameters } if parameters.is_empty() => push_alt(intro, alt, events),
            State::Text { intro, said } if said.is_empty() => push_alt(intro, false, events),
            State::Paste { text, then, .. } if text.len() >= then + PASTE_LEAST => {
                let then = text.len();
                self.state = State::Paste { text, since: now, then };
            }
            State::Paste { text, .. } => {
                events.push(paste(&text));
                self.lost = true;
            }
            State::Ground | State::Character { .. } | State::Sequence { .. } | State::Mouse(_) | State::Text { .. } => {
            }
        }
    }

    fn step(&mut self, byte: u8, now: Instant, events: &mut Vec<Event>) -> State {
        match (std::mem::take(&mut self.state), byte) {
            (State::Paste { mut text, since, then }, _) => {
                text.push(byte);
                if text.ends_with(PASTE_END) {
                    events.push(paste(&text));
                    return State::Ground;
                }
                State::Paste { text, since, then }
            }
            (State::Escape { alt, .. }, ESC) => {
                if alt {
                    events.push(Event::Key(Key::plain(Code::Esc)));
                }
                State::Escape { alt: true, text: None }
            }
            // Drops what it interrupts, except a string that it may terminate.
            (State::Text { intro, said }, ESC) => {
                State::Escape { alt: false, text: Some(if intro == b']' { said } else { Vec::new() }) }
            }
            (_, ESC) => State::Escape { alt: false, text: None },
            (State::Escape { text: Some(said), .. }, b'\\') | (State::Text { intro: b']', said }, 0x07) => {
                events.extend(answer(&said));
                State::Ground
            }
            (State::Text { .. }, 0x07) => State::Ground,
            (State::Escape { alt, .. }, b'[' | b'O') => State::Sequence { alt, intro: byte, parameters: Vec::new() },
            (State::Escape { alt: false, .. }, b']' | b'P' | b'X' | b'^' | b'_') => text(byte),
            (State::Escape { alt, .. }, _) => {
                if alt {
                    events.push(Event::Key(Key::plain(Code::Esc)));
                }
                ground(byte, true, events)
            }
            (State::Mouse(left), 0x20..) => {
                if left > 1 {
                    State::Mouse(left - 1)
                } else {
                    State::Ground
                }
            }
            // No other sequence holds a control character: it is a key, above all ctrl-c.
            (_, ..0x20 | 0x7f) => ground(byte, false, events),
            (State::Text { intro, mut said }, _) => {
                // What is longer is no answer to us; of those that are not, only that they said something counts.
                if said.len() <= LONGEST {
                    said.push(byte);
                }
                State::Text { intro, said }
            }
            (State::Sequence { alt, intro, parameters }, ..0x80) => {
                sequence(Sequence { alt, intro, parameters }, byte, now, events)
            }
            (State::Character { alt, mut bytes }, 0x80..0xc0) => {
                bytes.push(byte);
                match std::str::from_utf8(&bytes) {
                    Ok(text) => {
                        let typed = text.chars().map(|c| Event::Key(Key { code: Code::Char(c), ctrl: false, alt }));
                        events.extend(typed);
                        State::Ground
                    }
                    Err(error) if error.error_len().is_none() => State::Character { alt, bytes },
                    Err(_) => State::Ground,
                }
            }
            (_, _) => ground(byte, false, events),
        }
    }
}

struct Sequence {
    alt: bool,
    intro: u8,
    parameters: Vec<u8>,
}

fn sequence(so_far: Sequence, byte: u8, now: Instant, events: &mut Vec<Event>) -> State {
    let Sequence { alt, intro, mut parameters } = so_far;
    match (intro, parameters.as_slice(), byte) {
        // `ESC [ [ A` is F1 on the Linux console.
        (b'[', [], b'[') | (_, _, 0x20..0x40) => {
            if parameters.len() < LONGEST {
                parameters.push(byte);
            }
            State::Sequence { alt, intro, parameters }
        }
        (b'[', [], b'M') => State::Mouse(3),
        (b'[', [b'<', report @ ..], b'M') => {
            events.extend(mouse(report).map(Event::Mouse));
            State::Ground
        }
        (b'[', b"200", b'~') => State::Paste { text: Vec::new(), since: now, then: 0 },
        _ => {
            let key = keys::of_sequence(intro, &parameters, byte).filter(|_| parameters.len() < LONGEST);
            events.extend(key.map(|key| Event::Key(Key { alt: key.alt || alt, ..key })));
            State::Ground
        }
    }
}

/// The beginning of a string.
fn text(intro: u8) -> State {
    State::Text { intro, said: Vec::new() }
}

/// What a string has said, if it can be an answer.
fn answer(said: &[u8]) -> Option<Event> {
    let said = std::str::from_utf8(said).ok().filter(|_| said.starts_with(ANSWER) && said.len() <= LONGEST)?;
    Some(Event::Answer(said.to_owned()))
}

/// An SGR report of a press, `button;column;row` from 1: of the left button and the wheel, without Shift, Alt and Ctrl.
fn mouse(report: &[u8]) -> Option<Pointed> {
    let mut numbers = std::str::from_utf8(report).ok()?.split(';').map(str::parse::<u16>);
    let mut next = || numbers.next()?.ok();
    let gesture = match next()? {
        0 => Gesture::Click,
        64 => Gesture::WheelUp,
        65 => Gesture::WheelDown,
        _ => return None,
    };
    Some(Pointed { gesture, x: next()?.checked_sub(1)?, y: next()?.checked_sub(1)? })
}

fn ground(byte: u8, alt: bool, events: &mut Vec<Event>) -> State {
    match byte {
        ..0x80 => events.push(Event::Key(Key { alt, ..keys::of_byte(byte) })),
        0xc2..0xf5 => return State::Character { alt, bytes: vec![byte] },
        // Not the start of a character.
        _ => {}
    }
    State::Ground
}

/// Alt-[ and the like, which look like the start of a sequence.
fn push_alt(intro: u8, after_esc: bool, events: &mut Vec<Event>) {
    if after_esc {
        events.push(Event::Key(Key::plain(Code::Esc)));
    }
    events.push(Event::Key(Key { alt: true, ..Key::char(char::from(intro)) }));
}

/// Whether input after a dropped paste belongs to it: the line may only have stalled, and pasted text must not run as
/// commands. Nobody types so much at once.
fn is_rest_of_paste(bytes: &[u8]) -> bool {
    bytes.windows(PASTE_END.len()).any(|part| part == PASTE_END)
        || bytes.len() >= PASTE_LEAST && bytes.first() != Some(&ESC)
}

/// The pasted text, without its terminator or the part of it that came.
fn paste(text: &[u8]) -> Event {
    let end = (1..=PASTE_END.len()).rev().find_map(|len| text.strip_suffix(PASTE_END.get(..len)?));
    Event::Paste(String::from_utf8_lossy(end.unwrap_or(text)).into_owned())
}

#[cfg(test)]
mod tests;
