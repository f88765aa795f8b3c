//! What a `PATCH` of a company may say, and what a new one is made from: read field by field, all faults at once. A
//! field that is absent or null stays as it is; an empty text takes the value away, and so does a seat limit of 0.
//! What a value may look like is the domain's to say.

use crate::domain::country::is_country;
use crate::domain::field::{self, LARGEST_LIMIT, LONGEST, LONGEST_NOTE, LONGEST_TAG, MOST_LINES, MOST_TAGS, Problem};
use crate::domain::text::{clean, clean_lines};
use crate::server::error::{ApiError, violation};
use crate::server::store::company_row::listed;
use crate::server::store::name_keys::{order_key, search_key, tags_key};
use crate::wire::problem::FieldViolation;
use jiff::Timestamp;
use rusqlite::types::Value as Sql;
use rusqlite::{Transaction, params_from_iter};
use serde_json::{Map, Value};

#[derive(Debug, Default)]
pub struct Edit {
    columns: Vec<(&'static str, Sql)>,
    fields: Vec<&'static str>,
}

impl Edit {
    /// Reads the body of a change; `now` tells a snooze that lies ahead from one that has passed.
    /// 400 with every field at fault.
    pub fn read(object: &Map<String, Value>, now: i64) -> Result<Self, ApiError> {
        let mut edit = Self::default();
        let mut violations = Violations::default();
        edit.facts(object, &mut violations);
        if let Some(note) = violations.lines(object, "note", LONGEST_NOTE) {
            edit.set("note", "note", optional(note));
        }
        if let Some(time) = violations.text(object, "snooze_until_time", "snooze_until_time", LONGEST) {
            match time.parse::<Timestamp>().map(Timestamp::as_millisecond) {
                Ok(time) => {
                    let ahead = if time > now { Sql::Integer(time) } else { Sql::Null };
                    edit.set("snooze_until_time", "snooze_until", ahead);
                }
                Err(_) if time.is_empty() => edit.set("snooze_until_time", "snooze_until", Sql::Null),
                Err(_) => violations.add("snooze_until_time", "must be a time such as 2026-01-31T00:00:00Z, or empty"),
            }
        }
        if let Some(limit) = given(object, "seat_limit") {
            match whole(limit) {
                Some(0) => edit.set("seat_limit", "seat_limit", Sql::Null),
                Some(limit) if limit <= LARGEST_LIMIT.into() => {
                    edit.set("seat_limit", "seat_limit", Sql::Integer(limit.cast_signed()));
                }
                _ => violations.add("seat_limit", &describe(&Problem::NotANumber)),
            }
        }
        violations.done(edit)
    }

    /// Reads the body of a new company: it needs a name, and an address with a country.
    /// 400 with every field at fault.
    pub fn read_new(object: &Map<String, Value>) -> Result<Self, ApiError> {
        let mut edit = Self::default();
        let mut violations = Violations::default();
        for (field, what) in [("name", "is missing"), ("address", "is missing; it needs a country_code")] {
            if given(object, field).is_none() {
                violations.add(field, what);
            }
        }
        edit.facts(object, &mut violations);
        violations.done(edit)
    }

    /// What a new company and a changed one have in common.
    fn facts(&mut self, object: &Map<String, Value>, violations: &mut Violations) {
        if let Some(name) = violations.read(object, "name", "name", field::name) {
            self.columns.push(("name_lower", Sql::Text(search_key(&name))));
            self.columns.push(("name_key", Sql::Text(order_key(&name))));
            self.set("name", "name", Sql::Text(name));
        }
        if let Some(website) = violations.read(object, "website", "website", field::website) {
            self.set("website", "website", optional(website));
        }
        if let Some(id) = violations.text(object, "external_id", "external_id", LONGEST) {
            self.columns.push(("external_id_lower", optional(search_key(&id))));
            self.set("external_id", "external_id", optional(id));
        }
        if let Some(tags) = violations.texts(object, "tags", "tags", MOST_TAGS, LONGEST_TAG) {
            self.tags(&tags, violations);
        }
        self.address(object, violations);
    }

    /// The new name; empty when it does not change.
    pub fn new_name(&self) -> &str {
        let name = self.columns.iter().find(|(column, _)| *column == "name");
        name.map_or("", |(_, value)| if let Sql::Text(name) = value { name.as_str() } else { "" })
    }

    fn set(&mut self, field: &'static str, column: &'static str, value: Sql) {
        self.fields.push(field);
        self.columns.push((column, value));
    }

    fn tags(&mut self, tags: &[String], violations: &mut Violations) {
        if tags.iter().any(String::is_empty) {
            return violations.add("tags", "must not hold a blank one");
        }
        if tags.iter().enumerate().any(|(place, tag)| tags.iter().skip(place + 1).any(|other| other == tag)) {
            return violations.add("tags", "must not hold the same one twice");
        }
        self.columns.push(("tags_lower", Sql::Text(tags_key(tags))));
        self.set("tags", "tags", Sql::Text(listed(tags)));
    }

    fn address(&mut self, object: &Map<String, Value>, violations: &mut Violations) {
        let Some(address) = given(object, "address") else { return };
        let Some(address) = address.as_object() else {
            return violations.add("address", "must be an object");
        };
        let country = violations.text(address, "country_code", "address.country_code", 2).unwrap_or_default();
        if country.len() != 2 || !country.bytes().all(|byte| byte.is_ascii_uppercase()) {
            violations.add("address.country_code", "must be two capital letters (ISO 3166-1)");
        } else if !is_country(&country) {
            violations.add("address.country_code", "is no country of ISO 3166-1");
        }
        let lines = violations.texts(address, "lines", "address.lines", MOST_LINES, LONGEST).unwrap_or_default();
        let lines: Vec<String> = lines.into_iter().filter(|line| !line.is_empty()).collect();
        // An address is replaced as a whole: parts of two addresses would be none.
        self.set("address", "country_code", Sql::Text(country.clone()));
        self.columns.push(("address_lines", Sql::Text(listed(&lines))));
        for (key, column, path) in [
            ("locality", "locality", "address.locality"),
            ("administrative_area", "administrative_area", "address.administrative_area"),
            ("postal_code", "postal_code", "address.postal_code"),
        ] {
            let value = match key {
                "postal_code" => violations.read(address, key, path, |typed| field::postal_code(&country, typed)),
                _ => violations.text(address, key, path, LONGEST),
            };
            self.columns.push((column, optional(value.unwrap_or_default())));
        }
    }

    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// The fields that change, for the audit event.
    pub fn fields(&self) -> String {
        self.fields.join(", ")
    }

    pub fn store(&self, tx: &Transaction<'_>, company_n: i64) -> Result<(), ApiError> {
        // Column names are our own; values are parameters.
        let sets: Vec<_> = self.columns.iter().map(|(column, _)| format!("{column} = ?")).collect();
        let sql = format!("UPDATE companies SET {} WHERE n = ?", sets.join(", "));
        let values = self.columns.iter().map(|(_, value)| value.clone()).chain([Sql::Integer(company_n)]);
        tx.execute(&sql, params_from_iter(values))?;
        Ok(())
    }
}

fn optional(text: String) -> Sql {
    if text.is_empty() { Sql::Null } else { Sql::Text(text) }
}

fn given<'a>(object: &'a Map<String, Value>, key: &str) -> Option<&'a Value> {
    object.get(key).filter(|value| !value.is_null())
}

/// What is wrong with a value, as a violation has it.
fn describe(problem: &Problem) -> String {
    match problem {
        Problem::Required => "must not be blank".into(),
        Problem::TooLong(most) | Problem::TagTooLong(most) => format!("may have {most} characters at most"),
        Problem::NotAnAddress => "must be a web address such as example.com or https://example.com".into(),
        Problem::ChooseCountry | Problem::NoSuchCountry => "is no country of ISO 3166-1".into(),
        Problem::PostalCode { .. } => "has not the form that postal codes have in this country".into(),
        Problem::TooManyTags(most) => format!("may have {most} items at most"),
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
    fn read(
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

    fn texts(
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
fn whole(number: &serde_json::Value) -> Option<u64> {
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
