//! The states of a setup step, to choose one, and the question before what is done is opened again.
//!
//! ```text
//! ╭ Crane & Quay Architects Ltd ─╮
//! │ Recovery plan                │
//! │ 1  ○ to do                   │
//! │ 2  ◐ in progress    now      │
//! │ 3  ✔ done                    │
//! │ 1–3 or ↵ choose · Esc close  │
//! ╰──────────────────────────────╯
//! ```

use crate::app::features::setup::StepMenu;
use crate::app::update::step_of;
use crate::view::Scene;
use crate::view::features::menus;
use crate::view::features::setup::face;
use crate::view::overlay::{button, keys, lines, popup, wrapped};
use crate::view::widgets::text;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

pub(in crate::view) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, menu: &StepMenu) {
    let words = &scene.words.setup;
    let title = scene.named(&menu.key, &menu.company);
    let width = u16::try_from(text::width(&title) + 6).unwrap_or(u16::MAX).clamp(52, 80);
    let room = usize::from(width.min(area.width).saturating_sub(4));
    let step = Line::styled(format!(" {}", text::cut(&(words.step)(&menu.step), room)), scene.theme.strong);
    let Some(reopen) = &menu.reopen else {
        let states = menu.step.states();
        let height = u16::try_from(states.len() + 5).unwrap_or(u16::MAX);
        let inner = popup(scene, frame, area, (width, height), &title, scene.theme.accent);
        frame.render_widget(step, Rect { height: 1.min(inner.height), ..inner });
        let now = step_of(scene.model, menu).map(|step| &step.state);
        let all: Vec<Line<'static>> = (1..)
            .zip(&states)
            .map(|(number, state)| {
                let (glyph, style) = face(scene, state);
                let state_word = (words.state)(state);
                let mut line = Line::from(vec![
                    Span::styled(format!(" {number}  "), scene.theme.muted),
                    Span::styled(glyph, style),
                    Span::raw(format!(" {state_word:<18}")),
                ]);
                if now == Some(state) {
                    line.push_span(Span::styled(words.now, scene.theme.muted));
                }
                line
            })
            .collect();
        let body = Rect { y: inner.y + 1.min(inner.height), height: inner.height.saturating_sub(3), ..inner };
        menus::rows(scene, frame, body, &all, menu.cursor);
        keys(scene, frame, inner, &(words.menu_keys)(states.len()));
        return;
    };
    let mut all = vec![step];
    let question = (words.reopen)(&(words.state)(&reopen.to));
    wrapped(&mut all, (" ", Style::new()), &question, Style::new(), room);
    all.push(Line::default());
    let mut buttons = Line::from(" ");
    buttons.spans.extend(button(scene, words.reopen_keep, !reopen.go, true));
    buttons.spans.extend(button(scene, words.reopen_go, reopen.go, true));
    all.push(buttons);
    let height = u16::try_from(all.len() + 3).unwrap_or(u16::MAX);
    let inner = popup(scene, frame, area, (width, height), &title, scene.theme.waiting);
    let skip = all.len().saturating_sub(usize::from(inner.height.saturating_sub(1)));
    lines(frame, Rect { height: inner.height.saturating_sub(1), ..inner }, &all, skip);
    keys(scene, frame, inner, words.reopen_keys);
}
