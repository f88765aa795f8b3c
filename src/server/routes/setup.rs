//! The set-up checklist of a company.

use crate::domain::field::LONGEST_NOTE;
use crate::domain::setup::{StepKind, StepState};
use crate::server::error::{ApiError, ApiResult, Reply};
use crate::server::extract::write::Write;
use crate::server::extract::{IfMatch, JsonObject, Path};
use crate::server::routes::company_edit::Violations;
use crate::server::state::App;
use crate::server::store::companies::row::RequestScope;
use crate::server::store::setup::{self, StepEdit};
use axum::extract::State;
use serde_json::{Map, Value};

const STATES: [StepState; 4] = [StepState::Todo, StepState::InProgress, StepState::Done, StepState::NotApplicable];

pub async fn list(State(app): App, scope: RequestScope, Path([_, id]): Path<[String; 2]>) -> ApiResult {
    Reply::json(&app.store.read(move |db| setup::checklist(db, &scope, &id)).await?)
}

pub async fn patch(
    write: Write,
    Path([_, id, step]): Path<[String; 3]>,
    IfMatch(etag): IfMatch,
    JsonObject(object): JsonObject,
) -> ApiResult {
    let kind = StepKind::from(step.as_str());
    if !StepKind::KNOWN.contains(&kind) {
        return Err(ApiError::not_found());
    }
    let edit = read(&object)?;
    let fingerprint = Value::Object(object).to_string();
    write.run_once(fingerprint, move |tx, requester| setup::patch(tx, requester, (&id, &kind, &etag), &edit)).await
}

fn read(object: &Map<String, Value>) -> Result<StepEdit, ApiError> {
    let mut violations = Violations::default();
    let state = violations.text(object, "state", "state", 40).map(|word| StepState::from(word.as_str()));
    if state.as_ref().is_some_and(|state| !STATES.contains(state)) {
        violations.add("state", "must be TODO, IN_PROGRESS, DONE or NOT_APPLICABLE");
    }
    let note = violations.lines(object, "note", LONGEST_NOTE);
    violations.done(StepEdit { state, note })
}
