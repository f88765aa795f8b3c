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

fn click(desk: &mut Desk, target: Target) -> Vec<Effect> {
    desk.send(Msg::Pointed { gesture: Gesture::Click, target })
}

#[test]
fn a_click_takes_a_row_and_another_opens_it() {
    let mut desk = Desk::with(four());
    click(&mut desk, Target::Company(2));
    assert_eq!((desk.selected().as_deref(), focus(&desk.model)), (Some("C"), Focus::List));
    click(&mut desk, Target::Company(2));
    assert!(desk.model.company_alone());
    click(&mut desk, Target::Back);
    assert_eq!(focus(&desk.model), Focus::List);
    click(&mut desk, Target::Company(99));
    assert_eq!(desk.selected().as_deref(), Some("C"), "there is no such row");
}

/// Also where a search is kept, and where the list shows what needs attention.
#[test]
fn a_second_click_opens_a_row_however_the_list_was_narrowed() {
    for keys in ["/ a enter", "w"] {
        let needing = |id, name| Company { attention: vec![Attention::SingleOwner], ..company(id, name) };
        let mut desk = Desk::with(vec![needing("A", "Alpen"), needing("B", "Adria")]);
        desk.press(keys);
        click(&mut desk, Target::Company(1));
        assert!(!desk.model.company_alone(), "{keys}: the first only takes it");
        let taken = desk.selected();
        click(&mut desk, Target::Company(1));
        assert!(desk.model.company_alone(), "{keys}");
        assert_eq!(desk.model.pinned.as_ref().map(|key| key.company.to_string()), taken, "{keys}");
    }
}

#[test]
fn panes_tabs_screens_and_hints_are_clicked() {
    let mut desk = Desk::with(four());
    click(&mut desk, Target::Tab(Tab::People));
    assert_eq!(focus(&desk.model), Focus::Company(Tab::People));
    click(&mut desk, Target::Pane(Pane::List));
    assert_eq!(focus(&desk.model), Focus::List);
    click(&mut desk, Target::Command(Command::Search));
    assert_eq!(focus(&desk.model), Focus::Search);
    desk.type_in("a");
    click(&mut desk, Target::Company(0));
    assert_eq!((focus(&desk.model), desk.selected().as_deref()), (Focus::Found, Some("A")), "the search stays");
    click(&mut desk, Target::Screen(Screen::Usage));
    assert_eq!(desk.model.screen, Screen::Usage);
    click(&mut desk, Target::Pane(Pane::Company));
    assert_eq!(desk.model.screen, Screen::Usage, "a screen is one pane");
}

#[test]
fn the_wheel_moves_by_three_rows_of_what_is_below_it() {
    let mut desk = Desk::with(four());
    let turn = |desk: &mut Desk, gesture, target| drop(desk.send(Msg::Pointed { gesture, target }));
    turn(&mut desk, Gesture::WheelDown, Target::Company(1));
    assert_eq!(desk.selected().as_deref(), Some("D"));
    turn(&mut desk, Gesture::WheelUp, Target::Pane(Pane::List));
    assert_eq!(desk.selected().as_deref(), Some("A"));
    desk.press("s");
    turn(&mut desk, Gesture::WheelDown, Target::Dialog);
    assert!(matches!(desk.model.overlays.last(), Some(Overlay::Sort(menu)) if menu.0.cursor == 3));
}

#[test]
fn rows_of_menus_are_chosen_and_of_filters_ticked() {
    let mut desk = Desk::with(four());
    desk.press("s");
    click(&mut desk, Target::Choice { cursor: 0, row: 1 });
    assert!(desk.model.overlays.is_empty() && desk.model.roster.query().sort.is_some());
    desk.press("f");
    click(&mut desk, Target::Choice { cursor: 0, row: 1 });
    assert_eq!((desk.model.overlays.len(), desk.model.roster.query().filter.states.len()), (1, 1), "it stays open");
}

#[test]
fn a_button_is_pressed_as_enter_on_it_is() {
    let mut desk = Desk::at_setup();
    desk.press("x enter esc q");
    click(&mut desk, Target::Button(0));
    assert!(desk.model.overlays.is_empty());
    desk.press("q");
    assert!(click(&mut desk, Target::Button(1)).contains(&Effect::Quit));
}

/// A click on the button alone unlinks nothing: the name was not typed.
#[test]
fn no_click_stands_for_a_name_that_is_to_be_typed() {
    let mut desk = Desk::with(four());
    desk.press("u");
    let out = click(&mut desk, Target::Button(1));
    assert!(requests(&out).iter().all(|request| !request.writes()), "{out:?}");
}

#[test]
fn the_mouse_is_asked_for_and_given_back() {
    for mouse in [true, false] {
        let (_, effects) = crate::app::start(Options { mouse, ..Desk::options() }, noon(), WIDE);
        assert_eq!(effects.contains(&Effect::Mouse(true)), mouse);
    }
    let mut desk = Desk::with(four());
    assert_eq!(desk.press("alt-m"), [Effect::Mouse(true)]);
    assert_eq!(desk.press("alt-m"), [Effect::Mouse(false)]);
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
