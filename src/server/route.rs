//! The one table of routes. It is matched here rather than by axum because the contract's custom verbs
//! (`companies/{company}:launch`) share a path segment with an id, and because every miss has to be a problem
//! document with the right `Allow`.

use crate::domain::recovery::PersonAct;
use crate::domain::session::Permission;

/// What a route does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Endpoint {
    Token,
    Revoke,
    Session,
    ListCompanies,
    Changes,
    GetCompany,
    PatchCompany,
    Launch,
    Preflight,
    Unlink,
    GetSetup,
    PatchStep,
    ListUsers,
    GetUser,
    ListGroups,
    AddCompany,
    ListLinks,
    AcceptLink,
    CancelLink,
    AuditEvents,
    AddMember,
    RemoveMember,
    ChangePerson(PersonAct),
    ListRecoveries,
    ListVaults,
    GrantVault,
    CompanyUsage,
    Usage,
    LaunchPage,
    OwnerDesk,
    StartLink,
    OwnerLink,
    AnswerLink,
    InvitePage,
}

/// One row of the table.
#[derive(Debug)]
pub struct Route {
    pub method: &'static str,
    pub template: &'static str,
    pub operation: Endpoint,
    /// The query parameters that it takes; any other is refused.
    pub params: &'static [&'static str],
    /// What the technician must be allowed to do; `None`: anybody who is signed in.
    pub permission: Option<Permission>,
}

const PAGED: &[&str] = &["max_page_size", "page_token"];
const LISTED: &[&str] = &["max_page_size", "page_token", "filter", "order_by"];
const CHECKED: &[&str] = &["validate_only"];
const FILTERED: &[&str] = &["max_page_size", "page_token", "filter"];
const PERIOD: &[&str] = &["start_date", "end_date"];
const USAGE: &[&str] = &["start_date", "end_date", "company_ids", "max_page_size", "page_token"];

const fn route(
    method: &'static str,
    template: &'static str,
    operation: Endpoint,
    params: &'static [&'static str],
    permission: Option<Permission>,
) -> Route {
    Route { method, template, operation, params, permission }
}

/// Every route there is.
#[rustfmt::skip]
pub static ROUTES: &[Route] = {
    use Endpoint as Op;
    use Permission as May;
    use PersonAct as Act;
    &[
        route("POST", "/v1beta1/oauth2/token", Op::Token, &[], None),
        route("POST", "/v1beta1/oauth2/revoke", Op::Revoke, &[], None),
        route("GET", "/v1beta1/session", Op::Session, &[], None),
        route("GET", "/v1beta1/accounts/{account}/companies", Op::ListCompanies, LISTED, Some(May::View)),
        route("GET", "/v1beta1/accounts/{account}/companies:changes", Op::Changes, &["since", "max_page_size"], Some(May::View)),
        route("GET", "/v1beta1/accounts/{account}/companies/{company}", Op::GetCompany, &[], Some(May::View)),
        route("PATCH", "/v1beta1/accounts/{account}/companies/{company}", Op::PatchCompany, CHECKED, Some(May::Edit)),
        route("POST", "/v1beta1/accounts/{account}/companies/{company}:launch", Op::Launch, CHECKED, Some(May::Launch)),
        route("GET", "/v1beta1/accounts/{account}/companies/{company}:unlinkPreflight", Op::Preflight, &[], Some(May::View)),
        route("POST", "/v1beta1/accounts/{account}/companies/{company}:unlink", Op::Unlink, CHECKED, Some(May::Unlink)),
        route("GET", "/v1beta1/accounts/{account}/companies/{company}/setup", Op::GetSetup, &[], Some(May::View)),
        route("PATCH", "/v1beta1/accounts/{account}/companies/{company}/setup/{step}", Op::PatchStep, CHECKED, Some(May::Setup)),
        route("GET", "/v1beta1/accounts/{account}/companies/{company}/users", Op::ListUsers, PAGED, Some(May::View)),
        route("GET", "/v1beta1/accounts/{account}/companies/{company}/users/{user}", Op::GetUser, &[], Some(May::View)),
        route("GET", "/v1beta1/accounts/{account}/companies/{company}/groups", Op::ListGroups, PAGED, Some(May::View)),
        route("POST", "/v1beta1/accounts/{account}/companies", Op::AddCompany, CHECKED, Some(May::Add)),
        route("GET", "/v1beta1/accounts/{account}/link_requests", Op::ListLinks, PAGED, Some(May::View)),
        route("POST", "/v1beta1/accounts/{account}/link_requests:accept", Op::AcceptLink, CHECKED, Some(May::Link)),
        route("POST", "/v1beta1/accounts/{account}/link_requests/{link}:cancel", Op::CancelLink, CHECKED, Some(May::Link)),
        route("GET", "/v1beta1/accounts/{account}/audit_events", Op::AuditEvents, FILTERED, Some(May::View)),
        route("POST", "/v1beta1/accounts/{account}/companies/{company}/groups/{group}/members", Op::AddMember, CHECKED, Some(May::People)),
        route("DELETE", "/v1beta1/accounts/{account}/companies/{company}/groups/{group}/members/{user}", Op::RemoveMember, CHECKED, Some(May::People)),
        route("POST", "/v1beta1/accounts/{account}/companies/{company}/users/{user}:suspend", Op::ChangePerson(Act::Suspend), CHECKED, Some(May::People)),
        route("POST", "/v1beta1/accounts/{account}/companies/{company}/users/{user}:reactivate", Op::ChangePerson(Act::Reactivate), CHECKED, Some(May::People)),
        route("POST", "/v1beta1/accounts/{account}/companies/{company}/users/{user}:beginRecovery", Op::ChangePerson(Act::BeginRecovery), CHECKED, Some(May::Recover)),
        route("POST", "/v1beta1/accounts/{account}/companies/{company}/users/{user}:completeRecovery", Op::ChangePerson(Act::CompleteRecovery), CHECKED, Some(May::Recover)),
        route("POST", "/v1beta1/accounts/{account}/companies/{company}/users/{user}:cancelRecovery", Op::ChangePerson(Act::CancelRecovery), CHECKED, Some(May::Recover)),
        route("GET", "/v1beta1/accounts/{account}/recoveries", Op::ListRecoveries, PAGED, Some(May::View)),
        route("GET", "/v1beta1/accounts/{account}/companies/{company}/vaults", Op::ListVaults, PAGED, Some(May::View)),
        route("POST", "/v1beta1/accounts/{account}/companies/{company}/vaults/{vault}:grantAccess", Op::GrantVault, CHECKED, Some(May::Vaults)),
        route("GET", "/v1beta1/accounts/{account}/companies/{company}/usage", Op::CompanyUsage, PERIOD, Some(May::View)),
        route("GET", "/v1beta1/accounts/{account}/usage", Op::Usage, USAGE, Some(May::View)),
        route("GET", "/launch/{token}", Op::LaunchPage, &[], None),
        route("POST", "/launch/people", Op::InvitePage, &[], None),
        route("GET", "/owner", Op::OwnerDesk, &[], None),
        route("POST", "/owner/links", Op::StartLink, &[], None),
        route("GET", "/owner/links/{link}", Op::OwnerLink, &[], None),
        route("POST", "/owner/links/{link}", Op::AnswerLink, &[], None),
    ]
};

impl Route {
    /// Whether it belongs to the API (and not to the pages of the sample workspace).
    pub fn is_api(&self) -> bool {
        use Endpoint::{AnswerLink, InvitePage, LaunchPage, OwnerDesk, OwnerLink, StartLink};
        !matches!(self.operation, LaunchPage | InvitePage | OwnerDesk | StartLink | OwnerLink | AnswerLink)
    }

    /// Whether a bearer token is needed.
    pub fn needs_token(&self) -> bool {
        self.is_api() && !matches!(self.operation, Endpoint::Token | Endpoint::Revoke)
    }

    /// Whether it changes something; then it needs an `Idempotency-Key`.
    pub fn writes(&self) -> bool {
        self.needs_token() && self.method != "GET"
    }
}

/// How a request met the table.
#[derive(Debug)]
pub enum Match {
    /// This route, with what stood in its braces, in order.
    Found(&'static Route, Vec<String>),
    /// The path exists, with other methods.
    OtherMethods(String),
    /// No such path.
    Unknown,
}

/// Looks a request up. `HEAD` counts as `GET`, but not for one-use addresses: looking must not use them up.
pub fn find(method: &str, path: &str) -> Match {
    let mut allowed: Vec<&str> = Vec::new();
    for route in ROUTES {
        let Some(values) = fits(route.template, path) else { continue };
        let as_head = method == "HEAD" && route.method == "GET" && route.operation != Endpoint::LaunchPage;
        if route.method == method || as_head {
            return Match::Found(route, values);
        }
        allowed.push(route.method);
        if route.method == "GET" && route.operation != Endpoint::LaunchPage {
            allowed.push("HEAD");
        }
    }
    if allowed.is_empty() {
        return Match::Unknown;
    }
    allowed.push("OPTIONS");
    Match::OtherMethods(allowed.join(", "))
}

fn fits(template: &str, path: &str) -> Option<Vec<String>> {
    let mut values = Vec::new();
    let mut want = template.split('/');
    let mut have = path.split('/');
    loop {
        match (want.next(), have.next()) {
            (None, None) => return Some(values),
            (Some(want), Some(have)) => segment(want, &decoded(have)?, &mut values)?,
            _ => return None,
        }
    }
}

fn segment(want: &str, have: &str, values: &mut Vec<String>) -> Option<()> {
    let Some(rest) = want.strip_prefix('{') else {
        return (want == have).then_some(());
    };
    let (_, verb) = rest.split_once('}')?;
    let value = have.strip_suffix(verb)?;
    if value.is_empty() || value.contains(':') {
        return None;
    }
    values.push(value.to_owned());
    Some(())
}

/// Undoes percent-encoding: some clients write `%3A` for the colon of a verb. `None` when it is broken or not UTF-8.
fn decoded(segment: &str) -> Option<String> {
    let mut out = Vec::with_capacity(segment.len());
    let mut bytes = segment.bytes();
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            out.push(byte);
            continue;
        }
        let mut digit = || char::from(bytes.next()?).to_digit(16);
        let (high, low) = (digit()?, digit()?);
        out.push(u8::try_from(high * 16 + low).ok()?);
    }
    String::from_utf8(out).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn met(method: &str, path: &str) -> String {
        match find(method, path) {
            Match::Found(route, values) => format!("{:?} {}", route.operation, values.join(" ")),
            Match::OtherMethods(allow) => allow,
            Match::Unknown => "unknown".into(),
        }
    }

    #[test]
    fn verbs_and_ids_are_told_apart() {
        let base = "/v1beta1/accounts/A/companies";
        assert_eq!(met("GET", base), "ListCompanies A");
        assert_eq!(met("GET", &format!("{base}:changes")), "Changes A");
        assert_eq!(met("GET", &format!("{base}/C")), "GetCompany A C");
        assert_eq!(met("POST", &format!("{base}/C:launch")), "Launch A C");
        assert_eq!(met("POST", &format!("{base}/C%3Alaunch")), "Launch A C");
        assert_eq!(met("PATCH", &format!("{base}/C/setup/S")), "PatchStep A C S");
        let links = "/v1beta1/accounts/A/link_requests";
        assert_eq!(met("POST", &format!("{links}:accept")), "AcceptLink A");
        assert_eq!(met("POST", &format!("{links}/L:cancel")), "CancelLink A L");
        assert_eq!(met("POST", "/owner/links/L"), "AnswerLink L");
    }

    #[test]
    fn what_is_not_there_is_unknown_and_what_is_names_its_methods() {
        let base = "/v1beta1/accounts/A/companies";
        for path in ["/", "//", "/v1beta1", "/v1beta1/session/", "/v1beta1/accounts//companies", "/launch/", "/a%zz"] {
            assert_eq!(met("GET", path), "unknown", "{path}");
        }
        assert_eq!(met("GET", &format!("{base}/C:explode")), "unknown");
        assert_eq!(met("DELETE", &format!("{base}/C")), "GET, HEAD, PATCH, OPTIONS");
        assert_eq!(met("GET", &format!("{base}/C:launch")), "POST, OPTIONS");
        assert_eq!(met("HEAD", "/launch/T"), "GET, OPTIONS");
    }
}
