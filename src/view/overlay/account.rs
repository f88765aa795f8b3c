//! The MSP accounts: how each stands, to narrow everything to one or to choose one.

use super::super::{Scene, header, text};
use super::{keys, menus, popup, wrapped};
use crate::app::account::{Account, AccountMenu, Choice};
use crate::app::update::account_rows;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

pub(super) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, menu: &AccountMenu) {
    let words = &scene.words.accounts;
    let found = account_rows(scene.model, menu);
    let width = area.width.saturating_sub(4).min(92);
    let room = usize::from(width.saturating_sub(2));
    let mut above = Vec::new();
    let explain = (words.explain)(menu.choice);
    if !explain.is_empty() {
        wrapped(&mut above, (" ", Style::new()), explain, scene.theme.muted, room);
        above.push(Line::default());
    }
    let label = found.iter().flatten().map(|account| text::width(&account.label)).max().unwrap_or(0);
    let label = label.max(text::width(words.all)).min(room / 3);
    let first = usize::from(menu.choice != Choice::Switch || found.len() < 2);
    let all: Vec<Line<'static>> =
        (first..).zip(&found).map(|(number, account)| row(scene, menu.choice, number, *account, label, room)).collect();
    let height = u16::try_from(above.len() + all.len() + 4).unwrap_or(u16::MAX);
    let inner = popup(scene, frame, area, (width, height), (words.title)(menu.choice), scene.theme.accent);
    let lead = u16::try_from(above.len()).unwrap_or(0).min(inner.height);
    super::lines(frame, Rect { height: lead, ..inner }, &above, 0);
    let body = Rect { y: inner.y + lead, height: inner.height.saturating_sub(2 + lead), ..inner };
    menus::rows(scene, frame, body, &all, menu.cursor.min(all.len().saturating_sub(1)));
    keys(scene, frame, inner, words.keys);
}

fn row(
    scene: &Scene<'_>,
    choice: Choice,
    number: usize,
    account: Option<&Account>,
    label: usize,
    room: usize,
) -> Line<'static> {
    let words = &scene.words.accounts;
    let pad = |shown: &str| " ".repeat(label.saturating_sub(text::width(shown)));
    let lead = Span::styled(if number < 10 { format!(" {number} ") } else { "   ".into() }, scene.theme.key);
    let companies = |count: usize| (words.companies)(count as u64, &scene.words.number(count as u64));
    let Some(account) = account else {
        let name = format!(" {}{}  ", words.all, pad(words.all));
        let count = Span::styled(companies(scene.model.roster.len()), scene.theme.muted);
        return Line::from(vec![lead, Span::raw("  "), Span::styled(name, scene.theme.strong), count]);
    };
    let (glyph, style) = header::sign(scene, account);
    let name = text::cut(&account.label, label).into_owned();
    let name = format!(" {name}{}  ", pad(&name));
    let mut line =
        Line::from(vec![lead, Span::styled(format!("{glyph} "), style), Span::styled(name, scene.theme.strong)]);
    let mut tail = Vec::new();
    let (word, age) = header::standing(scene, account);
    let refused = choice.command().permitted_in(scene.model, &account.profile).err();
    if let Some(why) = refused {
        // Where something is to be done there, why it cannot be done counts more than anything else.
        tail.push((scene.words.why)(&why, &scene.clock));
    }
    tail.extend(account.region().map(ToOwned::to_owned));
    if choice == Choice::Switch {
        tail.push(companies(scene.model.roster.len_of(&account.profile)));
        tail.push(age.map_or(word.clone(), |age| format!("{word} · {age}")));
        if account.looks_only() {
            tail.push(scene.words.header.read_only.to_lowercase());
        }
    }
    let left = room.saturating_sub(line.width() + 1);
    line.push_span(Span::styled(text::cut(&tail.join("  ·  "), left).into_owned(), scene.theme.muted));
    line
}
