//! The command line. There is no flag for a secret: every process of the
//! machine can read the command lines of the others.

mod companies;
mod db;
mod import;
mod init;
mod leaver;
mod links;
mod lists;
mod manuals;
mod people;
mod profiles;
mod reports;
mod serve;
mod sources;
mod tasks;
mod technicians;
pub mod words;

pub use companies::{
    Add, AddressArgs, Companies, Declare, Edit, FactArgs, Launch, List, SetStep, Setup, Show, Snooze, Tag, Unknown,
    Unlink,
};
pub use db::{Db, DbBackup, DbCheck, DbCopy, DbMigrate, DbRestore};
pub use import::{Import, ImportCompanies, ImportList, Reconcile, TableFile, UndoImport};
pub use init::Init;
pub use leaver::Leaver;
pub use links::{Accept, Cancel, Links};
pub use lists::{ListArgs, ListFormat};
pub use manuals::{Completions, Manuals};
pub use people::{Change, CompanyList, Find, Grant, People, PersonArgs, Recoveries, TakeAway, Vaults};
pub use profiles::{
    Accounts, AddProfile, Configuration, Keep, Login, Logout, Profiles, RemoveProfile, Store, TestProfile,
};
pub use reports::{Activity, Attention, Month, Usage};
pub use serve::{AccessCommand, LogFormat, Serve, TechnicianArg, Workspace};
pub use sources::{CheckSource, Connect, ListSources, RemoveSource, Sources, UnlinkedSources, client_id};
pub use tasks::{Begin, ChangeTask, Done, TaskArg, TaskList, Tasks};
pub use technicians::{AddTechnician, ChangeTechnician, RoleOf, Technicians};

use super::exit;
use crate::config::Flags;
use clap::{Args, Parser, Subcommand, ValueEnum};

/// A terminal dashboard for managed service providers who run their clients' 1Password accounts.
///
/// Without a server it starts on its own one: with your own companies after `mspdash init`, else with a sample
/// workspace. An independent tool; "1Password" is a
/// trademark of its owner.
#[derive(Debug, Parser)]
#[command(version, after_help = format!("{ENVIRONMENT}\n\n{}", exit::HELP), max_term_width = 100)]
pub struct Cli {
    #[command(flatten)]
    pub flags: Flags,
    /// Tell times in UTC instead of local time.
    #[arg(long, global = true)]
    pub utc: bool,
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

/// What to do instead of showing the dashboard.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a workspace for your own companies, instead of the sample.
    Init(Init),
    /// Run the embedded server alone, for dashboards in other terminals.
    Serve(Serve),
    /// The workspace's database: check, backup, restore, migrate.
    #[command(subcommand)]
    Db(Db),
    /// Which accounts there are, and how they sign in.
    #[command(flatten)]
    Accounts(Accounts),
    /// Every command of the dashboard with its keys, as your keymap has them; what is wrong with it.
    Keys(Keys),
    /// Check terminal, configuration, and the way to each account; a report to paste. Ends with 1 if something failed.
    Doctor(Doctor),
    /// Print the script by which a shell learns to complete commands, options and companies.
    Completions(Completions),
    /// Write the manual, a page for each command.
    Man(Manuals),
    /// Play 1Password on this machine, to try out `connect`: a fake with two companies. Not in release builds.
    #[cfg(debug_assertions)]
    #[command(name = "demo-1password", hide = true)]
    Demo1password {
        /// On which port of this machine.
        #[arg(long, default_value_t = 4820)]
        port: u16,
    },
    /// One thing done or asked, for scripts.
    #[command(flatten)]
    OneShot(OneShot),
}

/// What is done or asked once, without a screen.
#[derive(Debug, Subcommand)]
pub enum OneShot {
    /// What needs somebody: trials that end, links that wait, companies without an owner. Ends with 10 if there is
    /// something, so that cron can tell.
    Attention(Attention),
    /// Companies: list, add, edit, launch, set up, unlink.
    #[command(subcommand)]
    Companies(Companies),
    /// Accounts that are being linked.
    #[command(subcommand)]
    Links(Links),
    /// People of a company and their groups.
    #[command(subcommand)]
    People(People),
    /// Find somebody who leaves in all connected companies, and suspend them there.
    Leaver(Leaver),
    /// Recoveries of people's accounts.
    #[command(subcommand)]
    Recoveries(Recoveries),
    /// Vaults of a company.
    #[command(subcommand)]
    Vaults(Vaults),
    /// Seats over time, of one company or of all.
    Usage(Usage),
    /// Work that only 1Password's web console can do.
    #[command(subcommand)]
    Tasks(Tasks),
    /// Who did what to which company.
    Activity(Activity),
    /// Companies out of a file or a paste.
    #[command(subcommand)]
    Import(Import),
    /// Compare what a PSA bills with the seats that are filled. Changes nothing. Ends with 0 if all is equal, with 5 if not.
    Reconcile(Reconcile),
    /// Connect a company with its 1Password account, on the server's machine.
    Connect(Connect),
    /// Which companies are connected with their 1Password accounts, and how that stands.
    #[command(subcommand)]
    Sources(Sources),
    /// The MSP's own technicians: add, list, change their role, revoke their access.
    #[command(subcommand, name = "technician")]
    Technicians(Technicians),
}

impl OneShot {
    /// Whether it is about all profiles instead of one.
    pub fn all_profiles(&self) -> bool {
        match self {
            Self::Companies(Companies::List(list)) => list.all_profiles,
            Self::Attention(attention) => attention.list.all_profiles,
            Self::Tasks(Tasks::List(tasks)) => tasks.list.all_profiles,
            Self::People(People::Find(find)) => find.list.all_profiles,
            Self::Links(Links::List(list)) | Self::Recoveries(Recoveries::List(list)) => list.all_profiles,
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
            Self::Technicians(command) => command.checked()?,
            Self::Tasks(Tasks::Begin(begin)) => begin.checked()?,
            _ => {}
        }
        Ok(self)
    }
}

/// A list of one account, or of all.
#[derive(Debug, Args)]
#[command(after_help = exit::HELP)]
pub struct AccountList {
    /// Of all profiles, or of those that are named, each row with its profile.
    #[arg(long)]
    pub all_profiles: bool,
    #[command(flatten)]
    pub list: ListArgs,
}

/// What is only written.
#[derive(Debug, Clone, Args)]
pub struct Output {
    /// How to write the result.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
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

#[derive(Debug, Clone, Default, Args)]
#[command(after_help = exit::HELP)]
pub struct Keys {
    /// The keys of a preset, without your own: default, vim or k9s.
    #[arg(long, value_name = "NAME")]
    pub preset: Option<String>,
    /// How to write them.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

#[derive(Debug, Clone, Default, Args)]
pub struct Doctor {
    /// JSON for programs; fields are only ever added.
    #[arg(long)]
    pub json: bool,
}
