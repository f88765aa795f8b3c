//! Holds values and whole answers against the contract. Strict where a reader is tolerant: a property that
//! the contract does not name is a fault here, so that nothing is said on the wire that is not written down.

use super::document::Document;
use serde_json::{Map, Value, json};

/// The contract's schemas, closed: `additionalProperties` is false wherever properties are named.
pub struct Conformity<'a> {
    document: &'a Document,
    schemas: Value,
}

/// An answer as it came.
pub struct Answer<'a> {
    /// Of the request, in UPPER case.
    pub method: &'a str,
    /// Of the request, without the query.
    pub path: &'a str,
    /// Of the answer.
    pub status: u16,
    /// Of the answer; names in lower case.
    pub headers: Vec<(String, String)>,
    /// Of the answer.
    pub body: &'a [u8],
}

impl Answer<'_> {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

impl<'a> Conformity<'a> {
    /// Closes the schemas of a document.
    pub fn new(document: &'a Document) -> Self {
        let mut schemas = document.at("/components/schemas").clone();
        for schema in schemas.as_object_mut().expect("schemas").values_mut() {
            let schema = schema.as_object_mut().expect("a schema");
            if schema.contains_key("properties") {
                schema.insert("additionalProperties".into(), json!(false));
            }
        }
        Self { document, schemas }
    }

    /// What is wrong with a value by a schema that may refer to the document's own; nothing if it fits.
    pub fn faults(&self, schema: &Value, value: &Value) -> Vec<String> {
        let mut whole: Map<String, Value> = schema.as_object().expect("a schema").clone();
        whole.insert("components".into(), json!({ "schemas": self.schemas }));
        let validator = jsonschema::options()
            .with_draft(jsonschema::Draft::Draft202012)
            .should_validate_formats(true)
            .should_ignore_unknown_formats(true)
            .build(&Value::Object(whole))
            .expect("the schema is one");
        validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
    }

    /// What is wrong with an answer; nothing if the contract allows it.
    pub fn faults_of(&self, answer: &Answer) -> Vec<String> {
        let Some(operation) = self.document.find(answer.method, answer.path) else {
            return vec!["there is no such operation".into()];
        };
        let Some(known) = operation.answer(answer.status) else {
            return vec![format!("the status {} is not documented", answer.status)];
        };
        let mut faults = self.faults_of_headers(known, answer);
        faults.extend(self.faults_of_body(known, answer));
        faults
    }

    fn faults_of_headers(&self, known: &Value, answer: &Answer) -> Vec<String> {
        let mut faults = Vec::new();
        for (name, header) in known["headers"].as_object().into_iter().flatten() {
            let header = self.document.follow(header);
            match answer.header(name) {
                None if header["required"] == true => faults.push(format!("the header {name} is absent")),
                None => {}
                Some(text) => {
                    let value = match header["schema"]["type"].as_str() {
                        Some("integer") => text.parse::<i64>().map_or_else(|_| json!(text), |number| json!(number)),
                        _ => json!(text),
                    };
                    faults.extend(self.faults(&header["schema"], &value).iter().map(|f| format!("{name} {f}")));
                }
            }
        }
        faults
    }

    fn faults_of_body(&self, known: &Value, answer: &Answer) -> Vec<String> {
        let Some((media_type, content)) = known["content"].as_object().and_then(|content| content.iter().next()) else {
            return if answer.body.is_empty() { vec![] } else { vec!["a body where there is none".into()] };
        };
        let came = answer.header("content-type").unwrap_or_default();
        if came.split(';').next() != Some(media_type) {
            return vec![format!("{came:?} instead of {media_type}")];
        }
        let Ok(body) = serde_json::from_slice::<Value>(answer.body) else {
            return vec!["the body is not JSON".into()];
        };
        let mut faults = self.faults(&content["schema"], &body);
        if let Some(codes) = known["x-codes"].as_array() {
            if !codes.contains(&body["code"]) {
                faults.push(format!("the code {} is not listed for {}", body["code"], answer.status));
            }
            if body["status"] != answer.status {
                faults.push(format!("the problem says {}", body["status"]));
            }
            if body["request_id"].as_str() != answer.header("x-request-id") {
                faults.push("request_id and X-Request-Id differ".into());
            }
        }
        faults
    }
}
