//! Inviting people on the page of a launched company. In 1Password a technician does that on the company's own
//! pages; the sample's stand-in for them has to be able to, or a new company could never get an owner. Whoever is
//! invited here signs up at once: a rule of the sample, so that every flow can be finished.

use super::House;
use super::answer::{Fail, Reply};
use super::company_row::View;
use super::counted::{recount, still_managed};
use super::owner::{Fields, field, forbidden, html, sent};
use super::pages::{document, escape};
use super::random;
use super::sample;
use super::writing::Author;
use crate::domain::activity::Action;
use crate::domain::company::CompanyState;
use crate::domain::text::clean;
use crate::wire::Actor;
use axum::extract::Request;
use axum::http::StatusCode;
use rusqlite::Transaction;
use std::sync::Arc;

/// Longest name, in characters.
const NAME: usize = 100;

/// What a form is for: nobody can send it about another company, or as another technician.
fn purpose(company: &str, technician: &str) -> String {
    format!("invite {company} {technician}")
}

/// The form, for the page of a company that this technician launched.
///
/// # Errors
/// There are no random bytes.
pub fn offer(house: &House, company: &str, technician: &str) -> Result<String, Fail> {
    let word = house.forms.issue(&purpose(company, technician), house.now())?;
    Ok(format!(
        "<h2>Invite a person</h2><form method=post action=\"/launch/people\">\
         <input type=hidden name=form value=\"{word}\"><input type=hidden name=company value=\"{company}\">\
         <input type=hidden name=technician value=\"{technician}\">\
         <label>Name <input name=name required maxlength={NAME}></label>\
         <p><label><input type=checkbox name=guest value=yes> as a guest</label></p><button>Invite</button></form>\
         <p class=sub>In the sample workspace whoever is invited signs up at once.</p>",
        word = escape(&word),
        company = escape(company),
        technician = escape(technician),
    ))
}

/// Answers `POST /launch/people`.
pub async fn page(house: &Arc<House>, request: Request, id: &str) -> Reply {
    let (parts, body) = request.into_parts();
    let outcome = match sent(house, &parts.headers, body).await {
        Ok(fields) => invite(house, &fields, id).await,
        Err(fail) => Err(fail),
    };
    let (status, body) = match outcome {
        Ok(done) => (StatusCode::OK, done),
        Err(fail) => {
            (fail.status, format!("<main class=alone><h1>Not invited</h1><p>{}</p></main>", escape(&fail.detail)))
        }
    };
    html(status, |nonce| document("Invite a person", &body, nonce)).unwrap_or_else(|fail| fail.into_reply(id))
}

async fn invite(house: &Arc<House>, fields: &Fields, id: &str) -> Result<String, Fail> {
    let (company, technician) = (field(fields, "company").to_owned(), field(fields, "technician").to_owned());
    if !house.forms.take(field(fields, "form"), &purpose(&company, &technician), house.now()) {
        return Err(forbidden("This form was sent already, or is too old. Launch the company again."));
    }
    let name: String = clean(field(fields, "name")).trim().chars().take(NAME).collect();
    if name.is_empty() {
        return Err(Fail::field("name", "must not be blank"));
    }
    let guest = field(fields, "guest") == "yes";
    let who = house.technicians.iter().find(|who| who.id == technician).ok_or_else(Fail::not_found)?;
    let actor = Actor { id: who.id.clone(), display_name: who.display_name.clone() };
    let view = View::new(house, who, house.now());
    let author = Author::on_page(view, actor, (id.to_owned(), None));
    let (origin, about, person) = (house.origin, company.clone(), name.clone());
    house
        .store
        .write(move |tx| {
            let record = author.view.record(tx, &about)?;
            sample::unfold(tx, &origin, record.n)?;
            still_managed(&record)?;
            add(tx, record.n, &person, guest, author.now)?;
            if record.state() == CompanyState::Pending {
                // Pending is: nobody has signed in yet.
                tx.execute("UPDATE companies SET state = 'ACTIVE' WHERE n = ?", [record.n])?;
            }
            recount(tx, record.n)?;
            author.touch(tx, record.n)?;
            author.audit(tx, Action::PersonInvited, (&about, &record.company.name), Some(&person))
        })
        .await?;
    let again = offer(house, &company, &technician)?;
    let name = escape(&name);
    Ok(format!("<main class=alone><h1 dir=auto>{name}</h1><p>was invited and signed up.</p>{again}</main>"))
}

fn add(tx: &Transaction<'_>, company_n: i64, name: &str, guest: bool, now: i64) -> Result<(), Fail> {
    let host: String = tx.query_row("SELECT sign_in_host FROM companies WHERE n = ?", [company_n], |row| row.get(0))?;
    let slug = host.split('.').next().unwrap_or("company");
    let count: i64 = tx.query_row("SELECT count(*) FROM people WHERE company_n = ?", [company_n], |row| row.get(0))?;
    let letters: String = name.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
    let letters = if letters.is_empty() { "person" } else { &letters };
    let email = format!("{letters}.{count}@{slug}.example");
    let kind = if guest { "GUEST" } else { "MEMBER" };
    let sql = "INSERT INTO people (company_n, id, email, display_name, state, kind, app_user, create_time)
               VALUES (?, ?, ?, ?, 'ACTIVE', ?, 1, ?)";
    tx.execute(sql, (company_n, random::short_name()?, email, name, kind, now))?;
    let person = tx.last_insert_rowid();
    if !guest {
        let sql = "INSERT INTO memberships (person_n, group_n)
                   SELECT ?, n FROM groups WHERE company_n = ? AND kind = 'TEAM_MEMBERS'";
        tx.execute(sql, (person, company_n))?;
    }
    Ok(())
}
