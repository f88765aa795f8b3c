//! The story of `mspdash demo-1password`: two companies of an MSP, to connect, look at and act in.

use super::log::{Actor, Log};
use super::world::{Account, Application, Clock, EventsToken, Person, Right, World};
use jiff::{SignedDuration, Timestamp};

/// A company of the story, with what connects it.
pub struct Demo {
    pub company: &'static str,
    pub account: &'static str,
    pub client_id: &'static str,
    pub secret: &'static str,
    pub events_token: &'static str,
}

/// The MSP's own account.
const HARBOUR: &str = "HARBOURITAAAAAAAAAAAAAAAAA";

const DEMOS: [Demo; 2] = [
    Demo {
        company: "Brightwater GmbH",
        account: "BRIGHTWATERAAAAAAAAAAAAAAA",
        client_id: "brightwater-directory",
        secret: "demo-secret-of-brightwater",
        events_token: "demo-events-token-of-brightwater",
    },
    Demo {
        company: "Acme Bakery",
        account: "ACMEBAKERYAAAAAAAAAAAAAAAA",
        client_id: "acme-directory",
        secret: "demo-secret-of-acme",
        events_token: "demo-events-token-of-acme",
    },
];

/// Of each company: name, address, state.
const BRIGHTWATER: &[(&str, &str, &str)] = &[
    ("Ada Stern", "ada@brightwater.example", "ACTIVE"),
    ("Bela Kovács", "bela@brightwater.example", "ACTIVE"),
    ("Chidi Obi", "chidi@brightwater.example", "ACTIVE"),
    ("Dana Weiß", "dana@brightwater.example", "SUSPENDED"),
    ("Emil Sand", "emil@brightwater.example", "ACTIVE"),
    ("Mira Okafor", "mira@harbour.example", "ACTIVE"),
];
const ACME: &[(&str, &str, &str)] = &[
    ("Una Crumb", "una@acme.example", "ACTIVE"),
    ("Tom Baker", "tom@acme.example", "ACTIVE"),
    ("Vic Dough", "vic@acme.example", "STATE_UNSPECIFIED"),
    ("Mira Okafor", "mira@harbour.example", "ACTIVE"),
];

/// The world of the story, and what connects each of its companies. The first person of each is its last owner.
pub fn demo(clock: Clock) -> (World, &'static [Demo]) {
    let people = [BRIGHTWATER, ACME];
    let now = clock();
    let accounts = DEMOS.iter().zip(people).map(|(demo, people)| account(demo, people, now)).collect();
    (World::new(accounts, clock), &DEMOS)
}

fn account(demo: &Demo, people: &[(&str, &str, &str)], now: Timestamp) -> Account {
    let person = |(place, (name, email, state)): (usize, &(&str, &str, &str))| {
        // Ids are 26 of these characters; the last two tell the person.
        let letters: Vec<char> = ('A'..='Z').collect();
        let letter = |at: usize| letters.get(at % 26).copied().unwrap_or('A');
        let id = format!("{}{}{}", demo.account.get(..24).unwrap_or_default(), letter(place / 26), letter(place));
        let external = email.ends_with("@harbour.example");
        Person { state: (*state).to_owned(), protected: place == 0 || external, ..Person::active(&id, name, email) }
    };
    let application = Application {
        client_id: demo.client_id.to_owned(),
        secret: demo.secret.to_owned(),
        rights: vec![Right::List, Right::Get, Right::Suspend, Right::Reactivate],
    };
    let token = EventsToken {
        text: demo.events_token.to_owned(),
        features: ["auditevents", "signinattempts"].map(str::to_owned).to_vec(),
        older: false,
    };
    let people: Vec<_> = people.iter().enumerate().map(person).collect();
    Account {
        id: demo.account.to_owned(),
        log: log(demo.account, &people, now),
        people,
        applications: vec![application],
        tokens: vec![token],
    }
}

/// The last weeks of a company: the technician launches it, somebody is invited, another forgets their password.
fn log(account: &str, people: &[Person], now: Timestamp) -> Log {
    let mut log = Log::default();
    let [owner, member, .., external] = people else { return log };
    let ago = |hours| now.checked_sub(SignedDuration::from_hours(hours)).unwrap_or(now);
    let (by_owner, by_member) = (Actor::member(owner), Actor::member(member));
    let mira = Actor::technician(external, HARBOUR);
    log.sign_in(ago(30 * 24), &mira, ("success", "federated"), account);
    log.audit(ago(30 * 24 - 1), &mira, "create", ("invite", member), account);
    log.sign_in(ago(29 * 24), &by_member, ("success", "credentials_ok"), account);
    log.audit(ago(20 * 24), &by_owner, "enblmfa", ("account", owner), account);
    log.audit(ago(19 * 24), &by_member, "create", ("item", member), account);
    log.sign_in(ago(50), &by_member, ("credentials_failed", "password_secret_bad"), account);
    log.sign_in(ago(49), &by_member, ("credentials_failed", "password_secret_bad"), account);
    log.sign_in(ago(48), &mira, ("success", "federated"), account);
    log.audit(ago(47), &mira, "beginr", ("user", member), account);
    log
}
