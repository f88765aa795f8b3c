//! Companies as text for people: columns that stay straight with names of any script. No colours, so that it
//! reads the same in a pipe, a file and a terminal.

use crate::domain::company::{Company, Owners};
use comfy_table::{CellAlignment, ContentArrangement, Table, TableStyle};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// A longer name is cut: one row stays one line.
const WIDEST_NAME: usize = 48;

/// The list, one company a line.
pub fn list(companies: &[Company]) -> String {
    let mut table = bare();
    table.set_header(["COMPANY", "STATUS", "SEATS", "SETUP", "OWNERS", "ATTENTION", "ID"]);
    for company in companies {
        table.add_row([
            cut(&company.name, WIDEST_NAME),
            company.state.as_str().to_owned(),
            seats(company),
            format!("{}/{}", company.setup.done, company.setup.applicable),
            owners(company.owners),
            attention(company),
            company.id.to_string(),
        ]);
    }
    if let Some(seats) = table.column_mut(2) {
        seats.set_cell_alignment(CellAlignment::Right);
    }
    finish(&table)
}

/// One company, one fact a line.
pub fn show(company: &Company) -> String {
    let time = |time: Option<jiff::Timestamp>| time.map_or_else(|| "-".to_owned(), |time| time.to_string());
    let text = |text: &Option<String>| text.as_deref().unwrap_or("-").to_owned();
    let address = &company.address;
    let mut places: Vec<&str> = address.lines.iter().map(String::as_str).collect();
    places.extend(address.postal_code.as_deref());
    places.extend(address.locality.as_deref());
    places.extend(address.administrative_area.as_deref());
    places.push(&address.country_code);
    places.retain(|part| !part.is_empty());
    let mut table = bare();
    for (name, value) in [
        ("Company", company.name.clone()),
        ("Id", company.id.to_string()),
        ("Status", company.state.as_str().to_owned()),
        ("Seats", seats(company)),
        ("Owners", owners(company.owners)),
        ("Setup", format!("{}/{}", company.setup.done, company.setup.applicable)),
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
        ("Last change", time(company.update_time)),
        ("Note", text(&company.note)),
    ] {
        table.add_row([name.to_owned(), value]);
    }
    finish(&table)
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
