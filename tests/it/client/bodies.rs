//! Bodies that are empty, foreign, broken or far too large.

use crate::support::mock::server;
use crate::support::test_client::{client, companies, list, page, quick, trouble_of, typed};
use mspdash::domain::error::{Cause, RetryAdvice};
use wiremock::ResponseTemplate;

#[tokio::test]
async fn an_empty_answer_is_unreadable_where_one_is_needed() {
    for response in [ResponseTemplate::new(204), ResponseTemplate::new(200), typed("application/json", " \n")] {
        let (error, tries) = trouble_of(response).await;
        assert_eq!((error.cause, tries), (Cause::Unreadable, 1));
    }
}

#[tokio::test]
async fn a_page_for_people_instead_of_json_is_not_the_api() {
    let portal = "<!doctype html><title>Welcome to Hotel Wi-Fi</title>";
    let (error, _) = trouble_of(typed("text/html; charset=utf-8", portal)).await;
    assert_eq!(error.cause, Cause::NotTheApi { content_type: "text/html; charset=utf-8".into() });
    assert_eq!(error.retry, RetryAdvice::Now);
    let (error, _) = trouble_of(typed("application/json", portal)).await;
    assert_eq!(error.cause, Cause::Unreadable);
}

#[tokio::test]
async fn json_that_does_not_fit_is_unreadable() {
    for body in ["[]", "7", "\"text\"", r#"{"results":{}}"#, r#"{"results":["#, r#"{"results":7}"#, "{\"a\":\u{7}}"] {
        let (error, _) = trouble_of(typed("application/json", body)).await;
        assert_eq!(error.cause, Cause::Unreadable, "{body}");
    }
}

#[tokio::test]
async fn absurd_numbers_and_depths_cost_a_row_at_most() {
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    let row = |extra: &str| format!(r#"{{"id":"A","x":{extra}}}"#);
    let rows = ["1e400".to_owned(), row("-0.0"), deep.clone(), row("18446744073709551616")];
    let server = server().await;
    companies(&server, typed("application/json", format!(r#"{{"results":[{}],"y":{deep}}}"#, rows.join(",")))).await;
    let page = page(client(&server.uri()).perform(list()).await);
    assert_eq!((page.companies.len(), page.unreadable), (2, 2));
}

#[tokio::test]
async fn far_too_large_bodies_are_refused_while_they_stream_packed_ones_too() {
    let large = format!("{{\"results\":[{}]}}", " ".repeat(quick().body));
    let (error, tries) = trouble_of(typed("application/json", large)).await;
    assert_eq!((error.cause, tries), (Cause::Unreadable, 1));
    let bomb = typed("application/json", GZIP_BOMB).insert_header("content-encoding", "gzip");
    let (error, _) = trouble_of(bomb).await;
    assert_eq!((error.cause, error.detail.as_str()), (Cause::Unreadable, "the answer is too large"));
    let broken = typed("application/json", "this is not gzip").insert_header("content-encoding", "gzip");
    assert_eq!(trouble_of(broken).await.0.cause, Cause::Unreadable);
}

#[tokio::test]
async fn the_body_of_an_error_is_quoted_and_never_waited_for_in_whole() {
    let long = "x".repeat(200_000);
    let (error, _) = trouble_of(ResponseTemplate::new(500).set_body_string(long)).await;
    assert_eq!((error.cause, error.detail.chars().count()), (Cause::ServerFailed { status: 500 }, 300));
}

/// 256 KiB of spaces in 307 bytes of gzip.
const GZIP_BOMB: &[u8] = &[
    31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 237, 193, 177, 17, 0, 16, 16, 0, 176, 85, 156, 49, 172, 226, 148, 58, 149, 167,
    114, 118, 215, 155, 33, 201, 201, 179, 199, 30, 43, 114, 169, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 224, 211, 238, 3, 248, 197, 44, 231, 14, 0, 4, 0,
];
