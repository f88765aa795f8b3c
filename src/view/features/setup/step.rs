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
use crate::domain::setup::StepState;
use crate::view::Scene;
use crate::view::features::setup::face;
use crate::view::widgets::{menu, text};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

pub(in crate::view) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, step: &StepMenu) {
    let words = &scene.words.setup;
    let mut dialog = menu::about(scene, area, scene.named(&step.key, &step.company));
    let name = text::cut(&(words.step)(&step.step), dialog.room()).into_owned();
    dialog.line(Line::styled(format!(" {name}"), scene.theme.strong));
    let Some(reopen) = &step.reopen else {
        let states = step.step.states();
        let now = step_of(scene.model, step).map(|step| &step.state);
        dialog.begin_scroll();
        let row = |(number, state)| row(scene, number, state, now == Some(state));
        dialog.rows((1..).zip(&states).map(row).collect(), step.cursor);
        return dialog.keys((words.menu_keys)(states.len())).render(frame);
    };
    dialog.text(&(words.reopen)(&(words.state)(&reopen.to)), Style::new());
    dialog.blank();
    dialog.buttons([(words.reopen_keep, !reopen.go, true), (words.reopen_go, reopen.go, true)]);
    dialog.scroll_to_end();
    dialog.border(scene.theme.waiting).keys(words.reopen_keys).render(frame);
}

fn row(scene: &Scene<'_>, number: usize, state: &StepState, now: bool) -> Line<'static> {
    let words = &scene.words.setup;
    let (glyph, style) = face(scene, state);
    let mut line = Line::from(vec![
        Span::styled(format!(" {number}  "), scene.theme.muted),
        Span::styled(glyph, style),
        Span::raw(format!(" {:<18}", (words.state)(state))),
    ]);
    if now {
        line.push_span(Span::styled(words.now, scene.theme.muted));
    }
    line
}
