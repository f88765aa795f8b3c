//! Signing in. Sign-ins that fail are slowed, so that guessing is not worth the time.
//!
//! Each credential has some failures free from each address, and one more every other second; so has the address as a
//! whole, for names that are no credential's. Whoever has used them up is told to wait, at most those two seconds; so a
//! right secret is never kept out for longer than somebody else goes on guessing from the same address.

use super::limits::{GUESSES, Turn, clear, network, take};
use super::{COLUMNS, read};
use crate::server::auth::Technician;
use crate::server::auth::hash::SecretHash;
use crate::server::sql::{self, OptionalExtension, Row, Transaction};
use crate::server::store::error::StoreError;
use std::net::IpAddr;

/// Who wants to sign in, from where.
pub struct Attempt {
    pub client_id: String,
    pub secret: SecretHash,
    /// Of the credential that this process made for itself, if it is one of those.
    pub local: Option<SecretHash>,
    pub peer: IpAddr,
    pub now: i64,
}

/// What becomes of it. All but an error of the database is kept: failures count.
pub enum SignIn<T> {
    Done(T),
    /// For so many seconds.
    Wait(u32),
    /// The name or the secret is wrong.
    Failed {
        /// Whether somebody has the name.
        known: bool,
        /// Whether the next one has to wait.
        slowed: bool,
    },
    /// The secret is right, and was taken away.
    Revoked,
}

struct Stored {
    technician: Technician,
    revoked: bool,
    secret: Option<SecretHash>,
}

/// Does `then` for whoever has the right secret.
pub fn sign_in<T>(
    tx: &Transaction<'_>,
    attempt: &Attempt,
    then: impl FnOnce(&Technician) -> Result<T, StoreError>,
) -> Result<SignIn<T>, StoreError> {
    let sql = format!("SELECT {COLUMNS}, t.state, t.secret_hash FROM technicians t WHERE t.id = ?");
    let stored = tx.prepare_cached(&sql)?.query_row([&attempt.client_id], stored).optional()?;
    let limit = limit(attempt.peer, stored.as_ref().map(|stored| stored.technician.n));
    // Before the secret is looked at: of many tries at once no more are than of as many in a row.
    let turn = take(tx, &limit, GUESSES, attempt.now)?;
    if let Turn::Wait(seconds) = turn {
        return Ok(SignIn::Wait(seconds));
    }
    let known = stored.is_some();
    let fits = |stored: &Stored| {
        let secrets = [stored.secret.as_ref(), attempt.local.as_ref()];
        secrets.into_iter().flatten().any(|secret| secret.same(&attempt.secret))
    };
    let Some(stored) = stored.filter(fits) else { return Ok(SignIn::Failed { known, slowed: turn == Turn::Last }) };
    clear(tx, &limit)?;
    if stored.revoked {
        return Ok(SignIn::Revoked);
    }
    then(&stored.technician).map(SignIn::Done)
}

fn stored(row: &Row<'_>) -> sql::Result<Stored> {
    let secret: Option<String> = row.get("secret_hash")?;
    Ok(Stored {
        technician: read(row)?,
        revoked: row.get_ref("state")?.as_str()? == "REVOKED",
        secret: secret.map(SecretHash::stored),
    })
}

/// The name of the limit for guesses from this address at a technician's secret, or at a name that nobody has.
fn limit(peer: IpAddr, technician_n: Option<i64>) -> String {
    let network = network(peer);
    technician_n.map_or_else(|| format!("sign-in {network}"), |n| format!("sign-in {network} {n}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_guesses_keeps_neither_other_addresses_nor_other_credentials_out() {
        let here: IpAddr = "192.0.2.1".parse().unwrap();
        let elsewhere: IpAddr = "192.0.2.2".parse().unwrap();
        for other in [limit(here, Some(2)), limit(here, None), limit(elsewhere, Some(1))] {
            assert_ne!(limit(here, Some(1)), other);
        }
        let network: [IpAddr; 2] = ["2001:db8::1".parse().unwrap(), "2001:db8::2:1".parse().unwrap()];
        assert_eq!(limit(network[0], None), limit(network[1], None), "it is the same network");
    }
}
