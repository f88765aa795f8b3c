//! `mspdash people …`, `recoveries …` and `vaults …`: arguments. People and vaults are named by their ids
//! alone: two can have the same name.

use super::words::one_of;
use super::{AccountList, ListArgs, Write};
use crate::cli::{complete, exit};
use crate::domain::people::GroupKind;
use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
pub enum People {
    /// List the people of a company.
    List(CompanyList),
    /// Find people by name or e-mail address, in all companies.
    Find(Find),
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

#[derive(Debug, Args)]
#[command(after_help = exit::HELP)]
pub struct CompanyList {
    /// The company: its id, its exact name, or its external id.
    #[arg(add = complete::company())]
    pub company: String,
    #[command(flatten)]
    pub list: ListArgs,
}

#[derive(Debug, Args)]
#[command(after_help = exit::HELP)]
pub struct Find {
    /// Parts of a name or an e-mail address; all of them have to fit.
    #[arg(required = true)]
    pub text: Vec<String>,
    #[command(flatten)]
    pub list: AccountList,
}

#[derive(Debug, Clone, Args)]
pub struct PersonArgs {
    /// The company: its id, its exact name, or its external id.
    #[arg(add = complete::company())]
    pub company: String,
    /// The person's id, as `people list` shows it, or their exact address.
    pub user: String,
}

#[derive(Debug, Args)]
#[command(after_help = exit::HELP)]
pub struct Change {
    #[command(flatten)]
    pub person: PersonArgs,
    #[command(flatten)]
    pub write: Write,
}

#[derive(Debug, Args)]
#[command(after_help = exit::HELP)]
pub struct TakeAway {
    #[command(flatten)]
    pub person: PersonArgs,
    /// Out of which group; may be left out for a person who is in one of the two.
    #[arg(long, value_parser = one_of([GroupKind::Owners, GroupKind::Administrators], GroupKind::as_str), ignore_case = true)]
    pub group: Option<GroupKind>,
    #[command(flatten)]
    pub write: Write,
}

#[derive(Debug, Subcommand)]
pub enum Recoveries {
    /// List the open recoveries over all companies, oldest first.
    List(AccountList),
    /// Begin a recovery: the person gets a mail and makes a new password.
    Begin(Change),
    /// Complete a recovery, once the person has made a new password.
    Complete(Change),
    /// Take a recovery back.
    Cancel(Change),
}

#[derive(Debug, Subcommand)]
pub enum Vaults {
    /// List the vaults of a company and which of them you have access to.
    List(CompanyList),
    /// Give yourself access to a vault. Needs Advanced permissions, of the company and of yours.
    Grant(Grant),
}

#[derive(Debug, Args)]
#[command(after_help = exit::HELP)]
pub struct Grant {
    /// The company: its id, its exact name, or its external id.
    #[arg(add = complete::company())]
    pub company: String,
    /// The vault's id, as `vaults list` shows it.
    pub vault: String,
    #[command(flatten)]
    pub write: Write,
}
