//! Asking 1Password on behalf of a company.

use super::AppState;
use crate::connect::users_api::{Act, Person, UserList, UsersApi};
use crate::connect::{Connector, Failure};
use crate::domain::source::SourceReason;
use crate::server::store::sources::SourceRow;
use std::sync::{Arc, PoisonError};
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::timeout;

/// For one reading as a whole: whoever waits for it is answered before.
const LONGEST: Duration = Duration::from_secs(40);

impl AppState {
    /// Everybody whom a source lists.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub async fn read_source(&self, row: &SourceRow) -> Result<UserList, Failure> {
        let api = self.users_api(row)?;
        let late = |_| Err(Failure::new(SourceReason::Unreachable, "1Password does not answer in time"));
        timeout(LONGEST, api.list()).await.unwrap_or_else(late)
    }

    /// Does something to a person, and answers how they stand then, and when that was seen in milliseconds.
    ///
    /// # Errors
    /// Why it was not done, or is not known to be.
    pub async fn act_through(&self, row: &SourceRow, user: &str, act: Act) -> Result<(Person, i64), Failure> {
        let api = self.users_api(row)?;
        let late = |_| Err(Failure::new(SourceReason::Unreachable, "1Password does not answer in time"));
        let person = timeout(LONGEST, api.act(user, act)).await.unwrap_or_else(late)?;
        Ok((person, self.now().as_millisecond()))
    }

    /// Held while something is done to a person of this company through a source: one after the other, so that what is
    /// kept is what was done last.
    pub fn act_lock(&self, company_n: i64) -> Arc<Mutex<()>> {
        let mut act_locks = self.act_locks.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(act_locks.entry(company_n).or_default())
    }

    fn users_api(&self, row: &SourceRow) -> Result<Arc<UsersApi>, Failure> {
        let (credential, secret) = row.credential()?;
        let region = self.account.region.parse().unwrap_or_default();
        self.connector()?.users_api(region, credential, secret, &self.clock)
    }

    pub(super) fn connector(&self) -> Result<&Connector, Failure> {
        let none = || Failure::new(SourceReason::SecretUnavailable, "this server has no secrets");
        self.connector.as_ref().ok_or_else(none)
    }
}
