//! Keys that wait for the next one: in the hint bar at once, and after a moment what can follow. A key that means
//! nothing is told in the hint bar as well.

use crate::app::command::{Command, Place};
use crate::app::key::Sequence;
use crate::app::model::{Model, Tab};
use crate::app::pending::Unbound;
use crate::view::Scene;
use crate::view::widgets::text;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType};

/// Cells of one continuation.
const COLUMN: usize = 30;

/// In place of the hints, if there is something to tell. Says whether there was.
pub(super) fn draw_line(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) -> bool {
    let Some(line) =
        launching(scene).or_else(|| pending(scene)).or_else(|| Some(unbound(scene, scene.model.unbound.as_ref()?)))
    else {
        return false;
    };
    frame.render_widget(line, area);
    true
}

/// A launch that can still be stopped.
fn launching(scene: &Scene<'_>) -> Option<Line<'static>> {
    let waiting = scene.model.launching.as_ref()?;
    let name = scene.model.roster.get(&waiting.key).map_or("", |company| company.name.as_str());
    let said = (scene.words.keymap.launching)(&scene.named(&waiting.key, name), &scene.key(Command::Launch));
    Some(Line::styled(format!(" → {said}"), scene.theme.waiting))
}

fn pending(scene: &Scene<'_>) -> Option<Line<'static>> {
    let pending = &scene.model.pending;
    if pending.is_empty() {
        return None;
    }
    let count = pending.count.map(|count| count.to_string()).unwrap_or_default();
    let pressed = Span::styled(format!(" {count}{}…", Sequence::from(pending.keys.clone())), scene.theme.key);
    Some(Line::from(vec![pressed, Span::styled(format!("  {}", scene.words.keymap.pending), scene.theme.muted)]))
}

fn unbound(scene: &Scene<'_>, unbound: &Unbound) -> Line<'static> {
    let words = &scene.words.keymap;
    let (key, label) = (unbound.keys.to_string(), |command| (scene.words.command)(command).label);
    let said = match unbound.elsewhere.as_slice() {
        [] => (words.unbound)(&key),
        [one] => {
            let (place, way) = place(scene, one.row().place);
            (words.only_in)(label(*one), place, &scene.key(way))
        }
        many => {
            let each = many.iter().map(|one| (words.one_elsewhere)(label(*one), place(scene, one.row().place).0));
            (words.elsewhere)(&key, &each.collect::<Vec<_>>().join(" · "))
        }
    };
    Line::styled(format!(" {said}"), scene.theme.waiting)
}

/// What a place is called, and the command that leads there.
fn place(scene: &Scene<'_>, place: Place) -> (&'static str, Command) {
    let tab = |tab| ((scene.words.company.tab)(tab), Command::NextTab);
    let screen = |command| ((scene.words.command)(command).label, command);
    match place {
        Place::Anywhere => (scene.words.keymap.anywhere, Command::ShowCompanies),
        Place::Found => (scene.words.menus.found, Command::Search),
        Place::Attention => (scene.words.attention.title, Command::Urgent),
        Place::Setup => tab(Tab::Setup),
        Place::People => tab(Tab::People),
        Place::Vaults => tab(Tab::Vaults),
        Place::Usage => screen(Command::ShowUsage),
        Place::Activity => screen(Command::ShowActivity),
        Place::Links => screen(Command::ShowLinks),
        Place::Tasks => screen(Command::ShowTasks),
    }
}

/// What can follow the keys that were pressed, at the bottom of the screen.
pub(super) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
    let follows = scene.model.continuations();
    if follows.is_empty() {
        return;
    }
    let room = usize::from(area.height.saturating_sub(2)).max(1);
    // In a low window the columns give way: what is not shown does not help.
    let columns = (usize::from(area.width.saturating_sub(2)) / COLUMN).max(follows.len().div_ceil(room)).max(1);
    let rows = follows.len().div_ceil(columns).min(room);
    let height = text::cells(rows + 2);
    let at = Rect { y: area.bottom().saturating_sub(height), height, ..area };
    let title = format!(" {}  {} ", Sequence::from(scene.model.pending.keys.clone()), scene.words.keymap.title);
    let block = Block::bordered().border_type(BorderType::Rounded).border_style(scene.theme.accent).title(title);
    let inner = block.inner(at);
    super::clear(scene, frame, at);
    frame.render_widget(block, at);
    let width = usize::from(inner.width) / columns;
    let lines = (0..rows).map(|row| {
        let cells = follows.iter().skip(row).step_by(rows.max(1)).take(columns);
        Line::from(cells.flat_map(|follow| cell(scene, scene.model, follow, width)).collect::<Vec<_>>())
    });
    text::stack(frame, inner, lines.collect());
}

/// One continuation; what cannot run now is dim, as in the hint bar.
fn cell(scene: &Scene<'_>, model: &Model, (rest, command): &(Sequence, Command), width: usize) -> [Span<'static>; 2] {
    let ready = command.ready(model).is_ok();
    let (key, label) =
        if ready { (scene.theme.key, ratatui::style::Style::new()) } else { (scene.theme.muted, scene.theme.muted) };
    let text =
        text::pad(&text::cut((scene.words.command)(*command).label, width.saturating_sub(8)), width.saturating_sub(7));
    [Span::styled(format!(" {} ", text::pad(&rest.to_string(), 5)), key), Span::styled(text, label)]
}

#[cfg(test)]
mod tests {
    use crate::app::command::{Keymap, Preset};
    use crate::app::fixture::{ALL_PERMISSIONS, AppDriver, four};
    use crate::app::model::{Model, Options};
    use crate::app::msg::{Msg, Size};
    use ratatui::Terminal;
    use ratatui::backend::TestBackend;

    fn rows(model: &Model) -> Vec<String> {
        let (width, height) = (model.size.width, model.size.height);
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        terminal.draw(|frame| crate::view::draw(model, frame)).unwrap();
        let row = |y| (0..width).map(|x| terminal.backend().buffer()[(x, y)].symbol().to_owned()).collect();
        (0..height).map(row).collect()
    }

    #[test]
    fn what_can_follow_is_shown_above_the_hints_at_every_size() {
        for (width, height) in [(160, 45), (100, 30), (80, 24), (60, 15), (40, 12)] {
            let options = Options { keymap: Keymap::of(Preset::Vim), ..AppDriver::options() };
            let mut app = AppDriver::as_who(options, &ALL_PERMISSIONS, four());
            app.send(Msg::Resize(Size { width, height }));
            app.press("5 g");
            assert!(rows(&app.model).last().unwrap().starts_with(" 5g…  Esc drops"), "at once");
            assert!(!rows(&app.model).concat().contains("What can follow"));
            app.pass(400);
            let shown = rows(&app.model).join("\n");
            let parts = ["What can follow", "x     Launch", "g     First row", "T     Previous"];
            assert!(parts.iter().all(|part| shown.contains(part)), "{width}: {shown}");
        }
    }

    #[test]
    fn a_key_without_a_meaning_is_told_in_place_of_the_hints() {
        let mut app = AppDriver::with(four());
        let mut told = |key: &str| {
            app.press(key);
            rows(&app.model).last().unwrap().trim().to_owned()
        };
        assert!(told("@").starts_with("@ is not a key here"));
        assert!(told("x").starts_with("Change step – only in Setup (])"));
        let many =
            "p is not a key here, but Suspend or reactivate in People · Accept a link in Links · Period in Usage";
        assert!(told("p").starts_with(many));
        assert!(told("j").contains("launch"), "the hints are back");
    }
}
