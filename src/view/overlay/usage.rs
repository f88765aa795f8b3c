//! The menus of the usage.

use super::super::Scene;
use crate::app::usage::UsageMenu;
use ratatui::Frame;
use ratatui::layout::Rect;

pub(super) fn draw(_scene: &Scene<'_>, _frame: &mut Frame<'_>, _area: Rect, _menu: &UsageMenu) {}
