//! Accounts that are not managed, and link requests in every state.

use super::names::rows;
use super::{locale, technician};
use crate::domain::region::Region;
use crate::server::random::{self, Seeded};
use crate::server::sql::{OptionalExtension, Row, Transaction};
use crate::server::store::error::StoreError;
use crate::server::store::links::PATIENCE;
use crate::server::store::sample_seed::SampleSeed;
use crate::wire::Actor;

const LIST: &str = include_str!("../../../../assets/sample/outside.txt");
const ACCOUNT: u64 = 21;
const LINK: u64 = 22;
const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

/// Writes accounts and links. What belongs to a company that the sample is too small for is left out.
pub fn insert(tx: &Transaction<'_>, origin: &SampleSeed) -> Result<(), StoreError> {
    for (place, line) in (0_u64..).zip(rows(list(origin.region))) {
        match line.as_slice() {
            ["account", account @ ..] => insert_account(tx, origin, place, account)?,
            ["link", slug, settings, reason] => insert_link(tx, origin, place, (slug, settings, reason))?,
            // A test counts the lines.
            _ => {}
        }
    }
    Ok(())
}

/// The accounts and links of a region; its other lines are about other things.
fn list(region: Region) -> &'static str {
    locale::of(region).list.unwrap_or(LIST)
}

fn number(settings: &str, name: &str) -> Option<i64> {
    let pairs = settings.split_whitespace().filter_map(|setting| setting.split_once('='));
    pairs.into_iter().find(|(seen, _)| *seen == name).and_then(|(_, value)| value.parse().ok())
}

fn insert_account(tx: &Transaction<'_>, origin: &SampleSeed, place: u64, line: &[&str]) -> Result<(), StoreError> {
    let [name, slug, language, country, town, postal_code, street, region, settings, owner] = line else {
        return Ok(());
    };
    let mut rng = Seeded::new(origin.seed, ACCOUNT, place);
    let count = |name: &str| number(settings, name).unwrap_or(0);
    tx.execute(
        "INSERT INTO outside_accounts (id, name, slug, language, country_code, locality, postal_code, street, region,
         seats, guests, owners, owner_id, owner_name, create_time) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        (
            rng.id(),
            name,
            slug,
            language,
            country,
            town,
            postal_code,
            street,
            region,
            count("seats"),
            count("guests"),
            count("owners"),
            rng.id(),
            owner,
            origin.created - count("age") * DAY,
        ),
    )?;
    Ok(())
}

/// The account that a link is about, with its Owner.
struct LinkAccount {
    id: String,
    name: String,
    region: String,
    owner: Actor,
}

/// An outside account, or a company of the story: then the Owner is the first of its people.
fn find_account(tx: &Transaction<'_>, slug: &str, region: Region) -> Result<Option<LinkAccount>, StoreError> {
    let sql = "SELECT id, name, region, owner_id, owner_name FROM outside_accounts WHERE slug = ?1
               UNION ALL SELECT * FROM (SELECT c.id, c.name, CAST(?2 AS TEXT), p.id, p.display_name
                 FROM companies c JOIN people p ON p.company_n = c.n
                 WHERE c.sign_in_host = CAST(?1 AS TEXT) || '.' || CAST(?2 AS TEXT) AND c.origin = 'LINKED' AND p.kind = 'MEMBER' ORDER BY p.n LIMIT 1) AS own";
    let read = |row: &Row<'_>| {
        let owner = Actor { id: row.get(3)?, display_name: row.get(4)? };
        Ok(LinkAccount { id: row.get(0)?, name: row.get(1)?, region: row.get(2)?, owner })
    };
    Ok(tx.prepare_cached(sql)?.query_row((slug, region.as_str()), read).optional()?)
}

fn insert_link(
    tx: &Transaction<'_>,
    origin: &SampleSeed,
    place: u64,
    (slug, settings, reason): (&str, &str, &str),
) -> Result<(), StoreError> {
    let Some(account) = find_account(tx, slug, origin.region)? else { return Ok(()) };
    let mut rng = Seeded::new(origin.seed, LINK, place);
    let id = rng.id();
    // Not all at the hour at which the sample was made.
    let shift = i64::from(rng.between(1, 600)) * 60_000;
    let ago = |name: &str| number(settings, name).map(|days| origin.created - days * DAY + shift);
    let created = ago("created").unwrap_or(origin.created);
    let accepted = ago("accepted").map(|time| time + HOUR);
    let ends = [("approved", "APPROVED"), ("denied", "DENIED"), ("cancelled", "CANCELLED"), ("expired", "EXPIRED")];
    let end = ends.into_iter().find_map(|(name, state)| Some((ago(name)? + 2 * HOUR, state)));
    let state = end.map_or(if accepted.is_some() { "ACCEPTED" } else { "REQUESTED" }, |(_, state)| state);
    let end = end.map(|(time, state)| match state {
        "EXPIRED" => created + PATIENCE,
        // The company's own row says the same moment.
        "APPROVED" => time - shift - 2 * HOUR,
        _ => time,
    });
    let (accepted_by_id, accepted_by_name) =
        accepted.map(|_| technician(origin, 3)).map(|who| (who.id, who.display_name)).unzip();
    tx.execute(
        "INSERT INTO link_requests (id, token, account_id, company_name, slug, region, state, requested_by_id,
         requested_by_name, accepted_by_id, accepted_by_name, reason, create_time, accept_time, end_time, expire_time)
         VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        (
            id,
            random::secret()?,
            account.id,
            account.name,
            slug,
            account.region,
            state,
            account.owner.id,
            account.owner.display_name,
            accepted_by_id,
            accepted_by_name,
            Some(reason).filter(|reason| !reason.is_empty()),
            created,
            accepted,
            end,
            accepted.unwrap_or(created) + PATIENCE,
        ),
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_list_is_understood() {
        for region in Region::ALL {
            let lines: Vec<_> = rows(list(region)).collect();
            let count = |kind: &str, cells| lines.iter().filter(|row| row[0] == kind && row.len() == cells).count();
            assert_eq!((count("account", 11), count("link", 4)), (4, 6), "{region}");
            let others = count("company", 9) + lines.iter().filter(|row| row[0] == "words").count();
            assert_eq!(lines.len(), 10 + others, "{region}");
            let own = lines.iter().filter(|row| row[0] == "account" && row[8] == region.as_str()).count();
            assert_eq!(own, 3, "{region}: the fourth is elsewhere, to be refused");
        }
    }
}
