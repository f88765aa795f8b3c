//! What `companies:import` is sent. What has another type is refused with all of the call; what is no value of its field
//! is the fault of one row, which is answered so.

use super::company_edit::{Violations, describe, given, whole};
use crate::domain::company::CompanyState;
use crate::domain::country::is_country;
use crate::domain::field::{self, LARGEST_LIMIT, LONGEST, LONGEST_TAG, MOST_TAGS, Problem};
use crate::domain::import::plan::Choice;
use crate::domain::import::row::ImportRow;
use crate::domain::import::run::MOST_OF_CALL;
use crate::domain::text::clean;
use crate::server::error::ApiError;
use crate::server::store::companies::import::ImportCall;
use crate::wire::import::{ImportMap, RowReason};
use serde_json::{Map, Value};

/// A text that tells tables of one make: the headers of a few hundred columns fit.
const LONGEST_FINGERPRINT: usize = 20_000;
const MOST_COLUMNS: usize = 1000;

type Object = Map<String, Value>;

/// Reads a call.
/// 400 with every field at fault.
pub fn read(object: &Object) -> Result<ImportCall, ApiError> {
    let mut violations = Violations::default();
    let run = violations.text(object, "run_id", "run_id", LONGEST);
    let file = violations.text(object, "file", "file", 255).filter(|file| !file.is_empty());
    let mapping = mapping(object, &mut violations);
    let mut rows = Vec::new();
    match given(object, "rows").map(Value::as_array) {
        Some(Some(all)) if all.len() <= MOST_OF_CALL => {
            for (place, row) in all.iter().enumerate() {
                let Some(row) = row.as_object() else {
                    violations.add(&format!("rows[{place}]"), "must be an object");
                    continue;
                };
                let path = format!("rows[{place}]");
                let mut row = Row { object: row, path: &path, violations: &mut violations, fault: None };
                let line = row.number("line").unwrap_or(0);
                let read = row.read(line);
                rows.push((line, read));
            }
        }
        Some(Some(_)) => violations.add("rows", &format!("may have {MOST_OF_CALL} items at most")),
        Some(None) => violations.add("rows", "must be a list"),
        None => violations.add("rows", "is missing"),
    }
    violations.done(ImportCall { run, file, mapping, rows })
}

fn mapping(object: &Object, violations: &mut Violations) -> Option<ImportMap> {
    let Some(map) = given(object, "mapping")?.as_object() else {
        violations.add("mapping", "must be an object");
        return None;
    };
    let texts = |value: &Value| -> Option<Vec<String>> {
        value.as_array()?.iter().map(|word| word.as_str().map(str::to_owned)).collect()
    };
    // Headers may hold any sign: they are compared and never shown.
    let fingerprint = given(map, "fingerprint").and_then(Value::as_str).map(str::to_owned);
    let fingerprint = fingerprint.filter(|text| text.chars().count() <= LONGEST_FINGERPRINT);
    let columns = given(map, "columns").and_then(texts);
    let columns =
        columns.filter(|columns| columns.len() <= MOST_COLUMNS && columns.iter().all(|word| word.len() <= 40));
    let header = given(map, "header").map_or(Some(false), Value::as_bool);
    if let (Some(fingerprint), Some(columns), Some(header)) = (fingerprint, columns, header) {
        return Some(ImportMap { fingerprint, header, columns });
    }
    violations.add("mapping", "needs a fingerprint, columns as a list of words, and header as true or false");
    None
}

/// One row, while it is read.
struct Row<'a> {
    object: &'a Object,
    path: &'a str,
    violations: &'a mut Violations,
    /// What is wrong with a value.
    fault: Option<String>,
}

impl Row<'_> {
    fn wrong(&mut self, key: &str, what: &str) {
        self.violations.add(&format!("{}.{key}", self.path), what);
    }

    fn number(&mut self, key: &str) -> Option<u32> {
        let value = given(self.object, key)?;
        let number = whole(value).and_then(|number| u32::try_from(number).ok());
        if number.is_none() {
            self.wrong(key, "must be a whole number");
        }
        number
    }

    fn seats(&mut self, key: &str) -> Option<u32> {
        let number = self.number(key)?;
        if number > LARGEST_LIMIT {
            self.refuse(key, &describe(&Problem::NotANumber));
        }
        Some(number)
    }

    fn refuse(&mut self, key: &str, what: &str) {
        self.fault.get_or_insert_with(|| format!("{key} {what}"));
    }

    /// A text that the parser takes; empty ones say nothing.
    fn text(&mut self, key: &str, parse: impl Fn(&str) -> Result<String, Problem>) -> Option<String> {
        let Some(text) = given(self.object, key)?.as_str() else {
            self.wrong(key, "must be a text");
            return None;
        };
        if clean(text) != text {
            self.refuse(key, "must not hold control, invisible or direction-changing characters");
            return None;
        }
        match parse(text) {
            Ok(text) => Some(text).filter(|text| !text.is_empty()),
            Err(problem) => {
                self.refuse(key, &describe(&problem));
                None
            }
        }
    }

    fn tags(&mut self) -> Vec<String> {
        let Some(value) = given(self.object, "tags") else { return Vec::new() };
        let texts: Option<Vec<&str>> = value.as_array().and_then(|all| all.iter().map(Value::as_str).collect());
        let Some(texts) = texts else {
            self.wrong("tags", "must be a list of texts");
            return Vec::new();
        };
        let tags = field::split_tags(&texts.join(","));
        if tags.len() > MOST_TAGS || tags.iter().any(|tag| tag.chars().count() > LONGEST_TAG || clean(tag) != *tag) {
            self.refuse("tags", &format!("may have {MOST_TAGS} items of {LONGEST_TAG} characters at most"));
        }
        tags
    }

    fn state(&mut self) -> Option<CompanyState> {
        let word = self.text("state", |text| field::text(text, LONGEST))?;
        let state = CompanyState::from(word.as_str());
        if CompanyState::KNOWN.contains(&state) {
            return Some(state);
        }
        self.refuse("state", "is none of ACTIVE, PENDING, SUSPENDED, UNLINKED");
        None
    }

    fn read(&mut self, line: u32) -> Result<(ImportRow, Choice), RowReason> {
        let line_of = |text: &str| field::text(text, LONGEST);
        let row = ImportRow {
            line,
            name: self.text("name", field::name),
            external_id: self.text("external_id", line_of),
            account_uuid: self.text("account_uuid", uuid),
            website: self.text("website", field::website),
            country: self.text("country_code", country),
            status: self.state(),
            filled: self.seats("seats_filled"),
            seat_limit: self.seats("seat_limit"),
            tags: self.tags(),
        };
        let company = self.text("company_id", line_of);
        let create = given(self.object, "create").is_some_and(|value| value.as_bool() == Some(true));
        let choice = match company {
            Some(id) => Choice::Is(id),
            None if create => Choice::New,
            None => Choice::Certain,
        };
        let keyless = row.name.is_none() && row.external_id.is_none() && row.account_uuid.is_none();
        let reason = |code: &str, detail: String| RowReason { code: code.to_owned(), detail, line: None };
        match self.fault.take() {
            Some(fault) => Err(reason("INVALID", format!("{fault}."))),
            None if keyless && !matches!(choice, Choice::Is(_)) => {
                Err(reason("NO_KEY", "A row needs a name, an external_id or an account_uuid.".into()))
            }
            None => Ok((row, choice)),
        }
    }
}

fn uuid(text: &str) -> Result<String, Problem> {
    let fits = text.len() == 26 && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    if fits || text.is_empty() {
        return Ok(text.to_owned());
    }
    Err(Problem::Server("must be 26 capital letters and digits".into()))
}

fn country(text: &str) -> Result<String, Problem> {
    if text.is_empty() || is_country(text) { Ok(text.to_owned()) } else { Err(Problem::NoSuchCountry) }
}
