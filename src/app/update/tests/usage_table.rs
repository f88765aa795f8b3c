//! The table of usage: its search, the month before, and the file of what it shows.

use crate::app::effect::Effect;
use crate::app::features::usage::today;
use crate::app::fixture::*;
use crate::app::focus::{Focus, focus};
use crate::app::msg::Reply;
use crate::app::screen::Screen;
use crate::domain::error::Operation;
use crate::domain::id::CompanyId;
use crate::domain::request::{Answer, GetCompanyUsage, GetUsage, Request};
use crate::domain::usage::{CompanyUsage, Day, Overall, Period, Thousandths, Usage};

fn november() -> Period {
    Period::month_of(today(noon()))
}

fn usage(period: Period, seats: u32) -> Usage {
    Usage {
        period,
        net_usage: Thousandths(u64::from(seats) * 1_000),
        projection: None,
        peak: seats,
        limit: None,
        internal: None,
        days: vec![Day { date: period.start, seats }],
    }
}

fn overall(period: Period, rows: &[(&str, &str, u32)]) -> Answer {
    let row = |(id, name, seats): &(&str, &str, u32)| CompanyUsage {
        company: CompanyId::new(id),
        name: (*name).to_owned(),
        seats: *seats,
        peak: *seats,
        limit: None,
        net_usage: Thousandths(u64::from(*seats) * 1_000),
        projection: None,
        daily: Vec::new(),
    };
    let companies = rows.iter().map(row).collect();
    Answer::Usage(Box::new(Overall { usage: usage(period, rows.iter().map(|row| row.2).sum()), companies }))
}

const NAMES: [(&str, &str, u32); 4] =
    [("A", "Atelier Lumière", 9), ("B", "=Brightwater", 7), ("C", "Lumen AG", 5), ("D", "Zoë", 1)];

fn app() -> AppDriver {
    let mut app = AppDriver::with(four());
    app.press("4");
    app.answer(overall(november(), &NAMES));
    app
}

fn compared() -> AppDriver {
    let mut app = app();
    app.answer(overall(november().month_before(), &[("A", "Atelier", 10), ("B", "B", 4), ("D", "Z", 1)]));
    app
}

fn names(app: &AppDriver) -> Vec<&str> {
    let pane = &app.model.usage;
    (0..pane.order.len()).filter_map(|row| pane.company(row)).map(|(_, row)| row.name.as_str()).collect()
}

fn asked(effects: &[Effect]) -> Vec<Request> {
    let mut all = requests(effects);
    all.retain(|request| request.operation() == Operation::LoadUsage);
    all
}

#[test]
fn each_letter_narrows_the_table_and_esc_widens_it_around_what_was_found() {
    let mut app = compared();
    app.press("/");
    assert_eq!((focus(&app.model), app.model.screen), (Focus::UsageSearch, Screen::Usage));
    assert_eq!(app.type_in("lum"), []);
    assert_eq!((names(&app), app.model.usage.all), (vec!["Atelier Lumière", "Lumen AG"], 4));
    app.press("down enter");
    assert_eq!((app.selected().as_deref(), focus(&app.model)), (Some("C"), Focus::Screen(Screen::Usage)));
    assert_eq!(app.model.usage.total.as_ref().map(|total| total.peak), Some(22), "the sum is of all");
    app.press("esc");
    assert_eq!((names(&app).len(), app.selected().as_deref()), (4, Some("C")));
    assert_eq!(app.model.screen, Screen::Usage, "one layer at a time");
    app.press("/");
    app.type_in("lq");
    assert_eq!((names(&app).len(), app.selected()), (0, None), "what is not seen is not acted on");
    app.press("ctrl-c");
    assert_eq!((names(&app).len(), app.model.screen), (4, Screen::Usage));
}

/// In the tab there is no table, but what is typed after the key stays text.
#[test]
fn in_the_tab_the_key_searches_the_list() {
    let mut app = compared();
    app.press("enter /");
    assert_eq!(focus(&app.model), Focus::Search);
}

#[test]
fn the_month_before_is_asked_for_once_and_what_failed_by_the_refresh_key() {
    let mut app = app();
    app.fail(lost(Operation::LoadUsage));
    assert_eq!((app.model.usage.before, app.model.toasts.len()), (None, 0));
    assert_eq!(asked(&app.pass(60_000)), []);
    app.answer(changes(Vec::new(), &[]));
    let requests = asked(&app.press("r"));
    let (this, before) = (november(), november().month_before());
    assert_eq!(requests, [this, before].map(|period| Request::GetUsage(GetUsage { period })));
    app.answer(overall(november(), &NAMES));
    app.answer(overall(before, &NAMES));
    assert_eq!(app.model.usage.before, Some(Thousandths(22_000)));
    app.answer(changes(Vec::new(), &[]));
    assert_eq!(asked(&app.press("r")), [Request::GetUsage(GetUsage { period: this })], "it is over and stays");
}

#[test]
fn a_company_is_compared_with_its_month_before() {
    let mut app = compared();
    app.press("enter");
    let out = app.answer(Answer::CompanyUsage(Box::new(usage(november(), 9))));
    let before = GetCompanyUsage { company: CompanyId::new("A"), period: november().month_before() };
    assert_eq!(asked(&out), [Request::GetCompanyUsage(before.clone())]);
    app.answer(Answer::CompanyUsage(Box::new(usage(before.period, 4))));
    let details = app.model.selected_details().unwrap();
    assert_eq!(details.usage_before.value().map(|usage| usage.peak), Some(4));
    assert_eq!(details.usage.value().map(|usage| usage.peak), Some(9));
}

#[test]
fn what_changed_most_can_stand_first() {
    let mut app = compared();
    app.press("s G enter");
    assert_eq!(names(&app), ["=Brightwater", "Zoë", "Atelier Lumière", "Lumen AG"], "the unknown comes last");
}

#[track_caller]
fn written(out: &[Effect]) -> (String, String) {
    let [Effect::Write { path, text, .. }] = out else { panic!("{out:?}") };
    (path.display().to_string(), text.clone())
}

#[test]
fn the_file_is_what_is_shown() {
    let mut app = compared();
    app.press("s 1 /");
    app.type_in("b");
    app.press("enter E");
    let (path, text) = written(&app.press("enter"));
    assert!(path.ends_with("mspdash-usage-2026-11.csv"), "{path}");
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        lines,
        [
            "\u{feff}company_id,company_name,start_date,end_date,seats,seat_limit,peak,net_usage,projected_net_usage,net_usage_month_before",
            "B,'=Brightwater,2026-11-01,2026-11-30,7,,7,7.000,,4.000",
        ]
    );
    let ticket = app.waiting(|effect| matches!(effect, Effect::Write { .. }));
    app.reply(ticket, Reply::Written(Ok("/x".into())));
    app.press("enter");
    app.answer(Answer::CompanyUsage(Box::new(usage(november(), 9))));
    app.press("E");
    let (path, text) = written(&app.press("enter"));
    assert!(path.ends_with("mspdash-usage-2026-11-B.csv"), "{path}");
    assert_eq!(text.lines().skip(1).collect::<Vec<_>>(), ["B,Brightwater,2026-11-01,9"]);
}
