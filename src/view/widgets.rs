//! What screens and dialogs are drawn with.

pub(super) mod absent;
pub(super) mod chart;
pub(super) mod grid;
pub(super) mod input;
pub(super) mod text;
