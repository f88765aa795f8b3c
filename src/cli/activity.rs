//! `mspdash activity`.

use super::args;
use super::company::{bare, is_id, nobody};
use super::desk::{Desk, End, left_out, odd, stops};
use super::table::{columns, name, or_dash};
use crate::domain::activity::{Action, Event, ListActivity};
use crate::domain::error::{Cause, Error, Operation, RetryAdvice};
use crate::domain::id::CompanyId;
use crate::domain::paging::Paging;
use crate::domain::request::{Answer, Request};
use jiff::Timestamp;
use serde::Serialize;

/// An event in JSON.
#[derive(Serialize)]
struct EventRecord<'a> {
    id: &'a str,
    time: Option<Timestamp>,
    /// The display name.
    actor: &'a str,
    action: &'a Action,
    company_id: Option<&'a str>,
    /// Its name then.
    company_name: Option<&'a str>,
    target: Option<&'a str>,
    client: Option<&'a str>,
}

impl<'a> From<&'a Event> for EventRecord<'a> {
    fn from(event: &'a Event) -> Self {
        Self {
            id: event.id.as_str(),
            time: event.time,
            actor: &event.actor.display_name,
            action: &event.action,
            company_id: event.company.as_ref().map(CompanyId::as_str),
            company_name: event.company_name.as_deref(),
            target: event.target.as_deref(),
            client: event.client.as_deref(),
        }
    }
}

pub(super) async fn run(args: &args::Activity, desk: &mut Desk<'_>) -> Result<(), End> {
    let events = collect(args, desk).await?;
    let records: Vec<EventRecord<'_>> = events.iter().map(Into::into).collect();
    desk.show(args.format, &records, || table(&events))
}

/// Follows the pages to the limit or to the end.
async fn collect(args: &args::Activity, desk: &mut Desk<'_>) -> Result<Vec<Event>, End> {
    let most = usize::try_from(args.limit).unwrap_or(usize::MAX);
    let mut ask = ListActivity {
        company: match &args.company {
            Some(named) => Some(company(named, desk).await?),
            None => None,
        },
        actor: args.actor.as_deref().map(bare).filter(|text| !text.is_empty()),
        action: args.action.as_ref().map(|word| word.0.clone()),
        page_token: None,
    };
    let (mut events, mut paging, mut unreadable) = (Vec::new(), Paging::default(), 0);
    let (more, total) = loop {
        let (answer, lost) = desk.client.perform(Request::Activity(ask.clone())).await?.whole();
        let Answer::Activity(page) = answer else { return Err(odd(Operation::LoadActivity)) };
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
        desk.tell(&left_out(unreadable));
    }
    if more {
        let all =
            total.map_or_else(|| "for more: --limit N".to_owned(), |total| format!("for all of them: --limit {total}"));
        desk.tell(&stops(events.len(), total, &all));
    }
    Ok(events)
}

/// What was done to a company can be asked for when it has gone, by its id.
async fn company(typed: &str, desk: &mut Desk<'_>) -> Result<CompanyId, End> {
    let named = bare(typed);
    match desk.find_company(typed).await? {
        Some(company) => Ok(company.id),
        None if is_id(&named) => Ok(CompanyId::new(&named)),
        None => Err(nobody(&named)),
    }
}

fn table(events: &[Event]) -> String {
    let row = |event: &Event| {
        [
            or_dash(event.time),
            name(&event.actor.display_name),
            event.action.as_str().to_owned(),
            or_dash(event.company_name.as_deref().map(name)),
            or_dash(event.target.as_deref().map(name)),
            or_dash(event.company.as_ref()),
        ]
    };
    columns(["TIME", "WHO", "ACTION", "COMPANY", "WHAT", "COMPANY ID"], &[], events.iter().map(row))
}
