//! The fields of the overview, one row each, so that a cursor can stand on one and copy it.

use crate::domain::company::Company;
use crate::domain::facts::Facet;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    State,
    Attention,
    Website,
    Address,
    /// Data region, which the address does not choose.
    Region,
    /// Where its people sign in.
    SignIn,
    Seats,
    Owners,
    Setup,
    Recoveries,
    /// *Advanced permissions*.
    Advanced,
    /// How it came under management, and when.
    Origin,
    /// Last launch.
    Launched,
    /// When and by whom it was unlinked.
    Unlinked,
    Trial,
    ExternalId,
    Tags,
    Note,
    Id,
}

/// The fields that this company has something to say about, in order.
pub fn fields(company: &Company) -> Vec<Field> {
    let optional = [
        (Field::State, true),
        (Field::Attention, !company.attention.is_empty()),
        (Field::Unlinked, company.unlink_time.is_some()),
        (Field::Trial, company.trial_end_time.is_some()),
        (Field::Website, true),
        (Field::Address, true),
        (Field::Region, true),
        (Field::SignIn, true),
        (Field::Seats, true),
        (Field::Owners, true),
        (Field::Setup, true),
        (Field::Recoveries, company.open_recoveries != Some(0) || company.fact(&Facet::Recovery).is_some()),
        (Field::Advanced, true),
        (Field::Origin, true),
        (Field::Launched, true),
        (Field::ExternalId, company.external_id.is_some()),
        (Field::Tags, !company.tags.is_empty()),
        (Field::Note, company.note.is_some()),
        (Field::Id, true),
    ];
    optional.into_iter().filter(|(_, shown)| *shown).map(|(field, _)| field).collect()
}

/// What copying the field puts on the clipboard: the bare value, on one line.
pub fn copied(company: &Company, field: Field) -> String {
    let time = |time: Option<jiff::Timestamp>| time.map(|time| time.to_string()).unwrap_or_default();
    let count = |count: Option<u32>| count.map(|count| count.to_string()).unwrap_or_default();
    match field {
        Field::State => company.state.as_str().to_owned(),
        Field::Attention => join(company.attention.iter().map(crate::domain::company::Attention::as_str)),
        Field::Website => company.website.clone().unwrap_or_default(),
        Field::Address => {
            let address = &company.address;
            let town = [address.postal_code.as_deref(), address.locality.as_deref()];
            let town = town.into_iter().flatten().collect::<Vec<_>>().join(" ");
            let parts = address.lines.iter().map(String::as_str).chain([town.as_str(), address.country_code.as_str()]);
            join(parts.filter(|part| !part.is_empty()))
        }
        Field::Region => company.region.clone(),
        Field::SignIn => company.sign_in_host.clone(),
        Field::Seats => count(company.seats.filled),
        Field::Owners => count(company.owners.confirmed),
        Field::Setup => format!("{}/{}", company.setup.done, company.setup.applicable),
        Field::Recoveries => count(company.open_recoveries),
        Field::Advanced => company.advanced_permissions.map(|it| it.effective().to_string()).unwrap_or_default(),
        Field::Origin => time(company.link_time.or(company.create_time)),
        Field::Launched => time(company.launch_time),
        Field::Unlinked => time(company.unlink_time),
        Field::Trial => time(company.trial_end_time),
        Field::ExternalId => company.external_id.clone().unwrap_or_default(),
        Field::Tags => join(company.tags.iter().map(String::as_str)),
        Field::Note => company.note.clone().unwrap_or_default().replace('\n', " "),
        Field::Id => company.id.to_string(),
    }
}

fn join<'a>(parts: impl Iterator<Item = &'a str>) -> String {
    parts.collect::<Vec<_>>().join(", ")
}
