//! Keys, without a terminal library: what a person pressed, how it is written in a keymap and on the screen.

mod sequence;

pub use sequence::Sequence;

use crate::domain::nearest::nearest;
use crate::domain::text::clean;
use std::fmt;
use std::str::FromStr;

/// One key press. Shift is part of the character (`G`) or of [`Code::BackTab`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    pub code: Code,
    pub ctrl: bool,
    pub alt: bool,
}

/// Which key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Code {
    /// A printable character, the space included.
    Char(char),
    Enter,
    Esc,
    Tab,
    BackTab,
    Backspace,
    Delete,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
    /// F1 to F12.
    F(u8),
}

impl Key {
    /// A key without modifiers.
    pub const fn plain(code: Code) -> Self {
        Self { code, ctrl: false, alt: false }
    }

    /// A character without modifiers.
    pub const fn char(c: char) -> Self {
        Self::plain(Code::Char(c))
    }

    /// A character with Ctrl.
    pub const fn ctrl(c: char) -> Self {
        Self { code: Code::Char(c), ctrl: true, alt: false }
    }

    /// The character that this key types, if it types one.
    pub fn typed(self) -> Option<char> {
        match self.code {
            Code::Char(c) if !self.ctrl && !self.alt => Some(c),
            _ => None,
        }
    }

    /// It saves from anywhere in a form: ctrl-s, or F2 where a terminal keeps that to itself.
    pub fn saves(self) -> bool {
        self == Self::ctrl('s') || self == Self::plain(Code::F(2))
    }

    /// As it is written in a keymap: `ctrl-d`, `enter`, `G`.
    pub fn name(self) -> String {
        let code = match (NAMES.iter().find(|(_, code, _)| *code == self.code), self.code) {
            (Some((name, ..)), _) => (*name).to_owned(),
            (None, Code::F(number)) => format!("f{number}"),
            (None, _) => Self::plain(self.code).to_string(),
        };
        format!("{}{}{code}", if self.ctrl { "ctrl-" } else { "" }, if self.alt { "alt-" } else { "" })
    }
}

/// Names of keys that are not characters, as written in keymaps and shown in hints.
const NAMES: [(&str, Code, &str); 16] = [
    ("enter", Code::Enter, "↵"),
    ("esc", Code::Esc, "Esc"),
    ("tab", Code::Tab, "Tab"),
    ("backtab", Code::BackTab, "⇧Tab"),
    ("backspace", Code::Backspace, "⌫"),
    ("del", Code::Delete, "Del"),
    ("up", Code::Up, "↑"),
    ("down", Code::Down, "↓"),
    ("left", Code::Left, "←"),
    ("right", Code::Right, "→"),
    ("home", Code::Home, "Home"),
    ("end", Code::End, "End"),
    ("pgup", Code::PageUp, "PgUp"),
    ("pgdn", Code::PageDown, "PgDn"),
    ("space", Code::Char(' '), "Space"),
    ("minus", Code::Char('-'), "-"),
];

/// What other programs call keys, and what they are called here.
const ALIASES: [(&str, &str); 12] = [
    ("return", "enter"),
    ("cr", "enter"),
    ("escape", "esc"),
    ("pageup", "pgup"),
    ("pagedown", "pgdn"),
    ("page-up", "pgup"),
    ("page-down", "pgdn"),
    ("delete", "del"),
    ("spacebar", "space"),
    ("shift-tab", "backtab"),
    ("s-tab", "backtab"),
    ("hyphen", "minus"),
];

/// Why a text is no key, and which one was meant, where that can be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAKey {
    text: String,
    meant: Option<String>,
}

impl NotAKey {
    fn new(text: &str) -> Self {
        Self { text: clean(text).into_owned(), meant: meant(text) }
    }
}

impl std::error::Error for NotAKey {}

impl fmt::Display for NotAKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}” is not a key; ", self.text)?;
        match &self.meant {
            Some(meant) => write!(f, "did you mean `{meant}`?"),
            None => {
                f.write_str("keys look like `g`, `G`, `ctrl-d`, `alt-x`, `enter`, `f5`, and one after the other `g g`")
            }
        }
    }
}

/// The key, or the sequence, that this was meant to be.
fn meant(text: &str) -> Option<String> {
    let text = text.trim();
    let bare = text.trim_start_matches('<').trim_end_matches('>').to_ascii_lowercase();
    for (other, ours) in [("control-", "ctrl-"), ("c-", "ctrl-"), ("ctrl+", "ctrl-"), ("alt+", "alt-"), ("m-", "alt-")]
    {
        if let Some(rest) = bare.strip_prefix(other) {
            return read(&format!("{ours}{rest}")).map(Key::name);
        }
    }
    if let Some((_, ours)) = ALIASES.iter().find(|(other, _)| *other == bare) {
        return Some((*ours).to_owned());
    }
    if let Some(key) = read(&bare).filter(|_| bare.len() < text.len()) {
        return Some(key.name());
    }
    if let Some(name) = nearest(&bare, NAMES.iter().map(|(name, ..)| *name)).filter(|_| bare.len() > 2) {
        return Some(name.to_owned());
    }
    // `gg` is `g g`.
    let letters: Vec<String> = text.chars().map(String::from).collect();
    let short = (2..=3).contains(&letters.len()) && text.chars().all(|c| c.is_ascii_alphabetic());
    short.then(|| letters.join(" "))
}

impl FromStr for Key {
    type Err = NotAKey;

    fn from_str(text: &str) -> Result<Self, NotAKey> {
        read(text).ok_or_else(|| NotAKey::new(text))
    }
}

fn read(text: &str) -> Option<Key> {
    let mut key = Key::plain(Code::Esc);
    let mut rest = text;
    loop {
        if let Some(after) = after(rest, "ctrl-") {
            (key.ctrl, rest) = (true, after);
        } else if let Some(after) = after(rest, "alt-") {
            (key.alt, rest) = (true, after);
        } else {
            break;
        }
    }
    let mut chars = rest.chars();
    key.code = match (chars.next(), chars.next()) {
        // Ctrl-Shift-D and Ctrl-D are one key in most terminals.
        (Some(c), None) if key.ctrl && !c.is_control() => Code::Char(c.to_ascii_lowercase()),
        (Some(c), None) if !c.is_control() => Code::Char(c),
        _ => named(&rest.to_ascii_lowercase())?,
    };
    Some(key)
}

fn after<'a>(text: &'a str, modifier: &str) -> Option<&'a str> {
    let (front, rest) = text.split_at_checked(modifier.len())?;
    front.eq_ignore_ascii_case(modifier).then_some(rest)
}

fn named(name: &str) -> Option<Code> {
    if let Some(number) = name.strip_prefix('f') {
        return number.parse().ok().filter(|number| (1..=12).contains(number)).map(Code::F);
    }
    NAMES.iter().find(|(known, ..)| *known == name).map(|(_, code, _)| *code)
}

/// As a person reads it in a hint: `^d`, `↵`, `G`.
impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            f.write_str("^")?;
        }
        if self.alt {
            f.write_str("Alt-")?;
        }
        if let Some((_, _, shown)) = NAMES.iter().find(|(_, code, _)| *code == self.code) {
            return f.write_str(shown);
        }
        match self.code {
            Code::F(number) => write!(f, "F{number}"),
            Code::Char(c) => write!(f, "{c}"),
            // Every other code has its row in NAMES; a test holds that.
            _ => f.write_str("?"),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::app::key::*;

    #[test]
    fn keys_are_read_as_they_are_written() {
        for (text, key) in [
            ("g", Key::char('g')),
            ("G", Key::char('G')),
            ("/", Key::char('/')),
            ("space", Key::char(' ')),
            ("ctrl-d", Key::ctrl('d')),
            ("alt-x", Key { code: Code::Char('x'), ctrl: false, alt: true }),
            ("f5", Key::plain(Code::F(5))),
            ("pgdn", Key::plain(Code::PageDown)),
        ] {
            assert_eq!(text.parse(), Ok(key), "{text}");
            assert_eq!(key.name(), text);
        }
        for (loose, name) in
            [("Ctrl-D", "ctrl-d"), ("ALT-X", "alt-X"), ("Enter", "enter"), ("F5", "f5"), ("-", "minus")]
        {
            assert_eq!(loose.parse::<Key>().map(Key::name), Ok(name.to_owned()));
        }
        for text in ["", "ctrl-", "f13", "f0", "wheel", "gg"] {
            assert!(text.parse::<Key>().is_err(), "{text:?} must be refused");
        }
    }

    #[test]
    fn what_is_no_key_says_which_one_was_meant() {
        for (text, meant) in [
            ("gg", "g g"),
            ("pagedown", "pgdn"),
            ("Escape", "esc"),
            ("<C-d>", "ctrl-d"),
            ("ctrl+d", "ctrl-d"),
            ("entr", "enter"),
            ("<f5>", "f5"),
        ] {
            let told = text.parse::<Key>().unwrap_err().to_string();
            assert!(told.ends_with(&format!("did you mean `{meant}`?")), "{told}");
        }
        for text in ["wheel", "f13", "ctrl-"] {
            assert!(!text.parse::<Key>().unwrap_err().to_string().contains("did you mean"), "{text}");
        }
    }

    #[test]
    fn every_named_key_has_a_face() {
        for (name, code, shown) in NAMES {
            assert_eq!(name.parse(), Ok(Key::plain(code)));
            assert_eq!(Key::plain(code).to_string(), shown);
        }
    }
}
