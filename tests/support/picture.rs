//! A model as text: what a person sees, and then how it is styled, row by row.

use mspdash::app::Model;
use mspdash::app::msg::Size;
use mspdash::view;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Position;
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

/// Text, styles, cursor and links of one size.
pub fn picture(model: &Model, size: Size) -> String {
    let (buffer, cursor) = cells(model, size);
    let mut out = format!("== {}×{}\n", size.width, size.height);
    for row in rows(&buffer) {
        out.push_str(row.trim_end());
        out.push('\n');
    }
    out.push_str("-- styles\n");
    for y in 0..size.height {
        let runs = runs(&buffer, y);
        if !runs.is_empty() {
            writeln!(out, "{y}: {}", runs.join(", ")).unwrap();
        }
    }
    if let Some(cursor) = cursor {
        writeln!(out, "-- cursor {},{}", cursor.x, cursor.y).unwrap();
    }
    for link in view::links(model, size) {
        writeln!(out, "-- link {},{} {} → {}", link.x, link.y, link.text, link.uri).unwrap();
    }
    out
}

/// Runs of one style that is not the default one: `10..22 cyan bold`.
fn runs(buffer: &Buffer, y: u16) -> Vec<String> {
    let mut runs: Vec<(u16, u16, String)> = Vec::new();
    for x in 0..buffer.area.width {
        let style = style(&buffer[(x, y)]);
        match runs.last_mut() {
            Some((_, end, before)) if *before == style && *end == x => *end = x + 1,
            _ => runs.push((x, x + 1, style)),
        }
    }
    let told = runs.into_iter().filter(|(.., style)| !style.is_empty());
    told.map(|(start, end, style)| format!("{start}..{end} {style}")).collect()
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
