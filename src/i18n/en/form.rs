//! The form of a company, new or edited.

use crate::app::features::form::{Field, Problem};
use crate::domain::lang::Lang;
use crate::i18n::country;
use crate::i18n::types::form::Form;

pub(super) const TEXTS: Form = Form {
    title: "New company",
    edit: |name| format!("Edit {name}"),
    add: "Add a new company",
    add_help: "A new 1Password account that you manage from the start.",
    link: "Link an existing account",
    link_help: "An Owner of the company started it and sent you a confirmation link.",
    choice_keys: "↵ choose · ↑↓ move · Esc cancel",
    field: |field| match field {
        Field::Name => "Name",
        Field::Website => "Website",
        Field::Country => "Country or region",
        Field::More => "Address…",
        Field::Street(0) => "Street and number",
        Field::Street(_) => "Address line 2",
        Field::Town => "City",
        Field::Region => "State or province",
        Field::PostalCode => "Postal code",
        Field::ExternalId => "External ID",
        Field::Tags => "Tags",
        Field::Note => "Note",
        Field::SeatLimit => "Seat limit",
        Field::Save => "Save",
        Field::Cancel => "Cancel",
    },
    hint: |field| match field {
        Field::Name => "required, at most 100 characters",
        Field::Website => "optional; https:// is added",
        Field::Country => "type to search",
        Field::More => "↵ shows street, city and postal code; all may stay empty",
        Field::ExternalId => "your own reference for this client",
        Field::Tags => "comma-separated",
        Field::SeatLimit => "empty means no limit",
        _ => "",
    },
    problem: |problem| match problem {
        Problem::Required => "a name is required".into(),
        Problem::TooLong(most) => format!("longer than {most} characters"),
        Problem::NotAnAddress => "not a web address (e.g. example.com)".into(),
        Problem::ChooseCountry => "choose a country or region".into(),
        Problem::NoSuchCountry => "no such country".into(),
        Problem::PostalCode { country, example } => postal_code(country, example.as_deref()),
        Problem::TooManyTags(most) => format!("more than {most} tags"),
        Problem::TagTooLong(most) => format!("a tag is longer than {most} characters"),
        Problem::NotAnEmail => "an e-mail address such as mira@example.com".into(),
        Problem::NotANumber => "a number from 0 (no limit) to 1,000,000".into(),
        Problem::Server(said) => said.clone(),
    },
    region: |region| format!("For the postal address only. Data is stored in {region}, your MSP account's region."),
    no_country: "no such country",
    more_countries: |more| format!("and {more} more"),
    alike: "A company with this name exists:",
    nearly: "A company with a similar name exists:",
    alike_again: "Different company? Press Save again.",
    changed: "Someone else changed this company. Your input is kept; check the marked fields, then save again.",
    theirs: |text| {
        if text.is_empty() { "cleared by someone else".into() } else { format!("someone else wrote: {text}") }
    },
    taken_in: "changed by someone else, new value shown",
    save: "Save",
    cancel: "Cancel",
    sending: "saving",
    reloading: "loading the changes",
    asking: "Discard changes? Esc or Ctrl-C discards them, any other key keeps editing.",
    keys: "Tab ↑↓ fields · ^s save · F1 keys · Esc cancel",
    keys_finding: "↑↓ move · ↵ choose · Esc clear the search",
    added: |name| format!("{name} was added."),
    added_next: "Launch it to start its setup: policies, recovery, people, apps.",
    added_cleared: "Search and filters were cleared; they would have hidden it.",
    guided_next: "It is in this list. In 1Password it is added in the web console, unless it is there already.",
    guided_now: "Add it there: show the steps",
    launch_now: "Launch now and start the setup",
    later: "Later",
    added_keys: "↵ choose · Tab next · Esc later",
};

fn postal_code(code: &str, example: Option<&str>) -> String {
    let country = country::name(code, Lang::En).unwrap_or(code);
    match example {
        Some(example) => format!("not a postal code in {country} (e.g. {example})"),
        None => format!("not a postal code in {country}"),
    }
}
