//! The set-up checklist: what technicians report, and what the server derives beside it.

use crate::domain::activity::Action;
use crate::domain::company::CompanyState;
use crate::domain::field::LONGEST_NOTE;
use crate::domain::setup::{Fact, StepKind, StepState};
use crate::server::error::{ApiError, ApiResult, Reply};
use crate::server::extract::{IfMatch, JsonObject, Path};
use crate::server::idempotency::{Requester, Write};
use crate::server::routes::company_edit::Violations;
use crate::server::state::App;
use crate::server::store::company_row::{Record, RequestScope, time};
use crate::server::store::revisions::same_revision;
use crate::wire::Actor;
use crate::wire::setup::{Checklist, Evidence, Step};
use axum::extract::State;
use rusqlite::{Connection, OptionalExtension, Row, Transaction};
use serde_json::{Map, Value};

const STATES: [StepState; 4] = [StepState::Todo, StepState::InProgress, StepState::Done, StepState::NotApplicable];

struct Counts {
    policies: u32,
    shared_vaults: u32,
    identity_providers: u32,
    custom_groups: u32,
    invited: u32,
    filled: u32,
    app_users: u32,
    recovery_people: u32,
}

pub async fn show(State(app): App, scope: RequestScope, Path([_, id]): Path<[String; 2]>) -> ApiResult {
    app.store
        .read(move |db| {
            let record = scope.record(db, &id)?;
            Reply::json(&Checklist { steps: steps(db, &scope, &record)? })
        })
        .await
}

const COLUMNS: &str = "step, rev, state, note, updater_id, updater_name, update_time";

pub fn steps(db: &Connection, scope: &RequestScope, record: &Record) -> Result<Vec<Step>, ApiError> {
    let counts = counts(db, record.n)?;
    let sql = format!("SELECT {COLUMNS} FROM setup_steps WHERE company_n = ? ORDER BY place");
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map([record.n], |row| step(scope, record, &counts, row))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn one(db: &Connection, scope: &RequestScope, record: &Record, kind: &str) -> Result<Step, ApiError> {
    let counts = counts(db, record.n)?;
    let sql = format!("SELECT {COLUMNS} FROM setup_steps WHERE company_n = ? AND step = ?");
    let mut statement = db.prepare_cached(&sql)?;
    let found = statement.query_row((record.n, kind), |row| step(scope, record, &counts, row)).optional()?;
    found.ok_or_else(ApiError::not_found)
}

fn step(scope: &RequestScope, record: &Record, counts: &Counts, row: &Row<'_>) -> rusqlite::Result<Step> {
    let word: String = row.get(0)?;
    let kind = StepKind::from(word.as_str());
    let updater: Option<String> = row.get(4)?;
    Ok(Step {
        path: format!("{}/setup/{word}", scope.path(&record.company.id)),
        etag: scope.etag('s', row.get(1)?),
        state: Some(StepState::from(row.get_ref(2)?.as_str()?)),
        note: row.get(3)?,
        updater: match updater {
            Some(id) => Some(Actor { id, display_name: row.get::<_, Option<String>>(5)?.unwrap_or_default() }),
            None => None,
        },
        update_time: time(row.get(6)?),
        evidence: evidence(&kind, counts),
        kind,
    })
}

fn evidence(kind: &StepKind, counts: &Counts) -> Vec<Evidence> {
    let facts = match kind {
        StepKind::Policies => vec![
            (Fact::Policies, counts.policies),
            (Fact::CustomGroups, counts.custom_groups),
            (Fact::SharedVaults, counts.shared_vaults),
        ],
        StepKind::RecoveryPlan => vec![(Fact::RecoveryPeople, counts.recovery_people)],
        StepKind::InviteMembers => vec![(Fact::InvitedPeople, counts.invited), (Fact::FilledSeats, counts.filled)],
        StepKind::Provisioning => vec![(Fact::IdentityProviders, counts.identity_providers)],
        StepKind::DeployApps => vec![(Fact::AppUsers, counts.app_users)],
        StepKind::Other(_) => Vec::new(),
    };
    facts.into_iter().map(|(fact, count)| Evidence { fact, count }).collect()
}

fn counts(db: &Connection, company_n: i64) -> Result<Counts, ApiError> {
    let sql = "SELECT policies, shared_vaults, identity_providers, filled,
          (SELECT count(*) FROM groups g WHERE g.company_n = c.n AND g.kind = 'CUSTOM'),
          (SELECT count(*) FROM people p WHERE p.company_n = c.n AND p.state = 'INVITED'),
          (SELECT count(*) FROM people p WHERE p.company_n = c.n AND p.app_user <> 0
              AND p.state = 'ACTIVE' AND p.kind <> 'EXTERNAL_ACCOUNT_MANAGER'),
          (SELECT count(DISTINCT p.n) FROM people p JOIN memberships m ON m.person_n = p.n JOIN groups g ON g.n = m.group_n
              WHERE p.company_n = c.n AND p.state = 'ACTIVE' AND p.kind <> 'EXTERNAL_ACCOUNT_MANAGER'
              AND g.kind IN ('OWNERS', 'ADMINISTRATORS'))
        FROM companies c WHERE n = ?";
    Ok(db.prepare_cached(sql)?.query_row([company_n], |row| {
        Ok(Counts {
            policies: row.get(0)?,
            shared_vaults: row.get(1)?,
            identity_providers: row.get(2)?,
            filled: row.get(3)?,
            custom_groups: row.get(4)?,
            invited: row.get(5)?,
            app_users: row.get(6)?,
            recovery_people: row.get(7)?,
        })
    })?)
}

struct Edit {
    state: Option<StepState>,
    /// Empty takes the note away.
    note: Option<String>,
}

fn read(object: &Map<String, Value>) -> Result<Edit, ApiError> {
    let mut violations = Violations::default();
    let state = violations.text(object, "state", "state", 40).map(|word| StepState::from(word.as_str()));
    if state.as_ref().is_some_and(|state| !STATES.contains(state)) {
        violations.add("state", "must be TODO, IN_PROGRESS, DONE or NOT_APPLICABLE");
    }
    let note = violations.lines(object, "note", LONGEST_NOTE);
    violations.done(Edit { state, note })
}

pub async fn patch(
    write: Write,
    Path([_, id, step]): Path<[String; 3]>,
    IfMatch(etag): IfMatch,
    JsonObject(object): JsonObject,
) -> ApiResult {
    let kind = StepKind::from(step.as_str());
    if !StepKind::KNOWN.contains(&kind) {
        return Err(ApiError::not_found());
    }
    let edit = read(&object)?;
    let fingerprint = Value::Object(object).to_string();
    let work = move |tx: &Transaction<'_>, requester: &Requester| {
        let record = requester.scope.record(tx, &id)?;
        if record.state() == CompanyState::Unlinked {
            return Err(ApiError::conflict("WRONG_STATE", "The company is unlinked; its set-up is no longer ours."));
        }
        let before = one(tx, &requester.scope, &record, kind.as_str())?;
        same_revision(&etag, &before.etag)?;
        if edit.state == Some(StepState::NotApplicable) && !kind.may_be_not_applicable() {
            let detail = "Only provisioning can be not applicable: the other steps concern every company.";
            return Err(ApiError::conflict("STEP_MUST_APPLY", detail));
        }
        change(tx, requester, &record, &before, &edit)?;
        Reply::json(&one(tx, &requester.scope, &record, kind.as_str())?)
    };
    write.run_once(fingerprint, work).await
}

fn change(
    tx: &Transaction<'_>,
    requester: &Requester,
    record: &Record,
    before: &Step,
    edit: &Edit,
) -> Result<(), ApiError> {
    let state = edit.state.clone().or_else(|| before.state.clone()).unwrap_or(StepState::Todo);
    let note = match &edit.note {
        Some(note) => Some(note.clone()).filter(|note| !note.is_empty()),
        None => before.note.clone(),
    };
    let moved = before.state.as_ref() != Some(&state);
    if !moved && note == before.note {
        return Ok(());
    }
    tx.execute(
        "UPDATE setup_steps SET rev = rev + 1, state = ?, note = ?, updater_id = ?, updater_name = ?, update_time = ?
         WHERE company_n = ? AND step = ?",
        (
            state.as_str(),
            &note,
            &requester.actor.id,
            &requester.actor.display_name,
            requester.now,
            record.n,
            before.kind.as_str(),
        ),
    )?;
    // The counted fields of the company, in the same transaction as what they count.
    tx.execute(
        "UPDATE companies SET
           setup_done = (SELECT count(*) FROM setup_steps WHERE company_n = ?1 AND state = 'DONE'),
           setup_applicable = (SELECT count(*) FROM setup_steps WHERE company_n = ?1 AND state <> 'NOT_APPLICABLE'),
           setup_moved = CASE WHEN ?2 THEN ?3 ELSE setup_moved END
         WHERE n = ?1",
        (record.n, moved, requester.now),
    )?;
    requester.touch(tx, record.n)?;
    let company = (record.company.id.as_str(), record.company.name.as_str());
    requester.audit(tx, Action::SetupUpdated, company, Some(&format!("{} {}", before.kind.as_str(), state.as_str())))
}
