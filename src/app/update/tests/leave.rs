//! Leaving.

use crate::app::effect::Effect;
use crate::app::fixture::*;
use crate::app::msg::Msg;
use crate::app::overlay::Overlay;

fn quits(effects: &[Effect]) -> bool {
    effects.contains(&Effect::Quit)
}

#[test]
fn it_ends_at_once_when_nothing_is_being_saved() {
    for keys in ["q", "ctrl-c", "enter q q", "/ ctrl-c ctrl-c", "? ctrl-c ctrl-c", "r q", "u ctrl-c ctrl-c", "l q"] {
        let mut app = AppDriver::with(four());
        assert!(quits(&app.press(keys)), "{keys}");
    }
}

#[test]
fn while_something_is_being_saved_it_asks() {
    for key in ["q", "ctrl-c"] {
        let mut app = AppDriver::at_setup();
        app.press("x enter esc");
        assert!(!quits(&app.press(key)), "{key}");
        assert!(matches!(app.model.overlays.last(), Some(Overlay::Quit(dialog)) if !dialog.quit));
        assert!(!quits(&app.press("enter")), "the focus is on staying");
        assert!(app.model.overlays.is_empty());
    }
}

#[test]
fn asked_twice_it_goes() {
    let mut app = AppDriver::at_setup();
    app.press("x enter esc");
    assert!(quits(&app.press("ctrl-c ctrl-c")));
}

#[test]
fn the_question_can_be_answered_by_keys() {
    for (keys, goes) in [("tab enter", true), ("right left enter", false), ("l enter", true), ("esc", false)] {
        let mut app = AppDriver::at_setup();
        app.press("x enter esc q");
        assert_eq!(quits(&app.press(keys)), goes, "{keys}");
    }
}

#[test]
fn a_signal_is_not_asked_back() {
    let mut app = AppDriver::at_setup();
    app.press("x enter");
    assert!(quits(&app.send(Msg::Stop)));
}

#[test]
fn suspending_works_in_every_state() {
    for keys in ["j", "/ a", "? j", ": a", "u", "enter ]"] {
        let mut app = AppDriver::with(four());
        app.press(keys);
        assert_eq!(app.press("ctrl-z"), [Effect::Suspend], "{keys}");
    }
}
