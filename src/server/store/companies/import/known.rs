//! The companies that rows may be about, and what a row changes of them.

use super::runs::Run;
use crate::domain::company::CompanyState;
use crate::domain::import::plan::{Choice, Directory, Known};
use crate::domain::import::row::ImportRow;
use crate::server::store::companies::edit::{Column, CompanyEdit};
use crate::server::store::companies::facts::KeptFact;
use crate::server::store::companies::name_keys::search_key;
use crate::server::store::companies::row::list;
use crate::server::store::error::StoreError;

use crate::server::sql::{self, Connection, OptionalExtension, Row, ToSql, Transaction, Value};
use serde_json::Map;

const COLUMNS: &str = "id, name, external_id, account_uuid, website, country_code, address_lines, locality,
    administrative_area, postal_code, state, filled, seat_limit, tags";

/// Where [`kept`] has the facts.
pub const FACTS: &str = "facts";

/// All companies that share a key with one of these rows.
pub fn directory<'a>(
    tx: &Transaction<'_>,
    run: &Run,
    rows: impl Iterator<Item = &'a (ImportRow, Choice)>,
) -> Result<Directory, StoreError> {
    let mut directory = Directory::default();
    for (row, choice) in rows {
        if let Some(id) = &row.external_id {
            let condition = "external_id_lower = ? AND external_id_lower IS NOT NULL";
            add(tx, run, &mut directory, condition, search_key(id))?;
        }
        if let Some(uuid) = &row.account_uuid {
            add(tx, run, &mut directory, "account_uuid = ? AND account_uuid IS NOT NULL", uuid)?;
        }
        if let Some(name) = &row.name {
            add(tx, run, &mut directory, "name_lower = ?", search_key(name))?;
        }
        if let Choice::Is(id) = choice {
            add(tx, run, &mut directory, "id = ?", id)?;
        }
    }
    Ok(directory)
}

fn add(
    tx: &Transaction<'_>,
    run: &Run,
    directory: &mut Directory,
    condition: &str,
    value: impl ToSql,
) -> Result<(), StoreError> {
    let mut statement = tx.prepare_cached(&format!("SELECT {COLUMNS} FROM companies WHERE {condition}"))?;
    let found = statement.query_map([value], read)?.collect::<Result<Vec<_>, _>>()?;
    for known in found {
        // In an earlier call of the same run a row may have been about it.
        let sql = "SELECT r.line FROM import_rows r JOIN companies c ON c.n = r.company_n
                   WHERE r.run_n = ? AND c.id = ? AND r.outcome <> 'AMBIGUOUS'";
        let line = tx.prepare_cached(sql)?.query_row((run.n, &known.id), |row| row.get(0)).optional()?;
        if let Some(line) = line {
            directory.take(&known.id, line);
        }
        directory.add(known);
    }
    Ok(())
}

pub fn of_id(db: &Connection, id: &str) -> Result<Option<Known>, StoreError> {
    let mut statement = db.prepare_cached(&format!("SELECT {COLUMNS} FROM companies WHERE id = ?"))?;
    Ok(statement.query_row([id], read).optional()?)
}

pub fn number(db: &Connection, id: &str) -> Result<i64, StoreError> {
    let found = db.prepare_cached("SELECT n FROM companies WHERE id = ?")?.query_row([id], |row| row.get(0));
    found.optional()?.ok_or(StoreError::NotFound)
}

fn read(row: &Row<'_>) -> sql::Result<Known> {
    let filled = |text: Option<String>| text.is_some_and(|text| !text.is_empty());
    let has_address = filled(row.get("address_lines")?)
        || filled(row.get("locality")?)
        || filled(row.get("administrative_area")?)
        || filled(row.get("postal_code")?);
    Ok(Known {
        id: row.get("id")?,
        name: row.get("name")?,
        external_id: row.get("external_id")?,
        account_uuid: row.get("account_uuid")?,
        website: row.get("website")?,
        country: row.get("country_code")?,
        has_address,
        state: CompanyState::from(row.get::<_, String>("state")?.as_str()),
        filled: row.get("filled")?,
        seat_limit: row.get("seat_limit")?,
        tags: list(&row.get::<_, String>("tags")?),
    })
}

/// What the row changes, and how it was; what it tells of seats, limit and status is no change but a fact.
pub fn edits(known: &Known, row: &ImportRow) -> (CompanyEdit, CompanyEdit) {
    let text = |is: &Option<String>, was: &Option<String>| match is {
        Some(new) if was.as_ref() != Some(new) => (Some(new.clone()), Some(was.clone().unwrap_or_default())),
        _ => (None, None),
    };
    let (website, old_website) = text(&row.website, &known.website);
    let (external_id, old_external_id) = text(&row.external_id, &known.external_id);
    let (account_uuid, old_account_uuid) = text(&row.account_uuid, &known.account_uuid);
    let (country, old_country) = if known.has_address { (None, None) } else { text(&row.country, &known.country) };
    let mut tags = known.tags.clone();
    tags.extend(row.tags.iter().filter(|tag| !known.tags.contains(tag)).cloned());
    let tagged = tags != known.tags;
    let is = CompanyEdit {
        website,
        external_id,
        account_uuid,
        country,
        tags: tagged.then_some(tags),
        ..CompanyEdit::default()
    };
    let was = CompanyEdit {
        website: old_website,
        external_id: old_external_id,
        account_uuid: old_account_uuid,
        country: old_country,
        tags: tagged.then(|| known.tags.clone()),
        ..CompanyEdit::default()
    };
    (is, was)
}

/// The columns as they were, and what imports had told before, to be put back.
pub fn kept(was: &CompanyEdit, facts: &[KeptFact]) -> Result<String, StoreError> {
    let failed = |error| StoreError::internal("an import could not be noted", &error);
    let json = |(column, value): Column| {
        let value = match value {
            Value::Integer(number) => number.into(),
            Value::Text(text) => text.into(),
            Value::Null => serde_json::Value::Null,
        };
        (column.to_owned(), value)
    };
    let mut object: Map<String, serde_json::Value> = was.columns().into_iter().map(json).collect();
    object.insert(FACTS.to_owned(), serde_json::to_value(facts).map_err(failed)?);
    serde_json::to_string(&object).map_err(failed)
}
