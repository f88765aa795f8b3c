//! Rows against companies: keys in order, look-alikes offered, an import that is repeated changes nothing.

use super::*;
use crate::domain::company::CompanyState;
use crate::domain::import::look_alike::LookAlikes;
use crate::domain::import::plan::{Candidate, Choice, Directory, Known, Outcome, Refusal, offered};
use crate::domain::import::row::ImportRow;
use proptest::prelude::*;
use std::fmt::Write;

fn company(id: &str, name: &str, external_id: Option<&str>) -> Known {
    Known { id: id.into(), name: name.into(), external_id: external_id.map(Into::into), ..Known::default() }
}

fn row(name: &str, external_id: Option<&str>) -> ImportRow {
    ImportRow { name: Some(name.into()), external_id: external_id.map(Into::into), ..ImportRow::default() }
}

/// An MSP's companies, as the server holds them.
#[derive(Default)]
struct Register(Vec<Known>);

impl Register {
    fn plan(&self, rows: &[(ImportRow, Choice)]) -> Vec<Outcome> {
        let mut directory = Directory::new(self.0.iter().cloned());
        let names = LookAlikes::new(self.0.iter().map(|known| (known.id.clone(), known.name.clone())));
        let mut plan = Vec::new();
        for (place, (row, choice)) in rows.iter().enumerate() {
            let alike = |directory: &Directory, name: &str| -> Vec<Candidate> {
                let found = names.of(name).into_iter();
                found.filter_map(|found| Some(offered(directory.get(&found.company)?, found.percent))).collect()
            };
            let outcome = directory.plan(row, choice, alike);
            if outcome == Outcome::New {
                let id = format!("{}-{place}", self.0.len());
                directory.add(made(&id, row));
                directory.take(&id, row.line);
            }
            plan.push(outcome);
        }
        plan
    }

    fn one(&self, row: ImportRow, choice: Choice) -> Outcome {
        self.plan(&[(row, choice)]).remove(0)
    }

    fn import(&mut self, rows: &[(ImportRow, Choice)]) {
        let prefix = self.0.len();
        for (place, ((row, _), outcome)) in rows.iter().zip(self.plan(rows)).enumerate() {
            match outcome {
                Outcome::New => self.0.push(made(&format!("{prefix}-{place}"), row)),
                Outcome::Changed { company, .. } => {
                    if let Some(known) = self.0.iter_mut().find(|known| known.id == company) {
                        merge(known, row);
                    }
                }
                _ => {}
            }
        }
    }
}

fn made(id: &str, row: &ImportRow) -> Known {
    let mut known = company(id, row.name.as_deref().unwrap_or_default(), None);
    merge(&mut known, row);
    known
}

fn merge(known: &mut Known, row: &ImportRow) {
    known.external_id = row.external_id.clone().or(known.external_id.take());
    known.website = row.website.clone().or(known.website.take());
    known.filled = row.filled.or(known.filled);
    known.seat_limit = row.seat_limit.or(known.seat_limit);
    known.state = row.status.clone().unwrap_or(known.state.clone());
    known.tags.extend(row.tags.iter().filter(|tag| !known.tags.contains(tag)).cloned().collect::<Vec<_>>());
}

#[test]
fn the_strongest_key_decides() {
    let register = Register(vec![
        company("A", "Acme", Some("1")),
        company("B", "Beta", None),
        company("C", "Twin", Some("7")),
        company("D", "Twin", Some("8")),
        Known { state: CompanyState::Unlinked, ..company("E", "Gone", None) },
    ]);
    let plan = |row: ImportRow| register.one(row, Choice::Certain);
    assert_eq!(plan(row("Beta", Some("1"))), Outcome::Unchanged { company: "A".into() }, "number before name");
    assert!(matches!(plan(row(" Beta\u{a0}", Some("2"))), Outcome::Changed { company, .. } if company == "B"));
    assert!(matches!(plan(row("Acme", Some("9"))), Outcome::Ambiguous(them) if them.len() == 1), "another number");
    assert!(matches!(plan(row("Twin", None)), Outcome::Ambiguous(them) if them.len() == 2));
    assert_eq!(plan(row("Twin", Some("8"))), Outcome::Unchanged { company: "D".into() });
    assert_eq!(register.one(row("Twin", Some("9")), Choice::New), Outcome::New, "two companies may share a name");
    assert!(matches!(register.one(row("Twin", None), Choice::New), Outcome::Ambiguous(_)), "but need a number each");
    assert_eq!(plan(row("Gone", None)), Outcome::Rejected(Refusal::Unlinked));
    let unnamed = ImportRow { external_id: Some("99".into()), ..ImportRow::default() };
    assert_eq!(plan(unnamed), Outcome::Rejected(Refusal::NameMissing));
    let there = register.one(row("Beta", None), Choice::Is("X".into()));
    assert_eq!(there, Outcome::Rejected(Refusal::NoSuchCompany));
    let twice = [(row("Beta", None), Choice::Certain), (row("Beta", Some("3")), Choice::Certain)];
    assert!(matches!(&register.plan(&twice)[..], [Outcome::Unchanged { .. }, Outcome::Rejected(Refusal::Repeats(0))]));
}

#[test]
fn look_alikes_are_offered_and_taken_only_when_said() {
    let register = Register(vec![company("A", "Müller GmbH", None), company("B", "Acme Limited", None)]);
    let Outcome::Ambiguous(found) = register.one(row("Mueller GmbH", Some("1")), Choice::Certain) else { panic!() };
    assert_eq!((found[0].id.as_str(), found.len()), ("A", 1));
    assert!(matches!(register.one(row("acme ltd", None), Choice::Certain), Outcome::Ambiguous(_)));
    assert_eq!(register.one(row("Acme Ltd", None), Choice::New), Outcome::New);
    let Outcome::Changed { company, changes } = register.one(row("Acme Ltd", Some("5")), Choice::Is("B".into())) else {
        panic!()
    };
    let fields: Vec<_> = changes.iter().map(|change| change.field).collect();
    assert_eq!((company.as_str(), fields), ("B", vec![Field::ExternalId]), "the name stays");
}

#[test]
fn what_changes_is_told_with_what_was() {
    let known = Known { filled: Some(3), tags: vec!["vip".into()], ..company("A", "Acme", Some("1")) };
    let says = ImportRow { filled: Some(4), seat_limit: Some(0), tags: vec!["nord".into()], ..row("Acme", Some("1")) };
    let Outcome::Changed { changes, .. } = Register(vec![known]).one(says, Choice::Certain) else { panic!() };
    let told: Vec<_> = changes.iter().map(|change| (change.old.as_deref(), change.new.as_str())).collect();
    assert_eq!(told, [(Some("3"), "4"), (Some("vip"), "vip, nord")], "0 is no limit, and there was none");
}

#[test]
fn a_hundred_thousand_rows_are_held_against_two_thousand_companies() {
    let known = (0..2000).map(|n| company(&n.to_string(), &format!("Praxis Dr. Nummer {n} GmbH"), None));
    let mut text = String::from("Name,Filled seats\n");
    for n in 0..100_000 {
        writeln!(text, "Praxis Dr. Nummer {n} Ltd,{}", n % 40).unwrap();
    }
    let (table, proposal) = read(text.as_bytes());
    let rows = rows(&table, &proposal);
    assert_eq!(rows.rows.len(), 100_000);
    let names = LookAlikes::new(known.clone().map(|known| (known.id.clone(), known.name.clone())));
    let alike = rows.rows.iter().filter(|row| !names.of(row.name.as_deref().unwrap()).is_empty()).count();
    assert!((2000..30_000).contains(&alike), "{alike}");
}

fn a_row() -> impl Strategy<Value = (ImportRow, Choice)> {
    let name = proptest::option::of("(Acme|Müller|Mueller|Beta) ?(Ltd|GmbH|Limited)?");
    let number = proptest::option::of("[1-4]");
    let parts = (name, number, proptest::option::of(0_u32..3), proptest::option::of(0_u32..3), any::<bool>());
    parts.prop_map(|(name, external_id, filled, seat_limit, new)| {
        let row = ImportRow { name, external_id, filled, seat_limit, ..ImportRow::default() };
        (row, if new { Choice::New } else { Choice::Certain })
    })
}

proptest! {
    #[test]
    fn an_import_that_is_repeated_changes_nothing(rows in proptest::collection::vec(a_row(), 1..12)) {
        // As they come out of a table: each company once.
        let mut seen = std::collections::HashSet::new();
        let key = |row: &ImportRow| row.external_id.clone().map_or((1, row.name.clone()), |id| (0, Some(id)));
        let rows: Vec<_> = rows.into_iter().filter(|(row, _)| row.name.is_some() || row.external_id.is_some())
            .filter(|(row, _)| seen.insert(key(row))).collect();
        let mut register = Register::default();
        register.import(&rows);
        let once = register.0.clone();
        register.import(&rows);
        prop_assert_eq!(&register.0, &once);
    }

    #[test]
    fn what_a_file_lacks_is_left_alone(rows in proptest::collection::vec(a_row(), 0..6)) {
        let mut register = Register(vec![company("Z", "Zebra", Some("Z-1"))]);
        register.import(&rows);
        prop_assert_eq!(register.0.first(), Some(&company("Z", "Zebra", Some("Z-1"))));
    }
}
