//! Enter inside a company: the main act of the row under the cursor, on every tab.

use crate::app::command::Command;
use crate::app::features::people::menu::{COMMANDS, PersonMenu};
use crate::app::features::usage::UsageMenu;
use crate::app::fixture::*;
use crate::app::model::Tab;
use crate::app::overlay::Overlay;
use crate::domain::activity::{Action, ActivityPage, Event, EventOrigin};
use crate::domain::company::Actor;
use crate::domain::id::EventId;
use crate::domain::launch::Target;
use crate::domain::request::{Answer, Request};

fn people() -> AppDriver {
    let mut app = AppDriver::with(four());
    app.press("enter ] ]");
    app.answer(Answer::People(vec![person("Ann"), person("Bo")]));
    app
}

#[test]
fn a_step_is_opened_where_it_is_done() {
    let mut app = AppDriver::at_setup();
    let out = requests(&app.press("enter"));
    let [Request::Launch(launch)] = &out[..] else { panic!("{out:?}") };
    assert_ne!(launch.target, Target::Home, "at the step, not at the front door");
}

#[test]
fn a_person_shows_what_can_be_done_to_them() {
    let mut app = people();
    assert_eq!(app.press("j enter"), [], "nothing is done by opening");
    let Some(menu) = app.model.overlays.find::<PersonMenu>(|_| true) else { panic!("{:?}", app.model.overlays) };
    assert_eq!(app.model.selected_person().map(|person| person.id.clone()), Some(menu.user.clone()));
    // What cannot run does nothing and says why beside it.
    let blocked = COMMANDS.iter().position(|command| command.ready(&app.model).is_err()).unwrap();
    app.model.overlays.find_mut::<PersonMenu>(|_| true).unwrap().pick.cursor = blocked;
    assert_eq!(app.press("enter"), []);
    assert!(app.model.overlays.find::<PersonMenu>(|_| true).is_some());
    app.press("p");
    assert!(matches!(app.model.overlays.last(), Some(Overlay::Confirm(_))), "its own key: it asks before it acts");
    assert!(Command::Suspend.ready(&app.model).is_ok());
}

#[test]
fn a_menu_about_somebody_who_is_gone_does_nothing_to_another() {
    let mut app = people();
    app.press("enter");
    app.model.rows.people.put(1, None);
    let details = app.model.details.values_mut().next().unwrap();
    details.people.value_mut().unwrap().remove(0);
    assert_eq!(app.press("p"), []);
    assert!(!matches!(app.model.overlays.last(), Some(Overlay::Confirm(_))));
}

#[test]
fn usage_asks_for_the_month_and_an_event_leads_to_where_it_happened() {
    let mut app = AppDriver::with(four());
    app.press("enter [ [ enter");
    assert!(app.model.overlays.find::<UsageMenu>(|menu| matches!(menu, UsageMenu::Period(_))).is_some());
    let event = |number: u32, action: Action, target: &str| Event {
        id: EventId::new(&number.to_string()),
        time: Some(noon()),
        actor: Actor { display_name: "Tomma".into() },
        action,
        company: None,
        company_name: None,
        target: Some(target.into()),
        client: None,
        origin: EventOrigin::Ours,
    };
    for (action, target, tab) in [
        (Action::SetupUpdated, "RECOVERY_PLAN DONE", Tab::Setup),
        (Action::MemberAdded, "Bo <bo@x.example>", Tab::People),
        (Action::VaultAccessGranted, "Finance", Tab::Vaults),
        (Action::CompanyUpdated, "name", Tab::Overview),
    ] {
        let mut app = AppDriver::with(four());
        app.press("enter [");
        let events = vec![event(1, action.clone(), target)];
        app.answer(Answer::Activity(ActivityPage { events, ..ActivityPage::default() }));
        app.press("enter");
        assert_eq!(app.model.tab, tab, "{action:?}");
    }
}
