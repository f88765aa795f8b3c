//! The sample workspace: the same companies and people for the same seed, with dates counted back from the day it
//! was made. All of it is fictional; addresses are on `.example`.

mod audit_events;
mod companies;
mod company_spec;
mod links;
mod locale;
mod names;
mod people;
mod vaults;

pub use companies::{add as add_company, link as link_company};
pub use locale::seed;

use crate::domain::people::PersonState;
use crate::domain::technician::Role;
use crate::server::random::Seeded;
use crate::server::sql::{OptionalExtension, Params, Transaction};
use crate::server::store::companies::row::RequestScope;
use crate::server::store::companies::stored_json;
use crate::server::store::error::StoreError;
use crate::server::store::meta;
use crate::server::store::pool::Store;
use crate::server::store::sample_seed::SampleSeed;
use crate::server::store::technicians;
use crate::wire::Actor;
use company_spec::CompanySpec;
use names::Names;
use std::sync::Arc;

/// Kinds of ids, so that no two of them come from the same numbers.
const ACCOUNT: u64 = 1;
const TECHNICIAN: u64 = 2;
const COMPANY: u64 = 3;

struct Member {
    role: Role,
    name: &'static str,
    email: &'static str,
}

const fn member(role: Role, name: &'static str, email: &'static str) -> Member {
    Member { role, name, email }
}

static TEAM: [Member; 5] = [
    member(Role::Owner, "Ida Harms", "ida.harms@harbour.example"),
    member(Role::Administrator, "Jonas Behr", "jonas.behr@harbour.example"),
    member(Role::MspTechnician, "Tomma Petersen", "technician@harbour.example"),
    member(Role::ViewOnly, "Rieke Lund", "rieke.lund@harbour.example"),
    member(Role::NoMfa, "Piet Voss", "piet.voss@harbour.example"),
];

/// The first of the team are technicians in companies.
const ACTING: usize = 3;

/// The technician with this row number.
fn technician(origin: &SampleSeed, n: u32) -> Actor {
    let name = n.checked_sub(1).and_then(|place| TEAM.get(place as usize)).map_or("", |member| member.name);
    Actor { id: Seeded::new(origin.seed, TECHNICIAN, n.into()).id(), display_name: name.to_owned() }
}

/// Fills an empty database.
pub fn create(tx: &Transaction<'_>, origin: &SampleSeed, database_id: &str, size: u32) -> Result<(), StoreError> {
    meta::set_number(tx, "seed", origin.seed.cast_signed())?;
    let account = Seeded::new(origin.seed, ACCOUNT, 0).id();
    meta::set_word(tx, "account_id", &account)?;
    let (region, local) = (origin.region, locale::of(origin.region));
    meta::set_word(tx, "account_name", local.account)?;
    meta::set_word(tx, "region", region.as_str())?;
    meta::set_word(tx, "sign_in_host", &format!("{}.{region}", local.host))?;
    for (n, Member { role, name, email }) in (1_u32..).zip(&TEAM) {
        technicians::insert_sample(tx, (n, &technician(origin, n).id), (name, email), role, origin.created)?;
    }
    let names = Names::of(region);
    let scope = RequestScope::of_nobody(&account, region.as_str(), database_id, origin.created);
    for number in 0..size {
        let spec = CompanySpec::of(origin, &names, number);
        companies::insert(tx, origin, &names, &spec)?;
        stored_json::store(tx, &scope, spec.row())?;
    }
    // Audit events and links name people of the story's companies.
    materialize_where(tx, origin, "n <= ?", [names.story_len()])?;
    materialize_recoveries(tx, origin)?;
    insert_links(tx, origin)?;
    audit_events::insert(tx, origin, &names, size)
}

/// Writes accounts that are not managed, and link requests.
pub fn insert_links(tx: &Transaction<'_>, origin: &SampleSeed) -> Result<(), StoreError> {
    links::insert(tx, origin)?;
    meta::set_number(tx, "outside", 1)
}

/// A company whose people, groups, steps or vaults are not made yet.
const INCOMPLETE: &str = "(derived = 0
    OR shared_vaults > 0 AND NOT EXISTS (SELECT 1 FROM vaults WHERE company_n = companies.n))";

/// Makes what is in the company, unless it is there. Every request about something in a company comes through here
/// first, so nothing that it depends on can have been changed before.
///
/// [`create`] does not do it for all: a company's people cost 0.4 ms of CPU in a debug build, five times its own row,
/// and samples may have 1,000,000 companies.
pub async fn materialize_for_request(store: &Arc<Store>, origin: SampleSeed, id: String) -> Result<(), StoreError> {
    let sql = format!("SELECT n FROM companies WHERE id = ? AND {INCOMPLETE}");
    let incomplete: Option<i64> =
        store.read(move |db| Ok(db.prepare_cached(&sql)?.query_row([id], |row| row.get(0)).optional()?)).await?;
    match incomplete {
        Some(n) => store.write(move |tx| materialize(tx, &origin, n)).await,
        None => Ok(()),
    }
}

/// See [`materialize_for_request`].
pub fn materialize(tx: &Transaction<'_>, origin: &SampleSeed, company_n: i64) -> Result<(), StoreError> {
    materialize_where(tx, origin, "n = ?", [company_n])
}

/// The list of open recoveries goes over all companies, so their people are never left for later.
pub fn materialize_recoveries(tx: &Transaction<'_>, origin: &SampleSeed) -> Result<(), StoreError> {
    materialize_where(tx, origin, "derived = 0 AND open_recoveries > 0", [])
}

fn materialize_where(
    tx: &Transaction<'_>,
    origin: &SampleSeed,
    condition: &'static str,
    params: impl Params,
) -> Result<(), StoreError> {
    let sql = format!("SELECT n, derived FROM companies WHERE {condition} AND {INCOMPLETE}");
    let mut statement = tx.prepare_cached(&sql)?;
    let rows = statement.query_map(params, |row| Ok((row.get(0)?, row.get(1)?)))?;
    let incomplete: Vec<(i64, bool)> = rows.collect::<Result<_, _>>()?;
    if incomplete.is_empty() {
        return Ok(());
    }
    let names = Names::of(origin.region);
    for (n, has_people) in incomplete {
        if !has_people {
            let number =
                u32::try_from(n - 1).map_err(|error| StoreError::internal("a row number is out of range", &error))?;
            people::insert(tx, origin, &names, &CompanySpec::of(origin, &names, number))?;
        }
        vaults::insert(tx, origin, n)?;
    }
    Ok(())
}

/// Lets the technicians into a company that has been managed before.
pub fn readmit_technicians(
    tx: &Transaction<'_>,
    origin: &SampleSeed,
    company_n: i64,
    now: i64,
) -> Result<(), StoreError> {
    people::insert_technicians(tx, origin, company_n, &PersonState::Active, now)
}
