//! Which companies a command is about: where some are marked, what can be done to many is about them, and what is
//! about one says so.

use crate::app::command::{Command, Scope, TABLE, Target};
use crate::app::ctx::Ctx;
use crate::app::effect::Effect;
use crate::app::features::bulk::{Block, How, Stage};
use crate::app::features::export::Exported;
use crate::app::fixture::*;
use crate::app::overlay::Overlay;
use crate::domain::company::{Attention, Company};
use crate::domain::error::Operation;
use crate::domain::id::CompanyKey;
use crate::domain::request::{Answer, EditCompany, Request};

/// A new command does not compile until it is decided what it is about.
fn scope(command: Command) -> Scope {
    match command {
        Command::Open
        | Command::LaunchStep
        | Command::AddOwner
        | Command::EditNote
        | Command::EditCompany
        | Command::AttendRecovery
        | Command::AttendLink
        | Command::AttendOwner
        | Command::AttendSetup
        | Command::Declare => Scope::One,
        Command::Launch
        | Command::Unlink
        | Command::ToggleStep
        | Command::Tag
        | Command::Snooze
        | Command::Pin
        | Command::Copy
        | Command::CopyId => Scope::Many,
        Command::Bulk | Command::Export => Scope::Marks,
        Command::Search
        | Command::Sort
        | Command::Reverse
        | Command::Filter
        | Command::Accounts
        | Command::ClearAll
        | Command::Refresh
        | Command::NextTab
        | Command::PreviousTab
        | Command::NewCompany
        | Command::Import
        | Command::Mark
        | Command::MarkAll
        | Command::Unmark
        | Command::Urgent
        | Command::NextMatch
        | Command::PreviousMatch
        | Command::Columns
        | Command::Views
        | Command::HideUnlinked
        | Command::FindPerson
        | Command::MakeOwner
        | Command::MakeAdministrator
        | Command::TakeAway
        | Command::Suspend
        | Command::Recover
        | Command::CancelRecovery
        | Command::ViewVault
        | Command::GrantVault
        | Command::AcceptLink
        | Command::CancelLink
        | Command::OwnerPage
        | Command::Period
        | Command::UsageSort
        | Command::UsageReverse
        | Command::FindUsage
        | Command::UsageExport
        | Command::UsageZero
        | Command::ActivityFilter
        | Command::ActivityClear
        | Command::ShowCompanies
        | Command::ShowLinks
        | Command::ShowRecoveries
        | Command::ShowUsage
        | Command::ShowActivity
        | Command::ShowTasks
        | Command::EndedTasks
        | Command::UsageTask
        | Command::Undo
        | Command::NextPane
        | Command::NextCompany
        | Command::PreviousCompany
        | Command::PreviousPlace
        | Command::NextPlace
        | Command::TogglePane
        | Command::Down
        | Command::Up
        | Command::Top
        | Command::Bottom
        | Command::PageDown
        | Command::PageUp
        | Command::HalfPageDown
        | Command::HalfPageUp
        | Command::Back
        | Command::Details
        | Command::Palette
        | Command::Help
        | Command::ToggleMouse
        | Command::SinceVisit
        | Command::Tour
        | Command::Technicians
        | Command::Theme
        | Command::Quit => Scope::Other,
    }
}

fn needing(companies: Vec<Company>) -> Vec<Company> {
    companies.into_iter().map(|it| Company { attention: vec![Attention::SingleOwner], ..it }).collect()
}

/// Alpen, Brightwater and Contoso are marked, the cursor is on Delta; all of them need attention.
fn marked() -> AppDriver {
    let mut app = AppDriver::with(needing(four()));
    app.press("space space space");
    assert_eq!(app.selected().as_deref(), Some("D"));
    app
}

fn ids<'a>(keys: impl IntoIterator<Item = &'a CompanyKey>) -> String {
    let mut ids: Vec<&str> = keys.into_iter().map(|key| key.company.as_str()).collect();
    ids.sort_unstable();
    ids.concat()
}

/// The companies that a command has reached, by the dialog it opened and by what it wants done outside.
fn reached(app: &AppDriver, out: &[Effect]) -> String {
    match app.model.overlays.last() {
        Some(Overlay::Bulk(bulk)) => return ids(bulk.items.iter().map(|item| &item.key)),
        Some(Overlay::Tags(dialog)) => return ids(dialog.companies.iter().map(|(key, _)| key)),
        Some(Overlay::Snooze(menu)) => return ids(menu.companies.iter().map(|(key, _)| key)),
        Some(Overlay::Export(dialog)) => match &dialog.what {
            Exported::Companies(keys) => return ids(keys),
            Exported::Table(..) => panic!("{dialog:?}"),
        },
        Some(Overlay::Form(form)) => return ids(&form.key),
        Some(Overlay::Unlink(dialog)) => return ids([&dialog.key]),
        _ => {}
    }
    let text = out.iter().find_map(|effect| match effect {
        Effect::Copy { text, .. } => Some(text.reveal().to_owned()),
        _ => None,
    });
    match text {
        Some(text) => four()
            .iter()
            .filter(|company| text.split(['\n', ',']).any(|cell| cell == company.name || cell == company.id.as_str()))
            .map(|company| company.id.as_str())
            .collect::<std::collections::BTreeSet<_>>()
            .into_iter()
            .collect(),
        None => ids(app.model.pinned.iter().chain(&app.model.ui.pins())),
    }
}

fn run(app: &mut AppDriver, command: Command) -> Vec<Effect> {
    let mut out = Vec::new();
    crate::app::update::run(&mut Ctx { model: &mut app.model, effects: &mut out }, command);
    out
}

#[test]
fn every_command_knows_what_it_is_about() {
    for row in &TABLE {
        assert_eq!(row.scope, scope(row.command), "{}", row.id);
        let wanted = match row.scope {
            Scope::Other => (Target::Other, Target::Other),
            Scope::One => (Target::One, Target::One),
            Scope::Many => (Target::One, Target::Marked(3)),
            Scope::Marks => (Target::Other, Target::Marked(3)),
        };
        let none = AppDriver::with(four());
        assert_eq!((row.command.target(&none.model), row.command.target(&marked().model)), wanted, "{}", row.id);
    }
}

#[test]
fn where_companies_are_marked_every_command_is_about_them_or_says_that_it_is_about_one() {
    for row in TABLE.iter().filter(|row| row.scope != Scope::Other) {
        let mut app = marked();
        let ready = row.command.ready(&app.model);
        let out = run(&mut app, row.command);
        if row.scope == Scope::One {
            assert!(row.command.passes_marks_by(&app.model), "{}", row.id);
            assert!(ready.is_err() || reached(&app, &out) == "D", "{}: {out:?}", row.id);
        } else {
            assert_eq!((ready, reached(&app, &out).as_str()), (Ok(()), "ABC"), "{}: {out:?}", row.id);
            assert!(!row.command.passes_marks_by(&app.model), "{}", row.id);
        }
        assert!(requests(&out).iter().all(|request| !request.writes()), "{}: every name is shown first", row.id);
    }
}

#[test]
fn inside_a_company_and_on_other_screens_a_command_is_about_what_one_looks_at() {
    for keys in ["tab", "enter", "2", "3", "4", "5"] {
        let mut app = marked();
        app.press(keys);
        for row in TABLE.iter().filter(|row| matches!(row.scope, Scope::One | Scope::Many)) {
            assert_eq!(row.command.target(&app.model), Target::One, "{} after {keys}", row.id);
            assert!(row.command.passes_marks_by(&app.model), "{} after {keys}", row.id);
        }
    }
    let mut app = marked();
    app.press("tab u");
    assert_eq!(reached(&app, &[]), "D", "the company in the pane");
}

#[test]
fn of_a_single_marked_company_the_name_has_to_be_typed() {
    let mut app = AppDriver::with(four());
    app.press("space");
    assert_eq!(app.selected().as_deref(), Some("B"));
    app.press("u");
    assert!(matches!(app.model.overlays.last(), Some(Overlay::Unlink(dialog)) if dialog.company == "Alpen"));
    assert_eq!(app.model.overlays.len(), 1);
}

#[test]
fn names_and_ids_of_the_marked_are_copied_one_on_each_line() {
    for (key, text) in [("y", "Alpen\nBrightwater\nContoso"), ("Y", "A\nB\nC")] {
        let out = marked().press(key);
        let [Effect::Copy { text: copied, .. }] = &out[..] else { panic!("{out:?}") };
        assert_eq!(copied.reveal(), text, "{key}");
    }
}

fn snoozes(requests: &[Request]) -> Vec<(String, Option<jiff::Timestamp>)> {
    let snooze = |request: &Request| match request {
        Request::EditCompany(EditCompany { company, changes, .. }) => Some((company.to_string(), changes.snooze_until)),
        _ => None,
    };
    requests.iter().filter_map(snooze).collect()
}

#[test]
fn attention_of_the_marked_is_set_aside_after_their_names_were_read() {
    let mut all = needing(four());
    all.iter_mut().find(|company| company.id.as_str() == "B").unwrap().attention.clear();
    let mut app = AppDriver::with(all);
    app.press("space space space Z 2");
    let Some(Overlay::Bulk(bulk)) = app.model.overlays.last() else { panic!("{:?}", app.model.overlays) };
    assert_eq!(bulk.stage, Stage::Review);
    assert_eq!(bulk.items[1].how, How::Blocked(Block::NoAttention));
    let week = noon().checked_add(jiff::SignedDuration::from_hours(24 * 7)).ok();
    let first = requests(&app.press("tab enter"));
    assert_eq!(snoozes(&first), [("A".to_owned(), week), ("C".to_owned(), week)]);
    app.answer(Answer::Company(Box::new(newer(company("A", "Alpen")))));
    app.fail(lost(Operation::EditCompany));
    app.now = app.now.checked_add(jiff::SignedDuration::from_hours(1)).unwrap();
    assert_eq!(requests(&app.press("r")), first[1..], "the same until, under the same key: it may have been done");
}

/// The dialog is about the company that it was opened for, whatever the list does meanwhile.
#[test]
fn setting_aside_is_bound_to_the_company_that_is_named() {
    let mut app = AppDriver::with(needing(four()));
    app.press("j Z");
    app.pass(30_000);
    app.answer(crate::app::fixture::changes(Vec::new(), &["B"]));
    assert_eq!(requests(&app.press("1")), [], "it is gone, and nothing is done to its neighbour");
}
