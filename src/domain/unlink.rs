//! Unlinking: the pre-flight and the typed confirmation (support page *manage companies*, "unlink").

use super::id::Etag;
use jiff::Timestamp;

/// What the server says about an unlink before it is done. Holds for one revision only.
#[derive(Debug, Clone, PartialEq)]
pub struct Preflight {
    /// The revision of the company that the checks are about; the unlink is bound to it.
    pub etag: Etag,
    /// The company's name at that revision, cleaned for display.
    pub company_name: String,
    /// Everything that was checked.
    pub checks: Vec<Check>,
    /// What follows.
    pub consequences: Vec<Consequence>,
    /// When the 14-day free trial would end (14 × 24 h after the unlink).
    pub trial_end_time: Option<Timestamp>,
}

impl Preflight {
    /// The checks that make the unlink impossible.
    pub fn blocks(&self) -> impl Iterator<Item = &Check> {
        self.checks.iter().filter(|check| check.severity == Severity::Block)
    }

    /// Nothing blocks.
    #[must_use]
    pub fn allowed(&self) -> bool {
        self.blocks().next().is_none()
    }
}

/// One thing that was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// What.
    pub code: CheckCode,
    /// How it came out.
    pub severity: Severity,
    /// The server's own sentence, for codes that this version has no words for.
    pub title: String,
    /// The people it is about.
    pub people: Vec<String>,
    /// A number it is about (people, seats).
    pub count: Option<u32>,
}

/// How a check came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Good to know.
    Info,
    /// Think twice.
    Warn,
    /// Impossible. Severities of a newer server count as this: better refused than regretted.
    Block,
}

/// What was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CheckCode {
    /// Confirmed people in the Owners group; technicians are not counted.
    ConfirmedOwners,
    /// None of those.
    NoConfirmedOwner,
    /// Recoveries that wait.
    OpenRecoveries,
    /// People invited who have not signed up.
    PendingInvites,
    /// Seats that the trial has to carry.
    FilledSeats,
    /// It is unlinked already.
    AlreadyUnlinked,
    /// This technician may not unlink.
    PermissionDenied,
    /// A check of a newer server.
    Other(String),
}

/// What follows from an unlink.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consequence {
    /// What.
    pub code: ConsequenceCode,
    /// The server's own sentence.
    pub title: String,
}

/// What follows from an unlink.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConsequenceCode {
    /// The 14-day free trial starts.
    TrialStarts,
    /// People and items stay as they are.
    DataStays,
    /// Technicians lose their access.
    AccessEnds,
    /// An owner has to subscribe or link to another MSP.
    OwnerMustAct,
    /// Only an owner of the company can link again.
    OnlyOwnerCanRelink,
    /// A consequence of a newer server.
    Other(String),
}

/// Whether what was typed names the company: the same characters, apart from space at either end. Neither
/// another case nor a look-alike will do; unlinking the wrong company is the worst day of a technician.
/// A name that cleaning left blank can never be confirmed by typing nothing.
#[must_use]
pub fn names_company(typed: &str, name: &str) -> bool {
    !name.trim().is_empty() && typed.trim() == name.trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_exact_name_confirms() {
        assert!(names_company("Müller GmbH", "Müller GmbH"));
        assert!(names_company("  Müller GmbH ", "Müller GmbH"));
        for wrong in ["müller gmbh", "Muller GmbH", "Müller", "", "Müller GmbH & Co", "Müller  GmbH", "Мüller GmbH"]
        {
            assert!(!names_company(wrong, "Müller GmbH"), "{wrong:?} must not confirm");
        }
    }

    #[test]
    fn a_blank_name_is_never_confirmed() {
        assert!(!names_company("", ""));
        assert!(!names_company(" ", "  "));
    }
}
