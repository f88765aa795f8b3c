//! Screens over several accounts: whose a row is, and what is said of accounts whose answer is missing or old, so
//! that nobody takes a part for the whole.
//!
//! ```text
//!  ✖ Without North: No connection to msp.example:443
//!    Start it, or check the address.
//! ```

use crate::app::core::per_account::shown;
use crate::domain::error::Error;
use crate::domain::id::ProfileId;
use crate::view::Scene;
use crate::view::widgets::text;
use jiff::Timestamp;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// How an account answered.
pub(in crate::view) struct Answered<'a> {
    pub profile: &'a ProfileId,
    /// When the answer came that is shown; none is shown.
    pub there: Option<Timestamp>,
    pub error: Option<&'a Error>,
    /// What is to be said of the answer.
    pub note: Option<String>,
    /// The answer is there, but it is not in the sum.
    pub left_out: bool,
}

/// A line for every account of which something is missing, and what to do, as far as there is room.
pub(in crate::view) fn lines(
    scene: &Scene<'_>,
    parts: &[Answered<'_>],
    loading: &str,
    area: Rect,
) -> Vec<Line<'static>> {
    let room = usize::from(area.width.saturating_sub(4));
    let there = parts.iter().any(|part| part.there.is_some());
    // What is there keeps most of the room: a failure is there in full under its key.
    let most = usize::from(if there { (area.height / 3).max(1) } else { area.height });
    let failed: Vec<(Vec<Line<'static>>, String)> =
        parts.iter().filter_map(|part| failure(scene, part, room)).collect();
    let mut waits: Vec<String> = parts.iter().filter_map(|part| waits(scene, part)).collect();
    if !there && failed.is_empty() && !waits.is_empty() {
        waits = vec![format!("{loading} …")];
    }
    let muted = |line: String| Line::styled(line, scene.theme.muted);
    let wait = |said: String| muted(format!(" {} {}", scene.spinner(), text::cut(&said, room.saturating_sub(1))));
    let hint = |hint: &str| text::wrap(hint, room).into_iter().map(move |line| muted(format!("   {line}")));
    let each =
        |(lines, what): &(Vec<Line<'static>>, String)| lines.iter().cloned().chain(hint(what)).collect::<Vec<_>>();
    let mut all: Vec<Line<'static>> = failed.iter().flat_map(each).collect();
    if all.len() + waits.len() > most {
        // Every account is named before any is told of at length.
        all = failed.iter().flat_map(|(lines, _)| lines.iter().cloned()).collect();
        all.extend(waits.into_iter().map(wait));
        let mut hints: Vec<&String> = failed.iter().map(|(_, hint)| hint).collect();
        hints.dedup();
        all.extend(hints.into_iter().flat_map(|said| hint(said)));
    } else {
        all.extend(waits.into_iter().map(wait));
    }
    all.truncate(most);
    all
}

/// Which account failed and why, and what to do. What was not asked for since there is no server fails with the
/// account.
fn failure(scene: &Scene<'_>, part: &Answered<'_>, room: usize) -> Option<(Vec<Line<'static>>, String)> {
    let words = &scene.words.accounts;
    let account = scene.model.accounts.get(part.profile)?;
    let error = part.error.or_else(|| account.sync.error().filter(|_| part.there.is_none()))?;
    let told = scene.describe(error);
    let cause = [Some(told.cause), part.note.clone()].into_iter().flatten().collect::<Vec<_>>().join("; ");
    let said = match part.there.filter(|_| !part.left_out) {
        Some(at) => (words.as_of)(&account.label, &scene.clock.ago(at), &cause),
        None => (words.without)(&account.label, &cause),
    };
    let line = |(index, line): (usize, String)| {
        let lead = Span::styled(if index == 0 { " ✖ " } else { "   " }, scene.theme.danger);
        Line::from(vec![lead, Span::styled(line, scene.theme.strong)])
    };
    Some((text::wrap(&said, room).into_iter().enumerate().map(line).collect(), told.hint))
}

/// Which account has not answered yet, or not far enough.
fn waits(scene: &Scene<'_>, part: &Answered<'_>) -> Option<String> {
    let words = &scene.words.accounts;
    let account = scene.model.accounts.get(part.profile)?;
    match (&part.note, part.there, part.error.or(account.sync.error())) {
        (_, None, None) => Some((words.not_yet)(&account.label)),
        (Some(note), Some(_), _) if part.error.is_none() => Some((words.without)(&account.label, note)),
        _ => None,
    }
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
