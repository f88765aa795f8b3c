//! A fake of the interfaces that 1Password publishes for one company's account, on loopback: for tests, and for
//! `mspdash demo-1password`. It answers by the published shapes, and misbehaves as it is told. Not in release builds.

mod answer;
mod events;
mod log;
mod story;
mod users;
mod world;

pub use log::{Actor, Log};
pub use story::{Demo, demo};
pub use world::{Account, Application, Call, Clock, EventsToken, Fault, Person, Right, World};

use axum::Router;
use axum::routing::{get, post};
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use url::Url;

/// A fake that answers until it is dropped.
pub struct Fake {
    pub world: Arc<World>,
    address: SocketAddr,
    task: JoinHandle<()>,
}

impl Fake {
    /// Starts it on this port of loopback; 0 takes a free one.
    ///
    /// # Errors
    /// The port is taken.
    pub async fn start(world: World, port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let (world, address) = (Arc::new(world), listener.local_addr()?);
        let app = Router::new()
            .route("/v1beta1/users/oauth2/token", post(users::token))
            .route("/v1beta1/accounts/{account}/users", get(users::list))
            .route("/v1beta1/accounts/{account}/users/{user}", get(users::get).post(users::act))
            .route("/api/v2/auth/introspect", get(events::introspect))
            .route("/api/v2/auditevents", post(events::audit_events))
            .route("/api/v2/signinattempts", post(events::sign_ins))
            .with_state(Arc::clone(&world));
        let task = tokio::spawn(async move {
            // Ends with the process or the test.
            let _ = axum::serve(listener, app).await;
        });
        Ok(Self { world, address, task })
    }

    /// Where it answers.
    ///
    /// # Errors
    /// Never: an address of loopback is one.
    pub fn url(&self) -> Result<Url, url::ParseError> {
        Url::parse(&format!("http://{}", self.address))
    }

    /// Answers until the process ends.
    pub async fn serve(mut self) {
        let _ = (&mut self.task).await;
    }
}

impl Drop for Fake {
    fn drop(&mut self) {
        self.task.abort();
    }
}
