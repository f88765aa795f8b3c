//! Menus whose choices take effect at once: Space chooses and stays, Enter accepts and closes. No Enter takes back what
//! Space did.

use crate::app::fixture::*;
use crate::app::model::Model;
use crate::app::overlay::Overlay;
use crate::domain::request::{Answer, Request};

/// What the menu decides, to be compared.
type Decided = fn(&Model) -> String;

fn filter(model: &Model) -> String {
    format!("{:?}", model.roster.query().filter)
}

fn sort(model: &Model) -> String {
    format!("{:?}", model.roster.query().sort)
}

fn usage(model: &Model) -> String {
    format!("{:?} {:?}", model.usage.sort, model.usage.period)
}

fn trail(model: &Model) -> String {
    format!("{:?}", model.activity.feed.narrow)
}

/// Where each menu is opened, and what it decides.
const MENUS: [(&str, &str, Decided); 6] =
    [("1", "f", filter), ("1", "s", sort), ("1", "A", filter), ("4", "p", usage), ("4", "s", usage), ("5", "f", trail)];

fn at(screen: &str, menu: &str) -> AppDriver {
    let mut app = AppDriver::two();
    app.load("default", &ALL_PERMISSIONS, four());
    app.load("north", &ALL_PERMISSIONS, vec![company("N", "Nord")]);
    app.press(screen);
    app.press(menu);
    assert_eq!(app.model.overlays.len(), 1, "{menu} on {screen}");
    app
}

#[test]
fn enter_accepts_what_space_chose() {
    for (screen, menu, decided) in MENUS {
        let mut app = at(screen, menu);
        let before = decided(&app.model);
        app.press("j j space");
        let chosen = decided(&app.model);
        assert_ne!(chosen, before, "{menu} on {screen}: Space chooses");
        assert_eq!(app.model.overlays.len(), 1, "{menu} on {screen}: and stays");
        let mut elsewhere = app.clone();
        app.press("enter");
        assert_eq!((decided(&app.model), app.model.overlays.len()), (chosen.clone(), 0), "{menu} on {screen}");
        elsewhere.press("k enter");
        let left = (decided(&elsewhere.model), elsewhere.model.overlays.len());
        assert_eq!(left, (chosen, 0), "{menu} on {screen}: also from another row");
    }
}

#[test]
fn enter_alone_chooses_the_row_under_the_cursor() {
    for (screen, menu, decided) in MENUS {
        let (mut enter, mut space) = (at(screen, menu), at(screen, menu));
        enter.press("j j enter");
        space.press("j j space esc");
        assert_eq!(decided(&enter.model), decided(&space.model), "{menu} on {screen}");
        assert!(enter.model.overlays.is_empty(), "{menu} on {screen}");
    }
}

/// What was ticked in an earlier visit is not unticked by looking at it.
#[test]
fn enter_takes_nothing_back() {
    // On the order in force Enter turns it round, and the menu says so.
    for (screen, menu, decided) in MENUS.into_iter().filter(|(_, menu, _)| *menu != "s") {
        // A menu of one choice opens on the row that is in force.
        let there = if menu == "f" { "j j enter" } else { "enter" };
        let mut app = at(screen, menu);
        app.press("j j space esc");
        let chosen = decided(&app.model);
        app.press(menu);
        app.press(there);
        assert_eq!((decided(&app.model), app.model.overlays.len()), (chosen, 0), "{menu} on {screen}");
    }
}

#[test]
fn a_tick_that_was_taken_back_stays_back() {
    for (screen, menu, decided) in [("1", "f", filter as Decided), ("5", "f", trail)] {
        let mut app = at(screen, menu);
        let before = decided(&app.model);
        app.press("j j space space enter");
        assert_eq!((decided(&app.model), app.model.overlays.len()), (before, 0), "{menu} on {screen}");
    }
}

#[test]
fn a_name_that_was_typed_is_a_choice() {
    let mut app = at("5", "f");
    app.press("k");
    app.type_in("tomma");
    app.press("down down enter");
    let narrow = &app.model.activity.feed.narrow;
    assert_eq!((narrow.actor.as_deref(), narrow.action.is_none()), (Some("tomma"), true));
}

/// The account in which a link is accepted is a choice that writes.
#[test]
fn space_chooses_no_account_to_write_to() {
    let mut app = AppDriver::two();
    for name in ["default", "north"] {
        app.reply_in(name, crate::app::msg::Reply::Connected(Ok(None)));
        app.reply_in(name, crate::app::msg::Reply::Api(Ok(Answer::Session(Box::new(session(&ALL_PERMISSIONS))))));
        app.reply_in(name, crate::app::msg::Reply::Api(Ok(page(Vec::new()))));
        app.no_links();
    }
    app.press("n 2");
    app.send(crate::app::msg::Msg::Paste(
        "https://northwind.1password.eu/link/abcdefghijklmnopqrstuvwxyz012345".into(),
    ));
    app.press("enter");
    assert!(matches!(app.model.overlays.last(), Some(Overlay::Accounts(_))), "{:?}", app.model.overlays);
    assert_eq!(requests(&app.press("j space")), []);
    let out = requests(&app.press("enter"));
    assert!(matches!(&out[..], [Request::AcceptLink(_)]), "{out:?}");
}

#[test]
fn an_enter_right_behind_the_number_confirms_it_and_opens_nothing() {
    let mut app = AppDriver::with(four());
    app.press("s 2 enter");
    assert_eq!((sort(&app.model).as_str() == "None", app.model.full), (false, false));
    app.press("enter");
    assert!(app.model.full, "the next one is meant");
    app.press("esc s 2");
    app.pass(300);
    app.press("enter");
    assert!(app.model.full, "and so is a late one");
    app.press("esc s 2 j enter");
    assert!(app.model.full, "or one behind another key");
}
