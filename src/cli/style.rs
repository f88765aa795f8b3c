//! How results are told to people: in which language, zone and width. Programs get the contract's words and RFC 3339.

use crate::cli::Exit;
use crate::cli::error::CliError;
use crate::clock;
use crate::domain::lang::Lang;
use crate::domain::moment::{self, MomentProblem};
use jiff::Timestamp;
use jiff::tz::TimeZone;

#[derive(Debug, Clone)]
pub struct Style {
    /// Of headings; German has words of its own for the contract's, too.
    pub lang: Lang,
    pub zone: TimeZone,
    /// The columns of the terminal; none where nobody looks.
    pub width: Option<usize>,
}

impl Style {
    /// A moment to the minute. In UTC it says so.
    pub fn time(&self, moment: Timestamp) -> String {
        let format = if self.zone == TimeZone::UTC { "%Y-%m-%d %H:%MZ" } else { "%Y-%m-%d %H:%M" };
        moment.to_zoned(self.zone.clone()).strftime(format).to_string()
    }

    /// When something was, as it was typed behind this flag; `None` is now.
    pub fn past(&self, flag: &str, typed: &str) -> Result<Option<Timestamp>, CliError> {
        moment::past(typed, clock::now(), &self.zone).map_err(|problem| refused(flag, typed, problem))
    }

    /// When something will be.
    pub fn ahead(&self, flag: &str, typed: &str) -> Result<Timestamp, CliError> {
        moment::ahead(typed, clock::now(), &self.zone).map_err(|problem| refused(flag, typed, problem))
    }
}

fn refused(flag: &str, typed: &str, problem: MomentProblem) -> CliError {
    let said = match problem {
        MomentProblem::Unreadable => {
            "is no time: write it like 2026-11-28, \"2026-11-28 09:30\", 14:30, yesterday, \"2d ago\" or \
             2026-11-28T09:30:00Z"
        }
        MomentProblem::Ahead => "lies ahead",
        MomentProblem::Passed => "has passed: write it like 7d, tomorrow or 2026-12-24",
    };
    CliError::Message(format!("{flag} {typed} {said}."), Exit::Usage)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_told_in_the_zone() {
        let moment = "2026-11-22T23:30:59Z".parse().unwrap();
        let told = |zone| Style { lang: Lang::En, zone, width: None }.time(moment);
        assert_eq!(told(TimeZone::UTC), "2026-11-22 23:30Z");
        assert_eq!(told(TimeZone::fixed(jiff::tz::offset(1))), "2026-11-23 00:30");
    }
}
