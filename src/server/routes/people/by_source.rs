//! What is done to a person of a REAL workspace through a source of the company. Where it has none for this, it is a task of
//! the web console.

use crate::connect::Failure;
use crate::connect::users_api::{Act, Person};
use crate::domain::activity::Action;
use crate::domain::facts::FactSource;
use crate::domain::people::PersonState;
use crate::domain::recovery::PersonAct;
use crate::domain::source::SourceReason;
use crate::server::error::{ApiError, ApiResult};
use crate::server::extract::IfMatch;
use crate::server::extract::write::Write;
use crate::server::middleware::guided;
use crate::server::state::SharedState;
use crate::server::store::companies::counters::still_managed;
use crate::server::store::error::StoreError;
use crate::server::store::people;
use crate::server::store::pool::{BUSY, DEADLINE};
use crate::server::store::requester::same_revision;
use crate::server::store::sources;
use crate::wire::people::User;
use axum::http::StatusCode;
use tokio::time::Instant;

pub async fn act(
    app: &SharedState,
    write: Write,
    (company, user): (String, String),
    (act, task): (PersonAct, &'static str),
    etag: Result<IfMatch, ApiError>,
) -> ApiResult {
    let (act, action) = match act {
        PersonAct::Suspend => (Act::Suspend, Action::PersonSuspended),
        PersonAct::Reactivate => (Act::Reactivate, Action::PersonReactivated),
        _ => return Err(guided::by_hand(task)),
    };
    let named = company.clone();
    let found = app.store.read(move |db| sources::find(db, &named, &FactSource::UsersApi)).await?;
    let source = found.filter(|source| source.may_write).ok_or_else(|| guided::by_hand(task))?;
    let IfMatch(etag) = etag?;
    let turn = app.act_lock(source.company_n);
    let _turn = turn.lock().await;
    // Only now: the same request may have been under way.
    if let Some(before) = write.answered("").await? {
        return Ok(before);
    }
    let scope = write.requester().scope.clone();
    let person = DEADLINE.scope(
        Instant::now() + BUSY,
        app.store.read(move |db| {
            let record = scope.record(db, &company)?;
            still_managed(&record)?;
            Ok(people::one(db, &scope, &record, &user)?.1)
        }),
    );
    let person = person.await?;
    same_revision(&etag, person.etag.as_deref().unwrap_or_default())?;
    not_yet(&person, act)?;
    let done = if write.validate_only {
        (rehearsed(&person, act), app.now().as_millisecond())
    } else {
        let (seen, time) = app.act_through(&source, &person.id, act).await.map_err(refusal)?;
        took_effect(&person, &seen, act)?;
        (seen, time)
    };
    let settled = write.run_once(String::new(), move |tx, requester| {
        sources::store_act(tx, requester, &source, (&done.0, done.1), &action)
    });
    DEADLINE.scope(Instant::now() + BUSY, settled).await
}

fn not_yet(person: &User, act: Act) -> Result<(), StoreError> {
    if person.state.as_ref() != Some(&act.leads_to()) {
        return Ok(());
    }
    let already = if act == Act::Suspend { "is suspended already" } else { "is not suspended" };
    Err(StoreError::conflict("WRONG_STATE", format!("{} {already}.", person.display_name)))
}

/// As they would be.
fn rehearsed(person: &User, act: Act) -> Person {
    Person {
        id: person.id.clone(),
        email: person.email.clone(),
        display_name: person.display_name.clone(),
        state: act.leads_to(),
        create_time: person.create_time,
    }
}

/// Nothing is said done that was not seen done.
fn took_effect(person: &User, seen: &Person, act: Act) -> Result<(), StoreError> {
    if seen.state == act.leads_to() {
        return Ok(());
    }
    let state = PersonState::as_str(&seen.state);
    let detail = format!("1Password answered that it is done, but {} is still {state} there.", person.display_name);
    Err(StoreError::conflict("NOT_DONE", detail))
}

fn refusal(failure: Failure) -> ApiError {
    let Failure { reason, detail } = failure;
    let unknown = "Whether it was done is not known.";
    match reason {
        SourceReason::Unreachable | SourceReason::RateLimited => {
            ApiError::unavailable(&format!("{detail}. {unknown}"), 5)
        }
        _ => {
            let unknown = if reason == SourceReason::Unreadable { unknown } else { "" };
            let said = format!("{detail}. {unknown} {}", reason.remedy());
            ApiError::new(StatusCode::CONFLICT, "SOURCE_FAILED", said.split_whitespace().collect::<Vec<_>>().join(" "))
        }
    }
}
