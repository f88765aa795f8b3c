//! The counted fields of a company: written in the transaction that changes what they count.

use crate::domain::company::CompanyState;
use crate::domain::people::{GroupKind, PersonKind, PersonState};
use crate::server::sql::{Connection, Transaction};
use crate::server::store::companies::row::Record;
use crate::server::store::error::StoreError;
use crate::wire::people::User;

/// Counts the people of a company anew. Filled seats are members and guests who are active, await their confirmation
/// or are in recovery (support page *billing*); a technician is neither a seat nor an owner.
pub fn recount(tx: &Transaction<'_>, company_n: i64) -> Result<(), StoreError> {
    let sql = "UPDATE companies SET
        (filled, members, guests, owners_confirmed, owners_invited, open_recoveries, recoveries_waiting) =
        (SELECT count(*) FILTER (WHERE seat), count(*) FILTER (WHERE seat AND kind = 'MEMBER'),
            count(*) FILTER (WHERE seat AND kind = 'GUEST'),
            count(*) FILTER (WHERE owner AND state = 'ACTIVE'), count(*) FILTER (WHERE owner AND state = 'INVITED'),
            count(*) FILTER (WHERE state IN ('RECOVERY_STARTED', 'RECOVERY_AWAITING_COMPLETION')),
            count(*) FILTER (WHERE state = 'RECOVERY_AWAITING_COMPLETION')
         FROM (SELECT p.state, p.kind,
            p.kind IN ('MEMBER', 'GUEST') AND p.state IN
                ('ACTIVE', 'AWAITING_CONFIRMATION', 'RECOVERY_STARTED', 'RECOVERY_AWAITING_COMPLETION') AS seat,
            EXISTS (SELECT 1 FROM memberships m JOIN groups g ON g.n = m.group_n
                WHERE m.person_n = p.n AND g.kind = 'OWNERS') AS owner
            FROM people p WHERE p.company_n = ?1 AND p.kind <> 'EXTERNAL_ACCOUNT_MANAGER') AS counted)
        WHERE n = ?1";
    tx.prepare_cached(sql)?.execute([company_n])?;
    name_owners(tx, company_n)
}

/// Writes down who owns a company, to be found by name: confirmed or invited, at most ten, technicians never.
pub fn name_owners(tx: &Transaction<'_>, company_n: i64) -> Result<(), StoreError> {
    let sql = "UPDATE companies SET owner_names = coalesce((
            SELECT '\u{1f}' || string_agg(display_name, '\u{1f}') || '\u{1f}' FROM (
                SELECT p.display_name FROM people p
                JOIN memberships m ON m.person_n = p.n JOIN groups g ON g.n = m.group_n
                WHERE p.company_n = ?1 AND g.kind = 'OWNERS' AND p.kind <> 'EXTERNAL_ACCOUNT_MANAGER'
                  AND p.state <> 'DELETED' ORDER BY p.n LIMIT 10) AS owners), '')
        WHERE n = ?1";
    tx.prepare_cached(sql)?.execute([company_n])?;
    Ok(())
}

/// How many people of the company could complete this person's recovery: active owners and administrators, the
/// person not counted, technicians never.
pub fn recoverers(db: &Connection, company_n: i64, person_n: i64) -> Result<u32, StoreError> {
    let sql = "SELECT count(DISTINCT p.n) FROM people p
        JOIN memberships m ON m.person_n = p.n JOIN groups g ON g.n = m.group_n
        WHERE p.company_n = ? AND p.n <> ? AND p.state = 'ACTIVE' AND p.kind <> 'EXTERNAL_ACCOUNT_MANAGER'
        AND g.kind IN ('OWNERS', 'ADMINISTRATORS')";
    Ok(db.prepare_cached(sql)?.query_row((company_n, person_n), |row| row.get(0))?)
}

/// 409 for people of a company that is no longer ours.
pub fn still_managed(record: &Record) -> Result<(), StoreError> {
    if record.state() != CompanyState::Unlinked {
        return Ok(());
    }
    Err(StoreError::conflict("WRONG_STATE", "The company is unlinked; technicians have no access any more."))
}

/// The refusal that keeps a company from being left without an owner.
pub fn last_owner(person: &User) -> StoreError {
    let detail = format!("{} is the last confirmed owner. Make somebody else an owner first.", person.display_name);
    StoreError::conflict("LAST_OWNER", detail)
}

/// The refusal of what cannot be done to a technician of the MSP.
pub fn technician(detail: &str) -> StoreError {
    StoreError::conflict("TECHNICIAN_NOT_ALLOWED", detail)
}

/// Whether this is a technician of the MSP.
pub fn is_technician(person: &User) -> bool {
    person.kind == Some(PersonKind::Technician)
}

/// Whether the company would have no confirmed owner without this person.
pub fn is_last_owner(record: &Record, person: &User) -> bool {
    let owner = person.memberships().iter().any(|group| group.kind == Some(GroupKind::Owners));
    let confirmed = owner && !is_technician(person) && person.state == Some(PersonState::Active);
    let alone = record.company.owners.as_ref().is_some_and(|owners| owners.confirmed.is_some_and(|count| count <= 1));
    confirmed && alone
}
