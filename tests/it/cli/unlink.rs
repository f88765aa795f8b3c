//! Unlinking: what is shown first, and what it takes.

use crate::support::home::{Cli, fields};

#[test]
fn an_unlink_takes_the_exact_name_and_is_done_once() {
    let cli = Cli::open();
    let id = cli.active();
    let name = cli.json(&["companies", "show", &id])["name"].as_str().unwrap().to_owned();
    let preflight = cli.json(&["companies", "unlink", &id, "--dry-run"]);
    assert_eq!(fields(&preflight), "allowed checks company_id company_name consequences etag trial_end_time");
    assert_eq!(fields(&preflight["checks"][0]), "code count people severity title");
    assert_eq!(fields(&preflight["consequences"][0]), "code title");
    assert_eq!((&preflight["allowed"], &preflight["company_name"]), (&true.into(), &name.as_str().into()));
    let run = cli.run(&["companies", "unlink", &id, "--dry-run", "--read-only"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""), "looking is no change");
    // Companies may bear one name; the id is the one thing that tells them apart for sure.
    for said in [format!("Unlink {name} ({id})"), "Confirmed owner".into(), "14-day free trial".into()] {
        assert!(run.out.contains(&said), "{said}\n{}", run.out);
    }
    let said = cli.refused(2, &["companies", "unlink", &id]);
    assert!(said.contains("--confirm is missing") && said.contains("14-day free trial"), "{said}");
    assert!(said.contains(&format!("To unlink {name} ({id}): --confirm '{name}'")), "{said}");
    let look_alike = name.replacen(['a', 'e', 'o'], "\u{43e}", 1);
    for wrong in ["", "yes", &name.to_lowercase(), &id, &look_alike] {
        let said = cli.refused(2, &["companies", "unlink", &id, "--confirm", wrong, "--format", "json"]);
        assert!(said.contains("nothing was unlinked"), "{said}");
    }
    assert_eq!(cli.json(&["companies", "show", &id])["state"], "ACTIVE");
    let unlinked = cli.json(&["companies", "unlink", &id, "--confirm", &name]);
    assert_eq!(unlinked["state"], "UNLINKED");
    assert!(unlinked["trial_end_time"].is_string() && unlinked["unlinked_by"].is_string(), "{unlinked}");
    let said = cli.refused(5, &["companies", "unlink", &id, "--confirm", &name]);
    assert!(said.contains("Already unlinked"), "{said}");
    cli.refused(4, &["companies", "unlink", "NOBODY", "--confirm", "x"]);
}

#[test]
fn a_blocked_unlink_is_a_conflict_with_its_reasons() {
    let cli = Cli::open();
    let id = cli.company(|company| company["state"] != "UNLINKED" && company["owners"]["confirmed"] == 0);
    let name = cli.json(&["companies", "show", &id])["name"].as_str().unwrap().to_owned();
    let said = cli.refused(5, &["companies", "unlink", &id, "--confirm", &name]);
    assert!(said.contains(&format!("{name} ({id}) cannot be unlinked now: No confirmed owner")), "{said}");
    let run = cli.run(&["companies", "unlink", &id, "--dry-run", "--format", "json"]);
    assert_eq!((run.code, &run.json()["allowed"]), (5, &false.into()), "{}", run.err);
    assert_ne!(cli.json(&["companies", "show", &id])["state"], "UNLINKED");
}

/// As it looks: with other blanks, in another Unicode form, with letters that show nothing.
#[test]
fn a_name_is_confirmed_as_it_looks() {
    let cli = Cli::open();
    let id = cli.active();
    let named = cli.json(&["companies", "edit", &id, "--name", "Mu\u{308}ller\u{a0}& So\u{308}hne"]);
    assert_ne!(named["name"], "Müller & Söhne", "else this proves nothing");
    let unlinked = cli.json(&["companies", "unlink", &id, "--confirm", " Müller  &\u{202f}Söhne\u{200b}"]);
    assert_eq!(unlinked["state"], "UNLINKED");
}
