//! Connects the dashboard's core and view with the event loop.

use jiff::Timestamp;
use ratatui::Frame;

use super::log::Log;
use super::{Exit, Hyperlink, Program, Sources, run_with};
use crate::app;
use crate::app::effect::Effect;
use crate::app::msg::{Msg, Size};
use crate::app::pointer::Targets;
use crate::domain::company::Attention;
use crate::domain::launch::Redacted;
use crate::domain::theme::Depth;
use crate::view;

impl Program for app::Model {
    fn update(&mut self, now: Timestamp, msg: Msg) -> Vec<Effect> {
        let effects = app::update(self, now, msg).into_iter();
        let shown = |effect| match effect {
            Effect::CopyShown { ticket } => Effect::Copy { ticket, text: Redacted::new(view::copied(self)) },
            other => other,
        };
        effects.map(shown).collect()
    }

    fn next_wake(&self) -> Option<Timestamp> {
        app::next_wake(self)
    }

    fn title(&self) -> String {
        view::title(self)
    }

    fn alert(&self, reason: &Attention, company: &str, more: usize) -> String {
        view::alert(self, reason, company, more)
    }

    fn draw(&self, frame: &mut Frame<'_>) {
        view::draw(self, frame);
    }

    fn shown(&self, size: Size) -> Option<Msg> {
        view::read_to_end(self, size).then_some(Msg::ReadToEnd)
    }

    fn asks_background(&self) -> bool {
        self.appearance.depth != Depth::None
    }

    fn draw_targets(&self, frame: &mut Frame<'_>) -> Targets {
        view::draw_targets(self, frame)
    }

    fn links(&self, size: Size) -> Vec<Hyperlink> {
        view::links(self, size)
    }
}

/// Runs the dashboard until it ends. Call it on the main thread, after `color_eyre::install()`; give the result
/// to [`super::report`].
pub fn run(options: app::Options, sources: impl Into<Sources>, log: Option<Log>) -> color_eyre::Result<Exit> {
    run_with(|now, size| app::start(options, now, size), sources, log)
}
