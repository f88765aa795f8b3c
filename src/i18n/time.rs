//! Dates, times and numbers as a language writes them.

use crate::domain::lang::Lang;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

const MONTHS_EN: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const MONTHS_DE: [&str; 12] =
    ["Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sep.", "Okt.", "Nov.", "Dez."];

const WHOLE_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const WHOLE_DE: [&str; 12] = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];

/// So many days from today nobody takes a day for that of another year: a trial that ends in January is told without its
/// year in December, where a column has no room for it.
const NEAR: i32 = 92;

/// Writes moments for a person: in their language, in their time zone, as seen from now.
#[derive(Debug, Clone)]
pub struct Clock {
    /// The language.
    pub lang: Lang,
    /// The moment that is now.
    pub now: Timestamp,
    /// The user's time zone.
    pub zone: TimeZone,
}

impl Clock {
    /// A day: `6 Dec`, or `6 Dec 2027` where the year is not plain.
    pub fn day(&self, moment: Timestamp) -> String {
        self.civil_day(moment.to_zoned(self.zone.clone()).date())
    }

    /// How long ago, in few letters: `3 d`.
    pub fn ago_short(&self, moment: Timestamp) -> String {
        let seconds = self.now.as_second().saturating_sub(moment.as_second()).max(0);
        let (count, en, de) = match seconds {
            0..3_600 => (seconds / 60, "min", "Min."),
            3_600..86_400 => (seconds / 3_600, "h", "Std."),
            86_400..2_592_000 => (seconds / 86_400, "d", "Tg."),
            2_592_000..31_536_000 => (seconds / 2_592_000, "mo", "Mon."),
            _ => (seconds / 31_536_000, "y", "Jahre"),
        };
        format!("{count} {}", if self.lang == Lang::De { de } else { en })
    }

    /// A day of the calendar, whatever the zone: `6 Dec`, or `6 Dec 2027` where it is neither of this year nor near.
    pub fn civil_day(&self, then: Date) -> String {
        let today = self.now.to_zoned(self.zone.clone()).date();
        let near = then.since(today).is_ok_and(|span| span.get_days().abs() <= NEAR);
        let index = usize::try_from(then.month() - 1).unwrap_or(0);
        let day = then.day();
        let text = match self.lang {
            Lang::En => format!("{day} {}", MONTHS_EN.get(index).copied().unwrap_or("?")),
            Lang::De => format!("{day}. {}", MONTHS_DE.get(index).copied().unwrap_or("?")),
        };
        if then.year() == today.year() || near { text } else { format!("{text} {}", then.year()) }
    }

    /// A month by its whole name: `November 2026`.
    pub fn month(&self, day: Date) -> String {
        format!("{} {}", self.month_name(day), day.year())
    }

    /// A month in short, without its year: `Nov`.
    pub fn month_short(&self, day: Date) -> &'static str {
        let index = usize::try_from(day.month() - 1).unwrap_or(0);
        let names = if self.lang == Lang::De { MONTHS_DE } else { MONTHS_EN };
        names.get(index).copied().unwrap_or("?")
    }

    /// A month by its whole name, without its year: `November`.
    pub fn month_name(&self, day: Date) -> &'static str {
        let index = usize::try_from(day.month() - 1).unwrap_or(0);
        let names = if self.lang == Lang::De { WHOLE_DE } else { WHOLE_EN };
        names.get(index).copied().unwrap_or("?")
    }

    /// Days of one month, both included: `11–18 Nov`.
    pub fn civil_days(&self, first: Date, last: Date) -> String {
        if first == last {
            return self.civil_day(last);
        }
        let point = if self.lang == Lang::De { "." } else { "" };
        format!("{}{point}–{}", first.day(), self.civil_day(last))
    }

    /// A moment to the second, with its year and the zone it is told in: `6 Dec 2026, 14:30:05 CET`.
    pub fn exact(&self, moment: Timestamp) -> String {
        let then = moment.to_zoned(self.zone.clone());
        let index = usize::try_from(then.month() - 1).unwrap_or(0);
        let (day, year) = (then.day(), then.year());
        let date = match self.lang {
            Lang::En => format!("{day} {} {year}", MONTHS_EN.get(index).copied().unwrap_or("?")),
            Lang::De => format!("{day}. {} {year}", MONTHS_DE.get(index).copied().unwrap_or("?")),
        };
        let zone = self.zone.to_offset_info(moment);
        let (hour, minute, second) = (then.hour(), then.minute(), then.second());
        format!("{date}, {hour:02}:{minute:02}:{second:02} {}", zone.abbreviation())
    }

    /// A day and a time of day: `6 Dec 14:30`.
    pub fn moment(&self, moment: Timestamp) -> String {
        format!("{} {}", self.day(moment), self.time(moment))
    }

    /// A time of day: `14:30`.
    pub fn time(&self, moment: Timestamp) -> String {
        let then = moment.to_zoned(self.zone.clone());
        format!("{:02}:{:02}", then.hour(), then.minute())
    }

    /// A moment to look back to: `14:30` of today, `yesterday`, `6 Dec`.
    pub fn visit(&self, moment: Timestamp) -> String {
        let day = |moment: Timestamp| moment.to_zoned(self.zone.clone()).date();
        let (then, today) = (day(moment), day(self.now));
        match () {
            () if then == today => self.time(moment),
            () if then.tomorrow().is_ok_and(|next| next == today) && self.lang == Lang::De => "gestern".into(),
            () if then.tomorrow().is_ok_and(|next| next == today) => "yesterday".into(),
            () => self.day(moment),
        }
    }

    /// How long ago, in the largest unit that fits: `3 days ago`.
    pub fn ago(&self, moment: Timestamp) -> String {
        let seconds = self.now.as_second().saturating_sub(moment.as_second()).max(0);
        match (Unit::of(seconds), self.lang) {
            (None, Lang::En) => "just now".into(),
            (None, Lang::De) => "gerade eben".into(),
            (Some((count, unit)), Lang::En) => {
                format!("{count} {}{} ago", unit.en(), if count == 1 { "" } else { "s" })
            }
            (Some((count, unit)), Lang::De) => format!("vor {count} {}", unit.de(count == 1)),
        }
    }

    /// How long until then: `in 3 days`.
    pub fn ahead(&self, moment: Timestamp) -> String {
        let seconds = moment.as_second().saturating_sub(self.now.as_second());
        match (Unit::of(seconds), self.lang) {
            (None, Lang::En) => "in a moment".into(),
            (None, Lang::De) => "gleich".into(),
            (Some((count, unit)), Lang::En) => format!("in {count} {}{}", unit.en(), if count == 1 { "" } else { "s" }),
            (Some((count, unit)), Lang::De) => format!("in {count} {}", unit.de(count == 1)),
        }
    }

    /// How long ago in the least room: `5 h`, `7 d`; the minutes of the last hour do not count.
    pub fn short(&self, moment: Timestamp) -> String {
        let seconds = self.now.as_second().saturating_sub(moment.as_second()).max(0);
        let (count, [en, de]) = match seconds {
            0..3_600 => return if self.lang == Lang::De { "eben".into() } else { "now".into() },
            3_600..86_400 => (seconds / 3_600, ["h", "h"]),
            86_400..2_592_000 => (seconds / 86_400, ["d", "Tg"]),
            2_592_000..31_536_000 => (seconds / 2_592_000, ["mo", "M"]),
            _ => (seconds / 31_536_000, ["y", "J"]),
        };
        format!("{count} {}", if self.lang == Lang::De { de } else { en })
    }
}

#[derive(Clone, Copy)]
enum Unit {
    Minute,
    Hour,
    Day,
    Month,
    Year,
}

impl Unit {
    /// The largest that fits into so many seconds, and how often; none into less than a minute.
    fn of(seconds: i64) -> Option<(i64, Self)> {
        Some(match seconds {
            ..60 => return None,
            60..3_600 => (seconds / 60, Self::Minute),
            3_600..86_400 => (seconds / 3_600, Self::Hour),
            86_400..2_592_000 => (seconds / 86_400, Self::Day),
            2_592_000..31_536_000 => (seconds / 2_592_000, Self::Month),
            _ => (seconds / 31_536_000, Self::Year),
        })
    }

    fn en(self) -> &'static str {
        match self {
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Month => "month",
            Self::Year => "year",
        }
    }

    fn de(self, one: bool) -> &'static str {
        match (self, one) {
            (Self::Minute, true) => "Minute",
            (Self::Minute, false) => "Minuten",
            (Self::Hour, true) => "Stunde",
            (Self::Hour, false) => "Stunden",
            (Self::Day, true) => "Tag",
            (Self::Day, false) => "Tagen",
            (Self::Month, true) => "Monat",
            (Self::Month, false) => "Monaten",
            (Self::Year, true) => "Jahr",
            (Self::Year, false) => "Jahren",
        }
    }
}

/// A number with its digits in groups of three.
pub(super) fn grouped(number: u64, separator: char) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clock(lang: Lang) -> Clock {
        Clock { lang, now: "2026-11-22T12:00:00Z".parse().unwrap(), zone: TimeZone::UTC }
    }

    #[test]
    fn days_name_the_year_only_when_it_is_another_and_not_near() {
        let (en, de) = (clock(Lang::En), clock(Lang::De));
        let this: Timestamp = "2026-12-06T09:05:00Z".parse().unwrap();
        let next: Timestamp = "2027-03-01T09:05:00Z".parse().unwrap();
        assert_eq!((en.day(this), de.day(this)), ("6 Dec".into(), "6. Dez.".into()));
        assert_eq!((en.day(next), de.day(next)), ("1 Mar 2027".into(), "1. März 2027".into()));
        assert_eq!(en.moment(this), "6 Dec 09:05");
        for (now, then, told) in [
            ("2026-12-31", "2027-01-14", "14 Jan"),
            ("2027-01-14", "2026-12-31", "31 Dec"),
            ("2026-12-31", "2027-04-02", "2 Apr"),
            ("2026-12-31", "2027-04-03", "3 Apr 2027"),
            ("2026-12-31", "2026-01-01", "1 Jan"),
            ("2026-12-31", "2025-12-31", "31 Dec 2025"),
        ] {
            let now = format!("{now}T12:00:00Z").parse().unwrap();
            assert_eq!(Clock { now, ..en.clone() }.civil_day(then.parse().unwrap()), told, "{now}");
        }
    }

    #[test]
    fn ages_are_in_the_largest_unit_and_the_right_number() {
        let (en, de) = (clock(Lang::En), clock(Lang::De));
        let ago = |seconds: i64| Timestamp::from_second(en.now.as_second() - seconds).unwrap();
        for (seconds, english, german) in [
            (-5, "just now", "gerade eben"),
            (59, "just now", "gerade eben"),
            (60, "1 minute ago", "vor 1 Minute"),
            (7_200, "2 hours ago", "vor 2 Stunden"),
            (86_400, "1 day ago", "vor 1 Tag"),
            (40 * 86_400, "1 month ago", "vor 1 Monat"),
            (800 * 86_400, "2 years ago", "vor 2 Jahren"),
        ] {
            assert_eq!((en.ago(ago(seconds)), de.ago(ago(seconds))), (english.into(), german.into()));
        }
        for (seconds, english, german) in [(60, "now", "eben"), (18_000, "5 h", "5 h"), (604_800, "7 d", "7 Tg")] {
            assert_eq!((en.short(ago(seconds)), de.short(ago(seconds))), (english.into(), german.into()));
        }
    }

    #[test]
    fn months_have_their_names_and_moments_their_zone() {
        let (en, de) = (clock(Lang::En), clock(Lang::De));
        let march: Date = "2026-03-09".parse().unwrap();
        assert_eq!((en.month(march), de.month(march)), ("March 2026".into(), "März 2026".into()));
        let first: Date = "2026-03-02".parse().unwrap();
        assert_eq!((en.civil_days(first, march), de.civil_days(first, march)), ("2–9 Mar".into(), "2.–9. März".into()));
        assert_eq!((en.civil_days(march, march), en.month_short(march)), ("9 Mar".into(), "Mar"));
        assert_eq!((en.civil_day(march), de.civil_day(march)), ("9 Mar".into(), "9. März".into()));
        let moment: Timestamp = "2026-12-06T13:30:05Z".parse().unwrap();
        assert_eq!(en.exact(moment), "6 Dec 2026, 13:30:05 UTC");
        let berlin = TimeZone::fixed(jiff::tz::offset(1));
        assert_eq!(Clock { zone: berlin, ..de }.exact(moment), "6. Dez. 2026, 14:30:05 +01");
    }

    #[test]
    fn digits_are_grouped() {
        assert_eq!(grouped(0, ','), "0");
        assert_eq!(grouped(999, ','), "999");
        assert_eq!(grouped(1_284, ','), "1,284");
        assert_eq!(grouped(1_234_567, '.'), "1.234.567");
    }

    #[test]
    fn the_ends_of_time_can_be_written() {
        for moment in [Timestamp::MIN, Timestamp::MAX] {
            assert!(!clock(Lang::En).moment(moment).is_empty());
            assert!(!clock(Lang::De).ago(moment).is_empty());
        }
    }
}
