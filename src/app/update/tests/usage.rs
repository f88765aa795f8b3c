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
fn desk() -> Desk {
    let mut desk = Desk::with(four());
    assert_eq!(requests(&desk.press("4")), [Request::GetUsage(GetUsage { period: november() })]);
    let out = desk.answer(overall(november()));
    let october = november().month_before();
    assert_eq!(requests(&out), [Request::GetUsage(GetUsage { period: october })], "to compare with");
    desk.answer(overall(october));
    desk
}

fn order(desk: &Desk) -> String {
    let pane = &desk.model.usage;
    (0..pane.order.len()).filter_map(|row| pane.company(row)).map(|(_, row)| row.company.as_str()).collect()
}

/// What the only account answered.
fn first(desk: &Desk) -> &Remote<Overall> {
    &desk.model.usage.parts[0].all
}

/// Only what is about usage; the list asks for its changes on its own.
fn asked(effects: &[Effect]) -> Vec<Request> {
    let mut all = requests(effects);
    all.retain(|request| request.operation() == Operation::LoadUsage);
    all
}

#[test]
fn the_screen_is_asked_for_once_and_again_when_it_is_old() {
    let mut desk = desk();
    assert_eq!(asked(&desk.press("j k 1 4")), [], "what is there and fresh is not asked for again");
    assert_eq!(asked(&desk.pass(299_000)), []);
    assert_eq!(asked(&desk.pass(1_000)), [Request::GetUsage(GetUsage { period: november() })]);
    assert_eq!(asked(&desk.pass(1_000)), [], "one question at a time");
}

#[test]
fn nothing_wakes_the_screen_before_it_is_old() {
    let desk = desk();
    let next = next_wake(&desk.model).unwrap();
    assert!(next > desk.now, "a moment that has passed would be a loop");
}

#[test]
fn what_costs_most_stands_first_and_an_order_can_be_turned_round() {
    let mut desk = desk();
    assert_eq!(order(&desk), "BCAD");
    desk.press("S");
    assert_eq!(order(&desk), "DACB");
    desk.press("s 1");
    assert_eq!(desk.model.usage.sort, TableSort { column: UsageColumn::Name, descending: false });
    assert_eq!(order(&desk), "ABCD");
    desk.press("s 1");
    assert_eq!(order(&desk), "DCBA", "chosen again it is turned round");
    desk.press("s g j j enter");
    assert_eq!(order(&desk), "CABD", "by share of the limit; without a limit they come last");
}

#[test]
fn the_cursor_stays_on_its_company_whatever_the_order() {
    let mut desk = desk();
    assert_eq!(desk.selected().as_deref(), Some("B"), "the first row is the default");
    desk.press("S");
    assert_eq!(desk.selected().as_deref(), Some("D"), "nobody had moved it");
    desk.press("j");
    assert_eq!(desk.selected().as_deref(), Some("A"));
    desk.press("S s 1");
    assert_eq!((desk.selected().as_deref(), desk.model.usage.cursor_row()), (Some("A"), Some(0)));
    desk.press("r");
    let companies = vec![row("B", 9, None), row("C", 7, None)];
    desk.answer(Answer::Usage(Box::new(Overall { usage: usage(november(), 1), companies })));
    assert_eq!(desk.model.usage.cursor_row(), None, "a company that left takes the cursor with it");
    desk.press("j");
    assert_eq!(desk.selected().as_deref(), Some("C"));
}

#[test]
fn another_period_is_asked_for_once_and_the_late_answer_to_the_old_one_is_dropped() {
    let mut desk = Desk::with(four());
    desk.press("4");
    let old = desk.waiting(|effect| matches!(effect, Effect::Call { request: Request::GetUsage(_), .. }));
    let october = november().month_before();
    let out = desk.press("p j enter");
    assert_eq!(requests(&out), [Request::GetUsage(GetUsage { period: october })]);
    assert!(out.contains(&Effect::Cancel { ticket: old }));
    let Answer::Usage(late) = overall(november()) else { unreachable!() };
    desk.reply(old, Reply::Api(Ok(Answer::Usage(late))));
    assert_eq!(first(&desk).value(), None);
    desk.answer(overall(october));
    assert_eq!(first(&desk).value().unwrap().usage.period, october);
    assert_eq!(asked(&desk.pass(1_000)), []);
}

#[test]
fn a_table_that_is_not_shown_has_no_company_to_act_on() {
    let mut desk = desk();
    desk.press("j");
    assert_eq!(desk.selected().as_deref(), Some("C"));
    let october = november().month_before();
    desk.press("p 2");
    assert_eq!((desk.selected(), Command::Launch.ready(&desk.model)), (None, Err(DisabledReason::NoCompany)));
    desk.answer(overall(october));
    assert_eq!(desk.selected().as_deref(), Some("C"), "and there it is again");
}

#[test]
fn the_period_is_that_of_the_tab_as_well() {
    let mut desk = desk();
    let october = november().month_before();
    desk.press("p 2");
    desk.answer(overall(october));
    assert_eq!(period(&desk.model), october);
    let a = CompanyId::new("B");
    assert_eq!(
        requests(&desk.press("enter")),
        [Request::GetCompanyUsage(GetCompanyUsage { company: a.clone(), period: october })],
        "Enter leads to the company at this tab"
    );
    desk.answer(Answer::CompanyUsage(Box::new(usage(october, 3))));
    assert_eq!(
        requests(&desk.press("p g enter")),
        [Request::GetCompanyUsage(GetCompanyUsage { company: a, period: november() })]
    );
    assert_eq!(desk.model.usage.period, None, "this month goes on with the calendar");
}

#[test]
fn the_tab_is_loaded_again_for_a_new_revision_of_the_company() {
    let mut desk = desk();
    desk.press("enter");
    desk.answer(Answer::CompanyUsage(Box::new(usage(november(), 3))));
    desk.press("r");
    desk.answer(Answer::CompanyUsage(Box::new(usage(november(), 4))));
    let out = desk.answer(changes(vec![newer(company("B", "Brightwater"))], &[]));
    assert_eq!(asked(&out).len(), 1);
    assert!(desk.model.selected_details().unwrap().usage.value().is_some(), "the old numbers stay meanwhile");
}

#[test]
fn a_failure_keeps_the_numbers_and_is_tried_again_after_a_pause() {
    let mut desk = desk();
    desk.press("r");
    desk.fail(lost(Operation::LoadUsage));
    assert!(first(&desk).value().is_some() && first(&desk).error().is_some());
    assert_eq!(asked(&desk.pass(29_000)), []);
    assert_eq!(asked(&desk.pass(1_000)).len(), 1);
}

#[test]
fn the_table_has_no_order_where_there_is_no_table() {
    let mut desk = Desk::with(four());
    assert_eq!(Command::UsageSort.ready(&desk.model), Err(DisabledReason::OnlyOn(Screen::Usage)));
    desk.press("enter [ [");
    assert_eq!(Command::Period.ready(&desk.model), Ok(()));
    assert_eq!(Command::UsageReverse.ready(&desk.model), Err(DisabledReason::OnlyOn(Screen::Usage)));
}

/// A list wide and low enough that only some of its rows are visible.
fn wide_list() -> Desk {
    let many = (0..40).map(|at| company(&format!("N{at:02}"), &format!("Name {at:02}"))).collect();
    let mut desk = Desk::with(many);
    desk.model.list.columns.0.push(ListColumn::Usage);
    desk.send(Msg::Resize(Size { width: 180, height: 16 }));
    desk
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
    let mut desk = wide_list();
    let out = desk.pass(1_000);
    let visible: Vec<String> = (0..10).map(|at| format!("N{at:02}")).collect();
    assert_eq!(curves_of(&out), [visible]);
    assert_eq!(curves_of(&desk.pass(1_000)), [[""; 0]; 0], "one question at a time");
    desk.answer(Answer::Curves(vec![row("N00", 4, None)]));
    assert_eq!(curves_of(&desk.pass(1_000)), [[""; 0]; 0], "also not for those that the server does not know");
    let known = &desk.model.usage.curves.known;
    assert_eq!((known.len(), known[&key_of("N00")].daily.len(), known[&key_of("N01")].daily.len()), (10, 22, 0));
    assert_eq!(curves_of(&desk.press("G")), [[""; 0]; 0], "the cursor has not rested yet");
    assert_eq!(curves_of(&desk.pass(150))[0].first().map(String::as_str), Some("N30"));
}

#[test]
fn curves_of_a_narrow_list_are_not_asked_for() {
    let mut desk = Desk::with(four());
    desk.model.list.columns.0.push(ListColumn::Usage);
    assert_eq!(curves_of(&desk.pass(1_000)), [[""; 0]; 0]);
}

#[test]
fn curves_that_nobody_chose_to_see_are_not_asked_for() {
    let mut desk = wide_list();
    desk.model.list.columns = Columns::default();
    assert_eq!(curves_of(&desk.pass(1_000)), [[""; 0]; 0]);
}

#[test]
fn a_failed_curve_is_silent_and_waits_for_the_refresh_key() {
    let mut desk = wide_list();
    desk.pass(1_000);
    desk.fail(lost(Operation::LoadUsage));
    assert_eq!((desk.model.toasts.len(), desk.model.last_trouble()), (0, None));
    assert_eq!(curves_of(&desk.pass(60_000)), [[""; 0]; 0]);
    desk.answer(changes(Vec::new(), &[]));
    assert_eq!(curves_of(&desk.press("r")).len(), 1);
}

#[test]
fn a_new_revision_of_a_company_has_a_new_curve() {
    let mut desk = wide_list();
    desk.pass(1_000);
    desk.answer(Answer::Curves(Vec::new()));
    desk.press("r");
    let out = desk.answer(changes(vec![newer(company("N03", "Name 03"))], &[]));
    assert_eq!(curves_of(&out), [["N03"]]);
}

#[test]
fn a_stray_ticket_does_not_pass_for_a_curve() {
    let mut desk = wide_list();
    desk.pass(1_000);
    let curves = &mut desk.model.usage.curves;
    curves.settle(Ticket(999), Some(vec![row("N00", 4, None)]));
    assert!(curves.known.is_empty() && curves.open.is_some());
}
