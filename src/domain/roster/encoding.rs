//! A company as it lies in memory: some 130 bytes instead of more than a thousand. What orders and filters the
//! list stands in front and is read without the rest; the whole company is made only of rows that are looked at.

use super::bytes::{Decoder, Encoder, ID_BUFFER};
use super::interner::Interner;
use crate::domain::company::{Actor, Address, AdvancedPermissions, Attention, Company, CompanyState, Origin};
use crate::domain::company::{Owners, Seats, SetupProgress};
use crate::domain::facts::{Coverage, Facet, Fact, FactSource, Figure};
use crate::domain::id::{CompanyId, Etag};
use jiff::Timestamp;

/// What there is of a company, one bit each.
mod has {
    pub const ALLOWED: u64 = 1 << 1;
    pub const GRANTED: u64 = 1 << 2;
    /// The host ends with the region: only what stands before it is kept.
    pub const HOST_IN_REGION: u64 = 1 << 3;
    pub const WEBSITE: u64 = 1 << 4;
    pub const EXTERNAL_ID: u64 = 1 << 5;
    pub const LOCALITY: u64 = 1 << 6;
    /// A company made by the MSP is linked the moment it is made.
    pub const LINKED_AS_MADE: u64 = 1 << 7;
    /// A launch is often the last change.
    pub const LAUNCHED_AS_CHANGED: u64 = 1 << 8;
    pub const AREA: u64 = 1 << 9;
    pub const POSTAL_CODE: u64 = 1 << 10;
    pub const NOTE: u64 = 1 << 11;
    pub const UNLINKED_BY: u64 = 1 << 12;
    /// Nobody knows of *Advanced permissions*.
    pub const ADVANCED_UNKNOWN: u64 = 1 << 13;
    pub const FACTS: u64 = 1 << 14;
}

/// Writes a company behind what stands in `to`.
pub(super) fn pack(company: &Company, to: &mut Vec<u8>, interner: &mut Interner) {
    let mut encoder = Encoder { to, interner };
    encoder.id(company.id.as_str());
    let (setup, owners) = (company.setup, &company.owners);
    encoder.number(setup.done.into());
    encoder.number(setup.applicable.into());
    for count in [company.seats.filled, company.seats.limit, owners.confirmed, owners.invited] {
        unsure(&mut encoder, count);
    }
    known(&mut encoder, &CompanyState::KNOWN, &company.state, CompanyState::as_str);
    let [snooze_until, facts_time, update_time] = [company.snooze_until, company.facts_time(), company.update_time];
    let due = [company.trial_end_time, company.source_expire_time];
    times(&mut encoder, [snooze_until, facts_time, due[0], setup.stalled_since, update_time, due[1]]);
    encoder.list(company.attention.iter(), |encoder, kind| known(encoder, &Attention::KNOWN, kind, Attention::as_str));
    encoder.list(company.tags.iter(), |encoder, tag| encoder.word(tag));
    pack_rest(&mut encoder, company);
}

fn pack_rest(encoder: &mut Encoder<'_>, company: &Company) {
    let host = company.sign_in_host.strip_suffix(&company.region).and_then(|host| host.strip_suffix('.'));
    let address = &company.address;
    let optional = [
        (has::ALLOWED, company.advanced_permissions.is_some_and(|advanced| advanced.allowed_by_company)),
        (has::GRANTED, company.advanced_permissions.is_some_and(|advanced| advanced.granted_to_me)),
        (has::ADVANCED_UNKNOWN, company.advanced_permissions.is_none()),
        (has::FACTS, !company.facts.is_empty()),
        (has::HOST_IN_REGION, host.is_some()),
        (has::WEBSITE, company.website.is_some()),
        (has::EXTERNAL_ID, company.external_id.is_some()),
        (has::LOCALITY, address.locality.is_some()),
        (has::LINKED_AS_MADE, company.link_time == company.create_time),
        (has::LAUNCHED_AS_CHANGED, company.launch_time == company.update_time),
        (has::AREA, address.administrative_area.is_some()),
        (has::POSTAL_CODE, address.postal_code.is_some()),
        (has::NOTE, company.note.is_some()),
        (has::UNLINKED_BY, company.unlinked_by.is_some()),
    ];
    let flags = optional.iter().filter(|(_, there)| *there).fold(0, |flags, (flag, _)| flags | flag);
    encoder.number(flags);
    encoder.phrase(&company.name);
    encoder.word(&company.region);
    encoder.text(host.unwrap_or(&company.sign_in_host));
    known(encoder, &[Origin::Created, Origin::Linked], &company.origin, Origin::as_str);
    // Revisions of one server often begin alike.
    encoder.list(company.etag.as_str().split('-'), Encoder::word);
    for count in [company.seats.members, company.seats.guests, company.open_recoveries] {
        unsure(encoder, count);
    }
    encoder.list(company.owners.names.iter(), |encoder, name| encoder.phrase(name));
    encoder.word(&address.country_code);
    encoder.list(address.lines.iter(), |encoder, line| encoder.phrase(line));
    address.locality.iter().chain(&address.administrative_area).for_each(|place| encoder.word(place));
    let texts = [&address.postal_code, &company.website, &company.external_id, &company.note];
    texts.into_iter().flatten().for_each(|text| encoder.text(text));
    company.unlinked_by.iter().for_each(|actor| encoder.phrase(&actor.display_name));
    let apart = |time: Option<Timestamp>, other| time.filter(|_| time != other);
    let (linked, launched) =
        (apart(company.link_time, company.create_time), apart(company.launch_time, company.update_time));
    times(encoder, [company.create_time, launched, linked, company.unlink_time]);
    if !company.facts.is_empty() {
        encoder.list(company.facts.iter(), pack_fact);
    }
}

fn pack_fact(encoder: &mut Encoder<'_>, fact: &Fact) {
    encoder.word(fact.facet.as_str());
    encoder.word(fact.source.as_str());
    encoder.time(fact.as_of);
    encoder.number(fact.coverage as u64);
    encoder.list(fact.observer.iter(), |encoder, name| encoder.phrase(name));
    match &fact.value {
        None => encoder.number(0),
        Some(Figure::Word(word)) => {
            encoder.number(1);
            encoder.word(word);
        }
        Some(Figure::Count(count)) => encoder.number(u64::from(*count) + 2),
    }
}

fn unpack_fact(decoder: &mut Decoder<'_>) -> Option<Fact> {
    const ALL: [Coverage; 3] = [Coverage::Exact, Coverage::Estimate, Coverage::Declared];
    Some(Fact {
        facet: Facet::from(decoder.word()?),
        source: FactSource::from(decoder.word()?),
        as_of: decoder.time()?,
        coverage: *ALL.get(usize::try_from(decoder.number()?).ok()?)?,
        observer: decoder.list(Decoder::phrase)?.pop(),
        value: match decoder.number()? {
            0 => None,
            1 => Some(Figure::Word(decoder.word()?.to_owned())),
            count => Some(Figure::Count(u32::try_from(count - 2).ok()?)),
        },
    })
}

/// A count, or that it is not known.
fn unsure(encoder: &mut Encoder<'_>, count: Option<u32>) {
    encoder.number(count.map_or(0, |count| u64::from(count) + 1));
}

/// Such a count; the outer `None` is the end of the bytes.
#[expect(clippy::option_option, reason = "what cannot be read is another matter than what is not known")]
fn known_count(decoder: &mut Decoder<'_>) -> Option<Option<u32>> {
    match decoder.number()?.checked_sub(1) {
        Some(count) => u32::try_from(count).ok().map(Some),
        None => Some(None),
    }
}

/// A word that is mostly one of a few.
fn known<T: PartialEq>(encoder: &mut Encoder<'_>, all: &[T], word: &T, text: impl Fn(&T) -> &str) {
    let place = all.iter().position(|known| known == word);
    encoder.number(place.unwrap_or(all.len()) as u64);
    if place.is_none() {
        encoder.text(text(word));
    }
}

fn times<const N: usize>(encoder: &mut Encoder<'_>, times: [Option<Timestamp>; N]) {
    encoder.number(times.iter().rev().fold(0, |mask, time| mask << 1 | u64::from(time.is_some())));
    times.into_iter().flatten().for_each(|time| encoder.time(time));
}

/// What orders and filters the list.
#[derive(Debug, Clone)]
pub(super) struct Head<'a> {
    /// The account, by its place.
    pub account: u16,
    pub state: CompanyState,
    pub seats: Seats,
    pub setup: SetupProgress,
    pub owners: Owners,
    pub snooze_until: Option<Timestamp>,
    pub facts_time: Option<Timestamp>,
    pub trial_end: Option<Timestamp>,
    pub source_expire: Option<Timestamp>,
    pub update_time: Option<Timestamp>,
    /// In front of the kinds of attention.
    lists: Decoder<'a>,
}

impl<'a> Head<'a> {
    /// Reads it from a packed company.
    pub fn of(account: u16, mut decoder: Decoder<'a>) -> Option<Self> {
        Self::read(account, &mut decoder)
    }

    fn read(account: u16, decoder: &mut Decoder<'a>) -> Option<Self> {
        decoder.skip_id()?;
        let (done, applicable) = (decoder.count()?, decoder.count()?);
        let seats = Seats { filled: known_count(decoder)?, limit: known_count(decoder)?, ..Seats::default() };
        let owners = Owners { confirmed: known_count(decoder)?, invited: known_count(decoder)?, names: Vec::new() };
        let state = restore(decoder, &CompanyState::KNOWN, CompanyState::Other)?;
        let [snooze_until, facts_time, trial_end, stalled_since, update_time, source_expire] = moments(decoder)?;
        let setup = SetupProgress { done, applicable, stalled_since };
        let lists = *decoder;
        Some(Self {
            account,
            state,
            seats,
            setup,
            owners,
            snooze_until,
            facts_time,
            trial_end,
            source_expire,
            update_time,
            lists,
        })
    }

    /// What needs attention, whether set aside or not.
    pub fn attention(&self) -> impl Iterator<Item = Attention> {
        let mut decoder = self.lists;
        let count = decoder.number().unwrap_or_default();
        (0..count).map_while(move |_| reason(&mut decoder))
    }

    /// The most urgent reason for attention, unless that is set aside.
    pub fn most_urgent(&self) -> Option<Attention> {
        self.attention().min().filter(|_| self.snooze_until.is_none())
    }

    pub fn tags(&self) -> impl Iterator<Item = &'a str> {
        let mut decoder = self.lists;
        let passed = decoder.number().unwrap_or_default();
        (0..passed).for_each(|_| drop(reason(&mut decoder)));
        let count = decoder.number().unwrap_or_default();
        (0..count).map_while(move |_| decoder.word())
    }
}

fn reason(decoder: &mut Decoder<'_>) -> Option<Attention> {
    restore(decoder, &Attention::KNOWN, Attention::Other)
}

/// The id of a packed company.
pub(super) fn id(mut decoder: Decoder<'_>) -> Option<CompanyId> {
    decoder.id(&mut ID_BUFFER.clone()).map(CompanyId::new)
}

/// The whole company.
pub(super) fn unpack(mut decoder: Decoder<'_>) -> Option<Company> {
    let id = id(decoder)?;
    let head = Head::read(0, &mut decoder)?;
    let attention = decoder.list(reason)?;
    let tags = decoder.list(|decoder| decoder.word().map(str::to_owned))?;
    let flags = decoder.number()?;
    let has = |flag: u64| flags & flag != 0;
    let text = |decoder: &mut Decoder<'_>, flag| {
        if has(flag) { decoder.text().map(|text| Some(text.to_owned())) } else { Some(None) }
    };
    let word = |decoder: &mut Decoder<'_>, flag| {
        if has(flag) { decoder.word().map(|text| Some(text.to_owned())) } else { Some(None) }
    };
    let name = decoder.phrase()?;
    let region = decoder.word()?.to_owned();
    let host = decoder.text()?;
    let sign_in_host = if has(has::HOST_IN_REGION) { format!("{host}.{region}") } else { host.to_owned() };
    let origin = restore(&mut decoder, &[Origin::Created, Origin::Linked], Origin::Other)?;
    let etag = Etag::new(&decoder.list(Decoder::word)?.join("-"));
    let members = known_count(&mut decoder)?;
    let (guests, open_recoveries) = (known_count(&mut decoder)?, known_count(&mut decoder)?);
    let names = decoder.list(Decoder::phrase)?;
    let country_code = decoder.word()?.to_owned();
    let lines = decoder.list(Decoder::phrase)?;
    let locality = word(&mut decoder, has::LOCALITY)?;
    let administrative_area = word(&mut decoder, has::AREA)?;
    let postal_code = text(&mut decoder, has::POSTAL_CODE)?;
    let website = text(&mut decoder, has::WEBSITE)?;
    let external_id = text(&mut decoder, has::EXTERNAL_ID)?;
    let note = text(&mut decoder, has::NOTE)?;
    let unlinked_by = if has(has::UNLINKED_BY) { Some(Actor { display_name: decoder.phrase()? }) } else { None };
    let [create_time, launched, linked, unlink_time] = moments(&mut decoder)?;
    let facts = if has(has::FACTS) { decoder.list(unpack_fact)? } else { Vec::new() };
    let advanced = AdvancedPermissions { allowed_by_company: has(has::ALLOWED), granted_to_me: has(has::GRANTED) };
    Some(Company {
        id,
        etag,
        name,
        website,
        address: Address { country_code, lines, locality, administrative_area, postal_code },
        region,
        sign_in_host,
        origin,
        state: head.state,
        seats: Seats { members, guests, ..head.seats },
        owners: Owners { names, ..head.owners },
        setup: head.setup,
        open_recoveries,
        advanced_permissions: (!has(has::ADVANCED_UNKNOWN)).then_some(advanced),
        attention,
        external_id,
        tags,
        note,
        create_time,
        link_time: if has(has::LINKED_AS_MADE) { create_time } else { linked },
        launch_time: if has(has::LAUNCHED_AS_CHANGED) { head.update_time } else { launched },
        unlink_time,
        unlinked_by,
        trial_end_time: head.trial_end,
        source_expire_time: head.source_expire,
        snooze_until: head.snooze_until,
        update_time: head.update_time,
        facts,
    })
}

fn restore<T: Clone>(decoder: &mut Decoder<'_>, all: &[T], other: impl FnOnce(String) -> T) -> Option<T> {
    match all.get(usize::try_from(decoder.number()?).ok()?) {
        Some(known) => Some(known.clone()),
        None => decoder.text().map(|text| other(text.to_owned())),
    }
}

fn moments<const N: usize>(decoder: &mut Decoder<'_>) -> Option<[Option<Timestamp>; N]> {
    let mut mask = decoder.number()?;
    let mut times = [None; N];
    for time in &mut times {
        if mask & 1 == 1 {
            *time = Some(decoder.time()?);
        }
        mask >>= 1;
    }
    Some(times)
}

#[cfg(test)]
mod tests {
    use super::super::tests::company;
    use super::*;

    fn packed(company: &Company, interner: &mut Interner) -> Vec<u8> {
        let mut bytes = Vec::new();
        pack(company, &mut bytes, interner);
        bytes
    }

    fn full() -> Company {
        let time = |second: i64, nanos: i32| Timestamp::new(second, nanos).ok();
        Company {
            etag: Etag::new("W-1-x"),
            website: Some("client-1.example".into()),
            address: Address {
                country_code: "DE".into(),
                lines: vec!["Am  Hafen 1".into(), String::new()],
                locality: Some("Kiel".into()),
                administrative_area: Some("SH".into()),
                postal_code: Some("24103".into()),
            },
            origin: Origin::Other("MERGED".into()),
            state: CompanyState::Other("HIBERNATING".into()),
            seats: Seats { filled: Some(u32::MAX), limit: Some(0), members: Some(300), guests: Some(1) },
            owners: Owners {
                confirmed: Some(2),
                invited: Some(1),
                names: vec!["Mila Gräber".into(), "石田 結衣".into()],
            },
            setup: SetupProgress { done: 1, applicable: 5, stalled_since: time(-1, -5) },
            open_recoveries: Some(7),
            advanced_permissions: Some(AdvancedPermissions { allowed_by_company: true, granted_to_me: false }),
            attention: vec![Attention::Other("NEW".into()), Attention::SingleOwner],
            external_id: Some("HB-1".into()),
            tags: vec!["gold".into(), "a tag far too long to be kept as a word of the lexicon".into()],
            note: Some("two\nlines".into()),
            create_time: Some(Timestamp::MIN),
            link_time: time(1_700_000_000, 1),
            launch_time: time(1_700_000_000, 596_000_000),
            unlink_time: Some(Timestamp::MAX),
            unlinked_by: Some(Actor { display_name: " Ida  Harms ".into() }),
            trial_end_time: time(0, 0),
            source_expire_time: time(1_900_000_000, 7),
            snooze_until: time(1_800_000_000, 0),
            update_time: None,
            ..company("MFRGGZDFMZTWQ2LKNNWG23TPO7", "Öl & Gas")
        }
    }

    #[test]
    fn nothing_is_lost() {
        let mut interner = Interner::default();
        let bare = Company { sign_in_host: "elsewhere.example".into(), ..company("ä", "") };
        let values = [None, Some(Figure::Count(u32::MAX)), Some(Figure::Word("SUSPENDED".into()))];
        let facts = values.map(|value| Fact {
            facet: Facet::Seats,
            source: FactSource::Other("NEW".into()),
            value,
            as_of: Timestamp::UNIX_EPOCH,
            coverage: Coverage::Exact,
            observer: Some("Mira Okafor".into()),
        });
        let unknown = Company {
            seats: Seats::default(),
            owners: Owners::default(),
            open_recoveries: None,
            advanced_permissions: None,
            facts: facts.into(),
            ..full()
        };
        for company in
            [full(), unknown, bare, company("0", "x"), company("", " "), company("234567ABCDEFGHIJKLMNOPQRST", "y")]
        {
            let bytes = packed(&company, &mut interner);
            assert_eq!(unpack(Decoder { from: &bytes, interner: &interner }), Some(company));
        }
    }

    #[test]
    fn the_head_says_what_the_company_says() {
        let (mut interner, company) = (Interner::default(), full());
        let bytes = packed(&company, &mut interner);
        let head = Head::of(0, Decoder { from: &bytes, interner: &interner }).unwrap();
        assert_eq!((head.seats.filled, head.seats.limit), (company.seats.filled, company.seats.limit));
        assert_eq!((head.snooze_until, head.trial_end), (company.snooze_until, company.trial_end_time));
        assert_eq!(head.setup, company.setup);
        assert_eq!(head.attention().collect::<Vec<_>>(), company.attention);
        assert_eq!(head.tags().collect::<Vec<_>>(), company.tags);
    }

    #[test]
    fn a_usual_company_takes_less_than_150_bytes() {
        let time: Option<Timestamp> = "2026-11-22T07:24:05.596Z".parse().ok();
        let usual = Company {
            etag: Etag::new("WRXBH3YIQU-c1"),
            website: Some("client-304.example".into()),
            sign_in_host: "client-304.1password.eu".into(),
            address: Address { lines: Vec::new(), ..full().address },
            owners: full().owners,
            external_id: Some("HB-1304".into()),
            tags: vec!["gold".into()],
            create_time: time,
            link_time: time,
            launch_time: time,
            update_time: time,
            ..company("MFRGGZDFMZTWQ2LKNNWG23TPO7", "Latarnia Media Słupsk Sp. z o.o.")
        };
        let bytes = packed(&usual, &mut Interner::default()).len();
        assert!(bytes < 150, "{bytes}");
    }

    #[test]
    fn bytes_cut_off_anywhere_read_as_nothing() {
        let mut interner = Interner::default();
        let bytes = packed(&full(), &mut interner);
        for len in 0..bytes.len() {
            assert_eq!(unpack(Decoder { from: &bytes[..len], interner: &interner }), None, "{len}");
        }
    }
}
