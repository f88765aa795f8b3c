//! What can be wrong with a roster that was kept from an earlier run. It is set aside then, and loaded anew.

/// Why a kept roster is not used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CacheDefect {
    /// Bytes are missing or changed.
    Damaged,
    /// Written by another version of the dashboard.
    OtherVersion,
    /// Larger than any roster would be.
    TooLarge,
    /// A link, a directory or something else where a file belongs.
    NotAFile,
    /// It belongs to another user of this machine.
    NotOurs,
    /// Others can read or change it: its permissions, as of `chmod`.
    Open {
        /// The permission bits.
        mode: u32,
    },
    /// It cannot be read; the system's own words.
    Unreadable(String),
}
