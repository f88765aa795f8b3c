//! Help, wrong calls, and what can be said without a server.

use crate::support::home::{Home, Run};
use assert_cmd::Command;
use assert_cmd::cargo::cargo_bin;
use std::os::unix::fs::PermissionsExt;

#[test]
fn help_names_the_commands_the_environment_and_the_exit_codes() {
    let home = Home::new();
    let run = home.run(&["--help"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    for said in [
        "companies",
        "links",
        "people",
        "recoveries",
        "vaults",
        "usage",
        "activity",
        "keys",
        "serve",
        "--read-only",
        "--sample-size",
        "--paths",
        "MSPDASH_CLIENT_SECRET",
        "Exit codes:",
    ] {
        assert!(run.out.contains(said), "{said}\n{}", run.out);
    }
    assert!(!run.out.contains("--client-secret") && !run.out.contains("--secret"));
    let run = home.run(&["companies", "list", "--help"]);
    assert!(run.out.contains("6  server unreachable or unavailable"), "{}", run.out);
    let run = home.run(&["--version"]);
    assert_eq!((run.code, run.out), (0, format!("mspdash {}\n", env!("CARGO_PKG_VERSION"))));
}

#[test]
fn wrong_calls_end_with_2_and_say_what_is_possible() {
    let home = Home::new();
    for (args, said) in [
        (&["--nonsense"][..], "--nonsense"),
        (&["--sample-size", "0"], "1..=1000000"),
        (&["--sample-size", "1000001"], "1..=1000000"),
        (&["--lang", "fr"], "en and de"),
        (&["companies"], "list"),
        (&["companies", "show"], "<COMPANY>"),
        (&["companies", "list", "--sort", "colour"], "name, status, seats, setup, owners, attention"),
        (&["companies", "list", "--status", "sleepy"], "active, pending, suspended, unlinked"),
        (&["companies", "list", "--format", "xml"], "table, json, jsonl, csv, ids"),
        (&["companies", "list", "--limit", "1", "--all"], "--all"),
        (&["companies", "list", "--filter", "status:sleepy"], "active, pending, suspended, unlinked"),
        (&["companies", "add"], "--name"),
        (&["companies", "edit", "A"], "nothing to change"),
        (&["companies", "edit", "A", "--seat-limit", "many"], "--seat-limit"),
        (&["companies", "tag", "A"], "--add"),
        (&["companies", "launch", "A", "--target", "moon"], "home, vaults, people"),
        (&["companies", "launch", "A", "--vault", "V", "--print"], "--target vaults"),
        (&["companies", "set-step", "A", "dance", "done"], "recovery-plan"),
        (&["companies", "set-step", "A", "recovery-plan", "maybe"], "in-progress"),
        (&["companies", "set-step", "A", "recovery-plan"], "STATE"),
        (&["companies", "unlink"], "<COMPANY>"),
        (&["links", "accept"], "<->"),
        (&["people", "make-owner", "A"], "<USER>"),
        (&["people", "take-away", "A", "U", "--group", "team"], "owners, administrators"),
        (&["vaults", "grant", "A"], "<VAULT>"),
        (&["usage", "--month", "2026-13"], "2026-11"),
        (&["usage", "--from", "2026-11-01"], "--to"),
        (&["usage", "--from", "2026-11-02", "--to", "2026-11-01"], "before"),
        (&["usage", "--month", "2026-11", "--from", "2026-11-01", "--to", "2026-11-02"], "--month"),
        (&["activity", "--action", "danced"], "company-launched"),
        (&["usage", "--from", "2024-01-01", "--to", "2026-01-01"], "366"),
        (&["companies", "edit", "A", "--seat-limit", "1000001"], "1,000,000"),
        (&["serve", "--port", "1", "--listen", "127.0.0.1:1"], "--port"),
        (&["init", "--name", "Harbour IT"], "--region"),
        (&["companies", "list", "--sample", "--server", "https://api.example"], "--sample"),
        (&["--server", "https://api.example", "companies", "list"], "MSPDASH_CLIENT_SECRET"),
        (&["--server", "https://api.example", "--fresh", "companies", "list"], "--fresh"),
    ] {
        let run = home.run(args);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{args:?}");
        assert!(run.err.contains(said), "{args:?}: {}", run.err);
        assert!(!run.err.contains("panicked") && !run.err.contains('\u{1b}'), "{}", run.err);
    }
}

#[test]
fn without_a_terminal_the_dashboard_says_so_and_ends() {
    let run = Home::new().run(&[]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert_eq!(run.err, "mspdash: the dashboard needs a terminal. For scripts there are commands: `mspdash --help`\n");
}

#[test]
fn a_log_that_goes_to_a_file_has_no_colours() {
    let run = Home::new().run(&["companies", "list", "--log-level", "debug"]);
    assert!(run.code == 0 && run.err.contains("DEBUG"), "{}", run.err);
    assert!(!run.err.contains('\u{1b}'), "{}", run.err);
}

#[test]
fn too_few_files_are_told_before_anything_fails_for_it() {
    let home = Home::new();
    let under = |limit: &str, args: &[&str]| {
        let mut command = Command::new("sh");
        command.args(["-c", &format!("ulimit {limit} && exec \"$0\" \"$@\"")]).arg(cargo_bin("mspdash")).args(args);
        command.env_clear().env("HOME", home.dir.path()).env("PATH", "/bin:/usr/bin");
        Run::of(command)
    };
    for limit in ["8", "12", "16", "24", "63"] {
        let run = under(&format!("-n {limit}"), &["companies", "list"]);
        assert_eq!((run.code, run.out.as_str()), (1, ""), "{limit}");
        let said = format!("mspdash: only {limit} files and connections may be open at once here");
        assert!(run.err.starts_with(&said) && run.err.contains("ulimit -n 1024"), "{}", run.err);
    }
    // The user may have more: then they are asked for.
    let run = under("-S -n 12", &["companies", "list", "--limit", "1"]);
    assert_eq!(run.code, 0, "{}", run.err);
}

#[test]
fn keys_are_printed_as_the_keymap_has_them_and_what_is_wrong_is_told() {
    let home = Home::new();
    let usual = home.run(&["keys"]);
    assert_eq!((usual.code, usual.err.as_str()), (0, ""), "{}", usual.err);
    assert!(usual.out.lines().any(|line| line.starts_with("u ") && line.ends_with("company.unlink")), "{}", usual.out);
    let folder = home.dir.path().join(".config/mspdash");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("keymap.toml"), "preset = \"vim\"\n[keys]\n\"list.srot\" = [\"o\"]\n").unwrap();
    let own = home.run(&["keys", "--format", "json"]);
    assert_eq!(own.code, 2);
    assert!(
        own.err.ends_with("keymap.toml line 3: there is no command “list.srot”; did you mean list.sort?\n"),
        "{}",
        own.err
    );
    let list: serde_json::Value = serde_json::from_str(&own.out).unwrap();
    let undo = list["keys"].as_array().unwrap().iter().find(|row| row["command"] == "app.undo").unwrap();
    assert_eq!((&list["preset"], &undo["keys"][0], &undo["changed"]), (&"vim".into(), &"u".into(), &true.into()));
    let wrong = home.run(&["keys", "--preset", "k8s"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("did you mean k9s?"), "{}", wrong.err);
    assert_eq!(home.run(&["keys", "--preset", "k9s"]).code, 0, "without the user's own");
}

#[test]
fn paths_are_printed_one_a_line() {
    let home = Home::new();
    let at = home.dir.path().display();
    let expected = format!(
        "config\t{at}/.config/mspdash/config.toml\nkeymap\t{at}/.config/mspdash/keymap.toml\ndata\t{at}/.local/share/mspdash\n\
         workspace\t{at}/.local/share/mspdash/workspace.db\n\
         own workspace\t{at}/.local/share/mspdash/msp.db\nsecrets\t{at}/.local/share/mspdash/secrets\n\
         cache\t{at}/.cache/mspdash\nlog\t{at}/.local/state/mspdash/mspdash.log\n"
    );
    assert_eq!(home.run(&["--paths"]).out, expected);
    let moved = home.run(&["--paths", "--data-dir", "/elsewhere"]).out;
    assert!(moved.contains("workspace\t/elsewhere/workspace.db\n"), "{moved}");
    assert_eq!(std::fs::read_dir(home.dir.path()).unwrap().count(), 0, "asking must not make anything");
}

#[test]
fn a_credentials_file_that_others_can_read_is_refused_with_the_fix() {
    let home = Home::new();
    let file = home.dir.path().join("credentials.json");
    std::fs::write(&file, "{}").unwrap();
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
    let run = home.run(&["companies", "list", "--credentials", file.to_str().unwrap()]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains(&format!("chmod 600 {}", file.display())), "{}", run.err);
}
