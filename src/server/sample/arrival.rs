//! Companies that come after the sample was made: those that technicians add, and those that owners link. They get
//! their groups, people and steps as the sample's companies do, so that everything else finds them alike.

use super::names::Names;
use super::plan::Plan;
use super::{ACTING, Origin, TEAM, crowd, insert, technician_id};
use crate::server::answer::Fail;
use crate::server::counted;
use rusqlite::{OptionalExtension, Transaction};

/// The number for the next company; the row number is one more.
fn next(tx: &Transaction<'_>) -> Result<u32, Fail> {
    let n: i64 = tx.query_row("SELECT coalesce(max(n), 0) FROM companies", [], |row| row.get(0))?;
    u32::try_from(n).map_err(|error| Fail::internal("there is no room for another company", &error))
}

/// A company of our own: nobody is in it but the technicians, nothing is set up.
///
/// # Errors
/// The database cannot be written.
pub fn added(tx: &Transaction<'_>, origin: &Origin, id: &str, slug: &str, now: i64) -> Result<i64, Fail> {
    let plan = Plan::arriving(next(tx)?, id.to_owned(), slug.to_owned(), now);
    insert(tx, origin, &plan)?;
    let n = i64::from(plan.number) + 1;
    tx.execute("UPDATE companies SET website = NULL WHERE n = ?", [n])?;
    crowd::insert(tx, origin, &Names::of(origin.region), &plan)?;
    Ok(n)
}

/// An outside account becomes a company under the id it has.
///
/// # Errors
/// 404 when there is no such account.
pub fn linked(tx: &Transaction<'_>, origin: &Origin, account_id: &str, now: i64) -> Result<i64, Fail> {
    let mut plan = Plan::arriving(next(tx)?, account_id.to_owned(), String::new(), now);
    let sql = "SELECT name, slug, language, country_code, locality, postal_code, street, seats, guests, owners,
               create_time, owner_id, owner_name FROM outside_accounts WHERE id = ?";
    let read = |row: &rusqlite::Row<'_>| {
        (plan.name, plan.slug, plan.language, plan.country) = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
        (plan.town, plan.postal_code, plan.street) = (row.get(4)?, row.get(5)?, row.get(6)?);
        (plan.filled, plan.guests, plan.owners) = (row.get(7)?, row.get(8)?, row.get(9)?);
        plan.create_time = row.get(10)?;
        Ok((row.get::<_, String>(11)?, row.get::<_, String>(12)?))
    };
    let owner = tx.query_row(sql, [account_id], read).optional()?;
    let (owner_id, owner_name) = owner.ok_or_else(Fail::not_found)?;
    (plan.linked, plan.allowed, plan.link_time) = (true, false, Some(now));
    insert(tx, origin, &plan)?;
    let n = i64::from(plan.number) + 1;
    crowd::insert(tx, origin, &Names::of(origin.region), &plan)?;
    // Owners come first. The one who started the link is one of them.
    tx.execute(
        "UPDATE people SET id = ?, display_name = ? WHERE n = (SELECT min(n) FROM people WHERE company_n = ?)",
        (owner_id, owner_name, n),
    )?;
    counted::name_owners(tx, n)?;
    tx.execute("DELETE FROM outside_accounts WHERE id = ?", [account_id])?;
    // Whoever heard that it was gone has to hear that it is back, and not the other way round.
    tx.execute("DELETE FROM tombstones WHERE id = ?", [account_id])?;
    Ok(n)
}

/// Lets the technicians into a company that is there already.
///
/// # Errors
/// The database cannot be written.
pub fn technicians(tx: &Transaction<'_>, origin: &Origin, company_n: i64, now: i64) -> Result<(), Fail> {
    for (n, member) in (1_i64..).zip(&TEAM).take(ACTING) {
        let id = technician_id(origin, n);
        tx.execute(
            "INSERT INTO people (company_n, id, email, display_name, state, kind, app_user, create_time)
             VALUES (?, ?, ?, ?, 'ACTIVE', 'EXTERNAL_ACCOUNT_MANAGER', 0, ?)
             ON CONFLICT (company_n, id) DO UPDATE SET state = 'ACTIVE', rev = rev + 1",
            (company_n, &id, member.email, member.name, now),
        )?;
        tx.execute(
            "INSERT OR IGNORE INTO memberships (person_n, group_n)
             SELECT p.n, g.n FROM people p JOIN groups g ON g.company_n = p.company_n
             WHERE p.company_n = ? AND p.id = ? AND g.kind = 'EXTERNAL_ACCOUNT_MANAGERS'",
            (company_n, &id),
        )?;
    }
    Ok(())
}
