//! A moment as a person types it: one grammar for the forms of the screen and the command line.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, Zoned};

/// Why a text is no moment that can be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MomentProblem {
    Unreadable,
    /// It lies ahead, where only the past makes sense.
    Ahead,
    /// It has passed, where only the future makes sense.
    Passed,
}

/// When something was or will be; `None` is now. A day alone is its beginning in the zone, and today is now: what was
/// seen today was not seen at midnight.
///
/// Reads `14:30`, `2026-11-21`, `21.11.2026`, `yesterday`, a day and a time, RFC 3339, `2d ago`, `in 3 hours`, and the
/// German words for them.
pub fn read(typed: &str, now: Timestamp, zone: &TimeZone) -> Result<Option<Timestamp>, MomentProblem> {
    let typed = typed.trim().to_lowercase();
    if ["", "now", "jetzt"].contains(&typed.as_str()) {
        return Ok(None);
    }
    if let Ok(moment) = typed.to_uppercase().parse::<Timestamp>() {
        return Ok(Some(moment));
    }
    let here = now.to_zoned(zone.clone());
    let read = distance(&typed, &here).or_else(|| civil(&typed, &here)).ok_or(MomentProblem::Unreadable)?;
    Ok((read != now).then_some(read))
}

/// When something was.
pub fn past(typed: &str, now: Timestamp, zone: &TimeZone) -> Result<Option<Timestamp>, MomentProblem> {
    let read = read(typed, now, zone)?;
    if read.is_some_and(|moment| moment > now) { Err(MomentProblem::Ahead) } else { Ok(read) }
}

/// When something will be; a distance alone (`7d`) counts from now.
pub fn ahead(typed: &str, now: Timestamp, zone: &TimeZone) -> Result<Timestamp, MomentProblem> {
    let moment = match read(&format!("in {}", typed.trim()), now, zone) {
        Err(_) => read(typed, now, zone)?,
        distance => distance?,
    };
    moment.filter(|moment| *moment > now).ok_or(MomentProblem::Passed)
}

/// How far off: `2d ago`, `in 3 hours`, `vor 2 Tagen`.
fn distance(typed: &str, here: &Zoned) -> Option<Timestamp> {
    let back = typed.strip_suffix(" ago").or_else(|| typed.strip_prefix("vor "));
    let (back, text) = match (back, typed.strip_prefix("in ")) {
        (Some(text), _) => (true, text),
        (None, Some(text)) => (false, text),
        (None, None) => return None,
    };
    let span = span(text)?;
    let moved = if back { here.checked_sub(span) } else { here.checked_add(span) };
    Some(moved.ok()?.timestamp())
}

/// So much time: `7d`, `12h`, `90 minutes`, `2 Wochen`.
pub fn span(text: &str) -> Option<Span> {
    let text = text.trim().to_lowercase();
    let (number, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit())?);
    let number: i64 = number.parse().ok()?;
    let span = Span::new();
    match unit.trim() {
        "m" | "min" | "minute" | "minutes" | "minuten" => span.try_minutes(number),
        "h" | "hour" | "hours" | "stunde" | "stunden" => span.try_hours(number),
        "d" | "day" | "days" | "tag" | "tage" | "tagen" => span.try_days(number),
        "w" | "week" | "weeks" | "woche" | "wochen" => span.try_weeks(number),
        _ => return None,
    }
    .ok()
}

fn civil(typed: &str, here: &Zoned) -> Option<Timestamp> {
    let today = here.date();
    let dated = || typed.split_once('t').filter(|(first, _)| first.parse::<Date>().is_ok());
    let (first, rest) = typed.split_once(' ').or_else(dated).unwrap_or((typed, ""));
    let at = match (day(first, today), rest.trim()) {
        (Some(day), "") if day == today => return Some(here.timestamp()),
        (Some(day), "") => day.to_datetime(Time::midnight()),
        (Some(day), rest) => day.to_datetime(time(rest)?),
        (None, "") => today.to_datetime(time(first)?),
        (None, _) => return None,
    };
    Some(at.to_zoned(here.time_zone().clone()).ok()?.timestamp())
}

fn day(text: &str, today: Date) -> Option<Date> {
    match text {
        "today" | "heute" => return Some(today),
        "yesterday" | "gestern" => return today.yesterday().ok(),
        "tomorrow" | "morgen" => return today.tomorrow().ok(),
        _ => {}
    }
    if let [day, month, year] = text.split('.').collect::<Vec<_>>()[..] {
        return Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok();
    }
    text.parse().ok().filter(|_| text.len() == "2026-11-21".len())
}

fn time(text: &str) -> Option<Time> {
    let mut parts = text.split(':').map(|part| part.parse::<i8>().ok().filter(|_| part.len() <= 2));
    let (hour, minute, second) = (parts.next()??, parts.next()??, parts.next().unwrap_or(Some(0))?);
    Time::new(hour, minute, second, 0).ok().filter(|_| parts.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// In a zone one hour ahead of UTC it is 13:00.
    const NOW: &str = "2026-11-22T12:00:00Z";

    #[test]
    fn moments_are_read_as_people_write_them() {
        let now = NOW.parse().unwrap();
        let zone = TimeZone::fixed(jiff::tz::offset(1));
        let read = |typed: &str| read(typed, now, &zone).map(|moment| moment.map(|moment| moment.to_string()));
        for (typed, moment) in [
            ("", None),
            (" now ", None),
            ("Jetzt", None),
            ("today", None),
            ("2026-11-22", None),
            ("22.11.2026", None),
            ("12:59", Some("2026-11-22T11:59:00Z")),
            ("today 8:05", Some("2026-11-22T07:05:00Z")),
            ("2026-11-21", Some("2026-11-20T23:00:00Z")),
            ("yesterday", Some("2026-11-20T23:00:00Z")),
            ("Gestern 14:30", Some("2026-11-21T13:30:00Z")),
            ("21.11.2026 8:05", Some("2026-11-21T07:05:00Z")),
            ("2026-11-21T08:05", Some("2026-11-21T07:05:00Z")),
            ("2026-11-21 08:05:30", Some("2026-11-21T07:05:30Z")),
            ("2026-11-21T08:05:00Z", Some("2026-11-21T08:05:00Z")),
            ("2026-11-21t08:05:00+02:00", Some("2026-11-21T06:05:00Z")),
            ("2d ago", Some("2026-11-20T12:00:00Z")),
            ("90 minutes ago", Some("2026-11-22T10:30:00Z")),
            ("vor 2 Tagen", Some("2026-11-20T12:00:00Z")),
            ("in 1 week", Some("2026-11-29T12:00:00Z")),
            ("tomorrow", Some("2026-11-22T23:00:00Z")),
        ] {
            assert_eq!(read(typed), Ok(moment.map(str::to_owned)), "{typed}");
        }
        let wrong = [
            "25:00",
            "2026-02-30",
            "2026-11",
            "12",
            "12:30 2026-11-21",
            "99999999999.1.1",
            "2d",
            "ago",
            "x ago",
            "in -2d",
            "2026-11-21 noon",
            "1:2:3:4",
            "in 99999999999999d",
        ];
        for wrong in wrong {
            assert_eq!(read(wrong), Err(MomentProblem::Unreadable), "{wrong}");
        }
    }

    #[test]
    fn what_was_does_not_lie_ahead_and_what_will_be_has_not_passed() {
        let (now, zone) = (NOW.parse().unwrap(), TimeZone::UTC);
        for typed in ["12:01", "2026-11-23", "in 2h", "tomorrow"] {
            assert_eq!(past(typed, now, &zone), Err(MomentProblem::Ahead), "{typed}");
            assert!(ahead(typed, now, &zone).is_ok(), "{typed}");
        }
        for typed in ["", "today", "11:59", "yesterday", "2d ago", "0d"] {
            assert_eq!(ahead(typed, now, &zone), Err(MomentProblem::Passed), "{typed}");
        }
        assert_eq!(ahead("7d", now, &zone).map(|moment| moment.to_string()), Ok("2026-11-29T12:00:00Z".to_owned()));
        assert_eq!(past("noon", now, &zone), Err(MomentProblem::Unreadable));
    }
}
