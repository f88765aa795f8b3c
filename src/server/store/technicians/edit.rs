//! Who the MSP's technicians are, and what changes about them. Each change has its audit event.

use super::{enrolments, tokens};
use crate::domain::activity::Action;
use crate::domain::technician::{NewTechnician, Role, TechnicianChanges, TechnicianState};
use crate::server::random;
use crate::server::sql::{self, Connection, OptionalExtension, Row, Transaction};
use crate::server::store::companies::row::{RequestScope, time};
use crate::server::store::error::StoreError;
use crate::server::store::requester::{Requester, same_revision};
use crate::server::store::rows::{Page, Window};
use crate::wire::technician::{Enrolment, Technician};

const COLUMNS: &str = "t.n, t.id, t.rev, t.display_name, t.email, t.role, t.state, t.create_time, t.sign_in_time,
    (SELECT e.expire_time FROM enrolments e WHERE e.technician_n = t.n AND e.expire_time > ?1) AS enrolment_expire_time";

fn read(row: &Row<'_>, scope: &RequestScope) -> sql::Result<(i64, Technician)> {
    let id: String = row.get("id")?;
    let technician = Technician {
        path: scope.technician_path(&id),
        id,
        etag: scope.etag('t', row.get("rev")?),
        display_name: row.get("display_name")?,
        email: row.get("email")?,
        role: Some(Role::from(row.get_ref("role")?.as_str()?)),
        state: Some(TechnicianState::from(row.get_ref("state")?.as_str()?)),
        create_time: time(row.get("create_time")?),
        sign_in_time: time(row.get("sign_in_time")?),
        enrolment_expire_time: time(row.get("enrolment_expire_time")?),
    };
    Ok((row.get("n")?, technician))
}

pub fn list(db: &Connection, scope: &RequestScope, window: &Window) -> Result<Page<Technician>, StoreError> {
    let total = window.total(|| Ok(db.query_row("SELECT count(*) FROM technicians", [], |row| row.get(0))?))?;
    let sql = format!("SELECT {COLUMNS} FROM technicians t WHERE t.n > ?2 ORDER BY t.n LIMIT ?3");
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map((scope.now, window.after(0)?, window.limit()), |row| read(row, scope))?;
    Ok(Page::by_number(rows.collect::<Result<_, _>>()?, total))
}

/// A technician with their row's number.
pub fn one(db: &Connection, scope: &RequestScope, id: &str) -> Result<(i64, Technician), StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM technicians t WHERE t.id = ?2");
    let found = db.prepare_cached(&sql)?.query_row((scope.now, id), |row| read(row, scope)).optional()?;
    found.ok_or(StoreError::NotFound)
}

/// Adds one, who has to enrol.
pub fn add(tx: &Transaction<'_>, requester: &Requester, new: &NewTechnician) -> Result<Enrolment, StoreError> {
    let id = random::id()?;
    free_address(tx, &new.email, &id)?;
    let sql = "INSERT INTO technicians (n, id, display_name, email, role, state, create_time)
               VALUES ((SELECT max(n) + 1 FROM technicians), ?, ?, ?, ?, 'PENDING', ?) RETURNING n";
    let values = (&id, &new.display_name, &new.email, new.role.as_str(), requester.now);
    let n: i64 = tx.query_row(sql, values, |row| row.get(0))?;
    enrolments::begin(tx, n, requester.now)?;
    requester.audit_account(tx, &Action::TechnicianAdded, &new.display_name)?;
    Ok(Enrolment::without_code(one(tx, &requester.scope, &id)?.1))
}

/// `etag` is the revision that the change is about; `None` if it holds for any.
pub fn change(
    tx: &Transaction<'_>,
    requester: &Requester,
    (id, etag): (&str, Option<&str>),
    changes: &TechnicianChanges,
) -> Result<Technician, StoreError> {
    let (n, before) = one(tx, &requester.scope, id)?;
    if let Some(etag) = etag {
        same_revision(etag, &before.etag)?;
    }
    if let Some(email) = &changes.email {
        free_address(tx, email, id)?;
    }
    if changes.role.as_ref().is_some_and(|role| *role != Role::Owner) {
        another_owner(tx, n, &before)?;
    }
    apply(tx, requester, n, changes)?;
    Ok(one(tx, &requester.scope, id)?.1)
}

/// Writes down a change that is allowed.
pub fn apply(
    tx: &Transaction<'_>,
    requester: &Requester,
    n: i64,
    changes: &TechnicianChanges,
) -> Result<(), StoreError> {
    let sql = "UPDATE technicians SET display_name = coalesce(?1, display_name), email = coalesce(?2, email),
               role = coalesce(?3, role), rev = rev + 1 WHERE n = ?4 RETURNING display_name";
    let role = changes.role.as_ref().map(Role::as_str);
    let name: String = tx.query_row(sql, (&changes.display_name, &changes.email, role, n), |row| row.get(0))?;
    let target = role.map_or_else(|| name.clone(), |role| format!("{name}: {role}"));
    requester.audit_account(tx, &Action::TechnicianChanged, &target)
}

/// Takes the credential away, with its tokens and a code that is open. One who has none any more stays as they are.
pub fn revoke(tx: &Transaction<'_>, requester: &Requester, id: &str) -> Result<Technician, StoreError> {
    let (n, before) = one(tx, &requester.scope, id)?;
    if before.state == Some(TechnicianState::Revoked) {
        return Ok(before);
    }
    another_owner(tx, n, &before)?;
    end_access(tx, requester, n, &before.display_name)?;
    Ok(one(tx, &requester.scope, id)?.1)
}

/// Writes down a revocation that is allowed. What was got with the credential does not come back with it.
pub fn end_access(tx: &Transaction<'_>, requester: &Requester, n: i64, name: &str) -> Result<(), StoreError> {
    tx.execute("UPDATE technicians SET state = 'REVOKED', rev = rev + 1 WHERE n = ?", [n])?;
    tx.execute("DELETE FROM enrolments WHERE technician_n = ?", [n])?;
    tokens::end_all(tx, n)?;
    requester.audit_account(tx, &Action::TechnicianRevoked, name)
}

/// Gives a credential back that was taken away, and in the sample the role that it gave.
pub fn restore(tx: &Transaction<'_>, requester: &Requester, n: i64, technician: &Technician) -> Result<(), StoreError> {
    free_address(tx, &technician.email, &technician.id)?;
    let sql = "UPDATE technicians SET role = coalesce(sample_role, role), rev = rev + 1,
               state = CASE WHEN secret_hash IS NULL AND sample_role IS NULL THEN 'PENDING' ELSE 'ACTIVE' END
               WHERE n = ?";
    tx.execute(sql, [n])?;
    requester.audit_account(tx, &Action::TechnicianRestored, &technician.display_name)
}

pub fn sign_out(tx: &Transaction<'_>, requester: &Requester, n: i64, name: &str) -> Result<(), StoreError> {
    tokens::end_all(tx, n)?;
    requester.audit_account(tx, &Action::TechnicianSignedOut, name)
}

/// Makes room for a new credential. With `rotate` the one that they have ends now, else when the new one is made.
pub fn enrol(tx: &Transaction<'_>, requester: &Requester, id: &str, rotate: bool) -> Result<Enrolment, StoreError> {
    let (n, before) = one(tx, &requester.scope, id)?;
    if before.state == Some(TechnicianState::Revoked) {
        let detail = format!("The access of {} is revoked. Add them anew.", before.display_name);
        return Err(StoreError::conflict("WRONG_STATE", detail));
    }
    if rotate {
        another_owner(tx, n, &before)?;
        let sql = "UPDATE technicians SET secret_hash = NULL, state = 'PENDING', rev = rev + 1 WHERE n = ?";
        tx.execute(sql, [n])?;
        tokens::end_all(tx, n)?;
    }
    enrolments::begin(tx, n, requester.now)?;
    let action = if rotate { Action::CredentialRotated } else { Action::EnrolmentIssued };
    requester.audit_account(tx, &action, &before.display_name)?;
    Ok(Enrolment::without_code(one(tx, &requester.scope, id)?.1))
}

/// Somebody must be left who can let others in.
fn another_owner(db: &Connection, n: i64, technician: &Technician) -> Result<(), StoreError> {
    if technician.role != Some(Role::Owner) || technician.state != Some(TechnicianState::Active) {
        return Ok(());
    }
    let sql = "SELECT count(*) FROM technicians WHERE role = 'OWNER' AND state = 'ACTIVE' AND n <> ?";
    let others: i64 = db.query_row(sql, [n], |row| row.get(0))?;
    if others > 0 {
        return Ok(());
    }
    let detail =
        format!("{} is the last owner who can sign in. Make somebody else an owner first.", technician.display_name);
    Err(StoreError::conflict("LAST_OWNER", detail))
}

/// No two technicians who have access have the same address, in whatever case.
fn free_address(db: &Connection, email: &str, id: &str) -> Result<(), StoreError> {
    let sql = "SELECT email FROM technicians WHERE state <> 'REVOKED' AND id <> ?";
    let mut statement = db.prepare_cached(sql)?;
    let taken = statement.query_map([id], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
    if taken.iter().any(|taken| taken.to_lowercase() == email.to_lowercase()) {
        return Err(StoreError::conflict(
            "ALREADY_EXISTS",
            format!("There is a technician of the address {email} already."),
        ));
    }
    Ok(())
}
