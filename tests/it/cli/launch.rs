//! Launching: the address is a key, and only goes where it was asked to go.

use crate::support::home::{Cli, Run, fields};

#[test]
fn without_a_browser_a_launch_says_how_to_get_the_address() {
    let cli = Cli::open();
    let id = cli.active();
    let said = cli.refused(2, &["companies", "launch", &id]);
    assert!(said.contains("--print"), "{said}");
    let none = cli.json(&["activity", "--company", &id, "--action", "company-launched", "--limit", "1000"]);
    let before = none.as_array().unwrap().len();
    let run = cli.run(&["companies", "launch", &id, "--target", "people", "--print"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.starts_with("http://127.0.0.1:") && run.out.lines().count() == 1, "{}", run.out);
    assert!(!run.err.contains("http"), "{}", run.err);
    let after = cli.json(&["activity", "--company", &id, "--action", "company-launched", "--limit", "1000"]);
    assert_eq!(after.as_array().unwrap().len(), before + 1, "the refused one asked for no address");
    let launched = cli.json(&["companies", "launch", &id, "--print"]);
    assert_eq!(fields(&launched), "company_id company_name expire_time launch_uri opened");
    assert_eq!(launched["opened"], false);
    let vault = cli.json(&["vaults", "list", &id])[0]["id"].as_str().unwrap().to_owned();
    let args = ["companies", "launch", &id, "--target", "vaults", "--vault", &vault, "--print"];
    assert!(cli.json(&args)["launch_uri"].is_string());
    cli.refused(4, &["companies", "launch", "NOBODY", "--print"]);
}

#[test]
fn a_browser_gets_the_address_and_the_terminal_does_not() {
    let cli = Cli::open();
    let id = cli.active();
    let mut command = cli.command(&["companies", "launch", &id]);
    command.env("BROWSER", "/bin/true").env("PATH", "/usr/bin:/bin");
    let run = Run::of(command);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert!(run.out.starts_with("Opened ") && run.out.contains(&id) && !run.out.contains("http"), "{}", run.out);
    let mut command = cli.command(&["companies", "launch", &id, "--format", "json"]);
    command.env("BROWSER", "/bin/true").env("PATH", "/usr/bin:/bin");
    let record = Run::of(command).json();
    assert_eq!((&record["opened"], &record["launch_uri"]), (&true.into(), &().into()));
}

/// A program in the home, as `$BROWSER` or on the path.
fn program(cli: &Cli, name: &str, text: &str) -> String {
    let path = cli.home.dir.path().join(name);
    // Written by another process, so that no child of a test beside this one holds it open: it could not be run.
    let script = "printf '#!/bin/sh\\n%s\\n' \"$1\" > \"$0\" && chmod 755 \"$0\"";
    let made = std::process::Command::new("sh").args(["-c", script]).arg(&path).arg(text).status().unwrap();
    assert!(made.success());
    path.to_str().unwrap().to_owned()
}

#[test]
fn a_browser_that_fails_has_not_opened_and_the_address_is_not_lost() {
    let cli = Cli::open();
    let id = cli.active();
    let three = program(&cli, "three", "exit 3");
    let unlucky = program(&cli, "xdg-open", "exit 4");
    let folder = cli.home.dir.path().to_str().unwrap().to_owned();
    assert!(unlucky.starts_with(&folder));
    for (variables, said) in [
        (&[("BROWSER", three.as_str())][..], format!("{three} exited with code 3")),
        (&[("BROWSER", "/bin/false")], "/bin/false exited with code 1".into()),
        (&[("BROWSER", "missing --new %s")], "missing not found".into()),
        (&[("BROWSER", "missing:/bin/false:w3m")], "missing not found; /bin/false exited with code 1".into()),
        (&[("DISPLAY", ":0"), ("PATH", folder.as_str())], "xdg-open exited with code 4".into()),
        (&[("DISPLAY", ":0"), ("PATH", "/nowhere")], "no browser available".into()),
    ] {
        let mut command = cli.command(&["companies", "launch", &id]);
        command.envs(variables.iter().copied());
        let run = Run::of(command);
        assert_eq!(run.code, 1, "{variables:?}: {}", run.err);
        assert!(run.out.starts_with("http://127.0.0.1:") && run.out.lines().count() == 1, "{}", run.out);
        assert!(run.err.contains(&said) && !run.err.contains("http"), "{said}: {}", run.err);
    }
    let mut command = cli.command(&["companies", "launch", &id, "--format", "json"]);
    command.env("BROWSER", &three);
    let run = Run::of(command);
    assert_eq!((run.code, &run.json()["opened"]), (1, &false.into()));
    assert!(run.json()["launch_uri"].is_string());
}

#[test]
fn the_first_browser_of_a_list_that_works_gets_the_address_as_one_argument() {
    let cli = Cli::open();
    let id = cli.active();
    let seen = cli.home.dir.path().join("seen");
    let browser = program(&cli, "my browser", &format!("printf '<%s>' \"$@\" > '{}'", seen.display()));
    let mut command = cli.command(&["companies", "launch", &id]);
    command.env("BROWSER", format!("w3m:missing:'{browser}' --new-tab %s -x:/bin/false"));
    let run = Run::of(command);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert!(run.out.starts_with("Opened "), "{}", run.out);
    let seen = std::fs::read_to_string(seen).unwrap();
    assert!(seen.starts_with("<--new-tab><http://127.0.0.1:") && seen.ends_with("><-x>"), "{seen}");
}
