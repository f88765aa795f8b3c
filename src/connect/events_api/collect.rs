//! Pages into one reading: each event once, and an end for pages that have none.

use super::event::Recorded;
use super::shapes::Page;
use super::{Failure, Gap, Mark, Reading, Start, unreadable};
use crate::domain::source::SourceReason;
use jiff::Timestamp;
use serde_json::Value;
use std::collections::HashSet;

/// One after the other without an event, though there is said to be more.
const MOST_EMPTY: u32 = 3;

pub struct Collector<E> {
    account: Option<String>,
    events: Vec<E>,
    ids: HashSet<String>,
    /// The place that was asked for last, and those before it.
    cursor: Option<String>,
    cursors: HashSet<String>,
    newest: Option<Timestamp>,
    empty: u32,
    private: u32,
    unreadable: u32,
    complete: bool,
}

/// What a page leads to.
#[derive(Debug, PartialEq, Eq)]
pub enum Step {
    GoOn(String),
    End,
    Circle,
}

impl<E: Recorded> Collector<E> {
    pub fn new(account: Option<&str>, from: &Start) -> Self {
        let cursors = match from {
            Start::Cursor(cursor) => HashSet::from([cursor.clone()]),
            Start::Time(_) => HashSet::new(),
        };
        Self {
            account: account.map(str::to_owned),
            events: Vec::new(),
            ids: HashSet::new(),
            cursor: None,
            cursors,
            newest: None,
            empty: 0,
            private: 0,
            unreadable: 0,
            complete: false,
        }
    }

    /// Takes a page in as a whole, or not at all.
    pub fn take(&mut self, page: Page) -> Result<Step, Failure> {
        if page.cursor.is_empty() {
            return Err(unreadable("a page has no cursor"));
        }
        let items = match page.items {
            Value::Array(items) => items,
            Value::Null => Vec::new(),
            _ => return Err(unreadable("the events of a page are no list")),
        };
        let read: Vec<Option<E>> = items.iter().map(E::read).collect();
        self.check_account(&read)?;
        let empty = read.is_empty();
        for event in read {
            self.keep(event);
        }
        let known = !self.cursors.insert(page.cursor.clone());
        if known && page.has_more && !empty {
            // It goes on from where it was, or begins here again.
            self.cursor.get_or_insert(page.cursor);
            return Ok(Step::Circle);
        }
        self.cursor = Some(page.cursor.clone());
        self.complete = !page.has_more;
        self.empty = if empty { self.empty + 1 } else { 0 };
        Ok(if self.complete || self.empty >= MOST_EMPTY { Step::End } else { Step::GoOn(page.cursor) })
    }

    fn check_account(&self, read: &[Option<E>]) -> Result<(), Failure> {
        let Some(own) = &self.account else { return Ok(()) };
        let elsewhere =
            |event: &E| event.stamp().account.as_ref().is_some_and(|account| !account.eq_ignore_ascii_case(own));
        if read.iter().flatten().any(elsewhere) {
            let detail = "1Password answers with events of another account";
            return Err(Failure::new(SourceReason::WrongAccount, detail));
        }
        Ok(())
    }

    fn keep(&mut self, event: Option<E>) {
        let Some(event) = event else {
            self.unreadable = self.unreadable.saturating_add(1);
            return;
        };
        self.newest = self.newest.max(Some(event.stamp().time));
        if !self.ids.insert(event.stamp().uuid.clone()) {
            return;
        }
        if event.is_private() {
            self.private = self.private.saturating_add(1);
        } else {
            self.events.push(event);
        }
    }

    /// `before`: what was read before this reading; `as_of`: when it began.
    pub fn reading(
        self,
        (before, as_of): (Timestamp, Timestamp),
        gap: Option<Gap>,
        interrupted: Option<Failure>,
    ) -> Result<Reading<E>, Failure> {
        let Some(cursor) = self.cursor else {
            return Err(interrupted.unwrap_or_else(|| unreadable("nothing came")));
        };
        // Events come by their time, roughly: what is late is behind the cursor, or within the overlap.
        let through = if self.complete { as_of } else { self.newest.map_or(before, |newest| newest.min(as_of)) };
        Ok(Reading {
            events: self.events,
            mark: Mark { cursor, through: through.max(before) },
            complete: self.complete,
            gap,
            private: self.private,
            unreadable: self.unreadable,
            interrupted,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{AuditEvent, SignIn};
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    const ACCOUNT: &str = "ACMEBAKERYAAAAAAAAAAAAAAAA";

    fn time(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    fn event(n: usize) -> Value {
        let time = time(i64::try_from(n).unwrap()).to_string();
        json!({ "uuid": format!("E{n}"), "timestamp": time, "account_uuid": ACCOUNT, "object_type": "user" })
    }

    fn page(cursor: &str, has_more: bool, items: Vec<Value>) -> Page {
        Page { cursor: cursor.to_owned(), has_more, items: Value::Array(items) }
    }

    fn collector<E: Recorded>() -> Collector<E> {
        Collector::new(Some(ACCOUNT), &Start::Time(time(0)))
    }

    fn reading<E: Recorded>(collected: Collector<E>) -> Reading<E> {
        collected.reading((time(-9), time(1000)), None, None).unwrap()
    }

    proptest! {
        /// Pages of a log, each beginning anywhere before the end of the last.
        #[test]
        fn each_event_comes_once_whatever_pages_overlap(
            pages in prop::collection::vec((0..9_usize, 1..9_usize), 1..9)
        ) {
            let mut collected = collector::<AuditEvent>();
            let mut end = 0;
            let last = pages.len() - 1;
            for (at, (back, size)) in pages.into_iter().enumerate() {
                let from = end - back.min(end);
                let to = from + size;
                let step = collected.take(page(&format!("c{at}"), at < last, (from..to).map(event).collect()));
                prop_assert_eq!(step.unwrap() == Step::End, at == last);
                end = end.max(to);
            }
            let read = reading(collected);
            let ids: Vec<_> = read.events.iter().map(|event| event.stamp.uuid.clone()).collect();
            prop_assert_eq!(ids, (0..end).map(|n| format!("E{n}")).collect::<Vec<_>>());
            prop_assert_eq!(read.mark, Mark { cursor: format!("c{last}"), through: time(1000) });
        }

        /// The last page that leads on says where it does, and never an earlier one.
        #[test]
        fn any_pages_end_and_the_mark_never_goes_back(
            pages in prop::collection::vec((0..5_u8, any::<bool>(), 0..3_usize), 0..40)
        ) {
            let mut collected = collector::<SignIn>();
            let mut asked = None;
            for (cursor, has_more, items) in pages {
                let cursor = format!("c{cursor}");
                match collected.take(page(&cursor, has_more, (0..items).map(event).collect())).unwrap() {
                    Step::GoOn(next) => prop_assert_eq!(asked.insert(cursor), &next),
                    Step::Circle => break,
                    Step::End => {
                        asked = Some(cursor);
                        break;
                    }
                }
            }
            match (asked, collected.reading((time(500), time(1000)), None, None)) {
                (Some(cursor), Ok(read)) => {
                    prop_assert_eq!(read.mark.cursor, cursor);
                    prop_assert!((time(500)..=time(1000)).contains(&read.mark.through));
                }
                (asked, read) => prop_assert!(asked.is_none() && read.is_err()),
            }
        }
    }

    #[test]
    fn an_empty_page_with_more_behind_it_is_asked_again_a_few_times() {
        let mut collected = collector::<AuditEvent>();
        for _ in 1..MOST_EMPTY {
            assert_eq!(collected.take(page("c", true, Vec::new())).unwrap(), Step::GoOn("c".into()));
        }
        assert_eq!(collected.take(page("c", true, Vec::new())).unwrap(), Step::End);
        let read = reading(collected);
        assert!(!read.complete, "there is more");
        assert_eq!(read.mark.through, time(-9), "nothing was read");
    }

    #[test]
    fn a_cursor_that_comes_again_with_events_is_a_circle() {
        let mut collected = collector::<AuditEvent>();
        assert_eq!(collected.take(page("a", true, vec![event(1)])).unwrap(), Step::GoOn("a".into()));
        assert_eq!(collected.take(page("b", true, vec![event(2)])).unwrap(), Step::GoOn("b".into()));
        assert_eq!(collected.take(page("a", true, vec![event(1)])).unwrap(), Step::Circle);
        let mut own = Collector::<AuditEvent>::new(None, &Start::Cursor("a".into()));
        assert_eq!(own.take(page("a", true, vec![event(1)])).unwrap(), Step::Circle, "it leads to itself");
        assert_eq!(reading(own).mark.through, time(1), "until the newest");
    }

    #[test]
    fn a_page_is_taken_as_a_whole_or_not_at_all() {
        let foreign = json!({ "uuid": "X", "timestamp": "2027-01-15T08:00:00Z", "account_uuid": "B".repeat(26) });
        let mut collected = collector::<AuditEvent>();
        collected.take(page("a", true, vec![event(1)])).unwrap();
        for (bad, reason) in [
            (page("b", false, vec![event(2), foreign]), SourceReason::WrongAccount),
            (page("", false, vec![event(2)]), SourceReason::Unreadable),
            (Page { items: json!("none"), ..page("b", false, Vec::new()) }, SourceReason::Unreadable),
        ] {
            assert_eq!(collected.take(bad).unwrap_err().reason, reason);
        }
        assert_eq!(collected.take(Page { items: Value::Null, ..page("b", false, Vec::new()) }).unwrap(), Step::End);
        assert_eq!(reading(collected).events.len(), 1);
    }

    #[test]
    fn events_about_items_and_those_without_id_or_time_are_counted_and_not_kept() {
        let mut collected = collector::<AuditEvent>();
        let item = |word: &str| {
            let mut item = event(word.len());
            item["object_type"] = json!(word);
            item
        };
        let odd = [json!({ "uuid": "X" }), json!({ "timestamp": "2027-01-15T08:00:00Z" }), json!(7), Value::Null];
        let items = [item("item"), item("items"), item("itemhist"), item("ITEM  "), event(1)];
        collected.take(page("a", false, items.into_iter().chain(odd).collect())).unwrap();
        let read = reading(collected);
        assert_eq!((read.events.len(), read.private, read.unreadable), (1, 4, 4));
    }
}
