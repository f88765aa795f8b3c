//! Groups of a company: adding people to them and taking them out (support page *manage companies*: co-own, co-manage).

use super::{count, one};
use crate::domain::people::{GroupKind, PersonKind, PersonState};
use crate::server::sql::{Connection, OptionalExtension, Transaction};
use crate::server::store::companies::counters::{
    is_last_owner, is_technician, last_owner, recount, still_managed, technician,
};
use crate::server::store::companies::row::{Record, RequestScope};
use crate::server::store::error::StoreError;
use crate::server::store::requester::Requester;
use crate::server::store::rows::{Page, Window};
use crate::wire::people::{Group, User};

pub fn list(db: &Connection, scope: &RequestScope, company: &str, window: &Window) -> Result<Page<Group>, StoreError> {
    let record = scope.record(db, company)?;
    let total = window.total(|| count(db, "groups", record.n))?;
    let groups = after(db, scope, &record, (window.after(0)?, window.limit()))?;
    Ok(Page::by_number(groups, total))
}

/// Groups behind a row's number; at most so many. People who were deleted are in no group any more.
pub fn after(
    db: &Connection,
    scope: &RequestScope,
    record: &Record,
    (after, most): (i64, i64),
) -> Result<Vec<(i64, Group)>, StoreError> {
    let sql = "SELECT n, id, kind, name,
                 (SELECT count(*) FROM memberships m WHERE m.group_n = groups.n) AS member_count
               FROM groups WHERE company_n = ? AND n > ? ORDER BY n LIMIT ?";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map((record.n, after, most), |row| {
        let id: String = row.get("id")?;
        let group = Group {
            path: format!("{}/groups/{id}", scope.path(&record.company.id)),
            id,
            kind: Some(GroupKind::from(row.get_ref("kind")?.as_str()?)),
            name: row.get("name")?,
            member_count: row.get("member_count")?,
        };
        Ok((row.get("n")?, group))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A group that is going to be changed.
struct ChangedGroup {
    n: i64,
    id: String,
    kind: GroupKind,
    name: String,
}

fn group(db: &Connection, company_n: i64, id: &str) -> Result<ChangedGroup, StoreError> {
    let sql = "SELECT n, id, kind, name FROM groups WHERE company_n = ? AND id = ?";
    let found = db.prepare_cached(sql)?.query_row((company_n, id), |row| {
        let kind = GroupKind::from(row.get_ref("kind")?.as_str()?);
        Ok(ChangedGroup { n: row.get("n")?, id: row.get("id")?, kind, name: row.get("name")? })
    });
    found.optional()?.ok_or(StoreError::NotFound)
}

impl ChangedGroup {
    fn has(&self, person: &User) -> bool {
        person.memberships().iter().any(|group| group.id == self.id)
    }
}

/// Whoever is in the group already stays in it, with the same answer.
pub fn add(
    tx: &Transaction<'_>,
    requester: &Requester,
    (company, group_id, user): (&str, &str, &str),
) -> Result<User, StoreError> {
    let record = requester.scope.record(tx, company)?;
    still_managed(&record)?;
    let group = group(tx, record.n, group_id)?;
    let nobody = StoreError::Invalid { field: "user_id", description: "is nobody of this company" };
    let found = one(tx, &requester.scope, &record, user);
    let (n, person) = found.map_err(|error| if error == StoreError::NotFound { nobody } else { error })?;
    may_join(&group, &person)?;
    if group.has(&person) {
        return Ok(person);
    }
    tx.execute("INSERT INTO memberships (person_n, group_n) VALUES (?, ?)", (n, group.n))?;
    finish(tx, requester, &record, (n, &person), &group, "MEMBER_ADDED")
}

/// Whoever is not in the group gets the same answer.
pub fn remove(
    tx: &Transaction<'_>,
    requester: &Requester,
    (company, group_id, user): (&str, &str, &str),
) -> Result<User, StoreError> {
    let record = requester.scope.record(tx, company)?;
    still_managed(&record)?;
    let group = group(tx, record.n, group_id)?;
    let (n, person) = one(tx, &requester.scope, &record, user)?;
    exists(&person)?;
    if group.kind == GroupKind::ExternalAccountManagers {
        return Err(technician(OF_THE_MSP));
    }
    if !group.has(&person) {
        return Ok(person);
    }
    if group.kind == GroupKind::Owners && is_last_owner(&record, &person) {
        return Err(last_owner(&person));
    }
    tx.execute("DELETE FROM memberships WHERE person_n = ? AND group_n = ?", (n, group.n))?;
    finish(tx, requester, &record, (n, &person), &group, "MEMBER_REMOVED")
}

const OF_THE_MSP: &str = "Who is in External Account Managers is decided in the MSP account, not here.";

fn exists(person: &User) -> Result<(), StoreError> {
    if person.state != Some(PersonState::Deleted) {
        return Ok(());
    }
    Err(StoreError::conflict(
        "WRONG_STATE",
        format!("{} was deleted and is in no group any more.", person.display_name),
    ))
}

fn may_join(group: &ChangedGroup, person: &User) -> Result<(), StoreError> {
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
        return Err(StoreError::conflict("WRONG_STATE", detail));
    }
    Ok(())
}

/// What every change of a membership brings with it; answers the person as they are now.
fn finish(
    tx: &Transaction<'_>,
    requester: &Requester,
    record: &Record,
    (n, person): (i64, &User),
    group: &ChangedGroup,
    action: &str,
) -> Result<User, StoreError> {
    tx.execute("UPDATE people SET rev = rev + 1 WHERE n = ?", [n])?;
    recount(tx, record.n)?;
    requester.touch(tx, record.n)?;
    let target = format!("{}: {}", group.name, person.display_name);
    requester.audit(tx, action, record.named(), Some(&target))?;
    Ok(one(tx, &requester.scope, record, &person.id)?.1)
}
