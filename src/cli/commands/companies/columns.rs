//! The columns of the list of companies.

use crate::cli::column::{Cell, Column, TableRow};
use crate::domain::company::{Attention, Company, CompanyState, Origin};
use crate::domain::country;
use crate::domain::lang::Lang;
use crate::i18n;

impl TableRow for Company {
    fn columns() -> Vec<Column<Self>> {
        let mut columns = vec![
            Column::text("name", |company: &Self| Cell::text(&company.name)).titled("company"),
            Column::word("status", |company: &Self| Cell::word(company.state.as_str()))
                .known(CompanyState::WORDS)
                .said(|company, lang| (i18n::of(lang).companies.state)(&company.state).into_owned()),
            Column::number("seats", seats),
            Column::number("setup", setup),
            Column::number("owners", owners).said(owners_said),
            Column::word("attention", attention).known(Attention::WORDS).cut().said(|company, lang| {
                let short = i18n::of(lang).attention.short;
                company.attention.iter().map(short).collect::<Vec<_>>().join(", ")
            }),
            Column::id("id", |company: &Self| Cell::text(company.id.as_str())).spare(),
        ];
        columns.extend(extra());
        columns
    }

    fn id(&self) -> String {
        self.id.to_string()
    }
}

/// Columns that the address holds as well.
pub const IN_ADDRESS: [&str; 2] = ["country", "town"];

/// Those that are shown only where they are asked for.
fn extra() -> Vec<Column<Company>> {
    let columns = vec![
        Column::number("limit", |company: &Company| Cell::number_or_absent(company.seats.limit)),
        Column::text("owner", |company: &Company| Cell::Texts(company.owners.names.clone())),
        Column::text("tags", |company: &Company| Cell::Texts(company.tags.clone())).titled("tag"),
        Column::text("website", |company: &Company| Cell::optional(company.website.as_deref())),
        Column::id("external-id", |company: &Company| Cell::optional(company.external_id.as_deref())),
        Column::text("address", |company: &Company| Cell::text(&country::one_line(&company.address))),
        Column::id("country", |company: &Company| Cell::text(&company.address.country_code)),
        Column::text("town", |company: &Company| Cell::optional(company.address.locality.as_deref())),
        Column::id("region", |company: &Company| Cell::text(&company.region)),
        Column::word("origin", |company: &Company| Cell::word(company.origin.as_str())).known(Origin::WORDS),
        Column::number("recoveries", |company: &Company| Cell::known(company.open_recoveries)),
        Column::time("created", |company: &Company| Cell::time(company.create_time)),
        Column::time("linked", |company: &Company| Cell::time(company.link_time)),
        Column::time("launched", |company: &Company| Cell::time(company.launch_time)),
        Column::time("unlinked", |company: &Company| Cell::time(company.unlink_time)),
        Column::time("trial-ends", |company: &Company| Cell::time(company.trial_end_time)),
        Column::time("snoozed-until", |company: &Company| Cell::time(company.snooze_until)),
        Column::time("changed", |company: &Company| Cell::time(company.update_time)),
        Column::time("observed", |company: &Company| Cell::time(company.facts_time())),
        Column::text("note", |company: &Company| Cell::optional(company.note.as_deref())),
    ];
    columns.into_iter().map(Column::extra).collect()
}

fn attention(company: &Company) -> Cell {
    Cell::Words(company.attention.iter().map(|word| word.as_str().to_owned()).collect())
}

/// What is filled, of the limit. An estimate says so to people.
fn seats(company: &Company) -> Cell {
    let limit = company.seats.limit.map(|limit| format!("/{limit}")).unwrap_or_default();
    match company.seats.filled {
        Some(filled) => Cell::Number(filled.into(), format!("{filled}{limit}")).about(company.seats_estimated()),
        None => Cell::Unknown(format!("?{limit}")),
    }
}

/// The share that is done, in percent; for people the steps.
fn setup(company: &Company) -> Cell {
    let setup = company.setup;
    if !setup.known() {
        return Cell::Unknown("-".to_owned());
    }
    Cell::Number(
        f64::from(setup.done) * 100.0 / f64::from(setup.applicable),
        format!("{}/{}", setup.done, setup.applicable),
    )
}

/// Those who have confirmed.
fn owners(company: &Company) -> Cell {
    let confirmed = company.owners.confirmed;
    confirmed.map_or_else(Cell::unknown, |confirmed| Cell::Number(confirmed.into(), owners_said(company, Lang::En)))
}

fn owners_said(company: &Company, lang: Lang) -> String {
    let words = &i18n::of(lang).columns;
    match (company.owners.confirmed, company.owners.invited) {
        (Some(0), Some(1..)) => words.owner_invited.to_owned(),
        (Some(0), _) => words.no_owner.to_owned(),
        (confirmed, _) => confirmed.unwrap_or_default().to_string(),
    }
}
