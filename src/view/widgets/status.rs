//! What is said of answers that are loading, failed, late, partly there or missing: of one account or of several, so
//! that nobody takes a part for the whole.
//!
//! ```text
//!  ⠋ loading the links …
//!  ✖ North: Loading the links: no answer within 10 seconds. Check the connection …
//!  ✖ Without North: No connection to msp.example:443
//!    Start it, or check the address.
//!  ! 3 rows could not be read
//! ```

use crate::app::core::per_account::{PerAccount, shown};
use crate::app::core::remote::Remote;
use crate::app::features::accounts::Account;
use crate::domain::error::Error;
use crate::domain::id::ProfileId;
use crate::view::Scene;
use crate::view::widgets::text;
use jiff::Timestamp;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// Cells of the sign in front.
const LEAD: usize = 3;
/// The most failures of accounts that have a line each.
const MOST_FAILURES: usize = 2;

/// Nothing was asked for yet.
pub(in crate::view) fn loading(scene: &Scene<'_>, loading: &str) -> Line<'static> {
    Line::styled(format!(" {} {loading} …", scene.spinner()), scene.theme.muted)
}

/// Of one answer; the old value stays below.
pub(in crate::view) fn of_one<T>(
    scene: &Scene<'_>,
    remote: &Remote<T>,
    loading: &str,
    width: usize,
) -> Vec<Line<'static>> {
    let line = |message: String| muted(scene, &format!(" {}", text::cut(&message, width.saturating_sub(2))));
    if let Some(error) = remote.error() {
        let wording = scene.describe(error);
        let mut lines = failure(scene, &format!("{}: {}", wording.title, wording.cause), width);
        lines.extend(hint(scene, &wording.hint, width));
        return lines;
    }
    if remote.value().is_none() {
        return vec![line(scene.loading(loading, remote.waiting()))];
    }
    // What is there stays; that it is asked for again is only told when the answer is late.
    let late = scene.late(remote.waiting().and_then(|ticket| scene.model.tickets.delay(ticket, scene.model.now)));
    let late = late.map(|late| line(format!("{} {late}", scene.spinner())));
    late.into_iter().chain(left_out(scene, remote, width)).collect()
}

/// The same in a third of the area where there is a value: the failure is there in full under its key.
pub(in crate::view) fn of_one_beside<T>(
    scene: &Scene<'_>,
    remote: &Remote<T>,
    loading: &str,
    (area, there): (Rect, bool),
) -> Vec<Line<'static>> {
    let mut lines = of_one(scene, remote, loading, usize::from(area.width));
    lines.truncate(most_lines(area, there));
    lines
}

/// Of a list over the shown accounts; what the others answered stays below.
pub(in crate::view) fn of_list<T>(
    scene: &Scene<'_>,
    list: &PerAccount<T>,
    loading: &str,
    area: Rect,
) -> Vec<Line<'static>> {
    let width = usize::from(area.width);
    if let Some(only) = scene.model.accounts.only() {
        let never = Remote::default();
        return of_one(scene, list.load(&only.profile).unwrap_or(&never), loading, width);
    }
    let mut failed: Vec<(&Error, Vec<&str>)> = Vec::new();
    let mut waiting = Vec::new();
    for account in shown(scene.model) {
        match list_error(account, list) {
            // What befell several, as a line that is down does, is told once.
            Some(error) => match failed.iter_mut().find(|(other, _)| same(other, error)) {
                Some((_, labels)) => labels.push(&account.label),
                None => failed.push((error, vec![&account.label])),
            },
            None if !list.answered(&account.profile) => waiting.push(account),
            None => {}
        }
    }
    let mut out = list_failures(scene, &failed, area);
    if !waiting.is_empty() {
        let labels: Vec<_> = waiting.iter().map(|account| account.label.as_str()).collect();
        let ticket = waiting.iter().find_map(|account| list.load(&account.profile)?.waiting());
        let message = scene.loading(&format!("{}: {loading}", labels.join(", ")), ticket);
        out.push(muted(scene, &format!(" {}", text::cut(&message, width.saturating_sub(4)))));
    }
    let lists = shown(scene.model).filter_map(|account| Some((account, list.load(&account.profile)?)));
    out.extend(lists.filter_map(|(account, load)| left_out_of(scene, &account.profile, load, width)));
    out
}

/// Every shown account has answered: what is not there does not exist.
pub(in crate::view) fn all_answered<T>(scene: &Scene<'_>, list: &PerAccount<T>) -> bool {
    shown(scene.model).all(|account| list.answered(&account.profile))
}

/// How an account answered whose answer is a part of a sum.
pub(in crate::view) struct Part<'a> {
    pub profile: &'a ProfileId,
    /// When the answer came that is shown; none is shown.
    pub there: Option<Timestamp>,
    pub error: Option<&'a Error>,
    /// What is to be said of the answer.
    pub note: Option<String>,
    /// The answer is there, but it is not in the sum.
    pub left_out: bool,
}

/// A line for every account whose part is missing, and what to do, as far as there is room.
pub(in crate::view) fn of_parts(
    scene: &Scene<'_>,
    parts: &[Part<'_>],
    loading: &str,
    area: Rect,
) -> Vec<Line<'static>> {
    let room = usize::from(area.width.saturating_sub(4));
    let there = parts.iter().any(|part| part.there.is_some());
    let most = most_lines(area, there);
    let failed: Vec<(String, String)> = parts.iter().filter_map(|part| part_failure(scene, part)).collect();
    let mut waits: Vec<String> = parts.iter().filter_map(|part| part_waits(scene, part)).collect();
    if !there && failed.is_empty() && !waits.is_empty() {
        waits = vec![format!("{loading} …")];
    }
    let wait = |message: &String| {
        muted(scene, &format!(" {} {}", scene.spinner(), text::cut(message, room.saturating_sub(1))))
    };
    let failure = |message: &str| failure(scene, message, room + LEAD + 1);
    let hint = |message: &str| hint(scene, message, room + LEAD + 1);
    let each = |(message, cure): &(String, String)| failure(message).into_iter().chain(hint(cure)).collect::<Vec<_>>();
    let mut all: Vec<Line<'static>> = failed.iter().flat_map(each).collect();
    if all.len() + waits.len() > most {
        // Every account is named before any is told of at length.
        all = failed.iter().flat_map(|(message, _)| failure(message)).collect();
        all.extend(waits.iter().map(wait));
        let mut hints: Vec<&String> = failed.iter().map(|(_, hint)| hint).collect();
        hints.dedup();
        all.extend(hints.into_iter().flat_map(|message| hint(message)));
    } else {
        all.extend(waits.iter().map(wait));
    }
    all.truncate(most);
    all
}

/// An account's list that is not whole says so, by the account's name where there are several.
pub(in crate::view) fn left_out_of<T>(
    scene: &Scene<'_>,
    profile: &ProfileId,
    remote: &Remote<T>,
    width: usize,
) -> Option<Line<'static>> {
    let account = scene.model.accounts.get(profile).filter(|_| scene.model.accounts.several());
    rows_left_out(scene, remote, account.map(|account| account.label.as_str()), width)
}

/// A list that is not whole says so.
pub(in crate::view) fn left_out<T>(scene: &Scene<'_>, remote: &Remote<T>, width: usize) -> Option<Line<'static>> {
    rows_left_out(scene, remote, None, width)
}

fn rows_left_out<T>(
    scene: &Scene<'_>,
    remote: &Remote<T>,
    account: Option<&str>,
    width: usize,
) -> Option<Line<'static>> {
    let rows = remote.seen.as_ref().map(|seen| seen.left_out).filter(|rows| *rows > 0)?;
    let of = account.map(|account| format!("{account}: ")).unwrap_or_default();
    let message = format!("{of}{}", (scene.words.sync.left_out)(rows));
    let message = text::cut(&message, width.saturating_sub(4)).into_owned();
    Some(Line::from(vec![Span::styled(" ! ", scene.theme.waiting), Span::raw(message)]))
}

/// What is there keeps most of the room.
fn most_lines(area: Rect, there: bool) -> usize {
    usize::from(if there { (area.height / 3).max(1) } else { area.height })
}

fn muted(scene: &Scene<'_>, line: &str) -> Line<'static> {
    Line::styled(line.to_owned(), scene.theme.muted)
}

fn failure(scene: &Scene<'_>, message: &str, width: usize) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    text::wrapped(&mut lines, (" ✖ ", scene.theme.danger), message, scene.theme.strong, width.saturating_sub(1));
    lines
}

fn hint(scene: &Scene<'_>, hint: &str, width: usize) -> Vec<Line<'static>> {
    let lines = text::wrap(hint, width.saturating_sub(LEAD + 1)).into_iter();
    lines.map(|line| muted(scene, &format!("   {line}"))).collect()
}

/// The first failures, each in so few rows that the list keeps its room.
fn list_failures(scene: &Scene<'_>, failed: &[(&Error, Vec<&str>)], area: Rect) -> Vec<Line<'static>> {
    let rows = if area.height < 12 && failed.len() > 1 || area.height < 8 { 1 } else { 2 };
    let mut out = Vec::new();
    for (error, labels) in failed.iter().take(MOST_FAILURES) {
        let wording = scene.describe(error);
        let cause = wording.cause.trim_end_matches('.');
        let message = format!("{}: {}: {cause}. {}", labels.join(", "), wording.title, wording.hint);
        // Room for a count behind the last.
        let room = usize::from(area.width).saturating_sub(8).max(1);
        let message = text::wrap_at_most(&message, room, rows);
        out.extend(failure(scene, &message.join("\n"), room + LEAD + 1));
    }
    let more: usize = failed.iter().skip(MOST_FAILURES).map(|(_, labels)| labels.len()).sum();
    if let Some(last) = out.last_mut().filter(|_| more > 0) {
        last.push_span(Span::styled(format!(" +{more}"), scene.theme.strong));
    }
    out
}

/// Why there is nothing new of an account: its list failed, or there is no server to ask for it.
fn list_error<'a, T>(account: &'a Account, list: &'a PerAccount<T>) -> Option<&'a Error> {
    let own = list.load(&account.profile).and_then(Remote::error);
    own.or_else(|| account.sync.error().filter(|_| !account.sync.connected))
}

fn same(one: &Error, other: &Error) -> bool {
    (one.operation, &one.cause, &one.detail) == (other.operation, &other.cause, &other.detail)
}

/// Which account failed and why, and what to do. What was not asked for since there is no server fails with the
/// account.
fn part_failure(scene: &Scene<'_>, part: &Part<'_>) -> Option<(String, String)> {
    let words = &scene.words.accounts;
    let account = scene.model.accounts.get(part.profile)?;
    let error = part.error.or_else(|| account.sync.error().filter(|_| part.there.is_none()))?;
    let wording = scene.describe(error);
    let cause = [Some(wording.cause), part.note.clone()].into_iter().flatten().collect::<Vec<_>>().join("; ");
    let message = match part.there.filter(|_| !part.left_out) {
        Some(at) => (words.as_of)(&account.label, &scene.clock.ago(at), &cause),
        None => (words.without)(&account.label, &cause),
    };
    Some((message, wording.hint))
}

/// Which account has not answered yet, or not far enough.
fn part_waits(scene: &Scene<'_>, part: &Part<'_>) -> Option<String> {
    let words = &scene.words.accounts;
    let account = scene.model.accounts.get(part.profile)?;
    match (&part.note, part.there, part.error.or(account.sync.error())) {
        (_, None, None) => Some((words.not_yet)(&account.label)),
        (Some(note), Some(_), _) if part.error.is_none() => Some((words.without)(&account.label, note)),
        _ => None,
    }
}
