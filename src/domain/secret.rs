//! Secrets and ids as people give them, and why the secret of a profile cannot be had, as data that never holds any
//! of it.

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
    CommandEmpty(String),
    /// What it printed is no secret: several lines, or no text.
    CommandOdd(String),
    /// It printed more than any secret has.
    CommandTooLong(String),
    /// Others may read or write the file.
    FileTooOpen {
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

/// What somebody meant who gave a secret, an id or another value by hand, in a variable, a file or by a program:
/// without line ends, byte order marks and the quotes around it. Blanks may belong to a secret; they stay.
pub fn given(text: &str) -> &str {
    let edges = |text| str::trim_matches(text, ['\n', '\r', '\u{feff}', '\u{200b}']);
    let text = edges(text);
    let quoted = |(open, close)| text.strip_prefix(open)?.strip_suffix(close);
    QUOTES.into_iter().find_map(quoted).map_or(text, edges)
}

const QUOTES: [(char, char); 5] = [('"', '"'), ('\'', '\''), ('“', '”'), ('„', '“'), ('‘', '’')];

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// What comes in at any door, and what is meant by it; every door tries them.
    pub const GIVEN: [(&str, &str); 11] = [
        ("hush", "hush"),
        ("hush\n", "hush"),
        ("hush\r\n", "hush"),
        ("hush\n\n", "hush"),
        ("\u{feff}hush\r\n", "hush"),
        ("\"hush\"", "hush"),
        ("'hush'\n", "hush"),
        ("\u{feff}\"hush\"\r\n", "hush"),
        ("“hush”", "hush"),
        ("hu\"sh", "hu\"sh"),
        ("\"hush", "\"hush"),
    ];

    #[test]
    fn line_ends_marks_and_quotes_around_a_value_go_and_nothing_else_does() {
        for (text, meant) in GIVEN {
            assert_eq!(given(text), meant, "{text:?}");
            assert_eq!(given(given(text)), meant, "{text:?}");
        }
        for same in ["", "\"", " hush ", "'a\"", "a b"] {
            assert_eq!(given(same), same);
        }
        assert_eq!(given("\"\""), "");
    }
}
