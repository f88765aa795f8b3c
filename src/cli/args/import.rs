//! `mspdash import …` and `mspdash reconcile`: arguments.

use super::{Format, ListArgs, ListFormat};
use crate::cli::exit;
use crate::domain::export::Delimiter;
use crate::domain::import::columns::Field;
use crate::domain::import::plan::Choice;
use clap::{Args, Subcommand};
use regex_lite::{Regex, RegexBuilder};
use std::path::PathBuf;

#[derive(Debug, Subcommand)]
pub enum Import {
    /// Take companies over from a table: a PSA's export, or the web console's list copied out of the browser. Shows what would change first.
    Companies(ImportCompanies),
    /// Take an import back, as long as nothing else has changed its companies.
    Undo(UndoImport),
    /// List imports, newest first.
    List(ImportList),
}

#[derive(Debug, Args)]
#[command(after_help = exit::HELP)]
pub struct ImportCompanies {
    #[command(flatten)]
    pub table: TableFile,
    /// Say what would change, and change nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// Take over what is certain without asking. Needed where there is no terminal.
    #[arg(long)]
    pub yes: bool,
    /// What a line is that may be several companies: the id of one, or `new`.
    #[arg(long, value_name = "LINE=COMPANY", value_parser = choice)]
    pub choose: Vec<(u32, Choice)>,
    /// How to write the result.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

fn choice(text: &str) -> Result<(u32, Choice), String> {
    let (line, company) = text.split_once('=').ok_or("expected LINE=COMPANY or LINE=new")?;
    let line = line.trim().parse().map_err(|_| format!("{line:?} is no number of a line"))?;
    let company = company.trim();
    let choice = if company.eq_ignore_ascii_case("new") { Choice::New } else { Choice::Is(company.to_owned()) };
    Ok((line, choice))
}

#[derive(Debug, Args)]
#[command(after_help = exit::HELP)]
pub struct ImportList {
    #[command(flatten)]
    pub list: ListArgs,
}

#[derive(Debug, Args)]
#[command(after_help = exit::HELP)]
pub struct UndoImport {
    /// The import's id, as `import companies` and `import list` show it.
    #[arg(value_name = "RUN")]
    pub run: String,
    /// How to write the result.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// A table, and what its columns are.
#[derive(Debug, Clone, Args)]
pub struct TableFile {
    /// The table: CSV, or text with tabs or blanks between its columns; - is standard input.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Which column is what, where its header does not say so: `name=Company,external_id=3`. The column is named by its header or its number from 1; nothing means none.
    #[arg(long, value_name = "FIELD=COLUMN,…", value_delimiter = ',', value_parser = assignment)]
    pub map: Vec<(Field, String)>,
}

fn assignment(text: &str) -> Result<(Field, String), String> {
    let (field, column) = text.split_once('=').ok_or("expected FIELD=COLUMN")?;
    let known = || Field::ALL.map(Field::as_str).join(", ");
    let field = field.trim().parse().map_err(|()| format!("no field {field:?}; there are {}", known()))?;
    Ok((field, column.trim().to_owned()))
}

#[derive(Debug, Args)]
#[command(after_help = exit::HELP)]
pub struct Reconcile {
    #[command(flatten)]
    pub table: TableFile,
    /// By what a line and a company are known to be the same.
    #[arg(long, value_name = "FIELD", value_parser = key, default_value = "external_id")]
    pub key: Field,
    /// The column with the number that is billed [default: the one whose header says so].
    #[arg(long, value_name = "COLUMN")]
    pub quantity: Option<String>,
    /// Only lines whose product has this regular expression somewhere, in any case.
    #[arg(long, value_name = "REGEX", value_parser = regex)]
    pub product: Option<Regex>,
    /// How to write the result. The table leaves out what is equal.
    #[arg(long, value_enum, default_value = "table")]
    pub format: ListFormat,
    /// What parts the columns of CSV: , ; | or tab [default: ; where the locale writes 1,5].
    #[arg(long, value_name = "SIGN")]
    pub delimiter: Option<Delimiter>,
}

fn key(text: &str) -> Result<Field, String> {
    let field: Result<Field, ()> = text.parse();
    field
        .ok()
        .filter(|field| matches!(field, Field::ExternalId | Field::Name))
        .ok_or("expected external_id or name".into())
}

fn regex(text: &str) -> Result<Regex, String> {
    RegexBuilder::new(text).case_insensitive(true).build().map_err(|error| error.to_string())
}
