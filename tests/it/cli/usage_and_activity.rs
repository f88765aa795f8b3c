//! Usage and activity.

use crate::support::home::{Cli, fields};

#[test]
fn usage_is_told_of_one_company_and_of_all() {
    let cli = Cli::open();
    let id = cli.active();
    let one = cli.json(&["usage", &id]);
    let known = "company_id daily_seats end_date internal_seats net_usage peak projected_net_usage results seat_limit start_date";
    assert_eq!(fields(&one), known);
    assert_eq!((&one["company_id"], &one["results"]), (&id.as_str().into(), &().into()));
    assert_eq!(fields(&one["daily_seats"][0]), "date seats");
    let net = one["net_usage"].as_str().unwrap();
    assert_eq!(net.split_once('.').map(|(_, places)| places.len()), Some(3), "{net}");
    let all = cli.json(&["usage"]);
    assert_eq!(fields(&all), known);
    assert_eq!(fields(&all["internal_seats"]), "filled included");
    let row = &all["results"][0];
    let columns = "company_id company_name daily_seats net_usage peak projected_net_usage seat_limit seats";
    assert_eq!(fields(row), columns);
    let past = cli.json(&["usage", &id, "--month", "2025-02"]);
    assert_eq!((&past["start_date"], &past["end_date"]), (&"2025-02-01".into(), &"2025-02-28".into()));
    assert!(past["projected_net_usage"].is_null(), "the month is over");
    let some = cli.json(&["usage", "--from", "2025-03-02", "--to", "2025-03-04"]);
    assert_eq!(some["daily_seats"].as_array().unwrap().len(), 3);
    let said = cli.refused(2, &["usage", "--from", "2024-01-01", "--to", "2025-03-04"]);
    assert!(said.contains("366"), "{said}");
    cli.refused(4, &["usage", "NOBODY"]);
    let table = cli.run(&["usage"]).out;
    assert!(table.starts_with("Period ") && table.contains("NET USAGE") && table.contains("Own seats"), "{table}");
    assert!(cli.run(&["usage", &id]).out.contains("DATE "));
}

#[test]
fn activity_is_newest_first_and_narrowed_by_its_flags() {
    let cli = Cli::open();
    let id = cli.active();
    cli.json(&["companies", "edit", &id, "--note", "seen"]);
    cli.json(&["companies", "set-step", &id, "deploy-apps", "--note", "seen"]);
    let all = cli.json(&["activity", "--limit", "130"]);
    let events = all.as_array().unwrap();
    assert_eq!(events.len(), 130, "more than one page of them");
    assert_eq!(fields(&events[0]), "action actor client company_id company_name id origin target time");
    assert_eq!((&events[0]["action"], &events[0]["company_id"]), (&"SETUP_STEP_UPDATED".into(), &id.as_str().into()));
    let times: Vec<_> =
        events.iter().map(|event| event["time"].as_str().unwrap().parse::<jiff::Timestamp>().unwrap()).collect();
    assert!(times.is_sorted_by(|newer, older| newer >= older));
    let mine = cli.json(&["activity", "--company", &id, "--action", "COMPANY_UPDATED", "--limit", "1"]);
    assert_eq!((&mine[0]["action"], mine.as_array().unwrap().len()), (&"COMPANY_UPDATED".into(), 1));
    let actor = events[0]["actor"].as_str().unwrap();
    let by = cli.json(&["activity", "--actor", actor]);
    assert!(by.as_array().unwrap().iter().all(|event| event["actor"] == actor));
    assert_eq!(cli.json(&["activity", "--actor", "nobody \"at\" all"]), serde_json::json!([]));
    let all = cli.run(&["activity", "--all"]);
    assert_eq!(all.err, "", "nothing is missing");
    let count = all.out.lines().count() - 1;
    let some = cli.run(&["activity"]);
    assert_eq!(some.out.lines().count(), 51);
    assert_eq!(some.err, format!("mspdash: 50 of {count} shown; for all of them: --limit 0\n"));
    assert_eq!(cli.run(&["activity", "--limit", &count.to_string()]).err, "");
    let table = cli.run(&["activity", "--limit", "2"]).out;
    assert!(table.starts_with("TIME ") && table.lines().count() == 3, "{table}");
}
