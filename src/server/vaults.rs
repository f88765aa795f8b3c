//! Vaults: names and counts, never an item, and the access that technicians give themselves (support page
//! *technician permissions*).

use super::answer::{Answer, Fail, Reply};
use super::call::Call;
use super::company_row::{Record, View};
use super::counted::still_managed;
use super::people::{cursor, list, total};
use super::sample;
use super::writing::once;
use crate::wire::company::Company;
use crate::wire::vault::Vault;
use axum::http::StatusCode;
use rusqlite::{Connection, OptionalExtension, Row};

/// `GET companies/{id}/vaults`.
pub async fn show(call: &Call) -> Answer {
    let cursor = cursor(call, "vaults")?;
    unfold(call).await?;
    let view = View::new(&call.house, &call.who, call.now);
    let (id, who) = (call.company().to_owned(), call.who.n);
    call.house
        .store
        .read(move |db| {
            let record = view.record(db, &id)?;
            let total = total(db, &cursor, "SELECT count(*) FROM vaults WHERE company_n = ?", record.n)?;
            list(page(db, &view, &record, who, (cursor.after, i64::from(cursor.size) + 1))?, &cursor, total)
        })
        .await
}

/// Makes sure that the company's vaults exist, without writing when they do.
async fn unfold(call: &Call) -> Result<(), Fail> {
    let id = call.company().to_owned();
    let sql = "SELECT n, shared_vaults > 0 AND NOT EXISTS (SELECT 1 FROM vaults WHERE company_n = companies.n)
               FROM companies WHERE id = ?";
    let found = call
        .house
        .store
        .read(move |db| {
            let found = db.prepare_cached(sql)?.query_row([id], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
            found.ok_or_else(Fail::not_found)
        })
        .await?;
    let (n, unmade): (i64, bool) = found;
    if !unmade {
        return Ok(());
    }
    let origin = call.house.origin;
    call.house.store.write(move |tx| sample::unfold_vaults(tx, &origin, n)).await
}

/// A technician who was given access counts among the people who have it.
const COLUMNS: &str = "n, id, name, description, item_count,
    people_count + (SELECT count(*) FROM vault_access a WHERE a.vault_n = vaults.n),
    EXISTS (SELECT 1 FROM vault_access a WHERE a.vault_n = vaults.n AND a.technician_n = ?1)";

fn read(row: &Row<'_>, view: &View, company: &str) -> rusqlite::Result<(i64, Vault)> {
    let id: String = row.get(1)?;
    let vault = Vault {
        path: format!("{}/vaults/{id}", view.path(company)),
        id,
        name: row.get(2)?,
        description: row.get(3)?,
        item_count: row.get(4)?,
        people_count: row.get(5)?,
        has_access: row.get(6)?,
    };
    Ok((row.get(0)?, vault))
}

/// Vaults behind a row's number, as the technician `who` sees them; at most so many.
pub fn page(
    db: &Connection,
    view: &View,
    record: &Record,
    who: i64,
    (after, most): (i64, i64),
) -> Result<Vec<(i64, Vault)>, Fail> {
    let sql = format!("SELECT {COLUMNS} FROM vaults WHERE company_n = ?2 AND n > ?3 ORDER BY n LIMIT ?4");
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map((who, record.n, after, most), |row| read(row, view, &record.company.id))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The vault with this id.
///
/// # Errors
/// 404 when the company has none.
pub fn one(db: &Connection, view: &View, record: &Record, who: i64, id: &str) -> Result<(i64, Vault), Fail> {
    let sql = format!("SELECT {COLUMNS} FROM vaults WHERE company_n = ?2 AND id = ?3");
    let mut statement = db.prepare_cached(&sql)?;
    let found = statement.query_row((who, record.n, id), |row| read(row, view, &record.company.id)).optional()?;
    found.ok_or_else(Fail::not_found)
}

/// `POST companies/{id}/vaults/{vault}:grantAccess`.
pub async fn grant(call: &Call) -> Answer {
    let dry = call.validate_only()?;
    let (company, vault_id, origin) = (call.company().to_owned(), call.value(2).to_owned(), call.house.origin);
    once(call, String::new(), dry, move |tx, author| {
        let record = author.view.record(tx, &company)?;
        still_managed(&record)?;
        sample::unfold_vaults(tx, &origin, record.n)?;
        let (n, vault) = one(tx, &author.view, &record, author.technician_n, &vault_id)?;
        may_grant(&record.company)?;
        if vault.has_access {
            return Reply::json(&vault);
        }
        let sql = "INSERT INTO vault_access (vault_n, technician_n) VALUES (?, ?)";
        tx.execute(sql, (n, author.technician_n))?;
        let company = (record.company.id.as_str(), record.company.name.as_str());
        author.audit(tx, "VAULT_ACCESS_GRANTED", company, Some(&vault.name))?;
        Reply::json(&one(tx, &author.view, &record, author.technician_n, &vault_id)?.1)
    })
    .await
}

/// *Advanced permissions* count when the company allows them and the MSP granted them to this technician.
fn may_grant(company: &Company) -> Result<(), Fail> {
    let refused = |code, detail| Err(Fail::new(StatusCode::FORBIDDEN, code, detail));
    let advanced = &company.advanced_permissions;
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
