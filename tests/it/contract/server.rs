//! The embedded server does what the contract says, and only that: every operation and every error answer that
//! can be provoked, each held against the document.

use super::checked_client::{Ask, CheckedClient, id};
use super::document::{Document, Operation};
use crate::connect::{ACME, Bench, acme};
use crate::support::real;
use mspdash::demo_1password::{Call, Fault as Trouble};
use mspdash::server::{Fault, Options};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// What only a REAL workspace does.
const IMPORTS: [&str; 3] = ["importCompanies", "getImportRun", "undoImport"];
/// Companies of a sample are not connected.
const SOURCES: [&str; 1] = ["checkSource"];
/// Tasks are of a REAL workspace; a sample has a list of none.
const TASKS: [&str; 5] = ["beginTask", "getTask", "verifyTask", "declareTask", "cancelTask"];
/// A company that works and can be unlinked.
const SOUND: &str = "state = ACTIVE AND owners.confirmed > 0";
/// One that cannot be unlinked.
const OWNERLESS: &str = "state != UNLINKED AND owners.confirmed = 0";
/// One that was.
const GONE: &str = "state = UNLINKED";

fn is_oauth(operation: &Operation) -> bool {
    operation.path.contains("/oauth2/") || operation.path.ends_with("/enrolments")
}

fn writes(operation: &Operation) -> bool {
    operation.answer(422).is_some()
}

/// Sends a request that must fail in one way.
async fn fails(api: &CheckedClient<'_>, ask: &Ask, status: u16, code: &str) {
    let (came, body) = api.send(ask).await;
    assert_eq!((came, body["code"].as_str()), (status, Some(code)), "{} {}: {body}", ask.method, ask.path);
}

#[test]
fn the_document_and_the_server_have_the_same_routes() {
    let document = Document::load();
    // Names of parameters are for readers; what counts is where they stand.
    let bare = |template: &str| {
        let parts = template.split('{').map(|part| part.split_once('}').map_or(part, |(_, rest)| rest));
        parts.collect::<Vec<_>>().join("{}")
    };
    let written: BTreeSet<_> = document.operations().iter().map(|o| (o.method.clone(), bare(o.path))).collect();
    let served: BTreeSet<_> = mspdash::server::routes().map(|(method, path)| (method.to_owned(), bare(path))).collect();
    assert_eq!(written, served);
}

#[tokio::test]
async fn every_answer_that_is_written_down_can_be_had_and_is_as_written() {
    let document = Document::load();
    let api = CheckedClient::new(&document, Options::default()).await;
    for operation in document.operations() {
        spoil(&api, &operation).await;
    }
    conflicts(&api).await;
    links(&api).await;
    people_rules(&api).await;
    vault_rules(&api).await;
    technician_rules(&api).await;
    let other = CheckedClient::new(&document, Options { seed: 2, ..Options::default() }).await;
    let changes = document.operations().into_iter().find(|o| id(o) == "listCompanyChanges").expect("the operation");
    let mut stale = api.good(&changes, SOUND).await;
    stale.query = vec![("since", other.change_token().await)];
    fails(&api, &stale, 410, "CHANGE_TOKEN_EXPIRED").await;
    // Last, as it changes things: everything done as it should be, the unlink after all else. A sample has nothing to
    // observe.
    let operations = document.operations().into_iter().filter(|o| id(o) != "observeCompany");
    let (last, mut others): (Vec<_>, Vec<_>) = operations.partition(|o| id(o) == "unlinkCompany");
    // Somebody has to be suspended before they are reactivated.
    others.sort_by_key(|operation| id(operation) == "reactivateUser");
    // A sample takes no import: `imports` has a workspace of its own.
    let of_real = [&IMPORTS[..], &TASKS, &SOURCES].concat();
    others.retain(|operation| !of_real.contains(&id(operation).as_str()));
    // Somebody has to be suspended before they are reactivated, and who is revoked gets no code.
    others.sort_by_key(|operation| ["reactivateUser", "revokeTechnician"].contains(&id(operation).as_str()));
    for operation in others.iter().chain(&last) {
        let mut good = api.good(operation, suited(operation)).await;
        if id(operation) == "unlinkCompany" {
            good.query = vec![("validate_only", "true".into())];
            assert!(api.send(&good).await.1["checks"].is_array());
            good.query.clear();
        }
        let made = operation.answer(201).is_some();
        if made {
            good.query = vec![("validate_only", "true".into())];
            assert_eq!(api.send(&good).await.0, 200);
            good.query.clear();
        }
        let (status, body) = api.send(&good).await;
        assert_eq!(status, if made { 201 } else { 200 }, "{} {}: {body}", good.method, good.path);
    }
    guided(&document, &api).await;
    imports(&document, &api).await;
    tasks(&document, &api).await;
    sources(&document, &api).await;
    api.server.set_fault(Some(Fault::Panic));
    for operation in document.operations() {
        fails(&api, &bare(&api, &operation), 500, "INTERNAL").await;
    }
    limits(&document, &api).await;
    missing(&document, &api.seen.borrow());
}

/// A company with which the operation can be carried out.
fn suited(operation: &Operation) -> &'static str {
    match id(operation).as_str() {
        // Somebody there made a new password.
        "completeRecovery" => "external_id = \"HB-1008\"",
        // Advanced permissions are allowed and granted.
        "grantVaultAccess" => "external_id = \"HB-1001\"",
        _ => SOUND,
    }
}

/// A request that names the operation and nothing else.
fn bare(api: &CheckedClient<'_>, operation: &Operation) -> Ask {
    let path = operation.path.replace("{account_id}", api.server.account_id());
    let path = path
        .replace("{link_request_id}", "L")
        .replace("{company_id}", "C")
        .replace("{user_id}", "U")
        .replace("{import_run_id}", "R")
        .replace("{technician_id}", "T")
        .replace("{task_id}", "K")
        .replace("{source}", "X")
        .replace("{step}", "S");
    let path = path.replace("{group_id}", "G").replace("{vault_id}", "V");
    Ask { method: operation.method.clone(), path, query: vec![], headers: [].into(), body: None }
}

/// Every way to get one operation wrong that shows before the company is looked at.
async fn spoil(api: &CheckedClient<'_>, operation: &Operation<'_>) {
    let good = api.good(operation, SOUND).await;
    let spoilt = |change: &dyn Fn(&mut Ask)| {
        let mut ask = good.clone();
        change(&mut ask);
        ask
    };
    let without = |header: &'static str| spoilt(&|ask| drop(ask.headers.remove(header)));
    if operation.answer(401).is_some() {
        fails(api, &without("authorization"), 401, "UNAUTHENTICATED").await;
    }
    fails(api, &spoilt(&|ask| ask.method = "PUT".into()), 405, "METHOD_NOT_ALLOWED").await;
    fails(api, &spoilt(&|ask| ask.query.push(("nonsense", "1".into()))), 400, "INVALID_ARGUMENT").await;
    if operation.answer(403).is_some() {
        let as_role = async |role: &str| {
            let bearer = format!("Bearer {}", api.token(role).await);
            spoilt(&|ask| drop(ask.headers.insert("authorization", bearer.clone())))
        };
        fails(api, &as_role("NO_MFA").await, 403, "MFA_REQUIRED").await;
        if writes(operation) {
            fails(api, &as_role("VIEW_ONLY").await, 403, "PERMISSION_DENIED").await;
        }
    }
    if operation.answer(404).is_some() {
        let elsewhere = |ask: &mut Ask| ask.path = ask.path.replace(api.server.account_id(), &"A".repeat(26));
        fails(api, &spoilt(&elsewhere), 404, "NOT_FOUND").await;
    }
    if operation.answer(413).is_some() {
        let huge = |ask: &mut Ask| ask.body = Some(" ".repeat(2 << 20));
        fails(api, &spoilt(&huge), 413, "PAYLOAD_TOO_LARGE").await;
    }
    if operation.answer(415).is_some() {
        let plain = |ask: &mut Ask| drop(ask.headers.insert("content-type", "text/plain".into()));
        fails(api, &spoilt(&plain), 415, "UNSUPPORTED_MEDIA_TYPE").await;
    }
    if writes(operation) {
        fails(api, &without("idempotency-key"), 400, "IDEMPOTENCY_KEY_REQUIRED").await;
        let mut first = reused(api).await;
        // Each technician has keys of their own.
        first.headers.insert("authorization", good.headers["authorization"].clone());
        api.send(&first).await;
        let again = |ask: &mut Ask| drop(ask.headers.insert("idempotency-key", "the-same".into()));
        fails(api, &spoilt(&again), 422, "IDEMPOTENCY_KEY_REUSED").await;
    }
    if operation.answer(428).is_some() {
        fails(api, &without("if-match"), 428, "PRECONDITION_REQUIRED").await;
    }
    if operation.answer(412).is_some() && !TASKS.contains(&id(operation).as_str()) {
        let stale = |ask: &mut Ask| drop(ask.headers.insert("if-match", "\"stale\"".into()));
        fails(api, &spoilt(&stale), 412, "PRECONDITION_FAILED").await;
    }
}

/// A launch under a key that others then use again.
async fn reused(api: &CheckedClient<'_>) -> Ask {
    let launch = api.document.operations().into_iter().find(|o| id(o) == "launchCompany").expect("the operation");
    let mut ask = api.good(&launch, "state = ACTIVE AND owners.confirmed = 2").await;
    ask.body = Some(r#"{"target":"BILLING"}"#.into());
    ask.headers.insert("idempotency-key", "the-same".into());
    ask
}

/// The rules that depend on how a company stands.
async fn conflicts(api: &CheckedClient<'_>) {
    for operation in api.document.operations() {
        let name = id(&operation);
        let of_real =
            ["importCompanies", "undoImport", "checkSource"].contains(&name.as_str()) || TASKS.contains(&name.as_str());
        if of_real && writes(&operation) {
            fails(api, &api.good(&operation, SOUND).await, 409, "SAMPLE_WORKSPACE").await;
        } else if name == "unlinkCompany" {
            fails(api, &api.good(&operation, OWNERLESS).await, 409, "NO_CONFIRMED_OWNER").await;
            fails(api, &api.good(&operation, GONE).await, 409, "ALREADY_UNLINKED").await;
        } else if name == "observeCompany" {
            fails(api, &api.good(&operation, SOUND).await, 409, "SAMPLE_WORKSPACE").await;
        } else if writes(&operation) && operation.path.contains("{company_id}") {
            fails(api, &api.good(&operation, GONE).await, 409, "WRONG_STATE").await;
        }
        if name == "updateSetupStep" {
            let mut aside = api.good(&operation, SOUND).await;
            aside.body = Some(r#"{"state":"NOT_APPLICABLE"}"#.into());
            fails(api, &aside, 409, "STEP_MUST_APPLY").await;
        }
    }
}

/// The rules of links, over the links of the sample.
async fn links(api: &CheckedClient<'_>) {
    let operations = api.document.operations();
    let named = |name: &str| operations.iter().find(|o| id(o) == name).expect("the operation");
    let accept = async |link: String, status: u16, code: &str| {
        let mut ask = api.good(named("acceptLinkRequest"), SOUND).await;
        ask.body = Some(serde_json::json!({ "confirmation_link": link }).to_string());
        fails(api, &ask, status, code).await;
    };
    let token = "A".repeat(26);
    accept(format!("https://a.1password.eu/link/{token}"), 404, "NOT_FOUND").await;
    accept(format!("https://a.1password.com/link/{token}"), 409, "REGION_MISMATCH").await;
    accept(api.confirmation_link("EXPIRED").await, 410, "LINK_EXPIRED").await;
    accept(api.confirmation_link("DENIED").await, 409, "WRONG_STATE").await;
    accept(api.confirmation_link("APPROVED").await, 409, "ALREADY_MANAGED").await;
    let mut cancel = api.good(named("cancelLinkRequest"), SOUND).await;
    let open = text(&api.link("ACCEPTED").await["id"]);
    cancel.path = cancel.path.replace(&open, &text(&api.link("DENIED").await["id"]));
    fails(api, &cancel, 409, "WRONG_STATE").await;
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

/// The operation with this id.
fn named<'a>(api: &CheckedClient<'a>, name: &str) -> Operation<'a> {
    api.document.operations().into_iter().find(|operation| id(operation) == name).expect("the operation")
}

/// Somebody of a company.
async fn somebody(api: &CheckedClient<'_>, filter: &str, wanted: impl Fn(&Value) -> bool) -> Value {
    let company = api.company(filter).await;
    let path = format!("{}/{}/users", api.companies(), company["id"].as_str().expect("an id"));
    let people = api.get(&path, &[("max_page_size", "1000".into())]).await["results"].clone();
    let found = people.as_array().expect("people").iter().find(|person| wanted(person)).cloned();
    found.unwrap_or_else(|| panic!("nobody fits in {path}"))
}

/// A good request, about another person than it chose.
async fn about(api: &CheckedClient<'_>, name: &str, filter: &str, person: &Value) -> Ask {
    let operation = named(api, name);
    let mut ask = api.good(&operation, filter).await;
    let chosen = person["id"].as_str().expect("an id");
    let (before, last) = ask.path.rsplit_once('/').expect("a path");
    if name == "addMember" {
        ask.body = Some(serde_json::json!({ "user_id": chosen }).to_string());
    } else {
        let verb = last.split_once(':').map_or(String::new(), |(_, verb)| format!(":{verb}"));
        ask.path = format!("{before}/{chosen}{verb}");
    }
    if ask.headers.contains_key("if-match") {
        ask.headers.insert("if-match", person["etag"].as_str().expect("an etag").to_owned());
    }
    ask
}

/// What cannot be done to technicians, to oneself and to the last owner.
async fn people_rules(api: &CheckedClient<'_>) {
    const ME: &str = "technician@harbour.example";
    let technician = |person: &Value| person["type"] == "EXTERNAL_ACCOUNT_MANAGER";
    let second_client = somebody(api, SOUND, |person| technician(person) && person["email"] != ME).await;
    let me = somebody(api, SOUND, |person| person["email"] == ME).await;
    let acts = ["suspendUser", "reactivateUser", "beginRecovery", "completeRecovery", "cancelRecovery"];
    for name in ["addMember"].iter().chain(&acts) {
        let ask = about(api, name, SOUND, &second_client).await;
        fails(api, &ask, 409, "TECHNICIAN_NOT_ALLOWED").await;
    }
    for name in acts.iter().skip(2) {
        fails(api, &about(api, name, SOUND, &me).await, 409, "SELF_RECOVERY").await;
    }
    let mut out = about(api, "removeMember", SOUND, &second_client).await;
    let company = api.company(SOUND).await;
    let home = format!("{}/{}", api.companies(), company["id"].as_str().expect("an id"));
    let (owners, ours) = (api.group(&home, "OWNERS").await, api.group(&home, "EXTERNAL_ACCOUNT_MANAGERS").await);
    out.path = out.path.replace(&owners, &ours);
    fails(api, &out, 409, "TECHNICIAN_NOT_ALLOWED").await;
    let single = "state = ACTIVE AND owners.confirmed = 1";
    let owner = somebody(api, single, |person| {
        person["groups"].as_array().is_some_and(|groups| groups.iter().any(|group| group["kind"] == "OWNERS"))
    });
    let owner = owner.await;
    for name in ["suspendUser", "removeMember"] {
        fails(api, &about(api, name, single, &owner).await, 409, "LAST_OWNER").await;
    }
}

/// Advanced permissions take two.
async fn vault_rules(api: &CheckedClient<'_>) {
    let grant = named(api, "grantVaultAccess");
    let all = api.get(&api.companies(), &[("max_page_size", "1000".into())]).await["results"].clone();
    let off =
        all.as_array().expect("rows").iter().find(|company| {
            company["advanced_permissions"]["allowed_by_company"] == false && company["state"] == "ACTIVE"
        });
    let off = off.expect("one that does not allow it")["external_id"].as_str().expect("an id").to_owned();
    let off = api.good(&grant, &format!("external_id = \"{off}\"")).await;
    fails(api, &off, 403, "ADVANCED_PERMISSION_OFF").await;
    let ungranted = api.good(&grant, "external_id = \"HB-1025\"").await;
    fails(api, &ungranted, 403, "ADVANCED_PERMISSION_NOT_GRANTED").await;
}

/// What a REAL workspace leaves to the web console, with the kind of task; and that an entry needs no address there.
async fn guided(document: &Document, seen: &CheckedClient<'_>) {
    let folder = tempfile::tempdir().expect("a folder");
    let own = CheckedClient::new(document, real::workspace(&folder)).await;
    let bearer = format!("Bearer {}", own.token("OWNER").await);
    let listed = |operation: &Operation| {
        let codes = operation.answer(409).and_then(|answer| answer["x-codes"].as_array());
        codes.is_some_and(|codes| codes.iter().any(|code| code == "GUIDED_ONLY"))
    };
    for operation in document.operations().into_iter().filter(listed) {
        let mut ask = bare(&own, &operation);
        ask.headers = [("authorization", bearer.clone()), ("idempotency-key", id(&operation))].into();
        let (status, body) = own.send(&ask).await;
        assert_eq!((status, body["code"].as_str()), (409, Some("GUIDED_ONLY")), "{} {}", ask.method, ask.path);
        assert!(body["task_kind"].is_string(), "{body}");
    }
    let mut enter = bare(&own, &named(&own, "addCompany"));
    enter.headers = [("authorization", bearer.clone()), ("idempotency-key", "enter".into())].into();
    enter.headers.insert("content-type", "application/json".into());
    enter.body = Some(r#"{"name":"Brightwater GmbH"}"#.into());
    let (status, company) = own.send(&enter).await;
    assert_eq!(status, 201, "{company}");
    for unknown in ["seats", "owners", "setup", "open_recoveries", "advanced_permissions", "address", "origin"] {
        assert!(company.get(unknown).is_none(), "{unknown} is not known: {company}");
    }
    let mut observe = own.good(&named(&own, "observeCompany"), "name = \"Brightwater GmbH\"").await;
    observe.headers.insert("authorization", bearer);
    let (status, company) = own.send(&observe).await;
    assert_eq!((status, company["seats"]["filled"].as_u64()), (200, Some(42)), "{company}");
    seen.seen.borrow_mut().append(&mut own.seen.borrow_mut());
}

/// An import, taken back, in a REAL workspace.
async fn imports(document: &Document, seen: &CheckedClient<'_>) {
    let folder = tempfile::tempdir().expect("a folder");
    let own = CheckedClient::new(document, real::workspace(&folder)).await;
    let bearer = format!("Bearer {}", own.token("OWNER").await);
    let ask = |name: &str, key: &str, run: &str, body: Option<Value>| {
        let operation = named(&own, name);
        let mut ask = bare(&own, &operation);
        ask.path = ask.path.replace("/import_runs/R", &format!("/import_runs/{run}"));
        ask.headers = [("authorization", bearer.clone()), ("idempotency-key", key.to_owned())].into();
        if let Some(body) = body {
            ask.headers.insert("content-type", "application/json".into());
            ask.body = Some(body.to_string());
        }
        ask
    };
    let rows = serde_json::json!({"rows": [{"name": "Acme Limited", "external_id": "K-1"}]});
    let mut rehearsed = ask("importCompanies", "1", "", Some(rows.clone()));
    rehearsed.query = vec![("validate_only", "true".into())];
    assert_eq!(own.send(&rehearsed).await.0, 200);
    let (status, first) = own.send(&ask("importCompanies", "2", "", Some(rows))).await;
    assert_eq!(status, 200, "{first}");
    let first = text(&first["run_id"]);
    let more = serde_json::json!({"rows": [
        {"external_id": "K-1", "seats_filled": 3}, {"name": "Acme Ltd"}, {"name": " "}, {"external_id": "K-1"},
    ]});
    let (_, second) = own.send(&ask("importCompanies", "3", "", Some(more))).await;
    assert_eq!(own.send(&ask("getImportRun", "", &first, None)).await.0, 200);
    fails(&own, &ask("undoImport", "4", &first, None), 409, "IMPORT_TOUCHED").await;
    let second = text(&second["run_id"]);
    assert_eq!(own.send(&ask("undoImport", "5", &second, None)).await.0, 200);
    assert_eq!(own.send(&ask("undoImport", "6", &first, None)).await.0, 200);
    fails(&own, &ask("undoImport", "7", &first, None), 409, "IMPORT_UNDONE").await;
    let late = serde_json::json!({"run_id": first, "rows": []});
    fails(&own, &ask("importCompanies", "8", "", Some(late)), 409, "IMPORT_UNDONE").await;
    fails(&own, &ask("getImportRun", "", &"A".repeat(26), None), 404, "NOT_FOUND").await;
    seen.seen.borrow_mut().append(&mut own.seen.borrow_mut());
}

/// Tasks in a REAL workspace: begun, checked, ended, and what stands against it.
async fn tasks(document: &Document, seen: &CheckedClient<'_>) {
    let folder = tempfile::tempdir().expect("a folder");
    let own = CheckedClient::new(document, real::workspace(&folder)).await;
    let bearer = format!("Bearer {}", own.token("OWNER").await);
    let keys = std::cell::Cell::new(0);
    let ask = |name: &str, (place, is): (&str, &str), body: Option<Value>| {
        let mut ask = bare(&own, &named(&own, name));
        ask.path = ask.path.replace(place, is);
        keys.set(keys.get() + 1);
        ask.headers = [("authorization", bearer.clone()), ("idempotency-key", keys.get().to_string())].into();
        if let Some(body) = body {
            ask.headers.insert("content-type", "application/json".into());
            ask.body = Some(body.to_string());
        }
        ask
    };
    let (_, company) = own.send(&ask("addCompany", ("", ""), Some(json!({"name": "Brightwater GmbH"})))).await;
    let company = text(&company["id"]);
    let begun = |kind: &str| ask("beginTask", ("", ""), Some(json!({"kind": kind, "company_id": company})));
    let of = |name: &str, task: &Value, body: Option<Value>| {
        let mut ask = ask(name, ("/tasks/K", &format!("/tasks/{}", text(&task["id"]))), body);
        ask.headers.insert("if-match", format!("\"{}\"", text(&task["etag"])));
        ask
    };
    let (status, launch) = own.send(&begun("LAUNCH")).await;
    assert_eq!(status, 200, "{launch}");
    assert_eq!(own.send(&of("getTask", &launch, None)).await.0, 200);
    assert_eq!(own.send(&of("verifyTask", &launch, None)).await.1["outcome"], "CANNOT_TELL");
    let acts = ["verifyTask", "declareTask", "cancelTask"];
    for name in acts {
        let mut stale = of(name, &launch, None);
        stale.headers.insert("if-match", "\"stale\"".into());
        fails(&own, &stale, 412, "PRECONDITION_FAILED").await;
    }
    let (_, gone) = own.send(&of("cancelTask", &launch, None)).await;
    for name in acts {
        fails(&own, &of(name, &gone, None), 409, "WRONG_STATE").await;
    }
    let saw = |body: Value| ask("observeCompany", ("/C/", &format!("/{company}/")), Some(body));
    assert_eq!(own.send(&saw(json!({"state": "ACTIVE", "owners": []}))).await.0, 200);
    fails(&own, &begun("LINK"), 409, "ALREADY_MANAGED").await;
    fails(&own, &begun("UNLINK"), 409, "NO_CONFIRMED_OWNER").await;
    assert_eq!(own.send(&saw(json!({"owners": ["Ada Stern"]}))).await.0, 200);
    let (_, unlink) = own.send(&begun("UNLINK")).await;
    let waiting = Some(json!({"state": "WAITING"}));
    assert_eq!(own.send(&of("declareTask", &unlink, waiting)).await.0, 400, "nobody else has to act");
    let (status, done) = own.send(&of("declareTask", &unlink, None)).await;
    assert_eq!((status, done["state"].as_str()), (200, Some("DECLARED")), "{done}");
    fails(&own, &begun("UNLINK"), 409, "ALREADY_UNLINKED").await;
    fails(&own, &begun("LAUNCH"), 409, "WRONG_STATE").await;
    fails(&own, &ask("getTask", ("/tasks/K", "/tasks/A"), None), 404, "NOT_FOUND").await;
    seen.seen.borrow_mut().append(&mut own.seen.borrow_mut());
}

/// A company that is connected: looked at, read anew, and refused by 1Password.
async fn sources(document: &Document, seen: &CheckedClient<'_>) {
    let (folder, bench) = (tempfile::tempdir().expect("a folder"), Bench::start().await);
    let options = real::workspace(&folder);
    let database = options.database.clone();
    let own = CheckedClient::new(document, Options { connector: Some(bench.connector.clone()), ..options }).await;
    let bearer = format!("Bearer {}", own.token("OWNER").await);
    let mut enter = bare(&own, &named(&own, "addCompany"));
    enter.headers = [("authorization", bearer.clone()), ("idempotency-key", "enter".into())].into();
    enter.headers.insert("content-type", "application/json".into());
    enter.body = Some(r#"{"name":"Acme Bakery"}"#.into());
    let (_, company) = own.send(&enter).await;
    let company = text(&company["id"]);
    bench.connect(&database, &company).await;
    let check = |key: &str, source: &str| {
        let mut ask = bare(&own, &named(&own, "checkSource"));
        ask.path = ask.path.replace("/C/", &format!("/{company}/")).replace("/X:", &format!("/{source}:"));
        ask.headers = [("authorization", bearer.clone()), ("idempotency-key", key.to_owned())].into();
        ask
    };
    let (status, source) = own.send(&check("1", "USERS_API")).await;
    assert_eq!((status, source["state"].as_str()), (200, Some("CONNECTED")), "{source}");
    bench.fake.world.change(ACME, |account| account.applications.clear());
    let (status, source) = own.send(&check("2", "USERS_API")).await;
    assert_eq!((status, source["reason"].as_str()), (200, Some("CREDENTIAL_REFUSED")), "{source}");
    fails(&own, &check("3", "EVENTS"), 404, "NOT_FOUND").await;
    bench.fake.world.change(ACME, |account| account.applications = acme().applications);
    let mut users = bare(&own, &named(&own, "listUsers"));
    users.path = users.path.replace("/C/", &format!("/{company}/"));
    users.headers = [("authorization", bearer.clone())].into();
    let people = own.send(&users).await.1["results"].clone();
    let act = |name: &str, key: &str, place: usize, etag: Option<&str>| {
        let mut ask = bare(&own, &named(&own, name));
        ask.path = ask.path.replace("/C/", &format!("/{company}/"));
        ask.path = ask.path.replace("/U:", &format!("/{}:", text(&people[place]["id"])));
        let etag = etag.map_or_else(|| text(&people[place]["etag"]), str::to_owned);
        ask.headers = [("authorization", bearer.clone()), ("idempotency-key", key.to_owned())].into();
        ask.headers.insert("if-match", etag);
        ask
    };
    fails(&own, &act("suspendUser", "4", 0, None), 409, "SOURCE_FAILED").await;
    fails(&own, &act("reactivateUser", "5", 1, None), 409, "WRONG_STATE").await;
    bench.fake.world.fail(Call::Act, Trouble::NoEffect, 1);
    fails(&own, &act("suspendUser", "6", 1, None), 409, "NOT_DONE").await;
    let (status, tom) = own.send(&act("suspendUser", "7", 1, None)).await;
    assert_eq!((status, tom["state"].as_str()), (200, Some("SUSPENDED")), "{tom}");
    bench.fake.world.fail(Call::Act, Trouble::NoEffect, 1);
    let etag = text(&tom["etag"]);
    fails(&own, &act("reactivateUser", "8", 1, Some(&etag)), 409, "NOT_DONE").await;
    bench.fake.world.fail(Call::Act, Trouble::Answer(400, ""), 1);
    fails(&own, &act("reactivateUser", "9", 1, Some(&etag)), 409, "SOURCE_FAILED").await;
    for name in ["listSources", "listUsers", "getCompany"] {
        let mut ask = bare(&own, &named(&own, name));
        ask.path = ask.path.replace("/C", &format!("/{company}"));
        ask.headers = [("authorization", bearer.clone())].into();
        let (status, body) = own.send(&ask).await;
        assert_eq!(status, 200, "{name}: {body}");
    }
    seen.seen.borrow_mut().append(&mut own.seen.borrow_mut());
}

/// Addresses are taken once, the last owner stays, and who is revoked gets no code.
async fn technician_rules(api: &CheckedClient<'_>) {
    let owner = api.technician("ida.harms@harbour.example").await;
    for (name, body, code) in [
        ("updateTechnician", Some(r#"{"role":"VIEW_ONLY"}"#), "LAST_OWNER"),
        ("revokeTechnician", None, "LAST_OWNER"),
        ("rotateTechnician", None, "LAST_OWNER"),
    ] {
        let mut ask = about(api, name, SOUND, &owner).await;
        ask.body = body.map(str::to_owned);
        fails(api, &ask, 409, code).await;
    }
    let taken = r#"{"display_name":"Ida","email":"Ida.Harms@harbour.example","role":"VIEW_ONLY"}"#;
    for name in ["addTechnician", "updateTechnician"] {
        let mut ask = api.good(&named(api, name), SOUND).await;
        ask.body = Some(taken.to_owned());
        fails(api, &ask, 409, "ALREADY_EXISTS").await;
    }
    let mut add = api.good(&named(api, "addTechnician"), SOUND).await;
    add.body = Some(taken.replace("Ida.Harms", "ole"));
    let (status, added) = api.send(&add).await;
    assert_eq!(status, 201, "{added}");
    let revoke = about(api, "revokeTechnician", SOUND, &added["technician"]).await;
    assert_eq!(api.send(&revoke).await.1["state"], "REVOKED");
    for name in ["rotateTechnician", "enrolTechnician"] {
        fails(api, &about(api, name, SOUND, &added["technician"]).await, 409, "WRONG_STATE").await;
    }
}

/// A server that takes one request a minute.
async fn limits(document: &Document, seen: &CheckedClient<'_>) {
    let strict = CheckedClient::new(document, Options { requests_per_minute: 1, ..Options::default() }).await;
    let bearer = format!("Bearer {}", strict.token("MSP_TECHNICIAN").await);
    for operation in document.operations().into_iter().filter(is_oauth) {
        let mut ask = strict.blank(&operation, operation.path.to_owned());
        // A client and a secret that nobody has.
        ask.headers.insert("authorization", "Basic bm9ib2R5Om5vdGhpbmc=".into());
        while [401, 410].contains(&strict.send(&ask).await.0) {}
        fails(&strict, &ask, 429, "RATE_LIMITED").await;
    }
    let mut first = true;
    for operation in document.operations().into_iter().filter(|operation| !is_oauth(operation)) {
        let mut ask = bare(&strict, &operation);
        ask.headers.insert("authorization", bearer.clone());
        if std::mem::take(&mut first) {
            strict.send(&ask).await;
        }
        fails(&strict, &ask, 429, "RATE_LIMITED").await;
    }
    seen.seen.borrow_mut().append(&mut strict.seen.borrow_mut());
}

/// Whatever the document promises has been seen, apart from what cannot be provoked from outside.
fn missing(document: &Document, seen: &BTreeSet<(String, u16, String)>) {
    let mut unseen = Vec::new();
    for operation in document.operations() {
        for (status, answer) in operation.value["responses"].as_object().expect("answers") {
            let status: u16 = status.parse().expect("a status");
            let answer = document.follow(answer);
            let codes =
                answer["x-codes"].as_array().map_or(vec![""], |codes| codes.iter().filter_map(Value::as_str).collect());
            for code in codes {
                let spared = match code {
                    // A full disk; a database that somebody else holds.
                    "UNAVAILABLE" => true,
                    // Everybody who is signed in may look.
                    "PERMISSION_DENIED" => !writes(&operation),
                    _ => false,
                };
                if !spared && !seen.contains(&(id(&operation), status, code.to_owned())) {
                    unseen.push(format!("{} {status} {code}", id(&operation)));
                }
            }
        }
    }
    assert!(unseen.is_empty(), "written down, never seen:\n  {}", unseen.join("\n  "));
}
