//! A request of the core as the HTTP call of the contract, without host, account and token.

use crate::domain::id::CompanyId;
use crate::domain::request::{IdempotencyKey, ListCompanies, Request};
use crate::domain::trouble::{Because, Retry, Trouble, What};
use crate::wire::company::{CompanyPatch, LaunchRequest};
use crate::wire::setup::StepPatch;
use reqwest::Method;
use serde::Serialize;

/// The largest page of the contract.
const LARGEST_PAGE: u32 = 1000;

/// What will go over the wire. Fields are private: a call cannot change after it passed the gate.
#[derive(Debug, Clone)]
pub struct Call {
    method: Method,
    what: What,
    /// For logs: the path without ids.
    template: &'static str,
    in_account: bool,
    segments: Vec<String>,
    query: Vec<(&'static str, String)>,
    body: Option<Vec<u8>>,
    if_match: Option<String>,
    key: Option<String>,
    list: bool,
}

impl Call {
    /// The call for a request.
    ///
    /// # Errors
    /// [`Because::NotFound`] for an id that no server of the contract gives out: it must not change the path.
    pub fn of(request: &Request) -> Result<Self, Trouble> {
        let what = request.what();
        let call = match request {
            Request::Session => Self { in_account: false, ..Self::get(what, "session", &["session"]) },
            Request::Companies(list) => Self::page(what, list),
            Request::Changes { since } => {
                let call = Self::get(what, "companies:changes", &["companies:changes"]);
                Self { query: vec![("since", since.clone())], list: true, ..call }
            }
            Request::Company(id) => Self::get(what, "companies/{company}", &["companies", part(id, what)?]),
            Request::UnlinkPreflight(id) => {
                let last = format!("{}:unlinkPreflight", part(id, what)?);
                Self::get(what, "companies/{company}:unlinkPreflight", &["companies", &last])
            }
            Request::Setup(id) => {
                Self::get(what, "companies/{company}/setup", &["companies", part(id, what)?, "setup"])
            }
            Request::People(id) => {
                let call = Self::get(what, "companies/{company}/users", &["companies", part(id, what)?, "users"]);
                call.whole_list()
            }
            Request::Groups(id) => {
                let call = Self::get(what, "companies/{company}/groups", &["companies", part(id, what)?, "groups"]);
                call.whole_list()
            }
            write => return Self::write(write),
        };
        Ok(call)
    }

    fn write(request: &Request) -> Result<Self, Trouble> {
        let what = request.what();
        let call = match request {
            Request::EditCompany { company, etag, changes, key } => {
                let patch = CompanyPatch {
                    name: changes.name.clone(),
                    website: changes.website.clone(),
                    address: None,
                    tags: changes.tags.clone(),
                    note: changes.note.clone(),
                    external_id: changes.external_id.clone(),
                    seat_limit: None,
                };
                let segments = ["companies", part(company, what)?];
                let call = Self::with(Method::PATCH, what, "companies/{company}", &segments, key);
                call.if_match(etag.as_str()).json(&patch)?
            }
            Request::Launch { company, target, key } => {
                let last = format!("{}:launch", part(company, what)?);
                let call = Self::with(Method::POST, what, "companies/{company}:launch", &["companies", &last], key);
                call.json(&LaunchRequest { target: Some(target.as_str().to_owned()) })?
            }
            Request::Unlink { company, etag, validate_only, key } => {
                let last = format!("{}:unlink", part(company, what)?);
                let call = Self::with(Method::POST, what, "companies/{company}:unlink", &["companies", &last], key);
                let query = if *validate_only { vec![("validate_only", "true".to_owned())] } else { Vec::new() };
                Self { query, ..call.if_match(etag.as_str()) }
            }
            Request::EditStep { company, step, etag, state, note, key } => {
                let segments = ["companies", part(company, what)?, "setup", safe(step.as_str(), what)?];
                let call = Self::with(Method::PATCH, what, "companies/{company}/setup/{step}", &segments, key);
                call.if_match(etag.as_str()).json(&StepPatch { state: state.clone(), note: note.clone() })?
            }
            // Reads are built by `of`.
            _ => return Err(Trouble::new(what, Because::Local, Retry::Never)),
        };
        Ok(call)
    }

    fn get(what: What, template: &'static str, segments: &[&str]) -> Self {
        Self {
            method: Method::GET,
            what,
            template,
            in_account: true,
            segments: segments.iter().map(|&segment| segment.to_owned()).collect(),
            query: Vec::new(),
            body: None,
            if_match: None,
            key: None,
            list: false,
        }
    }

    fn with(method: Method, what: What, template: &'static str, segments: &[&str], key: &IdempotencyKey) -> Self {
        Self { method, key: Some(key.0.clone()), ..Self::get(what, template, segments) }
    }

    fn page(what: What, list: &ListCompanies) -> Self {
        let mut query = vec![("max_page_size", list.page_size.clamp(1, LARGEST_PAGE).to_string())];
        query.extend(list.filter.clone().map(|filter| ("filter", filter)));
        query.extend(list.order_by.clone().map(|order| ("order_by", order)));
        query.extend(list.page_token.clone().map(|token| ("page_token", token)));
        Self { query, list: true, ..Self::get(what, "companies", &["companies"]) }
    }

    fn whole_list(self) -> Self {
        Self { query: vec![("max_page_size", LARGEST_PAGE.to_string())], list: true, ..self }
    }

    fn if_match(self, etag: &str) -> Self {
        // Without an etag the server answers 428, which is the right end for a copy that never had one.
        Self { if_match: Some(etag.to_owned()).filter(|etag| !etag.is_empty()), ..self }
    }

    fn json(self, body: &impl Serialize) -> Result<Self, Trouble> {
        let what = self.what;
        let body = serde_json::to_vec(body).map_err(|_| Trouble::new(what, Because::Local, Retry::Never))?;
        Ok(Self { body: Some(body), ..self })
    }

    /// The same call at another page.
    pub fn at_page(mut self, token: String) -> Self {
        self.query.retain(|(name, _)| *name != "page_token");
        self.query.push(("page_token", token));
        self
    }

    pub fn method(&self) -> &Method {
        &self.method
    }

    pub fn what(&self) -> What {
        self.what
    }

    pub fn template(&self) -> &'static str {
        self.template
    }

    /// Whether the path begins with the account.
    pub fn needs_account(&self) -> bool {
        self.in_account
    }

    pub fn segments(&self) -> &[String] {
        &self.segments
    }

    pub fn query(&self) -> &[(&'static str, String)] {
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

    /// A page of a list: may take longer.
    pub fn is_list(&self) -> bool {
        self.list
    }

    /// Doing it twice does it once: it reads, or it carries its key.
    pub fn repeatable(&self) -> bool {
        self.method == Method::GET || self.key.as_deref().is_some_and(|key| !key.is_empty())
    }
}

fn part(id: &CompanyId, what: What) -> Result<&str, Trouble> {
    safe(id.as_str(), what)
}

/// Ids come from the server; one like `..` or `X:unlink` would become another call.
fn safe(text: &str, what: What) -> Result<&str, Trouble> {
    let fits = (1..=128).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    if fits { Ok(text) } else { Err(Trouble::new(what, Because::NotFound, Retry::Never)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_cannot_become_another_path() {
        for id in ["", ".", "..", "A/B", "A:unlink", "A?x", "A#", "A%2e", "Ä", "A B", &"A".repeat(129)] {
            let trouble = Call::of(&Request::Company(CompanyId::new(id))).unwrap_err();
            assert_eq!(trouble.because, Because::NotFound, "{id}");
        }
        assert!(Call::of(&Request::Company(CompanyId::new("MFRGGZDFMZTWQ2LKNNWG23TPOA"))).is_ok());
    }

    #[test]
    fn page_sizes_stay_within_the_contract() {
        for (asked, sent) in [(0, "1"), (25, "25"), (5000, "1000")] {
            let call = Call::of(&Request::Companies(ListCompanies { page_size: asked, ..Default::default() })).unwrap();
            assert_eq!(call.query(), [("max_page_size", sent.to_owned())]);
        }
    }

    #[test]
    fn another_page_replaces_the_token() {
        let call = Call::of(&Request::People(CompanyId::new("A"))).unwrap().at_page("1".into()).at_page("2".into());
        assert_eq!(call.query(), [("max_page_size", "1000".to_owned()), ("page_token", "2".to_owned())]);
    }
}
