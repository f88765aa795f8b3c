//! What screens and dialogs are drawn with.

pub(super) mod bars;
pub(super) mod card;
pub(super) mod chart;
pub(super) mod clear;
pub(super) mod dialog;
pub(super) mod grid;
pub(super) mod input;
pub(super) mod menu;
pub(super) mod status;
pub(super) mod text;
