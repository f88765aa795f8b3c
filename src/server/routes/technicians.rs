//! The MSP's technicians: who they are, what they may do, and how they get a credential.

use crate::domain::field;
use crate::domain::technician::{NewTechnician, Role, TechnicianChanges, email};
use crate::server::error::{ApiError, ApiResult, Reply};
use crate::server::extract::write::Write;
use crate::server::extract::{Endpoint, IfMatch, JsonObject, Path, Query};
use crate::server::query::paging::Paging;
use crate::server::routes::company_edit::Violations;
use crate::server::state::App;
use crate::server::store::companies::row::RequestScope;
use crate::server::store::technicians::{edit, enrolments};
use axum::extract::State;
use axum::http::{StatusCode, header};
use serde_json::{Map, Value};

pub async fn list(State(app): App, scope: RequestScope, query: Query) -> ApiResult {
    let paging = Paging::read(&query, &["technicians"], 1)?;
    paging.list(&app.store, move |db, window| edit::list(db, &scope, window)).await
}

pub async fn get(State(app): App, scope: RequestScope, Path([_, id]): Path<[String; 2]>) -> ApiResult {
    Reply::json(&app.store.read(move |db| edit::one(db, &scope, &id)).await?.1)
}

/// 201 and the technician with a code; with `validate_only` 200 and the technician as they would be.
pub async fn add(mut write: Write, JsonObject(object): JsonObject) -> ApiResult {
    let new = read_new(&object)?;
    write.success = StatusCode::CREATED;
    let fingerprint = Value::Object(object).to_string();
    let reply = write.run_once_and(fingerprint, move |tx, by| edit::add(tx, by, &new), enrolments::hand_out).await?;
    let body: Value = serde_json::from_slice(&reply.body).unwrap_or_default();
    match body.pointer("/technician/path").and_then(Value::as_str) {
        Some(path) if reply.status == StatusCode::CREATED => Ok(reply.with(header::LOCATION, path)),
        _ => Ok(reply),
    }
}

pub async fn patch(
    write: Write,
    Path([_, id]): Path<[String; 2]>,
    IfMatch(etag): IfMatch,
    JsonObject(object): JsonObject,
) -> ApiResult {
    let changes = read(&object)?;
    let fingerprint = Value::Object(object).to_string();
    write.run_once(fingerprint, move |tx, requester| edit::change(tx, requester, (&id, Some(&etag)), &changes)).await
}

pub async fn revoke(write: Write, Path([_, id]): Path<[String; 2]>) -> ApiResult {
    write.run_once(String::new(), move |tx, requester| edit::revoke(tx, requester, &id)).await
}

/// `:enrol` and `:rotate`.
pub async fn enrol(endpoint: Endpoint, write: Write, Path([_, id]): Path<[String; 2]>) -> ApiResult {
    let rotate = endpoint.template.ends_with(":rotate");
    write.run_once_and(String::new(), move |tx, by| edit::enrol(tx, by, &id, rotate), enrolments::hand_out).await
}

/// What a new technician is made from: all three fields.
/// 400 with every field at fault.
fn read_new(object: &Map<String, Value>) -> Result<NewTechnician, ApiError> {
    let mut violations = Violations::default();
    for field in ["display_name", "email", "role"] {
        if object.get(field).is_none_or(Value::is_null) {
            violations.add(field, "is missing");
        }
    }
    let changes = fields(object, &mut violations);
    let new = NewTechnician {
        display_name: changes.display_name.unwrap_or_default(),
        email: changes.email.unwrap_or_default(),
        role: changes.role.unwrap_or(Role::Nothing),
    };
    violations.done(new)
}

fn read(object: &Map<String, Value>) -> Result<TechnicianChanges, ApiError> {
    let mut violations = Violations::default();
    let changes = fields(object, &mut violations);
    violations.done(changes)
}

fn fields(object: &Map<String, Value>, violations: &mut Violations) -> TechnicianChanges {
    let display_name = violations.read(object, "display_name", "display_name", field::name);
    let email = violations.read(object, "email", "email", email);
    let role = violations.text(object, "role", "role", field::LONGEST).map(|word| Role::from(word.as_str()));
    if role.as_ref().is_some_and(|role| !Role::GIVEN.contains(role)) {
        violations.add("role", "must be OWNER, ADMINISTRATOR, MSP_TECHNICIAN or VIEW_ONLY");
    }
    TechnicianChanges { display_name, email, role }
}
