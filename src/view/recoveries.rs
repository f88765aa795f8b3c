//! The screen of recoveries.

use super::{Scene, screens};
use ratatui::Frame;
use ratatui::layout::Rect;

pub(super) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
    screens::framed(scene, frame, area, scene.words.recoveries.title);
}
