//! The contract in `assets/openapi.json` is sound, and it says the same as the wire types.

mod checked_client;
mod conformity;
mod document;
mod document_mock;
mod full_values;
mod mock;
mod server;

use conformity::{Answer, Conformity};
use document::Document;
use mspdash::domain::activity::Action;
use mspdash::domain::company::{Attention, CompanyState, Origin};
use mspdash::domain::error::ConflictCode;
use mspdash::domain::launch::Target;
use mspdash::domain::link::LinkState;
use mspdash::domain::people::{GroupKind, PersonKind, PersonState};
use mspdash::domain::session::Permission;
use mspdash::domain::setup::{Fact, StepKind, StepState};
use mspdash::domain::source::{SourceReason, SourceState};
use mspdash::domain::task::{Outcome, TaskKind, TaskState};
use mspdash::domain::unlink::{CheckCode, ConsequenceCode};
use mspdash::wire;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::BTreeSet;

fn none(faults: &[String], about: &str) {
    assert!(faults.is_empty(), "{about}:\n  {}", faults.join("\n  "));
}

/// Every object in a value, with where it is.
fn walk<'a>(value: &'a Value, at: &str, see: &mut dyn FnMut(&str, &'a Value)) {
    see(at, value);
    match value {
        Value::Object(map) => map.iter().for_each(|(key, inner)| walk(inner, &format!("{at}/{key}"), see)),
        Value::Array(list) => list.iter().enumerate().for_each(|(i, inner)| walk(inner, &format!("{at}/{i}"), see)),
        _ => {}
    }
}

#[test]
fn every_reference_leads_somewhere_and_every_component_is_used() {
    let document = Document::load();
    let mut used = BTreeSet::new();
    walk(document.at(""), "", &mut |_, value| {
        if let Some(reference) = value.get("$ref").and_then(Value::as_str) {
            document.follow(value);
            used.insert(reference.to_owned());
        }
    });
    for kind in ["parameters", "headers", "responses", "schemas", "examples"] {
        for name in document.at(&format!("/components/{kind}")).as_object().expect("components").keys() {
            assert!(used.contains(&format!("#/components/{kind}/{name}")), "{kind}/{name} is used nowhere");
        }
    }
}

#[test]
fn every_schema_is_one_and_is_described() {
    let document = Document::load();
    for (name, schema) in document.at("/components/schemas").as_object().expect("schemas") {
        assert!(jsonschema::meta::is_valid(schema), "{name} is no schema");
        assert!(schema["description"].is_string(), "{name} is not described");
        for (property, of) in schema["properties"].as_object().expect("properties") {
            let described = of["description"].is_string() || of["$ref"].is_string();
            assert!(described, "{name}.{property} is not described");
        }
    }
}

#[test]
fn every_operation_says_all_that_a_caller_has_to_know() {
    let document = Document::load();
    assert_eq!(document.at("/openapi"), "3.1.0");
    let mut ids = BTreeSet::new();
    for operation in document.operations() {
        let about = format!("{} {}", operation.method, operation.path);
        assert!(ids.insert(operation.value["operationId"].as_str().expect("an id")), "{about}: its id is taken");
        for member in ["summary", "description"] {
            assert!(operation.value[member].is_string(), "{about}: no {member}");
        }
        // Whoever enrols has nothing to sign in with yet.
        let enrols = operation.path.ends_with("/enrolments");
        for status in [200, 401, 405, 429, 500, 503].into_iter().filter(|status| *status != 401 || !enrols) {
            assert!(operation.answer(status).is_some(), "{about}: no {status}");
        }
        let security = &operation.value["security"][0];
        let oauth = operation.path.contains("/oauth2/");
        assert!(enrols || security[if oauth { "client" } else { "bearer" }].is_array(), "{about}: security {security}");
        let names: Vec<_> = operation.parameters().iter().filter_map(|parameter| parameter["name"].as_str()).collect();
        for part in operation.path.split(['/', ':']).filter_map(|part| part.strip_prefix('{')) {
            assert!(names.contains(&part.trim_end_matches('}')), "{about}: {part} is no parameter");
        }
        let writes = operation.method != "GET" && !oauth && !enrols;
        assert_eq!(names.contains(&"Idempotency-Key"), writes, "{about}: Idempotency-Key");
        assert_eq!(operation.answer(422).is_some(), writes, "{about}: 422");
        let bound = names.contains(&"If-Match");
        assert_eq!((operation.answer(412).is_some(), operation.answer(428).is_some()), (bound, bound), "{about}");
        assert_eq!(operation.value.get("requestBody").is_some(), operation.answer(415).is_some(), "{about}: 415");
    }
}

#[test]
fn every_example_fits_its_schema() {
    let document = Document::load();
    let conformity = Conformity::new(&document);
    for operation in document.operations() {
        let about = format!("{} {}", operation.method, operation.path);
        for parameter in operation.parameters() {
            if let Some(example) = parameter.get("example") {
                none(&conformity.faults(&parameter["schema"], example), &format!("{about} {}", parameter["name"]));
            }
        }
        if let Some(body) = operation.value.get("requestBody") {
            for (_, schema, example) in operation.examples(body) {
                none(&conformity.faults(schema, example), &about);
            }
        }
        for status in operation.value["responses"].as_object().expect("answers").keys() {
            let answer = operation.answer(status.parse().expect("a status")).expect("an answer");
            let examples = operation.examples(answer);
            assert!(answer.get("content").is_none() || !examples.is_empty(), "{about} {status}: no example");
            for (_, schema, example) in examples {
                none(&conformity.faults(schema, example), &format!("{about} {status}"));
            }
        }
    }
    for (name, header) in document.at("/components/headers").as_object().expect("headers") {
        none(&conformity.faults(&header["schema"], &header["example"]), name);
    }
}

#[test]
fn every_error_answer_has_an_example_for_each_of_its_codes() {
    let document = Document::load();
    for operation in document.operations() {
        for (status, answer) in operation.value["responses"].as_object().expect("answers") {
            let answer = document.follow(answer);
            if status.starts_with('2') {
                continue;
            }
            let examples = operation.examples(answer);
            assert!(examples.iter().all(|(media_type, _, _)| *media_type == "application/problem+json"));
            let shown: BTreeSet<_> = examples.iter().filter_map(|(_, _, example)| example["code"].as_str()).collect();
            let listed: BTreeSet<_> =
                answer["x-codes"].as_array().expect("codes").iter().filter_map(Value::as_str).collect();
            assert_eq!(shown, listed, "{} {} {status}", operation.method, operation.path);
            for (_, _, example) in examples {
                assert_eq!(example["status"].to_string(), *status);
            }
        }
    }
}

/// The dotted names of all properties in a value, lists passed through.
fn names_in_value(value: &Value, at: &str, names: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            for (key, inner) in map {
                names.insert(format!("{at}.{key}"));
                names_in_value(inner, &format!("{at}.{key}"), names);
            }
        }
        Value::Array(list) => list.iter().for_each(|inner| names_in_value(inner, at, names)),
        _ => {}
    }
}

/// The same for a schema.
fn names_in_schema(document: &Document, schema: &Value, at: &str, names: &mut BTreeSet<String>) {
    let schema = document.follow(schema);
    for (key, inner) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
        names.insert(format!("{at}.{key}"));
        names_in_schema(document, inner, &format!("{at}.{key}"), names);
    }
    let inside = schema.get("oneOf").and_then(Value::as_array).into_iter().flatten();
    for inner in inside.chain(schema.get("items")) {
        names_in_schema(document, inner, at, names);
    }
}

#[test]
fn wire_types_and_schemas_name_the_same_properties() {
    let document = Document::load();
    let conformity = Conformity::new(&document);
    for (name, value) in full_values::full_values() {
        let schema = serde_json::json!({ "$ref": format!("#/components/schemas/{name}") });
        none(&conformity.faults(&schema, &value), name);
        let (mut spoken, mut written) = (BTreeSet::new(), BTreeSet::new());
        names_in_value(&value, name, &mut spoken);
        names_in_schema(&document, document.at(&format!("/components/schemas/{name}")), name, &mut written);
        assert_eq!(spoken, written, "{name}");
    }
}

fn round<T: Serialize + DeserializeOwned>(example: &Value) -> Value {
    let text = example.to_string();
    let value: T = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error} in {text}"));
    serde_json::to_value(value).expect("wire types become JSON")
}

fn round_by_name(schema: &str, example: &Value) -> Option<Value> {
    Some(match schema {
        "Token" => round::<wire::session::Token>(example),
        "Session" => round::<wire::session::Session>(example),
        "CompanyList" => round::<wire::list::List<wire::company::Company>>(example),
        "ChangeList" => round::<wire::list::ChangeList>(example),
        "Company" => round::<wire::company::Company>(example),
        "CompanyPatch" => round::<wire::company::CompanyPatch>(example),
        "Observation" => round::<wire::company::Observation>(example),
        "NewCompany" => round::<wire::company::NewCompany>(example),
        "ImportRequest" => round::<wire::import::ImportRequest>(example),
        "ImportAnswer" => round::<wire::import::ImportAnswer>(example),
        "ImportRun" => round::<wire::import::ImportRun>(example),
        "ImportRunList" => round::<wire::list::List<wire::import::ImportRun>>(example),
        "ImportMapList" => round::<wire::list::List<wire::import::ImportMap>>(example),
        "LinkRequestList" => round::<wire::list::List<wire::link::LinkRequest>>(example),
        "LinkRequest" => round::<wire::link::LinkRequest>(example),
        "AcceptLink" => round::<wire::link::AcceptLink>(example),
        "EventList" => round::<wire::list::List<wire::activity::Event>>(example),
        "LaunchRequest" => round::<wire::company::LaunchRequest>(example),
        "LaunchAnswer" => round::<wire::company::LaunchAnswer>(example),
        "Preflight" => round::<wire::unlink::Preflight>(example),
        "Checklist" => round::<wire::setup::Checklist>(example),
        "Step" => round::<wire::setup::Step>(example),
        "StepPatch" => round::<wire::setup::StepPatch>(example),
        "UserList" => round::<wire::list::List<wire::people::User>>(example),
        "User" => round::<wire::people::User>(example),
        "FoundUserList" => round::<wire::list::List<wire::people::FoundUser>>(example),
        "GroupList" => round::<wire::list::List<wire::people::Group>>(example),
        "NewMember" => round::<wire::people::NewMember>(example),
        "RecoveryList" => round::<wire::list::List<wire::recovery::Recovery>>(example),
        "VaultList" => round::<wire::list::List<wire::vault::Vault>>(example),
        "Vault" => round::<wire::vault::Vault>(example),
        "Usage" => round::<wire::usage::Usage>(example),
        "TeamTechnician" => round::<wire::technician::Technician>(example),
        "TeamTechnicianList" => round::<wire::list::List<wire::technician::Technician>>(example),
        "NewTechnician" => round::<wire::technician::NewTechnician>(example),
        "TechnicianPatch" => round::<wire::technician::TechnicianPatch>(example),
        "Enrolment" => round::<wire::technician::Enrolment>(example),
        "EnrolmentCode" => round::<wire::technician::EnrolmentCode>(example),
        "Credential" => round::<wire::technician::Credential>(example),
        "Task" => round::<wire::task::Task>(example),
        "TaskList" => round::<wire::list::List<wire::task::Task>>(example),
        "Source" => round::<wire::source::Source>(example),
        "SourceList" => round::<wire::list::List<wire::source::Source>>(example),
        "NewTask" => round::<wire::task::NewTask>(example),
        "Declaration" => round::<wire::task::Declaration>(example),
        "Verification" => round::<wire::task::Verification>(example),
        "Problem" => round::<wire::problem::Problem>(example),
        _ => return None,
    })
}

#[test]
fn examples_pass_through_the_wire_types_without_loss() {
    let document = Document::load();
    let mut seen = BTreeSet::new();
    for operation in document.operations() {
        let answers = operation.value["responses"].as_object().expect("answers").values();
        let bodies = answers.map(|answer| document.follow(answer)).chain(operation.value.get("requestBody"));
        for (_, schema, example) in bodies.flat_map(|body| operation.examples(body)) {
            let one = schema["$ref"].as_str().and_then(|reference| reference.rsplit('/').next());
            // `:unlink` answers one of two; which one shows in what they require.
            let name = one.unwrap_or(if example.get("checks").is_some() { "Preflight" } else { "Company" });
            match round_by_name(name, example) {
                Some(again) => assert_eq!(again, *example, "{name}"),
                // What goes to and from the token calls as a form or as nothing: no wire type is behind it.
                None => {
                    assert!(["TokenRequest", "RevokeRequest", "Nothing"].contains(&name), "{name} has no wire type");
                }
            }
            seen.insert(name.to_owned());
        }
    }
    for (name, _) in full_values::full_values() {
        assert!(name == "Group" || name == "Event" || seen.contains(name), "{name} has no example");
    }
}

/// The words that the document lists for a property.
fn words(document: &Document, pointer: &str) -> Vec<String> {
    let property = document.at(&format!("/components/schemas/{pointer}"));
    let list = property.get("x-known-values").or_else(|| property.get("enum")).and_then(Value::as_array);
    list.expect("words").iter().filter_map(Value::as_str).map(Into::into).collect()
}

#[test]
fn the_words_of_the_document_are_known() {
    let document = Document::load();
    macro_rules! known {
        ($kind:ident: $($pointer:literal),+) => {$(
            for word in words(&document, $pointer) {
                assert!(!matches!($kind::from(word.as_str()), $kind::Other(_)), "{word} of {}", $pointer);
            }
        )+};
    }
    known!(CompanyState: "Company/properties/state");
    known!(Origin: "Company/properties/origin");
    known!(Attention: "Company/properties/attention/items");
    known!(PersonState: "User/properties/state", "Recovery/properties/state");
    known!(PersonKind: "User/properties/type");
    known!(GroupKind: "Group/properties/kind", "Membership/properties/kind");
    known!(StepKind: "Step/properties/step");
    known!(StepState: "Step/properties/state", "StepPatch/properties/state");
    known!(Fact: "Evidence/properties/fact");
    known!(CheckCode: "Check/properties/code");
    known!(ConsequenceCode: "Consequence/properties/code");
    known!(LinkState: "LinkRequest/properties/state");
    known!(SourceState: "Source/properties/state");
    known!(SourceReason: "Source/properties/reason");
    known!(TaskKind: "Task/properties/kind", "NewTask/properties/kind");
    assert_eq!(words(&document, "Task/properties/kind"), TaskKind::KNOWN.map(|kind| kind.as_str().to_owned()));
    known!(TaskState: "Task/properties/state", "Declaration/properties/state");
    known!(Outcome: "Verification/properties/outcome");
    known!(Action: "Event/properties/action");
    assert_eq!(words(&document, "Event/properties/action"), Action::KNOWN.map(|action| action.as_str().to_owned()));
    known!(Permission: "Session/properties/permissions/items");
    assert_eq!(
        words(&document, "Company/properties/state"),
        CompanyState::KNOWN.map(|state| state.as_str().to_owned())
    );
    assert_eq!(
        words(&document, "Company/properties/attention/items"),
        Attention::KNOWN.map(|kind| kind.as_str().to_owned())
    );
    assert_eq!(words(&document, "Step/properties/step"), StepKind::KNOWN.map(|kind| kind.as_str().to_owned()));
    assert_eq!(words(&document, "LaunchRequest/properties/target"), Target::ALL.map(|place| place.as_str().to_owned()));
    for operation in document.operations() {
        for code in operation.answer(409).and_then(|answer| answer["x-codes"].as_array()).into_iter().flatten() {
            let code = ConflictCode::from(code.as_str().expect("a word"));
            assert!(!matches!(code, ConflictCode::Other(_)), "{}", code.as_str());
        }
    }
}

#[test]
fn answers_that_break_the_contract_are_found_out() {
    let document = Document::load();
    let conformity = Conformity::new(&document);
    let good = document.at("/components/examples/Checklist/value").to_string();
    let path = "/v1beta1/accounts/A/companies/B/setup";
    let headers = |kind: &str| vec![("content-type".into(), kind.into()), ("x-request-id".into(), "r".into())];
    let answer =
        |status, headers, body| conformity.faults_of(&Answer { method: "GET", path, status, headers, body }).join("; ");
    assert_eq!(answer(200, headers("application/json"), good.as_bytes()), "");
    assert!(answer(200, vec![], good.as_bytes()).contains("X-Request-Id is absent"));
    assert!(answer(200, headers("text/html"), b"<html>").contains("instead of application/json"));
    assert!(answer(204, headers("application/json"), b"").contains("204 is not documented"));
    let more = good.replace("\"steps\"", "\"extra\":1,\"steps\"");
    assert!(answer(200, headers("application/json"), more.as_bytes()).contains("extra"));
    let problem = document.at("/components/examples/Problem.WRONG_STATE/value").to_string();
    let found = answer(404, headers("application/problem+json"), problem.as_bytes());
    assert!(found.contains("is not listed for 404") && found.contains("the problem says 409"), "{found}");
    assert!(found.contains("request_id and X-Request-Id differ"), "{found}");
}

/// What the document allows is what form, commands and server take.
#[test]
fn limits_are_those_of_the_fields() {
    use mspdash::domain::field::{LARGEST_LIMIT, LONGEST, LONGEST_NOTE, LONGEST_TAG, MOST_LINES, MOST_TAGS};
    let document = Document::load();
    let mut faults = Vec::new();
    for (at, limit) in [
        ("NewCompany/properties/name/maxLength", LONGEST),
        ("NewCompany/properties/website/maxLength", mspdash::domain::website::LONGEST),
        ("NewCompany/properties/external_id/maxLength", LONGEST),
        ("NewCompany/properties/tags/maxItems", MOST_TAGS),
        ("NewCompany/properties/tags/items/maxLength", LONGEST_TAG),
        ("CompanyPatch/properties/note/maxLength", LONGEST_NOTE),
        ("CompanyPatch/properties/seat_limit/maximum", LARGEST_LIMIT as usize),
        ("StepPatch/properties/note/maxLength", LONGEST_NOTE),
        ("AddressInput/properties/lines/maxItems", MOST_LINES),
        ("AddressInput/properties/lines/items/maxLength", LONGEST),
        ("AddressInput/properties/postal_code/maxLength", LONGEST),
    ] {
        let said = document.at(&format!("/components/schemas/{at}"));
        if *said != limit {
            faults.push(format!("{at}: {said} is not {limit}"));
        }
    }
    none(&faults, "limits");
}
