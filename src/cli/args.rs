//! What the program can be told on the command line. There is no flag for a secret: every process of the
//! machine can read the command lines of the others.

mod companies;
mod links;
mod people;
mod profiles;
mod serve;
mod trail;
mod words;

pub use companies::{
    Add, AddressArgs, Companies, Edit, FactArgs, Launch, List, ListFormat, SetStep, Setup, Show, Status, Tag, Unlink,
};
pub use links::{Accept, Cancel, Links, ListLinks};
pub use people::{
    Change, Grant, ListPeople, ListRecoveries, ListVaults, People, PersonArgs, Recoveries, StandardGroup, TakeAway,
    Vaults,
};
pub use profiles::{
    Accounts, AddProfile, Configuration, Keep, ListProfiles, Login, Logout, Profiles, RemoveProfile, ShowConfiguration,
    Store, TestProfile,
};
pub use serve::{Serve, Standing, Who, Workspace};
pub use trail::{Activity, Month, Usage};
pub use words::{ActionWord, Place, StateWord, StepWord};

use super::exit;
use crate::config::Flags;
use crate::domain::lang::Lang;
use clap::builder::{PathBufValueParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// A path: no shell replaces the `~` of `--data-dir=~/msp`.
fn path() -> impl TypedValueParser<Value = PathBuf> {
    PathBufValueParser::new().map(|path| crate::config::expand_home(&path))
}

/// A terminal dashboard for managed service providers who run their clients' 1Password accounts.
///
/// Without a server it starts on its own one with a sample workspace. An independent tool; "1Password" is a
/// trademark of its owner.
#[derive(Debug, Parser)]
#[command(version, after_help = format!("{ENVIRONMENT}\n\n{}", exit::HELP), max_term_width = 100)]
pub struct Cli {
    /// How to run.
    #[command(flatten)]
    pub options: Options,
    /// Print where configuration, data and log live, and exit.
    #[arg(long)]
    pub paths: bool,
    /// What to do instead of showing the dashboard.
    #[command(subcommand)]
    pub command: Option<Command>,
}

const ENVIRONMENT: &str = "\
Environment:
  MSPDASH_SERVER         the server's address
  MSPDASH_CLIENT_ID      the name of the credential
  MSPDASH_CLIENT_SECRET  its secret (there is no flag for it, on purpose)
  MSPDASH_PROFILE        which of the configured accounts, separated by commas
  MSPDASH_CLIENT_SECRET_NAME  the secret of the profile NAME, where it is stored nowhere else
  MSPDASH_DATA_DIR       where sample workspace, secrets in files, cache and log are kept
  MSPDASH_LOG            how much is logged
  HTTPS_PROXY, ALL_PROXY the proxy on the way to the server; NO_PROXY names servers reached without

A flag stands above the environment, and that above the configuration file.";

/// What holds for the dashboard and for the one-shot commands alike.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Server and workspace")]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub struct Options {
    /// The server's address: https, or http on this machine.
    #[arg(long, value_name = "URL", global = true)]
    pub server: Option<String>,
    /// The name of the technician's credential; its secret comes from `MSPDASH_CLIENT_SECRET`.
    #[arg(long, value_name = "ID", global = true)]
    pub client_id: Option<String>,
    /// The file that `mspdash serve --credentials FILE` writes; for you alone (mode 0600).
    #[arg(long, value_name = "FILE", value_parser = path(), global = true)]
    pub credentials: Option<PathBuf>,
    /// A configured account, by its name; more than once for several on one screen [default: all].
    #[arg(long = "profile", value_name = "NAME", global = true)]
    pub profiles: Vec<String>,
    /// Certificates to trust besides those of the system, in PEM: for a company's own authority or proxy.
    #[arg(long, value_name = "FILE", value_parser = path(), global = true)]
    pub ca_file: Option<PathBuf>,
    /// Which technician of the credentials file or the sample workspace to be, e.g. owner or view-only.
    #[arg(long = "as", value_name = "ROLE", global = true)]
    pub role: Option<String>,
    /// Let nothing through that could change anything.
    #[arg(long, global = true)]
    pub read_only: bool,
    /// The language of the screen [default: as the locale says].
    #[arg(long, value_name = "en|de")]
    pub lang: Option<Lang>,
    /// Throw the sample workspace away and make a new one.
    #[arg(long, global = true)]
    pub fresh: bool,
    /// How many companies a new sample workspace has [default: 48].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000), global = true)]
    pub sample_size: Option<u32>,
    /// Where sample workspace, secrets in files, cache and log are kept.
    #[arg(long, value_name = "DIR", value_parser = path(), global = true)]
    pub data_dir: Option<PathBuf>,
    /// How much is logged [default: info].
    #[arg(long, value_enum, global = true)]
    pub log_level: Option<LogLevel>,
    /// Never open a browser: show the launch address instead.
    #[arg(long)]
    pub no_browser: bool,
    /// Keep no companies for the next start, and show none of the last.
    #[arg(long)]
    pub no_cache: bool,
}

/// How much is logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "lower")]
#[expect(missing_docs, reason = "the names say it")]
pub enum LogLevel {
    Off,
    Error,
    Warn,
    Info,
    Debug,
    Trace,
}

impl LogLevel {
    fn word(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Error => "error",
            Self::Warn => "warn",
            Self::Info => "info",
            Self::Debug => "debug",
            Self::Trace => "trace",
        }
    }
}

impl From<&Options> for Flags {
    fn from(options: &Options) -> Self {
        let options = options.clone();
        Self {
            server: options.server,
            client_id: options.client_id,
            credentials: options.credentials,
            profiles: options.profiles,
            ca_file: options.ca_file,
            role: options.role,
            read_only: options.read_only,
            lang: options.lang,
            fresh: options.fresh,
            sample_size: options.sample_size,
            data_dir: options.data_dir,
            log_level: options.log_level.map(|level| level.word().to_owned()),
            no_browser: options.no_browser,
            no_cache: options.no_cache,
        }
    }
}

/// What to do instead of showing the dashboard.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run the embedded server alone, for dashboards in other terminals.
    Serve(Serve),
    /// Which accounts there are, and how they sign in.
    #[command(flatten)]
    Accounts(Accounts),
    /// Check terminal, configuration, and the way to each account; a report to paste. Ends with 1 if something failed.
    Doctor(Doctor),
    /// One thing done or asked, for scripts.
    #[command(flatten)]
    Once(Once),
}

/// What is done or asked once, without a screen.
#[derive(Debug, Subcommand)]
pub enum Once {
    /// Companies: list, add, edit, launch, set up, unlink.
    #[command(subcommand)]
    Companies(Companies),
    /// Accounts that are being linked.
    #[command(subcommand)]
    Links(Links),
    /// People of a company and their groups.
    #[command(subcommand)]
    People(People),
    /// Recoveries of people's accounts.
    #[command(subcommand)]
    Recoveries(Recoveries),
    /// Vaults of a company.
    #[command(subcommand)]
    Vaults(Vaults),
    /// Seats over time, of one company or of all.
    Usage(Usage),
    /// Who did what to which company.
    Activity(Activity),
}

impl Once {
    /// Whether it is about all profiles instead of one.
    #[must_use]
    pub fn everywhere(&self) -> bool {
        match self {
            Self::Companies(Companies::List(list)) => list.all_profiles,
            Self::Links(Links::List(list)) => list.all_profiles,
            Self::Recoveries(Recoveries::List(list)) => list.all_profiles,
            _ => false,
        }
    }

    /// Looks for what can be said without asking a server.
    ///
    /// # Errors
    /// A sentence: the call makes no sense as it stands, or would tell a secret.
    pub fn checked(&self) -> Result<&Self, String> {
        match self {
            Self::Companies(Companies::Edit(edit)) => edit.checked()?,
            Self::Companies(Companies::Launch(launch)) => launch.checked()?,
            Self::Links(Links::Accept(accept)) => accept.checked()?,
            Self::Usage(usage) => usage.checked()?,
            _ => {}
        }
        Ok(self)
    }
}

/// How a change is made and written.
#[derive(Debug, Clone, Copy, Default, Args)]
pub struct Write {
    /// Let the server run every check, and change nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// How to write the result.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// How a result is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Columns for people.
    #[default]
    Table,
    /// JSON for programs; fields are only ever added.
    Json,
}

/// `mspdash doctor`.
#[derive(Debug, Clone, Default, Args)]
pub struct Doctor {
    /// JSON for programs; fields are only ever added.
    #[arg(long)]
    pub json: bool,
}
