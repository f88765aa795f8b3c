//! Something done to many companies.

use super::super::Scene;
use crate::app::bulk::Bulk;
use ratatui::Frame;
use ratatui::layout::Rect;

pub(super) fn draw(_scene: &Scene<'_>, _frame: &mut Frame<'_>, _area: Rect, _bulk: &Bulk) {}
