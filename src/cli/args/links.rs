//! `mspdash links …`: arguments.

use super::{AccountList, Write};
use crate::cli::exit;
use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
pub enum Links {
    /// List the accounts that are being linked, newest first.
    List(AccountList),
    /// Accept a confirmation link that an Owner of the company sent. They have the last word, in 1Password.
    Accept(Accept),
    /// Take a link back, as long as it is open.
    Cancel(Cancel),
}

/// `mspdash links accept`. Not `Debug`: what was given may be a key.
#[derive(Args)]
#[command(after_help = exit::HELP)]
pub struct Accept {
    /// `-`: the link comes from standard input. It is a key, and every process can read a command line.
    #[arg(value_name = "-")]
    pub from: String,
    #[command(flatten)]
    pub write: Write,
}

impl std::fmt::Debug for Accept {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Accept").field("write", &self.write).finish_non_exhaustive()
    }
}

impl Accept {
    pub(super) fn checked(&self) -> Result<(), String> {
        if self.from == "-" {
            return Ok(());
        }
        Err("a confirmation link is a key to the company, and every process of this machine can read a command \
             line. Give it on standard input: `mspdash links accept - < FILE`."
            .to_owned())
    }
}

#[derive(Debug, Args)]
#[command(after_help = exit::HELP)]
pub struct Cancel {
    /// The link's id, as `links list` shows it.
    pub id: String,
    #[command(flatten)]
    pub write: Write,
}
