//! `mspdash doctor` from outside: what it finds, what it skips, how it ends, and that it tells no secret.

use crate::support::tls_server::{Authority, Between, Relay, TlsServer};
use crate::support::{clock, serve};
use assert_cmd::Command;
use mspdash::server::{Options, Running};
use serde_json::{Value, json};
use std::time::Duration;
use tempfile::TempDir;
use wiremock::matchers::path;
use wiremock::{Mock, MockServer, ResponseTemplate};

const SECRET: &str = "a-secret-that-is-told-nowhere";

/// The program with nothing of the environment but a home and what is given here.
struct Harness {
    home: TempDir,
    variables: Vec<(String, String)>,
}

struct Told {
    code: i32,
    out: String,
}

impl Harness {
    fn at(server: &str, client_id: &str, secret: &str) -> Self {
        let named = [("MSPDASH_SERVER", server), ("MSPDASH_CLIENT_ID", client_id), ("MSPDASH_CLIENT_SECRET", secret)];
        Self { variables: named.map(|(name, value)| (name.into(), value.into())).into(), ..Self::bare() }
    }

    fn of(server: &Running, role: &str) -> Self {
        let who = server.credentials().iter().find(|who| who.role == role).unwrap();
        Self::at(&server.base_url(), &who.client_id, &who.client_secret)
    }

    fn bare() -> Self {
        Self { home: tempfile::tempdir().unwrap(), variables: Vec::new() }
    }

    fn with(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.into(), value.into()));
        self
    }

    async fn run(&self, args: &[&str]) -> Told {
        let mut command = Command::cargo_bin("mspdash").unwrap();
        command
            .env_clear()
            .env("HOME", self.home.path())
            .envs(clock::variables())
            .arg("doctor")
            .args(args)
            .timeout(Duration::from_mins(1));
        command.envs(self.variables.clone());
        // On a thread of its own: servers answer on this one.
        let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        let told = Told { code: output.status.code().unwrap(), out: text(output.stdout) };
        let all = format!("{}{}", told.out, text(output.stderr));
        for (name, value) in &self.variables {
            assert!(name != "MSPDASH_CLIENT_SECRET" || !all.contains(value), "the secret is told:\n{all}");
        }
        assert!(!all.contains(&self.home.path().display().to_string()), "the home is told:\n{all}");
        assert!(!all.contains('\u{1b}'), "colours in a report:\n{all}");
        told
    }
}

impl Told {
    /// The line of a check.
    #[track_caller]
    fn line(&self, check: &str) -> &str {
        let named = |line: &&str| {
            line.split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
                .split_once(' ')
                .is_some_and(|(_, rest)| rest.starts_with(check))
        };
        self.out
            .lines()
            .filter(|line| line.starts_with("  "))
            .find(named)
            .unwrap_or_else(|| unreachable!("{check} in\n{}", self.out))
            .trim()
    }

    #[track_caller]
    fn says(&self, check: &str, result: &str, parts: &[&str]) {
        let line = self.line(check);
        assert!(line.starts_with(result), "{check} is not {result}:\n{}", self.out);
        assert!(parts.iter().all(|part| line.contains(part)), "{parts:?} in {line}");
    }
}

async fn sample() -> Running {
    clock::start();
    serve(Options::default()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_good_account_passes_every_step() {
    let server = sample().await;
    let told = Harness::of(&server, "MSP_TECHNICIAN").run(&[]).await;
    assert_eq!(told.code, 0, "{}", told.out);
    for step in ["address", "secret", "dns", "tcp", "proxy", "sign-in", "permission", "round trip", "clock"] {
        told.says(step, "ok", &[]);
    }
    told.says("tls", "skip", &["http on this machine"]);
    told.says("permission", "ok", &["MFA on", "may: view, add", "unlink"]);
    told.says("version", "ok", &[env!("CARGO_PKG_VERSION"), std::env::consts::OS]);
    assert!(told.out.contains("\n0 failed, "), "{}", told.out);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stopped_server_fails_at_tcp_and_what_follows_is_skipped() {
    let server = sample().await;
    let harness = Harness::of(&server, "MSP_TECHNICIAN");
    server.stop().await;
    let told = harness.run(&[]).await;
    assert_eq!(told.code, 1);
    told.says("dns", "ok", &["127.0.0.1"]);
    told.says("tcp", "fail", &["connection refused (127.0.0.1:", "Check that the server is running"]);
    assert!(!told.out.contains("utomatically"), "a report tries nothing again:\n{}", told.out);
    for step in ["proxy", "tls", "sign-in", "permission", "round trip", "clock"] {
        told.says(step, "skip", &["tcp failed"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_secret_fails_at_the_sign_in_and_the_clock_is_told_all_the_same() {
    let server = sample().await;
    let told = Harness::at(&server.base_url(), &server.credentials()[0].client_id, SECRET).run(&[]).await;
    assert_eq!(told.code, 1);
    told.says("sign-in", "fail", &["rejected your credentials"]);
    told.says("permission", "skip", &["sign-in failed"]);
    told.says("clock", "ok", &[]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_that_may_only_look_is_told_with_what_it_may_not() {
    let server = sample().await;
    let told = Harness::of(&server, "VIEW_ONLY").run(&["--read-only"]).await;
    assert_eq!(told.code, 0, "{}", told.out);
    told.says("permission", "ok", &["may: view;", "may not: add, link, edit, set up, launch, unlink"]);
    told.says("profiles", "ok", &["read-only mode is on"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_technician_without_mfa_is_told_to_turn_it_on() {
    let server = sample().await;
    let told = Harness::of(&server, "NO_MFA").run(&[]).await;
    assert_eq!(told.code, 1);
    told.says("permission", "fail", &["MFA off; may: nothing", "turn MFA on"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn json_has_every_check_once_with_fixed_fields() {
    let server = sample().await;
    let told = Harness::of(&server, "OWNER").run(&["--json"]).await;
    let all: Value = serde_json::from_str(&told.out).unwrap();
    assert_eq!((&all["result"], &all["failed"]), (&json!("ok"), &json!(0)));
    assert!(all["warnings"].is_u64() && all["version"].is_string());
    let checks = all["checks"].as_array().unwrap();
    for check in checks {
        let mut fields: Vec<_> = check.as_object().unwrap().keys().map(String::as_str).collect();
        fields.sort_unstable();
        assert_eq!(fields, ["advice", "check", "finding", "result", "section"]);
        assert!(["ok", "warn", "fail", "skip"].contains(&check["result"].as_str().unwrap()));
    }
    let steps = checks.iter().filter(|check| check["section"].as_str().unwrap().starts_with("profile default"));
    let steps: Vec<_> = steps.map(|check| check["check"].as_str().unwrap()).collect();
    let expected = ["address", "secret", "dns", "tcp", "proxy", "tls", "sign-in", "permission", "round trip", "clock"];
    assert_eq!(steps, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_with_another_time_shows_whose_clock_goes_ahead() {
    let mock = MockServer::start().await;
    let old = |body: Value| {
        ResponseTemplate::new(200).set_body_json(body).insert_header("date", "Sun, 01 Nov 2020 12:00:00 GMT")
    };
    let token = json!({"access_token": "t", "token_type": "Bearer", "expires_in": 900});
    Mock::given(path("/v1beta1/oauth2/token")).respond_with(old(token)).mount(&mock).await;
    let session = json!({"account": {"id": "A", "name": "Harbour\u{1b}[31m IT"}, "technician": {"id": "T", "mfa": false},
        "permissions": ["VIEW_COMPANIES"]});
    Mock::given(path("/v1beta1/session")).respond_with(old(session)).mount(&mock).await;
    let told = Harness::at(&mock.uri(), "t", SECRET).run(&[]).await;
    assert_eq!(told.code, 1, "{}", told.out);
    told.says("clock", "fail", &["ahead of the server", "NTP"]);
    told.says("permission", "warn", &["MFA off"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_is_told_with_issuer_and_end_and_one_that_does_not_hold_with_the_reason() {
    let ours = Authority::new("Harbour authority");
    let soon = rcgen::date_time_ymd(2093, 4, 5);
    let server = TlsServer::start(ours.signs(&["localhost"], |params| params.not_after = soon)).await;
    let harness = Harness::at(&format!("https://localhost:{}", server.address.port()), "t", SECRET);
    let ca_file = ours.write(harness.home.path());
    let told = harness.run(&["--ca-file", ca_file.to_str().unwrap()]).await;
    told.says("address", "ok", &["trusts ~/ca.pem too"]);
    told.says("tls", "ok", &["TLS 1.3", "Harbour authority", "2093-04-05"]);
    told.says("sign-in", "ok", &[]);

    let told = harness.run(&[]).await;
    assert_eq!(told.code, 1);
    told.says("tls", "fail", &["issuer that this machine doesn't trust", "--ca-file"]);
    told.says("sign-in", "skip", &["tls failed"]);
    let told = harness.run(&["--ca-file", "/nowhere/ca.pem"]).await;
    told.says("tls", "fail", &["/nowhere/ca.pem doesn't exist"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_stands_in_for_the_server_in_the_steps_before_it() {
    let ours = Authority::new("Ours");
    let server = TlsServer::start(ours.signs(&["api.harbour.example"], |_| {})).await;
    let opens = Between::start(Relay::To(server.address)).await;
    let forbids = Between::start(Relay::Notification("HTTP/1.1 403 Forbidden\r\n\r\n")).await;
    let harness = |proxy: &Between| {
        let address = format!("http://tomma:hush@{}", proxy.address);
        Harness::at("https://api.harbour.example", "t", SECRET).with("HTTPS_PROXY", &address)
    };
    let through = harness(&opens);
    let ca_file = ours.write(through.home.path());
    let told = through.run(&["--ca-file", ca_file.to_str().unwrap()]).await;
    let address = opens.address.to_string();
    told.says("dns", "ok", &["the proxy", &address, "HTTPS_PROXY"]);
    told.says("proxy", "ok", &[&address, "with a name and a password", "opens the way"]);
    told.says("tls", "ok", &["issued by Ours"]);
    told.says("sign-in", "ok", &[]);
    assert!(!told.out.contains("hush") && !told.out.contains("tomma"), "{}", told.out);

    let told = harness(&forbids).run(&[]).await;
    assert_eq!(told.code, 1);
    told.says("proxy", "fail", &["(403)", "NO_PROXY"]);
    told.says("tls", "skip", &["proxy failed"]);
    assert!(!told.out.contains("hush"), "{}", told.out);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_profiles_the_place_of_the_sample_workspace_is_checked_and_nothing_is_made() {
    let harness = Harness::bare();
    let told = harness.run(&[]).await;
    assert_eq!(told.code, 0, "{}", told.out);
    told.says("profiles", "ok", &["sample workspace"]);
    told.says("data", "ok", &["~/.local/share/mspdash: not there yet"]);
    assert_eq!(std::fs::read_dir(harness.home.path()).unwrap().count(), 0, "looking leaves nothing behind");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_written_of_proxies_and_not_understood_is_told_by_doctor_and_by_commands() {
    let server = sample().await;
    let who = &server.credentials()[0];
    let harness = Harness::at(&server.base_url(), &who.client_id, &who.client_secret)
        .with("HTTPS_PROXY", "::::")
        .with("NO_PROXY", "10.*, harbour.example");
    let told = harness.run(&[]).await;
    assert_eq!(told.code, 0, "{}", told.out);
    told.says("proxy", "warn", &["HTTPS_PROXY names no proxy", "http://proxy.example:3128"]);
    assert!(told.out.contains("“10.*” in NO_PROXY is not understood"), "{}", told.out);
    let mut command = Command::cargo_bin("mspdash").unwrap();
    command.env_clear().env("HOME", harness.home.path()).args(["companies", "list", "--limit", "1"]);
    command.envs(harness.variables.clone()).timeout(Duration::from_mins(1));
    let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{err}");
    assert!(err.contains("HTTPS_PROXY names no proxy") && err.contains("“10.*” in NO_PROXY"), "{err}");
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_that_stand_in_each_others_way_are_told_with_both_names_and_the_line() {
    let harness = Harness::bare();
    let folder = harness.home.path().join(".config/mspdash");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("config.toml"), "[keys]\n\"company.unlink\" = [\"U\"]\n").unwrap();
    let told = harness.run(&[]).await;
    told.says("keys", "warn", &["config.toml line 2: company.unlink and app.undo are both on U", "app.undo keeps it"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pipe_or_a_device_instead_of_a_file_is_named_and_never_waited_for() {
    for link in [false, true] {
        let harness = Harness::bare();
        for (folder, name) in [(".config/mspdash", "config.toml"), (".local/state/mspdash", "mspdash.log")] {
            let folder = harness.home.path().join(folder);
            std::fs::create_dir_all(&folder).unwrap();
            let path = folder.join(name);
            if link {
                std::os::unix::fs::symlink("/dev/tty", &path).unwrap();
            } else {
                assert!(std::process::Command::new("mkfifo").arg(&path).status().unwrap().success());
            }
        }
        let told = harness.run(&[]).await;
        told.says("file", "warn", &["config.toml", "a pipe or a device, not a file"]);
        told.says("settings", "warn", &["a pipe or a device, not a file", "read-only"]);
        told.says("log", "warn", &["mspdash.log", "a pipe or a device, not a file"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_variable_that_is_no_text_is_told() {
    use std::os::unix::ffi::OsStrExt;
    let home = tempfile::tempdir().unwrap();
    let mut command = Command::cargo_bin("mspdash").unwrap();
    command.env_clear().env("HOME", home.path()).arg("doctor").timeout(Duration::from_mins(1));
    command.env("MSPDASH_LOG", std::ffi::OsStr::from_bytes(b"de\xffbug"));
    command.env("HTTPS_PROXY", std::ffi::OsStr::from_bytes(b"http://u:h\xfcsh@p.example"));
    let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    assert!(out.contains("MSPDASH_LOG is not in UTF-8") && out.contains("HTTPS_PROXY names no proxy"), "{out}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_lacks_its_path_is_told_as_such() {
    let mock = MockServer::start().await;
    for answer in [
        ResponseTemplate::new(404).set_body_raw("<title>404 Not Found</title>", "text/html"),
        ResponseTemplate::new(404),
        ResponseTemplate::new(405),
        ResponseTemplate::new(200).set_body_raw("<title>Welcome</title>", "text/html"),
    ] {
        mock.reset().await;
        Mock::given(path("/v1beta1/oauth2/token")).respond_with(answer).mount(&mock).await;
        let told = Harness::at(&mock.uri(), "t", SECRET).run(&[]).await;
        told.says("sign-in", "fail", &["isn't from an MSP API", "may lack its path"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_half_described_server_fails_in_the_configuration() {
    let harness = Harness::bare().with("MSPDASH_SERVER", "https://api.harbour.example");
    let told = harness.run(&[]).await;
    assert_eq!(told.code, 1);
    told.says("settings", "fail", &["client id", "MSPDASH_CLIENT_SECRET"]);
    let told = Harness::bare().run(&["--profile", "europe"]).await;
    assert_eq!(told.code, 1);
    told.says("settings", "fail", &["europe"]);
}
