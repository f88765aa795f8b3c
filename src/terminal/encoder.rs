//! From cells to bytes, in as few as they need: each is felt over a slow line, and a terminal that stalls piles them
//! up. ratatui's own backend puts the cursor by row and column behind every gap, names the sixteen colours by their
//! long form, and switches off one by one what a single sequence resets.

use std::io::{self, Write};

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

/// Writes cells, which come row by row and from left to right. Colours are as the terminal has them before and after.
pub(super) fn write<'a>(cells: impl Iterator<Item = (u16, u16, &'a Cell)>, to: &mut Vec<u8>) -> io::Result<()> {
    let mut pen = Pen::default();
    let mut at: Option<Cursor> = None;
    for (x, y, cell) in cells {
        let sure = go(at, x, y, to)?;
        let wanted = Pen::of(cell);
        pen.change(wanted, to)?;
        pen = wanted;
        to.extend_from_slice(cell.symbol().as_bytes());
        let ascii = matches!(cell.symbol().as_bytes(), [b' '..=b'~']);
        at = Some(Cursor { x: x.saturating_add(1), y, sure: sure && ascii });
    }
    pen.change(Pen::default(), to)
}

/// Behind what was written last.
#[derive(Clone, Copy)]
struct Cursor {
    x: u16,
    y: u16,
    /// Only ASCII since it was put: of other letters terminals disagree how wide they are, and a cursor that is put
    /// again at each gap cannot drift.
    sure: bool,
}

/// Moves the cursor, if need be: to the right within a row it steps. Whether it is sure to be there.
fn go(from: Option<Cursor>, x: u16, y: u16, to: &mut Vec<u8>) -> io::Result<bool> {
    if let Some(from) = from.filter(|from| from.y == y) {
        match x.checked_sub(from.x) {
            Some(0) => return Ok(from.sure),
            Some(1) if from.sure => return to.write_all(b"\x1b[C").map(|()| true),
            Some(steps) if from.sure => return write!(to, "\x1b[{steps}C").map(|()| true),
            _ => {}
        }
    }
    let (row, column) = (y.saturating_add(1), x.saturating_add(1));
    if column == 1 { write!(to, "\x1b[{row}H") } else { write!(to, "\x1b[{row};{column}H") }.map(|()| true)
}

/// How letters are drawn.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Pen {
    foreground: Color,
    background: Color,
    underline: Color,
    modifier: Modifier,
}

impl Pen {
    fn of(cell: &Cell) -> Self {
        let Cell { fg: foreground, bg: background, underline_color: underline, modifier, .. } = *cell;
        Self { foreground, background, underline, modifier }
    }

    /// By what differs or, where that is shorter, by a reset and all that is wanted.
    fn change(self, wanted: Self, to: &mut Vec<u8>) -> io::Result<()> {
        if self == wanted {
            return Ok(());
        }
        let (steps, anew) = (self.steps(wanted), Self::default().steps(wanted));
        match anew.as_str() {
            "" => to.write_all(b"\x1b[m"),
            anew if anew.len() + 2 < steps.len() => write!(to, "\x1b[0;{anew}m"),
            _ => write!(to, "\x1b[{steps}m"),
        }
    }

    /// The parameters of a sequence.
    fn steps(self, wanted: Self) -> String {
        const OFF: [(Modifier, &str); 7] = [
            (Modifier::BOLD.union(Modifier::DIM), "22"),
            (Modifier::ITALIC, "23"),
            (Modifier::UNDERLINED, "24"),
            (Modifier::SLOW_BLINK.union(Modifier::RAPID_BLINK), "25"),
            (Modifier::REVERSED, "27"),
            (Modifier::HIDDEN, "28"),
            (Modifier::CROSSED_OUT, "29"),
        ];
        const ON: [(Modifier, &str); 9] = [
            (Modifier::BOLD, "1"),
            (Modifier::DIM, "2"),
            (Modifier::ITALIC, "3"),
            (Modifier::UNDERLINED, "4"),
            (Modifier::SLOW_BLINK, "5"),
            (Modifier::RAPID_BLINK, "6"),
            (Modifier::REVERSED, "7"),
            (Modifier::HIDDEN, "8"),
            (Modifier::CROSSED_OUT, "9"),
        ];
        let mut parameters: Vec<String> = Vec::new();
        let mut now = self.modifier;
        for (modifiers, off) in OFF {
            if now.difference(wanted.modifier).intersects(modifiers) {
                now.remove(modifiers);
                parameters.push(off.to_owned());
            }
        }
        let gained = wanted.modifier.difference(now);
        parameters.extend(ON.iter().filter(|(modifier, _)| gained.contains(*modifier)).map(|(_, on)| (*on).to_owned()));
        let colours = [
            (self.foreground, wanted.foreground, 30),
            (self.background, wanted.background, 40),
            (self.underline, wanted.underline, 50),
        ];
        parameters
            .extend(colours.iter().filter(|(now, wanted, _)| now != wanted).map(|(_, c, base)| colour(*c, *base)));
        parameters.join(";")
    }
}

/// As a parameter; `base` is 30 for letters, 40 behind them, 50 for their underline.
fn colour(colour: Color, base: u8) -> String {
    let (bright, number) = match colour {
        Color::Reset => return (base + 9).to_string(),
        Color::Rgb(red, green, blue) => return format!("{};2;{red};{green};{blue}", base + 8),
        Color::Indexed(number) => return format!("{};5;{number}", base + 8),
        Color::Black => (false, 0),
        Color::Red => (false, 1),
        Color::Green => (false, 2),
        Color::Yellow => (false, 3),
        Color::Blue => (false, 4),
        Color::Magenta => (false, 5),
        Color::Cyan => (false, 6),
        Color::Gray => (false, 7),
        Color::DarkGray => (true, 0),
        Color::LightRed => (true, 1),
        Color::LightGreen => (true, 2),
        Color::LightYellow => (true, 3),
        Color::LightBlue => (true, 4),
        Color::LightMagenta => (true, 5),
        Color::LightCyan => (true, 6),
        Color::White => (true, 7),
    };
    match (base, bright) {
        // An underline has no short form.
        (50, _) => format!("58;5;{}", number + if bright { 8 } else { 0 }),
        (_, true) => (base + 60 + number).to_string(),
        (_, false) => (base + number).to_string(),
    }
}

#[cfg(test)]
mod tests;
