//! What the server says to the form: the company is in the list at once, or every character stays.

use crate::app::core::text_input::TextInput;
use crate::app::ctx::Ctx;
use crate::app::features::form::{Added, CompanyForm, Field, FormRequest};
use crate::app::features::undo::Change;
use crate::app::features::{companies, sync, undo};
use crate::app::model::{Model, Pane};
use crate::app::screen::Screen;
use crate::app::tickets::PendingRequest;
use crate::app::toast::Notification;
use crate::app::update::take_answer;
use crate::domain::company::Company;
use crate::domain::error::{Cause, Error, Operation};
use crate::domain::id::{CompanyKey, ProfileId};
use crate::domain::request::{Answer, GetCompany, Request};
use crate::domain::roster::{Filter, Query};

pub(in crate::app) fn on_answer(ctx: &mut Ctx<'_>, wait: FormRequest, result: Result<Answer, Error>) {
    let what = match &wait {
        FormRequest::Save { key: None, .. } => Operation::AddCompany,
        FormRequest::Save { key: Some(_), .. } => Operation::EditCompany,
        FormRequest::Reload(_) => Operation::LoadCompany,
    };
    let company = take_answer::<Company>(what, result);
    match (wait, company) {
        (FormRequest::Save { key: None, account }, Ok(company)) => added(ctx, account, company),
        (FormRequest::Save { key: Some(key), .. }, Ok(company)) => changed(ctx, &key, company),
        (FormRequest::Save { key: Some(key), .. }, Err(error)) if error.cause == Cause::ChangedMeanwhile => {
            reload(ctx, key, error);
        }
        (FormRequest::Reload(key), Ok(company)) => reloaded(ctx.model, &key, company),
        (FormRequest::Save { key, .. }, Err(error)) => refused(ctx.model, key.as_ref(), error),
        (FormRequest::Reload(key), Err(error)) => refused(ctx.model, Some(&key), error),
    }
}

/// The form of this company, or of the new one.
fn find<'a>(model: &'a mut Model, key: Option<&CompanyKey>) -> Option<&'a mut CompanyForm> {
    model.overlays.find_mut(|form: &CompanyForm| form.key.as_ref() == key)
}

fn close(model: &mut Model, key: Option<&CompanyKey>) {
    model.overlays.close::<CompanyForm>(|form| form.key.as_ref() == key);
}

/// The new company is selected, whatever screen, search and filters showed before: who added it goes on with it.
fn added(ctx: &mut Ctx<'_>, account: ProfileId, company: Company) {
    close(ctx.model, None);
    let (key, name) = (CompanyKey { profile: account, company: company.id.clone() }, company.name.clone());
    ctx.model.roster.upsert(&key.profile, vec![company]);
    ctx.model.screen = Screen::Companies;
    ctx.model.pane = Pane::List;
    ctx.model.full = false;
    ctx.model.pinned = None;
    ctx.model.list.searching = false;
    let cleared = ctx.model.roster.position(&key).is_none();
    if cleared {
        let query = Query { search: String::new(), filter: Filter::default(), ..ctx.model.roster.query().clone() };
        ctx.model.roster.set_query(query);
        ctx.model.list.line = TextInput::default();
    }
    ctx.model.list.selection.touched = true;
    companies::put_cursor(ctx.model, Some(key.clone()));
    sync::ask_changes(ctx, &key.profile);
    let distinction = ctx.model.distinction(&key);
    ctx.model.overlays.open(Added { key, company: name, distinction, launch: true, cleared });
}

fn changed(ctx: &mut Ctx<'_>, key: &CompanyKey, company: Company) {
    close(ctx.model, Some(key));
    let name = company.name.clone();
    if let Some(before) = ctx.model.roster.get(key).cloned() {
        let tags = Change::Tags { before: before.tags.clone(), after: company.tags.clone() };
        let note = Change::Note { before: before.note.clone(), after: company.note.clone() };
        for (changed, change) in [(before.tags != company.tags, tags), (before.note != company.note, note)] {
            if changed {
                undo::remember(ctx.model, key.clone(), name.clone(), change);
            }
        }
    }
    ctx.model.roster.upsert(&key.profile, vec![company]);
    companies::rows_changed(ctx.model);
    let company = ctx.model.called(key, &name);
    ctx.model.notify(Notification::Saved { company });
    sync::ask_changes(ctx, &key.profile);
}

/// Somebody else was quicker: load what they made of it before anything is sent again.
fn reload(ctx: &mut Ctx<'_>, key: CompanyKey, error: Error) {
    let name = Some(ctx.model.called(&key, key.company.as_str()));
    let Some(form) = find(ctx.model, Some(&key)) else { return ctx.model.fail(name, error) };
    form.reloading = true;
    form.submission.reject(error);
    let pending = PendingRequest::Form(FormRequest::Reload(key.clone()));
    ctx.send(key.profile, pending, Request::GetCompany(GetCompany { company: key.company }));
}

fn reloaded(model: &mut Model, key: &CompanyKey, company: Company) {
    if let Some(form) = find(model, Some(key)) {
        form.reloading = false;
        form.take_in(&company);
    }
    model.roster.upsert(&key.profile, vec![company]);
    companies::rows_changed(model);
}

/// Every character stays; what the server says about a field stands at that field, and the cursor with it.
fn refused(model: &mut Model, key: Option<&CompanyKey>, error: Error) {
    let name = key.map(|key| model.called(key, key.company.as_str()));
    let next = model.new_intent();
    let Some(form) = find(model, key) else { return model.fail(name, error) };
    form.reloading = false;
    let error = form.submission.fail(error, next);
    if let Cause::NotAccepted { violations } = &error.cause
        && violations.iter().any(|violation| violation.field.contains("address"))
    {
        form.unfold();
    }
    let shown = form.fields();
    if let Cause::NotAccepted { violations } = &error.cause {
        for violation in violations {
            if let Some(field) = field(&violation.field).filter(|field| shown.contains(field)) {
                form.refused.entry(field).or_insert_with(|| violation.description.clone());
            }
        }
    }
    if let Some(first) = shown.iter().find(|field| form.refused.contains_key(field)) {
        form.at = *first;
    }
    model.failure = Some(Box::new(error));
}

/// The field of the form that a field of the contract is in. `tags[2]` and `tags.2` are in *Tags*.
fn field(path: &str) -> Option<Field> {
    let path = path.strip_prefix("company.").unwrap_or(path);
    let (head, rest) = path.split_once(['.', '[']).unwrap_or((path, ""));
    let head = if head == "address" { rest.split(['.', '[']).next().unwrap_or_default() } else { head };
    Some(match head {
        "name" => Field::Name,
        "website" => Field::Website,
        "country_code" => Field::Country,
        "lines" => {
            let number = rest.rsplit(['.', '[']).next().unwrap_or_default().trim_end_matches(']');
            Field::Street(number.parse().unwrap_or(0))
        }
        "locality" => Field::Town,
        "administrative_area" => Field::Region,
        "postal_code" => Field::PostalCode,
        "external_id" => Field::ExternalId,
        "tags" => Field::Tags,
        "note" => Field::Note,
        "seat_limit" => Field::SeatLimit,
        // The address as a whole.
        "" if path.starts_with("address") => Field::Country,
        _ => return None,
    })
}
