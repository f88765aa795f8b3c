//! The dialogs of links: taking a confirmation link, taking a request back, and the address of a page.

use crate::app::command::Command;
use crate::app::features::accounts::Account;
use crate::app::features::links;
use crate::app::features::links::{AcceptDialog, CancelDialog, PageDialog};
use crate::view::Scene;
use crate::view::widgets::dialog::DialogFrame;
use crate::view::widgets::{input, text};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

pub(in crate::view) fn accept(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, accept: &AcceptDialog) {
    let (words, theme) = (&scene.words.links, scene.theme);
    let mut dialog = DialogFrame::new(scene, area, 84).title(words.accept);
    let room = dialog.room();
    dialog.text(&format!("{} {}", words.explain, words.explain_more), Style::new());
    if links::owner_desk(scene.model).is_some() {
        dialog.text(words.owner_page_hint, theme.muted);
    }
    dialog.blank();
    dialog.line(Line::styled(format!(" {}", words.prompt), theme.muted.patch(theme.strong)));
    // In a low window the line and what is said about it matter more than the explanation.
    let prompt_row = dialog.lines().len() - 1;
    dialog.scroll_from(prompt_row);
    dialog.input(input::masked(&accept.line, room.saturating_sub(2)), !accept.submission.sending());
    if let Some(problem) = &accept.problem {
        let mut own: Vec<&str> = scene.model.accounts.iter().filter_map(Account::region).collect();
        own.dedup();
        dialog.signed(("✖", theme.danger), &(words.not_this)(problem, &own.join(", ")), theme.strong);
    }
    if let Some(error) = accept.submission.error() {
        dialog.failed(error);
    }
    if accept.submission.sending() {
        dialog.sending(words.sending);
    } else if accept.submission.asking() {
        dialog.signed(("!", theme.waiting), words.asking, theme.strong);
    }
    dialog.blank();
    dialog.keys(words.accept_keys).render(frame);
}

pub(in crate::view) fn cancel(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, cancel: &CancelDialog) {
    let words = &scene.words.links;
    let mut dialog = DialogFrame::new(scene, area, 66).border(scene.theme.waiting).keys(words.cancel_keys);
    let asked = scene.model.links.list.of(&cancel.key.profile).find(|link| link.id == cancel.key.link);
    let company = asked.map_or(cancel.company.as_str(), |link| link.company_name.as_str());
    dialog.text(&(words.cancel_ask)(company), scene.theme.strong);
    if let Some(link) = asked {
        let who = link.requested_by.as_ref().map_or(words.somebody, |who| who.display_name.as_str());
        let since = link.create_time.map(|time| (words.requested)(who, &scene.clock.ago(time))).unwrap_or_default();
        let parts: Vec<&str> = [since.as_str(), link.id.as_str()].into_iter().filter(|part| !part.is_empty()).collect();
        dialog.text(&parts.join(" · "), scene.theme.muted);
    }
    dialog.text(words.cancel_what, Style::new());
    if let Some(account) = scene.model.accounts.get(&cancel.key.profile).filter(|_| scene.model.accounts.several()) {
        let within = (scene.words.accounts.within)(&account.label, account.region().unwrap_or("–"));
        dialog.text(&within, Style::new());
    }
    dialog.blank();
    if let Some(error) = cancel.submission.error() {
        dialog.failed(error);
    }
    if cancel.submission.sending() {
        dialog.sending(words.cancelling);
    } else {
        dialog.buttons([(words.keep, !cancel.confirm, true), (words.take_back, cancel.confirm, true)]);
    }
    dialog.scroll_to_end();
    dialog.title(company).render(frame);
}

pub(in crate::view) fn page(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, page: &PageDialog) {
    let words = &scene.words.links;
    let mut dialog = DialogFrame::new(scene, area, 76);
    let room = dialog.room();
    match &page.error {
        Some(error) => {
            dialog.signed(("✖", scene.theme.danger), &scene.words.one_line(error), scene.theme.strong);
            dialog.text(words.page_where, Style::new());
        }
        None => dialog.text(words.page_text, Style::new()),
    }
    dialog.blank();
    for part in text::chunks(&page.uri, room) {
        dialog.line(Line::from(vec![Span::raw(" "), Span::styled(part, Style::new().underlined())]));
    }
    dialog.blank();
    let title = match &page.company {
        Some(company) => format!("{} · {}", text::cut(company, room.saturating_sub(28).max(12)), words.page_title),
        None => words.page_title.to_owned(),
    };
    dialog.title(title).keys((words.page_keys)(&scene.key(Command::Copy))).render(frame);
}
