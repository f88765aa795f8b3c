//! `mspdash activity`.

use super::args;
use super::desk::{Desk, End, odd};
use super::table::{columns, name, or_dash};
use crate::domain::activity::{Action, Event, ListActivity};
use crate::domain::id::CompanyId;
use crate::domain::request::{Answer, Request};
use crate::domain::trouble::What;
use jiff::Timestamp;
use serde::Serialize;
use std::collections::HashSet;

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
async fn collect(args: &args::Activity, desk: &Desk<'_>) -> Result<Vec<Event>, End> {
    let most = usize::try_from(args.limit).unwrap_or(usize::MAX);
    let mut ask = ListActivity {
        company: args.company.as_deref().map(CompanyId::new),
        actor: args.actor.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(ToOwned::to_owned),
        action: args.action.as_ref().map(|word| word.0.clone()),
        page_token: None,
    };
    let (mut events, mut tokens) = (Vec::new(), HashSet::new());
    loop {
        let Answer::Activity(page) = desk.ask(Request::Activity(ask.clone())).await? else {
            return Err(odd(What::LoadActivity));
        };
        events.extend(page.events);
        let Some(next) = page.next.filter(|_| events.len() < most) else { break };
        if !tokens.insert(next.clone()) {
            return Err(odd(What::LoadActivity));
        }
        ask.page_token = Some(next);
    }
    events.truncate(most);
    Ok(events)
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
