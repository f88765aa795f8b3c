//! What the list says when it has no rows, and what its lower edge says when it cannot be refreshed.

use crate::app::command::Command;
use crate::app::features::accounts::Account;
use crate::app::features::attention::showing;
use crate::app::features::cure;
use crate::domain::error::Error;
use crate::view::Scene;
use crate::view::features::companies::title;
use crate::view::widgets::text;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// Words in the middle of an empty list: loading, failed, empty, or nothing that matches.
pub(in crate::view) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
    let width = usize::from(area.width.saturating_sub(4)).min(64);
    let mut lines: Vec<Line<'static>> = Vec::new();
    for (sentence, style) in sentences(scene) {
        for line in text::wrap(&sentence, width) {
            lines.push(Line::styled(line, style).centered());
        }
    }
    let height = u16::try_from(lines.len()).unwrap_or(u16::MAX).min(area.height);
    let top = area.y + (area.height - height) / 3;
    for (row, line) in (0..height).zip(lines) {
        frame.render_widget(line, Rect { y: top + row, height: 1, ..area });
    }
}

fn sentences(scene: &Scene<'_>) -> Vec<(String, Style)> {
    let words = &scene.words.companies;
    let model = scene.model;
    let (strong, muted) = (scene.theme.strong, scene.theme.muted);
    if !model.roster.is_empty() {
        if showing(model) && model.roster.query().search.is_empty() {
            let back = (scene.words.attention.back)(&scene.key(Command::Back), "");
            return vec![(scene.words.attention.none.to_owned(), strong), (back, muted)];
        }
        let search = &model.roster.query().search;
        let clear = scene.key(Command::ClearAll);
        let (what, hint) = if search.is_empty() {
            (words.no_match_filter.to_owned(), (words.no_match_clear)(&clear))
        } else {
            ((words.no_match)(search), (words.no_match_hint)(&scene.key(Command::Back), &clear))
        };
        return vec![(what, strong), (hint, muted)];
    }
    if model.accounts.loading() {
        return vec![(format!("{} {} …", scene.spinner(), words.loading), muted)];
    }
    match failed(scene) {
        Some((account, error)) => {
            let wording = scene.describe(error);
            let name = named(scene, account);
            vec![
                (format!("✖ {name}{}", wording.title), strong),
                (wording.cause, Style::new()),
                (String::new(), muted),
                (wording.hint, muted),
                (retry(scene, account).unwrap_or_default(), muted),
                (String::new(), muted),
                ((words.failed_keys)(&scene.key(Command::Refresh), &scene.key(Command::Details)), muted),
            ]
        }
        None if model.accounts.iter().all(Account::real) => first_steps(scene),
        None => vec![(words.empty.into(), strong), (words.empty_hint.into(), muted)],
    }
}

/// How an MSP's own workspace is filled.
fn first_steps(scene: &Scene<'_>) -> Vec<(String, Style)> {
    let words = &scene.words.companies;
    let muted = scene.theme.muted;
    vec![
        (words.empty.into(), scene.theme.strong),
        (words.own_hint.into(), muted),
        (String::new(), muted),
        ((words.own_by_import)(&scene.key(Command::Import)), Style::new()),
        ((words.own_by_hand)(&scene.key(Command::NewCompany)), Style::new()),
        (words.own_by_script.into(), Style::new()),
    ]
}

/// The first of the shown accounts that failed.
fn failed<'a>(scene: &Scene<'a>) -> Option<(&'a Account, &'a Error)> {
    let filter = &scene.model.roster.query().filter;
    let shown = scene.model.accounts.iter().filter(|account| filter.shows(&account.profile));
    shown.into_iter().find_map(|account| Some((account, account.sync.error()?)))
}

/// Which account it is, where there are several.
fn named(scene: &Scene<'_>, account: &Account) -> String {
    if scene.model.accounts.several() { format!("{}: ", account.label) } else { String::new() }
}

fn retry(scene: &Scene<'_>, account: &Account) -> Option<String> {
    let due = account.sync.due?;
    let seconds = due.as_second().saturating_sub(scene.model.now.as_second()).max(0);
    Some((scene.words.errors.retry_in)(seconds.unsigned_abs()))
}

/// The way out of what needs attention, and what it does not show.
fn way_back(scene: &Scene<'_>, room: usize) -> Line<'static> {
    let words = &scene.words.attention;
    let back = (words.back)(&scene.key(Command::Back), &title::own(scene));
    let snoozed = scene.model.roster.counts().snoozed;
    let more = snoozed > 0 && !scene.model.roster.query().filter.with_snoozed;
    let more = more.then(|| (words.snoozed_too)(snoozed, &scene.key(Command::HideUnlinked)));
    let parts: Vec<String> = std::iter::once(back).chain(more).collect();
    Line::styled(format!(" {} ", text::cut(&parts.join(" · "), room.saturating_sub(2))), scene.theme.muted)
}

/// On the lower edge: what failed, while the old rows stay, or that the companies are invented.
pub(in crate::view) fn footer(scene: &Scene<'_>, room: usize) -> Option<Line<'static>> {
    let Some((account, error)) = failed(scene).filter(|_| !scene.model.roster.is_empty()) else {
        if showing(scene.model) {
            return Some(way_back(scene, room));
        }
        let sample = scene.model.accounts.iter().all(Account::sample);
        let hint = format!(" {} ", text::cut(scene.words.companies.sample_hint, room.saturating_sub(2)));
        return sample.then(|| Line::styled(hint, scene.theme.muted));
    };
    let retry = retry(scene, account).map(|retry| format!(" · {retry}")).unwrap_or_default();
    let key = cure::key(scene.model, Command::Details);
    let more = (scene.words.command)(Command::Details).short;
    let key = key.map(|key| format!(" · {key} {more}")).unwrap_or_default();
    let message = format!("{}{}", named(scene, account), scene.words.one_line(error));
    // When it is tried again is always said; how to read more only where there is room for it.
    let both = format!("{retry}{key}");
    let end = if text::width(&message) + text::width(&both) + 4 <= room { both } else { retry };
    let message = text::cut(&message, room.saturating_sub(text::width(&end) + 4)).into_owned();
    Some(Line::from(vec![
        Span::styled(" ✖ ", scene.theme.danger),
        Span::styled(message, scene.theme.title),
        Span::styled(format!("{end} "), scene.theme.muted),
    ]))
}
