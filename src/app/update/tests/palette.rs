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
fn desk() -> Desk {
    let options = Options { labels: LABELS.to_vec(), ..Desk::options() };
    let known = |mut it: Company| {
        if it.name == "Brightwater" {
            it.tags = vec!["retail".into()];
            it.owners = Owners { names: vec!["Nils Hansen".into()], ..it.owners };
        }
        it
    };
    Desk::as_who(options, &ALL_PERMISSIONS, four().into_iter().map(known).collect())
}

fn palette(model: &Model) -> &Palette {
    match model.overlays.last() {
        Some(Overlay::Palette(palette)) => palette,
        other => panic!("no palette: {other:?}"),
    }
}

fn typed(desk: &mut Desk, text: &str) -> Vec<Entry> {
    desk.press("ctrl-p");
    desk.type_in(text);
    palette(&desk.model).found.clone()
}

fn open(desk: &Desk) -> (Option<String>, Tab) {
    (desk.model.pinned.clone().map(|key| key.company.to_string()), desk.model.tab)
}

#[test]
fn a_company_is_one_name_away_from_everywhere() {
    for place in ["j", "/ a", "2", "3", "4", "5", "enter ] ]", "tab", "s", "f"] {
        let mut desk = desk();
        desk.press(place);
        if matches!(place, "s" | "f") {
            // A menu is left first: its letters are its own.
            desk.press("esc");
        } else if place == "/ a" {
            desk.press("enter");
        }
        typed(&mut desk, "brig");
        desk.press("enter");
        assert_eq!((open(&desk), desk.model.pane), ((Some("B".into()), Tab::Overview), Pane::Company), "{place}");
        assert_eq!(desk.model.screen, Screen::Companies);
        assert!(desk.model.overlays.is_empty());
    }
}

#[test]
fn commands_are_found_by_other_words_and_what_is_typed_in_full_comes_first() {
    let mut desk = desk();
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
        assert_eq!(typed(&mut desk, text).first(), Some(&Entry::Command(first)), "{text}");
        desk.press("esc");
    }
}

#[test]
fn quit_leaves_with_a_question_and_q_bang_without_one() {
    let mut desk = desk();
    desk.press("e");
    desk.type_in("x");
    desk.press("esc esc");
    typed(&mut desk, "q!");
    assert_eq!(palette(&desk.model).found.first(), Some(&Entry::QuitAtOnce));
    assert!(desk.press("enter").contains(&Effect::Quit));
    typed(&mut desk, "q");
    assert!(desk.press("enter").contains(&Effect::Quit), "nothing is in flight");
}

#[test]
fn tabs_of_the_selected_company_tags_and_owners_are_found() {
    let mut desk = desk();
    desk.press("j");
    assert_eq!(typed(&mut desk, "checklist").first(), Some(&Entry::Tab(Tab::Setup)));
    desk.press("enter");
    assert_eq!(open(&desk), (Some("B".into()), Tab::Setup));
    let owner = typed(&mut desk, "hansen").first().cloned();
    assert!(matches!(&owner, Some(Entry::Owner(_, name)) if name == "Nils Hansen"), "{owner:?}");
    desk.press("enter");
    assert_eq!(open(&desk), (Some("B".into()), Tab::People));
    assert!(matches!(typed(&mut desk, "$nils").as_slice(), [Entry::Owner(..)]));
    desk.press("esc");
    assert!(matches!(typed(&mut desk, "#").as_slice(), [Entry::Tag(tag, 1)] if tag == "retail"));
    desk.press("enter");
    assert_eq!((desk.shown(), desk.model.pane), ("B".into(), Pane::List));
}

#[test]
fn people_of_companies_that_were_opened_are_found_by_address_as_well() {
    let mut desk = desk();
    desk.press("enter ] ]");
    desk.answer(Answer::People(vec![person("Dora"), person("Emil")]));
    desk.press("esc");
    let found = typed(&mut desk, "emil@a");
    assert!(matches!(found.first(), Some(Entry::Person(_, _, name)) if name == "Emil"), "{found:?}");
    desk.press("enter");
    assert_eq!(open(&desk), (Some("A".into()), Tab::People));
    assert_eq!(desk.model.selected_person().map(|person| person.display_name.clone()), Some("Emil".into()));
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
    let mut desk = desk();
    desk.press(":");
    assert!(asked(&desk.type_in("k")).is_empty() && asked(&desk.pass(500)).is_empty(), "one letter is no name");
    assert!(asked(&desk.type_in("la")).is_empty() && asked(&desk.pass(199)).is_empty());
    assert_eq!(asked(&desk.pass(1)), ["kla"]);
    assert!(asked(&desk.pass(5_000)).is_empty(), "once");
    let late = desk.waiting(|effect| !asked(std::slice::from_ref(effect)).is_empty());
    desk.type_in("r");
    assert_eq!(asked(&desk.pass(200)), ["klar"]);
    let answer = |people: Vec<FoundPerson>| Answer::FoundPeople(FoundPeople { total: Some(7), people });
    desk.reply(late, Reply::Api(Ok(answer(vec![klara("C")]))));
    assert!(palette(&desk.model).people.found.rows().is_empty(), "what was looked for before is not shown");
    desk.answer(answer(vec![klara("B"), klara("GONE")]));
    let key = key_of("B");
    let found = Entry::Person(key, UserId::new("KLARA"), "Klara Jensen".into());
    assert_eq!((palette(&desk.model).found.first(), palette(&desk.model).people.more), (Some(&found), 5));
    assert!(!palette(&desk.model).found.iter().any(|entry| entry.company() == Some(&key_of("GONE"))));
    desk.press("enter");
    assert_eq!(open(&desk), (Some("B".into()), Tab::People));
    desk.answer(Answer::People(vec![person("Ada"), Person { id: UserId::new("KLARA"), ..person("Klara") }]));
    assert_eq!(desk.model.selected_person().map(|person| person.id.clone()), Some(UserId::new("KLARA")));
}

#[test]
fn what_comes_late_leaves_the_cursor_where_it_is_and_a_failure_is_told() {
    let mut desk = desk();
    typed(&mut desk, "on");
    desk.press("down down");
    let at = palette(&desk.model).found[2].clone();
    desk.pass(200);
    desk.answer(Answer::FoundPeople(FoundPeople { total: None, people: vec![klara("B")] }));
    assert_eq!(palette(&desk.model).found.get(palette(&desk.model).cursor), Some(&at));
    desk.type_in("e");
    desk.pass(200);
    desk.fail(lost(Operation::LoadPeople));
    assert!(palette(&desk.model).people.found.loads().all(|(_, load)| load.error().is_some()));
    desk.press("esc");
    let before = desk.model.clone();
    desk.pass(1_000);
    assert!(crate::app::next_wake(&desk.model).is_none_or(|wake| wake > before.now), "at rest nothing is asked");
}

#[test]
fn a_sign_in_front_narrows_what_is_looked_for() {
    let mut desk = desk();
    for (text, section) in [("@o", Section::Companies), ("#re", Section::Tags), ("$nils", Section::People)] {
        let found = typed(&mut desk, text);
        assert!(!found.is_empty() && found.iter().all(|entry| entry.section() == section), "{text}: {found:?}");
        desk.press("esc");
    }
    let commands = typed(&mut desk, ">o");
    let places = [Section::Commands, Section::Places];
    assert!(commands.iter().all(|entry| places.contains(&entry.section())), "{commands:?}");
}

#[test]
fn what_was_opened_comes_first_where_nothing_is_typed() {
    let mut desk = desk();
    assert!(typed(&mut desk, "").iter().all(|entry| entry.section() != Section::Recent));
    desk.press("esc enter esc j enter esc k enter esc");
    let recent = |desk: &mut Desk| {
        let found = typed(desk, "");
        let names = found.iter().filter(|entry| entry.section() == Section::Recent);
        let names: Vec<String> = names.filter_map(|entry| Some(entry.company()?.company.to_string())).collect();
        desk.press("esc");
        names
    };
    assert_eq!(recent(&mut desk), ["A", "B"], "newest first, each once");
    desk.answer_changes_without("A");
    assert_eq!(recent(&mut desk), ["B"], "one that is gone is not offered");
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
    let mut desk = Desk::as_who(Options { ui, ..Desk::options() }, &ALL_PERMISSIONS, four());
    let recent = |desk: &Desk| desk.model.recent.iter().map(|key| key.company.to_string()).collect::<Vec<_>>();
    assert_eq!(recent(&desk), ["C", "A"]);
    let effects = desk.press("enter");
    assert_eq!(recent(&desk), ["A", "C"]);
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
    let mut desk = desk();
    desk.press("/");
    desk.type_in("cont");
    desk.press("enter v s");
    desk.type_in("Big ones");
    desk.press("enter esc esc 4");
    let is_view = |entry: &&Entry| matches!(entry, Entry::View(0, name) if name == "Big ones");
    assert!(typed(&mut desk, "").iter().any(|entry| is_view(&entry)), "also where nothing is typed");
    desk.press("esc");
    let found = typed(&mut desk, "big");
    assert!(found.first().is_some_and(|entry| is_view(&entry)), "{found:?}");
    desk.press("enter");
    assert_eq!((desk.model.screen, desk.shown()), (Screen::Companies, "C".into()));
}

#[test]
fn tab_completes_and_alt_l_launches_the_company_under_the_cursor() {
    let mut desk = desk();
    typed(&mut desk, "@cont");
    desk.press("tab");
    assert_eq!(palette(&desk.model).line.text(), "@Contoso");
    let asked = requests(&desk.press("alt-l"));
    assert!(matches!(asked.as_slice(), [.., Request::Launch(launch)] if launch.company.as_str() == "C"), "{asked:?}");
    typed(&mut desk, ">sort");
    assert!(requests(&desk.press("alt-l")).is_empty(), "a command is no company");
}

#[test]
fn a_theme_is_shown_while_one_moves_and_stays_only_when_chosen() {
    let mut desk = desk();
    let before = desk.model.appearance.theme.clone();
    let found = typed(&mut desk, "theme");
    assert!(found.iter().filter(|entry| matches!(entry, Entry::Theme(_))).count() > 4, "{found:?}");
    desk.press("down");
    let Some(Entry::Theme(second)) = found.get(1) else { panic!("{found:?}") };
    assert_eq!(desk.model.appearance.theme, *second, "looked at");
    desk.press("esc");
    assert_eq!(desk.model.appearance.theme, before);
    typed(&mut desk, "theme contrast");
    desk.press("enter");
    assert_eq!(desk.model.appearance.theme, "contrast");
    typed(&mut desk, "theme");
    desk.press("ctrl-u");
    assert_eq!(desk.model.appearance.theme, "contrast", "what else is looked for shows the one that holds");
    desk.type_in("list.sort");
    desk.press("enter");
    assert_eq!(desk.model.appearance.theme, "contrast");
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
        let mut desk = desk();
        desk.press(place);
        desk.press("?");
        assert_eq!(help(&desk.model).rows.first(), Some(&(Heading::Here, own)), "{place}");
        let all = help(&desk.model).rows.iter().filter(|(heading, _)| *heading != Heading::Here).count();
        assert_eq!(all, crate::app::command::TABLE.len());
    }
}

#[test]
fn help_is_searched_and_runs_what_is_found() {
    let mut desk = desk();
    desk.press("? /");
    assert!(types_text(&desk.model));
    desk.type_in("delete");
    assert_eq!(help(&desk.model).rows.iter().map(|(_, command)| *command).collect::<Vec<_>>(), [Command::Unlink]);
    desk.press("enter");
    assert!(matches!(desk.model.overlays.last(), Some(Overlay::Unlink(_))));
    desk.press("esc ? /");
    desk.type_in("S");
    assert!(help(&desk.model).rows.iter().any(|(_, command)| *command == Command::Reverse), "by its key");
    desk.press("esc");
    assert!(!types_text(&desk.model) && help(&desk.model).rows.len() > 50, "Esc ends the search");
    desk.press("esc");
    assert!(desk.model.overlays.is_empty());
}

#[test]
fn a_form_has_a_help_of_its_own_and_keeps_what_was_typed() {
    let mut desk = desk();
    desk.press("n enter");
    desk.type_in("Acme");
    desk.press("f1");
    assert_eq!(help(&desk.model).topic, Topic::Form);
    assert_eq!(desk.press("enter"), []);
    assert!(matches!(desk.model.overlays.last(), Some(Overlay::Form(_))), "Enter closes the help and runs nothing");
    desk.press("f1 j / x esc");
    desk.type_in(" Ltd");
    let Some(Overlay::Form(form)) = desk.model.overlays.last() else { panic!("no form") };
    assert_eq!(form.text(crate::app::features::form::Field::Name), "Acme Ltd");
}

#[test]
fn the_palette_finds_runs_and_closes() {
    let mut desk = Desk::with(four());
    desk.press(":");
    desk.type_in("list.rev");
    assert!(matches!(desk.model.overlays.last(), Some(Overlay::Palette(palette)) if palette.found.len() == 1));
    desk.press("esc s 3 :");
    desk.type_in("list.reverse");
    desk.press("enter");
    assert_eq!(desk.model.roster.query().sort, Some(Sort { column: Column::Name, descending: true }));
    desk.press(":");
    desk.type_in("no such thing");
    assert_eq!(desk.press("enter"), []);
    assert!(desk.model.overlays.is_empty());
    desk.press(": backspace");
    assert!(desk.model.overlays.is_empty(), "backspace on nothing closes it");
}

#[test]
fn the_palette_finds_commands_without_their_accents_and_however_they_are_spelled() {
    let mut desk = Desk::with(four());
    desk.model.options.labels =
        vec![Label { to: To::Command(Command::ClearAll), name: "Alles zurück – Löschen", also: "" }];
    for typed in ["zuruck", "ZURUECK", "zuru\u{308}ck", "loschen"] {
        desk.press(":");
        desk.type_in(typed);
        let Some(Overlay::Palette(palette)) = desk.model.overlays.last() else { panic!("no palette") };
        assert_eq!(palette.found.first(), Some(&Entry::Command(Command::ClearAll)), "{typed}");
        desk.press("esc");
    }
}

#[test]
fn pasted_text_searches_the_palette() {
    let mut desk = Desk::with(four());
    desk.press(":");
    desk.send(Msg::Paste("list.filter".into()));
    desk.press("enter");
    assert!(matches!(desk.model.overlays.last(), Some(Overlay::Filter { .. })));
}
