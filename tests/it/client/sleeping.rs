//! A laptop that slept: connections are dead without a word, and tokens older than they look.

use crate::support::raw_server::head;
use crate::support::test_client::{client, list, page};
use jiff::SignedDuration;
use mspdash::client::{Client, Moment};
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

/// A server that answers, as long as the connection did not sleep.
#[derive(Clone, Default)]
struct Server {
    connections: Arc<AtomicUsize>,
    sign_ins: Arc<AtomicUsize>,
    /// Connections up to this one are dead: nothing that comes over them is answered.
    dead: Arc<AtomicUsize>,
}

impl Server {
    async fn start() -> (Self, String) {
        let (server, listener) = (Self::default(), TcpListener::bind("127.0.0.1:0").await.unwrap());
        let address = listener.local_addr().unwrap();
        let this = server.clone();
        tokio::spawn(async move {
            let mut open = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                let number = this.connections.fetch_add(1, SeqCst) + 1;
                open.spawn(this.clone().serve(stream, number));
            }
        });
        (server, format!("http://{address}"))
    }

    async fn serve(self, mut stream: TcpStream, number: usize) {
        while let Some(head) = head(&mut stream).await {
            if number <= self.dead.load(SeqCst) {
                std::future::pending::<()>().await;
            }
            let body = if head.starts_with("POST /v1beta1/oauth2/token") {
                let token = self.sign_ins.fetch_add(1, SeqCst) + 1;
                format!(r#"{{"access_token":"token-{token}","token_type":"Bearer","expires_in":900}}"#)
            } else {
                r#"{"results":[]}"#.to_owned()
            };
            let length = body.len();
            let answer =
                format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}");
            if stream.write_all(answer.as_bytes()).await.is_err() {
                return;
            }
        }
    }

    /// How many connections and sign-ins there were.
    fn counted(&self) -> (usize, usize) {
        (self.connections.load(SeqCst), self.sign_ins.load(SeqCst))
    }
}

/// Both clocks of a machine, as the test has them go.
#[derive(Clone)]
struct Machine(Arc<Mutex<Moment>>);

impl Machine {
    fn of(client: Client) -> (Self, Client) {
        let machine = Self(Arc::new(Mutex::new(Moment::now())));
        let clocks = machine.clone();
        (machine, client.by_clocks(move || *clocks.0.lock().unwrap()))
    }

    /// It works for so long, in seconds.
    fn works(&self, seconds: u64) {
        let mut now = self.0.lock().unwrap();
        now.instant += Duration::from_secs(seconds);
        now.time = now.time.checked_add(Duration::from_secs(seconds)).unwrap();
    }

    /// Its wall clock goes on, or back, and the other one stands still.
    fn jumps(&self, seconds: i64) {
        let mut now = self.0.lock().unwrap();
        now.time = now.time.checked_add(SignedDuration::from_secs(seconds)).unwrap();
    }
}

#[tokio::test]
async fn after_a_sleep_all_calls_sign_in_once_and_on_fresh_connections() {
    let (server, address) = Server::start().await;
    let (machine, client) = Machine::of(client(&address));
    page(client.perform(list()).await);
    machine.works(20);
    page(client.perform(list()).await);
    assert_eq!(server.counted(), (1, 1));

    // A nap, shorter than the token's life: it is not the token alone that would tell.
    machine.jumps(300);
    server.dead.store(1, SeqCst);
    let mut calls = JoinSet::new();
    for _ in 0..10 {
        let client = client.clone();
        calls.spawn(async move { client.perform(list()).await });
    }
    // A call over the dead connection would only be answered by its time limit.
    for answer in calls.join_all().await {
        page(answer);
    }
    let (connections, sign_ins) = server.counted();
    assert!(sign_ins == 2 && (2..=11).contains(&connections), "{:?}", server.counted());

    // And a whole night.
    server.dead.store(connections, SeqCst);
    machine.jumps(8 * 3_600);
    page(client.perform(list()).await);
    assert_eq!(server.counted(), (connections + 1, 3));
}

#[tokio::test]
async fn a_clock_that_is_set_costs_one_sign_in_at_most() {
    let (server, address) = Server::start().await;
    let (machine, client) = Machine::of(client(&address));
    let ask = async || {
        for _ in 0..5 {
            machine.works(1);
            page(client.perform(list()).await);
        }
        server.counted().1
    };
    assert_eq!(ask().await, 1);
    machine.jumps(-7_200);
    assert_eq!(ask().await, 1, "put back: nothing is older for that");
    machine.jumps(7_200);
    assert!(ask().await <= 2, "put right again");
    machine.jumps(86_400);
    assert!(ask().await <= 3, "put forward: it may have been a sleep");
    machine.jumps(-86_400);
    assert!(ask().await <= 3);
    machine.jumps(20);
    let before = server.counted();
    ask().await;
    assert_eq!(server.counted(), before, "a time server's correction is no sleep");
}
