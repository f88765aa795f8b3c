//! Bars in a line of text: a meter for a part of a whole, and a bar for a share.

use crate::domain::company::Fullness;
use crate::view::Scene;
use ratatui::style::Style;

const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/// `▰▰▰▱▱`: filled only at what is reached, so that a full one means full; something at all is never nothing.
pub(in crate::view) fn meter(part: u64, whole: u64, cells: usize) -> String {
    let filled = part.min(whole).saturating_mul(cells as u64).checked_div(whole).unwrap_or(cells as u64);
    let filled = usize::try_from(filled).unwrap_or(cells).min(cells).max(usize::from(part > 0 && cells > 0));
    format!("{}{}", "▰".repeat(filled), "▱".repeat(cells - filled))
}

/// The sign and the style of seats that are so full.
pub(in crate::view) fn fullness(scene: &Scene<'_>, percent: u64) -> (&'static str, Style) {
    match Fullness::of(percent) {
        Fullness::Full => ("▲ ", scene.theme.danger),
        Fullness::Near => ("△ ", scene.theme.waiting),
        Fullness::Room => ("", Style::new()),
    }
}

/// `████▋`: so long, to an eighth of a cell.
pub(in crate::view) fn bar(part: u64, whole: u64, cells: usize) -> String {
    let eighths = part.min(whole).saturating_mul(cells as u64 * 8).checked_div(whole).unwrap_or(0);
    let eighths = usize::try_from(eighths).unwrap_or(0);
    format!("{}{}", "█".repeat(eighths / 8), EIGHTHS.get(eighths % 8).copied().unwrap_or(""))
}

#[cfg(test)]
mod tests {
    use crate::view::widgets::bars::*;

    #[test]
    fn a_meter_is_full_only_when_it_is() {
        let meters = [(0, 50), (1, 50), (42, 50), (49, 50), (50, 50), (60, 50), (3, 0)];
        let shown = meters.map(|(part, whole)| meter(part, whole, 5));
        assert_eq!(shown, ["▱▱▱▱▱", "▰▱▱▱▱", "▰▰▰▰▱", "▰▰▰▰▱", "▰▰▰▰▰", "▰▰▰▰▰", "▰▰▰▰▰"]);
        assert_eq!(meter(3, 4, 0), "");
    }

    #[test]
    fn a_bar_is_exact_to_an_eighth() {
        assert_eq!([0, 1, 8, 12, 64].map(|part| bar(part, 64, 8)), ["", "▏", "█", "█▌", "████████"]);
        assert_eq!(bar(3, 0, 8), "");
    }
}
