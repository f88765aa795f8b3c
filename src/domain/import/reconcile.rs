//! Agreement lines of a PSA against companies: what is billed, and how many seats are filled. Read only.

use super::columns::Field;
use super::mapping::Mapping;
use super::number::{Count, count};
use super::row::{Reason, Rejected, texts};
use super::table::{Row, Table};
use crate::domain::field::Problem;
use crate::domain::text::as_seen;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};

/// One line that is billed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Where it stands in the file, from 1.
    pub line: u32,
    pub key: String,
    pub quantity: u32,
}

/// The lines of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lines {
    pub lines: Vec<Line>,
    pub rejected: Vec<Rejected>,
    /// Lines that are cancelled, expired or inactive: nobody is billed for them.
    pub not_active: usize,
    /// Lines of something else.
    pub other_product: usize,
}

/// Reads the lines below the header. `product` says whether a line is about what is to be compared, from all that it says
/// of its product.
pub fn lines(table: &Table, mapping: &Mapping, key: Field, product: &dyn Fn(&str) -> bool) -> Lines {
    let mut found = Lines::default();
    for row in table.rows.get(usize::from(mapping.header)..).unwrap_or_default() {
        if mapping.has(Field::Product) && !texts(row, mapping, Field::Product).any(|text| product(&text)) {
            found.other_product += 1;
        } else if texts(row, mapping, Field::LineStatus).any(|text| ended(&text)) {
            found.not_active += 1;
        } else {
            match line(row, mapping, key) {
                Ok(line) => found.lines.push(line),
                Err(reason) => found.rejected.push(Rejected { line: row.line, name: first(row, mapping, key), reason }),
            }
        }
    }
    found
}

/// Words of PSAs for lines that are not billed; of a column *disabled*, that it is.
fn ended(word: &str) -> bool {
    let word = word.to_lowercase();
    ["inactive", "cancelled", "canceled", "expired", "inaktiv", "gekündigt", "beendet", "true", "yes"]
        .contains(&word.as_str())
}

fn first(row: &Row, mapping: &Mapping, key: Field) -> String {
    texts(row, mapping, Field::Name).chain(texts(row, mapping, key)).next().unwrap_or_default()
}

fn line(row: &Row, mapping: &Mapping, key: Field) -> Result<Line, Reason> {
    let (has, wanted) = (row.cells.len(), mapping.columns.len());
    if row.cells.iter().skip(wanted).any(|cell| !cell.trim().is_empty()) {
        return Err(Reason::Cells(has, wanted));
    }
    let text = texts(row, mapping, key).next().ok_or(Reason::Field(key, Problem::Required))?;
    let quantity = texts(row, mapping, Field::Quantity).next().unwrap_or_default();
    match count(&quantity) {
        Ok(Count::Of(quantity)) => Ok(Line { line: row.line, key: text, quantity }),
        Ok(Count::Unknown) => Err(Reason::Field(Field::Quantity, Problem::Required)),
        Ok(_) => Err(Reason::Field(Field::Quantity, Problem::NotANumber)),
        Err(problem) => Err(Reason::Field(Field::Quantity, problem)),
    }
}

/// A company, as far as it is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    pub id: String,
    pub name: String,
    /// Empty where it has none.
    pub key: String,
    /// Filled seats, if they are known.
    pub seats: Option<u32>,
    /// They are not counted in full.
    pub estimated: bool,
    /// Unlinked companies are not billed.
    pub managed: bool,
}

/// How a company and its lines go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Verdict {
    /// Another number of seats is billed than is filled.
    Different,
    /// No line bills it, and its seats are filled, or not known.
    OnlyHere,
    /// Billed, and no company here has this key.
    OnlyThere,
    /// Billed, and unlinked.
    Unlinked,
    /// More than one company has this key.
    Ambiguous,
    /// Billed, and how many seats are filled is not known.
    Unknown,
    Equal,
}

impl Verdict {
    /// The word of the JSON and of the table.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Different => "DIFFERENT",
            Self::OnlyHere => "ONLY_HERE",
            Self::OnlyThere => "ONLY_THERE",
            Self::Unlinked => "UNLINKED",
            Self::Ambiguous => "AMBIGUOUS",
            Self::Unknown => "UNKNOWN",
            Self::Equal => "EQUAL",
        }
    }
}

/// One company with its lines, or lines without a company.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Compared {
    pub result: Verdict,
    pub company_id: Option<String>,
    pub company: Option<String>,
    pub key: String,
    /// Filled; null where it is not known.
    pub seats: Option<u32>,
    /// The seats are an estimate, and with them the difference.
    pub estimated: bool,
    /// Billed; null where no line does.
    pub quantity: Option<u32>,
    /// So many more are filled than billed; null where one of them is not known.
    pub difference: Option<i64>,
    pub lines: Vec<u32>,
}

/// Compares; what differs most comes first.
pub fn compare(lines: &[Line], companies: &[Counted]) -> Vec<Compared> {
    let mut billed: BTreeMap<String, (u32, Vec<u32>, &str)> = BTreeMap::new();
    for Line { line, key, quantity } in lines {
        let (sum, places, _) = billed.entry(as_seen(key)).or_insert((0, Vec::new(), key));
        *sum = sum.saturating_add(*quantity);
        places.push(*line);
    }
    let mut here: HashMap<String, Vec<&Counted>> = HashMap::new();
    for company in companies {
        here.entry(as_seen(&company.key)).or_default().push(company);
    }
    let mut found: Vec<Compared> = billed
        .iter()
        .map(|(seen, (quantity, lines, key))| {
            let bearers = here.get(seen).map(Vec::as_slice).unwrap_or_default();
            // One that is managed stands above those that were.
            let managed: Vec<_> = bearers.iter().filter(|company| company.managed).copied().collect();
            let bearers = if managed.is_empty() { bearers } else { &managed };
            matched(bearers, key, *quantity, lines.clone())
        })
        .collect();
    let unbilled =
        companies.iter().filter(|it| it.managed && it.seats != Some(0) && !billed.contains_key(&as_seen(&it.key)));
    found.extend(unbilled.map(|company| Compared {
        result: Verdict::OnlyHere,
        company_id: Some(company.id.clone()),
        company: Some(company.name.clone()),
        key: company.key.clone(),
        seats: company.seats,
        estimated: company.estimated,
        quantity: None,
        difference: None,
        lines: Vec::new(),
    }));
    let most = |it: &Compared| std::cmp::Reverse(it.difference.map_or(0, i64::abs));
    found.sort_by(|a, b| (a.result, most(a), &a.company, &a.key).cmp(&(b.result, most(b), &b.company, &b.key)));
    found
}

fn matched(bearers: &[&Counted], key: &str, quantity: u32, lines: Vec<u32>) -> Compared {
    let company = if let [one] = bearers { Some(*one) } else { None };
    let seats = company.and_then(|company| company.seats);
    let difference = seats.map(|seats| i64::from(seats) - i64::from(quantity));
    let result = match (bearers, difference) {
        ([], _) => Verdict::OnlyThere,
        ([one], _) if !one.managed => Verdict::Unlinked,
        ([_], None) => Verdict::Unknown,
        ([_], Some(0)) => Verdict::Equal,
        ([_], Some(_)) => Verdict::Different,
        _ => Verdict::Ambiguous,
    };
    Compared {
        result,
        company_id: company.map(|company| company.id.clone()),
        company: company.map(|company| company.name.clone()),
        key: key.to_owned(),
        seats,
        estimated: company.is_some_and(|company| company.estimated),
        quantity: Some(quantity),
        difference,
        lines,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::import::proposal::Proposal;
    use crate::domain::import::table;
    use Verdict as V;

    fn counted(id: &str, key: &str, seats: Option<u32>) -> Counted {
        Counted {
            id: id.into(),
            name: format!("Company {id}"),
            key: key.into(),
            seats,
            estimated: false,
            managed: true,
        }
    }

    #[test]
    fn lines_of_one_company_are_added_up_and_what_is_not_known_is_no_difference() {
        let line = |line, key: &str, quantity| Line { line, key: key.into(), quantity };
        let lines =
            [line(2, "1", 10), line(3, "1", 5), line(4, "2", 7), line(5, "9", 1), line(6, "3", 4), line(7, "5", 1)];
        let companies = [
            counted("A", "1", Some(15)),
            counted("B", "2", Some(9)),
            counted("C", "3", None),
            counted("D", "", Some(3)),
            counted("E", "", None),
            counted("F", "7", Some(0)),
            Counted { managed: false, ..counted("G", "5", Some(1)) },
            Counted { managed: false, ..counted("H", "", Some(1)) },
        ];
        let found = compare(&lines, &companies);
        let told: Vec<_> = found.iter().map(|it| (it.result, it.company_id.as_deref(), it.difference)).collect();
        assert_eq!(
            told,
            [
                (V::Different, Some("B"), Some(2)),
                (V::OnlyHere, Some("D"), None),
                (V::OnlyHere, Some("E"), None),
                (V::OnlyThere, None, None),
                (V::Unlinked, Some("G"), Some(0)),
                (V::Unknown, Some("C"), None),
                (V::Equal, Some("A"), Some(0)),
            ]
        );
        let twice = [counted("A", "1", Some(15)), counted("B", "1", Some(15))];
        assert_eq!(compare(&lines[..2], &twice)[0].result, V::Ambiguous);
    }

    #[test]
    fn only_lines_of_the_product_that_are_billed_count() {
        let text = include_str!("../../../tests/corpus/import/connectwise_additions.csv");
        let table = table::read(text).unwrap();
        let mapping = Proposal::of(&table).mapping();
        let found = lines(&table, &mapping, Field::Name, &|text| text.contains("1Password"));
        assert_eq!(found.lines, [Line { line: 2, key: "Brightwater GmbH".into(), quantity: 42 }]);
        assert_eq!((found.not_active, found.other_product), (1, 1));
        let rejected: Vec<_> = found.rejected.iter().map(|row| (row.line, row.name.as_str())).collect();
        assert_eq!(rejected, [(5, "Hôtel des Dunes SAS")], "half a seat is none");
    }
}
