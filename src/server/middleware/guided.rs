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

/// What a source of the company can do instead: whether it has one, the handler knows.
const BY_SOURCE: [&str; 2] = ["SUSPEND", "REACTIVATE"];

/// 409 for what only the web console can do.
pub fn refuse(endpoint: &Endpoint) -> Result<(), ApiError> {
    match kind(endpoint) {
        Some(task) if !BY_SOURCE.contains(&task) => Err(by_hand(task)),
        _ => Ok(()),
    }
}

/// The kind of task that stands for an operation.
pub fn kind(endpoint: &Endpoint) -> Option<&'static str> {
    let path = endpoint.template.strip_prefix("/v1beta1/accounts/{account}")?;
    let row = GUIDED.iter().find(|(method, template, _)| (*method, *template) == (endpoint.method, path));
    row.map(|(_, _, task)| *task)
}

/// The refusal of what is a task.
pub fn by_hand(task: &'static str) -> ApiError {
    let detail = "Only the web console of 1Password can do this. Do it there.";
    ApiError { task_kind: Some(task), ..ApiError::new(StatusCode::CONFLICT, "GUIDED_ONLY", detail) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::router;

    #[test]
    fn every_row_is_an_operation_of_the_router() {
        let refused = router::table().into_iter().filter(|route| kind(&route.endpoint).is_some()).count();
        assert_eq!(refused, GUIDED.len());
    }
}
