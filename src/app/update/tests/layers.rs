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

fn app(keymap: &Keymap, size: Size, keys: &str) -> AppDriver {
    let options = Options { keymap: keymap.clone(), ..AppDriver::options() };
    let needing = |it| Company { attention: vec![Attention::SingleOwner], ..it };
    let mut app = AppDriver::as_who(options, &ALL_PERMISSIONS, four().into_iter().map(needing).collect());
    app.send(Msg::Resize(size));
    app.press(keys);
    app
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
                let mut app = app(&keymap, size, &place);
                let at = format!("{search} after {place:?} at {size:?}");
                app.press(search);
                assert!(types_text(&app.model), "{at}");
                let before = (app.model.screen, app.model.pane, app.model.tab, app.model.marks.clone());
                for c in (' '..='~').chain("äß€東".chars()) {
                    let out = app.key(Key::char(c));
                    // The help has a search of its own.
                    let open = usize::from(place == "?");
                    assert!(types_text(&app.model) && app.model.overlays.len() == open, "{c:?} {at}");
                    let idle = |effect: &Effect| matches!(effect, Effect::Call { request, .. } if !request.writes());
                    assert!(out.iter().all(idle), "{c:?} {at}: {out:?}");
                }
                let after = (app.model.screen, app.model.pane, app.model.tab, app.model.marks.clone());
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
                let mut app = app(&Keymap::default(), size, place);
                app.press(":");
                app.type_in(id);
                app.press("enter");
                // Only the tab has people to search among; elsewhere it is refused, and says so.
                let tab = place.ends_with("] ]");
                let wanted = match (people, tab) {
                    (true, true) => Focus::PeopleSearch,
                    (true, false) if place != "3" => continue,
                    _ => Focus::Search,
                };
                assert_eq!(focus(&app.model), wanted, "{id} from {place:?} at {size:?}");
            }
        }
    }
}

/// A tab of the company may be in front while the list has the keys.
#[test]
fn people_are_searched_where_they_are_shown() {
    for size in [WIDE, NARROW] {
        let mut app = app(&Keymap::default(), size, "] ] :");
        app.type_in("people.search");
        app.press("enter");
        assert_eq!((app.model.pane, focus(&app.model)), (Pane::Company, Focus::PeopleSearch), "{size:?}");
        app.press("esc esc");
        assert_eq!(focus(&app.model), Focus::List, "{size:?}");
    }
}

#[test]
fn a_search_ends_where_one_leaves_it_for_another_place() {
    for id in ["screen.usage", "screen.links", "company.open", "company.add_owner", "pane.next"] {
        let mut app = app(&Keymap::default(), WIDE, "/ a f1");
        app.press(":");
        app.type_in(id);
        app.press("enter");
        assert!(!app.model.list.searching, "{id}");
        app.press("esc esc");
        assert_eq!(focus(&app.model), Focus::List, "{id}");
    }
}

#[test]
fn a_count_that_is_typed_is_text() {
    let mut app = app(&Keymap::default(), WIDE, "space space u");
    app.answer(Answer::Preflight(allowed(&company("A", "Alpen"))));
    app.answer(Answer::Preflight(allowed(&company("B", "Brightwater"))));
    app.press("tab ?");
    assert!(matches!(app.model.overlays.last(), Some(Overlay::Bulk(bulk)) if bulk.line.text() == "?"));
}

/// Where one is: screen, pane, whole screen.
fn place(app: &AppDriver) -> (Screen, Pane, bool) {
    (app.model.screen, app.model.pane, app.model.full)
}

fn loaded(keys: &str) -> AppDriver {
    let mut app = app(&Keymap::default(), WIDE, keys);
    if app.model.screen == Screen::Recoveries {
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
        app.answer(Answer::Recoveries(vec![recovery]));
    }
    app
}

#[test]
fn esc_leads_back_to_where_enter_came_from() {
    for (from, open) in [("j", "enter"), ("tab", "enter"), ("3", "enter"), ("tab", "o"), ("j", "o")] {
        for tab in ["", "]", "] ]", "["] {
            let mut app = loaded(from);
            let before = place(&app);
            app.press(open);
            assert_eq!(place(&app), (Screen::Companies, Pane::Company, true), "{open} from {from}");
            if !tab.is_empty() {
                app.press(tab);
            }
            app.press("esc");
            assert_eq!(place(&app), before, "{open} {tab} esc from {from}");
        }
    }
}

#[test]
fn after_enter_and_esc_the_list_moves_and_marks_again() {
    let mut app = app(&Keymap::default(), WIDE, "enter ] esc j space");
    assert_eq!((app.selected().as_deref(), app.model.marks.len()), (Some("C"), 1), "{:?}", place(&app));
    assert_eq!(requests(&app.press("space")), []);
}

#[test]
fn who_goes_to_a_screen_by_name_comes_back_place_by_place() {
    let mut app = loaded("3");
    app.press("enter 4 esc");
    assert_eq!(place(&app), (Screen::Companies, Pane::Company, true), "the company stays open below");
    app.press("esc");
    assert_eq!(place(&app), (Screen::Recoveries, Pane::List, false));
    app.press("esc");
    assert_eq!(place(&app), (Screen::Companies, Pane::List, false));
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
            if matches!(focus(&app(&Keymap::default(), size, &layer).model), Focus::List | Focus::Found) {
                continue;
            }
            let (mut esc, mut cancel) = (app(&Keymap::default(), size, &layer), app(&Keymap::default(), size, &layer));
            assert_eq!(esc.press("esc"), cancel.press("ctrl-c"), "{layer} at {size:?}");
            assert!(esc.model == cancel.model, "{layer} at {size:?}");
        }
    }
}

#[test]
fn in_the_list_ctrl_c_quits() {
    for keys in ["j", "space space", "/ a enter", "s 2", "enter esc", "/ esc"] {
        assert!(quits(&app(&Keymap::default(), WIDE, keys).press("ctrl-c")), "{keys}");
    }
}

#[test]
fn ctrl_c_drops_no_text_without_a_question() {
    let mut with_note = AppDriver::at_setup();
    with_note.press("e");
    for (name, start) in [
        ("form", app(&Keymap::default(), WIDE, "n enter")),
        ("tags", app(&Keymap::default(), WIDE, "t")),
        ("note", with_note),
        ("link", app(&Keymap::default(), WIDE, "n 2")),
    ] {
        let mut app = start;
        app.type_in("Acme");
        let open = app.model.overlays.len();
        assert!(!quits(&app.press("ctrl-c")), "{name}");
        assert_eq!(app.model.overlays.len(), open, "{name}: it asks");
        app.type_in("!");
        assert!(!quits(&app.press("ctrl-c")), "{name}");
        assert_eq!(app.model.overlays.len(), open, "{name}: it asks again after more was typed");
        assert!(!quits(&app.press("ctrl-c")), "{name}: asked, it drops the text as Esc does, and no more");
        assert!(app.model.overlays.is_empty(), "{name}");
    }
}

/// A save that hangs must not lock anybody in.
#[test]
fn while_a_dialog_waits_for_its_answer_ctrl_c_asks_whether_to_leave() {
    let mut note = AppDriver::at_setup();
    note.press("e");
    note.type_in("Acme");
    note.press("enter");
    let mut tags = app(&Keymap::default(), WIDE, "t");
    tags.type_in("vip");
    tags.press("enter");
    let mut many = app(&Keymap::default(), WIDE, "space space t");
    many.type_in("vip");
    many.press("enter tab enter ctrl-c");
    for (name, mut app) in [("note", note), ("tags", tags), ("many", many)] {
        assert!(!quits(&app.press("ctrl-c")), "{name}");
        assert!(matches!(app.model.overlays.last(), Some(Overlay::Quit(dialog)) if !dialog.quit), "{name}");
        assert!(quits(&app.press("ctrl-c")), "{name}: asked twice, it goes");
    }
}

#[test]
fn ctrl_c_again_and_again_always_ends_the_program() {
    for place in places() {
        let mut app = app(&Keymap::default(), WIDE, &place);
        let presses = (0..6).take_while(|_| !quits(&app.press("ctrl-c"))).count();
        assert!(presses < 6, "{place}");
    }
}

#[test]
fn the_tab_in_front_stays_through_all_of_this() {
    let mut app = app(&Keymap::default(), WIDE, "enter ] esc");
    assert_eq!(app.model.tab, Tab::Setup);
    app.press("ctrl-c");
    assert_eq!(app.model.tab, Tab::Setup);
}
