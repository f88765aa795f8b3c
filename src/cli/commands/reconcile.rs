//! `mspdash reconcile`: what a PSA bills against the seats that are filled. Read only.

use super::companies::pages::Pages;
use super::table_file::{self, Opened};
use crate::cli::Exit;
use crate::cli::args::{Format, ListArgs, ListFormat, Reconcile};
use crate::cli::column::{Cell, Column, TableRow};
use crate::cli::context::Context;
use crate::cli::error::CliError;
use crate::cli::listing::Listing;
use crate::domain::company::Company;
use crate::domain::import::columns::Field;
use crate::domain::import::mapping::Mapping;
use crate::domain::import::reconcile::{Compared, Counted, Lines, Verdict, compare, lines};
use serde::Serialize;

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
        estimated: company.seats_estimated(),
        key: if key == Field::Name { company.name.clone() } else { company.external_id.unwrap_or_default() },
        name: company.name,
        seats: company.seats.filled,
        managed: company.state.managed(),
    }
}

fn write(args: &Reconcile, lines: &Lines, found: &[Compared], ctx: &mut Context<'_>) -> Result<(), CliError> {
    let count = |verdict: Verdict| found.iter().filter(|it| it.result == verdict).count();
    let list = ListArgs { format: Some(args.format), delimiter: args.delimiter, ..ListArgs::default() };
    let listing = Listing::of(&list, &ctx.io.style)?;
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
        ListFormat::Table => {
            let told: Vec<Compared> = found.iter().filter(|it| it.result != Verdict::Equal).cloned().collect();
            if told.is_empty() { Ok(()) } else { ctx.io.write_list(&listing, told) }
        }
        _ => ctx.io.write_list(&listing, found.to_vec()),
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

/// Where no line is, none is billed; where no company is, there are no seats.
fn compared(there: bool, number: Option<u32>) -> Cell {
    if there { Cell::known(number) } else { Cell::Absent }
}

impl TableRow for Compared {
    fn columns() -> Vec<Column<Self>> {
        vec![
            Column::word("result", |it: &Self| Cell::word(it.result.as_str())),
            Column::text("company", |it: &Self| Cell::optional(it.company.as_deref())),
            Column::text("key", |it: &Self| Cell::text(&it.key)),
            Column::number("seats", |it: &Self| compared(it.company_id.is_some(), it.seats).about(it.estimated)),
            Column::number("billed", |it: &Self| compared(it.quantity.is_some(), it.quantity)),
            Column::number("difference", |it: &Self| match it.difference {
                Some(many) => Cell::Number(i32::try_from(many).unwrap_or(i32::MAX).into(), format!("{many:+}"))
                    .about(it.estimated),
                None if it.quantity.is_some() && it.company_id.is_some() => Cell::unknown(),
                None => Cell::Absent,
            }),
            Column::text("lines", |it: &Self| {
                Cell::text(&it.lines.iter().map(u32::to_string).collect::<Vec<_>>().join(" "))
            }),
            Column::id("id", |it: &Self| Cell::optional(it.company_id.as_deref())),
        ]
    }

    fn id(&self) -> String {
        self.company_id.clone().unwrap_or_default()
    }
}
