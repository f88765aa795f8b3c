//! `mspdash companies add` and `edit`.

use super::args::{Add, AddressArgs, Edit, FactArgs};
use super::companies::written;
use super::desk::{Desk, End, intent, odd};
use crate::domain::company::{Address, NewCompany};
use crate::domain::id::CompanyId;
use crate::domain::request::{Answer, CompanyChanges, Request};
use crate::domain::trouble::What;

pub(super) async fn add(args: &Add, desk: &mut Desk<'_>) -> Result<(), End> {
    let new = NewCompany {
        name: args.name.clone(),
        website: some(args.facts.website.as_ref()),
        address: address(Address::default(), &args.facts.address),
        external_id: some(args.facts.external_id.as_ref()),
        tags: tags(&args.facts),
    };
    let request = Request::AddCompany { new, key: intent() };
    let Answer::Company(company) = desk.change(request, args.write).await? else {
        return Err(odd(What::AddCompany));
    };
    written(&company, args.write.format, desk)
}

/// Bound to the revision that the address's other parts come from: parts of two addresses would be none.
pub(super) async fn edit(args: &Edit, desk: &mut Desk<'_>) -> Result<(), End> {
    let before = desk.company(&CompanyId::new(&args.id)).await?;
    let facts = &args.facts;
    let changes = CompanyChanges {
        name: args.name.clone(),
        website: facts.website.clone(),
        tags: Some(tags(facts)).filter(|_| !facts.tag.is_empty()),
        note: args.note.clone(),
        external_id: facts.external_id.clone(),
        address: facts.address.given().then(|| address(before.address, &facts.address)),
        seat_limit: args.seat_limit,
        snooze_until: None,
    };
    let request = Request::EditCompany { company: before.id, etag: before.etag, changes, key: intent() };
    let Answer::Company(company) = desk.change(request, args.write).await? else {
        return Err(odd(What::EditCompany));
    };
    written(&company, args.write.format, desk)
}

/// An address with the parts that were given; an empty one takes its part away.
fn address(before: Address, args: &AddressArgs) -> Address {
    let part = |new: Option<&String>, old: Option<String>| if new.is_some() { some(new) } else { old };
    let lines = args.address_line.iter().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty());
    Address {
        // Countries are written in capitals; a small letter is no mistake worth a refusal.
        country_code: args.country.as_ref().map_or(before.country_code, |code| code.trim().to_uppercase()),
        lines: if args.address_line.is_empty() { before.lines } else { lines.collect() },
        locality: part(args.locality.as_ref(), before.locality),
        administrative_area: part(args.region_name.as_ref(), before.administrative_area),
        postal_code: part(args.postal_code.as_ref(), before.postal_code),
    }
}

fn some(text: Option<&String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

fn tags(facts: &FactArgs) -> Vec<String> {
    facts.tag.iter().map(|tag| tag.trim().to_owned()).filter(|tag| !tag.is_empty()).collect()
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
