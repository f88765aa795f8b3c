//! A request of the core as the HTTP call of the contract, without host, account and token.

use crate::domain::activity::ListActivity;
use crate::domain::error::{Cause, Error, Operation, RetryAdvice};
use crate::domain::id::CompanyId;
use crate::domain::request::{IdempotencyKey, ListCompanies, Request};
use crate::domain::usage::Period;
use crate::wire::company::{CompanyPatch, LaunchRequest, NewCompany};
use crate::wire::link::AcceptLink;
use crate::wire::people::NewMember;
use crate::wire::setup::StepPatch;
use reqwest::Method;
use serde::Serialize;

/// The largest page of the contract.
const LARGEST_PAGE: u32 = 1000;
/// Events of the audit trail that are asked for at once: a screen and a half.
const ACTIVITY_PAGE: u32 = 100;

/// What will go over the wire. Fields are private: a call cannot change after it passed the gate.
#[derive(Debug, Clone)]
pub struct Call {
    method: Method,
    what: Operation,
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
    /// [`Cause::NotFound`] for an id that no server of the contract gives out: it must not change the path.
    pub fn of(request: &Request) -> Result<Self, Error> {
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
            Request::Links => Self::get(what, "link_requests", &["link_requests"]).whole_list(),
            Request::Recoveries => Self::get(what, "recoveries", &["recoveries"]).whole_list(),
            Request::Vaults(id) => {
                let call = Self::get(what, "companies/{company}/vaults", &["companies", part(id, what)?, "vaults"]);
                call.whole_list()
            }
            Request::CompanyUsage { company, period } => {
                let segments = ["companies", part(company, what)?, "usage"];
                Self { query: days(*period), ..Self::get(what, "companies/{company}/usage", &segments) }
            }
            Request::Usage(period) => {
                let call = Self::get(what, "usage", &["usage"]).whole_list();
                Self { query: [call.query.clone(), days(*period)].concat(), ..call }
            }
            Request::Curves { companies, period } => {
                let ids: Result<Vec<&str>, Error> = companies.iter().map(|id| part(id, what)).collect();
                let call = Self::get(what, "usage", &["usage"]).whole_list();
                let only = vec![("company_ids", ids?.join(","))];
                Self { query: [call.query.clone(), days(*period), only].concat(), ..call }
            }
            Request::Activity(list) => Self::activity(what, list)?,
            write => return Self::write(write),
        };
        Ok(call)
    }

    fn write(request: &Request) -> Result<Self, Error> {
        let what = request.what();
        let call = match request {
            Request::EditCompany { company, etag, changes, key } => {
                let patch = CompanyPatch {
                    name: changes.name.clone(),
                    website: changes.website.clone(),
                    address: changes.address.as_ref().map(Into::into),
                    tags: changes.tags.clone(),
                    note: changes.note.clone(),
                    external_id: changes.external_id.clone(),
                    seat_limit: changes.seat_limit,
                    snooze_until_time: changes.snooze_until.map(|time| time.to_string()),
                };
                let segments = ["companies", part(company, what)?];
                let call = Self::with(Method::PATCH, what, "companies/{company}", &segments, key);
                call.if_match(etag.as_str()).json(&patch)?
            }
            Request::Launch { company, target, vault, key } => {
                let last = format!("{}:launch", part(company, what)?);
                let call = Self::with(Method::POST, what, "companies/{company}:launch", &["companies", &last], key);
                let vault_id = vault.as_ref().map(|vault| vault.as_str().to_owned());
                call.json(&LaunchRequest { target: Some(target.as_str().to_owned()), vault_id })?
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
            Request::AddCompany { new, key } => {
                Self::with(Method::POST, what, "companies", &["companies"], key).json(&NewCompany::from(new))?
            }
            Request::AcceptLink { link, key } => {
                let body = AcceptLink { confirmation_link: link.reveal().to_owned() };
                let segments = ["link_requests:accept"];
                Self::with(Method::POST, what, "link_requests:accept", &segments, key).json(&body)?
            }
            Request::CancelLink { link, key } => {
                let last = format!("{}:cancel", safe(link.as_str(), what)?);
                Self::with(Method::POST, what, "link_requests/{link}:cancel", &["link_requests", &last], key)
            }
            person => return Self::write_person(person),
        };
        Ok(call)
    }

    /// Writes to the people of a company and to its vaults.
    fn write_person(request: &Request) -> Result<Self, Error> {
        let what = request.what();
        let call = match request {
            Request::AddMember { company, group, user, key } => {
                let segments = ["companies", part(company, what)?, "groups", safe(group.as_str(), what)?, "members"];
                let template = "companies/{company}/groups/{group}/members";
                let body = NewMember { user_id: user.as_str().to_owned() };
                Self::with(Method::POST, what, template, &segments, key).json(&body)?
            }
            Request::RemoveMember { company, group, user, key } => {
                let (group, user) = (safe(group.as_str(), what)?, safe(user.as_str(), what)?);
                let segments = ["companies", part(company, what)?, "groups", group, "members", user];
                let template = "companies/{company}/groups/{group}/members/{user}";
                Self::with(Method::DELETE, what, template, &segments, key)
            }
            Request::ChangePerson { company, user, etag, act, key } => {
                let last = format!("{}:{}", safe(user.as_str(), what)?, act.as_str());
                let segments = ["companies", part(company, what)?, "users", &last];
                let call = Self::with(Method::POST, what, "companies/{company}/users/{user}:{act}", &segments, key);
                call.if_match(etag.as_ref().map_or("", |etag| etag.as_str()))
            }
            Request::GrantVault { company, vault, key } => {
                let last = format!("{}:grantAccess", safe(vault.as_str(), what)?);
                let segments = ["companies", part(company, what)?, "vaults", &last];
                Self::with(Method::POST, what, "companies/{company}/vaults/{vault}:grantAccess", &segments, key)
            }
            // Reads are built by `of`.
            _ => return Err(Error::new(what, Cause::Local, RetryAdvice::Never)),
        };
        Ok(call)
    }

    /// A page of the audit trail. Words are quoted: a text of the user's must stay one word of the filter.
    fn activity(what: Operation, list: &ListActivity) -> Result<Self, Error> {
        let quoted = |text: &str| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
        let company = list.company.as_ref().map(|id| part(id, what)).transpose()?;
        let parts = [
            company.map(|id| format!("company_id = {}", quoted(id))),
            list.action.as_ref().map(|action| format!("action = {}", quoted(action.as_str()))),
            list.actor.as_ref().map(|actor| format!("actor : {}", quoted(actor))),
        ];
        let filter = parts.into_iter().flatten().collect::<Vec<_>>().join(" AND ");
        let mut query = vec![("max_page_size", ACTIVITY_PAGE.to_string())];
        query.extend(Some(filter).filter(|filter| !filter.is_empty()).map(|filter| ("filter", filter)));
        query.extend(list.page_token.clone().map(|token| ("page_token", token)));
        Ok(Self { query, list: true, ..Self::get(what, "audit_events", &["audit_events"]) })
    }

    fn get(what: Operation, template: &'static str, segments: &[&str]) -> Self {
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

    fn with(method: Method, what: Operation, template: &'static str, segments: &[&str], key: &IdempotencyKey) -> Self {
        Self { method, key: Some(key.0.clone()), ..Self::get(what, template, segments) }
    }

    fn page(what: Operation, list: &ListCompanies) -> Self {
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

    fn json(self, body: &impl Serialize) -> Result<Self, Error> {
        let what = self.what;
        let body = serde_json::to_vec(body).map_err(|_| Error::new(what, Cause::Local, RetryAdvice::Never))?;
        Ok(Self { body: Some(body), ..self })
    }

    /// The same call at another page.
    pub fn at_page(mut self, token: String) -> Self {
        self.query.retain(|(name, _)| *name != "page_token");
        self.query.push(("page_token", token));
        self
    }

    /// The same call with all its checks and without its change.
    pub fn rehearsed(mut self) -> Self {
        self.query.retain(|(name, _)| *name != "validate_only");
        self.query.push(("validate_only", "true".to_owned()));
        self
    }

    pub fn method(&self) -> &Method {
        &self.method
    }

    pub fn what(&self) -> Operation {
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

fn days(period: Period) -> Vec<(&'static str, String)> {
    vec![("start_date", period.start.to_string()), ("end_date", period.end.to_string())]
}

fn part(id: &CompanyId, what: Operation) -> Result<&str, Error> {
    safe(id.as_str(), what)
}

/// Ids come from the server; one like `..` or `X:unlink` would become another call.
fn safe(text: &str, what: Operation) -> Result<&str, Error> {
    let fits = (1..=128).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    if fits { Ok(text) } else { Err(Error::new(what, Cause::NotFound, RetryAdvice::Never)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_cannot_become_another_path() {
        for id in ["", ".", "..", "A/B", "A:unlink", "A?x", "A#", "A%2e", "Ä", "A B", &"A".repeat(129)] {
            let error = Call::of(&Request::Company(CompanyId::new(id))).unwrap_err();
            assert_eq!(error.cause, Cause::NotFound, "{id}");
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
