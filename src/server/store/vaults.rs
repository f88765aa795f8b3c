//! Vaults: names and counts, never an item, and the access that technicians give themselves (support page
//! *technician permissions*).

use super::companies::counters::still_managed;
use super::companies::row::{Record, RequestScope};
use super::error::StoreError;
use super::people::count;
use super::requester::Requester;
use super::rows::{Page, Window};
use crate::server::sql::{self, Connection, OptionalExtension, Row, Transaction};
use crate::wire::company::Company;
use crate::wire::vault::Vault;

/// A technician who was given access counts among the people who have it.
const COLUMNS: &str = "n, id, name, description, item_count,
    people_count + (SELECT count(*) FROM vault_access a WHERE a.vault_n = vaults.n) AS people_count,
    EXISTS (SELECT 1 FROM vault_access a WHERE a.vault_n = vaults.n AND a.technician_n = ?1) AS has_access";

fn read(row: &Row<'_>, scope: &RequestScope, company: &str) -> sql::Result<(i64, Vault)> {
    let id: String = row.get("id")?;
    let vault = Vault {
        path: format!("{}/vaults/{id}", scope.path(company)),
        id,
        name: row.get("name")?,
        description: row.get("description")?,
        item_count: row.get("item_count")?,
        people_count: row.get("people_count")?,
        has_access: row.get("has_access")?,
    };
    Ok((row.get("n")?, vault))
}

/// As the technician `who` sees them.
pub fn list(
    db: &Connection,
    scope: &RequestScope,
    who: i64,
    company: &str,
    window: &Window,
) -> Result<Page<Vault>, StoreError> {
    let record = scope.record(db, company)?;
    let total = window.total(|| count(db, "vaults", record.n))?;
    let vaults = after(db, scope, &record, who, (window.after(0)?, window.limit()))?;
    Ok(Page::by_number(vaults, total))
}

/// Vaults behind a row's number; at most so many.
pub fn after(
    db: &Connection,
    scope: &RequestScope,
    record: &Record,
    who: i64,
    (after, most): (i64, i64),
) -> Result<Vec<(i64, Vault)>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM vaults WHERE company_n = ?2 AND n > ?3 ORDER BY n LIMIT ?4");
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map((who, record.n, after, most), |row| read(row, scope, &record.company.id))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub fn one(
    db: &Connection,
    scope: &RequestScope,
    record: &Record,
    who: i64,
    id: &str,
) -> Result<(i64, Vault), StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM vaults WHERE company_n = ?2 AND id = ?3");
    let mut statement = db.prepare_cached(&sql)?;
    let found = statement.query_row((who, record.n, id), |row| read(row, scope, &record.company.id)).optional()?;
    found.ok_or(StoreError::NotFound)
}

pub fn grant(tx: &Transaction<'_>, requester: &Requester, company: &str, id: &str) -> Result<Vault, StoreError> {
    let (scope, who) = (&requester.scope, requester.technician_n);
    let record = scope.record(tx, company)?;
    still_managed(&record)?;
    let (n, vault) = one(tx, scope, &record, who, id)?;
    may_grant(&record.company)?;
    if vault.has_access {
        return Ok(vault);
    }
    tx.execute("INSERT INTO vault_access (vault_n, technician_n) VALUES (?, ?)", (n, who))?;
    requester.audit(tx, "VAULT_ACCESS_GRANTED", record.named(), Some(&vault.name))?;
    Ok(one(tx, scope, &record, who, id)?.1)
}

/// *Advanced permissions* count when the company allows them and the MSP granted them to this technician.
fn may_grant(company: &Company) -> Result<(), StoreError> {
    let refused = |code, detail| Err(StoreError::Forbidden { code, detail });
    let advanced = company.advanced_permissions.clone().unwrap_or_default();
    if !advanced.allowed_by_company {
        let detail = "An owner of the company has turned off Advanced permissions for technicians. Only an owner \
                      can turn them on.";
        return refused("ADVANCED_PERMISSION_OFF", detail);
    }
    if !advanced.granted_to_me {
        let detail = "The company allows Advanced permissions, but the MSP has not granted them to you. Ask an \
                      owner or administrator of the MSP account.";
        return refused("ADVANCED_PERMISSION_NOT_GRANTED", detail);
    }
    Ok(())
}
