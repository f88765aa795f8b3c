//! Texts that name a key follow the user's own keys, and so does what a dialog answers to.

use super::size;
use crate::support::picture::{cells, rows};
use crate::support::scenes::{self, Scene};
use mspdash::app::Model;
use mspdash::app::command::{Binding, Keymap, TABLE};
use mspdash::app::key::Key;
use mspdash::app::msg::{Msg, Size};
use mspdash::app::overlay::Overlay;
use mspdash::domain::lang::Lang;
use std::collections::BTreeSet;

/// Every command on a letter that no text has otherwise.
fn elsewhere() -> Keymap {
    let letters = ('\u{13a0}'..='\u{13f5}').chain('\u{10d0}'..='\u{10fa}').map(|letter| letter.to_string());
    assert!(TABLE.len() <= letters.clone().count(), "each command has one");
    let lines: Vec<Binding> = (1..)
        .zip(TABLE.iter().zip(letters))
        .map(|(line, (row, key))| Binding { line, id: row.id.to_owned(), keys: vec![key] })
        .collect();
    let mut keymap = Keymap::default();
    // Esc always goes back.
    let told = keymap.rebind(&lines);
    assert!(told.is_empty(), "{told:?}");
    keymap
}

/// Names and abbreviations with such letters in them, the sign of what is snoozed, and letters of a menu's own.
const NAMES: [&str; 10] = [
    "J/K ",
    "Nordlicht e.",
    " e Castro",
    " e C…",
    " z o",
    "(z. ",
    " z Snoozed",
    " z snoozed",
    " z Zurückg",
    " z zurückg",
];

/// Words that look like one of the letters on which a command is by default.
fn letters(text: &str) -> impl Iterator<Item = &str> {
    let defaults: BTreeSet<&str> =
        TABLE.iter().flat_map(|row| row.keys).copied().filter(|key| key.len() == 1).collect();
    // A frame cuts words off: what touches it is none.
    let apart = |c: char| c.is_whitespace() || "·()/,".contains(c);
    let words: Vec<&str> = text.split(apart).map(|word| word.strip_suffix('.').unwrap_or(word)).collect();
    let found: Vec<&str> = (0..words.len())
        .filter(|at| words.get(*at).is_some_and(|word| defaults.contains(word)) && !innocent(&words, *at))
        .filter_map(|at| words.get(at).copied())
        .collect();
    found.into_iter()
}

/// No key, though it looks like one.
fn innocent(words: &[&str], at: usize) -> bool {
    let word = words.get(at).copied().unwrap_or_default();
    let before = at.checked_sub(1).and_then(|at| words.get(at)).copied().unwrap_or_default();
    let after = words.get(at + 1).copied().unwrap_or_default();
    // “retrying in 2 s”, “setup idle 61 d”
    let unit = matches!(word, "s" | "h" | "d" | "y") && before.bytes().all(|byte| byte.is_ascii_digit());
    // “y or Tab” is the answer to a question, not the command that copies.
    let yes = word == "y" && (after == "or" || after == "oder");
    // “56 % v. 1.500”
    let of = word == "v" && before == "%";
    // The sign of a snoozed company stands before its status.
    let asleep = word == "z" && after.chars().next().is_some_and(char::is_uppercase);
    // “=cmd|' /C calc'!A0”, a hostile cell of a table.
    let formula = word == "C" && after.starts_with("calc");
    unit || formula
        || yes
        || of
        || asleep
        || word.eq_ignore_ascii_case("a")
        || !word.bytes().all(|byte| byte.is_ascii_alphabetic())
}

#[test]
fn no_text_names_the_old_key_of_a_command_that_has_another() {
    let keymap = elsewhere();
    let mut wrong = BTreeSet::new();
    // This notice was put there with its key, by hand.
    let scenes = scenes::ALL.iter().filter(|scene| scene.name != "toasts_folk_not");
    // The letters of a task's panel and of the menu of what is copied are their own, whatever commands are on.
    let scenes = scenes.filter(|scene| !scene.name.starts_with("task_") && scene.name != "copy_menu");
    // So are those of the menus of views and columns.
    let scenes = scenes.filter(|scene| !matches!(scene.name, "menu_views" | "menu_columns"));
    for (scene, lang) in scenes.flat_map(|scene| Lang::ALL.map(|lang| (scene, lang))) {
        for size in [size(160, 48), size(80, 24), size(30, 6)] {
            let mut model = scene.model(lang, size);
            model.options.keymap = keymap.clone();
            for row in rows(&cells(&model, size).0) {
                let row = NAMES.iter().fold(row, |row, name| row.replace(name, ""));
                let letters = letters(&row).map(|letter| (letter.to_owned(), scene.name, row.trim().to_owned()));
                wrong.extend(letters);
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The other way round: what the sweep looks for is there by default, so that it cannot be blind.
#[test]
fn the_sweep_sees_the_keys_that_are_there_by_default() {
    let of = |name: &str| {
        let scene = scenes::ALL.iter().find(|scene| scene.name == name).unwrap();
        let model = scene.model(Lang::En, size(160, 48));
        let rows = rows(&cells(&model, size(160, 48)).0);
        rows.iter().flat_map(|row| letters(row)).map(str::to_owned).collect::<BTreeSet<_>>()
    };
    for (scene, keys) in [("launch", ["y", "l"]), ("unlink_blocked", ["r", "o"]), ("menu_filter", ["c", "c"])] {
        let there = of(scene);
        assert!(keys.iter().all(|key| there.contains(*key)), "{scene}: {there:?}");
    }
}

#[test]
fn a_command_without_a_key_is_named_and_its_hint_left_out() {
    let mut keymap = Keymap::default();
    let unbound = |(line, id): (usize, &str)| Binding { line, id: id.to_owned(), keys: Vec::new() };
    let all: Vec<Binding> = [(1, "list.clear_all"), (2, "list.sort"), (3, "app.refresh")].map(unbound).into();
    assert!(keymap.rebind(&all).is_empty());
    let drawn = |name: &str| {
        let mut model = scene(name).model(Lang::En, size(120, 36));
        model.options.keymap = keymap.clone();
        rows(&cells(&model, size(120, 36)).0).join("\n")
    };
    assert!(drawn("list_no_match_filter").contains(": Clear all clears all"), "{}", drawn("list_no_match_filter"));
    let hints = drawn("list_many");
    let hints = hints.lines().last().unwrap().to_owned();
    assert!(!hints.contains("sort") && hints.contains("f filter"), "{hints}");
}

fn scene(name: &str) -> &'static Scene {
    scenes::ALL.iter().find(|scene| scene.name == name).unwrap()
}

/// The dialog of a scene with these keys of the user's own, after a key was pressed.
fn pressed(name: &str, own: &[(&str, &str)], key: &str) -> (Model, usize) {
    const AT: Size = size(120, 36);
    let mut model = scene(name).model(Lang::En, AT);
    let line = |(line, (id, key)): (usize, &(&str, &str))| Binding {
        line,
        id: (*id).to_owned(),
        keys: vec![(*key).to_owned()],
    };
    model.options.keymap.rebind(&own.iter().enumerate().map(line).collect::<Vec<_>>());
    let now = model.now;
    let effects = mspdash::app::update(&mut model, now, Msg::Key(key.parse::<Key>().unwrap()));
    (model, effects.len())
}

#[test]
fn dialogs_answer_to_the_users_keys_and_no_longer_to_the_old_ones() {
    let own = [("app.refresh", "alt-r"), ("company.copy", "alt-y"), ("list.clear_all", "alt-c"), ("move.down", "n")];
    for (scene, old, new) in [("unlink_blocked", "r", "alt-r"), ("launch", "y", "alt-y"), ("launch", "r", "alt-r")] {
        assert_ne!(pressed(scene, &[], old).1, 0, "{scene}: {old} does something by default");
        assert_eq!(pressed(scene, &own, old).1, 0, "{scene}: {old} is taken away");
        assert_ne!(pressed(scene, &own, new).1, 0, "{scene}: {new}");
    }
    let cursor = |key: &str| match pressed("menu_sort", &own, key).0.overlays.last() {
        Some(Overlay::Sort(menu)) => menu.0.cursor,
        other => panic!("{other:?}"),
    };
    let at = cursor("f12");
    assert_eq!([cursor("n"), cursor("down"), cursor("j")], [at + 1, at + 1, at]);
    assert!(pressed("menu_filter", &own, "c").0.overlays.last().is_some(), "c clears nothing any more");
    assert!(pressed("menu_filter", &own, "alt-c").0.overlays.last().is_none());
    // What destroys is never reached by a key that stands for Enter elsewhere.
    let enter = [("company.open", "h")];
    assert_eq!(pressed("unlink_typed", &enter, "h").1, 0);
}
