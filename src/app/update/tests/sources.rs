use crate::app::effect::Effect;
use crate::app::features::overview::{Card, card};
use crate::app::fixture::{AppDriver, changes, checklist, company, newer, requests, source};
use crate::app::model::Details;
use crate::domain::company::{Company, CompanyState};
use crate::domain::error::{Cause, Error, Operation, RetryAdvice};
use crate::domain::facts::{Coverage, Facet, Fact, FactSource};
use crate::domain::request::{Answer, ListSources, Request};
use crate::domain::session::WorkspaceKind;
use crate::domain::source::{Source, SourceReason, SourceState};

fn real(companies: Vec<Company>) -> AppDriver {
    let mut app = AppDriver::with(companies);
    app.account().session.value_mut().unwrap().account.kind = Some(WorkspaceKind::Real);
    app
}

/// How often the sources were asked for.
fn asked(effects: &[Effect]) -> usize {
    requests(effects).iter().filter(|request| matches!(request, Request::ListSources(_))).count()
}

fn opened(company: Company, sources: Vec<Source>) -> AppDriver {
    let mut app = real(vec![company]);
    app.press("enter");
    app.pass(100);
    app.answer(Answer::Sources(sources));
    app
}

#[test]
fn sources_are_asked_for_once_when_a_company_is_opened_and_again_when_the_server_tells_of_it() {
    let mut app = real(vec![company("A", "Alpen"), company("B", "Bohr")]);
    assert_eq!(asked(&app.press("enter")), 0, "who goes on to another tab does not need them");
    let effects = app.pass(100);
    let of = Some(company("A", "").id);
    assert!(requests(&effects).contains(&Request::ListSources(ListSources { company: of })), "{effects:?}");
    assert_eq!(asked(&effects), 1);
    app.answer(Answer::Setup(checklist()));
    app.answer(Answer::Sources(vec![source("A", SourceState::Connected, None)]));
    assert_eq!(asked(&app.pass(20_000)), 0);
    app.pass(10_000);
    assert_eq!(asked(&app.answer(changes(vec![company("B", "Bohr")], &[]))), 0, "it is about another company");
    app.pass(30_000);
    // It was read, and nothing had changed: the same revision.
    assert_eq!(asked(&app.answer(changes(vec![company("A", "Alpen")], &[]))), 1);
    app.answer(Answer::Sources(Vec::new()));
    app.press("esc");
    app.pass(30_000);
    assert_eq!(asked(&app.answer(changes(vec![newer(company("A", "Alpen"))], &[]))), 0, "nobody looks at it");
}

#[test]
fn a_company_of_the_sample_has_no_sources() {
    let mut app = AppDriver::with(vec![company("A", "Alpen")]);
    let effects = [app.press("enter"), app.pass(100)].concat();
    assert_eq!(asked(&effects), 0);
    app.press("j j j j");
    assert_eq!(card(&app.model), Card::Activity);
}

#[test]
fn people_whom_an_interface_tells_are_counted_in_the_overview() {
    let people = |facts| {
        let mut app = real(vec![Company { facts, ..company("A", "Alpen") }]);
        app.press("enter");
        requests(&app.pass(100)).iter().any(|request| matches!(request, Request::ListPeople(_)))
    };
    let fact = Fact {
        facet: Facet::People,
        source: FactSource::UsersApi,
        as_of: crate::app::fixture::noon(),
        coverage: Coverage::Estimate,
        observer: None,
        value: None,
    };
    assert!(people(vec![fact]) && !people(Vec::new()));
}

fn silent_one() -> Source {
    source("A", SourceState::Failing, Some(SourceReason::Unreachable))
}

/// What the first of the sources asks to type.
fn typed(company: Company, sources: Vec<Source>) -> Option<String> {
    let app = opened(company, sources);
    crate::app::features::sources::first_command(&app.model)
}

#[test]
fn what_to_type_is_what_helps() {
    let alpen = || company("A", "Alpen Bäckerei");
    let with = |state, reason| vec![source("A", state, reason)];
    let refused = || with(SourceState::NeedsAttention, Some(SourceReason::CredentialRefused));
    let rotate = "mspdash connect 'Alpen Bäckerei' --users-api --rotate";
    assert_eq!(typed(alpen(), Vec::new()).unwrap(), "mspdash connect 'Alpen Bäckerei' --users-api");
    assert_eq!(typed(alpen(), refused()).unwrap(), rotate);
    assert_eq!(typed(alpen(), vec![silent_one()]).unwrap(), "mspdash sources check 'Alpen Bäckerei'");
    let events = "mspdash connect 'Alpen Bäckerei' --events";
    assert_eq!(typed(alpen(), with(SourceState::Connected, None)).unwrap(), events);
    let token = Source { source: FactSource::Events, ..silent_one() };
    let both = vec![source("A", SourceState::Connected, None), token];
    assert_eq!(typed(alpen(), both).unwrap(), "mspdash sources check 'Alpen Bäckerei' --events");
    let soon = Source {
        expire_time: Some("2026-12-01T12:00:00Z".parse().unwrap()),
        ..with(SourceState::Connected, None).remove(0)
    };
    assert_eq!(typed(alpen(), vec![soon]).unwrap(), rotate);
    let unlinked = || Company { state: CompanyState::Unlinked, ..alpen() };
    assert_eq!(typed(unlinked(), refused()).unwrap(), "mspdash sources unlinked");
    assert_eq!(typed(unlinked(), Vec::new()), None, "what is not ours is not connected");
}

/// A name that a shell or the command line takes for something else.
#[test]
fn a_command_means_this_company_whatever_it_is_called() {
    let connect = |name: &str| typed(company("A", name), Vec::new()).unwrap();
    assert_eq!(connect("O'Hara; rm -rf $HOME"), r"mspdash connect 'O'\''Hara; rm -rf $HOME' --users-api");
    assert_eq!(connect("--help"), "mspdash connect A --users-api");
    let mut app = real(vec![company("A", "Alpen"), company("B", "Alpen")]);
    app.press("enter");
    app.pass(100);
    app.answer(Answer::Sources(Vec::new()));
    assert_eq!(crate::app::features::sources::first_command(&app.model).unwrap(), "mspdash connect A --users-api");
}

#[test]
fn the_command_is_copied_from_the_card_and_from_what_opens_behind_it() {
    let copied = |effects: &[Effect]| match effects {
        [Effect::Copy { text, .. }] => text.reveal().to_owned(),
        other => panic!("{other:?}"),
    };
    let mut app = opened(company("A", "Alpen"), Vec::new());
    app.press("j j j j");
    assert_eq!(card(&app.model), Card::Sources);
    assert_eq!(copied(&app.press("y y")), "mspdash connect Alpen --users-api");
    app.press("enter");
    assert_eq!(copied(&app.press("y")), "mspdash connect Alpen --users-api");
    app.press("j");
    assert_eq!(copied(&app.press("y")), "mspdash connect Alpen --events");
    app.press("j");
    assert_eq!(copied(&app.press("y")), "mspdash import companies FILE");
    assert!(app.press("j y").is_empty(), "what is seen in the console is noted by a key");
    app.press("enter");
    let declares = |overlay: &crate::app::overlay::Overlay| matches!(overlay, crate::app::overlay::Overlay::Declare(_));
    assert!(app.model.overlays.last().is_some_and(declares));
}

#[test]
fn what_is_not_known_yet_is_not_called_missing() {
    use crate::app::features::sources::{Standing, rows};
    let alpen = company("A", "Alpen");
    let standing = |details: &Details| match rows(&alpen, details)[0].standing {
        Standing::Unknown => "unknown",
        Standing::Missing => "missing",
        _ => "there",
    };
    assert_eq!(standing(&Details::default()), "unknown");
    let mut app = real(vec![alpen.clone()]);
    app.press("enter");
    app.pass(100);
    app.fail(Error::new(Operation::LoadSources, Cause::ServerFailed { status: 503 }, RetryAdvice::Now));
    let details = app.model.selected_details().unwrap();
    assert_eq!(standing(details), "unknown", "nor when the server does not say");
    assert_eq!(asked(&app.pass(1_000)), 0, "it is not asked in a loop");
    let effects = [app.press("r"), app.pass(1_000)].concat();
    assert_eq!(asked(&effects), 1);
    app.answer(Answer::Sources(Vec::new()));
    assert_eq!(standing(app.model.selected_details().unwrap()), "missing");
}
