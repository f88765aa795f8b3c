//! The menu of the filter: what is to be shown, and how many companies each row stands for.

use crate::app::command::Command;
use crate::app::features::accounts::Account;
use crate::app::features::companies::Chip;
use crate::app::features::companies::filter::{FilterRow, OLD_DAYS};
use crate::app::update::{filter_chosen, filter_rows};
use crate::domain::roster::Figure;
use crate::view::Scene;
use crate::view::widgets::dialog::DialogFrame;
use crate::view::widgets::text;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

pub(in crate::view) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, cursor: usize) {
    let menu = &scene.words.menus;
    let keys = (menu.filter_keys)(&scene.key(Command::ClearAll));
    let mut dialog = DialogFrame::sized(scene, area, 64).aside().title(menu.filter).keys(keys);
    let mut before = "";
    let rows = filter_rows(scene.model).iter().map(|it| row(scene, it, &mut before)).collect();
    dialog.rows(rows, cursor);
    dialog.render(frame);
}

/// What kind of filter it is stands before the first of the kind.
fn row(scene: &Scene<'_>, row: &FilterRow, before: &mut &'static str) -> Line<'static> {
    let words = &scene.words;
    let totals = scene.model.roster.totals();
    let count = |count: u32| scene.count(count.into());
    let (label, name, count) = match row {
        FilterRow::State(state) => {
            let number = totals.counts.by_state.of(state);
            (words.companies.filter_status, (words.companies.state)(state).into_owned(), count(number))
        }
        FilterRow::HideUnlinked => (
            words.companies.filter_status,
            words.companies.hide_unlinked.into(),
            count(totals.counts.by_state.unlinked),
        ),
        FilterRow::InSetup => {
            let (number, _) = Chip::InSetup.count(scene.model);
            (words.companies.setup, words.companies.in_setup.into(), scene.count(number))
        }
        FilterRow::Pinned => {
            let (number, _) = Chip::Pinned.count(scene.model);
            (words.companies.company, words.companies.pinned.into(), scene.count(number))
        }
        FilterRow::AnyAttention => {
            (words.companies.filter_attention, words.menus.any_attention.into(), count(totals.counts.need_attention))
        }
        FilterRow::Attention(kind) => {
            let number = totals.by_attention.get(kind).copied().unwrap_or(0);
            (words.companies.filter_attention, (words.attention.long)(kind).into_owned(), count(number))
        }
        FilterRow::Unknown(figure) => {
            let number = match figure {
                Figure::Seats => totals.counts.seats_unknown,
                Figure::Owners => totals.counts.owners_unknown,
            };
            (words.menus.known, (words.menus.unknown)(*figure).into(), count(number))
        }
        FilterRow::Older => (words.menus.known, (words.menus.older)(OLD_DAYS), String::new()),
        FilterRow::Account(profile) => {
            let account = scene.model.accounts.get(profile);
            let count = account.map(|account| scene.companies_of(account)).unwrap_or_default();
            (words.accounts.filter, account.map(account_name).unwrap_or_default(), count)
        }
        FilterRow::Tag(tag) => {
            (words.companies.filter_tag, tag.clone(), count(totals.tags.get(tag).copied().unwrap_or(0)))
        }
    };
    let tick = if filter_chosen(&scene.model.roster.query().filter, row) { "[✔]" } else { "[ ]" };
    let label = if std::mem::replace(before, label) == label { "" } else { label };
    Line::from(vec![
        Span::raw(format!(" {tick} ")),
        Span::styled(text::pad(&text::capital(label), 12), scene.theme.muted),
        Span::raw(format!(" {}", text::pad(&text::capital(&name), 36))),
        Span::styled(format!("  {count}"), scene.theme.muted),
    ])
}

/// What an account is called, and where its data are.
fn account_name(account: &Account) -> String {
    account.region().map_or_else(|| account.label.clone(), |region| format!("{} · {region}", account.label))
}
