//! The same input at the screen and at a command: the same companies in the same order, the same values.

use crate::support::form_values::{Kind, values};
use crate::support::home::{Cli, Run};
use mspdash::app::core::text_input::TextInput;
use mspdash::app::features::form::{CompanyForm, Field, check};
use mspdash::domain::company::Company;
use mspdash::domain::id::ProfileId;
use mspdash::domain::lang::Lang;
use mspdash::domain::roster::{Column, Query, Roster, Sort};
use serde_json::Value;

fn ids(list: &Value) -> Vec<String> {
    list.as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
}

/// What the screen would have of the server.
fn screen(cli: &Cli) -> Roster {
    let list = cli.json(&["companies", "list"]);
    let company = |row: &Value| {
        let mut row = row.clone();
        row["unlinked_by"] = Value::Null;
        let wire: mspdash::wire::company::Company = serde_json::from_value(row).unwrap();
        Company::try_from(wire).unwrap()
    };
    let mut roster = Roster::new(Lang::De);
    roster.upsert(&ProfileId::new("p"), list.as_array().unwrap().iter().map(company).collect::<Vec<_>>());
    roster
}

fn shown(roster: &mut Roster, search: &str, sort: Option<Sort>) -> Vec<String> {
    roster.set_query(Query { search: search.into(), sort, ..Query::default() });
    let key = |row| roster.key(row).unwrap().company.as_str().to_owned();
    roster.shown().iter().map(|row| key(*row)).collect()
}

/// Names that are typed in one way and written in another, and with numbers.
fn furnish(cli: &Cli) {
    let add = |name: &str, more: &[&str]| {
        cli.json(&[&["companies", "add", "--name", name, "--country", "DE"][..], more].concat());
    };
    add("Müller Feinmechanik GmbH", &["--external-id", "X 2042", "--tag", "Nörd"]);
    add("Mueller & Sons", &["--website", "https://www.kiel.example"]);
    add("Mu\u{308}ller KG", &[]);
    for name in ["Firma 10", "Firma 2", "Firma 1"] {
        add(name, &[]);
    }
}

#[test]
fn a_search_and_an_order_give_what_the_screen_gives() {
    let cli = Cli::open();
    furnish(&cli);
    let mut roster = screen(&cli);
    for (search, least) in [
        ("muller", 3),
        ("mueller", 3),
        ("gmbh müller", 1),
        ("mu\u{308}ller", 3),
        (" MÜLLER\r\n", 3),
        ("2042", 1),
        ("hb-10", 40),
        ("kiel.example", 1),
        ("tag:nord", 1),
        ("tag:north", 1),
        ("owner:a", 10),
        ("id:HB-1001", 1),
        ("brgt", 1),
        ("firma", 3),
        ("nobody at all", 0),
        ("  ", 54),
    ] {
        let found = ids(&cli.json(&["companies", "list", "--search", search]));
        let blank = search.trim().is_empty();
        let wanted = shown(&mut roster, search, blank.then_some(Sort { column: Column::Name, descending: false }));
        if blank {
            assert_eq!(found.len(), wanted.len(), "nothing is searched for");
            continue;
        }
        assert_eq!(found, wanted, "{search:?}");
        assert!(found.len() >= least, "{search:?} finds {}", found.len());
        let first = ids(&cli.json(&["companies", "list", "--search", search, "--limit", "1"]));
        assert_eq!(first, wanted[..wanted.len().min(1)], "the best one: {search:?}");
    }
    for (word, column) in Column::WORDS {
        for (word, descending) in [(word.to_owned(), false), (format!("-{word}"), true)] {
            let wanted = shown(&mut roster, "", Some(Sort { column, descending }));
            assert_eq!(ids(&cli.json(&["companies", "list", "--sort", &word])), wanted, "{word}");
            let first = ids(&cli.json(&["companies", "list", "--sort", &word, "--limit", "7"]));
            assert_eq!(first, wanted[..7], "the first of {word}");
        }
    }
}

fn typed_in_the_form(kind: Kind, typed: &str) -> Option<String> {
    let mut form = CompanyForm::blank(ProfileId::new("p"), kind.country());
    let field = match kind {
        Kind::Name => Field::Name,
        Kind::Website => Field::Website,
        Kind::PostalCode(_) => Field::PostalCode,
        Kind::Town => Field::Town,
        Kind::ExternalId => Field::ExternalId,
    };
    form.lines.insert(Field::Name, TextInput::new("Brandt"));
    form.lines.insert(field, TextInput::new(typed));
    let company = check(&form).ok()?.company;
    match kind {
        Kind::Name => Some(company.name),
        Kind::Website => company.website,
        Kind::PostalCode(_) => company.address.postal_code,
        Kind::Town => company.address.locality,
        Kind::ExternalId => company.external_id,
    }
}

fn given_to_the_command(cli: &Cli, kind: Kind, typed: &str) -> Option<String> {
    let (name, flag, field) = match kind {
        Kind::Name => (typed, None, "/name"),
        Kind::Website => ("Brandt", Some("--website"), "/website"),
        Kind::PostalCode(_) => ("Brandt", Some("--postal-code"), "/address/postal_code"),
        Kind::Town => ("Brandt", Some("--locality"), "/address/locality"),
        Kind::ExternalId => ("Brandt", Some("--external-id"), "/external_id"),
    };
    let mut args =
        vec!["companies", "add", "--name", name, "--country", kind.country(), "--dry-run", "--format", "json"];
    args.extend(flag.into_iter().flat_map(|flag| [flag, typed]));
    let Run { code, err, out } = cli.run(&args);
    if code == 0 {
        let company: Value = serde_json::from_str(&out).unwrap();
        return company.pointer(field).and_then(Value::as_str).map(str::to_owned);
    }
    assert_eq!(code, 2, "{err}");
    assert!(err.starts_with(&format!("mspdash: {}: ", flag.unwrap_or("--name"))), "{err}");
    None
}

#[test]
fn a_value_is_read_alike_in_the_form_and_by_the_command() {
    let cli = Cli::open();
    for (kind, typed, saved) in values() {
        assert_eq!(typed_in_the_form(kind, &typed).as_deref(), saved, "form: {kind:?} {typed:?}");
        assert_eq!(given_to_the_command(&cli, kind, &typed).as_deref(), saved, "command: {kind:?} {typed:?}");
    }
}

#[test]
fn a_country_is_given_by_its_code_or_its_name() {
    let cli = Cli::open();
    for (typed, code) in [("de", "DE"), ("Germany\r", "DE"), ("österreich", "AT"), ("United Kingdom", "GB")] {
        let added = cli.json(&["companies", "add", "--name", "Brandt", "--country", typed, "--dry-run"]);
        assert_eq!(added["address"]["country_code"], code, "{typed}");
    }
    let said = cli.refused(2, &["companies", "add", "--name", "Brandt", "--country", "Atlantis"]);
    assert_eq!(said, "mspdash: --country: no such country.\n");
}

/// Text from files and other systems has the line ends of those.
#[test]
fn line_ends_in_an_argument_are_a_blank_but_stay_in_a_note() {
    let cli = Cli::open();
    let id = cli.active();
    let edit = |args: &[&str]| cli.json(&[&["companies", "edit", &id][..], args].concat());
    let after = edit(&[
        "--address-line",
        "Hafenstr. 12\r24103",
        "--note",
        "one\r\ntwo\rthree",
        "--tag",
        "a,\r\nb",
        "--tag",
        "b, c",
    ]);
    assert_eq!(after["address"]["lines"], serde_json::json!(["Hafenstr. 12 24103"]));
    assert_eq!(after["note"], "one\ntwo\nthree");
    assert_eq!(after["tags"], serde_json::json!(["a", "b", "c"]));
    let step = cli.json(&["companies", "set-step", &id, "deploy-apps", "--note", "one\r\ntwo"]);
    assert_eq!(step["note"], "one\ntwo");
}
