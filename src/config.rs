//! What to run and how, from four layers: built in < configuration file < environment < command line. The
//! secret never comes from the command line, where every process of the machine can read it.
//!
//! Reading is pure up to the files that the user named: where directories are and what the environment says
//! comes in from outside, so that every rule can be tested.

mod credentials;
mod file;
mod paths;
mod problem;
mod profile;

pub use credentials::{Credential, Credentials};
pub use paths::{Paths, Workspace};
pub use problem::{Missing, Notice, Problem};
pub use profile::{Profile, Secret};

use crate::domain::id::{AccountId, ProfileId};
use crate::domain::lang::Lang;
use file::Settings;
use std::collections::BTreeMap;
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

/// What the command line says; `None` where it says nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Flags {
    /// `--server`.
    pub server: Option<String>,
    /// `--client-id`.
    pub client_id: Option<String>,
    /// `--credentials`.
    pub credentials: Option<PathBuf>,
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
    /// Keys of the user's own choice: command id and keys.
    pub keys: BTreeMap<String, Vec<String>>,
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
        Self::resolve(flags, &env, Paths::of_user(), sys_locale::get_locale().as_deref())
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
        let env = |name: &str| env(name).filter(|value| !value.trim().is_empty());
        let mut notices = Vec::new();
        let settings = settings(&paths, &mut notices);
        let paths = settle(flags, &env, paths, &settings);
        let lang = flags.lang.or_else(|| settings.lang.as_deref().and_then(|tag| tag.parse().ok()));
        let lang = lang.or_else(|| locale.and_then(|tag| tag.parse().ok())).unwrap_or_default();
        let log_level = flags.log_level.clone().or_else(|| settings.log_level.clone());
        Ok(Self {
            source: source(flags, &env, &settings)?.trusting(flags.ca_file.as_deref()),
            read_only: flags.read_only || settings.read_only.unwrap_or(false),
            lang,
            paths,
            log_level: log_level.unwrap_or_else(|| "info".to_owned()),
            no_browser: flags.no_browser || settings.no_browser.unwrap_or(false),
            keys: settings.keys,
            notices,
        })
    }
}

/// Where files belong for these flags, whatever else is wrong with the configuration.
#[must_use]
pub fn paths(flags: &Flags) -> Paths {
    let env = |name: &str| std::env::var(name).ok().filter(|value| !value.trim().is_empty());
    let paths = Paths::of_user();
    let settings = settings(&paths, &mut Vec::new());
    settle(flags, &env, paths, &settings)
}

fn settings(paths: &Paths, notices: &mut Vec<Notice>) -> Settings {
    paths.config_file.as_deref().map_or_else(Settings::default, |path| {
        file::read(path).unwrap_or_else(|notice| {
            notices.push(notice);
            Settings::of_damaged_file()
        })
    })
}

fn settle(flags: &Flags, env: &dyn Fn(&str) -> Option<String>, paths: Paths, settings: &Settings) -> Paths {
    let dir = flags.data_dir.clone().or_else(|| env(DATA_DIR).map(PathBuf::from));
    paths.with_data_dir(dir.or_else(|| settings.data_dir.clone()))
}

/// A credentials file that the command line names stands above the environment as a whole: one technician's
/// secret must never be sent to the server of another layer because of a forgotten variable.
fn source(flags: &Flags, env: &dyn Fn(&str) -> Option<String>, settings: &Settings) -> Result<Source, Problem> {
    if let Some(path) = &flags.credentials {
        return from_file(flags, path).map(|profile| Source::Profiles(vec![profile]));
    }
    let of_env = [SERVER, CLIENT_ID, CLIENT_SECRET].iter().any(|name| env(name).is_some());
    if of_env || flags.server.is_some() || flags.client_id.is_some() {
        return from_parts(flags, env, settings).map(|profile| Source::Profiles(vec![profile]));
    }
    if let Some(path) = &settings.credentials {
        return from_file(flags, path).map(|profile| Source::Profiles(vec![profile]));
    }
    if settings.server.is_some() || settings.client_id.is_some() {
        return from_parts(flags, env, settings).map(|profile| Source::Profiles(vec![profile]));
    }
    Ok(Source::Embedded {
        fresh: flags.fresh,
        sample_size: flags.sample_size.unwrap_or(SAMPLE_SIZE),
        role: flags.role.as_deref().map_or_else(|| ROLE.to_owned(), credentials::role_word),
    })
}

fn from_file(flags: &Flags, path: &Path) -> Result<Profile, Problem> {
    refuse_sample_flags(flags)?;
    let file = Credentials::read(path)?;
    let chosen = match &flags.client_id {
        Some(client_id) => file.by_client_id(client_id),
        None => file.by_role(flags.role.as_deref().unwrap_or(ROLE)),
    };
    let chosen = chosen.ok_or_else(|| Problem::NoSuchCredential {
        path: path.to_owned(),
        wanted: flags.client_id.clone().or_else(|| flags.role.clone()).unwrap_or_else(|| ROLE.to_owned()),
        roles: file.credentials.iter().map(|credential| credential.role.clone()).collect(),
    })?;
    let base_url = match &flags.server {
        Some(server) => address(server, "--server")?,
        None => address(&file.base_url, &path.display().to_string())?,
    };
    let account = file.account_id.as_deref().map(AccountId::new);
    let secret = Secret::Known(chosen.client_secret.clone());
    Ok(unnamed(base_url, account, chosen.client_id.clone(), secret))
}

fn from_parts(flags: &Flags, env: &dyn Fn(&str) -> Option<String>, settings: &Settings) -> Result<Profile, Problem> {
    refuse_sample_flags(flags)?;
    let server = flags.server.clone().map(|value| (value, "--server"));
    let server = server.or_else(|| env(SERVER).map(|value| (value, SERVER)));
    let server = server.or_else(|| settings.server.clone().map(|value| (value, "config.toml")));
    let client_id = flags.client_id.clone().or_else(|| env(CLIENT_ID)).or_else(|| settings.client_id.clone());
    let secret = env(CLIENT_SECRET);
    let (Some((server, origin)), Some(client_id), Some(secret)) = (&server, &client_id, &secret) else {
        let mut missing = Vec::new();
        missing.extend(server.is_none().then_some(Missing::Server));
        missing.extend(client_id.is_none().then_some(Missing::ClientId));
        missing.extend(secret.is_none().then_some(Missing::ClientSecret));
        return Err(Problem::Incomplete { missing });
    };
    let secret = Secret::Known(secret.as_str().into());
    Ok(unnamed(address(server, origin)?, None, client_id.clone(), secret))
}

/// The one account of a start without profiles.
fn unnamed(base_url: Url, account: Option<AccountId>, client_id: String, secret: Secret) -> Profile {
    let id = ProfileId::new("default");
    let (label, tint, ca_file) = (None, None, None);
    Profile { id, label, tint, base_url, account, client_id, secret, read_only: false, default: true, ca_file }
}

/// `--fresh` against a real server would look as if it did something.
fn refuse_sample_flags(flags: &Flags) -> Result<(), Problem> {
    if flags.fresh {
        return Err(Problem::OnlyForSample { flag: "--fresh" });
    }
    if flags.sample_size.is_some() {
        return Err(Problem::OnlyForSample { flag: "--sample-size" });
    }
    Ok(())
}

fn address(text: &str, origin: &str) -> Result<Url, Problem> {
    // Not quoted: a mistyped address may hold a password.
    Url::parse(text.trim())
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
        .ok_or_else(|| Problem::BadServer { origin: origin.to_owned() })
}

#[cfg(test)]
mod tests;
