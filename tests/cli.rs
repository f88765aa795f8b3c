//! The command line from outside: help, wrong calls, results as scripts see them, exit codes.
#![expect(clippy::unwrap_used, reason = "a test may fail loudly, its support too")]

mod support {
    pub mod mock;
}

use assert_cmd::Command;
use serde_json::{Value, json};
use std::os::unix::fs::PermissionsExt;
use std::process::Output;
use support::mock::{SECRET, below, count, ok, server, sign_ins};
use tempfile::TempDir;
use wiremock::matchers::{method, path, query_param, query_param_is_missing};
use wiremock::{Mock, MockServer, ResponseTemplate};

/// The program in a home of its own, with nothing of the environment but what a test gives it.
struct Home {
    dir: TempDir,
}

impl Home {
    fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::cargo_bin("mspdash").unwrap();
        command.env_clear().env("HOME", self.dir.path()).args(args).timeout(std::time::Duration::from_mins(1));
        command
    }

    fn run(&self, args: &[&str]) -> Run {
        Run::of(self.command(args))
    }

    /// Against this server, on a thread of its own: the mock answers on this one.
    async fn ask(&self, server: &MockServer, args: &[&str]) -> Run {
        let mut command = self.command(args);
        command.env("MSPDASH_SERVER", server.uri()).env("MSPDASH_CLIENT_ID", "t");
        command.env("MSPDASH_CLIENT_SECRET", SECRET);
        // What belongs on this machine stays on it: this proxy would refuse.
        command.env("HTTP_PROXY", "http://127.0.0.1:1").env("http_proxy", "http://127.0.0.1:1");
        tokio::task::spawn_blocking(move || Run::of(command)).await.unwrap()
    }
}

struct Run {
    code: i32,
    out: String,
    err: String,
}

impl Run {
    fn of(mut command: Command) -> Self {
        let Output { status, stdout, stderr } = command.output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        let run = Self { code: status.code().unwrap(), out: text(stdout), err: text(stderr) };
        assert!(!run.out.contains(SECRET) && !run.err.contains(SECRET), "a secret was printed");
        run
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap()
    }
}

async fn session(server: &MockServer) {
    let account = json!({"id": support::mock::ACCOUNT, "name": "Harbour IT"});
    let body = json!({"account": account, "technician": {"id": "T"}, "permissions": ["VIEW_COMPANIES"]});
    Mock::given(path("/v1beta1/session")).respond_with(ok(&body)).mount(server).await;
}

fn brightwater() -> Value {
    json!({
        "id": "BRIGHTWATERAAAAAAAAAAAAAAA", "path": "/x", "etag": "\"7\"", "name": "Brightwater GmbH",
        "website": "brightwater.example", "region": "1password.eu", "sign_in_host": "brightwater.1password.eu",
        "address": {"country_code": "DE", "lines": ["Kai 1"], "locality": "Kiel", "postal_code": "24103"},
        "origin": "LINKED", "state": "ACTIVE", "seats": {"filled": 42, "limit": 50, "members": 40, "guests": 2},
        "owners": {"confirmed": 2, "invited": 1}, "setup": {"done": 4, "applicable": 5},
        "open_recoveries": 1, "advanced_permissions": {"allowed_by_company": true, "granted_to_me": false},
        "attention": ["RECOVERY_WAITING", "SEAT_LIMIT_NEAR"], "external_id": "K-7", "tags": ["north"],
        "note": "calls at nine", "create_time": "2025-01-02T03:04:05Z", "link_time": "2025-02-02T03:04:05Z",
        "update_time": "2026-11-20T08:00:00.5Z", "surprise": true
    })
}

fn company(id: &str, name: &str) -> Value {
    json!({"id": id, "name": name, "state": "PENDING"})
}

#[test]
fn help_names_the_commands_the_environment_and_the_exit_codes() {
    let home = Home::new();
    let run = home.run(&["--help"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    for said in
        ["companies", "serve", "--read-only", "--sample-size", "--paths", "MSPDASH_CLIENT_SECRET", "Exit codes:"]
    {
        assert!(run.out.contains(said), "{said}\n{}", run.out);
    }
    assert!(!run.out.contains("--client-secret") && !run.out.contains("--secret"));
    let run = home.run(&["companies", "list", "--help"]);
    assert!(run.out.contains("6  server unreachable or unavailable"), "{}", run.out);
    let run = home.run(&["--version"]);
    assert_eq!((run.code, run.out), (0, format!("mspdash {}\n", env!("CARGO_PKG_VERSION"))));
}

#[test]
fn wrong_calls_end_with_2_and_say_what_is_possible() {
    let home = Home::new();
    for (args, said) in [
        (&["--nonsense"][..], "--nonsense"),
        (&["--sample-size", "0"], "1..=1000000"),
        (&["--sample-size", "1000001"], "1..=1000000"),
        (&["--lang", "fr"], "en and de"),
        (&["companies"], "list"),
        (&["companies", "show"], "<ID>"),
        (&["companies", "list", "--sort", "colour"], "name, status, seats, setup, owners"),
        (&["companies", "list", "--status", "sleepy"], "active, pending, suspended, unlinked"),
        (&["companies", "list", "--format", "xml"], "table, json"),
        (&["companies", "list", "--limit", "0"], "0"),
        (&["serve"], "--credentials"),
        (&["--server", "https://api.example", "companies", "list"], "MSPDASH_CLIENT_SECRET"),
        (&["--server", "https://api.example", "--fresh", "companies", "list"], "--fresh"),
    ] {
        let run = home.run(args);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{args:?}");
        assert!(run.err.contains(said), "{args:?}: {}", run.err);
        assert!(!run.err.contains("panicked") && !run.err.contains('\u{1b}'), "{}", run.err);
    }
}

#[test]
fn without_a_terminal_the_dashboard_says_so_and_ends() {
    let run = Home::new().run(&[]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert_eq!(run.err, "mspdash: the dashboard needs a terminal. For scripts there is `mspdash companies --help`\n");
}

#[test]
fn paths_are_printed_one_a_line() {
    let home = Home::new();
    let at = home.dir.path().display();
    let expected = format!(
        "config\t{at}/.config/mspdash/config.toml\ndata\t{at}/.local/share/mspdash\n\
         workspace\t{at}/.local/share/mspdash/workspace.db\nlog\t{at}/.local/state/mspdash/mspdash.log\n"
    );
    assert_eq!(home.run(&["--paths"]).out, expected);
    let moved = home.run(&["--paths", "--data-dir", "/elsewhere"]).out;
    assert!(moved.contains("workspace\t/elsewhere/workspace.db\n"), "{moved}");
    assert_eq!(std::fs::read_dir(home.dir.path()).unwrap().count(), 0, "asking must not make anything");
}

#[test]
fn a_credentials_file_that_others_can_read_is_refused_with_the_fix() {
    let home = Home::new();
    let file = home.dir.path().join("credentials.json");
    std::fs::write(&file, "{}").unwrap();
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
    let run = home.run(&["companies", "list", "--credentials", file.to_str().unwrap()]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains(&format!("chmod 600 {}", file.display())), "{}", run.err);
}

#[tokio::test]
async fn the_list_as_json_is_stable() {
    let server = server().await;
    session(&server).await;
    let first = json!({"results": [brightwater()], "next_page_token": "2", "total_size": 2});
    let at = below("companies");
    let mock = Mock::given(method("GET")).and(path(&at)).and(query_param_is_missing("page_token"));
    mock.respond_with(ok(&first)).mount(&server).await;
    let second = json!({"results": [brightwater(), company("B", "Zweite"), {"no": "id"}]});
    let mock = Mock::given(method("GET")).and(path(&at)).and(query_param("page_token", "2"));
    mock.respond_with(ok(&second)).mount(&server).await;
    let run = Home::new().ask(&server, &["companies", "list", "--format", "json"]).await;
    assert_eq!((run.code, run.err.as_str()), (0, "mspdash: rows that could not be read and are left out: 1\n"));
    insta::assert_snapshot!("companies_list_json", run.out);
    assert_eq!(run.json().as_array().map(Vec::len), Some(2), "a company that moved between pages is there once");
    assert_eq!(sign_ins(&server).await, 1);
}

#[tokio::test]
async fn the_list_as_a_table_keeps_its_columns_with_wide_and_hostile_names() {
    let server = server().await;
    session(&server).await;
    let rows = json!([
        brightwater(),
        company("B", "東京セキュリティ株式会社"),
        company("C", "\u{1b}[31mRed\u{202e}\r\n\u{7}"),
        company("D", &"Langer Name ".repeat(20)),
        company("E", ""),
    ]);
    Mock::given(path(below("companies"))).respond_with(ok(&json!({"results": rows}))).mount(&server).await;
    let run = Home::new().ask(&server, &["companies", "list"]).await;
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert!(!run.out.chars().any(|c| c.is_control() && c != '\n'));
    insta::assert_snapshot!("companies_list_table", run.out);
}

#[tokio::test]
async fn one_company_is_shown_in_both_ways() {
    let server = server().await;
    session(&server).await;
    let at = below("companies/BRIGHTWATERAAAAAAAAAAAAAAA");
    Mock::given(path(&at)).respond_with(ok(&brightwater())).mount(&server).await;
    let home = Home::new();
    let run = home.ask(&server, &["companies", "show", "BRIGHTWATERAAAAAAAAAAAAAAA"]).await;
    insta::assert_snapshot!("companies_show_table", run.out);
    let run = home.ask(&server, &["companies", "show", "BRIGHTWATERAAAAAAAAAAAAAAA", "--format", "json"]).await;
    assert_eq!((run.code, run.json()["seats"]["filled"].as_u64()), (0, Some(42)));
    let run = home.ask(&server, &["companies", "show", "NOBODY"]).await;
    assert_eq!((run.code, run.out.as_str()), (4, ""));
}

#[tokio::test]
async fn status_order_search_and_limit_reach_the_server_in_its_language() {
    let server = server().await;
    session(&server).await;
    let filter = r#"(state = ACTIVE OR state = PENDING) AND name : "a \"b""#;
    Mock::given(path(below("companies")))
        .and(query_param("filter", filter))
        .and(query_param("order_by", "seats.filled desc, name"))
        .and(query_param("max_page_size", "1"))
        .respond_with(ok(&json!({"results": [company("A", "One")], "next_page_token": "2"})))
        .mount(&server)
        .await;
    let args = ["companies", "list", "--status", "active", "--status", "PENDING", "--sort", "-seats"];
    let more = ["--search", r#"a "b"#, "--limit", "1", "--format", "json"];
    let run = Home::new().ask(&server, &[&args[..], &more[..]].concat()).await;
    assert_eq!((run.code, run.json().as_array().map(Vec::len)), (0, Some(1)), "{}", run.err);
    assert_eq!(count(&server, &below("companies")).await, 1);
}

#[tokio::test]
async fn failures_have_their_code_and_one_sentence() {
    for (status, body, code, said) in [
        (401, json!({}), 3, "does not accept the credential"),
        (403, json!({"code": "PERMISSION_DENIED", "detail": "View only."}), 3, "View only."),
        (409, json!({"code": "OTHER"}), 5, "OTHER"),
        (412, json!({}), 5, "changed it meanwhile"),
        (400, json!({"field_violations": [{"field": "filter", "description": "No."}]}), 2, "filter: No."),
        (500, json!({}), 6, "failed (500)"),
        (418, json!({}), 1, "answered 418"),
    ] {
        let server = server().await;
        session(&server).await;
        let answer = ResponseTemplate::new(status).set_body_json(body);
        Mock::given(path(below("companies"))).respond_with(answer).mount(&server).await;
        let run = Home::new().ask(&server, &["companies", "list", "--format", "json"]).await;
        assert_eq!((run.code, run.out.as_str()), (code, ""), "{status}: {}", run.err);
        assert!(run.err.starts_with("mspdash: ") && run.err.contains(said), "{status}: {}", run.err);
        assert_eq!(run.err.lines().count(), 1, "{}", run.err);
    }
}

#[test]
fn a_server_that_is_not_there_is_6() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let home = Home::new();
    let mut command = home.command(&["companies", "list"]);
    command.env("MSPDASH_SERVER", format!("http://{address}")).env("MSPDASH_CLIENT_ID", "t");
    command.env("MSPDASH_CLIENT_SECRET", SECRET);
    let run = Run::of(command);
    assert_eq!(run.code, 6);
    assert!(run.err.contains(&format!("nobody listens at {address}")), "{}", run.err);
}

#[tokio::test]
async fn a_reader_that_goes_away_is_no_failure() {
    let server = server().await;
    session(&server).await;
    let rows: Vec<_> =
        (0..2000).map(|n| company(&format!("C{n}"), "A name that takes some room in the pipe")).collect();
    Mock::given(path(below("companies"))).respond_with(ok(&json!({"results": rows}))).mount(&server).await;
    let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin("mspdash"));
    command.args(["companies", "list", "--format", "json"]).env("MSPDASH_SERVER", server.uri());
    command.env("MSPDASH_CLIENT_ID", "t").env("MSPDASH_CLIENT_SECRET", SECRET);
    command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
    let output = tokio::task::spawn_blocking(move || {
        let mut child = command.spawn().unwrap();
        // The pipe's other end is closed before anything can be written.
        drop(child.stdout.take());
        child.wait_with_output().unwrap()
    });
    let output = output.await.unwrap();
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}

// --- with the program's own server ------------------------------------------------------------------------------

#[test]
fn with_nothing_configured_the_sample_workspace_answers_and_is_kept() {
    let home = Home::new();
    let list = |args: &[&str]| {
        let run = home.run(&[&["companies", "list", "--format", "json"], args].concat());
        assert_eq!((run.code, run.err.as_str()), (0, ""));
        run.json().as_array().unwrap().iter().map(|company| company["id"].to_string()).collect::<Vec<_>>()
    };
    let first = list(&[]);
    assert_eq!(first.len(), 48);
    assert_eq!(list(&[]), first, "the workspace is kept from run to run");
    assert!(home.dir.path().join(".local/share/mspdash/workspace.db").exists());
    let some = list(&["--status", "active", "--sort", "-seats", "--limit", "3"]);
    assert_eq!(some.len(), 3);
    assert_eq!(list(&["--fresh", "--sample-size", "7"]).len(), 7);
}

#[test]
fn a_damaged_configuration_is_told_with_its_line_and_the_command_still_runs() {
    let home = Home::new();
    let dir = home.dir.path().join(".config/mspdash");
    std::fs::create_dir_all(&dir).unwrap();
    std::fs::write(dir.join("config.toml"), "lang = 'de'\nserevr = 'https://api.example'\n").unwrap();
    let run = home.run(&["companies", "list", "--limit", "1", "--format", "json"]);
    assert_eq!((run.code, run.json().as_array().map(Vec::len)), (0, Some(1)));
    assert!(run.err.contains("config.toml line 2: ") && run.err.contains("serevr"), "{}", run.err);
}

#[test]
fn without_a_place_to_keep_it_the_sample_is_there_for_once_with_a_notice() {
    let home = Home::new();
    let blocked = home.dir.path().join("blocked");
    std::fs::write(&blocked, "a file").unwrap();
    let run = home.run(&["companies", "list", "--format", "json", "--data-dir", blocked.to_str().unwrap()]);
    assert_eq!((run.code, run.json().as_array().map(Vec::len)), (0, Some(48)));
    assert!(run.err.contains("this workspace ends with the program"), "{}", run.err);
}

#[test]
fn an_unknown_sample_technician_is_told_with_those_there_are() {
    let run = Home::new().run(&["companies", "list", "--as", "janitor"]);
    assert_eq!((run.code, run.out.as_str()), (1, ""));
    assert!(run.err.contains("no technician JANITOR") && run.err.contains("MSP_TECHNICIAN"), "{}", run.err);
}

#[test]
fn a_technician_without_mfa_may_not_list() {
    let run = Home::new().run(&["companies", "list", "--as", "no-mfa"]);
    assert_eq!(run.code, 3, "{}", run.err);
    assert!(run.err.contains("multi-factor"), "{}", run.err);
}

/// `mspdash serve`, stopped when it is dropped.
struct Served {
    child: std::process::Child,
    line: String,
}

impl Served {
    fn start(home: &Home, credentials: &std::path::Path) -> Self {
        use std::io::BufRead;
        let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin("mspdash"));
        command.env_clear().env("HOME", home.dir.path()).args(["serve", "--listen", "127.0.0.1:0", "--database"]);
        command.arg(home.dir.path().join("served.db")).arg("--credentials").arg(credentials);
        let mut child = command.stdout(std::process::Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        std::io::BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Self { child, line }
    }

    fn terminate(mut self) -> Option<i32> {
        let pid = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(pid, rustix::process::Signal::TERM).unwrap();
        self.child.wait().unwrap().code()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn serve_writes_its_credentials_for_one_reader_answers_and_stops_on_term() {
    let home = Home::new();
    let file = home.dir.path().join("credentials.json");
    let served = Served::start(&home, &file);
    assert!(served.line.starts_with("Serving the MSP API at http://127.0.0.1:"), "{}", served.line);
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let credentials = file.to_str().unwrap();
    for role in ["owner", "msp-technician", "view-only"] {
        let args = ["companies", "list", "--format", "json", "--credentials", credentials, "--as", role];
        let run = home.run(&args);
        assert_eq!((run.code, run.json().as_array().map(Vec::len)), (0, Some(48)), "{role}: {}", run.err);
    }
    assert_eq!(served.terminate(), Some(0));
    let run = home.run(&["companies", "list", "--credentials", credentials]);
    assert_eq!(run.code, 6, "{}", run.err);
}

#[test]
fn serve_that_cannot_start_says_why() {
    let home = Home::new();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let file = home.dir.path().join("c.json");
    let run = home.run(&["serve", "--listen", &address, "--credentials", file.to_str().unwrap()]);
    assert_eq!((run.code, run.out.as_str()), (1, ""));
    assert!(run.err.contains(&address), "{}", run.err);
    let run = home.run(&["serve", "--listen", "127.0.0.1:0", "--credentials", "/nowhere/at/all/c.json"]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("/nowhere/at/all/c.json"), "{}", run.err);
    let run = home.run(&["serve", "--credentials", file.to_str().unwrap(), "--server", "https://api.example"]);
    assert_eq!((run.code, run.err.as_str()), (2, "mspdash: --server means nothing for `mspdash serve`.\n"));
}
