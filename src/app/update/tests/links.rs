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

fn desk() -> Desk {
    Desk::as_who(Desk::options(), &FORM_PERMISSIONS, four())
}

/// On the screen, with these requests loaded.
pub(super) fn with(links: Vec<LinkRequest>) -> Desk {
    let mut desk = desk();
    desk.press("2");
    desk.answer(Answer::Links(links));
    desk
}

fn accept(desk: &Desk) -> &AcceptDialog {
    match desk.model.overlays.last() {
        Some(Overlay::AcceptLink(dialog)) => dialog,
        other => panic!("no dialog: {other:?}"),
    }
}

fn paste(desk: &mut Desk, text: &str) -> Vec<Request> {
    desk.send(Msg::Paste(text.into()));
    requests(&desk.press("enter"))
}

fn told(desk: &Desk) -> Vec<Notification> {
    desk.model.toasts.iter().map(|toast| toast.says.clone()).collect()
}

#[test]
fn a_link_of_another_region_is_refused_without_a_request() {
    let mut desk = desk();
    desk.press("n j enter");
    assert_eq!(paste(&mut desk, &address("1password.com")), []);
    assert_eq!(accept(&desk).problem, Some(NotThisLink::Region("1password.com")));
    desk.press("ctrl-u");
    assert_eq!(accept(&desk).problem, None);
    assert_eq!(paste(&mut desk, "northwind"), []);
    assert_eq!(accept(&desk).problem, Some(NotThisLink::Shape));
    desk.press("ctrl-u");
    assert_eq!(requests(&desk.press("enter")), []);
    assert_eq!(accept(&desk).problem, Some(NotThisLink::Empty));
}

#[test]
fn a_link_that_a_mail_program_broke_is_put_together_and_accepted_once() {
    let mut desk = desk();
    desk.press("n j enter");
    let whole = address("1password.eu");
    let (first, second) = whole.split_at(30);
    let asked = paste(&mut desk, &format!("  {first}\n  {second} "));
    let [Request::AcceptLink(AcceptLink { link: sent, key: first })] = &asked[..] else { panic!("{asked:?}") };
    assert_eq!(sent.reveal(), whole);
    desk.fail(lost(Operation::AcceptLink));
    let again = requests(&desk.press("enter"));
    let [Request::AcceptLink(AcceptLink { key: second, .. })] = &again[..] else { panic!("{again:?}") };
    assert_eq!(first, second, "after a lost answer it is the same intent");
    assert_eq!(accept(&desk).line.text(), whole);
    let out = desk.answer(Answer::Link(Box::new(link("N", LinkState::Accepted))));
    assert_eq!(told(&desk), [Notification::LinkAccepted { company: "Company N".into() }]);
    assert_eq!((desk.model.screen, desk.model.overlays.len()), (Screen::Links, 0));
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
        let mut desk = desk();
        desk.press("n j enter");
        desk.send(Msg::Paste(text.clone()));
        assert_eq!(accept(&desk).line.text(), whole, "{text}");
        let asked = requests(&desk.press("enter"));
        assert!(
            matches!(&asked[..], [Request::AcceptLink(AcceptLink { link, .. })] if link.reveal() == whole),
            "{asked:?}"
        );
    }
    let mut desk = desk();
    desk.press("n j enter");
    assert_eq!(paste(&mut desk, "https://protect-eu.mimecast.com/s/AbCd"), []);
    assert_eq!(accept(&desk).problem, Some(NotThisLink::Redacted("protect-eu.mimecast.com".into())));
}

/// The link is a key to the company: no log of effects or the model may hold it.
#[test]
fn no_debug_text_holds_a_link() {
    let mut desk = desk();
    desk.press("n j enter");
    desk.send(Msg::Paste(address("1password.eu")));
    let out = desk.press("enter");
    for text in [format!("{out:?}"), format!("{:?}", desk.model)] {
        assert!(!text.contains(TOKEN), "{text}");
    }
}

#[test]
fn esc_asks_before_a_link_is_dropped() {
    let mut desk = desk();
    desk.press("n j enter x esc");
    assert!(accept(&desk).submission.asking());
    desk.press("esc");
    assert!(desk.model.overlays.is_empty());
}

#[test]
fn the_screen_loads_when_it_comes_to_the_front_and_again_while_it_is_there() {
    let mut desk = desk();
    assert_eq!(requests(&desk.pass(10)), [], "nothing of it is asked for elsewhere");
    assert_eq!(requests(&desk.press("2")), [Request::ListLinks(ListLinks)]);
    assert_eq!(requests(&desk.press("j k")), [], "one load at a time");
    desk.answer(Answer::Links(Vec::new()));
    assert!(crate::app::next_wake(&desk.model).is_some());
    assert!(requests(&desk.pass(30_000)).contains(&Request::ListLinks(ListLinks)));
    desk.answer(changes(Vec::new(), &[]));
    desk.fail(lost(Operation::LoadLinks));
    assert_eq!(requests(&desk.pass(1_000)), [], "a failure is not asked about in a loop");
    assert!(requests(&desk.press("r")).contains(&Request::ListLinks(ListLinks)));
    desk.answer(Answer::Links(Vec::new()));
    desk.press("1");
    assert!(!requests(&desk.pass(30_000)).contains(&Request::ListLinks(ListLinks)), "nobody waits for anything");
}

#[test]
fn an_open_request_is_watched_from_every_screen_and_its_end_is_told() {
    let mut desk = with(vec![link("N", LinkState::Accepted), link("D", LinkState::Requested)]);
    desk.press("1");
    let asked = requests(&desk.pass(30_000));
    assert!(asked.contains(&Request::ListLinks(ListLinks)), "{asked:?}");
    desk.answer(changes(Vec::new(), &[]));
    let mut denied = link("D", LinkState::Denied);
    denied.reason = Some("Not now".into());
    let approved = LinkRequest { company: Some(CompanyId::new("N")), ..link("N", LinkState::Approved) };
    let out = desk.answer(Answer::Links(vec![approved, denied]));
    let (company, denied) = ("Company N".to_owned(), "Company D".to_owned());
    let reason = Some("Not now".to_owned());
    assert_eq!(told(&desk), [Notification::Linked { company }, Notification::LinkDenied { company: denied, reason }]);
    assert!(matches!(&requests(&out)[..], [Request::ListChanges(_)]), "the company comes at once: {out:?}");
}

/// What an earlier run accepted is told too, although nobody opened the screen in this one.
#[test]
fn requests_are_asked_for_once_after_the_first_load_and_then_only_while_one_is_open() {
    let first = |permissions: &[Permission]| {
        let mut desk = Desk::new(Desk::options(), WIDE);
        desk.connect(Ok(()));
        desk.answer(Answer::Session(Box::new(session(permissions))));
        let out = desk.answer(page(four()));
        (desk, requests(&out))
    };
    assert_eq!(first(&[Permission::View]).1, [], "who may not link is not told of links");
    let (mut desk, asked) = first(&FORM_PERMISSIONS);
    assert_eq!(asked, [Request::ListLinks(ListLinks)]);
    desk.fail(lost(Operation::LoadLinks));
    assert_eq!(requests(&desk.pass(10_000)), [], "a failure is not asked about in a loop");
    assert!(requests(&desk.pass(20_000)).contains(&Request::ListLinks(ListLinks)));
    desk.answer(changes(Vec::new(), &[]));
    desk.answer(Answer::Links(vec![link("N", LinkState::Accepted)]));
    assert!(requests(&desk.pass(30_000)).contains(&Request::ListLinks(ListLinks)));
    desk.answer(changes(Vec::new(), &[]));
    desk.answer(Answer::Links(vec![link("N", LinkState::Approved)]));
    assert_eq!(told(&desk), [Notification::Linked { company: "Company N".into() }]);
    desk.answer(changes(Vec::new(), &[]));
    assert!(!requests(&desk.pass(60_000)).contains(&Request::ListLinks(ListLinks)), "nothing is open any more");
}

#[test]
fn a_refusal_is_not_asked_about_again() {
    let mut desk = Desk::new(Desk::options(), WIDE);
    desk.connect(Ok(()));
    desk.answer(Answer::Session(Box::new(session(&FORM_PERMISSIONS))));
    desk.answer(page(four()));
    desk.fail(error(Operation::LoadLinks, Cause::NotAllowed));
    assert!(!requests(&desk.pass(60_000)).contains(&Request::ListLinks(ListLinks)));
}

#[test]
fn news_of_companies_is_news_of_links() {
    let mut desk = with(vec![link("N", LinkState::Accepted)]);
    desk.press("1 r");
    let out = desk.answer(changes(vec![company("N", "Company N")], &[]));
    assert!(requests(&out).contains(&Request::ListLinks(ListLinks)), "{out:?}");
}

#[test]
fn a_request_is_taken_back_only_after_a_question_that_enter_alone_does_not_answer() {
    let mut desk = with(vec![link("N", LinkState::Accepted), link("D", LinkState::Denied)]);
    assert_eq!(requests(&desk.press("d enter")), []);
    assert!(desk.model.overlays.is_empty());
    let asked = requests(&desk.press("d tab enter"));
    assert!(matches!(&asked[..], [Request::CancelLink(CancelLink { link, .. })] if link.as_str() == "N"), "{asked:?}");
    desk.answer(Answer::Link(Box::new(link("N", LinkState::Cancelled))));
    assert_eq!(told(&desk), [Notification::LinkCancelled { company: "Company N".into() }]);
    assert_eq!(desk.model.selected_link().unwrap().item.state, LinkState::Cancelled);
    desk.press("j d");
    assert!(desk.model.overlays.is_empty(), "what is over cannot be taken back");
}

#[test]
fn a_refused_cancel_says_why_and_shows_how_it_stands() {
    let mut desk = with(vec![link("N", LinkState::Accepted)]);
    desk.press("d tab enter");
    let out = desk.fail(error(Operation::CancelLink, Cause::NotFound));
    assert!(requests(&out).contains(&Request::ListLinks(ListLinks)), "{out:?}");
    let Some(Overlay::CancelLink(cancel)) = desk.model.overlays.last() else { panic!("it stays open") };
    assert!(cancel.submission.error().is_some() && !cancel.submission.sending() && !cancel.confirm);
}

#[test]
fn a_page_of_this_machine_is_opened_and_no_other() {
    let mut own = link("N", LinkState::Accepted);
    own.owner_page = Some("http://127.0.0.1:4815/owner/links/N".into());
    let mut foreign = link("F", LinkState::Accepted);
    foreign.owner_page = Some("https://evil.example/owner".into());
    let mut desk = with(vec![own, foreign]);
    let out = desk.press("o");
    assert!(matches!(&out[..], [Effect::Open { address, .. }] if address.reveal().ends_with("/owner/links/N")));
    desk.browser(Ok(()));
    assert_eq!(told(&desk), [Notification::PageOpened(Opening::Opened)]);
    assert!(!desk.press("j o").iter().any(|effect| matches!(effect, Effect::Open { .. })));
}

#[test]
fn without_a_browser_the_page_is_shown_to_be_copied() {
    let mut own = link("N", LinkState::Accepted);
    own.owner_page = Some("http://127.0.0.1:4815/owner/links/N".into());
    let mut desk = with(vec![own]);
    desk.press("o");
    let why = error(Operation::OpenBrowser, Cause::BrowserFailed(vec![("xdg-open".into(), NotOpened::Code(3))]));
    desk.browser(Err(why.clone()));
    let Some(Overlay::Page(page)) = desk.model.overlays.last() else { panic!("the address is shown") };
    assert!(page.uri.ends_with("/N") && page.error == Some(Box::new(why)), "{page:?}");
    let out = desk.press("y");
    assert!(matches!(&out[..], [Effect::Copy { .. }]), "{out:?}");
}

#[test]
fn the_sample_workspace_offers_the_owners_desk() {
    let mut who = session(&FORM_PERMISSIONS);
    who.account.owner_desk = Some("http://127.0.0.1:4815/owner".into());
    let mut desk = Desk::new(Desk::options(), WIDE);
    desk.connect(Ok(()));
    desk.answer(Answer::Session(Box::new(who)));
    desk.answer(page(four()));
    desk.press("n j enter");
    let out = desk.press("f2");
    assert!(matches!(&out[..], [Effect::Open { address, .. }] if address.reveal().ends_with("/owner")), "{out:?}");
}

#[test]
fn enter_opens_the_company_of_a_link() {
    let mut done = link("N", LinkState::Approved);
    done.company = Some(CompanyId::new("B"));
    let mut desk = with(vec![done]);
    desk.press("enter");
    assert_eq!((desk.model.screen, desk.selected().as_deref()), (Screen::Companies, Some("B")));
}
