//! What a PSA bills against the seats that are filled, over the real server.

use crate::support::home::Cli;
use serde_json::Value;
use std::fmt::Write;

/// A PSA's export of everything that is billed, as it should be.
fn bill(cli: &Cli) -> (String, Vec<Value>) {
    let companies = cli.json(&["companies", "list"]);
    let mut text = String::from("Client Id;Client Name;Product;Qty\n");
    let billed: Vec<Value> =
        companies.as_array().unwrap().iter().filter(|it| it["state"] != "UNLINKED").cloned().collect();
    for company in &billed {
        let name = company["name"].as_str().unwrap();
        let seats = company["seats"]["filled"].as_u64().unwrap();
        writeln!(text, "7;{name};1Password seat;{seats}\n7;{name};Backup;99").unwrap();
    }
    (text, billed)
}

#[test]
fn what_is_billed_is_held_against_what_is_filled() {
    let cli = Cli::open();
    let (text, billed) = bill(&cli);
    let call = ["reconcile", "-", "--key", "name", "--quantity", "qty", "--product", "^1PASSWORD"];
    let equal = cli.fed(&call, &text);
    assert_eq!((equal.code, equal.out.as_str()), (0, ""), "{}", equal.err);
    assert!(equal.err.contains(&format!("{} lines of other products", billed.len())), "{}", equal.err);

    let (first, name) = (&billed[0], billed[1]["name"].as_str().unwrap());
    let seats = first["seats"]["filled"].as_u64().unwrap();
    let (one, two) = (first["name"].as_str().unwrap(), format!("7;{name};1Password seat;"));
    let text =
        text.replace(&format!("7;{one};1Password seat;{seats}\n"), &format!("7;{one};1Password seat;{}\n", seats + 3));
    let text = text.replace(&two, "7;Nobody Ltd;1Password seat;");
    let differs = cli.fed(&[&call[..], &["--format", "json"]].concat(), &text);
    assert_eq!(differs.code, 5, "{}", differs.err);
    let report = differs.json();
    let told: Vec<_> = report["results"].as_array().unwrap().iter().filter(|it| it["result"] != "EQUAL").collect();
    assert_eq!(told[0]["result"], "DIFFERENT");
    assert_eq!((told[0]["company"].as_str(), told[0]["difference"].as_i64()), (Some(one), Some(-3)));
    let results: Vec<_> = told.iter().map(|it| it["result"].as_str().unwrap()).collect();
    assert!(results.contains(&"ONLY_THERE"), "{results:?}");
    let csv = cli.fed(&[&call[..], &["--format", "csv", "--delimiter", ","]].concat(), &text);
    assert!(csv.code == 5 && csv.out.starts_with("result,company,key,seats,billed,difference,"), "{}", csv.out);
}

#[test]
fn a_column_that_cannot_be_told_is_asked_for() {
    let cli = Cli::open();
    let call = |args: &[&str], text: &str| cli.fed(&[&["reconcile", "-"], args].concat(), text);
    for (args, text, said) in [
        (&[][..], "id,number,Qty\n1,2,3\n", "column 1 (\"id\") may be external_id"),
        (&[], "Nummer,Menge,Anzahl\n1,2,3\n", "may be quantity"),
        (&["--quantity", "Seats"], "Id,Qty\n1,2\n", "no column \"Seats\""),
        (&["--product", "x"], "Id,Qty\n1,2\n", "--map product=COLUMN"),
        (&[], "Name,Qty\n1,2\n", "--map external_id=COLUMN"),
        (&[], "", "there is no text in it"),
        (&["--map", "colour=1"], "Id,Qty\n1,2\n", "no field \"colour\""),
    ] {
        let run = call(args, text);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{text:?}: {}", run.err);
        assert!(run.err.contains(said), "{text:?}: {}", run.err);
    }
    let run = call(&["--map", "external_id=2"], "id,number,Qty\n1,2,3\n");
    assert!(run.code == 5 && run.out.contains("ONLY_THERE"), "{} {}", run.out, run.err);
    let run = cli.run(&["reconcile", "gone.csv"]);
    assert!(run.code == 2 && run.err.contains("gone.csv"), "{}", run.err);
}
