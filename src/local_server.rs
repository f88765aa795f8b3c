//! Starts the server of this process as the configuration says. The dashboard and the one-shot commands talk to it over
//! real HTTP, with a sample technician's credential or with one that this process alone has, as to any other server.
//!
//! The one module that knows both `config` and `server`: it keeps `runtime` and `cli` free of the server.

pub mod connections;
mod service;
mod workspaces;

pub use crate::server::maintenance;
pub use crate::server::{AccessChange, AccessError, Limits, NewWorkspace, Polling, TlsFiles};
pub use service::{Network, Service, serve};
pub use workspaces::{change_access, copy_to_postgres, init, technicians, workspace_file};

use crate::client::ClientConfig;
use crate::config::{Config, Notice, ROLE, Source};
use crate::domain::error::{Cause, Error, Operation, RetryAdvice};
use crate::domain::id::AccountId;
use crate::domain::session::WorkspaceKind;
use crate::server::{self, Database, Options, Running};
use workspaces::database;

#[derive(Debug)]
pub struct LocalServer {
    pub endpoint: ClientConfig,
    /// Why the workspace is not kept, if it is not.
    pub notice: Option<Notice>,
    running: Running,
}

impl LocalServer {
    /// Starts the server on a free port of the loopback. When this returns, it answers. `polling` says whether it reads
    /// connected companies while it runs.
    ///
    /// # Errors
    /// The database cannot be used, or has no such technician; `detail` says what to do.
    pub async fn start(config: &Config, polling: Polling) -> Result<Self, Error> {
        let (options, notice) = embedded(config)?;
        let options = Options { polling, ..options };
        let running = server::start(options).await.map_err(|error| start_error(&for_dashboard(&error.to_string())))?;
        let technician = match &config.source {
            Source::Embedded { role, .. } => running.local_credential(role).await,
            _ => running.local_owner().await,
        };
        let technician = technician.map_err(|error| start_error(&no_credential(&error)))?;
        let endpoint = ClientConfig {
            base_url: running.base_url().parse().map_err(|_| start_error("its own address cannot be used"))?,
            account: Some(AccountId::new(running.account_id())),
            client_id: technician.client_id.clone(),
            client_secret: technician.client_secret.as_str().into(),
            read_only: config.read_only,
            ca_file: None,
        };
        Ok(Self { endpoint, notice, running })
    }

    /// Stops the server; what was begun is finished, for at most some seconds.
    pub async fn stop(self) {
        self.running.stop().await;
    }
}

/// How the server of a dashboard runs, and why its workspace is not kept, if it is not.
fn embedded(config: &Config) -> Result<(Options, Option<Notice>), Error> {
    match &config.source {
        Source::Embedded { fresh, sample_size, .. } => {
            let (database, notice) = database(None, None, &config.paths).map_err(|reason| start_error(&reason))?;
            let kind = Some(WorkspaceKind::Sample);
            Ok((Options { database, kind, fresh: *fresh, sample_size: *sample_size, ..Options::default() }, notice))
        }
        Source::Own { workspace } => {
            let (database, kind) = (Database::File(workspace.clone()), Some(WorkspaceKind::Real));
            let connector = connections::connector().map_err(|reason| start_error(&reason))?;
            Ok((Options { database, kind, connector: Some(connector), ..Options::default() }, None))
        }
        Source::Profiles(_) => Err(start_error("another server is configured")),
    }
}

fn no_credential(error: &AccessError) -> String {
    match error {
        AccessError::NoOwner => error.to_string(),
        AccessError::Nobody { who, known } => {
            format!("the sample has no technician {who}; there are {} (--as {ROLE})", known.join(", "))
        }
        other => other.to_string(),
    }
}

/// The server's advice without the flag that only `serve` has: this workspace lies in the data directory.
fn for_dashboard(said: &str) -> String {
    said.replace("--data-dir or --database", "--data-dir").replace("--database", "--data-dir")
}

fn start_error(detail: &str) -> Error {
    Error { detail: detail.to_owned(), ..Error::new(Operation::Start, Cause::Local, RetryAdvice::Never) }
}
