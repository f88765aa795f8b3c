//! What the cards tell where there is much room, and where there is little.

use crate::app::Options;
use crate::app::fixture::{ALL_PERMISSIONS, AppDriver, checklist, company, person, source};
use crate::app::msg::{Msg, Size};
use crate::domain::company::{Attention, Company, Seats, SetupProgress};
use crate::domain::facts::{Coverage, Facet, Fact, FactSource, Figure};
use crate::domain::lang::Lang;
use crate::domain::people::{Person, PersonKind, PersonState};
use crate::domain::request::Answer;
use crate::domain::session::WorkspaceKind;
use crate::domain::setup::StepState;
use crate::domain::source::{Source, SourceReason, SourceState};
use crate::view::draw;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

const SIZES: [(u16, u16); 5] = [(160, 45), (120, 36), (100, 30), (80, 24), (60, 20)];

fn app(company: Company, (width, height): (u16, u16)) -> AppDriver {
    let mut app = AppDriver::with(vec![company]);
    app.send(Msg::Resize(Size { width, height }));
    app
}

fn shown(app: &AppDriver) -> String {
    let Size { width, height } = app.model.size;
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    terminal.draw(|frame| draw(&app.model, frame)).unwrap();
    let buffer = terminal.backend().buffer();
    let row = |y| (0..width).map(|x| buffer[(x, y)].symbol()).collect::<String>();
    (0..height).map(row).collect::<Vec<_>>().join("\n")
}

/// One measure of how full it is, whatever shows it.
#[test]
fn seats_are_as_full_in_the_list_as_in_their_card() {
    for (filled, bar, told) in
        [(64, "▰▰▰▱▱", "   64%"), (79, "▰▰▰▱▱", "   79%"), (80, "▰▰▰▰▱", "△ 80%"), (100, "▰▰▰▰▰", "▲ 100%")]
    {
        let seats = Seats { filled: Some(filled), limit: Some(100), ..Seats::default() };
        let mut app = app(Company { seats, ..company("A", "Alpen") }, (120, 36));
        let list = shown(&app);
        assert!(list.contains(&format!("{filled}/100 {bar} ")), "{list}");
        app.press("enter");
        assert!(shown(&app).contains(told), "{}", shown(&app));
    }
}

#[test]
fn the_figure_of_a_newer_source_and_who_says_it_are_told_at_every_size() {
    let fact = |source, coverage, as_of: &str, value| Fact {
        facet: Facet::Seats,
        source,
        as_of: as_of.parse().unwrap(),
        coverage,
        observer: Some("Mira".into()),
        value,
    };
    let facts = vec![
        fact(FactSource::Import, Coverage::Exact, "2026-11-16T12:00:00Z", None),
        fact(FactSource::Declared, Coverage::Declared, "2026-11-21T12:00:00Z", Some(Figure::Count(4_711))),
    ];
    let company = Company { facts, attention: vec![Attention::FactsDiffer], ..company("A", "Alpen") };
    for size in SIZES {
        let mut app = app(company.clone(), size);
        app.press("enter j");
        let card = shown(&app);
        assert!(card.contains("4,711") && card.contains("Mira"), "{size:?}: {card}");
    }
    assert!(shown(&app(company, (160, 45))).contains("4,711"), "in the pane beside the list as well");
}

/// What the details leave out for want of room they tell under the cursor, and say until then that there is more.
#[test]
fn details_unfold_under_the_cursor() {
    let website = Some("alpen.example".to_owned());
    let company = Company { website, ..company("A", "Alpen") };
    for size in [(100, 24), (80, 24)] {
        let mut app = app(company.clone(), size);
        app.press("enter G k k");
        assert!(!shown(&app).contains("alpen.example"), "{size:?}: {}", shown(&app));
        assert!(shown(&app).contains('▾'));
        app.press("j");
        assert!(shown(&app).contains("alpen.example"), "{size:?}: {}", shown(&app));
    }
    for size in [(160, 45), (120, 40)] {
        let mut app = app(company.clone(), size);
        app.press("enter");
        assert!(shown(&app).contains("alpen.example"), "{size:?}: there is room");
    }
}

#[test]
fn a_step_reads_the_same_in_the_card_as_in_the_list_of_steps() {
    for size in SIZES {
        let mut app = app(company("A", "Alpen"), size);
        app.press("enter");
        app.pass(100);
        app.answer(Answer::Setup(crate::app::fixture::checklist()));
        app.press("j j");
        assert!(shown(&app).contains("2 Recovery plan   ← next"), "{size:?}: {}", shown(&app));
    }
}

#[test]
fn addresses_of_people_stand_beside_them_where_there_is_room() {
    for (size, beside) in [((160, 45), true), ((120, 36), false)] {
        let mut app = app(company("A", "Alpen"), size);
        app.press("enter ] ]");
        app.answer(Answer::People(vec![person("Ann"), person("Bo")]));
        let rows = shown(&app);
        let row = rows.lines().find(|row| row.contains(" Bo ")).unwrap();
        assert_eq!(row.contains("bo@a.example"), beside, "{row}");
    }
}

#[test]
fn the_key_that_opens_a_row_is_offered_inside_a_company() {
    let mut app = app(company("A", "Alpen"), (120, 36));
    app.press("enter");
    assert!(shown(&app).lines().last().unwrap().contains("↵ open"));
}

#[test]
fn the_copy_menu_shows_the_card_that_it_would_copy() {
    let mut app = app(company("A", "Alpen"), (120, 36));
    app.press("enter y");
    assert!(shown(&app).contains("Alpen – Needs attention · "), "{}", shown(&app));
}

/// The card of the sources, with the cursor on it.
fn sources(lang: Lang, size: (u16, u16), facts: Vec<Fact>, sources: Vec<Source>) -> String {
    let options = Options { lang, ..AppDriver::options() };
    let mut app = AppDriver::as_who(options, &ALL_PERMISSIONS, vec![Company { facts, ..company("A", "Alpen") }]);
    app.account().session.value_mut().unwrap().account.kind = Some(WorkspaceKind::Real);
    app.send(Msg::Resize(Size { width: size.0, height: size.1 }));
    app.press("enter");
    app.pass(100);
    app.answer(Answer::Sources(sources));
    app.press("j j j j");
    shown(&app)
}

#[test]
fn sources_tell_how_they_stand_at_every_size() {
    let failing = |state, reason| vec![source("A", state, Some(reason))];
    for size in SIZES {
        let ok = sources(Lang::En, size, Vec::new(), vec![source("A", SourceState::Connected, None)]);
        assert!(ok.contains("✔ Users API: read 12 minutes ago"), "{ok}");
        assert!(ok.contains("next in 48 minutes"), "{ok}");
        let silent = sources(Lang::De, size, Vec::new(), failing(SourceState::Failing, SourceReason::Unreachable));
        assert!(silent.contains("△ Users API: 1Password antwortet nicht"), "{silent}");
        assert!(silent.contains("gelesen vor 12 Minuten") && silent.contains("in 48 Minuten"), "{silent}");
        let reason = failing(SourceState::NeedsAttention, SourceReason::CredentialRefused);
        let refused = sources(Lang::En, size, Vec::new(), reason);
        assert!(refused.contains("⚑ Users API: 1Password refuses the secret"), "{refused}");
        assert!(refused.contains("↵  what to do"), "{refused}");
    }
}

#[test]
fn a_company_without_a_source_says_so_in_one_line() {
    for (lang, line) in [(Lang::En, "No source yet; ↵ shows which there are"), (Lang::De, "Noch keine Quelle; ↵ zeigt")]
    {
        for size in SIZES {
            let card = sources(lang, size, Vec::new(), Vec::new());
            assert!(card.contains(line) && !card.contains("Users API"), "{card}");
        }
    }
    let fact = Fact {
        facet: Facet::Seats,
        source: FactSource::Import,
        as_of: "2026-11-16T12:00:00Z".parse().unwrap(),
        coverage: Coverage::Exact,
        observer: Some("Mira".into()),
        value: None,
    };
    let card = sources(Lang::En, (120, 36), vec![fact], Vec::new());
    assert!(card.contains("✔ Imports: imported 6 days ago by Mira") && card.contains("○ Users API: not connected"));
}

/// The Users API has no word for members and guests.
#[test]
fn people_of_an_unknown_kind_are_counted_by_their_state() {
    let of = |name: &str, state| Person { kind: PersonKind::Other(String::new()), state, ..person(name) };
    let other = PersonState::Other("ODD".into());
    let people = vec![of("Ann", PersonState::Active), of("Bo", PersonState::Suspended), of("Cy", other)];
    let mut app = app(company("A", "Alpen"), (120, 40));
    app.press("enter");
    app.pass(100);
    app.answer(Answer::People(people));
    assert!(shown(&app).contains("1 active   1 suspended   1 not known"), "{}", shown(&app));
}

#[test]
fn a_source_in_full_tells_what_to_do_and_what_is_not_known() {
    let refused = source("A", SourceState::NeedsAttention, Some(SourceReason::CredentialRefused));
    let late = Source { next_read_time: Some("2026-11-22T09:00:00Z".parse().unwrap()), ..refused.clone() };
    let soon = Source {
        state: SourceState::Connected,
        reason: None,
        expire_time: Some("2026-11-30T12:00:00Z".parse().unwrap()),
        ..refused.clone()
    };
    let dialog = |source: Source, size: (u16, u16)| {
        let mut app = app(company("A", "Alpen"), size);
        app.account().session.value_mut().unwrap().account.kind = Some(WorkspaceKind::Real);
        app.press("enter");
        app.pass(100);
        app.answer(Answer::Sources(vec![source]));
        app.press("j j j j enter");
        shown(&app)
    };
    for size in [(120, 36), (80, 24)] {
        let shown = dialog(refused.clone(), size);
        for told in [
            "mspdash connect Alpen --users-api --rotate",
            "It was revoked or replaced.",
            "12 minutes ago (22 Nov 11:48)",
        ] {
            assert!(shown.contains(told), "{told}\n{shown}");
        }
        assert!(shown.contains("in 48 minutes") && shown.contains("not known") && shown.contains("in the keyring"));
    }
    assert!(dialog(late, (80, 24)).contains("was due 3 hours ago"));
    let shown = dialog(soon, (80, 24));
    assert!(shown.contains("30 Nov (in 8 days)") && shown.contains("△ Users API"), "{shown}");
}

/// Of a company of which nobody said how far its setup is, it may be done for years.
#[test]
fn a_checklist_that_nobody_marked_does_not_say_none_is_done() {
    for size in [(120, 36), (80, 24)] {
        for marked in [true, false] {
            let mut app = app(Company { setup: SetupProgress::default(), ..company("A", "Alpen") }, size);
            let mut list = checklist();
            for step in list.steps.iter_mut().filter(|_| !marked) {
                (step.state, step.updater, step.update_time) = (StepState::Todo, None, None);
            }
            app.press("enter ]");
            app.answer(Answer::Setup(list));
            let tab = shown(&app);
            assert_eq!((tab.contains("1 of 5"), tab.contains("┃ Not marked yet")), (marked, !marked), "{tab}");
            assert!(!tab.contains("0 of 5"), "{tab}");
            for real in [false, true].into_iter().filter(|_| size.0 == 120) {
                let session = app.model.accounts.iter_mut().next().unwrap().session.value_mut().unwrap();
                session.account.kind = real.then_some(WorkspaceKind::Real);
                let told = if real { "DETECTED      not known" } else { "DETECTED      nothing detected" };
                assert!(shown(&app).contains(told), "{}", shown(&app));
            }
            app.press("[");
            let cards = shown(&app);
            assert_eq!((cards.contains("1 of 5"), cards.contains("0 of 5")), (marked, false), "{cards}");
        }
    }
}

#[test]
fn that_nothing_needs_attention_is_said_of_what_is_known() {
    for (owners, recoveries, ticked) in [(Some(2), Some(0), true), (None, Some(0), false), (Some(2), None, false)] {
        let mut alpen = Company { attention: Vec::new(), open_recoveries: recoveries, ..company("A", "Alpen") };
        alpen.owners.confirmed = owners;
        let mut app = app(alpen, (120, 36));
        app.press("enter");
        assert_eq!(shown(&app).contains("✔ Nothing needs attention"), ticked);
        assert_eq!(shown(&app).contains("· Nothing that is known here needs attention"), !ticked);
    }
}
