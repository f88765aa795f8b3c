//! Dialogs and menus, drawn over what they are about.

use crate::app::overlay::Overlay;
use crate::app::tickets::Delay;
use crate::domain::error::Error;
use crate::view::features::{
    accounts, activity, bulk, error, export, form, help, launch, links, menus, people, setup, tags, unlink, usage,
};
use crate::view::widgets::text;
use crate::view::{Link, Scene};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType};

pub(super) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
    for overlay in scene.model.overlays.iter() {
        match overlay {
            Overlay::Help(dialog) => help::draw(scene, frame, area, dialog.scroll),
            Overlay::Palette(palette) => menus::palette(scene, frame, area, palette),
            Overlay::Sort(dialog) => menus::sort(scene, frame, area, dialog.0.cursor),
            Overlay::Filter(dialog) => menus::filter(scene, frame, area, dialog.0.cursor),
            Overlay::Accounts(dialog) => accounts::menu::draw(scene, frame, area, dialog),
            Overlay::Launch(dialog) => launch::draw(scene, frame, area, dialog),
            Overlay::Unlink(dialog) => unlink::draw(scene, frame, area, dialog),
            Overlay::Note(dialog) => setup::note::draw(scene, frame, area, dialog),
            Overlay::NewCompany(dialog) => form::choice(scene, frame, area, dialog.cursor),
            Overlay::Form(form) => form::draw(scene, frame, area, form),
            Overlay::Added(dialog) => form::added(scene, frame, area, dialog),
            Overlay::AcceptLink(dialog) => links::dialog::accept(scene, frame, area, dialog),
            Overlay::CancelLink(dialog) => links::dialog::cancel(scene, frame, area, dialog),
            Overlay::Page(dialog) => links::dialog::page(scene, frame, area, dialog),
            Overlay::Confirm(dialog) => people::confirm::draw(scene, frame, area, dialog),
            Overlay::Usage(menu) => usage::menu::draw(scene, frame, area, menu),
            Overlay::Activity(menu) => activity::menu::draw(scene, frame, area, menu),
            Overlay::Bulk(bulk) => bulk::draw(scene, frame, area, bulk),
            Overlay::Export(dialog) => export::draw(scene, frame, area, dialog),
            Overlay::Tags(dialog) => tags::draw(scene, frame, area, dialog),
            Overlay::Snooze(dialog) => tags::snooze(scene, frame, area, &dialog.companies, dialog.menu.cursor),
            Overlay::Step(menu) => setup::step::draw(scene, frame, area, menu),
            Overlay::Errors(failures) => error::draw(scene, frame, area, failures),
            Overlay::Quit(dialog) => menus::leave(scene, frame, area, dialog.quit),
        }
    }
}

/// The address of the launch dialog, where it was drawn.
pub(super) fn links(scene: &Scene<'_>, area: Rect) -> Vec<Link> {
    match scene.model.overlays.last() {
        Some(Overlay::Launch(dialog)) => launch::links(scene, area, dialog),
        _ => Vec::new(),
    }
}

/// A frame in the middle of the screen, no larger than the screen; answers the room inside.
pub(super) fn popup(
    scene: &Scene<'_>,
    frame: &mut Frame<'_>,
    area: Rect,
    size: (u16, u16),
    title: &str,
    border: Style,
) -> Rect {
    let at = place(area, size);
    let block = Block::bordered().border_type(BorderType::Thick).border_style(border).title(Span::styled(
        format!(" {} ", text::cut(title, usize::from(at.width.saturating_sub(6)))),
        scene.theme.title,
    ));
    let inner = block.inner(at);
    crate::view::clear(frame, at);
    frame.render_widget(block, at);
    inner
}

pub(super) fn place(area: Rect, (width, height): (u16, u16)) -> Rect {
    let width = width.min(area.width.saturating_sub(2)).max(10.min(area.width));
    let height = height.min(area.height.saturating_sub(2)).max(3.min(area.height));
    Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width, height }
}

/// Lines from the top of the area, as many as fit, from the `skip`th on.
pub(super) fn lines(frame: &mut Frame<'_>, area: Rect, lines: &[Line<'static>], skip: usize) {
    for (row, line) in (0..area.height).zip(lines.iter().skip(skip)) {
        frame.render_widget(line, Rect { y: area.y + row, height: 1, ..area });
    }
}

/// The last row of a dialog: which keys it takes.
pub(super) fn keys(scene: &Scene<'_>, frame: &mut Frame<'_>, inner: Rect, keys: &str) {
    if inner.height > 0 {
        let keys = text::cut(keys, usize::from(inner.width.saturating_sub(2))).into_owned();
        let at = Rect { y: inner.bottom() - 1, height: 1, ..inner };
        frame.render_widget(Line::styled(format!(" {keys}"), scene.theme.muted), at);
    }
}

/// A button; the one with the focus is reversed, one that cannot be pressed is dim.
pub(super) fn button(scene: &Scene<'_>, label: &str, focused: bool, enabled: bool) -> Vec<Span<'static>> {
    let style = match (focused, enabled) {
        (true, _) => scene.theme.selected.patch(scene.theme.strong),
        (false, true) => Style::new(),
        (false, false) => scene.theme.muted,
    };
    vec![Span::styled(format!("[ {label} ]"), style), Span::raw("  ")]
}

/// Why the last try failed, behind so much space. Of one whose answer was lost it is not known whether it did, so it
/// bears no sign of failure.
pub(super) fn failed(out: &mut Vec<Line<'static>>, scene: &Scene<'_>, error: &Error, pad: &str, room: usize) {
    let outcome_unknown = error.outcome_unknown();
    let (sign, style) = if outcome_unknown { ("?", scene.theme.waiting) } else { ("✖", scene.theme.danger) };
    let said = scene.words.one_line(error);
    wrapped(out, (&format!("{pad}{sign} "), style), &said, scene.theme.strong, room);
    if outcome_unknown {
        wrapped(out, (&format!("{pad}  "), Style::new()), scene.words.errors.again_is_safe, Style::new(), room);
    }
}

/// What a dialog has sent; and if the answer is late, for how long, or why, until when, and the way out.
pub(super) fn under_way(scene: &Scene<'_>, out: &mut Vec<Line<'static>>, lead: &str, sending: &str, room: usize) {
    out.push(Line::from(format!("{lead}{} {sending} …", scene.spinner())));
    let delay = scene.model.tickets.delay_in_saving(scene.model.now);
    if let Some(mut said) = scene.late(delay) {
        if matches!(delay, Some(Delay::Pause(..))) {
            said = format!("{said} · {}", scene.words.sync.give_up);
        }
        wrapped(out, (&format!("{lead}  "), Style::new()), &said, scene.theme.strong, room);
    }
}

/// Text wrapped into lines of one style, behind a lead on the first line and as much space on the others.
pub(super) fn wrapped(out: &mut Vec<Line<'static>>, lead: (&str, Style), sentence: &str, style: Style, width: usize) {
    let indent = text::width(lead.0);
    for (index, part) in text::wrap(sentence, width.saturating_sub(indent)).into_iter().enumerate() {
        let lead = if index == 0 { Span::styled(lead.0.to_owned(), lead.1) } else { Span::raw(" ".repeat(indent)) };
        out.push(Line::from(vec![lead, Span::styled(part, style)]));
    }
}
