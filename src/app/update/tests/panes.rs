//! Panes, tabs, and the way back.

use crate::app::fixture::*;
use crate::app::model::{Pane, Tab};
use crate::app::msg::{Msg, Size};
use crate::app::overlay::Overlay;
use crate::domain::request::Request;

/// Where one is: list, side pane, or the company alone.
fn place(app: &AppDriver) -> &'static str {
    match (app.model.pane, app.model.full) {
        (Pane::List, false) => "list",
        (Pane::Company, false) => "side",
        (Pane::Company, true) => "full",
        (Pane::List, true) => "a list that is full",
    }
}

fn app(size: Size) -> AppDriver {
    let mut app = AppDriver::with(four());
    app.send(Msg::Resize(size));
    app
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
            let mut app = app(size);
            app.press(keys);
            assert_eq!(place(&app), wanted, "{keys} at {size:?}");
        }
    }
}

#[test]
fn an_empty_list_has_no_company_to_go_to() {
    let mut app = AppDriver::with(Vec::new());
    app.press("enter tab ]");
    assert_eq!((place(&app), app.model.tab), ("list", Tab::Overview));
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
        let mut app = app(WIDE);
        app.press(keys);
        assert_eq!(app.model.tab, tab, "{keys}");
    }
}

#[test]
fn an_open_company_stays_whatever_the_list_does() {
    for (changed, removed) in [
        (vec![company("0", "Aachen")], Vec::new()),
        (vec![newer(company("A", "Zeta"))], Vec::new()),
        (Vec::new(), vec!["B", "C", "D"]),
    ] {
        let mut app = app(WIDE);
        app.press("enter r");
        app.answer(changes(changed, &removed));
        assert_eq!(app.selected().as_deref(), Some("A"));
        app.press("esc esc");
        assert_eq!(app.selected().as_deref(), Some("A"), "and the list goes on from it");
    }
}

#[test]
fn an_open_company_that_vanished_is_not_replaced() {
    let mut app = app(WIDE);
    app.press("j enter r");
    app.answer(changes(Vec::new(), &["B"]));
    assert_eq!((app.selected(), place(&app)), (None, "full"));
    assert_eq!(requests(&app.press("l u")), []);
    app.press("tab");
    assert_eq!(place(&app), "list", "Tab leads out as always");
    app.press("j");
    assert_eq!(app.selected().as_deref(), Some("C"));
}

#[test]
fn a_filter_that_hides_the_open_company_leaves_it_open() {
    let mut app = app(WIDE);
    app.press("tab f j space esc");
    assert_eq!((app.shown().as_str(), app.selected().as_deref()), ("", Some("A")));
    app.press("esc");
    assert_eq!(app.selected(), None, "in the list it is not to be seen");
}

#[test]
fn the_cursor_of_a_tab_stays_in_its_rows() {
    let mut app = AppDriver::at_setup();
    for (keys, row) in [("j j j j j j j", 4), ("g", 0), ("k", 0), ("G", 4), ("pgup", 0), ("pgdn", 4)] {
        app.press(keys);
        assert_eq!(app.model.step_row(), row, "{keys}");
    }
    app.press("[ G j j");
    assert_eq!(app.model.rows.overview, crate::app::features::overview::cards(&app.model).count() - 1);
}

#[test]
fn the_checklist_begins_at_the_next_step_to_do() {
    let app = AppDriver::at_setup();
    assert_eq!(app.model.step_row(), 1);
    let mut app = AppDriver::with(four());
    app.press("j enter ]");
    assert_eq!(app.model.step_row(), 0, "also while nothing has come");
}

#[test]
fn another_company_begins_at_its_own_first_rows() {
    let mut app = AppDriver::at_setup();
    app.press("G esc esc j tab");
    assert_eq!(app.model.rows, crate::app::model::TabRows::default());
    assert!(matches!(requests(&app.pass(0)).as_slice(), [] | [Request::GetSetup(_)]));
}

/// A position behind the end would swallow as many keys on the way back.
#[test]
fn the_cursor_of_the_help_goes_no_further_than_its_end() {
    use crate::app::overlay::Overlay;
    let at = |app: &AppDriver| match app.model.overlays.last() {
        Some(Overlay::Help(help)) => (help.cursor, help.rows.len() - 1),
        _ => panic!("no help"),
    };
    let mut app = app(NARROW);
    app.press("? G");
    let (end, last) = at(&app);
    assert_eq!(end, last);
    app.press("j j k");
    assert_eq!(at(&app).0, end - 1);
    app.press("g");
    assert_eq!(at(&app).0, 0);
}

#[test]
fn copying_takes_what_the_cursor_is_on() {
    use crate::app::effect::Effect;
    assert!(matches!(&app(WIDE).press("enter j y y")[..], [.., Effect::CopyShown { .. }]), "a card, as it is shown");
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
        let mut app = app(WIDE);
        let out = app.press(keys);
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
        let mut app = AppDriver::with(four());
        app.press(before);
        app.press(key);
        assert!(matches!(app.model.overlays.last(), Some(Overlay::Help { .. })), "{key} after {before:?}");
        let below = app.model.overlays.len() - 1;
        app.press("esc");
        assert_eq!(app.model.overlays.len(), below, "Esc leads back to where one was");
    }
}

#[test]
fn a_question_mark_in_a_search_is_text() {
    let mut app = AppDriver::with(four());
    app.press("/");
    app.press("?");
    assert!(app.model.overlays.is_empty());
    assert_eq!(app.model.list.line.text(), "?");
}
