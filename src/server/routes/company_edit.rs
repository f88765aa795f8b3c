//! What a `PATCH` of a company may say, and what a new one is made from: read field by field, all faults at once. A
//! field that is absent or null stays as it is; an empty text takes the value away, and so does a seat limit of 0.
//! What a value may look like is the domain's to say.

use crate::domain::country::is_country;
use crate::domain::field::{self, LARGEST_LIMIT, LONGEST, LONGEST_NOTE, LONGEST_TAG, MOST_LINES, MOST_TAGS, Problem};
use crate::domain::text::{clean, clean_lines};
use crate::server::error::{ApiError, violation};
use crate::server::store::companies::edit::CompanyEdit;
use crate::wire::company::Address;
use crate::wire::problem::FieldViolation;
use jiff::Timestamp;
use serde_json::{Map, Value};

/// Reads the body of a change; `now` tells a snooze that lies ahead from one that has passed.
/// 400 with every field at fault.
pub fn read(object: &Map<String, Value>, now: i64) -> Result<CompanyEdit, ApiError> {
    let mut violations = Violations::default();
    let mut edit = facts(object, &mut violations);
    edit.note = violations.lines(object, "note", LONGEST_NOTE);
    if let Some(time) = violations.text(object, "snooze_until_time", "snooze_until_time", LONGEST) {
        match time.parse::<Timestamp>().map(Timestamp::as_millisecond) {
            Ok(time) => edit.snooze_until = Some(if time > now { time } else { 0 }),
            Err(_) if time.is_empty() => edit.snooze_until = Some(0),
            Err(_) => violations.add("snooze_until_time", "must be a time such as 2026-01-31T00:00:00Z, or empty"),
        }
    }
    if let Some(limit) = given(object, "seat_limit") {
        edit.seat_limit =
            whole(limit).and_then(|limit| u32::try_from(limit).ok()).filter(|limit| *limit <= LARGEST_LIMIT);
        if edit.seat_limit.is_none() {
            violations.add("seat_limit", &describe(&Problem::NotANumber));
        }
    }
    violations.done(edit)
}

/// Reads the body of a new company: it needs a name, and an address with a country unless it is only entered into the
/// register of a REAL workspace.
/// 400 with every field at fault.
pub fn read_new(object: &Map<String, Value>, real: bool) -> Result<CompanyEdit, ApiError> {
    let mut violations = Violations::default();
    if given(object, "name").is_none() {
        violations.add("name", "is missing");
    }
    if given(object, "address").is_none() && !real {
        violations.add("address", "is missing; it needs a country_code");
    }
    let edit = facts(object, &mut violations);
    violations.done(edit)
}

/// What a new company and a changed one have in common.
fn facts(object: &Map<String, Value>, violations: &mut Violations) -> CompanyEdit {
    CompanyEdit {
        name: violations.read(object, "name", "name", field::name),
        website: violations.read(object, "website", "website", field::website),
        external_id: violations.text(object, "external_id", "external_id", LONGEST),
        tags: tags(object, violations),
        address: address(object, violations),
        ..CompanyEdit::default()
    }
}

fn tags(object: &Map<String, Value>, violations: &mut Violations) -> Option<Vec<String>> {
    let tags = violations.texts(object, "tags", "tags", MOST_TAGS, LONGEST_TAG)?;
    if tags.iter().any(String::is_empty) {
        violations.add("tags", "must not hold a blank one");
    } else if tags.iter().enumerate().any(|(place, tag)| tags.iter().skip(place + 1).any(|other| other == tag)) {
        violations.add("tags", "must not hold the same one twice");
    }
    Some(tags)
}

fn address(object: &Map<String, Value>, violations: &mut Violations) -> Option<Address> {
    let Some(address) = given(object, "address")?.as_object() else {
        violations.add("address", "must be an object");
        return None;
    };
    let country = violations.text(address, "country_code", "address.country_code", 2).unwrap_or_default();
    if country.len() != 2 || !country.bytes().all(|byte| byte.is_ascii_uppercase()) {
        violations.add("address.country_code", "must be two capital letters (ISO 3166-1)");
    } else if !is_country(&country) {
        violations.add("address.country_code", "is no country of ISO 3166-1");
    }
    let lines = violations.texts(address, "lines", "address.lines", MOST_LINES, LONGEST).unwrap_or_default();
    let filled = |text: Option<String>| text.filter(|text| !text.is_empty());
    Some(Address {
        lines: lines.into_iter().filter(|line| !line.is_empty()).collect(),
        locality: filled(violations.text(address, "locality", "address.locality", LONGEST)),
        administrative_area: filled(violations.text(
            address,
            "administrative_area",
            "address.administrative_area",
            LONGEST,
        )),
        postal_code: filled(
            violations.read(address, "postal_code", "address.postal_code", |typed| field::postal_code(&country, typed)),
        ),
        country_code: country,
    })
}

pub(super) fn given<'a>(object: &'a Map<String, Value>, key: &str) -> Option<&'a Value> {
    object.get(key).filter(|value| !value.is_null())
}

/// What is wrong with a value, as a violation has it.
pub(super) fn describe(problem: &Problem) -> String {
    match problem {
        Problem::Required => "must not be blank".into(),
        Problem::TooLong(most) | Problem::TagTooLong(most) => format!("may have {most} characters at most"),
        Problem::NotAnAddress => "must be a web address such as example.com or https://example.com".into(),
        Problem::ChooseCountry | Problem::NoSuchCountry => "is no country of ISO 3166-1".into(),
        Problem::PostalCode { .. } => "has not the form that postal codes have in this country".into(),
        Problem::TooManyTags(most) => format!("may have {most} items at most"),
        Problem::NotAnEmail => "must be an e-mail address such as mira@example.com".into(),
        Problem::NotANumber => format!("must be a whole number from 0 (no limit) to {LARGEST_LIMIT}"),
        Problem::Server(text) => text.clone(),
    }
}

/// Collects what is wrong.
#[derive(Debug, Default)]
pub struct Violations(Vec<FieldViolation>);

impl Violations {
    pub fn add(&mut self, field: &str, description: &str) {
        self.0.push(violation(field, description));
    }

    /// The value, unless anything is wrong.
    /// 400 with every field at fault.
    pub fn done<T>(self, value: T) -> Result<T, ApiError> {
        if self.0.is_empty() { Ok(value) } else { Err(ApiError::invalid(self.0)) }
    }

    /// A text of one line; `None` when absent or at fault.
    pub fn text(&mut self, object: &Map<String, Value>, key: &str, path: &str, most: usize) -> Option<String> {
        self.read(object, key, path, |text| field::text(text, most))
    }

    /// The same, read as what it has to be.
    pub fn read(
        &mut self,
        object: &Map<String, Value>,
        key: &str,
        path: &str,
        parse: impl Fn(&str) -> Result<String, Problem>,
    ) -> Option<String> {
        self.checked(given(object, key)?, path, false, parse)
    }

    pub fn lines(&mut self, object: &Map<String, Value>, key: &str, most: usize) -> Option<String> {
        self.checked(given(object, key)?, key, true, |text| field::text(text, most))
    }

    pub fn texts(
        &mut self,
        object: &Map<String, Value>,
        key: &str,
        path: &str,
        most: usize,
        longest: usize,
    ) -> Option<Vec<String>> {
        let Some(items) = given(object, key)?.as_array() else {
            self.add(path, "must be a list");
            return None;
        };
        if items.len() > most {
            self.add(path, &describe(&Problem::TooManyTags(most)));
            return None;
        }
        items.iter().map(|item| self.checked(item, path, false, |text| field::text(text, longest))).collect()
    }

    fn checked(
        &mut self,
        value: &Value,
        path: &str,
        several_lines: bool,
        parse: impl Fn(&str) -> Result<String, Problem>,
    ) -> Option<String> {
        let Some(text) = value.as_str().map(str::trim) else {
            self.add(path, "must be a text");
            return None;
        };
        let read = match parse(text) {
            Ok(read) => read,
            Err(problem) => {
                self.add(path, &describe(&problem));
                return None;
            }
        };
        // The same door that the dashboard uses: what it would take out is refused here, not silently changed.
        let clean = if several_lines { clean_lines(text) } else { clean(text) };
        if clean != text {
            self.add(path, "must not hold control, invisible or direction-changing characters");
            return None;
        }
        Some(read)
    }
}

/// A whole number, as JSON Schema means it: `50` and `50.0` are the same.
pub(super) fn whole(number: &serde_json::Value) -> Option<u64> {
    let fraction = || number.as_f64().filter(|number| number.fract() == 0.0 && (0.0..1e9).contains(number));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole and in range, just proven")]
    let of_fraction = |number: f64| number as u64;
    number.as_u64().or_else(|| fraction().map(of_fraction))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_whole_number_may_be_written_with_a_point() {
        for (number, wanted) in [(json!(50), Some(50)), (json!(50.0), Some(50)), (json!(50.5), None), (json!(-1), None)]
        {
            assert_eq!(whole(&number), wanted, "{number}");
        }
        assert_eq!(whole(&json!("50")), None);
    }
}
