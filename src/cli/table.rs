//! Results as text for people: columns that stay straight with names of any script. No colours, so that it
//! reads the same in a pipe, a file and a terminal.

use super::everywhere::Row;
use super::record::CompanyRecord;
use crate::domain::company::{Company, Owners};
use comfy_table::{CellAlignment, ContentArrangement, Table, TableStyle};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// A longer name is cut: one row stays one line.
const WIDEST_NAME: usize = 48;

impl Row for Company {
    type Record<'a> = CompanyRecord<'a>;
    const HEADER: &'static [&'static str] = &["COMPANY", "STATUS", "SEATS", "SETUP", "OWNERS", "ATTENTION", "ID"];
    const RIGHT: &'static [usize] = &[2];

    fn cells(&self) -> Vec<String> {
        vec![
            cut(&self.name, WIDEST_NAME),
            self.state.as_str().to_owned(),
            seats(self),
            setup(self),
            owners(self.owners),
            attention(self),
            self.id.to_string(),
        ]
    }
}

/// A list, one thing a line.
pub fn list<T: Row>(rows: &[T]) -> String {
    grid(T::HEADER, T::RIGHT, rows.iter().map(T::cells))
}

/// Rows below a header; some columns are numbers and stand to the right.
pub fn columns<const N: usize>(
    header: [&str; N],
    right: &[usize],
    rows: impl IntoIterator<Item = [String; N]>,
) -> String {
    grid(&header, right, rows.into_iter().map(Vec::from))
}

/// The same where the columns are not known before.
pub fn grid(header: &[&str], right: &[usize], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut table = bare();
    table.set_header(header.iter().copied());
    for row in rows {
        table.add_row(row);
    }
    for place in right {
        if let Some(column) = table.column_mut(*place) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    finish(&table)
}

/// One thing, one fact a line.
pub fn facts<'a>(facts: impl IntoIterator<Item = (&'a str, String)>) -> String {
    let mut table = bare();
    for (name, value) in facts {
        table.add_row([name.to_owned(), value]);
    }
    finish(&table)
}

/// A name in a column.
pub fn name(text: &str) -> String {
    cut(text, WIDEST_NAME)
}

/// What may be absent.
pub fn or_dash(text: Option<impl ToString>) -> String {
    text.map_or_else(|| "-".to_owned(), |text| text.to_string())
}

/// One company, one fact a line.
pub fn show(company: &Company) -> String {
    let time = |time: Option<jiff::Timestamp>| or_dash(time);
    let text = |text: &Option<String>| or_dash(text.as_deref());
    let address = &company.address;
    let mut places: Vec<&str> = address.lines.iter().map(String::as_str).collect();
    places.extend(address.postal_code.as_deref());
    places.extend(address.locality.as_deref());
    places.extend(address.administrative_area.as_deref());
    places.push(&address.country_code);
    places.retain(|part| !part.is_empty());
    facts([
        ("Company", company.name.clone()),
        ("Id", company.id.to_string()),
        ("Status", company.state.as_str().to_owned()),
        ("Seats", seats(company)),
        ("Owners", owners(company.owners)),
        ("Setup", setup(company)),
        ("Attention", attention(company)),
        ("Open recoveries", company.open_recoveries.to_string()),
        ("Website", text(&company.website)),
        ("Address", places.join(", ")),
        ("Region", company.region.clone()),
        ("Origin", company.origin.as_str().to_owned()),
        ("External id", text(&company.external_id)),
        ("Tags", if company.tags.is_empty() { "-".to_owned() } else { company.tags.join(", ") }),
        ("Created", time(company.create_time)),
        ("Linked", time(company.link_time)),
        ("Last launch", time(company.launch_time)),
        ("Unlinked", time(company.unlink_time)),
        ("Trial ends", time(company.trial_end_time)),
        ("Set aside until", time(company.snooze_until)),
        ("Last change", time(company.update_time)),
        ("Note", text(&company.note)),
    ])
}

fn bare() -> Table {
    let mut table = Table::new();
    table.load_style(TableStyle::new()).set_content_arrangement(ContentArrangement::Disabled);
    table
}

/// Two spaces between columns, none at the edges.
fn finish(table: &Table) -> String {
    let mut table = table.clone();
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    let lines: Vec<String> = table.lines().map(|line| line.trim_end().to_owned()).collect();
    lines.join("\n")
}

fn seats(company: &Company) -> String {
    let seats = company.seats;
    seats.limit.map_or_else(|| seats.filled.to_string(), |limit| format!("{}/{limit}", seats.filled))
}

fn setup(company: &Company) -> String {
    let setup = company.setup;
    or_dash(setup.known().then(|| format!("{}/{}", setup.done, setup.applicable)))
}

fn owners(owners: Owners) -> String {
    match (owners.confirmed, owners.invited) {
        (0, 0) => "none".to_owned(),
        (0, _) => "invited".to_owned(),
        (confirmed, _) => confirmed.to_string(),
    }
}

fn attention(company: &Company) -> String {
    if company.attention.is_empty() {
        return "-".to_owned();
    }
    let words: Vec<_> = company.attention.iter().map(|word| cut(word.as_str(), WIDEST_NAME)).collect();
    words.join(",")
}

/// Cut at what a reader calls a character, by its width in cells.
fn cut(text: &str, most: usize) -> String {
    if text.width() <= most {
        return text.to_owned();
    }
    let mut short = String::new();
    for grapheme in text.graphemes(true) {
        if short.width() + grapheme.width() >= most {
            break;
        }
        short.push_str(grapheme);
    }
    short.push('…');
    short
}
