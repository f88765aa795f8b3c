//! The one place where the dashboard's core and its view meet the run loop.

use jiff::Timestamp;
use ratatui::Frame;

use super::log::Log;
use super::{Connect, Exit, Program, run_with};
use crate::app;
use crate::app::effect::Effect;
use crate::app::msg::Msg;
use crate::view;

impl Program for app::Model {
    fn update(&mut self, now: Timestamp, msg: Msg) -> Vec<Effect> {
        app::update(self, now, msg)
    }

    fn pulse(&self) -> Option<Timestamp> {
        app::pulse(self)
    }

    fn title(&self) -> String {
        app::title(self)
    }

    fn draw(&self, frame: &mut Frame<'_>) {
        view::draw(self, frame);
    }
}

/// Runs the dashboard until it ends. Call it on the main thread, after `color_eyre::install()`; give the result
/// to [`super::report`].
///
/// # Errors
/// As [`run_with`].
pub fn run(options: app::Options, connect: Connect, log: Option<Log>) -> color_eyre::Result<Exit> {
    run_with(|now, size| app::start(options, now, size), connect, log)
}
