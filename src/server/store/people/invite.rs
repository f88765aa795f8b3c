//! Inviting a person, as a technician does it on the company's own pages.

use crate::domain::activity::Action;
use crate::domain::company::CompanyState;
use crate::server::random;
use crate::server::sql::Transaction;
use crate::server::store::companies::counters::{recount, still_managed};
use crate::server::store::error::StoreError;
use crate::server::store::requester::Requester;

/// In the sample workspace whoever is invited signs up at once.
pub fn invite_person(
    tx: &Transaction<'_>,
    requester: &Requester,
    company: &str,
    name: &str,
    guest: bool,
) -> Result<(), StoreError> {
    let record = requester.scope.record(tx, company)?;
    still_managed(&record)?;
    insert_person(tx, record.n, name, guest, requester.now)?;
    if record.state() == CompanyState::Pending {
        // Pending is: nobody has signed in yet.
        tx.execute("UPDATE companies SET state = 'ACTIVE' WHERE n = ?", [record.n])?;
    }
    recount(tx, record.n)?;
    requester.touch(tx, record.n)?;
    requester.audit(tx, Action::PersonInvited, record.named(), Some(name))
}

fn insert_person(tx: &Transaction<'_>, company_n: i64, name: &str, guest: bool, now: i64) -> Result<(), StoreError> {
    let sql = "SELECT sign_in_host, (SELECT count(*) FROM people WHERE company_n = ?1) FROM companies WHERE n = ?1";
    let (host, count): (String, i64) = tx.query_row(sql, [company_n], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let slug = host.split('.').next().unwrap_or("company");
    let letters: String = name.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
    let letters = if letters.is_empty() { "person" } else { &letters };
    let email = format!("{letters}.{count}@{slug}.example");
    let kind = if guest { "GUEST" } else { "MEMBER" };
    let sql = "INSERT INTO people (company_n, id, email, display_name, state, kind, app_user, create_time)
               VALUES (?, ?, ?, ?, 'ACTIVE', ?, 1, ?) RETURNING n";
    let person_n: i64 = tx.query_row(sql, (company_n, random::id()?, email, name, kind, now), |row| row.get(0))?;
    if !guest {
        let sql = "INSERT INTO memberships (person_n, group_n)
                   SELECT CAST(? AS BIGINT), n FROM groups WHERE company_n = ? AND kind = 'TEAM_MEMBERS'";
        tx.execute(sql, (person_n, company_n))?;
    }
    Ok(())
}
