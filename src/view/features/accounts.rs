//! Several MSP accounts on one screen: whose a row is.

pub(in crate::view) mod menu;

use crate::app::core::per_account::shown;
use crate::domain::id::ProfileId;
use crate::view::Scene;
use crate::view::widgets::grid::Column;
use crate::view::widgets::text;
use ratatui::text::{Line, Span};

/// The most cells of an account's name, and what it keeps where it is narrow; each with its bar.
pub(in crate::view) const MOST: u16 = 16;
pub(in crate::view) const SHORT: u16 = 6;

/// Whose row it is: a bar in the account's colour, and its name.
pub(in crate::view) fn line(scene: &Scene<'_>, profile: &ProfileId, cells: usize) -> Line<'static> {
    let Some(account) = scene.model.accounts.get(profile) else { return Line::default() };
    let name = text::cut(&account.label, cells.saturating_sub(2)).into_owned();
    Line::from(vec![Span::styled("▎", scene.theme.tint(account.tint)), Span::raw(" "), Span::raw(name)])
}

/// Cells for the account's name, where there are several of which rows are shown; else none.
pub(in crate::view) fn cells(scene: &Scene<'_>) -> u16 {
    if !several(scene) {
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

/// Rows have to say whose they are.
pub(in crate::view) fn several(scene: &Scene<'_>) -> bool {
    shown(scene.model).nth(1).is_some()
}

/// What belongs into a title where the switcher narrows everything.
pub(in crate::view) fn narrowed_to(scene: &Scene<'_>) -> Option<String> {
    let labels: Vec<&str> = shown(scene.model).map(|account| account.label.as_str()).collect();
    (labels.len() < scene.model.accounts.iter().count()).then(|| labels.join(", "))
}
