//! The form: nothing typed is ever lost, and nothing is ever saved twice.

use crate::app::features::form::{CompanyForm, Field, Problem};
use crate::app::fixture::*;
use crate::app::model::{Options, Tab};
use crate::app::msg::Msg;
use crate::app::overlay::Overlay;
use crate::app::toast::Notification;
use crate::domain::company::{Address, Company, CompanyState};
use crate::domain::error::{Cause, Operation, Violation};
use crate::domain::id::Etag;
use crate::domain::launch::Target;
use crate::domain::request::{
    AddCompany, Answer, CompanyChanges, EditCompany, GetCompany, IdempotencyKey, Launch, Request,
};

const COUNTRIES: [(&str, &str); 5] = [
    ("AE", "United Arab Emirates"),
    ("AT", "Austria"),
    ("DE", "Germany"),
    ("GB", "United Kingdom"),
    ("US", "United States"),
];

fn options() -> Options {
    Options { countries: COUNTRIES.to_vec(), ..AppDriver::options() }
}

fn app(companies: Vec<Company>) -> AppDriver {
    AppDriver::as_who(options(), &FORM_PERMISSIONS, companies)
}

fn german(id: &str, name: &str) -> Company {
    let address = Address {
        country_code: "DE".into(),
        lines: vec!["Hafenstraße 12".into()],
        locality: Some("Kiel".into()),
        administrative_area: None,
        postal_code: Some("24103".into()),
    };
    Company { address, tags: vec!["gold".into()], note: Some("two\nlines".into()), ..company(id, name) }
}

/// An empty form for a new company, in Germany.
pub(super) fn blank() -> AppDriver {
    let mut app = app(vec![german("A", "Alpen"), german("B", "Brightwater"), company("C", "Contoso")]);
    app.press("n enter");
    app
}

/// The form of Alpen.
fn editing() -> AppDriver {
    let mut app = blank();
    app.press("esc e");
    app
}

fn form(app: &AppDriver) -> &CompanyForm {
    match app.model.overlays.last() {
        Some(Overlay::Form(form)) => form,
        other => panic!("no form: {other:?}"),
    }
}

/// Puts the cursor on a field.
pub(super) fn at(app: &mut AppDriver, field: Field) {
    for _ in 0..20 {
        if form(app).at == field {
            return;
        }
        // The rest of the address is folded.
        app.press(if form(app).at == Field::More { "enter" } else { "tab" });
    }
    panic!("no field {field:?} in {:?}", form(app).fields());
}

pub(super) fn fill(app: &mut AppDriver, field: Field, text: &str) {
    at(app, field);
    app.press("ctrl-u");
    app.type_in(text);
}

fn save(app: &mut AppDriver) -> Vec<Request> {
    at(app, Field::Save);
    requests(&app.press("enter"))
}

fn added(requests: &[Request]) -> (crate::domain::company::NewCompany, IdempotencyKey) {
    match requests {
        [Request::AddCompany(AddCompany { new, key })] => (new.clone(), key.clone()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_choice_offers_a_new_company_and_an_existing_account() {
    let mut app = blank();
    assert_eq!(form(&app).country, "DE", "the country that most companies are in");
    app.press("esc n j enter");
    assert!(matches!(app.model.overlays.last(), Some(Overlay::AcceptLink(_))));
    app.press("esc n esc");
    assert!(app.model.overlays.is_empty());
}

#[test]
fn a_new_company_is_sent_as_its_country_writes_it() {
    let mut app = blank();
    fill(&mut app, Field::Name, "  Nordlicht e. V. ");
    fill(&mut app, Field::Website, "nordlicht.example");
    fill(&mut app, Field::Street(0), "Am Deich 1");
    fill(&mut app, Field::PostalCode, " 24837 ");
    fill(&mut app, Field::Town, "Schleswig");
    fill(&mut app, Field::ExternalId, "C-1");
    fill(&mut app, Field::Tags, "north, gold, north,");
    let (new, _) = added(&save(&mut app));
    assert_eq!((new.name.as_str(), new.website.as_deref()), ("Nordlicht e. V.", Some("https://nordlicht.example")));
    assert_eq!((new.address.lines, new.address.postal_code.as_deref()), (vec!["Am Deich 1".into()], Some("24837")));
    assert_eq!((new.external_id.as_deref(), new.tags), (Some("C-1"), vec!["north".to_owned(), "gold".into()]));
    assert_eq!(requests(&app.press("enter esc x")), [], "nothing more while it is being saved");
    assert!(form(&app).submission.sending());
}

#[test]
fn a_country_is_found_by_typing_and_changes_the_fields() {
    let mut app = blank();
    at(&mut app, Field::Country);
    app.type_in("united");
    assert_eq!(form(&app).found(&app.model.options.countries).len(), 3);
    app.press("down down enter");
    assert_eq!((form(&app).country.as_str(), form(&app).at), ("US", Field::More));
    app.press("enter");
    assert!(form(&app).fields().contains(&Field::Region));
    at(&mut app, Field::Country);
    app.type_in("ae");
    app.press("tab");
    assert!(!form(&app).fields().contains(&Field::PostalCode), "no postal codes there");
    at(&mut app, Field::Country);
    app.type_in("atlantis");
    app.press("tab");
    assert_eq!(form(&app).told(Field::Country), Some(Problem::NoSuchCountry));
    at(&mut app, Field::Country);
    app.press("esc");
    assert_eq!((form(&app).country.as_str(), form(&app).query.text()), ("AE", ""), "Esc drops the search only");
}

#[test]
fn what_is_wrong_is_told_once_the_field_was_left_and_stops_the_saving() {
    let mut app = blank();
    fill(&mut app, Field::PostalCode, "241");
    assert_eq!(form(&app).told(Field::PostalCode), None, "not while typing");
    app.press("tab");
    let told = form(&app).told(Field::PostalCode);
    assert_eq!(told, Some(Problem::PostalCode { country: "DE".into(), example: Some("12345".into()) }));
    fill(&mut app, Field::Website, "not an address");
    assert_eq!(save(&mut app), []);
    assert_eq!(form(&app).at, Field::Name, "the first that is wrong");
    assert_eq!(form(&app).told(Field::Name), Some(Problem::Required));
    assert_eq!(form(&app).told(Field::Website), Some(Problem::NotAnAddress));
    fill(&mut app, Field::Name, &"ä".repeat(101));
    assert_eq!(form(&app).told(Field::Name), Some(Problem::TooLong(100)));
}

#[test]
fn a_name_that_is_there_already_is_pointed_out_once_and_never_forbidden() {
    let mut app = blank();
    fill(&mut app, Field::Name, "brightwäter");
    assert_eq!(save(&mut app), []);
    let alike = &form(&app).alike;
    assert_eq!((alike.len(), alike[0].name.as_str(), &alike[0].state), (1, "Brightwater", &CompanyState::Active));
    let (new, _) = added(&requests(&app.press("enter")));
    assert_eq!(new.name, "brightwäter");
}

#[test]
fn a_name_that_is_nearly_there_is_pointed_out_as_well() {
    let mut app = blank();
    fill(&mut app, Field::Name, "Brihgtwater GmbH");
    assert_eq!(save(&mut app), []);
    let alike = &form(&app).alike;
    assert_eq!((alike.len(), alike[0].name.as_str(), alike[0].same), (1, "Brightwater", false));
    assert_eq!(requests(&app.press("enter")).len(), 1);
}

#[test]
fn another_name_is_looked_at_anew() {
    let mut app = blank();
    fill(&mut app, Field::Name, "Alpen");
    save(&mut app);
    fill(&mut app, Field::Name, "Contoso");
    assert_eq!(form(&app).alike, []);
    assert_eq!(save(&mut app), []);
    assert_eq!(form(&app).alike[0].name, "Contoso");
}

#[test]
fn a_lost_answer_and_a_second_try_make_one_company() {
    let mut app = blank();
    fill(&mut app, Field::Name, "Nordlicht");
    let (_, first) = added(&save(&mut app));
    app.fail(lost(Operation::AddCompany));
    assert_eq!((form(&app).text(Field::Name), form(&app).busy()), ("Nordlicht", false));
    // The company was made after all, and the list shows it already.
    app.pass(30_000);
    app.answer(changes(vec![company("N", "Nordlicht")], &[]));
    let (_, second) = added(&save(&mut app));
    assert_eq!(first, second);
    app.fail(lost(Operation::AddCompany));
    fill(&mut app, Field::Town, "Kiel");
    at(&mut app, Field::Save);
    // Now it would be another company: the name is pointed out, and it is another intent.
    assert_eq!(requests(&app.press("enter")), []);
    let (_, third) = added(&requests(&app.press("enter")));
    assert_ne!(first, third);
}

#[test]
fn what_the_server_does_not_accept_stands_at_its_field() {
    let mut app = blank();
    fill(&mut app, Field::Name, "Nordlicht");
    save(&mut app);
    let say = |field: &str| Violation { field: field.into(), description: format!("no {field}") };
    let violations = vec![say("address.postal_code"), say("tags[1]"), say("moon")];
    app.fail(error(Operation::AddCompany, Cause::NotAccepted { violations }));
    assert_eq!(form(&app).at, Field::PostalCode);
    assert_eq!(form(&app).told(Field::Tags), Some(Problem::Server("no tags[1]".into())));
    assert_eq!(form(&app).text(Field::Name), "Nordlicht");
    app.type_in("24103");
    assert_eq!(form(&app).told(Field::PostalCode), None, "it was about what stood there");
}

#[test]
fn a_new_company_is_selected_whatever_hid_it_and_launches_with_one_key() {
    let mut app = blank();
    app.press("esc / z z z enter n enter");
    fill(&mut app, Field::Name, "Nordlicht");
    save(&mut app);
    let out = app.answer(Answer::Company(Box::new(company("N", "Nordlicht"))));
    assert!(matches!(&requests(&out)[..], [Request::ListChanges(_)]), "{out:?}");
    let Some(Overlay::Added(dialog)) = app.model.overlays.last() else { panic!("{:?}", app.model.overlays) };
    assert!(dialog.cleared && dialog.launch);
    assert_eq!(app.selected().as_deref(), Some("N"));
    let out = app.press("enter");
    let [Request::Launch(Launch { company, target: Target::Home, .. }), Request::GetSetup(_)] = &requests(&out)[..]
    else {
        panic!("{out:?}")
    };
    assert_eq!((company.as_str(), app.model.tab), ("N", Tab::Setup));
    assert!(app.model.overlays.is_empty());
}

#[test]
fn later_leaves_the_new_company_under_the_cursor() {
    let mut app = blank();
    app.press("esc enter n enter");
    fill(&mut app, Field::Name, "Nordlicht");
    save(&mut app);
    app.answer(Answer::Company(Box::new(company("N", "Nordlicht"))));
    assert_eq!(requests(&app.press("tab enter")), []);
    assert_eq!((app.selected().as_deref(), app.model.overlays.len()), (Some("N"), 0));
}

#[test]
fn an_edit_sends_only_what_changed_against_its_revision() {
    let mut app = editing();
    assert_eq!(form(&app).text(Field::Note), "two\nlines");
    fill(&mut app, Field::Tags, "gold, north");
    fill(&mut app, Field::SeatLimit, "");
    let asked = save(&mut app);
    let [Request::EditCompany(EditCompany { company: id, etag, changes, .. })] = &asked[..] else {
        panic!("{asked:?}")
    };
    assert_eq!((id.as_str(), etag.as_str()), ("A", "A-1"));
    let tags = Some(vec!["gold".to_owned(), "north".into()]);
    assert_eq!(*changes, CompanyChanges { tags, seat_limit: Some(0), ..CompanyChanges::default() });
    app.answer(Answer::Company(Box::new(newer(german("A", "Alpen")))));
    assert_eq!(app.model.toasts.last().unwrap().says, Notification::Saved { company: "Alpen".into() });
    assert!(app.model.overlays.is_empty());
}

#[test]
fn an_address_is_sent_as_a_whole_and_only_if_it_changed() {
    let mut app = editing();
    fill(&mut app, Field::Town, "Eckernförde");
    let asked = save(&mut app);
    let [Request::EditCompany(EditCompany { changes, .. })] = &asked[..] else { panic!("{asked:?}") };
    let address = changes.address.as_ref().unwrap();
    assert_eq!((address.locality.as_deref(), address.postal_code.as_deref()), (Some("Eckernförde"), Some("24103")));
    assert_eq!((changes.name.as_ref(), changes.note.as_ref()), (None, None));
}

#[test]
fn what_came_from_the_server_is_not_ours_to_refuse() {
    let mut odd = german("A", "Alpen");
    odd.address.postal_code = Some("D-24103".into());
    odd.address.administrative_area = Some("Holstein".into());
    odd.website = Some("intranet".into());
    let mut app = app(vec![odd]);
    app.press("e");
    assert!(form(&app).fields().contains(&Field::Region), "not dropped unseen");
    fill(&mut app, Field::ExternalId, "7");
    let asked = save(&mut app);
    let [Request::EditCompany(EditCompany { changes, .. })] = &asked[..] else { panic!("{asked:?}") };
    assert_eq!(*changes, CompanyChanges { external_id: Some("7".into()), ..CompanyChanges::default() });
}

#[test]
fn an_unchanged_company_is_not_sent() {
    let mut app = editing();
    assert_eq!(save(&mut app), []);
    assert!(app.model.overlays.is_empty());
}

#[test]
fn after_somebody_else_was_quicker_typed_text_stays_and_the_rest_is_new() {
    let mut app = editing();
    fill(&mut app, Field::Name, "Alpenglühen");
    save(&mut app);
    let out = app.fail(error(Operation::EditCompany, Cause::ChangedMeanwhile));
    assert!(
        matches!(&requests(&out)[..], [Request::GetCompany(GetCompany { company: id })] if id.as_str() == "A"),
        "{out:?}"
    );
    assert!(form(&app).reloading);
    let theirs = Company {
        etag: Etag::new("A-2"),
        name: "Alpen AG".into(),
        website: Some("https://alpen.example".into()),
        ..german("A", "Alpen")
    };
    app.answer(Answer::Company(Box::new(theirs)));
    let there = form(&app);
    assert_eq!(there.text(Field::Name), "Alpenglühen");
    assert_eq!(there.text(Field::Website), "https://alpen.example");
    let name = there.meanwhile.iter().find(|change| change.field == Field::Name).unwrap();
    assert_eq!(name.theirs.as_deref(), Some("Alpen AG"));
    let asked = save(&mut app);
    let [Request::EditCompany(EditCompany { etag, changes, .. })] = &asked[..] else { panic!("{asked:?}") };
    assert_eq!(etag.as_str(), "A-2");
    let name = Some("Alpenglühen".into());
    assert_eq!(*changes, CompanyChanges { name, ..CompanyChanges::default() });
}

#[test]
fn esc_closes_an_unchanged_form_and_asks_about_a_changed_one() {
    let mut app = blank();
    app.press("esc");
    assert!(app.model.overlays.is_empty());
    app.press("n enter x esc");
    assert!(form(&app).submission.asking());
    app.press("y");
    assert!(
        !form(&app).submission.asking() && form(&app).text(Field::Name) == "xy",
        "typing on takes the question back"
    );
    at(&mut app, Field::Cancel);
    app.press("enter");
    assert!(form(&app).submission.asking(), "the button asks as well");
    app.press("enter");
    assert!(app.model.overlays.is_empty());
}

#[test]
fn pasted_text_goes_into_the_field_with_the_cursor() {
    let mut app = blank();
    app.send(Msg::Paste("Nord\nlicht\u{1b}".into()));
    assert_eq!(form(&app).text(Field::Name), "Nord licht");
    at(&mut app, Field::Save);
    app.send(Msg::Paste("lost".into()));
    assert_eq!(form(&app).text(Field::Name), "Nord licht");
}

#[test]
fn the_cursor_goes_round_in_both_directions() {
    let mut app = editing();
    let fields = form(&app).fields();
    for field in &fields {
        assert_eq!(form(&app).at, *field);
        app.press("down");
    }
    assert_eq!(form(&app).at, Field::Name);
    app.press("backtab");
    assert_eq!(form(&app).at, Field::Cancel);
    app.press("left");
    assert_eq!(form(&app).at, Field::Save);
}

#[test]
fn a_right_that_was_taken_away_keeps_the_text() {
    let mut app = blank();
    fill(&mut app, Field::Name, "Nordlicht");
    app.account().read_only = true;
    assert_eq!(save(&mut app), []);
    assert_eq!(form(&app).text(Field::Name), "Nordlicht");
}
