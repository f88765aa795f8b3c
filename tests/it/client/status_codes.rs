//! What every status other than 2xx is called.

use crate::support::test_client::trouble_of;
use mspdash::domain::error::{Cause, ConflictCode, RetryAdvice, Violation};
use serde_json::json;
use wiremock::{MockServer, ResponseTemplate};

#[tokio::test]
async fn every_status_has_its_name() {
    let code = |code: &str| json!({"code": code, "detail": "So it is.", "request_id": "r-1"});
    let table = [
        (403, code("PERMISSION_DENIED"), Cause::NotAllowed),
        (403, code("MFA_REQUIRED"), Cause::MfaRequired),
        (403, code("READ_ONLY"), Cause::ReadOnly),
        (404, code("NOT_FOUND"), Cause::NotFound),
        (405, code(""), Cause::Unexpected { status: 405 }),
        (409, code("NO_CONFIRMED_OWNER"), Cause::Conflict(ConflictCode::NoConfirmedOwner)),
        (409, code("ALREADY_UNLINKED"), Cause::Conflict(ConflictCode::AlreadyUnlinked)),
        (409, code("REGION_MISMATCH"), Cause::Conflict(ConflictCode::RegionMismatch)),
        (409, code("ALREADY_MANAGED"), Cause::Conflict(ConflictCode::AlreadyManaged)),
        (409, code("LAST_OWNER"), Cause::Conflict(ConflictCode::LastOwner)),
        (409, code("SELF_RECOVERY"), Cause::Conflict(ConflictCode::SelfRecovery)),
        (409, code("TECHNICIAN_NOT_ALLOWED"), Cause::Conflict(ConflictCode::TechnicianNotAllowed)),
        (409, code("A_NEW_RULE"), Cause::Conflict(ConflictCode::Other("A_NEW_RULE".into()))),
        (403, code("ADVANCED_PERMISSION_OFF"), Cause::AdvancedOff),
        (403, code("ADVANCED_PERMISSION_NOT_GRANTED"), Cause::AdvancedNotGranted),
        (410, code("GONE"), Cause::Gone),
        (407, code(""), Cause::Unexpected { status: 407 }),
        (412, code(""), Cause::ChangedMeanwhile),
        (428, code(""), Cause::ChangedMeanwhile),
        (500, code(""), Cause::ServerFailed { status: 500 }),
    ];
    for (status, body, cause) in table {
        let response = ResponseTemplate::new(status).set_body_raw(body.to_string(), "application/problem+json");
        let (error, tries) = trouble_of(response).await;
        assert_eq!((error.cause, tries), (cause, 1), "{status} {body}");
        assert_eq!((error.detail.as_str(), error.request_id.as_deref()), ("So it is.", Some("r-1")));
        assert_eq!(error.retry, if status == 500 { RetryAdvice::Now } else { RetryAdvice::Never });
    }
}

#[tokio::test]
async fn what_was_not_accepted_is_told_field_by_field() {
    for status in [400, 422] {
        let violation = json!({"field": "address.country_code", "description": "Not a\ncountry.\u{1b}[2J"});
        let body = json!({"code": "INVALID_ARGUMENT", "detail": "No.", "field_violations": [violation]});
        let (error, _) = trouble_of(ResponseTemplate::new(status).set_body_json(body)).await;
        let field = Violation { field: "address.country_code".into(), description: "Not a country.[2J".into() };
        assert_eq!(error.cause, Cause::NotAccepted { violations: vec![field] });
    }
}

#[tokio::test]
async fn the_servers_name_for_the_request_comes_from_its_header_first() {
    let response = ResponseTemplate::new(404).insert_header("x-request-id", "from-header");
    let (error, _) = trouble_of(response.set_body_json(json!({"request_id": "from-body"}))).await;
    assert_eq!(error.request_id.as_deref(), Some("from-header"));
}

#[tokio::test]
async fn a_redirect_is_named_and_never_followed() {
    let elsewhere = MockServer::start().await;
    for status in [301, 302, 303, 307, 308] {
        let location = format!("{}/login?session=abc", elsewhere.uri());
        let (error, tries) = trouble_of(ResponseTemplate::new(status).insert_header("location", location)).await;
        let to = elsewhere.address().to_string();
        assert_eq!((error.cause, error.retry, tries), (Cause::Redirected { to }, RetryAdvice::Never, 1));
    }
    assert!(elsewhere.received_requests().await.unwrap().is_empty());
}
