//! Codes by which technicians get their credential: good once, for a quarter of an hour, and kept as hashes. Who types
//! wrong ones is slowed.

use super::limits::{GUESSES, Turn, clear, network, take};
use super::sample_secrets::renew;
use super::{COLUMNS, read};
use crate::domain::activity::Action;
use crate::domain::technician::code;
use crate::server::auth::hash::SecretHash;
use crate::server::random;
use crate::server::sql::{OptionalExtension, Transaction};
use crate::server::store::companies::row::RequestScope;
use crate::server::store::error::StoreError;
use crate::server::store::requester::Requester;
use crate::wire::Actor;
use crate::wire::technician::{Credential, Enrolment};
use std::net::IpAddr;

/// How long a code is good for, in milliseconds.
const GOOD_FOR: i64 = 15 * 60_000;

/// Lets a technician enrol from now on; a code from before is no longer good. The new one is made by [`issue`].
pub fn begin(tx: &Transaction<'_>, technician_n: i64, now: i64) -> Result<(), StoreError> {
    tx.execute("DELETE FROM enrolments WHERE technician_n = ? OR expire_time <= ?", (technician_n, now))?;
    let sql = "INSERT INTO enrolments (technician_n, expire_time) VALUES (?, ?)";
    tx.execute(sql, (technician_n, now + GOOD_FOR))?;
    Ok(())
}

/// Puts a code into an answer, as long as its enrolment is open. That to a repeated request comes here too: codes are
/// not kept, so that it gets another one, and the first is no longer good.
pub fn hand_out(tx: &Transaction<'_>, requester: &Requester, answer: &str) -> Result<String, StoreError> {
    let read = |error: serde_json::Error| StoreError::internal("an answer could not be read", &error);
    let mut enrolment: Enrolment = serde_json::from_str(answer).map_err(read)?;
    enrolment.enrolment_code = issue(tx, &enrolment, requester.now)?;
    serde_json::to_string(&enrolment).map_err(|error| StoreError::internal("an answer could not be written", &error))
}

/// A code for this enrolment, as people read it; `None` if it is no longer open.
pub fn issue(tx: &Transaction<'_>, enrolment: &Enrolment, now: i64) -> Result<Option<String>, StoreError> {
    let until = enrolment.expire_time.map(jiff::Timestamp::as_millisecond).filter(|until| *until > now);
    let code = random::code()?;
    let sql = "UPDATE enrolments SET code_hash = ?
               WHERE technician_n = (SELECT n FROM technicians WHERE id = ?) AND expire_time = ?";
    let open = tx.execute(sql, (SecretHash::of(&code).as_str(), &enrolment.technician.id, until))? == 1;
    Ok(open.then(|| code::shown(&code)))
}

/// Who wants to enrol, from where and with what.
pub struct Attempt {
    /// Of the code without what people put between its letters.
    pub code: SecretHash,
    pub peer: IpAddr,
    pub scope: RequestScope,
    /// Request id and program.
    pub request: (String, Option<String>),
}

pub enum Exchanged {
    Done(Credential),
    /// For so many seconds.
    Wait(u32),
    /// The code was used, ran out, or never was.
    Unknown,
}

/// Makes the credential of whoever has the code. It replaces the one before.
pub fn exchange(tx: &Transaction<'_>, attempt: Attempt, account: &str) -> Result<Exchanged, StoreError> {
    let now = attempt.scope.now;
    let limit = format!("enrolment {}", network(attempt.peer));
    if let Turn::Wait(seconds) = take(tx, &limit, GUESSES, now)? {
        return Ok(Exchanged::Wait(seconds));
    }
    let sql = format!(
        "SELECT {COLUMNS} FROM enrolments e JOIN technicians t ON t.n = e.technician_n
         WHERE e.code_hash = ? AND e.expire_time > ? AND t.state <> 'REVOKED'"
    );
    let found = tx.prepare_cached(&sql)?.query_row((attempt.code.as_str(), now), read).optional()?;
    let Some(technician) = found else { return Ok(Exchanged::Unknown) };
    clear(tx, &limit)?;
    tx.execute("DELETE FROM enrolments WHERE technician_n = ?", [technician.n])?;
    tx.execute("UPDATE technicians SET state = 'ACTIVE' WHERE n = ?", [technician.n])?;
    let client_secret = renew(tx, technician.n)?;
    let actor = Actor { id: technician.id.clone(), display_name: technician.display_name.clone() };
    let requester = Requester::by(attempt.scope, actor, attempt.request);
    requester.audit_account(tx, &Action::TechnicianEnrolled, &technician.display_name)?;
    Ok(Exchanged::Done(Credential { account_id: account.to_owned(), client_id: technician.id, client_secret }))
}
