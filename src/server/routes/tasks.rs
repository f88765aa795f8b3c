//! Work that only the web console can do: begun, checked, declared done or cancelled.

use crate::domain::field::{LONGEST, LONGEST_NOTE};
use crate::domain::task::{TaskKind, TaskState};
use crate::server::error::{ApiError, ApiResult, Reply};
use crate::server::extract::write::Write;
use crate::server::extract::{IfMatch, JsonObject, Path, Query, SignedIn};
use crate::server::query::paging::Paging;
use crate::server::routes::company_edit::Violations;
use crate::server::routes::observations::time as past;
use crate::server::state::App;
use crate::server::store::companies::row::RequestScope;
use crate::server::store::tasks::{self, Change, Declaration, NewTask, Which};
use axum::extract::State;
use serde_json::Value;

pub async fn list(State(app): App, scope: RequestScope, query: Query) -> ApiResult {
    let open_only = query.flag("open_only")?;
    let company = query.get("company_id").filter(|id| !id.is_empty()).map(str::to_owned);
    let told = ["tasks", if open_only { "open" } else { "" }, company.as_deref().unwrap_or_default()];
    let paging = Paging::read(&query, &told, 1)?;
    let which = Which { open_only, company };
    paging.list(&app.store, move |db, window| tasks::list(db, &scope, &which, window)).await
}

pub async fn get(State(app): App, scope: RequestScope, Path([_, id]): Path<[String; 2]>) -> ApiResult {
    Reply::json(&app.store.read(move |db| Ok(tasks::find(db, &id)?.wire(&scope))).await?)
}

/// The open task of this kind for this company and subject, or a new one.
pub async fn begin(SignedIn(who): SignedIn, write: Write, JsonObject(object): JsonObject) -> ApiResult {
    let mut violations = Violations::default();
    let kind = violations.text(&object, "kind", "kind", LONGEST).unwrap_or_default();
    let kind = TaskKind::from(kind.as_str());
    let filled = |text: Option<String>| text.filter(|text| !text.is_empty());
    let new = NewTask {
        company: filled(violations.text(&object, "company_id", "company_id", LONGEST)),
        subject: filled(violations.text(&object, "subject", "subject", LONGEST)),
        note: filled(violations.lines(&object, "note", LONGEST_NOTE)),
        kind,
    };
    if let Some((field, description)) = lacking(&new) {
        violations.add(field, description);
    }
    violations.done(())?;
    if !who.may(&new.kind.permission()) {
        return Err(ApiError::denied(tasks::NOT_ALLOWED));
    }
    let fingerprint = Value::Object(object).to_string();
    write.run_once(fingerprint, move |tx, requester| tasks::begin(tx, requester, new)).await
}

/// The field that the kind needs and does not have, or has and does not need.
fn lacking(new: &NewTask) -> Option<(&'static str, &'static str)> {
    let (kind, company, subject) = (&new.kind, new.company.is_some(), new.subject.is_some());
    let takes_subject = kind.needs_person() || *kind == TaskKind::Vault || kind.brings_company() && !company;
    match kind {
        TaskKind::Other(_) => Some(("kind", "must be a kind of task, such as LAUNCH or UNLINK")),
        _ if kind.needs_company() && !company => Some(("company_id", "is missing; the task is about one company")),
        _ if kind.needs_person() && !subject => Some(("subject", "is missing; say which person the task is about")),
        _ if kind.brings_company() && !company && !subject => {
            Some(("subject", "is missing; give the company's name, or its company_id if it is in the list"))
        }
        _ if subject && !takes_subject => Some(("subject", "does not belong to this kind of task")),
        _ => None,
    }
}

pub async fn verify(
    SignedIn(who): SignedIn,
    write: Write,
    Path([_, id]): Path<[String; 2]>,
    IfMatch(etag): IfMatch,
    _: Option<JsonObject>,
) -> ApiResult {
    write
        .run_once(String::new(), move |tx, requester| tasks::verify(tx, &Change { requester, who: &who }, &id, &etag))
        .await
}

pub async fn declare(
    SignedIn(who): SignedIn,
    write: Write,
    scope: RequestScope,
    Path([_, id]): Path<[String; 2]>,
    IfMatch(etag): IfMatch,
    body: Option<JsonObject>,
) -> ApiResult {
    let JsonObject(object) = body.unwrap_or_default();
    let mut violations = Violations::default();
    let waiting = match violations.text(&object, "state", "state", LONGEST).map(|word| TaskState::from(word.as_str())) {
        None | Some(TaskState::Declared) => false,
        Some(TaskState::Waiting) => true,
        Some(_) => {
            violations.add("state", "must be DECLARED or WAITING");
            false
        }
    };
    let time = violations.text(&object, "declared_time", "declared_time", LONGEST).map(|text| past(&text, scope.now));
    if time == Some(None) {
        violations.add("declared_time", "must be a time such as 2026-01-31T09:30:00Z that has passed");
    }
    let time = time.flatten().unwrap_or(scope.now);
    let note = violations.lines(&object, "note", LONGEST_NOTE).filter(|note| !note.is_empty());
    let declaration = violations.done(Declaration { waiting, time, note })?;
    let fingerprint = Value::Object(object).to_string();
    write
        .run_once(fingerprint, move |tx, requester| {
            tasks::declare(tx, &Change { requester, who: &who }, (&id, &etag), &declaration)
        })
        .await
}

pub async fn cancel(
    SignedIn(who): SignedIn,
    write: Write,
    Path([_, id]): Path<[String; 2]>,
    IfMatch(etag): IfMatch,
    _: Option<JsonObject>,
) -> ApiResult {
    write
        .run_once(String::new(), move |tx, requester| tasks::cancel(tx, &Change { requester, who: &who }, &id, &etag))
        .await
}
