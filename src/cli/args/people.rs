//! `mspdash people …`, `recoveries …` and `vaults …`: what can be told. People and vaults are named by their ids
//! alone: two can have the same name.

use super::{Format, Write};
use crate::cli::exit;
use crate::domain::people::GroupKind;
use clap::{Args, Subcommand, ValueEnum};

/// `mspdash people`.
#[derive(Debug, Subcommand)]
pub enum People {
    /// List the people of a company.
    List(ListPeople),
    /// Add a person to the Owners group.
    MakeOwner(Change),
    /// Add a person to the Administrators group.
    MakeAdministrator(Change),
    /// Take a person out of the Owners or Administrators group.
    TakeAway(TakeAway),
    /// Suspend a person: they cannot sign in, and fill no seat.
    Suspend(Change),
    /// Take a suspension back.
    Reactivate(Change),
}

/// `mspdash people list`.
#[derive(Debug, Args)]
#[command(after_help = exit::HELP)]
pub struct ListPeople {
    /// The company: its id, its exact name, or its external id.
    pub company: String,
    /// How to write them.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// A person of a company.
#[derive(Debug, Clone, Args)]
pub struct PersonArgs {
    /// The company: its id, its exact name, or its external id.
    pub company: String,
    /// The person's id, as `people list` shows it.
    pub user: String,
}

/// A change to a person.
#[derive(Debug, Args)]
#[command(after_help = exit::HELP)]
pub struct Change {
    /// Whom.
    #[command(flatten)]
    pub person: PersonArgs,
    /// How.
    #[command(flatten)]
    pub write: Write,
}

/// `mspdash people take-away`.
#[derive(Debug, Args)]
#[command(after_help = exit::HELP)]
pub struct TakeAway {
    /// Whom.
    #[command(flatten)]
    pub person: PersonArgs,
    /// Out of which group; may be left out for a person who is in one of the two.
    #[arg(long, value_enum, ignore_case = true)]
    pub group: Option<StandardGroup>,
    /// How.
    #[command(flatten)]
    pub write: Write,
}

/// The groups that people are added to from here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[expect(missing_docs, reason = "the names say it")]
pub enum StandardGroup {
    Owners,
    Administrators,
}

impl StandardGroup {
    /// The contract's.
    #[must_use]
    pub fn kind(self) -> GroupKind {
        match self {
            Self::Owners => GroupKind::Owners,
            Self::Administrators => GroupKind::Administrators,
        }
    }
}

/// `mspdash recoveries`.
#[derive(Debug, Subcommand)]
pub enum Recoveries {
    /// List the open recoveries over all companies, oldest first.
    List(ListRecoveries),
    /// Begin a recovery: the person gets a mail and makes a new password.
    Begin(Change),
    /// Complete a recovery, once the person has made a new password.
    Complete(Change),
    /// Take a recovery back.
    Cancel(Change),
}

/// `mspdash recoveries list`.
#[derive(Debug, Args)]
#[command(after_help = exit::HELP)]
pub struct ListRecoveries {
    /// Of all profiles, or of those that are named, each row with its profile.
    #[arg(long)]
    pub all_profiles: bool,
    /// How to write them.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// `mspdash vaults`.
#[derive(Debug, Subcommand)]
pub enum Vaults {
    /// List the vaults of a company and which of them you have access to.
    List(ListVaults),
    /// Give yourself access to a vault. Needs Advanced permissions, of the company and of yours.
    Grant(Grant),
}

/// `mspdash vaults list`.
#[derive(Debug, Args)]
#[command(after_help = exit::HELP)]
pub struct ListVaults {
    /// The company: its id, its exact name, or its external id.
    pub company: String,
    /// How to write them.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// `mspdash vaults grant`.
#[derive(Debug, Args)]
#[command(after_help = exit::HELP)]
pub struct Grant {
    /// The company: its id, its exact name, or its external id.
    pub company: String,
    /// The vault's id, as `vaults list` shows it.
    pub vault: String,
    /// How.
    #[command(flatten)]
    pub write: Write,
}
