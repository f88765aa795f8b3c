//! What to run and how, from four layers: built in < configuration file < environment < command line. The
//! secret never comes from the command line, where every process of the machine can read it.
//!
//! Reading is pure up to the files that the user named: where directories are and what the environment says
//! comes in from outside, so that every rule can be tested.

mod choose;
mod credentials;
pub mod edit;
mod file;
mod origin;
mod paths;
mod problem;
mod profile;
mod profiles;
mod secret;
mod settled;
mod source;
pub mod store;

pub use choose::{damaged, named, one, unknown};
pub use credentials::{Credential, Credentials};
pub use file::KeyLine;
pub use origin::{Origin, Sourced};
pub use paths::{Paths, Workspace, expanded};
pub use problem::{Missing, Notice, Problem};
pub use profile::{LONGEST_NAME, Profile, SAMPLE, check_name, keyring_account, secret_variable};
pub use profiles::Listed;
pub use secret::{
    Place, Presence, Secret, checked as checked_secret, keyring_available, keyring_notice, keyring_told, not_inherited,
};
pub use settled::Settled;

use crate::domain::lang::Lang;
use std::path::{Path, PathBuf};
use url::Url;

/// The companies of a new sample workspace, unless it is said otherwise.
pub const SAMPLE_SIZE: u32 = 48;
/// The role that the dashboard takes in a sample workspace, unless it is said otherwise.
pub const ROLE: &str = "MSP_TECHNICIAN";

const SERVER: &str = "MSPDASH_SERVER";
const CLIENT_ID: &str = "MSPDASH_CLIENT_ID";
/// The variable that holds the secret. Programs that are started from here must not inherit it.
pub const CLIENT_SECRET: &str = "MSPDASH_CLIENT_SECRET";
const DATA_DIR: &str = "MSPDASH_DATA_DIR";
const PROFILE: &str = "MSPDASH_PROFILE";
const LOG: &str = "MSPDASH_LOG";

/// The locale of numbers, which may be another than that of the words; empty where there is none.
#[must_use]
pub fn number_locale() -> String {
    let set = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    let found = ["LC_ALL", "LC_NUMERIC", "LANG"].into_iter().find_map(set);
    found.or_else(sys_locale::get_locale).unwrap_or_default()
}

/// What the command line says; `None` where it says nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "independent flags of a command line, no state that they could hide")]
pub struct Flags {
    /// `--server`.
    pub server: Option<String>,
    /// `--client-id`.
    pub client_id: Option<String>,
    /// `--credentials`.
    pub credentials: Option<PathBuf>,
    /// `--profile`, as often as it is given.
    pub profiles: Vec<String>,
    /// `--ca-file`.
    pub ca_file: Option<PathBuf>,
    /// `--as`.
    pub role: Option<String>,
    /// `--read-only`.
    pub read_only: bool,
    /// `--lang`.
    pub lang: Option<Lang>,
    /// `--fresh`.
    pub fresh: bool,
    /// `--sample-size`.
    pub sample_size: Option<u32>,
    /// `--data-dir`.
    pub data_dir: Option<PathBuf>,
    /// `--log-level`.
    pub log_level: Option<String>,
    /// `--no-browser`.
    pub no_browser: bool,
    /// `--no-cache`.
    pub no_cache: bool,
}

/// What to run and how.
#[derive(Debug, Clone)]
pub struct Config {
    /// Which server to work with.
    pub source: Source,
    /// Let nothing through that could change anything.
    pub read_only: bool,
    /// The language of the screen.
    pub lang: Lang,
    /// Where files belong.
    pub paths: Paths,
    /// How much is logged: `off`, `error`, `warn`, `info`, `debug` or `trace`.
    pub log_level: String,
    /// Never open a browser: show the launch address instead.
    pub no_browser: bool,
    /// Keep no companies for the next start, and show none of the last.
    pub no_cache: bool,
    /// Keys of the user's own choice, in the order of the file.
    pub keys: Vec<KeyLine>,
    /// What could not be taken as it was written, for the screen to tell.
    pub notices: Vec<Notice>,
}

/// Which server to work with.
#[derive(Debug, Clone)]
pub enum Source {
    /// The embedded one with the sample workspace.
    Embedded {
        /// Throw the workspace away and make a new one.
        fresh: bool,
        /// How many companies a new workspace has.
        sample_size: u32,
        /// Which of the sample technicians to be, e.g. `MSP_TECHNICIAN`.
        role: String,
    },
    /// Others: MSP accounts of the user's, in the order of the configuration; never none.
    Profiles(Vec<Profile>),
}

impl Source {
    /// With the certificates that the command line names, which stand above those of a profile.
    fn trusting(mut self, ca_file: Option<&Path>) -> Self {
        if let (Self::Profiles(profiles), Some(path)) = (&mut self, ca_file) {
            for profile in profiles {
                profile.ca_file = Some(path.to_owned());
            }
        }
        self
    }
}

impl Config {
    /// Reads the configuration of this process.
    ///
    /// # Errors
    /// A [`Problem`] that says what is missing or wrong and what to do.
    pub fn read(flags: &Flags) -> Result<Self, Problem> {
        let env = |name: &str| std::env::var(name).ok();
        let mut config = Self::resolve(flags, &env, Paths::of_user(), sys_locale::get_locale().as_deref())?;
        config.notices.extend(settled::unreadable_variables());
        Ok(config)
    }

    /// Like [`Config::read`] with environment, directories and locale from outside. An empty variable is unset.
    ///
    /// # Errors
    /// As [`Config::read`].
    pub fn resolve(
        flags: &Flags,
        env: &dyn Fn(&str) -> Option<String>,
        paths: Paths,
        locale: Option<&str>,
    ) -> Result<Self, Problem> {
        let settled = Settled::resolve(flags, env, paths, locale);
        Ok(Self {
            source: source::of(&settled, flags)?.trusting(settled.ca_file.value.as_deref()),
            read_only: settled.read_only.value,
            lang: settled.lang.value,
            paths: settled.paths,
            log_level: settled.log_level.value,
            no_browser: settled.no_browser.value,
            no_cache: settled.no_cache.value,
            keys: settled.keys,
            notices: settled.notices,
        })
    }
}

impl Config {
    /// The variables that hold secrets of the profiles under names of the user's.
    #[must_use]
    pub fn secret_names(&self) -> Vec<String> {
        let Source::Profiles(profiles) = &self.source else { return Vec::new() };
        let places = profiles.iter().flat_map(|profile| profile.secret.places());
        let name = |place: &Place| if let Place::Environment { name, .. } = place { Some(name.clone()) } else { None };
        places.filter_map(name).collect()
    }

    /// The one account that a one-shot command works with, `names` being what [`chosen`] says; `None`: the sample
    /// workspace. That never stands in for profiles that were left out: a script would work on the wrong data.
    ///
    /// # Errors
    /// It is not clear which, or none can be used.
    pub fn one(&self, names: &Sourced<Vec<String>>) -> Result<Option<&Profile>, Problem> {
        match &self.source {
            Source::Profiles(profiles) => choose::one(profiles, names, &self.notices).map(Some),
            Source::Embedded { .. } if names.value.is_empty() => match choose::damaged(&self.notices) {
                Some(notice) => Err(Problem::DamagedProfile { notice: Box::new(notice.clone()) }),
                None => Ok(None),
            },
            Source::Embedded { .. } => Ok(None),
        }
    }
}

/// Where files belong for these flags, whatever else is wrong with the configuration.
#[must_use]
pub fn paths(flags: &Flags) -> Paths {
    Settled::read(flags).paths
}

/// The names of the profiles that were chosen, and by what; none where nothing was.
#[must_use]
pub fn chosen(flags: &Flags) -> Sourced<Vec<String>> {
    settled::chosen(flags, &|name| std::env::var(name).ok())
}

/// The address of a server, if it is one.
fn address(text: &str) -> Option<Url> {
    Url::parse(text.trim()).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_files;
#[cfg(test)]
mod tests_profiles;
