//! What every status other than 2xx is called.

use crate::support::calls::trouble_of;
use mspdash::domain::trouble::{Because, ConflictCode, Retry, Violation};
use serde_json::json;
use wiremock::{MockServer, ResponseTemplate};

#[tokio::test]
async fn every_status_has_its_name() {
    let code = |code: &str| json!({"code": code, "detail": "So it is.", "request_id": "r-1"});
    let table = [
        (403, code("PERMISSION_DENIED"), Because::NotAllowed),
        (403, code("MFA_REQUIRED"), Because::MfaRequired),
        (403, code("READ_ONLY"), Because::ReadOnly),
        (404, code("NOT_FOUND"), Because::NotFound),
        (405, code(""), Because::Unexpected { status: 405 }),
        (409, code("NO_CONFIRMED_OWNER"), Because::Conflict(ConflictCode::NoConfirmedOwner)),
        (409, code("ALREADY_UNLINKED"), Because::Conflict(ConflictCode::AlreadyUnlinked)),
        (409, code("REGION_MISMATCH"), Because::Conflict(ConflictCode::RegionMismatch)),
        (409, code("ALREADY_MANAGED"), Because::Conflict(ConflictCode::AlreadyManaged)),
        (409, code("LAST_OWNER"), Because::Conflict(ConflictCode::LastOwner)),
        (409, code("SELF_RECOVERY"), Because::Conflict(ConflictCode::SelfRecovery)),
        (409, code("TECHNICIAN_NOT_ALLOWED"), Because::Conflict(ConflictCode::TechnicianNotAllowed)),
        (409, code("A_NEW_RULE"), Because::Conflict(ConflictCode::Other("A_NEW_RULE".into()))),
        (403, code("ADVANCED_PERMISSION_OFF"), Because::AdvancedOff),
        (403, code("ADVANCED_PERMISSION_NOT_GRANTED"), Because::AdvancedNotGranted),
        (410, code("GONE"), Because::Gone),
        (407, code(""), Because::Unexpected { status: 407 }),
        (412, code(""), Because::ChangedMeanwhile),
        (428, code(""), Because::ChangedMeanwhile),
        (500, code(""), Because::ServerFailed { status: 500 }),
    ];
    for (status, body, because) in table {
        let response = ResponseTemplate::new(status).set_body_raw(body.to_string(), "application/problem+json");
        let (trouble, tries) = trouble_of(response).await;
        assert_eq!((trouble.because, tries), (because, 1), "{status} {body}");
        assert_eq!((trouble.detail.as_str(), trouble.request_id.as_deref()), ("So it is.", Some("r-1")));
        assert_eq!(trouble.retry, if status == 500 { Retry::Now } else { Retry::Never });
    }
}

#[tokio::test]
async fn what_was_not_accepted_is_told_field_by_field() {
    for status in [400, 422] {
        let violation = json!({"field": "address.country_code", "description": "Not a\ncountry.\u{1b}[2J"});
        let body = json!({"code": "INVALID_ARGUMENT", "detail": "No.", "field_violations": [violation]});
        let (trouble, _) = trouble_of(ResponseTemplate::new(status).set_body_json(body)).await;
        let field = Violation { field: "address.country_code".into(), description: "Not a country.[2J".into() };
        assert_eq!(trouble.because, Because::NotAccepted { violations: vec![field] });
    }
}

#[tokio::test]
async fn the_servers_name_for_the_request_comes_from_its_header_first() {
    let response = ResponseTemplate::new(404).insert_header("x-request-id", "from-header");
    let (trouble, _) = trouble_of(response.set_body_json(json!({"request_id": "from-body"}))).await;
    assert_eq!(trouble.request_id.as_deref(), Some("from-header"));
}

#[tokio::test]
async fn a_redirect_is_named_and_never_followed() {
    let elsewhere = MockServer::start().await;
    for status in [301, 302, 303, 307, 308] {
        let location = format!("{}/login?session=abc", elsewhere.uri());
        let (trouble, tries) = trouble_of(ResponseTemplate::new(status).insert_header("location", location)).await;
        let to = elsewhere.address().to_string();
        assert_eq!((trouble.because, trouble.retry, tries), (Because::Redirected { to }, Retry::Never, 1));
    }
    assert!(elsewhere.received_requests().await.unwrap().is_empty());
}
