//! The usage on the screen as a table for other programs: the companies that are shown, in the order shown, or the days
//! of one company. Columns are named as the contract names them.

use super::{Shown, period, shown};
use crate::app::command::DisabledReason;
use crate::app::ctx::Ctx;
use crate::app::features::export::{ExportDialog, ExportKind};
use crate::app::model::Model;
use crate::domain::id::{CompanyKey, ProfileId};
use crate::domain::usage::{CompanyUsage, Period, Thousandths, Usage};
use jiff::civil::Date;

const COMPANIES: [&str; 10] = [
    "company_id",
    "company_name",
    "start_date",
    "end_date",
    "seats",
    "seat_limit",
    "peak",
    "net_usage",
    "projected_net_usage",
    "net_usage_month_before",
];
const DAYS: [&str; 4] = ["company_id", "company_name", "date", "seats"];

pub(in crate::app) fn enabled(model: &Model) -> Result<(), DisabledReason> {
    super::in_front(model)?;
    let there = match shown(model) {
        Some(Shown::Tab(key)) => of_company(model, &key).is_some(),
        _ => !model.usage.order.is_empty(),
    };
    if there { Ok(()) } else { Err(DisabledReason::NothingHere) }
}

pub(in crate::app) fn open(ctx: &mut Ctx<'_>) {
    let model = &mut *ctx.model;
    let month = period(model).start.strftime("%Y-%m").to_string();
    let dialog = match shown(model) {
        Some(Shown::Tab(key)) => {
            let name = format!("mspdash-usage-{month}-{}.csv", key.company);
            ExportDialog::table(ExportKind::Days, days(model, &key), &name)
        }
        _ => ExportDialog::table(ExportKind::Usage, companies(model), &format!("mspdash-usage-{month}.csv")),
    };
    model.overlays.open(dialog);
}

fn of_company<'a>(model: &'a Model, key: &CompanyKey) -> Option<&'a Usage> {
    let usage = model.details.get(key)?.usage.value()?;
    Some(usage).filter(|usage| usage.period == period(model) && !usage.days.is_empty())
}

/// With the heading; what is not known has an empty cell.
fn companies(model: &Model) -> Vec<Vec<String>> {
    let (pane, shown) = (&model.usage, period(model));
    let several = model.accounts.several();
    let heading = several.then_some("profile").into_iter().chain(COMPANIES).map(str::to_owned).collect();
    let row = |(profile, company): (&ProfileId, &CompanyUsage)| {
        let label = model.accounts.get(profile).map(|account| account.label.clone());
        let part = pane.parts.iter().find(|part| part.profile == *profile);
        let counted = part.and_then(|part| part.of(shown)).is_some_and(|all| !all.usage.days.is_empty());
        let before = part.and_then(|part| part.before(shown)?.companies.get(&company.company).copied());
        several.then(|| label.unwrap_or_default()).into_iter().chain(cells(shown, company, counted, before)).collect()
    };
    std::iter::once(heading).chain((0..pane.order.len()).filter_map(|at| pane.company(at).map(row))).collect()
}

fn cells(shown: Period, company: &CompanyUsage, counted: bool, before: Option<Thousandths>) -> [String; 10] {
    let known = |text: String| if counted { text } else { String::new() };
    let decimal = |number: Option<Thousandths>| number.map(|it| it.to_string()).unwrap_or_default();
    [
        company.company.to_string(),
        company.name.clone(),
        shown.start.to_string(),
        shown.end.to_string(),
        known(company.seats.to_string()),
        company.limit.map(|limit| limit.to_string()).unwrap_or_default(),
        known(company.peak.to_string()),
        known(company.net_usage.to_string()),
        decimal(company.projection),
        decimal(before),
    ]
}

fn days(model: &Model, key: &CompanyKey) -> Vec<Vec<String>> {
    let name = model.roster.get(key).map(|company| company.name.clone()).unwrap_or_default();
    let row =
        |(date, seats): (Date, u32)| vec![key.company.to_string(), name.clone(), date.to_string(), seats.to_string()];
    let days = of_company(model, key).map(|usage| usage.days.as_slice()).unwrap_or_default();
    let heading = DAYS.map(str::to_owned).to_vec();
    std::iter::once(heading).chain(days.iter().map(|day| row((day.date, day.seats)))).collect()
}
