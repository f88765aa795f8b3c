//! Layers: where Esc and ctrl-c lead, and where the search opens.

use crate::app::command::{Binding, Keymap, TABLE};
use crate::app::effect::Effect;
use crate::app::fixture::*;
use crate::app::focus::{Focus, focus, types_text};
use crate::app::key::Key;
use crate::app::model::{Options, Pane, Tab};
use crate::app::msg::{Msg, Size};
use crate::app::overlay::Overlay;
use crate::app::screen::Screen;
use crate::domain::company::{Attention, Company};
use crate::domain::recovery::Recovery;
use crate::domain::request::Answer;

const SIZES: [Size; 4] = [WIDE, NARROW, Size { width: 60, height: 15 }, Size { width: 39, height: 9 }];

/// Every place where commands run: the list, each tab beside it and alone, each screen, and menus over them.
fn places() -> Vec<String> {
    let tabs = ["", " ]", " ] ]", " ] ] ]", " ] ] ] ]", " ] ] ] ] ]"];
    let panes = ["tab", "enter", "tab enter"].into_iter().flat_map(|pane| tabs.map(|tab| format!("{pane}{tab}")));
    let screens = ["j", "2", "3", "4", "5", "4 enter", "3 enter", "enter 4", "/ a enter", "* -", "space space"];
    let menus = ["?", "s", "f", "A", "n", "u", "Z", "space b", "space b 1", "space u", "4 p", "4 s", "5 f", "! !"];
    panes.chain(screens.into_iter().chain(menus).map(str::to_owned)).collect()
}

fn desk(keymap: &Keymap, size: Size, keys: &str) -> Desk {
    let options = Options { keymap: keymap.clone(), ..Desk::options() };
    let needing = |it| Company { attention: vec![Attention::SingleOwner], ..it };
    let mut desk = Desk::as_who(options, &ALL_PERMISSIONS, four().into_iter().map(needing).collect());
    desk.send(Msg::Resize(size));
    desk.press(keys);
    desk
}

fn rebound(entries: &[(&str, &str)]) -> Keymap {
    let mut keymap = Keymap::default();
    let binding = |(line, (id, key)): (usize, &(&str, &str))| Binding {
        line,
        id: (*id).to_owned(),
        keys: vec![(*key).to_owned()],
    };
    keymap.rebind(&entries.iter().enumerate().map(binding).collect::<Vec<_>>());
    for (id, key) in entries {
        let row = TABLE.iter().find(|row| row.id == *id).unwrap();
        assert_eq!(keymap.keys(row.command), [key.parse().unwrap()], "{id}");
    }
    keymap
}

#[test]
fn after_the_search_key_every_printable_key_is_text() {
    let usual = (Keymap::default(), "/");
    let moved = (rebound(&[("list.search", "ctrl-f"), ("people.search", "ctrl-f")]), "ctrl-f");
    let swapped = (rebound(&[("list.search", ";"), ("people.search", ";"), ("company.launch", "/")]), ";");
    let apart = (rebound(&[("people.search", "f3")]), "/");
    for (keymap, search) in [usual, moved, swapped, apart] {
        for size in SIZES {
            for place in places() {
                let mut desk = desk(&keymap, size, &place);
                let at = format!("{search} after {place:?} at {size:?}");
                desk.press(search);
                assert!(types_text(&desk.model), "{at}");
                let before = (desk.model.screen, desk.model.pane, desk.model.tab, desk.model.marks.clone());
                for c in (' '..='~').chain("äß€東".chars()) {
                    let out = desk.key(Key::char(c));
                    // The help has a search of its own.
                    let open = usize::from(place == "?");
                    assert!(types_text(&desk.model) && desk.model.overlays.len() == open, "{c:?} {at}");
                    let idle = |effect: &Effect| matches!(effect, Effect::Call { request, .. } if !request.writes());
                    assert!(out.iter().all(idle), "{c:?} {at}: {out:?}");
                }
                let after = (desk.model.screen, desk.model.pane, desk.model.tab, desk.model.marks.clone());
                assert_eq!(after, before, "{at}");
            }
        }
    }
}

/// By name from anywhere, and with the line where it can be seen.
#[test]
fn the_palette_opens_the_search_where_it_is_seen() {
    for place in ["j", "enter ] ]", "2", "3", "4", "5", "tab ] ]"] {
        for (id, people) in [("list.search", false), ("people.search", true)] {
            for size in [WIDE, NARROW] {
                let mut desk = desk(&Keymap::default(), size, place);
                desk.press(":");
                desk.type_in(id);
                desk.press("enter");
                // Only the tab has people to search among; elsewhere it is refused, and says so.
                let tab = place.ends_with("] ]");
                let wanted = match (people, tab) {
                    (true, true) => Focus::PeopleSearch,
                    (true, false) if place != "3" => continue,
                    _ => Focus::Search,
                };
                assert_eq!(focus(&desk.model), wanted, "{id} from {place:?} at {size:?}");
            }
        }
    }
}

/// A tab of the company may be in front while the list has the keys.
#[test]
fn people_are_searched_where_they_are_shown() {
    for size in [WIDE, NARROW] {
        let mut desk = desk(&Keymap::default(), size, "] ] :");
        desk.type_in("people.search");
        desk.press("enter");
        assert_eq!((desk.model.pane, focus(&desk.model)), (Pane::Company, Focus::PeopleSearch), "{size:?}");
        desk.press("esc esc");
        assert_eq!(focus(&desk.model), Focus::List, "{size:?}");
    }
}

#[test]
fn a_search_ends_where_one_leaves_it_for_another_place() {
    for id in ["screen.usage", "screen.links", "company.open", "company.add_owner", "pane.next"] {
        let mut desk = desk(&Keymap::default(), WIDE, "/ a f1");
        desk.press(":");
        desk.type_in(id);
        desk.press("enter");
        assert!(!desk.model.list.searching, "{id}");
        desk.press("esc esc");
        assert_eq!(focus(&desk.model), Focus::List, "{id}");
    }
}

#[test]
fn a_count_that_is_typed_is_text() {
    let mut desk = desk(&Keymap::default(), WIDE, "space space u");
    desk.answer(Answer::Preflight(allowed(&company("A", "Alpen"))));
    desk.answer(Answer::Preflight(allowed(&company("B", "Brightwater"))));
    desk.press("tab ?");
    assert!(matches!(desk.model.overlays.last(), Some(Overlay::Bulk(bulk)) if bulk.line.text() == "?"));
}

/// Where one is: screen, pane, whole screen.
fn place(desk: &Desk) -> (Screen, Pane, bool) {
    (desk.model.screen, desk.model.pane, desk.model.full)
}

fn loaded(keys: &str) -> Desk {
    let mut desk = desk(&Keymap::default(), WIDE, keys);
    if desk.model.screen == Screen::Recoveries {
        let recovery = Recovery {
            company: crate::domain::id::CompanyId::new("B"),
            company_name: "Brightwater".into(),
            user: crate::domain::id::UserId::new("U"),
            etag: None,
            display_name: "Uma".into(),
            email: "uma@a.example".into(),
            stage: crate::domain::people::PersonState::RecoveryStarted,
            begin_time: None,
            begun_by: None,
            recoverers: 1,
        };
        desk.answer(Answer::Recoveries(vec![recovery]));
    }
    desk
}

#[test]
fn esc_leads_back_to_where_enter_came_from() {
    for (from, open) in [("j", "enter"), ("tab", "enter"), ("3", "enter"), ("tab", "o"), ("j", "o")] {
        for tab in ["", "]", "] ]", "["] {
            let mut desk = loaded(from);
            let before = place(&desk);
            desk.press(open);
            assert_eq!(place(&desk), (Screen::Companies, Pane::Company, true), "{open} from {from}");
            if !tab.is_empty() {
                desk.press(tab);
            }
            desk.press("esc");
            assert_eq!(place(&desk), before, "{open} {tab} esc from {from}");
        }
    }
}

#[test]
fn after_enter_and_esc_the_list_moves_and_marks_again() {
    let mut desk = desk(&Keymap::default(), WIDE, "enter ] esc j space");
    assert_eq!((desk.selected().as_deref(), desk.model.marks.len()), (Some("C"), 1), "{:?}", place(&desk));
    assert_eq!(requests(&desk.press("space")), []);
}

#[test]
fn who_goes_to_a_screen_by_name_comes_back_place_by_place() {
    let mut desk = loaded("3");
    desk.press("enter 4 esc");
    assert_eq!(place(&desk), (Screen::Companies, Pane::Company, true), "the company stays open below");
    desk.press("esc");
    assert_eq!(place(&desk), (Screen::Recoveries, Pane::List, false));
    desk.press("esc");
    assert_eq!(place(&desk), (Screen::Companies, Pane::List, false));
}

#[test]
fn space_is_bound_to_nothing_that_writes() {
    let space = Key::char(' ');
    for row in &TABLE {
        let bound = row.keys.iter().any(|key| key.parse() == Ok(space));
        assert!(!bound || row.needs.is_none(), "{}", row.id);
    }
}

fn quits(out: &[Effect]) -> bool {
    out.contains(&Effect::Quit)
}

#[test]
fn ctrl_c_takes_one_layer_away_as_esc_does() {
    for size in [WIDE, NARROW] {
        for layer in places() {
            if matches!(focus(&desk(&Keymap::default(), size, &layer).model), Focus::List | Focus::Found) {
                continue;
            }
            let (mut esc, mut cancel) =
                (desk(&Keymap::default(), size, &layer), desk(&Keymap::default(), size, &layer));
            assert_eq!(esc.press("esc"), cancel.press("ctrl-c"), "{layer} at {size:?}");
            assert!(esc.model == cancel.model, "{layer} at {size:?}");
        }
    }
}

#[test]
fn in_the_list_ctrl_c_quits() {
    for keys in ["j", "space space", "/ a enter", "s 2", "enter esc", "/ esc"] {
        assert!(quits(&desk(&Keymap::default(), WIDE, keys).press("ctrl-c")), "{keys}");
    }
}

#[test]
fn ctrl_c_drops_no_text_without_a_question() {
    let mut with_note = Desk::at_setup();
    with_note.press("e");
    for (name, start) in [
        ("form", desk(&Keymap::default(), WIDE, "n enter")),
        ("tags", desk(&Keymap::default(), WIDE, "t")),
        ("note", with_note),
        ("link", desk(&Keymap::default(), WIDE, "n 2")),
    ] {
        let mut desk = start;
        desk.type_in("Acme");
        let open = desk.model.overlays.len();
        assert!(!quits(&desk.press("ctrl-c")), "{name}");
        assert_eq!(desk.model.overlays.len(), open, "{name}: it asks");
        desk.type_in("!");
        assert!(!quits(&desk.press("ctrl-c")), "{name}");
        assert_eq!(desk.model.overlays.len(), open, "{name}: it asks again after more was typed");
        assert!(!quits(&desk.press("ctrl-c")), "{name}: asked, it drops the text as Esc does, and no more");
        assert!(desk.model.overlays.is_empty(), "{name}");
    }
}

/// A save that hangs must not lock anybody in.
#[test]
fn while_a_dialog_waits_for_its_answer_ctrl_c_asks_whether_to_leave() {
    let mut note = Desk::at_setup();
    note.press("e");
    note.type_in("Acme");
    note.press("enter");
    let mut tags = desk(&Keymap::default(), WIDE, "t");
    tags.type_in("vip");
    tags.press("enter");
    let mut many = desk(&Keymap::default(), WIDE, "space space t");
    many.type_in("vip");
    many.press("enter tab enter ctrl-c");
    for (name, mut desk) in [("note", note), ("tags", tags), ("many", many)] {
        assert!(!quits(&desk.press("ctrl-c")), "{name}");
        assert!(matches!(desk.model.overlays.last(), Some(Overlay::Quit(dialog)) if !dialog.quit), "{name}");
        assert!(quits(&desk.press("ctrl-c")), "{name}: asked twice, it goes");
    }
}

#[test]
fn ctrl_c_again_and_again_always_ends_the_program() {
    for place in places() {
        let mut desk = desk(&Keymap::default(), WIDE, &place);
        let presses = (0..6).take_while(|_| !quits(&desk.press("ctrl-c"))).count();
        assert!(presses < 6, "{place}");
    }
}

#[test]
fn the_tab_in_front_stays_through_all_of_this() {
    let mut desk = desk(&Keymap::default(), WIDE, "enter ] esc");
    assert_eq!(desk.model.tab, Tab::Setup);
    desk.press("ctrl-c");
    assert_eq!(desk.model.tab, Tab::Setup);
}
