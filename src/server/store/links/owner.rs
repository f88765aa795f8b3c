//! Linking, the company's half: an Owner starts a link, approves it or denies it. In the sample workspace these are
//! the only actions that nobody signs in for: whoever sits at the machine plays the Owner.

use super::{LinkRow, PATIENCE, expire, find, managed, release};
use crate::domain::activity::Action;
use crate::domain::link::LinkState;
use crate::server::random;
use crate::server::sample::generate;
use crate::server::sql::{Connection, OptionalExtension, Transaction};
use crate::server::store::error::StoreError;
use crate::server::store::requester::Requester;
use crate::server::store::sample_seed::SampleSeed;
use crate::wire::Actor;

/// An account that its Owner could link to us.
pub struct Candidate {
    pub id: String,
    pub name: String,
    pub region: String,
    pub seats: u32,
    /// It was in our care before.
    pub unlinked: bool,
    /// The request that is open already.
    pub open: Option<String>,
}

/// Those that are not managed: first outside accounts, then unlinked companies.
pub fn candidates(db: &Connection, region: &str, now: i64) -> Result<Vec<Candidate>, StoreError> {
    let sql = "SELECT a.id, a.name, a.region, a.seats, a.unlinked,
                 (SELECT l.id FROM link_requests l WHERE l.account_id = a.id AND l.expire_time > ?2
                  AND l.state IN ('REQUESTED', 'ACCEPTED') ORDER BY l.n DESC LIMIT 1)
               FROM (SELECT id, name, region, seats, 0 AS unlinked, n FROM outside_accounts
                     UNION ALL SELECT id, name, CAST(?1 AS TEXT), filled, 1, n FROM companies WHERE state = 'UNLINKED') a
               ORDER BY a.unlinked, a.n LIMIT 200";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map((region, now), |row| {
        Ok(Candidate {
            id: row.get(0)?,
            name: row.get(1)?,
            region: row.get(2)?,
            seats: row.get(3)?,
            unlinked: row.get(4)?,
            open: row.get(5)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// An account with the Owner who acts for it.
struct Account {
    name: String,
    slug: String,
    region: String,
    owner: Actor,
}

fn account(tx: &Transaction<'_>, origin: &SampleSeed, id: &str, region: &str) -> Result<Option<Account>, StoreError> {
    let sql = "SELECT name, slug, region, owner_id, owner_name FROM outside_accounts WHERE id = ?";
    let outside = tx.prepare_cached(sql)?.query_row([id], |row| {
        let owner = Actor { id: row.get(3)?, display_name: row.get(4)? };
        Ok(Account { name: row.get(0)?, slug: row.get(1)?, region: row.get(2)?, owner })
    });
    if let Some(outside) = outside.optional()? {
        return Ok(Some(outside));
    }
    let sql = "SELECT n, name, sign_in_host FROM companies WHERE id = ? AND state = 'UNLINKED'";
    let found: Option<(i64, String, String)> =
        tx.prepare_cached(sql)?.query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).optional()?;
    let Some((n, name, host)) = found else { return Ok(None) };
    generate::materialize(tx, origin, n)?;
    let sql = "SELECT p.id, p.display_name FROM people p JOIN memberships m ON m.person_n = p.n
               JOIN groups g ON g.n = m.group_n WHERE p.company_n = ? AND g.kind = 'OWNERS' AND p.state = 'ACTIVE'
               AND p.kind <> 'EXTERNAL_ACCOUNT_MANAGER' ORDER BY p.n LIMIT 1";
    let owner = tx
        .prepare_cached(sql)?
        .query_row([n], |row| Ok(Actor { id: row.get(0)?, display_name: row.get(1)? }))
        .optional()?;
    let slug = host.strip_suffix(region).map_or("company", |slug| slug.trim_end_matches('.')).to_owned();
    Ok(owner.map(|owner| Account { name, slug, region: region.to_owned(), owner }))
}

/// Starts a link for an account, or finds the open one; returns the request's id. 404 for a managed account, or none.
pub fn start(
    tx: &Transaction<'_>,
    origin: &SampleSeed,
    account_id: &str,
    region: &str,
    now: i64,
) -> Result<String, StoreError> {
    expire(tx, now)?;
    let open = "SELECT id FROM link_requests WHERE account_id = ? AND state IN ('REQUESTED', 'ACCEPTED') LIMIT 1";
    if let Some(id) = tx.prepare_cached(open)?.query_row([account_id], |row| row.get(0)).optional()? {
        return Ok(id);
    }
    let account = account(tx, origin, account_id, region)?.ok_or(StoreError::NotFound)?;
    let id = random::id()?;
    let token = random::secret()?;
    tx.execute(
        "INSERT INTO link_requests (id, token, account_id, company_name, slug, region, state, requested_by_id,
         requested_by_name, create_time, expire_time) VALUES (?, ?, ?, ?, ?, ?, 'REQUESTED', ?, ?, ?, ?)",
        (
            &id,
            token,
            account_id,
            account.name,
            account.slug,
            account.region,
            account.owner.id,
            account.owner.display_name,
            now,
            now.saturating_add(PATIENCE),
        ),
    )?;
    Ok(id)
}

fn find_accepted(tx: &Transaction<'_>, id: &str, now: i64) -> Result<LinkRow, StoreError> {
    let row = find(tx, id, false, now)?.ok_or(StoreError::NotFound)?;
    if row.state == LinkState::Accepted {
        return Ok(row);
    }
    Err(StoreError::conflict("WRONG_STATE", "This link does not wait for an answer of yours."))
}

pub fn deny(tx: &Transaction<'_>, requester: &Requester, id: &str, reason: Option<&str>) -> Result<(), StoreError> {
    let row = find_accepted(tx, id, requester.now)?;
    tx.execute(
        "UPDATE link_requests SET state = 'DENIED', end_time = ?, reason = ? WHERE n = ?",
        (requester.now, reason, row.n),
    )?;
    row.note(tx, requester, &Action::LinkDenied, reason)?;
    release(tx, &row.account_id, requester.now)
}

/// From now on the company is in our care. Their own rules about technicians stay theirs, so
/// *Advanced permissions* begin switched off (support page *security*).
pub fn approve(tx: &Transaction<'_>, requester: &Requester, id: &str, origin: &SampleSeed) -> Result<(), StoreError> {
    let row = find_accepted(tx, id, requester.now)?;
    if managed(tx, &row.account_id)? {
        return Err(StoreError::conflict("ALREADY_MANAGED", "The company is managed by this account already."));
    }
    let sql = "SELECT n FROM companies WHERE id = ?";
    let known: Option<i64> = tx.query_row(sql, [&row.account_id], |row| row.get(0)).optional()?;
    let n = match known {
        Some(n) => {
            generate::materialize(tx, origin, n)?;
            generate::readmit_technicians(tx, origin, n, requester.now)?;
            n
        }
        None => generate::link_company(tx, origin, &row.account_id, requester.now)?,
    };
    tx.execute(
        "UPDATE companies SET state = 'ACTIVE', origin = 'LINKED', link_time = ?1, unlink_time = NULL,
         unlinked_by_id = NULL, unlinked_by_name = NULL, trial_end_time = NULL, link_waiting = 0,
         allowed_by_company = 0, granted_mask = 0, setup_moved = ?1 WHERE n = ?2",
        (requester.now, n),
    )?;
    requester.touch(tx, n)?;
    tx.execute("UPDATE link_requests SET state = 'APPROVED', end_time = ? WHERE n = ?", (requester.now, row.n))?;
    requester.note(tx, &Action::LinkApproved, (Some(row.account_id.as_str()), &row.company_name), None)
}
