//! From the model to cells, purely: nothing here changes the model or asks the outside.
//!
//! ```text
//!  header   the screens with what waits · account · technician · marks · connection; two lines below 150 columns
//!  summary  counts by status │ seats │ setup │ attention; of a company alone its name and its tabs
//!  ┌ list ────────────────── 1–31 of 48 ┐┌ company (beside the list from 110 columns) ┐
//!  │                                    ││ tabs                                       │
//!  └ footer: failures, or a notice ─────┘└────────────────────────────────────────────┘
//!  hints    what the state asks for first, at most seven; `? help` always at the right
//! ```

mod ascii;
mod breadcrumb;
mod features;
mod header;
mod hints;
mod keys;
mod overlay;
mod scene;
mod screens;
mod summary;
mod theme;
mod toast;
mod widgets;

use crate::app::command::Command;
use crate::app::core::layout::{SMALLEST, layout, list_width};
use crate::app::model::{Model, Pane, Tab};
use crate::app::msg::Size;
use crate::app::overlay::Overlay;
use crate::app::pointer::{Target, Targets};
use crate::app::screen::Screen;
use crate::domain::company::Attention;
use crate::i18n;
use features::{companies, company};
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::Line;
use ratatui::widgets::{Block, BorderType};
use scene::{Aimed, Scene};
use widgets::clear::{clear, clear_around};
use widgets::text;

/// A text on the screen that leads to an address, for terminals that know OSC 8.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Column of its first cell.
    pub x: u16,
    /// Row.
    pub y: u16,
    /// The text as drawn.
    pub text: String,
    /// Where it leads.
    pub uri: String,
}

/// Draws the whole screen.
pub fn draw(model: &Model, frame: &mut Frame<'_>) {
    drop(draw_targets(model, frame));
}

/// Draws the whole screen, and tells what was drawn where.
pub fn draw_targets(model: &Model, frame: &mut Frame<'_>) -> Targets {
    let scene = Scene::new(model);
    let area = frame.area();
    // Most themes leave text and background to the terminal.
    if scene.theme.text != Style::default() {
        frame.buffer_mut().set_style(area, scene.theme.text);
    }
    if no_room(area.width, area.height) {
        too_small(&scene, frame, area);
    } else {
        screen(&scene, frame, area);
    }
    if model.appearance.ascii {
        ascii::replace(frame.buffer_mut());
    }
    scene.targets.into_inner()
}

fn screen(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
    let model = scene.model;
    let areas = layout(Size { width: area.width, height: area.height });
    let first = model.screen == Screen::Companies;
    let [head, counts, body, foot] = Layout::vertical([
        Constraint::Length(areas.header),
        Constraint::Length(if first { areas.summary } else { 0 }),
        Constraint::Fill(1),
        Constraint::Length(1),
    ])
    .areas(area);
    header::draw(scene, frame, head);
    if scene.breadcrumb() {
        breadcrumb::draw(scene, frame, counts);
    } else if first && areas.summary > 0 {
        summary::draw(scene, frame, counts);
    }
    scene.aim(body, Target::Pane(Pane::Company));
    if first {
        panes(scene, frame, body);
    } else {
        screens::draw(scene, frame, body);
        position(scene, frame, body);
    }
    hints::draw(scene, frame, foot);
    toast::boxes(scene, frame, body);
    keys::draw(scene, frame, body);
    overlay::draw(scene, frame, area);
    toast::line(scene, frame, body);
}

fn panes(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
    let model = scene.model;
    if model.company_alone() {
        company::draw(scene, frame, area);
        position(scene, frame, area);
    } else if model.wide() {
        let list = list_width(model);
        let [left, right] = Layout::horizontal([Constraint::Length(list), Constraint::Fill(1)]).areas(area);
        scene.aim(left, Target::Pane(Pane::List));
        companies::draw(scene, frame, left);
        position(scene, frame, left);
        company::draw(scene, frame, right);
        position(scene, frame, right);
    } else {
        scene.aim(area, Target::Pane(Pane::List));
        companies::draw(scene, frame, area);
        position(scene, frame, area);
    }
}

/// The frame of a pane. Which one has the keys is told by its weight as well, not by a colour alone.
fn pane_block(scene: &Scene<'_>, focused: bool) -> Block<'static> {
    let (weight, style) =
        if focused { (BorderType::Thick, scene.theme.accent) } else { (BorderType::Rounded, scene.theme.frame) };
    Block::bordered().border_type(weight).border_style(style)
}

/// Which rows of how many are in sight of the table that was just drawn, at the right of its frame's upper edge, where not
/// all are.
fn position(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
    let Some((rows, len)) = scene.in_sight.take().filter(|(rows, len)| !rows.is_empty() && rows.len() < *len) else {
        return;
    };
    let message = format!(" {} ", (scene.words.header.position)(rows.start + 1, rows.end, len));
    let width = text::cells(text::width(&message));
    let Some(x) = area.right().checked_sub(width + 1).filter(|x| *x > area.x) else { return };
    let at = Rect { x, y: area.y, width, height: area.height.min(1) };
    // A title that reaches so far is worth more.
    let mut edge = |x: u16| frame.buffer_mut().cell((x, at.y)).is_some_and(|cell| "─━".contains(cell.symbol()));
    if (at.left()..at.right()).all(&mut edge) {
        frame.render_widget(Line::styled(message, scene.theme.title.remove_modifier(Modifier::BOLD)), at);
    }
}

/// Nothing useful fits: only that is said.
fn no_room(width: u16, height: u16) -> bool {
    width < SMALLEST.width || height < SMALLEST.height
}

fn too_small(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
    let hint = (scene.words.menus.too_small_hint)(SMALLEST.width, SMALLEST.height);
    let lines = [scene.words.menus.too_small.to_owned(), hint, (scene.words.menus.key_quit)(&scene.key(Command::Quit))];
    let lines = lines.map(|line| Line::from(text::cut(&line, usize::from(area.width)).into_owned()).centered());
    text::stack(frame, text::below(area, area.height.saturating_sub(3) / 2), lines.to_vec());
}

/// What copying takes that is shown: the card of the overview under the cursor.
pub fn copied(model: &Model) -> String {
    let scene = Scene::new(model);
    let step = features::setup::beside::copied(&scene).filter(|_| model.tab == Tab::Setup);
    step.unwrap_or_else(|| features::overview::copied(&scene))
}

/// Texts on the screen that lead to an address.
pub fn links(model: &Model, size: Size) -> Vec<Link> {
    if no_room(size.width, size.height) {
        return Vec::new();
    }
    overlay::links(&Scene::new(model), Rect::new(0, 0, size.width, size.height))
}

/// What the top dialog says is on the screen to its end, where that has not been told yet and counts.
pub fn read_to_end(model: &Model, size: Size) -> bool {
    let Some(Overlay::Unlink(dialog)) = model.overlays.last().filter(|_| !no_room(size.width, size.height)) else {
        return false;
    };
    let area = Rect::new(0, 0, size.width, size.height);
    dialog.to_read() && features::unlink::end_in_sight(&Scene::new(model), area, dialog)
}

/// What the terminal's title says: the company that commands act on, then the product.
pub fn title(model: &Model) -> String {
    let title = match model.selected().filter(|_| model.pane == Pane::Company) {
        Some((_, company)) => format!("{} · mspdash", text::cut(&company.name, 60)),
        None => "mspdash".into(),
    };
    if model.appearance.ascii { ascii::text(&title) } else { title }
}

/// What a notification of the desktop says: what there is to do, and where.
pub fn alert(model: &Model, reason: &Attention, company: &str, more: usize) -> String {
    let words = i18n::of(model.options.lang);
    let text = (words.since.alert)(&(words.attention.long)(reason), company, more);
    if model.appearance.ascii { ascii::text(&text) } else { text }
}

#[cfg(test)]
mod tests;
