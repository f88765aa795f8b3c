//! Linking, the MSP's half (support page *security*): an Owner of the company started it, we accept by the
//! confirmation link, and an Owner of the company has the last word. Nothing here makes a company ours.

use super::answer::{Answer, Fail, Reply};
use super::call::Call;
use super::company_edit::Faults;
use super::link_row::{COLUMNS, LinkRow, PATIENCE, Place, find, lapse};
use super::owner_acts;
use super::token::{self, Key, PageToken};
use super::writing::{Author, once};
use crate::domain::activity::Action;
use crate::domain::company::CompanyState;
use crate::domain::link::{ConfirmationLink, LinkState};
use crate::wire::link::LinkRequest;
use crate::wire::list::List;
use axum::http::StatusCode;
use rusqlite::{Connection, OptionalExtension, Transaction};

/// `GET link_requests`: newest first, those of our region. Another region's are not for us, even to see.
pub async fn list(call: &Call) -> Answer {
    let place = Place::of(&call.house);
    let size = call.page_size(25)?;
    let (question, now) = (token::question(&["link_requests"]), call.now.as_millisecond());
    let token = match call.query.get("page_token") {
        None | Some("") => None,
        Some(text) => Some(token::page(text, question, 1)?),
    };
    lapse(&call.house, call.now).await?;
    call.house
        .store
        .read(move |db| {
            let total = match &token {
                Some(token) => token.total,
                None => total(db, &place.region)?,
            };
            let behind = match token.as_ref().and_then(|token| token.keys.first()) {
                None => i64::MAX,
                Some(Key::Number(n)) => *n,
                Some(Key::Text(_)) => return Err(Fail::field("page_token", "does not belong to this list")),
            };
            let mut rows = page(db, &place.region, behind, i64::from(size) + 1, now)?;
            let more = rows.len() > size as usize;
            rows.truncate(size as usize);
            let last = rows.last().map(|row| row.n).filter(|_| more);
            let next = last.map(|n| PageToken { question, keys: vec![Key::Number(n)], total });
            let next_page_token = next.map(|token| token::write(&token)).transpose()?;
            let results: Vec<LinkRequest> = rows.into_iter().map(|row| row.wire(&place)).collect();
            Reply::json(&List { results: results.into(), next_page_token, total_size: Some(total), change_token: None })
        })
        .await
}

fn total(db: &Connection, region: &str) -> Result<u64, Fail> {
    let sql = "SELECT count(*) FROM link_requests WHERE region = ?";
    Ok(db.prepare_cached(sql)?.query_row([region], |row| row.get::<_, i64>(0))?.cast_unsigned())
}

fn page(db: &Connection, region: &str, behind: i64, most: i64, now: i64) -> Result<Vec<LinkRow>, Fail> {
    let sql = format!("SELECT {COLUMNS} FROM link_requests WHERE region = ? AND n < ? ORDER BY n DESC LIMIT ?");
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map((region, behind, most), |row| LinkRow::read(row, now))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// `POST link_requests:accept`.
pub async fn accept(call: &Call) -> Answer {
    let dry = call.validate_only()?;
    let object = call.object(false)?;
    let mut faults = Faults::default();
    let text = faults.text(&object, "confirmation_link", "confirmation_link", 500).unwrap_or_default();
    let link = ConfirmationLink::parse(&text);
    if link.is_err() {
        faults.add("confirmation_link", "must be a link such as https://example.1password.eu/link/…, as it was sent");
    }
    faults.done(())?;
    let link = link.map_err(|_| Fail::not_found())?;
    let place = Place::of(&call.house);
    let said = format!("{} {}", link.region, link.token());
    once(call, said, dry, move |tx, author| take(tx, author, &link, &place)).await
}

fn take(tx: &Transaction<'_>, author: &Author, link: &ConfirmationLink, place: &Place) -> Answer {
    if link.region != place.region {
        let detail = format!(
            "The company's data are on {}. This MSP account is on {} and can link companies of its own region only: \
             an MSP account on {} would be needed.",
            link.region, place.region, link.region
        );
        return Err(Fail::conflict("REGION_MISMATCH", detail));
    }
    owner_acts::expire(tx, author.now)?;
    let row = find(tx, link.token(), true, author.now)?.filter(|row| row.region == link.region);
    let row = row.ok_or_else(Fail::not_found)?;
    acceptable(tx, &row)?;
    tx.execute(
        "UPDATE link_requests SET state = 'ACCEPTED', accepted_by_id = ?, accepted_by_name = ?, accept_time = ?,
         expire_time = ? WHERE n = ?",
        (&author.actor.id, &author.actor.display_name, author.now, author.now.saturating_add(PATIENCE), row.n),
    )?;
    author.note(tx, &Action::LinkAccepted, (row.listed.then_some(row.account_id.as_str()), &row.company_name), None)?;
    shown(tx, author, &row.id, place)
}

fn acceptable(tx: &Transaction<'_>, row: &LinkRow) -> Result<(), Fail> {
    if managed(tx, &row.account_id)? {
        return Err(Fail::conflict("ALREADY_MANAGED", "The company is managed by this account already."));
    }
    let detail = match row.state {
        LinkState::Requested => return Ok(()),
        LinkState::Expired => {
            let detail = "The link was not accepted in time. An Owner of the company has to start a new one.";
            return Err(Fail::new(StatusCode::GONE, "LINK_EXPIRED", detail));
        }
        LinkState::Accepted => "The link is accepted already; an Owner of the company has to approve it.",
        LinkState::Denied => "An Owner of the company denied this link. They would have to start a new one.",
        LinkState::Cancelled => "This link was cancelled. An Owner of the company would have to start a new one.",
        LinkState::Approved | LinkState::Other(_) => "This link was used already.",
    };
    Err(Fail::conflict("WRONG_STATE", detail))
}

/// Whether the account is a company in our care; one that only waits to be linked is not.
pub fn managed(db: &Connection, account_id: &str) -> Result<bool, Fail> {
    let sql = "SELECT state, link_waiting FROM companies WHERE id = ?";
    let found: Option<(String, bool)> =
        db.prepare_cached(sql)?.query_row([account_id], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    Ok(found.is_some_and(|(state, waiting)| state != CompanyState::Unlinked.as_str() && !waiting))
}

/// `POST link_requests/{id}:cancel`.
pub async fn cancel(call: &Call) -> Answer {
    let dry = call.validate_only()?;
    call.object(true)?;
    let (id, place) = (call.value(1).to_owned(), Place::of(&call.house));
    once(call, String::new(), dry, move |tx, author| {
        owner_acts::expire(tx, author.now)?;
        let row = find(tx, &id, false, author.now)?.filter(|row| row.region == place.region);
        let row = row.ok_or_else(Fail::not_found)?;
        if !row.state.open() {
            return Err(Fail::conflict("WRONG_STATE", "The link is not open any more; there is nothing to cancel."));
        }
        tx.execute("UPDATE link_requests SET state = 'CANCELLED', end_time = ? WHERE n = ?", (author.now, row.n))?;
        author.note(
            tx,
            &Action::LinkCancelled,
            (row.listed.then_some(row.account_id.as_str()), &row.company_name),
            None,
        )?;
        owner_acts::let_go(tx, &row.account_id, author.now)?;
        shown(tx, author, &id, &place)
    })
    .await
}

fn shown(tx: &Transaction<'_>, author: &Author, id: &str, place: &Place) -> Answer {
    let row = find(tx, id, false, author.now)?.ok_or_else(Fail::not_found)?;
    Reply::json(&row.wire(place))
}
