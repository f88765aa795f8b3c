//! Link requests as they are kept. A request that nobody acted on in time is shown as expired from that moment on,
//! whether or not its row says so already.

use super::answer::Fail;
use super::company_row::time;
use super::house::House;
use crate::domain::link::LinkState;
use crate::wire::Actor;
use crate::wire::link::LinkRequest;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row};

/// How long each side has to act, in milliseconds: 7 days.
pub const PATIENCE: i64 = 7 * 24 * 3_600_000;

/// In the order that [`LinkRow`] is read. The last says whether the account is in our list of companies.
pub const COLUMNS: &str = "n, id, token, account_id, company_name, slug, region, state, requested_by_id, \
    requested_by_name, accepted_by_id, accepted_by_name, reason, create_time, accept_time, end_time, expire_time, \
    EXISTS (SELECT 1 FROM companies WHERE companies.id = account_id)";

/// One request.
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

    /// As the contract writes it.
    pub fn wire(self, place: &Place) -> LinkRequest {
        let open = self.state.open();
        LinkRequest {
            path: format!("{}{}", place.prefix, self.id),
            owner_page_uri: open.then(|| format!("{}/owner/links/{}", place.base, self.id)),
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
pub struct Place {
    prefix: String,
    base: String,
    pub region: String,
}

impl Place {
    /// Of this server.
    pub fn of(house: &House) -> Self {
        Self {
            prefix: format!("/v1beta1/accounts/{}/link_requests/", house.account.id),
            base: house.base_url.clone(),
            region: house.account.region.clone(),
        }
    }
}

/// The request with this id or, with `by_token`, with this secret.
///
/// # Errors
/// The database cannot be read.
pub fn find(db: &Connection, key: &str, by_token: bool, now: i64) -> Result<Option<LinkRow>, Fail> {
    let column = if by_token { "token" } else { "id" };
    let sql = format!("SELECT {COLUMNS} FROM link_requests WHERE {column} = ?");
    Ok(db.prepare_cached(&sql)?.query_row([key], |row| LinkRow::read(row, now)).optional()?)
}

/// Whether some request has to be marked as expired.
pub async fn lapse(house: &House, now: Timestamp) -> Result<(), Fail> {
    let now = now.as_millisecond();
    let due = move |db: &Connection| {
        let sql = "SELECT EXISTS (SELECT 1 FROM link_requests
                   WHERE state IN ('REQUESTED', 'ACCEPTED') AND expire_time <= ?)";
        Ok(db.prepare_cached(sql)?.query_row([now], |row| row.get(0))?)
    };
    if house.store.read(due).await? {
        house.store.write(move |tx| super::owner_acts::expire(tx, now)).await?;
    }
    Ok(())
}
