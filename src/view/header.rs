//! The header: the screens, who works where, and how fresh what is shown is.
//!
//! ```text
//!  mspdash  [1 Companies] 2 Links ⚑1  3 Recoveries  4 Usage  5 Activity    Harbour IT · Tomma (Owners)  SAMPLE  ● live
//! ```

use crate::app::features::accounts::Account;
use crate::app::features::sync::Phase;
use crate::app::tickets::{Delay, LATE};
use crate::view::widgets::{grid, text};
use crate::view::{Scene, screens};
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

/// How much is said of who works where, in one line with the screens.
#[derive(Clone, Copy)]
enum Who {
    /// Account, region, technician and role.
    All,
    /// Account, technician and role.
    Name,
    /// Account and role.
    Role,
    Account,
    Nobody,
}

/// The screens in which form, and who works where; the first that fits is shown.
const FITS: [(usize, Who); 10] = [
    (0, Who::All),
    (0, Who::Name),
    (2, Who::Name),
    (0, Who::Role),
    (2, Who::Role),
    (3, Who::Role),
    (4, Who::Role),
    (4, Who::Nobody),
    (5, Who::Nobody),
    (6, Who::Nobody),
];

/// Cells that several accounts need to be worth their place.
const ACCOUNTS: usize = 24;

pub(super) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
    let row = Rect { height: area.height.min(1), ..area };
    if area.height < 2 {
        return one_line(scene, frame, row);
    }
    let room = |right: &Line<'_>| usize::from(area.width).saturating_sub(right.width() + 1);
    let (with_age, without) = (right(scene, area.width, true), right(scene, area.width, false));
    let (less, more) = (left(scene, room(&with_age)), left(scene, room(&without)));
    // Who one is goes before how fresh the data are.
    let (left, right) = if more.width() > less.width() { (more, without) } else { (less, with_age) };
    let taken = text::cells(right.width()).min(area.width);
    frame.render_widget(left, Rect { width: area.width - taken, ..row });
    frame.render_widget(right, Rect { x: area.right() - taken, width: taken, ..row });
    screens::tabs(scene, frame, text::below(area, 1));
}

fn one_line(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
    let right = right(scene, area.width, false);
    let all = usize::from(area.width);
    let shown = shown(scene);
    for (form, who) in FITS {
        let mut tabs = screens::line(scene, form);
        let left = all.saturating_sub(tabs.line.width() + right.width() + 3);
        let last = form == 6;
        let mut whose = Line::default();
        match shown.as_slice() {
            [only] => one(scene, only, who, &mut whose),
            several if left >= ACCOUNTS && !matches!(who, Who::Nobody) => many(scene, several, left, &mut whose),
            _ => {}
        }
        let unsaid = whose.spans.is_empty() && shown.len() > 1 && !matches!(who, Who::Nobody);
        if !last && (unsaid || tabs.line.width() + whose.width() + right.width() + 1 > all) {
            continue;
        }
        let gap = all.saturating_sub(tabs.line.width() + whose.width() + right.width());
        tabs.line.push_span(" ".repeat(gap));
        tabs.line.spans.extend(whose.spans);
        let width = text::cells(right.width()).min(area.width);
        tabs.draw(scene, frame, Rect { width: area.width - width, ..area });
        frame.render_widget(right, Rect { x: area.right() - width, width, ..area });
        return;
    }
}

/// The accounts that are shown: all, or those that everything is narrowed to.
fn shown<'a>(scene: &Scene<'a>) -> Vec<&'a Account> {
    let filter = &scene.model.roster.query().filter;
    scene.model.accounts.iter().filter(|account| filter.shows(&account.profile)).collect()
}

fn left(scene: &Scene<'_>, room: usize) -> Line<'static> {
    let product = Span::styled(" mspdash", scene.theme.accent.patch(scene.theme.strong));
    let left = room.saturating_sub(10);
    let shown = shown(scene);
    let mut line = Line::from(product.clone());
    let [only] = shown.as_slice() else {
        many(scene, &shown, left, &mut line);
        return line;
    };
    for who in [Who::All, Who::Name, Who::Role, Who::Account] {
        line = Line::from(product.clone());
        one(scene, only, who, &mut line);
        if line.width() <= room {
            return line;
        }
    }
    grid::cut(line, room)
}

/// Account, region, technician and role, as much of it as is asked for.
fn one(scene: &Scene<'_>, account: &Account, who: Who, line: &mut Line<'static>) {
    let Some(session) = account.session.value().filter(|_| !matches!(who, Who::Nobody)) else { return };
    let technician = &session.technician;
    let group = technician.groups.first();
    let bracketed = group.map(|group| format!(" ({group})")).unwrap_or_default();
    let name = format!("{}{bracketed}", technician.called());
    let parts = match who {
        Who::All => vec![session.account.region.clone(), name],
        Who::Name => vec![name],
        Who::Role => group.map(ToString::to_string).into_iter().collect(),
        Who::Account | Who::Nobody => Vec::new(),
    };
    line.push_span(Span::styled("  ", scene.theme.muted));
    line.push_span(Span::styled(session.account.name.clone(), scene.theme.strong));
    for part in parts {
        line.push_span(Span::styled(" · ", scene.theme.muted));
        line.push_span(Span::styled(part, scene.theme.muted));
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

/// Marks and connection; that the data are of this moment only where `synced` asks for it.
fn right(scene: &Scene<'_>, width: u16, synced: bool) -> Line<'static> {
    let options = &scene.model.options;
    let header = &scene.words.header;
    let shown = shown(scene);
    let mut line = Line::from("  ");
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
    let said = |_: &String| width >= least && (synced || glyph != "●");
    if let Some(age) = age.filter(said) {
        line.push_span(Span::styled(format!(" · {age}"), scene.theme.muted));
    }
    line.push_span(" ");
    line
}
