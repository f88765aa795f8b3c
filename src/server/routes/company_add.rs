//! Adding a company: an account of its own, made by us and in our care from the first moment (support page *manage
//! companies*). The country is a part of its address; its data live in the MSP account's own region.

use crate::domain::activity::Action;
use crate::server::error::{ApiError, ApiResult, Reply};
use crate::server::extract::JsonObject;
use crate::server::idempotency::{Requester, Write};
use crate::server::random;
use crate::server::routes::company_edit::Edit;
use crate::server::sample::generate::{Origin, add_company};
use crate::server::state::App;
use crate::server::store::company_row::bare_letters;
use axum::extract::State;
use axum::http::{StatusCode, header};
use rusqlite::Transaction;
use serde_json::Value;

/// The longest first label of a host, without the number that may follow it.
const SLUG: usize = 40;
/// So many companies of one name get a number; whoever comes after them gets chance letters.
const MOST_ALIKE: u32 = 200;

/// 201 and the company; with `validate_only` 200 and the company as it would be.
pub async fn add(State(app): App, write: Write, JsonObject(object): JsonObject) -> ApiResult {
    let edit = Edit::read_new(&object)?;
    let fingerprint = Value::Object(object).to_string();
    let (dry, origin, region) = (write.validate_only, app.origin, app.account.region.clone());
    let work = move |tx: &Transaction<'_>, requester: &Requester| {
        let reply = make(tx, requester, &edit, &origin, &region)?;
        Ok(if dry { reply } else { Reply { status: StatusCode::CREATED, ..reply } })
    };
    let reply = write.run_once(fingerprint, work).await?;
    Ok(located(reply))
}

fn make(tx: &Transaction<'_>, requester: &Requester, edit: &Edit, origin: &Origin, region: &str) -> ApiResult {
    let slug = free_slug(tx, edit.new_name(), region)?;
    let id = random::short_name()?;
    let n = add_company(tx, origin, &id, &slug, requester.now)?;
    edit.store(tx, n)?;
    requester.touch(tx, n)?;
    let company = requester.scope.record(tx, &id)?.company;
    requester.audit(tx, Action::CompanyCreated, (&id, &company.name), None)?;
    Reply::json(&company)
}

/// A kept answer comes without headers: where the company is stands in its body as well.
fn located(reply: Reply) -> Reply {
    if reply.status != StatusCode::CREATED {
        return reply;
    }
    let body: Value = serde_json::from_slice(&reply.body).unwrap_or_default();
    match body.get("path").and_then(Value::as_str) {
        Some(path) => reply.with(header::LOCATION, path),
        None => reply,
    }
}

/// The first label of a host that nobody has yet.
fn free_slug(tx: &Transaction<'_>, name: &str, region: &str) -> Result<String, ApiError> {
    let wanted = slug(name);
    let sql = "SELECT EXISTS (SELECT 1 FROM companies WHERE sign_in_host = ?1 || '.' || ?2)
               OR EXISTS (SELECT 1 FROM outside_accounts WHERE slug = ?1)";
    let mut taken = tx.prepare_cached(sql)?;
    for number in 1..=MOST_ALIKE {
        let slug = if number == 1 { wanted.clone() } else { format!("{wanted}-{number}") };
        if !taken.query_row((&slug, region), |row| row.get::<_, bool>(0))? {
            return Ok(slug);
        }
    }
    Ok(format!("{wanted}-{}", random::short_name()?.to_lowercase()))
}

/// A name as a host can have it: letters and digits of ASCII, hyphens between.
fn slug(name: &str) -> String {
    let mut slug = String::new();
    for c in bare_letters(name).chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        if slug.len() == SLUG {
            break;
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "company".into() } else { slug.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_becomes_what_a_host_can_have() {
        assert_eq!(slug("Bright & Söhne KG"), "bright-sohne-kg");
        assert_eq!(slug("  Café  Möwe! "), "cafe-mowe");
        assert_eq!(slug("青海波株式会社"), "company");
        assert_eq!(slug(&"long ".repeat(30)).len(), 39, "no hyphen at the end");
    }
}
