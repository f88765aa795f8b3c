//! Filling the form: empty, from a company, and again when somebody else changed that company.

use crate::app::core::submission::Submission;
use crate::app::core::text_input::TextInput;
use crate::app::features::form::{CompanyForm, Field, Meanwhile};
use crate::domain::company::Company;
use crate::domain::id::{CompanyKey, ProfileId};
use std::collections::{BTreeMap, BTreeSet};

/// Lines of street and house that are always offered.
const STREETS: usize = 2;

impl CompanyForm {
    /// An empty form; the country is the one that most companies are in.
    pub fn blank(account: ProfileId, country: &str) -> Self {
        let mut start: BTreeMap<Field, String> = texts(None, STREETS).collect();
        start.insert(Field::Country, country.to_owned());
        let mut form = Self::filled(account, None, None, start);
        form.fold_empty();
        form
    }

    /// The form of a company.
    pub fn of(key: CompanyKey, company: &Company) -> Self {
        let start = texts(Some(company), company.address.lines.len().max(STREETS)).collect();
        let mut form = Self::filled(key.profile.clone(), Some(key), Some(Box::new(company.clone())), start);
        form.fold_empty();
        form
    }

    fn filled(
        account: ProfileId,
        key: Option<CompanyKey>,
        base: Option<Box<Company>>,
        start: BTreeMap<Field, String>,
    ) -> Self {
        let text = |(field, text): (&Field, &String)| (*field, line(*field, text));
        Self {
            account,
            key,
            base,
            lines: start.iter().filter(|(field, _)| **field != Field::Country).map(text).collect(),
            country: start.get(&Field::Country).cloned().unwrap_or_default(),
            country_optional: false,
            folded: false,
            start,
            query: TextInput::default(),
            choice: 0,
            at: Field::Name,
            left: BTreeSet::new(),
            refused: BTreeMap::new(),
            alike: Vec::new(),
            warned: None,
            meanwhile: Vec::new(),
            submission: Submission::default(),
            reloading: false,
        }
    }

    /// Somebody else changed the company: fields that nobody touched here show the new values, the others keep
    /// what was typed. What differs is remembered, to be shown.
    pub fn take_in(&mut self, newer: &Company) {
        let streets = newer.address.lines.len().max(self.lines.keys().filter(|field| street(**field)).count());
        let fresh: BTreeMap<Field, String> = texts(Some(newer), streets).collect();
        self.meanwhile.clear();
        for (field, theirs) in &fresh {
            if self.started(*field) == theirs {
                continue;
            }
            let untouched = self.untouched(*field);
            if untouched && *field == Field::Country {
                self.country.clone_from(theirs);
            } else if untouched {
                self.lines.insert(*field, line(*field, theirs));
            }
            let kept = !untouched && self.text(*field) != theirs;
            self.meanwhile.push(Meanwhile { field: *field, theirs: kept.then(|| theirs.clone()) });
        }
        for field in fresh.keys().filter(|field| **field != Field::Country) {
            self.lines.entry(*field).or_default();
        }
        self.start = fresh;
        self.base = Some(Box::new(newer.clone()));
        if !self.fields().contains(&self.at) {
            self.at = Field::Name;
        }
    }
}

fn line(field: Field, text: &str) -> TextInput {
    if field == Field::Note { TextInput::note(text) } else { TextInput::new(text) }
}

fn street(field: Field) -> bool {
    matches!(field, Field::Street(_))
}

/// What stands in the fields of a company; nothing, without one.
fn texts(company: Option<&Company>, streets: usize) -> impl Iterator<Item = (Field, String)> {
    let text = |value: Option<&String>| value.cloned().unwrap_or_default();
    let address = company.map(|company| &company.address);
    let mut all = vec![
        (Field::Name, text(company.map(|company| &company.name))),
        (Field::Website, text(company.and_then(|company| company.website.as_ref()))),
        (Field::Country, text(address.map(|address| &address.country_code))),
        (Field::Town, text(address.and_then(|address| address.locality.as_ref()))),
        (Field::Region, text(address.and_then(|address| address.administrative_area.as_ref()))),
        (Field::PostalCode, text(address.and_then(|address| address.postal_code.as_ref()))),
        (Field::ExternalId, text(company.and_then(|company| company.external_id.as_ref()))),
        (Field::Tags, company.map(|company| company.tags.join(", ")).unwrap_or_default()),
    ];
    all.extend((0..streets).map(|at| (Field::Street(at), text(address.and_then(|address| address.lines.get(at))))));
    if let Some(company) = company {
        all.push((Field::Note, text(company.note.as_ref())));
        all.push((Field::SeatLimit, company.seats.limit.map(|limit| limit.to_string()).unwrap_or_default()));
    }
    all.into_iter()
}
