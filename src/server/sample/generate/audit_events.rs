//! The audit events of the last 90 days: what the companies' rows say happened, and a few everyday things that leave
//! no other trace.

use super::company_spec::CompanySpec;
use super::names::Names;
use super::technician;
use crate::domain::activity::Action;
use crate::server::random::Seeded;
use crate::server::sql::{self, Row, Transaction};
use crate::server::store::companies::name_keys::search_key;
use crate::server::store::error::StoreError;
use crate::server::store::sample_seed::SampleSeed;
use crate::wire::Actor;

const EVENT: u64 = 23;
const CHANCE: u64 = 24;
const DAY: i64 = 24 * 3_600_000;
const CLIENT: &str = concat!("mspdash/", env!("CARGO_PKG_VERSION"));
/// Where technicians usually go.
const PLACES: [&str; 5] = ["HOME", "HOME", "PEOPLE", "POLICIES", "VAULTS"];
/// What they usually change.
const FIELDS: [&str; 4] = ["tags", "note", "address", "website"];

struct Event {
    time: i64,
    actor: Actor,
    action: Action,
    company: (Option<String>, String),
    target: Option<String>,
    client: &'static str,
}

/// Writes the events of the story's companies, oldest first.
pub fn insert(tx: &Transaction<'_>, origin: &SampleSeed, names: &Names, size: u32) -> Result<(), StoreError> {
    let mut all = links(tx, origin)?;
    for number in 0..size.min(names.story_len()) {
        of_company(tx, origin, &CompanySpec::of(origin, names, number), &mut all)?;
    }
    let since = origin.created - 90 * DAY;
    all.retain(|event| event.time >= since && event.time < origin.created);
    // Stable: what happened at the same moment stays in the order of the companies.
    all.sort_by_key(|event| event.time);
    for (place, event) in (0_u64..).zip(all) {
        let id = Seeded::new(origin.seed, EVENT, place).id();
        tx.prepare_cached(
            "INSERT INTO audit_events (id, time, actor_id, actor_name, actor_lower, action, company_id, company_name,
             target, client, request_id) VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?1)",
        )?
        .execute((
            id,
            event.time,
            event.actor.id,
            &event.actor.display_name,
            search_key(&event.actor.display_name),
            event.action.as_str(),
            event.company.0,
            event.company.1,
            event.target,
            event.client,
        ))?;
    }
    Ok(())
}

/// Everyday work is done by all three, most of it by the technician.
fn any_technician(origin: &SampleSeed, rng: &mut Seeded) -> Actor {
    let n = match rng.below(10) {
        0 => 1,
        1..4 => 2,
        _ => 3,
    };
    technician(origin, n)
}

fn of_company(
    tx: &Transaction<'_>,
    origin: &SampleSeed,
    spec: &CompanySpec,
    all: &mut Vec<Event>,
) -> Result<(), StoreError> {
    if spec.link_waiting {
        // Not ours yet.
        return Ok(());
    }
    let mut rng = Seeded::new(origin.seed, CHANCE, spec.number.into());
    let mut put = |time, actor, action, target: Option<String>| {
        let company = (Some(spec.id.clone()), spec.name.clone());
        all.push(Event { time, actor, action, company, target, client: CLIENT });
    };
    if !spec.linked {
        put(spec.create_time, technician(origin, 3), Action::CompanyCreated, None);
    }
    if let Some(time) = spec.unlink_time {
        put(time, technician(origin, 3), Action::CompanyUnlinked, None);
    }
    for (time, step) in steps(tx, spec)? {
        put(time, technician(origin, 3), Action::SetupUpdated, Some(step));
    }
    let place = |rng: &mut Seeded| rng.pick(&PLACES).map(|place| (*place).to_owned());
    if let Some(time) = spec.launch_time {
        put(time, any_technician(origin, &mut rng), Action::CompanyLaunched, place(&mut rng));
    }
    // Everyday things lie between the day it became ours and its last change.
    let first = (origin.created - 90 * DAY).max(spec.link_time.unwrap_or(spec.create_time));
    let last = spec.launch_time.unwrap_or(spec.setup_moved).min(spec.unlink_time.unwrap_or(i64::MAX));
    let minutes = u32::try_from((last - first) / 60_000).unwrap_or(0);
    let people = people(tx, spec)?;
    if minutes < 60 {
        return Ok(());
    }
    let some_time = |rng: &mut Seeded| first + i64::from(rng.below(minutes - 30)) * 60_000;
    if spec.launch_time.is_some() && rng.percent(50) {
        put(some_time(&mut rng), any_technician(origin, &mut rng), Action::CompanyLaunched, place(&mut rng));
    }
    if rng.percent(30) {
        let field = rng.pick(&FIELDS).map(|field| (*field).to_owned());
        put(some_time(&mut rng), any_technician(origin, &mut rng), Action::CompanyUpdated, field);
    }
    if rng.percent(20) {
        let (time, person) = (some_time(&mut rng), rng.pick(&people).cloned());
        put(time, technician(origin, 2), Action::RecoveryBegun, person.clone());
        let later = i64::from(rng.between(4, 28)) * 60_000;
        put(time + later, technician(origin, 2), Action::RecoveryCompleted, person);
    }
    Ok(())
}

fn steps(tx: &Transaction<'_>, spec: &CompanySpec) -> Result<Vec<(i64, String)>, StoreError> {
    let sql = "SELECT update_time, step || ' ' || state FROM setup_steps
               WHERE company_n = ? AND update_time IS NOT NULL ORDER BY place";
    read(tx, sql, spec, |row| Ok((row.get(0)?, row.get(1)?)))
}

/// Members who were there all the time.
fn people(tx: &Transaction<'_>, spec: &CompanySpec) -> Result<Vec<String>, StoreError> {
    let sql = "SELECT display_name FROM people WHERE company_n = ? AND kind = 'MEMBER' AND state = 'ACTIVE' ORDER BY n";
    read(tx, sql, spec, |row| row.get(0))
}

fn read<T>(
    tx: &Transaction<'_>,
    sql: &str,
    spec: &CompanySpec,
    row: impl FnMut(&Row<'_>) -> sql::Result<T>,
) -> Result<Vec<T>, StoreError> {
    let mut statement = tx.prepare_cached(sql)?;
    let rows = statement.query_map([spec.row()], row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What the link requests say.
fn links(tx: &Transaction<'_>, origin: &SampleSeed) -> Result<Vec<Event>, StoreError> {
    let sql = "SELECT l.state, l.accept_time, l.end_time, l.requested_by_id, l.requested_by_name, c.id, l.company_name,
               l.reason FROM link_requests l LEFT JOIN companies c ON c.id = l.account_id ORDER BY l.n";
    let mut statement = tx.prepare_cached(sql)?;
    let mut rows = statement.query([])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let state: String = row.get(0)?;
        let owner = Actor { id: row.get(3)?, display_name: row.get(4)? };
        let (company, reason) = ((row.get(5)?, row.get(6)?), row.get::<_, Option<String>>(7)?);
        let mut put = |time: Option<i64>, actor, action, target, client| {
            let company: &(Option<String>, String) = &company;
            all.extend(time.map(|time| Event { time, actor, action, company: company.clone(), target, client }));
        };
        put(row.get(1)?, technician(origin, 3), Action::LinkAccepted, None, CLIENT);
        let end = row.get(2)?;
        match state.as_str() {
            "APPROVED" => put(end, owner, Action::LinkApproved, None, "browser"),
            "DENIED" => put(end, owner, Action::LinkDenied, reason, "browser"),
            "CANCELLED" => put(end, technician(origin, 3), Action::LinkCancelled, None, CLIENT),
            _ => {}
        }
    }
    Ok(all)
}
