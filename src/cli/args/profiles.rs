//! `mspdash profile …`, `login`, `logout` and `config`: which accounts there are and how they sign in.

use super::{Format, Output};
use crate::config::path_parser;
use clap::{Args, Subcommand, ValueEnum};
use std::path::PathBuf;

/// What is about accounts, not about companies.
#[derive(Debug, Subcommand)]
pub enum Accounts {
    /// The MSP accounts that are configured: add, list, remove, test.
    #[command(subcommand)]
    Profile(Profiles),
    /// Ask for the secret of a profile, try it, and store it.
    Login(Login),
    /// Forget the secret of a profile.
    Logout(Logout),
    /// The configuration as it applies, and where each value comes from.
    #[command(subcommand)]
    Config(Configuration),
}

#[derive(Debug, Subcommand)]
pub enum Profiles {
    /// Add an account to the configuration.
    ///
    /// Takes the address and the client id from --server and --client-id; with --credentials also the secret, which
    /// is tried and stored. What is missing is asked for on a terminal.
    Add(Box<AddProfile>),
    /// The accounts that are configured.
    List(Output),
    /// Take an account out of the configuration, and forget its secret.
    Remove(RemoveProfile),
    /// Sign in and say as whom, with which role, and how long the server takes.
    Test(TestProfile),
}

#[derive(Debug, Args)]
pub struct AddProfile {
    /// What you call it: letters, digits, - and _.
    #[arg(value_name = "NAME")]
    pub name: String,
    /// What the screen shows instead of the name.
    #[arg(long, value_name = "TEXT")]
    pub label: Option<String>,
    /// Its colour on the screen: blue, magenta, cyan, yellow, green or red.
    #[arg(long, alias = "color", value_name = "COLOUR")]
    pub colour: Option<String>,
    /// Take this account where one is needed and none is named.
    #[arg(long)]
    pub default: bool,
    /// Certificates to trust besides those of the system, in PEM.
    #[arg(long, value_name = "FILE", value_parser = path_parser())]
    pub ca_file: Option<PathBuf>,
    /// How the secret is kept; has to come last: a program that prints it, and its arguments.
    #[arg(long, value_name = "PROGRAM", num_args = 1.., allow_hyphen_values = true, conflicts_with = "store")]
    pub secret_command: Vec<String>,
    #[command(flatten)]
    pub keep: Keep,
}

/// How a secret is tried and stored.
#[derive(Debug, Clone, Copy, Default, Args)]
pub struct Keep {
    /// Where to store the secret [default: the keyring, else a file for you alone].
    #[arg(long, value_enum, value_name = "PLACE")]
    pub store: Option<Store>,
    /// Store it even if the server cannot be reached to try it.
    #[arg(long)]
    pub unchecked: bool,
}

/// Where a secret is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Store {
    /// The system's keyring.
    Keyring,
    /// A file for you alone (mode 0600).
    File,
}

#[derive(Debug, Args)]
pub struct RemoveProfile {
    /// Which.
    #[arg(value_name = "NAME")]
    pub name: String,
    /// Do not ask.
    #[arg(long)]
    pub yes: bool,
}

#[derive(Debug, Args)]
pub struct TestProfile {
    /// Which [default: the default one, or the only one].
    #[arg(value_name = "NAME", conflicts_with = "all")]
    pub name: Option<String>,
    /// All of them, at the same time.
    #[arg(long)]
    pub all: bool,
    /// How to write the result.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

#[derive(Debug, Args)]
pub struct Login {
    /// Which account [default: the default one, or the only one]. One that is not there yet is added.
    #[arg(value_name = "PROFILE")]
    pub name: Option<String>,
    /// Exchange a one-time code from `mspdash technician add` for a credential. Without CODE it is asked for.
    #[arg(long, value_name = "CODE", num_args = 0..=1)]
    pub enrol: Option<Option<String>>,
    #[command(flatten)]
    pub keep: Keep,
}

#[derive(Debug, Args)]
pub struct Logout {
    /// Which account [default: the default one, or the only one].
    #[arg(value_name = "PROFILE", conflicts_with = "all")]
    pub name: Option<String>,
    /// All of them.
    #[arg(long)]
    pub all: bool,
}

#[derive(Debug, Subcommand)]
pub enum Configuration {
    /// Every setting, its value and where that comes from. Secrets are not shown.
    Show(Output),
}
