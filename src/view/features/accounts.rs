//! What the screens say of several MSP accounts: whose a row is, and which of them is waited for or failed.

pub(in crate::view) mod menu;

use crate::app::core::per_account::{PerAccount, shown};
use crate::app::core::remote::Remote;
use crate::app::features::accounts::Account;
use crate::domain::error::Error;
use crate::domain::id::ProfileId;
use crate::view::Scene;
use crate::view::features::company;
use crate::view::widgets::grid::Column;
use crate::view::widgets::text;
use ratatui::text::{Line, Span};

/// The most cells of an account's name, and what it keeps where it is narrow; each with its bar.
pub(in crate::view) const MOST: u16 = 16;
pub(in crate::view) const SHORT: u16 = 6;
/// The most failures that are told one by one.
const TOLD: usize = 2;

/// Whose row it is: a bar in the account's colour, and its name.
pub(in crate::view) fn line(scene: &Scene<'_>, profile: &ProfileId, cells: usize) -> Line<'static> {
    let Some(account) = scene.model.accounts.get(profile) else { return Line::default() };
    let name = text::cut(&account.label, cells.saturating_sub(2)).into_owned();
    Line::from(vec![Span::styled("▎", scene.theme.tint(account.tint)), Span::raw(" "), Span::raw(name)])
}

/// Cells for the account's name, where there are several of which rows are shown; else none.
pub(in crate::view) fn cells(scene: &Scene<'_>) -> u16 {
    if shown(scene.model).count() < 2 {
        return 0;
    }
    let longest = shown(scene.model).map(|account| text::width(&account.label)).max().unwrap_or(0);
    let longest = longest.max(text::width(scene.words.accounts.column) - 2);
    u16::try_from(longest + 2).unwrap_or(MOST).min(MOST)
}

/// The column of a table that tells whose each row is, where there are several accounts. It never goes: companies of
/// two accounts may have the same name.
pub(in crate::view) fn column(scene: &Scene<'_>, width: u16) -> Option<Column> {
    let most = match width {
        0..70 => SHORT,
        70..110 => 10,
        _ => MOST,
    };
    let cells = usize::from(cells(scene).min(most));
    (cells > 0).then(|| Column::of(&text::cut(scene.words.accounts.column, cells), cells))
}

/// Lines on loading or failing, if there is anything to say; what the other accounts answered stays below them.
///
/// ```text
///  ✖ North: Loading the links: no answer within 10 seconds. Check the connection …
///  ⠋ West, South: loading the links …
/// ```
pub(in crate::view) fn phase_lines<T>(
    scene: &Scene<'_>,
    list: &PerAccount<T>,
    loading: &str,
    (width, height): (u16, u16),
) -> Vec<Line<'static>> {
    let room = usize::from(width.saturating_sub(4));
    if let Some(only) = scene.model.accounts.only() {
        let never = Remote::default();
        return company::phase_line(scene, list.load(&only.profile).unwrap_or(&never), loading, usize::from(width));
    }
    let mut failed: Vec<(&Error, Vec<&str>)> = Vec::new();
    let mut waiting = Vec::new();
    for account in shown(scene.model) {
        match error(account, list) {
            // What befell several, as a line that is down does, is told once.
            Some(error) => match failed.iter_mut().find(|(other, _)| same(other, error)) {
                Some((_, labels)) => labels.push(&account.label),
                None => failed.push((error, vec![&account.label])),
            },
            None if !list.answered(&account.profile) => waiting.push(account),
            None => {}
        }
    }
    // In a low window the rows need the room.
    let rows = if height < 12 && failed.len() > 1 || height < 8 { 1 } else { 2 };
    let mut out = Vec::new();
    for (error, labels) in failed.iter().take(TOLD) {
        let told = scene.describe(error);
        let cause = told.cause.trim_end_matches('.');
        let said = format!("{}: {}: {cause}. {}", labels.join(", "), told.title, told.hint);
        out.extend(within(scene, &said, room, rows));
    }
    let more: usize = failed.iter().skip(TOLD).map(|(_, labels)| labels.len()).sum();
    if let Some(last) = out.last_mut().filter(|_| more > 0) {
        last.push_span(Span::styled(format!(" +{more}"), scene.theme.strong));
    }
    if !waiting.is_empty() {
        let labels: Vec<_> = waiting.iter().map(|account| account.label.as_str()).collect();
        let ticket = waiting.iter().find_map(|account| list.load(&account.profile)?.waiting());
        let said = scene.loading(&format!("{}: {loading}", labels.join(", ")), ticket);
        out.push(Line::styled(format!(" {}", text::cut(&said, room)), scene.theme.muted));
    }
    let lists = shown(scene.model).filter_map(|account| Some((account, list.load(&account.profile)?)));
    out.extend(lists.filter_map(|(account, load)| left_out_of(scene, &account.profile, load, usize::from(width))));
    out
}

/// An account's list that is not whole says so, by the account's name where there are several.
pub(in crate::view) fn left_out_of<T>(
    scene: &Scene<'_>,
    profile: &ProfileId,
    remote: &Remote<T>,
    width: usize,
) -> Option<Line<'static>> {
    let account = scene.model.accounts.get(profile).filter(|_| scene.model.accounts.several());
    let of = account.map(|account| format!("{}: ", account.label)).unwrap_or_default();
    company::left_out(scene, remote, &of, width)
}

/// Why there is nothing new of an account: its list failed, or there is no server to ask for it.
fn error<'a, T>(account: &'a Account, list: &'a PerAccount<T>) -> Option<&'a Error> {
    let own = list.load(&account.profile).and_then(Remote::error);
    own.or_else(|| account.sync.error().filter(|_| !account.sync.connected))
}

fn same(one: &Error, other: &Error) -> bool {
    (one.operation, &one.cause, &one.detail) == (other.operation, &other.cause, &other.detail)
}

/// A failure in at most so many rows; the last of them is cut rather than another begun.
fn within(scene: &Scene<'_>, said: &str, room: usize, rows: usize) -> Vec<Line<'static>> {
    // Room for a count behind the last.
    let room = room.saturating_sub(4).max(1);
    let wrapped = text::wrap(said, room);
    let more = wrapped.len() > rows;
    let last = rows - 1;
    let rest = wrapped.get(last..).unwrap_or_default().join(" ");
    let mut out = Vec::new();
    for (at, row) in wrapped.into_iter().take(rows).enumerate() {
        let row = if more && at == last { text::cut(&rest, room).into_owned() } else { row };
        let lead = if at == 0 { " ✖ " } else { "   " };
        out.push(Line::from(vec![Span::styled(lead, scene.theme.danger), Span::styled(row, scene.theme.strong)]));
    }
    out
}

/// Every shown account has answered: what is not there does not exist.
pub(in crate::view) fn all_answered<T>(scene: &Scene<'_>, list: &PerAccount<T>) -> bool {
    shown(scene.model).all(|account| list.answered(&account.profile))
}
