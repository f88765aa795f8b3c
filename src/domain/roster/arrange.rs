//! Arrangement: which rows are shown in which order.

use super::Roster;
use super::order;
use super::query::{Column, Sort};
use std::cmp::Ordering;

impl Roster {
    /// A total order: no two rows are equal.
    pub(super) fn compare_names(&self, a: u32, b: u32) -> Ordering {
        self.keys.compare(a, b).then_with(|| self.compare_ids(a, b))
    }

    fn compare_ids(&self, a: u32, b: u32) -> Ordering {
        let id = |slot| self.row_in(slot).map(|row| (&row.key.company, &row.key.profile));
        id(a).cmp(&id(b))
    }

    pub(super) fn compare(&self, sort: Sort, a: u32, b: u32) -> Ordering {
        if sort.column == Column::Name {
            let names = self.keys.compare(a, b);
            let names = if sort.descending { names.reverse() } else { names };
            return names.then_with(|| self.compare_ids(a, b));
        }
        let column = self.row_in(a).zip(self.row_in(b));
        let column = column.map_or(Ordering::Equal, |(a, b)| order::compare(sort, &a.company, &b.company));
        column.then_with(|| self.compare_names(a, b))
    }

    pub(super) fn sort(&mut self) {
        self.by_column = match self.query.sort {
            None | Some(Sort { column: Column::Name, descending: false }) => None,
            Some(Sort { column: Column::Name, descending: true }) => {
                let same = |a, b| self.keys.compare(a, b).is_eq();
                Some(order::reversed_by_name(&self.by_name, same))
            }
            Some(sort) => {
                let company = |slot| self.row_in(slot).map(|row| &row.company);
                Some(order::by_column(&self.by_name, sort, company))
            }
        };
    }

    pub(super) fn filter(&mut self) {
        for (row, verdict) in self.rows.iter().zip(&mut self.verdicts) {
            verdict.passes = row.as_ref().is_some_and(|row| self.query.filter.passes(&row.company));
        }
    }

    pub(super) fn find(&mut self) {
        for ((slot, verdict), row) in (0..).zip(&mut self.verdicts).zip(&self.rows) {
            let id = row.as_ref().map_or("", |row| row.key.company.as_str());
            verdict.tier = self.search.tier(&self.keys, slot, id);
        }
    }

    pub(super) fn show(&mut self) {
        let order = self.by_column.as_ref().unwrap_or(&self.by_name);
        let ranked = !self.search.is_empty() && self.query.sort.is_none();
        self.shown.fill(order, &self.verdicts, ranked);
    }
}
