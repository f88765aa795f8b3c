//! The whole way from bytes to a plan, on files as programs and browsers make them.

mod files;
mod matching;

use super::columns::Field;
use super::encoding::decode;
use super::proposal::Proposal;
use super::row::{self, Rows};
use super::table::{self, Table};

const COUNTRIES: [(&str, &str); 4] =
    [("Germany", "DE"), ("Deutschland", "DE"), ("United Kingdom", "GB"), ("Schweiz", "CH")];

fn country(name: &str) -> Option<&'static str> {
    let france = (name == "France").then_some("FR");
    COUNTRIES.iter().find(|(known, _)| *known == name).map(|(_, code)| *code).or(france)
}

fn read(bytes: &[u8]) -> (Table, Proposal) {
    let table = table::read(&decode(bytes).text).unwrap();
    let proposal = Proposal::of(&table);
    (table, proposal)
}

/// What is sure of each column.
fn fields(proposal: &Proposal) -> Vec<Option<Field>> {
    proposal.columns.iter().map(|column| column.field).collect()
}

/// The columns that are asked about.
fn asked(proposal: &Proposal) -> Vec<usize> {
    proposal.questions(&Field::OF_COMPANY).map(|(place, _)| place).collect()
}

fn rows(table: &Table, proposal: &Proposal) -> Rows {
    row::read(table, &proposal.mapping(), &country)
}
