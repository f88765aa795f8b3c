//! Usage and activity over two MSP accounts.

use super::usage::{event, november, rows, total};
use super::{Scene, act, scene};
use crate::support::app_driver::AppDriver;
use crate::support::fixtures::{self, many, no_answer, refused};
use jiff::SignedDuration;
use mspdash::app::Options;
use mspdash::app::effect::Effect;
use mspdash::app::features::accounts::Given;
use mspdash::app::msg::{Reply, Size};
use mspdash::domain::activity::{ActivityPage, Event};
use mspdash::domain::error::{Cause, Error, Operation};
use mspdash::domain::id::ProfileId;
use mspdash::domain::lang::Lang;
use mspdash::domain::request::{Answer, Request};
use mspdash::domain::usage::{Internal, Overall, Usage};

pub const ALL: &[Scene] = &[
    scene("usage_two", |lang, size| usage(lang, size, "j j")).main(),
    scene("usage_two_without", |lang, size| {
        act(started(lang, size, "4"), |it| {
            reply(it, EUROPE, Reply::Api(Ok(europe())));
            reply(it, NORTH, failed(refused(Operation::LoadUsage)));
        })
    }),
    scene("usage_two_kept", |lang, size| {
        act(usage(lang, size, "j"), |it| {
            it.pass(25).keys("r");
            reply(it, EUROPE, Reply::Api(Ok(europe())));
            reply(it, NORTH, failed(no_answer(Operation::LoadUsage)));
        })
    }),
    scene("usage_two_slow", |lang, size| act(started(lang, size, "4"), |it| reply(it, NORTH, Reply::Api(Ok(north()))))),
    scene("usage_two_loading", |lang, size| started(lang, size, "4")),
    scene("usage_two_both_failed", |lang, size| {
        act(started(lang, size, "4"), |it| {
            reply(it, EUROPE, failed(fixtures::error(Operation::LoadUsage, Cause::NotAllowed)));
            reply(it, NORTH, failed(no_answer(Operation::LoadUsage)));
        })
    }),
    scene("usage_two_ends_sooner", |lang, size| {
        act(started(lang, size, "4"), |it| {
            let Answer::Usage(mut old) = north() else { return };
            old.usage.days.truncate(20);
            reply(it, EUROPE, Reply::Api(Ok(europe())));
            reply(it, NORTH, Reply::Api(Ok(Answer::Usage(old))));
        })
    }),
    scene("usage_two_narrowed", |lang, size| usage(lang, size, "A 2")),
    scene("activity_two", |lang, size| activity(lang, size, "j j j")).main(),
    scene("activity_two_failed", |lang, size| {
        act(activity(lang, size, "r"), |it| {
            it.pass(20);
            reply(it, EUROPE, Reply::Api(Ok(Answer::Activity(page(0, 12, false)))));
            reply(it, NORTH, failed(no_answer(Operation::LoadActivity)));
        })
    }),
    scene("activity_two_without", |lang, size| {
        act(started(lang, size, "5"), |it| {
            reply(it, EUROPE, Reply::Api(Ok(Answer::Activity(page(0, 12, false)))));
            reply(it, NORTH, failed(refused(Operation::LoadActivity)));
        })
    }),
    scene("activity_two_slow", |lang, size| {
        act(started(lang, size, "5"), |it| {
            reply(it, EUROPE, Reply::Api(Ok(Answer::Activity(page(0, 12, true)))));
        })
    }),
    scene("activity_two_behind", |lang, size| {
        act(activity(lang, size, "G"), |it| {
            if waits(it, NORTH) {
                reply(it, NORTH, failed(no_answer(Operation::LoadActivity)));
            }
        })
    }),
    scene("activity_two_narrowed", |lang, size| activity(lang, size, "A 1")),
    scene("activity_two_filter", |lang, size| activity(lang, size, "f")).main().covered(),
];

const EUROPE: &str = "default";
const NORTH: &str = "north";

fn failed(error: Error) -> Reply {
    Reply::Api(Err(error))
}

/// Answers the oldest effect of this account that can have this reply.
fn reply(it: &mut AppDriver, name: &str, reply: Reply) {
    let fits = |effect: &&Effect| match (effect, &reply) {
        (Effect::Connect { profile, .. }, Reply::Connected(_)) => profile.as_str() == name,
        (Effect::Call { profile, request, .. }, Reply::Api(Ok(answer))) => {
            profile.as_str() == name && answer.answers(request)
        }
        (Effect::Call { profile, request, .. }, Reply::Api(Err(error))) => {
            profile.as_str() == name && request.operation() == error.operation
        }
        _ => false,
    };
    let to = it.open.iter().find(fits).and_then(Effect::ticket);
    let to = to.unwrap_or_else(|| panic!("nothing such waits in {name}: {reply:?} to {:?}", it.open));
    it.reply(to, reply);
}

/// Both lists are loaded, both have a company of the same id; then these keys.
fn started(lang: Lang, size: Size, keys: &str) -> AppDriver {
    let given = |name: &str, label: &str| Given { label: label.into(), ..Given::named(name) };
    let accounts = vec![given(EUROPE, "Europe"), given(NORTH, "North America")];
    act(AppDriver::new(Options { accounts, ..AppDriver::options(lang) }, size), |it| {
        for (name, companies) in [(EUROPE, many()), (NORTH, vec![fixtures::minimal(), fixtures::long_and_wide()])] {
            let mut session = fixtures::session();
            if name == NORTH {
                session.account.id = mspdash::domain::id::AccountId::new("NORTH");
                session.account.region = "1password.ca".into();
            }
            reply(it, name, Reply::Connected(Ok(None)));
            reply(it, name, Reply::Api(Ok(Answer::Session(Box::new(session)))));
            reply(it, name, Reply::Api(Ok(fixtures::page(companies))));
        }
        it.pass(1).keys(keys);
    })
}

fn europe() -> Answer {
    Answer::Usage(Box::new(Overall { usage: total(november(), 1_284), companies: rows(true) }))
}

fn north() -> Answer {
    let usage = Usage { internal: Some(Internal { filled: 7, included: 5 }), ..total(november(), 90) };
    let long = fixtures::long_and_wide();
    let companies = vec![
        super::usage::row("MINIMAL", "Aalto", 31, Some(40), true),
        super::usage::row(long.id.as_str(), &long.name, 47, Some(50), true),
    ];
    Answer::Usage(Box::new(Overall { usage, companies }))
}

fn usage(lang: Lang, size: Size, keys: &str) -> AppDriver {
    act(started(lang, size, "4"), |it| {
        reply(it, EUROPE, Reply::Api(Ok(europe())));
        reply(it, NORTH, Reply::Api(Ok(north())));
        let october = november().month_before();
        let before = Overall { usage: total(october, 1_240), companies: rows(false) };
        reply(it, EUROPE, Reply::Api(Ok(Answer::Usage(Box::new(before)))));
        let before = Overall { usage: total(october, 90), companies: Vec::new() };
        reply(it, NORTH, Reply::Api(Ok(Answer::Usage(Box::new(before)))));
        it.keys(keys);
    })
}

/// Events some minutes apart, of which some are left out between two accounts.
fn page(first: u32, count: u32, more: bool) -> ActivityPage {
    let event = |number: u32| {
        let ago = i64::from(number * number * (7 + first)) * 60 + 90;
        Event {
            time: crate::support::app_driver::noon().checked_sub(SignedDuration::from_secs(ago)).ok(),
            ..event(number + first)
        }
    };
    let events = (0..count).map(event).collect();
    ActivityPage {
        events,
        next: more.then(|| format!("p{first}")),
        total: Some(if more { 240 } else { u64::from(count) }),
    }
}

fn activity(lang: Lang, size: Size, keys: &str) -> AppDriver {
    act(started(lang, size, "5"), |it| {
        reply(it, EUROPE, Reply::Api(Ok(Answer::Activity(page(0, 30, true)))));
        reply(it, NORTH, Reply::Api(Ok(Answer::Activity(page(3, 30, true)))));
        // The end is near at once in a small window, so the account that ends first is asked for more.
        if waits(it, EUROPE) {
            reply(it, EUROPE, Reply::Api(Ok(Answer::Activity(page(40, 30, true)))));
        }
        it.keys(keys);
    })
}

/// This account is asked for its events.
fn waits(it: &AppDriver, name: &str) -> bool {
    it.open.iter().any(|effect| {
        matches!(effect, Effect::Call { profile, request: Request::ListActivity(_), .. }
            if *profile == ProfileId::new(name))
    })
}
