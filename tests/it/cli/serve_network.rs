//! `mspdash serve` for a network: its flags, its certificate, its log.

use crate::support::clock;
use crate::support::home::{Home, Run};
use crate::support::tls_server::Authority;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use std::io::{BufRead, BufReader, Lines};
use std::path::Path;
use std::process::{Child, ChildStderr, ChildStdout, Command, Stdio};

/// A server of which both outputs are read.
struct Server {
    child: Child,
    out: Lines<BufReader<ChildStdout>>,
    err: Lines<BufReader<ChildStderr>>,
}

impl Server {
    fn start(home: &Home, args: &[&str]) -> Self {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin("mspdash"));
        command.env_clear().env("HOME", home.dir.path()).envs(clock::variables());
        command.args(["serve", "--sample-size", "3", "--database"]).arg(home.dir.path().join("w.db"));
        command.arg("--credentials").arg(home.dir.path().join("c.json")).args(args);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let out = BufReader::new(child.stdout.take().unwrap()).lines();
        let err = BufReader::new(child.stderr.take().unwrap()).lines();
        Self { child, out, err }
    }

    /// The next line that has this in it.
    fn says(&mut self, text: &str) -> String {
        self.out.by_ref().map(Result::unwrap).find(|line| line.contains(text)).expect("it is said")
    }

    fn logs(&mut self, text: &str) -> String {
        self.err.by_ref().map(Result::unwrap).find(|line| line.contains(text)).expect("it is logged")
    }

    fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.child), signal).unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = (self.child.kill(), self.child.wait());
    }
}

fn ask(home: &Home, args: &[&str]) -> Run {
    let credentials = home.dir.path().join("c.json");
    home.run(&[args, &["--credentials", credentials.to_str().unwrap()]].concat())
}

#[test]
fn a_certificate_is_shown_renewed_on_hup_and_the_command_line_trusts_it_by_its_authority() {
    let home = Home::new();
    let authority = Authority::new("Harbour IT");
    let folder = home.dir.path();
    let files = authority.signs(&["localhost"], |_| {}).write(folder);
    let (cert, key) = (files.cert.to_str().unwrap(), files.key.to_str().unwrap());
    let tls = ["--listen", "127.0.0.1:0", "--host", "localhost", "--tls-cert", cert, "--tls-key", key];
    let mut server = Server::start(&home, &tls);
    assert!(server.says("Serving").contains("https://localhost:"));
    server.says("In another terminal");
    let ca_file = authority.write(folder);
    let trusting = ["companies", "list", "--ca-file", ca_file.to_str().unwrap()];
    assert_eq!(ask(&home, &["companies", "list"]).code, 6, "nobody knows this authority");
    assert_eq!(ask(&home, &trusting).code, 0);
    std::fs::write(&files.cert, "").unwrap();
    server.signal(Signal::HUP);
    assert!(server.logs("cannot be used").contains("holds no certificate"));
    assert_eq!(ask(&home, &trusting).code, 0, "the old one stays");
    authority.signs(&["localhost"], |_| {}).write(folder);
    server.signal(Signal::HUP);
    server.logs("was read again");
    server.signal(Signal::TERM);
    assert!(server.child.wait().unwrap().success());
}

#[test]
fn with_json_each_request_is_a_line_with_its_id_and_without_what_is_secret() {
    let home = Home::new();
    let mut server = Server::start(&home, &["--port", "0", "--log-format", "json", "--admin-listen", "127.0.0.1:0"]);
    server.says("Serving");
    assert!(server.says("Health").contains("http://127.0.0.1:"));
    server.says("In another terminal");
    assert_eq!(ask(&home, &["companies", "list"]).code, 0);
    let line: Value = serde_json::from_str(&server.logs("companies\"")).unwrap();
    assert_eq!((&line["method"], &line["status"]), (&"GET".into(), &200.into()), "{line}");
    assert_eq!(line["route"], "/v1beta1/accounts/{account}/companies");
    for field in ["request_id", "technician", "peer", "timestamp"] {
        assert!(line[field].as_str().is_some_and(|text| !text.is_empty()), "{field}: {line}");
    }
    let credentials = std::fs::read_to_string(home.dir.path().join("c.json")).unwrap();
    let credentials: Value = serde_json::from_str(&credentials).unwrap();
    server.signal(Signal::TERM);
    let rest: Vec<String> = server.err.by_ref().map(Result::unwrap).collect();
    for technician in credentials["credentials"].as_array().unwrap() {
        let secret = technician["client_secret"].as_str().unwrap();
        assert!(!rest.iter().any(|line| line.contains(secret)) && !line.to_string().contains(secret));
    }
}

#[test]
fn flags_that_do_not_fit_together_are_refused() {
    let home = Home::new();
    let cases: [(&[&str], &str); 6] = [
        (&["--tls-cert", "c.pem"], "--tls-key"),
        (&["--tls-key", "k.pem"], "--tls-cert"),
        (&["--tls-cert", "c.pem", "--tls-key", "k.pem", "--behind-proxy"], "--behind-proxy"),
        (&["--trusted-proxy", "everybody"], "10.0.0.0/8"),
        (&["--max-wait", "46"], "0..=45"),
        (&["--max-body", "5"], "65536"),
    ];
    for (flags, said) in cases {
        let run = home.run(&[&["serve", "--credentials", "c.json"], flags].concat());
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{flags:?}");
        assert!(run.err.contains(said), "{flags:?}: {}", run.err);
    }
    assert!(!Path::new("c.json").exists());
}
