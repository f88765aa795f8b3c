//! From the bytes of a terminal to keys and pastes: a state machine that is told the time, and reads no clock.
//!
//! A key such as ↑ is a sequence of bytes that begins with the byte of the Esc key, and a slow line hands them over
//! one by one. So whatever is unfinished waits for its rest, and nothing waits for ever: without a time limit a paste
//! or a reply whose end is lost would swallow every key that follows.

use std::time::{Duration, Instant};

use super::keys;
use crate::app::key::{Code, Key};

/// From here on the first byte of a sequence was the Esc key. Shorter than what a person feels as a delay, and longer
/// than the pause that a poor line makes within a sequence.
const ESC_LIMIT: Duration = Duration::from_millis(50);

/// From here on a sequence that has begun is given up. Longer, because its rest would be taken for keys.
const SEQUENCE_LIMIT: Duration = Duration::from_millis(250);

/// In this time a paste brings [`PASTE_LEAST`] bytes, or it is over.
const PASTE_LIMIT: Duration = Duration::from_secs(1);

/// More than somebody types who wonders why no key works, and less than any line carries.
const PASTE_LEAST: usize = 12;

/// What a terminal says behind a paste.
const PASTE_END: &[u8] = b"\x1b[201~";

/// Parameters longer than this belong to no key.
const LONGEST: usize = 64;

const ESC: u8 = 0x1b;

/// What a person did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Event {
    Key(Key),
    Paste(String),
}

/// What has come so far of something unfinished.
#[derive(Debug, Default)]
enum State {
    #[default]
    Ground,
    /// The first bytes of a character in UTF-8.
    Character { alt: bool, bytes: Vec<u8> },
    /// The Esc key, or the first byte of a sequence; `alt`: two of them, as some terminals send Alt-↑;
    /// `text`: it may be the first byte of what ends a text.
    Escape { alt: bool, text: bool },
    /// `ESC [` (CSI) or `ESC O` (SS3) and parameters.
    Sequence { alt: bool, intro: u8, parameters: Vec<u8> },
    /// `ESC [ M`, an old report of the mouse: so many bytes are to come.
    Mouse(u8),
    /// OSC, DCS, APC, PM or SOS: replies to questions that are not ours.
    Text { intro: u8, empty: bool },
    /// Since when, and how many bytes were there at that time.
    Paste { text: Vec<u8>, since: Instant, then: usize },
}

#[derive(Debug, Default)]
pub(super) struct Decoder {
    state: State,
    /// When the last byte came.
    last: Option<Instant>,
    /// A paste was given up, and nothing came since.
    lost: bool,
}

impl Decoder {
    /// Takes bytes in. Whether they came in time for what is unfinished is for the caller to say, by
    /// [`Decoder::expire`] before them: on a busy machine they may have waited for us, not we for them.
    pub(super) fn feed(&mut self, bytes: &[u8], now: Instant, events: &mut Vec<Event>) {
        self.last = Some(now);
        self.end_esc(bytes, events);
        if std::mem::take(&mut self.lost) && is_rest_of_paste(bytes) {
            self.state = State::Paste { text: Vec::new(), since: now, then: 0 };
        }
        for &byte in bytes {
            self.state = self.step(byte, now, events);
        }
    }

    /// Esc, and a key that was read later, are two keys, however soon it was pressed: terminals send Alt and a letter at
    /// once. Only what a sequence goes on with is still its second byte.
    fn end_esc(&mut self, bytes: &[u8], events: &mut Vec<Event>) {
        let (State::Escape { alt, text }, Some(next)) = (&self.state, bytes.first()) else { return };
        let goes_on = matches!(*next, ESC | b'[' | b'O' | b']' | b'P' | b'X' | b'^' | b'_') || *text && *next == b'\\';
        if !goes_on && next.is_ascii() {
            events.extend(std::iter::repeat_n(Event::Key(Key::plain(Code::Esc)), if *alt { 2 } else { 1 }));
            self.state = State::Ground;
        }
    }

    /// When [`Decoder::expire`] has something to do; `None`: nothing is unfinished.
    pub(super) fn deadline(&self) -> Option<Instant> {
        let last = self.last?;
        match self.state {
            State::Ground => None,
            State::Escape { .. } => Some(last + ESC_LIMIT),
            State::Paste { since, .. } => Some(since + PASTE_LIMIT),
            _ => Some(last + SEQUENCE_LIMIT),
        }
    }

    /// Ends what has waited too long: it is what it is, or it is dropped; no part of a sequence becomes a letter.
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
            State::Text { intro, empty: true } => push_alt(intro, false, events),
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
                State::Escape { alt: true, text: false }
            }
            // What it interrupts is given up, but for a text that it may end.
            (state, ESC) => State::Escape { alt: false, text: matches!(state, State::Text { .. }) },
            (State::Escape { text: true, .. }, b'\\') | (State::Text { .. }, 0x07) => State::Ground,
            (State::Escape { alt, .. }, b'[' | b'O') => State::Sequence { alt, intro: byte, parameters: Vec::new() },
            (State::Escape { alt: false, .. }, b']' | b'P' | b'X' | b'^' | b'_') => {
                State::Text { intro: byte, empty: true }
            }
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
            // No other sequence holds a control character: it is a key, ctrl-c above all.
            (_, ..0x20 | 0x7f) => ground(byte, false, events),
            (State::Text { intro, .. }, _) => State::Text { intro, empty: false },
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

/// A sequence so far, without its next byte.
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
        (b'[', b"200", b'~') => State::Paste { text: Vec::new(), since: now, then: 0 },
        _ => {
            let key = keys::of_sequence(intro, &parameters, byte).filter(|_| parameters.len() < LONGEST);
            events.extend(key.map(|key| Event::Key(Key { alt: key.alt || alt, ..key })));
            State::Ground
        }
    }
}

/// A byte that continues nothing.
fn ground(byte: u8, alt: bool, events: &mut Vec<Event>) -> State {
    match byte {
        ..0x80 => events.push(Event::Key(Key { alt, ..keys::of_byte(byte) })),
        0xc2..0xf5 => return State::Character { alt, bytes: vec![byte] },
        // Belongs to no character.
        _ => {}
    }
    State::Ground
}

/// Alt-[ and the like, which look like the first two bytes of a sequence.
fn push_alt(intro: u8, after_esc: bool, events: &mut Vec<Event>) {
    if after_esc {
        events.push(Event::Key(Key::plain(Code::Esc)));
    }
    events.push(Event::Key(Key { alt: true, ..Key::char(char::from(intro)) }));
}

/// Whether what comes after a paste that was given up belongs to it: the line may only have stood still, and text that
/// was pasted must not run as commands. Nobody types so much at once.
fn is_rest_of_paste(bytes: &[u8]) -> bool {
    bytes.windows(PASTE_END.len()).any(|part| part == PASTE_END)
        || bytes.len() >= PASTE_LEAST && bytes.first() != Some(&ESC)
}

/// What was pasted, without its end or the part of the end that came.
fn paste(text: &[u8]) -> Event {
    let end = (1..=PASTE_END.len()).rev().find_map(|len| text.strip_suffix(PASTE_END.get(..len)?));
    Event::Paste(String::from_utf8_lossy(end.unwrap_or(text)).into_owned())
}

#[cfg(test)]
mod tests;
