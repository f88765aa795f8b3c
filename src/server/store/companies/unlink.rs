//! Unlinking: the pre-flight, and the act (support page *manage companies*).

use super::row::{FOURTEEN_DAYS, Record, RequestScope, time};
use crate::domain::activity::Action;
use crate::domain::company::CompanyState;
use crate::domain::facts::{Coverage, Facet};
use crate::domain::unlink::{CheckCode, ConsequenceCode};
use crate::server::sql::{Connection, Transaction};
use crate::server::store::error::StoreError;
use crate::server::store::requester::{Requester, same_revision};
use crate::server::store::sources;
use crate::wire::company::{Company, Fact};
use crate::wire::unlink::{Check, Consequence, PersonRef, Preflight};

/// `may`: whether who asks has the permission.
pub fn preflight(db: &Connection, scope: &RequestScope, id: &str, may: bool) -> Result<Preflight, StoreError> {
    read_preflight(db, scope, &scope.record(db, id)?, may)
}

/// What stands against [`unlink`].
pub fn dry_run(tx: &Transaction<'_>, requester: &Requester, id: &str, etag: &str) -> Result<Preflight, StoreError> {
    let record = requester.scope.record(tx, id)?;
    if record.state() != CompanyState::Unlinked {
        same_revision(etag, &record.company.etag)?;
    }
    // The permission has been checked before.
    read_preflight(tx, &requester.scope, &record, true)
}

pub fn unlink(tx: &Transaction<'_>, requester: &Requester, id: &str, etag: &str) -> Result<Company, StoreError> {
    let record = requester.scope.record(tx, id)?;
    // Said before the revision is compared: whoever repeats an unlink holds an old one, and should hear why.
    if record.state() == CompanyState::Unlinked {
        return Err(StoreError::conflict("ALREADY_UNLINKED", "The company is unlinked already."));
    }
    same_revision(etag, &record.company.etag)?;
    if owners(tx, record.n, "= 'ACTIVE'")?.is_empty() {
        let detail = "Nobody in the company's Owners group has confirmed, so nobody could act for it afterwards.";
        return Err(StoreError::conflict("NO_CONFIRMED_OWNER", detail));
    }
    end_care(tx, requester, &record, requester.now)?;
    requester.audit(tx, Action::CompanyUnlinked, record.named(), None)?;
    Ok(requester.scope.record(tx, id)?.company)
}

/// Marks a company as unlinked at this time, in milliseconds; from then on its trial runs.
pub fn end_care(tx: &Transaction<'_>, requester: &Requester, record: &Record, time: i64) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE companies SET state = 'UNLINKED', unlink_time = ?1, unlinked_by_id = ?2, unlinked_by_name = ?3,
         trial_end_time = ?4, link_waiting = 0, granted_mask = 0, snooze_until = NULL WHERE n = ?5",
        (time, &requester.actor.id, &requester.actor.display_name, time.saturating_add(FOURTEEN_DAYS), record.n),
    )?;
    // Access ends for every technician, and for addresses that nobody has opened yet.
    tx.execute(
        "UPDATE people SET state = 'DELETED', rev = rev + 1 WHERE company_n = ? AND kind = 'EXTERNAL_ACCOUNT_MANAGER'",
        [record.n],
    )?;
    tx.execute(
        "DELETE FROM memberships WHERE person_n IN
         (SELECT n FROM people WHERE company_n = ? AND kind = 'EXTERNAL_ACCOUNT_MANAGER')",
        [record.n],
    )?;
    tx.execute("DELETE FROM launches WHERE company_n = ?", [record.n])?;
    let of_company = "vault_n IN (SELECT n FROM vaults WHERE company_n = ?)";
    tx.execute(&format!("DELETE FROM vault_access WHERE {of_company}"), [record.n])?;
    requester.touch(tx, record.n)
}

/// People of the Owners group in these states; technicians never count.
fn owners(db: &Connection, company_n: i64, state: &str) -> Result<Vec<PersonRef>, StoreError> {
    let member = "EXISTS (SELECT 1 FROM memberships m JOIN groups g ON g.n = m.group_n
                   WHERE m.person_n = p.n AND g.kind = 'OWNERS')";
    people(db, company_n, &format!("state {state} AND kind <> 'EXTERNAL_ACCOUNT_MANAGER' AND {member}"))
}

/// `condition` is our own text, never a caller's.
fn people(db: &Connection, company_n: i64, condition: &str) -> Result<Vec<PersonRef>, StoreError> {
    let sql = format!("SELECT id, display_name FROM people p WHERE company_n = ? AND {condition} ORDER BY n");
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement
        .query_map([company_n], |row| Ok(PersonRef { id: row.get("id")?, display_name: row.get("display_name")? }))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Everything that is to be known before an unlink.
fn read_preflight(db: &Connection, scope: &RequestScope, record: &Record, may: bool) -> Result<Preflight, StoreError> {
    let unlinked = record.state() == CompanyState::Unlinked;
    let mut checks = Vec::new();
    if unlinked {
        checks.push(check(CheckCode::AlreadyUnlinked, "BLOCK", "The company is unlinked already.", Vec::new()));
    }
    if !may {
        let title = "Your role does not allow unlinking companies.";
        checks.push(check(CheckCode::PermissionDenied, "BLOCK", title, Vec::new()));
    }
    if scope.real {
        if sources::any(db, record.n)? {
            let title = "The company is connected with its account: remove the application there first.";
            checks.push(check(CheckCode::SourceConnected, "WARN", title, Vec::new()));
        }
        checks.extend(known(&record.company));
    } else {
        checks.extend(counted(db, record)?);
    }
    Ok(Preflight {
        etag: record.company.etag.clone(),
        company_name: record.company.name.clone(),
        checks,
        consequences: consequences(),
        trial_end_time: if unlinked {
            record.company.trial_end_time
        } else {
            time(Some(scope.now.saturating_add(FOURTEEN_DAYS)))
        },
    })
}

/// Of a company in a REAL workspace. What is not known blocks nothing: it warns.
fn known(company: &Company) -> Vec<Check> {
    let owners = company.owners.clone().unwrap_or_default();
    let named = |name: &String| PersonRef { id: String::new(), display_name: name.clone() };
    let owners = match owners.confirmed {
        None => check(CheckCode::OwnersUnknown, "WARN", "Who owns the company is not known here.", Vec::new()),
        Some(0) => {
            let title = "No confirmed person is in the company's Owners group.";
            check(CheckCode::NoConfirmedOwner, "BLOCK", title, Vec::new())
        }
        Some(count) => Check {
            count: Some(count),
            ..check(
                CheckCode::ConfirmedOwners,
                "INFO",
                "Owners can act for the company.",
                owners.names.iter().map(named).collect(),
            )
        },
    };
    let recoveries = match company.open_recoveries {
        None => {
            let title = "Whether recoveries are open is not known here.";
            Some(check(CheckCode::RecoveriesUnknown, "WARN", title, Vec::new()))
        }
        Some(0) => None,
        Some(count) => {
            let title = "Recoveries are open; technicians could not complete them afterwards.";
            Some(Check { count: Some(count), ..check(CheckCode::OpenRecoveries, "WARN", title, Vec::new()) })
        }
    };
    let seats = match company.seats.as_ref().and_then(|seats| seats.filled) {
        None => check(CheckCode::SeatsUnknown, "WARN", "How many seats are filled is not known here.", Vec::new()),
        count => {
            let of = |coverage| move |fact: &Fact| fact.facet == Facet::Seats && fact.coverage == coverage;
            let any = |coverage| company.facts.iter().any(of(coverage));
            let (code, title) = if any(Coverage::Estimate) && !any(Coverage::Exact) {
                (CheckCode::SeatsEstimated, "About so many filled seats go on the trial.")
            } else {
                (CheckCode::FilledSeats, "Filled seats go on the trial.")
            };
            Check { count, ..check(code, "INFO", title, Vec::new()) }
        }
    };
    [Some(owners), recoveries, Some(seats)].into_iter().flatten().collect()
}

/// Of a company of the sample, whose people are all here.
fn counted(db: &Connection, record: &Record) -> Result<Vec<Check>, StoreError> {
    let mut checks = Vec::new();
    let confirmed = owners(db, record.n, "= 'ACTIVE'")?;
    if confirmed.is_empty() {
        let title = "No confirmed person is in the company's Owners group.";
        checks.push(check(CheckCode::NoConfirmedOwner, "BLOCK", title, owners(db, record.n, "= 'INVITED'")?));
    } else {
        checks.push(check(CheckCode::ConfirmedOwners, "INFO", "Owners can act for the company.", confirmed));
    }
    let recovering = people(db, record.n, "state IN ('RECOVERY_STARTED', 'RECOVERY_AWAITING_COMPLETION')")?;
    if !recovering.is_empty() {
        let title = "Recoveries are open; technicians could not complete them afterwards.";
        checks.push(check(CheckCode::OpenRecoveries, "WARN", title, recovering));
    }
    let invited = people(db, record.n, "state = 'INVITED'")?;
    if !invited.is_empty() {
        checks.push(check(CheckCode::PendingInvites, "WARN", "People were invited and have not signed up.", invited));
    }
    let seats = Check {
        count: record.company.seats.as_ref().and_then(|seats| seats.filled),
        ..check(CheckCode::FilledSeats, "INFO", "Filled seats go on the trial.", Vec::new())
    };
    checks.push(seats);
    Ok(checks)
}

fn check(code: CheckCode, severity: &str, title: &str, people: Vec<PersonRef>) -> Check {
    let count = u32::try_from(people.len()).ok().filter(|count| *count > 0);
    Check { code, severity: severity.to_owned(), title: title.to_owned(), people, count }
}

fn consequences() -> Vec<Consequence> {
    [
        (ConsequenceCode::TrialStarts, "A 14-day free trial starts; until it ends the account works normally."),
        (ConsequenceCode::DataStays, "People, vaults and items stay as they are."),
        (ConsequenceCode::AccessEnds, "Your technicians lose their access to the company."),
        (ConsequenceCode::OwnerMustAct, "Before the trial ends an owner must subscribe or link to another provider."),
        (
            ConsequenceCode::OnlyOwnerCanRelink,
            "Only an owner of the company can link it again; this cannot be undone here.",
        ),
    ]
    .map(|(code, title)| Consequence { code, title: title.to_owned() })
    .into()
}
