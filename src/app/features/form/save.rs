//! Saving the form: what is wrong first, then names that look alike, then the server.

use crate::app::command::Command;
use crate::app::ctx::Ctx;
use crate::app::dialog::Outcome;
use crate::app::features::form::{Alike, CompanyForm, Draft, Field, FormRequest, changes, check};
use crate::app::model::Model;
use crate::app::tickets::PendingRequest;
use crate::app::toast::Notification;
use crate::domain::id::CompanyKey;
use crate::domain::request::AddCompany;
use crate::domain::request::EditCompany;
use crate::domain::request::{CompanyChanges, Request};

pub(super) fn save(form: &mut CompanyForm, ctx: &mut Ctx<'_>) -> Outcome {
    form.left.extend(form.fields());
    form.submission.clear_error();
    match check(form) {
        Err(problems) => {
            let first = form.fields().into_iter().find(|field| problems.contains_key(field));
            form.at = first.unwrap_or(form.at);
        }
        Ok(draft) if form.key.is_some() && changes(form, &draft) == CompanyChanges::default() => return Outcome::Close,
        Ok(draft) => {
            // What is to be read before it is saved stands there.
            form.at = Field::Save;
            if !pointed_out(form, ctx.model, &draft) {
                send(form, ctx, draft);
            }
        }
    }
    Outcome::Keep
}

/// Points out companies of nearly this name, once; never forbids. Says whether that is new. What was sent before
/// under the same draft needs no second look: after a lost answer the list may show that very company.
fn pointed_out(form: &mut CompanyForm, model: &mut Model, draft: &Draft) -> bool {
    let roster = &mut model.roster;
    let name = &draft.company.name;
    let again = form.submission.sent().is_some_and(|(sent, _)| sent == draft);
    if again || form.untouched(Field::Name) {
        return false;
    }
    let same = roster.look_alikes(name).into_iter().map(|key| (key, true));
    let others = same.chain(roster.nearly(name).into_iter().map(|key| (key, false)));
    let alike = |(key, same): (CompanyKey, bool)| {
        let company = roster.get(&key).filter(|_| Some(&key) != form.key.as_ref())?;
        Some(Alike { name: company.name.clone(), state: company.state.clone(), same })
    };
    let alike: Vec<Alike> = others.filter_map(alike).collect();
    // Others that came meanwhile were not seen yet: the one that a lost answer made may be among them.
    let seen = form.warned.as_ref() == Some(name) && alike.iter().all(|other| form.alike.contains(other));
    form.alike = alike;
    form.warned = Some(name.clone());
    !seen && !form.alike.is_empty()
}

fn send(form: &mut CompanyForm, ctx: &mut Ctx<'_>, draft: Draft) {
    let command = if form.key.is_some() { Command::EditCompany } else { Command::NewCompany };
    if let Err(why) = command.permitted_in(ctx.model, &form.account) {
        return ctx.model.notify(Notification::NotNow(command, why));
    }
    // The same draft against the same revision is the same intent: a lost answer must not make two companies.
    let etag = form.base.as_ref().map(|company| company.etag.clone());
    let next = ctx.model.new_intent();
    form.refused.clear();
    let key = form.submission.start((draft.clone(), etag.clone()), next);
    let request = match (&form.key, &etag) {
        (Some(company), Some(etag)) => Request::EditCompany(EditCompany {
            company: company.company.clone(),
            etag: etag.clone(),
            changes: changes(form, &draft),
            key,
        }),
        _ => Request::AddCompany(AddCompany { new: draft.company, key }),
    };
    let profile = form.account.clone();
    let wait = FormRequest::Save { account: profile.clone(), key: form.key.clone() };
    ctx.send(profile, PendingRequest::Form(wait), request);
}
