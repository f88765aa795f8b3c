//! The people, groups and steps of one company, made from its plan.

use super::names::{Name, Names, People};
use super::plan::Plan;
use super::{ACTING, Origin, TEAM, technician_id};
use crate::domain::company::CompanyState;
use crate::domain::people::{GroupKind, PersonKind, PersonState};
use crate::domain::setup::{StepKind, StepState};
use crate::server::answer::Fail;
use crate::server::company_row::bare_letters;
use crate::server::counted;
use crate::server::random::Seeded;
use rusqlite::Transaction;

const PERSON: u64 = 4;
const GROUP: u64 = 5;
const RECOVERY: u64 = 7;
const DAY: i64 = 24 * 3_600_000;
const CUSTOM: [&str; 6] = ["Finance", "Sales", "Warehouse", "Front Office", "Engineering", "Field Staff"];

/// A kind of person, so many times.
struct Part {
    count: u32,
    kind: PersonKind,
    state: PersonState,
    groups: &'static [GroupKind],
}

const MEMBER: &[GroupKind] = &[GroupKind::TeamMembers];
const OWNER: &[GroupKind] = &[GroupKind::Owners, GroupKind::TeamMembers];
const ADMIN: &[GroupKind] = &[GroupKind::Administrators, GroupKind::TeamMembers];

/// Writes them all and marks the company as complete.
pub fn insert(tx: &Transaction<'_>, origin: &Origin, names: &Names, plan: &Plan) -> Result<(), Fail> {
    let company_n = i64::from(plan.number) + 1;
    let groups = insert_groups(tx, origin, plan, company_n)?;
    let mut chance = Seeded::new(origin.seed, PERSON, plan.number.into());
    let people = names.people(&plan.language);
    let mut place = 0;
    for part in parts(plan) {
        for _ in 0..part.count {
            place += 1;
            let person = person(people, plan, &mut chance, place);
            let n = add(tx, company_n, &person, &part, plan, &mut chance)?;
            if part.state.as_str().starts_with("RECOVERY") {
                begin_recovery(tx, origin, plan, n, place)?;
            }
            for kind in part.groups {
                join(tx, n, groups.of(kind))?;
            }
            if part.kind == PersonKind::Member && part.state == PersonState::Active && chance.percent(60) {
                join(tx, n, chance.pick(&groups.custom).copied())?;
            }
        }
    }
    insert_technicians(tx, origin, plan, company_n, &groups)?;
    insert_steps(tx, origin, plan, company_n)?;
    counted::name_owners(tx, company_n)?;
    tx.prepare_cached("UPDATE companies SET derived = 1 WHERE n = ?")?.execute([company_n])?;
    Ok(())
}

/// The names of the owners, as [`insert`] will make them: a company is found by them before its people are made.
/// Owners come first, so only their part of the same chances is used up, in the same order.
pub fn owner_names(origin: &Origin, names: &Names, plan: &Plan) -> Vec<String> {
    let mut chance = Seeded::new(origin.seed, PERSON, plan.number.into());
    let people = names.people(&plan.language);
    let custom: Vec<u32> = (0..plan.groups).collect();
    let mut place = 0;
    let mut owners = Vec::new();
    for part in parts(plan).iter().take_while(|part| part.groups == OWNER) {
        for _ in 0..part.count {
            place += 1;
            owners.push(person(people, plan, &mut chance, place).name);
            let _ = (uses_apps(part, plan, &mut chance), age(&mut chance));
            if part.state == PersonState::Active && chance.percent(60) {
                let _ = chance.pick(&custom);
            }
        }
    }
    owners.truncate(10);
    owners
}

fn uses_apps(part: &Part, plan: &Plan, chance: &mut Seeded) -> bool {
    part.state == PersonState::Active && chance.percent(if plan.done >= plan.applicable() { 90 } else { 20 })
}

/// How long after the company somebody was added, in milliseconds.
fn age(chance: &mut Seeded) -> i64 {
    i64::from(chance.below(50)) * DAY
}

/// Who there is, in the order of the list. Members and guests that fill a seat add up to the plan's seats.
fn parts(plan: &Plan) -> Vec<Part> {
    let part = |count, kind, state, groups| Part { count, kind, state, groups };
    let rest = plan.filled - plan.guests - plan.owners - plan.started - plan.waiting;
    let admins = rest.min(1 + plan.filled / 20);
    let unconfirmed = (rest - admins).min(plan.filled / 30);
    let (member, guest) = (PersonKind::Member, PersonKind::Guest);
    vec![
        part(plan.owners, member.clone(), PersonState::Active, OWNER),
        part(plan.owners_asked, member.clone(), PersonState::Invited, OWNER),
        part(admins, member.clone(), PersonState::Active, ADMIN),
        part(plan.waiting, member.clone(), PersonState::RecoveryAwaitingCompletion, MEMBER),
        part(plan.started, member.clone(), PersonState::RecoveryStarted, MEMBER),
        part(unconfirmed, member.clone(), PersonState::AwaitingConfirmation, MEMBER),
        part(rest - admins - unconfirmed, member.clone(), PersonState::Active, MEMBER),
        part(plan.guests, guest, PersonState::Active, &[]),
        part(plan.invited, member.clone(), PersonState::Invited, MEMBER),
        part(plan.suspended, member.clone(), PersonState::Suspended, MEMBER),
        part(plan.deleted, member, PersonState::Deleted, &[]),
    ]
}

struct Person {
    id: String,
    name: String,
    email: String,
}

fn person(people: Option<&People>, plan: &Plan, chance: &mut Seeded, place: u32) -> Person {
    let nobody = Name { written: "N. N.", address: "nn" };
    let given = people.and_then(|people| chance.pick(&people.given)).copied().unwrap_or(nobody);
    let family = people.and_then(|people| chance.pick(&people.family)).copied().unwrap_or(nobody);
    let name = match plan.language.as_str() {
        "ja" => format!("{} {}", family.written, given.written),
        "ko" | "zh" => format!("{}{}", family.written, given.written),
        _ => format!("{} {}", given.written, family.written),
    };
    let letters =
        |name: Name| -> String { bare_letters(name.address).chars().filter(char::is_ascii_lowercase).collect() };
    // The number keeps two people of the same name apart.
    let email = format!("{}.{}{place}@{}.example", letters(given), letters(family), plan.slug);
    Person { id: chance.id(), name, email }
}

fn add(
    tx: &Transaction<'_>,
    company_n: i64,
    person: &Person,
    part: &Part,
    plan: &Plan,
    chance: &mut Seeded,
) -> Result<i64, Fail> {
    let app_user = uses_apps(part, plan, chance);
    let born = (plan.create_time + age(chance)).min(plan.update_time);
    let sql = "INSERT INTO people (company_n, id, email, display_name, state, kind, app_user, create_time)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
    tx.prepare_cached(sql)?.execute((
        company_n,
        &person.id,
        &person.email,
        &person.name,
        part.state.as_str(),
        part.kind.as_str(),
        app_user,
        born,
    ))?;
    Ok(tx.last_insert_rowid())
}

/// When a recovery of the sample began, and who began it: days ago, because those people take their time.
fn begin_recovery(tx: &Transaction<'_>, origin: &Origin, plan: &Plan, person_n: i64, place: u32) -> Result<(), Fail> {
    // A stream of its own, so that people are the same whether recoveries say when they began or not.
    let mut chance = Seeded::new(origin.seed, RECOVERY, u64::from(plan.number) << 32 | u64::from(place));
    let ago = i64::from(chance.between(3 * 60, 9 * 24 * 60)) * 60_000;
    let by = i64::from(chance.between(1, 3));
    let name = usize::try_from(by - 1).ok().and_then(|by| TEAM.get(by)).map(|member| member.name);
    let sql = "UPDATE people SET begin_time = ?, begun_by_id = ?, begun_by_name = ? WHERE n = ?";
    tx.prepare_cached(sql)?.execute((origin.created - ago, technician_id(origin, by), name, person_n))?;
    Ok(())
}

fn join(tx: &Transaction<'_>, person_n: i64, group_n: Option<i64>) -> Result<(), Fail> {
    if let Some(group_n) = group_n {
        let sql = "INSERT INTO memberships (person_n, group_n) VALUES (?, ?)";
        tx.prepare_cached(sql)?.execute((person_n, group_n))?;
    }
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

fn insert_groups(tx: &Transaction<'_>, origin: &Origin, plan: &Plan, company_n: i64) -> Result<Groups, Fail> {
    let mut chance = Seeded::new(origin.seed, GROUP, plan.number.into());
    let mut put = |kind: &GroupKind, name: &str| -> Result<i64, Fail> {
        let sql = "INSERT INTO groups (company_n, id, kind, name) VALUES (?, ?, ?, ?)";
        tx.prepare_cached(sql)?.execute((company_n, chance.id(), kind.as_str(), name))?;
        Ok(tx.last_insert_rowid())
    };
    let mut groups = Groups { fixed: Vec::new(), custom: Vec::new() };
    for (kind, name) in [
        (GroupKind::Owners, "Owners"),
        (GroupKind::Administrators, "Administrators"),
        (GroupKind::TeamMembers, "Team Members"),
        (GroupKind::ExternalAccountManagers, "External Account Managers"),
    ] {
        let n = put(&kind, name)?;
        groups.fixed.push((kind, n));
    }
    for place in 0..plan.groups {
        let name = CUSTOM.get((plan.number + place) as usize % CUSTOM.len()).copied().unwrap_or("Staff");
        groups.custom.push(put(&GroupKind::Custom, name)?);
    }
    Ok(groups)
}

fn insert_technicians(
    tx: &Transaction<'_>,
    origin: &Origin,
    plan: &Plan,
    company_n: i64,
    groups: &Groups,
) -> Result<(), Fail> {
    if plan.link_waiting {
        return Ok(());
    }
    let gone = plan.unlink_time.is_some();
    let state = if gone { PersonState::Deleted } else { PersonState::Active };
    for (n, member) in (1_i64..).zip(&TEAM).take(ACTING) {
        let sql = "INSERT INTO people (company_n, id, email, display_name, state, kind, app_user, create_time)
                   VALUES (?, ?, ?, ?, ?, 'EXTERNAL_ACCOUNT_MANAGER', 0, ?)";
        let since = plan.link_time.unwrap_or(plan.create_time);
        let id = technician_id(origin, n);
        tx.prepare_cached(sql)?.execute((company_n, id, member.email, member.name, state.as_str(), since))?;
        let person_n = tx.last_insert_rowid();
        if !gone {
            join(tx, person_n, groups.of(&GroupKind::ExternalAccountManagers))?;
        }
        if plan.technician_owner && n == 3 {
            join(tx, person_n, groups.of(&GroupKind::Owners))?;
        }
    }
    Ok(())
}

fn insert_steps(tx: &Transaction<'_>, origin: &Origin, plan: &Plan, company_n: i64) -> Result<(), Fail> {
    let mut done_left = plan.done;
    let mut first_open = plan.state != CompanyState::Pending;
    for (place, kind) in (0_i64..).zip(StepKind::KNOWN) {
        let state = if kind.may_be_not_applicable() && plan.no_provisioning {
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
        // The last step that moved moved at `moved`; the others before it, some three weeks each.
        let first = (plan.link_time.unwrap_or(plan.create_time) + place * DAY / 8).min(plan.moved);
        let time = touched.then(|| (plan.moved - (4 - place) * 21 * DAY).max(first));
        let who = touched.then(|| (technician_id(origin, 3), TEAM.get(2).map(|member| member.name)));
        let sql = "INSERT INTO setup_steps (company_n, place, step, state, updater_id, updater_name, update_time)
                   VALUES (?, ?, ?, ?, ?, ?, ?)";
        tx.prepare_cached(sql)?.execute((
            company_n,
            place,
            kind.as_str(),
            state.as_str(),
            who.as_ref().map(|(id, _)| id),
            who.as_ref().and_then(|(_, name)| *name),
            time,
        ))?;
    }
    Ok(())
}
