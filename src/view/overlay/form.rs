//! The form of a company, and the choice before it.

use super::super::Scene;
use crate::app::form::CompanyForm;
use ratatui::Frame;
use ratatui::layout::Rect;

pub(super) fn choice(_scene: &Scene<'_>, _frame: &mut Frame<'_>, _area: Rect, _cursor: usize) {}

pub(super) fn draw(_scene: &Scene<'_>, _frame: &mut Frame<'_>, _area: Rect, _form: &CompanyForm) {}
