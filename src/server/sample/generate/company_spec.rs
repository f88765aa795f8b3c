//! What one company of the sample is like: all its numbers, before any row is written. The people made from a spec
//! add up to what the company's row says, whenever they are made.

use super::names::{Names, StoryCompany};
use super::{COMPANY, SampleSeed, locale};
use crate::domain::company::CompanyState;
use crate::server::random::Seeded;

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;
const TAGS: [&str; 9] = ["design", "finance", "health", "legal", "logistics", "public", "retail", "tech", "trade"];

#[expect(clippy::struct_excessive_bools, reason = "a record of independent facts, no state machine")]
#[derive(Debug, Clone, Default)]
pub struct CompanySpec {
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
    pub seat_limit: Option<u32>,
    pub owners: u32,
    pub invited_owners: u32,
    pub invited_members: u32,
    pub suspended: u32,
    pub deleted: u32,
    pub recoveries_started: u32,
    /// They wait for a technician.
    pub recoveries_waiting: u32,
    pub steps_done: u32,
    /// No identity provider, so provisioning does not apply.
    pub no_provisioning: bool,
    pub groups: u32,
    pub vaults: u32,
    pub policies: u32,
    pub identity_providers: u32,
    pub linked: bool,
    pub link_waiting: bool,
    /// A technician sits in the Owners group: never counted as an owner.
    pub technician_is_owner: bool,
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
    /// When a step last changed.
    pub setup_moved: i64,
    pub update_time: i64,
}

impl CompanySpec {
    pub fn of(origin: &SampleSeed, names: &Names, number: u32) -> Self {
        let mut rng = Seeded::new(origin.seed, COMPANY, number.into());
        let id = rng.id();
        let mut spec = Self::base(origin, &mut rng, number, id);
        match names.story(number) {
            Some(story) => spec.apply_story(origin, story),
            None => spec.invent(origin, names, &mut rng),
        }
        spec.make_consistent();
        spec
    }

    /// A company that comes after the sample was made: nobody is in it yet, and nothing is set up.
    pub fn empty(number: u32, id: String, slug: String, now: i64) -> Self {
        Self {
            number,
            id,
            slug,
            language: "en".into(),
            country: "DE".into(),
            state: CompanyState::Pending,
            allowed: true,
            create_time: now,
            link_time: Some(now),
            setup_moved: now,
            update_time: now,
            ..Self::default()
        }
    }

    pub fn applicable_steps(&self) -> u32 {
        if self.no_provisioning { 4 } else { 5 }
    }

    pub fn open_recoveries(&self) -> u32 {
        self.recoveries_started + self.recoveries_waiting
    }

    pub fn row(&self) -> i64 {
        i64::from(self.number) + 1
    }

    fn base(origin: &SampleSeed, rng: &mut Seeded, number: u32, id: String) -> Self {
        let ago = |days: u32, hours: u32| origin.created - i64::from(days) * DAY - i64::from(hours) * HOUR;
        let age = rng.between(60, 1600);
        let moved = ago(rng.between(20, 50).min(age), rng.below(24));
        let launch_time = Some(ago(rng.below(30), rng.between(1, 20))).filter(|_| rng.percent(80));
        Self {
            number,
            id,
            language: "de".into(),
            country: "DE".into(),
            owners: 2,
            invited_members: if rng.percent(30) { rng.between(1, 3) } else { 0 },
            suspended: if rng.percent(20) { rng.between(1, 2) } else { 0 },
            deleted: u32::from(rng.percent(25)),
            steps_done: 5,
            groups: rng.between(1, 4),
            vaults: rng.between(2, 12),
            policies: rng.between(3, 9),
            identity_providers: 1,
            allowed: rng.percent(80),
            create_time: ago(age, rng.below(24)),
            launch_time,
            setup_moved: moved,
            update_time: moved,
            ..Self::default()
        }
    }

    fn apply_story(&mut self, origin: &SampleSeed, story: &StoryCompany) {
        let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let ago = |days: u32| origin.created - i64::from(days) * DAY;
        (self.name, self.slug) = (story.name.to_owned(), story.slug.to_owned());
        (self.language, self.country) = (story.language.to_owned(), story.country.to_owned());
        (self.town, self.postal_code, self.street) = (text(story.town), text(story.postal_code), text(story.street));
        self.note = text(story.note);
        let tickets = locale::of(origin.region).tickets;
        self.external_id = story.setting("ext").map(|id| id.replacen("HB", tickets, 1)).filter(|id| !id.is_empty());
        self.tags = story.setting("tags").map(|tags| tags.split(',').map(str::to_owned).collect()).unwrap_or_default();
        self.state = story.setting("state").map_or(CompanyState::Active, CompanyState::from);
        let (filled, limit) = story.setting("seats").map_or(("0", None), |seats| match seats.split_once('/') {
            Some((filled, limit)) => (filled, limit.parse().ok()),
            None => (seats, None),
        });
        (self.filled, self.seat_limit) = (filled.parse().unwrap_or(0), limit);
        self.guests = story.number("guests").unwrap_or(0);
        self.owners = story.number("owners").unwrap_or(2);
        self.invited_owners = story.number("asked").unwrap_or(0);
        self.invited_members = story.number("invited").unwrap_or(self.invited_members);
        (self.recoveries_started, self.recoveries_waiting) =
            (story.number("started").unwrap_or(0), story.number("waiting").unwrap_or(0));
        self.no_provisioning = story.setting("na").is_some();
        self.steps_done = story.number("done").unwrap_or(self.applicable_steps());
        self.groups = story.number("groups").unwrap_or(self.groups);
        self.vaults = story.number("vaults").unwrap_or(self.vaults);
        self.linked = story.setting("linked").is_some();
        self.link_time = story.number("linked").map(ago);
        self.link_waiting = story.setting("link").is_some();
        self.technician_is_owner = story.setting("technicianowner").is_some();
        self.ungranted = story.setting("ungranted").is_some();
        self.allowed |= self.ungranted || story.setting("allowed").is_some();
        if let Some(age) = story.number("age") {
            self.create_time = ago(age);
        }
        if let Some(days) = story.number("moved") {
            (self.setup_moved, self.update_time) = (ago(days), ago(days));
        }
        if let Some(hours) = story.number("launched") {
            self.launch_time = Some(origin.created - i64::from(hours) * HOUR);
        }
        self.unlink_time = story.number("unlinked").map(ago);
    }

    fn invent(&mut self, origin: &SampleSeed, names: &Names, rng: &mut Seeded) {
        if let Some((words, place)) = names.words(self.number - names.story_len()) {
            let (name, town) = words.name(place);
            (self.name, self.town) = (name, Some(town.to_owned()));
            (self.language, self.country) = (words.language.to_owned(), words.country.to_owned());
        }
        let local = locale::of(origin.region);
        self.slug = format!("{}-{}", local.clients, self.number + 1);
        self.external_id = Some(format!("{}-{}", local.tickets, 1001 + self.number)).filter(|_| rng.percent(80));
        self.tags = rng.pick(&TAGS).map(|tag| (*tag).to_owned()).into_iter().collect();
        self.no_provisioning = rng.percent(60);
        self.steps_done = self.applicable_steps();
        self.filled = (rng.between(3, 30) * rng.between(1, 6) / 3).max(3);
        self.guests = if rng.percent(30) { self.filled / 8 } else { 0 };
        self.owners = rng.between(2, 3);
        self.linked = rng.percent(15);
        self.ungranted = self.number % 16 == 7;
        let ago = |days: u32| origin.created - i64::from(days) * DAY;
        match rng.below(100) {
            0..5 => {
                self.state = CompanyState::Pending;
                (self.filled, self.guests, self.owners, self.steps_done) = (0, 0, 0, 0);
                (self.invited_owners, self.setup_moved) = (rng.below(2), ago(rng.between(1, 12)));
            }
            5..7 => self.state = CompanyState::Suspended,
            7..12 => {
                self.state = CompanyState::Unlinked;
                self.unlink_time = Some(ago(rng.between(1, 60)));
            }
            12..22 => (self.steps_done, self.setup_moved) = (rng.between(1, 3), ago(rng.between(1, 30))),
            22..26 => self.owners = 1,
            26..30 => self.seat_limit = Some(self.filled + rng.below(3)),
            30..32 => self.recoveries_waiting = 1,
            32..34 => self.recoveries_started = 1,
            34..60 => self.seat_limit = Some(self.filled * 2 + 10),
            _ => {}
        }
    }

    fn make_consistent(&mut self) {
        if self.state == CompanyState::Pending {
            (self.suspended, self.deleted, self.launch_time) = (0, 0, None);
        }
        if self.no_provisioning || self.steps_done < 4 {
            self.identity_providers = 0;
        }
        if self.steps_done == 0 {
            (self.groups, self.vaults, self.policies) = (0, 0, 0);
        }
        if self.linked {
            // An account of its own before: it came to us later, and its owner decides about technicians.
            let between = self.create_time.midpoint(self.setup_moved);
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
        let needed = self.owners + self.open_recoveries();
        self.filled = self.filled.max(needed + self.guests);
    }
}
