//! The launch address, where no browser can be opened: as text, as a link, on the clipboard, as a QR code.

use crate::app::command::Command;
use crate::app::features::launch::LaunchDialog;
use crate::view::overlay::{keys, lines, place, popup, wrapped};
use crate::view::widgets::text;
use crate::view::{Link, Scene};
use qrcode::render::unicode::Dense1x2;
use qrcode::{EcLevel, QrCode};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// Cells between the frame and the address.
const INDENT: u16 = 2;

/// Below so many rows what matters comes first.
const LOW: u16 = 18;

/// What the dialog shows and how large it is; drawing and links agree on it.
struct Content {
    size: (u16, u16),
    /// The address, on as many lines as it needs.
    address: Vec<String>,
    /// The row of its first line within the dialog.
    address_row: u16,
    lines: Vec<Line<'static>>,
}

pub(in crate::view) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, dialog: &LaunchDialog) {
    let content = content(scene, area, dialog);
    let title = (scene.words.launch.title)(&scene.identified(&dialog.key, &dialog.company, 60));
    let inner = popup(scene, frame, area, content.size, &title, scene.theme.accent);
    lines(frame, Rect { height: inner.height.saturating_sub(1), ..inner }, &content.lines, 0);
    keys(scene, frame, inner, &(scene.words.launch.keys)(&scene.key(Command::Copy), &scene.key(Command::Launch)));
}

fn content(scene: &Scene<'_>, area: Rect, dialog: &LaunchDialog) -> Content {
    let words = &scene.words.launch;
    let uri = dialog.address.uri.reveal();
    let width = area.width.saturating_sub(4).min(84);
    let room = usize::from(width.saturating_sub(2 + INDENT * 2));
    let mut head = Vec::new();
    if let Some(error) = &dialog.error {
        wrapped(&mut head, ("  ✖ ", scene.theme.danger), &scene.words.one_line(error), scene.theme.strong, room);
        head.push(Line::default());
    }
    head.extend(text::wrap(words.explain, room).into_iter().map(|line| Line::from(format!("  {line}"))));
    // In a low window the address has to be in sight, whatever else is not.
    let low = area.height < LOW;
    let mut all = if low { Vec::new() } else { std::mem::take(&mut head) };
    if !low {
        all.push(Line::default());
    }
    let address_row = u16::try_from(all.len()).unwrap_or(0);
    // Broken at cells, not at words: an address has none. It is proven to be ASCII before it gets here.
    let letters: Vec<char> = uri.chars().collect();
    let address: Vec<String> = letters.chunks(room.max(1)).map(|part| part.iter().collect()).collect();
    for part in &address {
        all.push(Line::from(vec![Span::raw("  "), Span::styled(part.clone(), Style::new().underlined())]));
    }
    if !low {
        all.push(Line::default());
    }
    status(scene, dialog, room, &mut all);
    all.append(&mut head);
    let over = dialog.address.expire_time.is_some_and(|end| end <= scene.clock.now);
    let qr = if over { Vec::new() } else { qr(uri) };
    let left = usize::from(area.height.saturating_sub(2)).saturating_sub(all.len() + 4);
    let fits = qr.len() <= left && qr.first().is_some_and(|row| text::width(row) <= room);
    all.push(Line::default());
    if fits {
        all.extend(qr.into_iter().map(|row| Line::from(vec![Span::raw("  "), Span::styled(row, scene.theme.paper)])));
        all.push(Line::default());
    } else if !over {
        all.push(Line::styled(format!("  {}", text::cut(words.no_room, room)), scene.theme.muted));
    }
    let height = u16::try_from(all.len() + 3).unwrap_or(u16::MAX);
    Content { size: (width, height), address, address_row, lines: all }
}

/// How long the address is good, and what took a copy of it: behind, or below where that is too long.
fn status(scene: &Scene<'_>, dialog: &LaunchDialog, room: usize, all: &mut Vec<Line<'static>>) {
    let words = &scene.words.launch;
    let left = dialog.address.expire_time.map(|end| end.as_second() - scene.clock.now.as_second());
    let mut line = match left {
        Some(seconds) if seconds > 0 => Line::styled(format!("  {}", (words.valid)(seconds)), scene.theme.muted),
        Some(_) => Line::styled(format!("  {}", (words.expired)(&scene.key(Command::Launch))), scene.theme.strong),
        None => Line::default(),
    };
    let Some(how) = &dialog.copied else { return all.push(line) };
    let (sign, style) = if how.certain() { ("  ✔ ", scene.theme.good) } else { ("  → ", scene.theme.accent) };
    let said = (words.copied)(how);
    if line.width() + text::width(sign) + text::width(&said) <= room {
        line.push_span(Span::styled(sign, style));
        line.push_span(Span::raw(said));
        all.push(line);
    } else {
        all.push(line);
        wrapped(all, (sign, style), &said, Style::new(), room);
    }
}

/// Rows of a QR code, two modules a cell. It is drawn light on dark like the text around it; a quiet zone of
/// two modules is what phones need in practice.
fn qr(uri: &str) -> Vec<String> {
    let Ok(code) = QrCode::with_error_correction_level(uri, EcLevel::L) else { return Vec::new() };
    let mut picture = code.render::<Dense1x2>();
    picture.dark_color(Dense1x2::Light).light_color(Dense1x2::Dark).quiet_zone(true);
    picture.build().lines().map(ToOwned::to_owned).collect()
}

/// Where the address stands on the screen, one link for each of its lines, all leading to the whole address.
pub(in crate::view) fn links(scene: &Scene<'_>, area: Rect, dialog: &LaunchDialog) -> Vec<Link> {
    let content = content(scene, area, dialog);
    let at = place(area, content.size);
    let inner_bottom = at.bottom().saturating_sub(2);
    (0_u16..)
        .zip(&content.address)
        .map(|(row, part)| Link {
            x: at.x + 1 + INDENT,
            y: at.y + 1 + content.address_row + row,
            text: part.clone(),
            uri: dialog.address.uri.reveal().to_owned(),
        })
        .filter(|link| link.y < inner_bottom)
        .collect()
}
