//! `mspdash companies …`: which command is which, and those that are a few lines.

mod columns;
mod edit;
mod export;
mod launch;
pub mod list;
pub mod pages;
mod setup;
mod snooze;
pub mod unlink;

use crate::cli::args::{Companies, Declare, Format, Show, Tag};
use crate::cli::column::{Column, TableRow};
use crate::cli::context::{Context, idempotency_key, unexpected_answer};
use crate::cli::error::CliError;
use crate::cli::style::Style;
use crate::cli::table::{facts, or_dash};
use crate::domain::company::Company;
use crate::domain::error::Operation;
use crate::domain::facts::{Declared, Fact, headlines};
use crate::domain::field::split_tags;
use crate::domain::request::{Answer, CompanyChanges, Declare as DeclareFacts, EditCompany, Request};
use crate::domain::text::one_line;
use columns::IN_ADDRESS;

pub async fn run(command: &Companies, ctx: &mut Context<'_>) -> Result<(), CliError> {
    match command {
        Companies::List(args) => list::run(args, ctx).await,
        Companies::Show(args) => show(args, ctx).await,
        Companies::Add(args) => edit::add(args, ctx).await,
        Companies::Edit(args) => edit::edit(args, ctx).await,
        Companies::Declare(args) => declare(args, ctx).await,
        Companies::Tag(args) => tag(args, ctx).await,
        Companies::Snooze(args) => snooze::run(args, ctx).await,
        Companies::Launch(args) => launch::run(args, ctx).await,
        Companies::Unlink(args) => unlink::run(args, ctx).await,
        Companies::Setup(args) => setup::show(args, ctx).await,
        Companies::SetStep(args) => setup::set_step(args, ctx).await,
    }
}

async fn show(args: &Show, ctx: &mut Context<'_>) -> Result<(), CliError> {
    let company = ctx.company(&args.id).await?;
    show_company(&company, args.format, ctx)
}

/// Writes one company as `companies show` does.
pub fn show_company(company: &Company, format: Format, ctx: &mut Context<'_>) -> Result<(), CliError> {
    let style = ctx.io.style.clone();
    ctx.io.show(format, company, || company_facts(company, &style))
}

/// What was seen in the console. Bound to no revision: it says nothing about what others changed.
async fn declare(args: &Declare, ctx: &mut Context<'_>) -> Result<(), CliError> {
    let as_of = match &args.as_of {
        Some(typed) => ctx.io.style.past("--as-of", typed)?,
        None => None,
    };
    let company = ctx.company(&args.id).await?.id;
    let names: Vec<_> = args.owner.iter().map(|name| one_line(name).trim().to_owned()).collect();
    let declared = Declared {
        as_of,
        filled_seats: args.seats,
        seat_limit: args.seat_limit,
        owners: (args.no_owners || !names.is_empty()).then_some(names),
        open_recoveries: args.open_recoveries,
        state: args.status.clone(),
    };
    let request = Request::Declare(DeclareFacts { company, declared: declared.clone(), key: idempotency_key() });
    let Answer::Company(after) = ctx.change(request, args.write).await? else {
        return Err(unexpected_answer(Operation::EditCompany));
    };
    if declared.overtaken(&after.facts) {
        ctx.io.tell("what was seen later stays as it is noted; --as-of is before it");
    }
    show_company(&after, args.write.format, ctx)
}

async fn tag(args: &Tag, ctx: &mut Context<'_>) -> Result<(), CliError> {
    let before = ctx.company(&args.id).await?;
    let tags = tagged(&before.tags, args);
    if tags == before.tags {
        // Asked twice, the second time finds it done.
        return show_company(&before, args.write.format, ctx);
    }
    let changes = CompanyChanges { tags: Some(tags), ..CompanyChanges::default() };
    let request =
        Request::EditCompany(EditCompany { company: before.id, etag: before.etag, changes, key: idempotency_key() });
    let Answer::Company(after) = ctx.change(request, args.write).await? else {
        return Err(unexpected_answer(Operation::EditCompany));
    };
    show_company(&after, args.write.format, ctx)
}

/// The tags there will be, in their order, new ones last.
fn tagged(before: &[String], args: &Tag) -> Vec<String> {
    let named = |given: &[String]| split_tags(&given.iter().map(|tag| one_line(tag)).collect::<Vec<_>>().join(","));
    let (add, remove) = (named(&args.add), named(&args.remove));
    let mut tags = before.to_vec();
    tags.extend(add.into_iter().filter(|tag| !before.contains(tag)));
    tags.retain(|tag| !remove.contains(tag));
    tags
}

/// One company, one fact a line: every column of the list.
fn company_facts(company: &Company, style: &Style) -> String {
    let value = |column: &Column<Company>| match column.key {
        "observed" => observed(company, style),
        "note" => or_dash(company.note.as_deref()),
        _ => column.display(company, style),
    };
    let fact = |column: Column<Company>| (column.name(style.lang), value(&column));
    facts(Company::columns().into_iter().filter(|column| !IN_ADDRESS.contains(&column.key)).map(fact))
}

/// Where what is shown comes from, and of when it is.
fn observed(company: &Company, style: &Style) -> String {
    let of = |fact: &Fact| format!("{} {}", fact.source.as_str(), fact.as_of.to_zoned(style.zone.clone()).date());
    let fact = |fact: &Fact| {
        let otherwise = company.contradiction(&fact.facet);
        let otherwise = otherwise.map(|(other, value)| format!(" (but {} says {value})", of(other)));
        format!("{} {}{}", fact.facet.as_str(), of(fact), otherwise.unwrap_or_default())
    };
    or_dash(
        Some(
            headlines(&company.facts)
                .filter_map(|shown| company.fact(&shown.facet))
                .map(fact)
                .collect::<Vec<_>>()
                .join(", "),
        )
        .filter(|said| !said.is_empty()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args::Write;

    #[test]
    fn tags_are_added_once_and_removed_exactly() {
        let words = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect::<Vec<_>>();
        let args = |add: &[&str], remove: &[&str]| Tag {
            id: "A".into(),
            add: words(add),
            remove: words(remove),
            write: Write::default(),
        };
        let before = words(&["north", "vip"]);
        assert_eq!(tagged(&before, &args(&["new", " new ", "vip"], &[])), ["north", "vip", "new"]);
        assert_eq!(tagged(&before, &args(&["new"], &["north", "VIP"])), ["vip", "new"]);
        assert_eq!(tagged(&before, &args(&["a, b\r", "a"], &["vip,north"])), ["a", "b"], "as the form has them");
    }
}
