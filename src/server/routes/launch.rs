//! Launching: a one-use address. The page behind it is the sample workspace's.

use crate::domain::activity::Action;
use crate::domain::company::CompanyState;
use crate::domain::launch::Target;
use crate::server::error::{ApiError, ApiResult, Reply};
use crate::server::extract::{JsonObject, Path};
use crate::server::idempotency::{Requester, Write};
use crate::server::random;
use crate::server::routes::company_edit::Violations;
use crate::server::routes::vaults;
use crate::server::state::App;
use crate::server::store::company_row::time;
use crate::wire::company::LaunchAnswer;
use axum::extract::State;
use rusqlite::Transaction;

/// How long an address is good for, in milliseconds: 60 s.
const GOOD_FOR: i64 = 60_000;

pub async fn launch(
    State(app): App,
    write: Write,
    Path([_, id]): Path<[String; 2]>,
    object: Option<JsonObject>,
) -> ApiResult {
    let JsonObject(object) = object.unwrap_or_default();
    let mut violations = Violations::default();
    let wanted = violations.text(&object, "target", "target", 40).unwrap_or_else(|| "HOME".into());
    let target = Target::ALL.into_iter().find(|target| target.as_str() == wanted);
    if target.is_none() {
        let words: Vec<_> = Target::ALL.iter().map(|target| target.as_str()).collect();
        violations.add("target", &format!("must be one of {}", words.join(", ")));
    }
    let vault = violations.text(&object, "vault_id", "vault_id", 40).filter(|id| !id.is_empty());
    if vault.is_some() && target != Some(Target::Vaults) {
        violations.add("vault_id", "goes with the target VAULTS alone");
    }
    violations.done(())?;
    let target = target.unwrap_or(Target::Home);
    let fingerprint = vault.as_ref().map_or_else(|| wanted.clone(), |vault| format!("{wanted} {vault}"));
    let work = move |tx: &Transaction<'_>, requester: &Requester| {
        begin(tx, requester, &id, (target, vault.as_deref()), &app.base_url)
    };
    write.run_once(fingerprint, work).await
}

fn begin(
    tx: &Transaction<'_>,
    requester: &Requester,
    id: &str,
    (target, vault): (Target, Option<&str>),
    base: &str,
) -> ApiResult {
    let record = requester.scope.record(tx, id)?;
    if record.state() == CompanyState::Unlinked {
        return Err(ApiError::conflict("WRONG_STATE", "The company is unlinked; technicians have no access any more."));
    }
    let vault = vault.map(|id| vaults::one(tx, &requester.scope, &record, requester.technician_n, id)).transpose()?;
    let token = random::secret()?;
    let until = requester.now.saturating_add(GOOD_FOR);
    tx.execute("DELETE FROM launches WHERE expire_time < ?", [requester.now])?;
    tx.execute(
        "INSERT INTO launches (token, company_n, technician_n, target, expire_time, vault_n)
         VALUES (?, ?, ?, ?, ?, ?)",
        (&token, record.n, requester.technician_n, target.as_str(), until, vault.as_ref().map(|(n, _)| *n)),
    )?;
    tx.execute("UPDATE companies SET launch_time = ? WHERE n = ?", (requester.now, record.n))?;
    requester.touch(tx, record.n)?;
    // The address itself is a key and stays out of the record.
    requester.audit(tx, Action::CompanyLaunched, (&record.company.id, &record.company.name), Some(target.as_str()))?;
    Reply::json(&LaunchAnswer { launch_uri: format!("{base}/launch/{token}"), expire_time: time(Some(until)) })
}
