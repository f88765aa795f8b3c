//! `mspdash serve` as a process of its own, so that its memory is its own.

use super::dashboard::Http;
use serde_json::{Value, json};
use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

pub struct Server {
    process: Child,
    credentials: Value,
}

#[derive(Clone, Copy)]
pub struct Usage {
    /// In bytes, as far as it is in memory.
    resident: u64,
    pub processor: Duration,
}

impl Usage {
    pub fn memory(&self) -> String {
        format!("{} MB", self.resident >> 20)
    }
}

impl Server {
    /// The one after the first has the same credentials.
    pub fn start(folder: &Path, database: &str, n: usize) -> Self {
        let file = |n: usize| -> PathBuf { folder.join(format!("{n}.json")) };
        if n > 0 {
            fs::copy(file(0), file(n)).unwrap();
        }
        let before = fs::read_to_string(file(n)).unwrap_or_default();
        let mut process = Command::new(env!("CARGO_BIN_EXE_mspdash"))
            .args(["serve", "--port", "0", "--sample-size", "500", "--max-connections", "1000", "--database", database])
            .arg("--credentials")
            .arg(file(n))
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        loop {
            assert!(process.try_wait().unwrap().is_none(), "the server did not start");
            let now = fs::read_to_string(file(n)).unwrap_or_default();
            match serde_json::from_str(&now) {
                Ok(credentials) if now != before => return Self { process, credentials },
                _ => std::thread::sleep(Duration::from_millis(50)),
            }
        }
    }

    pub fn address(&self) -> SocketAddr {
        self.text("base_url").strip_prefix("http://").unwrap().parse().unwrap()
    }

    pub fn account(&self) -> &str {
        self.text("account_id")
    }

    fn text(&self, field: &str) -> &str {
        self.credentials[field].as_str().unwrap()
    }

    /// Signs its first owner in.
    pub async fn owner(&self) -> String {
        let all = self.credentials["credentials"].as_array().unwrap();
        self.sign_in(all.iter().find(|one| one["role"] == "OWNER").unwrap()).await
    }

    async fn sign_in(&self, credential: &Value) -> String {
        let part = |field: &str| credential[field].as_str().unwrap().to_owned();
        let basic = base64(&format!("{}:{}", part("client_id"), part("client_secret")));
        let headers = format!("authorization: Basic {basic}\r\ncontent-type: application/x-www-form-urlencoded\r\n");
        let form = "grant_type=client_credentials";
        let mut http = Http::connect(self.address(), self.account(), String::new()).await;
        let (status, body) = http.ask("POST", "/v1beta1/oauth2/token", &headers, form).await;
        assert_eq!(status, 200, "{body}");
        let answer: Value = serde_json::from_str(&body).unwrap();
        answer["access_token"].as_str().unwrap().to_owned()
    }

    /// Adds one and signs them in.
    pub async fn technician(&self, owner: &str, n: usize) -> String {
        let mut http = Http::connect(self.address(), self.account(), owner.to_owned()).await;
        let path = format!("/v1beta1/accounts/{}/technicians", self.account());
        let json_header = "content-type: application/json\r\n";
        let body =
            json!({"display_name": format!("Tech {n}"), "email": format!("t{n}@load.example"), "role": "VIEW_ONLY"});
        let headers = format!("{json_header}idempotency-key: tech-{n}\r\n");
        let (status, added) = http.ask("POST", &path, &headers, &body.to_string()).await;
        assert_eq!(status, 201, "{added}");
        let added: Value = serde_json::from_str(&added).unwrap();
        let code = json!({"enrolment_code": added["enrolment_code"]}).to_string();
        let (status, credential) = http.ask("POST", "/v1beta1/enrolments", json_header, &code).await;
        assert_eq!(status, 200, "{credential}");
        self.sign_in(&serde_json::from_str(&credential).unwrap()).await
    }

    pub fn usage(&self) -> Usage {
        let read = |name: &str| fs::read_to_string(format!("/proc/{}/{name}", self.process.id())).unwrap();
        let status = read("status");
        let kilobytes = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        let kilobytes: u64 = kilobytes.trim().trim_end_matches(" kB").parse().unwrap();
        // Behind the name, which is in parentheses: user and system time are the 12th and 13th, in hundredths.
        let stat = read("stat");
        let ticks = stat.rsplit(')').next().unwrap().split_whitespace().skip(11).take(2);
        let ticks: u64 = ticks.map(|ticks| ticks.parse::<u64>().unwrap()).sum();
        Usage { resident: kilobytes << 10, processor: Duration::from_millis(ticks * 10) }
    }
}

fn base64(text: &str) -> String {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.encode(text)
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
