//! The checklist in short: its steps, the next one, and what was detected of it.

use super::parts::{Lines, Room};
use crate::app::model::Details;
use crate::domain::company::{Attention, Company};
use crate::domain::setup::{Checklist, Step};
use crate::view::Scene;
use crate::view::features::setup::{bar, detected, face, known};
use crate::view::widgets::text;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

pub(super) fn lines(out: &mut Lines<'_>, company: &Company, details: &Details, room: Room) {
    let scene = out.scene;
    let words = &scene.words.company;
    let checklist = details.setup.value().filter(|list| !list.steps.is_empty());
    if room != Room::Large {
        match progress(scene, company, checklist) {
            Some(progress) => out.plain(&progress),
            None => out.muted(words.unknown),
        }
    } else if checklist.is_none() {
        out.muted(if company.setup.known() { scene.words.setup.loading } else { words.unknown });
    }
    // Else the reason itself says so.
    let set_aside = !company.attention.contains(&Attention::SetupStalled) || company.snooze_until.is_some();
    if let Some(since) = company.setup.stalled_since.filter(|_| set_aside) {
        out.signed(("⚑", scene.theme.waiting), &(words.stalled)(&scene.clock.day(since)), Style::new());
    }
    let Some(checklist) = checklist else { return };
    let next = checklist.next();
    for (number, step) in (1..).zip(&checklist.steps).filter(|(_, step)| room == Room::Large || next == Some(*step)) {
        out.all.push(row(scene, (number, step), next == Some(step), out.width));
    }
    for step in checklist.steps.iter().filter(|step| step.contradicted()) {
        let name = (scene.words.setup.step)(&step.kind);
        let told = format!("{name}: {}", (scene.words.setup.contradiction)(step));
        out.signed(("△", scene.theme.waiting), &told, Style::new());
    }
    if let Some(facts) = next.and_then(|step| detected(scene, step)) {
        out.muted(&format!("{}: {facts}", scene.words.setup.derived));
    }
}

/// `▰▰▰▰▱ 4 of 5`, where it is known.
pub(super) fn progress(scene: &Scene<'_>, company: &Company, checklist: Option<&Checklist>) -> Option<String> {
    let setup = checklist.filter(|list| known(company, list)).map_or(company.setup, Checklist::progress);
    let told = || {
        format!("{} {}", bar(setup.done, setup.applicable), (scene.words.company.setup)(setup.done, setup.applicable))
    };
    setup.known().then(told)
}

/// `✔ 1 Recovery plan   ← next        Tomma · 25 Sep`
fn row(scene: &Scene<'_>, (number, step): (usize, &Step), next: bool, width: usize) -> Line<'static> {
    let (glyph, style) = face(scene, &step.state);
    let name = (scene.words.setup.step)(&step.kind).into_owned();
    let name = if next { format!("{name}   ← {}", scene.words.setup.next) } else { name };
    let who = step.updater.as_ref().zip(step.update_time);
    let who = who.map(|(who, when)| format!("{} · {}", who.display_name, scene.clock.day(when))).unwrap_or_default();
    let name = text::cut(&name, width.saturating_sub(4)).into_owned();
    let pad = (4 + text::width(&name) + 2).max(38);
    let fits = pad + text::width(&who) <= width;
    let mut line = Line::from(vec![
        Span::styled(format!("{glyph} "), style),
        Span::styled(format!("{number} "), scene.theme.muted),
        Span::styled(name.clone(), if next { scene.theme.strong } else { Style::new() }),
    ]);
    if fits && !who.is_empty() {
        line.push_span(Span::raw(" ".repeat(pad - 4 - text::width(&name))));
        line.push_span(Span::styled(who, scene.theme.muted));
    }
    line
}
