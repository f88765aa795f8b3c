//! A question before something is done to a person or a vault.

use super::super::Scene;
use crate::app::people::Confirm;
use ratatui::Frame;
use ratatui::layout::Rect;

pub(super) fn draw(_scene: &Scene<'_>, _frame: &mut Frame<'_>, _area: Rect, _ask: &Confirm) {}
