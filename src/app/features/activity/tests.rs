//! The merged feed against a plain sort.

use crate::app::effect::Ticket;
use crate::app::features::activity::feed::ActivityFeed;
use crate::app::features::activity::{AccountFeed, EventKey};
use crate::domain::activity::{Action, ActivityPage, Event, EventOrigin};
use crate::domain::company::Actor;
use crate::domain::error::{Cause, Error, Operation, RetryAdvice};
use crate::domain::id::{EventId, ProfileId};
use jiff::Timestamp;
use proptest::prelude::*;

/// Events of one account at these seconds, newest first. All accounts have equal ids.
fn events(seconds: &[i64]) -> Vec<Event> {
    let event = |(number, second): (usize, &i64)| Event {
        id: EventId::new(&format!("E{number}")),
        time: Timestamp::from_second(*second).ok(),
        actor: Actor { display_name: "Tomma".into() },
        action: Action::CompanyLaunched,
        company: None,
        company_name: None,
        target: None,
        client: None,
        origin: EventOrigin::Ours,
    };
    seconds.iter().enumerate().map(event).collect()
}

fn page(of: &[Event], from: usize, len: usize) -> ActivityPage {
    let to = (from + len).min(of.len());
    let next = (to < of.len()).then(|| to.to_string());
    ActivityPage { events: of[from..to].to_vec(), next, total: Some(of.len() as u64) }
}

fn feed(accounts: usize) -> ActivityFeed {
    let mut feed = ActivityFeed::default();
    let names: Vec<ProfileId> = (0..accounts).map(|at| ProfileId::new(&format!("P{at}"))).collect();
    feed.show(names.iter().map(|name| (name, true)));
    feed
}

fn settle(feed: &mut ActivityFeed, at: usize, more: bool, page: Result<ActivityPage, Error>) {
    let account_feed: &mut AccountFeed = &mut feed.accounts[at];
    account_feed.events.wait_for(Ticket(1));
    account_feed.settle(Ticket(1), Timestamp::UNIX_EPOCH, more, page, 0);
    feed.merge();
}

/// Time, account and id of the rows.
fn shown(feed: &ActivityFeed) -> Vec<(i64, String, String)> {
    let row = |row| {
        let (profile, event) = feed.event(row).unwrap();
        (event.time.unwrap().as_second(), profile.to_string(), event.id.to_string())
    };
    (0..feed.rows.len()).map(row).collect()
}

fn failed() -> Error {
    Error::new(Operation::LoadActivity, Cause::TimedOut { seconds: 10 }, RetryAdvice::Now)
}

fn seconds(rows: &[(i64, String, String)]) -> Vec<i64> {
    rows.iter().map(|row| row.0).collect()
}

#[test]
fn rows_go_down_to_where_the_first_account_that_has_more_ends() {
    let (one, other) = (events(&[90, 70, 50, 30]), events(&[80, 20, 10]));
    let mut feed = feed(2);
    settle(&mut feed, 0, false, Ok(page(&one, 0, 2)));
    settle(&mut feed, 1, false, Ok(page(&other, 0, 2)));
    assert_eq!(seconds(&shown(&feed)), [90, 80, 70], "20 may not be the next one");
    assert_eq!(feed.wants_more(1), [ProfileId::new("P0")], "the one that holds up the other");
    settle(&mut feed, 0, true, Ok(page(&one, 2, 2)));
    assert_eq!(seconds(&shown(&feed)), [90, 80, 70, 50, 30, 20]);
    assert_eq!((feed.wants_more(1), feed.total()), (vec![ProfileId::new("P1")], Some(7)));
    settle(&mut feed, 1, true, Ok(page(&other, 2, 2)));
    assert!(feed.ended() && feed.rows.len() == 7);
}

#[test]
fn an_account_that_fails_holds_up_nobody_until_it_has_gone_on() {
    let (one, other) = (events(&[90, 70, 50, 30]), events(&[80, 20, 10]));
    let mut feed = feed(2);
    settle(&mut feed, 0, false, Ok(page(&one, 0, 2)));
    settle(&mut feed, 1, false, Ok(page(&other, 0, 3)));
    settle(&mut feed, 0, true, Err(failed()));
    assert_eq!(seconds(&shown(&feed)), [90, 80, 70, 20, 10]);
    assert!(feed.wants_more(1).is_empty(), "it waits for its pause");
    feed.accounts[0].events.wait_for(Ticket(2));
    feed.merge();
    assert_eq!(feed.rows.len(), 5, "trying again takes no row away");
    settle(&mut feed, 0, false, Ok(page(&one, 0, 2)));
    assert_eq!((feed.rows.len(), feed.wants_more(1)), (5, vec![ProfileId::new("P0")]));
    settle(&mut feed, 0, true, Ok(page(&one, 2, 2)));
    assert_eq!(seconds(&shown(&feed)), [90, 80, 70, 50, 30, 20, 10]);
}

#[test]
fn the_cursor_stays_on_its_event_where_ids_are_equal() {
    let mut feed = feed(2);
    settle(&mut feed, 1, false, Ok(page(&events(&[50, 40]), 0, 9)));
    feed.put_cursor(0);
    settle(&mut feed, 0, false, Ok(page(&events(&[60, 30]), 0, 9)));
    let key = EventKey { profile: ProfileId::new("P1"), event: EventId::new("E0") };
    assert_eq!((feed.selection.key.clone(), feed.cursor_row()), (Some(key), Some(1)));
}

#[test]
fn an_event_without_a_time_stays_where_its_server_put_it() {
    let mut odd = events(&[90, 80, 70]);
    odd[1].time = None;
    let mut feed = feed(2);
    settle(&mut feed, 0, false, Ok(page(&odd, 0, 9)));
    settle(&mut feed, 1, false, Ok(page(&events(&[85]), 0, 9)));
    let ids: Vec<(usize, usize)> = feed.rows.iter().map(|row| (row.account_feed, row.at)).collect();
    assert_eq!(ids, [(0, 0), (0, 1), (1, 0), (0, 2)]);
}

proptest! {
    /// However the pages come, the rows are the newest of all events, in their order: nothing is left out between.
    #[test]
    fn rows_are_always_the_newest_of_all(
        mut accounts in prop::collection::vec(prop::collection::vec(0_i64..60, 0..30), 1..4),
        length in 1_usize..7,
        steps in prop::collection::vec(any::<prop::sample::Index>(), 0..40),
    ) {
        for seconds in &mut accounts {
            seconds.sort_unstable_by_key(|second| std::cmp::Reverse(*second));
        }
        let all: Vec<Vec<Event>> = accounts.iter().map(|seconds| events(seconds)).collect();
        let mut feed = feed(all.len());
        for (at, events) in all.iter().enumerate() {
            settle(&mut feed, at, false, Ok(page(events, 0, length)));
        }
        // A stable sort: of equals the first account comes first, and within it the server's order.
        let mut sorted: Vec<(i64, String, String)> = Vec::new();
        for (at, events) in all.iter().enumerate() {
            let row = |event: &Event| (event.time.unwrap().as_second(), format!("P{at}"), event.id.to_string());
            sorted.extend(events.iter().map(row));
        }
        sorted.sort_by_key(|row| std::cmp::Reverse(row.0));
        for step in steps {
            let rows = shown(&feed);
            prop_assert_eq!(&rows[..], &sorted[..rows.len()]);
            let at = step.index(all.len());
            if let Some(from) = feed.accounts[at].next.as_ref().map(|next| next.parse().unwrap()) {
                settle(&mut feed, at, true, Ok(page(&all[at], from, length)));
            }
        }
        // Always asking the one that holds up the others leads to the end.
        while let Some(at) = feed.wants_more(1_000).first().and_then(|who| who.as_str()[1..].parse::<usize>().ok()) {
            let from = feed.accounts[at].next.as_ref().unwrap().parse().unwrap();
            settle(&mut feed, at, true, Ok(page(&all[at], from, length)));
        }
        prop_assert_eq!(shown(&feed), sorted);
    }
}
