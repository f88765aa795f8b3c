//! The dialog that takes a confirmation link.

use super::super::Scene;
use crate::app::links::LinkDialog;
use ratatui::Frame;
use ratatui::layout::Rect;

pub(super) fn draw(_scene: &Scene<'_>, _frame: &mut Frame<'_>, _area: Rect, _dialog: &LinkDialog) {}
