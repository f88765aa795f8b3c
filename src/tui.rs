//! Puts the dashboard together from the configuration: clients, caches and the screen.

mod cached;
mod keys;

pub use keys::{listed as keys, odd as odd_keys};

use crate::app;
use crate::app::features::accounts::Given;
use crate::cache::{Header, Recorder};
use crate::cli;
use crate::client::proxy::passed_over;
use crate::client::{Client, ResponseSink};
use crate::config::{self, Config, Profile, Source};
use crate::domain::error::Error;
use crate::domain::export::Delimiter;
use crate::domain::id::ProfileId;
use crate::domain::lang::Lang;
use crate::domain::request::{Answer, Request};
use crate::domain::ui_state::UiState;
use crate::i18n;
use crate::local_server::{LocalServer, Polling};
use crate::runtime::{self, BoxFuture, Caller, Connect, Connection, Exit, Restore, SaveUiState, Sources, Stop};
use cached::Reader;
use jiff::SignedDuration;
use jiff::tz::TimeZone;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// How long the cache may take to write at exit.
const FLUSH: Duration = Duration::from_millis(200);

/// Runs the dashboard until it ends. Call it on the main thread, after `color_eyre::install()`.
pub fn run(config: Config) -> color_eyre::Result<Exit> {
    runtime::child::hide_variables(config.secret_names());
    let log = config.paths.log_file.clone();
    let log = log.map(|path| runtime::log::Log { path, level: Some(config.log_level.clone()) });
    runtime::run(options(&config), sources(config), log)
}

/// The options of the core, from the configuration.
pub fn options(config: &Config) -> app::Options {
    let sample = matches!(config.source, Source::Embedded { .. });
    let mut notices: Vec<String> = config.notices.iter().map(ToString::to_string).collect();
    let (keymap, odd) = keys::keymap(&config.keys);
    notices.extend(odd);
    if matches!(config.source, Source::Profiles(_)) {
        notices.extend(passed_over());
    }
    let accounts = accounts(config);
    let ui = ui_states(config, &accounts, &mut notices);
    app::Options {
        zone: TimeZone::system(),
        read_only: config.read_only,
        sample,
        appearance: config.appearance.clone(),
        browser: !config.no_browser && runtime::browser::available(),
        mouse: config.mouse,
        notify: config.notify,
        welcome: true,
        folder: std::env::current_dir().unwrap_or_else(|_| PathBuf::from("/")),
        home: std::env::home_dir(),
        delimiter: Delimiter::of_locale(&config::number_locale()),
        accounts,
        ui,
        columns: config.columns.clone(),
        restore: keeps(config).is_some(),
        launch_delay: (config.launch_delay > 0).then(|| SignedDuration::from_secs(i64::from(config.launch_delay))),
        seed: uuid::Uuid::new_v4().as_u128(),
        keymap,
        notices,
        countries: i18n::countries(config.lang),
        all_countries: Lang::ALL.into_iter().flat_map(i18n::countries).collect(),
        ..app::Options::new(config.lang, i18n::labels(config.lang))
    }
}

/// What the screen of each profile kept.
fn ui_states(config: &Config, accounts: &[Given], notices: &mut Vec<String>) -> Vec<(ProfileId, UiState)> {
    let read = |given: &Given| {
        let (state, notice) = config::ui_state::read(&config.paths.ui_state_file(&given.profile)?);
        notices.extend(notice.map(|notice| notice.to_string()));
        Some((given.profile.clone(), state))
    };
    accounts.iter().filter_map(read).collect()
}

/// Where the data come from: servers and the cache.
pub fn sources(config: Config) -> Sources {
    let config = Arc::new(config);
    Sources { restore: restore(&config), save_ui_state: Some(save_ui_state(&config)), connect: connect(config) }
}

fn accounts(config: &Config) -> Vec<Given> {
    let profiles = match &config.source {
        Source::Embedded { .. } => return vec![Given::named(config::SAMPLE)],
        Source::Own { .. } => return vec![Given::named(config::OWN)],
        Source::Profiles(profiles) => profiles,
    };
    let given = |profile: &Profile| Given {
        profile: profile.id.clone(),
        label: profile.label.clone().unwrap_or_else(|| profile.id.to_string()),
        tint: profile.tint,
        read_only: profile.read_only,
    };
    profiles.iter().map(given).collect()
}

/// The cache folder. None for the workspaces of the embedded server, which are on this machine anyway.
fn keeps(config: &Config) -> Option<&Path> {
    let profiles = matches!(config.source, Source::Profiles(_));
    config.paths.cache_dir.as_deref().filter(|_| profiles && !config.no_cache)
}

fn header(profile: &Profile) -> Header {
    Header::new(&profile.id, &profile.base_url, &profile.client_id, profile.account.as_ref())
}

fn profile<'a>(config: &'a Config, wanted: &ProfileId) -> Option<&'a Profile> {
    let Source::Profiles(profiles) = &config.source else { return None };
    profiles.iter().find(|profile| profile.id == *wanted)
}

fn restore(config: &Arc<Config>) -> Option<Restore> {
    let dir = keeps(config)?.to_owned();
    let config = Arc::clone(config);
    Some(Arc::new(move |wanted| match profile(&config, wanted) {
        Some(profile) => Box::new(Reader::Closed { dir: dir.clone(), header: header(profile) }),
        None => Box::new(Reader::Over),
    }))
}

fn save_ui_state(config: &Arc<Config>) -> SaveUiState {
    let paths = config.paths.clone();
    Arc::new(move |profile, before, now| {
        let Some(path) = paths.ui_state_file(profile) else { return };
        if let Err(error) = config::ui_state::write(&path, before, now) {
            tracing::warn!(%error, "the screen's state is not kept");
        }
    })
}

fn connect(config: Arc<Config>) -> Connect {
    Arc::new(move |wanted| {
        let config = Arc::clone(&config);
        Box::pin(async move {
            if let Some(profile) = profile(&config, &wanted) {
                return link(&config, profile).await;
            }
            let embedded = LocalServer::start(&config, Polling::Quiet).await?;
            let notice = embedded.notice.as_ref().map(ToString::to_string);
            let client = Client::new(embedded.endpoint.clone())?;
            let stop: Stop = Box::new(move || Box::pin(embedded.stop()));
            Ok(Connection { client: Arc::new(client), notice, stop: Some(stop) })
        })
    })
}

/// Connects to an account of the user's; its answers are cached for the next run.
async fn link(config: &Config, profile: &Profile) -> Result<Connection, Error> {
    let client = Client::new(cli::endpoint(profile, config.read_only).await?)?;
    let notice = keyring_notice(config, profile).await;
    let Some(dir) = keeps(config) else {
        return Ok(Connection { client: Arc::new(client), notice, stop: None });
    };
    let keeper = Arc::new(Recorder::open(dir, header(profile)));
    let client = client.with_sink(Arc::clone(&keeper) as Arc<dyn ResponseSink>);
    let stop: Stop = Box::new(move || {
        Box::pin(async move {
            // Writes the last answers before the process ends, unless the disk is too slow.
            let flushed = tokio::task::spawn_blocking(move || keeper.flush(FLUSH)).await;
            if !flushed.unwrap_or_default() {
                tracing::warn!("not all companies could be kept");
            }
        })
    });
    Ok(Connection { client: Arc::new(client), notice, stop: Some(stop) })
}

/// The notice that this machine has no keyring. Reported by the first account that would use one, after its secret
/// was fetched, so that the keyring was already tried.
async fn keyring_notice(config: &Config, profile: &Profile) -> Option<String> {
    let Source::Profiles(profiles) = &config.source else { return None };
    let first = profiles.iter().find(|profile| profile.secret.wants_keyring())?;
    if first.id != profile.id {
        return None;
    }
    let (first, paths) = (first.clone(), config.paths.clone());
    let told = tokio::task::spawn_blocking(move || config::keyring_notice(&[first], &paths)).await;
    told.ok().flatten().map(|notice| notice.to_string())
}

impl Caller for Client {
    fn call(&self, request: Request) -> BoxFuture<'static, Result<Answer, Error>> {
        let client = self.clone();
        Box::pin(async move { client.perform(request).await })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::command::Command;
    use crate::config::{Flags, Paths};

    #[test]
    fn what_the_users_keys_cannot_have_is_told_at_the_start_with_file_line_and_both_names() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.toml");
        std::fs::write(&path, "no_browser = true\n[keys]\n\"company.unlink\" = [\"U\"]\n").unwrap();
        let paths = Paths { config_file: Some(path.clone()), ..Paths::default() };
        let config = Config::resolve(&Flags::default(), &|_| None, paths, None).unwrap();
        let options = options(&config);
        let [told] = options.notices.as_slice() else { panic!("{:?}", options.notices) };
        assert!(told.starts_with(&format!("{} line 3: company.unlink and app.undo", path.display())), "{told}");
        let key = |command| options.keymap.keys(command).first().map(ToString::to_string);
        assert_eq!((key(Command::Unlink).as_deref(), key(Command::Undo).as_deref()), (Some("u"), Some("U")));
    }
}
