//! Adding people to groups and taking them out (support page *manage companies*: co-own, co-manage).

use super::answer::{Answer, Fail, Reply};
use super::call::Call;
use super::company_edit::Faults;
use super::company_row::Record;
use super::counted::{is_last_owner, is_technician, last_owner, recount, still_managed, technician};
use super::writing::{Author, once};
use super::{people, sample};
use crate::domain::people::{GroupKind, PersonKind, PersonState};
use crate::wire::people::User;
use rusqlite::{Connection, OptionalExtension, Transaction};

/// A group that is going to be changed.
struct Group {
    n: i64,
    id: String,
    kind: GroupKind,
    name: String,
}

fn group(db: &Connection, company_n: i64, id: &str) -> Result<Group, Fail> {
    let sql = "SELECT n, id, kind, name FROM groups WHERE company_n = ? AND id = ?";
    let found = db.prepare_cached(sql)?.query_row((company_n, id), |row| {
        let kind = GroupKind::from(row.get_ref(2)?.as_str()?);
        Ok(Group { n: row.get(0)?, id: row.get(1)?, kind, name: row.get(3)? })
    });
    found.optional()?.ok_or_else(Fail::not_found)
}

impl Group {
    fn has(&self, person: &User) -> bool {
        person.groups.iter().any(|group| group.id == self.id)
    }
}

/// `POST companies/{id}/groups/{group}/members`. Whoever is in the group already stays in it, with the same answer.
pub async fn add(call: &Call) -> Answer {
    let dry = call.validate_only()?;
    let object = call.object(false)?;
    let mut faults = Faults::default();
    let user = faults.text(&object, "user_id", "user_id", 40).unwrap_or_default();
    if user.is_empty() {
        faults.add("user_id", "must name a person of the company");
    }
    faults.done(())?;
    let (company, group_id, origin) = (call.company().to_owned(), call.value(2).to_owned(), call.house.origin);
    once(call, user.clone(), dry, move |tx, author| {
        let record = author.view.record(tx, &company)?;
        still_managed(&record)?;
        sample::unfold(tx, &origin, record.n)?;
        let group = group(tx, record.n, &group_id)?;
        let found = people::one(tx, &author.view, &record, &user)?;
        let (n, person) = found.ok_or_else(|| Fail::field("user_id", "is nobody of this company"))?;
        may_join(&group, &person)?;
        if group.has(&person) {
            return Reply::json(&person);
        }
        tx.execute("INSERT INTO memberships (person_n, group_n) VALUES (?, ?)", (n, group.n))?;
        settle(tx, author, &record, (n, &person), &group, "MEMBER_ADDED")
    })
    .await
}

/// `DELETE companies/{id}/groups/{group}/members/{user}`. Whoever is not in the group gets the same answer.
pub async fn remove(call: &Call) -> Answer {
    let dry = call.validate_only()?;
    let (company, origin) = (call.company().to_owned(), call.house.origin);
    let (group_id, user) = (call.value(2).to_owned(), call.value(3).to_owned());
    once(call, String::new(), dry, move |tx, author| {
        let record = author.view.record(tx, &company)?;
        still_managed(&record)?;
        sample::unfold(tx, &origin, record.n)?;
        let group = group(tx, record.n, &group_id)?;
        let (n, person) = people::one(tx, &author.view, &record, &user)?.ok_or_else(Fail::not_found)?;
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
        settle(tx, author, &record, (n, &person), &group, "MEMBER_REMOVED")
    })
    .await
}

const OF_THE_MSP: &str = "Who is in External Account Managers is decided in the MSP account, not here.";

fn exists(person: &User) -> Result<(), Fail> {
    if person.state != Some(PersonState::Deleted) {
        return Ok(());
    }
    Err(Fail::conflict("WRONG_STATE", format!("{} was deleted and is in no group any more.", person.display_name)))
}

fn may_join(group: &Group, person: &User) -> Result<(), Fail> {
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
        return Err(Fail::conflict("WRONG_STATE", detail));
    }
    Ok(())
}

/// What every change of a membership brings with it; answers the person as they are now.
fn settle(
    tx: &Transaction<'_>,
    author: &Author,
    record: &Record,
    (n, person): (i64, &User),
    group: &Group,
    action: &str,
) -> Answer {
    tx.execute("UPDATE people SET rev = rev + 1 WHERE n = ?", [n])?;
    recount(tx, record.n)?;
    author.touch(tx, record.n)?;
    let target = format!("{}: {}", group.name, person.display_name);
    author.audit(tx, action, (&record.company.id, &record.company.name), Some(&target))?;
    let (_, after) = people::one(tx, &author.view, record, &person.id)?.ok_or_else(Fail::not_found)?;
    Reply::json(&after)
}
