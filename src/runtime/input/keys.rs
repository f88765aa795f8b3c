//! Maps complete sequences to keys: those of xterm, rxvt and the Linux console, and the `CSI u` and modifyOtherKeys
//! forms, which an earlier program may have left enabled.

use crate::app::key::{Code, Key};

pub(super) fn of_byte(byte: u8) -> Key {
    match byte {
        0 => Key::ctrl(' '),
        b'\r' | b'\n' => Key::plain(Code::Enter),
        b'\t' => Key::plain(Code::Tab),
        0x7f => Key::plain(Code::Backspace),
        0x1b => Key::plain(Code::Esc),
        0x01..=0x1a => Key::ctrl(char::from(byte | 0x60)),
        // As on old keyboards: ctrl-4 is ctrl-\.
        0x1c..=0x1f => Key::ctrl(char::from(byte - 0x1c + b'4')),
        _ => Key::char(char::from(byte)),
    }
}

/// `None` for what is not a key: replies, mouse and focus reports, key releases, unknown keys.
pub(super) fn of_sequence(intro: u8, parameters: &[u8], last: u8) -> Option<Key> {
    if parameters == b"[" {
        return matches!(last, b'A'..=b'E').then(|| Key::plain(Code::F(last - b'A' + 1)));
    }
    let numbers = Numbers::read(parameters)?;
    let code = match last {
        b'A' => Code::Up,
        b'B' => Code::Down,
        b'C' => Code::Right,
        b'D' => Code::Left,
        b'H' => Code::Home,
        b'F' => Code::End,
        b'Z' => Code::BackTab,
        b'M' if intro == b'O' => Code::Enter,
        // `CSI R` is a cursor position report.
        b'R' if intro == b'O' => Code::F(3),
        b'P' | b'Q' | b'S' => Code::F(last - b'P' + 1),
        b'~' if numbers.first == Some(27) => character(numbers.third?, numbers.shift)?,
        b'~' => numbered(numbers.first?)?,
        b'u' if intro == b'[' => character(numbers.first?, numbers.shift)?,
        _ => return None,
    };
    let code = match code {
        Code::Tab if numbers.shift => Code::BackTab,
        // Most terminals cannot tell Ctrl-Shift-D from Ctrl-D.
        Code::Char(c) if numbers.ctrl => Code::Char(c.to_ascii_lowercase()),
        other => other,
    };
    Some(Key { code, ctrl: numbers.ctrl, alt: numbers.alt })
}

fn numbered(number: u32) -> Option<Code> {
    Some(match number {
        1 | 7 => Code::Home,
        3 => Code::Delete,
        4 | 8 => Code::End,
        5 => Code::PageUp,
        6 => Code::PageDown,
        11..=15 => Code::F(u8::try_from(number - 10).ok()?),
        17..=21 => Code::F(u8::try_from(number - 11).ok()?),
        23 | 24 => Code::F(u8::try_from(number - 12).ok()?),
        _ => return None,
    })
}

/// A key by its code point.
fn character(number: u32, shift: bool) -> Option<Code> {
    Some(match number {
        9 => Code::Tab,
        13 | 57_414 => Code::Enter,
        27 => Code::Esc,
        8 | 127 => Code::Backspace,
        // The number pad, in the private area of Unicode.
        57_399..=57_408 => Code::Char(char::from_digit(number - 57_399, 10)?),
        57_417 => Code::Left,
        57_418 => Code::Right,
        57_419 => Code::Up,
        57_420 => Code::Down,
        57_421 => Code::PageUp,
        57_422 => Code::PageDown,
        57_423 => Code::Home,
        57_424 => Code::End,
        57_426 => Code::Delete,
        // Media keys and lone modifiers.
        57_344..=63_743 => return None,
        _ => {
            let c = char::from_u32(number).filter(|c| !c.is_control())?;
            let mut upper = c.to_uppercase();
            match (shift, upper.next(), upper.next()) {
                (true, Some(upper), None) => Code::Char(upper),
                _ => Code::Char(c),
            }
        }
    })
}

/// `code ; modifiers : kind ; text`.
struct Numbers {
    first: Option<u32>,
    third: Option<u32>,
    shift: bool,
    alt: bool,
    ctrl: bool,
}

impl Numbers {
    /// `None` when these are not the parameters of a key press, or have an unsupported modifier.
    fn read(parameters: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(parameters).ok()?;
        if text.contains(|c: char| !matches!(c, '0'..='9' | ';' | ':')) {
            return None;
        }
        let mut fields = text.split(';').map(|field| field.split(':'));
        let mut field = || fields.next().unwrap_or_else(|| "".split(':'));
        let first = field().next().and_then(|number| number.parse().ok());
        let mut second = field();
        let modifiers: u32 = match second.next() {
            None | Some("") => 1,
            Some(number) => number.parse().ok()?,
        };
        if second.next() == Some("3") {
            return None;
        }
        let third = field().next().and_then(|number| number.parse().ok());
        let bits = modifiers.saturating_sub(1);
        // Super, hyper, meta.
        if bits & 0b11_1000 != 0 {
            return None;
        }
        Some(Self { first, third, shift: bits & 1 != 0, alt: bits & 2 != 0, ctrl: bits & 4 != 0 })
    }
}
