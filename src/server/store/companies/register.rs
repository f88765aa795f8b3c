//! The register of a REAL workspace: companies as the MSP enters them. Only what was said is known of them.

use super::edit::CompanyEdit;
use crate::domain::activity::Action;
use crate::domain::company::CompanyState;
use crate::domain::setup::StepKind;
use crate::server::random;
use crate::server::sql::Transaction;
use crate::server::store::error::StoreError;
use crate::server::store::requester::Requester;
use crate::wire::company::Company;

/// How a company stands of which nobody has said it yet.
pub const UNSPECIFIED: &str = CompanyState::UNSPECIFIED;

/// Enters a company. 1Password hears nothing of it.
pub fn enter(tx: &Transaction<'_>, requester: &Requester, edit: &CompanyEdit) -> Result<Company, StoreError> {
    let id = random::id()?;
    let n = insert(tx, &id, requester.now)?;
    edit.store(tx, n)?;
    requester.touch(tx, n)?;
    let company = requester.scope.record(tx, &id)?.company;
    requester.audit(tx, Action::CompanyCreated, (&id, &company.name), None)?;
    Ok(company)
}

/// A row of which nothing is known but its id, with the steps of its set-up still to do.
pub fn insert(tx: &Transaction<'_>, id: &str, now: i64) -> Result<i64, StoreError> {
    let sql = "INSERT INTO companies
        (n, id, name, name_lower, name_key, address_lines, sign_in_host, state, owner_names, setup_moved, link_waiting,
         granted_mask, policies, shared_vaults, identity_providers, tags, tags_lower, create_time, update_time)
        VALUES ((SELECT coalesce(max(n), 0) + 1 FROM companies), ?1, '', '', '', '', '', ?2, '', ?3, 0, 0, 0, 0, 0, '', '', ?3, ?3) RETURNING n";
    let n = tx.prepare_cached(sql)?.query_row((id, UNSPECIFIED, now), |row| row.get(0))?;
    let mut put =
        tx.prepare_cached("INSERT INTO setup_steps (company_n, place, step, state) VALUES (?, ?, ?, 'TODO')")?;
    for (place, step) in (0_i64..).zip(StepKind::KNOWN) {
        put.execute((n, place, step.as_str()))?;
    }
    Ok(n)
}
