//! Links and recoveries over two accounts: each asked, answered and failing for itself, all in one order.

use crate::app::command::{Command, DisabledReason};
use crate::app::effect::Effect;
use crate::app::features::links::LinkKey;
use crate::app::features::people::PeopleDisabledReason;
use crate::app::fixture::*;
use crate::app::model::Tab;
use crate::app::msg::{Msg, Reply};
use crate::app::next_wake;
use crate::app::overlay::Overlay;
use crate::app::screen::Screen;
use crate::app::toast::Notification;
use crate::domain::error::{Cause, Operation};
use crate::domain::id::{CompanyId, CompanyKey, LinkId, ProfileId, UserId};
use crate::domain::link::{LinkRequest, LinkState};
use crate::domain::people::PersonState;
use crate::domain::recovery::{PersonAct, Recovery};
use crate::domain::request::{AcceptLink, Answer, CancelLink, ChangePerson, ListLinks, ListRecoveries, Request};
use crate::domain::session::Permission;
use jiff::SignedDuration;

/// Of which accounts these questions are.
fn asked(effects: &[Effect]) -> Vec<(String, Request)> {
    let one = |effect: &Effect| match effect {
        Effect::Call { profile, request, .. } => Some((profile.to_string(), request.clone())),
        _ => None,
    };
    effects.iter().filter_map(one).collect()
}

/// Which accounts are asked for this.
fn asked_for(effects: &[Effect], wanted: &Request) -> Vec<String> {
    asked(effects).into_iter().filter(|(_, request)| request == wanted).map(|(profile, _)| profile).collect()
}

fn link(id: &str, name: &str, state: LinkState, hours: i64) -> LinkRequest {
    LinkRequest {
        id: LinkId::new(id),
        company_name: name.into(),
        region: "1password.eu".into(),
        state,
        requested_by: None,
        accepted_by: None,
        company: None,
        reason: None,
        create_time: noon().checked_sub(SignedDuration::from_hours(hours)).ok(),
        accept_time: None,
        end_time: None,
        expire_time: None,
        owner_page: None,
    }
}

fn recovery(company: &str, user: &str, hours: i64) -> Recovery {
    Recovery {
        company: CompanyId::new(company),
        company_name: company.into(),
        user: UserId::new(user),
        etag: None,
        display_name: user.into(),
        email: format!("{user}@a.example"),
        stage: PersonState::RecoveryAwaitingCompletion,
        begin_time: noon().checked_sub(SignedDuration::from_hours(hours)).ok(),
        begun_by: None,
        recoverers: 3,
    }
}

fn both() -> AppDriver {
    let mut app = AppDriver::two();
    app.load("default", &ALL_PERMISSIONS, vec![company("A", "Alpen"), company("C", "Contoso")]);
    app.load("north", &ALL_PERMISSIONS, vec![company("A", "Brightwater")]);
    app
}

fn links_in(app: &mut AppDriver, name: &str, list: Vec<LinkRequest>) -> Vec<Effect> {
    app.reply_in(name, Reply::Api(Ok(Answer::Links(list))))
}

fn recoveries_in(app: &mut AppDriver, name: &str, list: Vec<Recovery>) -> Vec<Effect> {
    app.reply_in(name, Reply::Api(Ok(Answer::Recoveries(list))))
}

fn fails_in(app: &mut AppDriver, name: &str, what: Operation) -> Vec<Effect> {
    app.reply_in(name, Reply::Api(Err(lost(what))))
}

/// `name:company` of each row, from top to bottom.
fn links(app: &AppDriver) -> Vec<String> {
    app.model.links_shown().map(|row| format!("{}:{}", row.profile, row.item.company_name)).collect()
}

fn recoveries(app: &AppDriver) -> Vec<String> {
    app.model.recoveries_shown().map(|row| format!("{}:{}", row.profile, row.item.display_name)).collect()
}

/// On the screen of links, two of each account; `L1` is an id of both.
fn with_links() -> AppDriver {
    let mut app = both();
    app.press("2");
    links_in(
        &mut app,
        "north",
        vec![link("L1", "Nord", LinkState::Accepted, 2), link("L2", "Noon", LinkState::Denied, 9)],
    );
    let own = vec![link("L1", "East", LinkState::Accepted, 1), link("L3", "Edge", LinkState::Accepted, 5)];
    links_in(&mut app, "default", own);
    app
}

/// On the screen of recoveries; the same company and user ids in both accounts.
fn with_recoveries() -> AppDriver {
    let mut app = both();
    app.press("3");
    recoveries_in(&mut app, "default", vec![recovery("A", "Pia", 5), recovery("C", "Ole", 1)]);
    recoveries_in(&mut app, "north", vec![recovery("A", "Pia", 9)]);
    app
}

#[test]
fn each_account_is_asked_and_all_answers_are_one_list() {
    let mut app = both();
    let out = app.press("2");
    assert_eq!(asked_for(&out, &Request::ListLinks(ListLinks)), ["default", "north"]);
    links_in(&mut app, "north", vec![link("L1", "Nord", LinkState::Accepted, 2)]);
    assert_eq!(links(&app), ["north:Nord"], "whoever answered is shown at once");
    links_in(
        &mut app,
        "default",
        vec![link("L1", "East", LinkState::Accepted, 1), link("L3", "Edge", LinkState::Accepted, 5)],
    );
    assert_eq!(links(&app), ["default:East", "north:Nord", "default:Edge"], "newest first");
    let out = app.press("3");
    assert_eq!(asked_for(&out, &Request::ListRecoveries(ListRecoveries)), ["default", "north"]);
    assert_eq!(recoveries(&with_recoveries()), ["north:Pia", "default:Pia", "default:Ole"], "oldest first");
}

#[test]
fn an_account_that_fails_hides_no_rows_neither_its_own_nor_others() {
    let mut app = with_links();
    app.pass(30_000);
    fails_in(&mut app, "north", Operation::LoadLinks);
    links_in(&mut app, "default", vec![link("L3", "Edge", LinkState::Accepted, 5)]);
    assert_eq!(links(&app), ["north:Nord", "default:Edge", "north:Noon"]);
    let mut app = with_recoveries();
    app.pass(30_000);
    fails_in(&mut app, "north", Operation::LoadRecoveries);
    recoveries_in(&mut app, "default", Vec::new());
    assert_eq!(recoveries(&app), ["north:Pia"]);
    let load = |name: &str| app.model.recoveries.list.load(&ProfileId::new(name)).unwrap();
    assert!(load("north").error().is_some() && load("default").error().is_none());
}

#[test]
fn an_account_without_a_server_is_not_asked_and_the_others_are() {
    let mut app = AppDriver::two();
    app.load("north", &ALL_PERMISSIONS, vec![company("B", "Brightwater")]);
    assert_eq!(asked_for(&app.press("2"), &Request::ListLinks(ListLinks)), ["north"]);
    assert_eq!(asked_for(&app.press("3"), &Request::ListRecoveries(ListRecoveries)), ["north"]);
    // As soon as there is one, it is asked too.
    let out = app.reply_in("default", Reply::Connected(Ok(None)));
    assert_eq!(asked_for(&out, &Request::ListRecoveries(ListRecoveries)), ["default"]);
}

#[test]
fn a_slow_account_is_not_asked_twice_and_holds_up_nobody() {
    let mut app = both();
    app.press("3");
    recoveries_in(&mut app, "north", Vec::new());
    assert_eq!(asked_for(&app.pass(30_000), &Request::ListRecoveries(ListRecoveries)), ["north"]);
    assert!(next_wake(&app.model).is_some_and(|moment| moment > app.now));
}

#[test]
fn a_narrowed_screen_shows_and_asks_one_account_only() {
    let mut app = with_links();
    app.press("1 A 2");
    let out = app.press("2");
    assert_eq!(asked_for(&out, &Request::ListLinks(ListLinks)), ["north"]);
    assert_eq!(links(&app), ["north:Nord", "north:Noon"]);
    assert_eq!(app.model.selected_link().map(|row| row.item.id.as_str()), Some("L1"));
    assert_eq!(asked_for(&app.press("3"), &Request::ListRecoveries(ListRecoveries)), ["north"]);
    let out = app.press("1 A 0");
    assert_eq!(
        asked_for(&out, &Request::ListLinks(ListLinks)),
        ["default"],
        "what was hidden when the screen came is asked for now"
    );
    assert_eq!(links(&app).len(), 4);
}

#[test]
fn what_the_switcher_hides_is_under_no_command() {
    let mut app = with_links();
    app.press("G");
    assert_eq!(app.model.selected_link().map(|row| row.profile.as_str()), Some("north"));
    app.press("1 A 1 2");
    assert_eq!(app.model.selected_link(), None, "better none than the wrong one");
    assert_eq!(Command::CancelLink.ready(&app.model), Err(DisabledReason::NoLink));
    app.press("j");
    assert_eq!(app.model.selected_link().map(|row| row.item.company_name.as_str()), Some("East"));
}

#[test]
fn equal_ids_of_two_accounts_are_two_rows() {
    let mut app = with_links();
    app.press("j");
    let wanted = LinkKey { profile: ProfileId::new("north"), link: LinkId::new("L1") };
    assert_eq!(app.model.links.selection.key, Some(wanted.clone()));
    // The other account's request of this id is gone: that is not the one under the cursor.
    app.pass(30_000);
    links_in(&mut app, "default", Vec::new());
    assert_eq!(app.model.links.selection.key, Some(wanted));
    let mut app = with_recoveries();
    app.press("j");
    let of = |app: &AppDriver| app.model.selected().map(|(key, _)| key);
    let key = |profile: &str| CompanyKey { profile: ProfileId::new(profile), company: CompanyId::new("A") };
    assert_eq!(of(&app), Some(key("default")));
    app.press("k");
    assert_eq!(of(&app), Some(key("north")));
}

#[test]
fn a_request_is_taken_back_in_its_own_account() {
    let mut app = with_links();
    let out = asked(&app.press("j d tab enter"));
    let [(profile, Request::CancelLink(CancelLink { link: id, .. }))] = &out[..] else { panic!("{out:?}") };
    assert_eq!((profile.as_str(), id.as_str()), ("north", "L1"));
    // Under way is only this one.
    app.press("esc");
    assert_eq!(Command::CancelLink.ready(&app.model), Err(DisabledReason::UnderWay));
    app.press("k");
    assert_eq!(Command::CancelLink.ready(&app.model), Ok(()));
    app.press("d");
    let gone = link("L1", "Nord", LinkState::Cancelled, 2);
    app.reply_in("north", Reply::Api(Ok(Answer::Link(Box::new(gone)))));
    let Some(Overlay::CancelLink(cancel)) = app.model.overlays.last() else { panic!("the other question stays") };
    assert_eq!(cancel.key.profile.as_str(), "default");
    let states: Vec<_> = app.model.links_shown().map(|row| row.item.state.clone()).collect();
    assert_eq!(states[..2], [LinkState::Accepted, LinkState::Cancelled]);
}

#[test]
fn what_may_be_done_to_a_row_depends_on_its_account() {
    let mut app = AppDriver::two();
    app.load("default", &ALL_PERMISSIONS, vec![company("A", "Alpen")]);
    app.load("north", &[Permission::View], vec![company("A", "Brightwater")]);
    app.press("2");
    links_in(&mut app, "default", vec![link("L1", "East", LinkState::Accepted, 1)]);
    links_in(&mut app, "north", vec![link("L1", "Nord", LinkState::Accepted, 2)]);
    assert_eq!(Command::CancelLink.ready(&app.model), Ok(()));
    app.press("j");
    assert_eq!(Command::CancelLink.ready(&app.model), Err(DisabledReason::ViewOnly));
    app.press("3");
    recoveries_in(&mut app, "default", vec![recovery("A", "Pia", 5)]);
    recoveries_in(&mut app, "north", vec![recovery("A", "Pia", 1)]);
    assert_eq!(Command::Recover.ready(&app.model), Ok(()));
    app.press("j");
    assert_eq!(Command::Recover.ready(&app.model), Err(DisabledReason::ViewOnly));
}

#[test]
fn a_recovery_is_completed_in_its_own_account_and_only_that_row_goes() {
    let mut app = with_recoveries();
    let out = asked(&app.press("R y enter"));
    let [(profile, Request::ChangePerson(ChangePerson { company, act: PersonAct::CompleteRecovery, .. }))] = &out[..]
    else {
        panic!("{out:?}")
    };
    assert_eq!((profile.as_str(), company.as_str()), ("north", "A"));
    let out = app.reply_in("north", Reply::Api(Ok(Answer::Person(Box::new(person("Pia"))))));
    assert_eq!(recoveries(&app), ["default:Pia", "default:Ole"]);
    assert_eq!(asked_for(&out, &Request::ListRecoveries(ListRecoveries)), ["north"], "the others have nothing new");
    assert_eq!(app.model.selected_recovery().map(|row| row.profile.as_str()), Some("default"));
}

#[test]
fn a_question_is_renewed_by_its_own_account_only() {
    let mut app = with_recoveries();
    app.press("R");
    app.pass(30_000);
    recoveries_in(&mut app, "default", Vec::new());
    let hindered = |app: &AppDriver| match app.model.overlays.last() {
        Some(Overlay::Confirm(ask)) => ask.hindered.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(hindered(&app), None, "the person of the same id in another account");
    recoveries_in(&mut app, "north", Vec::new());
    assert_eq!(hindered(&app), Some(PeopleDisabledReason::Gone));
}

#[test]
fn enter_opens_the_company_of_the_rows_account() {
    let mut app = with_recoveries();
    app.press("enter");
    let (key, company) = app.model.selected().expect("a company");
    assert_eq!((key.profile.as_str(), company.name.as_str()), ("north", "Brightwater"));
    assert_eq!((app.model.screen, app.model.tab), (Screen::Companies, Tab::People));
    let mut app = both();
    app.press("2");
    let done = LinkRequest { company: Some(CompanyId::new("A")), ..link("L1", "Nord", LinkState::Approved, 2) };
    links_in(&mut app, "north", vec![done]);
    app.press("enter");
    assert_eq!(app.model.selected().map(|(key, _)| key.profile.to_string()).as_deref(), Some("north"));
}

#[test]
fn a_link_that_is_approved_asks_its_account_for_the_company() {
    let mut app = with_links();
    app.press("1");
    let out = app.pass(30_000);
    assert_eq!(asked_for(&out, &Request::ListLinks(ListLinks)), ["default", "north"], "both have an open one");
    for name in ["default", "north"] {
        app.reply_in(name, Reply::Api(Ok(changes(Vec::new(), &[]))));
    }
    let out = links_in(&mut app, "north", vec![link("L1", "Nord", LinkState::Approved, 2)]);
    assert!(app.model.toasts.iter().any(|toast| toast.says == Notification::Linked { company: "Nord".into() }));
    let out = asked(&out);
    assert!(matches!(&out[..], [(profile, Request::ListChanges(_))] if profile == "north"), "{out:?}");
    links_in(&mut app, "default", vec![link("L1", "East", LinkState::Accepted, 1)]);
    assert_eq!(
        asked_for(&app.pass(30_000), &Request::ListLinks(ListLinks)),
        ["default"],
        "in the other one nothing is open"
    );
}

#[test]
fn an_account_that_is_down_is_not_asked_for_links_behind_the_users_back() {
    let mut app = with_links();
    app.press("1");
    app.pass(30_000);
    fails_in(&mut app, "north", Operation::Changes);
    for name in ["default", "north"] {
        fails_in(&mut app, name, Operation::LoadLinks);
    }
    assert_eq!(asked_for(&app.pass(30_000), &Request::ListLinks(ListLinks)), ["default"]);
    assert_eq!(asked_for(&app.press("2"), &Request::ListLinks(ListLinks)), ["north"], "whoever looks wants to know");
}

#[test]
fn the_owners_desk_is_that_of_the_narrowed_account() {
    let mut app = both();
    for (name, port) in [("default", 4001), ("north", 4002)] {
        let account = app.model.accounts.get_mut(&ProfileId::new(name)).unwrap();
        account.session.value_mut().unwrap().account.owner_desk = Some(format!("http://127.0.0.1:{port}/owner"));
    }
    let opened = |out: &[Effect]| {
        let address = |effect: &Effect| match effect {
            Effect::Open { address, .. } => Some(address.reveal().to_owned()),
            _ => None,
        };
        out.iter().find_map(address)
    };
    app.press("n 2");
    assert_eq!(opened(&app.press("f2")).as_deref(), Some("http://127.0.0.1:4001/owner"));
    app.press("esc A 2 n 2");
    assert_eq!(opened(&app.press("f2")).as_deref(), Some("http://127.0.0.1:4002/owner"));
}

#[test]
fn news_of_one_accounts_companies_is_no_news_of_the_others_links() {
    let mut app = with_links();
    app.press("1 r");
    let out = app.reply_in("north", Reply::Api(Ok(changes(vec![company("Z", "Zebra")], &[]))));
    assert_eq!(asked_for(&out, &Request::ListLinks(ListLinks)), ["north"]);
}

#[test]
fn answers_for_whoever_worked_here_before_are_dropped() {
    let mut app = with_links();
    app.press("3");
    recoveries_in(&mut app, "default", vec![recovery("C", "Ole", 1)]);
    app.pass(30_000);
    let mut other = session_in("north", &ALL_PERMISSIONS);
    other.account.id = crate::domain::id::AccountId::new("ANOTHER");
    app.reply_in("north", Reply::Api(Ok(Answer::Session(Box::new(other)))));
    assert_eq!(links(&app), ["default:East", "default:Edge"]);
    recoveries_in(&mut app, "north", vec![recovery("A", "Somebody else's", 3)]);
    assert_eq!(recoveries(&app), ["default:Ole"], "an answer to the account before");
}

#[test]
fn an_account_that_is_back_is_asked_again_at_once() {
    let mut app = with_recoveries();
    app.pass(30_000);
    fails_in(&mut app, "north", Operation::LoadRecoveries);
    fails_in(&mut app, "north", Operation::Changes);
    app.pass(3_000);
    let out = app.reply_in("north", Reply::Api(Ok(changes(Vec::new(), &[]))));
    assert_eq!(asked_for(&out, &Request::ListRecoveries(ListRecoveries)), ["north"]);
}

#[test]
fn the_same_link_in_another_account_is_another_intent() {
    let mut app = AppDriver::two();
    for name in ["default", "north"] {
        app.reply_in(name, Reply::Connected(Ok(None)));
        let who = session(&ALL_PERMISSIONS);
        app.reply_in(name, Reply::Api(Ok(Answer::Session(Box::new(who)))));
        app.reply_in(name, Reply::Api(Ok(page(Vec::new()))));
    }
    app.press("n 2");
    app.send(Msg::Paste("https://nord.1password.eu/link/abcdefghijklmnopqrstuvwxyz0123".into()));
    let mut keys = Vec::new();
    for choice in ["1", "2"] {
        let out = asked(&app.press(&format!("enter {choice}")));
        let [(_, Request::AcceptLink(AcceptLink { key, .. }))] = &out[..] else { panic!("{out:?}") };
        keys.push(key.clone());
        let to = app.waiting(|effect| matches!(effect, Effect::Call { request: Request::AcceptLink(_), .. }));
        app.reply(to, Reply::Api(Err(error(Operation::AcceptLink, Cause::TimedOut { seconds: 10 }))));
    }
    assert_ne!(keys[0], keys[1]);
}
