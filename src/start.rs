//! Puts the rooms together: the configuration says which server, the client talks to it, the shell shows it.
//! The only room that knows all the others.

use crate::api::{Client, Endpoint};
use crate::app;
use crate::config::{Config, Source, Workspace};
use crate::domain::id::{AccountId, ProfileId};
use crate::domain::request::{Answer, Request};
use crate::domain::trouble::{Because, Retry, Trouble, What};
use crate::server::{self, Database, Running};
use crate::shell::{self, BoxFuture, Caller, Connect, Exit, Link, Stop};
use crate::words;
use jiff::tz::TimeZone;
use std::sync::Arc;
use url::Url;

/// The seed of the sample workspace: everyone sees the same companies.
const SEED: u64 = 1;

/// Runs the dashboard until it ends.
///
/// # Errors
/// As [`shell::run`].
pub fn dashboard(config: Config) -> color_eyre::Result<Exit> {
    let lang = match config.lang {
        crate::config::Language::English => crate::domain::lang::Lang::En,
        crate::config::Language::German => crate::domain::lang::Lang::De,
    };
    let sample = matches!(config.source, Source::Embedded { .. });
    let options = app::Options {
        zone: TimeZone::system(),
        read_only: config.read_only,
        sample,
        browser: !config.no_browser && shell::browser::available(),
        profile: ProfileId::new(if sample { "sample" } else { "default" }),
        seed: uuid::Uuid::new_v4().as_u128(),
        notices: config.notices.iter().map(ToString::to_string).collect(),
        ..app::Options::new(lang, words::labels(lang))
    };
    let log = config.paths.log_file.clone();
    let log = log.map(|path| shell::log::Log { path, level: Some(config.log_level.clone()) });
    shell::run(options, connect(config), log)
}

/// How the shell gets a server to talk to, after the first frame.
fn connect(config: Config) -> Connect {
    let config = Arc::new(config);
    Arc::new(move || {
        let config = Arc::clone(&config);
        Box::pin(async move {
            let Reached { endpoint, running } = reach(&config).await?;
            let client = Client::new(endpoint)?;
            let stop = running.map(|running| -> Stop { Box::new(move || Box::pin(running.stop())) });
            Ok(Link { client: Arc::new(client), stop })
        })
    })
}

/// A server that was reached, and who keeps it running if it is ours.
pub struct Reached {
    /// How to talk to it.
    pub endpoint: Endpoint,
    /// The embedded server; it stops when this is dropped.
    pub running: Option<Running>,
}

/// Takes the configured server, or starts the embedded one.
///
/// # Errors
/// The embedded server does not start, or has no technician of the wanted role.
pub async fn reach(config: &Config) -> Result<Reached, Trouble> {
    let read_only = config.read_only;
    match &config.source {
        Source::Remote(remote) => {
            let remote = remote.clone();
            let endpoint = Endpoint {
                base_url: remote.base_url,
                account: remote.account,
                client_id: remote.client_id,
                client_secret: remote.client_secret,
                read_only,
            };
            Ok(Reached { endpoint, running: None })
        }
        Source::Embedded { fresh, sample_size, role } => {
            let paths = config.paths.clone();
            let workspace = tokio::task::spawn_blocking(move || paths.workspace()).await;
            let database = match workspace.map_err(|error| local(error.to_string()))? {
                Workspace::Kept(path) => Database::File(path),
                Workspace::InMemory(notice) => {
                    tracing::warn!(%notice, "the sample workspace is not kept");
                    Database::Memory
                }
            };
            let options = server::Options {
                database,
                fresh: *fresh,
                sample_size: *sample_size,
                seed: SEED,
                ..Default::default()
            };
            let running = server::start(options).await.map_err(|error| local(error.to_string()))?;
            let endpoint = endpoint_of(&running, role, read_only)?;
            Ok(Reached { endpoint, running: Some(running) })
        }
    }
}

fn endpoint_of(running: &Running, role: &str, read_only: bool) -> Result<Endpoint, Trouble> {
    let credential = running.credentials().iter().find(|credential| credential.role == role);
    let credential = credential.ok_or_else(|| {
        let roles: Vec<&str> = running.credentials().iter().map(|credential| credential.role.as_str()).collect();
        local(format!("the sample workspace has no technician {role}; it has {}", roles.join(", ")))
    })?;
    Ok(Endpoint {
        base_url: Url::parse(&running.base_url()).map_err(|error| local(error.to_string()))?,
        account: Some(AccountId::new(running.account_id())),
        client_id: credential.client_id.clone(),
        client_secret: credential.client_secret.clone().into(),
        read_only,
    })
}

/// A failure on this machine, with its reason in the words of whoever failed.
fn local(detail: String) -> Trouble {
    Trouble { detail, ..Trouble::new(What::Start, Because::Local, Retry::Now) }
}

impl Caller for Client {
    fn call(&self, request: Request) -> BoxFuture<'static, Result<Answer, Trouble>> {
        let client = self.clone();
        Box::pin(async move { client.perform(request).await })
    }
}
