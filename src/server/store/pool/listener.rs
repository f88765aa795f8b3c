//! Hears of changes that any server makes. What is told is a hint: it may be lost with the connection, so the database is
//! asked from time to time as well.

use crate::server::sql::postgres::CHANGES;
use crate::server::sql::postgres::address::PostgresAddress;
use crate::server::sql::{self, Error};
use std::future::poll_fn;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{mpsc, watch};
use tokio::time::{sleep, timeout};
use tokio_postgres::{AsyncMessage, Client};

/// So often it is asked without having been told.
const LOOK: Duration = Duration::from_secs(10);
/// Between two tries to connect.
const PAUSE: Duration = Duration::from_secs(1);

/// Feeds `changes` with the newest change, for ever.
pub async fn listen(address: PostgresAddress, changes: Arc<watch::Sender<u64>>) {
    loop {
        if let Err(error) = follow(&address, &changes).await {
            tracing::warn!(%error, "changes that other servers make are heard late");
        }
        sleep(PAUSE).await;
    }
}

async fn follow(address: &PostgresAddress, changes: &watch::Sender<u64>) -> sql::Result<()> {
    let (client, mut connection) = address.config().connect(address.tls()?).await?;
    let (told, mut news) = mpsc::unbounded_channel();
    let driver = async move {
        while let Some(message) = poll_fn(|context| connection.poll_message(context)).await {
            if let AsyncMessage::Notification(notification) = message? {
                // Nobody listens any more when the other half has ended.
                let _ = told.send(notification.payload().parse().unwrap_or(0));
            }
        }
        Ok(())
    };
    let listener = async move {
        client.batch_execute(&format!("LISTEN {CHANGES}")).await?;
        publish(changes, newest(&client).await?);
        loop {
            match timeout(LOOK, news.recv()).await {
                Ok(Some(change)) => publish(changes, change),
                Ok(None) => return Ok(()),
                Err(_) => publish(changes, newest(&client).await?),
            }
        }
    };
    tokio::select! {
        ended = driver => ended,
        ended = listener => ended,
    }
}

fn publish(changes: &watch::Sender<u64>, change: u64) {
    changes.send_if_modified(|known| {
        let newer = change > *known;
        *known = change.max(*known);
        newer
    });
}

async fn newest(client: &Client) -> sql::Result<u64> {
    let asked = client.query_opt("SELECT value FROM meta WHERE key = 'seq'", &[]);
    let answer =
        timeout(LOOK, asked).await.map_err(|_| Error::Connection("the database does not answer".to_owned()))?;
    Ok(answer?.map_or(0, |row| row.get::<_, i64>(0).cast_unsigned()))
}
