//! The command table is whole, and its keys do not stand in each other's way.

use crate::app::command::*;
use crate::app::focus::Focus;
use crate::app::key::Key;
use crate::app::model::Tab;
use crate::app::screen::Screen;
use std::collections::BTreeSet;

#[test]
fn every_id_is_one_of_a_kind() {
    let ids: BTreeSet<&str> = TABLE.iter().map(|row| row.id).collect();
    assert_eq!(ids.len(), TABLE.len());
    for id in ids {
        let parts: Vec<&str> = id.split('.').collect();
        let word = |part: &&str| !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c == '_');
        assert!(parts.len() == 2 && parts.iter().all(word), "{id}: like `company.unlink`");
    }
}

#[test]
fn every_default_key_is_a_key_and_shown_as_something() {
    let keymap = Keymap::default();
    for row in TABLE {
        assert!(!row.keys.is_empty(), "{}", row.id);
        assert_eq!(keymap.keys(row.command).len(), row.keys.len(), "{}: a key could not be read", row.id);
        for key in row.keys {
            assert_ne!(key.parse::<Key>().unwrap().to_string(), "?".repeat(usize::from(*key != "?")), "{}", row.id);
        }
    }
}

#[test]
fn no_key_means_two_commands_in_one_place() {
    for (index, one) in TABLE.iter().enumerate() {
        for other in TABLE.iter().skip(index + 1).filter(|other| other.place == one.place) {
            for key in one.keys {
                assert!(!other.keys.contains(key), "{key} is {} and {}", one.id, other.id);
            }
        }
    }
}

/// A narrower place may shadow a wider one, but not what leads out of it or ends the program.
#[test]
fn no_narrow_place_takes_away_the_way_out() {
    let out = [Command::Back, Command::Quit, Command::Help, Command::Palette, Command::NextPane, Command::Unlink];
    for row in TABLE.iter().filter(|row| row.place != Place::Anywhere) {
        for wide in out.map(Command::row) {
            assert!(!row.keys.iter().any(|key| wide.keys.contains(key)), "{} shadows {}", row.id, wide.id);
        }
    }
}

/// tmux and screen prefixes, flow control: where they are free they work, and where they are not another key does.
/// Enter's twin and suspend mean nothing else anywhere.
#[test]
fn no_command_needs_a_key_that_a_terminal_may_take() {
    for row in TABLE {
        let free = |key: &&str| !["ctrl-b", "ctrl-a", "ctrl-s", "ctrl-q"].contains(key);
        assert!(row.keys.iter().any(free), "{} has another key", row.id);
        for taken in ["ctrl-j", "ctrl-z"] {
            assert!(!row.keys.contains(&taken), "{} on {taken}", row.id);
        }
    }
}

/// A count moves, and does nothing else so many times.
#[test]
fn only_movements_repeat() {
    for row in TABLE.iter().filter(|row| row.repeats) {
        assert!(row.group == Group::Move && row.danger == Danger::Reads && row.needs.is_none(), "{}", row.id);
    }
}

#[test]
fn whatever_writes_is_marked_and_needs_a_permission() {
    for row in TABLE {
        // What is taken back needs what doing it needed: `undo` asks for that itself.
        if row.command != Command::Undo {
            assert_eq!(row.danger != Danger::Reads, row.needs.is_some(), "{}", row.id);
        }
    }
    assert_eq!(Command::Unlink.row().danger, Danger::Destroys);
}

#[test]
fn every_default_key_reaches_its_command() {
    let keymap = Keymap::default();
    for row in TABLE {
        let focus = match row.place {
            Place::Anywhere => Focus::List,
            Place::Found => Focus::Found,
            Place::Attention => Focus::Attention,
            Place::Setup => Focus::Company(Tab::Setup),
            Place::People => Focus::Company(Tab::People),
            Place::Vaults => Focus::Company(Tab::Vaults),
            Place::Usage => Focus::Company(Tab::Usage),
            Place::Activity => Focus::Company(Tab::Activity),
            Place::Links => Focus::Screen(Screen::Links),
            Place::Tasks => Focus::Screen(Screen::Tasks),
        };
        for keys in keymap.keys(row.command) {
            assert_eq!(keymap.meaning(focus.places(), keys.keys()), Meaning::Runs(row.command), "{}", row.id);
            assert_eq!(keymap.meaning(Focus::Overlay.places(), keys.keys()), Meaning::Nothing, "a dialog has its own");
        }
    }
}
