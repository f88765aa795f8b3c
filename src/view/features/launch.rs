//! The launch address, where no browser can be opened: as text, as a link, on the clipboard, as a QR code.

use crate::app::command::Command;
use crate::app::features::launch::LaunchDialog;
use crate::view::widgets::dialog::DialogFrame;
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

/// From so many seconds on the end is near.
const SOON: i64 = 15;
/// Below so many rows what matters comes first.
const LOW: u16 = 18;

/// The dialog, and where in it the address stands; drawing and links agree on it.
struct Content<'a> {
    dialog: DialogFrame<'a>,
    /// The address, on as many lines as it needs.
    address: Vec<String>,
    /// The row of its first line within the dialog.
    address_row: usize,
}

pub(in crate::view) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, launch: &LaunchDialog) {
    let words = &scene.words.launch;
    let title = (words.title)(&scene.identified(&launch.key, (&launch.company, launch.distinction.as_deref()), 60));
    let keys = (words.keys)(&scene.key(Command::Copy), &scene.key(Command::Launch));
    content(scene, area, launch).dialog.title(title).keys(keys).render(frame);
}

fn content<'a>(scene: &'a Scene<'a>, area: Rect, launch: &LaunchDialog) -> Content<'a> {
    let words = &scene.words.launch;
    let uri = launch.address.uri.reveal();
    // The address stands on one line wherever the window is wide enough: broken, it is copied broken.
    let wide = text::cells(text::width(uri)) + 2 * INDENT + 2;
    let mut dialog = DialogFrame::new(scene, area, wide.max(84));
    let room = dialog.inner_width().saturating_sub(usize::from(INDENT * 2));
    // In a low window the address has to be in sight, whatever else is not.
    let low = area.height < LOW;
    if !low {
        explain(scene, launch, room, dialog.lines());
        dialog.blank();
    }
    let address_row = dialog.lines().len();
    let address = text::chunks(uri, room);
    for part in &address {
        dialog.line(Line::from(vec![Span::raw("  "), Span::styled(part.clone(), Style::new().underlined())]));
    }
    if !low {
        dialog.blank();
    }
    status(scene, launch, room, dialog.lines());
    if low {
        explain(scene, launch, room, dialog.lines());
    }
    let over = launch.address.expire_time.is_some_and(|end| end <= scene.clock.now);
    // ASCII has no half blocks to draw it with.
    let none = over || scene.model.appearance.ascii;
    let qr = if none { Vec::new() } else { qr(uri) };
    let left = usize::from(area.height.saturating_sub(2)).saturating_sub(dialog.lines().len() + 4);
    let fits = qr.len() <= left && qr.first().is_some_and(|row| text::width(row) <= room);
    dialog.blank();
    if fits {
        let paper = |row| Line::from(vec![Span::raw("  "), Span::styled(row, scene.theme.paper)]);
        dialog.lines().extend(qr.into_iter().map(paper));
        dialog.blank();
    } else if !none {
        dialog.line(Line::styled(format!("  {}", text::cut(words.no_room, room)), scene.theme.muted));
    }
    Content { dialog, address, address_row }
}

/// Why there is no browser, and what to do instead.
fn explain(scene: &Scene<'_>, launch: &LaunchDialog, room: usize, all: &mut Vec<Line<'static>>) {
    if let Some(error) = &launch.error {
        let message = scene.words.one_line(error);
        text::wrapped(all, ("  ✖ ", scene.theme.danger), &message, scene.theme.strong, room);
        all.push(Line::default());
    }
    let lines = text::wrap(scene.words.launch.explain, room);
    all.extend(lines.into_iter().map(|line| Line::from(format!("  {line}"))));
}

/// How long the address is good, and what took a copy of it: behind, or below where that is too long.
fn status(scene: &Scene<'_>, launch: &LaunchDialog, room: usize, all: &mut Vec<Line<'static>>) {
    let words = &scene.words.launch;
    let left = launch.address.expire_time.map(|end| end.as_second() - scene.clock.now.as_second());
    let mut line = match left {
        Some(seconds) if seconds > 0 => {
            let style = if seconds <= SOON { scene.theme.waiting } else { scene.theme.muted };
            Line::styled(format!("  {}", (words.valid)(seconds)), style)
        }
        Some(_) => Line::styled(format!("  {}", (words.expired)(&scene.key(Command::Launch))), scene.theme.strong),
        None => Line::default(),
    };
    let Some(how) = &launch.copied else { return all.push(line) };
    let (sign, style) = if how.certain() { ("  ✔ ", scene.theme.good) } else { ("  → ", scene.theme.accent) };
    let message = (words.copied)(how);
    if line.width() + text::width(sign) + text::width(&message) <= room {
        line.push_span(Span::styled(sign, style));
        line.push_span(Span::raw(message));
        all.push(line);
    } else {
        all.push(line);
        text::wrapped(all, (sign, style), &message, Style::new(), room);
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
pub(in crate::view) fn links(scene: &Scene<'_>, area: Rect, launch: &LaunchDialog) -> Vec<Link> {
    let content = content(scene, area, launch);
    let at = content.dialog.place();
    let inner_bottom = at.bottom().saturating_sub(2);
    let top = at.y + 1 + text::cells(content.address_row);
    let uri = launch.address.uri.reveal();
    let link = |(y, text)| Link { x: at.x + 1 + INDENT, y, text, uri: uri.to_owned() };
    (top..inner_bottom).zip(content.address).map(link).collect()
}
