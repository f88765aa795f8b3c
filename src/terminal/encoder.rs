//! Encodes cells in as few bytes as possible: each one counts on a slow line and when a terminal stalls. ratatui's
//! own backend positions the cursor absolutely after every gap, uses the long form of the sixteen colours, and
//! switches attributes off one by one where a single sequence would reset them all. Blanks are written in whatever
//! attributes are set, as long as these show nothing on them, and erased where there are many.

use std::borrow::Cow;
use std::io::{self, Write};

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

use crate::app::msg::Size;

/// From this many blank cells on, one sequence that erases them (ECH) is shorter than spaces, where the cursor has to be
/// moved behind them anyway.
const ERASED: usize = 5;
/// The same where it has to be moved only because of that; cells between are written again.
const ERASED_WITHIN: usize = 9;
/// So many cells between changed ones are rather written again than stepped over.
const REWRITTEN: u16 = 3;

/// What a blank cell shows.
const ON_BLANK: Modifier = Modifier::UNDERLINED.union(Modifier::REVERSED).union(Modifier::CROSSED_OUT);

/// A cell to write, and its place.
pub(super) type Placed<'a> = (u16, u16, Cow<'a, Cell>);

/// Cells come row by row, from left to right. Default colours are set before and after.
pub(super) fn write(cells: &[Placed<'_>], shown: &Shown, to: &mut Vec<u8>) -> io::Result<()> {
    let mut current = Attributes::default();
    let mut at: Option<Cursor> = None;
    let mut rest = cells;
    while let [(x, y, cell), after @ ..] = rest {
        let (x, y) = (*x, *y);
        let exact = rewrite(at, x, y, (shown, current), to) || move_cursor(at, x, y, to)?;
        let wanted = Attributes::of(cell);
        let blank = wanted.blank(cell);
        if !blank || !current.shows_nothing() {
            current.write_change(wanted, to)?;
            current = wanted;
        }
        let run = if blank { blanks(rest) } else { 1 };
        let end = x.saturating_add(cells_of(run));
        let next = rest.get(run).filter(|(_, row, _)| *row == y).map(|(next, ..)| next.saturating_sub(end));
        let least = match next {
            Some(gap) if gap <= REWRITTEN => ERASED_WITHIN.saturating_sub(usize::from(gap)),
            _ => ERASED,
        };
        if run >= least {
            write!(to, "\x1b[{run}X")?;
            at = Some(Cursor { x, y, exact });
            rest = rest.get(run..).unwrap_or_default();
            continue;
        }
        to.extend_from_slice(cell.symbol().as_bytes());
        at = Some(Cursor { x: x.saturating_add(1), y, exact: exact && ascii(cell).is_some() });
        rest = after;
    }
    current.write_change(Attributes::default(), to)
}

fn cells_of(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}

fn ascii(cell: &Cell) -> Option<u8> {
    if let [letter @ b' '..=b'~'] = cell.symbol().as_bytes() { Some(*letter) } else { None }
}

/// How many blank cells stand together at the beginning, which is one.
fn blanks(cells: &[Placed<'_>]) -> usize {
    let next = |pair: &&[Placed<'_>]| match pair {
        [(x, y, _), (next, row, cell)] => y == row && *next == x.saturating_add(1) && Attributes::of(cell).blank(cell),
        _ => false,
    };
    1 + cells.windows(2).take_while(next).count()
}

/// Writes the few cells between the cursor and a place once more, which is shorter than to step over them. Returns whether
/// it did; the cursor's position is certain then.
fn rewrite(from: Option<Cursor>, x: u16, y: u16, (shown, current): (&Shown, Attributes), to: &mut Vec<u8>) -> bool {
    let Some(from) = from.filter(|from| from.exact && from.y == y) else { return false };
    if x.checked_sub(from.x).is_none_or(|gap| gap == 0 || gap > REWRITTEN) {
        return false;
    }
    let before = to.len();
    for x in from.x..x {
        match shown.at(x, y) {
            Some((letter, attributes)) if attributes == current => to.push(letter),
            Some((b' ', attributes)) if attributes.shows_nothing() && current.shows_nothing() => to.push(b' '),
            _ => {
                to.truncate(before);
                return false;
            }
        }
    }
    true
}

/// What was written where, as far as it is ASCII.
pub(super) struct Shown {
    width: u16,
    cells: Vec<Option<(u8, Attributes)>>,
}

impl Shown {
    /// A screen that is empty.
    pub(super) fn empty(Size { width, height }: Size) -> Self {
        let blank = Some((b' ', Attributes::default()));
        Self { width, cells: vec![blank; usize::from(width) * usize::from(height)] }
    }

    pub(super) fn keep(&mut self, cells: &[Placed<'_>]) {
        for (x, y, cell) in cells {
            self.put(*x, *y, ascii(cell).map(|letter| (letter, Attributes::of(cell))));
            for covered in 1..cells_of(cell.symbol().width()) {
                self.put(x.saturating_add(covered), *y, None);
            }
        }
    }

    fn put(&mut self, x: u16, y: u16, known: Option<(u8, Attributes)>) {
        if let Some(place) = self.place(x, y).and_then(|place| self.cells.get_mut(place)) {
            *place = known;
        }
    }

    fn at(&self, x: u16, y: u16) -> Option<(u8, Attributes)> {
        self.cells.get(self.place(x, y)?).copied().flatten()
    }

    fn place(&self, x: u16, y: u16) -> Option<usize> {
        (x < self.width).then(|| usize::from(y) * usize::from(self.width) + usize::from(x))
    }
}

/// After the last cell written.
#[derive(Clone, Copy)]
struct Cursor {
    x: u16,
    y: u16,
    /// Only ASCII since the last positioning: terminals disagree about the width of other characters, and a cursor
    /// that is positioned again at each gap cannot drift.
    exact: bool,
}

/// Moves the cursor if needed, relatively within a row. Returns whether its position is certain.
fn move_cursor(from: Option<Cursor>, x: u16, y: u16, to: &mut Vec<u8>) -> io::Result<bool> {
    if let Some(from) = from.filter(|from| from.y == y) {
        match x.checked_sub(from.x) {
            Some(0) => return Ok(from.exact),
            Some(1) if from.exact => return to.write_all(b"\x1b[C").map(|()| true),
            Some(cells) if from.exact => return write!(to, "\x1b[{cells}C").map(|()| true),
            _ => {}
        }
    }
    let (row, column) = (y.saturating_add(1), x.saturating_add(1));
    if column == 1 { write!(to, "\x1b[{row}H") } else { write!(to, "\x1b[{row};{column}H") }.map(|()| true)
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Attributes {
    foreground: Color,
    background: Color,
    underline: Color,
    modifier: Modifier,
}

impl Attributes {
    fn of(cell: &Cell) -> Self {
        let Cell { fg: foreground, bg: background, underline_color: underline, modifier, .. } = *cell;
        Self { foreground, background, underline, modifier }
    }

    /// A blank in it is not seen.
    fn shows_nothing(self) -> bool {
        self.background == Color::Reset && !self.modifier.intersects(ON_BLANK)
    }

    /// The cell has nothing to be seen.
    fn blank(self, cell: &Cell) -> bool {
        cell.symbol() == " " && self.shows_nothing()
    }

    /// By the difference or, where that is shorter, by a reset and everything that is wanted.
    fn write_change(self, wanted: Self, to: &mut Vec<u8>) -> io::Result<()> {
        if self == wanted {
            return Ok(());
        }
        let (parameters, from_reset) = (self.parameters(wanted), Self::default().parameters(wanted));
        match from_reset.as_str() {
            "" => to.write_all(b"\x1b[m"),
            from_reset if from_reset.len() + 2 < parameters.len() => write!(to, "\x1b[0;{from_reset}m"),
            _ => write!(to, "\x1b[{parameters}m"),
        }
    }

    /// The parameters of an SGR sequence.
    fn parameters(self, wanted: Self) -> String {
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
        let mut codes: Vec<String> = Vec::new();
        let mut now = self.modifier;
        for (modifiers, off) in OFF {
            if now.difference(wanted.modifier).intersects(modifiers) {
                now.remove(modifiers);
                codes.push(off.to_owned());
            }
        }
        let gained = wanted.modifier.difference(now);
        codes.extend(ON.iter().filter(|(modifier, _)| gained.contains(*modifier)).map(|(_, on)| (*on).to_owned()));
        let colours = [
            (self.foreground, wanted.foreground, 30),
            (self.background, wanted.background, 40),
            (self.underline, wanted.underline, 50),
        ];
        codes.extend(colours.iter().filter(|(now, wanted, _)| now != wanted).map(|(_, c, base)| colour(*c, *base)));
        codes.join(";")
    }
}

/// `base` is 30 for the foreground, 40 for the background, 50 for the underline.
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
        // Underline colours have no short form.
        (50, _) => format!("58;5;{}", number + if bright { 8 } else { 0 }),
        (_, true) => (base + 60 + number).to_string(),
        (_, false) => (base + number).to_string(),
    }
}

#[cfg(test)]
mod tests;
