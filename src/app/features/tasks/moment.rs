//! When something was done, as a person types it.

use crate::app::features::tasks::TaskProblem;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

/// Reads `14:30`, `2026-11-21`, `21.11.2026`, or a day and a time; a day alone is its beginning. `None`: now.
pub fn read(typed: &str, now: Timestamp, zone: &TimeZone) -> Result<Option<Timestamp>, TaskProblem> {
    let typed = typed.trim();
    if typed.is_empty() || ["now", "jetzt"].contains(&typed.to_lowercase().as_str()) {
        return Ok(None);
    }
    let today = now.to_zoned(zone.clone()).date();
    let (first, rest) = typed.split_once([' ', 'T']).unwrap_or((typed, ""));
    let at = match (day(first), rest.trim()) {
        (Some(day), "") => Some(day.to_datetime(Time::midnight())),
        (Some(day), rest) => time(rest).map(|time| day.to_datetime(time)),
        (None, "") => time(first).map(|time| today.to_datetime(time)),
        (None, _) => None,
    };
    let moment = at.and_then(|at: DateTime| at.to_zoned(zone.clone()).ok()).ok_or(TaskProblem::NoMoment)?.timestamp();
    if moment > now { Err(TaskProblem::Ahead) } else { Ok(Some(moment)) }
}

fn day(text: &str) -> Option<Date> {
    if let [day, month, year] = text.split('.').collect::<Vec<_>>()[..] {
        return Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok();
    }
    text.parse().ok().filter(|_| text.len() == "2026-11-21".len())
}

fn time(text: &str) -> Option<Time> {
    let (hour, minute) = text.split_once(':')?;
    Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_times_are_read_in_the_zone_and_nothing_ahead() {
        let now = "2026-11-22T12:00:00Z".parse().unwrap();
        let zone = TimeZone::fixed(jiff::tz::offset(1));
        let read = |typed: &str| read(typed, now, &zone).map(|moment| moment.map(|moment| moment.to_string()));
        for (typed, moment) in [
            ("", None),
            (" now ", None),
            ("Jetzt", None),
            ("12:59", Some("2026-11-22T11:59:00Z")),
            ("2026-11-22", Some("2026-11-21T23:00:00Z")),
            ("21.11.2026 8:05", Some("2026-11-21T07:05:00Z")),
            ("2026-11-21T08:05", Some("2026-11-21T07:05:00Z")),
        ] {
            assert_eq!(read(typed), Ok(moment.map(str::to_owned)), "{typed}");
        }
        assert_eq!(read("13:01"), Err(TaskProblem::Ahead));
        assert_eq!(read("2026-11-23"), Err(TaskProblem::Ahead));
        for wrong in ["yesterday", "25:00", "2026-02-30", "2026-11", "12", "12:30 2026-11-21", "99999999999.1.1"] {
            assert_eq!(read(wrong), Err(TaskProblem::NoMoment), "{wrong}");
        }
    }
}
