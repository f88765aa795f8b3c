//! The page of a launched company: its sections, as a technician who was let in sees them.

use super::html::table;
use crate::domain::launch::Target;
use crate::server::auth::Technician;
use crate::server::state::Account;
use crate::wire::company::{Company, Seats};
use crate::wire::people::{Group, User};
use crate::wire::setup::Step;
use crate::wire::vault::Vault;
use maud::{Markup, html};

pub struct Opened {
    pub target: Target,
    pub company: Company,
    pub people: Vec<User>,
    pub groups: Vec<Group>,
    pub steps: Vec<Step>,
    pub vaults: Vec<Vault>,
    /// The one vault that the technician asked for.
    pub vault: Option<Vault>,
    pub technician: Technician,
}

fn title(target: Target) -> &'static str {
    match target {
        Target::Home => "Home",
        Target::Vaults => "Vaults",
        Target::People => "People",
        Target::Groups => "Groups",
        Target::Policies => "Policies",
        Target::Recovery => "Recovery",
        Target::Integrations => "Integrations",
        Target::Downloads => "Downloads",
        Target::Billing => "Billing",
    }
}

pub fn company(opened: &Opened, account: &Account, invite: Option<&Markup>) -> Markup {
    let company = &opened.company;
    html! {
        header {
            p class="sample" { "Sample workspace: nothing here is real, and nobody's account was opened." }
            h1 dir="auto" { (company.name) }
            p class="sub" {
                (company.sign_in_host) " · signed in as " b { (opened.technician.display_name) } " of " (account.name)
                " (" (account.region) ") · every action would be recorded under this name"
            }
        }
        nav {
            ul {
                @for target in Target::ALL {
                    li aria-current=[(target == opened.target).then_some("page")] { (title(target)) }
                }
            }
        }
        main {
            h2 { (title(opened.target)) }
            (section(opened))
            @if let Some(invite) = invite { (invite) }
        }
        footer { "This address worked once. Close the window and go on in the dashboard." }
    }
}

fn section(opened: &Opened) -> Markup {
    match opened.target {
        Target::Home => home(&opened.company),
        Target::People => people(opened.people.iter()),
        Target::Groups => groups(&opened.groups),
        Target::Recovery => recovery(&opened.people),
        Target::Billing => billing(&opened.company),
        Target::Vaults => vaults(opened),
        Target::Policies => evidence(opened, "POLICIES", "policies that are not at their default"),
        Target::Integrations => evidence(opened, "IDENTITY_PROVIDERS", "identity providers"),
        Target::Downloads => evidence(opened, "APP_USERS", "people who use 1Password for Mac or Windows"),
    }
}

fn home(company: &Company) -> Markup {
    let (seats, setup) = (seats(company), company.setup.clone().unwrap_or_default());
    let confirmed = company.owners.as_ref().map_or(0, |owners| owners.confirmed.unwrap_or(0));
    let filled = seats.filled.unwrap_or(0);
    facts(&[
        ("Status", company.state.as_ref().map(|state| state.as_str().to_owned()).unwrap_or_default()),
        ("Seats", seats.limit.map_or_else(|| filled.to_string(), |limit| format!("{filled} of {limit}"))),
        ("Owners", confirmed.to_string()),
        ("Set-up", format!("{} of {} steps", setup.done, setup.applicable)),
        ("Website", company.website.clone().unwrap_or_else(|| "none".into())),
        ("Region", company.region.clone()),
    ])
}

/// Of a company of the sample all are known.
fn seats(company: &Company) -> Seats {
    company.seats.clone().unwrap_or_default()
}

fn billing(company: &Company) -> Markup {
    let seats = seats(company);
    let count = |count: Option<u32>| count.unwrap_or(0).to_string();
    facts(&[
        ("Filled seats", count(seats.filled)),
        ("Seat limit", seats.limit.map_or_else(|| "unlimited".to_owned(), |limit| limit.to_string())),
        ("Members", count(seats.members)),
        ("Guests", count(seats.guests)),
    ])
}

fn facts(facts: &[(&str, String)]) -> Markup {
    html! {
        dl { @for (name, value) in facts { div { dt { (name) } dd dir="auto" { (value) } } } }
    }
}

fn people<'a>(people: impl Iterator<Item = &'a User>) -> Markup {
    let row = |person: &User| {
        let state = person.state.as_ref().map(|state| state.as_str().replace('_', " ").to_lowercase());
        let groups: Vec<_> = person.memberships().iter().map(|group| group.name.as_str()).collect();
        html! {
            td dir="auto" { (person.display_name) }
            td { (person.email) }
            td { (state.unwrap_or_default()) }
            td dir="auto" { (groups.join(", ")) }
        }
    };
    let rows: Vec<_> = people.map(row).collect();
    if rows.is_empty() {
        return html! { p { "Nobody." } };
    }
    table(&["Name", "E-mail", "State", "Groups"], &rows)
}

fn recovery(all: &[User]) -> Markup {
    let open = |user: &&User| user.state.as_ref().is_some_and(|state| state.as_str().starts_with("RECOVERY"));
    html! {
        p { "People whose recovery is open. Nobody can recover themself." }
        (people(all.iter().filter(open)))
    }
}

fn groups(groups: &[Group]) -> Markup {
    let row = |group: &Group| html! { td dir="auto" { (group.name) } td { (group.member_count) } };
    table(&["Group", "People"], &groups.iter().map(row).collect::<Vec<_>>())
}

/// Names and counts only: no item is ever shown.
fn vaults(opened: &Opened) -> Markup {
    let row = |vault: &Vault| {
        html! {
            td dir="auto" { (vault.name) }
            td { (vault.item_count) }
            td { (vault.people_count) }
            td { (if vault.has_access { "yes" } else { "no" }) }
        }
    };
    let rows: Vec<_> = opened.vaults.iter().map(row).collect();
    html! {
        @if let Some(vault) = &opened.vault {
            (facts(&[
                ("Vault", vault.name.clone()),
                ("For", vault.description.clone().unwrap_or_else(|| "not said".into())),
                ("Items", vault.item_count.to_string()),
                ("People", vault.people_count.to_string()),
                ("You", if vault.has_access { "have access".into() } else { "have no access yet".into() }),
            ]))
        }
        @if rows.is_empty() {
            p { "No shared vaults." }
        } @else {
            (table(&["Vault", "Items", "People", "Your access"], &rows))
        }
    }
}

fn evidence(opened: &Opened, fact: &str, what: &str) -> Markup {
    let found = opened.steps.iter().flat_map(|step| &step.evidence).find(|item| item.fact.as_str() == fact);
    html! { p class="count" { b { (found.map_or(0, |item| item.count)) } " " (what) } }
}
