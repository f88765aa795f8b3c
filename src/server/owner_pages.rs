//! The owners' pages as HTML: no script, everything from outside escaped.

use super::company_row::time;
use super::house::Account;
use super::link_row::LinkRow;
use super::owner_acts::Candidate;
use super::pages::{document, escape};
use crate::domain::link::LinkState;
use std::fmt::Write;

const SAMPLE: &str = "<p class=sample>Sample workspace: nothing here is real. On this page you play an Owner of the \
    client's company, not a technician.</p>";
const BACK: &str = "<footer><a href=\"/owner\">All accounts that are not managed</a></footer>";

/// The desk: accounts whose Owner could start a link.
pub fn desk(found: &[Candidate], account: &Account, word: &str, nonce: &str) -> String {
    let rows = found.iter().fold(String::new(), |mut rows, candidate| {
        let kind = if candidate.unlinked { "Unlinked from your provider" } else { "Never managed" };
        // Writing to a string cannot fail.
        let _ = write!(
            rows,
            "<tr><td dir=auto>{}</td><td>{}</td><td>{}</td><td>{kind}</td><td>{}</td></tr>",
            escape(&candidate.name),
            escape(&candidate.region),
            candidate.seats,
            action(candidate, word),
        );
        rows
    });
    let body = format!(
        "<header>{SAMPLE}<h1>Link an account to a provider</h1><p class=sub>An Owner of a company starts the link here \
         and passes the confirmation link on to {name} ({region}).</p></header><main>\
         <h2>Accounts that are not managed</h2><table><thead><tr><th>Company<th>Data region<th>Seats<th>So far<th>\
         </tr></thead><tbody>{rows}</tbody></table></main>",
        name = escape(&account.name),
        region = escape(&account.region),
    );
    document("Link an account", &body, nonce)
}

fn action(candidate: &Candidate, word: &str) -> String {
    match &candidate.open {
        Some(id) => format!("<a href=\"/owner/links/{}\">Go on with the open link</a>", escape(id)),
        None => format!(
            "<form method=post action=\"/owner/links\"><input type=hidden name=form value=\"{}\">\
             <input type=hidden name=account value=\"{}\"><button>Start linking</button></form>",
            escape(word),
            escape(&candidate.id),
        ),
    }
}

/// One link, with what its Owner can do about it now.
pub fn link(row: &LinkRow, account: &Account, word: &str, nonce: &str) -> String {
    let region = if row.region == account.region {
        String::new()
    } else {
        format!(
            "<p class=warning>This account's data are on {}, those of {} on {}: the provider will not be able to accept \
             this link.</p>",
            escape(&row.region),
            escape(&account.name),
            escape(&account.region)
        )
    };
    let body = format!(
        "<header>{SAMPLE}<h1 dir=auto>{name}</h1><p class=sub>Link started by <b>{owner}</b></p></header>\
         <main><h2>{title}</h2>{region}{content}</main>{BACK}",
        name = escape(&row.company_name),
        owner = escape(&row.requested_by.display_name),
        title = title(&row.state),
        content = content(row, &escape(&account.name), word),
    );
    document(&row.company_name, &body, nonce)
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

fn content(row: &LinkRow, provider: &str, word: &str) -> String {
    let until = time(Some(row.expire_time)).map(|time| time.strftime("%Y-%m-%d %H:%M UTC").to_string());
    let until = until.unwrap_or_default();
    let name = escape(&row.company_name);
    match row.state {
        LinkState::Requested => format!(
            "{}<p>Copy it and send it to {provider}. They accept it in their dashboard (<i>New company</i>, then \
             <i>Link an existing account</i>) until {until}. After that you are asked once more: nobody has access \
             before you approve.</p>",
            copied(row)
        ),
        LinkState::Accepted => format!(
            "<p><b>{who}</b> of {provider} accepted the link. If you approve, technicians of {provider} can help to run \
             <b dir=auto>{name}</b>; they cannot see shared vaults unless you allow it. Answer until {until}.</p>{form}",
            who = escape(row.accepted_by.as_ref().map_or("Somebody", |who| who.display_name.as_str())),
            form = answer(row, word),
        ),
        LinkState::Approved => {
            format!(
                "<p><b dir=auto>{name}</b> is managed by {provider} now. It appears in their dashboard by itself.</p>{}",
                old(row)
            )
        }
        LinkState::Denied => {
            let reason = row.reason.as_deref().unwrap_or("No reason was given.");
            format!("<p>{provider} has no access.</p><blockquote dir=auto>{}</blockquote>{}", escape(reason), old(row))
        }
        LinkState::Cancelled => format!("<p>{provider} took the link back. You can start a new one.</p>{}", old(row)),
        _ => format!("<p>Nobody acted until {until}. You can start a new one.</p>{}", old(row)),
    }
}

fn copied(row: &LinkRow) -> String {
    format!(
        "<p><label for=link>Confirmation link</label><input id=link name=link readonly value=\"{}\"></p>",
        escape(&row.confirmation_link())
    )
}

fn old(row: &LinkRow) -> String {
    format!("<p class=sub>The confirmation link does not work any more: {}</p>", escape(&row.confirmation_link()))
}

fn answer(row: &LinkRow, word: &str) -> String {
    format!(
        "<form method=post action=\"/owner/links/{id}\"><input type=hidden name=form value=\"{word}\">\
         <p><label for=reason>Reason, if you deny (the provider reads it)</label>\
         <input id=reason name=reason maxlength=500 dir=auto></p>\
         <p><button name=decision value=approve>Approve</button> \
         <button class=quiet name=decision value=deny>Deny</button></p></form>",
        id = escape(&row.id),
        word = escape(word),
    )
}

/// For whatever was refused, with the reason.
pub fn refused(detail: &str, nonce: &str) -> String {
    let body = format!(
        "<main class=alone><h1>This did not work</h1><p>{}</p><p><a href=\"/owner\">Back to the accounts</a></p></main>",
        escape(detail)
    );
    document("This did not work", &body, nonce)
}
