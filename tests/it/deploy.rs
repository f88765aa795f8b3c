//! The files in `assets/deploy`: every command line in them is one that the program takes.

use clap::Parser;
use mspdash::cli::args::Cli;
use std::fs;
use std::path::Path;

fn read(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/deploy").join(name)).unwrap()
}

#[track_caller]
fn accepted(words: &[String]) {
    let line = ["mspdash".to_owned()].into_iter().chain(words.iter().cloned());
    if let Err(error) = Cli::try_parse_from(line) {
        panic!("{words:?}: {error}");
    }
}

/// The value of a key of the unit, with its continued lines.
fn unit(text: &str, key: &str) -> String {
    let whole = text.replace("\\\n", " ");
    let line = whole.lines().find_map(|line| line.strip_prefix(key)).expect("the key");
    line.trim_start_matches('=').replace("%d", "/run/credentials/mspdash.service")
}

#[test]
fn the_unit_starts_a_server_and_waits_longer_than_it_drains() {
    let text = read("mspdash.service");
    let words: Vec<String> = unit(&text, "ExecStart").split_whitespace().map(str::to_owned).collect();
    assert_eq!(words[0], "/usr/local/bin/mspdash");
    accepted(&words[1..]);
    let drain: u32 = words[words.iter().position(|word| word == "--drain").unwrap() + 1].parse().unwrap();
    assert!(unit(&text, "TimeoutStopSec").parse::<u32>().unwrap() > drain);
    for credential in ["cert.pem", "key.pem"] {
        assert!(text.contains(&format!("LoadCredential={credential}:")) && text.contains(&format!("%d/{credential}")));
    }
}

#[test]
fn the_image_runs_what_the_program_takes_and_not_as_root() {
    let text = read("Containerfile");
    let list = |key: &str| -> Vec<String> {
        let line = text.lines().find_map(|line| line.strip_prefix(key)).expect("the key");
        serde_json::from_str(line.trim()).unwrap()
    };
    assert_eq!(list("ENTRYPOINT"), ["/usr/local/bin/mspdash"]);
    accepted(&list("CMD"));
    assert!(text.contains("USER 10001"));
}

/// The items of the list below this key of a service, and its comment lines that call the program.
#[test]
fn the_compose_file_starts_a_server_and_its_commands_work() {
    let text = read("compose.yaml");
    let service = text.split("\n  mspdash:\n").nth(1).unwrap().split("\n  db:\n").next().unwrap();
    let list = service.split("    command:\n").nth(1).unwrap();
    let words = list.lines().map_while(|line| line.strip_prefix("      - ").map(str::to_owned));
    let words: Vec<String> = words.collect();
    assert!(words.len() > 5, "{words:?}");
    accepted(&words);
    let init = text.split("--rm mspdash ").nth(1).unwrap().split("\n#   docker").next().unwrap();
    accepted(&shlex::split(&init.replace("\\\n#", " ")).unwrap());
    assert!(words.iter().any(|word| word.starts_with("--admin-listen=127.0.0.1:4819")) && service.contains("/readyz"));
}

/// Lines of code blocks that call the program, in the page for whoever runs a server.
#[test]
fn every_command_line_of_the_operators_page_is_one_that_the_program_takes() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/server.md")).unwrap();
    let blocks = page.split("```sh\n").skip(1).filter_map(|rest| rest.split("\n```").next());
    let mut seen = 0;
    for line in blocks.flat_map(|block| block.replace("\\\n", " ").lines().map(str::to_owned).collect::<Vec<_>>()) {
        let words = shlex::split(&line.replace("$(date +%F)", "today")).unwrap();
        if words.first().is_some_and(|word| word == "mspdash") {
            accepted(&words[1..]);
            seen += 1;
        }
    }
    assert!(seen > 12, "{seen}");
}
