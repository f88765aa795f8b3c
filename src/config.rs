//! What to run and how, from four layers: default < configuration file < environment < command line. The secret never
//! comes from the command line, where every process of the machine can read it.
//!
//! Directories and environment are passed in, so that every rule can be tested; only the files that the user named
//! are read here.

mod appearance;
mod credentials;
pub mod edit;
mod file;
mod keymap;
mod origin;
mod paths;
mod problem;
mod profile;
mod profiles;
mod resolve;
mod secret;
mod select_profile;
mod source;
pub mod store;
mod themes;
pub mod ui_state;

pub use credentials::{Credential, Credentials};
pub use file::KeyLine;
pub use keymap::{KeyFile, PresetLine};
pub use origin::{Origin, Sourced};
pub use paths::{Paths, Workspace, expand_home};
pub use problem::{Missing, Notice, Problem};
pub use profile::{LONGEST_NAME, OWN, Profile, SAMPLE, check_name, keyring_account, secret_variable};
pub use profiles::ProfileEntry;
pub use resolve::Resolved;
pub use secret::{
    Place, Presence, Secret, checked as checked_secret, keyring_available, keyring_notice, remember_keyring_notice,
    secret_variables,
};
pub use select_profile::{first_left_out, select_one, select_profiles, unknown_profile};

use crate::domain::lang::Lang;
use crate::domain::list_column::ListColumn;
use crate::domain::notify::Notify;
use crate::domain::theme::Appearance;
use clap::Args;
use clap::builder::{PathBufValueParser, PossibleValuesParser, TypedValueParser};
use std::path::PathBuf;
use url::Url;

/// The number of companies in a new sample workspace.
pub const SAMPLE_SIZE: u32 = 48;
/// The dashboard's role in a sample workspace.
pub const ROLE: &str = "MSP_TECHNICIAN";

const SERVER: &str = "MSPDASH_SERVER";
const CLIENT_ID: &str = "MSPDASH_CLIENT_ID";
/// Child processes must not inherit it.
pub const CLIENT_SECRET: &str = "MSPDASH_CLIENT_SECRET";
const DATA_DIR: &str = "MSPDASH_DATA_DIR";
const PROFILE: &str = "MSPDASH_PROFILE";
const LOG: &str = "MSPDASH_LOG";
const LOG_LEVELS: [&str; 6] = ["off", "error", "warn", "info", "debug", "trace"];

/// The locale of numbers, which may differ from the language; empty where there is none.
pub fn number_locale() -> String {
    let set = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    let found = ["LC_ALL", "LC_NUMERIC", "LANG"].into_iter().find_map(set);
    found.or_else(sys_locale::get_locale).unwrap_or_default()
}

/// What holds for the dashboard and for the one-shot commands alike, as the command line says it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Args)]
#[command(next_help_heading = "Server and workspace")]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub struct Flags {
    /// The server's address: https, or http on this machine.
    #[arg(long, value_name = "URL", global = true)]
    pub server: Option<String>,
    /// The name of the technician's credential; its secret comes from `MSPDASH_CLIENT_SECRET`.
    #[arg(long, value_name = "ID", global = true)]
    pub client_id: Option<String>,
    /// The file that `mspdash serve --credentials FILE` writes; for you alone (mode 0600).
    #[arg(long, value_name = "FILE", value_parser = path_parser(), global = true)]
    pub credentials: Option<PathBuf>,
    /// A configured account, by its name; more than once for several on one screen [default: all].
    #[arg(long = "profile", value_name = "NAME", global = true)]
    pub profiles: Vec<String>,
    /// Certificates to trust besides those of the system, in PEM: for a company's own authority or proxy.
    #[arg(long, value_name = "FILE", value_parser = path_parser(), global = true)]
    pub ca_file: Option<PathBuf>,
    /// Which technician of the credentials file or the sample workspace to be, e.g. owner or view-only.
    #[arg(long = "as", value_name = "ROLE", global = true)]
    pub role: Option<String>,
    /// Let nothing through that could change anything.
    #[arg(long, global = true)]
    pub read_only: bool,
    /// The language of the screen [default: as the locale says], and of tables [default: en].
    #[arg(long, value_name = "en|de", global = true)]
    pub lang: Option<Lang>,
    /// The colours: terminal, dark, light, contrast, deuteranopia, mono, or a theme of your own.
    #[arg(long, value_name = "NAME")]
    pub theme: Option<String>,
    /// Draw with ASCII signs only [default: where the terminal needs it].
    #[arg(long)]
    pub ascii: bool,
    /// Open the sample workspace, whatever companies of your own there are.
    #[arg(long, global = true, conflicts_with = "profiles")]
    pub sample: bool,
    /// Throw the sample workspace away and make a new one.
    #[arg(long, global = true)]
    pub fresh: bool,
    /// How many companies a new sample workspace has [default: 48].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000), global = true)]
    pub sample_size: Option<u32>,
    /// Where sample workspace, secrets in files, cache and log are kept.
    #[arg(long, value_name = "DIR", value_parser = path_parser(), global = true)]
    pub data_dir: Option<PathBuf>,
    /// How much is logged [default: info].
    #[arg(long, value_parser = PossibleValuesParser::new(LOG_LEVELS), global = true)]
    pub log_level: Option<String>,
    /// Never open a browser: show the launch address instead.
    #[arg(long)]
    pub no_browser: bool,
    /// Click and scroll with the mouse; most terminals still select text with Shift held.
    #[arg(long)]
    pub mouse: bool,
    /// Keep no companies for the next start, and show none of the last.
    #[arg(long)]
    pub no_cache: bool,
}

/// A path: no shell replaces the `~` of `--data-dir=~/msp`.
pub fn path_parser() -> impl TypedValueParser<Value = PathBuf> {
    PathBufValueParser::new().map(|path| expand_home(&path))
}

/// What to run and how.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "independent settings, no state that they could hide")]
pub struct Config {
    pub source: Source,
    pub read_only: bool,
    pub lang: Lang,
    pub appearance: Appearance,
    pub paths: Paths,
    /// `off`, `error`, `warn`, `info`, `debug` or `trace`.
    pub log_level: String,
    pub no_browser: bool,
    /// The mouse clicks and scrolls.
    pub mouse: bool,
    /// How the terminal is told what has become a technician's to do.
    pub notify: Notify,
    /// Neither write the roster cache nor read it.
    pub no_cache: bool,
    /// The columns of the list, in their order.
    pub columns: Vec<ListColumn>,
    /// Seconds that a launch waits before it is sent, so that it can be stopped.
    pub launch_delay: u8,
    /// Key bindings; those of a later file count more.
    pub keys: Vec<KeyFile>,
    /// What was ignored or replaced by a safe default.
    pub notices: Vec<Notice>,
}

#[derive(Debug, Clone)]
pub enum Source {
    /// The embedded server with the sample workspace.
    Embedded {
        /// Discard the existing workspace.
        fresh: bool,
        sample_size: u32,
        /// A technician of the sample, e.g. `MSP_TECHNICIAN`.
        role: String,
    },
    /// The embedded server with the workspace of the user's own companies.
    Own { workspace: PathBuf },
    /// Accounts on other servers, in the order of the configuration; never empty.
    Profiles(Vec<Profile>),
}

impl Config {
    /// Reads the configuration of this process.
    pub fn read(flags: &Flags) -> Result<Self, Problem> {
        let env = |name: &str| std::env::var(name).ok();
        let mut config = Self::resolve(flags, &env, Paths::for_user(), sys_locale::get_locale().as_deref())?;
        config.notices.extend(resolve::unreadable_variables());
        Ok(config)
    }

    /// Like [`Config::read`] with environment, directories and locale passed in. An empty variable is unset.
    pub fn resolve(
        flags: &Flags,
        env: &dyn Fn(&str) -> Option<String>,
        paths: Paths,
        locale: Option<&str>,
    ) -> Result<Self, Problem> {
        let resolved = Resolved::resolve(flags, env, paths, locale);
        Ok(Self {
            source: source::of(&resolved, flags)?,
            appearance: resolved.appearance(env),
            read_only: resolved.read_only.value,
            lang: resolved.lang.value,
            paths: resolved.paths,
            log_level: resolved.log_level.value,
            no_browser: resolved.no_browser.value,
            mouse: resolved.mouse.value,
            notify: resolved.notify.value,
            no_cache: resolved.no_cache.value,
            columns: resolved.columns.value,
            launch_delay: resolved.launch_delay.value,
            keys: resolved.keys,
            notices: resolved.notices,
        })
    }
}

impl Config {
    /// The user-named variables that hold secrets of profiles.
    pub fn secret_names(&self) -> Vec<String> {
        let Source::Profiles(profiles) = &self.source else { return Vec::new() };
        let places = profiles.iter().flat_map(|profile| profile.secret.places());
        let name = |place: &Place| if let Place::Environment { name, .. } = place { Some(name.clone()) } else { None };
        places.filter_map(name).collect()
    }

    /// The one account of a one-shot command, `names` being the result of [`chosen`]; `None` is the embedded server.
    /// Its workspace never stands in for profiles that were left out: a script would work on the wrong data.
    pub fn one(&self, names: &Sourced<Vec<String>>) -> Result<Option<&Profile>, Problem> {
        match &self.source {
            Source::Profiles(profiles) => select_profile::select_one(profiles, names, &self.notices).map(Some),
            Source::Embedded { .. } | Source::Own { .. } if names.value.is_empty() => {
                match select_profile::first_left_out(&self.notices) {
                    Some(notice) => Err(Problem::DamagedProfile { notice: Box::new(notice.clone()) }),
                    None => Ok(None),
                }
            }
            Source::Embedded { .. } | Source::Own { .. } => Ok(None),
        }
    }
}

/// The directories for these flags, even if the rest of the configuration is unusable.
pub fn paths(flags: &Flags) -> Paths {
    Resolved::read(flags).paths
}

/// The names of the chosen profiles; empty where none was chosen.
pub fn chosen(flags: &Flags) -> Sourced<Vec<String>> {
    resolve::chosen(flags, &|name| std::env::var(name).ok())
}

fn address(text: &str) -> Option<Url> {
    Url::parse(text.trim()).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

#[cfg(test)]
mod tests;
