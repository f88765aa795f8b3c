//! Answers that take their time or are missing in part.

pub struct Sync {
    pub asked_to_wait: fn(i64) -> String,
    pub refreshing: &'static str,
    pub no_answer: fn(i64) -> String,
    /// While saving: why the last try failed, and seconds until the next one.
    pub pause: fn(&str, i64) -> String,
    pub give_up: &'static str,
    /// Rows of a list that could not be read.
    pub left_out: fn(u32) -> String,
}
