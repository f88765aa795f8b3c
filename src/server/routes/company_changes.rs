//! What changed about the companies, at once or as soon as something does.

use crate::server::connections::long_polls::Held;
use crate::server::error::{ApiError, ApiResult, Reply};
use crate::server::extract::{Endpoint, Query, SignedIn};
use crate::server::middleware::authorize;
use crate::server::middleware::task::HungUp;
use crate::server::query::page_token::{self, ChangeToken};
use crate::server::state::{App, AppState};
use crate::server::store::companies::recent::{Asked, Found, Moment};
use crate::server::store::companies::row::RequestScope;
use crate::server::store::companies::{self, expirations};
use crate::server::store::links::{expire_overdue, next_expiration};
use crate::server::store::pool::{BUSY, DEADLINE};
use crate::wire::list::ChangeList;
use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{Instant, sleep, sleep_until};

/// After a change, others that come with it are waited for.
const SETTLE: Duration = Duration::from_millis(20);

/// From where is asked, and how much at once.
struct Question {
    scope: RequestScope,
    since: ChangeToken,
    size: i64,
}

impl Question {
    fn asked(&self) -> Asked {
        Asked { bit: self.scope.bit, since: self.since.seq, size: self.size }
    }
}

pub async fn changes(
    State(app): App,
    SignedIn(who): SignedIn,
    scope: RequestScope,
    endpoint: Endpoint,
    Extension(hung_up): Extension<HungUp>,
    headers: HeaderMap,
    query: Query,
) -> ApiResult {
    let since = query.get("since").ok_or_else(|| ApiError::field("since", "is missing"))?;
    let size = i64::from(query.page_size(1000)?);
    let wait = Duration::from_secs(query.wait()?).min(app.long_polls.longest);
    let mut question = Question { scope, since: page_token::change(since)?, size };
    // Before the first look, so that no change falls between.
    let news = app.store.changes();
    let known = if wait.is_zero() { None } else { known(&app, &question, &news) };
    let mut found = match known {
        Some(found) => found,
        None => look(&app, &question).await?,
    };
    if !found.is_news()
        && !wait.is_zero()
        && let Some(held) = app.long_polls.hold(who.n)
    {
        tokio::select! {
            held = hold(&app, &mut question, (&mut found, news), (wait, held)) => held?,
            // Nobody reads the answer.
            () = hung_up.wait() => {}
        }
        // Who may not see it any more is not told either.
        DEADLINE.scope(Instant::now() + BUSY, authorize::still(&app, &headers, &endpoint)).await?;
    }
    Reply::json(&ChangeList {
        results: found.changes.companies.into(),
        removed: found.changes.removed,
        next_change_token: page_token::write(&ChangeToken {
            database: app.database_id.clone(),
            seq: found.changes.upto,
        })?,
        has_more: found.changes.has_more,
    })
}

/// Waits until there is something to tell, the time is up, or the server stops.
async fn hold(
    app: &AppState,
    question: &mut Question,
    (found, mut news): (&mut Found, watch::Receiver<u64>),
    (wait, _held): (Duration, Held<'_>),
) -> Result<(), ApiError> {
    let end = Instant::now() + wait;
    let mut over = false;
    while !over && !found.is_news() {
        let woken = tokio::select! {
            () = sleep_until(end) => { over = true; false }
            () = until(app, found.due) => false,
            // Without a sender the store is gone: so is the server.
            changed = news.changed() => if changed.is_ok() { sleep(SETTLE).await; true } else { return Ok(()) },
            () = app.long_polls.stopped() => return Ok(()),
        };
        news.mark_unchanged();
        let _turn = app.long_polls.turn().await;
        question.scope.now = app.now().as_millisecond();
        // When its time is up, it finds also what nobody was told of.
        *found = match known(app, question, &news).filter(|_| woken) {
            Some(found) => found,
            None => DEADLINE.scope(Instant::now() + BUSY, look(app, question)).await?,
        };
    }
    Ok(())
}

fn moment(now: i64) -> Moment {
    Moment { machine: std::time::Instant::now(), server: now }
}

/// What was found a moment ago for somebody who asked the same.
fn known(app: &AppState, question: &Question, news: &watch::Receiver<u64>) -> Option<Found> {
    if question.since.database != app.database_id {
        return None;
    }
    app.recent.find(&question.asked(), *news.borrow(), moment(question.scope.now))
}

/// Returns at this moment of the server's clock.
async fn until(app: &AppState, moment: Option<i64>) {
    let Some(moment) = moment else { return std::future::pending().await };
    let left = moment.saturating_sub(app.now().as_millisecond()).max(1);
    sleep(Duration::from_millis(u64::try_from(left).unwrap_or(1))).await;
}

/// What changed by now, also by time alone.
async fn look(app: &AppState, question: &Question) -> Result<Found, ApiError> {
    let (asked, Question { scope, since, size }) = (question.asked(), question);
    let (scope, seq, size, now) = (scope.clone(), since.seq, *size, scope.now);
    if let Err(error) = app.recoveries.advance(&app.store, now).await {
        // A database that cannot be written can still be read.
        tracing::warn!(%error, "recoveries were not moved on");
    }
    expire_overdue(&app.store, now).await?;
    expirations::publish(&app.store, now).await?;
    let read = app.store.read(move |db| {
        let soonest = [expirations::next(db, now)?, next_expiration(db)?];
        Ok((companies::changes(db, &scope, seq, size)?, soonest))
    });
    let (changes, soonest) = read.await?;
    let changes = changes.filter(|_| since.database == app.database_id).ok_or_else(|| {
        let detail = "Changes since then are not known any more. List the companies again.";
        ApiError::new(StatusCode::GONE, "CHANGE_TOKEN_EXPIRED", detail)
    })?;
    let soonest = soonest.into_iter().flatten().chain([app.recoveries.next()]);
    // What could not be moved on is tried again with the next question.
    let found = Found { changes, due: soonest.filter(|due| (now + 1..i64::MAX).contains(due)).min() };
    app.recent.keep(asked, &found, moment(now));
    Ok(found)
}
