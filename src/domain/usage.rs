//! Usage of seats (support page *billing*): net usage is the sum of end-of-day seats ÷ the days of the period; a
//! projection to the end of the period is never mixed with the fact.

use super::id::CompanyId;
use jiff::civil::Date;
use serde::{Serialize, Serializer};

/// The longest period that can be asked about, in days.
pub const LONGEST: u32 = 366;
/// The first year that can be asked about.
const FIRST_YEAR: i16 = 2000;

/// A day as the contract writes it; the library reads more than one way to write a date.
pub fn day(text: &str) -> Option<Date> {
    text.parse::<Date>().ok().filter(|date| date.year() >= FIRST_YEAR && date.to_string() == text)
}

/// From day to day, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Period {
    #[serde(rename = "start_date")]
    pub start: Date,
    #[serde(rename = "end_date")]
    pub end: Date,
}

impl Period {
    pub fn month_of(day: Date) -> Self {
        Self { start: day.first_of_month(), end: day.last_of_month() }
    }

    /// The month before; the same one at the end of time.
    pub fn month_before(self) -> Self {
        self.start.first_of_month().yesterday().map_or(self, Self::month_of)
    }

    /// The month after; the same one at the end of time.
    pub fn month_after(self) -> Self {
        self.end.last_of_month().tomorrow().map_or(self, Self::month_of)
    }

    /// The period from one day to another; `None` when it ends before it begins or is too long.
    pub fn between(start: Date, end: Date) -> Option<Self> {
        Some(Self { start, end }).filter(|period| start <= end && period.days() <= LONGEST)
    }

    /// How many days it has.
    pub fn days(self) -> u32 {
        let days = self.start.until(self.end).map_or(0, |span| span.get_days());
        u32::try_from(days).unwrap_or(0) + 1
    }
}

/// A number of seats with three decimals, kept in thousandths: exact, unlike a float.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Thousandths(pub u64);

impl Thousandths {
    /// `sum` seats over `days` days, rounded half up; nothing over no days.
    pub fn ratio(sum: u64, days: u32) -> Self {
        let days = u64::from(days);
        if days == 0 { Self(0) } else { Self((sum.saturating_mul(2_000) + days) / (2 * days)) }
    }

    /// What it is more than another, negative where it is less.
    pub fn less(self, other: Self) -> i64 {
        let part = |number: Self| i64::try_from(number.0).unwrap_or(i64::MAX);
        part(self) - part(other)
    }

    /// Reads a decimal as the contract writes it: `12`, `12.5`, `12.345`; further digits are cut.
    pub fn read(text: &str) -> Option<Self> {
        let (whole, part) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !digits(whole) || !digits(part) {
            return None;
        }
        let thousandths: String = part.chars().chain("000".chars()).take(3).collect();
        Some(Self(whole.parse::<u64>().ok()?.checked_mul(1_000)?.checked_add(thousandths.parse().ok()?)?))
    }
}

impl Serialize for Thousandths {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl std::fmt::Display for Thousandths {
    /// As the contract writes it: always three decimals, with a point.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{:03}", self.0 / 1_000, self.0 % 1_000)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Day {
    /// Which day, in UTC.
    pub date: Date,
    /// Filled seats at its end.
    pub seats: u32,
}

/// Usage of one company, or of all together, in one period.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Usage {
    #[serde(flatten)]
    pub period: Period,
    /// Sum of the end-of-day seats ÷ days counted: the fact.
    pub net_usage: Thousandths,
    /// What net usage would be at the period's end if today's seats stayed; absent once the period is over.
    #[serde(rename = "projected_net_usage")]
    pub projection: Option<Thousandths>,
    /// Most seats at the end of any day.
    pub peak: u32,
    /// The seat limit; of one company only.
    #[serde(rename = "seat_limit")]
    pub limit: Option<u32>,
    /// Seats of the MSP's own account, apart from all companies'; over all only.
    #[serde(rename = "internal_seats")]
    pub internal: Option<Internal>,
    /// The days that are over, and today as it stands; oldest first.
    #[serde(rename = "daily_seats")]
    pub days: Vec<Day>,
}

/// Seats of the MSP's own people: five are included and are not billed (support page *billing*).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Internal {
    pub filled: u32,
    /// Included without charge.
    pub included: u32,
}

/// One company in the table of all.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CompanyUsage {
    #[serde(rename = "company_id")]
    pub company: CompanyId,
    #[serde(rename = "company_name")]
    pub name: String,
    /// Seats at the end of the last day counted.
    pub seats: u32,
    /// Most seats at the end of any day.
    pub peak: u32,
    #[serde(rename = "seat_limit")]
    pub limit: Option<u32>,
    pub net_usage: Thousandths,
    /// Net usage projected to the period's end.
    #[serde(rename = "projected_net_usage")]
    pub projection: Option<Thousandths>,
    #[serde(rename = "daily_seats")]
    pub daily: Vec<u32>,
}

/// Usage over all companies (contract: `GET usage`).
#[derive(Debug, Clone, PartialEq)]
pub struct Overall {
    pub usage: Usage,
    pub companies: Vec<CompanyUsage>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_has_its_days() {
        let february = Period::month_of("2028-02-11".parse().unwrap());
        assert_eq!((february.start.day(), february.end.day(), february.days()), (1, 29, 29));
        assert_eq!(february.month_before(), Period::month_of("2028-01-31".parse().unwrap()));
        assert_eq!(february.month_after().month_before(), february);
    }

    #[test]
    fn a_ratio_is_rounded_half_up_to_three_places() {
        assert_eq!(Thousandths::ratio(10, 3).to_string(), "3.333");
        assert_eq!(Thousandths::ratio(20, 3).to_string(), "6.667");
        assert_eq!(Thousandths::ratio(1, 2_000).to_string(), "0.001");
        assert_eq!(Thousandths::ratio(7, 0).to_string(), "0.000");
    }

    #[test]
    fn a_decimal_survives_the_way_there_and_back() {
        for text in ["0.000", "12.345", "999999.999"] {
            assert_eq!(Thousandths::read(text).unwrap().to_string(), text);
        }
        assert_eq!(Thousandths::read("12.5"), Some(Thousandths(12_500)));
        assert_eq!(Thousandths::read("12"), Some(Thousandths(12_000)));
        for bad in ["", ".", "-1.0", "1.x", "1e3", "99999999999999999999"] {
            assert_eq!(Thousandths::read(bad), None, "{bad}");
        }
    }
}
