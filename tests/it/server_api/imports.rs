//! Imports: rows become companies of a REAL workspace, each once, and a whole run can be taken back.

use super::client::{Api, Seen};
use serde_json::{Value, json};

async fn send(api: &Api, query: &str, body: &Value) -> Seen {
    api.write("POST", &format!("companies:import{query}")).json(body).send().await
}

async fn import(api: &Api, rows: Value) -> Value {
    send(api, "", &json!({"file": "psa.csv", "rows": rows})).await.ok()
}

fn outcomes(answer: &Value) -> Vec<&str> {
    answer["results"].as_array().unwrap().iter().map(|row| row["outcome"].as_str().unwrap()).collect()
}

fn run(answer: &Value) -> String {
    format!("import_runs/{}", answer["run_id"].as_str().unwrap())
}

async fn undo(api: &Api, run: &str) -> Seen {
    api.write("POST", &format!("{run}:undo")).send().await
}

/// What the companies look like, without what every write moves on.
async fn register(api: &Api) -> Value {
    let mut all = api.get("companies?max_page_size=1000&order_by=name").await.ok()["results"].take();
    for company in all.as_array_mut().unwrap() {
        for moved in ["etag", "update_time", "id", "path"] {
            company.as_object_mut().unwrap().remove(moved);
        }
    }
    all
}

fn two() -> Value {
    json!([
        {"line": 2, "name": "Brightwater GmbH", "external_id": "K-1", "website": "brightwater.example",
         "country_code": "DE", "state": "ACTIVE", "seats_filled": 12, "seat_limit": 50, "tags": ["vip"],
         "account_uuid": "ABCDEFGHIJKLMNOPQRSTUVWXYZ"},
        {"line": 3, "name": "Acme Limited"},
    ])
}

#[tokio::test]
async fn new_companies_come_with_what_the_rows_say_and_an_import_that_is_repeated_changes_nothing() {
    let (_folder, api) = Api::real().await;
    let planned = send(&api, "?validate_only=true", &json!({"rows": two()})).await.ok();
    assert_eq!(outcomes(&planned), ["NEW", "NEW"]);
    assert!(planned.get("run_id").is_none() && planned["results"][0].get("company_id").is_none(), "{planned}");
    assert_eq!(register(&api).await, json!([]), "nothing was changed");
    let first = import(&api, two()).await;
    assert_eq!(outcomes(&first), ["NEW", "NEW"]);
    let all = register(&api).await;
    let bright = &all[1];
    assert_eq!((&bright["state"], &bright["external_id"]), (&json!("ACTIVE"), &json!("K-1")));
    assert_eq!((&bright["seats"]["filled"], &bright["seats"]["limit"]), (&json!(12), &json!(50)));
    assert_eq!((&bright["website"], &bright["tags"]), (&json!("https://brightwater.example"), &json!(["vip"])));
    assert!(all[0].get("seats").is_none(), "not known is not 0: {}", all[0]);
    let events = api.get("audit_events").await.ok();
    let told: Vec<_> = events["results"].as_array().unwrap().iter().map(|it| it["target"].as_str()).collect();
    assert_eq!(told, [Some("import of psa.csv"), Some("import of psa.csv")]);
    let again = import(&api, two()).await;
    assert_eq!(outcomes(&again), ["UNCHANGED", "UNCHANGED"]);
    assert_eq!(register(&api).await, all);
    assert_eq!(api.get("audit_events").await.ok()["total_size"], 2);
    let runs = api.get("import_runs").await.ok();
    assert_eq!(runs["results"][0]["counts"]["unchanged"], 2);
    assert_eq!(runs["results"][1]["counts"]["new"], 2);
}

#[tokio::test]
async fn what_changes_is_told_and_only_that_changes() {
    let (_folder, api) = Api::real().await;
    import(&api, two()).await;
    let says = json!([
        {"line": 2, "external_id": "K-1", "name": "Another name", "seats_filled": 14, "seat_limit": 0, "tags": ["nord"]},
        {"line": 3, "name": "Acme Limited", "external_id": "K-2"},
    ]);
    let answer = import(&api, says).await;
    assert_eq!(outcomes(&answer), ["CHANGED", "CHANGED"]);
    let row = &answer["results"][0];
    assert_eq!(row["name"], "Brightwater GmbH", "an import renames nothing");
    let changes: Vec<_> = row["changes"].as_array().unwrap().iter().map(|it| it["field"].as_str().unwrap()).collect();
    assert_eq!(changes, ["filled_seats", "seat_limit", "tags"]);
    assert_eq!((&row["changes"][0]["old"], &row["changes"][0]["new"]), (&json!("12"), &json!("14")));
    let all = register(&api).await;
    assert_eq!((&all[1]["seats"]["filled"], all[1]["seats"].get("limit")), (&json!(14), None));
    assert_eq!(all[1]["tags"], json!(["vip", "nord"]));
    assert_eq!(all[1]["website"], "https://brightwater.example", "what a row lacks is left alone");
    assert_eq!(all[0]["external_id"], "K-2");
}

#[tokio::test]
async fn what_is_not_certain_is_left_to_a_person() {
    let (_folder, api) = Api::real().await;
    import(&api, two()).await;
    let rows = json!([
        {"line": 2, "name": "Acme Ltd"},
        {"line": 3, "name": "Brightwater GmbH", "external_id": "K-9"},
        {"line": 4, "external_id": "K-77"},
        {"line": 5, "name": "Beta", "seats_filled": 2_000_000},
        {"line": 6, "name": "Beta", "website": "not a site"},
        {"line": 7},
        {"line": 8, "name": "Beta\u{202e}"},
        {"line": 9, "name": "Gamma", "state": "UNLINKED"},
        {"line": 10, "name": "Delta", "company_id": "AAAAAAAAAAAAAAAAAAAAAAAAAA"},
        {"line": 11, "external_id": "K-1"},
        {"line": 12, "name": "Brightwater GmbH"},
        {"line": 13, "name": "Acme Limited", "account_uuid": "ABCDEFGHIJKLMNOPQRSTUVWXYZ"},
    ]);
    let before = register(&api).await;
    let answer = import(&api, rows).await;
    let told: Vec<_> = answer["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| format!("{} {}", row["outcome"].as_str().unwrap(), row["reason"]["code"].as_str().unwrap_or("-")))
        .collect();
    assert_eq!(
        told,
        [
            "AMBIGUOUS -",
            "AMBIGUOUS -",
            "REJECTED NAME_MISSING",
            "REJECTED INVALID",
            "REJECTED INVALID",
            "REJECTED NO_KEY",
            "REJECTED INVALID",
            "REJECTED CANNOT_UNLINK",
            "REJECTED NO_SUCH_COMPANY",
            "UNCHANGED -",
            "REJECTED REPEATS",
            "REJECTED REPEATS",
        ]
    );
    assert_eq!(answer["results"][10]["reason"]["line"], 11);
    assert_eq!(register(&api).await, before);
    let two_keys = json!([{"line": 2, "name": "Acme Limited", "external_id": "K-5"}]);
    import(&api, two_keys).await;
    let taken = json!([{"line": 2, "external_id": "K-5", "account_uuid": "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}]);
    let refused = import(&api, taken).await;
    assert_eq!(outcomes(&refused), ["REJECTED"], "an account is one company: {refused}");
    let acme = answer["results"][0]["candidates"][0]["company_id"].clone();
    assert_eq!(answer["results"][0]["candidates"][0]["name"], "Acme Limited");
    let decided = json!([
        {"line": 2, "name": "Acme Ltd", "external_id": "K-2", "company_id": acme},
        {"line": 3, "name": "Acme Ltd", "external_id": "K-3", "create": true},
    ]);
    let answer = import(&api, decided.clone()).await;
    assert_eq!(outcomes(&answer), ["CHANGED", "NEW"]);
    assert_eq!(answer["results"][0]["company_id"], acme);
    assert_eq!(outcomes(&import(&api, decided).await), ["UNCHANGED", "UNCHANGED"]);
}

/// The curve of its seats begins where they first changed, and stops where nobody knows them any more.
#[tokio::test]
async fn seats_that_two_runs_told_are_not_known_when_both_are_taken_back() {
    let (_folder, api) = Api::real().await;
    import(&api, json!([{"line": 2, "name": "Acme Limited"}])).await;
    let before = register(&api).await;
    let mut runs = Vec::new();
    for seats in [5, 7] {
        runs.push(run(&import(&api, json!([{"line": 2, "name": "Acme Limited", "seats_filled": seats}])).await));
    }
    for told in runs.iter().rev() {
        undo(&api, told).await.ok();
    }
    assert_eq!(register(&api).await, before);
}

#[tokio::test]
async fn a_run_is_taken_back_as_a_whole_while_nothing_else_touched_it() {
    let (_folder, api) = Api::real().await;
    import(&api, two()).await;
    let before = register(&api).await;
    let rows = json!([
        {"line": 2, "external_id": "K-1", "seats_filled": 14, "seat_limit": 20, "tags": ["nord"], "state": "SUSPENDED",
         "website": "new.example", "country_code": "AT"},
        {"line": 3, "name": "Acme Limited", "seats_filled": 1, "external_id": "K-2", "website": "acme.example"},
        {"line": 4, "name": "Zeta"},
    ]);
    let first = import(&api, rows).await;
    let token = api.get("companies?max_page_size=1").await.ok()["change_token"].as_str().unwrap().to_owned();
    let second = import(&api, json!([{"line": 2, "external_id": "K-1", "seats_filled": 15}])).await;
    let refused = undo(&api, &run(&first)).await;
    assert_eq!((refused.status, refused.code().as_str()), (409, "IMPORT_TOUCHED"));
    assert!(refused.text.contains("Brightwater GmbH"), "{}", refused.text);
    undo(&api, &run(&second)).await.ok();
    let undone = undo(&api, &run(&first)).await.ok();
    assert!(undone["undo_time"].is_string());
    assert_eq!(register(&api).await, before, "all is as it was");
    let changes = api.get(&format!("companies:changes?since={token}")).await.ok();
    assert_eq!((changes["removed"].as_array().unwrap().len(), changes["results"].as_array().unwrap().len()), (1, 2));
    let again = undo(&api, &run(&first)).await;
    assert_eq!((again.status, again.code().as_str()), (409, "IMPORT_UNDONE"));
    let more = json!({"run_id": first["run_id"], "rows": two()});
    assert_eq!(send(&api, "", &more).await.code(), "IMPORT_UNDONE");
    assert_eq!(undo(&api, "import_runs/AAAAAAAAAAAAAAAAAAAAAAAAAA").await.status, 404);
    let edit = import(&api, json!([{"line": 2, "name": "Eta"}])).await;
    let id = edit["results"][0]["company_id"].as_str().unwrap().to_owned();
    let etag = api.company(&id).await["etag"].as_str().unwrap().to_owned();
    let patch = api.write("PATCH", &format!("companies/{id}")).header("if-match", &etag);
    patch.json(&json!({"note": "calls at nine"})).send().await.ok();
    assert_eq!(undo(&api, &run(&edit)).await.code(), "IMPORT_TOUCHED", "somebody works with it");
}

#[tokio::test]
async fn calls_of_one_run_belong_together_and_what_the_file_lacks_is_told_and_stays() {
    let (_folder, api) = Api::real().await;
    import(&api, two()).await;
    let map = json!({"fingerprint": "name\u{1f}seats", "header": true, "columns": ["name", ""]});
    let body = json!({"mapping": map, "rows": [{"line": 2, "name": "Acme Limited", "seats_filled": 3}]});
    let first = send(&api, "", &body).await.ok();
    let body = json!({"run_id": first["run_id"], "rows": [
        {"line": 3, "name": "Acme Limited", "seats_filled": 4},
        {"line": 4, "name": "Theta"},
    ]});
    let second = send(&api, "", &body).await.ok();
    assert_eq!(outcomes(&second), ["REJECTED", "NEW"], "the first row of a run about a company counts");
    let run = api.get(&run(&first)).await.ok();
    assert_eq!(
        (&run["counts"]["new"], &run["counts"]["changed"], &run["counts"]["rejected"]),
        (&json!(1), &json!(1), &json!(1))
    );
    assert_eq!((&run["not_in_file"], &run["not_in_file_names"]), (&json!(1), &json!(["Brightwater GmbH"])));
    assert_eq!(register(&api).await.as_array().unwrap().len(), 3, "nothing is deleted");
    assert_eq!(api.get("import_maps").await.ok()["results"], json!([map]));
}

#[tokio::test]
async fn the_same_call_again_is_carried_out_once_and_a_bad_one_not_at_all() {
    let (_folder, api) = Api::real().await;
    let ask = || api.ask("POST", "companies:import").header("idempotency-key", "one").json(&json!({"rows": two()}));
    let (first, again) = (ask().send().await.ok(), ask().send().await.ok());
    assert_eq!(first, again);
    let other = api.ask("POST", "companies:import").header("idempotency-key", "one").json(&json!({"rows": []}));
    assert_eq!(other.send().await.status, 422);
    for (body, field) in [
        (json!({}), "rows"),
        (json!({"rows": {}}), "rows"),
        (json!({"rows": [1]}), "rows[0]"),
        (json!({"rows": [{"name": 7}]}), "rows[0].name"),
        (json!({"rows": [{"name": "A", "line": "x"}]}), "rows[0].line"),
        (json!({"rows": [{"name": "A", "tags": [1]}]}), "rows[0].tags"),
        (json!({"rows": [], "mapping": {"columns": 1}}), "mapping"),
        (json!({"rows": vec![json!({"name": "A"}); 1001]}), "rows"),
    ] {
        let seen = send(&api, "", &body).await;
        assert_eq!((seen.status, seen.fields()), (400, vec![field.to_owned()]), "{}", seen.text);
    }
    let sample = Api::start().await;
    let refused = send(&sample, "", &json!({"rows": two()})).await;
    assert_eq!((refused.status, refused.code().as_str()), (409, "SAMPLE_WORKSPACE"));
}

#[tokio::test]
async fn thousands_of_rows_in_several_calls_are_one_run() {
    let (_folder, api) = Api::real().await;
    let (mut run, mut line) = (Value::Null, 1);
    for _ in 0..5 {
        let rows: Vec<_> = (0..1000)
            .map(|_| {
                line += 1;
                json!({"line": line, "name": format!("Praxis Dr. Nummer {line} GmbH"), "external_id": line.to_string(), "seats_filled": line % 40,
                       "create": true})
            })
            .collect();
        let mut body = json!({"file": "all.csv", "rows": rows});
        if run.is_string() {
            body["run_id"] = run.clone();
        }
        run = send(&api, "", &body).await.ok()["run_id"].clone();
    }
    assert_eq!(api.get("companies?max_page_size=1").await.ok()["total_size"], 5000);
    undo(&api, &format!("import_runs/{}", run.as_str().unwrap())).await.ok();
    assert_eq!(api.get("companies?max_page_size=1").await.ok()["total_size"], 0);
}
