//! The server reads, finds and orders as the dashboard does.

use super::client::{Api, text};
use crate::support::form_values::{Kind, values};
use mspdash::domain::company::Company;
use mspdash::domain::id::ProfileId;
use mspdash::domain::lang::Lang;
use mspdash::domain::roster::{Roster, finds};
use mspdash::server::{Database, Options};
use serde_json::{Value, json};

const NAMES: [&str; 9] = [
    "Firma 10",
    "Firma 2",
    "firma 1",
    "Müller Feinmechanik GmbH",
    "Mueller & Sons",
    "Mu\u{308}ller KG",
    "Äpfel & Co",
    "Ωmega",
    "東京セキュリティ",
];

async fn add(api: &Api, body: Value) -> Value {
    let seen = api.write("POST", "companies").json(&body).send().await;
    assert_eq!(seen.status, 201, "{}", seen.text);
    seen.json()
}

async fn furnish(api: &Api) {
    for (number, name) in NAMES.iter().enumerate() {
        let body = json!({"name": name, "address": {"country_code": "DE"}, "external_id": format!("Nr. Ö{number}"), "tags": ["Größe 1"]});
        add(api, body).await;
    }
}

fn by_name(rows: &[Value]) -> Vec<String> {
    let company = |row: &Value| {
        let wire: mspdash::wire::company::Company = serde_json::from_value(row.clone()).unwrap();
        Company::try_from(wire).unwrap()
    };
    let mut roster = Roster::new(Lang::De);
    roster.upsert(&ProfileId::new("p"), rows.iter().map(company).collect::<Vec<_>>());
    roster.iter().map(|(_, company)| company.name).collect()
}

fn names(rows: &[Value]) -> Vec<String> {
    rows.iter().map(|row| text(row, "name")).collect()
}

#[tokio::test]
async fn names_come_in_the_order_of_the_screen() {
    let api = Api::start().await;
    furnish(&api).await;
    let all = api.companies("", 1000).await;
    let mut wanted = by_name(&all);
    assert_eq!(names(&api.companies("order_by=name", 5).await), wanted);
    let at = |name: &str| wanted.iter().position(|other| other == name).unwrap();
    assert!(at("firma 1") < at("Firma 2") && at("Firma 2") < at("Firma 10"));
    let usage = api.get("usage?start_date=2026-11-01&end_date=2026-11-30&max_page_size=1000").await.ok();
    let table: Vec<String> = usage["results"].as_array().unwrap().iter().map(|row| text(row, "company_name")).collect();
    assert_eq!(table, wanted);
    wanted.reverse();
    assert_eq!(names(&api.companies("order_by=name%20desc", 5).await), wanted);
}

#[tokio::test]
async fn a_filter_finds_names_as_a_search_does() {
    let api = Api::start().await;
    furnish(&api).await;
    let all = api.companies("", 1000).await;
    for (search, least) in [
        ("muller", 2),
        ("mueller", 3),
        ("Müller", 3),
        ("mu\u{308}ller", 3),
        ("gmbh müller", 1),
        ("FIRMA", 3),
        ("apfel", 1),
        ("東京", 1),
        ("nobody", 0),
    ] {
        let filter = format!("name : \"{search}\"");
        let found =
            api.ask("GET", "companies").query(&[("filter", filter.as_str()), ("max_page_size", "1000")]).send().await;
        let found = names(found.ok()["results"].as_array().unwrap());
        let wanted: Vec<String> =
            names(&all).into_iter().filter(|name| finds(search, [name.as_str()].into_iter())).collect();
        assert_eq!(found, wanted, "{search}");
        assert!(found.len() >= least, "{search} finds {found:?}");
    }
    for (filter, count) in [
        ("external_id : \"nr. o3\"", 1),
        ("external_id : oe", 9),
        ("tags : groesse", 9),
        ("tags : \"große 1\"", 9),
        ("tags : \"1 große\"", 0),
    ] {
        let found = api.ask("GET", "companies").query(&[("filter", filter), ("max_page_size", "1000")]).send().await;
        assert_eq!(found.ok()["total_size"], count, "{filter}");
    }
}

#[tokio::test]
async fn values_are_read_as_in_the_form() {
    let api = Api::start().await;
    for (kind, typed, saved) in values() {
        let mut body = json!({"name": "Brandt", "address": {"country_code": kind.country()}});
        let (field, path) = match kind {
            Kind::Name => ("/name", "name"),
            Kind::Website => ("/website", "website"),
            Kind::PostalCode(_) => ("/address/postal_code", "address.postal_code"),
            Kind::Town => ("/address/locality", "address.locality"),
            Kind::ExternalId => ("/external_id", "external_id"),
        };
        match kind {
            Kind::PostalCode(_) => body["address"]["postal_code"] = typed.as_str().into(),
            Kind::Town => body["address"]["locality"] = typed.as_str().into(),
            _ => body[path] = typed.as_str().into(),
        }
        let seen = api.write("POST", "companies?validate_only=true").json(&body).send().await;
        match saved {
            Some(saved) => {
                assert_eq!(seen.json().pointer(field), Some(&saved.into()), "{kind:?} {typed:?}: {}", seen.text);
            }
            None => assert_eq!((seen.status, seen.fields()), (400, vec![path.to_owned()]), "{kind:?} {typed:?}"),
        }
    }
}

/// A database of an older version, or from before the alphabets had newer data.
#[tokio::test]
async fn a_database_with_other_keys_is_put_in_order_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("workspace.db");
    let options = || Options { database: Database::File(file.clone()), ..Options::default() };
    let api = Api::with(options()).await;
    furnish(&api).await;
    let wanted = api.companies("order_by=name", 1000).await;
    let muller = "companies?filter=name%20:%20muller";
    let before = api.get(muller).await.ok()["total_size"].clone();
    api.running.stop().await;
    let db = rusqlite::Connection::open(&file).unwrap();
    db.execute_batch(
        "UPDATE companies SET name_key = lower(name), name_lower = lower(name); UPDATE audit_events SET actor_lower = 'x';
         DELETE FROM words WHERE key = 'name_keys';",
    )
    .unwrap();
    let texts = || db.query_row("SELECT count(*) FROM company_texts", [], |row| row.get::<_, i64>(0)).unwrap();
    let written = texts();
    let api = Api::with(options()).await;
    assert_eq!(api.companies("order_by=name", 1000).await, wanted);
    assert_eq!(api.get(muller).await.ok()["total_size"], before);
    let actor = text(&api.get("audit_events?max_page_size=1").await.ok()["results"][0]["actor"], "display_name");
    let filter = format!("actor : \"{actor}\"");
    let mine = api.ask("GET", "audit_events").query(&[("filter", filter.as_str())]).send().await.ok();
    assert!(mine["total_size"].as_u64() > Some(0), "{mine}");
    assert_eq!(texts(), written, "no company has to be written anew for it");
}
