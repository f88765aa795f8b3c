//! The side keys of the rows: folded text to search in and collation keys to order by. They lie one after the
//! other in two buffers, without an allocation of their own per company, so that a search walks through memory
//! from front to back.

use super::fold::{Style, fold, fold_spelled};
use crate::domain::alphabet;
use crate::domain::company::Company;
use std::cmp::Ordering;

/// Space of rows that are gone or were written anew is taken back when it is more than this and than half.
const WORTH_PACKING: usize = 64 * 1024;

/// Folded texts and collation keys by slot.
#[derive(Debug, Clone, Default)]
pub(super) struct Keys {
    text: String,
    sort: Vec<u8>,
    spans: Vec<Span>,
    /// Bytes of both buffers that no span points to.
    dead: usize,
}

/// Where a row's keys lie. In `text`: plain name, spelled name, the rest, one behind the other.
#[derive(Debug, Clone, Copy, Default)]
struct Span {
    text: u32,
    name: u32,
    spelled: u32,
    rest: u32,
    sort: u32,
    sort_len: u32,
    /// The first bytes of the collation key: they nearly always decide, without a look into `sort`.
    sort_head: u64,
    letters: Letters,
    letters_of_rest: Letters,
}

impl Span {
    /// Bytes in both buffers.
    fn len(&self) -> usize {
        [self.name, self.spelled, self.rest, self.sort_len].into_iter().map(|len| len as usize).sum()
    }
}

/// Where the keys of another roster lie now.
#[derive(Debug, Clone, Copy)]
pub(super) struct Appended {
    text: u32,
    sort: u32,
}

/// What can be searched of one company, folded.
#[derive(Debug, Clone, Copy)]
pub(super) struct Texts<'a> {
    /// The name without marks.
    pub name: &'a str,
    /// The name with umlauts spelled out; empty when there are none.
    pub spelled: &'a str,
    /// Website, tags, external id and owners, each behind its mark; the owners at the end.
    pub rest: &'a str,
    /// Letters of either form of the name.
    pub letters: Letters,
    /// Letters of the rest, owners left out.
    pub letters_of_rest: Letters,
}

/// Which letters occur in a text: one bit per Latin letter, a few for everything else. A text that lacks a
/// letter of the search needs no second look.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Letters(u32);

impl Letters {
    pub fn of(text: &str) -> Self {
        Self(text.chars().fold(0, |seen, c| seen | Self::bit(c)))
    }

    pub fn has_all(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    pub fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn bit(c: char) -> u32 {
        let place = match c {
            'a'..='z' => u32::from(c) - u32::from('a'),
            '0'..='9' => 26,
            c if c.is_ascii() => 27,
            c => 28 + (u32::from(c) & 3),
        };
        1 << place
    }
}

impl Keys {
    /// Writes a row's keys anew.
    pub fn set(&mut self, slot: u32, company: &Company) {
        self.clear(slot);
        let text = self.text.len();
        let sort = self.sort.len();
        let name = fold(&company.name, Style::Plain);
        self.text.push_str(&name);
        let spelled = fold_spelled(&company.name, &name);
        self.text.push_str(spelled.as_deref().unwrap_or_default());
        let rest_from = self.text.len();
        for (mark, other) in marked(company) {
            self.text.push(mark);
            let plain = fold(other, Style::Plain);
            self.text.push_str(&plain);
            // People are called by name: Özdemir is found as oezdemir as well.
            if let Some(spelled) = fold_spelled(other, &plain).filter(|_| mark == OWNER) {
                self.text.push(' ');
                self.text.push_str(&spelled);
            }
        }
        alphabet::write_key(&company.name, &mut self.sort);
        let letters = Letters::of(&name).and(Letters::of(spelled.as_deref().unwrap_or_default()));
        // Owners are only looked at when they are asked for: their letters would send every plain word in here.
        let letters_of_rest = Letters::of(before_owners(self.text.get(rest_from..).unwrap_or_default()));
        let span = self.span(text, name.len(), rest_from, sort).unwrap_or_else(|| {
            // Beyond 4 GiB of names a row can no longer be searched; it is still shown.
            self.text.truncate(text);
            self.sort.truncate(sort);
            Span::default()
        });
        if let Some(place) = self.place(slot) {
            *place = Span { letters, letters_of_rest, ..span };
        }
    }

    fn span(&self, text: usize, name: usize, rest_from: usize, sort: usize) -> Option<Span> {
        let len = |from: usize, to: usize| u32::try_from(to.checked_sub(from)?).ok();
        Some(Span {
            text: len(0, text)?,
            name: len(0, name)?,
            spelled: len(text + name, rest_from)?,
            rest: len(rest_from, self.text.len())?,
            sort: len(0, sort)?,
            sort_len: len(sort, self.sort.len())?,
            sort_head: head(self.sort.get(sort..)?),
            ..Span::default()
        })
    }

    /// Takes in the keys of another roster as they lie; they get their slots by [`Keys::take_over`]. `None`: there is
    /// no room for them.
    pub fn append(&mut self, other: &mut Self) -> Option<Appended> {
        let at = Appended { text: self.text.len().try_into().ok()?, sort: self.sort.len().try_into().ok()? };
        u32::try_from(self.text.len() + other.text.len()).ok()?;
        u32::try_from(self.sort.len() + other.sort.len()).ok()?;
        self.dead += other.text.len() + other.sort.len();
        self.text.push_str(&std::mem::take(&mut other.text));
        self.sort.append(&mut other.sort);
        Some(at)
    }

    /// Gives a slot the keys of a slot of the other roster, which were appended.
    pub fn take_over(&mut self, slot: u32, other: &Self, its: u32, at: Appended) {
        let mut span = other.spans.get(its as usize).copied().unwrap_or_default();
        self.dead = self.dead.saturating_sub(span.len());
        // Their ends were found to be within bounds.
        (span.text, span.sort) = (span.text.saturating_add(at.text), span.sort.saturating_add(at.sort));
        self.clear(slot);
        if let Some(place) = self.place(slot) {
            *place = span;
        }
    }

    /// Forgets a row's keys.
    pub fn clear(&mut self, slot: u32) {
        if let Some(place) = self.place(slot) {
            let old = std::mem::take(place);
            self.dead += old.len();
        }
    }

    fn place(&mut self, slot: u32) -> Option<&mut Span> {
        let at = slot as usize;
        if at >= self.spans.len() {
            self.spans.resize(at + 1, Span::default());
        }
        self.spans.get_mut(at)
    }

    /// What can be searched of a row.
    pub fn texts(&self, slot: u32) -> Texts<'_> {
        let span = self.spans.get(slot as usize).copied().unwrap_or_default();
        let name_to = span.text as usize + span.name as usize;
        let spelled_to = name_to + span.spelled as usize;
        let text = |from: usize, to: usize| self.text.get(from..to).unwrap_or_default();
        Texts {
            name: text(span.text as usize, name_to),
            spelled: text(name_to, spelled_to),
            rest: text(spelled_to, spelled_to + span.rest as usize),
            letters: span.letters,
            letters_of_rest: span.letters_of_rest,
        }
    }

    /// The letters of a row alone: the first look of a search touches nothing else.
    pub fn letters(&self, slot: u32) -> (Letters, Letters) {
        self.spans.get(slot as usize).map(|span| (span.letters, span.letters_of_rest)).unwrap_or_default()
    }

    fn sort_key(&self, slot: u32) -> &[u8] {
        let span = self.spans.get(slot as usize).copied().unwrap_or_default();
        let from = span.sort as usize;
        self.sort.get(from..from + span.sort_len as usize).unwrap_or_default()
    }

    /// Compares two rows by name.
    pub fn compare(&self, a: u32, b: u32) -> Ordering {
        let head = |slot: u32| self.spans.get(slot as usize).map_or(0, |span| span.sort_head);
        head(a).cmp(&head(b)).then_with(|| self.sort_key(a).cmp(self.sort_key(b)))
    }

    /// Takes space back when much of it is unused.
    pub fn pack(&mut self) {
        let used = self.text.len() + self.sort.len();
        if self.dead < WORTH_PACKING || self.dead < used / 2 {
            return;
        }
        let mut text = String::with_capacity(self.text.len());
        let mut sort = Vec::with_capacity(self.sort.len());
        for span in &mut self.spans {
            let from = span.text as usize;
            let to = from + (span.name + span.spelled + span.rest) as usize;
            let sort_from = span.sort as usize;
            // Both are shorter than before, so the new places fit as the old ones did.
            span.text = u32::try_from(text.len()).unwrap_or_default();
            span.sort = u32::try_from(sort.len()).unwrap_or_default();
            text.push_str(self.text.get(from..to).unwrap_or_default());
            sort.extend_from_slice(self.sort.get(sort_from..sort_from + span.sort_len as usize).unwrap_or_default());
        }
        (self.text, self.sort, self.dead) = (text, sort, 0);
        self.text.shrink_to_fit();
        self.sort.shrink_to_fit();
    }
}

/// The first bytes of a collation key as a number that compares as they do.
fn head(key: &[u8]) -> u64 {
    let bytes = key.iter().copied().chain(std::iter::repeat(0));
    bytes.take(size_of::<u64>()).fold(0, |head, byte| head << 8 | u64::from(byte))
}

/// In front of each text of the rest; no folded text holds one. Plain words do not look behind the first owner.
pub(super) const WEBSITE: char = '\u{1}';
pub(super) const TAG: char = '\u{2}';
pub(super) const EXTERNAL_ID: char = '\u{3}';
pub(super) const OWNER: char = '\u{4}';

/// What plain words are looked for in: owners are asked for by name (`owner:`).
pub(super) fn before_owners(rest: &str) -> &str {
    memchr::memchr(OWNER as u8, rest.as_bytes()).and_then(|end| rest.get(..end)).unwrap_or(rest)
}

/// Everything that can be searched besides the name, each with its mark.
fn marked(company: &Company) -> impl Iterator<Item = (char, &str)> {
    let website = company.website.iter().map(|website| (WEBSITE, without_scheme(website)));
    let tags = company.tags.iter().map(|tag| (TAG, tag.as_str()));
    let id = company.external_id.iter().map(|id| (EXTERNAL_ID, id.as_str()));
    website.chain(tags).chain(id).chain(company.owners.names.iter().map(|name| (OWNER, name.as_str())))
}

/// What plain words are looked for in besides the name.
pub(super) fn others(company: &Company) -> impl Iterator<Item = &str> {
    let website = company.website.iter().map(|website| without_scheme(website));
    website.chain(company.tags.iter().chain(&company.external_id).map(String::as_str))
}

/// An address without `https://`: nobody looks for it, and `http` would find every company.
pub(super) fn without_scheme(address: &str) -> &str {
    let schemes = ["https://", "http://"].into_iter();
    let rest = schemes.filter_map(|scheme| {
        address.split_at_checked(scheme.len()).filter(|(start, _)| start.eq_ignore_ascii_case(scheme))
    });
    rest.map(|(_, rest)| rest).next().unwrap_or(address)
}

/// Whether two versions of a company need different keys.
pub(super) fn differ(a: &Company, b: &Company) -> bool {
    a.name != b.name
        || a.website != b.website
        || a.tags != b.tags
        || a.external_id != b.external_id
        || a.owners.names != b.owners.names
}
