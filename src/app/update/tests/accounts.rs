//! Several MSP accounts in one list: each with its own load, its own failures and its own permissions.

use crate::app::command::{Command, DisabledReason};
use crate::app::effect::Effect;
use crate::app::features::accounts::Choice;
use crate::app::features::accounts::Given;
use crate::app::features::bulk::{Block, How};
use crate::app::features::sync::Phase;
use crate::app::fixture::*;
use crate::app::msg::{Msg, Reply, Restored};
use crate::app::overlay::Overlay;
use crate::app::toast::Notification;
use crate::app::{Options, next_wake};
use crate::domain::cached::CacheDefect;
use crate::domain::error::{Cause, Operation};
use crate::domain::id::{CompanyId, CompanyKey, ProfileId};
use crate::domain::request::{Answer, GetSession, Launch, ListChanges, Request};
use crate::domain::session::Permission;
use jiff::SignedDuration;

fn key_in(profile: &str, id: &str) -> CompanyKey {
    CompanyKey { profile: ProfileId::new(profile), company: CompanyId::new(id) }
}

/// Of which accounts these questions are.
fn asked(effects: &[Effect]) -> Vec<(String, Request)> {
    let one = |effect: &Effect| match effect {
        Effect::Call { profile, request, .. } => Some((profile.to_string(), request.clone())),
        _ => None,
    };
    effects.iter().filter_map(one).collect()
}

fn both() -> AppDriver {
    let mut app = AppDriver::two();
    app.load("default", &ALL_PERMISSIONS, vec![company("A", "Alpen"), company("C", "Contoso")]);
    app.load("north", &ALL_PERMISSIONS, vec![company("A", "Brightwater")]);
    app
}

#[test]
fn companies_of_all_accounts_share_one_list_even_with_equal_ids() {
    let mut app = both();
    assert_eq!(app.model.roster.len(), 3);
    assert_eq!(app.model.list.selection.key, Some(key_in("default", "A")));
    app.press("j");
    assert_eq!(app.model.list.selection.key, Some(key_in("north", "A")), "by name, whatever account");
    let out = app.press("l");
    let [(profile, Request::Launch(Launch { company, .. }))] = &asked(&out)[..] else { panic!("{out:?}") };
    assert_eq!((profile.as_str(), company.as_str()), ("north", "A"));
}

#[test]
fn an_account_that_is_down_hides_nothing_of_the_others() {
    let mut app = AppDriver::two();
    app.load("north", &ALL_PERMISSIONS, vec![company("B", "Brightwater")]);
    app.reply_in("default", Reply::Connected(Ok(None)));
    app.reply_in("default", Reply::Api(Err(lost(Operation::ListCompanies))));
    assert_eq!(app.shown(), "B");
    let [default, north] = &app.model.accounts.iter().collect::<Vec<_>>()[..] else { panic!() };
    assert!(matches!((&default.sync.phase, &north.sync.phase), (Phase::Failed(_), Phase::Live)));
    // It tries again by itself, and the other one is not asked for that.
    let out = app.pass(2_000);
    assert!(asked(&out).iter().all(|(profile, _)| profile == "default"), "{out:?}");
    app.reply_in("default", Reply::Api(Ok(page(vec![company("A", "Alpen")]))));
    assert_eq!(app.shown(), "AB");
    let says = Notification::Back(Some("Europe".into()));
    assert!(app.model.toasts.iter().any(|toast| toast.says == says), "{:?}", app.model.toasts);
}

#[test]
fn a_list_that_ends_drops_only_rows_of_its_own_account() {
    let mut app = both();
    app.pass(30_000);
    app.reply_in("north", Reply::Api(Err(error(Operation::Changes, Cause::Gone))));
    app.reply_in("north", Reply::Api(Ok(page(Vec::new()))));
    assert_eq!(app.shown(), "AC");
    assert!(app.model.roster.contains(&key_in("default", "A")));
    assert!(!app.model.roster.contains(&key_in("north", "A")));
}

#[test]
fn what_may_be_done_depends_on_the_account_of_the_company() {
    let mut app = AppDriver::two();
    app.load("default", &ALL_PERMISSIONS, vec![company("A", "Alpen")]);
    app.load("north", &[Permission::View], vec![company("B", "Brightwater")]);
    assert_eq!(Command::Unlink.ready(&app.model), Ok(()));
    app.press("j");
    assert_eq!(Command::Unlink.ready(&app.model), Err(DisabledReason::ViewOnly));
    assert_eq!(app.press("l"), []);
    assert_eq!(Command::NewCompany.ready(&app.model), Ok(()), "in the other one it can be done");
}

#[test]
fn a_read_only_account_beside_one_that_is_not() {
    let mut options = AppDriver::options();
    options.accounts = vec![Given::named("default"), Given { read_only: true, ..Given::named("north") }];
    let mut app = AppDriver::new(options, WIDE);
    app.load("default", &ALL_PERMISSIONS, vec![company("A", "Alpen")]);
    app.load("north", &ALL_PERMISSIONS, vec![company("B", "Brightwater")]);
    assert_eq!(Command::Launch.ready(&app.model), Ok(()));
    app.press("j");
    assert_eq!(Command::Launch.ready(&app.model), Err(DisabledReason::ReadOnly));
}

#[test]
fn the_switcher_narrows_to_one_account_and_clear_all_shows_all_again() {
    let mut app = both();
    app.press("A 2");
    assert_eq!(app.model.list.selection.key, Some(key_in("north", "A")));
    assert_eq!(app.shown(), "A");
    app.press("A 0");
    assert_eq!(app.model.roster.shown().len(), 3);
    app.press("A j enter");
    assert_eq!(app.shown(), "AC");
    app.press("c");
    assert_eq!(app.model.roster.shown().len(), 3);
}

#[test]
fn a_new_company_asks_for_its_account_where_there_is_a_choice() {
    let mut app = both();
    app.press("n 1");
    assert!(matches!(app.model.overlays.last(), Some(Overlay::Accounts(menu)) if menu.choice == Choice::NewCompany));
    app.press("2");
    let Some(Overlay::Form(form)) = app.model.overlays.last() else { panic!("{:?}", app.model.overlays) };
    assert_eq!(form.account.as_str(), "north");
    // Narrowed to one account, that is the one.
    let mut app = both();
    app.press("A 1 n 1");
    let Some(Overlay::Form(form)) = app.model.overlays.last() else { panic!("{:?}", app.model.overlays) };
    assert_eq!(form.account.as_str(), "default");
}

#[test]
fn a_link_goes_to_the_account_of_its_region() {
    let mut app = both();
    app.press("n 2");
    let token = "abcdefghijklmnopqrstuvwxyz0123";
    let paste = |app: &mut AppDriver, region: &str| {
        app.send(Msg::Paste(format!("https://brightwater.{region}/link/{token}")));
        app.press("enter")
    };
    assert_eq!(asked(&paste(&mut app, "ent.1password.com")), [], "no account is there");
    app.press("ctrl-u");
    let out = asked(&paste(&mut app, "1password.ca"));
    let [(profile, Request::AcceptLink(_))] = &out[..] else { panic!("{out:?}") };
    assert_eq!(profile, "north");
}

#[test]
fn marks_over_two_accounts_are_launched_in_their_own() {
    let mut app = both();
    let out = app.press("* b 1 tab enter");
    let mut of: Vec<String> = asked(&out).into_iter().map(|(profile, _)| profile).collect();
    assert_eq!(of.pop().as_deref(), Some("default"), "one after the other, by name: {out:?}");
}

#[test]
fn a_day_asleep_asks_each_account_once_and_merges() {
    let mut app = both();
    app.now = app.now.checked_add(SignedDuration::from_hours(26)).unwrap();
    let out = asked(&app.send(Msg::Resumed));
    for profile in ["default", "north"] {
        let of: Vec<&Request> = out.iter().filter(|(of, _)| of == profile).map(|(_, request)| request).collect();
        assert!(matches!(of[..], [Request::ListChanges(_), Request::GetSession(GetSession)]), "{of:?}");
    }
    assert_eq!(app.send(Msg::Tick), [], "and not again before the answers are there");
    app.reply_in("north", Reply::Api(Ok(changes(vec![company("Z", "Zebra")], &[]))));
    assert!(app.model.roster.contains(&key_in("north", "Z")));
}

#[test]
fn a_role_that_was_lost_shows_within_one_poll() {
    let mut app = both();
    app.pass(30_000);
    let lost = session_in("north", &[Permission::View, Permission::Launch]);
    app.reply_in("north", Reply::Api(Ok(Answer::Session(Box::new(lost)))));
    let told = app.model.toasts.iter().any(|toast| {
        matches!(&toast.says, Notification::RoleChanged { account: Some(account), lost, .. }
            if account == "North" && lost.contains(&Permission::Unlink))
    });
    assert!(told, "{:?}", app.model.toasts);
    app.press("j");
    assert_eq!(Command::Unlink.ready(&app.model), Err(DisabledReason::NotPermitted(Permission::Unlink)));
}

#[test]
fn a_revoked_credential_shows_within_one_poll_and_lets_nothing_through() {
    let mut app = both();
    app.pass(30_000);
    app.reply_in("north", Reply::Api(Err(error(Operation::Changes, Cause::NotSignedIn))));
    app.reply_in("north", Reply::Api(Err(error(Operation::SignIn, Cause::NotSignedIn))));
    let north = app.model.accounts.get(&ProfileId::new("north")).unwrap();
    assert!(north.refused() && north.confirmed.is_none());
    let says = Notification::SignedOut { account: Some("North".into()), profile: Some(ProfileId::new("north")) };
    assert!(app.model.toasts.iter().any(|toast| toast.says == says), "{:?}", app.model.toasts);
    assert_eq!(app.model.roster.shown().len(), 3, "what was there stays to be read");
    app.press("j");
    assert_eq!(Command::Launch.ready(&app.model), Err(DisabledReason::NotLetIn));
    app.press("k");
    assert_eq!(Command::Launch.ready(&app.model), Ok(()), "the other account works on");
    // Signed in again outside: the next try takes up the new secret and goes on from where it was.
    let out = app.pass(2_000);
    assert!(matches!(&out[..], [Effect::Connect { profile, .. }] if profile.as_str() == "north"), "{out:?}");
    let out = app.reply_in("north", Reply::Connected(Ok(None)));
    assert!(
        matches!(&asked(&out)[..], [(_, Request::GetSession(GetSession)), (_, Request::ListChanges(_))]),
        "{out:?}"
    );
}

fn recalling() -> AppDriver {
    AppDriver::new(Options { restore: true, ..AppDriver::options() }, WIDE)
}

fn part(companies: Vec<crate::domain::company::Company>) -> Reply {
    let session = Answer::Session(Box::new(session(&ALL_PERMISSIONS)));
    Reply::Restored(Restored::Part(vec![session, page(companies)]))
}

fn end(token: Option<&str>) -> Reply {
    let at = noon().checked_sub(SignedDuration::from_mins(50)).unwrap();
    Reply::Restored(Restored::End { token: token.map(ToOwned::to_owned), at })
}

#[test]
fn what_was_kept_is_there_before_the_server_answers_and_destroys_nothing() {
    let mut app = recalling();
    app.connect(Ok(()));
    app.reply_in("default", part(four()));
    assert_eq!(app.shown(), "ABCD");
    assert_eq!(Command::Unlink.ready(&app.model), Err(DisabledReason::NotFresh(None)));
    assert_eq!(Command::Launch.ready(&app.model), Err(DisabledReason::NotSignedIn));
    let out = app.reply_in("default", end(Some("kept")));
    assert_eq!(
        requests(&out),
        [Request::ListChanges(ListChanges { since: "kept".into(), wait: 0 })],
        "only what changed since is asked for"
    );
    app.answer(Answer::Session(Box::new(session(&ALL_PERMISSIONS))));
    let kept = noon().checked_sub(SignedDuration::from_mins(50)).ok();
    assert_eq!(Command::Unlink.ready(&app.model), Err(DisabledReason::NotFresh(kept)));
    assert_eq!(Command::Launch.ready(&app.model), Ok(()), "what can be taken back need not wait");
    app.answer(changes(vec![company("E", "Echo")], &["B"]));
    assert_eq!((app.shown().as_str(), Command::Unlink.ready(&app.model)), ("ACDE", Ok(())));
}

#[test]
fn kept_rows_stay_while_the_server_is_down() {
    let mut app = recalling();
    app.reply_in("default", part(four()));
    app.reply_in("default", end(Some("kept")));
    app.connect(Err(lost(Operation::Start)));
    assert_eq!(app.shown(), "ABCD");
    assert!(app.sync().synced_at.is_some() && !app.sync().fresh);
    assert!(matches!(app.pass(2_000).as_slice(), [Effect::Connect { .. }]));
}

#[test]
fn too_old_a_list_is_shown_and_loaded_anew() {
    let mut app = recalling();
    app.connect(Ok(()));
    app.reply_in("default", part(four()));
    let out = app.reply_in("default", end(None));
    assert!(matches!(requests(&out).as_slice(), [Request::ListCompanies(_)]), "{out:?}");
    app.answer(page(vec![company("A", "Alpen")]));
    assert_eq!(app.shown(), "A");
}

#[test]
fn a_damaged_list_is_told_and_everything_is_loaded() {
    let mut app = recalling();
    app.connect(Ok(()));
    app.reply_in("default", part(four()));
    let out = app.reply_in("default", Reply::Restored(Restored::SetAside(CacheDefect::Damaged)));
    assert!(matches!(requests(&out).as_slice(), [Request::ListCompanies(_)]), "{out:?}");
    assert!(
        app.model
            .toasts
            .iter()
            .any(|toast| toast.says == Notification::SetAside { account: None, flaw: CacheDefect::Damaged })
    );
}

#[test]
fn rows_of_another_account_are_thrown_away() {
    let mut app = recalling();
    app.connect(Ok(()));
    app.reply_in("default", part(four()));
    app.reply_in("default", end(Some("kept")));
    let mut other = session(&ALL_PERMISSIONS);
    other.account.id = crate::domain::id::AccountId::new("SOMEBODY ELSE'S");
    app.answer(Answer::Session(Box::new(other)));
    assert_eq!(app.shown(), "");
    let loads = app.open.iter().any(|effect| matches!(effect, Effect::Call { request: Request::ListCompanies(_), .. }));
    assert!(loads, "{:?}", app.open);
}

#[test]
fn several_accounts_at_rest_wake_nobody_before_the_first_is_due() {
    let mut app = both();
    app.pass(10_000);
    let due = app.model.accounts.iter().filter_map(|account| account.sync.due).min();
    assert_eq!(next_wake(&app.model), due);
}

#[test]
fn the_failure_of_the_account_under_the_cursor_is_told_in_full() {
    let told = |app: &AppDriver| match app.model.overlays.last() {
        Some(Overlay::Errors(failures)) => {
            let told = failures.all.get(failures.at).and_then(|told| told.says.error());
            told.and_then(|(account, _)| account.map(str::to_owned))
        }
        _ => None,
    };
    let mut app = both();
    app.pass(30_000);
    app.reply_in("north", Reply::Api(Err(lost(Operation::Changes))));
    app.press("A j !");
    assert_eq!(told(&app), None, "nothing failed in this one");
    app.press("j !");
    assert_eq!(told(&app).as_deref(), Some("North"));
}

#[test]
fn the_strip_counts_the_companies_of_the_accounts_that_are_shown() {
    let mut app = both();
    assert_eq!(app.model.roster.counts().by_state.active, 3);
    app.press("A 2");
    assert_eq!(app.model.roster.counts().by_state.active, 1);
    assert_eq!(app.model.roster.totals().counts.by_state.active, 3);
}

#[test]
fn of_many_those_of_an_account_where_it_is_not_allowed_are_left_out() {
    let mut app = AppDriver::two();
    app.load("default", &ALL_PERMISSIONS, vec![company("A", "Alpen")]);
    app.load("north", &[Permission::View], vec![company("B", "Brightwater")]);
    // The cursor is on the one that may only be looked at: what counts is what is marked.
    app.press("j * b 1");
    let Some(Overlay::Bulk(bulk)) = app.model.overlays.last() else { panic!("{:?}", app.model.overlays) };
    let hows: Vec<&How> = bulk.items.iter().map(|item| &item.how).collect();
    assert_eq!(hows, [&How::Ready, &How::Blocked(Block::NotPermitted(DisabledReason::ViewOnly))]);
    let out = app.press("tab enter");
    assert!(matches!(&asked(&out)[..], [(profile, Request::Launch(_))] if profile == "default"), "{out:?}");
}
