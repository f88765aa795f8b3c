//! The header: who works where, and how fresh what is shown is.

use crate::app::features::accounts::Account;
use crate::app::features::sync::Phase;
use crate::app::tickets::{Delay, LATE};
use crate::view::Scene;
use crate::view::widgets::text;
use jiff::Timestamp;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use std::collections::BTreeMap;

/// Cells around an account's name and count: the gap before, the sign, and a space on either side of the name.
const AROUND: usize = 5;
/// Cells that a name keeps.
const SHORTEST: usize = 3;
/// Cells for the number of accounts that are left out.
const MORE: usize = 5;

pub(super) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
    let right = right(scene, area.width);
    let taken = u16::try_from(right.width()).unwrap_or(u16::MAX).min(area.width);
    let room = usize::from(area.width - taken).saturating_sub(1);
    frame.render_widget(left(scene, room), Rect { width: area.width - taken, ..area });
    frame.render_widget(right, Rect { x: area.right() - taken, width: taken, ..area });
}

/// The accounts that are shown: all, or those that everything is narrowed to.
fn shown<'a>(scene: &Scene<'a>) -> Vec<&'a Account> {
    let filter = &scene.model.roster.query().filter;
    scene.model.accounts.iter().filter(|account| filter.shows(&account.profile)).collect()
}

fn left(scene: &Scene<'_>, room: usize) -> Line<'static> {
    let mut line = Line::from(Span::styled(" mspdash", scene.theme.accent.patch(scene.theme.strong)));
    let left = room.saturating_sub(10);
    match shown(scene).as_slice() {
        [only] => one(scene, only, left, &mut line),
        several => many(scene, several, left, &mut line),
    }
    line
}

/// Account, region and technician.
fn one(scene: &Scene<'_>, account: &Account, mut left: usize, line: &mut Line<'static>) {
    let Some(session) = account.session.value() else { return };
    let technician = &session.technician;
    let group = technician.groups.first().map(|group| format!(" ({group})")).unwrap_or_default();
    let parts = [
        (session.account.name.clone(), scene.theme.strong),
        (session.account.region.clone(), scene.theme.muted),
        (format!("{}{group}", technician.called()), scene.theme.muted),
    ];
    for (index, (part, style)) in parts.into_iter().enumerate() {
        let lead = if index == 0 { "  " } else { " · " };
        let wide = text::width(&part) + 3;
        // The account is cut, the rest is shown whole or not at all.
        if index > 0 && wide > left {
            break;
        }
        line.push_span(Span::styled(lead, scene.theme.muted));
        line.push_span(Span::styled(text::cut(&part, left).into_owned(), style));
        left = left.saturating_sub(wide);
    }
}

/// How each account stands, by name, and how many companies it has. Long names give way first; where that is not
/// enough, accounts that are well are left out before those that failed.
fn many(scene: &Scene<'_>, accounts: &[&Account], room: usize, line: &mut Line<'static>) {
    let counts: Vec<String> = accounts.iter().map(|account| scene.companies_of(account)).collect();
    let mut widths: Vec<usize> = accounts.iter().map(|account| text::width(&account.label)).collect();
    let around: usize = counts.iter().map(|count| text::width(count) + AROUND).sum();
    while around + widths.iter().sum::<usize>() > room {
        let Some(widest) = widths.iter_mut().max().filter(|widest| **widest > SHORTEST) else { break };
        *widest -= 1;
    }
    let mut left = room.saturating_sub(MORE);
    let fits = around + widths.iter().sum::<usize>() <= room;
    let mut order: Vec<usize> = (0..accounts.len()).collect();
    order.sort_by_key(|at| accounts.get(*at).is_some_and(|account| account.sync.error().is_none()));
    let mut parts = BTreeMap::new();
    for at in order {
        let (Some(account), Some(count), Some(width)) = (accounts.get(at), counts.get(at), widths.get(at)) else {
            break;
        };
        let wide = width + text::width(count) + AROUND;
        if !fits && wide > left {
            break;
        }
        left = left.saturating_sub(wide);
        let (glyph, style) = sign(scene, account);
        let name = format!(" {} ", text::cut(&account.label, *width));
        let name = Span::styled(name, scene.theme.strong);
        let count = Span::styled(count.clone(), scene.theme.muted);
        parts.insert(at, [Span::raw("  "), Span::styled(glyph, style), name, count]);
    }
    let hidden = accounts.len() - parts.len();
    line.spans.extend(parts.into_values().flatten());
    if hidden > 0 {
        line.push_span(Span::styled(format!("  +{hidden}"), scene.theme.muted));
    }
}

/// How the answers of an account are late.
fn delay<'a>(scene: &Scene<'a>, account: &Account) -> Option<Delay<'a>> {
    scene.model.tickets.delay_in(&account.profile, scene.model.now)
}

/// How an account stands, told by shape and by colour.
pub(super) fn sign(scene: &Scene<'_>, account: &Account) -> (&'static str, Style) {
    match (&account.sync.phase, delay(scene, account)) {
        (Phase::Failed(_), _) => {}
        // Named as late: whoever waits has to know that it is no matter of a moment any more.
        (_, Some(Delay::Silent(LATE..))) => return ("!", scene.theme.danger),
        (_, Some(_)) => return (scene.spinner(), scene.theme.waiting),
        (Phase::Asking, None) if account.sync.by_hand => return (scene.spinner(), scene.theme.accent),
        _ => {}
    }
    match &account.sync.phase {
        Phase::Connecting | Phase::Loading => (scene.spinner(), scene.theme.accent),
        Phase::Live | Phase::Asking if account.signing_in() => (scene.spinner(), scene.theme.accent),
        Phase::Live => ("●", scene.theme.good),
        // A question for news that takes its time is no event: the eye is not drawn to it.
        Phase::Asking if account.sync.failures == 0 && account.sync.fresh => ("●", scene.theme.good),
        Phase::Asking if account.sync.failures == 0 => (scene.spinner(), scene.theme.accent),
        Phase::Asking | Phase::Failed(_) => ("✖", scene.theme.danger),
    }
}

/// How an account stands, in words, and since when.
pub(super) fn status(scene: &Scene<'_>, account: &Account) -> (String, Option<String>) {
    let header = &scene.words.header;
    let sync = &account.sync;
    // What is kept from an earlier run is on the screen: how old it is matters until the server has answered.
    let kept = sync.synced_at.filter(|_| !sync.fresh).map(|at| (header.stale)(&scene.clock.ago(at)));
    // Beside an answer that is late, data of this minute are no news.
    let old = |at: &Timestamp| scene.model.now.duration_since(*at).as_secs() >= 60;
    let age = || sync.synced_at.filter(old).map(|at| (header.stale)(&scene.clock.ago(at)));
    let waits = &scene.words.sync;
    match (&sync.phase, delay(scene, account)) {
        (Phase::Failed(_), _) => {}
        (_, Some(Delay::Pause(seconds, _))) => return ((waits.asked_to_wait)(seconds), age()),
        (Phase::Loading, Some(Delay::Silent(seconds))) => {
            return ((header.loading)(sync.received, sync.total), Some((waits.no_answer)(seconds)));
        }
        (_, Some(Delay::Silent(seconds))) => return ((waits.no_answer)(seconds), age()),
        (Phase::Asking, None) if sync.by_hand => return (waits.refreshing.into(), age()),
        _ => {}
    }
    match &sync.phase {
        Phase::Connecting if scene.model.options.sample => (header.starting.into(), kept),
        Phase::Connecting => (header.connecting.into(), kept),
        Phase::Loading => ((header.loading)(sync.received, sync.total), kept),
        Phase::Live | Phase::Asking if account.signing_in() => (header.connecting.into(), kept),
        Phase::Live => (header.live.into(), Some(header.synced_now.into())),
        Phase::Asking if sync.failures == 0 && sync.fresh => (header.live.into(), Some(header.synced_now.into())),
        Phase::Asking if sync.failures == 0 => (header.connecting.into(), kept),
        Phase::Asking | Phase::Failed(_) => {
            let age = sync.synced_at.map_or_else(|| header.never.into(), |at| (header.stale)(&scene.clock.ago(at)));
            let word = if account.refused() { header.refused } else { header.down };
            (word.into(), Some(age))
        }
    }
}

fn right(scene: &Scene<'_>, width: u16) -> Line<'static> {
    let options = &scene.model.options;
    let header = &scene.words.header;
    let shown = shown(scene);
    let mut line = Line::default();
    let looks_only = shown.iter().all(|account| account.looks_only());
    let sample = options.sample || shown.iter().all(|account| account.sample());
    for (shown, mark) in [(looks_only, header.read_only), (sample, header.sample)] {
        if shown {
            line.push_span(Span::styled(format!(" {mark} "), scene.theme.mark));
            line.push_span(" ");
        }
    }
    // The one that says most about what is shown: one that fails, else one that is still coming, else any.
    let weight = |account: &&&Account| match sign(scene, account).0 {
        "✖" => 0,
        "●" => 2,
        _ => 1,
    };
    let Some(account) = shown.iter().min_by_key(weight) else { return line };
    let down = shown.iter().filter(|account| account.sync.error().is_some()).count();
    let (glyph, style) = sign(scene, account);
    let (mut word, age) = status(scene, account);
    if shown.len() > 1 && down > 0 {
        let refused = shown.iter().filter(|account| account.refused()).count();
        let say = if refused == down { scene.words.accounts.some_refused } else { scene.words.accounts.some_down };
        word = say(down, shown.len());
    }
    line.push_span(Span::styled(glyph, style));
    line.push_span(Span::raw(format!(" {word}")));
    // Beside several accounts there is less room for it.
    let least = if shown.len() > 1 { 100 } else { 72 };
    if let Some(age) = age.filter(|_| width >= least) {
        line.push_span(Span::styled(format!(" · {age}"), scene.theme.muted));
    }
    line.push_span(" ");
    line
}
