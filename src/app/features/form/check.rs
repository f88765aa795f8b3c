//! From what stands in the fields to a company, or to what is wrong with each of them.

use crate::app::features::form::{CompanyForm, Field};
pub use crate::domain::field::Problem;

use crate::domain::company::{Address, NewCompany};
use crate::domain::field;
use crate::domain::field::{LONGEST, LONGEST_NOTE};
use crate::domain::request::CompanyChanges;
use std::collections::BTreeMap;

/// What is wrong, field by field.
pub type Problems = BTreeMap<Field, Problem>;

/// The company as it shall be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// What both a new and a changed company have.
    pub company: NewCompany,
    /// The note; of a change only.
    pub note: String,
    /// The most seats, 0 for no limit; of a change only.
    pub seat_limit: u32,
}

/// Reads the form.
pub fn check(form: &CompanyForm) -> Result<Draft, Problems> {
    let found = form.fields().into_iter().filter_map(|field| Some((field, problem(form, field)?)));
    let problems: Problems = found.collect();
    if problems.is_empty() { Ok(draft(form)) } else { Err(problems) }
}

/// What is wrong with a field. What came from the server is not ours to refuse: unchanged, it is right.
pub(super) fn problem(form: &CompanyForm, field: Field) -> Option<Problem> {
    let text = form.text(field).trim();
    if form.key.is_some() && form.untouched(field) && !depends_on_others(form, field) {
        return None;
    }
    let wrong = match field {
        Field::Name => field::name(text).map(drop),
        Field::Website => field::website(text).map(drop),
        Field::Country if !form.query.text().trim().is_empty() => Err(Problem::NoSuchCountry),
        Field::Country if text.is_empty() && !(form.country_optional && no_address(form)) => {
            Err(Problem::ChooseCountry)
        }
        Field::PostalCode => field::postal_code(&form.country, text).map(drop),
        Field::Tags => field::tags(&field::split_tags(text)),
        Field::Note => field::text(text, LONGEST_NOTE).map(drop),
        Field::SeatLimit => field::seat_limit(text).map(drop),
        Field::Country | Field::More | Field::Save | Field::Cancel => Ok(()),
        Field::Street(_) | Field::Town | Field::Region | Field::ExternalId => field::text(text, LONGEST).map(drop),
    };
    wrong.err()
}

/// A postal code is right or wrong for a country, and an address needs one.
fn depends_on_others(form: &CompanyForm, field: Field) -> bool {
    match field {
        Field::PostalCode => !form.untouched(Field::Country),
        Field::Country => !form.query.text().trim().is_empty() || address_changed(form),
        _ => false,
    }
}

fn no_address(form: &CompanyForm) -> bool {
    form.start.keys().filter(|field| of_address(field)).all(|field| form.text(*field).trim().is_empty())
}

fn of_address(field: &Field) -> bool {
    matches!(field, Field::Country | Field::Street(_) | Field::Town | Field::Region | Field::PostalCode)
}

fn address_changed(form: &CompanyForm) -> bool {
    form.start.keys().filter(|field| of_address(field)).any(|field| !form.untouched(*field))
}

fn draft(form: &CompanyForm) -> Draft {
    let fields = form.fields();
    let text = |field: Field| {
        let shown = fields.contains(&field);
        Some(form.text(field).trim().to_owned()).filter(|text| shown && !text.is_empty())
    };
    let streets = fields.iter().filter(|field| matches!(field, Field::Street(_)));
    let postal_code = text(Field::PostalCode).map(|typed| {
        // What the server has is left as it is.
        let kept = form.key.is_some() && form.untouched(Field::PostalCode);
        if kept { typed } else { field::postal_code(&form.country, &typed).unwrap_or(typed) }
    });
    let address = Address {
        country_code: form.country.clone(),
        lines: streets.filter_map(|field| text(*field)).collect(),
        locality: text(Field::Town),
        administrative_area: text(Field::Region),
        postal_code,
    };
    Draft {
        company: NewCompany {
            name: text(Field::Name).unwrap_or_default(),
            website: text(Field::Website).map(|typed| field::website(&typed).unwrap_or(typed)),
            address,
            external_id: text(Field::ExternalId),
            tags: field::split_tags(form.text(Field::Tags)),
        },
        note: text(Field::Note).unwrap_or_default(),
        seat_limit: field::seat_limit(form.text(Field::SeatLimit)).unwrap_or(0),
    }
}

/// Only what was changed: what nobody touched here may have been changed by others.
pub fn changes(form: &CompanyForm, draft: &Draft) -> CompanyChanges {
    let touched = |field: Field| !form.untouched(field);
    let company = &draft.company;
    CompanyChanges {
        name: touched(Field::Name).then(|| company.name.clone()),
        website: touched(Field::Website).then(|| company.website.clone().unwrap_or_default()),
        tags: touched(Field::Tags).then(|| company.tags.clone()),
        note: touched(Field::Note).then(|| draft.note.clone()),
        external_id: touched(Field::ExternalId).then(|| company.external_id.clone().unwrap_or_default()),
        address: address_changed(form).then(|| company.address.clone()),
        seat_limit: touched(Field::SeatLimit).then_some(draft.seat_limit),
        snooze_until: None,
    }
}
