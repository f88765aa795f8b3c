//! Lines of cards: a sign, a text that wraps, a key at the right.

use crate::view::Scene;
use crate::view::widgets::text;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// How much of a card there is room for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::view) enum Room {
    /// The pane beside the list, and narrow windows: what there is in few lines.
    Narrow,
    /// Two cards beside each other.
    Usual,
    /// Two cards beside each other in a large window.
    Large,
}

/// The lines of a card so far.
pub(super) struct Lines<'a> {
    pub scene: &'a Scene<'a>,
    pub width: usize,
    pub all: Vec<Line<'static>>,
}

impl<'a> Lines<'a> {
    pub fn new(scene: &'a Scene<'a>, width: usize) -> Self {
        Self { scene, width: width.max(8), all: Vec::new() }
    }

    /// A text that wraps behind its sign.
    pub fn signed(&mut self, sign: (&str, Style), message: &str, style: Style) {
        let lead = if sign.0.is_empty() { String::new() } else { format!("{} ", sign.0) };
        text::wrapped(&mut self.all, (&lead, sign.1), message, style, self.width);
    }

    pub fn plain(&mut self, message: &str) {
        self.signed(("", Style::new()), message, Style::new());
    }

    pub fn muted(&mut self, message: &str) {
        self.signed(("", Style::new()), message, self.scene.theme.muted);
    }

    /// A text, and at the right a key with what it does; below it where there is no room beside it.
    pub fn cured(&mut self, sign: (&str, Style), message: &str, cure: Option<(String, &str)>) {
        let first = self.all.len();
        self.signed(sign, message, Style::new());
        let Some((key, act)) = cure else { return };
        let cells = text::width(&key) + 2 + text::width(act);
        let spans = |pad: usize| {
            let key = Span::styled(key.clone(), self.scene.theme.key);
            [Span::raw(" ".repeat(pad)), key, Span::raw(format!("  {act}"))]
        };
        let used = self.all.last().map_or(0, Line::width);
        if self.all.len() == first + 1 && used + 2 + cells <= self.width {
            // Keys stand below each other, not at the far edge of a wide card.
            let at = (used + 3).max(44).min(self.width.saturating_sub(cells));
            let spans = spans(at - used);
            if let Some(line) = self.all.last_mut() {
                line.spans.extend(spans);
            }
        } else {
            let line = Line::from(spans(2).to_vec());
            self.all.push(line);
        }
    }

    /// A label and a value that wraps beside it.
    pub fn labelled(&mut self, (label, cells): (&str, usize), message: &str, style: Style) {
        let lead = if cells == 0 { String::new() } else { format!("{} ", text::pad(label, cells)) };
        text::wrapped(&mut self.all, (&lead, self.scene.theme.muted), message, style, self.width);
    }

    /// Items that are broken only between each other.
    pub fn items(&mut self, (label, cells): (&str, usize), items: &[String], separator: &str, style: Style) {
        let lead = if cells == 0 { String::new() } else { format!("{} ", text::pad(label, cells)) };
        let lines = text::wrap_items(items, separator, self.width.saturating_sub(text::width(&lead)));
        text::behind(&mut self.all, (&lead, self.scene.theme.muted), lines, style);
    }

    /// Names of hosts are not broken within: they lose their middle.
    pub fn host(&mut self, (label, cells): (&str, usize), host: &str) {
        let room = self.width.saturating_sub(cells + 1);
        let shown = middle(host, room);
        let lead = Span::styled(format!("{} ", text::pad(label, cells)), self.scene.theme.muted);
        self.all.push(Line::from(vec![lead, Span::raw(shown)]));
    }
}

/// The text in at most so many cells, without its middle if it is longer.
pub(in crate::view) fn middle(message: &str, cells: usize) -> String {
    let all = text::width(message);
    if all <= cells || cells < 5 {
        return text::cut(message, cells).into_owned();
    }
    let head = text::cut(message, cells.div_ceil(2)).into_owned();
    let mut tail: Vec<char> = Vec::new();
    let mut left = cells - text::width(&head);
    for letter in message.chars().rev() {
        let wide = text::width(letter.encode_utf8(&mut [0; 4]));
        if wide > left {
            break;
        }
        left -= wide;
        tail.push(letter);
    }
    format!("{head}{}", tail.into_iter().rev().collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_loses_its_middle() {
        assert_eq!(middle("leuchtturm-apotheken.example", 20), "leuchttur…en.example");
        assert_eq!(middle("short.example", 20), "short.example");
        for cells in 0..30 {
            assert!(text::width(&middle("東京セキュリティ.example.com", cells)) <= cells, "{cells}");
        }
    }
}
