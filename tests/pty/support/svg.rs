//! A terminal's screen as a picture: SVG, whose text stays text. Frames and blocks are drawn as shapes, because fonts
//! leave gaps between them.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::time::Duration;
use vt100::{Cell, Color, Screen};

/// Width and height of a cell, and the room around the screen, in pixels.
const WIDTH: f32 = 8.4;
const HEIGHT: f32 = 17.0;
const MARGIN: f32 = 12.0;

/// The colours of a terminal.
pub struct Palette {
    pub background: u32,
    pub text: u32,
    pub sixteen: [u32; 16],
}

pub const DARK: Palette = Palette {
    background: 0x16_181d,
    text: 0xd7_dae0,
    sixteen: [
        0x2a_2e37, 0xf2_777a, 0x7f_c98a, 0xe6_b566, 0x7a_a2f7, 0xc3_94e0, 0x6c_c7d1, 0xb4_b9c4, //
        0x6f_7787, 0xff_8f92, 0x98_dba2, 0xf2_c982, 0x9a_baff, 0xd8_b0f0, 0x8f_dde5, 0xff_ffff,
    ],
};

pub const LIGHT: Palette = Palette {
    background: 0xff_ffff,
    text: 0x1f_2328,
    sixteen: [
        0x1f_2328, 0xb3_261e, 0x1a_7f37, 0x8a_5a00, 0x2a_5bd7, 0x82_3fa8, 0x0f_6e7a, 0x8c_949e, //
        0x59_636e, 0xcf_222e, 0x1f_883d, 0x9a_6700, 0x3a_6ff0, 0x9a_50c4, 0x11_8191, 0xff_ffff,
    ],
};

/// How long each screen of a recording stands.
pub type Frame = (Screen, Duration);

/// One screen, or one after the other for ever: a film strip of which one screen is seen at a time.
pub fn picture(frames: &[Frame], palette: &Palette) -> String {
    let (rows, columns) = frames[0].0.size();
    let (rows, columns) = (rows.get(), columns.get());
    let (across, down) = (f32::from(columns) * WIDTH, f32::from(rows) * HEIGHT);
    let mut svg = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{w:.0}" height="{h:.0}" viewBox="0 0 {w:.0} {h:.0}">"#,
        w = across + 2.0 * MARGIN,
        h = down + 2.0 * MARGIN,
    );
    write!(
        svg,
        "\n<style>text{{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace;white-space:pre}}\
         .b{{font-weight:bold}}.u{{text-decoration:underline}}.d{{opacity:.65}}path{{fill:none}}{}</style>",
        animation(frames, down)
    )
    .unwrap();
    let (back, corner) = (hex(palette.background), 8);
    write!(svg, "\n<rect width='100%' height='100%' rx='{corner}' fill='{back}'/>").unwrap();
    let (drawn, strip) = rows_once(frames, palette);
    write!(svg, "\n<defs>{drawn}</defs>").unwrap();
    write!(
        svg,
        "\n<svg x='{MARGIN}' y='{MARGIN}' width='{across:.1}' height='{down}'><g id='strip' fill='{}'>{strip}</g></svg>\n</svg>\n",
        hex(palette.text)
    )
    .unwrap();
    svg
}

/// Moves the strip from screen to screen; nothing for one alone.
fn animation(frames: &[Frame], down: f32) -> String {
    let total: Duration = frames.iter().map(|(_, time)| *time).sum();
    if frames.len() < 2 {
        return String::new();
    }
    let mut begun = Duration::ZERO;
    let mut steps = String::new();
    for (number, (_, time)) in (0_u16..).zip(frames) {
        let percent = begun.as_secs_f32() / total.as_secs_f32() * 100.0;
        write!(steps, "{percent:.2}%{{transform:translateY(-{:.0}px)}}", f32::from(number) * down).unwrap();
        begun += *time;
    }
    let last = f32::from(u16::try_from(frames.len() - 1).unwrap()) * down;
    let seconds = total.as_secs_f32();
    format!(
        "@keyframes k{{{steps}100%{{transform:translateY(-{last:.0}px)}}}}\
         #strip{{animation:k {seconds:.1}s step-end infinite}}"
    )
}

/// Each different row once, and where it stands on the strip.
fn rows_once(frames: &[Frame], palette: &Palette) -> (String, String) {
    let (mut known, mut drawn, mut strip) = (HashMap::new(), String::new(), String::new());
    for (number, (screen, _)) in (0_u16..).zip(frames) {
        let (rows, columns) = screen.size();
        let (rows, columns) = (rows.get(), columns.get());
        for row in 0..rows {
            let cells: Vec<&Cell> = (0..columns).filter_map(|column| screen.cell(row, column)).collect();
            let shapes = row_of(&cells, palette);
            if shapes.is_empty() {
                continue;
            }
            let next = known.len();
            let id = *known.entry(shapes).or_insert_with_key(|shapes| {
                writeln!(drawn, "<g id='r{next}'>{shapes}</g>").unwrap();
                next
            });
            let top = f32::from(number * rows + row) * HEIGHT;
            write!(strip, "<use href='#r{id}' y='{top}'/>").unwrap();
        }
    }
    (drawn, strip)
}

/// What a cell looks like, apart from what is in it.
#[derive(Clone, Copy, PartialEq)]
struct Look {
    text: Option<u32>,
    back: Option<u32>,
    bold: bool,
    dim: bool,
    underline: bool,
}

impl Look {
    fn of(cell: &Cell, palette: &Palette) -> Self {
        let (mut text, mut back) = (palette.of(cell.fgcolor()), palette.of(cell.bgcolor()));
        if cell.inverse() {
            (text, back) = (Some(back.unwrap_or(palette.background)), Some(text.unwrap_or(palette.text)));
        }
        Self { text, back, bold: cell.bold(), dim: cell.dim(), underline: cell.underline() }
    }

    /// The attributes of an element that is drawn like this.
    fn attributes(self, property: &str) -> String {
        let mut attributes = self.text.map_or_else(String::new, |colour| format!(" {property}='{}'", hex(colour)));
        let classes = [(self.bold, "b"), (self.dim, "d"), (self.underline, "u")];
        let classes: Vec<&str> = classes.iter().filter(|(is, _)| *is).map(|(_, class)| *class).collect();
        if !classes.is_empty() {
            write!(attributes, " class='{}'", classes.join(" ")).unwrap();
        }
        attributes
    }
}

impl Palette {
    /// `None` for the terminal's own colour.
    fn of(&self, colour: Color) -> Option<u32> {
        match colour {
            Color::Default => None,
            Color::Idx(index @ 0..16) => Some(self.sixteen[usize::from(index)]),
            Color::Idx(index @ 16..232) => {
                let level = |step: u8| u32::from(if step == 0 { 0 } else { step * 40 + 55 });
                let cube = index - 16;
                Some(level(cube / 36) << 16 | level(cube / 6 % 6) << 8 | level(cube % 6))
            }
            Color::Idx(index) => Some(u32::from((index - 232) * 10 + 8) * 0x01_0101),
            Color::Rgb(red, green, blue) => Some(u32::from_be_bytes([0, red, green, blue])),
        }
    }
}

fn hex(colour: u32) -> String {
    format!("#{colour:06x}")
}

/// The shapes of a row: backgrounds below, then runs of text, frames and blocks.
fn row_of(cells: &[&Cell], palette: &Palette) -> String {
    let looks: Vec<Look> = cells.iter().map(|cell| Look::of(cell, palette)).collect();
    let mut shapes = String::new();
    for (from, to, look) in runs(&looks, |a, b| a.back == b.back) {
        if let Some(back) = look.back {
            // A hair wider, so that no gap shows beside the next.
            let width = span(to - from) + 0.3;
            write!(shapes, "<rect x='{:.1}' width='{width:.1}' height='{HEIGHT}' fill='{}'/>", span(from), hex(back))
                .unwrap();
        }
    }
    for (from, to, look) in runs(&looks, |a, b| a == b) {
        lettering(&cells[from..to], from, look, &mut shapes);
    }
    shapes
}

/// Text in pieces without wide gaps, each as long as its cells; shapes for what is drawn.
fn lettering(cells: &[&Cell], from: usize, look: Look, shapes: &mut String) {
    let mut path = String::new();
    let mut piece = (0, String::new());
    for (at, cell) in (from..).zip(cells).filter(|(_, cell)| !cell.is_wide_continuation()) {
        let text = if cell.has_contents() { cell.contents() } else { " " };
        if is_lettering(text) {
            if piece.1.is_empty() {
                piece.0 = at;
            }
            piece.1.push_str(text);
            if piece.1.ends_with("   ") {
                write_text(&mut piece, look, shapes);
            }
            continue;
        }
        write_text(&mut piece, look, shapes);
        if let Some(drawn) = strokes(text, span(at)) {
            path.push_str(&drawn);
        } else if let Some((left, top, right, bottom)) = block(text) {
            let (x, y) = (span(at) + left * WIDTH, top * HEIGHT);
            let (width, height) = ((right - left) * WIDTH + 0.1, (bottom - top) * HEIGHT);
            let fill = look.attributes("fill");
            write!(shapes, "<rect x='{x:.1}' y='{y:.1}' width='{width:.1}' height='{height:.1}'{fill}/>").unwrap();
        } else {
            piece = (at, text.to_owned());
            write_text(&mut piece, look, shapes);
        }
    }
    write_text(&mut piece, look, shapes);
    if !path.is_empty() {
        let colour = look.text.map_or_else(|| "currentColor".to_owned(), hex);
        write!(shapes, "<path d='{path}' stroke='{colour}'/>").unwrap();
    }
}

/// What a fixed-width font has at its own width, and reads from left to right: the rest stands alone in its cells.
fn is_lettering(text: &str) -> bool {
    text.chars().all(|sign| matches!(sign, ' '..='\u{52f}' | '\u{1e00}'..='\u{1fff}' | '–' | '’' | '“' | '”' | '…'))
}

/// Writes a piece, and empties it. A piece of several signs is as long as its cells, whatever the font.
fn write_text((at, text): &mut (usize, String), look: Look, shapes: &mut String) {
    let word = text.trim();
    if !word.is_empty() {
        let begin = text.chars().take_while(|sign| *sign == ' ').count();
        let count = word.chars().count();
        let fixed = count > 1 && is_lettering(word);
        let length = if fixed { format!(" textLength='{:.1}'", span(count)) } else { String::new() };
        let escaped = word.replace('&', "&amp;").replace('<', "&lt;");
        let attributes = look.attributes("fill");
        write!(shapes, "<text x='{:.1}' y='13'{length}{attributes}>{escaped}</text>", span(*at + begin)).unwrap();
    }
    text.clear();
}

/// Where neighbours are alike: from, to, and the look of the first.
fn runs(looks: &[Look], alike: impl Fn(Look, Look) -> bool) -> Vec<(usize, usize, Look)> {
    let mut runs: Vec<(usize, usize, Look)> = Vec::new();
    for (at, look) in looks.iter().enumerate() {
        match runs.last_mut() {
            Some((_, to, first)) if alike(*first, *look) => *to = at + 1,
            _ => runs.push((at, at + 1, *look)),
        }
    }
    runs
}

fn span(cells: usize) -> f32 {
    f32::from(u16::try_from(cells).unwrap()) * WIDTH
}

/// The path of a frame's sign in the cell that begins at `x`.
fn strokes(text: &str, x: f32) -> Option<String> {
    let (mid, half) = (x + WIDTH / 2.0, HEIGHT / 2.0);
    let end = x + WIDTH;
    let (left, right) = (format!("M{x:.1} {half}H{mid:.1}"), format!("M{mid:.1} {half}H{end:.1}"));
    let (up, down) = (format!("M{mid:.1} 0V{half}"), format!("M{mid:.1} {half}V{HEIGHT}"));
    let arc = |from: f32, to: f32| format!("M{mid:.1} {from}Q{mid:.1} {half} {to:.1} {half}");
    // Heavy lines are two light ones side by side.
    let twice = |across: &str, down: &str| {
        let near = |offset: f32| {
            let (column, line) = (mid + offset, half + offset);
            let across = match across {
                "both" => format!("M{x:.1} {line}H{end:.1}"),
                "left" => format!("M{x:.1} {line}H{:.1}", mid + 0.8),
                "right" => format!("M{:.1} {line}H{end:.1}", mid - 0.8),
                _ => String::new(),
            };
            let down = match down {
                "both" => format!("M{column:.1} 0V{HEIGHT}"),
                "up" => format!("M{column:.1} 0V{half}"),
                "down" => format!("M{column:.1} {half}V{HEIGHT}"),
                _ => String::new(),
            };
            across + &down
        };
        near(-0.4) + &near(0.4)
    };
    Some(match text {
        "─" => format!("M{x:.1} {half}H{end:.1}"),
        "│" => format!("M{mid:.1} 0V{HEIGHT}"),
        "╭" => arc(HEIGHT, end),
        "╮" => arc(HEIGHT, x),
        "╰" => arc(0.0, end),
        "╯" => arc(0.0, x),
        "┌" => right + &down,
        "┐" => left + &down,
        "└" => right + &up,
        "┘" => left + &up,
        "├" => right + &up + &down,
        "┤" => left + &up + &down,
        "┬" => left + &right + &down,
        "┴" => left + &right + &up,
        "┼" => left + &right + &up + &down,
        "━" => twice("both", ""),
        "┃" => twice("", "both"),
        "┏" => twice("right", "down"),
        "┓" => twice("left", "down"),
        "┗" => twice("right", "up"),
        "┛" => twice("left", "up"),
        "║" => format!("M{:.1} 0V{HEIGHT}M{:.1} 0V{HEIGHT}", mid - 1.5, mid + 1.5),
        _ => return None,
    })
}

/// The part of the cell that a block fills: left, top, right, bottom.
fn block(text: &str) -> Option<(f32, f32, f32, f32)> {
    let sign = text.chars().next()?;
    let eighths = |count: u32| f32::from(u16::try_from(count).unwrap_or(0)) / 8.0;
    Some(match sign {
        '▀' => (0.0, 0.0, 1.0, 0.5),
        '▐' => (0.5, 0.0, 1.0, 1.0),
        '▁'..='█' => (0.0, 1.0 - eighths(u32::from(sign) - 0x2580), 1.0, 1.0),
        '▉'..='▏' => (0.0, 0.0, eighths(0x2590 - u32::from(sign)), 1.0),
        _ => return None,
    })
}
