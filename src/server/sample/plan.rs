//! What one company of the sample is like: all its numbers, before any row is written. The people made from a plan
//! add up to what the company's row says, whenever they are made.

use super::names::{Names, Told};
use super::{COMPANY, Origin, local};
use crate::domain::company::CompanyState;
use crate::domain::region::Region;
use crate::server::random::Seeded;

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;
const TAGS: [&str; 9] = ["design", "finance", "health", "legal", "logistics", "public", "retail", "tech", "trade"];

/// One company.
#[expect(clippy::struct_excessive_bools, reason = "a record of independent facts, no state machine")]
#[derive(Debug, Clone)]
pub struct Plan {
    pub number: u32,
    pub id: String,
    pub name: String,
    pub slug: String,
    pub language: String,
    pub country: String,
    pub town: Option<String>,
    pub postal_code: Option<String>,
    pub street: Option<String>,
    pub state: CompanyState,
    pub filled: u32,
    pub guests: u32,
    pub limit: Option<u32>,
    pub owners: u32,
    pub owners_asked: u32,
    /// Invited people who are no owners.
    pub invited: u32,
    pub suspended: u32,
    pub deleted: u32,
    /// Recoveries begun, and those that wait for a technician.
    pub started: u32,
    pub waiting: u32,
    pub done: u32,
    /// No identity provider, so provisioning does not apply.
    pub no_provisioning: bool,
    pub groups: u32,
    pub vaults: u32,
    pub policies: u32,
    pub identity_providers: u32,
    pub linked: bool,
    pub link_waiting: bool,
    /// A technician sits in the Owners group: never counted as an owner.
    pub technician_owner: bool,
    pub allowed: bool,
    /// The MSP did not grant the third technician Advanced permissions here.
    pub ungranted: bool,
    pub tags: Vec<String>,
    pub external_id: Option<String>,
    pub note: Option<String>,
    pub create_time: i64,
    pub link_time: Option<i64>,
    pub launch_time: Option<i64>,
    pub unlink_time: Option<i64>,
    /// When a step last moved.
    pub moved: i64,
    pub update_time: i64,
}

impl Plan {
    /// The company of this number, counted from 0.
    pub fn of(origin: &Origin, names: &Names, number: u32) -> Self {
        let mut chance = Seeded::new(origin.seed, COMPANY, number.into());
        let id = chance.id();
        let mut plan = Self::plain(origin, &mut chance, number, id);
        match names.told(number) {
            Some(told) => plan.tell(origin, told),
            None => plan.invent(origin, names, &mut chance),
        }
        plan.settle();
        plan
    }

    /// A company that comes after the sample was made: nobody is in it yet, and nothing is set up.
    pub fn arriving(number: u32, id: String, slug: String, now: i64) -> Self {
        let origin = Origin { seed: 0, created: now, region: Region::default() };
        let plain = Self::plain(&origin, &mut Seeded::new(0, COMPANY, number.into()), number, id);
        Self {
            slug,
            language: "en".into(),
            state: CompanyState::Pending,
            owners: 0,
            invited: 0,
            suspended: 0,
            deleted: 0,
            done: 0,
            groups: 0,
            vaults: 0,
            policies: 0,
            identity_providers: 0,
            allowed: true,
            create_time: now,
            link_time: Some(now),
            launch_time: None,
            moved: now,
            update_time: now,
            ..plain
        }
    }

    /// Steps that apply.
    pub fn applicable(&self) -> u32 {
        if self.no_provisioning { 4 } else { 5 }
    }

    fn plain(origin: &Origin, chance: &mut Seeded, number: u32, id: String) -> Self {
        let ago = |days: u32, hours: u32| origin.created - i64::from(days) * DAY - i64::from(hours) * HOUR;
        let age = chance.between(60, 1600);
        let moved = ago(chance.between(20, 50).min(age), chance.below(24));
        let launch_time = Some(ago(chance.below(30), chance.between(1, 20))).filter(|_| chance.percent(80));
        Self {
            number,
            id,
            name: String::new(),
            slug: String::new(),
            language: "de".into(),
            country: "DE".into(),
            town: None,
            postal_code: None,
            street: None,
            state: CompanyState::Active,
            filled: 0,
            guests: 0,
            limit: None,
            owners: 2,
            owners_asked: 0,
            invited: if chance.percent(30) { chance.between(1, 3) } else { 0 },
            suspended: if chance.percent(20) { chance.between(1, 2) } else { 0 },
            deleted: u32::from(chance.percent(25)),
            started: 0,
            waiting: 0,
            done: 5,
            no_provisioning: false,
            groups: chance.between(1, 4),
            vaults: chance.between(2, 12),
            policies: chance.between(3, 9),
            identity_providers: 1,
            linked: false,
            link_waiting: false,
            technician_owner: false,
            allowed: chance.percent(80),
            ungranted: false,
            tags: Vec::new(),
            external_id: None,
            note: None,
            create_time: ago(age, chance.below(24)),
            link_time: None,
            launch_time,
            unlink_time: None,
            moved,
            update_time: moved,
        }
    }

    /// Takes over what the story says.
    fn tell(&mut self, origin: &Origin, told: &Told) {
        let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let ago = |days: u32| origin.created - i64::from(days) * DAY;
        (self.name, self.slug) = (told.name.to_owned(), told.slug.to_owned());
        (self.language, self.country) = (told.language.to_owned(), told.country.to_owned());
        (self.town, self.postal_code, self.street) = (text(told.town), text(told.postal_code), text(told.street));
        self.note = text(told.note);
        let tickets = local::of(origin.region).tickets;
        self.external_id = told.setting("ext").map(|id| id.replacen("HB", tickets, 1)).filter(|id| !id.is_empty());
        self.tags = told.setting("tags").map(|tags| tags.split(',').map(str::to_owned).collect()).unwrap_or_default();
        self.state = told.setting("state").map_or(CompanyState::Active, CompanyState::from);
        let (filled, limit) = told.setting("seats").map_or(("0", None), |seats| match seats.split_once('/') {
            Some((filled, limit)) => (filled, limit.parse().ok()),
            None => (seats, None),
        });
        (self.filled, self.limit) = (filled.parse().unwrap_or(0), limit);
        self.guests = told.number("guests").unwrap_or(0);
        self.owners = told.number("owners").unwrap_or(2);
        self.owners_asked = told.number("asked").unwrap_or(0);
        self.invited = told.number("invited").unwrap_or(self.invited);
        (self.started, self.waiting) = (told.number("started").unwrap_or(0), told.number("waiting").unwrap_or(0));
        self.no_provisioning = told.setting("na").is_some();
        self.done = told.number("done").unwrap_or(self.applicable());
        self.groups = told.number("groups").unwrap_or(self.groups);
        self.vaults = told.number("vaults").unwrap_or(self.vaults);
        self.linked = told.setting("linked").is_some();
        self.link_time = told.number("linked").map(ago);
        self.link_waiting = told.setting("link").is_some();
        self.technician_owner = told.setting("technicianowner").is_some();
        self.ungranted = told.setting("ungranted").is_some();
        self.allowed |= self.ungranted || told.setting("allowed").is_some();
        if let Some(age) = told.number("age") {
            self.create_time = ago(age);
        }
        if let Some(days) = told.number("moved") {
            (self.moved, self.update_time) = (ago(days), ago(days));
        }
        if let Some(hours) = told.number("launched") {
            self.launch_time = Some(origin.created - i64::from(hours) * HOUR);
        }
        self.unlink_time = told.number("unlinked").map(ago);
    }

    /// Makes up a company beyond the story.
    fn invent(&mut self, origin: &Origin, names: &Names, chance: &mut Seeded) {
        if let Some((words, place)) = names.words(self.number - names.told_count()) {
            let (name, town) = words.name(place);
            (self.name, self.town) = (name, Some(town.to_owned()));
            (self.language, self.country) = (words.language.to_owned(), words.country.to_owned());
        }
        let local = local::of(origin.region);
        self.slug = format!("{}-{}", local.clients, self.number + 1);
        self.external_id = Some(format!("{}-{}", local.tickets, 1001 + self.number)).filter(|_| chance.percent(80));
        self.tags = chance.pick(&TAGS).map(|tag| (*tag).to_owned()).into_iter().collect();
        self.no_provisioning = chance.percent(60);
        self.done = self.applicable();
        self.filled = (chance.between(3, 30) * chance.between(1, 6) / 3).max(3);
        self.guests = if chance.percent(30) { self.filled / 8 } else { 0 };
        self.owners = chance.between(2, 3);
        self.linked = chance.percent(15);
        self.ungranted = self.number % 16 == 7;
        let ago = |days: u32| origin.created - i64::from(days) * DAY;
        match chance.below(100) {
            0..5 => {
                self.state = CompanyState::Pending;
                (self.filled, self.guests, self.owners, self.done) = (0, 0, 0, 0);
                (self.owners_asked, self.moved) = (chance.below(2), ago(chance.between(1, 12)));
            }
            5..7 => self.state = CompanyState::Suspended,
            7..12 => {
                self.state = CompanyState::Unlinked;
                self.unlink_time = Some(ago(chance.between(1, 60)));
            }
            12..22 => (self.done, self.moved) = (chance.between(1, 3), ago(chance.between(1, 30))),
            22..26 => self.owners = 1,
            26..30 => self.limit = Some(self.filled + chance.below(3)),
            30..32 => self.waiting = 1,
            32..34 => self.started = 1,
            34..60 => self.limit = Some(self.filled * 2 + 10),
            _ => {}
        }
    }

    /// What follows from the rest.
    fn settle(&mut self) {
        if self.state == CompanyState::Pending {
            (self.suspended, self.deleted, self.launch_time) = (0, 0, None);
        }
        if self.no_provisioning || self.done < 4 {
            self.identity_providers = 0;
        }
        if self.done == 0 {
            (self.groups, self.vaults, self.policies) = (0, 0, 0);
        }
        if self.linked {
            // An account of its own before: it came to us later, and its owner decides about technicians.
            let between = self.create_time.midpoint(self.moved);
            self.link_time = self.link_time.or(Some(between)).filter(|_| !self.link_waiting);
            self.allowed = false;
        } else {
            self.link_time = Some(self.create_time);
        }
        let unlinked = self.unlink_time.unwrap_or(i64::MIN);
        if unlinked > i64::MIN {
            self.launch_time = self.launch_time.map(|time| time.min(unlinked));
        }
        let latest = [self.launch_time.unwrap_or(i64::MIN), unlinked, self.create_time];
        self.update_time = latest.into_iter().fold(self.update_time, i64::max);
        // Seats are members and guests; owners and those in recovery are members.
        let needed = self.owners + self.started + self.waiting;
        self.filled = self.filled.max(needed + self.guests);
    }
}
