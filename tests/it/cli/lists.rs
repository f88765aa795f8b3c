//! Lists and failures, against a mock whose answers do not change.

use crate::support::home::{Home, Run};
use crate::support::mock::{ACCOUNT, SECRET, below, count, ok, server, sign_ins};
use serde_json::{Value, json};
use wiremock::matchers::{header, method, path, query_param, query_param_is_missing};
use wiremock::{Mock, MockServer, ResponseTemplate};

async fn session(server: &MockServer) {
    let account = json!({"id": ACCOUNT, "name": "Harbour IT"});
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
async fn a_list_that_fails_half_way_does_not_pass_for_whole() {
    let server = server().await;
    session(&server).await;
    let first = json!({"results": [brightwater()], "next_page_token": "2", "total_size": 2});
    let at = below("companies");
    let mock = Mock::given(method("GET")).and(path(&at)).and(query_param_is_missing("page_token"));
    mock.respond_with(ok(&first)).mount(&server).await;
    let mock = Mock::given(method("GET")).and(path(&at)).and(query_param("page_token", "2"));
    mock.respond_with(ResponseTemplate::new(403)).mount(&server).await;
    let json = Home::new().ask(&server, &["companies", "list", "--format", "json"]).await;
    assert_eq!(json.code, 3, "{}", json.err);
    assert!(json.out.contains("Brightwater") && serde_json::from_str::<Value>(&json.out).is_err(), "{}", json.out);
    let table = Home::new().ask(&server, &["companies", "list"]).await;
    assert_eq!((table.code, table.out.as_str(), table.err), (3, "", json.err));
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
    let run = home.ask(&server, &["companies", "show", "BRIGHTWATERAAAAAAAAAAAAAAA", "--utc"]).await;
    insta::assert_snapshot!("companies_show_table", run.out);
    let run = home.ask(&server, &["companies", "show", "BRIGHTWATERAAAAAAAAAAAAAAA", "--format", "json"]).await;
    assert_eq!((run.code, run.json()["seats"]["filled"].as_u64()), (0, Some(42)));
    let run = home.ask(&server, &["companies", "show", "NOBODY"]).await;
    assert_eq!((run.code, run.out.as_str()), (4, ""));
}

#[tokio::test]
async fn status_order_and_limit_reach_the_server_in_its_language() {
    let server = server().await;
    session(&server).await;
    let filter = "(state = ACTIVE OR state = PENDING)";
    Mock::given(path(below("companies")))
        .and(query_param("filter", filter))
        .and(query_param("order_by", "seats.filled desc, name"))
        .and(query_param("max_page_size", "1"))
        .respond_with(ok(&json!({"results": [company("A", "One")], "next_page_token": "2"})))
        .mount(&server)
        .await;
    let args = ["companies", "list", "--status", "active", "--status", "PENDING", "--sort", "-seats"];
    let more = ["--limit", "1", "--format", "json"];
    let run = Home::new().ask(&server, &[&args[..], &more[..]].concat()).await;
    assert_eq!((run.code, run.json().as_array().map(Vec::len)), (0, Some(1)), "{}", run.err);
    assert_eq!(count(&server, &below("companies")).await, 1);
}

/// What is found and first of all is not for a server to say that searches and orders otherwise.
#[tokio::test]
async fn a_search_and_an_order_of_the_screen_look_at_every_page() {
    let server = server().await;
    session(&server).await;
    let at = below("companies");
    let first = json!({"results": [company("A", "Mueller 10"), company("B", "Other")], "next_page_token": "2"});
    let mock = Mock::given(method("GET")).and(path(&at)).and(query_param_is_missing("page_token"));
    mock.and(query_param_is_missing("filter")).respond_with(ok(&first)).mount(&server).await;
    let second = json!({"results": [company("C", "Müller 9"), company("D", "Contoso")]});
    let mock = Mock::given(method("GET")).and(path(&at)).and(query_param("page_token", "2"));
    mock.respond_with(ok(&second)).mount(&server).await;
    let home = Home::new();
    for (args, wanted) in [
        (["--search", "muller 9", "--limit", "1"], ["C"]),
        (["--search", "contoso", "--limit", "9"], ["D"]),
        (["--sort", "owners", "--limit", "1"], ["D"]),
    ] {
        let run = home.ask(&server, &[&["companies", "list", "--format", "json"][..], &args].concat()).await;
        assert_eq!(run.code, 0, "{}", run.err);
        let ids: Vec<_> = run.json().as_array().unwrap().iter().map(|row| row["id"].clone()).collect();
        assert_eq!(ids, wanted, "{args:?}");
    }
    let run = home.ask(&server, &["companies", "list", "--sort", "name", "--search", "mull", "--format", "json"]).await;
    let ids: Vec<_> = run.json().as_array().unwrap().iter().map(|row| row["id"].clone()).collect();
    assert_eq!(ids, ["A", "C"], "in the order that is asked for");
}

#[tokio::test]
async fn every_list_says_how_many_rows_could_not_be_read() {
    const COMPANY: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let row = |id: &str| json!({"id": id, "company_id": id, "user_id": id});
    let rows = json!({"results": [row("A"), {}, null, row("B")], "start_date": "2026-11-01", "end_date": "2026-11-30"});
    let lists: [(&[&str], &str); 7] = [
        (&["companies", "list"], "companies"),
        (&["links", "list"], "link_requests"),
        (&["recoveries", "list"], "recoveries"),
        (&["people", "list", COMPANY], &format!("companies/{COMPANY}/users")),
        (&["vaults", "list", COMPANY], &format!("companies/{COMPANY}/vaults")),
        (&["usage"], "usage"),
        (&["activity"], "audit_events"),
    ];
    for (args, at) in lists {
        let server = server().await;
        session(&server).await;
        Mock::given(path(below(at))).respond_with(ok(&rows)).mount(&server).await;
        let one = company(COMPANY, "One");
        Mock::given(path(below(&format!("companies/{COMPANY}")))).respond_with(ok(&one)).mount(&server).await;
        let run = Home::new().ask(&server, &[args, &["--format", "json"]].concat()).await;
        assert_eq!(run.err, "mspdash: rows that could not be read and are left out: 2\n", "{args:?}");
        assert_eq!(run.code, 0);
    }
}

#[tokio::test]
async fn a_list_that_stops_says_so_and_how_to_get_all_of_it() {
    let lists: [(&[&str], &str, &str); 2] = [
        (&["companies", "list", "--limit", "2"], "companies", "for all of them: --limit 0"),
        (&["activity", "--limit", "2"], "audit_events", "for all of them: --limit 0"),
    ];
    for (args, at, how) in lists {
        for rows in 2..4 {
            let server = server().await;
            session(&server).await;
            let rows: Vec<_> = (0..rows).map(|at| company(&at.to_string(), "N")).collect();
            let page = json!({"results": rows, "next_page_token": "2", "total_size": 245});
            Mock::given(path(below(at))).respond_with(ok(&page)).mount(&server).await;
            let run = Home::new().ask(&server, args).await;
            assert_eq!(run.err, format!("mspdash: 2 of 245 shown; {how}\n"));
            assert_eq!((run.code, run.out.trim_end().lines().count()), (0, 3), "{}", run.out);
        }
    }
}

#[tokio::test]
async fn a_list_without_an_end_fails_with_the_reason() {
    for (args, at) in [(["companies", "list"], "companies"), (["activity", "--limit=900"], "audit_events")] {
        let server = server().await;
        session(&server).await;
        let page = json!({"results": [company("A", "N")], "next_page_token": "again", "total_size": 48});
        Mock::given(path(below(at))).respond_with(ok(&page)).mount(&server).await;
        let run = Home::new().ask(&server, &args).await;
        assert_eq!((run.code, run.out.as_str()), (1, ""));
        assert!(run.err.contains("the list never ends: the server sends the same page again"), "{}", run.err);
        assert_eq!(count(&server, &below(at)).await, 2);
    }
}

#[tokio::test]
async fn a_wait_that_the_server_asks_for_is_told() {
    let server = server().await;
    session(&server).await;
    let busy = ResponseTemplate::new(503).insert_header("retry-after", "2");
    let busy = busy.set_body_json(json!({"detail": "The disk is full."}));
    Mock::given(path(below("companies"))).respond_with(busy).up_to_n_times(1).with_priority(1).mount(&server).await;
    Mock::given(path(below("companies"))).respond_with(ok(&json!({"results": []}))).mount(&server).await;
    let run = Home::new().ask(&server, &["companies", "list"]).await;
    let told = "mspdash: Can't load companies: server error 503: The disk is full. Next try in ";
    assert!(run.code == 0 && run.err.starts_with(told), "{}", run.err);
}

#[tokio::test]
async fn failures_have_their_code_and_one_sentence() {
    for (status, body, code, said) in [
        (401, json!({}), 3, "rejected your credentials"),
        (403, json!({"code": "PERMISSION_DENIED", "detail": "View only."}), 3, "View only."),
        (409, json!({"code": "OTHER"}), 5, "OTHER"),
        (412, json!({}), 5, "changed it in the meantime"),
        (400, json!({"field_violations": [{"field": "filter", "description": "No."}]}), 2, "filter: No."),
        (500, json!({}), 6, "server error 500"),
        (500, json!({"detail": "The disk is full."}), 6, "server error 500: The disk is full."),
        (418, json!({}), 1, "unexpected response 418"),
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

#[tokio::test]
async fn a_write_has_one_key_over_its_tries_and_a_lost_answer_is_told_as_such() {
    let server = server().await;
    session(&server).await;
    let answer = ResponseTemplate::new(502).set_body_json(json!({}));
    Mock::given(method("POST")).and(path(below("companies"))).respond_with(answer).mount(&server).await;
    let (home, mut keys) = (Home::new(), Vec::new());
    for _ in 0..2 {
        let run = home.ask(&server, &["companies", "add", "--name", "One", "--country", "DE"]).await;
        assert_eq!((run.code, run.out.as_str()), (6, ""), "{}", run.err);
        assert!(run.err.contains("Unknown whether the company was added"), "{}", run.err);
        assert!(run.err.contains("before you retry"), "{}", run.err);
    }
    for request in server.received_requests().await.unwrap() {
        if request.url.path() == below("companies") {
            keys.push(request.headers["idempotency-key"].to_str().unwrap().to_owned());
        }
    }
    let tries = keys.len();
    keys.dedup();
    assert_eq!(keys.len(), 2, "one key for each command");
    assert!(tries > 2, "a lost answer is asked for again");
    assert!(keys.iter().all(|key| uuid::Uuid::parse_str(key).unwrap().get_version_num() == 7), "{keys:?}");
}

#[tokio::test]
async fn who_was_slower_is_told_and_changes_nothing() {
    let server = server().await;
    session(&server).await;
    let at = below("companies/BRIGHTWATERAAAAAAAAAAAAAAA");
    Mock::given(method("GET")).and(path(&at)).respond_with(ok(&brightwater())).mount(&server).await;
    let bound = Mock::given(method("PATCH")).and(path(&at)).and(header("if-match", "\"7\""));
    bound.respond_with(ResponseTemplate::new(412).set_body_json(json!({}))).mount(&server).await;
    let args = ["companies", "edit", "BRIGHTWATERAAAAAAAAAAAAAAA", "--note", "x"];
    let run = Home::new().ask(&server, &args).await;
    assert_eq!((run.code, run.out.as_str()), (5, ""), "{}", run.err);
    assert!(run.err.contains("changed it in the meantime") && !run.err.contains("Unknown whether"), "{}", run.err);
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
    assert!(run.err.contains(&format!("connection refused ({address})")), "{}", run.err);
}

#[tokio::test]
async fn a_reader_that_goes_away_is_no_failure() {
    let server = server().await;
    session(&server).await;
    let rows: Vec<_> =
        (0..2000).map(|n| company(&format!("C{n}"), "A name that takes some room in the pipe")).collect();
    Mock::given(path(below("companies"))).respond_with(ok(&json!({"results": rows}))).mount(&server).await;
    let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin("mspdash"));
    command
        .args(["companies", "list", "--format", "json"])
        .env("MSPDASH_SERVER", server.uri())
        .envs(crate::support::clock::variables());
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
