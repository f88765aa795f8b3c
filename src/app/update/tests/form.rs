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
    Options { countries: COUNTRIES.to_vec(), ..Desk::options() }
}

fn desk(companies: Vec<Company>) -> Desk {
    Desk::as_who(options(), &FORM_PERMISSIONS, companies)
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
pub(super) fn blank() -> Desk {
    let mut desk = desk(vec![german("A", "Alpen"), german("B", "Brightwater"), company("C", "Contoso")]);
    desk.press("n enter");
    desk
}

/// The form of Alpen.
fn editing() -> Desk {
    let mut desk = blank();
    desk.press("esc e");
    desk
}

fn form(desk: &Desk) -> &CompanyForm {
    match desk.model.overlays.last() {
        Some(Overlay::Form(form)) => form,
        other => panic!("no form: {other:?}"),
    }
}

/// Puts the cursor on a field.
pub(super) fn at(desk: &mut Desk, field: Field) {
    for _ in 0..20 {
        if form(desk).at == field {
            return;
        }
        // The rest of the address is folded.
        desk.press(if form(desk).at == Field::More { "enter" } else { "tab" });
    }
    panic!("no field {field:?} in {:?}", form(desk).fields());
}

pub(super) fn fill(desk: &mut Desk, field: Field, text: &str) {
    at(desk, field);
    desk.press("ctrl-u");
    desk.type_in(text);
}

fn save(desk: &mut Desk) -> Vec<Request> {
    at(desk, Field::Save);
    requests(&desk.press("enter"))
}

fn added(requests: &[Request]) -> (crate::domain::company::NewCompany, IdempotencyKey) {
    match requests {
        [Request::AddCompany(AddCompany { new, key })] => (new.clone(), key.clone()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_choice_offers_a_new_company_and_an_existing_account() {
    let mut desk = blank();
    assert_eq!(form(&desk).country, "DE", "the country that most companies are in");
    desk.press("esc n j enter");
    assert!(matches!(desk.model.overlays.last(), Some(Overlay::AcceptLink(_))));
    desk.press("esc n esc");
    assert!(desk.model.overlays.is_empty());
}

#[test]
fn a_new_company_is_sent_as_its_country_writes_it() {
    let mut desk = blank();
    fill(&mut desk, Field::Name, "  Nordlicht e. V. ");
    fill(&mut desk, Field::Website, "nordlicht.example");
    fill(&mut desk, Field::Street(0), "Am Deich 1");
    fill(&mut desk, Field::PostalCode, " 24837 ");
    fill(&mut desk, Field::Town, "Schleswig");
    fill(&mut desk, Field::ExternalId, "C-1");
    fill(&mut desk, Field::Tags, "north, gold, north,");
    let (new, _) = added(&save(&mut desk));
    assert_eq!((new.name.as_str(), new.website.as_deref()), ("Nordlicht e. V.", Some("https://nordlicht.example")));
    assert_eq!((new.address.lines, new.address.postal_code.as_deref()), (vec!["Am Deich 1".into()], Some("24837")));
    assert_eq!((new.external_id.as_deref(), new.tags), (Some("C-1"), vec!["north".to_owned(), "gold".into()]));
    assert_eq!(requests(&desk.press("enter esc x")), [], "nothing more while it is being saved");
    assert!(form(&desk).submission.sending());
}

#[test]
fn a_country_is_found_by_typing_and_changes_the_fields() {
    let mut desk = blank();
    at(&mut desk, Field::Country);
    desk.type_in("united");
    assert_eq!(form(&desk).found(&desk.model.options.countries).len(), 3);
    desk.press("down down enter");
    assert_eq!((form(&desk).country.as_str(), form(&desk).at), ("US", Field::More));
    desk.press("enter");
    assert!(form(&desk).fields().contains(&Field::Region));
    at(&mut desk, Field::Country);
    desk.type_in("ae");
    desk.press("tab");
    assert!(!form(&desk).fields().contains(&Field::PostalCode), "no postal codes there");
    at(&mut desk, Field::Country);
    desk.type_in("atlantis");
    desk.press("tab");
    assert_eq!(form(&desk).told(Field::Country), Some(Problem::NoSuchCountry));
    at(&mut desk, Field::Country);
    desk.press("esc");
    assert_eq!((form(&desk).country.as_str(), form(&desk).query.text()), ("AE", ""), "Esc drops the search only");
}

#[test]
fn what_is_wrong_is_told_once_the_field_was_left_and_stops_the_saving() {
    let mut desk = blank();
    fill(&mut desk, Field::PostalCode, "241");
    assert_eq!(form(&desk).told(Field::PostalCode), None, "not while typing");
    desk.press("tab");
    let told = form(&desk).told(Field::PostalCode);
    assert_eq!(told, Some(Problem::PostalCode { country: "DE".into(), example: Some("12345".into()) }));
    fill(&mut desk, Field::Website, "not an address");
    assert_eq!(save(&mut desk), []);
    assert_eq!(form(&desk).at, Field::Name, "the first that is wrong");
    assert_eq!(form(&desk).told(Field::Name), Some(Problem::Required));
    assert_eq!(form(&desk).told(Field::Website), Some(Problem::NotAnAddress));
    fill(&mut desk, Field::Name, &"ä".repeat(101));
    assert_eq!(form(&desk).told(Field::Name), Some(Problem::TooLong(100)));
}

#[test]
fn a_name_that_is_there_already_is_pointed_out_once_and_never_forbidden() {
    let mut desk = blank();
    fill(&mut desk, Field::Name, "brightwäter");
    assert_eq!(save(&mut desk), []);
    let alike = &form(&desk).alike;
    assert_eq!((alike.len(), alike[0].name.as_str(), &alike[0].state), (1, "Brightwater", &CompanyState::Active));
    let (new, _) = added(&requests(&desk.press("enter")));
    assert_eq!(new.name, "brightwäter");
}

#[test]
fn a_name_that_is_nearly_there_is_pointed_out_as_well() {
    let mut desk = blank();
    fill(&mut desk, Field::Name, "Brihgtwater GmbH");
    assert_eq!(save(&mut desk), []);
    let alike = &form(&desk).alike;
    assert_eq!((alike.len(), alike[0].name.as_str(), alike[0].same), (1, "Brightwater", false));
    assert_eq!(requests(&desk.press("enter")).len(), 1);
}

#[test]
fn another_name_is_looked_at_anew() {
    let mut desk = blank();
    fill(&mut desk, Field::Name, "Alpen");
    save(&mut desk);
    fill(&mut desk, Field::Name, "Contoso");
    assert_eq!(form(&desk).alike, []);
    assert_eq!(save(&mut desk), []);
    assert_eq!(form(&desk).alike[0].name, "Contoso");
}

#[test]
fn a_lost_answer_and_a_second_try_make_one_company() {
    let mut desk = blank();
    fill(&mut desk, Field::Name, "Nordlicht");
    let (_, first) = added(&save(&mut desk));
    desk.fail(lost(Operation::AddCompany));
    assert_eq!((form(&desk).text(Field::Name), form(&desk).busy()), ("Nordlicht", false));
    // The company was made after all, and the list shows it already.
    desk.pass(30_000);
    desk.answer(changes(vec![company("N", "Nordlicht")], &[]));
    let (_, second) = added(&save(&mut desk));
    assert_eq!(first, second);
    desk.fail(lost(Operation::AddCompany));
    fill(&mut desk, Field::Town, "Kiel");
    at(&mut desk, Field::Save);
    // Now it would be another company: the name is pointed out, and it is another intent.
    assert_eq!(requests(&desk.press("enter")), []);
    let (_, third) = added(&requests(&desk.press("enter")));
    assert_ne!(first, third);
}

#[test]
fn what_the_server_does_not_accept_stands_at_its_field() {
    let mut desk = blank();
    fill(&mut desk, Field::Name, "Nordlicht");
    save(&mut desk);
    let say = |field: &str| Violation { field: field.into(), description: format!("no {field}") };
    let violations = vec![say("address.postal_code"), say("tags[1]"), say("moon")];
    desk.fail(error(Operation::AddCompany, Cause::NotAccepted { violations }));
    assert_eq!(form(&desk).at, Field::PostalCode);
    assert_eq!(form(&desk).told(Field::Tags), Some(Problem::Server("no tags[1]".into())));
    assert_eq!(form(&desk).text(Field::Name), "Nordlicht");
    desk.type_in("24103");
    assert_eq!(form(&desk).told(Field::PostalCode), None, "it was about what stood there");
}

#[test]
fn a_new_company_is_selected_whatever_hid_it_and_launches_with_one_key() {
    let mut desk = blank();
    desk.press("esc / z z z enter n enter");
    fill(&mut desk, Field::Name, "Nordlicht");
    save(&mut desk);
    let out = desk.answer(Answer::Company(Box::new(company("N", "Nordlicht"))));
    assert!(matches!(&requests(&out)[..], [Request::ListChanges(_)]), "{out:?}");
    let Some(Overlay::Added(dialog)) = desk.model.overlays.last() else { panic!("{:?}", desk.model.overlays) };
    assert!(dialog.cleared && dialog.launch);
    assert_eq!(desk.selected().as_deref(), Some("N"));
    let out = desk.press("enter");
    let [Request::Launch(Launch { company, target: Target::Home, .. }), Request::GetSetup(_)] = &requests(&out)[..]
    else {
        panic!("{out:?}")
    };
    assert_eq!((company.as_str(), desk.model.tab), ("N", Tab::Setup));
    assert!(desk.model.overlays.is_empty());
}

#[test]
fn later_leaves_the_new_company_under_the_cursor() {
    let mut desk = blank();
    desk.press("esc enter n enter");
    fill(&mut desk, Field::Name, "Nordlicht");
    save(&mut desk);
    desk.answer(Answer::Company(Box::new(company("N", "Nordlicht"))));
    assert_eq!(requests(&desk.press("tab enter")), []);
    assert_eq!((desk.selected().as_deref(), desk.model.overlays.len()), (Some("N"), 0));
}

#[test]
fn an_edit_sends_only_what_changed_against_its_revision() {
    let mut desk = editing();
    assert_eq!(form(&desk).text(Field::Note), "two\nlines");
    fill(&mut desk, Field::Tags, "gold, north");
    fill(&mut desk, Field::SeatLimit, "");
    let asked = save(&mut desk);
    let [Request::EditCompany(EditCompany { company: id, etag, changes, .. })] = &asked[..] else {
        panic!("{asked:?}")
    };
    assert_eq!((id.as_str(), etag.as_str()), ("A", "A-1"));
    let tags = Some(vec!["gold".to_owned(), "north".into()]);
    assert_eq!(*changes, CompanyChanges { tags, seat_limit: Some(0), ..CompanyChanges::default() });
    desk.answer(Answer::Company(Box::new(newer(german("A", "Alpen")))));
    assert_eq!(desk.model.toasts.last().unwrap().says, Notification::Saved { company: "Alpen".into() });
    assert!(desk.model.overlays.is_empty());
}

#[test]
fn an_address_is_sent_as_a_whole_and_only_if_it_changed() {
    let mut desk = editing();
    fill(&mut desk, Field::Town, "Eckernförde");
    let asked = save(&mut desk);
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
    let mut desk = desk(vec![odd]);
    desk.press("e");
    assert!(form(&desk).fields().contains(&Field::Region), "not dropped unseen");
    fill(&mut desk, Field::ExternalId, "7");
    let asked = save(&mut desk);
    let [Request::EditCompany(EditCompany { changes, .. })] = &asked[..] else { panic!("{asked:?}") };
    assert_eq!(*changes, CompanyChanges { external_id: Some("7".into()), ..CompanyChanges::default() });
}

#[test]
fn an_unchanged_company_is_not_sent() {
    let mut desk = editing();
    assert_eq!(save(&mut desk), []);
    assert!(desk.model.overlays.is_empty());
}

#[test]
fn after_somebody_else_was_quicker_typed_text_stays_and_the_rest_is_new() {
    let mut desk = editing();
    fill(&mut desk, Field::Name, "Alpenglühen");
    save(&mut desk);
    let out = desk.fail(error(Operation::EditCompany, Cause::ChangedMeanwhile));
    assert!(
        matches!(&requests(&out)[..], [Request::GetCompany(GetCompany { company: id })] if id.as_str() == "A"),
        "{out:?}"
    );
    assert!(form(&desk).reloading);
    let theirs = Company {
        etag: Etag::new("A-2"),
        name: "Alpen AG".into(),
        website: Some("https://alpen.example".into()),
        ..german("A", "Alpen")
    };
    desk.answer(Answer::Company(Box::new(theirs)));
    let there = form(&desk);
    assert_eq!(there.text(Field::Name), "Alpenglühen");
    assert_eq!(there.text(Field::Website), "https://alpen.example");
    let name = there.meanwhile.iter().find(|change| change.field == Field::Name).unwrap();
    assert_eq!(name.theirs.as_deref(), Some("Alpen AG"));
    let asked = save(&mut desk);
    let [Request::EditCompany(EditCompany { etag, changes, .. })] = &asked[..] else { panic!("{asked:?}") };
    assert_eq!(etag.as_str(), "A-2");
    let name = Some("Alpenglühen".into());
    assert_eq!(*changes, CompanyChanges { name, ..CompanyChanges::default() });
}

#[test]
fn esc_closes_an_unchanged_form_and_asks_about_a_changed_one() {
    let mut desk = blank();
    desk.press("esc");
    assert!(desk.model.overlays.is_empty());
    desk.press("n enter x esc");
    assert!(form(&desk).submission.asking());
    desk.press("y");
    assert!(
        !form(&desk).submission.asking() && form(&desk).text(Field::Name) == "xy",
        "typing on takes the question back"
    );
    at(&mut desk, Field::Cancel);
    desk.press("enter");
    assert!(form(&desk).submission.asking(), "the button asks as well");
    desk.press("enter");
    assert!(desk.model.overlays.is_empty());
}

#[test]
fn pasted_text_goes_into_the_field_with_the_cursor() {
    let mut desk = blank();
    desk.send(Msg::Paste("Nord\nlicht\u{1b}".into()));
    assert_eq!(form(&desk).text(Field::Name), "Nord licht");
    at(&mut desk, Field::Save);
    desk.send(Msg::Paste("lost".into()));
    assert_eq!(form(&desk).text(Field::Name), "Nord licht");
}

#[test]
fn the_cursor_goes_round_in_both_directions() {
    let mut desk = editing();
    let fields = form(&desk).fields();
    for field in &fields {
        assert_eq!(form(&desk).at, *field);
        desk.press("down");
    }
    assert_eq!(form(&desk).at, Field::Name);
    desk.press("backtab");
    assert_eq!(form(&desk).at, Field::Cancel);
    desk.press("left");
    assert_eq!(form(&desk).at, Field::Save);
}

#[test]
fn a_right_that_was_taken_away_keeps_the_text() {
    let mut desk = blank();
    fill(&mut desk, Field::Name, "Nordlicht");
    desk.account().read_only = true;
    assert_eq!(save(&mut desk), []);
    assert_eq!(form(&desk).text(Field::Name), "Nordlicht");
}
