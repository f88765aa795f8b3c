//! When a call is tried again, and when it is not.

use crate::support::mock::{below, count, ok, server};
use crate::support::test_client::{
    BUSY, client, companies, endpoint, first_then, impatient, list, page, quick, trouble_of, unlink,
};
use mspdash::client::{Client, Limits};
use mspdash::domain::error::{Cause, Operation, RetryAdvice};
use mspdash::domain::request::{Request, Unlink};
use serde_json::json;
use std::time::Duration;
use wiremock::matchers::path;
use wiremock::{Mock, ResponseTemplate};

#[tokio::test]
async fn a_busy_server_is_asked_three_times_at_most() {
    for status in [502, 503, 504, 429] {
        let (error, tries) = trouble_of(ResponseTemplate::new(status)).await;
        assert_eq!((error.retry, tries), (RetryAdvice::Now, 3), "{status}");
        let server = server().await;
        first_then(&server, 2, ResponseTemplate::new(status), ok(&json!({"results": []}))).await;
        page(client(&server.uri()).perform(list()).await);
    }
}

#[tokio::test]
async fn a_short_retry_after_is_waited_for_and_a_long_one_is_handed_to_the_person() {
    let server = server().await;
    let soon = ResponseTemplate::new(429).insert_header("retry-after", "0");
    first_then(&server, 1, soon, ok(&json!({"results": []}))).await;
    page(client(&server.uri()).perform(list()).await);

    for (value, seconds) in [("30", 30), ("315360000", 3600), ("Fri, 01 Jan 2100 00:00:00 GMT", 3600)] {
        for status in [429, BUSY] {
            let before = mspdash::clock::now();
            let (error, tries) = trouble_of(ResponseTemplate::new(status).insert_header("retry-after", value)).await;
            let RetryAdvice::At(time) = error.retry else { panic!("{value}: {:?}", error.retry) };
            let wait = time.duration_since(before).as_secs();
            assert!((seconds..seconds + 30).contains(&wait), "{value}: {wait}");
            assert_eq!(tries, 1, "{value}");
        }
    }
    for value in ["-5", "nonsense", ""] {
        let (error, tries) = trouble_of(ResponseTemplate::new(429).insert_header("retry-after", value)).await;
        assert_eq!((error.cause, error.retry, tries), (Cause::TooManyRequests, RetryAdvice::Now, 3), "{value}");
    }
}

#[tokio::test]
async fn a_write_is_repeated_under_the_same_key_and_never_without_one() {
    let at = below("companies/COMPANY:unlink");
    let server = server().await;
    let busy = Mock::given(path(&at)).respond_with(ResponseTemplate::new(BUSY));
    busy.up_to_n_times(2).with_priority(1).mount(&server).await;
    Mock::given(path(&at)).respond_with(ok(&json!({"id": "COMPANY"}))).mount(&server).await;
    assert!(client(&server.uri()).perform(unlink(false)).await.is_ok());
    let received = server.received_requests().await.unwrap();
    let keys: Vec<_> = received.iter().filter_map(|r| r.headers.get("idempotency-key")).collect();
    assert_eq!(keys, ["key-1", "key-1", "key-1"]);

    let server = crate::support::mock::server().await;
    Mock::given(path(&at)).respond_with(ResponseTemplate::new(BUSY)).expect(1).mount(&server).await;
    let Request::Unlink(Unlink { company, etag, validate_only, mut key }) = unlink(false) else { return };
    key.0.clear();
    let keyless = Request::Unlink(Unlink { company, etag, validate_only, key });
    assert!(client(&server.uri()).perform(keyless).await.is_err());
}

/// The first try may have done it. A later one that gets nowhere says nothing about that; an answer to the write does.
#[tokio::test]
async fn a_lost_answer_is_not_forgotten_over_a_later_try_that_got_nowhere() {
    let at = below("companies/COMPANY:unlink");
    for (first, last, doubt) in
        [(502, 403, true), (502, 429, true), (502, 502, true), (502, 412, false), (429, 403, false), (429, 429, false)]
    {
        let server = server().await;
        let once = Mock::given(path(&at)).respond_with(ResponseTemplate::new(first)).up_to_n_times(1);
        once.with_priority(1).mount(&server).await;
        Mock::given(path(&at)).respond_with(ResponseTemplate::new(last)).mount(&server).await;
        let error = client(&server.uri()).perform(unlink(false)).await.unwrap_err();
        assert_eq!(error.outcome_unknown(), doubt, "{first}, then {last}: {error:?}");
        assert_eq!(error.operation, Operation::Unlink);
    }
}

/// The token ran out between the tries, and no other is to be had.
#[tokio::test]
async fn a_sign_in_that_fails_after_a_lost_answer_leaves_it_open() {
    let server = server().await;
    let at = below("companies/COMPANY:unlink");
    let once = Mock::given(path(&at)).respond_with(ResponseTemplate::new(502)).up_to_n_times(1);
    once.with_priority(1).mount(&server).await;
    Mock::given(path(&at)).respond_with(ResponseTemplate::new(401)).mount(&server).await;
    let error = client(&server.uri()).perform(unlink(false)).await.unwrap_err();
    assert!(error.outcome_unknown(), "{error:?}");
}

#[tokio::test]
async fn nothing_is_in_doubt_after_a_read_or_a_rehearsal() {
    let server = server().await;
    Mock::given(path(below("companies/COMPANY:unlink"))).respond_with(ResponseTemplate::new(502)).mount(&server).await;
    let rehearsed = client(&server.uri()).rehearse(unlink(false)).await.unwrap_err();
    assert_eq!((rehearsed.operation, rehearsed.outcome_unknown()), (Operation::Rehearse, false));
    let (read, _) = trouble_of(ResponseTemplate::new(502)).await;
    assert!(!read.outcome_unknown(), "{read:?}");
}

#[tokio::test]
async fn no_further_try_begins_when_patience_is_used_up() {
    let server = server().await;
    companies(&server, ok(&json!({})).set_delay(Duration::from_mins(1))).await;
    let limits = Limits { page: impatient().page, patience: impatient().patience, ..quick() };
    let client = Client::with_limits(endpoint(&server.uri()), limits).unwrap();
    let error = client.perform(list()).await.unwrap_err();
    assert_eq!((error.cause, error.retry), (Cause::TimedOut { seconds: 1 }, RetryAdvice::Now));
    assert_eq!(count(&server, &below("companies")).await, 1);
}

#[tokio::test]
async fn a_slow_server_is_asked_again_while_patience_lasts() {
    let server = server().await;
    let slow = ok(&json!({})).set_delay(Duration::from_mins(1));
    first_then(&server, 2, slow, ok(&json!({"results": []}))).await;
    let limits = Limits { page: Duration::from_millis(250), ..quick() };
    let client = Client::with_limits(endpoint(&server.uri()), limits).unwrap();
    let tried = client.perform(list()).await;
    // On a loaded machine the third try may be late too; two of them are certain.
    assert!(tried.is_ok() || count(&server, &below("companies")).await == 3, "{tried:?}");
}

#[test]
fn the_limits_are_those_of_the_design() {
    let limits = Limits::default();
    let seconds = [limits.connect, limits.total, limits.page, limits.patience].map(|limit| limit.as_secs());
    assert_eq!(seconds, [5, 10, 40, 10]);
    assert_eq!((limits.retry_base.as_millis(), limits.body), (50, 64 * 1024 * 1024));
}
