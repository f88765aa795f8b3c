//! From what stands in the fields to a company, or to what is wrong with each of them.

use super::{CompanyForm, Field};
use crate::domain::company::{Address, NewCompany};
use crate::domain::country;
use crate::domain::request::CompanyChanges;
use crate::domain::website;
use std::collections::BTreeMap;

/// Longest values, in characters, as the contract has them.
const LONGEST: usize = 100;
const LONGEST_NOTE: usize = 2000;
const LONGEST_TAG: usize = 40;
const MOST_TAGS: usize = 20;
const LARGEST_LIMIT: u32 = 1_000_000;

/// What is wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// It has to be filled.
    Required,
    /// Longer than this many characters.
    TooLong(usize),
    /// No address of the web.
    NotAnAddress,
    /// A country has to be chosen.
    ChooseCountry,
    /// No country is called so.
    NoSuchCountry,
    /// Not a postal code of this country; one that is, if it can be told.
    PostalCode {
        /// The country's code.
        country: String,
        /// What one looks like.
        example: Option<String>,
    },
    /// More tags than this.
    TooManyTags(usize),
    /// A tag is longer than this many characters.
    TagTooLong(usize),
    /// Not a number of seats.
    NotANumber,
    /// What the server does not accept, in its words.
    Server(String),
}

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
///
/// # Errors
/// Everything that is wrong with it, at once.
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
    let too_long = |most: usize| (text.chars().count() > most).then_some(Problem::TooLong(most));
    match field {
        Field::Name if text.is_empty() => Some(Problem::Required),
        Field::Website | Field::PostalCode if text.is_empty() => None,
        Field::Website => website::parse(text).is_none().then_some(Problem::NotAnAddress),
        Field::Country if !form.query.text().trim().is_empty() => Some(Problem::NoSuchCountry),
        Field::Country => text.is_empty().then_some(Problem::ChooseCountry),
        Field::PostalCode => too_long(LONGEST).or_else(|| postal_code(form, text)),
        Field::Tags => wrong_tags(&tags(text)),
        Field::Note => too_long(LONGEST_NOTE),
        Field::SeatLimit => seat_limit(text).is_none().then_some(Problem::NotANumber),
        Field::Save | Field::Cancel => None,
        Field::Name | Field::Street(_) | Field::Town | Field::Region | Field::ExternalId => too_long(LONGEST),
    }
}

/// A postal code is right or wrong for a country, and an address needs one.
fn depends_on_others(form: &CompanyForm, field: Field) -> bool {
    match field {
        Field::PostalCode => !form.untouched(Field::Country),
        Field::Country => !form.query.text().trim().is_empty() || address_changed(form),
        _ => false,
    }
}

fn address_changed(form: &CompanyForm) -> bool {
    let of_address = |field: &&Field| {
        matches!(field, Field::Country | Field::Street(_) | Field::Town | Field::Region | Field::PostalCode)
    };
    form.start.keys().filter(of_address).any(|field| !form.untouched(*field))
}

fn postal_code(form: &CompanyForm, text: &str) -> Option<Problem> {
    let code = form.country.clone();
    match country::postal_code(&code, text) {
        Some(_) => None,
        None => Some(Problem::PostalCode { example: country::postal_code_example(&code), country: code }),
    }
}

fn wrong_tags(tags: &[String]) -> Option<Problem> {
    if tags.len() > MOST_TAGS {
        return Some(Problem::TooManyTags(MOST_TAGS));
    }
    tags.iter().any(|tag| tag.chars().count() > LONGEST_TAG).then_some(Problem::TagTooLong(LONGEST_TAG))
}

/// Tags, split by commas; each once, none blank.
fn tags(text: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for tag in text.split(',').map(str::trim).filter(|tag| !tag.is_empty()) {
        if !all.iter().any(|there| there == tag) {
            all.push(tag.to_owned());
        }
    }
    all
}

/// A number of seats; nothing and 0 are no limit.
fn seat_limit(text: &str) -> Option<u32> {
    if text.is_empty() { Some(0) } else { text.parse().ok().filter(|limit| *limit <= LARGEST_LIMIT) }
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
        if kept { typed } else { country::postal_code(&form.country, &typed).unwrap_or(typed) }
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
            website: text(Field::Website).map(|typed| website::parse(&typed).unwrap_or(typed)),
            address,
            external_id: text(Field::ExternalId),
            tags: tags(form.text(Field::Tags)),
        },
        note: text(Field::Note).unwrap_or_default(),
        seat_limit: seat_limit(form.text(Field::SeatLimit).trim()).unwrap_or(0),
    }
}

/// Only what was changed: what nobody touched here may have been changed by others.
#[must_use]
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
