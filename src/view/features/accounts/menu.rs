//! The MSP accounts: how each stands, to narrow everything to one or to choose one.
//!
//! ```text
//! ╭ MSP accounts ─────────────────────────────────────────────────────────────────────╮
//! │ 0    All accounts                  144                                            │
//! │ 1 ●  Europe        1password.eu     48  live · synced just now  MSP Technicians   │
//! │ 2 ✖  Americas      1password.com    48  not reachable           as of 2 min ago   │
//! │ ↑↓ or number  ↵ choose  Esc close                                                 │
//! ╰───────────────────────────────────────────────────────────────────────────────────╯
//! ```

use crate::app::command::Command;
use crate::app::features::accounts::{Account, AccountMenu, Choice};
use crate::app::update::account_rows;
use crate::view::widgets::dialog::DialogFrame;
use crate::view::widgets::text;
use crate::view::{Scene, header};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// Cells between two columns.
const GAP: usize = 2;

pub(in crate::view) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect, menu: &AccountMenu) {
    let words = &scene.words.accounts;
    let found = account_rows(scene.model, menu);
    let mut dialog = DialogFrame::new(scene, area, 100).title((words.title)(menu.choice));
    let room = dialog.inner_width();
    let explain = (words.explain)(menu.choice);
    if !explain.is_empty() {
        text::wrapped(dialog.lines(), (" ", Style::new()), explain, scene.theme.muted, room);
        dialog.blank();
    }
    dialog.begin_scroll();
    let cells: Vec<[String; 4]> = found.iter().map(|account| cells(scene, menu.choice, *account)).collect();
    let first = usize::from(menu.choice != Choice::Switch || found.len() < 2);
    let widths = widths(&cells, room);
    let rows = (first..).zip(found.iter().copied().zip(&cells));
    let rows = rows.map(|(number, (account, cells))| row(scene, number, account, cells, (widths, room)));
    dialog.rows(rows.collect(), menu.pick.cursor);
    let failed = found.iter().flatten().any(|account| account.sync.error().is_some());
    let keys = if failed { (words.failed_keys)(&scene.key(Command::Details)) } else { words.keys.to_owned() };
    dialog.keys(keys).render(frame);
}

/// Name, region, companies, and how it stands.
fn cells(scene: &Scene<'_>, choice: Choice, account: Option<&Account>) -> [String; 4] {
    let Some(account) = account else {
        let all = total(scene);
        return [scene.words.accounts.all.to_owned(), String::new(), all, String::new()];
    };
    let region = account.region().unwrap_or_default().to_owned();
    let count = scene.companies_of(account);
    [account.label.clone(), region, count, status(scene, choice, account)]
}

/// The companies of all accounts, as far as they are known, whatever is shown now.
fn total(scene: &Scene<'_>) -> String {
    let known = scene.model.accounts.iter().filter(|account| account.counted());
    let sum = known.clone().map(|account| scene.model.roster.len_of(&account.profile)).sum::<usize>();
    match (known.count(), scene.model.accounts.iter().count()) {
        (0, _) => scene.words.company.nothing.to_owned(),
        (known, all) if known < all => format!("{}+", scene.words.number(sum as u64)),
        _ => scene.words.number(sum as u64),
    }
}

/// Where something is to be done, why it cannot be done counts most; else how fresh its companies are, and who one
/// is there.
fn status(scene: &Scene<'_>, choice: Choice, account: &Account) -> String {
    if choice != Choice::Switch {
        let why = choice.command().permitted_in(scene.model, &account.profile).err();
        return why.map(|why| (scene.words.disabled)(&why, &scene.clock)).unwrap_or_default();
    }
    let (word, age) = header::status(scene, account);
    let session = account.session.value();
    let group = session.and_then(|session| session.technician.groups.first().cloned());
    let looks_only = account.looks_only().then(|| scene.words.header.read_only.to_lowercase());
    let parts = [Some(word), age, looks_only, group];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn widths(cells: &[[String; 4]], room: usize) -> [usize; 3] {
    [0, 1, 2].map(|column| {
        let widest = cells.iter().filter_map(|row| row.get(column)).map(|cell| text::width(cell)).max();
        widest.unwrap_or(0).min(room / 3)
    })
}

fn row(
    scene: &Scene<'_>,
    number: usize,
    account: Option<&Account>,
    [name, region, count, status]: &[String; 4],
    (widths, room): ([usize; 3], usize),
) -> Line<'static> {
    let pad = |shown: &str, width: usize| " ".repeat(width.saturating_sub(text::width(shown)));
    let lead = if number < 10 { format!(" {number} ") } else { "   ".into() };
    let (glyph, style) = account.map_or((" ", Style::new()), |account| header::sign(scene, account));
    let gap = " ".repeat(GAP);
    let [wide, middle, narrow] = widths;
    let (name, region) = (text::cut(name, wide), text::cut(region, middle));
    let mut line = Line::from(vec![
        Span::styled(lead, scene.theme.key),
        Span::styled(glyph, style),
        Span::styled(format!("  {name}{}{gap}", pad(&name, wide)), scene.theme.strong),
        Span::styled(format!("{region}{}{gap}", pad(&region, middle)), scene.theme.muted),
        Span::raw(format!("{}{count}{gap}", pad(count, narrow))),
    ]);
    let left = room.saturating_sub(line.width() + 1);
    line.push_span(Span::styled(text::cut(status, left).into_owned(), scene.theme.muted));
    line
}
