//! What an Owner sees: the accounts that could be linked, and one link with what they can do about it now.

use super::html::{hidden, table};
use crate::domain::link::LinkState;
use crate::server::state::Account;
use crate::server::store::companies::row::time;
use crate::server::store::links::LinkRow;
use crate::server::store::links::owner::Candidate;
use maud::{Markup, html};

fn sample_note() -> Markup {
    html! {
        p class="sample" {
            "Sample workspace: nothing here is real. On this page you play an Owner of the client's company, not a \
             technician."
        }
    }
}

pub fn list(candidates: &[Candidate], account: &Account, token: &str) -> Markup {
    let row = |candidate: &Candidate| {
        html! {
            td dir="auto" { (candidate.name) }
            td { (candidate.region) }
            td { (candidate.seats) }
            td { (if candidate.unlinked { "Unlinked from your provider" } else { "Never managed" }) }
            td { (action(candidate, token)) }
        }
    };
    let rows: Vec<_> = candidates.iter().map(row).collect();
    html! {
        header {
            (sample_note())
            h1 { "Link an account to a provider" }
            p class="sub" {
                "An Owner of a company starts the link here and passes the confirmation link on to " (account.name)
                " (" (account.region) ")."
            }
        }
        main {
            h2 { "Accounts that are not managed" }
            (table(&["Company", "Data region", "Seats", "So far", ""], &rows))
        }
    }
}

fn action(candidate: &Candidate, token: &str) -> Markup {
    html! {
        @if let Some(id) = &candidate.open {
            a href={ "/owner/links/" (id) } { "Go on with the open link" }
        } @else {
            form method="post" action="/owner/links" {
                (hidden("form", token))
                (hidden("account", &candidate.id))
                button { "Start linking" }
            }
        }
    }
}

pub fn link(row: &LinkRow, account: &Account, token: &str) -> Markup {
    html! {
        header {
            (sample_note())
            h1 dir="auto" { (row.company_name) }
            p class="sub" { "Link started by " b { (row.requested_by.display_name) } }
        }
        main {
            h2 { (title(&row.state)) }
            @if row.region != account.region {
                p class="warning" {
                    "This account's data are on " (row.region) ", those of " (account.name) " on " (account.region)
                    ": the provider will not be able to accept this link."
                }
            }
            (content(row, &account.name, token))
        }
        footer { a href="/owner" { "All accounts that are not managed" } }
    }
}

fn title(state: &LinkState) -> &'static str {
    match state {
        LinkState::Requested => "Pass this confirmation link on",
        LinkState::Accepted => "Your answer is needed",
        LinkState::Approved => "Approved",
        LinkState::Denied => "Denied",
        LinkState::Cancelled => "Cancelled by the provider",
        LinkState::Expired => "Expired",
        LinkState::Other(_) => "Unknown",
    }
}

fn content(row: &LinkRow, provider: &str, token: &str) -> Markup {
    let until = time(Some(row.expire_time)).map(|time| time.strftime("%Y-%m-%d %H:%M UTC").to_string());
    let until = until.unwrap_or_default();
    html! {
        @match row.state {
            LinkState::Requested => (requested(row, provider, &until)),
            LinkState::Accepted => (accepted(row, provider, &until, token)),
            LinkState::Approved => p {
                b dir="auto" { (row.company_name) } " is managed by " (provider)
                " now. It appears in their dashboard by itself."
            },
            LinkState::Denied => {
                p { (provider) " has no access." }
                blockquote dir="auto" { (row.reason.as_deref().unwrap_or("No reason was given.")) }
            }
            LinkState::Cancelled => p { (provider) " took the link back. You can start a new one." },
            _ => p { "Nobody acted until " (until) ". You can start a new one." },
        }
        @if !row.state.open() {
            p class="sub" { "The confirmation link does not work any more: " (row.confirmation_link()) }
        }
    }
}

fn requested(row: &LinkRow, provider: &str, until: &str) -> Markup {
    html! {
        p {
            label for="link" { "Confirmation link" }
            input id="link" name="link" readonly value=(row.confirmation_link());
        }
        p {
            "Copy it and send it to " (provider) ". They accept it in their dashboard (" i { "New company" } ", then "
            i { "Link an existing account" } ") until " (until) ". After that you are asked once more: nobody has \
            access before you approve."
        }
    }
}

fn accepted(row: &LinkRow, provider: &str, until: &str, token: &str) -> Markup {
    let technician = row.accepted_by.as_ref().map_or("Somebody", |who| who.display_name.as_str());
    html! {
        p {
            b { (technician) } " of " (provider) " accepted the link. If you approve, technicians of " (provider)
            " can help to run " b dir="auto" { (row.company_name) }
            "; they cannot see shared vaults unless you allow it. Answer until " (until) "."
        }
        form method="post" action={ "/owner/links/" (row.id) } {
            (hidden("form", token))
            p {
                label for="reason" { "Reason, if you deny (the provider reads it)" }
                input id="reason" name="reason" maxlength="500" dir="auto";
            }
            p {
                button name="decision" value="approve" { "Approve" } " "
                button class="quiet" name="decision" value="deny" { "Deny" }
            }
        }
    }
}
