//! Usage over two accounts: one table, one sum, and failures that stay with their account.

use crate::app::effect::Effect;
use crate::app::features::usage::today;
use crate::app::fixture::*;
use crate::app::msg::Reply;
use crate::app::next_wake;
use crate::domain::error::{Cause, Operation, RetryAdvice};
use crate::domain::id::CompanyId;
use crate::domain::request::{Answer, GetCompanyUsage, Request};
use crate::domain::usage::{CompanyUsage, Day, Overall, Period, Thousandths, Usage};

fn november() -> Period {
    Period::month_of(today(noon()))
}

fn row(id: &str, seats: u32) -> CompanyUsage {
    let net_usage = Thousandths(u64::from(seats) * 1_000);
    let (company, name, projection) = (CompanyId::new(id), id.to_owned(), None);
    CompanyUsage { company, name, seats, peak: seats, limit: None, net_usage, projection, daily: Vec::new() }
}

/// Seats of the first days of the period, and as many companies with as many seats each.
fn overall(period: Period, days: &[u32], companies: Vec<CompanyUsage>) -> Answer {
    let day = |(seats, day): (&u32, i8)| Day { date: period.start.with().day(day).build().unwrap(), seats: *seats };
    let days: Vec<Day> = days.iter().zip(1..).map(day).collect();
    let sum = days.iter().map(|day| u64::from(day.seats)).sum();
    let usage = Usage {
        period,
        net_usage: Thousandths::ratio(sum, u32::try_from(days.len()).unwrap()),
        projection: None,
        peak: days.iter().map(|day| day.seats).max().unwrap_or(0),
        days,
        limit: None,
        internal: None,
    };
    Answer::Usage(Box::new(Overall { usage, companies }))
}

fn europe() -> Answer {
    overall(november(), &[9, 1], vec![row("A", 5), row("C", 2)])
}

fn north() -> Answer {
    overall(november(), &[1, 8], vec![row("A", 7)])
}

/// Both lists are loaded, and both accounts have a company A.
fn both() -> AppDriver {
    let mut app = AppDriver::two();
    app.load("default", &ALL_PERMISSIONS, vec![company("A", "Alpen"), company("C", "Contoso")]);
    app.load("north", &ALL_PERMISSIONS, vec![company("A", "Brightwater")]);
    app
}

/// On the screen, both loaded.
fn loaded() -> AppDriver {
    let mut app = both();
    assert_eq!(asked(&app.press("4")), ["default", "north"]);
    let mut before = app.reply_in("default", Reply::Api(Ok(europe())));
    before.extend(app.reply_in("north", Reply::Api(Ok(north()))));
    assert_eq!(asked(&before), ["default", "north"], "the month before");
    app.reply_in("default", Reply::Api(Ok(overall(november().month_before(), &[4], vec![row("A", 4)]))));
    assert_eq!(app.model.usage.before, None, "a part is no whole");
    app.reply_in("north", Reply::Api(Ok(overall(november().month_before(), &[6, 4], vec![row("A", 9)]))));
    app
}

/// Which accounts are asked for their usage.
fn asked(effects: &[Effect]) -> Vec<String> {
    let one = |effect: &Effect| match effect {
        Effect::Call { profile, request: Request::GetUsage(_), .. } => Some(profile.to_string()),
        _ => None,
    };
    effects.iter().filter_map(one).collect()
}

fn table(app: &AppDriver) -> Vec<String> {
    let pane = &app.model.usage;
    let rows = (0..pane.order.len()).filter_map(|row| pane.company(row));
    rows.map(|(profile, row)| format!("{profile}/{}", row.company)).collect()
}

fn selected(app: &AppDriver) -> Option<String> {
    app.model.selected().map(|(key, _)| format!("{}/{}", key.profile, key.company))
}

fn total(app: &AppDriver) -> (u32, Vec<u32>, Thousandths) {
    let total = app.model.usage.total.as_ref().unwrap();
    (total.peak, total.days.iter().map(|day| day.seats).collect(), total.net_usage)
}

#[test]
fn the_table_is_of_all_and_the_numbers_are_sums() {
    let mut app = loaded();
    assert_eq!(table(&app), ["north/A", "default/A", "default/C"]);
    assert_eq!(total(&app), (10, vec![10, 9], Thousandths(9_500)), "9 + 8 would be no peak of any day");
    app.press("s 1");
    assert_eq!(table(&app), ["default/A", "north/A", "default/C"], "by the names that the list knows");
}

#[test]
fn each_account_is_compared_with_its_own_month_before() {
    let app = loaded();
    assert_eq!(app.model.usage.before, Some(Thousandths(9_000)), "4 and 5");
    let changes: Vec<Option<i64>> = (0..3).map(|row| app.model.usage.change(row)).collect();
    assert_eq!(changes, [Some(-2_000), Some(1_000), None], "what was not told of is not nothing");
}

#[test]
fn a_row_leads_to_its_own_company_where_ids_are_equal() {
    let mut app = loaded();
    app.press("g");
    assert_eq!(selected(&app).as_deref(), Some("north/A"));
    let out = app.press("enter");
    let to = out.iter().find_map(|effect| match effect {
        Effect::Call { profile, request: Request::GetCompanyUsage(GetCompanyUsage { company, .. }), .. } => {
            Some((profile, company))
        }
        _ => None,
    });
    assert_eq!(to.map(|(profile, company)| format!("{profile}/{company}")).as_deref(), Some("north/A"));
    assert_eq!(app.model.selected().unwrap().1.name, "Brightwater");
}

#[test]
fn an_account_that_fails_or_is_slow_hides_nothing_of_the_other() {
    let mut app = both();
    app.press("4");
    app.reply_in("north", Reply::Api(Ok(north())));
    assert_eq!((table(&app), total(&app).1), (vec!["north/A".to_owned()], vec![1, 8]));
    app.reply_in("default", Reply::Api(Err(lost(Operation::LoadUsage))));
    assert_eq!(table(&app), ["north/A"]);
    let counted: Vec<bool> = app.model.usage.parts.iter().map(|part| part.counted).collect();
    assert_eq!(counted, [false, true]);
    assert_eq!(asked(&app.pass(29_000)), [""; 0]);
    assert_eq!(asked(&app.pass(1_000)), ["default"], "only the one that failed is tried again");
    app.reply_in("default", Reply::Api(Ok(europe())));
    assert_eq!((table(&app).len(), selected(&app).as_deref()), (3, Some("north/A")), "the cursor stays");
}

#[test]
fn old_numbers_stay_while_their_account_fails() {
    let mut app = loaded();
    app.press("r");
    app.reply_in("default", Reply::Api(Ok(europe())));
    app.reply_in("north", Reply::Api(Err(lost(Operation::LoadUsage))));
    assert_eq!((table(&app).len(), total(&app).0), (3, 10));
    let [_, north] = &app.model.usage.parts[..] else { panic!() };
    assert!(north.counted && north.all.error().is_some());
}

#[test]
fn numbers_that_end_sooner_stay_in_the_table_but_not_in_the_sum() {
    let mut app = both();
    app.press("4");
    app.reply_in("north", Reply::Api(Ok(north())));
    app.reply_in("default", Reply::Api(Ok(overall(november(), &[9, 1, 4], vec![row("C", 2)]))));
    assert_eq!((table(&app).len(), total(&app).1), (2, vec![9, 1, 4]));
}

#[test]
fn what_the_switcher_hides_is_neither_asked_nor_counted_nor_selected() {
    let mut app = loaded();
    app.press("g");
    assert_eq!(asked(&app.press("A 1")), [""; 0]);
    assert_eq!((table(&app), total(&app).0), (vec!["default/A".to_owned(), "default/C".to_owned()], 9));
    assert_eq!(selected(&app).as_deref(), Some("default/A"), "the one that was selected is not to be seen");
    assert_eq!(asked(&app.pass(300_000)), ["default"]);
    assert!(next_wake(&app.model).is_some_and(|next| next > app.now));
    app.reply_in("default", Reply::Api(Ok(europe())));
    assert_eq!(asked(&app.press("A 0")), ["north"], "by now it is old");
    assert_eq!(table(&app).len(), 3, "and shown meanwhile");
}

#[test]
fn late_answers_to_another_period_are_dropped_for_each() {
    let mut app = both();
    app.press("4");
    let late: Vec<_> = app.open.iter().filter_map(Effect::ticket).collect();
    let out = app.press("p 2");
    assert_eq!(asked(&out), ["default", "north"]);
    assert_eq!(out.iter().filter(|effect| matches!(effect, Effect::Cancel { .. })).count(), 2);
    for ticket in late {
        app.reply(ticket, Reply::Api(Ok(europe())));
    }
    assert_eq!((table(&app).len(), app.model.usage.total.clone()), (0, None));
    let october = november().month_before();
    app.reply_in("north", Reply::Api(Ok(overall(october, &[3], vec![row("A", 3)]))));
    assert_eq!(table(&app), ["north/A"]);
}

#[test]
fn an_account_without_a_server_is_not_asked_before_it_has_one() {
    let mut app = AppDriver::two();
    app.load("north", &ALL_PERMISSIONS, vec![company("A", "Brightwater")]);
    assert_eq!(asked(&app.press("4")), ["north"]);
    app.reply_in("default", Reply::Connected(Err(error(Operation::Start, Cause::Cancelled))));
    app.reply_in("north", Reply::Api(Ok(north())));
    assert_eq!(table(&app), ["north/A"]);
    app.pass(2_000);
    assert_eq!(asked(&app.reply_in("default", Reply::Connected(Ok(None)))), ["default"]);
}

#[test]
fn an_account_that_signs_in_again_is_asked_again_by_itself() {
    let mut app = both();
    app.press("4");
    app.reply_in("default", Reply::Api(Ok(europe())));
    let mut refused = error(Operation::LoadUsage, Cause::NotSignedIn);
    refused.retry = RetryAdvice::Never;
    app.reply_in("north", Reply::Api(Err(refused)));
    assert_eq!(asked(&app.pass(31_000)), [""; 0], "it would be refused again");
    let session = Answer::Session(Box::new(session_in("north", &ALL_PERMISSIONS)));
    assert_eq!(asked(&app.reply_in("north", Reply::Api(Ok(session)))), ["north"]);
    assert!(next_wake(&app.model).is_some_and(|next| next > app.now));
}
