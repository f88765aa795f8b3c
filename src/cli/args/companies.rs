//! `mspdash companies …`: arguments.

use super::words::{one_of, step_state};
use super::{Format, ListArgs, ListFormat, Write};
use crate::cli::{complete, exit};
use crate::domain::company::CompanyState;
use crate::domain::field;
use crate::domain::lang::Lang;
use crate::domain::launch::Target;
use crate::domain::setup::{StepKind, StepState};
use crate::i18n;
use clap::{Args, Subcommand, ValueEnum};
use std::ffi::OsStr;
use std::path::PathBuf;

#[derive(Debug, Subcommand)]
pub enum Companies {
    /// List companies.
    List(List),
    /// Show one company.
    Show(Show),
    /// Add a company.
    Add(Add),
    /// Change what is known of a company; what is not named stays as it is.
    Edit(Edit),
    /// Note what you saw of a company in the web console: owners, seats, limit, status.
    Declare(Declare),
    /// Add and remove tags.
    Tag(Tag),
    /// Set a company's attention aside for a while.
    Snooze(Snooze),
    /// Sign in to a company in the browser, as yourself.
    #[command(visible_alias = "open")]
    Launch(Launch),
    /// Stop managing a company. Cannot be taken back from here.
    Unlink(Unlink),
    /// Show the setup checklist of a company.
    Setup(Setup),
    /// Report a step of the setup.
    SetStep(SetStep),
}

#[derive(Debug, Clone, Default, Args)]
#[command(after_help = exit::HELP)]
pub struct List {
    /// Only companies of this status; more than one may be given.
    #[arg(long, value_parser = one_of(CompanyState::KNOWN, CompanyState::as_str), value_name = "STATUS", ignore_case = true)]
    pub status: Vec<CompanyState>,
    /// Only companies of which these are not known; with both, of which either is not.
    #[arg(long, value_enum, value_name = "FIGURE")]
    pub unknown: Vec<Unknown>,
    /// Only companies with something that was observed more than so many days ago.
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(1..=3650))]
    pub older_than: Option<u32>,
    /// Of all profiles, or of those that are named, each row with its profile. One account after the other; the limit is that of each.
    #[arg(long)]
    pub all_profiles: bool,
    /// Where to write them, instead of standard output.
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Replace the file if it is there already.
    #[arg(long, requires = "output")]
    pub force: bool,
    #[command(flatten)]
    pub list: ListArgs,
}

/// A figure that may not be known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Unknown {
    Seats,
    Owners,
}

impl List {
    /// How to write them.
    pub fn written(&self) -> ListFormat {
        let end = self.output.as_ref().and_then(|file| file.extension()).map(OsStr::to_ascii_lowercase);
        let named = match end.as_ref().and_then(|end| end.to_str()) {
            Some("csv") => ListFormat::Csv,
            Some("json") => ListFormat::Json,
            Some("jsonl" | "ndjson") => ListFormat::Jsonl,
            _ => ListFormat::Table,
        };
        self.list.format.unwrap_or(named)
    }
}

#[derive(Debug, Args)]
#[command(after_help = exit::HELP)]
pub struct Show {
    /// The company: its id, its exact name, or its external id.
    #[arg(value_name = "COMPANY", add = complete::company())]
    pub id: String,
    /// How to write it.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

#[derive(Debug, Args)]
#[command(after_help = exit::HELP)]
pub struct Setup {
    /// The company: its id, its exact name, or its external id.
    #[arg(value_name = "COMPANY", add = complete::company())]
    pub id: String,
    #[command(flatten)]
    pub list: ListArgs,
}

#[derive(Debug, Args)]
#[command(after_help = exit::HELP)]
#[group(id = "seen", multiple = true, required = true, args = ["seats", "seat_limit", "owner", "no_owners", "open_recoveries", "status"])]
pub struct Declare {
    /// The company: its id, its exact name, or its external id.
    #[arg(value_name = "COMPANY", add = complete::company())]
    pub id: String,
    /// Filled seats.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(..=i64::from(field::LARGEST_LIMIT)))]
    pub seats: Option<u32>,
    /// The most seats that may be filled; 0 is no limit.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(..=i64::from(field::LARGEST_LIMIT)))]
    pub seat_limit: Option<u32>,
    /// A confirmed owner; once for each of them, so that all are named.
    #[arg(long, value_name = "NAME")]
    pub owner: Vec<String>,
    /// Nobody has confirmed as an owner.
    #[arg(long, conflicts_with = "owner")]
    pub no_owners: bool,
    /// Open recoveries.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(..=i64::from(field::LARGEST_LIMIT)))]
    pub open_recoveries: Option<u32>,
    /// How it stands.
    #[arg(long, value_parser = one_of(CompanyState::KNOWN, CompanyState::as_str), value_name = "STATUS", ignore_case = true)]
    pub status: Option<CompanyState>,
    /// When you saw it [default: now]: 2026-11-28, "2026-11-28 09:30", yesterday, "2d ago" or 2026-11-28T09:30:00Z.
    #[arg(long, value_name = "TIME")]
    pub as_of: Option<String>,
    #[command(flatten)]
    pub write: Write,
}

/// What a company and a new one have in common.
#[derive(Debug, Clone, Default, Args)]
pub struct FactArgs {
    /// The website; in an edit, empty takes it away.
    #[arg(long, value_name = "URL")]
    pub website: Option<String>,
    #[command(flatten)]
    pub address: AddressArgs,
    /// Your own number for this client; in an edit, empty takes it away.
    #[arg(long, value_name = "TEXT")]
    pub external_id: Option<String>,
    /// A tag; more than one may be given, also with commas between. In an edit they replace those there are, and an empty one takes all away.
    #[arg(long, value_name = "TAG")]
    pub tag: Vec<String>,
}

/// Parts of a postal address. Its country does not choose the data region.
#[derive(Debug, Clone, Default, Args)]
pub struct AddressArgs {
    /// Country, two letters as in ISO 3166-1, or its name in English or German.
    #[arg(long, value_name = "COUNTRY")]
    pub country: Option<String>,
    /// Street and house; once for each line.
    #[arg(long, value_name = "TEXT")]
    pub address_line: Vec<String>,
    /// Town.
    #[arg(long, value_name = "TEXT")]
    pub locality: Option<String>,
    /// Postal code, in the country's own form.
    #[arg(long, value_name = "CODE")]
    pub postal_code: Option<String>,
    /// State, province or county; part of the postal address, not the data region.
    #[arg(long, value_name = "TEXT")]
    pub region_name: Option<String>,
}

#[derive(Debug, Args)]
#[command(after_help = exit::HELP)]
pub struct Add {
    /// The name, 1 to 100 characters.
    #[arg(long, value_name = "NAME")]
    pub name: String,
    #[command(flatten)]
    pub facts: FactArgs,
    #[command(flatten)]
    pub write: Write,
}

#[derive(Debug, Args)]
#[command(after_help = exit::HELP)]
pub struct Edit {
    /// The company: its id, its exact name, or its external id.
    #[arg(value_name = "COMPANY", add = complete::company())]
    pub id: String,
    /// A new name.
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    #[command(flatten)]
    pub facts: FactArgs,
    /// A note for colleagues; empty takes it away.
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
    /// The most seats that may be filled; 0 takes the limit away.
    #[arg(long, value_name = "N", value_parser = seat_limit)]
    pub seat_limit: Option<u32>,
    #[command(flatten)]
    pub write: Write,
}

fn seat_limit(text: &str) -> Result<u32, String> {
    field::seat_limit(text).map_err(|problem| (i18n::of(Lang::En).form.problem)(&problem))
}

impl Edit {
    pub(super) fn checked(&self) -> Result<(), String> {
        let (facts, address) = (&self.facts, &self.facts.address);
        let texts = [&self.name, &self.note, &facts.website, &facts.external_id];
        let given = texts.into_iter().any(Option::is_some) || self.seat_limit.is_some() || !facts.tag.is_empty();
        if given || address.given() {
            return Ok(());
        }
        Err("nothing to change. `mspdash companies edit --help` lists what can be changed.".to_owned())
    }
}

impl AddressArgs {
    pub fn given(&self) -> bool {
        let parts = [&self.country, &self.locality, &self.postal_code, &self.region_name];
        parts.into_iter().any(Option::is_some) || !self.address_line.is_empty()
    }
}

#[derive(Debug, Args)]
#[command(after_help = exit::HELP)]
pub struct Tag {
    /// The company: its id, its exact name, or its external id.
    #[arg(value_name = "COMPANY", add = complete::company())]
    pub id: String,
    /// A tag to add; more than one may be given, also with commas between.
    #[arg(long, value_name = "TAG", required_unless_present = "remove")]
    pub add: Vec<String>,
    /// A tag to remove; more than one may be given, also with commas between.
    #[arg(long, value_name = "TAG")]
    pub remove: Vec<String>,
    #[command(flatten)]
    pub write: Write,
}

#[derive(Debug, Args)]
#[command(after_help = exit::HELP)]
pub struct Snooze {
    /// The company: its id, its exact name, or its external id.
    #[arg(value_name = "COMPANY", add = complete::company())]
    pub id: String,
    /// Until when: 7d, tomorrow, 2026-12-24 or "2026-12-24 09:00".
    #[arg(long, value_name = "TIME", default_value = "7d")]
    pub until: String,
    /// End it now.
    #[arg(long, conflicts_with = "until")]
    pub off: bool,
    #[command(flatten)]
    pub write: Write,
}

#[derive(Debug, Args)]
#[command(after_help = exit::HELP)]
pub struct Launch {
    /// The company: its id, its exact name, or its external id.
    #[arg(value_name = "COMPANY", add = complete::company())]
    pub id: String,
    /// Where to land.
    #[arg(long, value_parser = one_of(Target::ALL, |target| target.as_str()), ignore_case = true, default_value = "home")]
    pub target: Target,
    /// The vault to land at, with `--target vaults`.
    #[arg(long, value_name = "ID")]
    pub vault: Option<String>,
    /// Print the address instead of opening it. It signs in whoever opens it first, and works once, for a minute.
    #[arg(long)]
    pub print: bool,
    /// How to write the result.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

impl Launch {
    pub(super) fn checked(&self) -> Result<(), String> {
        if self.vault.is_some() && self.target != Target::Vaults {
            return Err("--vault goes with --target vaults.".to_owned());
        }
        Ok(())
    }
}

#[derive(Debug, Args)]
#[command(after_help = exit::HELP)]
pub struct Unlink {
    /// The company: its id, its exact name, or its external id.
    #[arg(value_name = "COMPANY", add = complete::company())]
    pub id: String,
    /// Say what an unlink would mean, and change nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// The company's name, as the dry run shows it.
    #[arg(long, value_name = "NAME")]
    pub confirm: Option<String>,
    /// How to write the result.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

#[derive(Debug, Args)]
#[command(after_help = exit::HELP)]
pub struct SetStep {
    /// The company: its id, its exact name, or its external id.
    #[arg(value_name = "COMPANY", add = complete::company())]
    pub id: String,
    /// Which step, in the words of `companies setup`.
    #[arg(value_parser = one_of(StepKind::KNOWN, StepKind::as_str), ignore_case = true)]
    pub step: StepKind,
    /// How it stands now.
    #[arg(value_parser = step_state(), ignore_case = true, required_unless_present = "note")]
    pub state: Option<StepState>,
    /// A note on it; empty takes it away.
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
    #[command(flatten)]
    pub write: Write,
}
