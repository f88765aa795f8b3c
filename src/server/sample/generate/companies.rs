//! Rows of companies: of the sample, of those that technicians add later, and of those that owners link. All of them
//! get their groups, people and steps in the same way.

use super::company_spec::CompanySpec;
use super::names::Names;
use super::{people, technician};
use crate::server::sql::{OptionalExtension, Row, ToSql, Transaction, params_from_iter};
use crate::server::store::companies::counters;
use crate::server::store::companies::name_keys::{order_key, search_key, tags_key};
use crate::server::store::companies::row::{FOURTEEN_DAYS, listed};
use crate::server::store::error::StoreError;
use crate::server::store::sample_seed::SampleSeed;

/// Those that a new row has values of.
const COLUMNS: usize = 44;

/// Writes the row alone: the owners' names are in it, so that a company is found by them before its people are made.
pub fn insert(tx: &Transaction<'_>, origin: &SampleSeed, names: &Names, spec: &CompanySpec) -> Result<(), StoreError> {
    let lines: Vec<String> = spec.street.iter().cloned().collect();
    let (unlinked_by_id, unlinked_by_name) =
        spec.unlink_time.map(|_| technician(origin, 3)).map(|who| (who.id, who.display_name)).unzip();
    // Technicians 1 to 3 have the bits 1 to 3; what the company does not allow was never granted either.
    let granted = match (spec.allowed && spec.unlink_time.is_none(), spec.ungranted) {
        (false, _) => 0,
        (true, false) => 0b1110,
        (true, true) => 0b0110,
    };
    let row: [(&str, &dyn ToSql); COLUMNS] = [
        ("n", &spec.row()),
        ("id", &spec.id),
        ("name", &spec.name),
        ("name_lower", &search_key(&spec.name)),
        ("name_key", &order_key(&spec.name)),
        ("website", &format!("{}.example", spec.slug)),
        ("country_code", &spec.country),
        ("address_lines", &listed(&lines)),
        ("locality", &spec.town),
        ("postal_code", &spec.postal_code),
        ("sign_in_host", &format!("{}.{}", spec.slug, origin.region)),
        ("origin", &(if spec.linked { "LINKED" } else { "CREATED" })),
        ("state", &spec.state.as_str()),
        ("filled", &spec.filled),
        ("seat_limit", &spec.seat_limit),
        ("members", &(spec.filled - spec.guests)),
        ("guests", &spec.guests),
        ("owners_confirmed", &spec.owners),
        ("owners_invited", &spec.invited_owners),
        ("owner_names", &listed(&people::owner_names(origin, names, spec))),
        ("setup_done", &spec.steps_done),
        ("setup_applicable", &spec.applicable_steps()),
        ("setup_moved", &spec.setup_moved),
        ("open_recoveries", &spec.open_recoveries()),
        ("recoveries_waiting", &spec.recoveries_waiting),
        ("link_waiting", &spec.link_waiting),
        ("allowed_by_company", &spec.allowed),
        ("granted_mask", &granted),
        ("policies", &spec.policies),
        ("shared_vaults", &spec.vaults),
        ("identity_providers", &spec.identity_providers),
        ("external_id", &spec.external_id),
        ("external_id_lower", &spec.external_id.as_deref().map(search_key)),
        ("tags", &listed(&spec.tags)),
        ("tags_lower", &tags_key(&spec.tags)),
        ("note", &spec.note),
        ("create_time", &spec.create_time),
        ("link_time", &spec.link_time),
        ("launch_time", &spec.launch_time),
        ("unlink_time", &spec.unlink_time),
        ("unlinked_by_id", &unlinked_by_id),
        ("unlinked_by_name", &unlinked_by_name),
        ("trial_end_time", &(spec.unlink_time.map(|time| time + FOURTEEN_DAYS))),
        ("update_time", &spec.update_time),
    ];
    let columns = row.map(|(name, _)| name).join(", ");
    let sql = format!("INSERT INTO companies ({columns}) VALUES ({})", ["?"; COLUMNS].join(", "));
    tx.execute(&sql, params_from_iter(row.map(|(_, value)| value)))?;
    Ok(())
}

/// The number for the next company.
fn next(tx: &Transaction<'_>) -> Result<u32, StoreError> {
    let n: i64 = tx.query_row("SELECT coalesce(max(n), 0) FROM companies", [], |row| row.get(0))?;
    u32::try_from(n).map_err(|error| StoreError::internal("there is no room for another company", &error))
}

fn insert_with_people(tx: &Transaction<'_>, origin: &SampleSeed, spec: &CompanySpec) -> Result<i64, StoreError> {
    let names = Names::of(origin.region);
    insert(tx, origin, &names, spec)?;
    people::insert(tx, origin, &names, spec)?;
    Ok(spec.row())
}

/// A company of our own: nobody is in it but the technicians, nothing is set up.
pub fn add(tx: &Transaction<'_>, origin: &SampleSeed, id: &str, slug: &str, now: i64) -> Result<i64, StoreError> {
    let n = insert_with_people(tx, origin, &CompanySpec::empty(next(tx)?, id.to_owned(), slug.to_owned(), now))?;
    tx.execute("UPDATE companies SET website = NULL WHERE n = ?", [n])?;
    Ok(n)
}

/// An outside account becomes a company under the id it has; 404 when there is no such account.
pub fn link(tx: &Transaction<'_>, origin: &SampleSeed, account_id: &str, now: i64) -> Result<i64, StoreError> {
    let mut spec = CompanySpec::empty(next(tx)?, account_id.to_owned(), String::new(), now);
    let sql = "SELECT name, slug, language, country_code, locality, postal_code, street, seats, guests, owners,
               create_time, owner_id, owner_name FROM outside_accounts WHERE id = ?";
    let read = |row: &Row<'_>| {
        (spec.name, spec.slug, spec.language, spec.country) = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
        (spec.town, spec.postal_code, spec.street) = (row.get(4)?, row.get(5)?, row.get(6)?);
        (spec.filled, spec.guests, spec.owners) = (row.get(7)?, row.get(8)?, row.get(9)?);
        spec.create_time = row.get(10)?;
        Ok((row.get::<_, String>(11)?, row.get::<_, String>(12)?))
    };
    let owner = tx.query_row(sql, [account_id], read).optional()?;
    let (owner_id, owner_name) = owner.ok_or(StoreError::NotFound)?;
    (spec.linked, spec.allowed, spec.link_time) = (true, false, Some(now));
    let n = insert_with_people(tx, origin, &spec)?;
    // Owners come first. The one who started the link is one of them.
    tx.execute(
        "UPDATE people SET id = ?, display_name = ? WHERE n = (SELECT min(n) FROM people WHERE company_n = ?)",
        (owner_id, owner_name, n),
    )?;
    counters::name_owners(tx, n)?;
    tx.execute("DELETE FROM outside_accounts WHERE id = ?", [account_id])?;
    // Whoever heard that it was gone has to hear that it is back, and not the other way round.
    tx.execute("DELETE FROM tombstones WHERE id = ?", [account_id])?;
    Ok(n)
}
