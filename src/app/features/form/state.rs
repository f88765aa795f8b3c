//! The form for a new company and for a change of one: fields that parse as one types, and keep every character
//! when saving fails.

pub use super::check::{Draft, Problem, Problems, changes, check};

use crate::app::core::submission::Submission;
use crate::app::core::text_input::TextInput;
use crate::domain::company::{Company, CompanyState};
use crate::domain::country;
use crate::domain::country::Part;
use crate::domain::id::{CompanyKey, Etag, ProfileId};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug, Clone, PartialEq)]
pub struct CompanyForm {
    pub account: ProfileId,
    /// Of which company; none for a new one.
    pub key: Option<CompanyKey>,
    /// The company in the revision that the form was filled from.
    pub base: Option<Box<Company>>,
    pub start: BTreeMap<Field, String>,
    /// What stands in the fields of text now.
    pub lines: BTreeMap<Field, TextInput>,
    /// The code of the chosen country; empty when none is.
    pub country: String,
    /// A company of a REAL workspace needs no address: it is entered here, not added in 1Password.
    pub country_optional: bool,
    /// The rest of the address was not unfolded; it is shown all the same where any of it is given.
    pub folded: bool,
    /// What is typed to find another country.
    pub query: TextInput,
    pub choice: usize,
    pub at: Field,
    /// Fields that the cursor has left: they show what is wrong with them.
    pub left: BTreeSet<Field>,
    /// What the server did not accept, in its words; until the field changes.
    pub refused: BTreeMap<Field, String>,
    /// Companies of the same or nearly the same name, pointed out before saving.
    pub alike: Vec<Alike>,
    /// The name for which they were pointed out: the next try saves it.
    pub warned: Option<String>,
    /// What somebody else changed meanwhile.
    pub meanwhile: Vec<Meanwhile>,
    /// Of the company, and the revision that the change is about.
    pub submission: Submission<(Draft, Option<Etag>)>,
    /// Somebody else was quicker; the newest company is being loaded.
    pub reloading: bool,
}

/// One field, in no particular order: that is the country's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    Name,
    Website,
    /// Country or region of the address.
    Country,
    /// Unfolds the rest of the address.
    More,
    Street(usize),
    Town,
    /// State, province, county.
    Region,
    PostalCode,
    /// The MSP's own number for it.
    ExternalId,
    /// Tags, split by commas.
    Tags,
    /// A note for colleagues.
    Note,
    /// The most seats that may be filled.
    SeatLimit,
    /// The button that saves.
    Save,
    /// The button that drops.
    Cancel,
}

/// A company that one could mean instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alike {
    pub name: String,
    pub state: CompanyState,
    /// Its name is the same but for case, accents and spaces; else nearly the same.
    pub same: bool,
}

/// A field that somebody else changed while the form was open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meanwhile {
    pub field: Field,
    /// What stands there on the server, where the form keeps what was typed instead.
    pub theirs: Option<String>,
}

/// After a company was added: its set-up is one key away.
#[derive(Debug, Clone, PartialEq)]
pub struct Added {
    pub key: CompanyKey,
    pub company: String,
    /// What tells it from others of its name.
    pub distinction: Option<String>,
    /// *Launch now* has the focus, not *Later*.
    pub launch: bool,
    /// Search and filters would have hidden it and were dropped.
    pub cleared: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub enum FormRequest {
    Save {
        account: ProfileId,
        /// Which one; none is a new one.
        key: Option<CompanyKey>,
    },
    /// The company is loaded anew, after somebody else changed it.
    Reload(CompanyKey),
}

impl FormRequest {
    /// Whether it changes something on the server.
    pub fn writes(&self) -> bool {
        matches!(self, Self::Save { .. })
    }
}

impl CompanyForm {
    /// The fields from top to bottom: the address as its country writes it.
    pub fn fields(&self) -> Vec<Field> {
        let mut all = vec![Field::Name, Field::Website, Field::Country];
        let folded = self.folded && self.no_address();
        if folded {
            all.push(Field::More);
        }
        for part in country::parts(&self.country) {
            match part {
                Part::Street => all.extend(self.lines.keys().filter(|field| matches!(field, Field::Street(_)))),
                Part::Town => all.push(Field::Town),
                Part::Region => all.push(Field::Region),
                Part::PostalCode => all.push(Field::PostalCode),
            }
        }
        // What the country has no place for, but was there: seen, rather than dropped unseen by the next save.
        let kept = [Field::Region, Field::PostalCode];
        all.extend(
            kept.into_iter()
                .filter(|field| self.keeps(*field) && !country::parts(&self.country).contains(&part(*field))),
        );
        if folded {
            all.retain(|field| !of_address(*field));
        }
        all.extend([Field::ExternalId, Field::Tags]);
        if self.key.is_some() {
            all.extend([Field::Note, Field::SeatLimit]);
        }
        all.extend([Field::Save, Field::Cancel]);
        all
    }

    /// Shows the whole address, the cursor on its first line.
    pub fn unfold(&mut self) {
        if std::mem::take(&mut self.folded) && self.at == Field::More {
            let mut behind = self.fields().into_iter().skip_while(|field| *field != Field::Country);
            self.at = behind.nth(1).unwrap_or(Field::Country);
        }
    }

    /// Folds the rest of the address where none of it is given.
    pub(super) fn fold_empty(&mut self) {
        self.folded = self.no_address();
    }

    fn no_address(&self) -> bool {
        self.lines.keys().filter(|field| of_address(**field)).all(|field| self.text(*field).is_empty())
    }

    fn keeps(&self, field: Field) -> bool {
        !self.started(field).is_empty() && self.untouched(Field::Country)
    }

    /// What stands in a field.
    pub fn text(&self, field: Field) -> &str {
        match field {
            Field::Country => &self.country,
            field => self.lines.get(&field).map_or("", TextInput::text),
        }
    }

    /// What stood in a field when the form was filled.
    pub fn started(&self, field: Field) -> &str {
        self.start.get(&field).map_or("", String::as_str)
    }

    /// Nobody changed this field, or it was changed back.
    pub fn untouched(&self, field: Field) -> bool {
        self.text(field) == self.started(field)
    }

    /// Something was typed that closing would lose.
    pub fn changed(&self) -> bool {
        !self.query.text().is_empty() || self.start.keys().any(|field| !self.untouched(*field))
    }

    /// Whether it waits for the server.
    pub fn busy(&self) -> bool {
        self.submission.sending() || self.reloading
    }

    /// The countries that what is typed can mean, of this list; none while nothing is typed.
    pub fn found(&self, countries: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
        if self.query.text().trim().is_empty() { Vec::new() } else { country::find(countries, self.query.text()) }
    }

    /// What is wrong with a field and may be told: it was left, or the server said so.
    pub fn told(&self, field: Field) -> Option<Problem> {
        let refused = self.refused.get(&field).cloned().map(Problem::Server);
        refused.or_else(|| self.left.contains(&field).then(|| super::check::problem(self, field)).flatten())
    }
}

/// It is behind the country of an address.
fn of_address(field: Field) -> bool {
    matches!(field, Field::Street(_) | Field::Town | Field::Region | Field::PostalCode)
}

/// The part of an address that a field is.
fn part(field: Field) -> Part {
    match field {
        Field::Town => Part::Town,
        Field::Region => Part::Region,
        Field::PostalCode => Part::PostalCode,
        _ => Part::Street,
    }
}
