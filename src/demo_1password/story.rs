//! The story of `mspdash demo-1password`: two companies of an MSP, to connect, look at and act in.

use super::world::{Account, Application, Clock, Person, Right, World};

/// A company of the story, with what connects it.
pub struct Demo {
    pub company: &'static str,
    pub account: &'static str,
    pub client_id: &'static str,
    pub secret: &'static str,
}

const DEMOS: [Demo; 2] = [
    Demo {
        company: "Brightwater GmbH",
        account: "BRIGHTWATERAAAAAAAAAAAAAAA",
        client_id: "brightwater-directory",
        secret: "demo-secret-of-brightwater",
    },
    Demo {
        company: "Acme Bakery",
        account: "ACMEBAKERYAAAAAAAAAAAAAAAA",
        client_id: "acme-directory",
        secret: "demo-secret-of-acme",
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
    let accounts = DEMOS.iter().zip(people).map(|(demo, people)| account(demo, people)).collect();
    (World::new(accounts, clock), &DEMOS)
}

fn account(demo: &Demo, people: &[(&str, &str, &str)]) -> Account {
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
    Account {
        id: demo.account.to_owned(),
        people: people.iter().enumerate().map(person).collect(),
        applications: vec![application],
    }
}
