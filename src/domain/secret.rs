//! Why the secret of a profile cannot be had, as data. Never holds any of it.

/// Why the secret of a profile cannot be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoSecret {
    /// None of its places has one.
    Nowhere,
    /// The keyring is locked, or the person did not unlock it.
    KeyringLocked,
    /// The keyring did not answer within so many seconds.
    KeyringSilent(u64),
    /// The keyring failed; its words are in `detail`.
    KeyringFailed,
    /// The program of `secret_command` cannot be started; the system's words are in `detail`.
    CommandMissing(String),
    /// It ended with a failure; its last words are in `detail`.
    CommandFailed(String),
    /// It did not end within so many seconds.
    CommandSilent(String, u64),
    /// It printed nothing.
    CommandEmpty(String),
    /// What it printed is no secret: several lines, or far too much.
    CommandOdd(String),
    /// Others may read or write the file.
    FileTooOpen {
        /// Which file.
        path: String,
        /// What mends it, for a shell.
        fix: String,
    },
    /// The file is another user's.
    FileForeign(String),
    /// The file is a symbolic link.
    FileLink(String),
    /// It is no file, or what it holds is no secret: empty, several lines, or far too much.
    FileOdd(String),
    /// The file cannot be read; the system's words are in `detail`.
    FileUnreadable(String),
    /// The file cannot be written or removed; the system's words are in `detail`.
    FileUnwritable(String),
    /// What the environment variable holds is no secret.
    VariableOdd(String),
}
