//! What the columns of a table are, as far as that is sure, and what has to be asked.

use super::columns::{Field, Meaning, meaning, plain};
use super::mapping::Mapping;
use super::shape::{Kind, kinds};
use super::table::Table;
use crate::domain::text::one_line;

/// One column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The header, or nothing.
    pub title: String,
    /// The first cell below it that is not empty.
    pub example: String,
    /// What it is, if that is sure or was said.
    pub field: Option<Field>,
    /// What it may be: to be asked.
    pub unsure: Vec<Field>,
}

/// The columns, to be settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    pub columns: Vec<Column>,
    pub header: bool,
    pub fingerprint: String,
}

/// A field that was to be mapped, and cannot.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CannotMap {
    #[error("there is no column {0:?}")]
    NoColumn(String),
    #[error("several columns are called {0:?}; say which by its number, from 1")]
    Several(String),
}

impl Proposal {
    /// Looks at a table.
    pub fn of(table: &Table) -> Self {
        let first = table.rows.first().map(|row| row.cells.as_slice()).unwrap_or_default();
        let meanings: Vec<Meaning> = first.iter().map(|cell| meaning(cell)).collect();
        let below = table.rows.get(1..).unwrap_or_default();
        let (with_first, without) = (kinds(&table.rows), kinds(below));
        let known = meanings.iter().any(|meaning| *meaning != Meaning::Unknown);
        let telling = |kinds: &[Kind]| kinds.iter().any(|kind| matches!(kind, Kind::Status | Kind::Number));
        // Numbers below words are a table with a header, in words that we do not know.
        let header = known || !telling(&with_first) && telling(&without);
        let mut columns = columns(table, header);
        if known {
            by_headers(&mut columns, &meanings);
        } else {
            by_shape(&mut columns, if header { &without } else { &with_first }, header);
        }
        let words: Vec<String> = if header {
            first.iter().map(|cell| plain(cell)).collect()
        } else {
            let kinds = with_first.iter().filter(|kind| **kind != Kind::Constant);
            std::iter::once("shape").chain(kinds.map(|kind| kind.as_str())).map(str::to_owned).collect()
        };
        Self { columns, header, fingerprint: words.join("\u{1f}") }
    }

    /// Takes what was said about a table of the same make.
    pub fn remember(&mut self, known: &Mapping) {
        if known.fingerprint != self.fingerprint {
            return;
        }
        for (column, field) in self.columns.iter_mut().zip(known.columns.iter().chain(std::iter::repeat(&None))) {
            column.field = *field;
            column.unsure.clear();
        }
    }

    /// Says which column a field is: by its header, by its number from 1, or by nothing for none.
    ///
    /// # Errors
    /// There is no such column, or more than one.
    pub fn say(&mut self, field: Field, named: &str) -> Result<(), CannotMap> {
        let named = named.trim();
        let wanted = if named.is_empty() { None } else { Some(self.find(named)?) };
        match wanted {
            Some(column) => self.set(column, Some(field)),
            None => self.columns.iter_mut().filter(|column| column.field == Some(field)).for_each(|column| {
                column.field = None;
            }),
        }
        for column in &mut self.columns {
            column.unsure.retain(|unsure| *unsure != field);
        }
        Ok(())
    }

    fn find(&self, named: &str) -> Result<usize, CannotMap> {
        let same = |title: &str| !title.is_empty() && plain(title) == plain(named);
        let mut found = self.columns.iter().enumerate().filter(|(_, column)| same(&column.title));
        match (found.next(), found.next()) {
            (Some((column, _)), None) => Ok(column),
            (Some(_), Some(_)) => Err(CannotMap::Several(named.to_owned())),
            (None, _) => {
                let number = named.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
                number
                    .filter(|number| *number < self.columns.len())
                    .ok_or_else(|| CannotMap::NoColumn(named.to_owned()))
            }
        }
    }

    /// Says what a column is; whatever else was that, is it no longer.
    pub fn set(&mut self, place: usize, field: Option<Field>) {
        for (other, column) in self.columns.iter_mut().enumerate() {
            if other == place {
                column.field = field;
                column.unsure.clear();
            } else if let Some(field) = field.filter(|field| !field.may_repeat()) {
                column.field = column.field.filter(|has| *has != field);
                column.unsure.retain(|unsure| *unsure != field);
            }
        }
    }

    /// Says that a column is the next of what it can be: what it may be first, then every field of a company, then none.
    pub fn turn(&mut self, place: usize, next: bool) {
        let Some(column) = self.columns.get(place) else { return };
        let likely = column.unsure.iter().filter(|field| Field::OF_COMPANY.contains(field)).copied();
        let mut choices: Vec<Option<Field>> = std::iter::once(None).chain(likely.map(Some)).collect();
        choices.extend(
            Field::OF_COMPANY.map(Some).into_iter().filter(|field| !column.unsure.iter().any(|it| Some(*it) == *field)),
        );
        let at = choices.iter().position(|choice| *choice == column.field).unwrap_or(0);
        let to = if next { at + 1 } else { at + choices.len() - 1 };
        let (field, unsure) = (choices.get(to % choices.len()).copied().flatten(), column.unsure.clone());
        self.set(place, field);
        if let Some(column) = self.columns.get_mut(place) {
            column.unsure = unsure;
        }
    }

    /// Columns that have to be asked about, where one of these fields is wanted.
    pub fn questions(&self, wanted: &[Field]) -> impl Iterator<Item = (usize, &Column)> {
        let asks = move |column: &Column| {
            column.field.is_none() && column.unsure.iter().any(|field| wanted.contains(field) && !self.has(*field))
        };
        self.columns.iter().enumerate().filter(move |(_, column)| asks(column))
    }

    fn has(&self, field: Field) -> bool {
        !field.may_repeat() && self.columns.iter().any(|column| column.field == Some(field))
    }

    /// What is sure.
    pub fn mapping(&self) -> Mapping {
        Mapping {
            fingerprint: self.fingerprint.clone(),
            header: self.header,
            columns: self.columns.iter().map(|column| column.field).collect(),
        }
    }
}

fn columns(table: &Table, header: bool) -> Vec<Column> {
    let rows = if header { 1 } else { 500 };
    let width = table.rows.iter().take(rows).map(|row| row.cells.len()).max().unwrap_or(0);
    let cell = |row: usize, column: usize| table.rows.get(row).and_then(|row| row.cells.get(column));
    let below = usize::from(header)..table.rows.len().min(50);
    let shown = |text: &String| one_line(text).trim().to_owned();
    let column = |place: usize| Column {
        title: if header { cell(0, place).map(shown).unwrap_or_default() } else { String::new() },
        example: below
            .clone()
            .filter_map(|row| cell(row, place).map(shown))
            .find(|text| !text.is_empty())
            .unwrap_or_default(),
        field: None,
        unsure: Vec::new(),
    };
    (0..width).map(column).collect()
}

/// The column that says it most plainly; where several do, all are asked about.
fn by_headers(columns: &mut [Column], meanings: &[Meaning]) {
    for field in Field::ALL {
        let says = |meaning: &Meaning| matches!(meaning, Meaning::Is(is, _) if *is == field);
        let rank = |meaning: &Meaning| if let Meaning::Is(_, rank) = meaning { *rank } else { u8::MAX };
        let best = meanings.iter().filter(|meaning| says(meaning)).map(rank).min();
        let claims: Vec<usize> = (0..meanings.len())
            .filter(|place| meanings.get(*place).is_some_and(|meaning| says(meaning) && Some(rank(meaning)) == best))
            .collect();
        let sure = claims.len() == 1 || field.may_repeat();
        for place in claims {
            let Some(column) = columns.get_mut(place) else { continue };
            if sure {
                column.field = Some(field);
            } else {
                column.unsure.push(field);
            }
        }
    }
    for (column, meaning) in columns.iter_mut().zip(meanings) {
        if let Meaning::Unsure(fields) = meaning {
            column.unsure.extend_from_slice(fields);
        }
    }
}

/// Without words: the console's list is name, status, filled seats. Anything else is asked.
fn by_shape(columns: &mut [Column], kinds: &[Kind], header: bool) {
    let places = |wanted: Kind| -> Vec<usize> {
        kinds.iter().enumerate().filter(|(_, kind)| **kind == wanted).map(|(place, _)| place).collect()
    };
    let (texts, statuses, numbers) = (places(Kind::Text), places(Kind::Status), places(Kind::Number));
    let console = !header && texts.len() == 1 && statuses.len() == 1 && numbers.len() == 1 && texts < numbers;
    for (column, kind) in columns.iter_mut().zip(kinds) {
        match kind {
            Kind::Text if console => column.field = Some(Field::Name),
            Kind::Number if console => column.field = Some(Field::FilledSeats),
            Kind::Status if statuses.len() == 1 => column.field = Some(Field::Status),
            Kind::Text => column.unsure = vec![Field::Name, Field::ExternalId],
            Kind::Number => {
                column.unsure = vec![Field::FilledSeats, Field::SeatLimit, Field::ExternalId, Field::Quantity];
            }
            Kind::Uuid => column.unsure = vec![Field::AccountUuid, Field::ExternalId],
            Kind::Website => column.unsure = vec![Field::Website],
            Kind::Status | Kind::Empty | Kind::Constant => {}
        }
    }
}
