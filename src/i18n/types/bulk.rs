//! Marked companies and what is done to all of them.

use crate::app::features::bulk::{Act, Block};

pub struct Bulk {
    pub count: fn(u64, &str) -> String,
    pub only_this: fn(&str) -> String,
    pub title: fn(u64, &str) -> String,
    pub choose_keys: fn(usize) -> String,
    pub set_step: &'static str,
    pub to_state: &'static str,
    pub act: fn(&Act, u64, &str, &str) -> String,
    pub go: fn(&Act) -> &'static str,
    pub cancel: &'static str,
    pub ready: fn(u64) -> String,
    pub blocked: fn(u64) -> String,
    pub block: fn(&Block) -> String,
    pub checking: fn(u64) -> String,
    pub nothing_ready: &'static str,
    pub type_count: fn(u64) -> String,
    pub wrong_count: &'static str,
    pub trial: fn(&str) -> String,
    pub review_keys: &'static str,
    /// Done, total, failed, outcome unknown.
    pub progress: fn(u64, u64, u64, u64) -> String,
    pub stopping: &'static str,
    pub running_keys: &'static str,
    pub done_keys: &'static str,
    pub failed_keys: fn(&str) -> String,
    pub done_until: fn(&str) -> String,
    pub sent: &'static str,
    /// What is done where only the web console can do it: tasks are begun.
    pub guided: fn(&Act, u64) -> Option<String>,
    pub guided_go: &'static str,
    pub guided_trial: &'static str,
    pub begun: &'static str,
    pub not_started: &'static str,
}
