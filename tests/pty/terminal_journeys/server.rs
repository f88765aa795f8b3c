//! `mspdash serve` in a process of its own, which can be killed and started again where it was.

use crate::support::clock;
use crate::support::terminal::kill;
use rustix::process::Signal;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};
use tempfile::TempDir;

/// Servers of one process run side by side: each looks for its port behind the last one's.
static NEXT: AtomicU16 = AtomicU16::new(0);

pub struct Server {
    child: Child,
    port: u16,
    folder: TempDir,
    credentials: PathBuf,
    region: &'static str,
}

impl Server {
    pub fn start() -> Self {
        Self::start_in("1password.eu")
    }

    /// With a workspace in this data region.
    pub fn start_in(region: &'static str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let credentials = folder.path().join("credentials.json");
        let port = free_port();
        let child = serve(&folder, port, &credentials, region);
        Self { child, port, folder, credentials, region }
    }

    /// The file that tells how to sign in.
    pub fn credentials(&self) -> &str {
        self.credentials.to_str().unwrap()
    }

    /// Where it listens.
    pub fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    pub fn signal(&mut self, signal: Signal) {
        kill(i32::try_from(self.child.id()).unwrap(), signal);
    }

    /// Ends it in the middle of whatever it does.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// On the same address, with the same workspace.
    pub fn start_again(&mut self) {
        self.child = serve(&self.folder, self.port, &self.credentials, self.region);
    }
}

/// A failed test leaves no server behind.
impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A port below those that the kernel gives to others while the server is away.
fn free_port() -> u16 {
    let first = 21_000 + u16::try_from(std::process::id() % 8_000).unwrap();
    let free = |port: &u16| TcpListener::bind(("127.0.0.1", *port)).is_ok();
    let skip = NEXT.fetch_add(20, Ordering::Relaxed);
    (first + skip..first + skip + 20).find(free).expect("a free port")
}

/// When this returns, it answers.
fn serve(folder: &TempDir, port: u16, credentials: &std::path::Path, region: &str) -> Child {
    let mut child = Command::new(env!("CARGO_BIN_EXE_mspdash"))
        .args(["serve", "--listen", &format!("127.0.0.1:{port}"), "--region", region])
        .arg("--database")
        .arg(folder.path().join("workspace.db"))
        .arg("--credentials")
        .arg(credentials)
        .env("HOME", folder.path())
        .envs(clock::variables())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert_eq!(line.trim(), format!("Serving the MSP API at http://127.0.0.1:{port}"));
    child
}
