//! Lists that have no end, and rows that cannot be read, in every list that the client follows.

use crate::support::mock::{below, count, ok, server};
use crate::support::raw_server::{Misbehaviour, RawServer};
use crate::support::test_client::{client, company};
use mspdash::domain::activity::ListActivity;
use mspdash::domain::error::{Cause, RetryAdvice};
use mspdash::domain::paging::Endless;
use mspdash::domain::request::{
    Answer, GetCurves, GetUsage, ListChanges, ListCompanies, ListGroups, ListLinks, ListPeople, ListRecoveries,
    ListTechnicians, ListVaults, Request,
};
use mspdash::domain::usage::Period;
use serde_json::{Value, json};
use std::sync::atomic::{AtomicUsize, Ordering};
use wiremock::matchers::path;
use wiremock::{Mock, MockServer};

#[tokio::test]
async fn the_next_page_is_asked_for_while_the_rows_of_the_first_are_on_their_way() {
    let head = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 9999\r\n\
        link: <?max_page_size=1000&page_token=p%2B2>; rel=\"next\"\r\n\r\n{\"results\":[";
    let mut server = RawServer::start(Misbehaviour::Hang(head)).await;
    let client = client(&format!("http://{}", server.address));
    let first = tokio::spawn(async move { client.perform(ListCompanies::roster(None).into()).await });
    server.reached().await;
    server.reached().await;
    assert!(!first.is_finished());
    first.abort();
}

fn november() -> Period {
    Period { start: "2026-11-01".parse().unwrap(), end: "2026-11-30".parse().unwrap() }
}

/// Every list that the client follows to its end, and where it is.
fn lists() -> Vec<(Request, &'static str)> {
    vec![
        (Request::ListPeople(ListPeople { company: company() }), "companies/COMPANY/users"),
        (Request::ListGroups(ListGroups { company: company() }), "companies/COMPANY/groups"),
        (Request::ListLinks(ListLinks), "link_requests"),
        (Request::ListRecoveries(ListRecoveries), "recoveries"),
        (Request::ListTechnicians(ListTechnicians), "technicians"),
        (Request::ListVaults(ListVaults { company: company() }), "companies/COMPANY/vaults"),
        (Request::GetUsage(GetUsage { period: november() }), "usage"),
        (Request::GetCurves(GetCurves { companies: vec![company()], period: november() }), "usage"),
    ]
}

/// A row that fits into every list.
fn row(at: usize) -> Value {
    let id = format!("ID{at}");
    json!({"id": id, "company_id": id, "user_id": id, "name": "N", "daily_seats": []})
}

#[expect(clippy::needless_pass_by_value, reason = "both are made for the one call")]
fn page(rows: Vec<Value>, next: Option<String>, total: Option<u64>) -> Value {
    json!({"results": rows, "next_page_token": next, "total_size": total,
        "start_date": "2026-11-01", "end_date": "2026-11-30", "next_change_token": "2"})
}

/// Answers the nth question by `page(n)`.
async fn pages(server: &MockServer, at: &str, page: impl Fn(usize) -> Value + Send + Sync + 'static) {
    let asked = AtomicUsize::new(0);
    let answer = move |_: &wiremock::Request| ok(&page(asked.fetch_add(1, Ordering::SeqCst)));
    Mock::given(path(below(at))).respond_with(answer).mount(server).await;
}

#[tokio::test]
async fn no_list_is_followed_for_ever() {
    type Token = fn(usize) -> String;
    let ways: [(Token, usize, usize, Endless); 5] = [
        (|_| "A".into(), 25, 2, Endless::SameToken),
        (|at| ["A", "B"][at % 2].into(), 25, 3, Endless::SameToken),
        (|at| ["A", "B", "C"][at % 3].into(), 25, 4, Endless::SameToken),
        (|at| at.to_string(), 25, 6, Endless::MoreThan(48)),
        (|at| at.to_string(), 0, 21, Endless::Empty),
    ];
    for (request, at) in lists() {
        for (token, rows, most, why) in ways {
            let server = server().await;
            let rows = move |at: usize| (0..rows).map(|row_at| row(at * 100 + row_at)).collect();
            pages(&server, at, move |at| page(rows(at), Some(token(at)), Some(48))).await;
            let error = client(&server.uri()).perform(request.clone()).await.unwrap_err();
            assert_eq!((error.operation, error.retry), (request.operation(), RetryAdvice::Now));
            assert_eq!(error.cause, Cause::Endless(why), "{at}");
            assert_eq!(count(&server, &below(at)).await, most, "{at}: {why:?}");
        }
    }
}

#[tokio::test]
async fn a_list_whose_pages_are_too_large_together_is_given_up() {
    let server = server().await;
    // Five bodies of just below the largest one.
    let filler = "x".repeat(60 << 10);
    pages(&server, "link_requests", move |at| {
        let mut body = page(vec![row(at)], (at < 9).then(|| at.to_string()), Some(10));
        body["filler"] = filler.clone().into();
        body
    })
    .await;
    let error = client(&server.uri()).perform(ListLinks.into()).await.unwrap_err();
    assert_eq!(error.cause, Cause::Endless(Endless::TooLong));
    assert_eq!(count(&server, &below("link_requests")).await, 5);
}

#[tokio::test]
async fn a_page_without_rows_is_not_the_end() {
    for (request, at) in lists() {
        let server = server().await;
        pages(&server, at, |at| {
            let rows = if at == 1 { Vec::new() } else { vec![row(at)] };
            page(rows, (at < 2).then(|| at.to_string()), Some(2))
        })
        .await;
        assert!(client(&server.uri()).perform(request).await.is_ok());
        assert_eq!(count(&server, &below(at)).await, 3, "{at}");
    }
}

#[tokio::test]
async fn rows_that_cannot_be_read_are_counted_in_every_list() {
    let others = [
        (Request::ListActivity(ListActivity::default()), "audit_events"),
        (Request::ListChanges(ListChanges { since: "1".into(), wait: 0 }), "companies:changes"),
    ];
    for (request, at) in lists().into_iter().chain(others) {
        let server = server().await;
        pages(&server, at, |_| page(vec![row(1), json!({}), Value::Null, "row".into(), row(2)], None, Some(5))).await;
        let answer = client(&server.uri()).perform(request.clone()).await.unwrap();
        assert!(answer.answers(&request), "{answer:?}");
        if matches!(request, Request::GetCurves(_)) {
            assert!(matches!(answer, Answer::Curves(rows) if rows.len() == 2));
        } else {
            assert!(matches!(answer, Answer::Partly(_, 3)), "{at}: {answer:?}");
        }
    }
}
