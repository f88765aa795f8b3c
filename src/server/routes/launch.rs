//! Launching: a one-use address. The page behind it is the sample workspace's.

use crate::domain::launch::Target;
use crate::server::error::ApiResult;
use crate::server::extract::write::Write;
use crate::server::extract::{JsonObject, Path};
use crate::server::routes::company_edit::Violations;
use crate::server::state::App;
use crate::server::store::launches;
use axum::extract::State;

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
    write
        .run_once(fingerprint, move |tx, requester| {
            launches::begin(tx, requester, &id, (target, vault.as_deref()), &app.base_url)
        })
        .await
}
