//! Links: nothing that is no link of our region is ever sent, and news of a link comes by itself.

use crate::app::effect::Effect;
use crate::app::features::links::AcceptDialog;
use crate::app::fixture::*;
use crate::app::msg::Msg;
use crate::app::overlay::Overlay;
use crate::app::screen::Screen;
use crate::app::toast::Notification;
use crate::domain::error::{Cause, Operation};
use crate::domain::id::{CompanyId, LinkId};
use crate::domain::launch::{NotOpened, Opening};
use crate::domain::link::{LinkRequest, LinkState, NotThisLink};
use crate::domain::request::{AcceptLink, Answer, CancelLink, ListLinks, Request};
use crate::domain::session::Permission;

const TOKEN: &str = "abcdefghijklmnopqrstuvwxyz012345";

pub(super) fn address(region: &str) -> String {
    format!("https://northwind.{region}/link/{TOKEN}")
}

pub(super) fn link(id: &str, state: LinkState) -> LinkRequest {
    LinkRequest {
        id: LinkId::new(id),
        company_name: format!("Company {id}"),
        region: "1password.eu".into(),
        state,
        requested_by: None,
        accepted_by: None,
        company: None,
        reason: None,
        create_time: Some(noon()),
        accept_time: None,
        end_time: None,
        expire_time: None,
        owner_page: None,
    }
}

fn app() -> AppDriver {
    AppDriver::as_who(AppDriver::options(), &FORM_PERMISSIONS, four())
}

/// On the screen, with these requests loaded.
pub(super) fn with(links: Vec<LinkRequest>) -> AppDriver {
    let mut app = app();
    app.press("2");
    app.answer(Answer::Links(links));
    app
}

fn accept(app: &AppDriver) -> &AcceptDialog {
    match app.model.overlays.last() {
        Some(Overlay::AcceptLink(dialog)) => dialog,
        other => panic!("no dialog: {other:?}"),
    }
}

fn paste(app: &mut AppDriver, text: &str) -> Vec<Request> {
    app.send(Msg::Paste(text.into()));
    requests(&app.press("enter"))
}

fn told(app: &AppDriver) -> Vec<Notification> {
    app.model.toasts.iter().map(|toast| toast.says.clone()).collect()
}

#[test]
fn a_link_of_another_region_is_refused_without_a_request() {
    let mut app = app();
    app.press("n j enter");
    assert_eq!(paste(&mut app, &address("1password.com")), []);
    assert_eq!(accept(&app).problem, Some(NotThisLink::Region("1password.com")));
    app.press("ctrl-u");
    assert_eq!(accept(&app).problem, None);
    assert_eq!(paste(&mut app, "northwind"), []);
    assert_eq!(accept(&app).problem, Some(NotThisLink::Shape));
    app.press("ctrl-u");
    assert_eq!(requests(&app.press("enter")), []);
    assert_eq!(accept(&app).problem, Some(NotThisLink::Empty));
}

#[test]
fn a_link_that_a_mail_program_broke_is_put_together_and_accepted_once() {
    let mut app = app();
    app.press("n j enter");
    let whole = address("1password.eu");
    let (first, second) = whole.split_at(30);
    let asked = paste(&mut app, &format!("  {first}\n  {second} "));
    let [Request::AcceptLink(AcceptLink { link: sent, key: first })] = &asked[..] else { panic!("{asked:?}") };
    assert_eq!(sent.reveal(), whole);
    app.fail(lost(Operation::AcceptLink));
    let again = requests(&app.press("enter"));
    let [Request::AcceptLink(AcceptLink { key: second, .. })] = &again[..] else { panic!("{again:?}") };
    assert_eq!(first, second, "after a lost answer it is the same intent");
    assert_eq!(accept(&app).line.text(), whole);
    let out = app.answer(Answer::Link(Box::new(link("N", LinkState::Accepted))));
    assert_eq!(told(&app), [Notification::LinkAccepted { company: "Company N".into() }]);
    assert_eq!((app.model.screen, app.model.overlays.len()), (Screen::Links, 0));
    assert!(requests(&out).contains(&Request::ListLinks(ListLinks)), "{out:?}");
}

#[test]
fn a_link_is_taken_out_of_what_a_mail_put_around_it() {
    let whole = address("1password.eu");
    let encoded = whole.replace(':', "%3A").replace('/', "%2F");
    for text in [
        format!("<{whole}>."),
        format!("Please accept\r{whole}\r\rThanks, Ada"),
        format!("https://eur01.safelinks.protection.outlook.com/?url={encoded}&data=05%7C02&reserved=0"),
    ] {
        let mut app = app();
        app.press("n j enter");
        app.send(Msg::Paste(text.clone()));
        assert_eq!(accept(&app).line.text(), whole, "{text}");
        let asked = requests(&app.press("enter"));
        assert!(
            matches!(&asked[..], [Request::AcceptLink(AcceptLink { link, .. })] if link.reveal() == whole),
            "{asked:?}"
        );
    }
    let mut app = app();
    app.press("n j enter");
    assert_eq!(paste(&mut app, "https://protect-eu.mimecast.com/s/AbCd"), []);
    assert_eq!(accept(&app).problem, Some(NotThisLink::Redacted("protect-eu.mimecast.com".into())));
}

/// The link is a key to the company: no log of effects or the model may hold it.
#[test]
fn no_debug_text_holds_a_link() {
    let mut app = app();
    app.press("n j enter");
    app.send(Msg::Paste(address("1password.eu")));
    let out = app.press("enter");
    for text in [format!("{out:?}"), format!("{:?}", app.model)] {
        assert!(!text.contains(TOKEN), "{text}");
    }
}

#[test]
fn esc_asks_before_a_link_is_dropped() {
    let mut app = app();
    app.press("n j enter x esc");
    assert!(accept(&app).submission.asking());
    app.press("esc");
    assert!(app.model.overlays.is_empty());
}

#[test]
fn the_screen_loads_when_it_comes_to_the_front_and_again_while_it_is_there() {
    let mut app = app();
    assert_eq!(requests(&app.pass(10)), [], "nothing of it is asked for elsewhere");
    assert_eq!(requests(&app.press("2")), [Request::ListLinks(ListLinks)]);
    assert_eq!(requests(&app.press("j k")), [], "one load at a time");
    app.answer(Answer::Links(Vec::new()));
    assert!(crate::app::next_wake(&app.model).is_some());
    assert!(requests(&app.pass(30_000)).contains(&Request::ListLinks(ListLinks)));
    app.answer(changes(Vec::new(), &[]));
    app.fail(lost(Operation::LoadLinks));
    assert_eq!(requests(&app.pass(1_000)), [], "a failure is not asked about in a loop");
    assert!(requests(&app.press("r")).contains(&Request::ListLinks(ListLinks)));
    app.answer(Answer::Links(Vec::new()));
    app.press("1");
    assert!(!requests(&app.pass(30_000)).contains(&Request::ListLinks(ListLinks)), "nobody waits for anything");
}

#[test]
fn an_open_request_is_watched_from_every_screen_and_its_end_is_told() {
    let mut app = with(vec![link("N", LinkState::Accepted), link("D", LinkState::Requested)]);
    app.press("1");
    let asked = requests(&app.pass(30_000));
    assert!(asked.contains(&Request::ListLinks(ListLinks)), "{asked:?}");
    app.answer(changes(Vec::new(), &[]));
    let mut denied = link("D", LinkState::Denied);
    denied.reason = Some("Not now".into());
    let approved = LinkRequest { company: Some(CompanyId::new("N")), ..link("N", LinkState::Approved) };
    let out = app.answer(Answer::Links(vec![approved, denied]));
    let (company, denied) = ("Company N".to_owned(), "Company D".to_owned());
    let reason = Some("Not now".to_owned());
    assert_eq!(told(&app), [Notification::Linked { company }, Notification::LinkDenied { company: denied, reason }]);
    assert!(matches!(&requests(&out)[..], [Request::ListChanges(_)]), "the company comes at once: {out:?}");
}

/// What an earlier run accepted is told too, although nobody opened the screen in this one.
#[test]
fn requests_are_asked_for_once_after_the_first_load_and_then_only_while_one_is_open() {
    let first = |permissions: &[Permission]| {
        let mut app = AppDriver::new(AppDriver::options(), WIDE);
        app.connect(Ok(()));
        app.answer(Answer::Session(Box::new(session(permissions))));
        let out = app.answer(page(four()));
        (app, requests(&out))
    };
    assert_eq!(first(&[Permission::View]).1, [], "who may not link is not told of links");
    let (mut app, asked) = first(&FORM_PERMISSIONS);
    assert_eq!(asked, [Request::ListLinks(ListLinks)]);
    app.fail(lost(Operation::LoadLinks));
    assert_eq!(requests(&app.pass(10_000)), [], "a failure is not asked about in a loop");
    assert!(requests(&app.pass(20_000)).contains(&Request::ListLinks(ListLinks)));
    app.answer(changes(Vec::new(), &[]));
    app.answer(Answer::Links(vec![link("N", LinkState::Accepted)]));
    assert!(requests(&app.pass(30_000)).contains(&Request::ListLinks(ListLinks)));
    app.answer(changes(Vec::new(), &[]));
    app.answer(Answer::Links(vec![link("N", LinkState::Approved)]));
    assert_eq!(told(&app), [Notification::Linked { company: "Company N".into() }]);
    app.answer(changes(Vec::new(), &[]));
    assert!(!requests(&app.pass(60_000)).contains(&Request::ListLinks(ListLinks)), "nothing is open any more");
}

#[test]
fn a_refusal_is_not_asked_about_again() {
    let mut app = AppDriver::new(AppDriver::options(), WIDE);
    app.connect(Ok(()));
    app.answer(Answer::Session(Box::new(session(&FORM_PERMISSIONS))));
    app.answer(page(four()));
    app.fail(error(Operation::LoadLinks, Cause::NotAllowed));
    assert!(!requests(&app.pass(60_000)).contains(&Request::ListLinks(ListLinks)));
}

#[test]
fn news_of_companies_is_news_of_links() {
    let mut app = with(vec![link("N", LinkState::Accepted)]);
    app.press("1 r");
    let out = app.answer(changes(vec![company("N", "Company N")], &[]));
    assert!(requests(&out).contains(&Request::ListLinks(ListLinks)), "{out:?}");
}

#[test]
fn a_request_is_taken_back_only_after_a_question_that_enter_alone_does_not_answer() {
    let mut app = with(vec![link("N", LinkState::Accepted), link("D", LinkState::Denied)]);
    assert_eq!(requests(&app.press("d enter")), []);
    assert!(app.model.overlays.is_empty());
    let asked = requests(&app.press("d tab enter"));
    assert!(matches!(&asked[..], [Request::CancelLink(CancelLink { link, .. })] if link.as_str() == "N"), "{asked:?}");
    app.answer(Answer::Link(Box::new(link("N", LinkState::Cancelled))));
    assert_eq!(told(&app), [Notification::LinkCancelled { company: "Company N".into() }]);
    assert_eq!(app.model.selected_link().unwrap().item.state, LinkState::Cancelled);
    app.press("j d");
    assert!(app.model.overlays.is_empty(), "what is over cannot be taken back");
}

#[test]
fn a_refused_cancel_says_why_and_shows_how_it_stands() {
    let mut app = with(vec![link("N", LinkState::Accepted)]);
    app.press("d tab enter");
    let out = app.fail(error(Operation::CancelLink, Cause::NotFound));
    assert!(requests(&out).contains(&Request::ListLinks(ListLinks)), "{out:?}");
    let Some(Overlay::CancelLink(cancel)) = app.model.overlays.last() else { panic!("it stays open") };
    assert!(cancel.submission.error().is_some() && !cancel.submission.sending() && !cancel.confirm);
}

#[test]
fn a_page_of_this_machine_is_opened_and_no_other() {
    let mut own = link("N", LinkState::Accepted);
    own.owner_page = Some("http://127.0.0.1:4815/owner/links/N".into());
    let mut foreign = link("F", LinkState::Accepted);
    foreign.owner_page = Some("https://evil.example/owner".into());
    let mut app = with(vec![own, foreign]);
    let out = app.press("o");
    assert!(matches!(&out[..], [Effect::Open { address, .. }] if address.reveal().ends_with("/owner/links/N")));
    app.browser(Ok(()));
    assert_eq!(told(&app), [Notification::PageOpened(Opening::Opened)]);
    assert!(!app.press("j o").iter().any(|effect| matches!(effect, Effect::Open { .. })));
}

#[test]
fn without_a_browser_the_page_is_shown_to_be_copied() {
    let mut own = link("N", LinkState::Accepted);
    own.owner_page = Some("http://127.0.0.1:4815/owner/links/N".into());
    let mut app = with(vec![own]);
    app.press("o");
    let why = error(Operation::OpenBrowser, Cause::BrowserFailed(vec![("xdg-open".into(), NotOpened::Code(3))]));
    app.browser(Err(why.clone()));
    let Some(Overlay::Page(page)) = app.model.overlays.last() else { panic!("the address is shown") };
    assert!(page.uri.ends_with("/N") && page.error == Some(Box::new(why)), "{page:?}");
    let out = app.press("y");
    assert!(matches!(&out[..], [Effect::Copy { .. }]), "{out:?}");
}

#[test]
fn the_sample_workspace_offers_the_owners_desk() {
    let mut who = session(&FORM_PERMISSIONS);
    who.account.owner_desk = Some("http://127.0.0.1:4815/owner".into());
    let mut app = AppDriver::new(AppDriver::options(), WIDE);
    app.connect(Ok(()));
    app.answer(Answer::Session(Box::new(who)));
    app.answer(page(four()));
    app.press("n j enter");
    let out = app.press("f2");
    assert!(matches!(&out[..], [Effect::Open { address, .. }] if address.reveal().ends_with("/owner")), "{out:?}");
}

#[test]
fn enter_opens_the_company_of_a_link() {
    let mut done = link("N", LinkState::Approved);
    done.company = Some(CompanyId::new("B"));
    let mut app = with(vec![done]);
    app.press("enter");
    assert_eq!((app.model.screen, app.selected().as_deref()), (Screen::Companies, Some("B")));
}
