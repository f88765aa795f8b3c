//! The pages of the sample workspace: small, whole in themselves, no script. Everything that came from outside is
//! escaped, and the policy in the header would stop it from running anyway.

use crate::domain::launch::Target;
use crate::wire::company::Company;
use crate::wire::people::{Group, User};
use crate::wire::setup::Step;
use crate::wire::vault::Vault;
use std::fmt::Write;

const STYLE: &str = include_str!("../../assets/sample/page.css");

/// What the page of a launched company shows.
pub struct Opened {
    pub target: Target,
    pub company: Company,
    pub people: Vec<User>,
    pub groups: Vec<Group>,
    pub steps: Vec<Step>,
    pub vaults: Vec<Vault>,
    /// Of the section Vaults: the one that was asked for.
    pub vault: Option<Vault>,
    /// The form to invite somebody, where people are shown and the company is ours.
    pub invite: String,
    pub technician: String,
    /// Name and region of the MSP account.
    pub account: (String, String),
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

/// The home of a company, with the section that was asked for.
pub fn company(opened: &Opened, nonce: &str) -> String {
    let mut nav = String::new();
    for target in Target::ALL {
        let here = if target == opened.target { " aria-current=\"page\"" } else { "" };
        // Writing to a string cannot fail, here and below.
        let _ = write!(nav, "<li{here}>{}</li>", title(target));
    }
    let company = &opened.company;
    let body = format!(
        "<header><p class=sample>Sample workspace: nothing here is real, and nobody's account was opened.</p>\
         <h1 dir=auto>{name}</h1><p class=sub>{host} · signed in as <b>{who}</b> of {account} ({region}) · \
         every action would be recorded under this name</p></header>\
         <nav><ul>{nav}</ul></nav><main><h2>{section}</h2>{content}</main>\
         <footer>This address worked once. Close the window and go on in the dashboard.</footer>",
        name = escape(&company.name),
        host = escape(&company.sign_in_host),
        who = escape(&opened.technician),
        account = escape(&opened.account.0),
        region = escape(&opened.account.1),
        section = title(opened.target),
        content = section(opened),
    );
    document(&company.name, &body, nonce)
}

fn section(opened: &Opened) -> String {
    match opened.target {
        Target::Home => home(opened),
        Target::People => people(opened, |_| true) + &opened.invite,
        Target::Groups => groups(opened),
        Target::Recovery => {
            let rows = people(opened, |person| {
                person.state.as_ref().is_some_and(|state| state.as_str().starts_with("RECOVERY"))
            });
            format!("<p>People whose recovery is open. Nobody can recover themself.</p>{rows}")
        }
        Target::Billing => {
            let seats = &opened.company.seats;
            let limit = seats.limit.map_or_else(|| "unlimited".to_owned(), |limit| limit.to_string());
            let facts = [
                ("Filled seats", seats.filled.to_string()),
                ("Seat limit", limit),
                ("Members", seats.members.to_string()),
                ("Guests", seats.guests.to_string()),
            ];
            definition(&facts)
        }
        Target::Vaults => vaults(opened),
        Target::Policies => evidence(opened, "POLICIES", "policies that are not at their default"),
        Target::Integrations => evidence(opened, "IDENTITY_PROVIDERS", "identity providers"),
        Target::Downloads => evidence(opened, "APP_USERS", "people who use 1Password for Mac or Windows"),
    }
}

fn home(opened: &Opened) -> String {
    let company = &opened.company;
    let seats = &company.seats;
    let facts = [
        ("Status", company.state.as_ref().map(|state| state.as_str().to_owned()).unwrap_or_default()),
        ("Seats", seats.limit.map_or_else(|| seats.filled.to_string(), |limit| format!("{} of {limit}", seats.filled))),
        ("Owners", company.owners.confirmed.to_string()),
        ("Set-up", format!("{} of {} steps", company.setup.done, company.setup.applicable)),
        ("Website", company.website.clone().unwrap_or_else(|| "none".into())),
        ("Region", company.region.clone()),
    ];
    definition(&facts)
}

fn definition(facts: &[(&str, String)]) -> String {
    let rows = facts.iter().fold(String::new(), |mut rows, (name, value)| {
        let _ = write!(rows, "<div><dt>{}</dt><dd dir=auto>{}</dd></div>", escape(name), escape(value));
        rows
    });
    format!("<dl>{rows}</dl>")
}

fn people(opened: &Opened, wanted: impl Fn(&User) -> bool) -> String {
    let mut rows = String::new();
    for person in opened.people.iter().filter(|person| wanted(person)) {
        let groups: Vec<_> = person.groups.iter().map(|group| escape(&group.name)).collect();
        let state = person.state.as_ref().map(|state| state.as_str().replace('_', " ").to_lowercase());
        let _ = write!(
            rows,
            "<tr><td dir=auto>{}</td><td>{}</td><td>{}</td><td dir=auto>{}</td></tr>",
            escape(&person.display_name),
            escape(&person.email),
            escape(&state.unwrap_or_default()),
            groups.join(", ")
        );
    }
    if rows.is_empty() {
        return "<p>Nobody.</p>".into();
    }
    format!("<table><thead><tr><th>Name<th>E-mail<th>State<th>Groups</tr></thead><tbody>{rows}</tbody></table>")
}

fn groups(opened: &Opened) -> String {
    let rows = opened.groups.iter().fold(String::new(), |mut rows, group| {
        let _ = write!(rows, "<tr><td dir=auto>{}</td><td>{}</td></tr>", escape(&group.name), group.member_count);
        rows
    });
    format!("<table><thead><tr><th>Group<th>People</tr></thead><tbody>{rows}</tbody></table>")
}

/// Names and counts only: no item is ever shown.
fn vaults(opened: &Opened) -> String {
    let mut page = opened.vault.as_ref().map_or_else(String::new, |vault| {
        let facts = [
            ("Vault", vault.name.clone()),
            ("For", vault.description.clone().unwrap_or_else(|| "not said".into())),
            ("Items", vault.item_count.to_string()),
            ("People", vault.people_count.to_string()),
            ("You", if vault.has_access { "have access".into() } else { "have no access yet".into() }),
        ];
        definition(&facts)
    });
    if opened.vaults.is_empty() {
        page.push_str("<p>No shared vaults.</p>");
        return page;
    }
    let rows = opened.vaults.iter().fold(String::new(), |mut rows, vault| {
        let access = if vault.has_access { "yes" } else { "no" };
        let (name, items, people) = (escape(&vault.name), vault.item_count, vault.people_count);
        let _ = write!(rows, "<tr><td dir=auto>{name}</td><td>{items}</td><td>{people}</td><td>{access}</td></tr>");
        rows
    });
    let heads = "<th>Vault<th>Items<th>People<th>Your access";
    let _ = write!(page, "<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>");
    page
}

fn evidence(opened: &Opened, fact: &str, words: &str) -> String {
    let found = opened.steps.iter().flat_map(|step| &step.evidence).find(|item| item.fact.as_str() == fact);
    format!("<p class=count><b>{}</b> {}</p>", found.map_or(0, |item| item.count), escape(words))
}

/// For an address that was used, is too old, or never was.
pub fn gone(nonce: &str) -> String {
    let body = "<main class=alone><h1>This address does not work any more</h1>\
        <p>A launch address opens a company once, within a minute. This one was used, is too old, or was mistyped.</p>\
        <p>Go back to the dashboard and launch the company again.</p></main>";
    document("No longer there", body, nonce)
}

/// For a database that cannot be used.
pub fn failed(nonce: &str) -> String {
    let body = "<main class=alone><h1>The server failed</h1><p>Go back to the dashboard and try again.</p></main>";
    document("The server failed", body, nonce)
}

/// A whole page around its body.
pub fn document(title: &str, body: &str, nonce: &str) -> String {
    format!(
        "<!doctype html><html lang=en><head><meta charset=utf-8>\
         <meta name=viewport content=\"width=device-width, initial-scale=1\"><title>{}</title>\
         <style nonce=\"{nonce}\">{STYLE}</style></head><body>{body}</body></html>",
        escape(title)
    )
}

/// Makes text safe between tags and inside quoted attributes.
pub fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_from_outside_is_escaped() {
        assert_eq!(escape("<b onclick='x(\"y\")'>&"), "&lt;b onclick=&#39;x(&quot;y&quot;)&#39;&gt;&amp;");
    }
}
