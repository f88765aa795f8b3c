//! The whole API on one screen, and the layers around it.

use super::error::{ApiError, Reply};
use super::extract::{BodyLimit, Endpoint};
use super::middleware::{access_log, authorize, faults, headers, hosts, read_request, task};
use super::routes::{
    audit_events, companies, company_changes, enrolments, imports, launch, links, oauth, observations, people, session,
    setup, sources, tasks, technicians, unlink, usage, vaults,
};
use super::sample::web;
use super::state::SharedState;
use crate::domain::session::Permission;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request};
use axum::handler::Handler;
use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{MethodFilter, MethodRouter, on};
use axum::{Router, response};
use tower::util::{MapRequest, MapRequestLayer};
use tower::{Layer, ServiceBuilder};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::set_header::SetResponseHeaderLayer;

/// The router behind the rewriting of its custom verbs.
pub type HttpService = MapRequest<Router, fn(Request) -> Request>;

/// One operation with its handler.
pub struct Route {
    pub endpoint: Endpoint,
    handler: MethodRouter<SharedState>,
}

const PAGED: &[&str] = &["max_page_size", "page_token"];
const LISTED: &[&str] = &["max_page_size", "page_token", "filter", "order_by"];
const CHECKED: &[&str] = &["validate_only"];
const FILTERED: &[&str] = &["max_page_size", "page_token", "filter"];
const SOURCES: &[&str] = &["max_page_size", "page_token", "company_id"];
const TASKS: &[&str] = &["max_page_size", "page_token", "open_only", "company_id"];
const SEARCHED: &[&str] = &["max_page_size", "page_token", "search"];
const PERIOD: &[&str] = &["start_date", "end_date"];
const USAGE: &[&str] = &["start_date", "end_date", "company_ids", "max_page_size", "page_token"];

fn route<H, T>(
    method: &'static str,
    template: &'static str,
    handler: H,
    params: &'static [&'static str],
    permission: Option<Permission>,
) -> Route
where
    H: Handler<T, SharedState>,
    T: 'static,
{
    let filter = match method {
        "GET" => MethodFilter::GET,
        "PATCH" => MethodFilter::PATCH,
        "DELETE" => MethodFilter::DELETE,
        _ => MethodFilter::POST,
    };
    Route { endpoint: Endpoint { method, template, params, permission }, handler: on(filter, handler) }
}

/// Every operation: method, path, handler, the query parameters it takes, the permission it needs.
#[rustfmt::skip]
pub fn table() -> Vec<Route> {
    use Permission as May;
    vec![
        route("POST", "/v1beta1/oauth2/token", oauth::token, &[], None),
        route("POST", "/v1beta1/oauth2/revoke", oauth::revoke, &[], None),
        route("POST", "/v1beta1/enrolments", enrolments::exchange_code, &[], None),
        route("GET", "/v1beta1/session", session::show, &[], None),
        route("GET", "/v1beta1/accounts/{account}/companies", companies::list, LISTED, Some(May::View)),
        route("GET", "/v1beta1/accounts/{account}/companies:changes", company_changes::changes, &["since", "max_page_size", "wait"], Some(May::View)),
        route("GET", "/v1beta1/accounts/{account}/companies/{company}", companies::get, &[], Some(May::View)),
        route("PATCH", "/v1beta1/accounts/{account}/companies/{company}", companies::patch, CHECKED, Some(May::Edit)),
        route("POST", "/v1beta1/accounts/{account}/companies/{company}/observations", observations::observe, CHECKED, Some(May::Edit)),
        route("POST", "/v1beta1/accounts/{account}/companies/{company}:launch", launch::launch, CHECKED, Some(May::Launch)),
        route("GET", "/v1beta1/accounts/{account}/companies/{company}:unlinkPreflight", unlink::preflight, &[], Some(May::View)),
        route("POST", "/v1beta1/accounts/{account}/companies/{company}:unlink", unlink::unlink, CHECKED, Some(May::Unlink)),
        route("GET", "/v1beta1/accounts/{account}/companies/{company}/setup", setup::list, &[], Some(May::View)),
        route("PATCH", "/v1beta1/accounts/{account}/companies/{company}/setup/{step}", setup::patch, CHECKED, Some(May::Setup)),
        route("GET", "/v1beta1/accounts/{account}/companies/{company}/users", people::list, PAGED, Some(May::View)),
        route("GET", "/v1beta1/accounts/{account}/companies/{company}/users/{user}", people::get, &[], Some(May::View)),
        route("GET", "/v1beta1/accounts/{account}/companies/{company}/groups", people::list_groups, PAGED, Some(May::View)),
        route("POST", "/v1beta1/accounts/{account}/companies", companies::add, CHECKED, Some(May::Add)),
        route("POST", "/v1beta1/accounts/{account}/companies:import", imports::import, CHECKED, Some(May::Add)),
        route("GET", "/v1beta1/accounts/{account}/import_runs", imports::list, PAGED, Some(May::View)),
        route("GET", "/v1beta1/accounts/{account}/import_runs/{run}", imports::get, &[], Some(May::View)),
        route("POST", "/v1beta1/accounts/{account}/import_runs/{run}:undo", imports::undo, CHECKED, Some(May::Add)),
        route("GET", "/v1beta1/accounts/{account}/import_maps", imports::maps, PAGED, Some(May::View)),
        route("GET", "/v1beta1/accounts/{account}/link_requests", links::list, PAGED, Some(May::View)),
        route("POST", "/v1beta1/accounts/{account}/link_requests:accept", links::accept, CHECKED, Some(May::Link)),
        route("POST", "/v1beta1/accounts/{account}/link_requests/{link}:cancel", links::cancel, CHECKED, Some(May::Link)),
        route("GET", "/v1beta1/accounts/{account}/audit_events", audit_events::list, FILTERED, Some(May::View)),
        route("POST", "/v1beta1/accounts/{account}/companies/{company}/groups/{group}/members", people::add_to_group, CHECKED, Some(May::People)),
        route("DELETE", "/v1beta1/accounts/{account}/companies/{company}/groups/{group}/members/{user}", people::remove_from_group, CHECKED, Some(May::People)),
        route("POST", "/v1beta1/accounts/{account}/companies/{company}/users/{user}:suspend", people::act, CHECKED, Some(May::People)),
        route("POST", "/v1beta1/accounts/{account}/companies/{company}/users/{user}:reactivate", people::act, CHECKED, Some(May::People)),
        route("POST", "/v1beta1/accounts/{account}/companies/{company}/users/{user}:beginRecovery", people::act, CHECKED, Some(May::Recover)),
        route("POST", "/v1beta1/accounts/{account}/companies/{company}/users/{user}:completeRecovery", people::act, CHECKED, Some(May::Recover)),
        route("POST", "/v1beta1/accounts/{account}/companies/{company}/users/{user}:cancelRecovery", people::act, CHECKED, Some(May::Recover)),
        route("GET", "/v1beta1/accounts/{account}/users", people::find, SEARCHED, Some(May::View)),
        route("GET", "/v1beta1/accounts/{account}/recoveries", people::list_recoveries, PAGED, Some(May::View)),
        route("GET", "/v1beta1/accounts/{account}/companies/{company}/vaults", vaults::list, PAGED, Some(May::View)),
        route("POST", "/v1beta1/accounts/{account}/companies/{company}/vaults/{vault}:grantAccess", vaults::grant, CHECKED, Some(May::Vaults)),
        route("GET", "/v1beta1/accounts/{account}/companies/{company}/usage", usage::company, PERIOD, Some(May::View)),
        route("GET", "/v1beta1/accounts/{account}/usage", usage::overall, USAGE, Some(May::View)),
        route("GET", "/v1beta1/accounts/{account}/technicians", technicians::list, PAGED, Some(May::Technicians)),
        route("POST", "/v1beta1/accounts/{account}/technicians", technicians::add, CHECKED, Some(May::Technicians)),
        route("GET", "/v1beta1/accounts/{account}/technicians/{technician}", technicians::get, &[], Some(May::Technicians)),
        route("PATCH", "/v1beta1/accounts/{account}/technicians/{technician}", technicians::patch, CHECKED, Some(May::Technicians)),
        route("POST", "/v1beta1/accounts/{account}/technicians/{technician}:revoke", technicians::revoke, CHECKED, Some(May::Technicians)),
        route("POST", "/v1beta1/accounts/{account}/technicians/{technician}:rotate", technicians::enrol, CHECKED, Some(May::Technicians)),
        route("POST", "/v1beta1/accounts/{account}/technicians/{technician}:enrol", technicians::enrol, CHECKED, Some(May::Technicians)),
        route("GET", "/v1beta1/accounts/{account}/tasks", tasks::list, TASKS, Some(May::View)),
        route("POST", "/v1beta1/accounts/{account}/tasks", tasks::begin, CHECKED, Some(May::Edit)),
        route("GET", "/v1beta1/accounts/{account}/tasks/{task}", tasks::get, &[], Some(May::View)),
        route("POST", "/v1beta1/accounts/{account}/tasks/{task}:verify", tasks::verify, CHECKED, Some(May::Edit)),
        route("POST", "/v1beta1/accounts/{account}/tasks/{task}:declare", tasks::declare, CHECKED, Some(May::Edit)),
        route("POST", "/v1beta1/accounts/{account}/tasks/{task}:cancel", tasks::cancel, CHECKED, Some(May::Edit)),
        route("GET", "/v1beta1/accounts/{account}/sources", sources::list, SOURCES, Some(May::View)),
        route("POST", "/v1beta1/accounts/{account}/companies/{company}/sources/{source}:check", sources::check, CHECKED, Some(May::Edit)),
        route("GET", "/launch/{token}", web::launch::page, &[], None),
        route("POST", "/launch/people", web::invite::page, &[], None),
        route("GET", "/owner", web::owner::list_page, &[], None),
        route("POST", "/owner/links", web::owner::start_page, &[], None),
        route("GET", "/owner/links/{link}", web::owner::link_page, &[], None),
        route("POST", "/owner/links/{link}", web::owner::answer_page, &[], None),
    ]
}

/// The routes with everything that happens to a request before and after its handler.
pub fn app(state: SharedState) -> HttpService {
    // Without the checks for axum 0.7's syntax: a segment such as `:unlink` is meant literally.
    let mut router = Router::new().without_v07_checks();
    // The pages of the sample play what 1Password and the Owners of companies do.
    let served = |route: &Route| route.endpoint.is_api() || !state.is_real();
    for Route { endpoint, handler } in table().into_iter().filter(served) {
        let handler = if endpoint.is_api() {
            handler
                .route_layer(from_fn_with_state(state.clone(), read_request::read_request))
                .route_layer(from_fn_with_state(state.clone(), authorize::authorize))
                .route_layer(axum::Extension(endpoint.clone()))
        } else if endpoint.is_used_up() {
            // Else `GET` answers `HEAD` too.
            handler.head(method_not_allowed)
        } else {
            handler
        };
        router = router.route(&separate_verbs(endpoint.template), handler);
    }
    let no_store = SetResponseHeaderLayer::overriding(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let no_sniff =
        SetResponseHeaderLayer::overriding(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    let layers = ServiceBuilder::new()
        .layer(axum::Extension(BodyLimit(state.limits.body)))
        .layer(from_fn_with_state(state.clone(), access_log::log))
        .layer(from_fn_with_state(state.clone(), headers::set_date))
        .layer(from_fn(headers::identify))
        .layer(no_store)
        .layer(no_sniff)
        .layer(from_fn_with_state(state.clone(), hosts::check_host))
        .layer(CatchPanicLayer::custom(task::panicked))
        .layer(from_fn_with_state(state.clone(), faults::inject))
        .layer(from_fn_with_state(state.clone(), task::run))
        .layer(DefaultBodyLimit::max(state.limits.body));
    let router = router
        .fallback(|| async { ApiError::not_found() })
        .method_not_allowed_fallback(method_not_allowed)
        .layer(layers)
        .with_state(state);
    MapRequestLayer::new(rewrite as fn(Request) -> Request).layer(router)
}

/// Makes the verb of `companies/{company}:unlink` a segment of its own, because axum does not match behind a capture
/// within one. Every colon is cut at, so that an id with a colon in it is no id.
fn separate_verbs(path: &str) -> String {
    path.replace("%3A", ":").replace("%3a", ":").replace(':', "/:")
}

fn rewrite(mut request: Request) -> Request {
    let mut parts = request.uri().clone().into_parts();
    let rewritten = parts.path_and_query.as_ref().and_then(|whole| {
        let query = whole.query().map_or_else(String::new, |query| format!("?{query}"));
        format!("{}{query}", separate_verbs(whole.path())).parse().ok()
    });
    if rewritten.is_some() {
        parts.path_and_query = rewritten;
        *request.uri_mut() = Uri::from_parts(parts).unwrap_or_default();
    }
    request
}

/// 405 with what is possible, which is also the answer to `OPTIONS`.
async fn method_not_allowed(method: Method, matched: MatchedPath) -> response::Result<Reply, ApiError> {
    let mut allowed = Vec::new();
    for Route { endpoint, .. } in table() {
        if separate_verbs(endpoint.template) == matched.as_str() {
            allowed.push(endpoint.method);
            if endpoint.method == "GET" && !endpoint.is_used_up() {
                allowed.push("HEAD");
            }
        }
    }
    allowed.push("OPTIONS");
    let allow = allowed.join(", ");
    if method == Method::OPTIONS {
        return Ok(Reply::empty(StatusCode::NO_CONTENT).with(header::ALLOW, &allow));
    }
    let detail = format!("{method} is not possible here; {allow} are.");
    Err(ApiError::new(StatusCode::METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED", detail).with(header::ALLOW, &allow))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verb_becomes_a_segment_however_its_colon_is_written() {
        let base = "/v1beta1/accounts/A/companies";
        for path in [format!("{base}/C:launch"), format!("{base}/C%3Alaunch"), format!("{base}/C%3alaunch")] {
            assert_eq!(separate_verbs(&path), format!("{base}/C/:launch"));
        }
        assert_eq!(separate_verbs(&format!("{base}:changes")), format!("{base}/:changes"));
        assert_eq!(separate_verbs(&format!("{base}/a:b:launch")), format!("{base}/a/:b/:launch"));
        assert_eq!(separate_verbs(&format!("{base}/:launch")), format!("{base}//:launch"));
    }
}
