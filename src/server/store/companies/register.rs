//! The register of a REAL workspace: companies as the MSP enters them. Only what was said is known of them.

use super::edit::{Column, CompanyEdit};
use crate::domain::activity::Action;
use crate::domain::company::CompanyState;
use crate::domain::setup::StepKind;
use crate::server::random;
use crate::server::sql::{Transaction, params_from_iter};
use crate::server::store::error::StoreError;
use crate::server::store::requester::{Requester, touched};
use crate::wire::company::Company;

/// How a company stands of which nobody has said it yet.
pub const UNSPECIFIED: &str = CompanyState::UNSPECIFIED;

/// Enters a company. 1Password hears nothing of it.
pub fn enter(tx: &Transaction<'_>, requester: &Requester, edit: &CompanyEdit) -> Result<Company, StoreError> {
    let id = random::id()?;
    let n = insert(tx, &id, requester.now, edit.columns().into_iter().chain(touched(tx)?))?;
    begin_setup(tx, n)?;
    let company = requester.scope.record(tx, &id)?.company;
    requester.audit(tx, Action::CompanyCreated, (&id, &company.name), None)?;
    Ok(company)
}

/// A row of which nothing is known but its id and what is said here. Answers its number; [`begin_setup`] is the caller's.
pub fn insert(
    tx: &Transaction<'_>,
    id: &str,
    now: i64,
    said: impl IntoIterator<Item = Column>,
) -> Result<i64, StoreError> {
    // One statement and not two: every one of a large import has to renew the indexes.
    let mut columns: Vec<Column> = said.into_iter().collect();
    let said: Vec<&str> = columns.iter().map(|(column, _)| *column).collect();
    let empty =
        ["name", "name_lower", "name_key", "tags", "tags_lower", "address_lines", "sign_in_host", "owner_names"];
    let zero = ["link_waiting", "granted_mask", "policies", "shared_vaults", "identity_providers"];
    let rest = empty.map(|column| (column, String::new().into())).into_iter();
    let rest = rest.chain(zero.map(|column| (column, 0.into()))).chain([("state", UNSPECIFIED.to_owned().into())]);
    let rest: Vec<_> = rest.filter(|(it, _)| !said.contains(it)).collect();
    columns.extend(rest);
    columns.push(("id", id.to_owned().into()));
    columns.extend(["setup_moved", "create_time", "update_time"].map(|column| (column, now.into())));
    // Column names are our own; values are parameters.
    let (names, values): (Vec<_>, Vec<_>) = columns.into_iter().unzip();
    let sql = format!(
        "INSERT INTO companies (n, {}) VALUES ((SELECT coalesce(max(n), 0) + 1 FROM companies){}) RETURNING n",
        names.join(", "),
        ", ?".repeat(names.len())
    );
    Ok(tx.prepare_cached(&sql)?.query_row(params_from_iter(values), |row| row.get(0))?)
}

/// All steps are still to do of the companies from this number on, which have just been entered.
pub fn begin_setup(tx: &Transaction<'_>, first: i64) -> Result<(), StoreError> {
    let steps: Vec<String> = StepKind::KNOWN
        .iter()
        .enumerate()
        .map(|(place, step)| format!("SELECT {place} AS place, '{}' AS step", step.as_str()))
        .collect();
    let sql = format!(
        "INSERT INTO setup_steps (company_n, place, step, state) SELECT n, place, step, 'TODO'
        FROM companies CROSS JOIN ({}) steps WHERE n >= ? ORDER BY n, place",
        steps.join(" UNION ALL ")
    );
    tx.execute(&sql, [first])?;
    Ok(())
}
