//! Every setting with where it comes from, before anything is made of it: what `mspdash config show` tells, also of
//! a configuration that cannot be run.

use super::file::{self, File, KeyLine};
use super::origin::{Origin, Sourced};
use super::paths::expand;
use super::profiles::{self, Around, Listed};
use super::{CLIENT_ID, CLIENT_SECRET, DATA_DIR, Flags, LOG, Notice, PROFILE, Paths, ROLE, SAMPLE_SIZE, SERVER};
use crate::domain::lang::Lang;
use crate::domain::secret::given;
use secrecy::SecretString;
use std::path::{Path, PathBuf};

/// Every setting with where it comes from. `Debug` does not show the secret.
#[derive(Debug, Clone)]
pub struct Settled {
    /// The server of a start without profiles, as it was written.
    pub server: Sourced<Option<String>>,
    /// The name of its credential.
    pub client_id: Sourced<Option<String>>,
    /// Its secret, from the environment.
    pub client_secret: Sourced<Option<SecretString>>,
    /// The credentials file.
    pub credentials: Sourced<Option<PathBuf>>,
    /// Which profiles were chosen; none: all.
    pub chosen: Sourced<Vec<String>>,
    /// Which technician of a credentials file or the sample workspace to be.
    pub role: Sourced<String>,
    /// Let nothing through that could change anything.
    pub read_only: Sourced<bool>,
    /// The language of the screen.
    pub lang: Sourced<Lang>,
    /// Where things are kept.
    pub data_dir: Sourced<Option<PathBuf>>,
    /// How much is logged.
    pub log_level: Sourced<String>,
    /// Never open a browser.
    pub no_browser: Sourced<bool>,
    /// Keep no companies for the next start, and show none of the last.
    pub no_cache: Sourced<bool>,
    /// Certificates to trust besides those of the system, whatever the profiles say.
    pub ca_file: Sourced<Option<PathBuf>>,
    /// The companies of a new sample workspace.
    pub sample_size: Sourced<u32>,
    /// Where files belong.
    pub paths: Paths,
    /// Keys of the user's own choice, in the order of the file.
    pub keys: Vec<KeyLine>,
    /// The profiles that can be used, in the order of the file.
    pub profiles: Vec<Listed>,
    /// What could not be taken as it was written.
    pub notices: Vec<Notice>,
}

impl Settled {
    /// The settings of this process.
    #[must_use]
    pub fn read(flags: &Flags) -> Self {
        let env = |name: &str| std::env::var(name).ok();
        let settled = Self::resolve(flags, &env, Paths::of_user(), sys_locale::get_locale().as_deref());
        Self { notices: [settled.notices.clone(), unreadable_variables()].concat(), ..settled }
    }

    /// Like [`Settled::read`] with environment, directories and locale from outside. An empty variable is unset.
    pub fn resolve(flags: &Flags, env: &dyn Fn(&str) -> Option<String>, paths: Paths, locale: Option<&str>) -> Self {
        let env = |name: &str| env(name).map(|value| given(&value).to_owned()).filter(|value| !value.trim().is_empty());
        let mut notices = Vec::new();
        let file = paths.config_file.as_deref().map(|path| file::read(path, &mut notices)).unwrap_or_default();
        let said = Said { flags, env: &env, file: &file };
        let data_dir = said.data_dir(&paths);
        let moved = Some(&data_dir).filter(|dir| dir.origin != Origin::Default).and_then(|dir| dir.value.clone());
        let paths = paths.with_data_dir(moved);
        let secrets_dir = paths.secrets_dir();
        let config_file = paths.config_file.as_deref().unwrap_or(Path::new(""));
        let around = Around { config_file, secrets_dir: secrets_dir.as_deref(), env: &env };
        let profiles = profiles::read(&file.profiles, &around, &mut notices);
        let ca_file = optional(said.at_home([(flags.ca_file.clone(), Origin::Flag("--ca-file"))]));
        let mut settled = Self {
            server: said.server(),
            client_id: said.client_id(),
            client_secret: said.client_secret(),
            credentials: said.credentials(),
            chosen: chosen(flags, &env),
            role: Sourced::first([(flags.role.clone(), Origin::Flag("--as"))], ROLE.to_owned()),
            read_only: said.switch(flags.read_only, "--read-only", "read_only", file.settings.read_only),
            lang: said.lang(locale),
            data_dir,
            log_level: said.log_level(),
            no_browser: said.switch(flags.no_browser, "--no-browser", "no_browser", file.settings.no_browser),
            no_cache: said.switch(flags.no_cache, "--no-cache", "no_cache", file.settings.no_cache),
            ca_file: ca_file.clone(),
            sample_size: Sourced::first([(flags.sample_size, Origin::Flag("--sample-size"))], SAMPLE_SIZE),
            keys: file.keys.clone(),
            profiles: profiles.into_iter().map(|listed| listed.trusting(ca_file.value.as_deref())).collect(),
            notices,
            paths,
        };
        settled.notices.extend(super::source::passed_over(&settled));
        settled.notices.extend(said.odd(settled.paths.config_file.as_deref()));
        settled
    }
}

/// Variables of ours that hold no text, and so say nothing.
pub fn unreadable_variables() -> Vec<Notice> {
    let odd = |name: &&str| std::env::var_os(name).is_some_and(|value| value.to_str().is_none());
    let reason = || "is not in UTF-8, and is passed over".to_owned();
    let ours = [SERVER, CLIENT_ID, CLIENT_SECRET, DATA_DIR, PROFILE, LOG].into_iter().filter(odd);
    ours.map(|name| Notice::Variable { name: name.to_owned(), reason: reason() }).collect()
}

/// The names of the profiles that were chosen, and by what.
pub fn chosen(flags: &Flags, env: &dyn Fn(&str) -> Option<String>) -> Sourced<Vec<String>> {
    let flag = Some(flags.profiles.clone()).filter(|names| !names.is_empty());
    let variable = env(PROFILE).map(|names| {
        names.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect::<Vec<_>>()
    });
    let variable = variable.filter(|names| !names.is_empty());
    let layers = [(flag, Origin::Flag("--profile")), (variable, Origin::Environment(PROFILE.to_owned()))];
    Sourced::first(layers, Vec::new())
}

const LEVELS: [&str; 6] = ["off", "error", "warn", "info", "debug", "trace"];

/// The layers.
struct Said<'a> {
    flags: &'a Flags,
    env: &'a dyn Fn(&str) -> Option<String>,
    file: &'a File,
}

impl Said<'_> {
    fn line(&self, key: &str) -> Origin {
        Origin::File(self.file.lines.get(key).copied())
    }

    fn variable(&self, name: &str) -> (Option<String>, Origin) {
        ((self.env)(name), Origin::Environment(name.to_owned()))
    }

    fn server(&self) -> Sourced<Option<String>> {
        let layers = [
            (self.flags.server.clone(), Origin::Flag("--server")),
            self.variable(SERVER),
            (self.file.settings.server.clone(), self.line("server")),
        ];
        optional(layers)
    }

    fn client_id(&self) -> Sourced<Option<String>> {
        let layers = [
            (self.flags.client_id.clone(), Origin::Flag("--client-id")),
            self.variable(CLIENT_ID),
            (self.file.settings.client_id.clone(), self.line("client_id")),
        ];
        optional(layers.map(|(id, origin)| (id.map(|id| given(&id).trim().to_owned()), origin)))
    }

    fn client_secret(&self) -> Sourced<Option<SecretString>> {
        let (secret, origin) = self.variable(CLIENT_SECRET);
        optional([(secret.map(SecretString::from), origin)])
    }

    fn credentials(&self) -> Sourced<Option<PathBuf>> {
        let layers = [
            (self.flags.credentials.clone(), Origin::Flag("--credentials")),
            (self.file.settings.credentials.clone(), self.line("credentials")),
        ];
        optional(self.at_home(layers))
    }

    fn data_dir(&self, paths: &Paths) -> Sourced<Option<PathBuf>> {
        let (variable, origin) = self.variable(DATA_DIR);
        let layers = [
            (self.flags.data_dir.clone(), Origin::Flag("--data-dir")),
            (variable.map(PathBuf::from), origin),
            (self.file.settings.data_dir.clone(), self.line("data_dir")),
        ];
        let said = optional(self.at_home(layers));
        if said.value.is_some() { said } else { Sourced::new(paths.data_dir.clone(), Origin::Default) }
    }

    /// A shell leaves `~` alone in `--data-dir=~/msp`, and nobody else looks at it.
    fn at_home<const N: usize>(&self, layers: [(Option<PathBuf>, Origin); N]) -> [(Option<PathBuf>, Origin); N] {
        layers.map(|(path, origin)| (path.map(|path| expand(&path, (self.env)("HOME").as_deref())), origin))
    }

    fn lang(&self, locale: Option<&str>) -> Sourced<Lang> {
        let layers = [
            (self.flags.lang, Origin::Flag("--lang")),
            (self.file.settings.lang.as_deref().and_then(|tag| tag.parse().ok()), self.line("lang")),
            (locale.and_then(|tag| tag.parse().ok()), Origin::Locale),
        ];
        Sourced::first(layers, Lang::default())
    }

    fn log_level(&self) -> Sourced<String> {
        let layers = [
            (self.flags.log_level.clone(), Origin::Flag("--log-level")),
            self.variable(LOG),
            (self.file.settings.log_level.clone(), self.line("log_level")),
        ];
        let known = |level: &String| LEVELS.contains(&level.as_str());
        Sourced::first(layers.map(|(level, origin)| (level.filter(known), origin)), "info".to_owned())
    }

    /// Words that mean nothing where they stand; what they would set stays as it is.
    fn odd(&self, path: Option<&Path>) -> Vec<Notice> {
        let settings = &self.file.settings;
        let known = |level: &str| LEVELS.contains(&level);
        let lang = settings.lang.as_deref().filter(|tag| tag.parse::<Lang>().is_err());
        let lang = lang.map(|_| ("lang", "`lang` has to be en or de".to_owned()));
        let levels = LEVELS.join(", ");
        let level = settings.log_level.as_deref().filter(|level| !known(level));
        let level = level.map(|_| ("log_level", format!("`log_level` has to be one of {levels}")));
        let line = |(key, reason): (&str, String)| {
            let line = self.file.lines.get(key).copied().unwrap_or_default();
            Some(Notice::Line { path: path?.to_owned(), line, reason })
        };
        let variable = (self.env)(LOG).filter(|level| !known(level));
        let variable =
            variable.map(|_| Notice::Variable { name: LOG.to_owned(), reason: format!("has to be one of {levels}") });
        [lang, level].into_iter().flatten().filter_map(line).chain(variable).collect()
    }

    /// Either layer switches it on; a flag that is not given switches nothing off.
    fn switch(&self, flag: bool, name: &'static str, key: &str, written: Option<bool>) -> Sourced<bool> {
        Sourced::first([(flag.then_some(true), Origin::Flag(name)), (written, self.line(key))], false)
    }
}

fn optional<T>(layers: impl IntoIterator<Item = (Option<T>, Origin)>) -> Sourced<Option<T>> {
    Sourced::first(layers.into_iter().map(|(value, origin)| (value.map(Some), origin)), None)
}
