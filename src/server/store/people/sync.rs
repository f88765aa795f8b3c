//! The people of a company of a REAL workspace, as a source lists them: the table becomes what the list says.

use crate::connect::users_api::Person;
use crate::server::sql::Transaction;
use crate::server::store::error::StoreError;
use std::collections::HashMap;

/// A row as it is compared.
#[derive(PartialEq, Eq)]
struct Row {
    email: String,
    display_name: String,
    state: String,
    possibly_technician: bool,
    create_time: Option<i64>,
}

impl Row {
    fn of(person: &Person, possibly_technician: bool) -> Self {
        Self {
            email: person.email.clone(),
            display_name: person.display_name.clone(),
            state: person.state.as_str().to_owned(),
            possibly_technician,
            create_time: person.create_time.map(jiff::Timestamp::as_millisecond),
        }
    }
}

/// Makes the people of the company those of the list. True when anything changed. `technicians` says of each person
/// whether they look like one.
pub fn replace(
    tx: &Transaction<'_>,
    company_n: i64,
    people: &[Person],
    technicians: &[bool],
) -> Result<bool, StoreError> {
    let mut known = known(tx, company_n)?;
    let mut changed = false;
    for (person, technician) in people.iter().zip(technicians) {
        let row = Row::of(person, *technician);
        if known.remove(&person.id).is_none_or(|before| before != row) {
            put(tx, company_n, &person.id, &row)?;
            changed = true;
        }
    }
    for gone in known.keys() {
        let sql = "DELETE FROM people WHERE company_n = ? AND id = ?";
        tx.prepare_cached(sql)?.execute((company_n, gone))?;
        changed = true;
    }
    Ok(changed)
}

fn known(tx: &Transaction<'_>, company_n: i64) -> Result<HashMap<String, Row>, StoreError> {
    let sql = "SELECT id, email, display_name, state, possibly_technician, create_time FROM people WHERE company_n = ?";
    let mut statement = tx.prepare_cached(sql)?;
    let rows = statement.query_map([company_n], |row| {
        let kept = Row {
            email: row.get(1)?,
            display_name: row.get(2)?,
            state: row.get(3)?,
            possibly_technician: row.get(4)?,
            create_time: row.get(5)?,
        };
        Ok((row.get(0)?, kept))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn put(tx: &Transaction<'_>, company_n: i64, id: &str, row: &Row) -> Result<(), StoreError> {
    let sql = "INSERT INTO people
            (company_n, id, email, display_name, state, app_user, create_time, possibly_technician)
        VALUES (?, ?, ?, ?, ?, 0, ?, ?)
        ON CONFLICT (company_n, id) DO UPDATE SET rev = people.rev + 1, email = excluded.email,
            display_name = excluded.display_name, state = excluded.state, create_time = excluded.create_time,
            possibly_technician = excluded.possibly_technician";
    let Row { email, display_name, state, possibly_technician, create_time } = row;
    let technician = i64::from(*possibly_technician);
    tx.prepare_cached(sql)?.execute((company_n, id, email, display_name, state, create_time, technician))?;
    Ok(())
}
