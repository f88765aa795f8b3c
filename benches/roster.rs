//! What a technician waits for in the list: a keystroke of a search, a sort, a poll merged, a page read.
//! The goals stand in the issue: 100,000 companies searched in 5 ms and sorted in 40 ms, 10,000 in 2 and 6.
#![expect(clippy::unwrap_used, reason = "a bench that cannot set up may stop")]

#[path = "support/sample.rs"]
mod sample;

use divan::{Bencher, black_box};
use mspdash::domain::id::{CompanyKey, ProfileId};
use mspdash::domain::lang::Lang;
use mspdash::domain::roster::{Batch, Column, Query, Roster, Sort};

const SIZES: [usize; 2] = [10_000, 100_000];

fn main() {
    divan::main();
}

fn profile() -> ProfileId {
    ProfileId::new("bench")
}

fn roster(size: usize) -> Roster {
    let mut roster = Roster::new(Lang::De);
    roster.upsert(&profile(), sample::companies(0..size));
    roster
}

fn query(search: &str, sort: Option<Sort>) -> Query {
    Query { search: search.to_owned(), sort, ..Query::default() }
}

/// One keystroke: from the text before it to the text after it. The worst is what to look at.
fn keystroke(bencher: Bencher<'_, '_>, size: usize, before: &str, after: &str) {
    let mut roster = roster(size);
    bencher.bench_local(|| {
        roster.set_query(query(after, None));
        roster.set_query(query(before, None));
        black_box(roster.shown().len())
    });
}

/// Two keystrokes each: the letter and its way back.
mod two_keystrokes {
    use super::{Bencher, SIZES, keystroke};

    #[divan::bench(args = SIZES)]
    fn first_letter(bencher: Bencher<'_, '_>, size: usize) {
        keystroke(bencher, size, "", "e");
    }

    #[divan::bench(args = SIZES)]
    fn third_letter(bencher: Bencher<'_, '_>, size: usize) {
        keystroke(bencher, size, "br", "bri");
    }

    #[divan::bench(args = SIZES)]
    fn sixth_letter(bencher: Bencher<'_, '_>, size: usize) {
        keystroke(bencher, size, "brigh", "bright");
    }

    #[divan::bench(args = SIZES)]
    fn umlaut(bencher: Bencher<'_, '_>, size: usize) {
        keystroke(bencher, size, "mül", "müll");
    }

    #[divan::bench(args = SIZES)]
    fn second_word(bencher: Bencher<'_, '_>, size: usize) {
        keystroke(bencher, size, "gmbh tech", "gmbh techn");
    }

    #[divan::bench(args = SIZES)]
    fn common_letters(bencher: Bencher<'_, '_>, size: usize) {
        keystroke(bencher, size, "ein", "eine");
    }
}

#[divan::bench(args = SIZES, consts = [0, 1, 2, 3, 4])]
fn sort_by_column<const COLUMN: usize>(bencher: Bencher<'_, '_>, size: usize) {
    let mut roster = roster(size);
    let mut descending = false;
    bencher.bench_local(|| {
        descending = !descending;
        roster.set_query(query("", Some(Sort { column: Column::ALL[COLUMN], descending })));
        black_box(roster.shown().len())
    });
}

#[divan::bench(args = SIZES, consts = [1, 1_000])]
fn merge_of_a_poll<const CHANGED: usize>(bencher: Bencher<'_, '_>, size: usize) {
    let mut roster = roster(size);
    let mut turn = 0;
    bencher
        .with_inputs(|| {
            turn += 1;
            let mut changed = sample::companies(0..CHANGED);
            for company in &mut changed {
                company.name = format!("{turn} {}", company.name);
            }
            Batch::from(changed)
        })
        .bench_local_values(|changed| black_box(roster.upsert(&profile(), changed)));
}

#[divan::bench(args = SIZES)]
fn position(bencher: Bencher<'_, '_>, size: usize) {
    let roster = roster(size);
    let key: CompanyKey = roster.key_at(size / 2).unwrap();
    bencher.bench(|| roster.position(black_box(&key)));
}

#[divan::bench(args = SIZES, sample_count = 5, sample_size = 1)]
fn load_in_pages(bencher: Bencher<'_, '_>, size: usize) {
    bencher
        .with_inputs(|| {
            (0..size / 1_000).map(|page| Batch::from(sample::companies(page * 1_000..(page + 1) * 1_000))).collect()
        })
        .bench_local_values(|pages: Vec<_>| {
            let mut roster = Roster::new(Lang::De);
            for page in pages {
                roster.upsert(&profile(), page);
            }
            roster
        });
}

#[divan::bench(args = SIZES)]
fn clone(bencher: Bencher<'_, '_>, size: usize) {
    let roster = roster(size);
    bencher.bench(|| roster.clone());
}

#[divan::bench]
fn highlights_of_forty_rows(bencher: Bencher<'_, '_>) {
    let mut roster = roster(10_000);
    roster.set_query(query("mül tech", None));
    bencher.bench(|| {
        let rows = roster.shown().iter().take(40).filter_map(|&row| roster.read(row));
        rows.map(|(_, company)| roster.highlights(&company).len()).sum::<usize>()
    });
}

#[divan::bench]
fn page_of_a_thousand_rows(bencher: Bencher<'_, '_>) {
    let body = sample::page_body(1_000);
    bencher.bench(|| sample::read_page(black_box(&body)));
}
