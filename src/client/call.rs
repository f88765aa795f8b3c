//! A request as the HTTP call of the contract, without host, account and token.

use super::prefetch::GoOn;
use crate::domain::error::Cause;
use crate::domain::id::CompanyId;
use crate::domain::request::{IdempotencyKey, LARGEST_PAGE};
use reqwest::Method;
use serde::Serialize;
use std::time::Duration;

/// What will go over the wire. Fields are private: a call cannot change after read-only mode let it pass.
#[derive(Debug, Clone)]
pub struct Call {
    method: Method,
    /// The path with placeholders for ids; for logs.
    template: &'static str,
    path: String,
    in_account: bool,
    query: Vec<(&'static str, String)>,
    body: Option<Vec<u8>>,
    if_match: Option<String>,
    key: Option<String>,
    long: bool,
    go_on: GoOn,
    wait: u32,
    fault: Option<Cause>,
}

impl Call {
    /// A read. `ids` take the places of the placeholders in `template`.
    pub fn get(template: &'static str, ids: &[&str]) -> Self {
        let path = fill(template, ids);
        Self {
            method: Method::GET,
            template,
            in_account: true,
            query: Vec::new(),
            body: None,
            if_match: None,
            key: None,
            long: false,
            go_on: GoOn::default(),
            wait: 0,
            // An id that no server of the contract gives out must not change the path.
            fault: path.is_none().then_some(Cause::NotFound),
            path: path.unwrap_or_default(),
        }
    }

    /// A list that is asked for as a whole, in the largest pages.
    pub fn list(template: &'static str, ids: &[&str]) -> Self {
        Self::get(template, ids).page(LARGEST_PAGE)
    }

    pub fn post(template: &'static str, ids: &[&str], key: &IdempotencyKey) -> Self {
        Self { method: Method::POST, key: Some(key.0.clone()), ..Self::get(template, ids) }
    }

    pub fn patch(template: &'static str, ids: &[&str], key: &IdempotencyKey) -> Self {
        Self { method: Method::PATCH, ..Self::post(template, ids, key) }
    }

    pub fn delete(template: &'static str, ids: &[&str], key: &IdempotencyKey) -> Self {
        Self { method: Method::DELETE, ..Self::post(template, ids, key) }
    }

    /// The path does not begin with the account.
    pub fn outside_account(self) -> Self {
        Self { in_account: false, ..self }
    }

    /// A list in pages of this size.
    pub fn page(self, size: u32) -> Self {
        self.query("max_page_size", Some(size.clamp(1, LARGEST_PAGE).to_string())).long()
    }

    /// Its answer may be long, and take longer than others.
    pub fn long(self) -> Self {
        Self { long: true, ..self }
    }

    /// Who wants to hear of the next page as soon as it is known.
    pub fn going_on(self, go_on: GoOn) -> Self {
        Self { go_on, ..self }
    }

    /// The server is asked to hold its answer back for so many seconds, until there is something to tell.
    pub fn held(self, seconds: u32) -> Self {
        Self { wait: seconds, ..self.query("wait", (seconds > 0).then(|| seconds.to_string())) }
    }

    /// Ids outside of the path have to be [safe](is_safe) too.
    pub fn with_ids<'a>(self, ids: impl IntoIterator<Item = &'a CompanyId>) -> Self {
        let safe = ids.into_iter().all(|id| is_safe(id.as_str()));
        Self { fault: self.fault.or((!safe).then_some(Cause::NotFound)), ..self }
    }

    pub fn query(mut self, name: &'static str, value: Option<String>) -> Self {
        self.query.extend(value.map(|value| (name, value)));
        self
    }

    pub fn if_match(self, etag: &str) -> Self {
        // Without an etag the server answers 428, which is the right end for a copy that never had one.
        Self { if_match: Some(etag.to_owned()).filter(|etag| !etag.is_empty()), ..self }
    }

    pub fn json(self, body: &impl Serialize) -> Self {
        match serde_json::to_vec(body) {
            Ok(body) => Self { body: Some(body), ..self },
            Err(_) => Self { fault: Some(Cause::Local), ..self },
        }
    }

    /// The same call at another page.
    pub fn at_page(mut self, token: String) -> Self {
        self.query.retain(|(name, _)| *name != "page_token");
        self.query("page_token", Some(token))
    }

    /// The same call with all its checks and without its change.
    pub fn rehearsed(mut self) -> Self {
        self.query.retain(|(name, _)| *name != "validate_only");
        self.query("validate_only", Some("true".to_owned()))
    }

    /// Why it cannot be sent.
    pub fn fault(&self) -> Option<&Cause> {
        self.fault.as_ref()
    }

    pub fn method(&self) -> &Method {
        &self.method
    }

    pub fn template(&self) -> &'static str {
        self.template
    }

    /// Whether the path begins with the account.
    pub fn needs_account(&self) -> bool {
        self.in_account
    }

    pub fn segments(&self) -> impl Iterator<Item = &str> {
        self.path.split('/')
    }

    pub fn queries(&self) -> &[(&'static str, String)] {
        &self.query
    }

    pub fn body(&self) -> Option<&[u8]> {
        self.body.as_deref()
    }

    pub fn etag(&self) -> Option<&str> {
        self.if_match.as_deref()
    }

    pub fn key(&self) -> Option<&str> {
        self.key.as_deref()
    }

    pub fn go_on(&self) -> &GoOn {
        &self.go_on
    }

    pub fn is_long(&self) -> bool {
        self.long
    }

    /// How long the answer may be held back, before it is late.
    pub fn wait(&self) -> Duration {
        Duration::from_secs(self.wait.into())
    }

    /// Doing it twice does it once: it reads, or it carries its key.
    pub fn repeatable(&self) -> bool {
        self.method == Method::GET || self.key.as_deref().is_some_and(|key| !key.is_empty())
    }
}

/// The path of a template; `None` if an id is not [safe](is_safe) or their number does not fit.
fn fill(template: &str, ids: &[&str]) -> Option<String> {
    let (mut path, mut rest) = (String::new(), template);
    for id in ids {
        let (before, after) = rest.split_once('{')?;
        path.extend([before, Some(*id).filter(|id| is_safe(id))?]);
        rest = after.split_once('}')?.1;
    }
    path.push_str(rest);
    Some(path).filter(|path| !path.contains('{'))
}

/// Ids come from the server; one like `..` or `X:unlink` would become another call.
fn is_safe(id: &str) -> bool {
    (1..=128).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_cannot_become_another_path() {
        for id in ["", ".", "..", "A/B", "A:unlink", "A?x", "A#", "A%2e", "Ä", "A B", "{}", &"A".repeat(129)] {
            assert_eq!(Call::get("companies/{company}", &[id]).fault(), Some(&Cause::NotFound), "{id}");
        }
        let call = Call::get("companies/{company}/users/{user}:{act}", &["MFRGGZDF", "U-1", "suspend"]);
        assert_eq!((call.fault(), call.path.as_str()), (None, "companies/MFRGGZDF/users/U-1:suspend"));
        assert!(Call::get("companies/{company}", &[]).fault().is_some());
    }

    #[test]
    fn page_sizes_stay_within_the_contract() {
        for (asked, sent) in [(0, "1"), (25, "25"), (5000, "1000")] {
            assert_eq!(Call::get("companies", &[]).page(asked).queries(), [("max_page_size", sent.to_owned())]);
        }
    }

    #[test]
    fn another_page_replaces_the_token() {
        let call = Call::list("companies/{company}/users", &["A"]).at_page("1".into()).at_page("2".into());
        assert_eq!(call.queries(), [("max_page_size", "1000".to_owned()), ("page_token", "2".to_owned())]);
    }
}
