//! Which company a command is about: by its id, its exact name or its external id, and never by a guess.

use crate::support::home::Cli;

/// Every command that is about one company, which stands at `@`.
fn commands<'a>(company: &'a str, person: &'a str) -> Vec<Vec<&'a str>> {
    let commands: [&[&str]; 14] = [
        &["companies", "show", "@"],
        &["companies", "edit", "@", "--note", "x", "--dry-run"],
        &["companies", "tag", "@", "--add", "x", "--dry-run"],
        &["companies", "launch", "@", "--print"],
        &["companies", "unlink", "@", "--dry-run"],
        &["companies", "setup", "@"],
        &["companies", "set-step", "@", "deploy-apps", "--note", "x", "--dry-run"],
        &["people", "list", "@"],
        &["people", "make-administrator", "@", "*", "--dry-run"],
        &["people", "suspend", "@", "*", "--dry-run"],
        &["recoveries", "begin", "@", "*", "--dry-run"],
        &["vaults", "list", "@"],
        &["usage", "@"],
        &["activity", "--company", "@"],
    ];
    let word = |word: &&'a str| match *word {
        "@" => company,
        "*" => person,
        word => word,
    };
    commands.iter().map(|command| command.iter().map(word).collect()).collect()
}

#[test]
fn a_company_is_named_by_id_name_or_external_id_at_every_command() {
    let cli = Cli::open();
    let id = cli.active();
    let company = cli.json(&["companies", "show", &id]);
    let (name, external) = (company["name"].as_str().unwrap(), company["external_id"].as_str().unwrap());
    let people = cli.json(&["people", "list", &id]);
    let person = people.as_array().unwrap().iter().find(|person| {
        person["state"] == "ACTIVE"
            && person["type"] == "MEMBER"
            && person["groups"].to_string().matches("OWNERS").count() == 0
    });
    let person = person.expect("somebody who is no owner")["id"].as_str().unwrap();
    let by_id = commands(&id, person).into_iter().map(|command| (cli.run(&command), command)).collect::<Vec<_>>();
    for (typed, person) in [
        (format!("{id}\r"), format!(" {person}\r\n")),
        (format!("  {name}\n"), person.to_owned()),
        (external.to_owned(), person.to_owned()),
    ] {
        for ((known, plain), command) in by_id.iter().zip(commands(&typed, &person)) {
            let run = cli.run(&command);
            assert_eq!((known.code, run.code), (0, 0), "{command:?}: {} {}", known.err, run.err);
            // What holds no time, no address for once and no event that the launch added.
            if matches!(plain[..2], ["people" | "vaults", "list"] | ["companies", "setup"]) {
                assert_eq!(run.out, known.out, "{command:?}");
            }
            assert!(plain[1] != "show" || run.out.contains(&id), "{}", run.out);
        }
    }
    let grant = cli.json(&["vaults", "list", name])[0]["id"].as_str().unwrap().to_owned();
    let run =
        cli.run(&["companies", "launch", name, "--target", "vaults", "--vault", &format!("{grant}\r"), "--print"]);
    assert_eq!(run.code, 0, "{}", run.err);
}

#[test]
fn two_of_one_name_are_listed_and_nothing_is_done() {
    let cli = Cli::open();
    let add = |name: &str, external: &str| {
        let args = ["companies", "add", "--name", name, "--country", "DE", "--external-id", external];
        cli.json(&args)["id"].as_str().unwrap().to_owned()
    };
    let (one, other) = (add("Acme Ltd", "A-1"), add("Acme Ltd", "A-2"));
    for command in commands("Acme Ltd", "P") {
        let said = cli.refused(2, &command);
        for part in [&one, &other, "A-1", "A-2", "give the id of one"] {
            assert!(said.contains(part), "{command:?}: {part} in {said}");
        }
    }
    let said = cli.refused(2, &["companies", "unlink", "Acme Ltd", "--confirm", "Acme Ltd"]);
    assert!(said.contains(&one) && said.contains(&other), "{said}");
    let by_number = cli.json(&["companies", "show", "A-2"]);
    assert_eq!(by_number["id"], other.as_str());
    // The number of one is the name of another.
    let third = add("A-2", "C-3");
    let said = cli.refused(2, &["companies", "show", "A-2"]);
    assert!(said.contains(&other) && said.contains(&third) && !said.contains(&one), "{said}");
}

#[test]
fn what_is_no_company_is_not_guessed() {
    let cli = Cli::open();
    let id = cli.active();
    let name = cli.json(&["companies", "show", &id])["name"].as_str().unwrap().to_owned();
    let part = name.chars().take(5).collect::<String>();
    for wrong in [name.to_lowercase().as_str(), &part, "NOBODY", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "\" OR state = ACTIVE"] {
        for command in [["companies", "show", wrong], ["people", "list", wrong], ["companies", "setup", wrong]] {
            let said = cli.refused(4, &command);
            assert!(said.starts_with("mspdash: no company has the id"), "{said}");
        }
    }
    for blank in ["", " ", "\r\n"] {
        let said = cli.refused(2, &["companies", "show", blank]);
        assert_eq!(said, "mspdash: no company is named.\n");
    }
    // Events of a company that has gone can still be asked for.
    assert_eq!(cli.json(&["activity", "--company", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]), serde_json::json!([]));
}

#[test]
fn an_unlink_by_name_shows_the_id_and_wants_the_exact_name_all_the_same() {
    let cli = Cli::open();
    let id = cli.active();
    let name = cli.json(&["companies", "show", &id])["name"].as_str().unwrap().to_owned();
    let run = cli.run(&["companies", "unlink", &name, "--dry-run"]);
    assert!(run.code == 0 && run.out.contains(&id), "{}", run.out);
    let said = cli.refused(2, &["companies", "unlink", &name]);
    assert!(said.contains(&format!("To unlink {name} ({id}): --confirm")), "{said}");
    assert_eq!(cli.json(&["companies", "show", &id])["state"], "ACTIVE");
    let unlinked = cli.json(&["companies", "unlink", &name, "--confirm", &name]);
    assert_eq!((&unlinked["id"], &unlinked["state"]), (&id.as_str().into(), &"UNLINKED".into()));
}
