//! Which people of a company are the MSP's own technicians. The Users API does not say: they are told by their addresses,
//! which is a guess, and is called one.

use super::users_api::Person;
use crate::domain::people::PersonState;
use std::collections::HashSet;

/// Anybody may have an address there: such a domain tells nothing.
const SHARED_DOMAINS: [&str; 14] = [
    "aol.com",
    "gmail.com",
    "gmx.de",
    "gmx.net",
    "googlemail.com",
    "hotmail.com",
    "icloud.com",
    "live.com",
    "mail.com",
    "outlook.com",
    "proton.me",
    "protonmail.com",
    "web.de",
    "yahoo.com",
];

/// The addresses of the MSP's technicians, and the domains of these.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Technicians {
    addresses: HashSet<String>,
    domains: HashSet<String>,
}

impl Technicians {
    pub fn of<'a>(addresses: impl Iterator<Item = &'a str>) -> Self {
        let addresses: HashSet<String> = addresses.map(str::to_lowercase).filter(|it| it.contains('@')).collect();
        let domains = addresses.iter().filter_map(|address| domain(address)).map(str::to_owned);
        let domains = domains.filter(|domain| !SHARED_DOMAINS.contains(&domain.as_str())).collect();
        Self { addresses, domains }
    }

    /// Whether no technician's address is known.
    pub fn is_empty(&self) -> bool {
        self.addresses.is_empty()
    }

    /// For each person whether they look like a technician. Where everybody has the MSP's domain, it is its own account:
    /// then only addresses tell.
    pub fn among(&self, people: &[Person]) -> Vec<bool> {
        let known = |person: &Person| self.addresses.contains(&person.email.to_lowercase());
        let of_ours =
            |person: &Person| domain(&person.email.to_lowercase()).is_some_and(|domain| self.domains.contains(domain));
        let own_account = people.iter().all(of_ours);
        people.iter().map(|person| known(person) || (!own_account && of_ours(person))).collect()
    }
}

/// Filled seats as far as the Users API tells: active people who do not look like technicians. People who are invited,
/// wait for their confirmation or are in recovery have no word of their own there.
pub fn seats(people: &[Person], technicians: &[bool]) -> u32 {
    let fills = |(person, technician): &(&Person, &bool)| person.state == PersonState::Active && !**technician;
    u32::try_from(people.iter().zip(technicians).filter(fills).count()).unwrap_or(u32::MAX)
}

fn domain(address: &str) -> Option<&str> {
    address.rsplit_once('@').map(|(_, domain)| domain).filter(|domain| !domain.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(email: &str, state: PersonState) -> Person {
        Person { id: String::new(), email: email.into(), display_name: String::new(), state, create_time: None }
    }

    #[test]
    fn technicians_are_told_by_address_and_domain_but_not_by_a_domain_that_anybody_may_have() {
        let team = Technicians::of(["Mira@Harbour.example", "sam@gmail.com", ""].into_iter());
        let people =
            ["mira@harbour.example", "new@harbour.EXAMPLE", "sam@gmail.com", "ada@gmail.com", "x@acme.example"];
        let people = people.map(|email| person(email, PersonState::Active));
        let among = team.among(&people);
        assert_eq!(among, [true, true, true, false, false]);
        assert_eq!(seats(&people, &among), 2);
    }

    #[test]
    fn in_the_msps_own_account_a_domain_tells_nothing() {
        let team = Technicians::of(["mira@harbour.example"].into_iter());
        let people = ["mira@harbour.example", "kim@harbour.example"].map(|email| person(email, PersonState::Active));
        assert_eq!(team.among(&people), [true, false]);
    }

    #[test]
    fn only_active_people_are_counted() {
        let other = PersonState::Other("STATE_UNSPECIFIED".into());
        let people = [PersonState::Active, PersonState::Suspended, other].map(|state| person("a@b.example", state));
        assert_eq!(seats(&people, &[false; 3]), 1);
    }
}
