//! The dialogs of links: taking a confirmation link, taking a request back, and the address of a page.

use crate::app::command::Command;
use crate::app::features::accounts::Account;
use crate::app::features::links;
use crate::app::features::links::{AcceptDialog, CancelDialog, PageDialog};
use crate::view::Scene;
use crate::view::overlay::{button, failed, keys, lines, popup, under_way, wrapped};
use crate::view::widgets::input;
use crate::view::widgets::text;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

pub(in crate::view) fn accept(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, dialog: &AcceptDialog) {
    let words = &scene.words.links;
    let theme = scene.theme;
    let width = area.width.saturating_sub(4).min(84);
    let room = usize::from(width.saturating_sub(4));
    let mut all = Vec::new();
    wrapped(&mut all, (" ", Style::new()), &format!("{} {}", words.explain, words.explain_more), Style::new(), room);
    if links::owner_desk(scene.model).is_some() {
        wrapped(&mut all, (" ", Style::new()), words.owner_page_hint, theme.muted, room);
    }
    all.push(Line::default());
    all.push(Line::styled(format!(" {}", words.prompt), theme.muted.patch(theme.strong)));
    let input_row = all.len();
    let (typed, cursor) = input::masked(&dialog.line, room.saturating_sub(2));
    all.push(Line::from(vec![Span::styled(" ❯ ", theme.key), Span::raw(typed)]));
    let mut own: Vec<&str> = scene.model.accounts.iter().filter_map(Account::region).collect();
    own.dedup();
    let own = own.join(", ");
    if let Some(problem) = &dialog.problem {
        wrapped(&mut all, (" ✖ ", theme.danger), &(words.not_this)(problem, &own), theme.strong, room);
    }
    if let Some(error) = dialog.submission.error() {
        failed(&mut all, scene, error, " ", room);
    }
    if dialog.submission.sending() {
        under_way(scene, &mut all, " ", words.sending, room);
    } else if dialog.submission.asking() {
        wrapped(&mut all, (" ! ", theme.waiting), words.asking, theme.strong, room);
    }
    all.push(Line::default());
    let height = u16::try_from(all.len() + 3).unwrap_or(u16::MAX);
    let inner = popup(scene, frame, area, (width, height), words.accept, theme.accent);
    let body = Rect { height: inner.height.saturating_sub(1), ..inner };
    // In a low window the line and what is said about it matter more than the explanation.
    let skip = all.len().saturating_sub(usize::from(body.height)).min(input_row.saturating_sub(1));
    lines(frame, body, &all, skip);
    keys(scene, frame, inner, words.accept_keys);
    if !dialog.submission.sending()
        && let (Ok(row), Ok(column)) = (u16::try_from(input_row - skip), u16::try_from(cursor))
        && row < body.height
    {
        frame.set_cursor_position((inner.x + 3 + column, inner.y + row));
    }
}

pub(in crate::view) fn cancel(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, dialog: &CancelDialog) {
    let words = &scene.words.links;
    let width = area.width.saturating_sub(4).min(66);
    let room = usize::from(width.saturating_sub(4));
    let mut all = Vec::new();
    let asked = scene.model.links.list.of(&dialog.key.profile).find(|link| link.id == dialog.key.link);
    let company = asked.map_or(dialog.company.as_str(), |link| link.company_name.as_str());
    wrapped(&mut all, (" ", Style::new()), &(words.cancel_ask)(company), scene.theme.strong, room);
    if let Some(link) = asked {
        let who = link.requested_by.as_ref().map_or(words.somebody, |who| who.display_name.as_str());
        let since = link.create_time.map(|time| (words.requested)(who, &scene.clock.ago(time))).unwrap_or_default();
        let parts: Vec<&str> = [since.as_str(), link.id.as_str()].into_iter().filter(|part| !part.is_empty()).collect();
        wrapped(&mut all, (" ", Style::new()), &parts.join(" · "), scene.theme.muted, room);
    }
    wrapped(&mut all, (" ", Style::new()), words.cancel_what, Style::new(), room);
    if let Some(account) = scene.model.accounts.get(&dialog.key.profile).filter(|_| scene.model.accounts.several()) {
        let told = (scene.words.accounts.within)(&account.label, account.region().unwrap_or("–"));
        wrapped(&mut all, (" ", Style::new()), &told, Style::new(), room);
    }
    all.push(Line::default());
    if let Some(error) = dialog.submission.error() {
        failed(&mut all, scene, error, " ", room);
    }
    if dialog.submission.sending() {
        under_way(scene, &mut all, " ", words.cancelling, room);
    } else {
        let mut line = vec![Span::raw(" ")];
        line.extend(button(scene, words.keep, !dialog.confirm, true));
        line.extend(button(scene, words.take_back, dialog.confirm, true));
        all.push(Line::from(line));
    }
    let height = u16::try_from(all.len() + 3).unwrap_or(u16::MAX);
    let inner = popup(scene, frame, area, (width, height), company, scene.theme.waiting);
    let body = Rect { height: inner.height.saturating_sub(1), ..inner };
    lines(frame, body, &all, all.len().saturating_sub(usize::from(body.height)));
    keys(scene, frame, inner, words.cancel_keys);
}

pub(in crate::view) fn page(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, dialog: &PageDialog) {
    let words = &scene.words.links;
    let width = area.width.saturating_sub(4).min(76);
    let room = usize::from(width.saturating_sub(4));
    let mut all = Vec::new();
    match &dialog.error {
        Some(error) => {
            let said = scene.words.one_line(error);
            wrapped(&mut all, (" ✖ ", scene.theme.danger), &said, scene.theme.strong, room);
            wrapped(&mut all, (" ", Style::new()), words.page_where, Style::new(), room);
        }
        None => wrapped(&mut all, (" ", Style::new()), words.page_text, Style::new(), room),
    }
    all.push(Line::default());
    // Broken at cells, not at words: an address has none. It is proven to be ASCII before it gets here.
    let letters: Vec<char> = dialog.uri.chars().collect();
    for part in letters.chunks(room.max(1)) {
        let part: String = part.iter().collect();
        all.push(Line::from(vec![Span::raw(" "), Span::styled(part, Style::new().underlined())]));
    }
    all.push(Line::default());
    let title = match &dialog.company {
        Some(company) => format!("{} · {}", text::cut(company, room.saturating_sub(28).max(12)), words.page_title),
        None => words.page_title.to_owned(),
    };
    let height = u16::try_from(all.len() + 3).unwrap_or(u16::MAX);
    let inner = popup(scene, frame, area, (width, height), &title, scene.theme.accent);
    lines(frame, Rect { height: inner.height.saturating_sub(1), ..inner }, &all, 0);
    keys(scene, frame, inner, &(words.page_keys)(&scene.key(Command::Copy)));
}
