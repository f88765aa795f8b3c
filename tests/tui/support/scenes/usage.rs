//! Usage and activity.

use super::{BRIGHT, Scene, act, list, open, scene};
use crate::support::app_driver::{AppDriver, noon};
use crate::support::fixtures::{self, many, no_answer, refused};
use jiff::SignedDuration;
use mspdash::app::msg::Size;
use mspdash::domain::activity::{Action, ActivityPage, Event, EventOrigin};
use mspdash::domain::company::Actor;
use mspdash::domain::error::{Cause, Operation};
use mspdash::domain::id::{CompanyId, EventId};
use mspdash::domain::lang::Lang;
use mspdash::domain::request::Answer;
use mspdash::domain::usage::{CompanyUsage, Day, Internal, Overall, Period, Thousandths, Usage};

pub const ALL: &[Scene] = &[
    scene("usage_screen", |lang, size| usage(lang, size, "")).main(),
    scene("usage_screen_sorted", |lang, size| usage(lang, size, "s 2 G k S")),
    scene("usage_screen_loading", |lang, size| {
        act(list(lang, size, many()), |it| {
            it.keys("4");
        })
    }),
    scene("usage_screen_failed", |lang, size| {
        act(list(lang, size, many()), |it| {
            it.keys("4").fail(refused(Operation::LoadUsage));
        })
    }),
    scene("usage_screen_failed_with_data", |lang, size| {
        act(usage(lang, size, "r"), |it| {
            it.fail(no_answer(Operation::LoadUsage));
        })
    }),
    scene("usage_screen_empty", |lang, size| {
        act(list(lang, size, Vec::new()), |it| {
            let nothing = Usage { days: Vec::new(), ..total(november(), 0) };
            it.keys("4").answer(Answer::Usage(Box::new(Overall { usage: nothing, companies: Vec::new() })));
        })
    }),
    scene("usage_screen_zero", |lang, size| {
        act(list(lang, size, vec![fixtures::minimal()]), |it| {
            let companies = vec![row("MINIMAL", "Aalto", 0, None, true)];
            it.keys("4").answer(Answer::Usage(Box::new(Overall { usage: total(november(), 0), companies })));
        })
    }),
    scene("usage_screen_last_month", |lang, size| {
        act(usage(lang, size, "p 2"), |it| {
            it.answer(overall(november().month_before()));
        })
    }),
    scene("usage_screen_search", |lang, size| {
        act(usage(lang, size, "/"), |it| {
            it.type_in("br");
        })
    })
    .covered(),
    scene("usage_screen_from_zero", |lang, size| usage(lang, size, "0")),
    scene("usage_screen_long_and_wide", |lang, size| {
        act(list(lang, size, vec![fixtures::long_and_wide(), fixtures::minimal()]), |it| {
            let company = fixtures::long_and_wide();
            let mut long = row("LONG", &company.name, 4_000_000_000, Some(4_000_000_001), true);
            long.net_usage = Thousandths(4_000_000_000_000);
            let companies = vec![long, row("MINIMAL", "", 3, Some(3), true)];
            let mut all = total(november(), 4_000_000);
            all.internal = Some(Internal { filled: 7, included: 5 });
            it.keys("4").answer(Answer::Usage(Box::new(Overall { usage: all, companies })));
        })
    }),
    scene("usage_period", |lang, size| usage(lang, size, "p j")).main().covered(),
    scene("usage_sort", |lang, size| usage(lang, size, "s")).covered(),
    scene("usage_tab", |lang, size| tab(lang, size, "enter [ [", Some(50))).main().about(BRIGHT),
    scene("usage_tab_side", |lang, size| tab(lang, size, "tab [ [", Some(400))).about(BRIGHT),
    scene("usage_tab_full", |lang, size| tab(lang, size, "enter [ [", Some(44))).about(BRIGHT),
    scene("usage_tab_no_limit", |lang, size| tab(lang, size, "enter [ [", None)).about(BRIGHT),
    scene("usage_tab_period", |lang, size| {
        act(tab(lang, size, "enter [ [", Some(50)), |it| {
            it.keys("p j");
        })
    })
    .about(BRIGHT)
    .covered(),
    scene("usage_tab_loading", |lang, size| open(lang, size, fixtures::brightwater(), "enter [ [")).about(BRIGHT),
    scene("usage_tab_failed", |lang, size| {
        act(open(lang, size, fixtures::brightwater(), "enter [ ["), |it| {
            it.fail(no_answer(Operation::LoadUsage));
        })
    })
    .about(BRIGHT),
    scene("usage_curves", curves).main(),
    scene("activity_screen", |lang, size| activity(lang, size, "j j")).main(),
    scene("activity_screen_end", |lang, size| {
        act(activity(lang, size, "G"), |it| {
            it.answer(events(60..64, None)).keys("G");
        })
    }),
    scene("activity_screen_more", |lang, size| activity(lang, size, "G")),
    scene("activity_screen_unknown", |lang, size| {
        act(list(lang, size, many()), |it| {
            it.keys("5").answer(Answer::Activity(ActivityPage { events: odd(), ..ActivityPage::default() }));
        })
    }),
    scene("activity_screen_loading", |lang, size| {
        act(list(lang, size, many()), |it| {
            it.keys("5");
        })
    }),
    scene("activity_screen_failed", |lang, size| {
        act(list(lang, size, many()), |it| {
            it.keys("5").fail(fixtures::error(Operation::LoadActivity, Cause::NotAllowed));
        })
    }),
    scene("activity_screen_failed_with_data", |lang, size| {
        act(activity(lang, size, "r"), |it| {
            it.fail(no_answer(Operation::LoadActivity));
        })
    }),
    scene("activity_screen_empty", |lang, size| {
        act(list(lang, size, many()), |it| {
            it.keys("5").answer(events(0..0, None));
        })
    }),
    scene("activity_screen_filtered", |lang, size| {
        act(activity(lang, size, "f space k"), |it| {
            // Two questions: what was chosen first was answered late.
            it.type_in("tomma").keys("esc").answer(events(0..9, None)).answer(events(0..9, None));
        })
    })
    .main(),
    scene("activity_screen_no_match", |lang, size| {
        act(activity(lang, size, "f j j j space esc"), |it| {
            it.answer(events(0..0, None));
        })
    }),
    scene("activity_screen_cleared", |lang, size| {
        act(activity(lang, size, "f space esc"), |it| {
            it.answer(events(0..9, None)).keys("c").answer(events(0..60, Some("p2")));
        })
    }),
    scene("activity_filter", |lang, size| activity(lang, size, "f")).main().covered(),
    scene("activity_filter_typing", |lang, size| {
        act(activity(lang, size, "f k"), |it| {
            it.type_in("tomma");
        })
    })
    .covered(),
    scene("activity_tab", |lang, size| {
        act(open(lang, size, fixtures::brightwater(), "enter ["), |it| {
            it.answer(of_brightwater()).keys("j");
        })
    })
    .main()
    .about(BRIGHT),
    scene("activity_tab_side", |lang, size| {
        act(open(lang, size, fixtures::brightwater(), "tab ["), |it| {
            it.answer(of_brightwater());
        })
    })
    .about(BRIGHT),
    scene("activity_tab_filtered", |lang, size| {
        act(open(lang, size, fixtures::brightwater(), "enter ["), |it| {
            it.answer(of_brightwater()).keys("f j j j space esc").answer(of_brightwater());
        })
    })
    .about(BRIGHT),
    scene("activity_tab_filter", |lang, size| {
        act(open(lang, size, fixtures::brightwater(), "enter ["), |it| {
            it.answer(of_brightwater()).keys("f");
        })
    })
    .about(BRIGHT)
    .covered(),
    scene("activity_tab_loading", |lang, size| open(lang, size, fixtures::brightwater(), "enter [")).about(BRIGHT),
];

pub fn november() -> Period {
    Period::month_of("2026-11-22".parse().unwrap())
}

/// Seats that grow, with a dip in the middle.
fn seats(day: u32, of: u32) -> u32 {
    let dip = if (12..15).contains(&day) { of / 10 } else { 0 };
    of - of / 4 + of * day / 120 - dip
}

pub fn total(period: Period, of: u32) -> Usage {
    let running = period == november();
    let counted = if running { 22 } else { period.days() };
    let date = |day: u32| period.start.with().day(i8::try_from(day).unwrap()).build().unwrap();
    let days: Vec<Day> = (1..=counted).map(|day| Day { date: date(day), seats: seats(day, of) }).collect();
    let sum: u64 = days.iter().map(|day| u64::from(day.seats)).sum();
    let last = days.last().map_or(0, |day| u64::from(day.seats));
    let ahead = last * u64::from(period.days() - counted);
    Usage {
        period,
        net_usage: Thousandths::ratio(sum, counted),
        projection: running.then(|| Thousandths::ratio(sum + ahead, period.days())),
        peak: days.iter().map(|day| day.seats).max().unwrap_or(0),
        days,
        limit: None,
        internal: Some(Internal { filled: 5, included: 5 }),
    }
}

pub fn row(id: &str, name: &str, of: u32, limit: Option<u32>, running: bool) -> CompanyUsage {
    let period = if running { november() } else { november().month_before() };
    // Nothing to add up for more seats than there are people.
    let usage = total(period, of.min(1_000_000));
    CompanyUsage {
        company: CompanyId::new(id),
        name: name.into(),
        seats: of,
        peak: of.max(usage.peak),
        limit,
        net_usage: usage.net_usage,
        projection: usage.projection,
        daily: usage.days.iter().map(|day| day.seats).collect(),
    }
}

pub fn rows(running: bool) -> Vec<CompanyUsage> {
    let row = |company: &mspdash::domain::company::Company| {
        let seats = company.seats;
        row(company.id.as_str(), &company.name, seats.filled.unwrap_or(0), seats.limit, running)
    };
    many().iter().map(row).collect()
}

fn overall(period: Period) -> Answer {
    Answer::Usage(Box::new(Overall { usage: total(period, 1_284), companies: rows(period == november()) }))
}

fn usage(lang: Lang, size: Size, keys: &str) -> AppDriver {
    act(list(lang, size, many()), |it| {
        it.keys("4").answer(overall(november())).answer(overall(november().month_before()));
        if !keys.is_empty() {
            it.keys(keys);
        }
    })
}

fn tab(lang: Lang, size: Size, keys: &str, limit: Option<u32>) -> AppDriver {
    act(open(lang, size, fixtures::brightwater(), keys), |it| {
        let usage = Usage { limit, internal: None, ..total(november(), 48) };
        let before = Usage { limit, internal: None, ..total(november().month_before(), 44) };
        it.pass(1).answer(Answer::CompanyUsage(Box::new(usage))).answer(Answer::CompanyUsage(Box::new(before)));
    })
}

fn curves(lang: Lang, size: Size) -> AppDriver {
    act(list(lang, size, many()), |it| {
        it.pass(1);
        // Only a list wide enough has asked.
        let asked = it.open.iter().any(|effect| format!("{effect:?}").contains("Curves"));
        if asked {
            it.answer(Answer::Curves(rows(true)));
        }
    })
}

pub fn event(number: u32) -> Event {
    let names = ["Brightwater GmbH", "Contoso Traders", "東京セキュリティ株式会社", "Müller Feinmechanik"];
    let at = number as usize;
    // A step of 5 meets each of the first 33, however many are added.
    let action = Action::KNOWN[at * 5 % 33].clone();
    let target = match action {
        Action::SetupUpdated => Some("RECOVERY_PLAN".to_owned()),
        Action::CompanyLaunched | Action::CompanyCreated | Action::CompanyUnlinked => None,
        Action::CompanyUpdated => Some("name, tags".to_owned()),
        _ => Some("Ines Albers <ines@brightwater.example>".to_owned()),
    };
    let ago = [40, 180, 5_400, 93_000, 700_000, 4_000_000, 40_000_000][at % 7] + i64::from(number) * 60;
    Event {
        id: EventId::new(&format!("EVENT{number:021}")),
        time: noon().checked_sub(SignedDuration::from_secs(ago)).ok(),
        actor: Actor { display_name: ["Tomma Petersen", "Jonas Lind", "Aiko Mori"][at % 3].into() },
        action,
        company: Some(CompanyId::new(if at.is_multiple_of(4) { "BRIGHTWATER" } else { "M1" })),
        company_name: Some(names[at % 4].into()),
        target,
        client: Some("mspdash/0.1.0".into()),
        origin: EventOrigin::Ours,
    }
}

pub fn events(numbers: std::ops::Range<u32>, next: Option<&str>) -> Answer {
    let events: Vec<Event> = numbers.map(event).collect();
    let total = Some(if next.is_some() { 1_204 } else { events.len() as u64 });
    Answer::Activity(ActivityPage { events, next: next.map(Into::into), total })
}

fn activity(lang: Lang, size: Size, keys: &str) -> AppDriver {
    act(list(lang, size, many()), |it| {
        it.keys("5").answer(events(0..60, Some("p2"))).keys(keys);
    })
}

fn of_brightwater() -> Answer {
    let events = (0..12).map(|number| event(number * 4)).collect();
    Answer::Activity(ActivityPage { events, next: None, total: Some(12) })
}

/// What a newer server may say, and what it may leave out.
fn odd() -> Vec<Event> {
    let bare = Event {
        time: None,
        company: None,
        company_name: None,
        target: None,
        client: None,
        origin: EventOrigin::Ours,
        action: Action::Other(String::new()),
        ..event(3)
    };
    let newer = Event {
        id: EventId::new("NEWER"),
        action: Action::Other("COMPANY_MOVED_TO_A_REGION_THAT_NOBODY_KNOWS_YET".into()),
        target: Some("東京 → مرسى ".repeat(12)),
        company_name: Some(fixtures::long_and_wide().name),
        origin: EventOrigin::OnePassword,
        ..event(2)
    };
    vec![newer, bare]
}
