//! Companies out of a file, over the embedded server of a REAL workspace.

use crate::support::home::{Cli, Home, Run};

const INIT: [&str; 7] = ["init", "--name", "Harbour IT", "--region", "1password.eu", "--technician", "Mira Okafor"];

fn real() -> Home {
    let home = Home::new();
    let run = home.run(&INIT);
    assert_eq!(run.code, 0, "{}", run.err);
    home
}

fn fed(home: &Home, args: &[&str], input: &str) -> Run {
    let mut command = home.command(args);
    command.write_stdin(input);
    Run::of(command)
}

const PSA: &str =
    "Client Id;Client Name;Website\n77;Wattwurm GmbH;wattwurm.example\n78;Möwe KG;\n79;;\n80;Acme Ltd;nonsense\n";

#[test]
fn a_file_is_shown_taken_over_and_taken_back() {
    let home = real();
    let file = home.dir.path().join("clients.csv");
    std::fs::write(&file, PSA).unwrap();
    let call = ["import", "companies", file.to_str().unwrap()];
    let dry = home.run(&[&call[..], &["--dry-run"]].concat());
    assert_eq!(dry.code, 0, "{}", dry.err);
    assert!(dry.out.contains("NEW") && dry.out.contains("Wattwurm GmbH"), "{}", dry.out);
    assert!(dry.out.contains("REJECTED") && dry.out.contains("not a web address"), "{}", dry.out);
    assert!(dry.err.contains("2 new, 0 changed, 0 unchanged, 0 to be decided (--choose), 2 rejected"), "{}", dry.err);
    let asked = home.run(&call);
    assert_eq!(asked.code, 2, "there is nobody to ask: {}", asked.err);
    assert!(asked.err.contains("--yes") && asked.out.contains("Möwe KG"), "{}", asked.err);
    let listed = || home.run(&["companies", "list", "--format", "json"]).json().as_array().unwrap().len();
    assert_eq!(listed(), 0, "nothing was changed");
    let done = home.run(&[&call[..], &["--yes", "--format", "json"]].concat());
    assert_eq!(done.code, 0, "{}", done.err);
    let report = done.json();
    assert_eq!((&report["counts"]["new"], &report["not_in_file"]), (&2.into(), &0.into()));
    assert_eq!(report["rows"][0]["outcome"], "NEW");
    let run = report["run_id"].as_str().unwrap();
    assert!(done.err.contains(&format!("mspdash import undo {run}")), "{}", done.err);
    let again = home.run(&[&call[..], &["--yes"]].concat());
    assert!(
        again.code == 0 && again.err.contains("nothing to change") && again.err.contains("2 unchanged"),
        "{}",
        again.err
    );
    assert!(home.run(&["import", "list"]).out.contains("clients.csv"));
    let undone = home.run(&["import", "undo", run]);
    assert_eq!(undone.code, 0, "{}", undone.err);
    assert_eq!(listed(), 0);
    assert_eq!(home.run(&["import", "undo", run]).code, 5);
    assert_eq!(home.run(&["import", "undo", "AAAAAAAAAAAAAAAAAAAAAAAAAA"]).code, 4);
}

#[test]
fn a_paste_with_look_alikes_is_decided_line_by_line_and_its_columns_are_remembered() {
    let home = real();
    let call = |args: &[&str], text: &str| fed(&home, &[&["import", "companies", "-"], args].concat(), text);
    let console = "Acme Limited\tActive\t12 of 50\nBeta KG\tPending\t0\n";
    let first = call(&["--yes"], console);
    assert_eq!(first.code, 0, "{}", first.err);
    let psa = "Id,Mandant\nK-1,Acme Ltd\nK-2,Beta KG\n";
    let asked = call(&["--dry-run"], psa);
    assert!(asked.code == 0 && asked.err.contains("rejected"), "without names nothing is known: {}", asked.err);
    let map = ["--map", "name=Mandant"];
    let shown = call(&[&map[..], &["--dry-run", "--format", "json"]].concat(), psa).json();
    assert_eq!((&shown["rows"][0]["outcome"], &shown["rows"][1]["outcome"]), (&"AMBIGUOUS".into(), &"CHANGED".into()));
    let acme = shown["rows"][0]["candidates"][0]["company_id"].as_str().unwrap().to_owned();
    let choice = format!("2={acme}");
    let done = call(&[&map[..], &["--yes", "--choose", &choice]].concat(), psa);
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(done.err.contains("0 new, 2 changed"), "{}", done.err);
    let again = call(&["--yes"], psa);
    assert!(again.err.contains("2 unchanged"), "the columns are remembered: {}", again.err);
    let wrong = call(&["--choose", "9=new"], psa);
    assert!(wrong.code == 2 && wrong.err.contains("line 9"), "{}", wrong.err);
}

#[test]
fn a_column_that_nobody_decided_about_is_asked_for_again() {
    let home = real();
    let table = "Name\tSeats\nWattwurm GmbH\t78\n";
    let call = |args: &[&str]| fed(&home, &[&["import", "companies", "-"], args].concat(), table);
    for _ in 0..2 {
        let run = call(&["--yes"]);
        assert!(run.code == 0 && run.err.contains("may be filled_seats or seat_limit"), "{}", run.err);
    }
    let decided = call(&["--yes", "--map", "filled-seats=Seats"]);
    assert!(decided.out.contains("Filled seats – → 78"), "{}", decided.out);
    let run = call(&["--yes"]);
    assert!(run.code == 0 && !run.err.contains("may be"), "it is remembered: {}", run.err);
}

#[test]
fn in_a_sample_it_says_what_to_do() {
    let cli = Cli::open();
    let run = cli.fed(&["import", "companies", "-", "--yes"], "Company\nAcme\n");
    assert_eq!(run.code, 5, "{}", run.err);
    assert!(run.err.contains("mspdash init"), "{}", run.err);
}
