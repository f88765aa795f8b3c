//! The people, groups and set-up steps of one company, made from its spec.

use super::company_spec::CompanySpec;
use super::names::{Name, Names};
use super::{ACTING, SampleSeed, TEAM, technician};
use crate::domain::company::CompanyState;
use crate::domain::people::{GroupKind, PersonKind, PersonState};
use crate::domain::setup::{StepKind, StepState};
use crate::server::random::Seeded;
use crate::server::sql::Transaction;
use crate::server::store::companies::row::bare_letters;
use crate::server::store::error::StoreError;
use std::iter::repeat_n;

const PERSON: u64 = 4;
const GROUP: u64 = 5;
const RECOVERY: u64 = 7;
const DAY: i64 = 24 * 3_600_000;
const CUSTOM: [&str; 6] = ["Finance", "Sales", "Warehouse", "Front Office", "Engineering", "Field Staff"];

/// People who differ in their names only.
#[derive(Clone)]
struct Cohort {
    count: u32,
    kind: PersonKind,
    state: PersonState,
    groups: &'static [GroupKind],
}

const MEMBER: &[GroupKind] = &[GroupKind::TeamMembers];
const OWNER: &[GroupKind] = &[GroupKind::Owners, GroupKind::TeamMembers];
const ADMIN: &[GroupKind] = &[GroupKind::Administrators, GroupKind::TeamMembers];

struct Person {
    place: u32,
    id: String,
    name: String,
    email: String,
    cohort: Cohort,
    /// Index of a custom group.
    custom_group: Option<usize>,
    app_user: bool,
    create_time: i64,
}

/// Writes them all and marks the company as complete.
pub fn insert(tx: &Transaction<'_>, origin: &SampleSeed, names: &Names, spec: &CompanySpec) -> Result<(), StoreError> {
    let company_n = spec.row();
    let groups = insert_groups(tx, origin, spec)?;
    for person in people(origin, names, spec) {
        let sql = "INSERT INTO people (company_n, id, email, display_name, state, kind, app_user, create_time)
                   VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING n";
        let Cohort { kind, state, groups: kinds, .. } = &person.cohort;
        let (state, kind) = (state.as_str(), kind.as_str());
        let (id, email, name) = (&person.id, &person.email, &person.name);
        let row = (company_n, id, email, name, state, kind, person.app_user, person.create_time);
        let person_n = tx.query_row(sql, row, |row| row.get(0))?;
        if state.starts_with("RECOVERY") {
            begin_recovery(tx, origin, spec, person_n, person.place)?;
        }
        let fixed = kinds.iter().filter_map(|kind| groups.of(kind));
        for group_n in fixed.chain(person.custom_group.and_then(|index| groups.custom.get(index)).copied()) {
            let sql = "INSERT INTO memberships (person_n, group_n) VALUES (?, ?)";
            tx.prepare_cached(sql)?.execute((person_n, group_n))?;
        }
    }
    if !spec.link_waiting {
        let state = if spec.unlink_time.is_some() { PersonState::Deleted } else { PersonState::Active };
        insert_technicians(tx, origin, company_n, &state, spec.link_time.unwrap_or(spec.create_time))?;
    }
    if let (true, Some(group_n)) = (spec.technician_is_owner, groups.of(&GroupKind::Owners)) {
        let sql = "INSERT INTO memberships (person_n, group_n) SELECT n, CAST(? AS BIGINT) FROM people WHERE company_n = ? AND id = ?";
        tx.execute(sql, (group_n, company_n, technician(origin, 3).id))?;
    }
    insert_steps(tx, origin, spec)?;
    tx.prepare_cached("UPDATE companies SET derived = 1 WHERE n = ?")?.execute([company_n])?;
    Ok(())
}

/// The names that a company is found by before its people are written: owners come first, at most ten are kept.
pub fn owner_names(origin: &SampleSeed, names: &Names, spec: &CompanySpec) -> Vec<String> {
    let owners = people(origin, names, spec).take_while(|person| person.cohort.groups == OWNER);
    owners.take(10).map(|person| person.name).collect()
}

fn people<'a>(origin: &SampleSeed, names: &'a Names, spec: &'a CompanySpec) -> impl Iterator<Item = Person> + 'a {
    let mut rng = Seeded::new(origin.seed, PERSON, spec.number.into());
    let all = cohorts(spec).into_iter().flat_map(|cohort| {
        let count = cohort.count as usize;
        repeat_n(cohort, count)
    });
    all.zip(1..).map(move |(cohort, place)| person(names, spec, &mut rng, cohort, place))
}

/// The order of the draws is part of the sample: another order is another workspace.
fn person(names: &Names, spec: &CompanySpec, rng: &mut Seeded, cohort: Cohort, place: u32) -> Person {
    let people = names.people(&spec.language);
    let nobody = Name { written: "N. N.", address: "nn" };
    let given = people.and_then(|people| rng.pick(&people.given)).copied().unwrap_or(nobody);
    let family = people.and_then(|people| rng.pick(&people.family)).copied().unwrap_or(nobody);
    let name = match spec.language.as_str() {
        "ja" => format!("{} {}", family.written, given.written),
        "ko" | "zh" => format!("{}{}", family.written, given.written),
        _ => format!("{} {}", given.written, family.written),
    };
    let letters =
        |name: Name| -> String { bare_letters(name.address).chars().filter(char::is_ascii_lowercase).collect() };
    // The number keeps two people of the same name apart.
    let email = format!("{}.{}{place}@{}.example", letters(given), letters(family), spec.slug);
    let id = rng.id();
    let active = cohort.state == PersonState::Active;
    let app_user = active && rng.percent(if spec.steps_done >= spec.applicable_steps() { 90 } else { 20 });
    let create_time = (spec.create_time + i64::from(rng.below(50)) * DAY).min(spec.update_time);
    let joins = cohort.kind == PersonKind::Member && active && rng.percent(60);
    let custom_group = joins.then(|| rng.below(spec.groups) as usize);
    Person { place, id, name, email, cohort, custom_group, app_user, create_time }
}

/// In the order of the list. Members and guests that fill a seat add up to the spec's seats.
fn cohorts(spec: &CompanySpec) -> Vec<Cohort> {
    use PersonState::{
        Active, AwaitingConfirmation, Deleted, Invited, RecoveryAwaitingCompletion, RecoveryStarted, Suspended,
    };
    let cohort = |count, state, groups| Cohort { count, kind: PersonKind::Member, state, groups };
    let rest = spec.filled - spec.guests - spec.owners - spec.open_recoveries();
    let admins = rest.min(1 + spec.filled / 20);
    let unconfirmed = (rest - admins).min(spec.filled / 30);
    vec![
        cohort(spec.owners, Active, OWNER),
        cohort(spec.invited_owners, Invited, OWNER),
        cohort(admins, Active, ADMIN),
        cohort(spec.recoveries_waiting, RecoveryAwaitingCompletion, MEMBER),
        cohort(spec.recoveries_started, RecoveryStarted, MEMBER),
        cohort(unconfirmed, AwaitingConfirmation, MEMBER),
        cohort(rest - admins - unconfirmed, Active, MEMBER),
        Cohort { count: spec.guests, kind: PersonKind::Guest, state: Active, groups: &[] },
        cohort(spec.invited_members, Invited, MEMBER),
        cohort(spec.suspended, Suspended, MEMBER),
        cohort(spec.deleted, Deleted, &[]),
    ]
}

/// Days ago, because people of the sample take their time.
fn begin_recovery(
    tx: &Transaction<'_>,
    origin: &SampleSeed,
    spec: &CompanySpec,
    person_n: i64,
    place: u32,
) -> Result<(), StoreError> {
    // A stream of its own, so that people are the same whether recoveries say when they began or not.
    let mut rng = Seeded::new(origin.seed, RECOVERY, u64::from(spec.number) << 32 | u64::from(place));
    let ago = i64::from(rng.between(3 * 60, 9 * 24 * 60)) * 60_000;
    let by = technician(origin, rng.between(1, 3));
    let sql = "UPDATE people SET begin_time = ?, begun_by_id = ?, begun_by_name = ? WHERE n = ?";
    tx.prepare_cached(sql)?.execute((origin.created - ago, by.id, by.display_name, person_n))?;
    Ok(())
}

/// Row numbers of a company's groups.
struct Groups {
    fixed: Vec<(GroupKind, i64)>,
    custom: Vec<i64>,
}

impl Groups {
    fn of(&self, kind: &GroupKind) -> Option<i64> {
        self.fixed.iter().find(|(seen, _)| seen == kind).map(|(_, n)| *n)
    }
}

fn insert_groups(tx: &Transaction<'_>, origin: &SampleSeed, spec: &CompanySpec) -> Result<Groups, StoreError> {
    let mut rng = Seeded::new(origin.seed, GROUP, spec.number.into());
    let mut insert = |kind: &GroupKind, name: &str| -> Result<i64, StoreError> {
        let sql = "INSERT INTO groups (company_n, id, kind, name) VALUES (?, ?, ?, ?) RETURNING n";
        Ok(tx.query_row(sql, (spec.row(), rng.id(), kind.as_str(), name), |row| row.get(0))?)
    };
    let mut groups = Groups { fixed: Vec::new(), custom: Vec::new() };
    for (kind, name) in [
        (GroupKind::Owners, "Owners"),
        (GroupKind::Administrators, "Administrators"),
        (GroupKind::TeamMembers, "Team Members"),
        (GroupKind::ExternalAccountManagers, "External Account Managers"),
    ] {
        let n = insert(&kind, name)?;
        groups.fixed.push((kind, n));
    }
    for place in 0..spec.groups {
        let name = CUSTOM.get((spec.number + place) as usize % CUSTOM.len()).copied().unwrap_or("Staff");
        groups.custom.push(insert(&GroupKind::Custom, name)?);
    }
    Ok(groups)
}

/// Lets the technicians into a company, which may know them from before; `Deleted` for one that they have left.
pub fn insert_technicians(
    tx: &Transaction<'_>,
    origin: &SampleSeed,
    company_n: i64,
    state: &PersonState,
    since: i64,
) -> Result<(), StoreError> {
    for (n, member) in (1..).zip(&TEAM).take(ACTING) {
        let id = technician(origin, n).id;
        let sql = "INSERT INTO people (company_n, id, email, display_name, state, kind, app_user, create_time)
                   VALUES (?, ?, ?, ?, ?, 'EXTERNAL_ACCOUNT_MANAGER', 0, ?)
                   ON CONFLICT (company_n, id) DO UPDATE SET state = excluded.state, rev = people.rev + 1";
        tx.prepare_cached(sql)?.execute((company_n, &id, member.email, member.name, state.as_str(), since))?;
        if *state == PersonState::Active {
            let sql = "INSERT INTO memberships (person_n, group_n)
                       SELECT p.n, g.n FROM people p JOIN groups g ON g.company_n = p.company_n
                       WHERE p.company_n = ? AND p.id = ? AND g.kind = 'EXTERNAL_ACCOUNT_MANAGERS'
                       ON CONFLICT (person_n, group_n) DO NOTHING";
            tx.prepare_cached(sql)?.execute((company_n, &id))?;
        }
    }
    Ok(())
}

fn insert_steps(tx: &Transaction<'_>, origin: &SampleSeed, spec: &CompanySpec) -> Result<(), StoreError> {
    let mut done_left = spec.steps_done;
    let mut first_open = spec.state != CompanyState::Pending;
    for (place, kind) in (0_i64..).zip(StepKind::KNOWN) {
        let state = if kind.may_be_not_applicable() && spec.no_provisioning {
            StepState::NotApplicable
        } else if done_left > 0 {
            done_left -= 1;
            StepState::Done
        } else if std::mem::take(&mut first_open) {
            StepState::InProgress
        } else {
            StepState::Todo
        };
        let touched = state != StepState::Todo;
        // The last step changed at `setup_moved`; the others before it, some three weeks each.
        let first = (spec.link_time.unwrap_or(spec.create_time) + place * DAY / 8).min(spec.setup_moved);
        let time = touched.then(|| (spec.setup_moved - (4 - place) * 21 * DAY).max(first));
        let (id, name) = touched.then(|| technician(origin, 3)).map(|who| (who.id, who.display_name)).unzip();
        let sql = "INSERT INTO setup_steps (company_n, place, step, state, updater_id, updater_name, update_time)
                   VALUES (?, ?, ?, ?, ?, ?, ?)";
        tx.prepare_cached(sql)?.execute((spec.row(), place, kind.as_str(), state.as_str(), id, name, time))?;
    }
    Ok(())
}
