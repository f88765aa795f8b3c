//! Adding people to groups and taking them out (support page *manage companies*: co-own, co-manage).

use crate::domain::people::{GroupKind, PersonKind, PersonState};
use crate::server::error::{ApiError, ApiResult, Reply};
use crate::server::extract::{JsonObject, Path};
use crate::server::idempotency::{Requester, Write};
use crate::server::routes::company_edit::Violations;
use crate::server::routes::people;
use crate::server::store::company_row::Record;
use crate::server::store::counters::{is_last_owner, is_technician, last_owner, recount, still_managed, technician};
use crate::wire::people::User;
use rusqlite::{Connection, OptionalExtension, Transaction};

/// A group that is going to be changed.
struct Group {
    n: i64,
    id: String,
    kind: GroupKind,
    name: String,
}

fn group(db: &Connection, company_n: i64, id: &str) -> Result<Group, ApiError> {
    let sql = "SELECT n, id, kind, name FROM groups WHERE company_n = ? AND id = ?";
    let found = db.prepare_cached(sql)?.query_row((company_n, id), |row| {
        let kind = GroupKind::from(row.get_ref(2)?.as_str()?);
        Ok(Group { n: row.get(0)?, id: row.get(1)?, kind, name: row.get(3)? })
    });
    found.optional()?.ok_or_else(ApiError::not_found)
}

impl Group {
    fn has(&self, person: &User) -> bool {
        person.groups.iter().any(|group| group.id == self.id)
    }
}

/// Whoever is in the group already stays in it, with the same answer.
pub async fn add(
    write: Write,
    Path([_, company, group_id]): Path<[String; 3]>,
    JsonObject(object): JsonObject,
) -> ApiResult {
    let mut violations = Violations::default();
    let user = violations.text(&object, "user_id", "user_id", 40).unwrap_or_default();
    if user.is_empty() {
        violations.add("user_id", "must name a person of the company");
    }
    violations.done(())?;
    let fingerprint = user.clone();
    let work = move |tx: &Transaction<'_>, requester: &Requester| {
        let record = requester.scope.record(tx, &company)?;
        still_managed(&record)?;
        let group = group(tx, record.n, &group_id)?;
        let found = people::one(tx, &requester.scope, &record, &user)?;
        let (n, person) = found.ok_or_else(|| ApiError::field("user_id", "is nobody of this company"))?;
        may_join(&group, &person)?;
        if group.has(&person) {
            return Reply::json(&person);
        }
        tx.execute("INSERT INTO memberships (person_n, group_n) VALUES (?, ?)", (n, group.n))?;
        finish(tx, requester, &record, (n, &person), &group, "MEMBER_ADDED")
    };
    write.run_once(fingerprint, work).await
}

/// Whoever is not in the group gets the same answer.
pub async fn remove(write: Write, Path([_, company, group_id, user]): Path<[String; 4]>) -> ApiResult {
    let work = move |tx: &Transaction<'_>, requester: &Requester| {
        let record = requester.scope.record(tx, &company)?;
        still_managed(&record)?;
        let group = group(tx, record.n, &group_id)?;
        let (n, person) = people::one(tx, &requester.scope, &record, &user)?.ok_or_else(ApiError::not_found)?;
        exists(&person)?;
        if group.kind == GroupKind::ExternalAccountManagers {
            return Err(technician(OF_THE_MSP));
        }
        if !group.has(&person) {
            return Reply::json(&person);
        }
        if group.kind == GroupKind::Owners && is_last_owner(&record, &person) {
            return Err(last_owner(&person));
        }
        tx.execute("DELETE FROM memberships WHERE person_n = ? AND group_n = ?", (n, group.n))?;
        finish(tx, requester, &record, (n, &person), &group, "MEMBER_REMOVED")
    };
    write.run_once(String::new(), work).await
}

const OF_THE_MSP: &str = "Who is in External Account Managers is decided in the MSP account, not here.";

fn exists(person: &User) -> Result<(), ApiError> {
    if person.state != Some(PersonState::Deleted) {
        return Ok(());
    }
    Err(ApiError::conflict("WRONG_STATE", format!("{} was deleted and is in no group any more.", person.display_name)))
}

fn may_join(group: &Group, person: &User) -> Result<(), ApiError> {
    if group.kind == GroupKind::ExternalAccountManagers {
        return Err(technician(OF_THE_MSP));
    }
    if is_technician(person) {
        let detail = "A technician acts as External Account Manager alone, never as owner, administrator or member.";
        return Err(technician(detail));
    }
    exists(person)?;
    if person.kind == Some(PersonKind::Guest) {
        let detail = format!("{} is a guest. Make them a member in 1Password first.", person.display_name);
        return Err(ApiError::conflict("WRONG_STATE", detail));
    }
    Ok(())
}

/// What every change of a membership brings with it; answers the person as they are now.
fn finish(
    tx: &Transaction<'_>,
    requester: &Requester,
    record: &Record,
    (n, person): (i64, &User),
    group: &Group,
    action: &str,
) -> ApiResult {
    tx.execute("UPDATE people SET rev = rev + 1 WHERE n = ?", [n])?;
    recount(tx, record.n)?;
    requester.touch(tx, record.n)?;
    let target = format!("{}: {}", group.name, person.display_name);
    requester.audit(tx, action, (&record.company.id, &record.company.name), Some(&target))?;
    let (_, after) = people::one(tx, &requester.scope, record, &person.id)?.ok_or_else(ApiError::not_found)?;
    Reply::json(&after)
}
