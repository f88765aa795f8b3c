//! Errors of the configuration, in sentences that say what to do. They never quote a secret.

use super::paths::Paths;
use crate::files::shell_word;
use std::fmt;
use std::path::PathBuf;

/// Why nothing can start with this configuration.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    #[error("a server is only half described: {} missing. {}", list(missing), remedy(missing))]
    Incomplete { missing: Vec<Missing> },
    #[error("{origin} holds no usable server address. Write it like https://msp-api.example.com")]
    BadServer {
        /// The flag, variable or file.
        origin: String,
    },
    #[error("cannot read the credentials file {}: {reason}. `mspdash serve --credentials FILE` writes one", path.display())]
    Unreadable { path: PathBuf, reason: String },
    #[error("others can read the secrets in {} (mode {mode:04o}). Run: chmod 600 {}", path.display(), shell_word(path))]
    TooOpen { path: PathBuf, mode: u32 },
    #[error("{} is no credentials file: {reason}. `mspdash serve --credentials FILE` writes one", path.display())]
    NotCredentials {
        path: PathBuf,
        /// What is wrong and where, without quoting the content.
        reason: String,
    },
    #[error("{} has no credential for {wanted}. It has: {}. Choose one with --as ROLE", path.display(), or_nothing(roles))]
    NoSuchCredential {
        path: PathBuf,
        /// The role or client id.
        wanted: String,
        roles: Vec<String>,
    },
    #[error("{flag} is about the sample workspace of the embedded server. Give --sample too, or leave it out")]
    OnlyForSample { flag: &'static str },
    #[error("there is no workspace of your own yet. Make one with: mspdash init --name NAME --region REGION")]
    NoOwnWorkspace,
    #[error("there are no profiles yet. Add one with: mspdash profile add NAME --server URL --client-id ID")]
    NoProfiles,
    #[error("the profile cannot be like this: {reason}")]
    BadProfile { reason: String },
    #[error("there is no profile {}. {}", crate::domain::text::clean(name), there_are(names))]
    NoSuchProfile { name: String, names: Vec<String> },
    #[error("{notice}")]
    DamagedProfile { notice: Box<Notice> },
    #[error("which account? Choose one with --profile NAME: {}", or_nothing(names))]
    WhichProfile { names: Vec<String> },
    #[error("this works with one account at a time, and --profile names {}", names.join(", "))]
    OneProfile { names: Vec<String> },
    #[error("{chosen} and {flag} both say which server. Give one of them")]
    TwoServers { chosen: &'static str, flag: &'static str },
    #[error("cannot change {}: {reason}", path.display())]
    NotChanged { path: PathBuf, reason: String },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    Server,
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

/// Something was ignored or replaced by a safe default; the start goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// The configuration file is unusable; defaults apply, in read-only mode.
    ConfigFile {
        path: PathBuf,
        line: Option<usize>,
        reason: String,
    },
    /// A profile is unusable or partly wrong.
    Profile {
        path: PathBuf,
        line: usize,
        name: String,
        reason: String,
        /// It cannot be used at all; otherwise it is read-only.
        left_out: bool,
    },
    /// A line of the configuration file is ignored; the rest applies.
    Line {
        path: PathBuf,
        line: usize,
        reason: String,
    },
    /// The keymap is unusable; the default keys apply.
    Keymap {
        path: PathBuf,
        line: Option<usize>,
        reason: String,
    },
    Variable {
        name: String,
        reason: String,
    },
    /// What the screen kept in an earlier run cannot be used.
    UiState {
        path: PathBuf,
        reason: String,
    },
    NoKeyring {
        reason: String,
    },
    /// The workspace is in memory only.
    NotKept {
        /// `None` without a home directory.
        path: Option<PathBuf>,
        reason: String,
    },
}

impl Notice {
    /// It is about keys or colours, which a command has none of: what cron mails should be about its own matter.
    pub fn is_of_dashboard(&self, paths: &Paths) -> bool {
        match self {
            Self::Keymap { .. } | Self::UiState { .. } => true,
            Self::Line { path, .. } => {
                [paths.keymap_file(), paths.themes_dir()].iter().flatten().any(|of| path.starts_with(of))
            }
            _ => false,
        }
    }
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ConfigFile { path, line, reason } => {
                let line = line.map(|line| format!(" line {line}")).unwrap_or_default();
                write!(f, "{}{line}: {reason}. Defaults apply, in read-only mode", path.display())
            }
            Self::Profile { path, line, name, reason, left_out } => {
                let effect = if *left_out { "left out" } else { "read-only" };
                write!(f, "{} line {line}: {reason}. The profile {name} is {effect}", path.display())
            }
            Self::Line { path, line, reason } => {
                write!(f, "{} line {line}: {reason}", path.display())
            }
            Self::Keymap { path, line, reason } => {
                let line = line.map(|line| format!(" line {line}")).unwrap_or_default();
                write!(f, "{}{line}: {reason}. None of its keys applies", path.display())
            }
            Self::UiState { path, reason } => {
                write!(f, "pins and views are not those of the last time: {}: {reason}", path.display())
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
