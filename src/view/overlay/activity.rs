//! What narrows the activity.

use super::super::Scene;
use crate::app::activity::ActivityMenu;
use ratatui::Frame;
use ratatui::layout::Rect;

pub(super) fn draw(_scene: &Scene<'_>, _frame: &mut Frame<'_>, _area: Rect, _menu: &ActivityMenu) {}
