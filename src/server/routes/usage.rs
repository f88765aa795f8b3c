//! Usage: of one company, and of all together with a table (support page *billing*).

use crate::domain::usage::{LONGEST, Period, day};
use crate::server::error::{ApiError, ApiResult, Reply, violation};
use crate::server::extract::{Path, Query};
use crate::server::query::paging::Paging;
use crate::server::state::App;
use crate::server::store::companies::row::RequestScope;
use crate::server::store::technicians;
use crate::server::store::usage::report::{self, Asked, small};
use crate::wire::usage::{Internal, Usage};
use axum::extract::State;
use std::sync::Arc;

/// Companies that may be named in one question.
const MOST_NAMED: usize = 100;
/// Seats of the MSP's own people that are not billed (support page *billing*).
const INCLUDED: u32 = 5;

fn asked(query: &Query, now: i64) -> Result<Asked, ApiError> {
    let mut violations = Vec::new();
    let mut date = |name: &str| {
        let text = query.get(name).unwrap_or("");
        let fault = if text.is_empty() { "is missing" } else { "must be a date such as 2026-11-30, not before 2000" };
        let date = day(text);
        if date.is_none() {
            violations.push(violation(name, fault));
        }
        date
    };
    let (Some(start), Some(end)) = (date("start_date"), date("end_date")) else {
        return Err(ApiError::invalid(violations));
    };
    let wrong = || {
        let said = format!("must be within {LONGEST} days of start_date");
        ApiError::field("end_date", if end < start { "must not be before start_date".to_owned() } else { said })
    };
    let period = Period::between(start, end).ok_or_else(wrong)?;
    Ok(Asked::new(period, now))
}

pub async fn company(
    State(app): App,
    scope: RequestScope,
    Path([_, id]): Path<[String; 2]>,
    query: Query,
) -> ApiResult {
    let (asked, seed) = (asked(&query, scope.now)?, app.sample()?);
    Reply::json(&app.store.read(move |db| report::of_company(db, &scope, &seed, &id, asked)).await?)
}

pub async fn overall(State(app): App, scope: RequestScope, query: Query) -> ApiResult {
    let asked = asked(&query, scope.now)?;
    let named = query.get("company_ids").map(ids).transpose()?;
    let (start, end) = (asked.period.start.to_string(), asked.period.end.to_string());
    let paging = Paging::read(&query, &["usage", &start, &end, query.get("company_ids").unwrap_or("")], 2)?;
    let (state, sample) = (Arc::clone(&app), app.sample()?);
    let (usage, page, paging, technicians) = app
        .store
        .read(move |db| {
            let of = (&sample, &state.usage_totals);
            let (usage, page) = report::of_all(db, of, asked, named.as_deref(), &paging.window)?;
            Ok((usage, page, paging, technicians::count(db)?))
        })
        .await?;
    let mut list = paging.cut(page)?;
    let reply = Reply::json(&Usage {
        internal_seats: Some(Internal { filled: small(technicians), included: INCLUDED }),
        results: Some(std::mem::take(&mut list.results)),
        next_page_token: list.next_page_token.clone(),
        total_size: list.total_size,
        ..usage
    })?;
    Ok(paging.link(reply, &list))
}

/// The ids of `company_ids`, each once.
fn ids(text: &str) -> Result<Vec<String>, ApiError> {
    let mut ids: Vec<String> = text.split(',').map(|id| id.trim().to_owned()).collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.iter().any(String::is_empty) || ids.len() > MOST_NAMED {
        return Err(ApiError::field("company_ids", format!("must be 1 to {MOST_NAMED} ids with commas between them")));
    }
    Ok(ids)
}
