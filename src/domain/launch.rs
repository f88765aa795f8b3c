//! Launching: where to, and which addresses may be opened at all.

use jiff::Timestamp;

/// Where in the company the browser should land.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Target {
    Home,
    Vaults,
    People,
    Groups,
    Policies,
    Recovery,
    /// Integrations: identity providers and provisioning.
    Integrations,
    /// Apps to install.
    Downloads,
    Billing,
}

impl Target {
    /// Every place the contract names.
    pub const ALL: [Self; 9] = [
        Self::Home,
        Self::Vaults,
        Self::People,
        Self::Groups,
        Self::Policies,
        Self::Recovery,
        Self::Integrations,
        Self::Downloads,
        Self::Billing,
    ];

    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Home => "HOME",
            Self::Vaults => "VAULTS",
            Self::People => "PEOPLE",
            Self::Groups => "GROUPS",
            Self::Policies => "POLICIES",
            Self::Recovery => "RECOVERY",
            Self::Integrations => "INTEGRATIONS",
            Self::Downloads => "DOWNLOADS",
            Self::Billing => "BILLING",
        }
    }
}

/// A one-time address that signs the technician in to a company. `Debug` hides it, because it is a key to
/// the company for a minute: it must never reach a log.
#[derive(Clone, PartialEq, Eq)]
pub struct LaunchAddress {
    /// The address, proven safe by the client before it is handed out.
    pub uri: Redacted,
    pub expire_time: Option<Timestamp>,
}

impl std::fmt::Debug for LaunchAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LaunchAddress").field("expire_time", &self.expire_time).finish_non_exhaustive()
    }
}

/// Text that `Debug` does not show.
#[derive(Clone, PartialEq, Eq)]
pub struct Redacted(String);

impl Redacted {
    /// Hides the text.
    pub fn new(text: String) -> Self {
        Self(text)
    }

    /// The text, for the one who acts on it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Redacted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Hidden(…)")
    }
}

/// What became of an address that was given to a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opening {
    /// The program says that it is opened.
    Opened,
    /// The program was started; it does not say more, or not in time.
    Sent,
}

/// Why a program did not open an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotOpened {
    /// There is no such program.
    Missing,
    /// It would take the terminal.
    TakesTerminal,
    /// It ended with this code.
    Code(i32),
    /// This signal ended it.
    Signal(i32),
    /// It could not be started, in the system's words.
    NotStarted(String),
}

/// Why an address is not opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Not an address at all, or longer than 2,048 characters.
    NotAnAddress,
    /// Neither https nor the embedded server's loopback.
    Scheme(String),
    /// Carries a user name or password.
    Credentials,
    /// On a host that is not the company's sign-in host.
    Host(String),
    /// Has control characters, spaces, quotes or other characters no proper address has.
    Characters,
}
