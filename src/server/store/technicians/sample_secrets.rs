//! The client secrets of the sample's technicians. The credentials file has them; here are their hashes.

use super::tokens;
use crate::server::auth::hash::SecretHash;
use crate::server::random;
use crate::server::sql::Transaction;
use crate::server::store::error::StoreError;
use crate::server::{Credential, Running};

impl Running {
    /// Gives each technician of the sample a client secret: that of `known` if it still fits, else a new one, which ends
    /// the one before. Says whether any was ended. From then on [`Running::credentials`] has them.
    ///
    /// # Errors
    /// The database cannot be written.
    pub async fn issue_credentials(&mut self, known: &[Credential]) -> Result<bool, String> {
        let known = known.to_vec();
        let issued = self.app.store.write(move |tx| issue(tx, &known)).await;
        let (credentials, replaced) = issued.map_err(|error| error.to_string())?;
        self.credentials = credentials;
        Ok(replaced)
    }
}

fn issue(tx: &Transaction<'_>, known: &[Credential]) -> Result<(Vec<Credential>, bool), StoreError> {
    let sql = "SELECT n, id, display_name, sample_role, secret_hash FROM technicians
               WHERE sample_role IS NOT NULL ORDER BY n";
    let mut statement = tx.prepare_cached(sql)?;
    let rows = statement.query_map([], |row| {
        let n: i64 = row.get("n")?;
        let hash: Option<String> = row.get("secret_hash")?;
        let [id, name, role]: [String; 3] = [row.get("id")?, row.get("display_name")?, row.get("sample_role")?];
        Ok((n, id, name, role, hash.map(SecretHash::stored)))
    })?;
    let (mut credentials, mut replaced) = (Vec::new(), false);
    for (n, client_id, display_name, role, hash) in rows.collect::<Result<Vec<_>, _>>()? {
        let given = known.iter().find(|known| known.client_id == client_id).map(|known| known.client_secret.clone());
        let fits = |secret: &String| hash.as_ref().is_some_and(|hash| hash.same(&SecretHash::of(secret)));
        let client_secret = if let Some(secret) = given.filter(fits) {
            secret
        } else {
            replaced |= hash.is_some();
            renew(tx, n)?
        };
        credentials.push(Credential { display_name, role, client_id, client_secret });
    }
    Ok((credentials, replaced))
}

/// Gives a technician a new client secret; the one before and the tokens that it got end.
pub fn renew(tx: &Transaction<'_>, technician_n: i64) -> Result<String, StoreError> {
    let secret = random::secret()?;
    let sql = "UPDATE technicians SET secret_hash = ?, rev = rev + 1 WHERE n = ?";
    tx.execute(sql, (SecretHash::of(&secret).as_str(), technician_n))?;
    tokens::end_all(tx, technician_n)?;
    Ok(secret)
}
