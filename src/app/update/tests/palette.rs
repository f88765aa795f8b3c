//! Go to anything, and the help.

use crate::app::command::Command;
use crate::app::core::ui::UiStates;
use crate::app::effect::Effect;
use crate::app::features::help::{Heading, Topic};
use crate::app::features::palette::{Entry, Label, Palette, Section, To};
use crate::app::fixture::*;
use crate::app::focus::types_text;
use crate::app::model::{Model, Options, Pane, Tab};
use crate::app::msg::{Msg, Reply};
use crate::app::overlay::Overlay;
use crate::app::screen::Screen;
use crate::domain::company::{Company, Owners};
use crate::domain::error::Operation;
use crate::domain::id::{CompanyId, ProfileId, UserId};
use crate::domain::people::{FoundPeople, FoundPerson, Person, PersonKind, PersonState};
use crate::domain::request::{Answer, Request};
use crate::domain::roster::{Column, Sort};
use crate::domain::ui_state::UiState;

const LABELS: [Label; 5] = [
    Label { to: To::Command(Command::Unlink), name: "Unlink", also: "delete remove" },
    Label { to: To::Command(Command::Quit), name: "Quit", also: "q exit" },
    Label { to: To::Command(Command::Sort), name: "Sort", also: "order" },
    Label { to: To::Command(Command::ShowUsage), name: "Usage", also: "billing" },
    Label { to: To::Tab(Tab::Setup), name: "Setup", also: "checklist steps" },
];

/// Brightwater has an owner and a tag.
fn app() -> AppDriver {
    let options = Options { labels: LABELS.to_vec(), ..AppDriver::options() };
    let known = |mut it: Company| {
        if it.name == "Brightwater" {
            it.tags = vec!["retail".into()];
            it.owners = Owners { names: vec!["Nils Hansen".into()], ..it.owners };
        }
        it
    };
    AppDriver::as_who(options, &ALL_PERMISSIONS, four().into_iter().map(known).collect())
}

fn palette(model: &Model) -> &Palette {
    match model.overlays.last() {
        Some(Overlay::Palette(palette)) => palette,
        other => panic!("no palette: {other:?}"),
    }
}

fn typed(app: &mut AppDriver, text: &str) -> Vec<Entry> {
    app.press("ctrl-p");
    app.type_in(text);
    palette(&app.model).found.clone()
}

fn open(app: &AppDriver) -> (Option<String>, Tab) {
    (app.model.pinned.clone().map(|key| key.company.to_string()), app.model.tab)
}

#[test]
fn a_company_is_one_name_away_from_everywhere() {
    for place in ["j", "/ a", "2", "3", "4", "5", "enter ] ]", "tab", "s", "f"] {
        let mut app = app();
        app.press(place);
        if matches!(place, "s" | "f") {
            // A menu is left first: its letters are its own.
            app.press("esc");
        } else if place == "/ a" {
            app.press("enter");
        }
        typed(&mut app, "brig");
        app.press("enter");
        assert_eq!((open(&app), app.model.pane), ((Some("B".into()), Tab::Overview), Pane::Company), "{place}");
        assert_eq!(app.model.screen, Screen::Companies);
        assert!(app.model.overlays.is_empty());
    }
}

#[test]
fn commands_are_found_by_other_words_and_what_is_typed_in_full_comes_first() {
    let mut app = app();
    for (text, first) in [
        ("delete", Command::Unlink),
        ("remove", Command::Unlink),
        ("billing", Command::ShowUsage),
        ("q", Command::Quit),
        (":q", Command::Quit),
        ("exit", Command::Quit),
        ("sort", Command::Sort),
        (">so", Command::Sort),
        ("list.sort", Command::Sort),
    ] {
        assert_eq!(typed(&mut app, text).first(), Some(&Entry::Command(first)), "{text}");
        app.press("esc");
    }
}

#[test]
fn quit_leaves_with_a_question_and_q_bang_without_one() {
    let mut app = app();
    app.press("e");
    app.type_in("x");
    app.press("esc esc");
    typed(&mut app, "q!");
    assert_eq!(palette(&app.model).found.first(), Some(&Entry::QuitAtOnce));
    assert!(app.press("enter").contains(&Effect::Quit));
    typed(&mut app, "q");
    assert!(app.press("enter").contains(&Effect::Quit), "nothing is in flight");
}

#[test]
fn tabs_of_the_selected_company_tags_and_owners_are_found() {
    let mut app = app();
    app.press("j");
    assert_eq!(typed(&mut app, "checklist").first(), Some(&Entry::Tab(Tab::Setup)));
    app.press("enter");
    assert_eq!(open(&app), (Some("B".into()), Tab::Setup));
    let owner = typed(&mut app, "hansen").first().cloned();
    assert!(matches!(&owner, Some(Entry::Owner(_, name)) if name == "Nils Hansen"), "{owner:?}");
    app.press("enter");
    assert_eq!(open(&app), (Some("B".into()), Tab::People));
    assert!(matches!(typed(&mut app, "$nils").as_slice(), [Entry::Owner(..)]));
    app.press("esc");
    assert!(matches!(typed(&mut app, "#").as_slice(), [Entry::Tag(tag, 1)] if tag == "retail"));
    app.press("enter");
    assert_eq!((app.shown(), app.model.pane), ("B".into(), Pane::List));
}

#[test]
fn people_of_companies_that_were_opened_are_found_by_address_as_well() {
    let mut app = app();
    app.press("enter ] ]");
    app.answer(Answer::People(vec![person("Dora"), person("Emil")]));
    app.press("esc");
    let found = typed(&mut app, "emil@a");
    assert!(matches!(found.first(), Some(Entry::Person(_, _, name)) if name == "Emil"), "{found:?}");
    app.press("enter");
    assert_eq!(open(&app), (Some("A".into()), Tab::People));
    assert_eq!(app.model.selected_person().map(|person| person.display_name.clone()), Some("Emil".into()));
}

/// Who is found as Klara at this company.
fn klara(company: &str) -> FoundPerson {
    FoundPerson {
        company: CompanyId::new(company),
        company_name: company.into(),
        user: UserId::new("KLARA"),
        display_name: "Klara Jensen".into(),
        email: "klara@a.example".into(),
        state: PersonState::Active,
        kind: PersonKind::Member,
    }
}

fn asked(effects: &[Effect]) -> Vec<String> {
    let search = |request: Request| match request {
        Request::FindPeople(find) => Some(find.search),
        _ => None,
    };
    requests(effects).into_iter().filter_map(search).collect()
}

#[test]
fn people_of_all_companies_are_asked_for_once_the_typing_rests() {
    let mut app = app();
    app.press(":");
    assert!(asked(&app.type_in("k")).is_empty() && asked(&app.pass(500)).is_empty(), "one letter is no name");
    assert!(asked(&app.type_in("la")).is_empty() && asked(&app.pass(199)).is_empty());
    assert_eq!(asked(&app.pass(1)), ["kla"]);
    assert!(asked(&app.pass(5_000)).is_empty(), "once");
    let late = app.waiting(|effect| !asked(std::slice::from_ref(effect)).is_empty());
    app.type_in("r");
    assert_eq!(asked(&app.pass(200)), ["klar"]);
    let answer = |people: Vec<FoundPerson>| Answer::FoundPeople(FoundPeople { total: Some(7), people });
    app.reply(late, Reply::Api(Ok(answer(vec![klara("C")]))));
    assert!(palette(&app.model).people.found.rows().is_empty(), "what was looked for before is not shown");
    app.answer(answer(vec![klara("B"), klara("GONE")]));
    let key = key_of("B");
    let found = Entry::Person(key, UserId::new("KLARA"), "Klara Jensen".into());
    assert_eq!((palette(&app.model).found.first(), palette(&app.model).people.more), (Some(&found), 5));
    assert!(!palette(&app.model).found.iter().any(|entry| entry.company() == Some(&key_of("GONE"))));
    app.press("enter");
    assert_eq!(open(&app), (Some("B".into()), Tab::People));
    app.answer(Answer::People(vec![person("Ada"), Person { id: UserId::new("KLARA"), ..person("Klara") }]));
    assert_eq!(app.model.selected_person().map(|person| person.id.clone()), Some(UserId::new("KLARA")));
}

#[test]
fn what_comes_late_leaves_the_cursor_where_it_is_and_a_failure_is_told() {
    let mut app = app();
    typed(&mut app, "on");
    app.press("down down");
    let at = palette(&app.model).found[2].clone();
    app.pass(200);
    app.answer(Answer::FoundPeople(FoundPeople { total: None, people: vec![klara("B")] }));
    assert_eq!(palette(&app.model).found.get(palette(&app.model).cursor), Some(&at));
    app.type_in("e");
    app.pass(200);
    app.fail(lost(Operation::LoadPeople));
    assert!(palette(&app.model).people.found.loads().all(|(_, load)| load.error().is_some()));
    app.press("esc");
    let before = app.model.clone();
    app.pass(1_000);
    assert!(crate::app::next_wake(&app.model).is_none_or(|wake| wake > before.now), "at rest nothing is asked");
}

#[test]
fn a_sign_in_front_narrows_what_is_looked_for() {
    let mut app = app();
    for (text, section) in [("@o", Section::Companies), ("#re", Section::Tags), ("$nils", Section::People)] {
        let found = typed(&mut app, text);
        assert!(!found.is_empty() && found.iter().all(|entry| entry.section() == section), "{text}: {found:?}");
        app.press("esc");
    }
    let commands = typed(&mut app, ">o");
    let places = [Section::Commands, Section::Places];
    assert!(commands.iter().all(|entry| places.contains(&entry.section())), "{commands:?}");
}

#[test]
fn what_was_opened_comes_first_where_nothing_is_typed() {
    let mut app = app();
    assert!(typed(&mut app, "").iter().all(|entry| entry.section() != Section::Recent));
    app.press("esc enter esc j enter esc k enter esc");
    let recent = |app: &mut AppDriver| {
        let found = typed(app, "");
        let names = found.iter().filter(|entry| entry.section() == Section::Recent);
        let names: Vec<String> = names.filter_map(|entry| Some(entry.company()?.company.to_string())).collect();
        app.press("esc");
        names
    };
    assert_eq!(recent(&mut app), ["A", "B"], "newest first, each once");
    app.answer_changes_without("A");
    assert_eq!(recent(&mut app), ["B"], "one that is gone is not offered");
}

/// What was kept of these accounts in an earlier run, newest first.
fn opened_before(profiles: &[(&str, &[&str])]) -> Vec<(ProfileId, UiState)> {
    let kept =
        |ids: &[&str]| UiState { recent: ids.iter().map(|id| CompanyId::new(id)).collect(), ..UiState::default() };
    profiles.iter().map(|(profile, ids)| (ProfileId::new(profile), kept(ids))).collect()
}

#[test]
fn what_was_opened_in_an_earlier_run_is_offered_and_what_is_opened_now_is_kept() {
    let ui = opened_before(&[("default", &["C", "A"])]);
    let mut app = AppDriver::as_who(Options { ui, ..AppDriver::options() }, &ALL_PERMISSIONS, four());
    let recent = |app: &AppDriver| app.model.recent.iter().map(|key| key.company.to_string()).collect::<Vec<_>>();
    assert_eq!(recent(&app), ["C", "A"]);
    let effects = app.press("enter");
    assert_eq!(recent(&app), ["A", "C"]);
    let kept = effects.iter().find_map(|effect| match effect {
        Effect::SaveUiState { change, .. } => Some(change.1.recent.clone()),
        _ => None,
    });
    assert_eq!(kept, Some(vec![CompanyId::new("A"), CompanyId::new("C")]));
}

#[test]
fn what_was_opened_before_in_several_accounts_is_offered_in_turn() {
    let both = [ProfileId::new("default"), ProfileId::new("north")];
    let states = UiStates::new(both, &opened_before(&[("default", &["A", "B", "C"]), ("north", &["X"])]));
    let recent: Vec<String> = states.recent().iter().map(|key| key.company.to_string()).collect();
    assert_eq!(recent, ["A", "X", "B", "C"]);
}

#[test]
fn saved_views_are_found_by_name_and_shown() {
    let mut app = app();
    app.press("/");
    app.type_in("cont");
    app.press("enter v s");
    app.type_in("Big ones");
    app.press("enter esc esc 4");
    let is_view = |entry: &&Entry| matches!(entry, Entry::View(0, name) if name == "Big ones");
    assert!(typed(&mut app, "").iter().any(|entry| is_view(&entry)), "also where nothing is typed");
    app.press("esc");
    let found = typed(&mut app, "big");
    assert!(found.first().is_some_and(|entry| is_view(&entry)), "{found:?}");
    app.press("enter");
    assert_eq!((app.model.screen, app.shown()), (Screen::Companies, "C".into()));
}

#[test]
fn tab_completes_and_alt_l_launches_the_company_under_the_cursor() {
    let mut app = app();
    typed(&mut app, "@cont");
    app.press("tab");
    assert_eq!(palette(&app.model).line.text(), "@Contoso");
    let asked = requests(&app.press("alt-l"));
    assert!(matches!(asked.as_slice(), [.., Request::Launch(launch)] if launch.company.as_str() == "C"), "{asked:?}");
    typed(&mut app, ">sort");
    assert!(requests(&app.press("alt-l")).is_empty(), "a command is no company");
}

#[test]
fn a_theme_is_shown_while_one_moves_and_stays_only_when_chosen() {
    let mut app = app();
    let before = app.model.appearance.theme.clone();
    let found = typed(&mut app, "theme");
    assert!(found.iter().filter(|entry| matches!(entry, Entry::Theme(_))).count() > 4, "{found:?}");
    app.press("down");
    let Some(Entry::Theme(second)) = found.get(1) else { panic!("{found:?}") };
    assert_eq!(app.model.appearance.theme, *second, "looked at");
    app.press("esc");
    assert_eq!(app.model.appearance.theme, before);
    typed(&mut app, "theme contrast");
    app.press("enter");
    assert_eq!(app.model.appearance.theme, "contrast");
    typed(&mut app, "theme");
    app.press("ctrl-u");
    assert_eq!(app.model.appearance.theme, "contrast", "what else is looked for shows the one that holds");
    app.type_in("list.sort");
    app.press("enter");
    assert_eq!(app.model.appearance.theme, "contrast");
}

fn help(model: &Model) -> &crate::app::features::help::Help {
    match model.overlays.last() {
        Some(Overlay::Help(help)) => help,
        other => panic!("no help: {other:?}"),
    }
}

#[test]
fn help_begins_with_the_keys_of_the_place() {
    for (place, own) in [
        ("enter ]", Command::LaunchStep),
        ("enter ] ]", Command::FindPerson),
        ("2", Command::AcceptLink),
        ("4", Command::Period),
        ("j", Command::Open),
    ] {
        let mut app = app();
        app.press(place);
        app.press("?");
        assert_eq!(help(&app.model).rows.first(), Some(&(Heading::Here, own)), "{place}");
        let all = help(&app.model).rows.iter().filter(|(heading, _)| *heading != Heading::Here).count();
        assert_eq!(all, crate::app::command::TABLE.len());
    }
}

#[test]
fn help_is_searched_and_runs_what_is_found() {
    let mut app = app();
    app.press("? /");
    assert!(types_text(&app.model));
    app.type_in("delete");
    assert_eq!(help(&app.model).rows.iter().map(|(_, command)| *command).collect::<Vec<_>>(), [Command::Unlink]);
    app.press("enter");
    assert!(matches!(app.model.overlays.last(), Some(Overlay::Unlink(_))));
    app.press("esc ? /");
    app.type_in("S");
    assert!(help(&app.model).rows.iter().any(|(_, command)| *command == Command::Reverse), "by its key");
    app.press("esc");
    assert!(!types_text(&app.model) && help(&app.model).rows.len() > 50, "Esc ends the search");
    app.press("esc");
    assert!(app.model.overlays.is_empty());
}

#[test]
fn a_form_has_a_help_of_its_own_and_keeps_what_was_typed() {
    let mut app = app();
    app.press("n enter");
    app.type_in("Acme");
    app.press("f1");
    assert_eq!(help(&app.model).topic, Topic::Form);
    assert_eq!(app.press("enter"), []);
    assert!(matches!(app.model.overlays.last(), Some(Overlay::Form(_))), "Enter closes the help and runs nothing");
    app.press("f1 j / x esc");
    app.type_in(" Ltd");
    let Some(Overlay::Form(form)) = app.model.overlays.last() else { panic!("no form") };
    assert_eq!(form.text(crate::app::features::form::Field::Name), "Acme Ltd");
}

#[test]
fn the_palette_finds_runs_and_closes() {
    let mut app = AppDriver::with(four());
    app.press(":");
    app.type_in("list.rev");
    assert!(matches!(app.model.overlays.last(), Some(Overlay::Palette(palette)) if palette.found.len() == 1));
    app.press("esc s 3 :");
    app.type_in("list.reverse");
    app.press("enter");
    assert_eq!(app.model.roster.query().sort, Some(Sort { column: Column::Name, descending: true }));
    app.press(":");
    app.type_in("no such thing");
    assert_eq!(app.press("enter"), []);
    assert!(app.model.overlays.is_empty());
    app.press(": backspace");
    assert!(app.model.overlays.is_empty(), "backspace on nothing closes it");
}

#[test]
fn the_palette_finds_commands_without_their_accents_and_however_they_are_spelled() {
    let mut app = AppDriver::with(four());
    app.model.options.labels =
        vec![Label { to: To::Command(Command::ClearAll), name: "Alles zurück – Löschen", also: "" }];
    for typed in ["zuruck", "ZURUECK", "zuru\u{308}ck", "loschen"] {
        app.press(":");
        app.type_in(typed);
        let Some(Overlay::Palette(palette)) = app.model.overlays.last() else { panic!("no palette") };
        assert_eq!(palette.found.first(), Some(&Entry::Command(Command::ClearAll)), "{typed}");
        app.press("esc");
    }
}

#[test]
fn pasted_text_searches_the_palette() {
    let mut app = AppDriver::with(four());
    app.press(":");
    app.send(Msg::Paste("list.filter".into()));
    app.press("enter");
    assert!(matches!(app.model.overlays.last(), Some(Overlay::Filter { .. })));
}
