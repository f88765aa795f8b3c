//! Usage: days, sums and projections, and that they follow what is done.

use super::client::{Api, text};
use super::people::{Home, plain};
use jiff::SignedDuration;
use mspdash::domain::usage::Thousandths;
use mspdash::server::Options;
use serde_json::{Value, json};

const NOVEMBER: &str = "start_date=2026-11-01&end_date=2026-11-30";

async fn usage(home: &Home<'_>, period: &str) -> Value {
    home.api.get(&format!("{}/usage?{period}", home.path)).await.ok()
}

fn seats(usage: &Value) -> Vec<u64> {
    usage["daily_seats"].as_array().unwrap().iter().map(|day| day["seats"].as_u64().unwrap()).collect()
}

async fn table(api: &Api, query: &str, size: usize) -> (Value, Vec<Value>) {
    let (mut rows, mut token, mut first) = (Vec::new(), String::new(), Value::Null);
    loop {
        let page = api.get(&format!("usage?{query}&max_page_size={size}&page_token={token}")).await.ok();
        rows.extend(page["results"].as_array().unwrap().iter().cloned());
        if first.is_null() {
            first = page.clone();
        }
        assert_eq!(page["daily_seats"], first["daily_seats"], "every page has the same sums");
        match page["next_page_token"].as_str() {
            Some(next) => next.clone_into(&mut token),
            None => return (first, rows),
        }
    }
}

#[tokio::test]
async fn a_running_period_has_days_until_today_and_a_projection() {
    let api = Api::start().await;
    let home = Home::of(&api, "Brightwater GmbH").await;
    let month = usage(&home, NOVEMBER).await;
    let days = seats(&month);
    assert_eq!((days.len(), days[21]), (22, 42), "until 22 November, and today as it stands");
    assert_eq!(month["daily_seats"][21]["date"], "2026-11-22");
    let sum: u64 = days.iter().sum();
    assert_eq!(month["net_usage"], Thousandths::ratio(sum, 22).to_string());
    assert_eq!(month["projected_net_usage"], Thousandths::ratio(sum + 42 * 8, 30).to_string());
    assert_eq!((&month["peak"], &month["seat_limit"]), (&json!(days.iter().max()), &json!(50)));
    assert_eq!((&month["internal_seats"], &month["results"]), (&Value::Null, &Value::Null));
    assert!(days.iter().all(|seats| (20..=42).contains(seats)) && days[0] < 42, "{days:?}");
}

#[tokio::test]
async fn a_period_that_is_over_or_ahead_has_no_projection() {
    let api = Api::start().await;
    let home = Home::of(&api, "Brightwater GmbH").await;
    let over = usage(&home, "start_date=2026-09-01&end_date=2026-09-30").await;
    assert_eq!((seats(&over).len(), &over["projected_net_usage"]), (30, &Value::Null));
    assert_eq!(over["net_usage"], Thousandths::ratio(seats(&over).iter().sum(), 30).to_string());
    let ahead = usage(&home, "start_date=2027-01-01&end_date=2027-01-31").await;
    assert_eq!((seats(&ahead).len(), &ahead["net_usage"], &ahead["peak"]), (0, &json!("0.000"), &json!(0)));
    assert_eq!(ahead["projected_net_usage"], Value::Null);
    let young = Home::of(&api, "Hôtel des Dunes SAS").await;
    assert_eq!(seats(&usage(&young, NOVEMBER).await).iter().sum::<u64>(), 0);
    let old = usage(&home, "start_date=2000-01-01&end_date=2000-12-31").await;
    assert_eq!((seats(&old).len(), seats(&old).iter().sum::<u64>()), (366, 0), "before there was the company");
}

#[tokio::test]
async fn seats_move_when_people_do() {
    let mut api = Api::start().await;
    let path = Home::of(&api, "Brightwater GmbH").await.path;
    let before = seats(&usage(&Home { api: &api, path: path.clone() }, NOVEMBER).await);
    let home = Home { api: &api, path: path.clone() };
    let person = home.who(plain).await;
    let suspended = home.act("suspend", &person).await.ok();
    let now = seats(&usage(&home, NOVEMBER).await);
    assert_eq!((now[21], &now[..21]), (41, &before[..21]), "the days before stand");
    api.later(SignedDuration::from_hours(48));
    api.sign_in("MSP_TECHNICIAN").await;
    let home = Home { api: &api, path: path.clone() };
    assert_eq!(seats(&usage(&home, NOVEMBER).await)[21..], [41, 41, 41]);
    home.act("reactivate", &suspended).await.ok();
    assert_eq!(seats(&usage(&home, NOVEMBER).await)[21..], [41, 41, 42]);
    let (all, rows) = table(&api, &format!("{NOVEMBER}&company_ids={}", &path["companies/".len()..]), 10).await;
    assert_eq!((rows.len(), seats(&all)), (1, seats(&usage(&home, NOVEMBER).await)));
    let etag = text(&home.company().await, "etag");
    api.later(SignedDuration::from_hours(24));
    api.sign_in("MSP_TECHNICIAN").await;
    let home = Home { api: &api, path };
    api.write("POST", &format!("{}:unlink", home.path)).header("if-match", &etag).send().await.ok();
    assert_eq!(seats(&usage(&home, NOVEMBER).await)[21..], [41, 41, 42, 0], "no seats of ours any more");
}

#[tokio::test]
async fn the_table_adds_up_to_the_sums() {
    let api = Api::start().await;
    let (all, rows) = table(&api, NOVEMBER, 7).await;
    assert_eq!((rows.len(), &all["total_size"]), (48, &json!(48)));
    assert_eq!(all["internal_seats"], json!({"filled": 5, "included": 5}));
    assert_eq!(all["seat_limit"], Value::Null);
    for (day, seats) in seats(&all).into_iter().enumerate() {
        let sum: u64 = rows.iter().map(|row| row["daily_seats"][day].as_u64().unwrap()).sum();
        assert_eq!(sum, seats, "{day}");
    }
    let companies = api.companies("order_by=name", 1000).await;
    for (row, company) in rows.iter().zip(&companies) {
        assert_eq!(row["company_id"], company["id"], "by name, like the list");
        let gone = company["state"] == "UNLINKED";
        assert_eq!(row["seats"], if gone { json!(0) } else { company["seats"]["filled"].clone() });
        assert_eq!(row["seat_limit"], company["seats"]["limit"]);
        let home = Home { api: &api, path: format!("companies/{}", text(company, "id")) };
        let one = usage(&home, NOVEMBER).await;
        assert_eq!(row["daily_seats"], json!(seats(&one)));
        for field in ["net_usage", "projected_net_usage", "peak"] {
            assert_eq!(row[field], one[field], "{field}");
        }
    }
    let two = format!("{},{}", text(&companies[3], "id"), text(&companies[1], "id"));
    let (some, rows) = table(&api, &format!("{NOVEMBER}&company_ids={two}"), 1).await;
    assert_eq!(
        rows.iter().map(|row| &row["company_id"]).collect::<Vec<_>>(),
        [&companies[1]["id"], &companies[3]["id"]]
    );
    assert_eq!(some["total_size"], 2);
}

#[tokio::test]
async fn what_cannot_be_asked_is_named() {
    let api = Api::start().await;
    let home = Home::of(&api, "Brightwater GmbH").await;
    for (query, field) in [
        ("end_date=2026-11-30", "start_date"),
        ("start_date=2026-11-01", "end_date"),
        ("start_date=2026-11-31&end_date=2026-12-01", "start_date"),
        ("start_date=20261101&end_date=2026-12-01", "start_date"),
        ("start_date=1999-12-31&end_date=2000-12-01", "start_date"),
        ("start_date=2026-11-02&end_date=2026-11-01", "end_date"),
        ("start_date=2026-01-01&end_date=2027-01-02", "end_date"),
        ("start_date=x&end_date=y", "start_date"),
    ] {
        for path in [format!("{}/usage?{query}", home.path), format!("usage?{query}")] {
            let seen = api.get(&path).await;
            assert_eq!((seen.status, seen.fields().first().map(String::as_str)), (400, Some(field)), "{path}");
        }
    }
    assert_eq!(seats(&usage(&home, "start_date=2026-01-01&end_date=2027-01-01").await).len(), 326);
    let many = vec!["A"; 101].iter().enumerate().map(|(n, id)| format!("{id}{n}")).collect::<Vec<_>>().join(",");
    for ids in [many.as_str(), "A,,B"] {
        assert_eq!(api.get(&format!("usage?{NOVEMBER}&company_ids={ids}")).await.fields(), ["company_ids"]);
    }
    assert_eq!(api.get(&format!("usage?{NOVEMBER}&company_ids={}", "A".repeat(26))).await.code(), "NOT_FOUND");
    let page = api.get(&format!("usage?{NOVEMBER}&max_page_size=5")).await.ok();
    let token = text(&page, "next_page_token");
    let other = format!("usage?start_date=2026-10-01&end_date=2026-10-31&page_token={token}");
    assert_eq!(api.get(&other).await.fields(), ["page_token"], "of another question");
}

#[tokio::test]
async fn the_same_seed_gives_the_same_past() {
    let options = || Options { sample_size: 2005, ..Options::default() };
    let (one, two) = (Api::with(options()).await, Api::with(options()).await);
    let period = "start_date=2026-08-01&end_date=2026-11-30";
    let (first, second) = (table(&one, period, 1000).await, table(&two, period, 1000).await);
    assert_eq!(first.1, second.1);
    assert_eq!((first.1.len(), seats(&first.0)), (2005, seats(&second.0)));
    assert!(first.1.iter().any(|row| row["daily_seats"][0] != row["daily_seats"][113]));
}
