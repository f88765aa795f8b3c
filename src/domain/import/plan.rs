//! What a row would change, held against the companies that there are. Keys in order: external id, account id, exact
//! name as a person sees it. A cell that is empty changes nothing, and neither does what a file lacks.

use super::columns::Field;
use super::row::ImportRow;
use crate::domain::company::CompanyState;
use crate::domain::field::{MOST_TAGS, Problem};
use crate::domain::text::as_seen;
use std::collections::HashMap;

/// A company as an import compares it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    pub id: String,
    pub name: String,
    pub external_id: Option<String>,
    pub account_uuid: Option<String>,
    pub website: Option<String>,
    pub country: Option<String>,
    /// Its address says more than the country: then the country is not changed alone.
    pub has_address: bool,
    pub state: CompanyState,
    /// As the last import has it.
    pub filled: Option<u32>,
    pub seat_limit: Option<u32>,
    pub tags: Vec<String>,
}

/// What a person has decided about a row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Choice {
    /// Nothing: what is certain is taken.
    #[default]
    Certain,
    /// It is this company.
    Is(String),
    /// It is a new one, whatever it looks like.
    New,
}

/// What becomes of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    New,
    Changed {
        company: String,
        changes: Vec<Change>,
    },
    Unchanged {
        company: String,
    },
    /// It may be each of these, or a new one: a person has to say.
    Ambiguous(Vec<Candidate>),
    Rejected(Refusal),
}

impl Outcome {
    /// Whether what this row shows is kept though it changes nothing: as facts of now, or of how a company that is
    /// unlinked stands.
    pub fn tells(&self, row: &ImportRow) -> bool {
        match self {
            Self::Unchanged { .. } => row.filled.is_some() || row.seat_limit.is_some() || row.status.is_some(),
            Self::Rejected(Refusal::Unlinked) => row.status.is_some(),
            _ => false,
        }
    }
}

/// One field that changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub field: Field,
    pub old: Option<String>,
    pub new: String,
}

/// A company that a row may be about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub id: String,
    pub name: String,
    /// By what it is told from others of its name.
    pub known_by: Option<String>,
    /// How alike the names are, in percent.
    pub percent: u8,
}

/// Why a row cannot be taken, beside what is wrong with the row itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Nobody has this number, and a new company needs a name.
    NameMissing,
    /// The company is unlinked: nothing of it is ours to change.
    Unlinked,
    /// The company that was chosen is not there.
    NoSuchCompany,
    /// An unlink is not imported.
    CannotUnlink,
    /// A row before, in this line, was about the same company.
    Repeats(u32),
    Field(Field, Problem),
    /// What the server says, in its words.
    Other(String),
}

/// Companies by their keys.
#[derive(Debug, Default)]
pub struct Directory {
    companies: Vec<Known>,
    by_id: HashMap<String, usize>,
    by_external_id: HashMap<String, Vec<usize>>,
    by_uuid: HashMap<String, Vec<usize>>,
    by_name: HashMap<String, Vec<usize>>,
    /// Companies that a row was about already, and its line.
    taken: HashMap<String, u32>,
}

impl Directory {
    pub fn new(companies: impl IntoIterator<Item = Known>) -> Self {
        let mut all = Self::default();
        companies.into_iter().for_each(|company| all.add(company));
        all
    }

    /// Adds one, such as the new company that a row before made; one that is there already is not added twice.
    pub fn add(&mut self, company: Known) {
        let place = self.companies.len();
        if self.by_id.contains_key(&company.id) {
            return;
        }
        self.by_id.insert(company.id.clone(), place);
        if let Some(id) = &company.external_id {
            self.by_external_id.entry(as_seen(id)).or_default().push(place);
        }
        if let Some(uuid) = &company.account_uuid {
            self.by_uuid.entry(uuid.clone()).or_default().push(place);
        }
        self.by_name.entry(as_seen(&company.name)).or_default().push(place);
        self.companies.push(company);
    }

    /// Notes that the row in this line is about this company.
    pub fn take(&mut self, id: &str, line: u32) {
        self.taken.insert(id.to_owned(), line);
    }

    pub fn get(&self, id: &str) -> Option<&Known> {
        self.by_id.get(id).and_then(|place| self.companies.get(*place))
    }

    fn all(&self, places: Option<&Vec<usize>>) -> Vec<&Known> {
        places.into_iter().flatten().filter_map(|place| self.companies.get(*place)).collect()
    }

    /// What becomes of a row; `alike` finds names that look alike, and is asked only where no key fits. Of two rows about
    /// one company the first counts: else every import would change it twice.
    pub fn plan(
        &mut self,
        row: &ImportRow,
        choice: &Choice,
        alike: impl FnOnce(&Self, &str) -> Vec<Candidate>,
    ) -> Outcome {
        let outcome = match self.about(row, choice) {
            Found::One(company) => self.held_elsewhere(company, row).unwrap_or_else(|| change(company, row)),
            Found::Several(companies) => Outcome::Ambiguous(companies.into_iter().map(candidate).collect()),
            Found::Refused(why) => Outcome::Rejected(why),
            Found::None => self.unknown(row, choice, alike),
        };
        let company = match &outcome {
            Outcome::Changed { company, .. } | Outcome::Unchanged { company } => company.clone(),
            _ => return outcome,
        };
        if let Some(line) = self.taken.get(&company) {
            return Outcome::Rejected(Refusal::Repeats(*line));
        }
        self.take(&company, row.line);
        outcome
    }

    fn about(&self, row: &ImportRow, choice: &Choice) -> Found<'_> {
        match choice {
            Choice::Is(id) => self.get(id).map_or(Found::Refused(Refusal::NoSuchCompany), Found::One),
            Choice::Certain | Choice::New => self.find(row, *choice == Choice::New),
        }
    }

    /// The unlinked company that a row is about.
    pub fn unlinked(&self, row: &ImportRow, choice: &Choice) -> Option<&Known> {
        match self.about(row, choice) {
            Found::One(company) if company.state == CompanyState::Unlinked => Some(company),
            _ => None,
        }
    }

    /// One account is one company: its id cannot be given to another.
    fn held_elsewhere(&self, company: &Known, row: &ImportRow) -> Option<Outcome> {
        let holders = self.all(self.by_uuid.get(row.account_uuid.as_ref()?));
        let other = holders.into_iter().find(|holder| holder.id != company.id)?;
        Some(Outcome::Rejected(Refusal::Other(format!("The account ID belongs to {}.", other.name))))
    }

    fn unknown(&self, row: &ImportRow, choice: &Choice, alike: impl FnOnce(&Self, &str) -> Vec<Candidate>) -> Outcome {
        let Some(name) = &row.name else { return Outcome::Rejected(Refusal::NameMissing) };
        if row.status == Some(CompanyState::Unlinked) {
            return Outcome::Rejected(Refusal::CannotUnlink);
        }
        let like = if *choice == Choice::New { Vec::new() } else { alike(self, name) };
        if like.is_empty() { Outcome::New } else { Outcome::Ambiguous(like) }
    }

    /// The strongest key decides. A name that fits a company of another number is not certain.
    fn find(&self, row: &ImportRow, new: bool) -> Found<'_> {
        let keyed = [
            row.external_id.as_ref().and_then(|id| self.by_external_id.get(&as_seen(id))),
            row.account_uuid.as_ref().and_then(|uuid| self.by_uuid.get(uuid)),
        ];
        for places in keyed {
            match self.all(places).as_slice() {
                [] => {}
                [one] => return Found::One(one),
                several => return Found::Several(several.to_vec()),
            }
        }
        let differs = |has: &Option<String>, says: &Option<String>| has.is_some() && says.is_some() && has != says;
        let named = self.all(row.name.as_ref().and_then(|name| self.by_name.get(&as_seen(name))));
        let other =
            |it: &Known| differs(&it.external_id, &row.external_id) || differs(&it.account_uuid, &row.account_uuid);
        match named.as_slice() {
            [] => Found::None,
            [one] if !other(one) => Found::One(one),
            // Two companies may share a name: said to be new, a row with a number of its own is one.
            several if new && several.iter().all(|one| other(one)) => Found::None,
            several => Found::Several(several.to_vec()),
        }
    }
}

enum Found<'a> {
    None,
    One(&'a Known),
    Several(Vec<&'a Known>),
    Refused(Refusal),
}

fn candidate(company: &Known) -> Candidate {
    let known_by = company.external_id.clone().or_else(|| company.website.clone());
    Candidate { id: company.id.clone(), name: company.name.clone(), known_by, percent: 100 }
}

/// The company as a candidate of this likeness.
pub fn offered(company: &Known, percent: u8) -> Candidate {
    Candidate { percent, ..candidate(company) }
}

/// What the row changes of this company. The name is not changed: an export of one program must not rename what
/// another calls otherwise.
fn change(company: &Known, row: &ImportRow) -> Outcome {
    if company.state == CompanyState::Unlinked {
        return Outcome::Rejected(Refusal::Unlinked);
    }
    if row.status == Some(CompanyState::Unlinked) {
        return Outcome::Rejected(Refusal::CannotUnlink);
    }
    let mut changes = Vec::new();
    let mut put = |field: Field, old: Option<String>, new: Option<String>| {
        if let Some(new) = new.filter(|new| old.as_ref() != Some(new)) {
            changes.push(Change { field, old, new });
        }
    };
    put(Field::ExternalId, company.external_id.clone(), row.external_id.clone());
    put(Field::AccountUuid, company.account_uuid.clone(), row.account_uuid.clone());
    put(Field::Website, company.website.clone(), row.website.clone());
    if !company.has_address {
        put(Field::Country, company.country.clone(), row.country.clone());
    }
    let word = |state: &CompanyState| state.as_str().to_owned();
    let known = CompanyState::KNOWN.contains(&company.state);
    put(Field::Status, known.then(|| word(&company.state)), row.status.as_ref().map(word));
    let number = |number: Option<u32>| number.map(|number| number.to_string());
    put(Field::FilledSeats, number(company.filled), number(row.filled));
    // 0 and absent are both no limit.
    let limit = row.seat_limit.filter(|limit| *limit != company.seat_limit.unwrap_or(0));
    put(Field::SeatLimit, number(company.seat_limit), number(limit));
    let added: Vec<&String> = row.tags.iter().filter(|tag| !company.tags.contains(tag)).collect();
    if company.tags.len() + added.len() > MOST_TAGS {
        return Outcome::Rejected(Refusal::Field(Field::Tags, Problem::TooManyTags(MOST_TAGS)));
    }
    if !added.is_empty() {
        let all: Vec<&str> = company.tags.iter().chain(added).map(String::as_str).collect();
        put(Field::Tags, Some(company.tags.join(", ")).filter(|tags| !tags.is_empty()), Some(all.join(", ")));
    }
    let id = company.id.clone();
    if changes.is_empty() { Outcome::Unchanged { company: id } } else { Outcome::Changed { company: id, changes } }
}
