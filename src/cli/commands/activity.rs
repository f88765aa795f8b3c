//! `mspdash activity`.

use crate::cli::args;
use crate::cli::column::{Cell, Column, TableRow};
use crate::cli::context::{Context, unexpected_answer};
use crate::cli::error::CliError;
use crate::cli::find_company::{bare, is_id, nobody};
use crate::cli::listing::{FOR_ALL, Listing};
use crate::cli::output::{left_out, stops};
use crate::domain::activity::{Action, Event, EventOrigin, ListActivity};
use crate::domain::error::{Cause, Error, Operation, RetryAdvice};
use crate::domain::id::CompanyId;
use crate::domain::paging::Paging;
use crate::domain::request::{Answer, Request};
use crate::i18n;

/// Events that are shown unless it is said otherwise.
const LIMIT: u64 = 50;

pub async fn run(args: &args::Activity, ctx: &mut Context<'_>) -> Result<(), CliError> {
    let listing = Listing::of(&args.list, &ctx.io.style)?;
    // Where the rows are found or ordered here, the first of the server's are not the first ones.
    let most = if listing.narrows() { usize::MAX } else { args.list.most_or(LIMIT) };
    let events = collect(args, most, ctx).await?;
    ctx.io.write_list(&listing, events)
}

/// Follows the pages to the limit or to the end.
async fn collect(args: &args::Activity, most: usize, ctx: &mut Context<'_>) -> Result<Vec<Event>, CliError> {
    let mut ask = ListActivity {
        company: match &args.company {
            Some(named) => Some(company(named, ctx).await?),
            None => None,
        },
        actor: args.actor.as_deref().map(bare).filter(|text| !text.is_empty()),
        action: args.action.clone(),
        page_token: None,
    };
    let (mut events, mut paging, mut unreadable) = (Vec::new(), Paging::default(), 0);
    let (more, total) = loop {
        let (answer, lost) = ctx.client.perform(Request::ListActivity(ask.clone())).await?.whole();
        let Answer::Activity(page) = answer else { return Err(unexpected_answer(Operation::LoadActivity)) };
        unreadable += u64::from(lost);
        let endless = |why| Error::new(Operation::LoadActivity, Cause::Endless(why), RetryAdvice::Now);
        let rows = page.events.len().saturating_add(lost as usize);
        let next = paging.next(rows, page.total, page.next).map_err(endless)?;
        events.extend(page.events);
        match next {
            Some(next) if events.len() < most => ask.page_token = Some(next),
            next => break (next.is_some() || events.len() > most, page.total),
        }
    };
    events.truncate(most);
    if unreadable > 0 {
        ctx.io.tell(&left_out(unreadable));
    }
    if more {
        ctx.io.tell(&stops(events.len(), total, FOR_ALL));
    }
    Ok(events)
}

/// What was done to a company can be asked for when it has gone, by its id.
async fn company(typed: &str, ctx: &mut Context<'_>) -> Result<CompanyId, CliError> {
    let named = bare(typed);
    match ctx.find_company(typed).await? {
        Some(company) => Ok(company.id),
        None if is_id(&named) => Ok(CompanyId::new(&named)),
        None => Err(nobody(&named)),
    }
}

impl TableRow for Event {
    fn columns() -> Vec<Column<Self>> {
        vec![
            Column::time("time", |event: &Self| Cell::time(event.time)),
            Column::text("who", |event: &Self| Cell::text(&event.actor.display_name)),
            Column::word("action", |event: &Self| Cell::word(event.action.as_str()))
                .known(Action::WORDS)
                .said(|event, lang| (i18n::of(lang).activity.action)(&event.action).into_owned()),
            Column::text("company", |event: &Self| Cell::optional(event.company_name.as_deref())),
            Column::text("what", |event: &Self| Cell::optional(event.target.as_deref())),
            Column::id("company-id", |event: &Self| Cell::optional(event.company.as_ref())).spare(),
            Column::id("id", |event: &Self| Cell::text(event.id.as_str())).extra(),
            Column::text("client", |event: &Self| Cell::optional(event.client.as_deref())).extra(),
            Column::word("origin", |event: &Self| Cell::word(event.origin.as_str())).known(EventOrigin::WORDS).extra(),
        ]
    }

    fn id(&self) -> String {
        self.id.to_string()
    }
}
