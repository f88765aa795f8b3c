//! The register of a REAL workspace: companies as the MSP enters them. Only what was said is known of them.

use super::edit::CompanyEdit;
use crate::domain::activity::Action;
use crate::domain::company::CompanyState;
use crate::domain::setup::StepKind;
use crate::server::random;
use crate::server::sql::{Transaction, Value, params_from_iter};
use crate::server::store::error::StoreError;
use crate::server::store::requester::Requester;
use crate::wire::company::Company;

/// How a company stands of which nobody has said it yet.
pub const UNSPECIFIED: &str = CompanyState::UNSPECIFIED;

/// Enters a company. 1Password hears nothing of it.
pub fn enter(tx: &Transaction<'_>, requester: &Requester, edit: &CompanyEdit) -> Result<Company, StoreError> {
    let id = random::id()?;
    let n = insert(tx, &id, requester.now, edit)?;
    requester.touch(tx, n)?;
    let company = requester.scope.record(tx, &id)?.company;
    requester.audit(tx, Action::CompanyCreated, (&id, &company.name), None)?;
    Ok(company)
}

/// A row of which nothing is known but its id and what is said here, with the steps of its set-up still to do. Answers its
/// number.
pub fn insert(tx: &Transaction<'_>, id: &str, now: i64, edit: &CompanyEdit) -> Result<i64, StoreError> {
    // One statement and not two: every one of a large import has to renew the indexes.
    let mut columns = edit.columns();
    let said: Vec<&str> = columns.iter().map(|(column, _)| *column).collect();
    let empty =
        ["name", "name_lower", "name_key", "tags", "tags_lower", "address_lines", "sign_in_host", "owner_names"];
    let zero = ["link_waiting", "granted_mask", "policies", "shared_vaults", "identity_providers"];
    let rest = empty.map(|column| (column, String::new().into())).into_iter();
    let rest: Vec<_> = rest.chain(zero.map(|column| (column, 0.into()))).filter(|(it, _)| !said.contains(it)).collect();
    columns.extend(rest);
    columns.extend([("id", id.to_owned().into()), ("state", UNSPECIFIED.to_owned().into())]);
    columns.extend(["setup_moved", "create_time", "update_time"].map(|column| (column, now.into())));
    // Column names are our own; values are parameters.
    let (names, values): (Vec<_>, Vec<_>) = columns.into_iter().unzip();
    let sql = format!(
        "INSERT INTO companies (n, {}) VALUES ((SELECT coalesce(max(n), 0) + 1 FROM companies){}) RETURNING n",
        names.join(", "),
        ", ?".repeat(names.len())
    );
    let n = tx.prepare_cached(&sql)?.query_row(params_from_iter(values), |row| row.get(0))?;
    steps(tx, n)?;
    Ok(n)
}

fn steps(tx: &Transaction<'_>, n: i64) -> Result<(), StoreError> {
    let rows: Vec<_> = (0_i64..).zip(StepKind::KNOWN).collect();
    let sql = "INSERT INTO setup_steps (company_n, place, step, state) VALUES ";
    let sql = format!("{sql}{}", vec!["(?, ?, ?, 'TODO')"; rows.len()].join(", "));
    let values = rows.iter().flat_map(|(place, step)| [n.into(), (*place).into(), step.as_str().to_owned().into()]);
    tx.execute(&sql, params_from_iter(values.collect::<Vec<Value>>()))?;
    Ok(())
}
