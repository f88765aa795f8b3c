//! `assets/openapi.json` as the tests see it: operations by method and path, references followed.

use serde_json::Value;

/// The contract.
pub struct Document {
    root: Value,
}

/// One operation of the contract.
pub struct Operation<'a> {
    document: &'a Document,
    /// In UPPER case.
    pub method: String,
    /// The template, e.g. `/v1beta1/accounts/{account_id}/companies/{company_id}:launch`.
    pub path: &'a str,
    /// As it stands in the document.
    pub value: &'a Value,
}

impl Document {
    /// Reads the committed document.
    pub fn load() -> Self {
        Self { root: serde_json::from_str(include_str!("../../../assets/openapi.json")).expect("the document is JSON") }
    }

    /// What a JSON pointer such as `/components/schemas` leads to.
    pub fn at(&self, pointer: &str) -> &Value {
        self.root.pointer(pointer).unwrap_or_else(|| panic!("the document has nothing at {pointer}"))
    }

    /// The value itself, or what its `$ref` leads to.
    pub fn follow<'a>(&'a self, value: &'a Value) -> &'a Value {
        match value.get("$ref").and_then(Value::as_str) {
            Some(reference) => self.at(reference.strip_prefix('#').expect("only references into the document")),
            None => value,
        }
    }

    /// Every operation, in the document's order of paths.
    pub fn operations(&self) -> Vec<Operation<'_>> {
        let mut all = Vec::new();
        for (path, item) in self.at("/paths").as_object().expect("paths") {
            for (method, value) in item.as_object().expect("a path item") {
                all.push(Operation { document: self, method: method.to_uppercase(), path, value });
            }
        }
        all
    }

    /// The operation that a request is for.
    pub fn find(&self, method: &str, path: &str) -> Option<Operation<'_>> {
        self.operations().into_iter().find(|operation| operation.method == method && fits(operation.path, path))
    }
}

impl<'a> Operation<'a> {
    /// The answer for a status, its reference followed.
    pub fn answer(&self, status: u16) -> Option<&'a Value> {
        self.value.pointer(&format!("/responses/{status}")).map(|answer| self.document.follow(answer))
    }

    /// The parameters, their references followed.
    pub fn parameters(&self) -> Vec<&'a Value> {
        let list = self.value.get("parameters").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        list.iter().map(|parameter| self.document.follow(parameter)).collect()
    }

    /// The examples of an answer or of a request's body, by name: media type, schema, value.
    pub fn examples(&self, of: &'a Value) -> Vec<(&'a str, &'a Value, &'a Value)> {
        let mut found = Vec::new();
        for (media_type, content) in of.get("content").and_then(Value::as_object).into_iter().flatten() {
            for example in content.get("examples").and_then(Value::as_object).into_iter().flatten() {
                found.push((media_type.as_str(), &content["schema"], &self.document.follow(example.1)["value"]));
            }
        }
        found
    }
}

/// Whether a path is of a template's form. A parameter is never empty and takes neither `/` nor `:`, so that
/// `companies/{id}` does not swallow `companies/{id}:launch`.
fn fits(template: &str, path: &str) -> bool {
    let (template, path): (Vec<_>, Vec<_>) = (template.split('/').collect(), path.split('/').collect());
    template.len() == path.len()
        && template.iter().zip(path).all(|(wanted, part)| match (wanted.find('{'), wanted.rfind('}')) {
            (Some(open), Some(close)) => part
                .strip_prefix(&wanted[..open])
                .and_then(|rest| rest.strip_suffix(&wanted[close + 1..]))
                .is_some_and(|value| !value.is_empty() && !value.contains(':')),
            _ => *wanted == part,
        })
}
