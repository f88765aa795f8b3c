//! The screen in ASCII signs, for consoles whose font has no others: one pass over the drawn cells, so that whatever is
//! drawn has them. Letters stay, also those of other scripts: a name is not changed. A sign takes as many cells as
//! before.

use ratatui::buffer::Buffer;

/// Replaces the signs of a picture.
pub(super) fn replace(buffer: &mut Buffer) {
    for at in 0..buffer.content.len() {
        let symbol = buffer.content.get(at).map(ratatui::buffer::Cell::symbol).unwrap_or_default();
        if symbol.is_ascii() {
            continue;
        }
        if symbol == "…" {
            ellipsis(buffer, at);
        } else if let Some(ascii) = symbol.chars().next().and_then(sign)
            && let Some(cell) = buffer.content.get_mut(at)
        {
            cell.set_symbol(ascii);
        }
    }
}

/// The same for a line outside the cells.
pub(super) fn text(text: &str) -> String {
    let letter = |c: char| if c == '…' { "...".to_owned() } else { sign(c).map_or_else(|| c.into(), str::to_owned) };
    text.chars().map(letter).collect()
}

/// Keys in words where a sign would be another key's: `↵` has no sign in ASCII.
pub(super) fn keys(text: &str) -> String {
    text.replace('↵', "Enter")
}

/// Three dots behind a blank, or where much room follows; else the sign for what was cut off, so that the columns of a
/// table, which are nearer, have the same in each row.
fn ellipsis(buffer: &mut Buffer, at: usize) {
    let width = usize::from(buffer.area.width).max(1);
    let row = buffer.content.get(at + 1..at + width - at % width).unwrap_or_default();
    let blanks = row.iter().take_while(|cell| cell.symbol() == " ").count();
    let apart =
        at.checked_sub(1).and_then(|before| buffer.content.get(before)).is_some_and(|cell| cell.symbol() == " ");
    let free = blanks >= if apart { 3 } else { 8 };
    let signs: &[&str] = if free { &[".", ".", "."] } else { &["~"] };
    for (cell, sign) in buffer.content.iter_mut().skip(at).zip(signs) {
        cell.set_symbol(sign);
    }
}

/// What stands for which signs; the most frequent first. The spinner turns, other patterns of dots are curves.
const SIGNS: [(&str, &str); 23] = [
    ("-", "─╌┄┈╴╶–—‑−·◌▃▄⠸⠼"),
    ("|", "│┃╵╷▎▏▍▕▐⠋⠇⠧"),
    ("=", "━═▅"),
    ("+", "╭╮╰╯┌┐└┘├┤┬┴┼┏┓┗┛┣┫┳┻╋✔✓☑★±"),
    ("*", "●•▪◼∙"),
    ("o", "○◯□☐▫◇☆°"),
    ("!", "⚑⚠△≠"),
    ("#", "█▆▇▰▓■▉▊▋║◆"),
    ("_", "▁▂␣"),
    (".", "▱░⋅"),
    (":", "┆┊╎▒"),
    (">", "▌❯▸▶→›≥⇥"),
    ("<", "◂◀←‹≤↵⏎⌫"),
    ("^", "↑▴⇧⌃"),
    ("v", "↓▾"),
    ("O", "◉◎"),
    ("~", "◐◑◒◓≈"),
    ("%", "◔◕"),
    ("@", "↺↻⟳◷"),
    ("X", "▲"),
    ("x", "✖✘✕✗☒×"),
    ("/", "÷╱⁄⠙⠹⠏"),
    ("\\", "╲⠴⠦"),
];
const QUOTES: [(&str, &str); 3] = [("\"", "▀“”„«»"), ("'", "‘’‚′"), (" ", "\u{a0}\u{2009}\u{202f}\u{2800}")];

/// The sign of one cell that stands for another; none for letters.
fn sign(c: char) -> Option<&'static str> {
    let known = SIGNS.iter().chain(&QUOTES).find(|(_, signs)| signs.contains(c)).map(|(ascii, _)| *ascii);
    known.or_else(|| ('\u{2801}'..='\u{28ff}').contains(&c).then_some("*"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::layout::Rect;

    fn replaced(line: &str) -> String {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 1));
        buffer.set_string(0, 0, line, ratatui::style::Style::new());
        replace(&mut buffer);
        buffer.content.iter().map(ratatui::buffer::Cell::symbol).collect::<String>().trim_end().to_owned()
    }

    #[test]
    fn signs_are_replaced_and_names_are_not() {
        for (before, after) in [
            ("▌ ● Łąka", "> * Łąka"),
            ("┏━ Müller ━┓", "+= Müller =+"),
            ("東京 ⚑ ✔", "東 京  ! +"),
            ("Flu…  Acti", "Flu~  Acti"),
            ("Fluss…   Act", "Fluss~   Act"),
            ("Ort…", "Ort..."),
            ("loading …", "loading ..."),
            ("loading t…", "loading t~"),
        ] {
            assert_eq!(replaced(before), after);
        }
        assert_eq!(text("Möwe · mspdash …"), "Möwe - mspdash ...");
    }

    #[test]
    fn every_sign_becomes_one_cell_of_ascii() {
        let signs = (0..=0x0001_ffff).filter_map(char::from_u32).filter_map(|c| Some((c, sign(c)?)));
        for (c, ascii) in signs {
            assert!(!c.is_alphanumeric() && ascii.len() == 1 && ascii.is_ascii(), "{c} {ascii}");
        }
        let all: Vec<char> = SIGNS.iter().chain(&QUOTES).flat_map(|(_, signs)| signs.chars()).collect();
        assert_eq!(all.len(), all.iter().collect::<std::collections::BTreeSet<_>>().len(), "each sign stands once");
    }
}
