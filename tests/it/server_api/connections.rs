//! Connections that owe a request: half-sent ones, idle ones, too many.

use super::client::Api;
use mspdash::server::{Fault, Limits, Options};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// When a test fails; nothing waits for it otherwise.
const DEADLINE: Duration = Duration::from_mins(1);
const NEVER: Duration = Duration::from_hours(1);
const SHORT: Duration = Duration::from_millis(30);

const WHOLE: &str = "GET /v1beta1/session HTTP/1.1\r\nhost: localhost\r\n\r\n";
const HALF: &str = "GET /v1beta1/session HTTP/1.1\r\nhost: loc";

async fn with(head: Duration, idle: Duration, connections: usize) -> Api {
    Api::with(Options { limits: Limits { head, idle, connections, ..Limits::default() }, ..Options::default() }).await
}

async fn connect(api: &Api, sent: &str) -> TcpStream {
    let mut stream = TcpStream::connect(api.running.addresses()[0]).await.unwrap();
    stream.write_all(sent.as_bytes()).await.unwrap();
    stream
}

/// All that comes before the other side closes.
async fn until_closed(mut stream: TcpStream) -> String {
    let mut all = Vec::new();
    let read = timeout(DEADLINE, stream.read_to_end(&mut all)).await.unwrap();
    // One that is cut off while something is unread is reset.
    assert!(read.is_ok() || all.is_empty());
    String::from_utf8(all).unwrap()
}

/// The head of one answer; the connection stays open.
async fn answered(stream: &mut TcpStream) -> String {
    let mut all = Vec::new();
    while !all.ends_with(b"}") {
        let mut piece = [0; 1024];
        let read = timeout(DEADLINE, stream.read(&mut piece)).await.unwrap().unwrap();
        assert!(read > 0, "{}", String::from_utf8_lossy(&all));
        all.extend_from_slice(&piece[..read]);
    }
    String::from_utf8(all).unwrap()
}

#[tokio::test]
async fn half_a_request_is_given_up_while_idle_connections_stay() {
    let api = with(SHORT, NEVER, 100).await;
    let mut idle = [connect(&api, "").await, connect(&api, WHOLE).await];
    answered(&mut idle[1]).await;
    for half in ["G", HALF, "GET / HTTP/1.1\r\nhost: localhost\r\n", "\r\n"] {
        assert_eq!(until_closed(connect(&api, half).await).await, "", "{half:?}");
        let mut kept = connect(&api, WHOLE).await;
        assert!(answered(&mut kept).await.starts_with("HTTP/1.1 401"));
        kept.write_all(half.as_bytes()).await.unwrap();
        assert_eq!(until_closed(kept).await, "", "{half:?} after a whole one");
    }
    for stream in &mut idle {
        stream.write_all(WHOLE.as_bytes()).await.unwrap();
        assert!(answered(stream).await.starts_with("HTTP/1.1 401"));
    }
}

#[tokio::test]
async fn an_idle_connection_is_closed_but_none_that_waits_for_its_answer() {
    let api = with(SHORT, SHORT, 100).await;
    api.running.set_fault(Some(Fault::Hold));
    let slow = connect(&api, &WHOLE.replace("\r\n\r\n", "\r\nconnection: close\r\n\r\n")).await;
    api.running.held(1).await;
    for _ in 0..3 {
        assert_eq!(until_closed(connect(&api, "").await).await, "");
    }
    api.running.set_fault(None);
    assert!(until_closed(slow).await.starts_with("HTTP/1.1 401"));
    for sent in [WHOLE.to_owned(), format!("{WHOLE}{HALF}")] {
        assert!(until_closed(connect(&api, &sent).await).await.starts_with("HTTP/1.1 401"));
    }
}

#[tokio::test]
async fn of_too_many_the_one_that_owes_the_longest_makes_room() {
    let api = with(NEVER, NEVER, 3).await;
    let mut lazy = Vec::new();
    for sent in [HALF, "", WHOLE] {
        lazy.push(connect(&api, sent).await);
    }
    assert!(answered(&mut lazy[2]).await.starts_with("HTTP/1.1 401"));
    for _ in 0..2 {
        let mut next = connect(&api, WHOLE).await;
        assert!(answered(&mut next).await.starts_with("HTTP/1.1 401"));
        assert_eq!(until_closed(lazy.remove(0)).await, "");
        lazy.push(next);
    }
    api.running.set_fault(Some(Fault::Hold));
    for stream in &mut lazy {
        stream.write_all(WHOLE.as_bytes()).await.unwrap();
    }
    api.running.held(3).await;
    assert_eq!(until_closed(connect(&api, WHOLE).await).await, "", "nobody who is being answered is sent away");
    api.running.set_fault(None);
    for stream in &mut lazy {
        assert!(answered(stream).await.starts_with("HTTP/1.1 401"));
    }
}

#[tokio::test]
async fn connections_that_owe_a_request_hold_up_no_stop() {
    let api = with(NEVER, NEVER, 100).await;
    let mut idle = connect(&api, WHOLE).await;
    answered(&mut idle).await;
    let owing = [connect(&api, HALF).await, connect(&api, "").await, idle];
    // Whoever connected last was taken, so the others were.
    let mut last = connect(&api, WHOLE).await;
    answered(&mut last).await;
    api.running.stop().await;
    for stream in owing {
        assert_eq!(until_closed(stream).await, "");
    }
}

/// What other programs on the way may have understood otherwise is refused, whatever it asks for.
#[tokio::test]
async fn a_request_without_a_host_with_two_or_with_another_ones_is_refused_everywhere() {
    let api = Api::with(Options { hosts: vec!["MSP.example".to_owned()], ..Options::default() }).await;
    let account = api.running.account_id().to_owned();
    let targets = [
        "GET /v1beta1/session".to_owned(),
        "POST /v1beta1/oauth2/token".to_owned(),
        format!("GET /v1beta1/accounts/{account}/companies"),
        "GET /owner".to_owned(),
        "GET /launch/X".to_owned(),
        "GET /nowhere".to_owned(),
        "OPTIONS /v1beta1/session".to_owned(),
    ];
    let ask = async |target: &str, hosts: &str| {
        let request = format!("{target} HTTP/1.1\r\n{hosts}connection: close\r\ncontent-length: 0\r\n\r\n");
        until_closed(connect(&api, &request).await).await
    };
    for target in &targets {
        let wrong = ["", "host:\r\n", "host: evil.example\r\n", "host: localhost\r\nhost: localhost\r\n"];
        for hosts in wrong {
            let answer = ask(target, hosts).await;
            assert!(
                answer.starts_with("HTTP/1.1 400") && answer.contains("INVALID_ARGUMENT"),
                "{target} {hosts}: {answer}"
            );
            assert!(answer.contains(r#""field":"host""#), "{answer}");
        }
        let right = ["host: localhost:1\r\n", "host: 127.0.0.1\r\n", "host: msp.example\r\n"];
        for hosts in right {
            let answer = ask(target, hosts).await;
            assert!(!answer.starts_with("HTTP/1.1 400"), "{target} {hosts}: {answer}");
        }
    }
    assert!(ask("GET /owner", "host: msp.example\r\n").await.starts_with("HTTP/1.1 403"), "the desk is for here alone");
}
