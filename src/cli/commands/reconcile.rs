//! `mspdash reconcile`: what a PSA bills against the seats that are filled. Read only.

use super::companies::pages::Pages;
use super::table_file::{self, Opened};
use crate::cli::Exit;
use crate::cli::args::{Format, ListFormat, Reconcile};
use crate::cli::context::Context;
use crate::cli::error::CliError;
use crate::cli::table::{self, TableRow, name, or_dash};
use crate::config;
use crate::domain::company::Company;
use crate::domain::export::{self, Delimiter};
use crate::domain::import::columns::Field;
use crate::domain::import::mapping::Mapping;
use crate::domain::import::reconcile::{Compared, Counted, Lines, Verdict, compare, lines};
use serde::Serialize;
use std::io;

/// The whole result as JSON.
#[derive(Serialize)]
struct Report<'a> {
    equal: usize,
    results: &'a [Compared],
    rejected_lines: Vec<u32>,
    lines_not_active: usize,
    lines_of_other_products: usize,
}

pub async fn run(args: &Reconcile, ctx: &mut Context<'_>) -> Result<(), CliError> {
    let opened = table_file::open(&args.table, &mut ctx.io)?;
    let mapping = mapping(args, &opened)?;
    let product = |text: &str| args.product.as_ref().is_none_or(|wanted| wanted.is_match(text));
    let lines = lines(&opened.table, &mapping, args.key, &product);
    table_file::tell_rejected(&lines.rejected, &mut ctx.io);
    let (companies, lacks) = Pages::follow(ctx.client.clone(), None, None, usize::MAX).all().await?;
    for said in &lacks {
        ctx.io.tell(said);
    }
    let companies: Vec<Counted> = companies.into_iter().map(|company| counted(company, args.key)).collect();
    let found = compare(&lines.lines, &companies);
    write(args, &lines, &found, ctx)?;
    summary(&lines, &found, ctx);
    let equal = found.iter().all(|it| it.result == Verdict::Equal) && lines.rejected.is_empty() && lacks.is_empty();
    if equal { Ok(()) } else { Err(CliError::Reported(Exit::Conflict)) }
}

fn mapping(args: &Reconcile, Opened { proposal, .. }: &Opened) -> Result<Mapping, CliError> {
    let wrong = |said: &str| table_file::wrong(&args.table, said);
    let mut proposal = proposal.clone();
    table_file::settle(&args.table, &mut proposal)?;
    if let Some(column) = &args.quantity {
        proposal.say(Field::Quantity, column).map_err(|why| wrong(&why.to_string()))?;
    }
    if let Some(said) = table_file::questions(&proposal, &[args.key, Field::Quantity]) {
        return Err(wrong(&said));
    }
    let mut mapping = proposal.mapping();
    for field in [args.key, Field::Quantity] {
        if !mapping.has(field) {
            return Err(wrong(&format!("no column is {0}. Say which with --map {0}=COLUMN", field.as_str())));
        }
    }
    match &args.product {
        Some(_) if !mapping.has(Field::Product) => {
            Err(wrong("no column is product. Say which with --map product=COLUMN, or leave out --product"))
        }
        None => {
            // Without a product asked for, every line counts.
            mapping.columns.iter_mut().for_each(|field| *field = field.filter(|field| *field != Field::Product));
            Ok(mapping)
        }
        Some(_) => Ok(mapping),
    }
}

fn counted(company: Company, key: Field) -> Counted {
    Counted {
        id: company.id.to_string(),
        key: if key == Field::Name { company.name.clone() } else { company.external_id.unwrap_or_default() },
        name: company.name,
        seats: company.seats.filled,
        managed: company.state.managed(),
    }
}

fn write(args: &Reconcile, lines: &Lines, found: &[Compared], ctx: &mut Context<'_>) -> Result<(), CliError> {
    let count = |verdict: Verdict| found.iter().filter(|it| it.result == verdict).count();
    match args.format {
        ListFormat::Json => {
            let report = Report {
                equal: count(Verdict::Equal),
                results: found,
                rejected_lines: lines.rejected.iter().map(|row| row.line).collect(),
                lines_not_active: lines.not_active,
                lines_of_other_products: lines.other_product,
            };
            ctx.io.show(Format::Json, &report, String::new)
        }
        ListFormat::Csv => {
            let delimiter = args.delimiter.unwrap_or_else(|| Delimiter::of_locale(&config::number_locale()));
            let header = HEADINGS.map(str::to_lowercase).to_vec();
            let rows = std::iter::once(header).chain(found.iter().map(|it| cells(it, "")));
            let text = export::table(rows, delimiter);
            ctx.io.print(text.ok_or_else(|| CliError::Output(io::Error::other("no table can be made")))?.as_bytes())
        }
        ListFormat::Table => {
            let rows: Vec<Compared> = found.iter().filter(|it| it.result != Verdict::Equal).cloned().collect();
            if rows.is_empty() { Ok(()) } else { ctx.io.say(&table::list(&rows)) }
        }
    }
}

fn summary(lines: &Lines, found: &[Compared], ctx: &mut Context<'_>) {
    let count = |verdict: Verdict| found.iter().filter(|it| it.result == verdict).count();
    let told = [
        (count(Verdict::Equal), "equal"),
        (count(Verdict::Different), "different"),
        (count(Verdict::OnlyHere), "only here"),
        (count(Verdict::OnlyThere), "only there"),
        (count(Verdict::Unlinked), "billed although unlinked"),
        (count(Verdict::Ambiguous), "with a key that several companies have"),
        (count(Verdict::Unknown), "with seats not known"),
        (lines.rejected.len(), "lines not read"),
        (lines.not_active, "lines not active"),
        (lines.other_product, "lines of other products"),
    ];
    let told: Vec<String> =
        told.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    ctx.io.tell(&if told.is_empty() { "nothing to compare.".to_owned() } else { format!("{}.", told.join(", ")) });
}

const HEADINGS: [&str; 8] = ["RESULT", "COMPANY", "KEY", "SEATS", "BILLED", "DIFFERENCE", "LINES", "ID"];

fn cells(it: &Compared, unknown: &str) -> Vec<String> {
    let number = |number: Option<u32>| number.map_or_else(|| unknown.to_owned(), |number| number.to_string());
    let lines: Vec<String> = it.lines.iter().map(u32::to_string).collect();
    vec![
        it.result.as_str().to_owned(),
        it.company.clone().unwrap_or_default(),
        it.key.clone(),
        number(it.seats),
        number(it.quantity),
        it.difference.map_or_else(|| unknown.to_owned(), |many| format!("{many:+}")),
        lines.join(" "),
        it.company_id.clone().unwrap_or_default(),
    ]
}

impl TableRow for Compared {
    fn header() -> Vec<&'static str> {
        HEADINGS.to_vec()
    }

    fn right() -> Vec<usize> {
        vec![3, 4, 5]
    }

    fn cells(&self) -> Vec<String> {
        let mut cells = cells(self, "?");
        // Where no line is, none is billed; where no company is, there are no seats.
        if self.quantity.is_none() {
            cells[4] = or_dash(None::<&str>);
            cells[5] = or_dash(None::<&str>);
        }
        if self.company_id.is_none() {
            cells[3] = or_dash(None::<&str>);
            cells[5] = or_dash(None::<&str>);
        }
        cells[1] = name(&cells[1]);
        cells
    }
}
