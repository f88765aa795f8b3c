//! Enter inside a company: the main act of the row under the cursor, on every tab.

use crate::app::command::Command;
use crate::app::features::people::menu::{COMMANDS, PersonMenu};
use crate::app::features::usage::UsageMenu;
use crate::app::fixture::*;
use crate::app::model::Tab;
use crate::app::overlay::Overlay;
use crate::domain::activity::{Action, ActivityPage, Event};
use crate::domain::company::Actor;
use crate::domain::id::EventId;
use crate::domain::launch::Target;
use crate::domain::request::{Answer, Request};

fn people() -> Desk {
    let mut desk = Desk::with(four());
    desk.press("enter ] ]");
    desk.answer(Answer::People(vec![person("Ann"), person("Bo")]));
    desk
}

#[test]
fn a_step_is_opened_where_it_is_done() {
    let mut desk = Desk::at_setup();
    let out = requests(&desk.press("enter"));
    let [Request::Launch(launch)] = &out[..] else { panic!("{out:?}") };
    assert_ne!(launch.target, Target::Home, "at the step, not at the front door");
}

#[test]
fn a_person_shows_what_can_be_done_to_them() {
    let mut desk = people();
    assert_eq!(desk.press("j enter"), [], "nothing is done by opening");
    let Some(menu) = desk.model.overlays.find::<PersonMenu>(|_| true) else { panic!("{:?}", desk.model.overlays) };
    assert_eq!(desk.model.selected_person().map(|person| person.id.clone()), Some(menu.user.clone()));
    // What cannot run does nothing and says why beside it.
    let blocked = COMMANDS.iter().position(|command| command.ready(&desk.model).is_err()).unwrap();
    desk.model.overlays.find_mut::<PersonMenu>(|_| true).unwrap().pick.cursor = blocked;
    assert_eq!(desk.press("enter"), []);
    assert!(desk.model.overlays.find::<PersonMenu>(|_| true).is_some());
    desk.press("p");
    assert!(matches!(desk.model.overlays.last(), Some(Overlay::Confirm(_))), "its own key: it asks before it acts");
    assert!(Command::Suspend.ready(&desk.model).is_ok());
}

#[test]
fn a_menu_about_somebody_who_is_gone_does_nothing_to_another() {
    let mut desk = people();
    desk.press("enter");
    desk.model.rows.people.put(1, None);
    let details = desk.model.details.values_mut().next().unwrap();
    details.people.value_mut().unwrap().remove(0);
    assert_eq!(desk.press("p"), []);
    assert!(!matches!(desk.model.overlays.last(), Some(Overlay::Confirm(_))));
}

#[test]
fn usage_asks_for_the_month_and_an_event_leads_to_where_it_happened() {
    let mut desk = Desk::with(four());
    desk.press("enter [ [ enter");
    assert!(desk.model.overlays.find::<UsageMenu>(|menu| matches!(menu, UsageMenu::Period(_))).is_some());
    let event = |number: u32, action: Action, target: &str| Event {
        id: EventId::new(&number.to_string()),
        time: Some(noon()),
        actor: Actor { display_name: "Tomma".into() },
        action,
        company: None,
        company_name: None,
        target: Some(target.into()),
        client: None,
    };
    for (action, target, tab) in [
        (Action::SetupUpdated, "RECOVERY_PLAN DONE", Tab::Setup),
        (Action::MemberAdded, "Bo <bo@x.example>", Tab::People),
        (Action::VaultAccessGranted, "Finance", Tab::Vaults),
        (Action::CompanyUpdated, "name", Tab::Overview),
    ] {
        let mut desk = Desk::with(four());
        desk.press("enter [");
        let events = vec![event(1, action.clone(), target)];
        desk.answer(Answer::Activity(ActivityPage { events, ..ActivityPage::default() }));
        desk.press("enter");
        assert_eq!(desk.model.tab, tab, "{action:?}");
    }
}
