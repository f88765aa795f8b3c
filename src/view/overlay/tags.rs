//! Tags, and for how long attention is set aside.

use super::super::Scene;
use crate::app::tags::TagsDialog;
use ratatui::Frame;
use ratatui::layout::Rect;

pub(super) fn draw(_scene: &Scene<'_>, _frame: &mut Frame<'_>, _area: Rect, _dialog: &TagsDialog) {}

pub(super) fn snooze(_scene: &Scene<'_>, _frame: &mut Frame<'_>, _area: Rect, _cursor: usize) {}
