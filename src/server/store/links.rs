//! Link requests as they are kept. A request that nobody acted on in time is shown as expired from that moment on,
//! whether or not its row says so already.

use crate::server::sql::{self, Connection, OptionalExtension, Row, Transaction};
pub mod owner;

use super::companies::row::{actor, time};
use super::error::StoreError;
use super::pool::Store;
use super::requester::{Requester, next_seq};
use super::rows::{Page, Window};
use crate::domain::activity::Action;
use crate::domain::company::CompanyState;
use crate::domain::link::{ConfirmationLink, LinkState};
use crate::wire::Actor;
use crate::wire::link::LinkRequest;
use std::sync::Arc;

/// How long each side has to act, in milliseconds: 7 days.
pub const PATIENCE: i64 = 7 * 24 * 3_600_000;

/// The last says whether the account is in our list of companies.
const COLUMNS: &str = "n, id, token, account_id, company_name, slug, region, state, requested_by_id, \
    requested_by_name, accepted_by_id, accepted_by_name, reason, create_time, accept_time, end_time, expire_time, \
    EXISTS (SELECT 1 FROM companies WHERE companies.id = account_id) AS listed";

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
    pub fn read(row: &Row<'_>, now: i64) -> sql::Result<Self> {
        let (state, expire_time) = (LinkState::from(row.get_ref("state")?.as_str()?), row.get("expire_time")?);
        let lapsed = state.open() && expire_time <= now;
        Ok(Self {
            n: row.get("n")?,
            id: row.get("id")?,
            token: row.get("token")?,
            account_id: row.get("account_id")?,
            company_name: row.get("company_name")?,
            slug: row.get("slug")?,
            region: row.get("region")?,
            state: if lapsed { LinkState::Expired } else { state },
            requested_by: Actor { id: row.get("requested_by_id")?, display_name: row.get("requested_by_name")? },
            accepted_by: actor(row.get("accepted_by_id")?, row.get("accepted_by_name")?),
            reason: row.get("reason")?,
            create_time: row.get("create_time")?,
            accept_time: row.get("accept_time")?,
            end_time: if lapsed { Some(expire_time) } else { row.get("end_time")? },
            expire_time,
            listed: row.get("listed")?,
        })
    }

    /// Notes what was done to it.
    pub fn note(
        &self,
        tx: &Transaction<'_>,
        requester: &Requester,
        action: &Action,
        reason: Option<&str>,
    ) -> Result<(), StoreError> {
        let company = self.listed.then_some(self.account_id.as_str());
        requester.note(tx, action, (company, &self.company_name), reason)
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
pub fn find(db: &Connection, key: &str, by_token: bool, now: i64) -> Result<Option<LinkRow>, StoreError> {
    let column = if by_token { "token" } else { "id" };
    let sql = format!("SELECT {COLUMNS} FROM link_requests WHERE {column} = ?");
    Ok(db.prepare_cached(&sql)?.query_row([key], |row| LinkRow::read(row, now)).optional()?)
}

/// Whether some request has to be marked as expired.
pub async fn expire_overdue(store: &Arc<Store>, now: i64) -> Result<(), StoreError> {
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

/// When the next request expires, in milliseconds since 1970.
pub fn next_expiration(db: &Connection) -> Result<Option<i64>, StoreError> {
    let sql = "SELECT min(expire_time) FROM link_requests WHERE state IN ('REQUESTED', 'ACCEPTED')";
    Ok(db.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
}

/// Marks what nobody acted on in time.
pub fn expire(tx: &Transaction<'_>, now: i64) -> Result<(), StoreError> {
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
pub fn release(tx: &Transaction<'_>, account_id: &str, now: i64) -> Result<(), StoreError> {
    let kept = tx.execute(
        "INSERT INTO outside_accounts (id, name, slug, language, country_code, locality, postal_code, street, region,
           seats, guests, owners, owner_id, owner_name, create_time)
         SELECT c.id, c.name, l.slug, lower(c.country_code), c.country_code, c.locality, c.postal_code,
           nullif(replace(c.address_lines, '\u{1f}', ''), ''), l.region, c.filled, c.guests, c.owners_confirmed,
           l.requested_by_id, l.requested_by_name, c.create_time
         FROM companies c JOIN link_requests l ON l.account_id = c.id
         WHERE c.id = ? AND c.link_waiting <> 0 AND c.state <> 'UNLINKED' ORDER BY l.n DESC LIMIT 1",
        [account_id],
    )?;
    if kept == 0 {
        return Ok(());
    }
    let seq = next_seq(tx)?;
    tx.execute("INSERT INTO tombstones (seq, id, delete_time) VALUES (?, ?, ?)", (seq, account_id, now))?;
    tx.execute("DELETE FROM companies WHERE id = ?", [account_id])?;
    Ok(())
}

/// Whether the account is a company in our care; one that only waits to be linked is not.
pub fn managed(db: &Connection, account_id: &str) -> Result<bool, StoreError> {
    let sql = "SELECT state, link_waiting FROM companies WHERE id = ?";
    let found: Option<(String, bool)> = db
        .prepare_cached(sql)?
        .query_row([account_id], |row| Ok((row.get("state")?, row.get("link_waiting")?)))
        .optional()?;
    Ok(found.is_some_and(|(state, waiting)| state != CompanyState::Unlinked.as_str() && !waiting))
}

/// Newest first, those of our region. Another region's are not for us, even to see.
pub fn list(db: &Connection, urls: &LinkUrls, now: i64, window: &Window) -> Result<Page<LinkRequest>, StoreError> {
    let total = window.total(|| {
        let sql = "SELECT count(*) FROM link_requests WHERE region = ?";
        Ok(db.prepare_cached(sql)?.query_row([&urls.region], |row| row.get(0))?)
    })?;
    let sql = format!("SELECT {COLUMNS} FROM link_requests WHERE region = ? AND n < ? ORDER BY n DESC LIMIT ?");
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map((&urls.region, window.after(i64::MAX)?, window.limit()), |row| {
        let row = LinkRow::read(row, now)?;
        Ok((row.n, row.wire(urls)))
    })?;
    Ok(Page::by_number(rows.collect::<Result<_, _>>()?, total))
}

/// Our half of the link: an Owner of the company has the last word.
pub fn accept(
    tx: &Transaction<'_>,
    requester: &Requester,
    link: &ConfirmationLink,
    urls: &LinkUrls,
) -> Result<LinkRequest, StoreError> {
    if link.region != urls.region {
        let detail = format!(
            "The company's data are on {}. This MSP account is on {} and can link companies of its own region only: \
             an MSP account on {} would be needed.",
            link.region, urls.region, link.region
        );
        return Err(StoreError::conflict("REGION_MISMATCH", detail));
    }
    expire(tx, requester.now)?;
    let row = find(tx, link.token(), true, requester.now)?.filter(|row| row.region == link.region);
    let row = row.ok_or(StoreError::NotFound)?;
    acceptable(tx, &row)?;
    tx.execute(
        "UPDATE link_requests SET state = 'ACCEPTED', accepted_by_id = ?, accepted_by_name = ?, accept_time = ?,
         expire_time = ? WHERE n = ?",
        (
            &requester.actor.id,
            &requester.actor.display_name,
            requester.now,
            requester.now.saturating_add(PATIENCE),
            row.n,
        ),
    )?;
    row.note(tx, requester, &Action::LinkAccepted, None)?;
    shown(tx, requester, &row.id, urls)
}

fn acceptable(tx: &Transaction<'_>, row: &LinkRow) -> Result<(), StoreError> {
    if managed(tx, &row.account_id)? {
        return Err(StoreError::conflict("ALREADY_MANAGED", "The company is managed by this account already."));
    }
    let detail = match row.state {
        LinkState::Requested => return Ok(()),
        LinkState::Expired => {
            let detail = "The link was not accepted in time. An Owner of the company has to start a new one.";
            return Err(StoreError::Expired { code: "LINK_EXPIRED", detail });
        }
        LinkState::Accepted => "The link is accepted already; an Owner of the company has to approve it.",
        LinkState::Denied => "An Owner of the company denied this link. They would have to start a new one.",
        LinkState::Cancelled => "This link was cancelled. An Owner of the company would have to start a new one.",
        LinkState::Approved | LinkState::Other(_) => "This link was used already.",
    };
    Err(StoreError::conflict("WRONG_STATE", detail))
}

pub fn cancel(
    tx: &Transaction<'_>,
    requester: &Requester,
    id: &str,
    urls: &LinkUrls,
) -> Result<LinkRequest, StoreError> {
    expire(tx, requester.now)?;
    let row = find(tx, id, false, requester.now)?.filter(|row| row.region == urls.region);
    let row = row.ok_or(StoreError::NotFound)?;
    if !row.state.open() {
        let detail = "The link is not open any more; there is nothing to cancel.";
        return Err(StoreError::conflict("WRONG_STATE", detail));
    }
    tx.execute("UPDATE link_requests SET state = 'CANCELLED', end_time = ? WHERE n = ?", (requester.now, row.n))?;
    row.note(tx, requester, &Action::LinkCancelled, None)?;
    release(tx, &row.account_id, requester.now)?;
    shown(tx, requester, id, urls)
}

fn shown(tx: &Transaction<'_>, requester: &Requester, id: &str, urls: &LinkUrls) -> Result<LinkRequest, StoreError> {
    Ok(find(tx, id, false, requester.now)?.ok_or(StoreError::NotFound)?.wire(urls))
}
