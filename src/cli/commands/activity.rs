//! `mspdash activity`.

use crate::cli::args;
use crate::cli::context::{Context, unexpected_answer};
use crate::cli::error::CliError;
use crate::cli::find_company::{bare, is_id, nobody};
use crate::cli::output::{left_out, stops};
use crate::cli::table::{self, TableRow, name, or_dash};
use crate::domain::activity::{Event, ListActivity};
use crate::domain::error::{Cause, Error, Operation, RetryAdvice};
use crate::domain::id::CompanyId;
use crate::domain::paging::Paging;
use crate::domain::request::{Answer, Request};

pub async fn run(args: &args::Activity, ctx: &mut Context<'_>) -> Result<(), CliError> {
    let events = collect(args, ctx).await?;
    ctx.io.show(args.format, &events, || table::list(&events))
}

/// Follows the pages to the limit or to the end.
async fn collect(args: &args::Activity, ctx: &mut Context<'_>) -> Result<Vec<Event>, CliError> {
    let most = usize::try_from(args.limit).unwrap_or(usize::MAX);
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
        let all =
            total.map_or_else(|| "for more: --limit N".to_owned(), |total| format!("for all of them: --limit {total}"));
        ctx.io.tell(&stops(events.len(), total, &all));
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
    fn header() -> Vec<&'static str> {
        vec!["TIME", "WHO", "ACTION", "COMPANY", "WHAT", "COMPANY ID"]
    }

    fn cells(&self) -> Vec<String> {
        vec![
            or_dash(self.time),
            name(&self.actor.display_name),
            self.action.as_str().to_owned(),
            or_dash(self.company_name.as_deref().map(name)),
            or_dash(self.target.as_deref().map(name)),
            or_dash(self.company.as_ref()),
        ]
    }
}
