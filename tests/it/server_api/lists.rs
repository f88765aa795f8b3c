//! Lists: filter, order, pages, and what changed.

use super::client::{Api, text};
use jiff::SignedDuration;
use mspdash::domain::company::Attention;
use mspdash::server::{Database, Options};
use serde_json::{Value, json};
use std::collections::HashSet;

fn names(rows: &[Value]) -> Vec<String> {
    rows.iter().map(|row| text(row, "name")).collect()
}

async fn filtered(api: &Api, filter: &str) -> Vec<Value> {
    let seen = api.ask("GET", "companies").query(&[("filter", filter), ("max_page_size", "1000")]).send().await;
    let page = seen.ok();
    let rows = page["results"].as_array().unwrap().clone();
    assert_eq!(page["total_size"], rows.len(), "{filter}");
    rows
}

#[tokio::test]
async fn pages_are_25_long_by_default_and_add_up() {
    let api = Api::start().await;
    let page = api.get("companies").await.ok();
    assert_eq!((page["results"].as_array().unwrap().len(), page["total_size"].as_u64()), (25, Some(48)));
    for size in [1, 7, 48, 1000] {
        let all = api.companies("", size).await;
        let ids: HashSet<String> = all.iter().map(|row| text(row, "id")).collect();
        assert_eq!((all.len(), ids.len()), (48, 48), "pages of {size}");
    }
    for size in ["0", "1001", "-1", "x", "+5", ""] {
        let seen = api.get(&format!("companies?max_page_size={size}")).await;
        assert_eq!((seen.status, seen.fields()), (400, vec!["max_page_size".to_owned()]), "{size}");
    }
}

#[tokio::test]
async fn every_order_gives_the_same_rows_on_pages_of_any_size() {
    let api = Api::start().await;
    for order in [
        "name",
        "name desc",
        "state, seats.filled desc",
        "seats.filled desc, name",
        "setup.done desc, owners.confirmed, name desc",
        "create_time",
        "update_time desc",
    ] {
        let query = format!("order_by={}", order.replace(' ', "%20"));
        let (whole, pieces) = (api.companies(&query, 1000).await, api.companies(&query, 7).await);
        assert_eq!(names(&whole), names(&pieces), "{order}");
    }
    let seats: Vec<u64> = api
        .companies("order_by=seats.filled%20desc", 1000)
        .await
        .iter()
        .map(|row| row["seats"]["filled"].as_u64().unwrap())
        .collect();
    assert!(seats.is_sorted_by(|a, b| a >= b));
    let seen = api.get("companies?order_by=colour").await;
    assert_eq!((seen.status, seen.fields()), (400, vec!["order_by".to_owned()]));
}

#[tokio::test]
async fn paging_is_stable_while_rows_change() {
    let api = Api::start().await;
    let first = api.get("companies?max_page_size=10&order_by=name").await.ok();
    let seen: Vec<String> = names(first["results"].as_array().unwrap());
    // A row of the first page moves behind everything: a page counted by rows would now skip one.
    let moved = &first["results"][3];
    let path = format!("companies/{}", text(moved, "id"));
    let ask = api.write("PATCH", &path).header("if-match", &text(moved, "etag")).json(&json!({"name": "zzz last"}));
    ask.send().await.ok();
    let token = text(&first, "next_page_token");
    let second = api.get(&format!("companies?max_page_size=1000&order_by=name&page_token={token}")).await.ok();
    let rest = names(second["results"].as_array().unwrap());
    assert!(seen.iter().all(|name| !rest.contains(name)), "nothing twice");
    assert_eq!(seen.len() + rest.len(), 49, "the moved one was seen under both names, nothing was lost");
}

#[tokio::test]
async fn the_header_of_a_page_leads_to_the_next_one() {
    let api = Api::start().await;
    let company = text(&api.named("Brightwater GmbH").await, "id");
    let lists = [
        "companies?filter=state+%3D+ACTIVE&order_by=name&max_page_size=7".to_owned(),
        "audit_events?max_page_size=7".to_owned(),
        "link_requests?max_page_size=1".to_owned(),
        "usage?start_date=2026-01-01&end_date=2026-01-31&max_page_size=7".to_owned(),
        format!("companies/{company}/users?max_page_size=2"),
        format!("companies/{company}/groups?max_page_size=1"),
    ];
    for list in &lists {
        let seen = api.get(list).await;
        let link = seen.header("link").to_owned();
        let query = link.strip_prefix("<?").and_then(|link| link.strip_suffix(">; rel=\"next\"")).unwrap();
        let (path, _) = list.split_once('?').unwrap();
        let token = text(&seen.ok(), "next_page_token");
        let by_token = api.get(&format!("{list}&page_token={token}")).await.ok();
        assert_eq!(api.get(&format!("{path}?{query}")).await.ok(), by_token, "{list}");
    }
    let last = api.get("companies?max_page_size=1000").await;
    assert_eq!(last.header("link"), "");
}

#[tokio::test]
async fn a_page_token_only_fits_its_own_question() {
    let api = Api::start().await;
    let token = text(&api.get("companies?max_page_size=10&order_by=name").await.ok(), "next_page_token");
    for other in ["", "order_by=state", "order_by=name&filter=state%3DACTIVE"] {
        let seen = api.get(&format!("companies?{other}&page_token={token}")).await;
        assert_eq!((seen.status, seen.fields()), (400, vec!["page_token".to_owned()]), "{other}");
    }
    let id = text(&api.named("Brightwater GmbH").await, "id");
    assert_eq!(api.get(&format!("companies/{id}/users?page_token={token}")).await.status, 400);
    assert_eq!(api.get("companies?page_token=%25%00garbage").await.status, 400);
    let seen = api.get(&format!("companies?max_page_size=3&order_by=name&page_token={token}")).await;
    assert_eq!(seen.ok()["results"].as_array().unwrap().len(), 3, "another size is fine");
}

#[tokio::test]
async fn filters_say_what_they_mean() {
    let api = Api::start().await;
    let all = api.companies("", 1000).await;
    let count = |wanted: &dyn Fn(&Value) -> bool| all.iter().filter(|row| wanted(row)).count();
    let filled = |row: &Value| row["seats"]["filled"].as_u64().unwrap();
    let has = |row: &Value, field: &str, word: &str| row[field].as_array().unwrap().contains(&json!(word));
    let cases: Vec<(&str, usize)> = vec![
        ("state = ACTIVE", 41),
        ("state != ACTIVE", 7),
        ("NOT (state = ACTIVE OR state = UNLINKED)", 4),
        ("seats.filled > 40", count(&|row| filled(row) > 40)),
        ("seats.filled <= 40 AND state = ACTIVE", count(&|row| filled(row) <= 40 && row["state"] == "ACTIVE")),
        ("seats.limit > 0", count(&|row| row["seats"]["limit"].is_u64())),
        ("NOT seats.limit > 0", count(&|row| !row["seats"]["limit"].is_u64())),
        ("owners.confirmed = 0", 2),
        ("setup.done >= 5", count(&|row| row["setup"]["done"].as_u64().unwrap() >= 5)),
        ("tags = north", count(&|row| has(row, "tags", "north"))),
        ("tags : NOR", count(&|row| has(row, "tags", "north"))),
        ("tags = nor", 0),
        ("external_id = \"HB-1001\"", 1),
        ("external_id : hb-10", 48),
        ("origin = LINKED", 2),
        ("create_time < 2100-01-01T00:00:00Z", 48),
        ("name : \"BRIGHT\"", 2),
        ("name : \"müller\"", 1),
        ("name : \"'; DROP TABLE companies; --\"", 0),
        ("state = ACTIVE AND seats.filled > 10 AND name : \"bright\"", 1),
        ("", 48),
    ];
    for (filter, expected) in cases {
        assert_eq!(filtered(&api, filter).await.len(), expected, "{filter}");
    }
    for bad in ["colour = RED", "state = PURPLE", "state =", "((", "name ~ x", "seats.filled > many"] {
        let seen = api.ask("GET", "companies").query(&[("filter", bad)]).send().await;
        assert_eq!((seen.status, seen.code().as_str()), (400, "INVALID_ARGUMENT"), "{bad}");
        assert_eq!(seen.fields(), ["filter"]);
    }
}

#[tokio::test]
async fn attention_as_a_filter_agrees_with_attention_as_shown() {
    use Attention::{FactsDiffer, FactsStale, SourceExpiring, SourceFailing};
    let api = Api::with(Options { sample_size: 600, ..Options::default() }).await;
    let all = api.companies("", 1000).await;
    for kind in Attention::KNOWN {
        let shown: Vec<String> = names(
            &all.iter()
                .filter(|row| row["attention"].as_array().unwrap().contains(&json!(kind)))
                .cloned()
                .collect::<Vec<_>>(),
        );
        // Nobody observes companies that are invented, or reads them.
        let of_real = matches!(kind, FactsDiffer | FactsStale | SourceExpiring | SourceFailing);
        assert_eq!(shown.is_empty(), of_real, "of {kind:?} the sample has {shown:?}");
        assert_eq!(names(&filtered(&api, &format!("attention = {}", kind.as_str())).await), shown, "{kind:?}");
        let others = filtered(&api, &format!("attention != {}", kind.as_str())).await;
        assert_eq!(others.len() + shown.len(), 600, "{kind:?}");
    }
}

/// The list copies texts that were written before; they must say what the company itself says.
#[tokio::test]
async fn a_company_looks_the_same_in_the_list_and_alone() {
    let mut api = Api::with(Options { sample_size: 200, ..Options::default() }).await;
    for days in [0, 6, 9] {
        api.later(SignedDuration::from_hours(24 * days));
        for role in ["MSP_TECHNICIAN", "VIEW_ONLY"] {
            api.sign_in(role).await;
            for row in api.companies("order_by=state,name", 70).await {
                assert_eq!(api.company(&text(&row, "id")).await, row, "{days} {role}");
            }
        }
        api.sign_in("OWNER").await;
        let company = api.named("Deichgraf Bau GmbH").await;
        let path = format!("companies/{}", text(&company, "id"));
        let body = json!({"note": "\"attention\":[ \"granted_to_me\":false", "name": company["name"]});
        api.write("PATCH", &path).header("if-match", &text(&company, "etag")).json(&body).send().await.ok();
        assert_eq!(api.named("Deichgraf Bau GmbH").await["note"], body["note"], "never stale");
    }
}

#[tokio::test]
async fn changes_are_told_once_and_in_order() {
    let api = Api::start().await;
    let token = text(&api.get("companies?max_page_size=1").await.ok(), "change_token");
    let nothing = api.get(&format!("companies:changes?since={token}")).await.ok();
    assert_eq!(
        (&nothing["results"], &nothing["removed"], &nothing["has_more"]),
        (&json!([]), &json!([]), &json!(false))
    );

    for name in ["Brightwater GmbH", "Wattwurm Software GmbH", "Pelican Print Ltd"] {
        let company = api.named(name).await;
        let path = format!("companies/{}", text(&company, "id"));
        let ask = api.write("PATCH", &path).header("if-match", &text(&company, "etag"));
        // An unlinked company cannot be changed and must not appear.
        let expected = if name.starts_with("Pelican") { 409 } else { 200 };
        assert_eq!(ask.json(&json!({"note": "seen"})).send().await.status, expected);
    }
    let first = api.get(&format!("companies:changes?since={token}&max_page_size=1")).await.ok();
    assert_eq!(
        (names(first["results"].as_array().unwrap()), &first["has_more"]),
        (vec!["Brightwater GmbH".to_owned()], &json!(true))
    );
    let second = api.get(&format!("companies:changes?since={}", text(&first, "next_change_token"))).await.ok();
    assert_eq!(
        (names(second["results"].as_array().unwrap()), &second["has_more"]),
        (vec!["Wattwurm Software GmbH".to_owned()], &json!(false))
    );
    let third = api.get(&format!("companies:changes?since={}", text(&second, "next_change_token"))).await.ok();
    assert_eq!(third["results"], json!([]));
}

#[tokio::test]
async fn companies_that_are_gone_are_told_until_nobody_can_ask_any_more() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("workspace.db");
    let options = || Options { database: Database::File(file.clone()), ..Options::default() };
    let api = Api::with(options()).await;
    let token = text(&api.get("companies?max_page_size=1").await.ok(), "change_token");
    let db = rusqlite::Connection::open(&file).unwrap();
    let removed = api.now().as_millisecond();
    db.execute("UPDATE meta SET value = 1 WHERE key = 'seq'", []).unwrap();
    db.execute("INSERT INTO tombstones (seq, id, delete_time) VALUES (1, 'GONE', ?)", [removed]).unwrap();
    let changes = api.get(&format!("companies:changes?since={token}")).await.ok();
    assert_eq!(changes["removed"], json!([{"id": "GONE"}]));
    let after = text(&changes, "next_change_token");
    assert_eq!(api.get(&format!("companies:changes?since={after}")).await.ok()["removed"], json!([]));

    db.execute("UPDATE tombstones SET delete_time = delete_time - 31 * 24 * 3600000", []).unwrap();
    api.running.stop().await;
    let api = Api::with(options()).await;
    assert_eq!(api.get(&format!("companies:changes?since={token}")).await.code(), "CHANGE_TOKEN_EXPIRED");
    assert_eq!(api.get(&format!("companies:changes?since={after}")).await.status, 200);
}

#[tokio::test]
async fn change_tokens_of_another_database_are_gone() {
    let (api, other) = (Api::start().await, Api::start().await);
    let token = text(&other.get("companies?max_page_size=1").await.ok(), "change_token");
    let seen = api.get(&format!("companies:changes?since={token}")).await;
    assert_eq!((seen.status, seen.code().as_str()), (410, "CHANGE_TOKEN_EXPIRED"));
    let seen = api.get("companies:changes?since=nonsense").await;
    assert_eq!((seen.status, seen.fields()), (400, vec!["since".to_owned()]));
    let seen = api.get("companies:changes").await;
    assert_eq!((seen.status, seen.fields()), (400, vec!["since".to_owned()]));
}

#[tokio::test]
async fn people_and_groups_come_in_pages_too() {
    let api = Api::start().await;
    let id = text(&api.named("Brightwater GmbH").await, "id");
    for list in ["users", "groups"] {
        let mut ids = HashSet::new();
        let mut token = String::new();
        loop {
            let page = api.get(&format!("companies/{id}/{list}?max_page_size=2&page_token={token}")).await.ok();
            for row in page["results"].as_array().unwrap() {
                assert!(ids.insert(text(row, "id")));
                assert!(text(row, "path").ends_with(&format!("{id}/{list}/{}", text(row, "id"))));
            }
            match page["next_page_token"].as_str() {
                Some(next) => next.clone_into(&mut token),
                None => break assert_eq!(page["total_size"], ids.len()),
            }
        }
        assert!(ids.len() > 4);
    }
    let page = api.get(&format!("companies/{id}/users")).await.ok();
    let user = &page["results"][0];
    assert_eq!(&api.get(&format!("companies/{id}/users/{}", text(user, "id"))).await.ok(), user);
    assert_eq!(api.get(&format!("companies/{id}/users/{}", "A".repeat(26))).await.code(), "NOT_FOUND");
    assert_eq!(api.get(&format!("companies/{}/users", "A".repeat(26))).await.code(), "NOT_FOUND");
}
