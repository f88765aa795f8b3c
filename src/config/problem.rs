//! What can be wrong with a configuration, in sentences that say what to do. Never quotes a secret.

use crate::files::shell_word;
use std::fmt;
use std::path::PathBuf;

/// Why nothing can be started with this configuration.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// A server is only half described.
    #[error("a server is only half described: {} missing. {}", list(missing), remedy(missing))]
    Incomplete {
        /// What is not said anywhere.
        missing: Vec<Missing>,
    },
    /// The address of the server is none.
    #[error("{origin} holds no usable server address. Write it like https://msp-api.example.com")]
    BadServer {
        /// Which flag, variable or file says so.
        origin: String,
    },
    /// The credentials file cannot be read.
    #[error("cannot read the credentials file {}: {reason}. `mspdash serve --credentials FILE` writes one", path.display())]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// The system's words.
        reason: String,
    },
    /// The credentials file is readable by others.
    #[error("others can read the secrets in {} (mode {mode:04o}). Run: chmod 600 {}", path.display(), shell_word(path))]
    TooOpen {
        /// Which file.
        path: PathBuf,
        /// Its permissions.
        mode: u32,
    },
    /// The credentials file is not what it should be.
    #[error("{} is no credentials file: {reason}. `mspdash serve --credentials FILE` writes one", path.display())]
    NotCredentials {
        /// Which file.
        path: PathBuf,
        /// What is wrong and where, without any of its content.
        reason: String,
    },
    /// The credentials file knows nobody like that.
    #[error("{} has no credential for {wanted}. It has: {}. Choose one with --as ROLE", path.display(), or_nothing(roles))]
    NoSuchCredential {
        /// Which file.
        path: PathBuf,
        /// The role or client id that was asked for.
        wanted: String,
        roles: Vec<String>,
    },
    /// A flag of the sample workspace together with another server.
    #[error("{flag} is about the sample workspace of the embedded server and cannot be used with another server")]
    OnlyForSample { flag: &'static str },
    #[error("there are no profiles yet. Add one with: mspdash profile add NAME --server URL --client-id ID")]
    NoProfiles,
    /// A new profile cannot be as it was given.
    #[error("the profile cannot be like this: {reason}")]
    BadProfile {
        /// What was expected.
        reason: String,
    },
    /// There is no profile of this name.
    #[error("there is no profile {}. {}", crate::domain::text::clean(name), there_are(names))]
    NoSuchProfile {
        /// What was asked for.
        name: String,
        names: Vec<String>,
    },
    /// The profile cannot be used as it stands in the file.
    #[error("{notice}")]
    DamagedProfile {
        /// What is wrong with it.
        notice: Box<Notice>,
    },
    /// A command works with one account, and it is not clear with which.
    #[error("which account? Choose one with --profile NAME: {}", or_nothing(names))]
    WhichProfile { names: Vec<String> },
    /// Several profiles were named for a command that works with one.
    #[error("this works with one account at a time, and --profile names {}", names.join(", "))]
    OneProfile {
        /// What was asked for.
        names: Vec<String>,
    },
    /// A profile and another way to a server at once.
    #[error("--profile and {flag} both say which server. Give one of them")]
    TwoServers {
        /// The other flag.
        flag: &'static str,
    },
    /// The configuration file cannot be changed.
    #[error("cannot change {}: {reason}", path.display())]
    NotChanged {
        /// Which file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
}

/// A part of the way to a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// Its address.
    Server,
    /// The name of the credential.
    ClientId,
    ClientSecret,
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Server => "the server's address",
            Self::ClientId => "the client id",
            Self::ClientSecret => "the client secret",
        })
    }
}

fn list(missing: &[Missing]) -> String {
    let names: Vec<_> = missing.iter().map(ToString::to_string).collect();
    match names.as_slice() {
        [one] => format!("{one} is"),
        [one, two] => format!("{one} and {two} are"),
        _ => format!("{} are", names.join(", ")),
    }
}

fn remedy(missing: &[Missing]) -> String {
    let ways = missing.iter().map(|missing| match missing {
        Missing::Server => "Set MSPDASH_SERVER or give --server URL.",
        Missing::ClientId => "Set MSPDASH_CLIENT_ID or give --client-id ID.",
        Missing::ClientSecret => "Set MSPDASH_CLIENT_SECRET (there is no flag for it, on purpose).",
    });
    let ways: Vec<_> = ways.collect();
    format!("{} Or give everything at once with --credentials FILE", ways.join(" "))
}

fn or_nothing(roles: &[String]) -> String {
    if roles.is_empty() { "nobody".to_owned() } else { roles.join(", ") }
}

fn there_are(names: &[String]) -> String {
    if names.is_empty() {
        return "Add one with: mspdash profile add NAME".to_owned();
    }
    format!("There are: {}", names.join(", "))
}

/// What could not be taken as it was written, though the start goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// The configuration file does not hold; defaults apply, and read-only mode is on to be safe.
    ConfigFile {
        /// Which file.
        path: PathBuf,
        /// The line, from 1, where it is known.
        line: Option<usize>,
        /// What was expected.
        reason: String,
    },
    /// A profile of the configuration file does not hold.
    Profile {
        /// Which file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// The profile's name.
        name: String,
        /// What was expected.
        reason: String,
        /// It cannot be used at all; otherwise it is read-only to be safe.
        left_out: bool,
    },
    /// Profiles do not go together as they are written.
    Profiles {
        /// Which file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is odd.
        reason: String,
    },
    /// A line of the configuration file is not taken as it is; the rest applies.
    Line {
        /// Which file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What was expected.
        reason: String,
    },
    /// What a variable says is not taken.
    Variable {
        name: String,
        /// What was expected.
        reason: String,
    },
    /// This machine has no keyring for secrets.
    NoKeyring {
        /// The system's words.
        reason: String,
    },
    /// The workspace is only in memory and ends with the program.
    NotKept {
        /// Where it should have been kept; `None` without a home directory.
        path: Option<PathBuf>,
        /// The system's words, or what is missing.
        reason: String,
    },
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ConfigFile { path, line, reason } => {
                let line = line.map(|line| format!(" line {line}")).unwrap_or_default();
                write!(f, "{}{line}: {reason}. Defaults apply, in read-only mode", path.display())
            }
            Self::Profile { path, line, name, reason, left_out } => {
                let so = if *left_out { "left out" } else { "read-only" };
                write!(f, "{} line {line}: {reason}. The profile {name} is {so}", path.display())
            }
            Self::Profiles { path, line, reason } | Self::Line { path, line, reason } => {
                write!(f, "{} line {line}: {reason}", path.display())
            }
            Self::Variable { name, reason } => write!(f, "{name} {reason}"),
            Self::NoKeyring { reason } => {
                write!(f, "there is no keyring on this machine ({reason}). Secrets come from the next best place; ")?;
                f.write_str("with `secret = \"file\"` in a profile the keyring is not looked for")
            }
            Self::NotKept { path: Some(path), reason } => {
                let path = path.display();
                write!(f, "nothing can be kept in {path} ({reason}): this workspace ends with the program. ")?;
                f.write_str("Choose another place with --data-dir DIR")
            }
            Self::NotKept { path: None, reason } => {
                write!(f, "{reason}: this workspace ends with the program. Choose a place with --data-dir DIR")
            }
        }
    }
}
