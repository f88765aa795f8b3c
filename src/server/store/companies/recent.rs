//! Answers about changes that were found a moment ago. One change wakes every dashboard, and most of them ask the same: from
//! the same place, as the same technician. It is looked for once.

use super::ChangedCompanies;
use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// So long an answer is told to others, by the clock of the machine and by the server's.
const RECENT: Duration = Duration::from_secs(1);
/// Of technicians that work at the same time, with what each asks before and after a change.
const KEPT: usize = 128;

/// What was found, and when something changes next by time alone.
#[derive(Clone)]
pub struct Found {
    pub changes: ChangedCompanies,
    pub due: Option<i64>,
}

impl Found {
    pub fn is_news(&self) -> bool {
        let ChangedCompanies { companies, removed, has_more, .. } = &self.changes;
        !companies.is_empty() || !removed.is_empty() || *has_more
    }
}

/// What an answer depends on, besides the database and the time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Of the technician, as in a company's `granted_mask`.
    pub bit: i64,
    pub since: i64,
    pub size: i64,
}

struct Answer {
    asked: Asked,
    found: Found,
    at: Moment,
}

/// When an answer was found, or a question is asked.
#[derive(Debug, Clone, Copy)]
pub struct Moment {
    /// Of the machine, which nobody sets.
    pub machine: Instant,
    /// Of the server's clock, in milliseconds since 1970.
    pub server: i64,
}

impl Answer {
    fn is_recent(&self, now: Moment) -> bool {
        let since = now.server.checked_sub(self.at.server).and_then(|since| u64::try_from(since).ok());
        now.machine.saturating_duration_since(self.at.machine) <= RECENT
            && since.is_some_and(|since| Duration::from_millis(since) <= RECENT)
    }
}

#[derive(Default)]
pub struct Recent(Mutex<VecDeque<Answer>>);

impl Recent {
    /// The answer to this question, if one was found that knows of `change`, and no deadline has passed since.
    pub fn find(&self, asked: &Asked, change: u64, now: Moment) -> Option<Found> {
        let answers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let fits = |answer: &&Answer| {
            answer.asked == *asked
                && u64::try_from(answer.found.changes.upto).is_ok_and(|upto| upto >= change)
                && answer.is_recent(now)
                && answer.found.due.is_none_or(|due| now.server < due)
        };
        answers.iter().rev().find(fits).map(|answer| answer.found.clone())
    }

    pub fn keep(&self, asked: Asked, found: &Found, now: Moment) {
        let mut answers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        answers.retain(|answer| answer.asked != asked && answer.is_recent(now));
        if answers.len() == KEPT {
            answers.pop_front();
        }
        answers.push_back(Answer { asked, found: found.clone(), at: now });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(upto: i64, due: Option<i64>) -> Found {
        let changes = ChangedCompanies { companies: Vec::new(), removed: Vec::new(), upto, has_more: false };
        Found { changes, due }
    }

    #[test]
    fn an_answer_is_for_the_same_question_until_something_changes_or_time_has_passed() {
        let recent = Recent::default();
        let asked = |bit, since, size| Asked { bit, since, size };
        let start = Instant::now();
        let at = |server| Moment { machine: start, server };
        recent.keep(asked(2, 5, 100), &found(7, Some(1500)), at(1000));
        assert_eq!(recent.find(&asked(2, 5, 100), 7, at(1000)).unwrap().changes.upto, 7);
        for (other, change, now) in [
            (asked(4, 5, 100), 7, 1000),
            (asked(2, 6, 100), 7, 1000),
            (asked(2, 5, 10), 7, 1000),
            (asked(2, 5, 100), 8, 1000),
            (asked(2, 5, 100), 7, 1500),
            (asked(2, 5, 100), 7, 999),
        ] {
            assert!(recent.find(&other, change, at(now)).is_none(), "{other:?} {change} {now}");
        }
        recent.keep(asked(2, 5, 100), &found(8, None), at(1500));
        assert!(recent.find(&asked(2, 5, 100), 8, at(2500)).is_some());
        assert!(recent.find(&asked(2, 5, 100), 8, at(2501)).is_none(), "who sees what by the time is told anew");
        let machine = |milliseconds| Moment { machine: start + Duration::from_millis(milliseconds), server: 1500 };
        assert!(recent.find(&asked(2, 5, 100), 8, machine(1000)).is_some());
        assert!(
            recent.find(&asked(2, 5, 100), 8, machine(1001)).is_none(),
            "also where the server's clock stands still"
        );
    }

    #[test]
    fn no_more_are_kept_than_there_are_dashboards_at_work() {
        let (recent, now) = (Recent::default(), Moment { machine: Instant::now(), server: 0 });
        for since in 0..1000 {
            recent.keep(Asked { bit: 1, since, size: 1 }, &found(since, None), now);
        }
        assert_eq!(recent.0.lock().unwrap().len(), KEPT);
        assert!(recent.find(&Asked { bit: 1, since: 999, size: 1 }, 999, now).is_some());
    }
}
