//! `mspdash connect` and `mspdash sources …`: companies connected with their 1Password accounts.

mod events;
mod unlinked;

pub use unlinked::unlinked;

use crate::cli::Exit;
use crate::cli::args::{Connect, RemoveSource, Sources, Store, client_id};
use crate::cli::column::{Cell, Column, TableRow};
use crate::cli::context::{AnsweredList, Context, idempotency_key, unexpected_answer};
use crate::cli::error::CliError;
use crate::cli::find_company::bare;
use crate::cli::listing::Listing;
use crate::cli::output::Io;
use crate::cli::table::name;
use crate::clock;
use crate::config::Paths;
use crate::connect::users_api::{Person, UserList};
use crate::connect::{Credential, Failure, Technicians};
use crate::domain::error::{Cause, Operation};
use crate::domain::facts::FactSource;
use crate::domain::request::{Answer, CheckSource, ListSources, Request};
use crate::domain::source::{SecretRef, Source, SourceReason, SourceState, is_account_id};
use crate::local_server::connections::{self, Connectable, NewSource};
use secrecy::SecretString;
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::runtime::Runtime;

/// Domains of mail addresses that are shown before an account is connected.
const DOMAINS: usize = 5;

/// Asks the server.
pub async fn run(command: &Sources, ctx: &mut Context<'_>) -> Result<(), CliError> {
    match command {
        Sources::List(args) => {
            let company = match &args.company {
                Some(typed) => Some(ctx.company_id(typed).await?),
                None => None,
            };
            ctx.list::<Source>(Request::ListSources(ListSources { company }), &args.list).await
        }
        Sources::Check(args) => {
            let company = ctx.company_id(&args.company).await?;
            let kind = if args.events { FactSource::Events } else { FactSource::UsersApi };
            let request = CheckSource { company, source: kind.clone(), key: idempotency_key() };
            let source = match ctx.change(request.into(), args.write).await {
                Ok(Answer::Source(source)) => source,
                Ok(_) => return Err(unexpected_answer(Operation::CheckSource)),
                Err(CliError::Error(error)) if error.cause == Cause::NotFound => {
                    let by = flag(&kind);
                    let said = format!(
                        "this company is not connected. On the server's machine: mspdash connect COMPANY {by}."
                    );
                    return Err(CliError::Message(said, Exit::NotFound));
                }
                Err(error) => return Err(error),
            };
            ctx.show_row(&*source, args.write.format)?;
            if source.state == SourceState::Connected {
                if let Some(remark) = &source.detail {
                    ctx.io.tell(&format!("{remark}."));
                }
                return Ok(());
            }
            let why = source.detail.as_deref().unwrap_or("the server did not say why");
            let remedy = source.reason.as_ref().map_or("", |reason| remedy(reason, &kind));
            ctx.io.tell(format!("{why}. {remedy}").trim());
            Err(CliError::Reported(exit(source.reason.as_ref())))
        }
        Sources::Remove(_) | Sources::Unlinked(_) => Err(unexpected_answer(Operation::LoadSources)),
    }
}

/// By which a source is named on the command line.
const fn flag(kind: &FactSource) -> &'static str {
    if matches!(kind, FactSource::Events) { "--events" } else { "--users-api" }
}

/// What to do, in the words of the source.
const fn remedy(reason: &SourceReason, kind: &FactSource) -> &'static str {
    match (reason, kind) {
        (SourceReason::CredentialRefused, FactSource::Events) => {
            "Issue another token in the company's account, and replace it: mspdash connect COMPANY --events --rotate."
        }
        (SourceReason::RightMissing, FactSource::Events) => {
            "Issue a token with audit events and sign-in attempts, under Integrations › Events Reporting."
        }
        (SourceReason::WrongAccount, FactSource::Events) => "Use a token that was issued in this company's account.",
        (reason, _) => reason.remedy(),
    }
}

fn exit(reason: Option<&SourceReason>) -> Exit {
    match reason {
        Some(SourceReason::CredentialRefused | SourceReason::RightMissing | SourceReason::SecretUnavailable) => {
            Exit::NotAllowed
        }
        Some(SourceReason::Unreachable | SourceReason::RateLimited) => Exit::Unavailable,
        _ => Exit::Failure,
    }
}

/// Disconnects a company on this machine.
pub fn remove(args: &RemoveSource, paths: &Paths, io: &mut Io<'_>) -> Result<(), CliError> {
    let kind = if args.events { FactSource::Events } else { FactSource::UsersApi };
    let (name, forgotten) = connections::disconnect(args.workspace.place(), paths, &bare(&args.company), &kind)?;
    if !forgotten {
        io.tell("the secret is not kept by mspdash: it stays where it is.");
    }
    let (gone, left) = match kind {
        FactSource::Events => ("What 1Password recorded there is forgotten.", "Revoke the token"),
        _ => ("Its people are forgotten.", "Remove the OAuth application"),
    };
    io.say(&format!("{name} is disconnected. {gone} {left} in the company's account too, under Integrations."))
}

/// Connects a company on this machine: the credential is tried, the account shown, and only then anything is kept.
pub fn connect(args: &Connect, paths: &Paths, runtime: &Runtime, io: &mut Io<'_>) -> Result<(), CliError> {
    if args.events {
        return events::connect(args, paths, runtime, io);
    }
    let company = connectable(args, paths, &FactSource::UsersApi)?;
    let usage = |said: &str| CliError::Message(said.to_owned(), Exit::Usage);
    let credential = credential(args, &company, io)?;
    let (place, typed) = secret(args, &credential, paths, io)?;
    let secret = match &typed {
        Some(secret) => secret.clone(),
        None => connections::fetch_secret(&place).map_err(|said| usage(&format!("{said}. Nothing was connected.")))?,
    };
    let connector = connections::connector().map_err(|said| usage(&format!("{said}.")))?;
    let tried = connections::list_users(&connector, company.region, credential.clone(), secret, Arc::new(clock::now));
    let users = runtime.block_on(tried).map_err(|failure| not_connected(&failure, &FactSource::UsersApi))?;
    confirm(args, &company, &credential, &users, io)?;
    if let Some(typed) = &typed {
        connections::keep_secret(&place, typed)?;
    }
    let new = NewSource {
        company: company.id.clone(),
        source: FactSource::UsersApi,
        account: credential.account,
        client_id: Some(credential.client_id),
        secret: place.clone(),
        may_write: !args.no_suspend,
    };
    let kept = connections::connect(args.workspace.place(), paths, &new, &users);
    if kept.is_err() && typed.is_some() && company.secret.as_ref() != Some(&place) {
        // Nothing points to it.
        let _ = connections::forget_secret(&place, paths);
    }
    let source = kept?;
    if let Some(older) = company.secret.filter(|older| *older != place) {
        let _ = connections::forget_secret(&older, paths);
    }
    io.tell(&read(&company.technicians, &users.people));
    let style = io.style.clone();
    io.show(args.format, &source, || Listing::plain(&style).text([&source]))
}

/// The company as it stands: connected already if the secret is to be replaced, and else not.
fn connectable(args: &Connect, paths: &Paths, kind: &FactSource) -> Result<Connectable, CliError> {
    let company = connections::connectable(args.workspace.place(), paths, &bare(&args.company), kind)?;
    if company.secret.is_some() == args.rotate {
        return Ok(company);
    }
    let said = if args.rotate { "is not connected yet: leave --rotate out" } else { "is connected: use --rotate" };
    Err(CliError::Message(format!("{} {said}.", company.name), Exit::Conflict))
}

/// How many people there are, and how many of them fill no seat because they look like technicians.
fn read(technicians: &Technicians, people: &[Person]) -> String {
    if technicians.is_empty() {
        let all = people.len();
        return format!("{all} people were read. No technician has an address here: they cannot be told from others.");
    }
    let apart = technicians.among(people).into_iter().filter(|apart| *apart).count();
    format!("{} people were read. Not counted as seats, for they look like technicians: {apart}.", people.len())
}

fn not_connected(failure: &Failure, kind: &FactSource) -> CliError {
    let remedy = match (&failure.reason, kind) {
        (SourceReason::CredentialRefused, FactSource::UsersApi) => "Check the client id and the secret.",
        (SourceReason::CredentialRefused, _) => "Check the token, and whether it is of the workspace's data region.",
        (reason, kind) => remedy(reason, kind),
    };
    CliError::Message(
        format!("{failure}. Nothing was connected. {remedy}").trim().to_owned(),
        exit(Some(&failure.reason)),
    )
}

/// The account and the application: as they are given or known, else asked for.
fn credential(args: &Connect, company: &Connectable, io: &mut Io<'_>) -> Result<Credential, CliError> {
    let usage = |said: &str| CliError::Message(said.to_owned(), Exit::Usage);
    let account = match args.account_id.clone().or_else(|| company.account_uuid.clone()) {
        Some(account) => account,
        None if io.terminal => io.ask("Id of the company's account (26 letters and digits): ")?,
        None => {
            let missing = "--account-id is missing: the id of the company's account is not known yet.";
            let place = "It is in the address of the web console, between /app#/ and /AllItems.";
            return Err(usage(&format!("{missing} {place}")));
        }
    };
    if !is_account_id(&account) {
        return Err(usage("an account id has 26 letters and digits."));
    }
    let client = match args.oauth_client.clone().or_else(|| company.client_id.clone()) {
        Some(client) => client,
        None if io.terminal => io.ask("Client id of the OAuth application: ")?,
        None => return Err(usage("--oauth-client is missing.")),
    };
    let client_id = client_id(&client).map_err(|said| usage(&format!("{said}.")))?;
    Ok(Credential { account, client_id })
}

/// Where the secret is or will be, and itself if it was typed.
fn secret(
    args: &Connect,
    credential: &Credential,
    paths: &Paths,
    io: &mut Io<'_>,
) -> Result<(SecretRef, Option<SecretString>), CliError> {
    if let Some(place) = &args.secret_from {
        return Ok((place.clone(), None));
    }
    let keyring = args.store.map(|store| store == Store::Keyring);
    let place = connections::new_place(keyring, credential, paths);
    let place = place.map_err(|said| CliError::Message(format!("{said}."), Exit::Usage))?;
    Ok((place, Some(io.secret(&format!("Secret of the OAuth application {}: ", credential.client_id))?)))
}

/// Shows whose account it is, and asks where nobody said so.
fn confirm(
    args: &Connect,
    company: &Connectable,
    credential: &Credential,
    users: &UserList,
    io: &mut Io<'_>,
) -> Result<(), CliError> {
    let people = users.people.iter().map(|person| (person.display_name.as_str(), person.email.as_str()));
    io.tell(&format!("the account {} has {}", credential.account, whose(&people.collect::<Vec<_>>())));
    ask_whose(args, company, io)
}

fn ask_whose(args: &Connect, company: &Connectable, io: &mut Io<'_>) -> Result<(), CliError> {
    if args.yes {
        return Ok(());
    }
    let said = |why: &str, exit| Err(CliError::Message(format!("{why}. Nothing was connected."), exit));
    if !io.terminal {
        return said("whether it is the right account has to be said: --yes", Exit::Usage);
    }
    match io.ask(&format!("Is this the account of {}? Type yes: ", name(&company.name)))?.as_str() {
        "yes" => Ok(()),
        _ => said("it was not confirmed", Exit::Conflict),
    }
}

/// The number of people, three names and the domains of their addresses: enough to tell another company's account.
fn whose(people: &[(&str, &str)]) -> String {
    let names: Vec<_> = people.iter().take(3).map(|(display, _)| name(display)).collect();
    let mut domains: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, domain) in people.iter().filter_map(|(_, email)| email.rsplit_once('@')) {
        *domains.entry(domain).or_default() += 1;
    }
    let mut domains: Vec<_> = domains.into_iter().collect();
    domains.sort_by_key(|(domain, count)| (std::cmp::Reverse(*count), *domain));
    let more = if domains.len() > DOMAINS { ", …" } else { "" };
    let domains: Vec<_> = domains.iter().take(DOMAINS).map(|(domain, count)| format!("{domain} ({count})")).collect();
    let count = if people.len() == 1 { "1 person".to_owned() } else { format!("{} people", people.len()) };
    format!("{count}, among them {}. Their addresses: {}{more}.", names.join(", "), domains.join(", "))
}

impl AnsweredList for Source {
    fn of(answer: Answer) -> Option<Vec<Self>> {
        if let Answer::Sources(sources) = answer { Some(sources) } else { None }
    }
}

impl TableRow for Source {
    fn columns() -> Vec<Column<Self>> {
        vec![
            Column::text("company", |source: &Self| Cell::optional(source.company_name.as_deref())),
            Column::word("source", |source: &Self| Cell::word(source.source.as_str())).known(FactSource::WORDS),
            Column::word("state", |source: &Self| Cell::word(source.state.as_str())).known(SourceState::WORDS),
            Column::word("reason", |source: &Self| {
                source.reason.as_ref().map_or(Cell::Absent, |reason| Cell::word(reason.as_str()))
            })
            .known(SourceReason::WORDS),
            Column::time("last-success", |source: &Self| Cell::time(source.last_success_time)),
            Column::time("next-reading", |source: &Self| Cell::time(source.next_read_time)),
            Column::text("secret", |source: &Self| Cell::optional(source.secret_place.as_deref())).spare(),
            Column::flag("suspends", |source: &Self| Cell::Flag(source.may_write)).spare(),
            Column::id("account", |source: &Self| Cell::optional(source.account_uuid.as_deref())),
            Column::time("last-try", |source: &Self| Cell::time(source.last_try_time)).extra(),
            Column::time("expires", |source: &Self| Cell::time(source.expire_time)).extra(),
            Column::text("detail", |source: &Self| Cell::optional(source.detail.as_deref())).extra(),
        ]
    }

    fn id(&self) -> String {
        self.company.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_shown_by_count_names_and_domains() {
        let people = [1, 2, 3, 4, 5].map(|n| {
            let domain = if n < 5 { "acme.example" } else { "msp.example" };
            (format!("P{n}"), format!("p{n}@{domain}"))
        });
        let people: Vec<_> = people.iter().map(|(name, email)| (name.as_str(), email.as_str())).collect();
        let said = "5 people, among them P1, P2, P3. Their addresses: acme.example (4), msp.example (1).";
        assert_eq!(whose(&people), said);
    }
}
