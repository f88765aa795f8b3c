//! Usage: the screen, the tab, the order of the table, and the curves in the list.

use crate::app::command::{Command, DisabledReason};
use crate::app::core::remote::Remote;
use crate::app::effect::{Effect, Ticket};
use crate::app::features::usage::table::{TableSort, UsageColumn};
use crate::app::features::usage::{period, today};
use crate::app::fixture::*;
use crate::app::model::Columns;
use crate::app::msg::{Msg, Reply, Size};
use crate::app::next_wake;
use crate::app::screen::Screen;
use crate::domain::error::Operation;
use crate::domain::id::CompanyId;
use crate::domain::list_column::ListColumn;
use crate::domain::request::{Answer, GetCompanyUsage, GetCurves, GetUsage, Request};
use crate::domain::usage::{CompanyUsage, Day, Internal, Overall, Period, Thousandths, Usage};

fn november() -> Period {
    Period::month_of(today(noon()))
}

fn usage(period: Period, seats: u32) -> Usage {
    let days = (0..22_i8).map(|at| Day { date: period.start.with().day(at + 1).build().unwrap(), seats }).collect();
    Usage {
        period,
        days,
        net_usage: Thousandths(u64::from(seats) * 1_000),
        projection: Some(Thousandths(u64::from(seats) * 1_000 + 100)),
        peak: seats,
        limit: None,
        internal: Some(Internal { filled: 5, included: 5 }),
    }
}

fn row(id: &str, seats: u32, limit: Option<u32>) -> CompanyUsage {
    CompanyUsage {
        company: CompanyId::new(id),
        name: id.into(),
        seats,
        peak: seats,
        limit,
        net_usage: Thousandths(u64::from(seats) * 1_000),
        projection: None,
        daily: vec![seats; 22],
    }
}

fn overall(period: Period) -> Answer {
    let companies = vec![row("A", 5, Some(10)), row("B", 9, None), row("C", 7, Some(8)), row("D", 1, None)];
    Answer::Usage(Box::new(Overall { usage: usage(period, 22), companies }))
}

/// On the screen, loaded.
fn app() -> AppDriver {
    let mut app = AppDriver::with(four());
    assert_eq!(requests(&app.press("4")), [Request::GetUsage(GetUsage { period: november() })]);
    let out = app.answer(overall(november()));
    let october = november().month_before();
    assert_eq!(requests(&out), [Request::GetUsage(GetUsage { period: october })], "to compare with");
    app.answer(overall(october));
    app
}

fn order(app: &AppDriver) -> String {
    let pane = &app.model.usage;
    (0..pane.order.len()).filter_map(|row| pane.company(row)).map(|(_, row)| row.company.as_str()).collect()
}

/// What the only account answered.
fn first(app: &AppDriver) -> &Remote<Overall> {
    &app.model.usage.parts[0].all
}

/// Only what is about usage; the list asks for its changes on its own.
fn asked(effects: &[Effect]) -> Vec<Request> {
    let mut all = requests(effects);
    all.retain(|request| request.operation() == Operation::LoadUsage);
    all
}

#[test]
fn the_screen_is_asked_for_once_and_again_when_it_is_old() {
    let mut app = app();
    assert_eq!(asked(&app.press("j k 1 4")), [], "what is there and fresh is not asked for again");
    assert_eq!(asked(&app.pass(299_000)), []);
    assert_eq!(asked(&app.pass(1_000)), [Request::GetUsage(GetUsage { period: november() })]);
    assert_eq!(asked(&app.pass(1_000)), [], "one question at a time");
}

#[test]
fn nothing_wakes_the_screen_before_it_is_old() {
    let app = app();
    let next = next_wake(&app.model).unwrap();
    assert!(next > app.now, "a moment that has passed would be a loop");
}

#[test]
fn what_costs_most_stands_first_and_an_order_can_be_turned_round() {
    let mut app = app();
    assert_eq!(order(&app), "BCAD");
    app.press("S");
    assert_eq!(order(&app), "DACB");
    app.press("s 1");
    assert_eq!(app.model.usage.sort, TableSort { column: UsageColumn::Name, descending: false });
    assert_eq!(order(&app), "ABCD");
    app.press("s 1");
    assert_eq!(order(&app), "DCBA", "chosen again it is turned round");
    app.press("s g j j enter");
    assert_eq!(order(&app), "CABD", "by share of the limit; without a limit they come last");
}

#[test]
fn the_cursor_stays_on_its_company_whatever_the_order() {
    let mut app = app();
    assert_eq!(app.selected().as_deref(), Some("B"), "the first row is the default");
    app.press("S");
    assert_eq!(app.selected().as_deref(), Some("D"), "nobody had moved it");
    app.press("j");
    assert_eq!(app.selected().as_deref(), Some("A"));
    app.press("S s 1");
    assert_eq!((app.selected().as_deref(), app.model.usage.cursor_row()), (Some("A"), Some(0)));
    app.press("r");
    let companies = vec![row("B", 9, None), row("C", 7, None)];
    app.answer(Answer::Usage(Box::new(Overall { usage: usage(november(), 1), companies })));
    assert_eq!(app.model.usage.cursor_row(), None, "a company that left takes the cursor with it");
    app.press("j");
    assert_eq!(app.selected().as_deref(), Some("C"));
}

#[test]
fn another_period_is_asked_for_once_and_the_late_answer_to_the_old_one_is_dropped() {
    let mut app = AppDriver::with(four());
    app.press("4");
    let old = app.waiting(|effect| matches!(effect, Effect::Call { request: Request::GetUsage(_), .. }));
    let october = november().month_before();
    let out = app.press("p j enter");
    assert_eq!(requests(&out), [Request::GetUsage(GetUsage { period: october })]);
    assert!(out.contains(&Effect::Cancel { ticket: old }));
    let Answer::Usage(late) = overall(november()) else { unreachable!() };
    app.reply(old, Reply::Api(Ok(Answer::Usage(late))));
    assert_eq!(first(&app).value(), None);
    app.answer(overall(october));
    assert_eq!(first(&app).value().unwrap().usage.period, october);
    assert_eq!(asked(&app.pass(1_000)), []);
}

#[test]
fn a_table_that_is_not_shown_has_no_company_to_act_on() {
    let mut app = app();
    app.press("j");
    assert_eq!(app.selected().as_deref(), Some("C"));
    let october = november().month_before();
    app.press("p 2");
    assert_eq!((app.selected(), Command::Launch.ready(&app.model)), (None, Err(DisabledReason::NoCompany)));
    app.answer(overall(october));
    assert_eq!(app.selected().as_deref(), Some("C"), "and there it is again");
}

#[test]
fn the_period_is_that_of_the_tab_as_well() {
    let mut app = app();
    let october = november().month_before();
    app.press("p 2");
    app.answer(overall(october));
    assert_eq!(period(&app.model), october);
    let a = CompanyId::new("B");
    app.pass(300);
    assert_eq!(
        requests(&app.press("enter")),
        [Request::GetCompanyUsage(GetCompanyUsage { company: a.clone(), period: october })],
        "Enter leads to the company at this tab"
    );
    app.answer(Answer::CompanyUsage(Box::new(usage(october, 3))));
    assert_eq!(
        requests(&app.press("p g enter")),
        [Request::GetCompanyUsage(GetCompanyUsage { company: a, period: november() })]
    );
    assert_eq!(app.model.usage.period, None, "this month goes on with the calendar");
}

#[test]
fn the_tab_is_loaded_again_for_a_new_revision_of_the_company() {
    let mut app = app();
    app.press("enter");
    app.answer(Answer::CompanyUsage(Box::new(usage(november(), 3))));
    app.press("r");
    app.answer(Answer::CompanyUsage(Box::new(usage(november(), 4))));
    let out = app.answer(changes(vec![newer(company("B", "Brightwater"))], &[]));
    assert_eq!(asked(&out).len(), 1);
    assert!(app.model.selected_details().unwrap().usage.value().is_some(), "the old numbers stay meanwhile");
}

#[test]
fn a_failure_keeps_the_numbers_and_is_tried_again_after_a_pause() {
    let mut app = app();
    app.press("r");
    app.fail(lost(Operation::LoadUsage));
    assert!(first(&app).value().is_some() && first(&app).error().is_some());
    assert_eq!(asked(&app.pass(29_000)), []);
    assert_eq!(asked(&app.pass(1_000)).len(), 1);
}

#[test]
fn the_table_has_no_order_where_there_is_no_table() {
    let mut app = AppDriver::with(four());
    assert_eq!(Command::UsageSort.ready(&app.model), Err(DisabledReason::OnlyOn(Screen::Usage)));
    app.press("enter [ [");
    assert_eq!(Command::Period.ready(&app.model), Ok(()));
    assert_eq!(Command::UsageReverse.ready(&app.model), Err(DisabledReason::OnlyOn(Screen::Usage)));
}

/// A list wide and low enough that only some of its rows are visible.
fn wide_list() -> AppDriver {
    let many = (0..40).map(|at| company(&format!("N{at:02}"), &format!("Name {at:02}"))).collect();
    let mut app = AppDriver::with(many);
    app.model.list.columns.0.push(ListColumn::Usage);
    app.send(Msg::Resize(Size { width: 180, height: 16 }));
    app
}

fn curves_of(effects: &[Effect]) -> Vec<Vec<String>> {
    let ids = |request: &Request| match request {
        Request::GetCurves(GetCurves { companies, .. }) => Some(companies.iter().map(ToString::to_string).collect()),
        _ => None,
    };
    requests(effects).iter().filter_map(ids).collect()
}

#[test]
fn curves_are_asked_for_the_visible_rows_only_and_once() {
    let mut app = wide_list();
    let out = app.pass(1_000);
    let visible: Vec<String> = (0..10).map(|at| format!("N{at:02}")).collect();
    assert_eq!(curves_of(&out), [visible]);
    assert_eq!(curves_of(&app.pass(1_000)), [[""; 0]; 0], "one question at a time");
    app.answer(Answer::Curves(vec![row("N00", 4, None)]));
    assert_eq!(curves_of(&app.pass(1_000)), [[""; 0]; 0], "also not for those that the server does not know");
    let known = &app.model.usage.curves.known;
    assert_eq!((known.len(), known[&key_of("N00")].daily.len(), known[&key_of("N01")].daily.len()), (10, 22, 0));
    assert_eq!(curves_of(&app.press("G")), [[""; 0]; 0], "the cursor has not rested yet");
    assert_eq!(curves_of(&app.pass(150))[0].first().map(String::as_str), Some("N30"));
}

#[test]
fn curves_of_a_narrow_list_are_not_asked_for() {
    let mut app = AppDriver::with(four());
    app.model.list.columns.0.push(ListColumn::Usage);
    assert_eq!(curves_of(&app.pass(1_000)), [[""; 0]; 0]);
}

#[test]
fn curves_that_nobody_chose_to_see_are_not_asked_for() {
    let mut app = wide_list();
    app.model.list.columns = Columns::default();
    assert_eq!(curves_of(&app.pass(1_000)), [[""; 0]; 0]);
}

#[test]
fn a_failed_curve_is_silent_and_waits_for_the_refresh_key() {
    let mut app = wide_list();
    app.pass(1_000);
    app.fail(lost(Operation::LoadUsage));
    assert_eq!((app.model.toasts.len(), app.model.last_trouble()), (0, None));
    assert_eq!(curves_of(&app.pass(60_000)), [[""; 0]; 0]);
    app.answer(changes(Vec::new(), &[]));
    assert_eq!(curves_of(&app.press("r")).len(), 1);
}

#[test]
fn a_new_revision_of_a_company_has_a_new_curve() {
    let mut app = wide_list();
    app.pass(1_000);
    app.answer(Answer::Curves(Vec::new()));
    app.press("r");
    let out = app.answer(changes(vec![newer(company("N03", "Name 03"))], &[]));
    assert_eq!(curves_of(&out), [["N03"]]);
}

#[test]
fn a_stray_ticket_does_not_pass_for_a_curve() {
    let mut app = wide_list();
    app.pass(1_000);
    let curves = &mut app.model.usage.curves;
    curves.settle(Ticket(999), Some(vec![row("N00", 4, None)]));
    assert!(curves.known.is_empty() && curves.open.is_some());
}
