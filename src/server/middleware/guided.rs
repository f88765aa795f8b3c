//! What 1Password offers in its web console alone. In a REAL workspace this API cannot do it, and says so with the kind
//! of task that leads a technician through it.

use crate::server::error::ApiError;
use crate::server::extract::Endpoint;
use axum::http::StatusCode;

/// Operation, without what every path begins with, and kind of task.
const GUIDED: &[(&str, &str, &str)] = &[
    ("POST", "/companies/{company}:launch", "LAUNCH"),
    ("POST", "/companies/{company}:unlink", "UNLINK"),
    ("POST", "/link_requests:accept", "LINK"),
    ("POST", "/link_requests/{link}:cancel", "LINK"),
    ("POST", "/companies/{company}/groups/{group}/members", "OWNER"),
    ("DELETE", "/companies/{company}/groups/{group}/members/{user}", "REMOVE_OWNER"),
    ("POST", "/companies/{company}/users/{user}:suspend", "SUSPEND"),
    ("POST", "/companies/{company}/users/{user}:reactivate", "REACTIVATE"),
    ("POST", "/companies/{company}/users/{user}:beginRecovery", "BEGIN_RECOVERY"),
    ("POST", "/companies/{company}/users/{user}:completeRecovery", "COMPLETE_RECOVERY"),
    ("POST", "/companies/{company}/users/{user}:cancelRecovery", "CANCEL_RECOVERY"),
    ("POST", "/companies/{company}/vaults/{vault}:grantAccess", "VAULT"),
    ("GET", "/companies/{company}/usage", "USAGE"),
    ("GET", "/usage", "USAGE"),
];

/// 409 for what only the web console can do.
pub fn refuse(endpoint: &Endpoint) -> Result<(), ApiError> {
    let Some(path) = endpoint.template.strip_prefix("/v1beta1/accounts/{account}") else { return Ok(()) };
    let task = GUIDED.iter().find(|(method, template, _)| (*method, *template) == (endpoint.method, path));
    let Some((_, _, task)) = task else { return Ok(()) };
    let detail = "Only the web console of 1Password can do this. Do it there.";
    Err(ApiError { task_kind: Some(task), ..ApiError::new(StatusCode::CONFLICT, "GUIDED_ONLY", detail) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::router;

    #[test]
    fn every_row_is_an_operation_of_the_router() {
        let refused = router::table().into_iter().filter(|route| refuse(&route.endpoint).is_err()).count();
        assert_eq!(refused, GUIDED.len());
    }
}
