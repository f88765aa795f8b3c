//! `mspdash usage` and `mspdash activity`: arguments.

use super::{AccountList, ListArgs, words};
use crate::cli::{complete, exit};
use crate::domain::activity::Action;
use crate::domain::usage::{self, LONGEST, Period};
use clap::Args;
use jiff::civil::Date;
use std::str::FromStr;

#[derive(Debug, Args)]
#[command(after_help = exit::HELP)]
pub struct Usage {
    /// One company, by its id, its exact name, or its external id [default: all companies together].
    #[arg(add = complete::company())]
    pub company: Option<String>,
    /// A month, such as 2026-11 [default: this one, in UTC].
    #[arg(long, value_name = "YYYY-MM", conflicts_with_all = ["from", "to"])]
    pub month: Option<Month>,
    /// The first day.
    #[arg(long, value_name = "YYYY-MM-DD", requires = "to", value_parser = day)]
    pub from: Option<Date>,
    /// The last day, at most 366 days on.
    #[arg(long, value_name = "YYYY-MM-DD", requires = "from", value_parser = day)]
    pub to: Option<Date>,
    #[command(flatten)]
    pub list: ListArgs,
}

impl Usage {
    /// The days asked about; today decides when nothing else does.
    pub fn period(&self, today: Date) -> Period {
        match (self.from, self.to, self.month) {
            (Some(start), Some(end), _) => Period { start, end },
            (_, _, Some(Month(period))) => period,
            _ => Period::month_of(today),
        }
    }

    pub(super) fn checked(&self) -> Result<(), String> {
        match (self.from, self.to) {
            (Some(from), Some(to)) if to < from => Err(format!("--to {to} is before --from {from}.")),
            (Some(from), Some(to)) if Period::between(from, to).is_none() => {
                Err(format!("--to {to} is more than {LONGEST} days after --from {from}."))
            }
            _ => Ok(()),
        }
    }
}

/// A calendar month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Month(pub Period);

impl FromStr for Month {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let first = day(&format!("{}-01", text.trim())).map_err(|_| "expected a month such as 2026-11".to_owned())?;
        Ok(Self(Period::month_of(first)))
    }
}

fn day(text: &str) -> Result<Date, String> {
    usage::day(text.trim()).ok_or_else(|| "expected a day such as 2026-11-30, not before 2000".to_owned())
}

#[derive(Debug, Args)]
#[command(after_help = exit::HELP)]
pub struct Attention {
    /// Only what falls due within this time, such as 7d, 12h or 2w: trials and links that end.
    #[arg(long, value_name = "TIME")]
    pub within: Option<String>,
    #[command(flatten)]
    pub list: AccountList,
}

#[derive(Debug, Args)]
#[command(after_help = exit::HELP)]
pub struct Activity {
    /// Only what was done to this company: its id, its exact name, or its external id.
    #[arg(long, value_name = "COMPANY", add = complete::company())]
    pub company: Option<String>,
    /// Only what was done by people whose name has this text.
    #[arg(long, value_name = "TEXT")]
    pub actor: Option<String>,
    /// Only this kind, e.g. company-launched.
    #[arg(long, value_name = "ACTION", value_parser = words::action)]
    pub action: Option<Action>,
    #[command(flatten)]
    pub list: ListArgs,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_all_its_days() {
        let Month(period) = "2028-02".parse().unwrap();
        assert_eq!((period.start.to_string(), period.end.to_string()), ("2028-02-01".into(), "2028-02-29".into()));
        for wrong in ["2028", "2028-2", "2028-13", "2028-02-01", "", "Feb"] {
            assert!(wrong.parse::<Month>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn days_are_written_in_one_way() {
        assert!(day("2026-11-30").is_ok());
        for wrong in ["20261130", "2026-11-31", "2026-11-30T00:00", "yesterday"] {
            assert!(day(wrong).is_err(), "{wrong}");
        }
    }
}
