//! Runs the dashboard as the configuration says: on the embedded server or on another one, with the same
//! client. The one room that knows both the shell and where its server comes from.

use crate::api::Client;
use crate::app;
use crate::app::account::Given;
use crate::app::command::Keymap;
use crate::cli;
use crate::config::{Config, Profile, Source};
use crate::domain::request::{Answer, Request};
use crate::domain::trouble::{Because, Retry, Trouble, What};
use crate::embedded::Embedded;
use crate::shell::{self, BoxFuture, Caller, Connect, Exit, Link, Stop};
use crate::words;
use jiff::tz::TimeZone;
use std::sync::Arc;

/// Runs the dashboard until it ends. Call it on the main thread, after `color_eyre::install()`.
///
/// # Errors
/// As [`shell::run`].
pub fn run(config: Config) -> color_eyre::Result<Exit> {
    let sample = matches!(config.source, Source::Embedded { .. });
    let mut keymap = Keymap::default();
    let refused = keymap.rebind(config.keys.iter().map(|(id, keys)| (id.as_str(), keys.as_slice())));
    let mut notices: Vec<String> = config.notices.iter().map(ToString::to_string).collect();
    notices.extend(refused.iter().map(|refused| format!("[keys] {refused}")));
    let options = app::Options {
        zone: TimeZone::system(),
        read_only: config.read_only,
        sample,
        // As no-color.org says: set and not empty, whatever the value.
        colour: std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
        browser: !config.no_browser && shell::browser::available(),
        accounts: accounts(&config),
        seed: uuid::Uuid::new_v4().as_u128(),
        keymap,
        notices,
        countries: words::countries(config.lang),
        ..app::Options::new(config.lang, words::labels(config.lang))
    };
    let log = config.paths.log_file.clone();
    let log = log.map(|path| shell::log::Log { path, level: Some(config.log_level.clone()) });
    shell::run(options, connect(config), log)
}

/// The accounts of the configuration, as the screen calls them.
fn accounts(config: &Config) -> Vec<Given> {
    let Source::Profiles(profiles) = &config.source else { return vec![Given::named("sample")] };
    let given = |profile: &Profile| Given {
        profile: profile.id.clone(),
        label: profile.label.clone().unwrap_or_else(|| profile.id.to_string()),
        tint: profile.tint,
        read_only: profile.read_only,
    };
    profiles.iter().map(given).collect()
}

/// How the shell gets a server to talk to, after the first frame.
fn connect(config: Config) -> Connect {
    let config = Arc::new(config);
    Arc::new(move |wanted| {
        let config = Arc::clone(&config);
        Box::pin(async move {
            if let Source::Profiles(profiles) = &config.source {
                let profile = profiles.iter().find(|profile| profile.id == wanted);
                let profile = profile.ok_or_else(|| Trouble::new(What::Start, Because::NotFound, Retry::Never))?;
                let client = Client::new(cli::endpoint(profile, config.read_only).await?)?;
                return Ok(Link { client: Arc::new(client), notice: None, stop: None });
            }
            let embedded = Embedded::start(&config).await?;
            let notice = embedded.notice.as_ref().map(ToString::to_string);
            let client = Client::new(embedded.endpoint.clone())?;
            let stop: Stop = Box::new(move || Box::pin(embedded.stop()));
            Ok(Link { client: Arc::new(client), notice, stop: Some(stop) })
        })
    })
}

impl Caller for Client {
    fn call(&self, request: Request) -> BoxFuture<'static, Result<Answer, Trouble>> {
        let client = self.clone();
        Box::pin(async move { client.perform(request).await })
    }
}
