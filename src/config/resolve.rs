//! Every setting with its origin, before anything is built from it. `mspdash config show` prints this, also for a
//! configuration that cannot be run.

use super::LOG_LEVELS;
use super::appearance::unknown_theme;
use super::file::{self, RawFile};
use super::keymap::{self, KeyFile};
use super::origin::{Origin, Sourced};
use super::paths::expand;
use super::profiles::{self, Environment, ProfileEntry};
use super::themes;
use super::{
    CLIENT_ID, CLIENT_SECRET, DATA_DIR, Flags, LOG, Notice, PROFILE, Paths, ROLE, SAMPLE, SAMPLE_SIZE, SERVER,
};
use crate::domain::lang::Lang;
use crate::domain::list_column::ListColumn;
use crate::domain::notify::Notify;
use crate::domain::secret::given;
use crate::domain::theme::{Appearance, BuiltIn, OwnTheme, needs_ascii};
use secrecy::SecretString;
use std::path::{Path, PathBuf};

/// Seconds that a launch waits before it is sent.
const LAUNCH_DELAY: u8 = 1;

/// Every setting with its origin. `Debug` does not show the secret.
#[derive(Debug, Clone)]
pub struct Resolved {
    /// The server of a start without profiles, as written; so are `client_id`, `client_secret` and `credentials`.
    pub server: Sourced<Option<String>>,
    pub client_id: Sourced<Option<String>>,
    /// Only ever from the environment.
    pub client_secret: Sourced<Option<SecretString>>,
    pub credentials: Sourced<Option<PathBuf>>,
    /// The profiles to use; empty means all.
    pub chosen: Sourced<Vec<String>>,
    /// The technician of a credentials file or the sample workspace.
    pub role: Sourced<String>,
    pub read_only: Sourced<bool>,
    pub lang: Sourced<Lang>,
    pub theme: Sourced<String>,
    /// The user's own themes.
    pub own_themes: Vec<OwnTheme>,
    pub ascii: Sourced<bool>,
    pub data_dir: Sourced<Option<PathBuf>>,
    pub log_level: Sourced<String>,
    pub no_browser: Sourced<bool>,
    pub mouse: Sourced<bool>,
    pub notify: Sourced<Notify>,
    pub no_cache: Sourced<bool>,
    /// The columns of the list.
    pub columns: Sourced<Vec<ListColumn>>,
    pub launch_delay: Sourced<u8>,
    /// Overrides the `ca_file` of every profile.
    pub ca_file: Sourced<Option<PathBuf>>,
    pub sample_size: Sourced<u32>,
    pub paths: Paths,
    /// Key bindings; those of a later file count more.
    pub keys: Vec<KeyFile>,
    /// The usable profiles, in the order of the file.
    pub profiles: Vec<ProfileEntry>,
    /// What was ignored or replaced by a safe default.
    pub notices: Vec<Notice>,
}

impl Resolved {
    /// The settings of this process.
    pub fn read(flags: &Flags) -> Self {
        let env = |name: &str| std::env::var(name).ok();
        let mut resolved = Self::resolve(flags, &env, Paths::for_user(), sys_locale::get_locale().as_deref());
        resolved.notices.extend(unreadable_variables());
        resolved
    }

    /// Like [`Resolved::read`] with environment, directories and locale passed in. An empty variable is unset.
    pub fn resolve(flags: &Flags, env: &dyn Fn(&str) -> Option<String>, paths: Paths, locale: Option<&str>) -> Self {
        let env = |name: &str| env(name).map(|value| given(&value).to_owned()).filter(|value| !value.trim().is_empty());
        let mut notices = Vec::new();
        let file = paths.config_file.as_deref().map(|path| file::read(path, &mut notices)).unwrap_or_default();
        let keys = key_files(&paths, &file, &mut notices);
        let layers = Layers { env: &env, file: &file };
        let settings = &file.settings;

        let data_dir = layers.path(("--data-dir", &flags.data_dir), Some(DATA_DIR), ("data_dir", &settings.data_dir));
        let paths = paths.with_data_dir(data_dir.value.clone());
        let data_dir = if data_dir.value.is_some() { data_dir } else { Sourced::default(paths.data_dir.clone()) };
        let ca_file = layers.path(("--ca-file", &flags.ca_file), None, ("", &None));
        let profiles = layers.profiles(&paths, ca_file.value.as_deref(), &mut notices);
        let client_id =
            layers.first(("--client-id", &flags.client_id), Some(CLIENT_ID), ("client_id", &settings.client_id));
        let own_themes = paths.themes_dir().map(|dir| themes::read(&dir, &mut notices)).unwrap_or_default();
        let mut resolved = Self {
            server: layers.first(("--server", &flags.server), Some(SERVER), ("server", &settings.server)),
            client_id: client_id.map(|id: String| given(&id).trim().to_owned()),
            client_secret: layers.first(("", &None), Some(CLIENT_SECRET), ("", &None)),
            credentials: layers.path(
                ("--credentials", &flags.credentials),
                None,
                ("credentials", &settings.credentials),
            ),
            chosen: chosen(flags, &env),
            role: Sourced::first([(flags.role.clone(), Origin::Flag("--as"))], ROLE.to_owned()),
            read_only: layers.switch(flags.read_only, "--read-only", "read_only", settings.read_only),
            lang: layers.lang(flags, locale),
            theme: layers.theme(flags),
            own_themes,
            ascii: layers.ascii(flags),
            data_dir,
            log_level: layers.log_level(flags),
            notify: Sourced::first([(file.notify, layers.line("notify"))], Notify::default()),
            mouse: layers.switch(flags.mouse, "--mouse", "mouse", settings.mouse),
            no_browser: layers.switch(flags.no_browser, "--no-browser", "no_browser", settings.no_browser),
            columns: Sourced::first(
                [(Some(file.columns.clone()).filter(|columns| !columns.is_empty()), layers.line("list"))],
                ListColumn::DEFAULT.into(),
            ),
            launch_delay: Sourced::first(
                [(settings.launch_delay, Origin::File(file.lines.get("launch_delay").copied()))],
                LAUNCH_DELAY,
            ),
            no_cache: layers.switch(flags.no_cache, "--no-cache", "no_cache", settings.no_cache),
            ca_file,
            sample_size: Sourced::first([(flags.sample_size, Origin::Flag("--sample-size"))], SAMPLE_SIZE),
            keys,
            profiles,
            notices,
            paths,
        };
        resolved.notices.extend(super::source::unused_server_keys(&resolved));
        resolved.notices.extend(layers.ignored_values(resolved.paths.config_file.as_deref()));
        let known = Appearance { own: resolved.own_themes.clone(), ..Appearance::default() };
        let config_file = resolved.paths.config_file.as_deref();
        resolved.notices.extend(unknown_theme(&resolved.theme, &known.names(), config_file));
        resolved
    }
}

/// `[keys]` of the configuration file, and the keymap over it.
fn key_files(paths: &Paths, file: &RawFile, notices: &mut Vec<Notice>) -> Vec<KeyFile> {
    let config = paths.config_file.clone().map(|path| KeyFile { path, preset: None, lines: file.keys.clone() });
    let keymap = paths.keymap_file().map(|path| keymap::read(&path, notices));
    config.into_iter().chain(keymap).collect()
}

/// Variables of ours that are not UTF-8, and are ignored.
pub fn unreadable_variables() -> Vec<Notice> {
    let unreadable = |name: &&str| std::env::var_os(name).is_some_and(|value| value.to_str().is_none());
    let reason = "is not in UTF-8, and is passed over";
    let ours = [SERVER, CLIENT_ID, CLIENT_SECRET, DATA_DIR, PROFILE, LOG].into_iter().filter(unreadable);
    ours.map(|name| Notice::Variable { name: name.to_owned(), reason: reason.to_owned() }).collect()
}

/// The names of the chosen profiles; empty where none was chosen.
pub fn chosen(flags: &Flags, env: &dyn Fn(&str) -> Option<String>) -> Sourced<Vec<String>> {
    let names = env(PROFILE).unwrap_or_default();
    let names: Vec<_> = names.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect();
    let sample = if flags.sample { vec![SAMPLE.to_owned()] } else { Vec::new() };
    let layers = [
        (sample, Origin::Flag("--sample")),
        (flags.profiles.clone(), Origin::Flag("--profile")),
        (names, Origin::Environment(PROFILE.to_owned())),
    ];
    Sourced::first(layers.map(|(names, origin)| (Some(names).filter(|names| !names.is_empty()), origin)), Vec::new())
}

fn is_level(level: &str) -> bool {
    LOG_LEVELS.contains(&level)
}

/// The layers below the command line.
struct Layers<'a> {
    env: &'a dyn Fn(&str) -> Option<String>,
    file: &'a RawFile,
}

impl Layers<'_> {
    fn line(&self, key: &str) -> Origin {
        Origin::File(self.file.lines.get(key).copied())
    }

    /// The value of the highest layer that has one: flag, then variable, then file.
    fn first<T: Clone + From<String>>(
        &self,
        (flag, flag_value): (&'static str, &Option<T>),
        variable: Option<&str>,
        (key, file_value): (&str, &Option<T>),
    ) -> Sourced<Option<T>> {
        let variable = variable.map(|name| ((self.env)(name).map(T::from), Origin::Environment(name.to_owned())));
        let layers = [(flag_value.clone(), Origin::Flag(flag))].into_iter().chain(variable);
        let layers = layers.chain([(file_value.clone(), self.line(key))]);
        Sourced::first(layers.map(|(value, origin)| (value.map(Some), origin)), None)
    }

    /// A shell does not expand `~` in `--data-dir=~/msp`, so it is expanded here.
    fn path(
        &self,
        flag: (&'static str, &Option<PathBuf>),
        variable: Option<&str>,
        file: (&str, &Option<PathBuf>),
    ) -> Sourced<Option<PathBuf>> {
        self.first(flag, variable, file).map(|path| expand(&path, (self.env)("HOME").as_deref()))
    }

    fn profiles(&self, paths: &Paths, ca_file: Option<&Path>, notices: &mut Vec<Notice>) -> Vec<ProfileEntry> {
        let secrets_dir = paths.secrets_dir();
        let config_file = paths.config_file.as_deref().unwrap_or(Path::new(""));
        let environment = Environment { config_file, secrets_dir: secrets_dir.as_deref(), env: self.env };
        let profiles = profiles::read(&self.file.profiles, &environment, notices);
        profiles.into_iter().map(|entry| entry.trusting(ca_file)).collect()
    }

    fn lang(&self, flags: &Flags, locale: Option<&str>) -> Sourced<Lang> {
        let layers = [
            (flags.lang, Origin::Flag("--lang")),
            (self.file.settings.lang.as_deref().and_then(|tag| tag.parse().ok()), self.line("lang")),
            (locale.and_then(|tag| tag.parse().ok()), Origin::Locale),
        ];
        Sourced::first(layers, Lang::default())
    }

    fn theme(&self, flags: &Flags) -> Sourced<String> {
        let file = (self.file.settings.theme.clone(), self.line("theme"));
        Sourced::first([(flags.theme.clone(), Origin::Flag("--theme")), file], BuiltIn::Terminal.as_str().to_owned())
    }

    /// What the terminal needs gives way to what its user says.
    fn ascii(&self, flags: &Flags) -> Sourced<bool> {
        let said = self.switch(flags.ascii, "--ascii", "ascii", self.file.settings.ascii);
        if said.origin == Origin::Default { Sourced::default(needs_ascii(self.env)) } else { said }
    }

    fn log_level(&self, flags: &Flags) -> Sourced<String> {
        let layers = [
            (flags.log_level.clone(), Origin::Flag("--log-level")),
            ((self.env)(LOG), Origin::Environment(LOG.to_owned())),
            (self.file.settings.log_level.clone(), self.line("log_level")),
        ];
        let known = layers.map(|(level, origin)| (level.filter(|level| is_level(level)), origin));
        Sourced::first(known, "info".to_owned())
    }

    /// Values that are not known; what they would set keeps its default.
    fn ignored_values(&self, path: Option<&Path>) -> Vec<Notice> {
        let settings = &self.file.settings;
        let levels = LOG_LEVELS.join(", ");
        let lang = settings.lang.as_deref().filter(|tag| tag.parse::<Lang>().is_err());
        let lang = lang.map(|_| ("lang", "`lang` has to be en or de".to_owned()));
        let level = settings.log_level.as_deref().filter(|level| !is_level(level));
        let level = level.map(|_| ("log_level", format!("`log_level` has to be one of {levels}")));
        let notice = |(key, reason): (&str, String)| {
            let line = self.file.lines.get(key).copied().unwrap_or_default();
            Some(Notice::Line { path: path?.to_owned(), line, reason })
        };
        let variable = (self.env)(LOG).filter(|level| !is_level(level));
        let reason = format!("has to be one of {levels}");
        let variable = variable.map(|_| Notice::Variable { name: LOG.to_owned(), reason });
        [lang, level].into_iter().flatten().filter_map(notice).chain(variable).collect()
    }

    /// A flag that is not given does not switch off what the file switches on.
    fn switch(&self, flag: bool, name: &'static str, key: &str, in_file: Option<bool>) -> Sourced<bool> {
        Sourced::first([(flag.then_some(true), Origin::Flag(name)), (in_file, self.line(key))], false)
    }
}
