//! Screens over several accounts: whose a row is, and what is said of accounts whose answer is missing or old, so
//! that nobody takes a part for the whole.
//!
//! ```text
//!  ✖ Without North: No connection to msp.example:443
//!    Start it, or check the address.
//! ```

use super::grid::Column;
use super::{Scene, text};
use crate::app::account::Account;
use crate::domain::id::ProfileId;
use crate::domain::trouble::Trouble;
use jiff::Timestamp;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// The most cells of an account's name, and what it keeps where it is narrow; each with its bar.
const MOST: usize = 16;
const SHORT: usize = 8;
/// From so many columns on the name has all its room.
const ROOMY: u16 = 80;

/// How an account answered.
pub(super) struct Answered<'a> {
    pub profile: &'a ProfileId,
    /// When the answer came that is shown; none is shown.
    pub there: Option<Timestamp>,
    pub trouble: Option<&'a Trouble>,
    /// What is to be said of the answer.
    pub note: Option<String>,
    /// The answer is there, but it is not in the sum.
    pub left_out: bool,
}

/// A line for every account of which something is missing; then what to do, as far as there is room.
pub(super) fn lines(scene: &Scene<'_>, parts: &[Answered<'_>], loading: &str, area: Rect) -> Vec<Line<'static>> {
    let room = usize::from(area.width.saturating_sub(4));
    let there = parts.iter().any(|part| part.there.is_some());
    let mut lines = Vec::new();
    let (mut waits, mut hints) = (Vec::new(), Vec::new());
    for part in parts {
        let Some(account) = scene.model.accounts.get(part.profile) else { continue };
        // What was not asked for since there is no server fails with the account.
        let trouble = part.trouble.or_else(|| account.sync.trouble().filter(|_| part.there.is_none()));
        let words = &scene.words.accounts;
        let label = &account.label;
        if let Some(told) = trouble.map(|trouble| scene.words.tell(trouble)) {
            let because = [Some(told.because), part.note.clone()].into_iter().flatten().collect::<Vec<_>>().join("; ");
            let said = match part.there.filter(|_| !part.left_out) {
                Some(at) => (words.as_of)(label, &scene.clock.ago(at), &because),
                None => (words.without)(label, &because),
            };
            for (index, line) in text::wrap(&said, room).into_iter().enumerate() {
                let lead = if index == 0 { " ✖ " } else { "   " };
                let said = Span::styled(line, scene.theme.strong);
                lines.push(Line::from(vec![Span::styled(lead, scene.theme.danger), said]));
            }
            hints.extend(Some(told.hint).filter(|hint| !hints.contains(hint)));
        } else if part.there.is_none() {
            waits.push(format!(" {} {}", scene.spinner(), (words.not_yet)(label)));
        } else if let Some(note) = &part.note {
            waits.push(format!(" {} {}", scene.spinner(), (words.without)(label, note)));
        }
    }
    if !there && lines.is_empty() && !waits.is_empty() {
        waits = vec![format!(" {} {loading} …", scene.spinner())];
    }
    let muted = |line: String| Line::styled(line, scene.theme.muted);
    lines.extend(waits.into_iter().map(|said| muted(text::cut(&said, room + 2).into_owned())));
    lines.extend(hints.iter().flat_map(|hint| text::wrap(hint, room)).map(|line| muted(format!("   {line}"))));
    // What is there keeps most of the room: a failure is there in full under its key.
    let most = if there { (area.height / 3).max(1) } else { area.height };
    lines.truncate(usize::from(most));
    lines
}

fn shown<'a>(scene: &'a Scene<'_>) -> impl Iterator<Item = &'a Account> {
    let filter = &scene.model.roster.query().filter;
    scene.model.accounts.iter().filter(|account| filter.shows(&account.profile))
}

/// Rows have to say whose they are.
pub(super) fn several(scene: &Scene<'_>) -> bool {
    shown(scene).nth(1).is_some()
}

/// What belongs into a title where the switcher narrows everything.
pub(super) fn narrowed_to(scene: &Scene<'_>) -> Option<String> {
    let labels: Vec<&str> = shown(scene).map(|account| account.label.as_str()).collect();
    (labels.len() < scene.model.accounts.iter().count()).then(|| labels.join(", "))
}

/// The column of the account, where there are several.
pub(super) fn column(scene: &Scene<'_>, width: u16) -> Option<Column> {
    let most = if width < ROOMY { SHORT } else { MOST };
    let longest = shown(scene).map(|account| text::width(&account.label) + 2).max().unwrap_or(0);
    several(scene).then(|| Column::of(scene.words.accounts.column, longest.min(most)))
}

/// Whose it is: a bar in the account's colour, and its name.
pub(super) fn cell(scene: &Scene<'_>, profile: &ProfileId) -> Line<'static> {
    let Some(account) = scene.model.accounts.get(profile) else { return Line::default() };
    let label = Span::raw(account.label.clone());
    Line::from(vec![Span::styled("▎", scene.theme.tint(account.tint)), Span::raw(" "), label])
}
