//! `mspdash connect` and `mspdash sources …`: arguments. There is no argument for a secret.

use super::{Format, ListArgs, Store, Workspace, Write};
use crate::cli::exit;
use crate::domain::source::{NoSecretRef, SecretRef, is_account_id};
use clap::{Args, Subcommand};

#[derive(Debug, Args)]
#[command(after_help = exit::HELP)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub struct Connect {
    /// The company: its id, its exact name, or its external id.
    pub company: String,
    /// By the Users API: an OAuth application that was made in the company's account, under Integrations › Directory.
    #[arg(long, required_unless_present = "events", conflicts_with = "events")]
    pub users_api: bool,
    /// By the Events API: a token of Events Reporting that was issued in the company's account, under Integrations. It is
    /// asked for, or read from standard input, and tells its account by itself.
    #[arg(long)]
    pub events: bool,
    /// 1Password's id of the company's account: 26 letters and digits. Asked for where it is not known.
    #[arg(long, value_name = "ID", value_parser = account_id)]
    pub account_id: Option<String>,
    /// The client id of the OAuth application; asked for if absent. Its secret is asked for too, or read from standard
    /// input.
    #[arg(long, value_name = "ID", value_parser = client_id, conflicts_with = "events")]
    pub oauth_client: Option<String>,
    /// Leave the secret where it is, and read it from there whenever it is needed: `op://VAULT/ITEM/FIELD`, `file:/PATH`
    /// (mode 0600) or `credential:NAME` of systemd.
    #[arg(long, value_name = "PLACE", conflicts_with = "store", value_parser = secret_from)]
    pub secret_from: Option<SecretRef>,
    /// Where to keep the secret that is typed [default: the keyring, else a file for you alone].
    #[arg(long, value_enum)]
    pub store: Option<Store>,
    /// Never suspend or reactivate anybody through it.
    #[arg(long, conflicts_with = "events")]
    pub no_suspend: bool,
    /// Replace the secret of a company that is connected: the new one is tried first.
    #[arg(long)]
    pub rotate: bool,
    /// It is the right account: do not ask.
    #[arg(long)]
    pub yes: bool,
    #[command(flatten)]
    pub workspace: Workspace,
    /// How to write the result.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

#[derive(Debug, Subcommand)]
pub enum Sources {
    /// List which companies are connected, by what, and how it stands.
    List(ListSources),
    /// Let the server read a company anew, now.
    Check(CheckSource),
    /// Disconnect a company, on the server's machine: the secret that is kept here is forgotten, and what was read through
    /// it.
    Remove(RemoveSource),
    /// Try each credential of companies that are unlinked once, on the server's machine: which still work. What 1Password
    /// refuses is proved gone, and forgotten here.
    Unlinked(UnlinkedSources),
}

#[derive(Debug, Args)]
#[command(after_help = exit::HELP)]
pub struct ListSources {
    /// Of this company alone: its id, its exact name, or its external id.
    pub company: Option<String>,
    #[command(flatten)]
    pub list: ListArgs,
}

#[derive(Debug, Args)]
#[command(after_help = exit::HELP)]
pub struct CheckSource {
    /// The company: its id, its exact name, or its external id.
    pub company: String,
    /// The events, and not the people.
    #[arg(long)]
    pub events: bool,
    #[command(flatten)]
    pub write: Write,
}

#[derive(Debug, Args)]
#[command(after_help = exit::HELP)]
pub struct RemoveSource {
    /// The company: its id, its exact name, or its external id.
    pub company: String,
    /// The Users API, and the people.
    #[arg(long, required_unless_present = "events", conflicts_with = "events")]
    pub users_api: bool,
    /// The Events API, and everything that 1Password recorded.
    #[arg(long)]
    pub events: bool,
    #[command(flatten)]
    pub workspace: Workspace,
}

#[derive(Debug, Args)]
#[command(after_help = exit::HELP)]
pub struct UnlinkedSources {
    #[command(flatten)]
    pub workspace: Workspace,
    /// How to write the result.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

fn account_id(text: &str) -> Result<String, &'static str> {
    let text = text.trim();
    if is_account_id(text) { Ok(text.to_owned()) } else { Err("an account id has 26 letters and digits") }
}

/// Not the keyring: what is in it is put there by `--store`, and taken out when the company is disconnected.
fn secret_from(text: &str) -> Result<SecretRef, NoSecretRef> {
    text.parse().ok().filter(|place| !matches!(place, SecretRef::Keyring(_))).ok_or(NoSecretRef)
}

/// Printable, and short enough to be shown; what else it is, nobody publishes.
pub fn client_id(text: &str) -> Result<String, &'static str> {
    let text = text.trim();
    let fine = (1..=128).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b':');
    if fine { Ok(text.to_owned()) } else { Err("a client id is one word of at most 128 letters, without a colon") }
}
