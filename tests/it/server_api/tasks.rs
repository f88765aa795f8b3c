//! Tasks of a REAL workspace: begun once, seen by colleagues, verified by data or kept as a technician's word; what they
//! mean for a company, and what a table may say against them.

use super::client::{Api, Seen, text};
use jiff::{SignedDuration, Timestamp};
use mspdash::server::Credential;
use serde_json::{Value, json};

const KINDS: [&str; 15] = [
    "LAUNCH",
    "ADD",
    "LINK",
    "UNLINK",
    "OWNER",
    "REMOVE_OWNER",
    "ADMINISTRATOR",
    "REMOVE_ADMINISTRATOR",
    "SUSPEND",
    "REACTIVATE",
    "BEGIN_RECOVERY",
    "COMPLETE_RECOVERY",
    "CANCEL_RECOVERY",
    "VAULT",
    "USAGE",
];

async fn ask(api: &Api, body: &Value) -> Seen {
    api.write("POST", "tasks").json(body).send().await
}

async fn begin(api: &Api, kind: &str, company: &str) -> Value {
    ask(api, &json!({ "kind": kind, "company_id": company })).await.ok()
}

/// A verb of a task at the revision that the caller has seen.
async fn act(api: &Api, task: &Value, verb: &str, body: &Value) -> Seen {
    let path = format!("tasks/{}:{verb}", text(task, "id"));
    let ask = api.write("POST", &path).header("if-match", &format!("\"{}\"", text(task, "etag")));
    if body.is_null() { ask.send().await } else { ask.json(body).send().await }
}

async fn declare(api: &Api, task: &Value) -> Value {
    act(api, task, "declare", &Value::Null).await.ok()
}

async fn import(api: &Api, rows: Value) -> Value {
    api.write("POST", "companies:import").json(&json!({ "file": "console.csv", "rows": rows })).send().await.ok()
}

/// A table that shows this company as the console does.
async fn table(api: &Api, name: &str, state: &str) -> Value {
    import(api, json!([{ "line": 2, "name": name, "state": state }])).await["results"][0].clone()
}

async fn list(api: &Api, query: &str) -> Vec<String> {
    let rows = api.get(&format!("tasks?{query}")).await.ok();
    rows["results"].as_array().unwrap().iter().map(|task| text(task, "kind")).collect()
}

/// The newest events: action and target.
async fn trail(api: &Api, most: usize) -> Vec<String> {
    let events = api.get(&format!("audit_events?max_page_size={most}")).await.ok();
    let told = |event: &Value| format!("{} {}", text(event, "action"), event["target"].as_str().unwrap_or("-"));
    events["results"].as_array().unwrap().iter().map(told).collect()
}

fn hours(hours: i64) -> SignedDuration {
    SignedDuration::from_hours(hours)
}

/// Signs in as a technician of this role, who is added.
async fn sign_in_as(api: &mut Api, role: &str) {
    let email = format!("{}@harbour.example", role.to_lowercase().replace('_', "-"));
    let body = json!({ "display_name": role, "email": email, "role": role });
    let added = api.write("POST", "technicians").json(&body).send().await.json();
    let code = json!({ "enrolment_code": added["enrolment_code"] });
    let credential = api.bare("POST", "/v1beta1/enrolments").json(&code).send().await.ok();
    let [client_id, client_secret] = ["client_id", "client_secret"].map(|field| text(&credential, field));
    let credential = Credential { display_name: String::new(), role: String::new(), client_id, client_secret };
    let form = [("grant_type", "client_credentials")];
    let token = api.bare("POST", "/v1beta1/oauth2/token").credential(&credential).form(&form).send().await.ok();
    api.token = text(&token, "access_token");
}

#[tokio::test]
async fn every_kind_is_begun_once_shown_to_all_and_declared_or_cancelled() {
    let (_folder, api) = Api::real().await;
    let managed = api.enter("Brightwater GmbH").await;
    let new = api.enter("Fjordlicht AS").await;
    for kind in KINDS {
        let mut body = json!({ "kind": kind, "note": "Ticket 4711" });
        match kind {
            "USAGE" => {}
            "ADD" | "LINK" => body["company_id"] = json!(new),
            _ => body["company_id"] = json!(managed),
        }
        if !["LAUNCH", "ADD", "LINK", "UNLINK", "USAGE"].contains(&kind) {
            body["subject"] = json!("ada@brightwater.example");
        }
        let task = ask(&api, &body).await.ok();
        let wanted = (&json!(kind), &json!("OPEN"), &json!("Mira Okafor"), &json!(api.now()));
        assert_eq!((&task["kind"], &task["state"], &task["begun_by"]["display_name"], &task["create_time"]), wanted);
        assert_eq!((&task["subject"], &task["company_id"]), (&body["subject"], &body["company_id"]), "{kind}");
        assert_eq!(ask(&api, &body).await.ok(), task, "{kind}: colleagues work on one");
        assert_eq!(api.get(&format!("tasks/{}", text(&task, "id"))).await.ok(), task);
        let found = act(&api, &task, "verify", &Value::Null).await.ok();
        assert_eq!((&found["outcome"], &found["task"]), (&json!("CANNOT_TELL"), &task), "{kind}");
        let gone = act(&api, &task, "cancel", &Value::Null).await.ok();
        assert_eq!((&gone["state"], &gone["end_time"]), (&json!("CANCELLED"), &json!(api.now())));
        let again = ask(&api, &body).await.ok();
        assert_ne!(again["id"], task["id"], "an ended one stays ended");
        let done = declare(&api, &again).await;
        let wanted = (&json!("DECLARED"), &json!(api.now()), &json!("Mira Okafor"));
        assert_eq!((&done["state"], &done["declared_time"], &done["ended_by"]["display_name"]), wanted, "{kind}");
        let events = trail(&api, 4).await;
        let target = body["subject"].as_str().map_or(kind.to_owned(), |subject| format!("{kind} {subject}"));
        let wanted = ["DECLARED", "BEGUN", "CANCELLED", "BEGUN"].map(|word| format!("TASK_{word} {target}"));
        assert_eq!(events, wanted);
        for verb in ["declare", "cancel"] {
            let late = act(&api, &done, verb, &Value::Null).await;
            assert_eq!(late.code(), "WRONG_STATE", "{kind} {verb}");
            assert!(late.text.contains("cannot be taken back here"), "{}", late.text);
        }
        if kind == "LINK" {
            api.write("POST", &format!("companies/{new}/observations"))
                .json(&json!({ "state": "ACTIVE" }))
                .send()
                .await
                .ok();
        } else if kind == "ADD" {
            // Only what is not managed can be linked.
            let task = begin(&api, "UNLINK", &new).await;
            declare(&api, &task).await;
        } else if kind == "UNLINK" {
            let task = begin(&api, "LINK", &managed).await;
            declare(&api, &task).await;
        }
    }
}

#[tokio::test]
async fn a_list_comes_by_pages_newest_first_open_ones_alone_and_of_one_company() {
    let (_folder, api) = Api::real().await;
    let (one, two) = (api.enter("One").await, api.enter("Two").await);
    let launch = begin(&api, "LAUNCH", &one).await;
    begin(&api, "UNLINK", &one).await;
    ask(&api, &json!({ "kind": "BEGIN_RECOVERY", "company_id": two, "subject": "Ada" })).await.ok();
    ask(&api, &json!({ "kind": "USAGE" })).await.ok();
    act(&api, &launch, "cancel", &Value::Null).await.ok();
    assert_eq!(list(&api, "").await, ["USAGE", "BEGIN_RECOVERY", "UNLINK", "LAUNCH"]);
    assert_eq!(list(&api, "open_only=true").await, ["USAGE", "BEGIN_RECOVERY", "UNLINK"]);
    assert_eq!(list(&api, &format!("company_id={one}")).await, ["UNLINK", "LAUNCH"]);
    assert_eq!(list(&api, &format!("open_only=true&company_id={one}")).await, ["UNLINK"]);
    assert_eq!(api.get(&format!("tasks?company_id={}", "A".repeat(26))).await.status, 404);
    let mut kinds = Vec::new();
    let mut token = String::new();
    loop {
        let page = api.get(&format!("tasks?open_only=true&max_page_size=1&page_token={token}")).await.ok();
        assert_eq!(page["total_size"], 3);
        kinds.push(text(&page["results"][0], "kind"));
        match page["next_page_token"].as_str() {
            Some(next) => next.clone_into(&mut token),
            None => break,
        }
        let other = api.get(&format!("tasks?max_page_size=1&page_token={token}")).await;
        assert_eq!(other.status, 400, "a token of another list");
    }
    assert_eq!(kinds, ["USAGE", "BEGIN_RECOVERY", "UNLINK"]);
    assert_eq!(api.get("tasks?open_only=yes").await.fields(), ["open_only"]);
}

#[tokio::test]
async fn what_cannot_be_a_task_is_refused_by_field_or_by_how_the_company_stands() {
    let (_folder, api) = Api::real().await;
    let id = api.enter("Brightwater GmbH").await;
    for (body, field) in [
        (json!({}), "kind"),
        (json!({ "kind": "HIBERNATE" }), "kind"),
        (json!({ "kind": "UNLINK" }), "company_id"),
        (json!({ "kind": "OWNER", "company_id": id }), "subject"),
        (json!({ "kind": "LINK" }), "subject"),
        (json!({ "kind": "LINK", "company_id": id, "subject": "Another name" }), "subject"),
        (json!({ "kind": "UNLINK", "company_id": id, "subject": "Ada" }), "subject"),
        (json!({ "kind": "USAGE", "subject": "Ada" }), "subject"),
        (json!({ "kind": "OWNER", "company_id": id, "subject": "x".repeat(101) }), "subject"),
        (json!({ "kind": "USAGE", "note": "x".repeat(2_001) }), "note"),
    ] {
        let seen = ask(&api, &body).await;
        assert!(seen.status == 400 && seen.fields().contains(&field.to_owned()), "{body}: {}", seen.text);
    }
    assert_eq!(ask(&api, &json!({ "kind": "LAUNCH", "company_id": "A".repeat(26) })).await.status, 404);
    let observe = async |body: Value| {
        api.write("POST", &format!("companies/{id}/observations")).json(&body).send().await.ok();
    };
    let refused = async |kind: &str| ask(&api, &json!({ "kind": kind, "company_id": id })).await.code();
    observe(json!({ "state": "ACTIVE", "owners": [] })).await;
    assert_eq!(refused("LINK").await, "ALREADY_MANAGED");
    assert_eq!(refused("ADD").await, "ALREADY_MANAGED");
    assert_eq!(refused("UNLINK").await, "NO_CONFIRMED_OWNER");
    observe(json!({ "owners": ["Ada Stern"] })).await;
    let unlink = begin(&api, "UNLINK", &id).await;
    declare(&api, &unlink).await;
    assert_eq!(refused("UNLINK").await, "ALREADY_UNLINKED");
    assert_eq!(refused("LAUNCH").await, "WRONG_STATE");
    let waits = begin(&api, "LINK", &id).await;
    assert_eq!(act(&api, &waits, "declare", &json!({ "state": "CANCELLED" })).await.fields(), ["state"]);
    let ahead = json!({ "declared_time": api.now() + hours(1) });
    assert_eq!(act(&api, &waits, "declare", &ahead).await.fields(), ["declared_time"]);
    let usage = ask(&api, &json!({ "kind": "USAGE" })).await.ok();
    assert_eq!(act(&api, &usage, "declare", &json!({ "state": "WAITING" })).await.fields(), ["state"]);
}

#[tokio::test]
async fn a_change_is_bound_to_a_revision_and_carried_out_once() {
    let (_folder, api) = Api::real().await;
    let id = api.enter("Brightwater GmbH").await;
    let task = begin(&api, "LINK", &id).await;
    let other = begin(&api, "LAUNCH", &id).await;
    let path = format!("tasks/{}:declare", text(&task, "id"));
    assert_eq!(api.write("POST", &path).send().await.code(), "PRECONDITION_REQUIRED");
    let foreign = json!({ "id": task["id"], "etag": other["etag"] });
    assert_eq!(act(&api, &foreign, "declare", &Value::Null).await.code(), "PRECONDITION_FAILED");
    let waits = act(&api, &task, "declare", &json!({ "state": "WAITING", "note": "Mail to Ada" })).await.ok();
    assert_eq!((&waits["state"], &waits["note"]), (&json!("WAITING"), &json!("Mail to Ada")));
    assert_eq!(act(&api, &task, "cancel", &Value::Null).await.code(), "PRECONDITION_FAILED", "a colleague was faster");
    assert_eq!(ask(&api, &json!({ "kind": "LINK", "company_id": id })).await.ok(), waits, "it waits, and is open");
    let rehearsed = api.write("POST", &format!("{path}?validate_only=true")).header("if-match", &text(&waits, "etag"));
    assert_eq!(rehearsed.send().await.ok()["state"], "DECLARED");
    assert_eq!(api.get(&format!("tasks/{}", text(&task, "id"))).await.ok(), waits, "nothing was changed");
    let once = || api.ask("POST", &path).header("idempotency-key", "one").header("if-match", &text(&waits, "etag"));
    let done = once().send().await.ok();
    assert_eq!(once().send().await.ok(), done, "the same request is the same answer");
    let events = trail(&api, 20).await;
    assert_eq!(events.iter().filter(|event| event.starts_with("TASK_DECLARED")).count(), 1, "{events:?}");
    let reused = once().json(&json!({ "note": "x" })).send().await;
    assert_eq!(reused.code(), "IDEMPOTENCY_KEY_REUSED");
}

#[tokio::test]
async fn only_who_may_do_it_begins_or_ends_it_and_everybody_sees_it() {
    let (_folder, mut api) = Api::real().await;
    let id = api.enter("Brightwater GmbH").await;
    let task = begin(&api, "UNLINK", &id).await;
    let owner = api.token.clone();
    sign_in_as(&mut api, "VIEW_ONLY").await;
    assert_eq!(list(&api, "").await, ["UNLINK"]);
    assert_eq!(ask(&api, &json!({ "kind": "LAUNCH", "company_id": id })).await.code(), "PERMISSION_DENIED");
    for verb in ["verify", "declare", "cancel"] {
        assert_eq!(act(&api, &task, verb, &Value::Null).await.code(), "PERMISSION_DENIED", "{verb}");
    }
    api.token = owner;
    sign_in_as(&mut api, "MSP_TECHNICIAN").await;
    let done = declare(&api, &task).await;
    assert_eq!(
        (text(&done["begun_by"], "display_name"), text(&done["ended_by"], "display_name")),
        ("Mira Okafor".into(), "MSP_TECHNICIAN".into())
    );
    assert_eq!(api.company(&id).await["unlinked_by"]["display_name"], "MSP_TECHNICIAN");
}

#[tokio::test]
async fn an_unlink_counts_from_the_declared_time_and_no_table_revives_the_company() {
    let (_folder, mut api) = Api::real().await;
    let name = "Brightwater GmbH";
    let made = table(&api, name, "ACTIVE").await;
    let id = text(&made, "company_id");
    api.later(hours(24));
    api.sign_in("OWNER").await;
    let task = begin(&api, "UNLINK", &id).await;
    let time: Timestamp = api.now() - hours(1);
    let done = act(&api, &task, "declare", &json!({ "declared_time": time })).await.ok();
    assert_eq!((&done["state"], &done["declared_time"]), (&json!("DECLARED"), &json!(time)));
    let company = api.company(&id).await;
    assert_eq!((&company["state"], &company["attention"]), (&json!("UNLINKED"), &json!([])), "the table is older");
    assert_eq!((&company["unlink_time"], &company["trial_end_time"]), (&json!(time), &json!(time + hours(14 * 24))));
    let link = company["facts"].as_array().unwrap().iter().find(|fact| fact["source"] == "DECLARED").unwrap().clone();
    assert_eq!(
        (&link["facet"], &link["as_of"], &link["observer"]["display_name"]),
        (&json!("LINK"), &json!(time), &json!("Mira Okafor"))
    );
    let found = act(&api, &done, "verify", &Value::Null).await.ok();
    assert_eq!(found["outcome"], "CANNOT_TELL", "what was seen before tells nothing");

    api.later(hours(24));
    api.sign_in("OWNER").await;
    let row = table(&api, name, "ACTIVE").await;
    assert_eq!((&row["outcome"], &row["reason"]["code"]), (&json!("REJECTED"), &json!("UNLINKED")));
    let contradicted = api.company(&id).await;
    assert_eq!((&contradicted["state"], &contradicted["attention"]), (&json!("UNLINKED"), &json!(["FACTS_DIFFER"])));
    assert_eq!(contradicted["trial_end_time"], json!(time + hours(14 * 24)));
    let found = act(&api, &done, "verify", &Value::Null).await.ok();
    assert_eq!(
        (&found["outcome"], &found["source"], &found["as_of"]),
        (&json!("NOT_DONE"), &json!("IMPORT"), &json!(api.now()))
    );
    let run = api.get("import_runs").await.ok()["results"][0].clone();
    assert_eq!(run["counts"]["rejected"], 1);
    api.write("POST", &format!("import_runs/{}:undo", text(&run, "id"))).send().await.ok();
    assert_eq!(api.company(&id).await["attention"], json!([]), "taken back with its import");

    table(&api, name, "UNLINKED").await;
    let found = act(&api, &done, "verify", &Value::Null).await.ok();
    let verified = &found["task"];
    assert_eq!(
        (&found["outcome"], &verified["state"], &verified["declared_time"]),
        (&json!("VERIFIED"), &json!("VERIFIED"), &json!(time))
    );
    assert_eq!(verified["end_time"], done["end_time"], "who declared it done, and when, stays");
    assert_eq!(trail(&api, 1).await, ["TASK_VERIFIED UNLINK"]);
    assert_eq!(act(&api, verified, "verify", &Value::Null).await.code(), "WRONG_STATE");
    let company = api.company(&id).await;
    assert_eq!((&company["state"], &company["attention"]), (&json!("UNLINKED"), &json!([])));

    // An Owner of the company linked it again. The table that showed it as unlinked is of before.
    api.later(hours(24));
    api.sign_in("OWNER").await;
    let link = begin(&api, "LINK", &id).await;
    let early = act(&api, &link, "declare", &json!({ "declared_time": time - hours(1) })).await;
    assert_eq!(early.fields(), ["declared_time"]);
    declare(&api, &link).await;
    let company = api.company(&id).await;
    assert_eq!((&company["state"], &company["link_time"]), (&json!("ACTIVE"), &json!(api.now())));
    for gone in ["unlink_time", "unlinked_by", "trial_end_time"] {
        assert!(company.get(gone).is_none(), "{gone}: {company}");
    }
    assert_eq!(company["attention"], json!([]));
}

#[tokio::test]
async fn a_mistaken_unlink_is_corrected_by_what_a_technician_sees() {
    let (_folder, api) = Api::real().await;
    let id = api.enter("Brightwater GmbH").await;
    let unlink = begin(&api, "UNLINK", &id).await;
    declare(&api, &unlink).await;
    let seen = api.write("POST", &format!("companies/{id}/observations")).json(&json!({ "state": "ACTIVE" }));
    let company = seen.send().await.ok();
    assert_eq!((&company["state"], company.get("trial_end_time")), (&json!("ACTIVE"), None));
    assert_eq!(trail(&api, 1).await, ["COMPANY_OBSERVED state"], "and it is in the trail who said so");
}

#[tokio::test]
async fn a_company_that_is_linked_enters_the_list_and_one_that_came_meanwhile_is_taken() {
    let (_folder, api) = Api::real().await;
    let task = ask(&api, &json!({ "kind": "LINK", "subject": "Fjordlicht AS" })).await.ok();
    assert!(task.get("company_id").is_none(), "{task}");
    assert_eq!(trail(&api, 1).await, ["TASK_BEGUN LINK Fjordlicht AS"]);
    assert_eq!(api.companies("", 10).await.len(), 0, "nothing is in the list that nobody has linked");
    let done = declare(&api, &task).await;
    let company = api.company(&text(&done, "company_id")).await;
    assert_eq!(
        (&company["name"], &company["state"], &company["origin"]),
        (&json!("Fjordlicht AS"), &json!("ACTIVE"), &json!("LINKED"))
    );
    assert_eq!(company["link_time"], json!(api.now()));
    let again = ask(&api, &json!({ "kind": "LINK", "subject": "fjordlicht as" })).await;
    assert_eq!(again.code(), "ALREADY_MANAGED", "it is in the list");

    let add = ask(&api, &json!({ "kind": "ADD", "subject": "Acme Limited" })).await.ok();
    let row = table(&api, "Acme Limited", "ACTIVE").await;
    assert_eq!(row["outcome"], "NEW");
    let found = act(&api, &add, "verify", &Value::Null).await.ok();
    assert_eq!((&found["outcome"], &found["source"]), (&json!("VERIFIED"), &json!("IMPORT")));
    assert_eq!(found["task"]["company_id"], row["company_id"]);
    let company = api.company(&text(&row, "company_id")).await;
    assert_eq!(
        (&company["state"], company.get("link_time")),
        (&json!("ACTIVE"), None),
        "nobody said when it was added"
    );
    let entered = api.enter("Gamma KG").await;
    let by_name = ask(&api, &json!({ "kind": "ADD", "subject": "Gamma KG" })).await.ok();
    assert_eq!((&by_name["company_id"], by_name.get("subject")), (&json!(entered), None));
}

#[tokio::test]
async fn a_launch_is_dated_and_usage_is_verified_by_a_table_with_seats() {
    let (_folder, api) = Api::real().await;
    let id = api.enter("Brightwater GmbH").await;
    for (ago, wanted) in [(2, 2), (5, 2), (1, 1)] {
        let task = begin(&api, "LAUNCH", &id).await;
        act(&api, &task, "declare", &json!({ "declared_time": api.now() - hours(ago) })).await.ok();
        assert_eq!(api.company(&id).await["launch_time"], json!(api.now() - hours(wanted)), "the newest counts");
    }
    let task = ask(&api, &json!({ "kind": "USAGE" })).await.ok();
    api.later(hours(0) + SignedDuration::from_mins(1));
    import(&api, json!([{ "line": 2, "name": "Brightwater GmbH", "seats_filled": 12 }])).await;
    let found = act(&api, &task, "verify", &Value::Null).await.ok();
    assert_eq!((&found["outcome"], &found["as_of"]), (&json!("VERIFIED"), &json!(api.now())));
}

#[tokio::test]
async fn a_change_of_a_task_wakes_who_waits_for_changes_and_keeps_the_company_as_it_is() {
    let (_folder, api) = Api::real().await;
    let id = api.enter("Brightwater GmbH").await;
    let before = api.company(&id).await;
    let since = text(&api.get("companies").await.ok(), "change_token");
    begin(&api, "LAUNCH", &id).await;
    let changes = api.get(&format!("companies:changes?since={since}")).await.ok();
    assert_eq!(changes["results"], json!([before]));
    // Of what is about no company, or about one that is not in the list yet, dashboards hear as well.
    for task in [json!({ "kind": "USAGE" }), json!({ "kind": "LINK", "subject": "Möwe & Söhne KG" })] {
        let since = text(&api.get("companies").await.ok(), "change_token");
        ask(&api, &task).await.ok();
        let changes = api.get(&format!("companies:changes?since={since}")).await.ok();
        assert_eq!(changes["results"], json!([before]), "{task}");
    }
}

#[tokio::test]
async fn an_import_whose_new_company_has_a_task_is_not_taken_back() {
    let (_folder, api) = Api::real().await;
    let made = import(&api, json!([{ "line": 2, "name": "Acme Limited" }])).await;
    begin(&api, "LAUNCH", &text(&made["results"][0], "company_id")).await;
    let undo = api.write("POST", &format!("import_runs/{}:undo", text(&made, "run_id"))).send().await;
    assert_eq!(undo.code(), "IMPORT_TOUCHED");
}

#[tokio::test]
async fn a_sample_has_no_tasks_and_says_why() {
    let api = Api::start().await;
    let id = text(&api.named("Brightwater GmbH").await, "id");
    let seen = ask(&api, &json!({ "kind": "UNLINK", "company_id": id })).await;
    assert_eq!(seen.code(), "SAMPLE_WORKSPACE");
    assert!(seen.text.contains("a sample does at once"), "{}", seen.text);
    assert_eq!(api.get("tasks").await.ok()["results"], json!([]));
}
