//! What the program can be told on the command line. There is no flag for a secret: every process of the
//! machine can read the command lines of the others.

use super::exit;
use crate::config::Flags;
use crate::domain::lang::Lang;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::str::FromStr;

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
  MSPDASH_DATA_DIR       where the sample workspace and the log are kept

A flag stands above the environment, and that above the configuration file.";

/// What holds for the dashboard and for the one-shot commands alike.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Server and workspace")]
pub struct Options {
    /// The server's address: https, or http on this machine.
    #[arg(long, value_name = "URL", global = true)]
    pub server: Option<String>,
    /// The name of the technician's credential; its secret comes from `MSPDASH_CLIENT_SECRET`.
    #[arg(long, value_name = "ID", global = true)]
    pub client_id: Option<String>,
    /// The file that `mspdash serve --credentials FILE` writes; for you alone (mode 0600).
    #[arg(long, value_name = "FILE", global = true)]
    pub credentials: Option<PathBuf>,
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
    /// Where the sample workspace and the log are kept.
    #[arg(long, value_name = "DIR", global = true)]
    pub data_dir: Option<PathBuf>,
    /// How much is logged [default: info].
    #[arg(long, value_enum, global = true)]
    pub log_level: Option<LogLevel>,
    /// Never open a browser: show the launch address instead.
    #[arg(long)]
    pub no_browser: bool,
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
            role: options.role,
            read_only: options.read_only,
            lang: options.lang,
            fresh: options.fresh,
            sample_size: options.sample_size,
            data_dir: options.data_dir,
            log_level: options.log_level.map(|level| level.word().to_owned()),
            no_browser: options.no_browser,
        }
    }
}

/// What to do instead of showing the dashboard.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run the embedded server alone, for dashboards in other terminals.
    Serve(Serve),
    /// Companies, for scripts.
    #[command(subcommand)]
    Companies(Companies),
}

/// `mspdash serve`. Three flags mean something of their own here, so they hide the ones of the dashboard.
#[derive(Debug, Args)]
pub struct Serve {
    /// Where to listen; port 0 takes a free one.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:4815")]
    pub listen: SocketAddr,
    /// Where the workspace is kept [default: where the dashboard keeps it].
    #[arg(long, value_name = "FILE")]
    pub database: Option<PathBuf>,
    /// Write here how the sample technicians sign in, for you alone (mode 0600).
    #[arg(long, value_name = "FILE")]
    pub credentials: PathBuf,
    /// How many companies a new workspace has [default: 48].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub sample_size: Option<u32>,
    /// Throw the workspace away and make a new one.
    #[arg(long)]
    pub fresh: bool,
    /// Obey the header `x-fault`: misbehave on purpose, for tests and demonstrations.
    #[arg(long)]
    pub faults: bool,
    // The dashboard's own flags make no sense for a server: hidden here, and refused.
    #[arg(long, hide = true)]
    server: Option<String>,
    #[arg(long, hide = true)]
    client_id: Option<String>,
    #[arg(long = "as", hide = true)]
    role: Option<String>,
    #[arg(long, hide = true)]
    read_only: bool,
}

impl Serve {
    /// What to serve.
    ///
    /// # Errors
    /// A flag was given that means nothing for a server: better refused than ignored.
    pub fn checked(&self) -> Result<&Self, String> {
        let strays = [
            (self.server.is_some(), "--server"),
            (self.client_id.is_some(), "--client-id"),
            (self.role.is_some(), "--as"),
            (self.read_only, "--read-only"),
        ];
        match strays.into_iter().find_map(|(given, name)| given.then_some(name)) {
            Some(name) => Err(format!("{name} means nothing for `mspdash serve`.")),
            None => Ok(self),
        }
    }
}

/// `mspdash companies`.
#[derive(Debug, Subcommand)]
pub enum Companies {
    /// List companies.
    List(List),
    /// Show one company.
    Show(Show),
}

/// `mspdash companies list`.
#[derive(Debug, Default, Args)]
#[command(after_help = exit::HELP)]
pub struct List {
    /// Only companies of this status; more than one may be given.
    #[arg(long, value_enum, value_name = "STATUS", ignore_case = true)]
    pub status: Vec<Status>,
    /// Order by name, status, seats, setup or owners; with a minus before it from the highest down.
    #[arg(long, value_name = "KEY|-KEY", allow_hyphen_values = true)]
    pub sort: Option<Order>,
    /// Only companies whose name has this text.
    #[arg(long, value_name = "TEXT")]
    pub search: Option<String>,
    /// At most this many.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub limit: Option<u64>,
    /// How to write them.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// `mspdash companies show`.
#[derive(Debug, Args)]
#[command(after_help = exit::HELP)]
pub struct Show {
    /// The company's id, as `companies list` shows it.
    pub id: String,
    /// How to write it.
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

/// How a company stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Status {
    Active,
    Pending,
    Suspended,
    Unlinked,
}

impl Status {
    /// The contract's word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Active => "ACTIVE",
            Self::Pending => "PENDING",
            Self::Suspended => "SUSPENDED",
            Self::Unlinked => "UNLINKED",
        }
    }
}

/// An order of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    /// By what.
    pub key: SortKey,
    /// From the highest down.
    pub down: bool,
}

/// What the list can be ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum SortKey {
    Name,
    Status,
    Seats,
    Setup,
    Owners,
}

impl SortKey {
    /// Every key with its word.
    pub const ALL: [(&'static str, Self); 5] = [
        ("name", Self::Name),
        ("status", Self::Status),
        ("seats", Self::Seats),
        ("setup", Self::Setup),
        ("owners", Self::Owners),
    ];

    /// The contract's field.
    #[must_use]
    pub fn field(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Status => "state",
            Self::Seats => "seats.filled",
            Self::Setup => "setup.done",
            Self::Owners => "owners.confirmed",
        }
    }
}

impl FromStr for Order {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (down, word) = text.strip_prefix('-').map_or((false, text), |word| (true, word));
        let found = SortKey::ALL.iter().find(|(name, _)| name.eq_ignore_ascii_case(word));
        let words = SortKey::ALL.map(|(name, _)| name).join(", ");
        found
            .map(|(_, key)| Self { key: *key, down })
            .ok_or_else(|| format!("expected one of {words}, or one with - before it"))
    }
}
