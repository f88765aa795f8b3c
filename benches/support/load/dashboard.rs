//! A dashboard as the server sees it: one connection, on which it asks for changes and has the question held. Written by
//! hand: five hundred clients of the usual kind would need more of the machine than the server does.

use serde_json::{Value, json};
use std::net::SocketAddr;
use std::time::Instant;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::mpsc::UnboundedSender;

/// What the notes begin with that are written.
pub const NOTE: &str = "load ";

pub struct Http {
    stream: TcpStream,
    read: Vec<u8>,
    account: String,
    token: String,
    keys: usize,
}

impl Http {
    pub async fn connect(address: SocketAddr, account: &str, token: String) -> Self {
        let stream = TcpStream::connect(address).await.unwrap();
        stream.set_nodelay(true).unwrap();
        Self { stream, read: Vec::new(), account: account.to_owned(), token, keys: 0 }
    }

    pub async fn get(&mut self, path: &str) -> String {
        let path = format!("/v1beta1/accounts/{}/{path}", self.account);
        let (status, body) = self.ask("GET", &path, "", "").await;
        assert_eq!(status, 200, "{body}");
        body
    }

    /// Status and body of the answer.
    pub async fn ask(&mut self, method: &str, path: &str, headers: &str, body: &str) -> (u16, String) {
        let authorization = match self.token.as_str() {
            "" => String::new(),
            token => format!("authorization: Bearer {token}\r\n"),
        };
        let host = self.stream.peer_addr().unwrap();
        let length = body.len();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: {host}\r\n{authorization}{headers}content-length: {length}\r\n\r\n{body}"
        );
        self.stream.write_all(request.as_bytes()).await.unwrap();
        let head = loop {
            if let Some(end) = self.read.windows(4).position(|bytes| bytes == b"\r\n\r\n") {
                break String::from_utf8(self.read.drain(..end + 4).collect()).unwrap();
            }
            self.more().await;
        };
        let length = |line: &str| line.strip_prefix("content-length: ").map(|length| length.parse().unwrap());
        let length: usize = head.lines().find_map(length).unwrap();
        while self.read.len() < length {
            self.more().await;
        }
        let body = String::from_utf8(self.read.drain(..length).collect()).unwrap();
        (head.split(' ').nth(1).unwrap().parse().unwrap(), body)
    }

    async fn more(&mut self) {
        assert!(self.stream.read_buf(&mut self.read).await.unwrap() > 0, "the server hung up");
    }

    pub async fn first_company(&mut self) -> String {
        let page: Value = serde_json::from_str(&self.get("companies?max_page_size=1").await).unwrap();
        page["results"][0]["id"].as_str().unwrap().to_owned()
    }

    pub async fn note(&mut self, company: &str, note: &str) {
        let path = format!("companies/{company}");
        let now: Value = serde_json::from_str(&self.get(&path).await).unwrap();
        self.keys += 1;
        let headers = format!(
            "content-type: application/json\r\nidempotency-key: load-{}\r\nif-match: {}\r\n",
            self.keys,
            now["etag"].as_str().unwrap()
        );
        let path = format!("/v1beta1/accounts/{}/{path}", self.account);
        let (status, body) = self.ask("PATCH", &path, &headers, &json!({"note": note}).to_string()).await;
        assert_eq!(status, 200, "{body}");
    }
}

pub struct Dashboard {
    http: Http,
    n: usize,
    since: String,
    /// Which dashboard has heard of which change, and when.
    told: UnboundedSender<(usize, usize, Instant)>,
}

impl Dashboard {
    pub async fn new(mut http: Http, n: usize, told: UnboundedSender<(usize, usize, Instant)>) -> Self {
        let page: Value = serde_json::from_str(&http.get("companies?max_page_size=1").await).unwrap();
        let since = page["change_token"].as_str().unwrap().to_owned();
        Self { http, n, since, told }
    }

    pub async fn follow(mut self) {
        loop {
            let body = self.http.get(&format!("companies:changes?since={}&wait=25", self.since)).await;
            let at = Instant::now();
            let answer: Value = serde_json::from_str(&body).unwrap();
            answer["next_change_token"].as_str().unwrap().clone_into(&mut self.since);
            for company in answer["results"].as_array().unwrap() {
                let number = company["note"].as_str().and_then(|note| note.strip_prefix(NOTE)?.parse().ok());
                // The bench may be over.
                if number.is_some_and(|number| self.told.send((self.n, number, at)).is_err()) {
                    return;
                }
            }
        }
    }
}
