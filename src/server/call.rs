//! One request, read strictly: what is not understood is refused with the field's name, never passed over.

use super::House;
use super::access::Technician;
use super::answer::{Fail, violation};
use super::json;
use super::route::Route;
use super::token::{self, PageToken};
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode, header};
use jiff::Timestamp;
use serde_json::{Map, Value};
use std::sync::Arc;

/// A request that may be answered: who asks, for what, when.
pub struct Call {
    pub house: Arc<House>,
    pub who: Arc<Technician>,
    pub now: Timestamp,
    pub request_id: String,
    pub client: Option<String>,
    pub route: &'static Route,
    pub values: Vec<String>,
    pub query: Query,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Call {
    /// What stood in the braces of the route: account, company, then a step or a person.
    pub fn value(&self, place: usize) -> &str {
        self.values.get(place).map_or("", String::as_str)
    }

    /// The company's id.
    pub fn company(&self) -> &str {
        self.value(1)
    }

    /// The key of a write, checked by the front already.
    pub fn idempotency_key(&self) -> String {
        text_header(&self.headers, "idempotency-key").unwrap_or_default()
    }

    /// The revision that a change is bound to.
    ///
    /// # Errors
    /// 428 without one.
    pub fn if_match(&self) -> Result<String, Fail> {
        let given = text_header(&self.headers, "if-match").unwrap_or_default();
        let given = given.strip_prefix("W/").unwrap_or(&given).trim_matches('"').to_owned();
        if given.is_empty() {
            let detail = "Send the etag of the revision that the change is about as If-Match.";
            return Err(Fail::new(StatusCode::PRECONDITION_REQUIRED, "PRECONDITION_REQUIRED", detail));
        }
        Ok(given)
    }

    /// The JSON object of the body; an absent body is the empty object where `optional`.
    ///
    /// # Errors
    /// 415 for another format, 400 for anything but an object.
    pub fn object(&self, optional: bool) -> Result<Map<String, Value>, Fail> {
        if self.body.is_empty() && optional {
            return Ok(Map::new());
        }
        needs_type(&self.headers, "application/json")?;
        let malformed = |why: String| {
            Fail::new(StatusCode::BAD_REQUEST, "INVALID_ARGUMENT", format!("The body is not the JSON expected: {why}."))
        };
        match json::parse(&self.body) {
            Ok(Value::Object(object)) => Ok(object),
            Ok(_) => Err(malformed("an object is needed".into())),
            Err(error) => Err(malformed(error.to_string())),
        }
    }

    /// Whether every check should run and nothing change.
    ///
    /// # Errors
    /// 400 for anything but `true` and `false`.
    pub fn validate_only(&self) -> Result<bool, Fail> {
        match self.query.get("validate_only") {
            None | Some("false") => Ok(false),
            Some("true") => Ok(true),
            Some(_) => Err(Fail::field("validate_only", "must be true or false")),
        }
    }

    /// How many rows a page may have.
    ///
    /// # Errors
    /// 400 unless it is 1 to 1000.
    pub fn page_size(&self, default: u32) -> Result<u32, Fail> {
        let Some(text) = self.query.get("max_page_size") else { return Ok(default) };
        match text.parse::<u32>() {
            Ok(size @ 1..=1000) if text.bytes().all(|byte| byte.is_ascii_digit()) => Ok(size),
            _ => Err(Fail::field("max_page_size", "must be a whole number from 1 to 1000")),
        }
    }
}

impl Call {
    /// Where the list goes on; `None` for its first page.
    ///
    /// # Errors
    /// 400 when the token is none, or that of another question.
    pub fn page_token(&self, question: u64, keys: usize) -> Result<Option<PageToken>, Fail> {
        match self.query.get("page_token") {
            None | Some("") => Ok(None),
            Some(text) => token::page(text, question, keys).map(Some),
        }
    }
}

/// The query parameters of a request.
#[derive(Debug, Default)]
pub struct Query(Vec<(String, String)>);

impl Query {
    /// Reads the query; each parameter must be known to the route and come once.
    ///
    /// # Errors
    /// 400 with the parameter's name.
    pub fn parse(raw: Option<&str>, known: &[&str]) -> Result<Self, Fail> {
        let mut pairs: Vec<(String, String)> = Vec::new();
        let mut violations = Vec::new();
        for (name, value) in url::form_urlencoded::parse(raw.unwrap_or("").as_bytes()) {
            if !known.contains(&name.as_ref()) {
                let name: String = name.chars().take(100).collect();
                violations.push(violation(&name, "is not a parameter of this call"));
            } else if pairs.iter().any(|(seen, _)| *seen == name) {
                violations.push(violation(&name, "must be given once"));
            } else if value.contains('\0') {
                violations.push(violation(&name, "must not hold a NUL character"));
            } else {
                pairs.push((name.into_owned(), value.into_owned()));
            }
        }
        if violations.is_empty() { Ok(Self(pairs)) } else { Err(Fail::invalid(violations)) }
    }

    /// A parameter's value.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(seen, _)| seen == name).map(|(_, value)| value.as_str())
    }
}

/// A header as text; `None` when it is absent or not printable.
pub fn text_header(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name)?.to_str().ok().map(|text| text.trim().to_owned())
}

/// Checks the body's format.
///
/// # Errors
/// 415 for another format, or a compressed body.
pub fn needs_type(headers: &HeaderMap, wanted: &str) -> Result<(), Fail> {
    let unsupported =
        |detail: String| Err(Fail::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "UNSUPPORTED_MEDIA_TYPE", detail));
    let given = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    let essence = given.split(';').next().unwrap_or("").trim();
    if !essence.eq_ignore_ascii_case(wanted) {
        return unsupported(format!("The body must be {wanted}."));
    }
    match headers.get(header::CONTENT_ENCODING) {
        Some(encoding) if encoding != "identity" => unsupported("Compressed bodies are not read.".into()),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_and_repeated_parameters_are_refused_by_name() {
        let known = ["filter", "page_token"];
        let query = Query::parse(Some("filter=name+%3A+%22a%22&page_token=x"), &known).unwrap();
        assert_eq!(query.get("filter"), Some("name : \"a\""));
        let refused = |raw| Query::parse(Some(raw), &known).unwrap_err().violations[0].field.clone();
        assert_eq!(refused("fliter=x"), "fliter");
        assert_eq!(refused("filter=x&filter=y"), "filter");
        assert_eq!(refused("filter=%00"), "filter");
        assert!(Query::parse(None, &[]).is_ok());
    }
}
