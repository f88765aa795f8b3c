//! Companies of a list as JSON text, mostly copied: only what depends on the time and on who asks is put in.

use crate::domain::company::CompanyState;
use crate::server::error::ApiError;
use crate::server::store::company_row::{COLUMNS, Facts, RequestScope, ahead, attention, stalled_since};
use crate::wire::company::Company;
use memchr::memmem;
use rusqlite::{Connection, OptionalExtension, Row, Transaction};
use std::io::Write;

/// What [`append`] reads, in this order; the text itself is joined in.
pub const SHOWN: &str = "companies.n, company_texts.text, state, filled, seat_limit, owners_confirmed, setup_done, \
    setup_applicable, setup_moved, recoveries_waiting, link_waiting, granted_mask, trial_end_time, snooze_until";
/// The number of columns: what a query adds comes after them.
pub const SHOWN_COUNT: usize = 14;
/// Where they come from.
pub const FROM: &str = "companies LEFT JOIN company_texts ON company_texts.n = companies.n";

/// These stand in a stored text where something may have to be put in. No value can be taken for one of them:
/// inside a JSON string every quote has a backslash before it.
const ATTENTION: &[u8] = b"\"attention\":[";
const GRANTED: &[u8] = b"\"granted_to_me\":false";
const SETUP: &[u8] = b"\"setup\":{";
/// The member behind the snooze, which lapses by time.
const UPDATED: &[u8] = b",\"update_time\":";

/// Stores the text of a company that was just inserted.
pub fn store(tx: &Transaction<'_>, scope: &RequestScope, n: i64) -> Result<(), ApiError> {
    let sql = format!("SELECT {COLUMNS} FROM companies WHERE n = ?");
    let mut company = tx.prepare_cached(&sql)?.query_row([n], |row| scope.company(row))?;
    company.attention.clear();
    company.setup.stalled_since = None;
    company.advanced_permissions.granted_to_me = false;
    company.snooze_until_time = None;
    let text = text(&company)?;
    tx.prepare_cached("INSERT INTO company_texts (n, text) VALUES (?, ?)")?.execute((n, text))?;
    Ok(())
}

fn text(company: &Company) -> Result<String, ApiError> {
    serde_json::to_string(company).map_err(|error| ApiError::internal("a company could not be written", &error))
}

/// Appends the JSON of one row that was selected with [`SHOWN`].
pub fn append(db: &Connection, scope: &RequestScope, row: &Row<'_>, out: &mut Vec<u8>) -> Result<(), ApiError> {
    let state = CompanyState::from(row.get::<_, String>(2)?.as_str());
    let stalled = stalled_since(&state, row.get(6)?, row.get(7)?, row.get(8)?, scope.now);
    let facts = Facts {
        state: &state,
        filled: row.get(3)?,
        limit: row.get(4)?,
        owners: row.get(5)?,
        stalled: stalled.is_some(),
        recoveries_waiting: row.get(9)?,
        link_waiting: row.get(10)?,
        trial_end: row.get(12)?,
    };
    let attention = attention(&facts, scope.now);
    let stored = row.get_ref(1)?.as_str_or_null().map_err(rusqlite::Error::from)?;
    let Some(stored) = stored else {
        return from_row(db, scope, row.get(0)?, out);
    };
    let mut rest = stored.as_bytes();
    if let Some(time) = stalled {
        rest = copy_past(rest, SETUP, out)?;
        rest = copy_past(rest, b"}", out)?;
        out.pop();
        write(out, format_args!(",\"stalled_since\":\"{time}\"}}"))?;
    }
    if scope.granted(row.get(11)?) {
        rest = copy_past(rest, GRANTED, out)?;
        out.truncate(out.len() - b"false".len());
        out.extend_from_slice(b"true");
    }
    if !attention.is_empty() {
        rest = copy_past(rest, ATTENTION, out)?;
        for (place, kind) in attention.iter().enumerate() {
            let comma = if place == 0 { "" } else { "," };
            write(out, format_args!("{comma}\"{}\"", kind.as_str()))?;
        }
    }
    if let Some(time) = ahead(row.get(13)?, scope.now) {
        rest = copy_past(rest, UPDATED, out)?;
        out.truncate(out.len() - UPDATED.len());
        write(out, format_args!(",\"snooze_until_time\":\"{time}\""))?;
        out.extend_from_slice(UPDATED);
    }
    out.extend_from_slice(rest);
    Ok(())
}

/// Copies up to and including the mark; what is behind it comes back.
fn copy_past<'a>(text: &'a [u8], mark: &[u8], out: &mut Vec<u8>) -> Result<&'a [u8], ApiError> {
    let end = memmem::find(text, mark).map(|place| place + mark.len());
    let parts = end.and_then(|end| text.split_at_checked(end));
    let (copied, rest) = parts.ok_or_else(|| ApiError::internal("a stored text has another shape", &"mark missing"))?;
    out.extend_from_slice(copied);
    Ok(rest)
}

fn write(out: &mut Vec<u8>, what: std::fmt::Arguments<'_>) -> Result<(), ApiError> {
    out.write_fmt(what).map_err(|error| ApiError::internal("memory could not be written", &error))
}

fn from_row(db: &Connection, scope: &RequestScope, n: i64, out: &mut Vec<u8>) -> Result<(), ApiError> {
    let sql = format!("SELECT {COLUMNS} FROM companies WHERE n = ?");
    let company = db.prepare_cached(&sql)?.query_row([n], |row| scope.company(row)).optional()?;
    let company = company.ok_or_else(ApiError::not_found)?;
    serde_json::to_writer(out, &company).map_err(|error| ApiError::internal("a company could not be written", &error))
}

/// Puts rows that are written already into a list that was written without any.
pub fn with_rows(list: &[u8], rows: &[u8]) -> Result<Vec<u8>, ApiError> {
    const HEAD: &[u8] = b"{\"results\":[";
    let Some(tail) = list.strip_prefix(HEAD) else {
        return Err(ApiError::internal("a list has another shape", &"results come first"));
    };
    let mut out = Vec::with_capacity(list.len() + rows.len());
    for part in [HEAD, rows, tail] {
        out.extend_from_slice(part);
    }
    Ok(out)
}
