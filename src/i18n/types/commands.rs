//! A command as a person reads it.

#[derive(Debug, Clone, Copy)]
pub struct CommandText {
    /// Its name in palette and help.
    pub label: &'static str,
    /// One or two words for the hint bar.
    pub short: &'static str,
    /// A sentence.
    pub help: &'static str,
}
