//! `mspdash leaver`: arguments.

use super::Write;
use crate::cli::exit;
use clap::Args;

#[derive(Debug, Args)]
#[command(after_help = exit::HELP)]
pub struct Leaver {
    /// The address of the person who leaves.
    #[arg(value_name = "MAIL", value_parser = address)]
    pub email: String,
    /// Suspend them wherever they are found; without it they are only shown.
    #[arg(long)]
    pub suspend: bool,
    /// Let the server read the connected companies anew first; without it people are as they were last read.
    #[arg(long)]
    pub check: bool,
    /// In this company alone: its id, its exact name, or its external id. May be repeated.
    #[arg(long = "company", value_name = "COMPANY")]
    pub companies: Vec<String>,
    /// Do not ask before they are suspended.
    #[arg(long, requires = "suspend")]
    pub yes: bool,
    #[command(flatten)]
    pub write: Write,
}

fn address(text: &str) -> Result<String, &'static str> {
    let text = text.trim();
    let whole = text.split_once('@').is_some_and(|(name, domain)| !name.is_empty() && !domain.is_empty());
    if whole { Ok(text.to_owned()) } else { Err("write it like tom@acme.example") }
}
