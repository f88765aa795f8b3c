//! Where the companies lie: packed, one behind the other in one buffer, and unpacked as long as somebody looks.

use super::bytes::{Decoder, ID_BUFFER, ID_LETTERS};
use super::encoding::{self, Head};
use super::interner::Interner;
use crate::domain::company::Company;
use crate::domain::id::{CompanyId, CompanyKey, ProfileId};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Space of rows that are gone or were written anew is taken back when it is more than this and than a quarter.
const WORTH_PACKING: usize = 64 * 1024;

/// A row as it is handed out.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    pub key: CompanyKey,
    pub company: Company,
}

/// Packed companies by slot.
#[derive(Debug, Clone, Default)]
pub(super) struct Store {
    bytes: Vec<u8>,
    /// Where a slot's company lies, and how long it is; a free slot has none.
    spans: Vec<(u32, u32)>,
    /// Bytes that no span points to.
    dead: usize,
    interner: Interner,
    /// Profiles by the number that stands in front of each company.
    profiles: Vec<ProfileId>,
    lent: Lent,
}

impl Store {
    /// Knows a profile from now on; they come in the order of the accounts.
    pub fn add_profile(&mut self, profile: &ProfileId) {
        self.profiles.push(profile.clone());
    }

    /// How many slots there are, free ones included.
    pub fn slots(&self) -> u32 {
        // Four thousand million companies do not fit into memory.
        u32::try_from(self.spans.len()).unwrap_or(u32::MAX)
    }

    /// One more slot, which is free.
    pub fn new_slot(&mut self) -> u32 {
        let slot = self.slots();
        self.spans.push((0, 0));
        self.lent.grow(slot);
        slot
    }

    /// Puts a company into a slot; false when the very same stands there already.
    pub fn put(&mut self, slot: u32, account: usize, company: &Company) -> bool {
        let from = self.bytes.len();
        encoding::pack(account, company, &mut self.bytes, &mut self.interner);
        let (before, fresh) = self.bytes.split_at(from);
        let old = self.spans.get(slot as usize).copied().unwrap_or_default();
        let same = before.get(range(old)).is_some_and(|old| old == fresh);
        let span = u32::try_from(from).ok().zip(u32::try_from(fresh.len()).ok());
        let Some(span) = span.filter(|_| !same) else {
            // Beyond 4 GiB nothing is taken in any more.
            self.bytes.truncate(from);
            return false;
        };
        self.take_out(slot);
        if let Some(place) = self.spans.get_mut(slot as usize) {
            *place = span;
        }
        true
    }

    /// Frees a slot.
    pub fn take_out(&mut self, slot: u32) {
        if let Some(span) = self.spans.get_mut(slot as usize) {
            self.dead += std::mem::take(span).1 as usize;
            self.lent.take_back(slot);
        }
    }

    fn decoder(&self, slot: u32) -> Option<Decoder<'_>> {
        let span = self.spans.get(slot as usize).copied().filter(|span| span.1 > 0)?;
        Some(Decoder { from: self.bytes.get(range(span))?, interner: &self.interner })
    }

    /// What orders and filters the list.
    pub fn head(&self, slot: u32) -> Option<Head<'_>> {
        Head::of(self.decoder(slot)?)
    }

    /// The company of a slot, made anew.
    pub fn company(&self, slot: u32) -> Option<Company> {
        encoding::unpack(self.decoder(slot)?)
    }

    /// The name of the company of a slot.
    pub fn key(&self, slot: u32) -> Option<CompanyKey> {
        let (account, company) = encoding::name(self.decoder(slot)?)?;
        Some(CompanyKey { profile: self.profiles.get(account)?.clone(), company })
    }

    /// Compares two slots by id, then profile, on the stack: names are often the same, and then this decides.
    pub fn compare_ids(&self, a: u32, b: u32) -> std::cmp::Ordering {
        let (mut first, mut second) = (ID_BUFFER, ID_BUFFER);
        let a = self.named(a, &mut first);
        let b = self.named(b, &mut second);
        a.cmp(&b)
    }

    fn named<'b>(&'b self, slot: u32, buffer: &'b mut [u8; ID_LETTERS]) -> Option<(&'b str, &'b ProfileId)> {
        let mut decoder = self.decoder(slot)?;
        let account = usize::try_from(decoder.number()?).ok()?;
        Some((decoder.id(buffer)?, self.profiles.get(account)?))
    }

    /// Whether the company of a slot has this id.
    pub fn is(&self, slot: u32, id: &CompanyId) -> bool {
        self.has_id(slot, |own| own == id.as_str())
    }

    /// Whether the id of the company of a slot begins so, in whatever case.
    pub fn id_begins(&self, slot: u32, start: &str) -> bool {
        self.has_id(slot, |own| own.get(..start.len()).is_some_and(|own| own.eq_ignore_ascii_case(start)))
    }

    fn has_id(&self, slot: u32, fits: impl Fn(&str) -> bool) -> bool {
        let look = |mut decoder: Decoder<'_>| {
            decoder.number()?;
            decoder.id(&mut ID_BUFFER.clone()).map(fits)
        };
        self.decoder(slot).and_then(look).unwrap_or_default()
    }

    /// The row of a slot, to look at; it is kept until [`Store::tidy`] or a change.
    pub fn row(&self, slot: u32) -> Option<&Row> {
        self.lent.get(slot, || Some(Row { key: self.key(slot)?, company: self.company(slot)? }))
    }

    /// Lets go of rows that were looked at, when they are many, and of space that is not used.
    pub fn tidy(&mut self) {
        self.lent.tidy();
        if self.dead < WORTH_PACKING || self.dead < self.bytes.len() / 4 {
            return;
        }
        let mut bytes = Vec::with_capacity(self.bytes.len() - self.dead);
        for span in &mut self.spans {
            let old = self.bytes.get(range(*span)).unwrap_or_default();
            // Shorter than before, so the new place fits as the old one did.
            span.0 = u32::try_from(bytes.len()).unwrap_or_default();
            bytes.extend_from_slice(old);
        }
        (self.bytes, self.dead) = (bytes, 0);
    }
}

fn range((from, len): (u32, u32)) -> std::ops::Range<usize> {
    from as usize..from as usize + len as usize
}

/// More rows than several screens hold.
const MANY: usize = 1024;
/// Rows of one page.
const PAGE: usize = 64;

type Page = Box<[OnceLock<Box<Row>>; PAGE]>;

/// Rows that were looked at, by slot. So the list can hand out references while nearly all companies are packed.
#[derive(Debug, Default)]
struct Lent {
    pages: Vec<OnceLock<Page>>,
    rows: AtomicUsize,
}

impl Lent {
    /// Makes room for a slot.
    fn grow(&mut self, slot: u32) {
        let pages = slot as usize / PAGE + 1;
        if self.pages.len() < pages {
            self.pages.resize_with(pages, OnceLock::new);
        }
    }

    fn get(&self, slot: u32, make: impl FnOnce() -> Option<Row>) -> Option<&Row> {
        let page = self.pages.get(slot as usize / PAGE)?;
        let place = page.get_or_init(|| Box::new([const { OnceLock::new() }; PAGE])).get(slot as usize % PAGE)?;
        if place.get().is_none() {
            let row = make()?;
            self.rows.fetch_add(1, Ordering::Relaxed);
            return Some(place.get_or_init(|| Box::new(row)));
        }
        place.get().map(AsRef::as_ref)
    }

    fn take_back(&mut self, slot: u32) {
        let page = self.pages.get_mut(slot as usize / PAGE).and_then(OnceLock::get_mut);
        if let Some(place) = page.and_then(|page| page.get_mut(slot as usize % PAGE)) {
            place.take();
        }
    }

    fn tidy(&mut self) {
        if *self.rows.get_mut() > MANY {
            self.pages.iter_mut().for_each(|page| drop(page.take()));
            *self.rows.get_mut() = 0;
        }
    }
}

/// A copy begins with nothing looked at.
impl Clone for Lent {
    fn clone(&self) -> Self {
        let mut lent = Self::default();
        lent.pages.resize_with(self.pages.len(), OnceLock::new);
        lent
    }
}
