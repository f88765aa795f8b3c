//! What a `PATCH` of a company may say, and what a new one is made from: read field by field, all faults at once. A
//! field that is absent or null stays as it is; an empty text takes the value away, and so does a seat limit of 0.

use super::address_rules::{is_country, postal_code_fits};
use super::answer::{Fail, violation};
use super::company_row::{listed, order_key};
use crate::domain::text::{clean, clean_lines};
use crate::wire::problem::FieldViolation;
use jiff::Timestamp;
use rusqlite::types::Value as Sql;
use rusqlite::{Transaction, params_from_iter};
use serde_json::{Map, Value};

/// Longest values, in characters.
const NAME: usize = 100;
const LINE: usize = 100;
const WEBSITE: usize = 255;
const NOTE: usize = 2000;
const TAG: usize = 40;
const MOST_TAGS: usize = 20;
const MOST_LINES: usize = 5;
const LARGEST_LIMIT: u64 = 1_000_000;

/// Columns and their new values.
#[derive(Debug, Default)]
pub struct Edit {
    columns: Vec<(&'static str, Sql)>,
    fields: Vec<&'static str>,
}

impl Edit {
    /// Reads the body of a change; `now` tells a snooze that lies ahead from one that has passed.
    ///
    /// # Errors
    /// 400 with every field at fault.
    pub fn read(object: &Map<String, Value>, now: i64) -> Result<Self, Fail> {
        let mut edit = Self::default();
        let mut faults = Faults::default();
        edit.facts(object, &mut faults);
        if let Some(note) = faults.lines(object, "note", NOTE) {
            edit.set("note", "note", optional(note));
        }
        if let Some(time) = faults.text(object, "snooze_until_time", "snooze_until_time", LINE) {
            match time.parse::<Timestamp>().map(Timestamp::as_millisecond) {
                Ok(time) => {
                    let ahead = if time > now { Sql::Integer(time) } else { Sql::Null };
                    edit.set("snooze_until_time", "snooze_until", ahead);
                }
                Err(_) if time.is_empty() => edit.set("snooze_until_time", "snooze_until", Sql::Null),
                Err(_) => faults.add("snooze_until_time", "must be a time such as 2026-01-31T00:00:00Z, or empty"),
            }
        }
        if let Some(limit) = given(object, "seat_limit") {
            match whole(limit) {
                Some(0) => edit.set("seat_limit", "seat_limit", Sql::Null),
                Some(limit @ 1..=LARGEST_LIMIT) => {
                    edit.set("seat_limit", "seat_limit", Sql::Integer(limit.cast_signed()));
                }
                _ => faults.add("seat_limit", "must be a whole number from 0 (no limit) to 1000000"),
            }
        }
        faults.done(edit)
    }

    /// Reads the body of a new company: it needs a name, and an address with a country.
    ///
    /// # Errors
    /// 400 with every field at fault.
    pub fn read_new(object: &Map<String, Value>) -> Result<Self, Fail> {
        let mut edit = Self::default();
        let mut faults = Faults::default();
        for (field, what) in [("name", "is missing"), ("address", "is missing; it needs a country_code")] {
            if given(object, field).is_none() {
                faults.add(field, what);
            }
        }
        edit.facts(object, &mut faults);
        faults.done(edit)
    }

    /// What a new company and a changed one have in common.
    fn facts(&mut self, object: &Map<String, Value>, faults: &mut Faults) {
        if let Some(name) = faults.text(object, "name", "name", NAME) {
            self.name(&name, faults);
        }
        if let Some(website) = faults.text(object, "website", "website", WEBSITE) {
            if website.is_empty() || is_website(&website) {
                self.set("website", "website", optional(with_scheme(website)));
            } else {
                faults.add("website", "must be a web address such as example.com or https://example.com");
            }
        }
        if let Some(id) = faults.text(object, "external_id", "external_id", LINE) {
            self.columns.push(("external_id_lower", optional(id.to_lowercase())));
            self.set("external_id", "external_id", optional(id));
        }
        if let Some(tags) = faults.texts(object, "tags", "tags", MOST_TAGS, TAG) {
            self.tags(&tags, faults);
        }
        self.address(object, faults);
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

    fn name(&mut self, name: &str, faults: &mut Faults) {
        if name.is_empty() {
            return faults.add("name", "must not be blank");
        }
        self.set("name", "name", Sql::Text(name.to_owned()));
        self.columns.push(("name_lower", Sql::Text(name.to_lowercase())));
        self.columns.push(("name_key", Sql::Text(order_key(name))));
    }

    fn tags(&mut self, tags: &[String], faults: &mut Faults) {
        if tags.iter().any(String::is_empty) {
            return faults.add("tags", "must not hold a blank one");
        }
        if tags.iter().enumerate().any(|(place, tag)| tags.iter().skip(place + 1).any(|other| other == tag)) {
            return faults.add("tags", "must not hold the same one twice");
        }
        let kept = listed(tags);
        self.columns.push(("tags_lower", Sql::Text(kept.to_lowercase())));
        self.set("tags", "tags", Sql::Text(kept));
    }

    fn address(&mut self, object: &Map<String, Value>, faults: &mut Faults) {
        let Some(address) = given(object, "address") else { return };
        let Some(address) = address.as_object() else {
            return faults.add("address", "must be an object");
        };
        let country = faults.text(address, "country_code", "address.country_code", 2).unwrap_or_default();
        if country.len() != 2 || !country.bytes().all(|byte| byte.is_ascii_uppercase()) {
            faults.add("address.country_code", "must be two capital letters (ISO 3166-1)");
        } else if !is_country(&country) {
            faults.add("address.country_code", "is no country of ISO 3166-1");
        }
        let lines = faults.texts(address, "lines", "address.lines", MOST_LINES, LINE).unwrap_or_default();
        let lines: Vec<String> = lines.into_iter().filter(|line| !line.is_empty()).collect();
        // An address is replaced as a whole: parts of two addresses would be none.
        self.set("address", "country_code", Sql::Text(country.clone()));
        self.columns.push(("address_lines", Sql::Text(listed(&lines))));
        for (field, column, path) in [
            ("locality", "locality", "address.locality"),
            ("administrative_area", "administrative_area", "address.administrative_area"),
            ("postal_code", "postal_code", "address.postal_code"),
        ] {
            let value = faults.text(address, field, path, LINE).unwrap_or_default();
            if field == "postal_code" && !value.is_empty() && !postal_code_fits(&country, &value) {
                faults.add(path, "has not the form that postal codes have in this country");
            }
            self.columns.push((column, optional(value)));
        }
    }

    /// Nothing to change.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// The fields that change, for the audit event.
    pub fn fields(&self) -> String {
        self.fields.join(", ")
    }

    /// Writes the new values.
    pub fn store(&self, tx: &Transaction<'_>, company_n: i64) -> Result<(), Fail> {
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

/// One form for all: whoever opens it later needs the scheme.
fn with_scheme(website: String) -> String {
    if website.is_empty() || website.contains("://") { website } else { format!("https://{website}") }
}

/// An address of the web, with or without its scheme.
fn is_website(text: &str) -> bool {
    let full = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    let Ok(address) = url::Url::parse(&full) else { return false };
    matches!(address.scheme(), "http" | "https")
        && address.username().is_empty()
        && address.password().is_none()
        && address.host_str().is_some_and(|host| host.contains('.'))
        && !text.contains(char::is_whitespace)
}

/// Collects what is wrong.
#[derive(Debug, Default)]
pub struct Faults(Vec<FieldViolation>);

impl Faults {
    /// One more.
    pub fn add(&mut self, field: &str, description: &str) {
        self.0.push(violation(field, description));
    }

    /// The value, unless anything is wrong.
    ///
    /// # Errors
    /// 400 with every field at fault.
    pub fn done<T>(self, value: T) -> Result<T, Fail> {
        if self.0.is_empty() { Ok(value) } else { Err(Fail::invalid(self.0)) }
    }

    /// A text of one line; `None` when absent or at fault.
    pub fn text(&mut self, object: &Map<String, Value>, key: &str, path: &str, most: usize) -> Option<String> {
        let text = given(object, key)?;
        self.checked(text, path, most, false)
    }

    /// A text of several lines.
    pub fn lines(&mut self, object: &Map<String, Value>, key: &str, most: usize) -> Option<String> {
        let text = given(object, key)?;
        self.checked(text, key, most, true)
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
            self.add(path, &format!("may have {most} items at most"));
            return None;
        }
        items.iter().map(|item| self.checked(item, path, longest, false)).collect()
    }

    fn checked(&mut self, value: &Value, path: &str, most: usize, several_lines: bool) -> Option<String> {
        let Some(text) = value.as_str() else {
            self.add(path, "must be a text");
            return None;
        };
        let text = text.trim();
        if text.chars().count() > most {
            self.add(path, &format!("may have {most} characters at most"));
            return None;
        }
        // The same door that the dashboard uses: what it would take out is refused here, not silently changed.
        let clean = if several_lines { clean_lines(text) } else { clean(text) };
        if clean != text {
            self.add(path, "must not hold control, invisible or direction-changing characters");
            return None;
        }
        Some(text.to_owned())
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
