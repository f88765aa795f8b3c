//! A company as it lies in memory: some 130 bytes instead of more than a thousand. What orders and filters the
//! list stands in front and is read without the rest; the whole company is made only of rows that are looked at.

use super::bytes::{Eye, ID_BUFFER, Pen};
use super::lexicon::Lexicon;
use crate::domain::company::{Actor, Address, AdvancedPermissions, Attention, Company, CompanyState, Origin};
use crate::domain::company::{Owners, Seats, SetupProgress};
use crate::domain::id::{CompanyId, Etag};
use jiff::Timestamp;

/// What there is of a company, one bit each.
mod has {
    pub const SEAT_LIMIT: u64 = 1;
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
    pub const CHANGED_AS_LAUNCHED: u64 = 1 << 8;
    pub const AREA: u64 = 1 << 9;
    pub const POSTAL_CODE: u64 = 1 << 10;
    pub const NOTE: u64 = 1 << 11;
    pub const UNLINKED_BY: u64 = 1 << 12;
}

/// Writes a company of an account (by its place) behind what stands in `to`.
pub(super) fn pack(account: usize, company: &Company, to: &mut Vec<u8>, lexicon: &mut Lexicon) {
    let mut pen = Pen { to, lexicon };
    pen.number(account as u64);
    pen.id(company.id.as_str());
    let (setup, owners) = (company.setup, company.owners);
    for count in [company.seats.filled, setup.done, setup.applicable, owners.confirmed, owners.invited] {
        pen.number(count.into());
    }
    known(&mut pen, &CompanyState::KNOWN, &company.state, CompanyState::as_str);
    times(&mut pen, [company.snooze_until]);
    pen.list(company.attention.iter(), |pen, kind| known(pen, &Attention::KNOWN, kind, Attention::as_str));
    pen.list(company.tags.iter(), |pen, tag| pen.word(tag));
    pack_rest(&mut pen, company);
}

fn pack_rest(pen: &mut Pen<'_>, company: &Company) {
    let host = company.sign_in_host.strip_suffix(&company.region).and_then(|host| host.strip_suffix('.'));
    let address = &company.address;
    let optional = [
        (has::SEAT_LIMIT, company.seats.limit.is_some()),
        (has::ALLOWED, company.advanced_permissions.allowed_by_company),
        (has::GRANTED, company.advanced_permissions.granted_to_me),
        (has::HOST_IN_REGION, host.is_some()),
        (has::WEBSITE, company.website.is_some()),
        (has::EXTERNAL_ID, company.external_id.is_some()),
        (has::LOCALITY, address.locality.is_some()),
        (has::LINKED_AS_MADE, company.link_time == company.create_time),
        (has::CHANGED_AS_LAUNCHED, company.update_time == company.launch_time),
        (has::AREA, address.administrative_area.is_some()),
        (has::POSTAL_CODE, address.postal_code.is_some()),
        (has::NOTE, company.note.is_some()),
        (has::UNLINKED_BY, company.unlinked_by.is_some()),
    ];
    let flags = optional.iter().filter(|(_, there)| *there).fold(0, |flags, (flag, _)| flags | flag);
    pen.number(flags);
    pen.phrase(&company.name);
    pen.word(&company.region);
    pen.text(host.unwrap_or(&company.sign_in_host));
    known(pen, &[Origin::Created, Origin::Linked], &company.origin, Origin::as_str);
    // Revisions of one server often begin alike.
    pen.list(company.etag.as_str().split('-'), Pen::word);
    for count in [company.seats.members, company.seats.guests, company.open_recoveries] {
        pen.number(count.into());
    }
    company.seats.limit.into_iter().for_each(|limit| pen.number(limit.into()));
    pen.list(company.owner_names.iter(), |pen, name| pen.phrase(name));
    pen.word(&address.country_code);
    pen.list(address.lines.iter(), |pen, line| pen.phrase(line));
    address.locality.iter().chain(&address.administrative_area).for_each(|place| pen.word(place));
    let texts = [&address.postal_code, &company.website, &company.external_id, &company.note];
    texts.into_iter().flatten().for_each(|text| pen.text(text));
    company.unlinked_by.iter().for_each(|actor| pen.phrase(&actor.display_name));
    let apart = |time: Option<Timestamp>, other| time.filter(|_| time != other);
    let (linked, changed) =
        (apart(company.link_time, company.create_time), apart(company.update_time, company.launch_time));
    times(pen, [company.create_time, company.launch_time, linked, changed]);
    times(pen, [company.unlink_time, company.trial_end_time, company.setup.stalled_since]);
}

/// A word that is mostly one of a few.
fn known<T: PartialEq>(pen: &mut Pen<'_>, all: &[T], word: &T, text: impl Fn(&T) -> &str) {
    let place = all.iter().position(|known| known == word);
    pen.number(place.unwrap_or(all.len()) as u64);
    if place.is_none() {
        pen.text(text(word));
    }
}

fn times<const N: usize>(pen: &mut Pen<'_>, times: [Option<Timestamp>; N]) {
    pen.number(times.iter().rev().fold(0, |mask, time| mask << 1 | u64::from(time.is_some())));
    times.into_iter().flatten().for_each(|time| pen.time(time));
}

/// What orders and filters the list.
#[derive(Debug, Clone)]
pub(super) struct Head<'a> {
    /// The account, by its place.
    pub account: usize,
    pub state: CompanyState,
    pub seats_filled: u32,
    pub setup: SetupProgress,
    pub owners: Owners,
    pub snooze_until: Option<Timestamp>,
    /// In front of the kinds of attention.
    lists: Eye<'a>,
}

impl<'a> Head<'a> {
    /// Reads it from a packed company.
    pub fn of(mut eye: Eye<'a>) -> Option<Self> {
        Self::read(&mut eye)
    }

    fn read(eye: &mut Eye<'a>) -> Option<Self> {
        let account = usize::try_from(eye.number()?).ok()?;
        eye.skip_id()?;
        let seats_filled = eye.count()?;
        let setup = SetupProgress { done: eye.count()?, applicable: eye.count()?, stalled_since: None };
        let owners = Owners { confirmed: eye.count()?, invited: eye.count()? };
        let state = recall(eye, &CompanyState::KNOWN, CompanyState::Other)?;
        let [snooze_until] = moments(eye)?;
        Some(Self { account, state, seats_filled, setup, owners, snooze_until, lists: *eye })
    }

    /// What needs attention, whether set aside or not.
    pub fn attention(&self) -> impl Iterator<Item = Attention> {
        let mut eye = self.lists;
        let count = eye.number().unwrap_or_default();
        (0..count).map_while(move |_| reason(&mut eye))
    }

    /// The most urgent reason for attention, unless that is set aside.
    pub fn most_urgent(&self) -> Option<Attention> {
        self.attention().min().filter(|_| self.snooze_until.is_none())
    }

    /// The tags.
    pub fn tags(&self) -> impl Iterator<Item = &'a str> {
        let mut eye = self.lists;
        let passed = eye.number().unwrap_or_default();
        (0..passed).for_each(|_| drop(reason(&mut eye)));
        let count = eye.number().unwrap_or_default();
        (0..count).map_while(move |_| eye.word())
    }
}

fn reason(eye: &mut Eye<'_>) -> Option<Attention> {
    recall(eye, &Attention::KNOWN, Attention::Other)
}

/// The account and the id of a packed company.
pub(super) fn name(mut eye: Eye<'_>) -> Option<(usize, CompanyId)> {
    let account = usize::try_from(eye.number()?).ok()?;
    Some((account, CompanyId::new(eye.id(&mut ID_BUFFER.clone())?)))
}

/// The whole company.
pub(super) fn unpack(mut eye: Eye<'_>) -> Option<Company> {
    let (_, id) = name(eye)?;
    let head = Head::read(&mut eye)?;
    let attention = eye.list(reason)?;
    let tags = eye.list(|eye| eye.word().map(str::to_owned))?;
    let flags = eye.number()?;
    let has = |flag: u64| flags & flag != 0;
    let text =
        |eye: &mut Eye<'_>, flag| if has(flag) { eye.text().map(|text| Some(text.to_owned())) } else { Some(None) };
    let word =
        |eye: &mut Eye<'_>, flag| if has(flag) { eye.word().map(|text| Some(text.to_owned())) } else { Some(None) };
    let name = eye.phrase()?;
    let region = eye.word()?.to_owned();
    let host = eye.text()?;
    let sign_in_host = if has(has::HOST_IN_REGION) { format!("{host}.{region}") } else { host.to_owned() };
    let origin = recall(&mut eye, &[Origin::Created, Origin::Linked], Origin::Other)?;
    let etag = Etag::new(&eye.list(Eye::word)?.join("-"));
    let (members, guests, open_recoveries) = (eye.count()?, eye.count()?, eye.count()?);
    let limit = if has(has::SEAT_LIMIT) { Some(eye.count()?) } else { None };
    let owner_names = eye.list(Eye::phrase)?;
    let country_code = eye.word()?.to_owned();
    let lines = eye.list(Eye::phrase)?;
    let locality = word(&mut eye, has::LOCALITY)?;
    let administrative_area = word(&mut eye, has::AREA)?;
    let postal_code = text(&mut eye, has::POSTAL_CODE)?;
    let website = text(&mut eye, has::WEBSITE)?;
    let external_id = text(&mut eye, has::EXTERNAL_ID)?;
    let note = text(&mut eye, has::NOTE)?;
    let unlinked_by = if has(has::UNLINKED_BY) { Some(Actor { display_name: eye.phrase()? }) } else { None };
    let [create_time, launch_time, linked, changed] = moments(&mut eye)?;
    let [unlink_time, trial_end_time, stalled_since] = moments(&mut eye)?;
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
        seats: Seats { filled: head.seats_filled, limit, members, guests },
        owners: head.owners,
        owner_names,
        setup: SetupProgress { stalled_since, ..head.setup },
        open_recoveries,
        advanced_permissions: AdvancedPermissions {
            allowed_by_company: has(has::ALLOWED),
            granted_to_me: has(has::GRANTED),
        },
        attention,
        external_id,
        tags,
        note,
        create_time,
        link_time: if has(has::LINKED_AS_MADE) { create_time } else { linked },
        launch_time,
        unlink_time,
        unlinked_by,
        trial_end_time,
        snooze_until: head.snooze_until,
        update_time: if has(has::CHANGED_AS_LAUNCHED) { launch_time } else { changed },
    })
}

fn recall<T: Clone>(eye: &mut Eye<'_>, all: &[T], other: impl FnOnce(String) -> T) -> Option<T> {
    match all.get(usize::try_from(eye.number()?).ok()?) {
        Some(known) => Some(known.clone()),
        None => eye.text().map(|text| other(text.to_owned())),
    }
}

fn moments<const N: usize>(eye: &mut Eye<'_>) -> Option<[Option<Timestamp>; N]> {
    let mut mask = eye.number()?;
    let mut times = [None; N];
    for time in &mut times {
        if mask & 1 == 1 {
            *time = Some(eye.time()?);
        }
        mask >>= 1;
    }
    Some(times)
}

#[cfg(test)]
mod tests {
    use super::super::tests::company;
    use super::*;

    fn packed(company: &Company, lexicon: &mut Lexicon) -> Vec<u8> {
        let mut bytes = Vec::new();
        pack(0, company, &mut bytes, lexicon);
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
            seats: Seats { filled: u32::MAX, limit: Some(0), members: 300, guests: 1 },
            owners: Owners { confirmed: 2, invited: 1 },
            owner_names: vec!["Mila Gräber".into(), "石田 結衣".into()],
            setup: SetupProgress { done: 1, applicable: 5, stalled_since: time(-1, -5) },
            open_recoveries: 7,
            advanced_permissions: AdvancedPermissions { allowed_by_company: true, granted_to_me: false },
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
            snooze_until: time(1_800_000_000, 0),
            update_time: None,
            ..company("MFRGGZDFMZTWQ2LKNNWG23TPO7", "Öl & Gas")
        }
    }

    #[test]
    fn nothing_is_lost() {
        let mut lexicon = Lexicon::default();
        let bare = Company { sign_in_host: "elsewhere.example".into(), ..company("ä", "") };
        for company in [full(), bare, company("0", "x"), company("", " "), company("234567ABCDEFGHIJKLMNOPQRST", "y")] {
            let bytes = packed(&company, &mut lexicon);
            assert_eq!(unpack(Eye { from: &bytes, lexicon: &lexicon }), Some(company));
        }
    }

    #[test]
    fn the_head_says_what_the_company_says() {
        let (mut lexicon, company) = (Lexicon::default(), full());
        let bytes = packed(&company, &mut lexicon);
        let head = Head::of(Eye { from: &bytes, lexicon: &lexicon }).unwrap();
        assert_eq!((head.seats_filled, head.snooze_until), (company.seats.filled, company.snooze_until));
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
            owner_names: full().owner_names,
            external_id: Some("HB-1304".into()),
            tags: vec!["gold".into()],
            create_time: time,
            link_time: time,
            launch_time: time,
            update_time: time,
            ..company("MFRGGZDFMZTWQ2LKNNWG23TPO7", "Latarnia Media Słupsk Sp. z o.o.")
        };
        let bytes = packed(&usual, &mut Lexicon::default()).len();
        assert!(bytes < 150, "{bytes}");
    }

    #[test]
    fn bytes_cut_off_anywhere_read_as_nothing() {
        let mut lexicon = Lexicon::default();
        let bytes = packed(&full(), &mut lexicon);
        for len in 0..bytes.len() {
            assert_eq!(unpack(Eye { from: &bytes[..len], lexicon: &lexicon }), None, "{len}");
        }
    }
}
