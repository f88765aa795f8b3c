//! Places: where Esc leads to, back and forward, the next company, and the pane that can be hidden.

use crate::app::command::{Command, DisabledReason};
use crate::app::effect::Effect;
use crate::app::fixture::*;
use crate::app::focus::{Focus, focus};
use crate::app::model::{Pane, Tab};
use crate::app::msg::Msg;
use crate::app::screen::Screen;
use crate::domain::people::PersonState;
use crate::domain::recovery::Recovery;
use crate::domain::request::{Answer, Request};

/// The screen, the company that is open, and its tab.
fn place(desk: &Desk) -> (Screen, Option<String>, Tab) {
    let open = desk.model.screen == Screen::Companies && desk.model.pane == Pane::Company;
    (desk.model.screen, desk.selected().filter(|_| open), desk.model.tab)
}

/// On the screen of recoveries, with one of company B.
fn at_recoveries() -> Desk {
    let mut desk = Desk::with(four());
    desk.press("3");
    let recovery = Recovery {
        company: crate::domain::id::CompanyId::new("B"),
        company_name: "B".into(),
        user: crate::domain::id::UserId::new("U"),
        display_name: "Uma".into(),
        email: "uma@b.example".into(),
        stage: PersonState::RecoveryStarted,
        begin_time: None,
        begun_by: None,
        recoverers: 1,
        etag: None,
    };
    desk.answer(Answer::Recoveries(vec![recovery]));
    desk
}

#[test]
fn esc_goes_back_place_by_place() {
    let mut desk = at_recoveries();
    desk.press("enter");
    let company = place(&desk);
    assert_eq!(company, (Screen::Companies, Some("B".into()), Tab::People));
    desk.press("2");
    assert_eq!(place(&desk).0, Screen::Links);
    desk.press("esc");
    assert_eq!(place(&desk), company);
    desk.press("esc");
    assert_eq!(place(&desk).0, Screen::Recoveries);
    desk.press("esc");
    assert_eq!(focus(&desk.model), Focus::List);
    desk.press("esc");
    assert_eq!(focus(&desk.model), Focus::List, "there it ends");
}

#[test]
fn screens_stand_beside_each_other() {
    let mut desk = Desk::with(four());
    desk.press("2 4 5 2 esc");
    assert_eq!(focus(&desk.model), Focus::List, "Esc does not go through all of them again");
    desk.press("enter 2 4 esc");
    assert_eq!(place(&desk).1.as_deref(), Some("A"), "but to the company before them");
}

#[test]
fn one_key_goes_home_from_everywhere() {
    for keys in ["2", "enter", "tab", "enter ] ]", "enter 4", "tab enter 5"] {
        let mut desk = Desk::with(four());
        desk.press(keys);
        let before = place(&desk);
        desk.press("1");
        assert_eq!((focus(&desk.model), desk.model.full), (Focus::List, false), "{keys}");
        desk.press("ctrl-o");
        assert_eq!(place(&desk), before, "{keys}: and back");
    }
}

#[test]
fn one_goes_back_and_forward_in_the_order_of_what_was_seen() {
    let mut desk = Desk::with(four());
    assert_eq!(Command::PreviousPlace.ready(&desk.model), Err(DisabledReason::NoPlace));
    desk.press("enter esc j enter ] 4 5");
    let walked = |desk: &mut Desk, key: &str| {
        desk.press(key);
        place(desk)
    };
    let b = || (Screen::Companies, Some("B".to_owned()), Tab::Setup);
    assert_eq!(walked(&mut desk, "ctrl-o").0, Screen::Usage);
    assert_eq!(walked(&mut desk, "ctrl-o"), b());
    assert_eq!(walked(&mut desk, "ctrl-o").1, None);
    assert_eq!(Command::PreviousPlace.ready(&desk.model), Err(DisabledReason::NoPlace));
    assert_eq!(walked(&mut desk, "alt-o"), b());
    assert_eq!(walked(&mut desk, "alt-o").0, Screen::Usage);
    assert_eq!(walked(&mut desk, "alt-o").0, Screen::Activity);
    assert_eq!(Command::NextPlace.ready(&desk.model), Err(DisabledReason::NoPlace));
    desk.press("ctrl-o 3");
    assert_eq!(Command::NextPlace.ready(&desk.model), Err(DisabledReason::NoPlace), "another way was taken");
}

#[test]
fn back_in_a_company_one_finds_what_one_left() {
    let mut desk = Desk::at_setup();
    desk.press("j");
    let row = desk.model.step_row();
    desk.press("4 esc");
    assert_eq!((place(&desk), desk.model.step_row()), ((Screen::Companies, Some("A".into()), Tab::Setup), row));
}

#[test]
fn a_company_gives_way_to_its_neighbour_in_the_same_tab() {
    let mut desk = Desk::with(four());
    desk.press("enter ]");
    desk.answer(Answer::Setup(checklist()));
    desk.press("j J");
    assert_eq!((place(&desk), desk.model.rows.setup), ((Screen::Companies, Some("B".into()), Tab::Setup), None));
    let asked = |out: &[Effect]| requests(out).iter().any(|request| matches!(request, Request::GetSetup(_)));
    let passed = desk.press("J");
    assert!(!asked(&passed), "one that is only passed by is not asked for");
    assert!(asked(&desk.pass(200)));
    desk.press("J J J");
    assert_eq!(place(&desk).1.as_deref(), Some("D"), "the last one stays");
    desk.press("K esc");
    assert_eq!((focus(&desk.model), desk.selected().as_deref()), (Focus::List, Some("C")), "the list goes on there");
    assert_eq!(Command::NextCompany.ready(&desk.model), Err(DisabledReason::OnlyInCompany));
}

/// From a screen it leads on through the list, and Esc back to the screen.
#[test]
fn the_way_back_of_a_company_is_that_of_its_neighbour() {
    let mut desk = at_recoveries();
    desk.press("enter J");
    assert_eq!(place(&desk).1.as_deref(), Some("C"));
    desk.press("esc");
    assert_eq!(desk.model.screen, Screen::Recoveries);
}

#[test]
fn a_neighbour_is_one_that_the_list_shows() {
    let mut desk = Desk::with(four());
    desk.press("enter");
    desk.answer_changes_without("A");
    desk.press("J");
    assert_eq!(place(&desk).1.as_deref(), Some("B"), "what stands at the place of the one that has gone");
}

#[test]
fn the_pane_is_hidden_and_comes_back() {
    let mut desk = Desk::with(four());
    desk.press("tab z");
    assert_eq!((desk.model.wide(), focus(&desk.model)), (false, Focus::List));
    desk.press("tab");
    assert!(desk.model.company_alone(), "Tab shows it alone, as in a narrow window");
    desk.press("esc z");
    assert!(desk.model.wide());
    desk.send(Msg::Resize(NARROW));
    assert_eq!(Command::TogglePane.ready(&desk.model), Err(DisabledReason::Narrow(110)));
}

#[test]
fn in_a_company_the_key_that_quits_leads_out_of_it() {
    for (keys, size) in [("enter", WIDE), ("enter ]", NARROW), ("tab", WIDE)] {
        let mut desk = Desk::with(four());
        desk.send(Msg::Resize(size));
        desk.press(keys);
        assert!(!desk.press("q").contains(&Effect::Quit), "{keys}");
        assert_eq!(focus(&desk.model), Focus::List, "{keys}");
        assert!(desk.press("q").contains(&Effect::Quit), "{keys}");
    }
    let mut desk = Desk::with(four());
    desk.press("2");
    assert!(desk.press("q").contains(&Effect::Quit), "a screen is no company");
    let mut desk = Desk::with(four());
    desk.press("enter :");
    desk.type_in("app.quit");
    assert!(desk.press("enter").contains(&Effect::Quit), "by name it quits from everywhere");
}
