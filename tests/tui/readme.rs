//! The README's key table comes from the command table. After a change of either:
//! `MSPDASH_WRITE_README=1 cargo test --test tui readme`.

use mspdash::app::command::{Binding, Danger, Group, Keymap, Place, TABLE};
use mspdash::config::{Config, Flags, Paths};
use mspdash::domain::lang::Lang;
use mspdash::i18n;
use std::fmt::Write;

const BEGIN: &str = "<!-- keys: from the command table, held by tests/tui/readme.rs -->\n";
const END: &str = "<!-- /keys -->";

#[test]
fn the_readme_lists_every_command_with_its_keys() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let readme = std::fs::read_to_string(path).unwrap();
    let (before, rest) = readme.split_once(BEGIN).expect("the README has the marks of the key table");
    let (old, after) = rest.split_once(END).expect("the key table has an end");
    let new = key_table();
    if std::env::var_os("MSPDASH_WRITE_README").is_some() {
        std::fs::write(path, format!("{before}{BEGIN}{new}{END}{after}")).unwrap();
    } else {
        assert_eq!(old, new, "run: MSPDASH_WRITE_README=1 cargo test --test tui readme");
    }
}

/// Whoever copies an example gets what it says, and no word of complaint.
#[test]
fn the_examples_of_keys_stand_in_nobodys_way() {
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let examples: Vec<&str> = readme
        .split("```toml\n")
        .skip(1)
        .filter_map(|rest| rest.split_once("```").map(|(example, _)| example))
        .filter(|example| example.contains("[keys]"))
        .collect();
    assert!(!examples.is_empty(), "the README shows how keys are changed");
    for example in examples {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.toml");
        std::fs::write(&path, example).unwrap();
        let paths = Paths { config_file: Some(path), ..Paths::default() };
        let config = Config::resolve(&Flags::default(), &|_| None, paths, None).unwrap();
        assert!(config.notices.is_empty() && !config.keys.is_empty(), "{:?}", config.notices);
        assert_eq!(mspdash::tui::odd_keys(&config), Vec::<String>::new(), "{example}");
        let mut keymap = Keymap::default();
        let binding = |own: &mspdash::config::KeyLine| Binding {
            line: own.line,
            id: own.command.clone(),
            keys: own.keys.clone(),
        };
        keymap.rebind(&config.keys.iter().map(binding).collect::<Vec<_>>());
        for own in &config.keys {
            let row = TABLE.iter().find(|row| row.id == own.command).unwrap();
            for key in &own.keys {
                assert_eq!(keymap.command(&[row.place], key.parse().unwrap()), Some(row.command), "{key}");
            }
        }
    }
}

fn key_table() -> String {
    let words = i18n::of(Lang::En);
    let mut table = String::from("\n| Keys | Command | Id | |\n| --- | --- | --- | --- |\n");
    for group in Group::ALL {
        let _ = writeln!(table, "| | **{}** | | |", (words.group)(group));
        for row in TABLE.iter().filter(|row| row.group == group) {
            let keys: Vec<String> = row.keys.iter().map(|key| format!("`{key}`")).collect();
            let text = (words.command)(row.command);
            let place = match row.place {
                Place::Anywhere => "",
                Place::Setup => " (in Setup)",
                Place::People => " (in People)",
                Place::Vaults => " (in Vaults)",
                Place::Usage => " (in Usage)",
                Place::Activity => " (in Activity)",
                Place::Links => " (in Links)",
            };
            let danger = if row.danger == Danger::Destroys { " Cannot be taken back from here." } else { "" };
            let keys = keys.join(" ");
            let _ = writeln!(table, "| {keys} | {}{place} | `{}` | {}{danger} |", text.label, row.id, text.help);
        }
    }
    table.push('\n');
    table
}
