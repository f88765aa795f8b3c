//! Conflicts of keys: every one is told, and none leaves a key with two meanings.

use super::rebind::{meet, reserved};
use crate::app::command::keymap::*;
use crate::app::command::{Danger, TABLE};

fn rebound(lines: &[(&str, &[&str])]) -> (Keymap, Vec<String>) {
    let mut keymap = Keymap::default();
    let binding = |(at, (id, keys)): (usize, &(&str, &[&str]))| Binding {
        line: at + 2,
        id: (*id).to_owned(),
        keys: keys.iter().map(ToString::to_string).collect(),
    };
    let lines: Vec<Binding> = lines.iter().enumerate().map(binding).collect();
    let told = keymap.rebind(&lines);
    (keymap, told.iter().map(|odd| format!("{}: {}", odd.line, odd.problem)).collect())
}

/// In every place a key means one command, and begins no sequence of another.
#[track_caller]
fn sound(keymap: &Keymap) {
    for (at, (one, keys)) in keymap.bound.iter().enumerate() {
        for (other, others) in keymap.bound.iter().skip(at + 1) {
            let same = one.row().place == other.row().place;
            let clash = keys.iter().any(|key| others.iter().any(|other| key.clashes(other)));
            assert!(!same || !clash, "{one:?} {other:?}");
        }
    }
}

type Case =
    (&'static [(&'static str, &'static [&'static str])], &'static [(&'static str, Command)], &'static [&'static str]);
const CASES: &[Case] = &[
    // What cannot be undone takes no key from anything, and keeps its own.
    (
        &[("company.unlink", &["U"])],
        &[("U", Command::Undo), ("u", Command::Unlink)],
        &["2: company.unlink and app.undo are both on U; company.unlink cannot be undone, so app.undo keeps it"],
    ),
    (
        &[("company.unlink", &["p"])],
        &[("u", Command::Unlink)],
        &[
            "2: company.unlink and people.suspend are both on p; company.unlink cannot be undone, so people.suspend keeps it",
        ],
    ),
    (
        &[("company.unlink", &["U", "alt-u"])],
        &[("U", Command::Undo), ("alt-u", Command::Unlink)],
        &["2: company.unlink and app.undo are both on U; company.unlink cannot be undone, so app.undo keeps it"],
    ),
    (
        &[("company.unlink", &["f7"]), ("app.refresh", &["f7"])],
        &[("f7", Command::Refresh), ("u", Command::Unlink)],
        &[
            "2: company.unlink and app.refresh (line 3) are both on f7; company.unlink cannot be undone, so app.refresh keeps it",
        ],
    ),
    // A swap is none.
    (&[("company.unlink", &["U"]), ("app.undo", &["u"])], &[("U", Command::Unlink), ("u", Command::Undo)], &[]),
    (
        &[("list.sort", &["o"])],
        &[("o", Command::Sort)],
        &[
            "2: list.sort and company.add_owner are both on o; list.sort has it now, and company.add_owner has no key left",
            "2: list.sort is on o, but in People it is people.owner, in Links it is link.owner_page",
        ],
    ),
    (
        &[("move.down", &["k"])],
        &[("k", Command::Down), ("up", Command::Up)],
        &["2: move.down and move.up are both on k; move.down has it now"],
    ),
    (
        &[("list.sort", &["alt-s"]), ("list.filter", &["alt-s"])],
        &[("alt-s", Command::Sort)],
        &[
            "3: list.filter and list.sort (line 2) are both on alt-s; list.sort keeps it, and list.filter has no key left",
        ],
    ),
    (
        &[("people.owner", &["u"])],
        &[("u", Command::Unlink)],
        &["2: people.owner is on u in People, but elsewhere it is company.unlink"],
    ),
    // Written as it is by default: the table's own shadows are no news.
    (
        &[("setup.note", &["e"]), ("company.edit", &["e"]), ("app.refresh", &["r", "ctrl-r"])],
        &[("ctrl-r", Command::Refresh)],
        &[],
    ),
    (
        &[("company.unlink", &["esc"])],
        &[("esc", Command::Back), ("u", Command::Unlink)],
        &["2: company.unlink cannot be on esc: it always goes back"],
    ),
    (
        &[("app.refresh", &["ctrl-c"])],
        &[("r", Command::Refresh)],
        &["2: app.refresh cannot be on ctrl-c: it always quits"],
    ),
    (
        &[("app.refresh", &["ctrl-z"])],
        &[("r", Command::Refresh)],
        &["2: app.refresh cannot be on ctrl-z: it always suspends mspdash"],
    ),
    (
        &[("app.refresh", &["ctrl-M"])],
        &[("r", Command::Refresh)],
        &["2: app.refresh cannot be on ctrl-m: a terminal cannot tell it from enter"],
    ),
    (
        &[("company.unlink", &["enter", "7", "space"])],
        &[("enter", Command::Open), ("u", Command::Unlink)],
        &[
            "2: company.unlink cannot be on enter: it cannot be undone, and that key is pressed without looking",
            "2: company.unlink cannot be on 7: it cannot be undone, and that key is pressed without looking",
            "2: company.unlink cannot be on space: it cannot be undone, and that key is pressed without looking",
        ],
    ),
    (&[("app.refresh", &["f9", "F9"])], &[("f9", Command::Refresh)], &["2: app.refresh names f9 twice"]),
    (
        &[("app.refresh", &["f9"]), ("app.refresh", &["f8"])],
        &[("f9", Command::Refresh)],
        &["3: app.refresh has a line above already, which counts"],
    ),
    (&[("company.fly", &["x"])], &[], &["2: there is no command “company.fly”; `mspdash keys` lists them"]),
    (
        &[("company.unlnk", &["x"]), ("unlink", &["x"])],
        &[("u", Command::Unlink)],
        &[
            "2: there is no command “company.unlnk”; did you mean company.unlink?",
            "3: there is no command “unlink”; did you mean company.unlink?",
        ],
    ),
    (
        &[("move.top", &["gg", "pagedown"])],
        &[("g", Command::Top)],
        &[
            "2: move.top: “gg” is not a key; did you mean `g g`?",
            "2: move.top: “pagedown” is not a key; did you mean `pgdn`?",
        ],
    ),
    // Of a key and a sequence that begins with it, only one can be had.
    (
        &[("list.sort", &["g s"])],
        &[("home", Command::Top)],
        &["2: list.sort on g s and move.top on g begin alike; list.sort has it now"],
    ),
    (
        &[("list.sort", &["g s"]), ("list.filter", &["g s f"])],
        &[],
        &[
            "2: list.sort on g s and move.top on g begin alike; list.sort has it now",
            "3: list.filter on g s f and list.sort (line 2) on g s begin alike; list.sort keeps it, and list.filter has no key left",
        ],
    ),
    (
        &[("company.unlink", &["g u"])],
        &[("u", Command::Unlink), ("g", Command::Top)],
        &[
            "2: company.unlink on g u and move.top on g begin alike; company.unlink cannot be undone, so move.top keeps it",
        ],
    ),
    (
        &[("company.unlink", &["space space"]), ("list.sort", &["x esc"])],
        &[("u", Command::Unlink), ("s", Command::Sort)],
        &[
            "2: company.unlink cannot be on space space: it cannot be undone, and that key is pressed without looking",
            "3: list.sort cannot be on x esc: it always goes back",
        ],
    ),
    (
        &[("company.unlink", &["wheel"])],
        &[("u", Command::Unlink)],
        &[
            "2: company.unlink: “wheel” is not a key; keys look like `g`, `G`, `ctrl-d`, `alt-x`, `enter`, `f5`, and one after the other `g g`",
        ],
    ),
];

#[test]
fn every_conflict_is_told_with_both_names_and_the_line_and_one_of_them_has_the_key() {
    for (lines, means, expected) in CASES {
        let (keymap, told) = rebound(lines);
        assert_eq!(told, *expected, "{lines:?}");
        for (key, command) in *means {
            assert_eq!(keymap.command(&[Place::Anywhere], key.parse().unwrap()), Some(*command), "{key} of {lines:?}");
        }
        sound(&keymap);
    }
}

/// Every command on every key that another has: told, or one of the shadows of the table; never two on one key.
#[test]
fn no_single_line_makes_a_key_mean_two_things_in_silence() {
    for row in &TABLE {
        for other in TABLE.iter().filter(|other| other.command != row.command && meet(row, other)) {
            for name in other.keys {
                let (keymap, told) = rebound(&[(row.id, &[name])]);
                sound(&keymap);
                let by_default = row.keys.contains(name);
                let said =
                    |told: &String| [other.id, " cannot be on ", " keeps it"].iter().any(|part| told.contains(part));
                let named = |told: &String| told.contains(row.id) && said(told);
                assert!(by_default || told.iter().any(named), "{} on {name} of {}: {told:?}", row.id, other.id);
            }
        }
    }
}

#[test]
fn no_keys_at_all_unbind_in_silence() {
    let (keymap, told) = rebound(&[("company.unlink", &[])]);
    assert_eq!((keymap.keys(Command::Unlink), told.len()), ([].as_slice(), 0));
}

/// Every key of a preset is one, means one command in its place, and was not given to a command that must not have it;
/// what cannot be undone stands in nothing's way.
#[test]
fn presets_leave_no_key_with_two_meanings() {
    for preset in Preset::ALL {
        let keymap = Keymap::of(preset);
        sound(&keymap);
        for row in TABLE {
            assert_eq!(keymap.keys(row.command).len(), preset.written(row).len(), "{preset:?} {}", row.id);
            for keys in keymap.keys(row.command) {
                assert_eq!(reserved(row, keys), None, "{preset:?} {} on {}", row.id, keys.name());
                assert_eq!(
                    keymap.meaning(&[row.place], keys.keys()),
                    Meaning::Runs(row.command),
                    "{preset:?} {}",
                    row.id
                );
            }
        }
        for row in TABLE.iter().filter(|row| row.danger == Danger::Destroys) {
            let others = TABLE.iter().filter(|other| other.command != row.command && meet(row, other));
            for (other, keys) in others.flat_map(|other| keymap.keys(row.command).iter().map(move |keys| (other, keys)))
            {
                let clash = keymap.keys(other.command).iter().any(|bound| bound.clashes(keys));
                assert!(!clash, "{preset:?}: {} and {}", row.id, other.id);
            }
        }
        assert_eq!(Preset::named(preset.name()), Some(preset));
    }
}

#[test]
fn a_narrower_place_has_its_own_sequences_and_leaves_the_others() {
    let (keymap, told) = rebound(&[("move.top", &["g g"]), ("setup.note", &["g n"]), ("people.owner", &["g"])]);
    let keys = |text: &str| text.parse::<crate::app::key::Sequence>().unwrap();
    let meaning = |places: &[Place], text: &str| keymap.meaning(places, keys(text).keys());
    let setup = [Place::Setup, Place::Anywhere];
    assert_eq!(meaning(&setup, "g"), Meaning::Begins);
    assert_eq!(meaning(&setup, "g g"), Meaning::Runs(Command::Top));
    assert_eq!(meaning(&setup, "g n"), Meaning::Runs(Command::EditNote));
    assert_eq!(meaning(&[Place::Anywhere], "g n"), Meaning::Nothing);
    assert_eq!(keymap.elsewhere(&[Place::Anywhere], keys("g n").keys()), [Command::EditNote]);
    let follows = keymap.continuations(&setup, keys("g").keys());
    assert_eq!(follows, [(keys("n"), Command::EditNote), (keys("g"), Command::Top)]);
    assert_eq!(meaning(&[Place::People, Place::Anywhere], "g"), Meaning::Runs(Command::MakeOwner));
    assert_eq!(told, ["4: people.owner is on g in People, but elsewhere it is move.top"]);
}

/// What an earlier file took counts as bound before for a later one.
#[test]
fn a_later_file_counts_more() {
    let (mut keymap, _) = rebound(&[("list.sort", &["o"]), ("list.filter", &["F"])]);
    let line = Binding { line: 1, id: "list.reverse".into(), keys: vec!["o".into()] };
    let told: Vec<String> = keymap.rebind(&[line]).iter().map(|odd| odd.problem.to_string()).collect();
    assert_eq!(keymap.command(&[Place::Anywhere], Key::char('o')), Some(Command::Reverse));
    assert_eq!(keymap.command(&[Place::Anywhere], Key::char('F')), Some(Command::Filter));
    assert!(told[0].contains("list.sort has no key left"), "{told:?}");
    sound(&keymap);
}
