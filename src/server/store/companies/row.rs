//! A company's row, and what of it depends on the time and on who asks.

use super::attention::{self, Moments};
use super::facts;
use crate::domain::company::{CompanyState, Origin};
use crate::server::sql::{self, Connection, OptionalExtension, Row};
use crate::server::store::error::StoreError;
use crate::wire::Actor;
use crate::wire::company::{Address, AdvancedPermissions, Company, Owners, Seats, Setup};
use jiff::Timestamp;
use std::sync::LazyLock;

pub use attention::FOURTEEN_DAYS;

/// A struct with a field for each column, selected and read in the same order: `row.get("name")` compares up to 40 names
/// for each value.
macro_rules! columns {
    ($name:ident { $($column:ident: $type:ty,)+ }) => {
        struct $name { $($column: $type,)+ }

        impl $name {
            const COLUMNS: &[&str] = &[$(stringify!($column)),+];

            fn read(row: &Row<'_>) -> sql::Result<Self> {
                let mut place = 0..;
                Ok(Self { $($column: row.get(place.next().unwrap_or(usize::MAX))?,)+ })
            }
        }
    };
}

columns!(CompanyRow {
    n: i64,
    id: String,
    rev: i64,
    name: String,
    website: Option<String>,
    country_code: Option<String>,
    address_lines: String,
    locality: Option<String>,
    administrative_area: Option<String>,
    postal_code: Option<String>,
    sign_in_host: String,
    origin: Option<String>,
    state: String,
    filled: Option<u32>,
    seat_limit: Option<u32>,
    members: Option<u32>,
    guests: Option<u32>,
    owners_confirmed: Option<u32>,
    owners_invited: Option<u32>,
    owner_names: String,
    setup_done: Option<u32>,
    setup_applicable: Option<u32>,
    setup_moved: i64,
    open_recoveries: Option<u32>,
    allowed_by_company: Option<bool>,
    granted_mask: i64,
    external_id: Option<String>,
    tags: String,
    note: Option<String>,
    create_time: i64,
    link_time: Option<i64>,
    launch_time: Option<i64>,
    unlink_time: Option<i64>,
    unlinked_by_id: Option<String>,
    unlinked_by_name: Option<String>,
    trial_end_time: Option<i64>,
    source_expire_time: Option<i64>,
    update_time: i64,
    snooze_until: Option<i64>,
    facts: Option<String>,
    facts_stale_time: Option<i64>,
    attention: i64,
});

/// What [`RequestScope::company`] reads.
pub static COLUMNS: LazyLock<String> = LazyLock::new(|| {
    let column = |name: &&str| match *name {
        "attention" => format!("{} AS attention", attention::mask()),
        name => name.to_owned(),
    };
    CompanyRow::COLUMNS.iter().map(column).collect::<Vec<_>>().join(", ")
});

/// A row that is going to be changed.
pub struct Record {
    pub n: i64,
    pub company: Company,
}

impl Record {
    pub fn state(&self) -> CompanyState {
        self.company.state.clone().unwrap_or(CompanyState::Active)
    }

    /// Id and name, as audit events have them.
    pub fn named(&self) -> (&str, &str) {
        (&self.company.id, &self.company.name)
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
    /// The companies are an MSP's own: what nobody observed is not known.
    pub real: bool,
}

impl RequestScope {
    pub fn of_nobody(account: &str, region: &str, database_id: &str, now: i64) -> Self {
        Self {
            prefix: format!("/v1beta1/accounts/{account}/"),
            region: region.to_owned(),
            database_id: database_id.to_owned(),
            now,
            bit: 0,
            real: false,
        }
    }

    /// Whether the one who asks has *Advanced permissions*.
    pub fn granted(&self, mask: i64) -> bool {
        mask & self.bit != 0
    }

    pub fn path(&self, id: &str) -> String {
        format!("{}companies/{id}", self.prefix)
    }

    pub fn import_run(&self, id: &str) -> String {
        format!("{}import_runs/{id}", self.prefix)
    }

    /// Of a technician of the account.
    pub fn technician_path(&self, id: &str) -> String {
        format!("{}technicians/{id}", self.prefix)
    }

    pub fn task_path(&self, id: &str) -> String {
        format!("{}tasks/{id}", self.prefix)
    }

    /// The etag of a revision; `of` tells companies, steps, people and tasks apart.
    pub fn etag(&self, of: char, rev: i64) -> String {
        format!("{}-{of}{rev}", self.database_id)
    }

    pub fn record(&self, db: &Connection, id: &str) -> Result<Record, StoreError> {
        let sql = format!("SELECT {} FROM companies WHERE id = ?", *COLUMNS);
        let found = db.prepare_cached(&sql)?.query_row([id], |row| self.read(row)).optional()?;
        found.ok_or(StoreError::NotFound)
    }

    /// Reads a row selected with [`COLUMNS`].
    pub fn read(&self, row: &Row<'_>) -> sql::Result<Record> {
        let row = CompanyRow::read(row)?;
        Ok(Record { n: row.n, company: self.company(row) })
    }

    fn company(&self, row: CompanyRow) -> Company {
        let moments = Moments {
            setup_moved: row.setup_moved,
            trial_end: row.trial_end_time,
            facts_stale: row.facts_stale_time,
            source_expire: row.source_expire_time,
        };
        let attention = attention::kinds(row.attention, &moments, self.now);
        let stalled = attention::stalled(&attention);
        Company {
            path: self.path(&row.id),
            etag: self.etag('c', row.rev),
            id: row.id,
            name: row.name,
            website: row.website,
            address: row.country_code.map(|country_code| Address {
                country_code,
                lines: list(&row.address_lines),
                locality: row.locality,
                administrative_area: row.administrative_area,
                postal_code: row.postal_code,
            }),
            region: self.region.clone(),
            sign_in_host: row.sign_in_host,
            origin: row.origin.as_deref().map(Origin::from),
            seats: (row.filled.is_some() || row.seat_limit.is_some()).then_some(Seats {
                filled: row.filled,
                limit: row.seat_limit,
                members: row.members,
                guests: row.guests,
            }),
            owners: row.owners_confirmed.is_some().then(|| Owners {
                confirmed: row.owners_confirmed,
                invited: row.owners_invited,
                names: list(&row.owner_names),
            }),
            setup: row.setup_done.zip(row.setup_applicable).map(|(done, applicable)| Setup {
                done,
                applicable,
                stalled_since: time(stalled.then_some(row.setup_moved)),
            }),
            open_recoveries: row.open_recoveries,
            advanced_permissions: row.allowed_by_company.map(|allowed_by_company| AdvancedPermissions {
                allowed_by_company,
                granted_to_me: self.granted(row.granted_mask),
            }),
            attention,
            external_id: row.external_id,
            tags: list(&row.tags),
            note: row.note,
            // In a register of the MSP's own it is when the row was made, not the account.
            create_time: time(Some(row.create_time).filter(|_| !self.real)),
            link_time: time(row.link_time),
            launch_time: time(row.launch_time),
            unlink_time: time(row.unlink_time),
            unlinked_by: actor(row.unlinked_by_id, row.unlinked_by_name),
            trial_end_time: time(row.trial_end_time),
            source_expire_time: time(row.source_expire_time),
            // One that lapsed is none.
            snooze_until_time: time(row.snooze_until.filter(|until| *until > self.now)),
            update_time: time(Some(row.update_time)),
            facts: row.facts.as_deref().map(facts::read).unwrap_or_default(),
            state: Some(CompanyState::from(row.state.as_str())),
        }
    }
}

/// Somebody, if anybody.
pub fn actor(id: Option<String>, name: Option<String>) -> Option<Actor> {
    id.map(|id| Actor { id, display_name: name.unwrap_or_default() })
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
