//! How far long work is, on standard error, and only for people: where that is no terminal, nothing is drawn.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{self, IsTerminal};
use std::time::Duration;

/// Work that takes less is done before anybody reads a bar.
const SOON: Duration = Duration::from_millis(400);

/// A bar that goes away when it is dropped.
pub struct Progress(ProgressBar);

impl Progress {
    /// For work on so many things; how many it is may be told later.
    pub fn of(what: &'static str, many: Option<u64>) -> Self {
        let bar = ProgressBar::with_draw_target(many, ProgressDrawTarget::hidden());
        Self(bar.with_message(what))
    }

    /// For work that cannot say how far it is.
    pub fn spinner(what: String) -> Self {
        let bar = ProgressBar::no_length().with_message(what);
        bar.set_style(style("{spinner} {msg} {elapsed}"));
        bar.enable_steady_tick(Duration::from_millis(120));
        Self(bar)
    }

    pub fn total(&self, many: u64) {
        self.0.set_length(many);
    }

    pub fn add(&self, many: usize) {
        self.0.inc(many as u64);
        if self.0.is_hidden() && !self.0.is_finished() && self.0.elapsed() >= SOON && Self::is_seen() {
            self.0.set_style(style(match self.0.length() {
                Some(_) => "{msg} [{wide_bar}] {human_pos}/{human_len} {eta}",
                None => "{msg} {human_pos}",
            }));
            self.0.set_draw_target(ProgressDrawTarget::stderr());
        }
    }

    /// Whether somebody sees it when it is drawn.
    pub fn is_seen() -> bool {
        io::stderr().is_terminal()
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()).progress_chars("=> ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_are_ones_and_nothing_is_drawn_where_nobody_looks() {
        for template in
            ["{spinner} {msg} {elapsed}", "{msg} [{wide_bar}] {human_pos}/{human_len} {eta}", "{msg} {human_pos}"]
        {
            assert!(ProgressStyle::with_template(template).is_ok(), "{template}");
        }
        let progress = Progress::of("rows", None);
        progress.total(3);
        progress.add(3);
        assert!(progress.0.is_hidden());
    }
}
