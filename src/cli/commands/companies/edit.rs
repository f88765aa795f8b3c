//! `mspdash companies add` and `edit`: the values are read as the form reads them.

use crate::cli::Exit;
use crate::cli::args::{Add, AddressArgs, Edit, FactArgs};
use crate::cli::commands::companies::show_company;
use crate::cli::context::{Context, idempotency_key, unexpected_answer};
use crate::cli::error::CliError;
use crate::domain::company::{Address, NewCompany};
use crate::domain::country;
use crate::domain::error::Operation;
use crate::domain::field::{self, LONGEST, LONGEST_NOTE, Problem};
use crate::domain::lang::Lang;
use crate::domain::request::{AddCompany, Answer, CompanyChanges, EditCompany, Request};
use crate::domain::text::{clean_lines, one_line};
use crate::i18n;

pub async fn add(args: &Add, ctx: &mut Context<'_>) -> Result<(), CliError> {
    let facts = &args.facts;
    let new = NewCompany {
        name: name(&args.name)?,
        website: website(facts)?.filter(|text| !text.is_empty()),
        address: address(Address::default(), &facts.address)?,
        external_id: external_id(facts)?.filter(|text| !text.is_empty()),
        tags: tags(facts)?,
    };
    let request = Request::AddCompany(AddCompany { new, key: idempotency_key() });
    let Answer::Company(company) = ctx.change(request, args.write).await? else {
        return Err(unexpected_answer(Operation::AddCompany));
    };
    show_company(&company, args.write.format, ctx)
}

/// Bound to the revision that the address's other parts come from: parts of two addresses would be none.
pub async fn edit(args: &Edit, ctx: &mut Context<'_>) -> Result<(), CliError> {
    let before = ctx.company(&args.id).await?;
    let facts = &args.facts;
    let changes = CompanyChanges {
        name: args.name.as_deref().map(name).transpose()?,
        website: website(facts)?,
        tags: Some(tags(facts)?).filter(|_| !facts.tag.is_empty()),
        note: args.note.as_deref().map(note).transpose()?,
        external_id: external_id(facts)?,
        address: if facts.address.given() { Some(address(before.address, &facts.address)?) } else { None },
        seat_limit: args.seat_limit,
        snooze_until: None,
    };
    let request =
        Request::EditCompany(EditCompany { company: before.id, etag: before.etag, changes, key: idempotency_key() });
    let Answer::Company(company) = ctx.change(request, args.write).await? else {
        return Err(unexpected_answer(Operation::EditCompany));
    };
    show_company(&company, args.write.format, ctx)
}

/// An address with the parts that were given; an empty one takes its part away.
fn address(before: Address, args: &AddressArgs) -> Result<Address, CliError> {
    let part = |flag: &str, new: Option<&String>, old: Option<String>| -> Result<_, CliError> {
        let new = new.map(|new| text(flag, new)).transpose()?;
        Ok(new.map_or(old, |new| Some(new).filter(|text| !text.is_empty())))
    };
    let country = args.country.as_deref().map(country).transpose()?.unwrap_or(before.country_code);
    let postal_code = match &args.postal_code {
        Some(code) => Some(read("--postal-code", field::postal_code(&country, &one_line(code)))?),
        None => before.postal_code,
    };
    let lines: Result<Vec<_>, _> = args.address_line.iter().map(|line| text("--address-line", line)).collect();
    let lines = lines?.into_iter().filter(|line| !line.is_empty());
    Ok(Address {
        country_code: country,
        lines: if args.address_line.is_empty() { before.lines } else { lines.collect() },
        locality: part("--locality", args.locality.as_ref(), before.locality)?,
        administrative_area: part("--region-name", args.region_name.as_ref(), before.administrative_area)?,
        postal_code: postal_code.filter(|code| !code.is_empty()),
    })
}

/// A country by its code or by its name in a language that we speak, as the form finds it.
fn country(typed: &str) -> Result<String, CliError> {
    let typed = one_line(typed).trim().to_owned();
    let all = i18n::country::all(Lang::En).chain(i18n::country::all(Lang::De));
    let found = country::called(all, &typed).map(ToOwned::to_owned);
    // Whether two letters are a country is the server's to say, which may know newer ones.
    let code = || Some(typed.to_uppercase()).filter(|code| code.len() == 2 && code.is_ascii());
    read("--country", found.or_else(code).ok_or(Problem::NoSuchCountry))
}

/// A note, of as many lines as it has.
pub fn note(typed: &str) -> Result<String, CliError> {
    read("--note", field::text(&clean_lines(typed), LONGEST_NOTE))
}

fn name(typed: &str) -> Result<String, CliError> {
    read("--name", field::name(&one_line(typed)))
}

fn website(facts: &FactArgs) -> Result<Option<String>, CliError> {
    facts.website.as_deref().map(|typed| read("--website", field::website(&one_line(typed)))).transpose()
}

fn external_id(facts: &FactArgs) -> Result<Option<String>, CliError> {
    facts.external_id.as_deref().map(|typed| text("--external-id", typed)).transpose()
}

fn tags(facts: &FactArgs) -> Result<Vec<String>, CliError> {
    let given: Vec<_> = facts.tag.iter().map(|tag| one_line(tag)).collect();
    let tags = field::split_tags(&given.join(","));
    read("--tag", field::tags(&tags)).map(|()| tags)
}

fn text(flag: &str, typed: &str) -> Result<String, CliError> {
    read(flag, field::text(&one_line(typed), LONGEST))
}

fn read<T>(flag: &str, value: Result<T, Problem>) -> Result<T, CliError> {
    let said = |problem: Problem| format!("{flag}: {}.", (i18n::of(Lang::En).form.problem)(&problem));
    value.map_err(|problem| CliError::Message(said(problem), Exit::Usage))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_an_address_that_are_not_named_stay() {
        let before = Address {
            country_code: "DE".into(),
            lines: vec!["Kai 1".into()],
            locality: Some("Kiel".into()),
            administrative_area: None,
            postal_code: Some("24103".into()),
        };
        let address = |before, args: &AddressArgs| address(before, args).ok().unwrap();
        assert_eq!(address(before.clone(), &AddressArgs::default()), before);
        let args = AddressArgs {
            country: Some("at".into()),
            address_line: vec!["  ".into()],
            locality: Some("Wien".into()),
            postal_code: Some(String::new()),
            region_name: None,
        };
        let after = address(before, &args);
        assert_eq!((after.country_code.as_str(), after.lines.len()), ("AT", 0));
        assert_eq!((after.locality.as_deref(), after.postal_code), (Some("Wien"), None));
    }
}
