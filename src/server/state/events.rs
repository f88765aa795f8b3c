//! Asking 1Password what happened in a company's account.

use super::AppState;
use crate::connect::Failure;
use crate::connect::events_api::{Followed, Marks};
use crate::domain::source::SourceReason;
use crate::server::store::sources::SourceRow;
use std::time::Duration;
use tokio::time::timeout;

/// For one reading as a whole: whoever waits for it is answered before.
const LONGEST: Duration = Duration::from_secs(40);

impl AppState {
    /// What was recorded behind these marks.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub async fn read_events(&self, row: &SourceRow, marks: &Marks) -> Result<Followed, Failure> {
        let (account, token) = row.secret()?;
        let region = self.account.region.parse().unwrap_or_default();
        let api = self.connector()?.events_api(region, account, token, &self.clock)?;
        let late = |_| Err(Failure::new(SourceReason::Unreachable, "1Password does not answer in time"));
        timeout(LONGEST, api.follow(marks)).await.unwrap_or_else(late)
    }
}
