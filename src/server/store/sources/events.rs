//! What 1Password recorded in companies' accounts: kept in the trail, in one transaction with how far it was read.

use super::row::{self, SourceRow};
use super::{fail, note_standing, schedule, tell};
use crate::connect::Failure;
use crate::connect::events_api::{Followed, Gap, Mark, Marks, Note, Party, Reading, Stream, StreamRead};
use crate::domain::activity::{Action, EventOrigin};
use crate::domain::source::{EXPIRY_NOTICE, SourceState};
use crate::server::sql::{Connection, OptionalExtension, Transaction};
use crate::server::store::companies::name_keys::search_key;
use crate::server::store::error::StoreError;
use crate::server::store::meta;
use crate::server::store::requester::{Requester, touch};
use crate::wire::source::Source;
use jiff::Timestamp;

/// For so many days, unless it is set.
const KEPT: i64 = 400;
const DAY: i64 = 24 * 3_600_000;
/// The number of the workspace that says for how many days. All who write go by it: servers, dashboards, and the operator's
/// commands.
const KEPT_KEY: &str = "events_kept_days";

/// How far a source was read.
pub fn marks(db: &Connection, source_n: i64) -> Result<Marks, StoreError> {
    let mut marks = Marks::new();
    for stream in Stream::ALL {
        marks.extend(mark(db, source_n, stream)?.map(|mark| (stream, mark)));
    }
    Ok(marks)
}

fn mark(db: &Connection, source_n: i64, stream: Stream) -> Result<Option<Mark>, StoreError> {
    let sql = "SELECT cursor, through FROM event_marks WHERE source_n = ? AND stream = ?";
    let found = db.prepare_cached(sql)?.query_row((source_n, stream.as_str()), |row| Ok((row.get(0)?, row.get(1)?)));
    let found: Option<(String, i64)> = found.optional()?;
    Ok(found.map(|(cursor, through)| {
        let through = Timestamp::from_millisecond(through).unwrap_or_default();
        Mark { cursor, through }
    }))
}

/// Keeps what was read behind the marks, or why nothing was. `asked` is the source as it was then; if it was connected anew
/// meanwhile, what came is of no use any more.
pub fn store_outcome(
    tx: &Transaction<'_>,
    requester: &Requester,
    asked: &SourceRow,
    outcome: &Result<Followed, Failure>,
) -> Result<Source, StoreError> {
    let now = row::by_number(tx, asked.n)?.ok_or(StoreError::NotFound)?;
    if !now.is_same_connection(asked) {
        return Ok(now.wire(&requester.scope));
    }
    match (outcome, now.account_changed()) {
        (_, Some(changed)) => fail(tx, requester, &now, &changed)?,
        (Err(failure), None) => fail(tx, requester, &now, failure)?,
        (Ok(followed), None) => keep(tx, requester, &now, followed)?,
    }
    let settled = row::by_number(tx, asked.n)?.ok_or(StoreError::NotFound)?;
    Ok(settled.wire(&requester.scope))
}

fn keep(tx: &Transaction<'_>, requester: &Requester, row: &SourceRow, followed: &Followed) -> Result<(), StoreError> {
    let mut new = false;
    let mut odd = 0_u32;
    for StreamRead { stream, asked, outcome } in &followed.streams {
        let Ok(reading) = outcome else { continue };
        new |= keep_stream(tx, requester, row, (*stream, asked.as_ref(), reading))?;
        odd = odd.saturating_add(reading.unreadable);
    }
    let sql = "DELETE FROM audit_events WHERE company_id = ? AND origin IS NOT NULL AND time < ?";
    tx.execute(sql, (&row.company_id, kept_from(tx, requester.now)?))?;
    if let Some(failure) = followed.failure() {
        return fail(tx, requester, row, failure);
    }
    if new {
        tell(tx, row.company_n)?;
    }
    if followed.is_complete() {
        let as_of = followed.as_of.as_millisecond();
        let sql = "UPDATE sources SET last_success_time = ?1 WHERE n = ?2 AND coalesce(last_success_time < ?1, TRUE)";
        tx.execute(sql, (as_of, row.n))?;
    }
    let sql = "UPDATE sources SET state = ?, reason = NULL, detail = ?, last_try_time = ?, expire_time = ? WHERE n = ?";
    let (detail, expires) = (remark(followed, odd), followed.proof.expires.map(Timestamp::as_millisecond));
    tx.execute(sql, (SourceState::Connected.as_str(), detail, requester.now, expires, row.n))?;
    note_standing(tx, row.company_n)?;
    if followed.is_complete() {
        schedule::after_success(tx, row, requester.now)
    } else {
        schedule::goes_on(tx, row, requester.now)
    }
}

/// What is to be said of a reading that worked.
fn remark(followed: &Followed, odd: u32) -> Option<String> {
    let missing = Stream::ALL.iter().find(|stream| !followed.proof.streams.contains(stream));
    let soon = followed.as_of.checked_add(EXPIRY_NOTICE).unwrap_or(followed.as_of);
    let ends = followed.proof.expires.filter(|end| *end < soon);
    let parts = [
        ends.map(|end| format!("the token expires on {}: replace it before", end.strftime("%Y-%m-%d"))),
        (!followed.is_complete()).then(|| "there are more events: the next reading goes on".to_owned()),
        (odd > 0).then(|| format!("events without an id or a time were left out: {odd}")),
        missing.map(|stream| format!("the token lacks the feature {}", stream.as_str())),
        (!followed.proof.too_much.is_empty())
            .then(|| format!("the token may read more than is wanted: {}", followed.proof.too_much.join(", "))),
    ];
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// Answers whether anything was new. Somebody else may have read on meanwhile: events that are there stay, and the mark is
/// moved only from where this reading began.
fn keep_stream(
    tx: &Transaction<'_>,
    requester: &Requester,
    row: &SourceRow,
    (stream, asked, reading): (Stream, Option<&Mark>, &Reading<Note>),
) -> Result<bool, StoreError> {
    let mut new = false;
    for note in &reading.events {
        new |= insert(tx, requester, row, note)?;
    }
    if let Some(gap) = reading.gap {
        new |= insert(tx, requester, row, &missing(stream, gap))?;
    }
    let launches = reading.events.iter().filter(|note| note.action == Action::CompanyLaunched);
    if let Some(last) = launches.map(|note| note.time.as_millisecond()).max() {
        let sql = "UPDATE companies SET launch_time = ?1 WHERE n = ?2 AND coalesce(launch_time < ?1, TRUE)";
        if tx.execute(sql, (last, row.company_n))? > 0 {
            touch(tx, row.company_n, requester.now)?;
        }
    }
    if mark(tx, row.n, stream)?.as_ref() == asked.map(at_millisecond).as_ref() {
        let sql = "INSERT INTO event_marks (source_n, stream, cursor, through) VALUES (?, ?, ?, ?)
                   ON CONFLICT (source_n, stream) DO UPDATE SET cursor = excluded.cursor, through = excluded.through";
        let Mark { cursor, through } = &reading.mark;
        tx.execute(sql, (row.n, stream.as_str(), cursor, through.as_millisecond()))?;
    }
    Ok(new)
}

/// As it is kept.
fn at_millisecond(mark: &Mark) -> Mark {
    let through = Timestamp::from_millisecond(mark.through.as_millisecond()).unwrap_or(mark.through);
    Mark { cursor: mark.cursor.clone(), through }
}

fn insert(tx: &Transaction<'_>, requester: &Requester, row: &SourceRow, note: &Note) -> Result<bool, StoreError> {
    let name = note.actor.called().unwrap_or("?");
    let sql = "INSERT INTO audit_events (id, time, actor_id, actor_name, actor_lower, action, company_id, company_name,
            target, client, request_id, origin, remote_id)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', ?, ?)
        ON CONFLICT (company_id, remote_id) WHERE remote_id IS NOT NULL DO NOTHING";
    let inserted = tx.prepare_cached(sql)?.execute((
        requester.ids.next()?,
        note.time.as_millisecond(),
        &note.actor.uuid,
        name,
        search_key(name),
        note.action.as_str(),
        &row.company_id,
        &row.company_name,
        note.target.as_deref(),
        note.client.as_deref(),
        EventOrigin::OnePassword.as_str(),
        &note.uuid,
    ))?;
    Ok(inserted > 0)
}

/// What stands in the trail for events that nobody can read any more.
fn missing(stream: Stream, Gap { from, to }: Gap) -> Note {
    let day = |time: Timestamp| time.strftime("%Y-%m-%d").to_string();
    let actor = Party { name: "1Password".to_owned(), ..Party::default() };
    Note {
        uuid: format!("missing {} {}", stream.as_str(), from.as_millisecond()),
        time: to,
        actor,
        action: Action::ActivityMissing,
        target: Some(format!("{}, {} – {}", stream.as_str(), day(from), day(to))),
        client: None,
    }
}

/// For how many days events are kept from now on.
pub fn set_kept(tx: &Transaction<'_>, days: u32) -> Result<(), StoreError> {
    meta::set_number(tx, KEPT_KEY, days.into())
}

/// From when on events are kept, in milliseconds.
fn kept_from(db: &Connection, now: i64) -> Result<i64, StoreError> {
    let days = meta::find_number(db, KEPT_KEY)?.unwrap_or(KEPT);
    Ok(now.saturating_sub(days.saturating_mul(DAY)))
}

/// Forgets what is too old, also of companies that nobody reads any more.
pub fn forget_old(tx: &Transaction<'_>, now: i64) -> Result<(), StoreError> {
    // By the index of the trail; events of 1Password have no place but their time.
    let sql = "DELETE FROM audit_events WHERE origin IS NOT NULL AND coalesce(place, time) < ?";
    tx.execute(sql, [kept_from(tx, now)?])?;
    Ok(())
}

/// Forgets what was recorded in a company's account.
pub(super) fn forget(tx: &Transaction<'_>, company: &str, company_n: i64) -> Result<(), StoreError> {
    tx.execute("DELETE FROM audit_events WHERE company_id = ? AND origin IS NOT NULL", [company])?;
    let sql = "UPDATE companies SET launch_time = (SELECT max(time) FROM audit_events WHERE company_id = companies.id
                   AND action = ?) WHERE n = ?";
    tx.execute(sql, (Action::CompanyLaunched.as_str(), company_n))?;
    Ok(())
}

#[cfg(test)]
mod tests;
