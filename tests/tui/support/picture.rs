//! A model as text: what a person sees, and at the end of each row how it is styled.

use mspdash::app::Model;
use mspdash::app::core::layout::layout;
use mspdash::app::model::Pane;
use mspdash::app::msg::Size;
use mspdash::app::screen::Screen;
use mspdash::view;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect};
use ratatui::style::Color;
use std::fmt::Write;
use unicode_width::UnicodeWidthStr;

/// Draws the model and answers the cells and where the cursor stands, if it is shown.
pub fn cells(model: &Model, size: Size) -> (Buffer, Option<Position>) {
    let mut terminal = Terminal::new(TestBackend::new(size.width, size.height)).unwrap();
    let buffer = terminal.draw(|frame| view::draw(model, frame)).unwrap().buffer.clone();
    // A drawing without a cursor leaves it where it was, at the corner, where no line of text is.
    let cursor = terminal.get_cursor_position().unwrap();
    (buffer, Some(cursor).filter(|cursor| *cursor != Position::ORIGIN))
}

/// The rows of text; a letter two cells wide stands for both.
pub fn rows(buffer: &Buffer) -> Vec<String> {
    let row = |y| {
        let mut text = String::new();
        let mut covered = 0;
        for x in 0..buffer.area.width {
            let symbol = buffer[(x, y)].symbol();
            if covered == 0 {
                text.push_str(symbol);
                covered = symbol.width().max(1);
            }
            covered -= 1;
        }
        text
    };
    (0..buffer.area.height).map(row).collect()
}

/// The style of labels and hints, which is told in full pictures only.
const MUTED: &str = "gray";

/// How much of a styled text is quoted beside its row.
const QUOTED: usize = 14;

/// What a scene is about, so that a moved column of the list rewrites the pictures of the list alone: the dialog, the
/// company beside the list, or the whole window without the rows at its top that are as usual. Text, styles, cursor
/// and links; in full, muted text and frames have their styles told, too. Of rows that show nothing one stands for all.
pub fn picture(model: &Model, size: Size, usual: &[String], full: bool) -> String {
    let (buffer, cursor) = cells(model, size);
    let part = part(model, &buffer, size);
    let rows = rows_within(&buffer, part);
    let mut out = String::new();
    let mut before = String::new();
    for (y, row) in (part.y..part.bottom()).zip(rows) {
        if part.width == size.width && usual.get(usize::from(y)) == Some(&row) {
            continue;
        }
        let keys = y + 1 == size.height;
        let styles = if keys && !full { String::new() } else { styles(&buffer, part, y, full) };
        let line = format!("{}{styles}\n", row.trim_end());
        // However much of nothing there is.
        let again = line == before && row.chars().all(framing);
        before = if again {
            before
        } else {
            out.push_str(&line);
            line
        };
    }
    // The keys that are offered belong to every scene.
    if part.bottom() < size.height {
        let keys = Rect::new(0, size.height - 1, size.width, 1);
        let row = rows_within(&buffer, keys).concat();
        let keys = row.trim_end();
        let line = if keys.is_empty() { String::new() } else { format!("keys {keys}\n") };
        out.push_str(&line);
    }
    if let Some(cursor) = cursor {
        writeln!(out, "cursor {},{}", cursor.x, cursor.y).unwrap();
    }
    for link in view::links(model, size) {
        writeln!(out, "link {} → {}", link.text, link.uri).unwrap();
    }
    out
}

/// The rows of a part, as text.
fn rows_within(buffer: &Buffer, part: Rect) -> Vec<String> {
    let mut cut = Buffer::empty(Rect::new(0, 0, part.width, part.height));
    for (x, y) in cut.area.positions().map(|at| (at.x, at.y)) {
        cut[(x, y)] = buffer[(x + part.x, y + part.y)].clone();
    }
    rows(&cut)
}

fn part(model: &Model, buffer: &Buffer, size: Size) -> Rect {
    let whole = buffer.area;
    if !model.overlays.is_empty() {
        let mut below = model.clone();
        while below.overlays.pop().is_some() {}
        return difference(buffer, &cells(&below, size).0).unwrap_or(whole);
    }
    let beside = model.screen == Screen::Companies && model.pane == Pane::Company && !model.full;
    let areas = layout(size);
    let top = areas.header + areas.summary;
    // Where the list's frame ends, the company's begins.
    let corner = |x: &u16| buffer[(*x - 1, top)].symbol() == "╮" && buffer[(*x, top)].symbol() == "┏";
    match (1..size.width).find(corner).filter(|_| beside) {
        Some(x) => Rect::new(x, top, size.width - x, size.height.saturating_sub(top + 1)),
        None => whole,
    }
}

/// The smallest part that holds whatever is drawn differently, the line of keys left aside.
fn difference(one: &Buffer, other: &Buffer) -> Option<Rect> {
    let height = one.area.height.saturating_sub(1);
    let differ = |at: &Position| at.y < height && one[*at].symbol() != other[*at].symbol();
    let parts = one.area.positions().filter(differ).map(|at| Rect::new(at.x, at.y, 1, 1));
    parts.reduce(Rect::union)
}

/// What is styled in a row, by what it says and not by where it stands: ` ¦ bold Brightwater · green ●`.
fn styles(buffer: &Buffer, part: Rect, y: u16, full: bool) -> String {
    let mut runs: Vec<(String, String)> = Vec::new();
    for x in part.x..part.right() {
        let cell = &buffer[(x, y)];
        let style = style(cell);
        match runs.last_mut() {
            Some((before, text)) if *before == style => text.push_str(cell.symbol()),
            _ => runs.push((style, cell.symbol().to_owned())),
        }
    }
    let plain = |style: &str, text: &str| style.is_empty() || (!full && (style == MUTED || text.chars().all(framing)));
    let told = runs.iter().filter(|(style, text)| !plain(style, text.trim())).map(|(style, text)| {
        let text = text.trim();
        let quoted: String = text.chars().take(QUOTED).collect();
        let more = if text.chars().count() > QUOTED { "…" } else { "" };
        format!("{style} {quoted}{more}")
    });
    let told: Vec<String> = told.collect();
    if told.is_empty() { String::new() } else { format!(" ¦ {}", told.join(" · ")) }
}

fn framing(c: char) -> bool {
    matches!(c, '\u{2500}'..='\u{257f}' | ' ')
}

fn style(cell: &Cell) -> String {
    let mut words = Vec::new();
    if cell.fg != Color::Reset {
        words.push(cell.fg.to_string().to_lowercase());
    }
    if cell.bg != Color::Reset {
        words.push(format!("on {}", cell.bg.to_string().to_lowercase()));
    }
    words.extend(cell.modifier.iter_names().map(|(name, _)| name.to_lowercase()));
    words.join(" ")
}
