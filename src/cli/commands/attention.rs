//! `mspdash attention`: what needs somebody, for people and for cron.

use crate::cli::Exit;
use crate::cli::all_profiles::{AllProfiles, Found};
use crate::cli::args::{self, ListFormat};
use crate::cli::column::{Cell, Column, TableRow};
use crate::cli::commands::companies::pages::Pages;
use crate::cli::context::Context;
use crate::cli::error::CliError;
use crate::cli::listing::Listing;
use crate::cli::output::Io;
use crate::client::Client;
use crate::clock;
use crate::domain::company::{Attention, Company};
use crate::domain::error::{Cause, Error, Operation, RetryAdvice};
use crate::domain::id::{CompanyId, LinkId};
use crate::domain::link::{LinkRequest, LinkState};
use crate::domain::moment;
use crate::domain::reason::{Due, Reason};
use crate::domain::request::{Answer, ListLinks};
use crate::i18n;
use jiff::Timestamp;
use serde::Serialize;

/// One thing that needs somebody. Attention that is snoozed is not among them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Item {
    /// Null for an account that is only being linked.
    company_id: Option<CompanyId>,
    company_name: String,
    reason: Attention,
    /// Until when there is time: the end of a trial, or of a link.
    due_time: Option<Timestamp>,
    /// Since when it is so, where that is known.
    since_time: Option<Timestamp>,
    link_id: Option<LinkId>,
}

/// Of one account.
pub async fn run(args: &args::Attention, ctx: &mut Context<'_>) -> Result<(), CliError> {
    let (listing, until) = (Listing::of(&args.list.list, &ctx.io.style)?, until(args, &ctx.io)?);
    let (items, lacks) = items(&ctx.client, until).await?;
    for said in &lacks {
        ctx.io.tell(said);
    }
    write(&listing, items, &mut ctx.io)
}

/// Of all accounts, each row with its profile.
pub async fn run_all(args: &args::Attention, profiles: &AllProfiles<'_>, io: &mut Io<'_>) -> Result<(), CliError> {
    let (listing, until) = (Listing::of(&args.list.list, &io.style)?, until(args, io)?);
    let found = profiles.ask(move |client| async move { items(&client, until).await }).await;
    found.write(io, |rows, io| write(&listing, rows, io))
}

/// Nothing is said of nothing, so that cron sends no mail.
fn write<T: TableRow>(listing: &Listing<T>, rows: Vec<T>, io: &mut Io<'_>) -> Result<(), CliError> {
    let rows = listing.found(rows);
    let nothing = rows.is_empty();
    if !(nothing && listing.format == ListFormat::Table) {
        io.write_list(listing, rows)?;
    }
    if nothing { Ok(()) } else { Err(CliError::Reported(Exit::Attention)) }
}

/// The end of the time that is looked at.
fn until(args: &args::Attention, io: &Io<'_>) -> Result<Option<Timestamp>, CliError> {
    let Some(within) = &args.within else { return Ok(None) };
    let until =
        moment::span(within).and_then(|span| clock::now().to_zoned(io.style.zone.clone()).checked_add(span).ok());
    let said = || CliError::Message(format!("--within {within} is no time: write it like 7d, 12h or 2w."), Exit::Usage);
    until.map(|until| Some(until.timestamp())).ok_or_else(said)
}

async fn items(client: &Client, until: Option<Timestamp>) -> Result<Found<Item>, Error> {
    let (companies, mut lacks) = Pages::follow(client.clone(), None, None, usize::MAX).all().await?;
    let links = match client.perform(ListLinks.into()).await.map(Answer::whole) {
        Ok((Answer::Links(links), _)) => links,
        Ok(_) => return Err(Error::new(Operation::LoadLinks, Cause::Unreadable, RetryAdvice::Never)),
        Err(error) if error.cause == Cause::NotAllowed => {
            lacks.push("links are not looked at: you may not see them".to_owned());
            Vec::new()
        }
        Err(error) => return Err(error),
    };
    Ok((gathered(&companies, &links, clock::now(), until), lacks))
}

/// What needs somebody now; with a time, what falls due until then.
fn gathered(companies: &[Company], links: &[LinkRequest], now: Timestamp, until: Option<Timestamp>) -> Vec<Item> {
    let waiting = links.iter().filter(|link| link.state == LinkState::Requested);
    let mut items: Vec<Item> = waiting.clone().map(of_link).collect();
    let linked = |company: &Company| waiting.clone().any(|link| link.company.as_ref() == Some(&company.id));
    for company in companies.iter().filter(|company| company.snooze_until.is_none()) {
        let mut reasons = company.attention.clone();
        // A longer time than the server's: a trial that it does not tell of yet.
        if until.is_some() && company.trial_end_time.is_some() && !reasons.contains(&Attention::TrialEnding) {
            reasons.push(Attention::TrialEnding);
        }
        reasons.retain(|reason| *reason != Attention::LinkWaiting || !linked(company));
        items.extend(reasons.iter().map(|reason| of_company(company, reason)));
    }
    if let Some(until) = until {
        items.retain(|item| item.due_time.is_some_and(|due| now <= due && due <= until));
    }
    let due = |item: &Item| item.due_time.unwrap_or(Timestamp::MAX);
    items.sort_by(|a, b| {
        a.reason.cmp(&b.reason).then_with(|| due(a).cmp(&due(b))).then_with(|| a.company_name.cmp(&b.company_name))
    });
    items
}

fn of_company(company: &Company, reason: &Attention) -> Item {
    let Reason { kind, since, due, .. } = Reason::of(reason, company);
    Item {
        company_id: Some(company.id.clone()),
        company_name: company.name.clone(),
        reason: kind,
        due_time: if let Due::At(end) = due { Some(end) } else { None },
        since_time: since,
        link_id: None,
    }
}

fn of_link(link: &LinkRequest) -> Item {
    Item {
        company_id: link.company.clone(),
        company_name: link.company_name.clone(),
        reason: Attention::LinkWaiting,
        due_time: link.expire_time,
        since_time: link.create_time,
        link_id: Some(link.id.clone()),
    }
}

impl TableRow for Item {
    fn columns() -> Vec<Column<Self>> {
        vec![
            Column::text("company", |item: &Self| Cell::text(&item.company_name)),
            Column::word("reason", |item: &Self| Cell::word(item.reason.as_str()))
                .known(Attention::WORDS)
                .said(|item, lang| (i18n::of(lang).attention.long)(&item.reason).into_owned()),
            Column::time("due", |item: &Self| Cell::time(item.due_time)),
            Column::time("since", |item: &Self| Cell::time(item.since_time)),
            Column::id("company-id", |item: &Self| Cell::optional(item.company_id.as_ref())).spare(),
            Column::id("link-id", |item: &Self| Cell::optional(item.link_id.as_ref())).extra(),
        ]
    }

    /// Of the company; of a link where there is none yet.
    fn id(&self) -> String {
        let company = self.company_id.as_ref().map(ToString::to_string);
        company.or_else(|| self.link_id.as_ref().map(ToString::to_string)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::roster::tests::company;

    #[test]
    fn what_is_due_in_a_time_is_due_in_it_and_what_is_snoozed_is_not_told() {
        let (now, soon): (Timestamp, Timestamp) =
            ("2026-11-22T12:00:00Z".parse().unwrap(), "2026-11-29T12:00:00Z".parse().unwrap());
        let mut full = company("A", "Alpen");
        full.attention = vec![Attention::SingleOwner, Attention::SeatLimitReached];
        let mut trial = company("B", "Brandt");
        trial.trial_end_time = "2026-11-28T12:00:00Z".parse().ok();
        let mut later = company("C", "Contoso");
        later.trial_end_time = "2026-12-01T12:00:00Z".parse().ok();
        let mut over = company("D", "Dorn");
        over.trial_end_time = "2026-11-20T12:00:00Z".parse().ok();
        let mut snoozed = full.clone();
        snoozed.snooze_until = Some(soon);
        let all = [full, trial, later, over, snoozed];
        let told = |until| {
            let items = gathered(&all, &[], now, until);
            items.iter().map(|item| format!("{} {}", item.company_name, item.reason.as_str())).collect::<Vec<_>>()
        };
        assert_eq!(told(None), ["Alpen SEAT_LIMIT_REACHED", "Alpen SINGLE_OWNER"]);
        assert_eq!(told(Some(soon)), ["Brandt TRIAL_ENDING"]);
    }
}
