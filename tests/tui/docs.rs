//! README and `docs/` say what is so: their tables of keys come from the command table, their examples work, their links
//! lead somewhere. After a change of commands: `MSPDASH_WRITE_DOCS=1 cargo test --test tui docs::`.

use mspdash::app::command::{Command, Danger, Group, Place, Preset, Row, TABLE};
use mspdash::config::{Config, Flags, Paths};
use mspdash::domain::lang::Lang;
use mspdash::i18n;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// The marks around a table of this name.
fn marks(name: &str) -> [String; 2] {
    let begin = format!("<!-- {name}: generated from the command table, see .github/CONTRIBUTING.md -->\n");
    [begin, format!("<!-- /{name} -->")]
}

/// The commands that the README begins with.
const FIRST: [Command; 10] = [
    Command::Search,
    Command::Open,
    Command::Launch,
    Command::NewCompany,
    Command::Unlink,
    Command::Urgent,
    Command::Filter,
    Command::Mark,
    Command::Palette,
    Command::Help,
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Holds what is between the marks against the command table, or writes it anew.
#[track_caller]
fn assert_keys(file: &str, name: &str, new: &str) {
    let path = root().join(file);
    let [begin, end] = marks(name);
    let text = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = text.split_once(&begin).expect("the file has the marks of the key table");
    let (old, after) = rest.split_once(&end).expect("the key table has an end");
    if std::env::var_os("MSPDASH_WRITE_DOCS").is_some() {
        // In one step: the tests beside this one read the file.
        let written = path.with_extension("new");
        std::fs::write(&written, format!("{before}{begin}{new}{end}{after}")).unwrap();
        std::fs::rename(written, path).unwrap();
    } else {
        assert_eq!(old, new, "run: MSPDASH_WRITE_DOCS=1 cargo test --test tui docs::");
    }
}

#[test]
fn the_documentation_lists_every_command_with_its_keys() {
    assert_keys("docs/keys.md", "keys", &key_table());
    // In the same file: one after the other.
    assert_keys("docs/keys.md", "presets", &preset_table());
}

/// The commands that a preset has on other keys.
fn preset_table() -> String {
    let mut table = String::from("\n| Command | default | vim | k9s |\n| --- | --- | --- | --- |\n");
    let code = |keys: &[&str]| keys.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(" ");
    for row in TABLE {
        let written = Preset::ALL.map(|preset| preset.written(row));
        if written.iter().any(|keys| *keys != row.keys) {
            let label = (i18n::of(Lang::En).command)(row.command).label;
            let _ = writeln!(table, "| {label} | {} |", written.map(code).join(" | "));
        }
    }
    table.push('\n');
    table
}

#[test]
fn the_readme_lists_ten_commands_with_their_keys() {
    let mut table = String::from("\n| | | |\n| --- | --- | --- |\n");
    for row in FIRST.map(Command::row) {
        let text = (i18n::of(Lang::En).command)(row.command);
        let _ = writeln!(table, "| {} | {} | {} |", keys(row), text.label, text.help);
    }
    table.push('\n');
    assert_keys("README.md", "keys", &table);
}

/// README, `docs/**` and the pages of `.github`.
fn pages() -> Vec<PathBuf> {
    let mut pages = vec![root().join("README.md"), root().join("CHANGELOG.md")];
    for folder in ["docs", "docs/decisions", ".github"] {
        let files = std::fs::read_dir(root().join(folder)).unwrap().map(|file| file.unwrap().path());
        pages.extend(files.filter(|path| path.extension().is_some_and(|extension| extension == "md")));
    }
    pages
}

/// The anchor that a heading gets.
fn anchor(heading: &str) -> String {
    let kept = heading.trim().to_lowercase().replace(' ', "-");
    kept.chars().filter(|c| c.is_alphanumeric() || *c == '-').collect()
}

#[test]
fn links_between_pages_lead_somewhere() {
    let mut dead = Vec::new();
    for page in pages() {
        let text = std::fs::read_to_string(&page).unwrap();
        let targets = text.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(target, _)| target);
        for target in targets.filter(|target| !target.contains("://")) {
            let (file, heading) = target.split_once('#').unwrap_or((target, ""));
            let file = if file.is_empty() { page.clone() } else { page.parent().unwrap().join(file) };
            let headed = || std::fs::read_to_string(&file).unwrap_or_default();
            let found = heading.is_empty()
                || headed()
                    .lines()
                    .any(|line| line.starts_with('#') && anchor(line.trim_start_matches('#')) == heading);
            if !file.exists() || !found {
                dead.push(format!("{}: {target}", page.display()));
            }
        }
    }
    assert_eq!(dead, Vec::<String>::new());
}

/// Whoever copies an example gets what it says, and no word of complaint.
#[test]
fn the_examples_of_keys_stand_in_nobodys_way() {
    let page = std::fs::read_to_string(root().join("docs/keys.md")).unwrap();
    let examples: Vec<&str> = page
        .split("```toml\n")
        .skip(1)
        .filter_map(|rest| rest.split_once("```").map(|(example, _)| example))
        .filter(|example| example.contains("[keys]"))
        .collect();
    assert!(!examples.is_empty(), "the page shows how keys are changed");
    for example in examples {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.toml");
        std::fs::write(folder.path().join("keymap.toml"), example).unwrap();
        let paths = Paths { config_file: Some(path), ..Paths::default() };
        let config = Config::resolve(&Flags::default(), &|_| None, paths, None).unwrap();
        assert!(config.notices.is_empty(), "{:?}", config.notices);
        assert_eq!(mspdash::tui::odd_keys(&config), Vec::<String>::new(), "{example}");
        let listed = mspdash::tui::keys(&config.keys, None).unwrap();
        let own: Vec<_> = config.keys.iter().flat_map(|file| &file.lines).collect();
        assert!(!own.is_empty());
        for own in own {
            let row = listed.keys.iter().find(|row| row.command == own.command).unwrap();
            assert_eq!(row.keys, own.keys, "{}", own.command);
        }
    }
}

fn keys(row: &Row) -> String {
    row.keys.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(" ")
}

fn key_table() -> String {
    let words = i18n::of(Lang::En);
    let mut table = String::from("\n| Keys | Command | Id | |\n| --- | --- | --- | --- |\n");
    for group in Group::ALL {
        let _ = writeln!(table, "| | **{}** | | |", (words.group)(group));
        for row in TABLE.iter().filter(|row| row.group == group) {
            let text = (words.command)(row.command);
            let place = match row.place {
                Place::Anywhere => "",
                Place::Found => " (while a search is kept)",
                Place::Attention => " (in Needs attention)",
                Place::Setup => " (in Setup)",
                Place::People => " (in People)",
                Place::Vaults => " (in Vaults)",
                Place::Usage => " (in Usage)",
                Place::Activity => " (in Activity)",
                Place::Links => " (in Links)",
                Place::Tasks => " (in Tasks)",
            };
            let danger = if row.danger == Danger::Destroys { " You can't undo this." } else { "" };
            let keys = keys(row);
            let _ = writeln!(table, "| {keys} | {}{place} | `{}` | {}{danger} |", text.label, row.id, text.help);
        }
    }
    table.push('\n');
    table
}
