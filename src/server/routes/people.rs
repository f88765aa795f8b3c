//! People of a company and its groups.

mod by_source;

use crate::domain::people::search_words;
use crate::domain::recovery::PersonAct;
use crate::server::error::{ApiError, ApiResult, Reply};
use crate::server::extract::write::Write;
use crate::server::extract::{Endpoint, IfMatch, JsonObject, Path, Query};
use crate::server::middleware::guided;
use crate::server::query::paging::Paging;
use crate::server::routes::company_edit::Violations;
use crate::server::state::App;
use crate::server::store::companies::row::RequestScope;
use crate::server::store::people::{self, actions, groups, recoveries, search};
use axum::extract::State;

pub async fn list(State(app): App, scope: RequestScope, Path([_, id]): Path<[String; 2]>, query: Query) -> ApiResult {
    let paging = Paging::read(&query, &["users", &id], 1)?;
    paging.list(&app.store, move |db, window| people::list(db, &scope, &id, window)).await
}

pub async fn get(State(app): App, scope: RequestScope, Path([_, company, id]): Path<[String; 3]>) -> ApiResult {
    Reply::json(&app.store.read(move |db| people::get(db, &scope, &company, &id)).await?)
}

/// People of all companies by name or e-mail address.
pub async fn find(State(app): App, query: Query) -> ApiResult {
    let search = query.get("search").unwrap_or_default();
    let short = || ApiError::field("search", "must have 2 to 100 characters of a name or an e-mail address");
    let words = search_words(search).ok_or_else(short)?;
    let paging = Paging::read(&query, &["users", search], 1)?;
    paging.list(&app.store, move |db, window| search::list(db, &words, window)).await
}

pub async fn list_groups(
    State(app): App,
    scope: RequestScope,
    Path([_, id]): Path<[String; 2]>,
    query: Query,
) -> ApiResult {
    let paging = Paging::read(&query, &["groups", &id], 1)?;
    paging.list(&app.store, move |db, window| groups::list(db, &scope, &id, window)).await
}

/// Open recoveries over all companies.
pub async fn list_recoveries(State(app): App, scope: RequestScope, query: Query) -> ApiResult {
    let paging = Paging::read(&query, &["recoveries"], 2)?;
    paging.list(&app.store, move |db, window| recoveries::list(db, &scope, window)).await
}

const ACTS: [PersonAct; 5] = [
    PersonAct::Suspend,
    PersonAct::Reactivate,
    PersonAct::BeginRecovery,
    PersonAct::CompleteRecovery,
    PersonAct::CancelRecovery,
];

/// The custom verbs of `users/{id}`.
pub async fn act(
    State(app): App,
    endpoint: Endpoint,
    write: Write,
    Path([_, company, user]): Path<[String; 3]>,
    etag: Result<IfMatch, ApiError>,
) -> ApiResult {
    let verb = endpoint.template.rsplit(':').next();
    let act = ACTS.into_iter().find(|act| Some(act.as_str()) == verb).ok_or_else(ApiError::not_found)?;
    if let Some(task) = guided::kind(&endpoint).filter(|_| app.is_real()) {
        return by_source::act(&app, write, (company, user), (act, task), etag).await;
    }
    let IfMatch(etag) = etag?;
    write
        .run_once(String::new(), move |tx, requester| {
            actions::act(tx, requester, (&company, &user, &etag), act, &app.recoveries)
        })
        .await
}

pub async fn add_to_group(
    write: Write,
    Path([_, company, group]): Path<[String; 3]>,
    JsonObject(object): JsonObject,
) -> ApiResult {
    let mut violations = Violations::default();
    let user = violations.text(&object, "user_id", "user_id", 40).unwrap_or_default();
    if user.is_empty() {
        violations.add("user_id", "must name a person of the company");
    }
    violations.done(())?;
    write.run_once(user.clone(), move |tx, requester| groups::add(tx, requester, (&company, &group, &user))).await
}

pub async fn remove_from_group(write: Write, Path([_, company, group, user]): Path<[String; 4]>) -> ApiResult {
    write.run_once(String::new(), move |tx, requester| groups::remove(tx, requester, (&company, &group, &user))).await
}
