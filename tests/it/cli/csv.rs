//! Lists for spreadsheets: to standard output or into a file, which is not written over without a word.

use crate::support::home::{Cli, Run};
use std::fs;
use std::os::unix::fs::PermissionsExt;

fn list(cli: &Cli, args: &[&str], locale: &str) -> Run {
    let mut command = cli.command(&[&["companies", "list"], args].concat());
    command.env("LC_NUMERIC", locale).env("LANG", "en_US.UTF-8").current_dir(cli.home.dir.path());
    Run::of(command)
}

#[test]
fn columns_are_parted_as_the_locale_or_the_flag_says() {
    let cli = Cli::open();
    for (args, locale, begins) in [
        (&["--format", "csv"][..], "en_US.UTF-8", "id,name,state,"),
        (&["--format", "csv"], "de_DE.UTF-8", "id;name;state;"),
        (&["--format", "csv", "--delimiter", "tab"], "de_DE.UTF-8", "id\tname\tstate\t"),
        (&["--format", "csv", "--delimiter", ","], "de_DE.UTF-8", "id,name,state,"),
    ] {
        let run = list(&cli, args, locale);
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{args:?}");
        assert!(run.out.starts_with(begins), "{args:?} {locale}: {}", run.out);
        assert_eq!(run.out.lines().count(), 49);
    }
    let run = list(&cli, &["--format", "csv", "--delimiter", "x"], "C");
    assert!(run.code == 2 && run.err.contains("tab"), "{}", run.err);
}

#[test]
fn a_file_has_a_mark_and_is_not_written_over_without_a_word() {
    let cli = Cli::open();
    let file = cli.home.dir.path().join("clients.csv");
    let run = list(&cli, &["--output", "clients.csv"], "de_DE.UTF-8");
    assert_eq!((run.code, run.out.as_str()), (0, ""));
    assert_eq!(run.err, format!("mspdash: 48 companies written to {}.\n", file.display()));
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.starts_with("\u{feff}id;name;"), "its name says what it is to be");
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);

    fs::write(&file, "mine").unwrap();
    let run = list(&cli, &["--output", "~/clients.csv", "--limit", "1"], "C");
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(run.err.contains(&file.display().to_string()) && run.err.contains("--force"), "{}", run.err);
    assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
    let run = list(&cli, &["--output", "clients.csv", "--limit", "1", "--force"], "C");
    assert!(run.code == 0 && run.err.contains("1 company written"), "{}", run.err);
    assert_eq!(fs::read_to_string(&file).unwrap().lines().count(), 2);

    let run = list(&cli, &["--output", "gone/clients.json"], "C");
    assert_eq!((run.code, run.out.as_str()), (1, ""));
    assert!(run.err.contains("gone/clients.json") && run.err.contains("another location"), "{}", run.err);
    let run = list(&cli, &["--output", "-", "--format", "csv"], "C");
    assert!(run.out.starts_with("id,name,"), "{}", run.out);
    assert!(!cli.home.dir.path().join("-").exists());
}
