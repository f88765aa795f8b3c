//! Files of the corpus (`tests/corpus/import`): exports of four PSAs, copies of the console's tables, and what goes wrong.

use super::*;
use crate::domain::company::CompanyState;
use crate::domain::field::Problem;
use crate::domain::import::row::Reason;
use crate::domain::import::table::{Separator, Unreadable};
use proptest::prelude::*;

macro_rules! corpus {
    ($name:literal) => {
        include_bytes!(concat!("../../../../tests/corpus/import/", $name)).as_slice()
    };
}

fn names(rows: &Rows) -> Vec<&str> {
    rows.rows.iter().filter_map(|row| row.name.as_deref()).collect()
}

#[test]
fn syncro_is_known_by_its_headers() {
    let (table, proposal) = read(corpus!("syncro.csv"));
    assert_eq!((table.separator, asked(&proposal)), (Separator::Comma, vec![]));
    let rows = rows(&table, &proposal);
    assert_eq!(names(&rows), ["Brightwater GmbH", "Hôtel des Dunes SAS"]);
    assert_eq!(rows.rows[1].external_id.as_deref(), Some("1002"));
    assert_eq!(rows.rows[1].line, 4, "a cell of two lines counts");
    assert_eq!(rows.rows[0].country, None, "the state is none");
    let third = rows.rows.get(2).unwrap();
    assert_eq!((third.name.as_deref(), third.external_id.as_deref()), (None, Some("1003")));
}

#[test]
fn autotask_has_two_numbers_and_is_asked_which() {
    let (table, mut proposal) = read(corpus!("autotask.csv"));
    assert_eq!(proposal.columns[1].field, Some(Field::Name));
    assert_eq!(asked(&proposal), [] as [usize; 0], "the id says it more plainly than the number");
    assert_eq!(proposal.columns[0].field, Some(Field::ExternalId));
    proposal.say(Field::ExternalId, "number").unwrap();
    let read = rows(&table, &proposal);
    assert_eq!(read.rows[0].external_id.as_deref(), Some("CQ-1"));
    assert_eq!(read.rows[0].name.as_deref(), Some("Crane & Quay Architects, Ltd"));
    assert_eq!(read.rows[0].country.as_deref(), Some("GB"));
    assert_eq!(read.rejected[0].reason, Reason::Field(Field::Country, Problem::NoSuchCountry));
    assert_eq!((read.rejected[0].line, read.rejected[0].name.as_str()), (4, "Nowhere Inc"));
}

#[test]
fn two_columns_that_say_the_same_are_asked_about() {
    let (_, mut proposal) = read(b"id,number,Company,Seats\n7,A-7,Acme,12\n");
    assert_eq!(asked(&proposal), [0, 1, 3]);
    assert_eq!(fields(&proposal), [None, None, Some(Field::Name), None]);
    proposal.say(Field::ExternalId, "2").unwrap();
    assert_eq!(asked(&proposal), [3]);
    proposal.set(3, Some(Field::FilledSeats));
    assert_eq!(asked(&proposal), [] as [usize; 0]);
    assert!(proposal.say(Field::Website, "Web").is_err());
    let mut again = read(b"ID,NUMBER,company,seats\n8,A-8,Beta,1\n").1;
    again.remember(&proposal.mapping());
    assert_eq!(fields(&again), fields(&proposal), "known again by its headers");
    assert_eq!(asked(&again), [] as [usize; 0]);
}

#[test]
fn connectwise_additions_have_a_product_a_quantity_and_a_status_of_their_own() {
    let (_, proposal) = read(corpus!("connectwise_additions.csv"));
    let mapping = proposal.mapping();
    assert_eq!(mapping.of(Field::Product).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(mapping.of(Field::Name).collect::<Vec<_>>(), [7]);
    assert_eq!(mapping.of(Field::LineStatus).collect::<Vec<_>>(), [9]);
    assert_eq!(mapping.of(Field::Quantity).collect::<Vec<_>>(), [13]);
    assert!(!mapping.has(Field::Status) && !mapping.has(Field::FilledSeats));
}

#[test]
fn halopsa_in_windows_1252_with_a_formula_for_a_name() {
    let (table, proposal) = read(corpus!("halopsa.csv"));
    assert_eq!(table.separator, Separator::Semicolon);
    let rows = rows(&table, &proposal);
    assert_eq!(names(&rows), ["Wattwurm Software GmbH", "=cmd|' /C calc'!A0", "Möwe & Söhne KG"]);
    assert_eq!(rows.rows[0].tags, ["vip", "nord"]);
    assert_eq!(rows.rows[0].website.as_deref(), Some("https://wattwurm.example"));
    assert_eq!(rows.rows[1].tags, ["a", "b"]);
}

#[test]
fn the_console_s_table_comes_by_tabs_with_or_without_a_header() {
    let (table, proposal) = read(corpus!("console_tabs.txt"));
    assert_eq!(table.separator, Separator::Tab);
    let with = rows(&table, &proposal);
    assert_eq!(names(&with), ["Acme GmbH", "Beta & Söhne KG", "Gamma Ltd"]);
    let filled: Vec<_> = with.rows.iter().map(|row| row.filled).collect();
    assert_eq!(filled, [Some(12), Some(0), None], "not known is not 0");
    let (table, proposal) = read(corpus!("console_headerless.txt"));
    assert!(!proposal.header && asked(&proposal).is_empty());
    let without = rows(&table, &proposal);
    assert_eq!((without.rows[0].filled, without.rows[0].seat_limit), (Some(12), Some(50)));
    assert_eq!((without.rows[2].filled, &without.rows[2].status), (Some(1284), &Some(CompanyState::Active)));
}

#[test]
fn cells_of_two_lines_are_put_together() {
    let (table, proposal) = read(corpus!("console_two_lines.txt"));
    assert!(table.joined);
    let leading = rows(&table, &proposal);
    assert_eq!(names(&leading), ["Acme GmbH", "Beta KG"]);
    assert_eq!(leading.rows[0].website.as_deref(), Some("https://acme.example"));
    assert_eq!(leading.rows[1].website, None);
    assert_eq!(leading.rejected[0].reason, Reason::Total);
    let (table, mut proposal) = read(corpus!("console_trailing_lines.txt"));
    assert_eq!(asked(&proposal), [2], "seats may be filled ones or a limit");
    proposal.set(2, Some(Field::Quantity));
    assert_eq!(names(&rows(&table, &proposal)), ["Acme GmbH", "Beta KG"]);
    assert_eq!(table.rows[1].cells[2], "12\nof 50 filled");
}

#[test]
fn between_blanks_a_row_of_another_width_is_not_guessed() {
    let (table, proposal) = read(corpus!("console_blanks.txt"));
    assert_eq!(table.separator, Separator::Blanks);
    let rows = rows(&table, &proposal);
    assert_eq!(names(&rows), ["Acme GmbH", "Beta & Söhne KG", "Delta Ltd"]);
    assert_eq!((rows.rejected[0].line, &rows.rejected[0].reason), (4, &Reason::Cells(4, 3)));
}

#[test]
fn utf_16_and_spreadsheets_of_other_countries_are_read() {
    let (table, proposal) = read(corpus!("usage_utf16le.txt"));
    let usage = rows(&table, &proposal);
    assert_eq!(names(&usage), ["Acme GmbH", "Möwe KG"]);
    assert!(usage.rows.iter().all(|row| row.filled.is_none()), "net usage is no number of filled seats");
    let (table, proposal) = read(corpus!("usage_utf16be.csv"));
    assert_eq!(rows(&table, &proposal).rows[0].filled, Some(12));
    let (table, proposal) = read(corpus!("excel_semicolons.csv"));
    let excel = rows(&table, &proposal);
    assert_eq!(excel.rows[0].external_id.as_deref(), Some("0042"), "zeros stay");
    assert_eq!((excel.rows[0].seat_limit, excel.rows[1].seat_limit), (Some(0), Some(2000)));
    assert_eq!((excel.rows[1].filled, excel.rows[1].country.as_deref()), (Some(1284), Some("CH")));
    assert_eq!(excel.rows[1].line, 4, "sep= is a line, too");
}

#[test]
fn what_comes_twice_is_taken_once() {
    let (table, proposal) = read(corpus!("duplicates.csv"));
    let rows = rows(&table, &proposal);
    assert_eq!(names(&rows), ["Acme Ltd", "Acme Ltd", "Beta"], "two numbers are two companies");
    let reasons: Vec<_> = rows.rejected.iter().map(|row| (row.line, row.reason.clone())).collect();
    assert_eq!(reasons, [(4, Reason::Repeats(2)), (6, Reason::Repeats(5))]);
}

#[test]
fn the_own_export_comes_back() {
    let (table, proposal) = read(corpus!("own_export.csv"));
    assert_eq!(asked(&proposal), [] as [usize; 0]);
    let row = &rows(&table, &proposal).rows[0];
    assert_eq!((row.name.as_deref(), row.external_id.as_deref()), (Some("=cmd"), Some("0042")));
    assert_eq!((row.filled, row.seat_limit, row.tags.len()), (Some(12), Some(50), 2));
}

#[test]
fn what_cannot_be_known_is_asked_and_what_cannot_be_read_is_said() {
    let (table, proposal) = read(corpus!("names_only.txt"));
    assert_eq!((table.separator, proposal.header), (Separator::None, false));
    assert_eq!((fields(&proposal), asked(&proposal)), (vec![None], vec![0]));
    let (_, proposal) = read(corpus!("foreign_headers.csv"));
    assert!(proposal.header && fields(&proposal) == [None, None]);
    assert_eq!(asked(&proposal), [0, 1]);
    assert_eq!(table::read(&decode(corpus!("open_quote.csv")).text), Err(Unreadable::OpenQuote(2)));
    assert_eq!(table::read(" \r\n\t\n"), Err(Unreadable::Empty));
}

#[test]
fn a_status_of_somebody_else_is_told_and_left_out() {
    let (table, proposal) = read(b"Company,Status\nAcme,Not-Approved\nBeta,Active\nGamma,Not-Approved\n");
    let rows = rows(&table, &proposal);
    assert_eq!(rows.statuses, [("Not-Approved".to_owned(), 2)]);
    assert_eq!(rows.rows[1].status, Some(CompanyState::Active));
}

#[test]
fn a_comma_that_nobody_quoted_does_not_shift_the_columns() {
    let (table, proposal) = read(b"Company,Filled seats\nAcme, Inc,12\nBeta,3\nGamma,4\n");
    let rows = rows(&table, &proposal);
    assert_eq!((rows.rejected[0].line, &rows.rejected[0].reason), (2, &Reason::Cells(3, 2)));
    assert_eq!(rows.rows.len(), 2);
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        if let Ok(table) = table::read(&decode(&bytes).text) {
            rows(&table, &Proposal::of(&table));
        }
    }

    #[test]
    fn no_table_of_odd_cells_makes_it_panic(text in "([a-zé\"'=;,\t\n\r 0-9.]|Active|Name|Seats|  ){0,80}") {
        if let Ok(table) = table::read(&text) {
            let mut proposal = Proposal::of(&table);
            for place in 0..proposal.columns.len() {
                proposal.set(place, Field::ALL.get(place).copied());
            }
            let found = rows(&table, &proposal);
            prop_assert!(found.rows.len() + found.rejected.len() <= table.rows.len());
        }
    }

    // Without tabs: one in a quarter of the lines makes it a table by tabs.
    #[test]
    fn quoted_cells_come_back_whole(
        cells in proptest::collection::vec(proptest::collection::vec("[^\r\t\u{feff}]{1,12}", 2..3), 2..6)
    ) {
        let mut writer = csv::WriterBuilder::new().quote_style(csv::QuoteStyle::Always).from_writer(Vec::new());
        writer.write_record(["Name", "Tags"]).unwrap();
        for row in &cells {
            writer.write_record(row).unwrap();
        }
        let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
        let table = table::read(&text).unwrap();
        let filled = cells.iter().filter(|row| row.iter().any(|cell| !cell.trim().is_empty()));
        let read: Vec<_> = table.rows.iter().skip(1).map(|row| row.cells.clone()).collect();
        prop_assert_eq!(read, filled.cloned().collect::<Vec<_>>());
    }
}
