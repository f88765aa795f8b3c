//! Inviting people on the page of a launched company. In 1Password a technician does that on the company's own
//! pages; the sample's stand-in for them has to be able to, or a new company could never get an owner. Whoever is
//! invited here signs up at once: a rule of the sample, so that every flow can be finished.

use super::csrf;
use super::html::{self, hidden};
use super::owner::{check_form, forbidden};
use crate::domain::text::clean;
use crate::server::error::{ApiError, ApiResult};
use crate::server::extract::Form;
use crate::server::middleware::headers::RequestId;
use crate::server::state::{App, AppState};
use crate::server::store::people::invite::invite_person;
use crate::server::store::requester::Requester;
use crate::server::store::technicians;
use crate::wire::Actor;
use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use maud::{Markup, html};
use std::sync::Arc;

/// Longest name, in characters.
const MAX_NAME: usize = 100;

/// The form cannot be sent about another company, or as another technician.
fn purpose(company: &str, technician: &str) -> String {
    format!("invite {company} {technician}")
}

pub async fn form(app: &AppState, company: &str, technician: &str) -> Result<Markup, ApiError> {
    let token = csrf::issue(&app.store, &purpose(company, technician), app.now()).await?;
    Ok(html! {
        h2 { "Invite a person" }
        form method="post" action="/launch/people" {
            (hidden("form", &token))
            (hidden("company", company))
            (hidden("technician", technician))
            label { "Name " input name="name" required maxlength=(MAX_NAME); }
            p { label { input type="checkbox" name="guest" value="yes"; " as a guest" } }
            button { "Invite" }
        }
        p class="sub" { "In the sample workspace whoever is invited signs up at once." }
    })
}

pub async fn page(
    State(app): App,
    Extension(RequestId(id)): Extension<RequestId>,
    headers: HeaderMap,
    form: Result<Form, ApiError>,
) -> ApiResult {
    let outcome = match check_form(&app, &headers, form) {
        Ok(form) => invite(&app, &form, &id).await,
        Err(error) => Err(error),
    };
    outcome.or_else(|error| html::message(error.status, "Not invited", &html! { p { (error.detail) } }))
}

async fn invite(app: &Arc<AppState>, sent: &Form, id: &str) -> ApiResult {
    let (company, technician) = (sent.get("company").to_owned(), sent.get("technician"));
    if !csrf::take(&app.store, sent.get("form"), &purpose(&company, technician), app.now()).await? {
        return Err(forbidden("This form was sent already, or is too old. Launch the company again."));
    }
    let name: String = clean(sent.get("name")).trim().chars().take(MAX_NAME).collect();
    if name.is_empty() {
        return Err(ApiError::field("name", "must not be blank"));
    }
    let guest = sent.get("guest") == "yes";
    let technician_id = technician.to_owned();
    let who = app.store.read(move |db| technicians::by_id(db, &technician_id)).await?;
    let who = who.ok_or_else(ApiError::not_found)?;
    let scope = app.scope(&who, app.now());
    let actor = Actor { id: who.id, display_name: who.display_name };
    let requester = Requester::by(scope, actor, (id.to_owned(), None));
    let (company_id, person) = (company.clone(), name.clone());
    app.store.write(move |tx| invite_person(tx, &requester, &company_id, &person, guest)).await?;
    let form = form(app, &company, technician).await?;
    let body = html! {
        main class="alone" {
            h1 dir="auto" { (name) }
            p { "was invited and signed up." }
            (form)
        }
    };
    html::page(StatusCode::OK, "Invite a person", &body)
}
