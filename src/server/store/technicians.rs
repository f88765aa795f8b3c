//! Technicians as they stand now. Read from the database with every request, so that a change holds at once, whoever
//! made it: another instance, or `mspdash serve revoke` and its like in another process.

pub mod access;
pub mod edit;
pub mod enrolments;
pub mod limits;
pub mod sample_secrets;
pub mod sign_in;
pub mod tokens;

use super::error::StoreError;
use crate::domain::technician::Role;
use crate::server::auth::Technician;
use crate::server::auth::hash::SecretHash;
use crate::server::sql::{self, Connection, OptionalExtension, Params, Row, Transaction};

const COLUMNS: &str = "t.n, t.id, t.display_name, t.email, t.role";

fn read(row: &Row<'_>) -> sql::Result<Technician> {
    Ok(Technician {
        n: row.get("n")?,
        id: row.get("id")?,
        display_name: row.get("display_name")?,
        email: row.get("email")?,
        role: Role::from(row.get_ref("role")?.as_str()?),
    })
}

fn one(db: &Connection, from: &str, params: impl Params) -> Result<Option<Technician>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM {from}");
    Ok(db.prepare_cached(&sql)?.query_row(params, read).optional()?)
}

/// Whose token it is, while it is good and their credential was not taken away.
pub fn by_token(db: &Connection, token: &str, now: i64) -> Result<Option<Technician>, StoreError> {
    let from = "tokens k JOIN technicians t ON t.n = k.technician_n
                WHERE k.hash = ? AND k.expire_time > ? AND t.state = 'ACTIVE'";
    one(db, from, (SecretHash::of(token).as_str(), now))
}

pub fn by_number(db: &Connection, n: i64) -> Result<Option<Technician>, StoreError> {
    one(db, "technicians t WHERE t.n = ?", [n])
}

pub fn by_id(db: &Connection, id: &str) -> Result<Option<Technician>, StoreError> {
    one(db, "technicians t WHERE t.id = ?", [id])
}

/// The owner who has been there for longest and has access.
pub fn first_owner(db: &Connection) -> Result<Option<Technician>, StoreError> {
    one(db, "technicians t WHERE t.role = ? AND t.state <> 'REVOKED' ORDER BY t.n LIMIT 1", [Role::Owner.as_str()])
}

/// How many have access.
pub fn count(db: &Connection) -> Result<u64, StoreError> {
    let sql = "SELECT count(*) FROM technicians WHERE state <> 'REVOKED'";
    Ok(db.query_row(sql, [], |row| row.get::<_, i64>(0))?.try_into().unwrap_or(0))
}

/// One of the sample's team.
pub fn insert_sample(
    tx: &Transaction<'_>,
    (n, id): (u32, &str),
    (name, email): (&str, &str),
    role: &Role,
    now: i64,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO technicians (n, id, display_name, email, role, sample_role, state, create_time)
               VALUES (?1, ?2, ?3, ?4, ?5, ?5, 'ACTIVE', ?6)";
    tx.execute(sql, (n, id, name, email, role.as_str(), now))?;
    Ok(())
}

/// The first owner of a REAL workspace, who has no secret yet.
pub fn insert_owner(tx: &Transaction<'_>, id: &str, (name, email): (&str, &str), now: i64) -> Result<(), StoreError> {
    let sql = "INSERT INTO technicians (n, id, display_name, email, role, state, create_time)
               VALUES (1, ?, ?, ?, ?, 'ACTIVE', ?)";
    tx.execute(sql, (id, name, email, Role::Owner.as_str(), now))?;
    Ok(())
}
