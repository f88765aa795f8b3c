//! Following a list page by page without trusting that it ends: a server may hand out the same page again and again,
//! or ever new ones. Every list of the program is followed by this.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Pages without a row that are followed on; a filter on the server's side may leave a few.
const MOST_EMPTY: u32 = 20;
/// Pages of a list that does not say how many rows it has.
const MOST_PAGES: u32 = 2_000;
/// Rows, whatever a list says it has: a million of them is the most that is meant to be used.
const MOST_ROWS: u64 = 1_250_000;
/// A list may grow by so many rows while it is followed, or by a quarter.
const GROWTH: u64 = 100;

/// How far a list was followed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Paging {
    pages: u32,
    empty: u32,
    rows: u64,
    announced: Option<u64>,
    /// Fingerprints of the tokens: a hundred thousand pages of one row each must not cost a hundred thousand texts.
    tokens: HashSet<u64>,
}

/// Why a list is given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Endless {
    /// A page token came a second time.
    SameToken,
    /// Far more rows came than these, which the first page announced.
    MoreThan(u64),
    /// Page after page has no rows, and there is always another.
    Empty,
    /// It is longer than any list that can be meant.
    TooLong,
}

impl Paging {
    /// A page has come, with so many rows, readable or not. Answers where to go on; `None` at the end.
    ///
    /// # Errors
    /// The list has no end.
    pub fn next(&mut self, rows: usize, total: Option<u64>, token: Option<String>) -> Result<Option<String>, Endless> {
        let Some(token) = token.filter(|token| !token.is_empty()) else { return Ok(None) };
        self.pages = self.pages.saturating_add(1);
        self.empty += u32::from(rows == 0);
        self.rows = self.rows.saturating_add(rows as u64);
        self.announced = self.announced.or(total);
        if !self.tokens.insert(fingerprint(&token)) {
            return Err(Endless::SameToken);
        }
        if self.empty > MOST_EMPTY {
            return Err(Endless::Empty);
        }
        if let Some(announced) = self.announced
            && self.rows > announced.saturating_add(GROWTH.max(announced / 4))
        {
            return Err(Endless::MoreThan(announced));
        }
        if self.rows > MOST_ROWS || self.announced.is_none() && self.pages >= MOST_PAGES {
            return Err(Endless::TooLong);
        }
        Ok(Some(token))
    }
}

fn fingerprint(token: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    token.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Follows a list to its end, or until it is given up; answers the number of pages asked for.
    fn followed(page: impl Fn(usize) -> (usize, Option<u64>, Option<String>)) -> (usize, Option<Endless>) {
        let mut paging = Paging::default();
        for asked in 0.. {
            let (rows, total, token) = page(asked);
            match paging.next(rows, total, token) {
                Ok(Some(_)) => {}
                Ok(None) => return (asked + 1, None),
                Err(endless) => return (asked + 1, Some(endless)),
            }
        }
        unreachable!()
    }

    #[test]
    fn every_way_of_having_no_end_is_given_up_soon() {
        let fresh = |at: usize| Some(format!("token {at}"));
        let cycle = |length: usize| move |at: usize| Some(format!("token {}", at % length));
        for length in 1..5 {
            let (asked, why) = followed(|at| (25, Some(48), cycle(length)(at)));
            assert_eq!(why, Some(Endless::SameToken), "{length}");
            assert_eq!(asked, length + 1);
        }
        for (rows, most) in [(1, 149), (25, 6), (1_000, 1)] {
            assert_eq!(followed(|at| (rows, Some(48), fresh(at))), (most, Some(Endless::MoreThan(48))));
        }
        // What is announced anew with every page is not believed.
        assert_eq!(followed(|at| (25, Some(48 * (at as u64 + 1)), fresh(at))), (6, Some(Endless::MoreThan(48))));
        assert_eq!(followed(|at| (0, Some(48), fresh(at))), (21, Some(Endless::Empty)));
        assert_eq!(followed(|at| (usize::from(at % 2 == 0), None, fresh(at))).1, Some(Endless::Empty));
        assert_eq!(followed(|at| (1, None, fresh(at))), (2_000, Some(Endless::TooLong)));
        assert_eq!(followed(|at| (1_000, Some(u64::MAX), fresh(at))), (1_251, Some(Endless::TooLong)));
    }

    #[test]
    fn an_honest_list_is_followed_to_its_end() {
        for (all, size) in [(0, 25), (48, 1), (48, 48), (10_000, 1), (100_000, 1), (100_000, 1_000), (1_000_000, 1_000)]
        {
            let pages = usize::max(1, all / size);
            let token = |at: usize| (at + 1 < pages).then(|| format!("token {at}"));
            assert_eq!(followed(|at| (size.min(all), Some(all as u64), token(at))), (pages, None), "{all} by {size}");
        }
        // It grows meanwhile, has a page without rows, and its last token is an empty text.
        let rows = [40, 0, 40, 60];
        let page = |at: usize| (rows[at], Some(48), Some(if at == 3 { String::new() } else { at.to_string() }));
        assert_eq!(followed(page), (4, None));
    }
}
