//! From cells to what they say of a company, or why they cannot.

use super::columns::Field;
use super::mapping::Mapping;
use super::number::{Count, count};
use super::shape::{is_uuid, status};
use super::table::{Row, Separator, Table};
use crate::domain::company::CompanyState;
use crate::domain::country;
use crate::domain::field::{self, LONGEST, Problem};
use crate::domain::text::{as_seen, one_line};
use crate::domain::website;
use std::cell::RefCell;
use std::collections::HashMap;

/// What a row says of a company. `None` and empty mean that it says nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportRow {
    /// Where it stands in the file, from 1.
    pub line: u32,
    pub name: Option<String>,
    pub external_id: Option<String>,
    pub account_uuid: Option<String>,
    pub website: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    pub status: Option<CompanyState>,
    pub filled: Option<u32>,
    /// 0 is no limit.
    pub seat_limit: Option<u32>,
    pub tags: Vec<String>,
}

impl ImportRow {
    /// What to call it in messages.
    pub fn known_as(&self) -> &str {
        let parts = [&self.name, &self.external_id, &self.account_uuid];
        parts.into_iter().flatten().next().map_or("", String::as_str)
    }

    /// By what two rows are about the same company: the strongest key that it has.
    fn key(&self) -> (u8, String) {
        match (&self.external_id, &self.account_uuid, &self.name) {
            (Some(id), ..) => (0, id.clone()),
            (None, Some(uuid), _) => (1, uuid.clone()),
            (None, None, name) => (2, as_seen(name.as_deref().unwrap_or_default())),
        }
    }
}

/// A row that is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejected {
    pub line: u32,
    /// What stands in it as a name, to find it by.
    pub name: String,
    pub reason: Reason,
}

/// Why a row is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// What is wrong with a field.
    Field(Field, Problem),
    NotAUuid,
    /// It has another number of cells than the header: they cannot be told apart.
    Cells(usize, usize),
    /// Neither name nor number.
    NoKey,
    /// It says the same company as this line.
    Repeats(u32),
    /// The last line, which sums up the others.
    Total,
}

/// All rows of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rows {
    pub rows: Vec<ImportRow>,
    pub rejected: Vec<Rejected>,
    /// Words in the column of the status that are none of 1Password's, and how often: left as they are.
    pub statuses: Vec<(String, usize)>,
}

/// Finds the code of a country by its name.
pub type Countries<'a> = &'a dyn Fn(&str) -> Option<&'static str>;

/// Reads the rows below the header.
pub fn read(table: &Table, mapping: &Mapping, countries: Countries<'_>) -> Rows {
    let reader = Reader {
        mapping,
        countries,
        found: RefCell::default(),
        joined: table.joined,
        blanks: table.separator == Separator::Blanks,
    };
    let mut read = Rows::default();
    let mut seen: HashMap<(u8, String), u32> = HashMap::new();
    let mut statuses: HashMap<String, usize> = HashMap::new();
    let below = table.rows.get(usize::from(mapping.header)..).unwrap_or_default();
    for (place, row) in below.iter().enumerate() {
        if place > 0 && place + 1 == below.len() && reader.is_total(row, &read) {
            read.rejected.push(Rejected { line: row.line, name: reader.name(row), reason: Reason::Total });
            continue;
        }
        let outcome = reader.row(row).and_then(|row| match seen.get(&row.key()) {
            Some(line) => Err(Reason::Repeats(*line)),
            None => Ok(row),
        });
        match outcome {
            Ok(found) => {
                if found.status.is_none()
                    && let Some(word) = reader.text(row, Field::Status)
                {
                    *statuses.entry(word).or_default() += 1;
                }
                seen.insert(found.key(), found.line);
                read.rows.push(found);
            }
            Err(reason) => read.rejected.push(Rejected { line: row.line, name: reader.name(row), reason }),
        }
    }
    read.statuses = statuses.into_iter().collect();
    read.statuses.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    read
}

/// The texts of the cells of a field in a row, safe and trimmed; none of them empty.
pub(super) fn texts<'a>(row: &'a Row, mapping: &Mapping, field: Field) -> impl Iterator<Item = String> + use<'a> {
    let columns: Vec<usize> = mapping.of(field).collect();
    let cells = columns.into_iter().filter_map(|column| row.cells.get(column));
    cells.map(|cell| plain(cell)).filter(|text| !text.is_empty())
}

/// Safe to show, on one line. An apostrophe before a sign of a formula is a spreadsheet's mark for text, and no part of
/// it: this program's own export writes it.
fn plain(cell: &str) -> String {
    let text = one_line(cell);
    let text = text.trim();
    let marked = text.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@']));
    marked.unwrap_or(text).to_owned()
}

struct Reader<'a> {
    mapping: &'a Mapping,
    countries: Countries<'a>,
    /// What was looked for already: names of countries are few, rows are many.
    found: RefCell<HashMap<String, Option<&'static str>>>,
    joined: bool,
    blanks: bool,
}

impl Reader<'_> {
    fn text(&self, row: &Row, field: Field) -> Option<String> {
        texts(row, self.mapping, field).next()
    }

    fn name(&self, row: &Row) -> String {
        let first = || row.cells.iter().map(|cell| plain(cell)).find(|text| !text.is_empty());
        self.name_and_below(row).0.or_else(first).unwrap_or_default()
    }

    /// In a copied table the second line of a name's cell is not the name: an address, if it looks like one.
    fn name_and_below(&self, row: &Row) -> (Option<String>, Option<String>) {
        let column = self.mapping.of(Field::Name).next();
        let cell = column.and_then(|column| row.cells.get(column));
        match cell.and_then(|cell| cell.trim().split_once('\n')) {
            Some((name, below)) if self.joined => (
                Some(plain(name)).filter(|name| !name.is_empty()),
                Some(plain(below)).filter(|text| !text.contains(' ')),
            ),
            _ => (self.text(row, Field::Name), None),
        }
    }

    fn row(&self, row: &Row) -> Result<ImportRow, Reason> {
        self.has_all_cells(row)?;
        let wrong = |field: Field| move |problem: Problem| Reason::Field(field, problem);
        let (name, below) = self.name_and_below(row);
        let name = name.map(|name| field::name(&name)).transpose().map_err(wrong(Field::Name))?;
        let external_id = self.text(row, Field::ExternalId).map(|text| field::text(&text, LONGEST)).transpose();
        let external_id = external_id.map_err(wrong(Field::ExternalId))?;
        let account_uuid = self.text(row, Field::AccountUuid);
        if account_uuid.as_ref().is_some_and(|uuid| !is_uuid(uuid)) {
            return Err(Reason::NotAUuid);
        }
        if name.is_none() && external_id.is_none() && account_uuid.is_none() {
            return Err(Reason::NoKey);
        }
        let website = self.text(row, Field::Website).map(|text| field::website(&text)).transpose();
        let website = website.map_err(wrong(Field::Website))?.or_else(|| below.as_deref().and_then(website::parse));
        let (filled, limit) = self.seats(row)?;
        Ok(ImportRow {
            line: row.line,
            name,
            external_id,
            account_uuid,
            website,
            country: self.text(row, Field::Country).map(|text| self.country(&text)).transpose()?,
            status: self.text(row, Field::Status).and_then(|word| status(&word)),
            filled,
            seat_limit: limit,
            tags: self.tags(row)?,
        })
    }

    /// Cells that are missing at the end are empty ones; between blanks any of them may be missing.
    fn has_all_cells(&self, row: &Row) -> Result<(), Reason> {
        let (has, wanted) = (row.cells.len(), self.mapping.columns.len());
        let more = row.cells.iter().skip(wanted).any(|cell| !cell.trim().is_empty());
        if more || self.blanks && has != wanted { Err(Reason::Cells(has, wanted)) } else { Ok(()) }
    }

    fn country(&self, text: &str) -> Result<String, Reason> {
        let code = Some(text.to_uppercase()).filter(|code| country::is_country(code));
        let named = || *self.found.borrow_mut().entry(text.to_owned()).or_insert_with(|| (self.countries)(text));
        code.or_else(|| named().map(str::to_owned)).ok_or(Reason::Field(Field::Country, Problem::NoSuchCountry))
    }

    fn seats(&self, row: &Row) -> Result<(Option<u32>, Option<u32>), Reason> {
        let read = |field: Field| {
            let cell = self.text(row, field).unwrap_or_default();
            count(&cell).map_err(|problem| Reason::Field(field, problem))
        };
        let (filled, within) = match read(Field::FilledSeats)? {
            Count::Of(filled) => (Some(filled), None),
            Count::Within(filled, limit) => (Some(filled), Some(limit)),
            Count::Unknown | Count::Unlimited => (None, None),
        };
        let limit = match read(Field::SeatLimit)? {
            Count::Of(limit) | Count::Within(_, limit) => Some(limit),
            Count::Unlimited => Some(0),
            Count::Unknown => within,
        };
        Ok((filled, limit))
    }

    fn tags(&self, row: &Row) -> Result<Vec<String>, Reason> {
        let cells: Vec<String> = texts(row, self.mapping, Field::Tags).collect();
        let tags = field::split_tags(&cells.join(",").replace(';', ","));
        field::tags(&tags).map(|()| tags).map_err(|problem| Reason::Field(Field::Tags, problem))
    }

    /// A company may be called *Total*; one whose seats are the sum of all others is none.
    fn is_total(&self, row: &Row, before: &Rows) -> bool {
        let named = ["total", "totals", "sum", "summe", "gesamt"];
        let sum: u32 = before.rows.iter().filter_map(|row| row.filled).fold(0, u32::saturating_add);
        let seats = self.seats(row).ok().and_then(|(filled, _)| filled);
        named.contains(&self.name(row).trim_end_matches(':').to_lowercase().as_str()) && seats == Some(sum)
    }
}
