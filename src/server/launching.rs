//! Launching: a one-use address, and the page of the sample workspace behind it.

use super::House;
use super::answer::{Answer, Fail, Reply};
use super::call::Call;
use super::company_edit::Faults;
use super::company_row::{View, time};
use super::pages::{self, Opened};
use super::writing::{Author, once};
use super::{inviting, people, random, sample, setup, vaults};
use crate::domain::activity::Action;
use crate::domain::company::CompanyState;
use crate::domain::launch::Target;
use crate::wire::company::LaunchAnswer;
use axum::http::{HeaderName, StatusCode, header};
use rusqlite::{OptionalExtension, Transaction};

/// How long an address is good for, in milliseconds: 60 s.
const GOOD_FOR: i64 = 60_000;
/// People, groups and vaults shown on a page at most.
const MOST_PEOPLE: i64 = 200;

/// `POST companies/{id}:launch`.
pub async fn launch(call: &Call) -> Answer {
    let dry = call.validate_only()?;
    let object = call.object(true)?;
    let mut faults = Faults::default();
    let word = faults.text(&object, "target", "target", 40).unwrap_or_else(|| "HOME".into());
    let target = Target::ALL.into_iter().find(|target| target.as_str() == word);
    if target.is_none() {
        let words: Vec<_> = Target::ALL.iter().map(|target| target.as_str()).collect();
        faults.add("target", &format!("must be one of {}", words.join(", ")));
    }
    let vault = faults.text(&object, "vault_id", "vault_id", 40).filter(|id| !id.is_empty());
    if vault.is_some() && target != Some(Target::Vaults) {
        faults.add("vault_id", "goes with the target VAULTS alone");
    }
    faults.done(())?;
    let target = target.unwrap_or(Target::Home);
    let (id, base, origin) = (call.company().to_owned(), call.house.base_url.clone(), call.house.origin);
    let said = vault.as_ref().map_or_else(|| word.clone(), |vault| format!("{word} {vault}"));
    once(call, said, dry, move |tx, author| {
        if vault.is_some() {
            sample::unfold_vaults(tx, &origin, author.view.record(tx, &id)?.n)?;
        }
        begin(tx, author, &id, (target, vault.as_deref()), &base)
    })
    .await
}

fn begin(
    tx: &Transaction<'_>,
    author: &Author,
    id: &str,
    (target, vault): (Target, Option<&str>),
    base: &str,
) -> Answer {
    let record = author.view.record(tx, id)?;
    if record.state() == CompanyState::Unlinked {
        return Err(Fail::conflict("WRONG_STATE", "The company is unlinked; technicians have no access any more."));
    }
    let vault = vault.map(|id| vaults::one(tx, &author.view, &record, author.technician_n, id)).transpose()?;
    let token = random::secret()?;
    let until = author.now.saturating_add(GOOD_FOR);
    tx.execute("DELETE FROM launches WHERE expire_time < ?", [author.now])?;
    tx.execute(
        "INSERT INTO launches (token, company_n, technician_n, target, expire_time, vault_n)
         VALUES (?, ?, ?, ?, ?, ?)",
        (&token, record.n, author.technician_n, target.as_str(), until, vault.as_ref().map(|(n, _)| *n)),
    )?;
    tx.execute("UPDATE companies SET launch_time = ? WHERE n = ?", (author.now, record.n))?;
    author.touch(tx, record.n)?;
    // The address itself is a key and stays out of the record.
    author.audit(tx, Action::CompanyLaunched, (&record.company.id, &record.company.name), Some(target.as_str()))?;
    Reply::json(&LaunchAnswer { launch_uri: format!("{base}/launch/{token}"), expire_time: time(Some(until)) })
}

/// `GET /launch/{token}`: the sample's stand-in for the company's own pages.
///
/// # Errors
/// 500: there is no nonce for the page.
pub async fn page(house: &House, token: &str) -> Answer {
    let (token, now, origin) = (token.to_owned(), house.now(), house.origin);
    let technicians = house.technicians.clone();
    let account = (house.account.name.clone(), house.account.region.clone());
    // The view of the technician who asked for the address.
    let views: Vec<_> = technicians.iter().map(|who| (who.n, View::new(house, who, now))).collect();
    let opened = house
        .store
        .write(move |tx| {
            let used: Option<(i64, i64, String, Option<i64>)> = tx
                .query_row(
                    "UPDATE launches SET used_time = ?1 WHERE token = ?2 AND used_time IS NULL AND expire_time > ?1
                     RETURNING company_n, technician_n, target, vault_n",
                    (now.as_millisecond(), &token),
                    |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
                )
                .optional()?;
            let Some((company_n, technician_n, target, vault_n)) = used else { return Ok(None) };
            sample::unfold(tx, &origin, company_n)?;
            sample::unfold_vaults(tx, &origin, company_n)?;
            let id: String = tx.query_row("SELECT id FROM companies WHERE n = ?", [company_n], |row| row.get(0))?;
            let Some((_, view)) = views.iter().find(|(n, _)| *n == technician_n) else { return Ok(None) };
            let record = view.record(tx, &id)?;
            let people = people::page(tx, view, &record, 0, MOST_PEOPLE)?;
            let groups = people::groups_of(tx, view, &record, 0, MOST_PEOPLE)?;
            let vaults = vaults::page(tx, view, &record, technician_n, (0, MOST_PEOPLE))?;
            let steps = setup::steps(tx, view, &record)?;
            let who = technicians.iter().find(|who| who.n == technician_n);
            let id = who.map(|who| who.id.clone()).unwrap_or_default();
            let opened = Opened {
                target: Target::ALL.into_iter().find(|known| known.as_str() == target).unwrap_or(Target::Home),
                company: record.company,
                people: people.into_iter().map(|(_, person)| person).collect(),
                groups: groups.into_iter().map(|(_, group)| group).collect(),
                vault: vaults.iter().find(|(n, _)| Some(*n) == vault_n).map(|(_, vault)| vault.clone()),
                vaults: vaults.into_iter().map(|(_, vault)| vault).collect(),
                steps,
                invite: String::new(),
                technician: who.map(|who| who.display_name.clone()).unwrap_or_default(),
                account,
            };
            Ok(Some((opened, id)))
        })
        .await;
    let nonce = random::short_name()?;
    let (status, html) = match opened {
        Ok(Some((mut opened, technician))) => {
            let managed = opened.company.state != Some(CompanyState::Unlinked);
            if opened.target == Target::People && managed {
                opened.invite = inviting::offer(house, &opened.company.id, &technician).unwrap_or_default();
            }
            (StatusCode::OK, pages::company(&opened, &nonce))
        }
        Ok(None) => (StatusCode::GONE, pages::gone(&nonce)),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, pages::failed(&nonce)),
    };
    let policy = format!(
        "default-src 'none'; style-src 'nonce-{nonce}'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    );
    let page = Reply::html(status, html)
        .with(header::CONTENT_SECURITY_POLICY, &policy)
        // With `no-referrer` a browser would hide the origin of our own form from us. The address is used up.
        .with(header::REFERRER_POLICY, "same-origin")
        .with(HeaderName::from_static("x-frame-options"), "DENY");
    Ok(page)
}
