//! Panes, tabs, and the way back.

use crate::app::fixture::*;
use crate::app::model::{Pane, Tab};
use crate::app::msg::{Msg, Size};
use crate::app::overlay::Overlay;
use crate::domain::request::Request;

/// Where one is: list, side pane, or the company alone.
fn place(desk: &Desk) -> &'static str {
    match (desk.model.pane, desk.model.full) {
        (Pane::List, false) => "list",
        (Pane::Company, false) => "side",
        (Pane::Company, true) => "full",
        (Pane::List, true) => "a list that is full",
    }
}

fn desk(size: Size) -> Desk {
    let mut desk = Desk::with(four());
    desk.send(Msg::Resize(size));
    desk
}

#[test]
fn keys_lead_from_pane_to_pane_and_back() {
    for (keys, wide, narrow) in [
        ("enter", "full", "full"),
        ("tab", "side", "side"),
        ("backtab", "side", "side"),
        ("tab tab", "list", "list"),
        ("enter tab", "list", "list"),
        // Where the company is alone already, Enter is for its card.
        ("tab enter", "full", "side"),
        ("tab esc", "list", "list"),
        ("enter esc", "list", "list"),
        ("tab enter esc", "side", "list"),
        ("tab enter esc esc", "list", "list"),
        ("esc", "list", "list"),
        ("enter /", "list", "list"),
        ("/ a l enter enter", "full", "full"),
        ("/ tab", "side", "side"),
    ] {
        for (size, wanted) in [(WIDE, wide), (NARROW, narrow)] {
            let mut desk = desk(size);
            desk.press(keys);
            assert_eq!(place(&desk), wanted, "{keys} at {size:?}");
        }
    }
}

#[test]
fn an_empty_list_has_no_company_to_go_to() {
    let mut desk = Desk::with(Vec::new());
    desk.press("enter tab ]");
    assert_eq!((place(&desk), desk.model.tab), ("list", Tab::Overview));
}

#[test]
fn tabs_turn_round() {
    for (keys, tab) in [
        ("]", Tab::Setup),
        ("] ]", Tab::People),
        ("] ] ] ] ] ]", Tab::Overview),
        ("[", Tab::Activity),
        ("right left", Tab::Overview),
    ] {
        let mut desk = desk(WIDE);
        desk.press(keys);
        assert_eq!(desk.model.tab, tab, "{keys}");
    }
}

#[test]
fn an_open_company_stays_whatever_the_list_does() {
    for (changed, removed) in [
        (vec![company("0", "Aachen")], Vec::new()),
        (vec![newer(company("A", "Zeta"))], Vec::new()),
        (Vec::new(), vec!["B", "C", "D"]),
    ] {
        let mut desk = desk(WIDE);
        desk.press("enter r");
        desk.answer(changes(changed, &removed));
        assert_eq!(desk.selected().as_deref(), Some("A"));
        desk.press("esc esc");
        assert_eq!(desk.selected().as_deref(), Some("A"), "and the list goes on from it");
    }
}

#[test]
fn an_open_company_that_vanished_is_not_replaced() {
    let mut desk = desk(WIDE);
    desk.press("j enter r");
    desk.answer(changes(Vec::new(), &["B"]));
    assert_eq!((desk.selected(), place(&desk)), (None, "full"));
    assert_eq!(requests(&desk.press("l u")), []);
    desk.press("tab");
    assert_eq!(place(&desk), "list", "Tab leads out as always");
    desk.press("j");
    assert_eq!(desk.selected().as_deref(), Some("C"));
}

#[test]
fn a_filter_that_hides_the_open_company_leaves_it_open() {
    let mut desk = desk(WIDE);
    desk.press("tab f j space esc");
    assert_eq!((desk.shown().as_str(), desk.selected().as_deref()), ("", Some("A")));
    desk.press("esc");
    assert_eq!(desk.selected(), None, "in the list it is not to be seen");
}

#[test]
fn the_cursor_of_a_tab_stays_in_its_rows() {
    let mut desk = Desk::at_setup();
    for (keys, row) in [("j j j j j j j", 4), ("g", 0), ("k", 0), ("G", 4), ("pgup", 0), ("pgdn", 4)] {
        desk.press(keys);
        assert_eq!(desk.model.step_row(), row, "{keys}");
    }
    desk.press("[ G j j");
    assert_eq!(desk.model.rows.overview, crate::app::features::overview::Card::ALL.len() - 1);
}

#[test]
fn the_checklist_begins_at_the_next_step_to_do() {
    let desk = Desk::at_setup();
    assert_eq!(desk.model.step_row(), 1);
    let mut desk = Desk::with(four());
    desk.press("j enter ]");
    assert_eq!(desk.model.step_row(), 0, "also while nothing has come");
}

#[test]
fn another_company_begins_at_its_own_first_rows() {
    let mut desk = Desk::at_setup();
    desk.press("G esc esc j tab");
    assert_eq!(desk.model.rows, crate::app::model::TabRows::default());
    assert!(matches!(requests(&desk.pass(0)).as_slice(), [] | [Request::GetSetup(_)]));
}

/// A position behind the end would swallow as many keys on the way back.
#[test]
fn the_cursor_of_the_help_goes_no_further_than_its_end() {
    use crate::app::overlay::Overlay;
    let at = |desk: &Desk| match desk.model.overlays.last() {
        Some(Overlay::Help(help)) => (help.cursor, help.rows.len() - 1),
        _ => panic!("no help"),
    };
    let mut desk = desk(NARROW);
    desk.press("? G");
    let (end, last) = at(&desk);
    assert_eq!(end, last);
    desk.press("j j k");
    assert_eq!(at(&desk).0, end - 1);
    desk.press("g");
    assert_eq!(at(&desk).0, 0);
}

#[test]
fn copying_takes_what_the_cursor_is_on() {
    use crate::app::effect::Effect;
    assert!(matches!(&desk(WIDE).press("enter j y y")[..], [.., Effect::CopyShown { .. }]), "a card, as it is shown");
    for (keys, text) in [
        ("y y", "Alpen"),
        ("y n", "Alpen"),
        ("y j enter", "Alpen"),
        ("y u", "https://a.1password.eu"),
        ("y i", "A"),
        ("enter ] y y", "Alpen"),
        ("Y", "A"),
        ("] enter y y", "Alpen"),
    ] {
        let mut desk = desk(WIDE);
        let out = desk.press(keys);
        let copied = out.iter().find_map(|effect| match effect {
            Effect::Copy { text, .. } => Some(text.reveal()),
            _ => None,
        });
        assert_eq!(copied, Some(text), "{keys}");
    }
}

#[test]
fn help_is_one_key_away_in_every_state() {
    for (before, key) in [("j", "?"), ("s", "?"), ("f", "?"), ("/", "f1"), (":", "f1"), ("enter", "?")] {
        let mut desk = Desk::with(four());
        desk.press(before);
        desk.press(key);
        assert!(matches!(desk.model.overlays.last(), Some(Overlay::Help { .. })), "{key} after {before:?}");
        let below = desk.model.overlays.len() - 1;
        desk.press("esc");
        assert_eq!(desk.model.overlays.len(), below, "Esc leads back to where one was");
    }
}

#[test]
fn a_question_mark_in_a_search_is_text() {
    let mut desk = Desk::with(four());
    desk.press("/");
    desk.press("?");
    assert!(desk.model.overlays.is_empty());
    assert_eq!(desk.model.list.line.text(), "?");
}
