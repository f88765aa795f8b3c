//! A company's row, and what of it depends on the time and on who asks.

use crate::domain::company::{Attention, CompanyState, Origin};
use crate::server::error::ApiError;
use crate::wire::Actor;
use crate::wire::company::{Address, AdvancedPermissions, Company, Owners, Seats, Setup};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row};

/// 7 and 14 days in milliseconds (product: attention; support page *manage companies*: trial).
pub const SEVEN_DAYS: i64 = 7 * 24 * 3_600_000;
/// See [`SEVEN_DAYS`].
pub const FOURTEEN_DAYS: i64 = 2 * SEVEN_DAYS;

/// The columns that [`Company`] is made of, in the order that [`RequestScope::company`] reads them.
pub const COLUMNS: &str = "n, id, rev, name, website, country_code, address_lines, locality, administrative_area, \
    postal_code, sign_in_host, origin, state, filled, seat_limit, members, guests, owners_confirmed, owners_invited, \
    setup_done, setup_applicable, setup_moved, open_recoveries, recoveries_waiting, link_waiting, \
    allowed_by_company, granted_mask, external_id, tags, note, create_time, link_time, launch_time, unlink_time, \
    unlinked_by_id, unlinked_by_name, trial_end_time, update_time, snooze_until, owner_names";

/// A row that is going to be changed.
pub struct Record {
    pub n: i64,
    pub company: Company,
}

impl Record {
    pub fn state(&self) -> CompanyState {
        self.company.state.clone().unwrap_or(CompanyState::Active)
    }
}

/// From where a row is looked at: the account's paths, the time, and who asks.
#[derive(Clone)]
pub struct RequestScope {
    prefix: String,
    region: String,
    database_id: String,
    pub now: i64,
    /// Whose *Advanced permissions* count.
    pub bit: i64,
}

/// What the attention of a company depends on.
pub struct Facts<'a> {
    pub state: &'a CompanyState,
    pub filled: i64,
    pub limit: Option<i64>,
    pub owners: i64,
    pub stalled: bool,
    pub recoveries_waiting: i64,
    pub link_waiting: bool,
    pub trial_end: Option<i64>,
}

impl RequestScope {
    pub fn of_nobody(account: &str, region: &str, database_id: &str, now: i64) -> Self {
        Self {
            prefix: format!("/v1beta1/accounts/{account}/companies/"),
            region: region.to_owned(),
            database_id: database_id.to_owned(),
            now,
            bit: 0,
        }
    }

    /// Whether the one who asks has been granted *Advanced permissions*.
    pub fn granted(&self, mask: i64) -> bool {
        mask & self.bit != 0
    }

    pub fn path(&self, id: &str) -> String {
        format!("{}{id}", self.prefix)
    }

    /// The etag of a revision; `of` tells companies, steps and people apart.
    pub fn etag(&self, of: char, rev: i64) -> String {
        format!("{}-{of}{rev}", self.database_id)
    }

    /// The company with this id.
    /// 404 when there is none.
    pub fn record(&self, db: &Connection, id: &str) -> Result<Record, ApiError> {
        let sql = format!("SELECT {COLUMNS} FROM companies WHERE id = ?");
        let found = db.prepare_cached(&sql)?.query_row([id], |row| self.read(row)).optional()?;
        found.ok_or_else(ApiError::not_found)
    }

    pub fn read(&self, row: &Row<'_>) -> rusqlite::Result<Record> {
        Ok(Record { n: row.get(0)?, company: self.company(row)? })
    }

    /// Reads a row selected with [`COLUMNS`].
    pub fn company(&self, row: &Row<'_>) -> rusqlite::Result<Company> {
        let id: String = row.get(1)?;
        let state = CompanyState::from(row.get_ref(12)?.as_str()?);
        let trial_end: Option<i64> = row.get(36)?;
        let (setup, stalled) = self.setup(row, &state)?;
        let facts = Facts {
            state: &state,
            filled: row.get(13)?,
            limit: row.get(14)?,
            owners: row.get(17)?,
            stalled,
            recoveries_waiting: row.get(23)?,
            link_waiting: row.get(24)?,
            trial_end,
        };
        let attention = attention(&facts, self.now);
        let by: Option<String> = row.get(34)?;
        Ok(Company {
            path: self.path(&id),
            etag: self.etag('c', row.get(2)?),
            id,
            name: row.get(3)?,
            website: row.get(4)?,
            address: address(row)?,
            region: self.region.clone(),
            sign_in_host: row.get(10)?,
            origin: Some(Origin::from(row.get_ref(11)?.as_str()?)),
            seats: Seats { filled: row.get(13)?, limit: row.get(14)?, members: row.get(15)?, guests: row.get(16)? },
            owners: Owners { confirmed: row.get(17)?, invited: row.get(18)?, names: list(row.get_ref(39)?.as_str()?) },
            setup,
            open_recoveries: row.get(22)?,
            advanced_permissions: AdvancedPermissions {
                allowed_by_company: row.get(25)?,
                granted_to_me: self.granted(row.get(26)?),
            },
            attention,
            external_id: row.get(27)?,
            tags: list(row.get_ref(28)?.as_str()?),
            note: row.get(29)?,
            create_time: time(row.get(30)?),
            link_time: time(row.get(31)?),
            launch_time: time(row.get(32)?),
            unlink_time: time(row.get(33)?),
            unlinked_by: match by {
                Some(id) => Some(Actor { id, display_name: row.get::<_, Option<String>>(35)?.unwrap_or_default() }),
                None => None,
            },
            trial_end_time: time(trial_end),
            snooze_until_time: ahead(row.get(38)?, self.now),
            update_time: time(row.get(37)?),
            state: Some(state),
        })
    }

    fn setup(&self, row: &Row<'_>, state: &CompanyState) -> rusqlite::Result<(Setup, bool)> {
        let (done, applicable, moved): (u32, u32, i64) = (row.get(19)?, row.get(20)?, row.get(21)?);
        let stalled_since = stalled_since(state, done, applicable, moved, self.now);
        Ok((Setup { done, applicable, stalled_since }, stalled_since.is_some()))
    }
}

/// Until when attention is set aside; one that lapsed is none.
pub fn ahead(snooze_until: Option<i64>, now: i64) -> Option<Timestamp> {
    time(snooze_until.filter(|until| *until > now))
}

/// Since when no step moved, if that is too long.
pub fn stalled_since(state: &CompanyState, done: u32, applicable: u32, moved: i64, now: i64) -> Option<Timestamp> {
    let works = matches!(state, CompanyState::Active | CompanyState::Pending);
    let stalled = works && done < applicable && moved <= now.saturating_sub(FOURTEEN_DAYS);
    time(stalled.then_some(moved))
}

fn address(row: &Row<'_>) -> rusqlite::Result<Address> {
    Ok(Address {
        country_code: row.get(5)?,
        lines: list(row.get_ref(6)?.as_str()?),
        locality: row.get(7)?,
        administrative_area: row.get(8)?,
        postal_code: row.get(9)?,
    })
}

/// What needs attention, most urgent first. The same rules stand as SQL in `filter_sql`; a test holds them together.
pub fn attention(facts: &Facts<'_>, now: i64) -> Vec<Attention> {
    let mut kinds = Vec::new();
    if *facts.state == CompanyState::Unlinked {
        if facts.trial_end.is_some_and(|end| end > now && end <= now.saturating_add(SEVEN_DAYS)) {
            kinds.push(Attention::TrialEnding);
        }
        return kinds;
    }
    let near = |limit: i64| facts.filled.saturating_mul(100) >= limit.saturating_mul(80);
    let rules = [
        (facts.recoveries_waiting > 0, Attention::RecoveryWaiting),
        (facts.owners == 0, Attention::NoConfirmedOwner),
        (facts.limit.is_some_and(|limit| facts.filled >= limit), Attention::SeatLimitReached),
        (facts.limit.is_some_and(|limit| facts.filled < limit && near(limit)), Attention::SeatLimitNear),
        (facts.link_waiting, Attention::LinkWaiting),
        (facts.stalled, Attention::SetupStalled),
        (facts.owners == 1, Attention::SingleOwner),
    ];
    kinds.extend(rules.into_iter().filter(|(holds, _)| *holds).map(|(_, kind)| kind));
    kinds
}

/// A list as the database keeps it: each item between unit separators.
pub fn list(text: &str) -> Vec<String> {
    text.split('\u{1f}').filter(|item| !item.is_empty()).map(str::to_owned).collect()
}

/// The other way round.
pub fn listed(items: &[String]) -> String {
    if items.is_empty() { String::new() } else { format!("\u{1f}{}\u{1f}", items.join("\u{1f}")) }
}

/// A time as the database keeps it.
pub fn time(milliseconds: Option<i64>) -> Option<Timestamp> {
    Timestamp::from_millisecond(milliseconds?).ok()
}

/// Small letters without accents, as hosts and mail addresses have them.
pub fn bare_letters(text: &str) -> String {
    use icu_normalizer::DecomposingNormalizerBorrowed;
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let apart = DecomposingNormalizerBorrowed::new_nfkd().normalize(text).to_lowercase();
    apart.chars().filter(|c| !matches!(c, '\u{300}'..='\u{36f}')).collect()
}
