//! Link requests as they are kept. A request that nobody acted on in time is shown as expired from that moment on,
//! whether or not its row says so already.

use super::pool::Store;
use crate::domain::company::CompanyState;
use crate::domain::link::LinkState;
use crate::server::error::ApiError;
use crate::server::store::company_row::time;
use crate::wire::Actor;
use crate::wire::link::LinkRequest;
use rusqlite::{Connection, OptionalExtension, Row, Transaction};
use std::sync::Arc;

/// How long each side has to act, in milliseconds: 7 days.
pub const PATIENCE: i64 = 7 * 24 * 3_600_000;

/// In the order that [`LinkRow`] is read. The last says whether the account is in our list of companies.
pub const COLUMNS: &str = "n, id, token, account_id, company_name, slug, region, state, requested_by_id, \
    requested_by_name, accepted_by_id, accepted_by_name, reason, create_time, accept_time, end_time, expire_time, \
    EXISTS (SELECT 1 FROM companies WHERE companies.id = account_id)";

pub struct LinkRow {
    pub n: i64,
    pub id: String,
    /// The secret part of the confirmation link.
    pub token: String,
    pub account_id: String,
    pub company_name: String,
    slug: String,
    pub region: String,
    pub state: LinkState,
    pub requested_by: Actor,
    pub accepted_by: Option<Actor>,
    pub reason: Option<String>,
    pub create_time: i64,
    accept_time: Option<i64>,
    end_time: Option<i64>,
    pub expire_time: i64,
    /// The account is in our list of companies.
    pub listed: bool,
}

impl LinkRow {
    /// Reads a row selected with [`COLUMNS`].
    pub fn read(row: &Row<'_>, now: i64) -> rusqlite::Result<Self> {
        let accepted_by: Option<String> = row.get(10)?;
        let name: Option<String> = row.get(11)?;
        let (state, expire_time) = (LinkState::from(row.get_ref(7)?.as_str()?), row.get(16)?);
        let lapsed = state.open() && expire_time <= now;
        Ok(Self {
            n: row.get(0)?,
            id: row.get(1)?,
            token: row.get(2)?,
            account_id: row.get(3)?,
            company_name: row.get(4)?,
            slug: row.get(5)?,
            region: row.get(6)?,
            state: if lapsed { LinkState::Expired } else { state },
            requested_by: Actor { id: row.get(8)?, display_name: row.get(9)? },
            accepted_by: accepted_by.map(|id| Actor { id, display_name: name.unwrap_or_default() }),
            reason: row.get(12)?,
            create_time: row.get(13)?,
            accept_time: row.get(14)?,
            end_time: if lapsed { Some(expire_time) } else { row.get(15)? },
            expire_time,
            listed: row.get(17)?,
        })
    }

    /// What the Owner passes on to the MSP.
    pub fn confirmation_link(&self) -> String {
        format!("https://{}.{}/link/{}", self.slug, self.region, self.token)
    }

    pub fn wire(self, urls: &LinkUrls) -> LinkRequest {
        let open = self.state.open();
        LinkRequest {
            path: format!("{}{}", urls.prefix, self.id),
            owner_page_uri: open.then(|| format!("{}/owner/links/{}", urls.base, self.id)),
            id: self.id,
            company_name: self.company_name,
            region: self.region,
            state: Some(self.state),
            requested_by: Some(self.requested_by),
            accepted_by: self.accepted_by,
            company_id: self.listed.then_some(self.account_id),
            reason: self.reason,
            create_time: time(Some(self.create_time)),
            accept_time: time(self.accept_time),
            end_time: time(self.end_time),
            expire_time: time(open.then_some(self.expire_time)),
        }
    }
}

/// What addresses of link requests begin with.
#[derive(Clone)]
pub struct LinkUrls {
    pub prefix: String,
    pub base: String,
    pub region: String,
}

/// The request with this id or, with `by_token`, with this secret.
pub fn find(db: &Connection, key: &str, by_token: bool, now: i64) -> Result<Option<LinkRow>, ApiError> {
    let column = if by_token { "token" } else { "id" };
    let sql = format!("SELECT {COLUMNS} FROM link_requests WHERE {column} = ?");
    Ok(db.prepare_cached(&sql)?.query_row([key], |row| LinkRow::read(row, now)).optional()?)
}

/// Whether some request has to be marked as expired.
pub async fn expire_overdue(store: &Arc<Store>, now: i64) -> Result<(), ApiError> {
    let due = move |db: &Connection| {
        let sql = "SELECT EXISTS (SELECT 1 FROM link_requests
                   WHERE state IN ('REQUESTED', 'ACCEPTED') AND expire_time <= ?)";
        Ok(db.prepare_cached(sql)?.query_row([now], |row| row.get(0))?)
    };
    if store.read(due).await? {
        store.write(move |tx| expire(tx, now)).await?;
    }
    Ok(())
}

/// Marks what nobody acted on in time.
pub fn expire(tx: &Transaction<'_>, now: i64) -> Result<(), ApiError> {
    let sql = "UPDATE link_requests SET state = 'EXPIRED', end_time = expire_time
               WHERE state IN ('REQUESTED', 'ACCEPTED') AND expire_time <= ? RETURNING account_id";
    let lapsed: Vec<String> = {
        let mut statement = tx.prepare_cached(sql)?;
        let rows = statement.query_map([now], |row| row.get(0))?;
        rows.collect::<Result<_, _>>()?
    };
    lapsed.iter().try_for_each(|account| release(tx, account, now))
}

/// A company that only stood in our list because a link was waiting leaves it when the link ends; it goes on
/// outside, and its Owner may try again.
pub fn release(tx: &Transaction<'_>, account_id: &str, now: i64) -> Result<(), ApiError> {
    let kept = tx.execute(
        "INSERT INTO outside_accounts (id, name, slug, language, country_code, locality, postal_code, street, region,
           seats, guests, owners, owner_id, owner_name, create_time)
         SELECT c.id, c.name, l.slug, lower(c.country_code), c.country_code, c.locality, c.postal_code,
           nullif(replace(c.address_lines, char(31), ''), ''), l.region, c.filled, c.guests, c.owners_confirmed,
           l.requested_by_id, l.requested_by_name, c.create_time
         FROM companies c JOIN link_requests l ON l.account_id = c.id
         WHERE c.id = ? AND c.link_waiting AND c.state <> 'UNLINKED' ORDER BY l.n DESC LIMIT 1",
        [account_id],
    )?;
    if kept == 0 {
        return Ok(());
    }
    let seq: i64 =
        tx.query_row("UPDATE meta SET value = value + 1 WHERE key = 'seq' RETURNING value", [], |row| row.get(0))?;
    tx.execute("INSERT INTO tombstones (seq, id, delete_time) VALUES (?, ?, ?)", (seq, account_id, now))?;
    tx.execute("DELETE FROM companies WHERE id = ?", [account_id])?;
    Ok(())
}

/// Whether the account is a company in our care; one that only waits to be linked is not.
pub fn managed(db: &Connection, account_id: &str) -> Result<bool, ApiError> {
    let sql = "SELECT state, link_waiting FROM companies WHERE id = ?";
    let found: Option<(String, bool)> =
        db.prepare_cached(sql)?.query_row([account_id], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    Ok(found.is_some_and(|(state, waiting)| state != CompanyState::Unlinked.as_str() && !waiting))
}
