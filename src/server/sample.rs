//! The sample workspace: generated companies and people, and the web pages that stand in for 1Password's own.

pub mod generate;
pub mod web;
