//! Lines that break, hang and dribble, and servers that are none.

use crate::support::raw_server::{Misbehaviour, RawServer};
use crate::support::test_client::{client, endpoint, impatient, list, page, quick};
use mspdash::client::{Client, Limits};
use mspdash::domain::error::{Cause, Error, Operation, RetryAdvice};
use mspdash::domain::network_fault::TlsFault;
use std::time::Duration;

async fn raw(misbehaviour: Misbehaviour) -> (Error, usize) {
    let server = RawServer::start(misbehaviour).await;
    let error = client(&format!("http://{}", server.address)).perform(list()).await.unwrap_err();
    (error, server.calls())
}

#[tokio::test]
async fn nobody_listening_is_refused() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let error = client(&format!("http://{address}")).perform(list()).await.unwrap_err();
    assert_eq!((error.operation, error.retry), (Operation::SignIn, RetryAdvice::Now));
    assert_eq!(error.cause, Cause::Refused { host: address.to_string() });
    assert!(error.detail.to_lowercase().contains("refused"), "{}", error.detail);
}

#[tokio::test]
async fn a_line_that_breaks_is_broken_and_tried_again() {
    let cut_with_length =
        b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 900\r\n\r\n{\"results\":[";
    let cut_chunked =
        b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n400\r\n{\"results\":[";
    for misbehaviour in [
        Misbehaviour::Say(b""),
        Misbehaviour::Say(b"HTTP/1.1 200 OK\r\ncontent-ty"),
        Misbehaviour::Reset(b""),
        Misbehaviour::Say(cut_with_length),
        Misbehaviour::Reset(cut_with_length),
        Misbehaviour::Say(cut_chunked),
        Misbehaviour::Say(b"\x15\x03\x01\x00\x02\x02\x46 this is no HTTP at all\r\n\r\n"),
    ] {
        let (error, tries) = raw(misbehaviour).await;
        assert!(matches!(error.cause, Cause::Broken { .. }), "{error:?}");
        assert_eq!((error.retry, tries), (RetryAdvice::Now, 3), "{error:?}");
    }
}

#[tokio::test]
async fn a_body_that_ends_early_without_breaking_is_unreadable() {
    for answer in [
        &b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n{\"results\":["[..],
        b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 5\r\n\r\n{\"results\":[]}",
    ] {
        let (error, tries) = raw(Misbehaviour::Say(answer)).await;
        assert_eq!((error.cause, tries), (Cause::Unreadable, 1));
    }
}

#[tokio::test]
async fn a_server_that_hangs_or_dribbles_times_out() {
    let head = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100000\r\n\r\n";
    for misbehaviour in [Misbehaviour::Hang(b""), Misbehaviour::Hang(head), Misbehaviour::Dribble(head)] {
        let server = RawServer::start(misbehaviour).await;
        // The sign-in is answered and may take its time.
        let limits = Limits { page: impatient().page, patience: impatient().patience, ..quick() };
        let client = Client::with_limits(endpoint(&format!("http://{}", server.address)), limits).unwrap();
        let error = client.perform(list()).await.unwrap_err();
        assert_eq!((error.cause, server.calls()), (Cause::TimedOut { seconds: 1 }, 1));
    }
}

#[tokio::test]
async fn letters_split_between_chunks_arrive_whole() {
    let server = RawServer::start(Misbehaviour::Say(
        b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n\
          20\r\n{\"results\":[{\"id\":\"A\",\"name\":\"M\xc3\r\n8\r\n\xbcller\"}]\r\n1\r\n}\r\n0\r\n\r\n",
    ))
    .await;
    let page = page(client(&format!("http://{}", server.address)).perform(list()).await);
    assert_eq!(page.companies.iter().next().map(|company| company.name).as_deref(), Some("Müller"));
}

#[tokio::test]
async fn a_server_that_cannot_do_tls_or_only_an_old_one_is_a_tls_trouble() {
    for (greeting, fault) in [
        (&b"HTTP/1.1 400 Bad Request\r\n\r\n"[..], TlsFault::NotTls),
        (b"\x15\x03\x03\x00\x02\x02\x46", TlsFault::TooOld),
        (b"\x15\x03\x03\x00\x02\x02\x28", TlsFault::TooOld),
    ] {
        let server = RawServer::start(Misbehaviour::Greet(greeting)).await;
        let error = client(&format!("https://{}", server.address)).perform(list()).await.unwrap_err();
        assert_eq!(error.cause, Cause::tls(&server.address.to_string(), fault), "{error:?}");
        assert_eq!((error.operation, error.retry), (Operation::SignIn, RetryAdvice::Never));
        assert!(!error.detail.is_empty());
    }
}

#[tokio::test]
async fn a_tls_handshake_that_hangs_ends_with_the_limit_for_connecting() {
    let server = RawServer::start(Misbehaviour::Greet(b"")).await;
    let limits = Limits { total: Duration::from_mins(1), ..impatient() };
    let client = Client::with_limits(endpoint(&format!("https://{}", server.address)), limits).unwrap();
    let error = client.perform(list()).await.unwrap_err();
    assert_eq!(error.cause, Cause::TimedOut { seconds: 1 });
}

#[tokio::test]
async fn dropping_the_future_aborts_the_call() {
    let mut server = RawServer::start(Misbehaviour::Hang(b"")).await;
    let client = client(&format!("http://{}", server.address));
    let call = tokio::spawn(async move { client.perform(list()).await });
    server.reached().await;
    call.abort();
    assert!(call.await.unwrap_err().is_cancelled());
    server.closed().await;
}

/// What was asked to be held back for a second is late only after it, and then as late as anything else.
#[tokio::test]
async fn an_answer_that_is_held_back_is_late_only_after_its_time() {
    use mspdash::domain::request::ListChanges;
    let server = RawServer::start(Misbehaviour::Hang(b"")).await;
    let client = Client::with_limits(endpoint(&format!("http://{}", server.address)), impatient()).unwrap();
    let began = std::time::Instant::now();
    let error = client.perform(ListChanges { since: "1".into(), wait: 1 }.into()).await.unwrap_err();
    assert!(matches!(error.cause, Cause::TimedOut { .. }), "{error:?}");
    assert!(began.elapsed() >= Duration::from_secs(1));
}
