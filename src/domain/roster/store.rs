//! Where the companies lie: packed, one behind the other in one buffer, and unpacked as long as somebody looks.

use super::bytes::{Decoder, ID_BUFFER, ID_LETTERS};
use super::encoding::{self, Head};
use super::interner::Interner;
use crate::domain::company::Company;
use crate::domain::id::{CompanyKey, ProfileId};
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

/// Where a slot's company lies; a free slot has no length.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    from: u32,
    len: u32,
    account: u16,
    words: u16,
}

impl Place {
    fn range(self) -> std::ops::Range<usize> {
        self.from as usize..self.from as usize + self.len as usize
    }
}

/// The words that some of the packed companies refer to.
#[derive(Debug, Clone, Default)]
struct Words {
    interner: Interner,
    /// So many companies do.
    users: u32,
}

/// Packed companies by slot.
#[derive(Debug, Clone)]
pub(super) struct Store {
    bytes: Vec<u8>,
    places: Vec<Place>,
    /// Bytes that no place points to.
    dead: usize,
    /// The first takes in new words. Each other one came with a store that was appended.
    words: Vec<Words>,
    /// Profiles by the number of their account.
    profiles: Vec<ProfileId>,
    lent: Lent,
}

impl Default for Store {
    fn default() -> Self {
        Self {
            bytes: Vec::new(),
            places: Vec::new(),
            dead: 0,
            words: vec![Words::default()],
            profiles: Vec::new(),
            lent: Lent::default(),
        }
    }
}

/// Where an appended store lies now.
#[derive(Debug, Clone, Copy)]
pub(super) struct Appended {
    from: u32,
    words: u16,
}

impl Store {
    /// Knows a profile from now on; they come in the order of the accounts.
    pub fn add_profile(&mut self, profile: &ProfileId) {
        self.profiles.push(profile.clone());
    }

    /// How many slots there are, free ones included.
    pub fn slots(&self) -> u32 {
        // Four thousand million companies do not fit into memory.
        u32::try_from(self.places.len()).unwrap_or(u32::MAX)
    }

    /// One more slot, which is free.
    pub fn new_slot(&mut self) -> u32 {
        let slot = self.slots();
        self.places.push(Place::default());
        self.lent.grow(slot);
        slot
    }

    /// Puts a company into a slot.
    pub fn put(&mut self, slot: u32, account: u16, company: &Company) {
        let from = self.bytes.len();
        let Some(words) = self.words.first_mut() else { return };
        encoding::pack(company, &mut self.bytes, &mut words.interner);
        match u32::try_from(from).ok().zip(u32::try_from(self.bytes.len() - from).ok()) {
            Some((from, len)) => self.move_to(slot, Place { from, len, account, words: 0 }),
            // Beyond 4 GiB nothing is taken in any more.
            None => self.bytes.truncate(from),
        }
    }

    /// Takes in the companies of another store as they lie; they get their slots by [`Store::take_over`]. `None`:
    /// there is no room for them.
    pub fn append(&mut self, other: &mut Self) -> Option<Appended> {
        let from = u32::try_from(self.bytes.len()).ok()?;
        u32::try_from(self.bytes.len() + other.bytes.len()).ok()?;
        let unused = self.words.iter().skip(1).position(|words| words.users == 0).map(|at| at + 1);
        let at = unused.unwrap_or(self.words.len());
        let words = u16::try_from(at).ok()?;
        let mut interner = std::mem::take(&mut other.words.first_mut()?.interner);
        interner.seal();
        let new = Words { interner, users: 0 };
        match self.words.get_mut(at) {
            Some(old) => *old = new,
            None => self.words.push(new),
        }
        self.bytes.append(&mut other.bytes);
        // Until a slot points to them.
        self.dead += self.bytes.len() - from as usize;
        Some(Appended { from, words })
    }

    /// Gives a slot the company of a slot of the other store, which was appended.
    pub fn take_over(&mut self, slot: u32, account: u16, other: &Self, its: u32, at: Appended) {
        let place = other.places.get(its as usize).copied().unwrap_or_default();
        self.dead = self.dead.saturating_sub(place.len as usize);
        // Its end was found to be within bounds.
        let from = at.from.saturating_add(place.from);
        self.move_to(slot, Place { from, len: place.len, account, words: at.words });
    }

    fn move_to(&mut self, slot: u32, new: Place) {
        self.take_out(slot);
        if let Some(words) = self.words.get_mut(usize::from(new.words)) {
            words.users += 1;
        }
        if let Some(place) = self.places.get_mut(slot as usize) {
            *place = new;
        }
    }

    /// Frees a slot.
    pub fn take_out(&mut self, slot: u32) {
        let Some(place) = self.places.get_mut(slot as usize).map(std::mem::take) else { return };
        if place.len == 0 {
            return;
        }
        self.dead += place.len as usize;
        self.lent.take_back(slot);
        if let Some(words) = self.words.get_mut(usize::from(place.words)) {
            words.users = words.users.saturating_sub(1);
        }
    }

    fn decoder(&self, slot: u32) -> Option<(u16, Decoder<'_>)> {
        let place = self.places.get(slot as usize).copied().filter(|place| place.len > 0)?;
        let interner = &self.words.get(usize::from(place.words))?.interner;
        Some((place.account, Decoder { from: self.bytes.get(place.range())?, interner }))
    }

    /// What orders and filters the list.
    pub fn head(&self, slot: u32) -> Option<Head<'_>> {
        let (account, decoder) = self.decoder(slot)?;
        Head::of(account, decoder)
    }

    /// The company of a slot, made anew.
    pub fn company(&self, slot: u32) -> Option<Company> {
        encoding::unpack(self.decoder(slot)?.1)
    }

    /// The name of the company of a slot.
    pub fn key(&self, slot: u32) -> Option<CompanyKey> {
        let (account, decoder) = self.decoder(slot)?;
        Some(CompanyKey { profile: self.profiles.get(usize::from(account))?.clone(), company: encoding::id(decoder)? })
    }

    /// Compares two slots by id, then profile, on the stack: names are often the same, and then this decides.
    pub fn compare_ids(&self, a: u32, b: u32) -> std::cmp::Ordering {
        let (mut first, mut second) = (ID_BUFFER, ID_BUFFER);
        let profile = |slot| self.profiles.get(usize::from(self.decoder(slot)?.0));
        let ids = self.id(a, &mut first).cmp(&self.id(b, &mut second));
        ids.then_with(|| profile(a).cmp(&profile(b)))
    }

    /// The id of the company of a slot, with `buffer` to write it out into.
    pub fn id<'b>(&'b self, slot: u32, buffer: &'b mut [u8; ID_LETTERS]) -> Option<&'b str> {
        self.decoder(slot)?.1.id(buffer)
    }

    /// Whether the company of a slot has this id.
    pub fn is(&self, slot: u32, id: &str) -> bool {
        self.id(slot, &mut ID_BUFFER.clone()) == Some(id)
    }

    /// Whether the id of the company of a slot begins so, in whatever case.
    pub fn id_begins(&self, slot: u32, start: &str) -> bool {
        let begins = |own: &str| own.get(..start.len()).is_some_and(|own| own.eq_ignore_ascii_case(start));
        self.id(slot, &mut ID_BUFFER.clone()).is_some_and(begins)
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
        for place in &mut self.places {
            let old = self.bytes.get(place.range()).unwrap_or_default();
            // Shorter than before, so the new place fits as the old one did.
            place.from = u32::try_from(bytes.len()).unwrap_or_default();
            bytes.extend_from_slice(old);
        }
        (self.bytes, self.dead) = (bytes, 0);
    }
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
