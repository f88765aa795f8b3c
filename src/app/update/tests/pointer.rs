//! The mouse: what a click and the wheel do to what was drawn.

use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::fixture::*;
use crate::app::focus::{Focus, focus};
use crate::app::model::{Options, Pane, Tab};
use crate::app::msg::Msg;
use crate::app::overlay::Overlay;
use crate::app::pointer::{Area, Gesture, Target, Targets};
use crate::app::screen::Screen;
use crate::domain::company::{Attention, Company};

fn click(app: &mut AppDriver, target: Target) -> Vec<Effect> {
    app.send(Msg::Pointed { gesture: Gesture::Click, target })
}

#[test]
fn a_click_takes_a_row_and_another_opens_it() {
    let mut app = AppDriver::with(four());
    click(&mut app, Target::Company(2));
    assert_eq!((app.selected().as_deref(), focus(&app.model)), (Some("C"), Focus::List));
    click(&mut app, Target::Company(2));
    assert!(app.model.company_alone());
    click(&mut app, Target::Back);
    assert_eq!(focus(&app.model), Focus::List);
    click(&mut app, Target::Company(99));
    assert_eq!(app.selected().as_deref(), Some("C"), "there is no such row");
}

/// Also where a search is kept, and where the list shows what needs attention.
#[test]
fn a_second_click_opens_a_row_however_the_list_was_narrowed() {
    for keys in ["/ a enter", "w"] {
        let needing = |id, name| Company { attention: vec![Attention::SingleOwner], ..company(id, name) };
        let mut app = AppDriver::with(vec![needing("A", "Alpen"), needing("B", "Adria")]);
        app.press(keys);
        click(&mut app, Target::Company(1));
        assert!(!app.model.company_alone(), "{keys}: the first only takes it");
        let taken = app.selected();
        click(&mut app, Target::Company(1));
        assert!(app.model.company_alone(), "{keys}");
        assert_eq!(app.model.pinned.as_ref().map(|key| key.company.to_string()), taken, "{keys}");
    }
}

#[test]
fn panes_tabs_screens_and_hints_are_clicked() {
    let mut app = AppDriver::with(four());
    click(&mut app, Target::Tab(Tab::People));
    assert_eq!(focus(&app.model), Focus::Company(Tab::People));
    click(&mut app, Target::Pane(Pane::List));
    assert_eq!(focus(&app.model), Focus::List);
    click(&mut app, Target::Command(Command::Search));
    assert_eq!(focus(&app.model), Focus::Search);
    app.type_in("a");
    click(&mut app, Target::Company(0));
    assert_eq!((focus(&app.model), app.selected().as_deref()), (Focus::Found, Some("A")), "the search stays");
    click(&mut app, Target::Screen(Screen::Usage));
    assert_eq!(app.model.screen, Screen::Usage);
    click(&mut app, Target::Pane(Pane::Company));
    assert_eq!(app.model.screen, Screen::Usage, "a screen is one pane");
}

#[test]
fn the_wheel_moves_by_three_rows_of_what_is_below_it() {
    let mut app = AppDriver::with(four());
    let turn = |app: &mut AppDriver, gesture, target| drop(app.send(Msg::Pointed { gesture, target }));
    turn(&mut app, Gesture::WheelDown, Target::Company(1));
    assert_eq!(app.selected().as_deref(), Some("D"));
    turn(&mut app, Gesture::WheelUp, Target::Pane(Pane::List));
    assert_eq!(app.selected().as_deref(), Some("A"));
    app.press("s");
    turn(&mut app, Gesture::WheelDown, Target::Dialog);
    assert!(matches!(app.model.overlays.last(), Some(Overlay::Sort(menu)) if menu.0.cursor == 3));
}

#[test]
fn rows_of_menus_are_chosen_and_of_filters_ticked() {
    let mut app = AppDriver::with(four());
    app.press("s");
    click(&mut app, Target::Choice { cursor: 0, row: 1 });
    assert!(app.model.overlays.is_empty() && app.model.roster.query().sort.is_some());
    app.press("f");
    click(&mut app, Target::Choice { cursor: 0, row: 1 });
    assert_eq!((app.model.overlays.len(), app.model.roster.query().filter.states.len()), (1, 1), "it stays open");
}

#[test]
fn a_button_is_pressed_as_enter_on_it_is() {
    let mut app = AppDriver::at_setup();
    app.press("x enter esc q");
    click(&mut app, Target::Button(0));
    assert!(app.model.overlays.is_empty());
    app.press("q");
    assert!(click(&mut app, Target::Button(1)).contains(&Effect::Quit));
}

/// A click on the button alone unlinks nothing: the name was not typed.
#[test]
fn no_click_stands_for_a_name_that_is_to_be_typed() {
    let mut app = AppDriver::with(four());
    app.press("u");
    let out = click(&mut app, Target::Button(1));
    assert!(requests(&out).iter().all(|request| !request.writes()), "{out:?}");
}

#[test]
fn the_mouse_is_asked_for_and_given_back() {
    for mouse in [true, false] {
        let (_, effects) = crate::app::start(Options { mouse, ..AppDriver::options() }, noon(), WIDE);
        assert_eq!(effects.contains(&Effect::Mouse(true)), mouse);
    }
    let mut app = AppDriver::with(four());
    assert_eq!(app.press("alt-m"), [Effect::Mouse(true)]);
    assert_eq!(app.press("alt-m"), [Effect::Mouse(false)]);
}

#[test]
fn what_was_drawn_last_lies_above() {
    let mut targets = Targets::default();
    let area = |x, width| Area { x, y: 0, width, height: 2 };
    targets.add(area(0, 10), Target::Pane(Pane::List));
    targets.add(area(2, 3), Target::Dialog);
    let at = |x, y| targets.at(x, y);
    assert_eq!(
        [at(1, 1), at(2, 0), at(4, 0), at(5, 0)],
        [Some(Target::Pane(Pane::List)), Some(Target::Dialog), Some(Target::Dialog), Some(Target::Pane(Pane::List))]
    );
    assert_eq!([at(10, 0), at(0, 2)], [None, None]);
}
