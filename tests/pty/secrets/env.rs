//! Two servers of different regions, a home in which everything happens, and a folder outside of it with what a
//! test needs to know.

use super::recording_proxy::RecordingProxy;
use super::trace::Secrets;
use crate::support::clock;
use crate::support::terminal::{self, DEADLINE, Terminal, late};
use assert_cmd::cargo::cargo_bin;
use portable_pty::CommandBuilder;
use serde_json::Value;
use std::ffi::OsString;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::channel;
use std::thread;
use std::time::Instant;
use tempfile::TempDir;

/// Nothing that is made may be private by the caller's grace alone.
const FREELY: [&str; 4] = ["/bin/sh", "-c", "umask 0; exec \"$@\"", "sh"];

/// How somebody signs in.
#[derive(Clone)]
pub struct Who {
    pub client_id: String,
    pub secret: String,
}

/// A server of one region.
pub struct Site {
    child: Child,
    pub home: TempDir,
    pub credentials: PathBuf,
    pub url: String,
}

impl Site {
    pub fn open(region: &str) -> Self {
        let home = tempfile::tempdir().unwrap();
        let credentials = home.path().join("credentials.json");
        let log = fs::File::create(home.path().join("log")).unwrap();
        log.set_permissions(fs::Permissions::from_mode(0o600)).unwrap();
        let mut command = Command::new(FREELY[0]);
        command.env_clear().env("HOME", home.path()).env("PATH", "/usr/bin:/bin").args(&FREELY[1..]);
        command.envs(clock::variables());
        command.arg(cargo_bin("mspdash")).args(["--log-level", "trace", "serve", "--region", region]);
        command.args(["--listen", "127.0.0.1:0", "--credentials"]).arg(&credentials);
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let url = line.trim().rsplit(' ').next().unwrap().to_owned();
        assert!(url.starts_with("http://127.0.0.1:"), "{line}");
        Self { child, home, credentials, url }
    }

    pub fn host(&self) -> &str {
        self.url.trim_start_matches("http://")
    }

    pub fn who(&self, role: &str) -> Who {
        let file: Value = serde_json::from_str(&fs::read_to_string(&self.credentials).unwrap()).unwrap();
        let one = file["credentials"].as_array().unwrap().iter().find(|one| one["role"] == role).unwrap().clone();
        let text = |key: &str| one[key].as_str().unwrap().to_owned();
        Who { client_id: text("client_id"), secret: text("client_secret") }
    }

    pub fn close(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.close();
    }
}

/// What a run printed, and its code.
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Ran {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap()
    }
}

pub struct Env {
    pub europe: Site,
    pub worldwide: Site,
    pub proxy: RecordingProxy,
    pub home: TempDir,
    pub secrets: Secrets,
    beside: TempDir,
    /// Variables of every run.
    variables: Vec<(String, String)>,
}

impl Env {
    pub fn open() -> Self {
        let (europe, worldwide) = (Site::open("1password.eu"), Site::open("1password.com"));
        let proxy = RecordingProxy::before(worldwide.host());
        let (home, beside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let mut variables =
            vec![("PATH".to_owned(), "/usr/bin:/bin".to_owned()), ("LANG".to_owned(), "C.UTF-8".to_owned())];
        // A machine without a keyring, whatever this one has.
        variables.push(("DBUS_SESSION_BUS_ADDRESS".into(), "unix:path=/nonexistent".into()));
        variables.push(("HOME".into(), home.path().display().to_string()));
        Self { europe, worldwide, proxy, home, secrets: Secrets::default(), beside, variables }
    }

    pub fn set(&mut self, name: &str, value: &str) {
        self.variables.push((name.to_owned(), value.to_owned()));
    }

    pub fn beside(&self, name: &str) -> PathBuf {
        self.beside.path().join(name)
    }

    /// A script outside of the home.
    pub fn script(&self, name: &str, text: &str) -> String {
        let path = self.beside(name);
        fs::write(&path, format!("#!/bin/sh\n{text}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        path.display().to_string()
    }

    fn arguments(args: &[&str]) -> Vec<OsString> {
        let mut all: Vec<OsString> = FREELY.iter().map(OsString::from).collect();
        all.push(cargo_bin("mspdash").into());
        all.extend(args.iter().map(OsString::from));
        all
    }

    /// One command. None of the secrets known so far is printed by it.
    #[track_caller]
    pub fn fed(&self, code: i32, args: &[&str], input: &str) -> Ran {
        let all = Self::arguments(args);
        let mut command = Command::new(&all[0]);
        command
            .args(&all[1..])
            .env_clear()
            .envs(clock::variables())
            .envs(self.variables.iter().cloned())
            .current_dir(self.home.path());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // One that does not read ends before.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let output = child.wait_with_output().unwrap();
        self.secrets.not_in(&format!("the result of {args:?}"), &output.stdout);
        self.secrets.not_in(&format!("the messages of {args:?}"), &output.stderr);
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        let ran = Ran { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) };
        assert_eq!(ran.code, code, "{args:?}: {}{}", ran.out, ran.err);
        ran
    }

    #[track_caller]
    pub fn run(&self, code: i32, args: &[&str]) -> Ran {
        self.fed(code, args, "")
    }

    /// A run in a terminal.
    pub fn terminal(&self, args: &[&str]) -> Terminal {
        let all = Self::arguments(args);
        let mut command: CommandBuilder = terminal::command(&all[0], &[]);
        command.args(&all[1..]);
        command.env_clear();
        for (name, value) in clock::variables() {
            command.env(name, value);
        }
        command.env("TERM", "xterm-256color");
        for (name, value) in &self.variables {
            command.env(name, value);
        }
        command.cwd(self.home.path());
        Terminal::spawn(command, 120, 36)
    }

    /// A pipe with a name, for what happens in processes that nobody waits for. Made before they are started.
    pub fn pipe(&self, name: &str) -> PathBuf {
        let path = self.beside(name);
        assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());
        path
    }
}

/// What somebody writes into the pipe, to its end.
pub fn told(pipe: &Path) -> Vec<u8> {
    let (send, receive) = channel();
    let pipe = pipe.to_owned();
    thread::spawn(move || send.send(fs::read(pipe).unwrap()));
    let begin = Instant::now();
    loop {
        match receive.recv_timeout(DEADLINE) {
            Ok(text) => return text,
            Err(_) => assert!(!late(begin, DEADLINE), "somebody writes into the pipe"),
        }
    }
}
