//! What can be taken back, newest last.

/// One change that can be taken back.
#[derive(Debug, Clone, PartialEq)]
pub struct Undo;
