//! What an answer other than 2xx means. The contract has one shape of errors; gateways, proxies and older
//! servers have others, and some send nothing at all.

use super::reply::Reply;
use super::retry::{FailedAttempt, RetryDelay, full_jitter, retry_after};
use super::text::{LONGEST, cut, one_line};
use crate::domain::error::{Cause, ConflictCode, Error, RetryAdvice, Violation};
use crate::wire::problem::Problem;
use jiff::{SignedDuration, Timestamp};
use reqwest::StatusCode;
use reqwest::header::{self, HeaderMap};
use serde_json::Value;
use std::time::Duration;
use url::Url;

/// Longest code or field name.
const LONGEST_WORD: usize = 64;
/// Most violations that are shown.
const MOST_VIOLATIONS: usize = 50;
/// The moment that a server names is put off by up to this.
const SPREAD: Duration = Duration::from_secs(1);
/// A server that is busy for longer than this is asked again after this.
const LONGEST_PAUSE: Duration = Duration::from_hours(1);

/// Names an answer that is not 2xx.
pub fn from_response(
    status: StatusCode,
    headers: &HeaderMap,
    reply: &Reply,
    base: &Url,
    now: Timestamp,
) -> FailedAttempt {
    let said = ErrorBody::read(reply);
    let cause = cause(status, headers, base, &said);
    let wait = retry_after(headers, now);
    let retry = match status.as_u16() {
        // Not all who were told the same moment at once.
        429 | 503 => wait.map_or(RetryAdvice::Now, |wait| later(now, wait.saturating_add(full_jitter(SPREAD)))),
        408 | 500..=599 => RetryAdvice::Now,
        _ => RetryAdvice::Never,
    };
    let again = match status.as_u16() {
        429 => wait.map_or(RetryDelay::Long, RetryDelay::After),
        503 => wait.map_or(RetryDelay::Short, RetryDelay::After),
        502 | 504 => RetryDelay::Short,
        _ => RetryDelay::Never,
    };
    let request_id = reply.request_id.clone().or(said.request_id);
    FailedAttempt {
        error: Error {
            operation: reply.operation,
            cause,
            retry,
            detail: said.detail,
            request_id,
            earlier_outcome_unknown: false,
        },
        again,
    }
}

fn cause(status: StatusCode, headers: &HeaderMap, base: &Url, said: &ErrorBody) -> Cause {
    match status.as_u16() {
        401 => Cause::NotSignedIn,
        403 if said.code == "MFA_REQUIRED" => Cause::MfaRequired,
        403 if said.code == "READ_ONLY" => Cause::ReadOnly,
        403 if said.code == "ADVANCED_PERMISSION_OFF" => Cause::AdvancedOff,
        403 if said.code == "ADVANCED_PERMISSION_NOT_GRANTED" => Cause::AdvancedNotGranted,
        403 => Cause::NotAllowed,
        404 => Cause::NotFound,
        409 => Cause::Conflict(ConflictCode::from(said.code.as_str())),
        410 => Cause::Gone,
        412 | 428 => Cause::ChangedMeanwhile,
        400 | 422 => Cause::NotAccepted { violations: said.violations.clone() },
        429 => Cause::TooManyRequests,
        code @ 500..=599 => Cause::ServerFailed { status: code },
        300..=399 if headers.contains_key(header::LOCATION) => Cause::Redirected { to: target(headers, base) },
        code => Cause::Unexpected { status: code },
    }
}

/// The host of a redirect; never its path or query, which may hold a session.
fn target(headers: &HeaderMap, base: &Url) -> String {
    let to = headers.get(header::LOCATION).and_then(|to| to.to_str().ok()).and_then(|to| base.join(to).ok());
    let host = to.as_ref().and_then(Url::host_str).unwrap_or_default().to_owned();
    cut(&to.and_then(|to| to.port()).map_or_else(|| host.clone(), |port| format!("{host}:{port}")), LONGEST)
}

fn later(now: Timestamp, wait: Duration) -> RetryAdvice {
    let wait = SignedDuration::try_from(wait.min(LONGEST_PAUSE)).unwrap_or_default();
    now.checked_add(wait).map_or(RetryAdvice::Now, RetryAdvice::At)
}

/// What a body says, whatever its shape.
#[derive(Default)]
struct ErrorBody {
    code: String,
    detail: String,
    violations: Vec<Violation>,
    request_id: Option<String>,
}

impl ErrorBody {
    fn read(reply: &Reply) -> Self {
        let body = String::from_utf8_lossy(&reply.body);
        match serde_json::from_str::<Value>(&body) {
            Ok(value) => Self::of_json(value),
            Err(_) => Self { detail: one_line(&page_title(&body)), ..Self::default() },
        }
    }

    fn of_json(value: Value) -> Self {
        let error = value.get("error");
        let inner = |name: &str| error.and_then(|error| error.get(name));
        let first = |name: &str| value.get("errors").and_then(|errors| errors.get(0)).and_then(|e| e.get(name));
        // RFC 9457 and SCIM; OAuth; Google; others; last the short name of the kind of problem.
        let sentences = [
            value.get("detail"),
            value.get("error_description"),
            inner("message"),
            value.get("message"),
            first("detail"),
            first("message"),
            value.get("title"),
            error,
            Some(&value),
        ];
        let said = |value: &&Value| value.as_str().is_some_and(|text| !text.trim().is_empty());
        let detail = sentences.into_iter().flatten().find(said).and_then(Value::as_str).unwrap_or_default();
        let detail = one_line(detail);
        let code = [value.get("code"), inner("code"), inner("status")];
        let code = code.into_iter().flatten().find_map(Value::as_str).map(|code| cut(code, LONGEST_WORD));
        let code = code.unwrap_or_default();
        // Other shapes do not fit (SCIM has the status as text): then there are no violations to show.
        let problem: Problem = serde_json::from_value(value).unwrap_or_default();
        let violations = problem.field_violations.iter().take(MOST_VIOLATIONS).map(|violation| Violation {
            field: cut(&violation.field, LONGEST_WORD),
            description: one_line(&violation.description),
        });
        let violations = violations.collect();
        let request_id = Some(cut(&problem.request_id, LONGEST_WORD)).filter(|id| !id.is_empty());
        Self { code, detail, violations, request_id }
    }
}

/// The title of an HTML page, or the beginning of any other text.
fn page_title(body: &str) -> String {
    let lower = body.to_ascii_lowercase();
    if !lower.trim_start().starts_with('<') {
        return body.to_owned();
    }
    let title = lower.find("<title").and_then(|at| {
        let start = at + lower.get(at..)?.find('>')? + 1;
        let end = start + lower.get(start..)?.find('<')?;
        body.get(start..end)
    });
    title.unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::error::Operation;

    fn reply(body: &str) -> Reply {
        Reply {
            operation: Operation::ListCompanies,
            content_type: String::new(),
            request_id: None,
            began: std::time::Instant::now(),
            body: body.as_bytes().to_vec(),
        }
    }

    fn detail(body: &str) -> String {
        ErrorBody::read(&reply(body)).detail
    }

    #[test]
    fn every_shape_of_an_error_gives_its_sentence() {
        for body in [
            r#"{"type":"about:blank","title":"t","status":400,"detail":"It said so.","code":"X"}"#,
            r#"{"error":"It said so."}"#,
            r#"{"error":"invalid_client","error_description":"It said so."}"#,
            r#"{"error":{"code":400,"message":"It said so.","status":"INVALID_ARGUMENT"}}"#,
            r#"{"message":"It said so."}"#,
            r#"{"status":400,"detail":"It said so."}"#,
            r#"{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"404","detail":"It said so."}"#,
            r#"{"errors":[{"message":"It said so."}]}"#,
            r#"{"title":"It said so.","detail":""}"#,
            r#""It said so.""#,
            "<!doctype html><html><head><TITLE lang=en>It said\n so.</TITLE></head><body>x</body></html>",
            "It said so.",
        ] {
            assert_eq!(detail(body), "It said so.", "{body}");
        }
        for body in ["", "{}", "[]", "null", "7", "<html><body>no title</body></html>", "<title"] {
            assert_eq!(detail(body), "", "{body}");
        }
    }

    #[test]
    fn sentences_are_clean_and_short() {
        let body = serde_json::json!({"detail": format!("\u{1b}[31mRed\u{202e} {}", "long ".repeat(2000))});
        let said = detail(&body.to_string());
        assert!(said.starts_with("[31mRed long long"), "{said}");
        assert_eq!(said.chars().count(), LONGEST);
        assert!(said.ends_with('…'));
    }

    proptest::proptest! {
        #[test]
        fn no_body_makes_reading_it_panic(text in "\\PC*|.*|<[tT]itle.{0,9}>?.*|[<>\u{130}titleTİ/]*|\\{\"(error|detail)\":.*\\}") {
            let said = ErrorBody::read(&reply(&text));
            proptest::prop_assert!(said.detail.chars().count() <= LONGEST);
            let _ = reply(&text).json::<crate::wire::list::List<crate::wire::company::Company>>();
        }
    }

    #[test]
    fn a_pause_is_never_longer_than_an_hour() {
        let now: Timestamp = "2026-11-22T12:00:00Z".parse().unwrap();
        assert_eq!(later(now, Duration::from_secs(7)), RetryAdvice::At("2026-11-22T12:00:07Z".parse().unwrap()));
        assert_eq!(later(now, Duration::MAX), RetryAdvice::At("2026-11-22T13:00:00Z".parse().unwrap()));
    }

    #[test]
    fn a_redirect_tells_its_host_and_nothing_more() {
        let base: Url = "https://api.harbour.example/msp/".parse().unwrap();
        let mut headers = HeaderMap::new();
        for (location, host) in [
            ("https://login.example:8443/x?token=abc", "login.example:8443"),
            ("/elsewhere", "api.harbour.example"),
            ("http://u:p@evil.example/", "evil.example"),
            ("::::", "api.harbour.example"),
        ] {
            headers.insert(header::LOCATION, location.parse().unwrap());
            assert_eq!(target(&headers, &base), host, "{location}");
        }
    }
}
