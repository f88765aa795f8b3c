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
fn place(app: &AppDriver) -> (Screen, Option<String>, Tab) {
    let open = app.model.screen == Screen::Companies && app.model.pane == Pane::Company;
    (app.model.screen, app.selected().filter(|_| open), app.model.tab)
}

/// On the screen of recoveries, with one of company B.
fn at_recoveries() -> AppDriver {
    let mut app = AppDriver::with(four());
    app.press("3");
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
    app.answer(Answer::Recoveries(vec![recovery]));
    app
}

#[test]
fn esc_goes_back_place_by_place() {
    let mut app = at_recoveries();
    app.press("enter");
    let company = place(&app);
    assert_eq!(company, (Screen::Companies, Some("B".into()), Tab::People));
    app.press("2");
    assert_eq!(place(&app).0, Screen::Links);
    app.press("esc");
    assert_eq!(place(&app), company);
    app.press("esc");
    assert_eq!(place(&app).0, Screen::Recoveries);
    app.press("esc");
    assert_eq!(focus(&app.model), Focus::List);
    app.press("esc");
    assert_eq!(focus(&app.model), Focus::List, "there it ends");
}

#[test]
fn screens_stand_beside_each_other() {
    let mut app = AppDriver::with(four());
    app.press("2 4 5 2 esc");
    assert_eq!(focus(&app.model), Focus::List, "Esc does not go through all of them again");
    app.press("enter 2 4 esc");
    assert_eq!(place(&app).1.as_deref(), Some("A"), "but to the company before them");
}

#[test]
fn one_key_goes_home_from_everywhere() {
    for keys in ["2", "enter", "tab", "enter ] ]", "enter 4", "tab enter 5"] {
        let mut app = AppDriver::with(four());
        app.press(keys);
        let before = place(&app);
        app.press("1");
        assert_eq!((focus(&app.model), app.model.full), (Focus::List, false), "{keys}");
        app.press("ctrl-o");
        assert_eq!(place(&app), before, "{keys}: and back");
    }
}

#[test]
fn one_goes_back_and_forward_in_the_order_of_what_was_seen() {
    let mut app = AppDriver::with(four());
    assert_eq!(Command::PreviousPlace.ready(&app.model), Err(DisabledReason::NoPlace));
    app.press("enter esc j enter ] 4 5");
    let walked = |app: &mut AppDriver, key: &str| {
        app.press(key);
        place(app)
    };
    let b = || (Screen::Companies, Some("B".to_owned()), Tab::Setup);
    assert_eq!(walked(&mut app, "ctrl-o").0, Screen::Usage);
    assert_eq!(walked(&mut app, "ctrl-o"), b());
    assert_eq!(walked(&mut app, "ctrl-o").1, None);
    assert_eq!(Command::PreviousPlace.ready(&app.model), Err(DisabledReason::NoPlace));
    assert_eq!(walked(&mut app, "alt-o"), b());
    assert_eq!(walked(&mut app, "alt-o").0, Screen::Usage);
    assert_eq!(walked(&mut app, "alt-o").0, Screen::Activity);
    assert_eq!(Command::NextPlace.ready(&app.model), Err(DisabledReason::NoPlace));
    app.press("ctrl-o 3");
    assert_eq!(Command::NextPlace.ready(&app.model), Err(DisabledReason::NoPlace), "another way was taken");
}

#[test]
fn back_in_a_company_one_finds_what_one_left() {
    let mut app = AppDriver::at_setup();
    app.press("j");
    let row = app.model.step_row();
    app.press("4 esc");
    assert_eq!((place(&app), app.model.step_row()), ((Screen::Companies, Some("A".into()), Tab::Setup), row));
}

#[test]
fn a_company_gives_way_to_its_neighbour_in_the_same_tab() {
    let mut app = AppDriver::with(four());
    app.press("enter ]");
    app.answer(Answer::Setup(checklist()));
    app.press("j J");
    assert_eq!((place(&app), app.model.rows.setup), ((Screen::Companies, Some("B".into()), Tab::Setup), None));
    let asked = |out: &[Effect]| requests(out).iter().any(|request| matches!(request, Request::GetSetup(_)));
    let passed = app.press("J");
    assert!(!asked(&passed), "one that is only passed by is not asked for");
    assert!(asked(&app.pass(200)));
    app.press("J J J");
    assert_eq!(place(&app).1.as_deref(), Some("D"), "the last one stays");
    app.press("K esc");
    assert_eq!((focus(&app.model), app.selected().as_deref()), (Focus::List, Some("C")), "the list goes on there");
    assert_eq!(Command::NextCompany.ready(&app.model), Err(DisabledReason::OnlyInCompany));
}

/// From a screen it leads on through the list, and Esc back to the screen.
#[test]
fn the_way_back_of_a_company_is_that_of_its_neighbour() {
    let mut app = at_recoveries();
    app.press("enter J");
    assert_eq!(place(&app).1.as_deref(), Some("C"));
    app.press("esc");
    assert_eq!(app.model.screen, Screen::Recoveries);
}

#[test]
fn a_neighbour_is_one_that_the_list_shows() {
    let mut app = AppDriver::with(four());
    app.press("enter");
    app.answer_changes_without("A");
    app.press("J");
    assert_eq!(place(&app).1.as_deref(), Some("B"), "what stands at the place of the one that has gone");
}

#[test]
fn the_pane_is_hidden_and_comes_back() {
    let mut app = AppDriver::with(four());
    app.press("tab z");
    assert_eq!((app.model.wide(), focus(&app.model)), (false, Focus::List));
    app.press("tab");
    assert!(app.model.company_alone(), "Tab shows it alone, as in a narrow window");
    app.press("esc z");
    assert!(app.model.wide());
    app.send(Msg::Resize(NARROW));
    assert_eq!(Command::TogglePane.ready(&app.model), Err(DisabledReason::Narrow(110)));
}

#[test]
fn in_a_company_the_key_that_quits_leads_out_of_it() {
    for (keys, size) in [("enter", WIDE), ("enter ]", NARROW), ("tab", WIDE)] {
        let mut app = AppDriver::with(four());
        app.send(Msg::Resize(size));
        app.press(keys);
        assert!(!app.press("q").contains(&Effect::Quit), "{keys}");
        assert_eq!(focus(&app.model), Focus::List, "{keys}");
        assert!(app.press("q").contains(&Effect::Quit), "{keys}");
    }
    let mut app = AppDriver::with(four());
    app.press("2");
    assert!(app.press("q").contains(&Effect::Quit), "a screen is no company");
    let mut app = AppDriver::with(four());
    app.press("enter :");
    app.type_in("app.quit");
    assert!(app.press("enter").contains(&Effect::Quit), "by name it quits from everywhere");
}
