//! `GET session`: who am I.

use crate::server::error::{ApiResult, Reply};
use crate::server::extract::SignedIn;
use crate::server::state::App;
use crate::wire::session::{Account, Limits, Session, Technician};
use axum::extract::State;

/// The one operation that a technician without multi-factor authentication may call.
pub async fn show(State(app): App, SignedIn(who): SignedIn) -> ApiResult {
    Reply::json(&Session {
        account: Account {
            owner_desk_uri: app.sample.map(|_| format!("{}/owner", app.base_url)),
            id: app.account.id.clone(),
            name: app.account.name.clone(),
            kind: Some(app.kind.clone()),
            region: app.account.region.clone(),
            sign_in_host: app.account.sign_in_host.clone(),
        },
        technician: Technician {
            id: who.id.clone(),
            display_name: who.display_name.clone(),
            email: who.email.clone(),
            groups: who.groups(),
            mfa: who.mfa(),
        },
        permissions: who.permissions(),
        limits: Limits {
            max_page_size: 1000,
            requests_per_minute: app.requests_per_minute,
            max_wait: u32::try_from(app.long_polls.longest.as_secs()).unwrap_or(0),
        },
    })
}
