//! The row above the list: its views, each a count and a filter, and the seats that are paid for.

use crate::app::command::Command;
use crate::app::features::companies::Chip;
use crate::app::model::Counted;
use crate::domain::company::CompanyState;
use crate::domain::roster::Counts;
use crate::view::Scene;
use crate::view::widgets::text;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// What of the row is said beside the counts.
#[derive(Clone, Copy, PartialEq)]
enum Say {
    /// The views by their whole names.
    Names,
    /// By shorter ones.
    Short,
    /// The key of their menu.
    Key,
    /// The seats.
    Seats,
}

/// From the most to the least; the first that fits is shown. Words go before numbers.
const FITS: [&[Say]; 6] = [
    &[Say::Names, Say::Key, Say::Seats],
    &[Say::Names, Say::Seats],
    &[Say::Short, Say::Seats],
    &[Say::Short],
    &[Say::Seats],
    &[],
];

pub(super) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
    for say in FITS {
        let (chips, seats) = (chips(scene, say), seats(scene, say));
        let fits = chips.width() + seats.width() + usize::from(seats.width() > 0) <= usize::from(area.width);
        if fits || say.is_empty() {
            let taken = text::cells(seats.width()).min(area.width);
            frame.render_widget(chips, Rect { width: area.width - taken, ..area });
            frame.render_widget(seats, Rect { x: area.right() - taken, width: taken, ..area });
            return;
        }
    }
}

/// `[All 48]  ⚑ Needs attention 10  ◔ In setup 11 …`: the one that is shown in brackets.
fn chips(scene: &Scene<'_>, say: &[Say]) -> Line<'static> {
    let header = &scene.words.header;
    let mut line = Line::from(" ");
    for chip in Chip::ALL {
        let active = chip.active(scene.model);
        let (count, unknown) = if known(scene) { chip.count(scene.model) } else { (0, 0) };
        // What there is none of takes no room.
        if chip != Chip::All && count == 0 && unknown == 0 && !active {
            continue;
        }
        let [open, close] = if active { ["[", "]"] } else { [" ", " "] };
        let name = match () {
            () if say.contains(&Say::Names) => (header.chip)(chip),
            () if say.contains(&Say::Short) || chip == Chip::All => (header.chip_short)(chip),
            () => "",
        };
        let style = if active { scene.theme.title } else { scene.theme.muted };
        line.push_span(Span::styled(open, scene.theme.title));
        if let Some((sign, style)) = sign(scene, chip) {
            line.push_span(Span::styled(format!("{sign} "), style));
        }
        if !name.is_empty() {
            line.push_span(Span::styled(format!("{name} "), style));
        }
        line.push_span(Span::styled(scene.count(count), scene.theme.strong));
        if unknown > 0 {
            line.push_span(Span::styled(format!(" +{}?", scene.words.number(unknown)), scene.theme.muted));
        }
        line.push_span(Span::styled(close, scene.theme.title));
        line.push_span(" ");
    }
    if say.contains(&Say::Key) {
        line.push_span(Span::styled(format!(" {}", scene.key(Command::Views)), scene.theme.key));
        line.push_span(Span::styled(format!(" {}", header.views), scene.theme.muted));
    }
    line
}

/// What has come of a first load is no count yet.
fn known(scene: &Scene<'_>) -> bool {
    scene.model.counted() != Counted::Nothing
}

fn sign(scene: &Scene<'_>, chip: Chip) -> Option<(&'static str, Style)> {
    match chip {
        Chip::All => None,
        Chip::Attention => Some(("⚑", scene.theme.waiting)),
        Chip::InSetup => Some(("◔", Style::new())),
        Chip::Unlinked => Some(state_glyph(scene, &CompanyState::Unlinked)),
        Chip::Pinned => Some(("★", Style::new())),
    }
}

/// Filled seats of managed companies, which the MSP account pays for, and open tasks.
fn seats(scene: &Scene<'_>, say: &[Say]) -> Line<'static> {
    let (words, muted) = (scene.words, scene.theme.muted);
    let counts = if known(scene) { scene.model.roster.counts() } else { Counts::default() };
    let mut line = Line::default();
    if say.contains(&Say::Seats) {
        let about = if counts.seats_estimated > 0 { "~" } else { "" };
        line.push_span(Span::styled(format!("{about}{}", scene.count(counts.seats_filled)), scene.theme.strong));
        // What is counted is only what is known.
        if counts.seats_unknown > 0 {
            line.push_span(Span::styled(format!(" +{}?", words.number(counts.seats_unknown.into())), muted));
        }
        line.push_span(Span::styled(format!(" {} ", (words.header.seats)(counts.seats_filled)), muted));
    }
    let tasks = scene.model.open_tasks();
    if tasks > 0 {
        line.push_span(Span::styled(format!("│ {} ", words.header.tasks), muted));
        line.push_span(Span::styled(format!("{} ", scene.words.number(tasks as u64)), scene.theme.strong));
        line.push_span(Span::styled(format!("{} ", words.header.open), muted));
    }
    line
}

/// A state as a glyph of its own shape, so that it can be told without colour.
pub(super) fn state_glyph(scene: &Scene<'_>, state: &CompanyState) -> (&'static str, Style) {
    match state {
        CompanyState::Active => ("●", scene.theme.good),
        CompanyState::Pending => ("○", scene.theme.waiting),
        CompanyState::Suspended => ("◐", scene.theme.danger),
        CompanyState::Unlinked => ("◌", scene.theme.muted),
        CompanyState::Other(_) => ("?", scene.theme.waiting),
    }
}
