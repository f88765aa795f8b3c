//! Waits between tries that somebody hears of and may end, and answers that take their time.

use crate::support::mock::{SECRET, below, count, ok, server};
use crate::support::raw_server::{Misbehaviour, RawServer};
use crate::support::test_client::{BUSY, client, companies, endpoint, first_then, list, page, quick};
use mspdash::client::{Client, Limits, Listener};
use mspdash::domain::error::{Cause, Pause, RetryAdvice};
use serde_json::json;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use wiremock::ResponseTemplate;

fn listener() -> (Listener, UnboundedReceiver<Option<Pause>>) {
    let (told, hear) = unbounded_channel();
    (Listener::new(move |pause| drop(told.send(pause))), hear)
}

fn asks_for_patience(status: u16) -> ResponseTemplate {
    let body = json!({"detail": format!("Busy, {SECRET}.")});
    ResponseTemplate::new(status).insert_header("retry-after", "19").set_body_json(body)
}

#[tokio::test]
async fn a_wait_that_the_server_asks_for_is_told_with_its_reason_and_can_be_cut_short() {
    for status in [429, BUSY] {
        let server = server().await;
        first_then(&server, 1, asks_for_patience(status), ok(&json!({"results": []}))).await;
        let (listener, mut hear) = listener();
        let client = client(&server.uri());
        let ends = listener.clone();
        let call = tokio::spawn(async move { ends.hear(client.perform(list())).await });
        let pause = hear.recv().await.unwrap().unwrap();
        assert!((19..21).contains(&pause.wait.as_secs()), "{pause:?}");
        assert_eq!(pause.error.detail, "Busy, •••.");
        listener.end(true);
        assert_eq!(hear.recv().await, Some(None), "and that it is over");
        page(call.await.unwrap());
        assert_eq!(count(&server, &below("companies")).await, 2);
    }
}

#[tokio::test]
async fn a_wait_that_is_given_up_answers_with_why_there_was_one() {
    let server = server().await;
    companies(&server, asks_for_patience(429)).await;
    let (listener, mut hear) = listener();
    let client = client(&server.uri());
    let ends = listener.clone();
    let call = tokio::spawn(async move { ends.hear(client.perform(list())).await });
    assert!(hear.recv().await.unwrap().is_some());
    listener.end(false);
    let error = call.await.unwrap().unwrap_err();
    assert_eq!(error.cause, Cause::TooManyRequests);
    assert!(matches!(error.retry, RetryAdvice::At(_)));
    assert_eq!(count(&server, &below("companies")).await, 1);
}

#[tokio::test]
async fn waits_of_a_moment_are_nobodys_news() {
    let server = server().await;
    first_then(&server, 2, ResponseTemplate::new(BUSY), ok(&json!({"results": []}))).await;
    let told = Arc::new(Mutex::new(0));
    let count = Arc::clone(&told);
    let client = client(&server.uri());
    page(Listener::new(move |_| *count.lock().unwrap() += 1).hear(client.perform(list())).await);
    assert_eq!(*told.lock().unwrap(), 0);
}

/// With the limits of the design but for the tenth of a second: each of these was named after twenty seconds.
#[tokio::test]
async fn a_page_that_does_not_come_or_not_on_is_named_as_soon_as_any_other_answer() {
    let head = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100000\r\n\r\n";
    let half = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100000\r\n\r\n{\"results\":[";
    for misbehaviour in
        [Misbehaviour::Hang(b""), Misbehaviour::Hang(head), Misbehaviour::Hang(half), Misbehaviour::Dribble(half)]
    {
        let server = RawServer::start(misbehaviour).await;
        let total = Duration::from_secs(1);
        let limits = Limits { total, page: Duration::from_mins(10), patience: total, ..quick() };
        let client = Client::with_limits(endpoint(&format!("http://{}", server.address)), limits).unwrap();
        let began = Instant::now();
        let error = client.perform(list()).await.unwrap_err();
        assert_eq!((error.cause, server.calls()), (Cause::TimedOut { seconds: 1 }, 1));
        assert!(began.elapsed() < Duration::from_mins(1), "{:?}", began.elapsed());
    }
}

#[tokio::test]
async fn a_large_page_that_goes_on_coming_may_take_longer() {
    // Five pieces, each well in time, all together later than any other answer might be.
    let server =
        RawServer::start(Misbehaviour::Pieces { bytes: 64 << 10, pause: Duration::from_millis(700), count: 5 }).await;
    let limits = Limits { total: Duration::from_secs(3), body: 1 << 20, ..quick() };
    let client = Client::with_limits(endpoint(&format!("http://{}", server.address)), limits).unwrap();
    let began = Instant::now();
    page(client.perform(list()).await);
    assert!(began.elapsed() > limits.total);
    assert_eq!(server.calls(), 1);
}
