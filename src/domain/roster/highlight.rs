//! Which characters of a name the search matched. Computed for the visible rows only, from the name itself.

use super::fold::{Style, Traced, fold, fold_traced, starts_word};
use super::keys::others;
use super::search::{FUZZY_LONGEST_NAME, Form, GAP, GAP_MORE, Search, WORD_START, Word};
use crate::domain::company::Company;
use std::cmp::Reverse;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// Byte ranges of the name, in order, apart from each other, each made of whole graphemes.
pub(super) fn ranges(search: &Search, company: &Company) -> Vec<Range<usize>> {
    if search.is_empty() {
        return Vec::new();
    }
    let name = company.name.as_str();
    let mut traced = vec![fold_traced(name, Style::Plain)];
    if !name.is_ascii() {
        traced.push(fold_traced(name, Style::Spelled));
    }
    let found =
        search.words().iter().filter(|word| word.field.is_none()).flat_map(|word| of_word(word, &traced, company));
    let mut ranges: Vec<Range<usize>> = found.map(|(from, last)| from..end_of_grapheme(name, last)).collect();
    ranges.sort_unstable_by_key(|range| (range.start, range.end));
    joined(ranges)
}

/// First and last grapheme (by byte offset in the original) of each unbroken piece that a word matched.
fn of_word(word: &Word, traced: &[Traced], company: &Company) -> Vec<(usize, usize)> {
    let pairs = || word.forms.iter().flat_map(|form| traced.iter().map(move |name| (form, name)));
    let unbroken = pairs().filter_map(|(form, name)| Some((form.find(&name.folded)?, form, name)));
    // Of two spellings that fit equally well the longer one says more (`mü` in *Mueller*).
    let best = unbroken.min_by_key(|((tier, at), form, _)| (*tier, Reverse(form.needle.len()), *at));
    if let Some(((_, at), form, name)) = best {
        let last = at + form.needle.len() - 1;
        return name.origin.get(at).copied().zip(name.origin.get(last).copied()).into_iter().collect();
    }
    // Found in the website or a tag: letters that happen to stand in the name are no reason to light up.
    if word.forms.iter().any(|form| stands_elsewhere(form, company)) {
        return Vec::new();
    }
    let places = pairs().find_map(|(form, name)| Some((scattered(&form.needle, &name.folded)?, name)));
    places.map_or_else(Vec::new, |(places, name)| {
        places.into_iter().filter_map(|at| name.origin.get(at).map(|&offset| (offset, offset))).collect()
    })
}

fn stands_elsewhere(form: &Form, company: &Company) -> bool {
    others(company).any(|text| form.is_in(&fold(text, Style::Plain)))
}

fn end_of_grapheme(name: &str, start: usize) -> usize {
    let first = name.get(start..).and_then(|rest| rest.graphemes(true).next());
    start + first.map_or(0, str::len)
}

/// Sorted ranges without overlaps; those that touch become one.
fn joined(sorted: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::with_capacity(sorted.len());
    for range in sorted {
        match out.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => out.push(range),
        }
    }
    out
}

/// One cell of the table: the best score with this letter of the needle at this letter of the name, and where
/// the letter before it stands then.
#[derive(Clone, Copy)]
struct Cell {
    score: i32,
    before: usize,
}

/// The places (byte offsets) of a word's letters in a folded name, in the closest arrangement by the costs of
/// the search. `None` when they do not stand there in this order.
fn scattered(needle: &str, name: &str) -> Option<Vec<usize>> {
    if name.len() > FUZZY_LONGEST_NAME {
        return None;
    }
    let letters: Vec<(usize, char)> = name.char_indices().collect();
    let mut rows: Vec<Vec<Option<Cell>>> = Vec::new();
    for wanted in needle.chars() {
        let row = next_row(rows.last().map(Vec::as_slice), wanted, &letters, name);
        rows.push(row);
    }
    let last = rows.last()?.iter().enumerate().filter_map(|(at, cell)| Some((cell.as_ref()?.score, at)));
    // The first of the best ones.
    let (_, mut at) = last.max_by_key(|&(score, at)| (score, Reverse(at)))?;
    let mut places = Vec::with_capacity(rows.len());
    for row in rows.iter().rev() {
        places.push(letters.get(at)?.0);
        at = (*row.get(at)?)?.before;
    }
    places.reverse();
    Some(places)
}

fn next_row(above: Option<&[Option<Cell>]>, wanted: char, letters: &[(usize, char)], name: &str) -> Vec<Option<Cell>> {
    let score_at = |at: Option<usize>| Some((above?.get(at?)?.as_ref()?.score, at?));
    // The best way to arrive here over a gap.
    let mut over_gap: Option<(i32, usize)> = None;
    let mut row = Vec::with_capacity(letters.len());
    for (at, &(offset, letter)) in letters.iter().enumerate() {
        let opened = score_at(at.checked_sub(2)).map(|(score, from)| (score - i32::from(GAP), from));
        let extended = over_gap.map(|(score, from)| (score - i32::from(GAP_MORE), from));
        over_gap = extended.into_iter().chain(opened).max_by_key(|(score, _)| *score);
        let beside = score_at(at.checked_sub(1));
        let arrived = match above {
            None => Some((0, 0)),
            Some(_) => over_gap.into_iter().chain(beside).max_by_key(|(score, _)| *score),
        };
        let bonus = if starts_word(name, offset) { i32::from(WORD_START) } else { 0 };
        row.push(arrived.filter(|_| letter == wanted).map(|(score, before)| Cell { score: score + bonus, before }));
    }
    row
}
