//! Companies out of a file or a paste.

use crate::app::features::import::Kind;
use crate::domain::field::Problem;
use crate::domain::import::MOST_ROWS;
use crate::domain::import::columns::Field;
use crate::domain::import::plan::Refusal;
use crate::domain::import::row::Reason;
use crate::domain::import::table::Unreadable;
use crate::i18n::types::import::Import;

pub(super) const TEXTS: Import = Import {
    field,
    reason: |reason| match reason {
        Reason::Field(field, problem) => wrong(*field, problem),
        Reason::NotAUuid => "the account ID is not 26 capital letters and digits".into(),
        Reason::Cells(has, wanted) => {
            format!("{has} cells where the header has {wanted}; quote cells that hold the separator")
        }
        Reason::NoKey => "neither name nor number".into(),
        Reason::Repeats(line) => format!("same company as line {line}"),
        Reason::Total => "a total, not a company".into(),
    },
    refusal: |refusal| match refusal {
        Refusal::NameMissing => "no company has this number, and a new one needs a name".into(),
        Refusal::Unlinked => "this company is unlinked; link it again first".into(),
        Refusal::NoSuchCompany => "the chosen company is gone".into(),
        Refusal::CannotUnlink => "an import does not unlink; use Unlink".into(),
        Refusal::Repeats(line) => format!("same company as line {line}"),
        Refusal::Field(field, problem) => wrong(*field, problem),
        Refusal::Other(said) => said.clone(),
    },
    unreadable: |why| match why {
        Unreadable::Empty => "there is no text in it".into(),
        Unreadable::TooMany(rows) => format!("it has {rows} rows, and an import takes {MOST_ROWS}; split it"),
        Unreadable::OpenQuote(line) => format!("the quotation mark in line {line} is not closed"),
    },
    title: |file| match file {
        None => "Import companies".into(),
        Some("") => "Import what was pasted".into(),
        Some(file) => format!("Import {file}"),
    },
    prompt: "A CSV file, a PSA's export, or the web console's list saved as text",
    paste_hint: "Or copy the list in the browser and paste it into the list of companies.",
    file_keys: "↵ read · Esc cancel",
    reading: "reading",
    waiting_keys: "Esc cancel",
    columns_hint: "Which column is what? Nothing is changed yet.",
    encoding: |name| format!("Read as {name}."),
    broken: |count| format!("{count} characters could not be read; they show as \u{fffd}."),
    column: |number| format!("Column {number}"),
    nothing: "not used",
    needs_key: "Choose the column with the name or the number of the company.",
    unsure: "What stays unsure is not used.",
    columns_keys: "↑↓ column · ←→ what it is · - not used · ↵ preview · Esc cancel",
    checking: |done, all| format!("checking {done} of {all} rows"),
    all: "All",
    kind: |kind| match kind {
        Kind::New => "New",
        Kind::Changed => "Changed",
        Kind::Unchanged => "Unchanged",
        Kind::Ambiguous => "To decide",
        Kind::Rejected => "Rejected",
    },
    no_rows: "No rows.",
    no_limit: "none",
    as_new: "a new company",
    nothing_to_do: "Nothing to change.",
    known_anew: "Nothing to change; what the table shows is noted as seen today.",
    accepted: |count, number| format!("{number} {} will be imported.", if count == 1 { "row" } else { "rows" }),
    preview_keys: "↵ import · Tab kind · ↑↓ row · ←→ decide · m columns · Esc cancel",
    running: |done, all| format!("importing {done} of {all} rows"),
    running_keys: "Esc stop",
    stopping: "Stopping after these rows.",
    stopped: |done, all| format!("Stopped after {done} of {all} rows."),
    stopped_keys: |key| format!("{key} go on · Esc close"),
    not_in_file: |count, number, names| {
        let (companies, stay) = if count == 1 { ("company is", "stays") } else { ("companies are", "stay") };
        let more = if count > 5 { ", …" } else { "" };
        format!("{number} {companies} not in this import and {stay} unchanged: {names}{more}")
    },
    undo_hint: |key| format!("{key} undoes the whole import while nothing else has changed its companies."),
    end_keys: "Esc close",
};

fn field(field: Field) -> &'static str {
    match field {
        Field::Name => "Name",
        Field::ExternalId => "External ID",
        Field::AccountUuid => "Account ID",
        Field::Website => "Website",
        Field::Country => "Country or region",
        Field::Status => "Status",
        Field::FilledSeats => "Filled seats",
        Field::SeatLimit => "Seat limit",
        Field::Tags => "Tags",
        Field::Quantity => "Quantity",
        Field::Product => "Product",
        Field::LineStatus => "Line status",
    }
}

fn wrong(at: Field, problem: &Problem) -> String {
    let name = field(at);
    match problem {
        Problem::Required => format!("{name}: missing"),
        Problem::NotANumber => format!("{name}: not a whole number up to 1,000,000"),
        problem => format!("{name}: {}", (super::form::TEXTS.problem)(problem)),
    }
}
