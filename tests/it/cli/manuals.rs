//! Completions and the manual.

use crate::support::home::{Cli, Home, Run};

/// As bash asks, with the last word begun.
fn offered(home: &Home, words: &[&str]) -> Vec<String> {
    let mut command = home.command(&[&["--", "mspdash"], words].concat());
    command.env("COMPLETE", "bash").env("_CLAP_IFS", "\n").env("_CLAP_COMPLETE_INDEX", words.len().to_string());
    let run = Run::of(command);
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{words:?}");
    run.out.lines().map(str::to_owned).collect()
}

#[test]
fn commands_options_and_companies_complete() {
    let home = Home::new();
    assert!(offered(&home, &["att"]).contains(&"attention".to_owned()));
    assert!(offered(&home, &["companies", "list", "--format", ""]).contains(&"jsonl".to_owned()));
    let open = |typed| offered(&home, &["companies", "open", typed]);
    assert_eq!(open("Bri"), Vec::<String>::new(), "no workspace is made by a Tab");
    assert_eq!(home.run(&["companies", "list", "--format", "ids"]).code, 0);
    assert_eq!(open("bright"), ["Bright & Söhne KG", "Brightwater GmbH"]);
    assert_eq!(offered(&home, &["people", "list", "muller"]), ["Müller Medizintechnik GmbH"]);
}

#[test]
fn companies_of_a_profile_complete_from_the_cache_alone() {
    let cli = Cli::open();
    let home = Home::new();
    let credentials = cli.home.dir.path().join("credentials.json");
    let store = ["profile", "add", "eu", "--credentials", credentials.to_str().unwrap(), "--store", "file"];
    let run = home.run(&store);
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(offered(&home, &["--profile", "e"]), ["eu"]);
    assert_eq!(
        offered(&home, &["companies", "open", "Bri"]),
        Vec::<String>::new(),
        "nothing is kept yet, nobody asked"
    );
}

#[test]
fn every_shell_has_its_script_and_every_command_its_page() {
    let home = Home::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = home.run(&["completions", shell]);
        assert!(run.code == 0 && run.out.contains("COMPLETE"), "{shell}: {}", run.err);
    }
    assert_eq!(home.run(&["completions", "tcsh"]).code, 2);
    let folder = home.dir.path().join("man/here");
    let run = home.run(&["man", folder.to_str().unwrap()]);
    assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (0, "", ""));
    for page in ["mspdash.1", "mspdash-companies-snooze.1", "mspdash-attention.1"] {
        assert!(std::fs::read_to_string(folder.join(page)).unwrap().contains(".SH SYNOPSIS"), "{page}");
    }
}
