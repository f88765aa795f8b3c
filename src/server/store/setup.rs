//! The set-up checklist: what technicians report, and what the server derives beside it.

use super::companies::row::{Record, RequestScope, actor, time};
use super::error::StoreError;
use super::requester::{Requester, same_revision};
use crate::domain::activity::Action;
use crate::domain::company::CompanyState;
use crate::domain::setup::{Fact, StepKind, StepState};
use crate::server::sql::{self, Connection, OptionalExtension, Row, Transaction};
use crate::wire::setup::{Checklist, Evidence, Step};

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

pub fn checklist(db: &Connection, scope: &RequestScope, company: &str) -> Result<Checklist, StoreError> {
    Ok(Checklist { steps: steps(db, scope, &scope.record(db, company)?)? })
}

const COLUMNS: &str = "step, rev, state, note, updater_id, updater_name, update_time";

/// The steps of a company, in their order.
pub fn steps(db: &Connection, scope: &RequestScope, record: &Record) -> Result<Vec<Step>, StoreError> {
    let counts = counts(db, scope, record.n)?;
    let sql = format!("SELECT {COLUMNS} FROM setup_steps WHERE company_n = ? ORDER BY place");
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map([record.n], |row| step(scope, record, counts.as_ref(), row))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn one(db: &Connection, scope: &RequestScope, record: &Record, kind: &str) -> Result<Step, StoreError> {
    let counts = counts(db, scope, record.n)?;
    let sql = format!("SELECT {COLUMNS} FROM setup_steps WHERE company_n = ? AND step = ?");
    let mut statement = db.prepare_cached(&sql)?;
    let found = statement.query_row((record.n, kind), |row| step(scope, record, counts.as_ref(), row)).optional()?;
    found.ok_or(StoreError::NotFound)
}

fn step(scope: &RequestScope, record: &Record, counts: Option<&Counts>, row: &Row<'_>) -> sql::Result<Step> {
    let word: String = row.get("step")?;
    let kind = StepKind::from(word.as_str());
    Ok(Step {
        path: format!("{}/setup/{word}", scope.path(&record.company.id)),
        etag: scope.etag('s', row.get("rev")?),
        state: Some(StepState::from(row.get_ref("state")?.as_str()?)),
        note: row.get("note")?,
        updater: actor(row.get("updater_id")?, row.get("updater_name")?),
        update_time: time(row.get("update_time")?),
        evidence: counts.map(|counts| evidence(&kind, counts)).unwrap_or_default(),
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

/// Nothing in a REAL workspace, where nobody counted what is in a company.
fn counts(db: &Connection, scope: &RequestScope, company_n: i64) -> Result<Option<Counts>, StoreError> {
    if scope.real {
        return Ok(None);
    }
    let sql = "SELECT policies, shared_vaults, identity_providers, filled,
          (SELECT count(*) FROM groups g WHERE g.company_n = c.n AND g.kind = 'CUSTOM') AS custom_groups,
          (SELECT count(*) FROM people p WHERE p.company_n = c.n AND p.state = 'INVITED') AS invited,
          (SELECT count(*) FROM people p WHERE p.company_n = c.n AND p.app_user <> 0
              AND p.state = 'ACTIVE' AND p.kind <> 'EXTERNAL_ACCOUNT_MANAGER') AS app_users,
          (SELECT count(DISTINCT p.n) FROM people p JOIN memberships m ON m.person_n = p.n JOIN groups g ON g.n = m.group_n
              WHERE p.company_n = c.n AND p.state = 'ACTIVE' AND p.kind <> 'EXTERNAL_ACCOUNT_MANAGER'
              AND g.kind IN ('OWNERS', 'ADMINISTRATORS')) AS recovery_people
        FROM companies c WHERE n = ?";
    Ok(db.prepare_cached(sql)?.query_row([company_n], |row| {
        Ok(Some(Counts {
            policies: row.get("policies")?,
            shared_vaults: row.get("shared_vaults")?,
            identity_providers: row.get("identity_providers")?,
            filled: row.get("filled")?,
            custom_groups: row.get("custom_groups")?,
            invited: row.get("invited")?,
            app_users: row.get("app_users")?,
            recovery_people: row.get("recovery_people")?,
        }))
    })?)
}

/// What changes about a step.
pub struct StepEdit {
    pub state: Option<StepState>,
    /// Empty takes the note away.
    pub note: Option<String>,
}

pub fn patch(
    tx: &Transaction<'_>,
    requester: &Requester,
    (company, kind, etag): (&str, &StepKind, &str),
    edit: &StepEdit,
) -> Result<Step, StoreError> {
    let record = requester.scope.record(tx, company)?;
    if record.state() == CompanyState::Unlinked {
        return Err(StoreError::conflict("WRONG_STATE", "The company is unlinked; its set-up is no longer ours."));
    }
    let before = one(tx, &requester.scope, &record, kind.as_str())?;
    same_revision(etag, &before.etag)?;
    if edit.state == Some(StepState::NotApplicable) && !kind.may_be_not_applicable() {
        let detail = "Only provisioning can be not applicable: the other steps concern every company.";
        return Err(StoreError::conflict("STEP_MUST_APPLY", detail));
    }
    change(tx, requester, &record, &before, edit)?;
    one(tx, &requester.scope, &record, kind.as_str())
}

fn change(
    tx: &Transaction<'_>,
    requester: &Requester,
    record: &Record,
    before: &Step,
    edit: &StepEdit,
) -> Result<(), StoreError> {
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
    let target = format!("{} {}", before.kind.as_str(), state.as_str());
    requester.audit(tx, Action::SetupUpdated, record.named(), Some(&target))
}
