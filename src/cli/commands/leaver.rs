//! `mspdash leaver MAIL`: somebody leaves. Where are they, in all companies of which people are known; and suspended there,
//! if that is wanted.

use crate::cli::Exit;
use crate::cli::args::{Leaver, Write};
use crate::cli::column::{Cell, Column, TableRow};
use crate::cli::commands::{find_person, people};
use crate::cli::context::{Context, idempotency_key, unexpected_answer};
use crate::cli::error::{CliError, sentence};
use crate::cli::guided;
use crate::cli::listing::Listing;
use crate::cli::style::Style;
use crate::cli::table::name;
use crate::domain::error::{Cause, ConflictCode, Error, Operation};
use crate::domain::facts::FactSource;
use crate::domain::id::CompanyId;
use crate::domain::people::{Person, PersonState};
use crate::domain::recovery::PersonAct;
use crate::domain::request::{Answer, ChangePerson, CheckSource, ListSources, Request};
use crate::domain::source::{Source, SourceState};
use serde::Serialize;
use std::fmt::Write as _;

/// Somebody in one company, and what came of it.
#[derive(Serialize)]
struct Leaving {
    company_id: CompanyId,
    company_name: String,
    user: Person,
    /// `FOUND`, `SUSPENDED`, `ALREADY_SUSPENDED`, `REHEARSED` or `FAILED`.
    outcome: &'static str,
    detail: Option<String>,
}

pub async fn run(args: &Leaver, ctx: &mut Context<'_>) -> Result<(), CliError> {
    let mut rows = found(args, ctx).await?;
    let mut failed = None;
    if args.suspend {
        confirm(args, &rows, ctx)?;
        for row in &mut rows {
            failed = failed.or(row.suspend(args.write, ctx).await);
        }
    }
    let style = ctx.io.style.clone();
    ctx.io.show(args.write.format, &rows, || Listing::plain(&style).text(&rows))?;
    for row in &rows {
        if let Some(detail) = &row.detail {
            ctx.io.tell(&format!("{}: {detail}", name(&row.company_name)));
        }
    }
    failed.map_or(Ok(()), |exit| Err(CliError::Reported(exit)))
}

/// Everybody with the address, in the companies that were named or in all.
async fn found(args: &Leaver, ctx: &mut Context<'_>) -> Result<Vec<Leaving>, CliError> {
    let mut companies = Vec::new();
    for typed in &args.companies {
        companies.push(ctx.company_id(typed).await?);
    }
    let wanted = |company: &CompanyId| companies.is_empty() || companies.contains(company);
    if guided::is_real(ctx).await {
        tell_where(args.check, wanted, ctx).await?;
    }
    let (people, lacks) = find_person::found(&ctx.client, args.email.clone()).await?;
    for said in &lacks {
        ctx.io.tell(said);
    }
    let mut rows = Vec::new();
    for found in people.into_iter().filter(|it| wanted(&it.company) && it.email.eq_ignore_ascii_case(&args.email)) {
        let user = people::find(&found.company, found.user.as_str(), ctx).await?;
        let (company_id, company_name) = (found.company, found.company_name);
        rows.push(Leaving { company_id, company_name, user, outcome: "FOUND", detail: None });
    }
    if rows.is_empty() {
        return Err(CliError::Message(format!("nobody there has the address {}.", name(&args.email)), Exit::NotFound));
    }
    Ok(rows)
}

/// Says where it looks, for most companies of an MSP's own may not be connected; reads those that are anew if that is wanted.
async fn tell_where(anew: bool, wanted: impl Fn(&CompanyId) -> bool, ctx: &mut Context<'_>) -> Result<(), CliError> {
    let mut sources: Vec<Source> = ctx.rows(Request::ListSources(ListSources { company: None })).await?;
    sources.retain(|source| source.source == FactSource::UsersApi && wanted(&source.company));
    if anew {
        for source in &mut sources {
            *source = check(source, ctx).await?;
        }
    }
    let looked = looked(&sources, &ctx.io.style);
    ctx.io.tell(&looked);
    Ok(())
}

async fn check(source: &Source, ctx: &mut Context<'_>) -> Result<Source, CliError> {
    let (company, source) = (source.company.clone(), source.source.clone());
    match ctx.ask(CheckSource { company, source, key: idempotency_key() }.into()).await? {
        Answer::Source(source) => Ok(*source),
        _ => Err(unexpected_answer(Operation::CheckSource)),
    }
}

/// Where was looked, and how old that is.
fn looked(sources: &[Source], style: &Style) -> String {
    let companies = if sources.len() == 1 { "company" } else { "companies" };
    let mut said = format!("looked in {} connected {companies}", sources.len());
    if let Some(oldest) = sources.iter().filter_map(|source| source.last_success_time).min() {
        let time = Cell::Time(oldest).display(style);
        let _ = write!(said, ", read {time} or later");
    }
    let broken = sources.iter().filter(|source| source.state != SourceState::Connected).count();
    if broken > 0 {
        let _ = write!(said, "; {broken} could not be read lately, see mspdash sources list");
    }
    said + ". People of other companies are not known."
}

fn confirm(args: &Leaver, rows: &[Leaving], ctx: &mut Context<'_>) -> Result<(), CliError> {
    if args.yes || args.write.dry_run {
        return Ok(());
    }
    let refused = |said: &str, exit| Err(CliError::Message(format!("{said} Nobody was suspended."), exit));
    if !ctx.io.terminal {
        return refused("that they are suspended has to be said: --yes.", Exit::Usage);
    }
    let text = Listing::plain(&ctx.io.style).text(rows);
    let _ = writeln!(ctx.io.err, "{text}\n");
    match ctx.io.ask("Suspend them there? Type yes: ")?.as_str() {
        "yes" => Ok(()),
        _ => refused("it was not confirmed.", Exit::Conflict),
    }
}

impl Leaving {
    /// Answers how the command ends, if this does not work.
    async fn suspend(&mut self, write: Write, ctx: &mut Context<'_>) -> Option<Exit> {
        if self.user.state == PersonState::Suspended {
            self.outcome = "ALREADY_SUSPENDED";
            return None;
        }
        let request = ChangePerson {
            company: self.company_id.clone(),
            user: self.user.id.clone(),
            etag: self.user.etag.clone(),
            act: PersonAct::Suspend,
            key: idempotency_key(),
        };
        let request = Request::ChangePerson(request);
        let answered =
            if write.dry_run { ctx.client.rehearse(request).await } else { ctx.client.perform(request).await };
        match answered {
            Ok(Answer::Person(person)) => {
                self.outcome = if write.dry_run { "REHEARSED" } else { "SUSPENDED" };
                self.user = *person;
                None
            }
            Ok(_) => Some(self.fail(unexpected_answer(Operation::ChangePerson))),
            Err(error) => Some(self.fail(error.into())),
        }
    }

    fn fail(&mut self, error: CliError) -> Exit {
        self.outcome = "FAILED";
        let (said, exit) = match error {
            CliError::Error(error) => (self.said(&error), Exit::of(&error)),
            CliError::Message(said, exit) => (said, exit),
            _ => (String::new(), Exit::Failure),
        };
        self.detail = Some(said).filter(|said| !said.is_empty());
        exit
    }

    /// What only the console can do names the task.
    fn said(&self, error: &Error) -> String {
        if error.cause == Cause::Conflict(ConflictCode::GuidedOnly) {
            return format!("by hand: mspdash tasks begin suspend {} --about {}", self.company_id, self.user.email);
        }
        sentence(error)
    }
}

impl TableRow for Leaving {
    fn columns() -> Vec<Column<Self>> {
        vec![
            Column::text("company", |row: &Self| Cell::text(&row.company_name)),
            Column::text("name", |row: &Self| {
                let technician = if row.user.possibly_technician { " (technician?)" } else { "" };
                Cell::Text(format!("{}{technician}", row.user.display_name))
            }),
            Column::word("state", |row: &Self| Cell::word(row.user.state.as_str())),
            Column::word("outcome", |row: &Self| Cell::word(row.outcome)),
            Column::id("id", |row: &Self| Cell::text(row.user.id.as_str())),
        ]
    }

    fn id(&self) -> String {
        self.user.id.to_string()
    }
}
