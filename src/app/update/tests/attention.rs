//! What needs attention, and setting it aside.

use crate::app::command::{Command, DisabledReason};
use crate::app::effect::Effect;
use crate::app::features::attention::{Fix, fix};
use crate::app::features::form::Field;
use crate::app::fixture::*;
use crate::app::focus::{Focus, focus};
use crate::app::key::Key;
use crate::app::model::Tab;
use crate::app::overlay::Overlay;
use crate::app::screen::Screen;
use crate::app::toast::Notification;
use crate::domain::company::{Attention, Company, CompanyState};
use crate::domain::error::{Cause, Operation};
use crate::domain::id::{CompanyId, Etag, UserId};
use crate::domain::launch::Target;
use crate::domain::people::PersonState;
use crate::domain::reason::Group;
use crate::domain::recovery::Recovery;
use crate::domain::request::{Answer, EditCompany, Request};
use jiff::SignedDuration;

fn needing(id: &str, name: &str, kinds: &[Attention]) -> Company {
    Company { attention: kinds.to_vec(), ..company(id, name) }
}

fn companies() -> Vec<Company> {
    vec![
        needing("A", "Alpen", &[Attention::SingleOwner]),
        needing("B", "Brightwater", &[Attention::SetupStalled, Attention::TrialEnding]),
        company("C", "Contoso"),
        needing("D", "Delta", &[Attention::NoConfirmedOwner]),
    ]
}

#[test]
fn the_view_shows_the_most_urgent_first_and_goes_back() {
    let mut app = AppDriver::with(companies());
    app.press("w");
    assert_eq!(app.shown(), "BDA");
    app.press("w");
    assert_eq!(app.shown(), "ABCD");
}

#[test]
fn attention_set_aside_leaves_the_view_at_once_and_comes_back_in_time() {
    let mut app = AppDriver::with(companies());
    app.press("w");
    let out = app.press("Z 1");
    let Some(Request::EditCompany(EditCompany { changes: asked, .. })) =
        requests(&out).into_iter().find(Request::writes)
    else {
        panic!("{out:?}")
    };
    let tomorrow = noon().checked_add(SignedDuration::from_hours(24)).unwrap();
    assert_eq!(asked.snooze_until, Some(tomorrow));
    assert_eq!(app.shown(), "DA");
    let mut saved = newer(companies().swap_remove(1));
    saved.snooze_until = Some(tomorrow);
    app.answer(Answer::Company(Box::new(saved)));
    assert_eq!(app.model.roster.totals().counts.need_attention, 2);
    app.answer(changes(Vec::new(), &[]));
    app.pass(24 * 3_600_000 + 1);
    app.answer(changes(Vec::new(), &[]));
    assert_eq!(app.shown(), "BDA", "the day is over");
}

#[test]
fn a_refusal_flips_it_back() {
    let mut app = AppDriver::with(companies());
    app.press("w Z 2");
    assert_eq!(app.shown(), "DA");
    app.fail(error(Operation::EditCompany, Cause::NotAllowed));
    assert_eq!(app.shown(), "BDA");
    assert!(matches!(app.model.toasts.last().unwrap().says, Notification::Failed { .. }));
}

#[test]
fn a_company_that_needs_nothing_has_nothing_to_set_aside() {
    let mut app = AppDriver::with(vec![company("C", "Contoso")]);
    app.press("Z");
    assert!(app.model.overlays.is_empty());
}

/// One company for each reason, named after its place in the order of the day.
fn one_of_each() -> Vec<Company> {
    let mut all: Vec<Company> = Attention::KNOWN
        .iter()
        .zip('A'..)
        .map(|(kind, id)| needing(&id.to_string(), "x", std::slice::from_ref(kind)))
        .collect();
    for company in &mut all {
        company.name = format!("{} GmbH", company.id);
    }
    all[3].state = CompanyState::Unlinked;
    all
}

fn recovery(company: &str) -> Recovery {
    Recovery {
        company: CompanyId::new(company),
        company_name: company.into(),
        user: UserId::new("KARIM"),
        etag: Some(Etag::new("1")),
        display_name: "Karim".into(),
        email: "karim@a.example".into(),
        stage: PersonState::RecoveryAwaitingCompletion,
        begin_time: noon().checked_sub(SignedDuration::from_hours(120)).ok(),
        begun_by: None,
        recoverers: 3,
    }
}

#[test]
fn the_order_is_that_of_a_days_work_whatever_the_names_are() {
    let mut reversed = one_of_each();
    for (company, name) in reversed.iter_mut().zip(('a'..='z').rev()) {
        company.name = name.to_string();
    }
    let mut app = AppDriver::with(reversed);
    app.press("w");
    assert_eq!(app.shown(), "ABCDEFGHIJKL");
    let groups = app.model.roster.groups();
    assert_eq!(groups, [(Group::Now, 0), (Group::Soon, 2), (Group::Setup, 6), (Group::Records, 9)]);
}

#[test]
fn the_own_list_is_as_it_was_when_the_view_is_left() {
    for leave in ["esc", "w", "ctrl-c"] {
        let mut app = AppDriver::with(companies());
        app.press("/");
        app.type_in("a");
        app.press("enter s 2 f j space esc f j space esc G");
        let (query, at) = (app.model.roster.query().clone(), app.selected());
        assert!(!query.search.is_empty() && query.sort.is_some() && at.is_some());
        app.press("w");
        assert_eq!((app.shown().as_str(), app.model.roster.query().search.as_str()), ("BDA", ""), "all of it is shown");
        assert_eq!(app.selected().as_deref(), Some("B"), "the most urgent is under the cursor");
        app.press("j");
        app.press(leave);
        assert_eq!((app.model.roster.query(), app.selected()), (&query, at), "{leave}");
        assert!(!app.model.list.searching && app.model.list.attention.is_none());
    }
}

#[test]
fn a_search_in_the_view_is_the_first_thing_that_escape_drops() {
    let mut app = AppDriver::with(companies());
    app.press("w /");
    app.type_in("alp");
    app.press("enter");
    assert_eq!(app.shown(), "A");
    app.press("esc");
    assert_eq!(app.shown(), "BDA", "still the view");
    app.press("esc");
    assert_eq!(app.shown(), "ABCD");
}

#[test]
fn from_inside_a_company_and_from_other_screens_w_shows_the_view_and_does_not_leave_it() {
    for keys in ["w enter w", "w 5 w", "2 w", "enter w", "w w w"] {
        let mut app = AppDriver::with(companies());
        app.press(keys);
        assert_eq!((app.shown().as_str(), focus(&app.model)), ("BDA", Focus::Attention), "{keys}");
    }
    let mut app = AppDriver::with(companies());
    app.press("w enter esc");
    assert_eq!(focus(&app.model), Focus::Attention, "back from a company one is where one was");
    app.press("v a");
    assert_eq!((app.shown().as_str(), focus(&app.model)), ("ABCD", Focus::List), "another view leaves it");
    app.press("w c");
    assert_eq!(focus(&app.model), Focus::List, "nothing narrows any more");
}

#[test]
fn the_accounts_that_are_chosen_stay_chosen() {
    let mut app = AppDriver::two();
    app.load("default", &ALL_PERMISSIONS, companies());
    app.load("north", &ALL_PERMISSIONS, vec![needing("N", "Nord", &[Attention::SingleOwner])]);
    app.press("w A 2");
    let chosen = app.model.roster.query().filter.accounts.clone();
    assert_eq!((app.shown().as_str(), chosen.len()), ("N", 1));
    app.press("esc");
    assert_eq!(app.model.roster.query().filter.accounts, chosen);
}

#[test]
fn what_is_snoozed_can_be_seen_as_well() {
    let mut all = companies();
    all[3].snooze_until = noon().checked_add(SignedDuration::from_hours(24)).ok();
    let mut app = AppDriver::with(all);
    app.press("w");
    assert_eq!(app.shown(), "BA");
    app.press("H");
    assert_eq!(app.shown(), "BAD", "last, in a group of its own");
    assert_eq!(app.model.roster.groups().last(), Some(&(Group::Snoozed, 2)));
    app.press("H");
    assert_eq!(app.shown(), "BA");
}

/// On each line the key that it names does what it says, for the company of that line.
#[test]
fn every_line_names_a_key_that_works_on_it() {
    for company in one_of_each() {
        let mut app = AppDriver::with(one_of_each());
        app.press("w");
        app.answer(Answer::Recoveries(vec![recovery("A")]));
        let key = key_of(company.id.as_str());
        let reason = app.model.reason(&key, &company).unwrap();
        let (fix, command) = fix(&reason).unwrap();
        while app.selected().as_deref() != Some(company.id.as_str()) {
            app.press("j");
        }
        if fix == Fix::Declare {
            // Only of workspaces whose companies nobody observes.
            assert!(command.ready(&app.model).is_err());
            continue;
        }
        assert_eq!(command.ready(&app.model), Ok(()), "{fix:?}");
        let pressed: Vec<Key> = app.model.options.keymap.keys(command)[0].keys().to_vec();
        let out: Vec<Effect> = pressed.into_iter().flat_map(|key| app.key(key)).collect();
        let top = app.model.overlays.last();
        let here = app.model.pinned.as_ref() == Some(&key);
        match fix {
            Fix::Complete => {
                let Some(Overlay::Confirm(question)) = top else { panic!("{top:?}") };
                assert_eq!((&question.key, app.model.screen), (&key, Screen::Recoveries));
            }
            Fix::Accept => assert!(matches!(top, Some(Overlay::AcceptLink(_))), "{top:?}"),
            Fix::RaiseLimit => {
                let Some(Overlay::Form(form)) = top else { panic!("{top:?}") };
                assert_eq!((form.key.as_ref(), form.at), (Some(&key), Field::SeatLimit));
            }
            Fix::Snooze => {
                let Some(Overlay::Snooze(menu)) = top else { panic!("{top:?}") };
                assert_eq!(menu.companies[0].0, key);
            }
            Fix::Invite | Fix::Resend => {
                let asked = requests(&out);
                let launched = |request: &Request| matches!(request, Request::Launch(launch) if launch.company == company.id && launch.target == Target::People);
                assert!(asked.iter().any(launched), "{asked:?}");
            }
            Fix::AddOwner => assert!(here && app.model.tab == Tab::People),
            Fix::OpenSetup => assert!(here && app.model.tab == Tab::Setup),
            Fix::CopyCommand => {
                let Some(Overlay::Copy(menu)) = top else { panic!("{top:?}") };
                let id = company.id.as_str();
                let command = match reason.kind {
                    Attention::SourceExpiring => format!("mspdash connect {id} --events --rotate"),
                    _ => format!("mspdash sources list {id}"),
                };
                assert_eq!(menu.rows.last().map(|row| &row.text), Some(&command));
            }
            Fix::Declare => {}
        }
    }
}

#[test]
fn a_token_that_has_expired_is_due_now_and_not_today() {
    for (seconds, due) in [(-1, "Now"), (3600, "At")] {
        let mut it = needing("A", "Alpen", &[Attention::SourceExpiring]);
        it.source_expire_time = noon().checked_add(SignedDuration::from_secs(seconds)).ok();
        let app = AppDriver::with(vec![it.clone()]);
        let reason = app.model.reason(&key_of("A"), &it).unwrap();
        assert!(format!("{:?}", reason.due).starts_with(due), "{seconds}: {reason:?}");
    }
}

#[test]
fn a_key_of_another_reason_says_so_and_does_nothing() {
    let mut app = AppDriver::with(vec![needing("A", "Alpen", &[Attention::SingleOwner])]);
    app.press("w");
    for key in ["R", "p", "L", "x"] {
        let out = app.press(key);
        assert!(requests(&out).is_empty() && app.model.overlays.is_empty(), "{key}");
        let told = &app.model.toasts.last().unwrap().says;
        assert!(matches!(told, Notification::NotNow(_, DisabledReason::NotItsReason)), "{key}: {told:?}");
    }
    app.press("esc");
    assert_eq!(Command::AttendSetup.ready(&app.model), Err(DisabledReason::OnlyInAttention));
}

#[test]
fn a_line_tells_who_waits_once_that_is_known() {
    let waiting = needing("A", "Alpen", &[Attention::RecoveryWaiting]);
    let mut app = AppDriver::with(vec![waiting.clone(), company("B", "Brightwater")]);
    let reason = |app: &AppDriver| app.model.reason(&key_of("A"), &waiting).unwrap();
    assert_eq!((reason(&app).person, reason(&app).since), (None, None), "nothing is guessed");
    app.press("w");
    app.answer(Answer::Recoveries(vec![recovery("A")]));
    assert_eq!(reason(&app).person.as_deref(), Some("Karim"));
    assert_eq!(reason(&app).days(noon()), Some(5));
    let mut calm = AppDriver::with(vec![needing("A", "Alpen", &[Attention::SingleOwner])]);
    assert_eq!(requests(&calm.press("w")), [], "nobody waits, nobody is asked for");
}
